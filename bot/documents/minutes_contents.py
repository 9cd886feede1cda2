"""Biên bản họp xét: the minutes, in which whatever the bot does not know stays to be filled in by hand."""

from datetime import datetime

from bot.config import Config
from bot.documents.document_frame import frame_of, tense_of
from bot.documents.list_contents import listed
from bot.documents.proposals import list_proposals
from bot.documents.submission_contents import answers_of
from bot.domain.documents import DocumentAsk, DocumentKind
from bot.operations.summarise import summarise
from storage.database import Session


async def contents(session: Session, ask: DocumentAsk, config: Config, now: datetime) -> dict[str, object]:
    """What stands in the minutes of the meeting about a period."""
    assert ask.period is not None  # noqa: S101 - document_files has looked
    today = config.office.day_of(now)
    day = ask.day(today)
    summary = await summarise(session, ask.period, now, config.office.timezone)
    return {
        **frame_of(DocumentKind.MINUTES, day, config.records, period=ask.period, today=today),
        **tense_of(ask.period, config, now),
        **answers_of(summary),
        **listed(await list_proposals(session, ask.period, day)),
    }
