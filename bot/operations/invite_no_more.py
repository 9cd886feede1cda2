"""A person wants the monthly invitation to nominate no more, or again."""

from datetime import datetime

from bot.domain.people import Person
from storage import access, people
from storage.database import Session


async def set_invitations(session: Session, me: Person, now: datetime, *, wanted: bool) -> None:
    """Keep the person's word; what waits is looked at again when it is sent."""
    if wanted != await people.wants_invitations(session, me.id):
        await people.set_no_invitations(session, me.id, off=not wanted)
        await access.note(session, me.id, "invitations" if wanted else "no_invitations", "person", me.id, now)
