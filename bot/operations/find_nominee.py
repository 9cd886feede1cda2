"""Whom a typed name means: oneself, exactly one person, a few to choose from, or nobody."""

import re
import unicodedata
from dataclasses import dataclass

from bot.domain.names import accents_agree, fold, names
from bot.domain.people import Person, UnitId
from storage import people
from storage.database import Session

# "Minh" and "Châu" are names; only "mình" with its accent is oneself.
_ONESELF = frozenset(("tôi", "toi", "mình", "em", "me", "myself"))
_ONESELF_AT_LENGTH = frozenset(
    f"{before}{own}" for before in ("chinh ", "ban than ", "ca nhan ", "tu ") for own in ("toi", "minh", "em")
) | {"ban than"}
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;&+]|\s(?:và|va|cùng|cung|and)\s)\s*", re.IGNORECASE)
_MOST_AT_ONCE = 4


@dataclass(frozen=True)
class Found:
    """`clear` is the one person meant without doubt; otherwise `choices`, the likeliest first.

    `sure`: the choices are called so, and not only nearly so. `several`: more than one person was named.
    """

    clear: Person | None
    choices: list[Person]
    sure: bool = True
    several: bool = False


async def find_nominee(session: Session, typed: str, unit_id: UnitId | None, me: Person) -> Found:
    """Look a name up among the office's people, in a unit where one is named."""
    if unicodedata.normalize("NFC", typed).casefold() in _ONESELF or fold(typed) in _ONESELF_AT_LENGTH:
        return Found(me, [me])
    found = await _find_one(session, typed, unit_id, me)
    if found.clear is None and not found.sure:
        parts = [part for part in _BETWEEN_NAMES.split(typed) if fold(part)]
        if 1 < len(parts) <= _MOST_AT_ONCE:
            return await _find_several(session, parts, me) or found
    return found


async def _find_one(session: Session, typed: str, unit_id: UnitId | None, me: Person) -> Found:
    found = await people.search(session, typed, unit_id=unit_id, asker_unit_id=me.unit_id)
    if not found and unit_id is not None:
        elsewhere = await people.search(session, typed, unit_id=None, asker_unit_id=me.unit_id)
        return Found(None, elsewhere, sure=any(names(typed, person.full_name) for person in elsewhere))
    meant = [person for person in found if names(typed, person.full_name)]
    spelled = [person for person in meant if accents_agree(typed, person.full_name)]
    present = [person for person in meant if not person.left]
    for sure in (spelled, present, meant):
        if len(sure) == 1:
            return Found(sure[0], found)
    return Found(None, found, sure=bool(meant))


async def _find_several(session: Session, parts: list[str], me: Person) -> Found | None:
    """The people named one after another; None unless each part names somebody."""
    chosen: dict[int, Person] = {}
    for part in parts:
        found = await _find_one(session, part, None, me)
        meant = [found.clear] if found.clear else found.choices if found.sure else []
        if not meant:
            return None
        chosen |= {person.id: person for person in meant}
    return Found(None, list(chosen.values()), several=True)
