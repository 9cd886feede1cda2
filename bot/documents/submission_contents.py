"""Tờ trình: what the drafting unit submits to the head of the office, with the list as its appendix."""

from datetime import date, datetime

from bot.config import Config
from bot.documents.document_frame import end_bases, frame_of
from bot.documents.drafting_unit import find_drafting_unit
from bot.documents.list_contents import listed
from bot.documents.proposals import list_proposals
from bot.documents.report_contents import plan_of
from bot.domain.documents import DocumentAsk, DocumentKind
from bot.domain.records import Records
from bot.domain.summary import Summary
from bot.operations.summarise import summarise
from storage.database import Session

_LAW = "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
_LAW_SINCE = date(2024, 1, 1)
_ANSWERS = "kết quả bình chọn của các phòng, ban, trung tâm, Cổng Thông tin điện tử"


async def contents(session: Session, ask: DocumentAsk, config: Config, now: datetime) -> dict[str, object]:
    """What stands in the submission for a period."""
    assert ask.period is not None  # noqa: S101 - document_files has looked
    today = now.astimezone(config.office.timezone).date()
    day = ask.day(today)
    found = await list_proposals(session, ask.period, day)
    summary = await summarise(session, ask.period, now, config.office.timezone)
    frame = frame_of(DocumentKind.SUBMISSION, day, config.records, period=ask.period, today=today)
    return {
        **frame,
        **await _drafted(session, day, frame),
        "bases": bases_on(config.records, day),
        "forms": [{"name": form, "n": n} for form, n in found.forms],
        **answers_of(summary),
        **listed(found),
    }


def bases_on(records: Records, day: date) -> list[str]:
    """What a proposal of that day rests on: the law, the plan in force, what the units have answered."""
    found = [_LAW] if day >= _LAW_SINCE else []
    if plan := plan_of(records, day):
        found.append("Kế hoạch số {number} {dated} của {of} {about}".format_map(plan))
    return end_bases(f"Căn cứ {basis}" for basis in (*found, _ANSWERS))


def answers_of(summary: Summary) -> dict[str, object]:
    """How many units have answered, and what that came to."""
    return {
        "asked": len(summary.asked),
        "answered": len(summary.answered),
        "with_nobody": len(summary.none),
        "total": summary.total,
        "chosen": summary.chosen,
    }


async def _drafted(session: Session, day: date, frame: dict[str, object]) -> dict[str, object]:
    """Who submits and signs: the unit that drafts, below the office; the office where no unit is known."""
    found = await find_drafting_unit(session, day)
    if found is None:
        return {"drafted_by": frame["agency_short"]}
    return {
        "parent": frame["agency_name"],
        "agency": found.unit.name,
        "symbol": f"TTr-{found.unit.code}",
        "drafted_by": found.unit.name,
        "sign_lines": list(found.signature.lines),
        "sign_name": found.signature.name,
    }
