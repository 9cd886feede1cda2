"""Making a document to be filed: what its kind asks of the rows, put into its template.

The rows are read within a session; filling the template takes a moment and needs none.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.config import Config
from bot.documents import (
    achievements_contents,
    list_contents,
    meeting_contents,
    minutes_contents,
    report_contents,
    submission_contents,
    table_contents,
)
from bot.documents.meeting_cards import Cards
from bot.documents.office_document import render
from bot.domain.documents import DocumentAsk, DocumentKind
from bot.domain.errors import Refused
from bot.domain.periods import Period
from bot.domain.weeks import write_week
from bot.texts import N_
from storage.database import Session

Contents = Callable[[Session, DocumentAsk, Config, datetime], Awaitable[dict[str, object]]]
"""What stands in a document, by the names that its template knows."""

_MAKERS: Mapping[DocumentKind, Contents] = {
    DocumentKind.REPORT: report_contents.contents,
    DocumentKind.LIST: list_contents.contents,
    DocumentKind.SUBMISSION: submission_contents.contents,
    DocumentKind.MINUTES: minutes_contents.contents,
    DocumentKind.ACHIEVEMENTS: achievements_contents.contents,
    DocumentKind.TABLE: table_contents.contents,
    DocumentKind.MEETING: meeting_contents.contents,
}


@dataclass(frozen=True)
class Made:
    """A whole document: its bytes, and what its file is called."""

    content: bytes
    file_name: str


@dataclass(frozen=True)
class Collected:
    """All that a document says, before it is one."""

    kind: DocumentKind
    context: Mapping[str, object]
    file_name: str
    templates: Path | None

    @property
    def photos(self) -> list[str]:
        """What Telegram calls the photos that would stand on its cards."""
        return [photo for cards in self._cards for photo in cards.photos if photo]

    def made(self, photos: Mapping[str, bytes | None] | None = None) -> Made:
        """Put it into its template; cards are without the photos that are not given.

        Raises Refused where the template cannot be used.
        """
        context = dict(self.context)
        for cards in self._cards:
            context |= cards.drawn(photos or {})
        return Made(render(self.kind, context, self.templates), self.file_name)

    @property
    def _cards(self) -> list[Cards]:
        return [one for one in self.context.values() if isinstance(one, Cards)]


async def make_document(
    session: Session, kind: DocumentKind, ask: DocumentAsk, config: Config, now: datetime
) -> Made:
    """The document as it stands now.

    Raises Refused where the kind is not about that, and Gone for an exemplar of which nothing may be told.
    """
    return await asyncio.to_thread((await collect(session, kind, ask, config, now)).made)


async def collect(
    session: Session, kind: DocumentKind, ask: DocumentAsk, config: Config, now: datetime
) -> Collected:
    """The same before its template is filled, which can then be done without the session."""
    check_ask(kind, ask, now, config)
    context = await _MAKERS[kind](session, ask, config, now)
    folder = config.documents.folder
    return Collected(kind, context, file_name(kind, ask), Path(folder) if folder else None)


def check_ask(kind: DocumentKind, ask: DocumentAsk, now: datetime, config: Config) -> None:
    """Raises Refused where the kind is not about what is asked, or that has not begun yet."""
    about_exemplar = kind is DocumentKind.ACHIEVEMENTS
    if about_exemplar != (ask.exemplar_id is not None):
        raise Refused(N_("document.needs_exemplar") if about_exemplar else N_("document.needs_period"))
    if about_exemplar:
        return
    if kind is not DocumentKind.MEETING and ask.week is not None:
        raise Refused("document.no_week")
    first = ask.period.first_on if ask.period else ask.week
    if first is None:
        raise Refused("document.needs_period")
    if first > config.office.day_of(now):
        raise Refused("document.not_begun", day=f"{first:%d/%m/%Y}")


def file_name(kind: DocumentKind, ask: DocumentAsk) -> str:
    """What the file is called: "bao-cao-2026-11.docx"; an exemplar is a number there, not a name."""
    about: Period | str | int | None = ask.period or ask.exemplar_id
    if ask.week is not None:
        about = write_week(ask.week)
    return f"{kind}-{about}.docx"
