"""Danh sách đề nghị biểu dương: who is proposed for a period, and what for."""

from datetime import datetime

from bot.config import Config
from bot.documents.document_frame import frame_of, tense_of
from bot.documents.proposals import Proposals, as_rows, list_proposals, remarks_on
from bot.domain.documents import DocumentAsk, DocumentKind, figure
from bot.domain.nominations import NomineeKind
from storage.database import Session


async def contents(session: Session, ask: DocumentAsk, config: Config, now: datetime) -> dict[str, object]:
    """What stands in the list of a period."""
    assert ask.period is not None  # noqa: S101 - document_files has looked
    today = config.office.day_of(now)
    day = ask.day(today)
    found = await list_proposals(session, ask.period, day)
    return {
        **frame_of(DocumentKind.LIST, day, config.records, period=ask.period, today=today),
        **tense_of(ask.period, config, now),
        **listed(found),
    }


def listed(found: Proposals) -> dict[str, object]:
    """Of those proposed: their lines, how many of which kind, who is not named."""
    return {
        "proposed": as_rows(found),
        "n": len(found.rows),
        "composed": composed(found),
        "remarks": remarks_on(found),
    }


def composed(found: Proposals) -> str:
    """How many of them are people, groups, ways of working: "05 cá nhân, 01 tập thể"."""
    counted = (
        (found.count(NomineeKind.PERSON), "cá nhân"),
        (found.count(NomineeKind.GROUP), "tập thể"),
        (found.count(NomineeKind.MODEL), "mô hình, cách làm hay"),
    )
    return ", ".join(f"{figure(n)} {what}" for n, what in counted if n)
