"""Tờ trình: what the drafting unit submits to the head of the office, with the list as its appendix."""

from datetime import date, datetime

from bot.config import Config
from bot.documents.document_frame import end_bases, frame_of, tense_of
from bot.documents.drafting_unit import drafted_by
from bot.documents.list_contents import listed
from bot.documents.proposals import list_proposals
from bot.documents.report_contents import plan_of
from bot.domain.documents import DocumentAsk, DocumentKind
from bot.domain.records import Records
from bot.domain.summary import Summary
from bot.operations.summarise import summarise
from storage.database import Session

_ANSWERS = "kết quả bình chọn của các phòng, ban, trung tâm, Cổng Thông tin điện tử"


async def contents(session: Session, ask: DocumentAsk, config: Config, now: datetime) -> dict[str, object]:
    """What stands in the submission for a period."""
    assert ask.period is not None  # noqa: S101 - document_files has looked
    today = config.office.day_of(now)
    day = ask.day(today)
    found = await list_proposals(session, ask.period, day)
    summary = await summarise(session, ask.period, now, config.office.timezone)
    frame = frame_of(DocumentKind.SUBMISSION, day, config.records, period=ask.period, today=today)
    return {
        **frame,
        **await drafted_by(session, day, config.records, frame, "TTr"),
        "bases": bases_on(config.records, day),
        "forms": [{"name": form, "n": n} for form, n in found.forms if not found.only_commended],
        **tense_of(ask.period, config, now),
        **answers_of(summary),
        **listed(found),
    }


def bases_on(records: Records, day: date) -> list[str]:
    """What a proposal of that day rests on: the law, the plan in force, what the units have answered."""
    found = list(records.laws_on(day))
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
