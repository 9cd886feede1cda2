"""Invitations for many people at once, and who has not come in yet."""

from collections.abc import Sequence
from datetime import datetime

from bot.clock import to_us
from bot.domain.people import Person, PersonId, UnitId
from storage.database import Session, each


async def replace_invites(
    session: Session,
    invited: Sequence[tuple[Person, str]],
    made_by: PersonId | None,
    now: datetime,
    expires_at: datetime,
) -> None:
    """Keep invitations by the hashes of their secrets; older ones of the same people that nobody used end."""
    await session.run("invites.void", codes=each([person.code for person, _ in invited]), now=to_us(now))
    await session.run(
        "invites.add_many",
        rows=each([(secret_hash, person.id) for person, secret_hash in invited]),
        made_by=made_by,
        made_at=to_us(now),
        expires_at=to_us(expires_at),
    )


async def count_outside(session: Session) -> dict[UnitId, int]:
    """How many of each unit's people have not come in."""
    return {UnitId(row["unit_id"]): row["n"] for row in await session.all("invites.count_outside")}
