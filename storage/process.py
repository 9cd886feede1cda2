"""What an export asks of the process: answers, choices, exemplars, copies, lessons, events; in pieces."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import to_us
from bot.domain.exemplars import ExemplarId
from bot.domain.nominations import NominationId
from bot.domain.people import UnitId
from storage.database import Row, Session, each

_PERIODS = ("periods", "every", "unit_id")
_MONTHS = ("first", "last", "unit_id")
_TIMES = ("from_us", "until_us", "unit_id")
_SCOPES = {
    "answers": _PERIODS,
    "choices": _PERIODS,
    "office_lists": _PERIODS,
    "exemplars": _MONTHS,
    "consents": _MONTHS,
    "honours": _MONTHS,
    "fosterings": _MONTHS,
    "adoptions": _MONTHS,
    "lessons": ("periods", "every", *_TIMES),
    "events": _TIMES,
    "event_speakers": _TIMES,
    "movements": (),
    "suggestions": _TIMES,
}
TABLES = tuple(_SCOPES)
"""The tables, in the order in which they are told."""
_EVER_US = 2**62


@dataclass(frozen=True)
class Scope:
    """What of the process is wanted.

    `periods` are those that units answer for (None: all there ever were), `first` and `last` months of
    nominations, `since` and `until` (not included) the instants between which a thing happens.
    """

    first: str
    last: str
    periods: Sequence[str] | None = None
    since: datetime | None = None
    until: datetime | None = None
    unit_id: UnitId | None = None


async def list_withheld(session: Session) -> frozenset[NominationId]:
    """The nominations of which an export tells neither whom nor why: consent was declined or withdrawn."""
    return frozenset(NominationId(row["id"]) for row in await session.all("process.list_withheld"))


async def list_rows(session: Session, table: str, scope: Scope, *, most: int, skip: int) -> list[Row]:
    """The next rows of one of TABLES, with the columns of its query, behind the first `skip`."""
    values: dict[str, object] = {
        "first": scope.first,
        "last": scope.last,
        "periods": each(scope.periods or ()),
        "every": int(scope.periods is None),
        "from_us": to_us(scope.since) if scope.since else 0,
        "until_us": to_us(scope.until) if scope.until else _EVER_US,
        "unit_id": scope.unit_id or 0,
    }
    asked = {name: values[name] for name in _SCOPES[table]}
    return await session.all(f"process.{table}", **asked, most=most, skip=skip)


async def let_be_past(session: Session, undrawn: str, now: datetime) -> None:
    """What a made-up history would have sent and looked at again is behind it; what it still asks is not.

    `undrawn` stood for its pictures, which are yet to be drawn.
    """
    await session.run("process.let_notices_be_sent", at=to_us(now))
    await session.run("process.let_posts_be_sent")
    await session.run("process.let_followups_be_past", at=to_us(now))
    await session.run("process.let_cards_be_drawn", card=undrawn)


async def set_card(session: Session, exemplar_id: ExemplarId, card: str) -> None:
    """The picture (a Telegram file_id) of what a made-up exemplar says; nothing else about it changes."""
    await session.run("process.set_card", id=exemplar_id, card=card)
