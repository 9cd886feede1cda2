"""Counting a month for somebody who may see it."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from bot.domain.people import Person, UnitId
from bot.domain.periods import Period, last_day
from bot.domain.roles import Role
from bot.domain.summary import Figures, Summary, summarise
from storage import figures, nominations, units
from storage.database import Session


class Scope(StrEnum):
    """How much of the office's figures a person sees."""

    OFFICE = "office"
    UNITS = "units"
    PUBLIC = "public"


def scope_of(person: Person, today: date) -> Scope:
    """Leaders and the secretariat see the office, heads and acting deputies their units."""
    if person.has(Role.LEADER, today) or person.has(Role.SECRETARIAT, today):
        return Scope.OFFICE
    return Scope.UNITS if person.heads(today) else Scope.PUBLIC


async def summarise_month(
    session: Session, period: Period, today: date, only: Collection[UnitId] | None = None
) -> Summary:
    """The month's summary of the office, or of some units."""
    month, before = str(period), str(period.previous)
    counts = await nominations.count_standing(session, month, month)
    with_nominations = {unit_id for unit_id, _kind in counts}
    in_force = {unit.id for unit in await units.list_units(session, min(today, last_day(period)))}
    known = [
        unit for unit in await units.list_units(session) if unit.id in in_force or unit.id in with_nominations
    ]
    found = Figures(
        period=period,
        counts=counts,
        counts_before=await nominations.count_standing(session, before, before),
        answers=await nominations.list_answers(session, month),
        people=await figures.count_people(session),
        nominators=await figures.count_nominators(session, month, month),
    )
    return summarise(found, known, only)
