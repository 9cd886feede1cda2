"""Exporting nominations and what became of them: read in pieces within one steady view, handed on as read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.errors import Refused
from bot.domain.nominations import NominationId
from bot.domain.people import Unit, UnitId
from bot.domain.periods import Period, first_instant, periods_within
from bot.domain.summary import UnitLine
from bot.operations.summarise import ALL_TIME, Span, count_units
from storage import exports, nominations, process, units
from storage.database import Database, Row, Session
from storage.exports import NomineeRow
from storage.nominations import StandingRow
from storage.process import Scope

PIECE = 1000


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
        """The same for the process: the periods in it that units answer for, and its instants."""
        first, last = self.months
        if self.period is None:
            return Scope(first, last, unit_id=self.unit_id)
        zone, period = ZoneInfo(self.timezone), self.period
        since, until = first_instant(period.first_on, zone), first_instant(period.until_on, zone)
        return Scope(
            first, last, [str(inner) for inner in periods_within(period)], since, until, self.unit_id
        )


class Sink(Protocol):
    """Where an export goes. Overview first, then every nominee, every reason, and table after table."""

    def withhold(self, nominations: frozenset[NominationId]) -> None:
        """Of these is not told who they are and what they did. Comes before everything else."""

    def add_overview(self, lines: Sequence[UnitLine]) -> None:
        """The whole overview."""

    def add_nominees(self, rows: Sequence[NomineeRow], movements: dict[int, str]) -> None:
        """The next nominees, with the names of all movements."""

    def add_reasons(self, rows: Sequence[StandingRow]) -> None:
        """The next reasons."""

    def add_process(self, table: str, rows: Sequence[Row]) -> None:
        """The next rows of one of `process.TABLES`; called for each of them, in their order."""


Progress = Callable[[int, int], None]
"""Told how many of how many reasons are written."""


async def find_unit(session: Session, code: str) -> Unit:
    """The unit with that code, in any case of letters. Raises Refused."""
    known = await units.list_units(session)
    found = next((unit for unit in known if unit.code.casefold() == code.casefold()), None)
    if found is None:
        raise Refused("export.no_unit", code=code, codes=", ".join(unit.code for unit in known))
    return found


async def export_nominations(
    database: Database, ask: Ask, now: datetime, sink: Sink, progress: Progress
) -> int:
    """Hand everything that stands to `sink`, in one steady view; answers the number of reasons."""
    first, last = ask.months
    async with database.reading() as session:
        total = await exports.count_reasons(session, first, last, ask.unit_id)
        sink.withhold(await process.list_withheld(session))
        only = None if ask.unit_id is None else [ask.unit_id]
        sink.add_overview(await count_units(session, Span(ask.period, now, ZoneInfo(ask.timezone)), only))
        movements = {int(m.id): m.name for m in await nominations.list_movements(session)}
        after = 0
        while nominees := await exports.list_nominees(
            session, first, last, unit_id=ask.unit_id, after=after, most=PIECE
        ):
            sink.add_nominees(nominees, movements)
            after = nominees[-1].id
        after = done = 0
        while rows := await nominations.list_standing(
            session, first, last, unit_id=ask.unit_id, after=after, most=PIECE
        ):
            sink.add_reasons(rows)
            after, done = rows[-1].endorsement.id, done + len(rows)
            progress(done, total)
        for table in process.TABLES:
            await _export_table(session, table, ask.scope, sink)
    return done


async def _export_table(session: Session, table: str, scope: Scope, sink: Sink) -> None:
    had = 0
    while True:
        rows = await process.list_rows(session, table, scope, most=PIECE, skip=had)
        sink.add_process(table, rows)
        had += len(rows)
        if len(rows) < PIECE:
            return
