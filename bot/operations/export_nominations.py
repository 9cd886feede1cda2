"""Exporting nominations and what became of them: read in pieces within one steady view, handed on as read."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.errors import Refused
from bot.domain.nominations import Kind, NominationId
from bot.domain.people import Unit, UnitId
from bot.domain.periods import Period, first_instant
from storage import exports, figures, nominations, process, units
from storage.database import Database, Row, Session
from storage.exports import NomineeRow
from storage.nominations import StandingRow
from storage.process import Scope

PIECE = 1000
ALL_TIME = ("0000-00", "9999-99")


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
        return Scope(first, last, _periods_in(period), since, until, self.unit_id)


@dataclass(frozen=True)
class UnitFigures:
    """A line of the overview: nominees by kind, and how many of the unit's people have nominated."""

    code: str
    name: str
    kinds: dict[Kind, int]
    people: int
    nominators: int


class Sink(Protocol):
    """Where an export goes. Overview first, then every nominee, every reason, and table after table."""

    def withhold(self, nominations: frozenset[NominationId]) -> None:
        """Of these is not told who they are and what they did. Comes before everything else."""

    def add_overview(self, lines: Sequence[UnitFigures]) -> None:
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
    database: Database, ask: Ask, today: date, sink: Sink, progress: Progress
) -> int:
    """Hand everything that stands to `sink`, in one steady view; answers the number of reasons."""
    first, last = ask.months
    async with database.reading() as session:
        total = await exports.count_reasons(session, first, last, ask.unit_id)
        sink.withhold(await process.list_withheld(session))
        sink.add_overview(await _overview(session, ask, today))
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


def _periods_in(period: Period) -> list[str]:
    """The periods of every length that lie within one."""
    found = []
    for months in (1, 3, 6, 12):
        if months <= period.months:
            inner = Period(period.first_on, months)
            while inner.first_on < period.until_on:
                found.append(str(inner))
                inner = inner.next
    return found


async def _overview(session: Session, ask: Ask, today: date) -> list[UnitFigures]:
    first, last = ask.months
    counts = await nominations.count_standing(session, first, last)
    people = await figures.count_people(session)
    nominators = await figures.count_nominators(session, first, last)
    kinds: dict[UnitId, Counter[Kind]] = {}
    for (unit_id, kind), n in counts.items():
        kinds.setdefault(unit_id, Counter())[kind] += n
    standing = {unit.id for unit in await units.list_units(session, today)}
    return [
        UnitFigures(
            unit.code,
            unit.name,
            dict(kinds.get(unit.id, {})),
            people.get(unit.id, 0),
            nominators.get(unit.id, 0),
        )
        for unit in await units.list_units(session)
        if ask.unit_id in (None, unit.id) and (unit.id in standing or unit.id in kinds)
    ]
