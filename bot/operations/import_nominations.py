"""Many nominations from a file: checked against the database, the good ones entered in one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.config import Config
from bot.domain.errors import BadInput, Refused
from bot.domain.hours import Hours
from bot.domain.nomination_table import Known, NominationCheck, NominationRow, check_nominations
from bot.domain.paper import Sheet, oldest_day
from bot.domain.people import Person, PersonId, UnitId
from bot.domain.periods import month_of, period_of
from bot.domain.roster import RawTable
from bot.operations.enter_on_paper import MANY, NOMINATED, EnteredNomination, enter_nomination
from bot.operations.secretariat import check_secretariat
from storage import access, nominations, notices, papers, people, roster, units
from storage.database import Database, Session


@dataclass(frozen=True)
class Imported:
    """How many nominations were entered, and how many somebody else had entered meanwhile."""

    entered: int
    passed_over: int


Also = Callable[[Session, Imported], Awaitable[None]]


async def check_nomination_file(
    database: Database, tables: Sequence[RawTable], config: Config, now: datetime
) -> NominationCheck:
    """Check the tables against the database, which is not changed; the checking blocks nobody."""
    zone = config.office.timezone
    today = config.office.day_of(now)
    async with database.reading() as session:
        known = await load_known(session, config, now)
    return await asyncio.to_thread(
        check_nominations,
        tables,
        known,
        today=today,
        this_month=month_of(now, zone),
        is_closed=lambda period: config.timetable.cycle(period).is_closed(today),
    )


async def import_nominations(
    database: Database,
    tables: Sequence[RawTable],
    clerk: Person,
    config: Config,
    now: datetime,
    *,
    occasion: str,
    also: Also,
) -> Imported:
    """Enter the good rows in their nominators' names; `also` is done in the same transaction.

    `occasion` makes the notice to each nominator unique. Raises NotAllowed for who is not of the secretariat.
    """
    check_secretariat(clerk, config.office.day_of(now))
    check = await check_nomination_file(database, tables, config, now)
    async with database.transaction() as session:
        nominators: dict[PersonId, Person] = {}
        entered: dict[PersonId, list[EnteredNomination]] = {}
        passed_over = 0
        for row in check.good:
            person = nominators.get(row.nominator_id) or await people.get_person(session, row.nominator_id)
            nominators[person.id] = person
            one = await _enter(session, clerk, person, row, config, now)
            passed_over += one is None
            if one is not None:
                entered.setdefault(person.id, []).append(one)
        n = sum(map(len, entered.values()))
        if n:
            detail = f"+{n}; people {len(entered)}"
            await access.note(session, clerk.id, "import", "endorsement", None, now, detail)
        await _tell(session, clerk, entered, occasion, now)
        imported = Imported(n, passed_over)
        await also(session, imported)
    return imported


async def load_known(session: Session, config: Config, now: datetime) -> Known:
    """What a file of nominations is compared with."""
    rules = config.nominations
    since = str(period_of(oldest_day(config.office.day_of(now)), 1))
    everybody = await people.list_people(session)
    known_units = await units.list_units(session)
    entered: set[tuple[PersonId, str, str]] = set()
    for one in await papers.list_nominated(session, since):
        entered.add((one.nominator_id, one.nominee_key, one.period))
        if one.dated_on:
            entered.add((one.nominator_id, one.nominee_key, str(one.dated_on)))
    answered: dict[UnitId, frozenset[str]] = {}
    for unit_id, period in await papers.list_answered(session, since):
        answered[unit_id] = answered.get(unit_id, frozenset()) | {period}
    return Known(
        await roster.load_roster(session),
        {person.code: person.id for person in everybody},
        {unit.code: unit.id for unit in known_units},
        await nominations.list_movements(session),
        answered,
        frozenset(entered),
        rules.allow_self,
        rules.story_min,
        rules.story_max,
    )


async def _enter(
    session: Session, clerk: Person, person: Person, row: NominationRow, config: Config, now: datetime
) -> EnteredNomination | None:
    """None for what cannot be entered any more: it was, or somebody has left since the check."""
    sheet = Sheet(row.dated_on)
    try:
        return await enter_nomination(session, clerk, person, row.draft, sheet, config, now, tell=False)
    except (Refused, BadInput):
        return None


async def _tell(
    session: Session,
    clerk: Person,
    entered: dict[PersonId, list[EnteredNomination]],
    occasion: str,
    now: datetime,
) -> None:
    """Each nominator hears of it once, however many nominations are in their name."""
    for person_id, found in entered.items():
        if person_id == clerk.id:
            continue
        if len(found) == 1:
            paper_id = found[0].paper_id
            values = {"endorsement_id": found[0].receipt.endorsement.id, "paper_id": paper_id}
            kind, key = NOMINATED, str(paper_id)
        else:
            values = {"n": len(found), "clerk_id": clerk.id}
            kind, key = MANY, occasion
        await notices.plan(session, kind, key, person_id, values, now, hours=Hours.WORK, urgency=1)
