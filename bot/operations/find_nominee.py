"""Whom a typed name means: exactly one person, a few to choose from, or nobody."""

from dataclasses import dataclass

from bot.domain.names import accents_agree, names
from bot.domain.people import Person, UnitId
from storage import people
from storage.database import Session


@dataclass(frozen=True)
class Found:
    """`clear` is the one person meant without doubt; otherwise `choices`, the likeliest first."""

    clear: Person | None
    choices: list[Person]


async def find_nominee(session: Session, typed: str, unit_id: UnitId | None, me: Person) -> Found:
    """Look a name up among the office's people, in a unit where one is named."""
    found = await people.search(session, typed, unit_id=unit_id, asker_unit_id=me.unit_id)
    if not found and unit_id is not None:
        elsewhere = await people.search(session, typed, unit_id=None, asker_unit_id=me.unit_id)
        return Found(None, elsewhere)
    meant = [person for person in found if names(typed, person.full_name)]
    spelled = [person for person in meant if accents_agree(typed, person.full_name)]
    present = [person for person in meant if not person.left]
    for sure in (spelled, present, meant):
        if len(sure) == 1:
            return Found(sure[0], found)
    return Found(None, found)
