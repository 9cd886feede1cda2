"""Who wants the summary by itself, and when, as rows."""

from datetime import datetime

from bot.clock import to_us
from bot.domain.digests import Cadence, Digest, Wish
from bot.domain.people import PersonId
from storage.database import Session


async def find_digest(session: Session, person_id: PersonId) -> Digest | None:
    """What a person has asked for, perhaps to be left alone again; None of who never has."""
    row = await session.one("digests.get", person_id=person_id)
    if row is None:
        return None
    wish = Wish(Cadence(row["cadence"]), row["day"], int(row["hour"].partition(":")[0]))
    return Digest(person_id, wish, row["version"])


async def save_digest(
    session: Session, person_id: PersonId, wish: Wish, version: int, now: datetime
) -> Digest | None:
    """Keep a wish in place of that of a version (0: of none); None where it has changed since."""
    row = await session.one(
        "digests.save",
        person_id=person_id,
        cadence=wish.cadence.value,
        day=wish.day,
        hour=f"{wish.hour:02}:00",
        version=version,
        at=to_us(now),
    )
    return Digest(person_id, wish, row["version"]) if row else None


async def remove_digest(session: Session, person_id: PersonId) -> None:
    """Nothing is kept of what the person wanted."""
    await session.run("digests.remove", person_id=person_id)
