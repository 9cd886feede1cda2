"""What only exports ask: the tables of what is nominated and what became of it, each read as one stream."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import to_us
from bot.domain.people import UnitId
from storage.database import Row, Session, each

_PERIODS = ("periods", "every", "unit_id")
_MONTHS = ("first", "last", "unit_id")
_TIMES = ("from_us", "until_us", "unit_id")
_SCOPES = {
    "nominees": _MONTHS,
    "nominations": _MONTHS,
    "answers": _PERIODS,
    "choices": _PERIODS,
    "office_lists": _PERIODS,
    "exemplars": _MONTHS,
    "consents": _MONTHS,
    "honours": _MONTHS,
    "fosterings": _MONTHS,
    "adoptions": _MONTHS,
    "lessons": ("periods", "every", *_TIMES),
    "articles": _PERIODS,
    "events": _TIMES,
    "event_speakers": _TIMES,
    "movements": (),
    "suggestions": _TIMES,
    "papers": _TIMES,
    "deliveries": _TIMES,
    "audit": _TIMES,
}
TABLES = tuple(_SCOPES)
"""The tables, in the order in which they are told."""
_EVER_US = 2**62


@dataclass(frozen=True)
class Scope:
    """What is wanted.

    `first` and `last` are months of nominations, `periods` those that units answer for (None: all there ever
    were), `since` and `until` (not included) the instants between which a thing happens.
    """

    first: str
    last: str
    periods: Sequence[str] | None = None
    since: datetime | None = None
    until: datetime | None = None
    unit_id: UnitId | None = None

    def of(self, table: str) -> dict[str, object]:
        """The values that the query of a table is asked with."""
        values: dict[str, object] = {
            "first": self.first,
            "last": self.last,
            "periods": each(self.periods or ()),
            "every": int(self.periods is None),
            "from_us": to_us(self.since) if self.since else 0,
            "until_us": to_us(self.until) if self.until else _EVER_US,
            "unit_id": self.unit_id or 0,
        }
        return {name: values[name] for name in _SCOPES[table]}


async def count_rows(session: Session, table: str, scope: Scope) -> int:
    """How many rows one of TABLES has."""
    return int(await session.value(f"exports.{table}_n", **scope.of(table)))


def read_rows(session: Session, table: str, scope: Scope, most: int) -> AsyncGenerator[list[Row], None]:
    """The rows of one of TABLES, `most` at a time, with the columns of its query."""
    return session.pieces(f"exports.{table}", most, **scope.of(table))
