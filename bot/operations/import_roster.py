"""Importing a roster: checked against the database, then written whole or not at all."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.config import Config
from bot.domain.people import Person, UnitId
from bot.domain.roster import ExistingRoster, RawTable, RosterCheck, RosterPlan, UnitRow, check_roster
from bot.operations.secretariat import check_secretariat
from storage import access, roster, units
from storage.database import Database, Session

Also = Callable[[Session, RosterCheck], Awaitable[None]]


@dataclass(frozen=True)
class Checked:
    """What a file would do to the database as it was when it was checked."""

    existing: ExistingRoster
    result: RosterCheck


async def check_import(
    database: Database, tables: Sequence[RawTable], config: Config, now: datetime, *, complete: bool = False
) -> Checked:
    """Check the tables against the database, which is not changed; the checking blocks nobody."""
    async with database.reading() as session:
        existing = await roster.load_roster(session)
    result = await asyncio.to_thread(
        check_roster,
        tables,
        existing,
        max_rows=config.roster.max_rows,
        today=config.office.day_of(now),
        complete=complete,
    )
    return Checked(existing, result)


async def import_roster(
    database: Database,
    tables: Sequence[RawTable],
    config: Config,
    now: datetime,
    *,
    actor: Person | None,
    complete: bool = False,
    also: Also | None = None,
) -> RosterCheck:
    """Import the tables if nothing is wrong with them; answers what was wrong or what was done.

    Where somebody changes the roster between the check and the writing, it is checked again. `also` is done
    in the transaction that ends it, whatever the result. `actor` None is the command line.

    Raises NotAllowed for who is not of the secretariat.
    """
    if actor is not None:
        check_secretariat(actor, config.office.day_of(now))
    while True:
        checked = await check_import(database, tables, config, now, complete=complete)
        plan = checked.result.plan
        written = (
            [*plan.people_new, *(c.after for c in plan.people_changed), *plan.people_back] if plan else []
        )
        ready = await asyncio.to_thread(roster.make_ready, written, checked.existing)
        async with database.transaction() as session:
            if plan is not None and not plan.is_empty:
                if await roster.load_roster(session) != checked.existing:
                    continue
                await _put_units(session, plan, config.office.day_of(now))
                await roster.mark_left(session, [person.code for person in plan.people_leaving], now)
                await roster.put_people(session, ready)
                actor_id = actor.id if actor else None
                await access.note(session, actor_id, "import", "roster", None, now, _counts(plan))
            if also is not None:
                await also(session, checked.result)
        return checked.result


async def _put_units(session: Session, plan: RosterPlan, today: date) -> None:
    ids = {row["code"]: UnitId(row["id"]) for row in await units.list_unit_rows(session)}
    for unit in plan.units_new:
        ids[unit.code] = await units.add_unit(session, {"code": unit.code, **_values(unit, ids)})
    for change in plan.units_changed:
        await units.change_unit(session, ids[change.after.code], _values(change.after, ids), today)


def _values(unit: UnitRow, ids: dict[str, UnitId]) -> dict[str, object]:
    return {
        "name": unit.name,
        "short_names": units.write_short_names(unit.short_names),
        "parent_id": ids[unit.parent] if unit.parent else None,
        "from_on": unit.from_on.isoformat() if unit.from_on else None,
        "to_on": unit.to_on.isoformat() if unit.to_on else None,
    }


def _counts(plan: RosterPlan) -> str:
    """What was done, as the audit log keeps it: counts, no names."""
    counts = {
        "units": (len(plan.units_new), len(plan.units_changed)),
        "people": (len(plan.people_new), len(plan.people_changed)),
    }
    lines = [f"{noun} +{new} ~{changed}" for noun, (new, changed) in counts.items()]
    return "; ".join([*lines, f"back {len(plan.people_back)}", f"left {len(plan.people_leaving)}"])
