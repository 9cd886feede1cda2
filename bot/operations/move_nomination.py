"""A head passes a nomination on to the unit it belongs to, whose heads are told."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.config import Config
from bot.domain.errors import Refused
from bot.domain.hours import Hours
from bot.domain.mending import check_alone
from bot.domain.nominations import period_for
from bot.domain.people import Person, PersonId, UnitId
from bot.domain.periods import Period
from bot.domain.roles import Role
from bot.operations.merge_nominations import get_entry, hold_mendable
from bot.operations.plan_reminders import answers_for
from storage import access, choices, entries, nominations, notices, people, units
from storage.database import Session
from storage.entries import Entry

MOVED_IN = "moved_in"
"""The kind of notice that tells a unit's heads of a nomination passed on to them."""


@dataclass(frozen=True)
class Moved:
    """Where a nomination went; `joined` where that nominee was nominated there already."""

    nomination_id: int
    period: Period
    joined: bool


async def find_place(session: Session, entry: Entry, period: Period, to_id: UnitId) -> Moved:
    """Where it would go: to its month, or the next for which that unit has not answered."""
    month = period_for(period, await nominations.list_answered(session, to_id))
    there = await _there(session, entry, to_id, month)
    return Moved(there.id if there else entry.id, month, joined=there is not None)


async def move(
    session: Session, me: Person, nomination_id: int, to_id: UnitId, config: Config, now: datetime
) -> Moved:
    """Pass a nomination on. Where the nominee stands there already, it becomes part of that nomination.

    Raises NotAllowed for who does not head its unit, Refused for one that has been chosen, is part of another
    or holds others, and for a unit that is not there; else as `hold_mendable`.
    """
    seen = await get_entry(session, nomination_id)
    for unit_id in sorted({seen.nominee.unit_id, to_id}):  # two that pass on to each other wait, in order
        await nominations.hold_unit(session, unit_id)
    entry, period = await hold_mendable(session, me, nomination_id, config, now)
    today = config.office.day_of(now)
    known = {unit.id for unit in await units.list_units(session, today)}
    if to_id not in known or to_id == entry.nominee.unit_id:
        raise Refused("mend.no_unit")
    if entry.merged_into is not None:
        raise Refused("mend.merged_already")
    check_alone(
        has_parts=bool(await entries.list_merged(session, [entry.id])),
        chosen=await choices.is_chosen(session, entry.id),
    )
    place = await find_place(session, entry, period, to_id)
    from_id = entry.nominee.unit_id
    moved = replace(entry.nominee, unit_id=to_id)
    if place.joined:
        await entries.set_merged(session, entry.id, place.nomination_id)
        await entries.move(session, entry.id, entry.nominee, entry.nominee.key, entry.period, from_id)
    else:
        await entries.move(session, entry.id, moved, moved.key, str(place.period), from_id)
    await access.note(session, me.id, "move", "nomination", entry.id, now, detail=f"{from_id} > {to_id}")
    body = {"nomination_id": place.nomination_id, "unit_id": to_id, "from_id": from_id}
    occurrence = f"{entry.id}:{from_id}:{to_id}:{int(now.timestamp())}"
    heads = await _heads(session, to_id, today)
    await notices.plan_for(session, MOVED_IN, occurrence, heads, body, now, hours=Hours.WORK, urgency=1)
    return place


async def _there(session: Session, entry: Entry, to_id: UnitId, month: Period) -> Entry | None:
    """The nomination of the same nominee that stands in that month, with what it is part of."""
    key = replace(entry.nominee, unit_id=to_id).key
    found = await entries.find_entry_of(session, key, str(month))
    if found is None or found.id == entry.id:
        return None
    whole = await entries.find_entry(session, found.merged_into) if found.merged_into else found
    if whole is not None and whole.nominee.unit_id != to_id:
        raise Refused("mend.no_place")
    return whole


async def _heads(session: Session, unit_id: UnitId, today: date) -> set[PersonId]:
    roles = (Role.UNIT_HEAD, Role.DEPUTY)
    return {
        person.id
        for role in roles
        for person in await people.list_with_role(session, role)
        if answers_for(person, unit_id, roles, today)
    }
