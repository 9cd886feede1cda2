"""What every filed document says around its contents: the agency, whom it is for, who signs, who receives."""

from collections.abc import Iterable
from datetime import date, datetime

from bot.config import Config
from bot.domain.documents import DocumentKind, name_period, pad_month
from bot.domain.periods import Period
from bot.domain.records import Records
from bot.operations.summarise import Span
from bot.operations.summary_words import is_closed

_ABBREVIATIONS = {
    DocumentKind.REPORT: "BC",
    DocumentKind.SUBMISSION: "TTr",
    DocumentKind.MINUTES: "BB",
}
"""Of the kinds that bear a number (NĐ 30/2020, Phụ lục III)."""
_AS_ABOVE = dict.fromkeys((DocumentKind.REPORT, DocumentKind.SUBMISSION), ("Như trên",))
"""Who receives at least what is addressed to somebody."""


def frame_of(
    kind: DocumentKind,
    day: date,
    records: Records,
    *,
    period: Period | None = None,
    today: date | None = None,
) -> dict[str, object]:
    """The names that hold on `day`, by the keys that templates know.

    `year` is that of the day on which it will be signed: `today`'s, where that is given. `period_name` is ""
    without a period.
    """
    agency, signature = records.agency_on(day), records.signature_on(day)
    signed_on = today or day
    return {
        "parent": agency.parent_name,
        "agency": _within(agency.parent_name, agency.name),
        "agency_name": agency.name,
        "agency_short": agency.short_name,
        "symbol": "-".join(part for part in (_ABBREVIATIONS.get(kind, ""), agency.symbol) if part),
        "place": agency.place,
        "year": str(signed_on.year),
        "month": pad_month(signed_on.month),
        "head_post": records.head_post_on(day),
        "recipients": list(records.recipients_of(kind.value, day) or _AS_ABOVE.get(kind, ())),
        "archive": records.archive_on(day),
        "sign_lines": list(signature.lines),
        "sign_name": signature.name,
        "period_name": name_period(period) if period else "",
    }


def tense_of(period: Period, config: Config, now: datetime) -> dict[str, object]:
    """How a document says that there is nothing: “chưa” of what may still come, “không” of what may not.

    `not_yet` is about what happens within the period, `not_yet_chosen` about whom units choose for it.
    """
    over = Span(period, now, config.office.timezone).over
    closed = is_closed(config.timetable, period, now)
    return {"not_yet": "không" if over else "chưa", "not_yet_chosen": "không" if closed else "chưa"}


def end_bases(bases: Iterable[str]) -> list[str]:
    """Bases with their marks: each ends with “;”, the last with “.” (NĐ 30/2020, Phụ lục I, II.6)."""
    bare = [basis.strip().rstrip(";.") for basis in bases]
    return [f"{basis};" for basis in bare[:-1]] + [f"{basis}." for basis in bare[-1:]]


def _within(parent: str, name: str) -> str:
    """An agency's name without that of the one above it, which stands over it: Văn phòng."""
    return name[: -len(parent)].strip() if name.lower().endswith(parent.lower()) and parent else name


FRAME_SAMPLE: dict[str, object] = {
    "parent": "Ủy ban nhân dân tỉnh Đồng Nai",
    "agency": "Văn phòng",
    "agency_name": "Văn phòng Ủy ban nhân dân tỉnh Đồng Nai",
    "agency_short": "Văn phòng UBND tỉnh Đồng Nai",
    "symbol": "BC-VP",
    "place": "Đồng Nai",
    "year": "2026",
    "month": "11",
    "head_post": "Chánh Văn phòng UBND tỉnh Đồng Nai",
    "recipients": ["Như trên", "Các phòng, ban, trung tâm"],
    "archive": "Lưu: VT, HCTC.",
    "sign_lines": ["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"],
    "sign_name": "Nguyễn Văn An",
    "period_name": "tháng 11/2026",
}
"""What a template may use of the frame, to check templates with."""
TENSE_SAMPLE: dict[str, object] = {"not_yet": "chưa", "not_yet_chosen": "chưa"}
"""The same of `tense_of`."""
