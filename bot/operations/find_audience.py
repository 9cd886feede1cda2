"""Whom a message to many is for: those it can reach, and those it cannot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.audience import Audience
from bot.domain.people import Person, UnitId
from storage import people, units
from storage.database import Session


@dataclass(frozen=True)
class Circle:
    """The people of an audience, by number."""

    reached: tuple[Person, ...]
    others: tuple[Person, ...]


async def find_audience(session: Session, audience: Audience, today: date) -> Circle:
    """Who is in it on a day; a message reaches who has come in, has agreed and has not blocked the bot."""
    codes = await _codes(session, audience)
    everybody = sorted(await people.list_people(session), key=lambda person: person.id)
    here = [
        person
        for person in everybody
        if not (person.left or person.erased) and audience.includes(person, codes, today)
    ]
    return Circle(
        tuple(person for person in here if person.is_reached),
        tuple(person for person in here if not person.is_reached),
    )


async def is_in(session: Session, audience: Audience, person: Person, today: date) -> bool:
    """Whether the person is in it on a day."""
    return audience.includes(person, await _codes(session, audience), today)


async def _codes(session: Session, audience: Audience) -> Mapping[UnitId, str]:
    if not audience.units:
        return {}
    return {unit.id: unit.code for unit in await units.list_units(session)}
