"""A period, a week or a document as somebody types it behind a command: "báo cáo quý III/2026", "tuần trước".

What is left unsaid is read as people mean it who look back: "tháng 12" said in November is last year's.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.documents import DocumentKind
from bot.domain.names import fold
from bot.domain.periods import Period, period_of, read_period
from bot.domain.weeks import monday_of, read_week

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_YEAR = r"(?: (?:nam|of|in|year))?(?: (?P<year>\d{4}))?"
_LENGTHS = {"thang": 1, "month": 1, "quy": 3, "quarter": 3, "6 thang": 6, "half": 6, "nam": 12, "year": 12}
_WORDS = re.compile(r"(?:ve|cho|cua|trong|ky|of|for|in|about|the) ")
_NEAR = re.compile(
    r"(?:(?P<vi>6 thang|thang|quy|nam) (?:(?P<vi_this>nay)|truoc|ngoai|vua qua|qua))"
    r"|(?:(?P<en_this>this)|last|previous) (?P<en>month|quarter|half|year)"
)
_NAMED = tuple(
    (months, re.compile(pattern + _YEAR))
    for months, pattern in (
        (1, r"(?:(?:thang|month|t) ?)?(?P<number>0?[1-9]|1[0-2])"),
        (1, rf"(?P<name>{'|'.join(f'{name}|{name[:3]}' for name in _MONTHS)})"),
        (3, r"(?:quy|quarter|q) ?(?P<number>[1-4]|iv|i{1,3})"),
        (6, r"6 thang (?P<half>dau|cuoi)"),
        (6, r"nua (?P<half>dau|cuoi)"),
        (6, r"(?P<half>first|second) half"),
        (6, r"h(?P<number>[12])"),
    )
)
_WEEK = re.compile(r"(?:tuan (?P<vi>nay|truoc|vua qua|qua))|(?P<en>this|last|previous) week")
_KINDS = (
    (DocumentKind.ACHIEVEMENTS, r"bao cao thanh tich|thanh tich|achievements?|dossier"),
    (DocumentKind.TABLE, r"bang tong hop|tong hop|table"),
    (
        DocumentKind.MEETING,
        r"tai lieu hop giao ban|tai lieu giao ban|hop giao ban|giao ban|meeting pack|meeting",
    ),
    (DocumentKind.LIST, r"danh sach de nghi bieu duong|danh sach|list"),
    (DocumentKind.SUBMISSION, r"to trinh|submission"),
    (DocumentKind.MINUTES, r"bien ban hop xet|bien ban|minutes"),
    (DocumentKind.REPORT, r"bao cao so ket|bao cao tong ket|bao cao|so ket|tong ket|report"),
)


@dataclass(frozen=True)
class TypedDocument:
    """What is asked for, as far as it is said."""

    kind: DocumentKind | None = None
    period: Period | None = None
    week: date | None = None


def read_typed_period(typed: str, today: date) -> Period | None:
    """The period that is meant: tháng 10, 10/2026, quý III, 6 tháng đầu năm; None of anything else."""
    text = _bare(typed)
    said = read_period(text.replace(" ", "-"))
    if said is not None:
        return said
    near = _NEAR.fullmatch(text)
    if near:
        this = period_of(today, _LENGTHS[near["vi"] or near["en"]])
        return this if near["vi_this"] or near["en_this"] else this.previous
    if text.startswith(("nam ", "year ")):
        return read_period(text.partition(" ")[2])
    for months, pattern in _NAMED:
        named = pattern.fullmatch(text)
        if named:
            return _in_year(_first_month(named.groupdict(), months), months, named["year"], today)
    return None


def read_typed_week(typed: str, today: date) -> date | None:
    """The Monday of the week that is meant: tuần này, tuần trước; None of anything else."""
    text = _bare(typed)
    near = _WEEK.fullmatch(text)
    if not near:
        return read_week(text.replace(" ", "-"))
    is_this = near["vi"] == "nay" or near["en"] == "this"
    return monday_of(today) - timedelta(days=0 if is_this else 7)


def read_typed_document(typed: str, today: date) -> TypedDocument | None:
    """A kind of document, then what it is about, or one of the two; None where a part is not understood."""
    text = _bare(typed)
    for kind, names in _KINDS:
        named = re.match(rf"(?:{names})(?: |$)", text)
        if named:
            return _about(text[named.end() :], today, kind)
    return _about(typed, today, None) if text else None


def _about(typed: str, today: date, kind: DocumentKind | None) -> TypedDocument | None:
    if not typed:
        return TypedDocument(kind)
    week = read_typed_week(typed, today)
    period = read_typed_period(typed, today)
    return TypedDocument(kind, period, week) if week or period else None


def _bare(typed: str) -> str:
    """Without marks, and without the little words in front."""
    text = fold(typed)
    while little := _WORDS.match(text):
        text = text[little.end() :]
    return text


def _first_month(said: dict[str, str | None], months: int) -> int:
    if half := said.get("half"):
        return 1 if half in ("dau", "first") else 7
    if name := said.get("name"):
        return next(n for n, known in enumerate(_MONTHS, 1) if known.startswith(name))
    number = said.get("number") or ""
    return ((_ROMAN.get(number) or int(number)) - 1) * months + 1


def _in_year(month: int, months: int, year: str | None, today: date) -> Period | None:
    """The period that begins in that month; without a year the latest that has begun."""
    if year is not None:
        known = read_period(year)
        return Period(known.first_on.replace(month=month), months) if known else None
    this = Period(date(today.year, month, 1), months)
    return this if this.first_on <= today else this.year_before
