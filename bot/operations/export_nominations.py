"""Exporting nominations and what became of them: read in pieces within one steady view, handed on as read."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.errors import Refused
from bot.domain.nominations import NominationId
from bot.domain.people import Unit, UnitId
from bot.domain.periods import Period, first_instant, periods_within
from bot.domain.summary import UnitLine
from bot.operations.summarise import ALL_TIME, Span, count_units, summarise
from storage import exports, process, units
from storage.database import Database, Row, Session
from storage.exports import TABLES, Scope

PIECE = 4000
"""How many rows are read at a time: each piece is one way to the database's thread and back."""


@dataclass(frozen=True)
class Ask:
    """What is to be exported: a period (None: everything there ever was), of one unit or of all."""

    period: Period | None = None
    unit_id: UnitId | None = None
    timezone: str = "Asia/Ho_Chi_Minh"

    @property
    def months(self) -> tuple[str, str]:
        """The first and the last month."""
        if self.period is None:
            return ALL_TIME
        names = self.period.month_names
        return names[0], names[-1]

    @property
    def scope(self) -> Scope:
        """The same for tables: the periods in it that units answer for, and its instants."""
        first, last = self.months
        if self.period is None:
            return Scope(first, last, unit_id=self.unit_id)
        zone, period = ZoneInfo(self.timezone), self.period
        since, until = first_instant(period.first_on, zone), first_instant(period.until_on, zone)
        return Scope(
            first, last, [str(inner) for inner in periods_within(period)], since, until, self.unit_id
        )


@dataclass(frozen=True)
class Figures:
    """The overview: a line for each unit; movements and the periods before as (name or period, nominees)."""

    lines: tuple[UnitLine, ...]
    movements: tuple[tuple[str, int], ...] = ()
    trend: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Contents:
    """What is told, open for reading; `sizes` are the rows of each of TABLES, `unit_names` are by code.

    Of the nominations `withheld` is not told who they are and what they did.
    """

    session: Session
    scope: Scope
    figures: Figures
    withheld: frozenset[NominationId]
    sizes: Mapping[str, int]
    unit_names: Mapping[str, str]

    def read(self, table: str) -> AsyncGenerator[list[Row], None]:
        """The rows of one of TABLES, in pieces."""
        return exports.read_rows(self.session, table, self.scope, PIECE)


async def find_unit(session: Session, code: str) -> Unit:
    """The unit with that code, in any case of letters. Raises Refused."""
    known = await units.list_units(session)
    found = next((unit for unit in known if unit.code.casefold() == code.casefold()), None)
    if found is None:
        raise Refused("export.no_unit", code=code, codes=", ".join(unit.code for unit in known))
    return found


@asynccontextmanager
async def open_contents(database: Database, ask: Ask, now: datetime) -> AsyncIterator[Contents]:
    """Everything that stands, in one steady view that lasts as long as the block."""
    async with database.reading() as session:
        zone = ZoneInfo(ask.timezone)
        named = await units.list_named(session, Span(ask.period, now, zone).day)
        yield Contents(
            session,
            ask.scope,
            await _figures(session, ask, now, zone),
            await process.list_withheld(session),
            {table: await exports.count_rows(session, table, ask.scope) for table in TABLES},
            {unit.code: unit.name for unit in named},
        )


async def _figures(session: Session, ask: Ask, now: datetime, zone: ZoneInfo) -> Figures:
    only = None if ask.unit_id is None else [ask.unit_id]
    if ask.period is None:
        return Figures(tuple(await count_units(session, Span(None, now, zone), only)))
    summary = await summarise(session, ask.period, now, zone, only)
    return Figures(summary.lines, summary.movements, tuple((str(one), n) for one, n in summary.trend))
