"""Coming in: an invitation used, a phone number shared, a consent given or refused."""

import hashlib
from dataclasses import replace
from datetime import datetime

from bot.domain.errors import Refused
from bot.domain.people import Person
from bot.domain.phones import normal_phone
from storage import access, notices, people
from storage.database import Session

INVITATION = "i"
"""What a deep link's payload begins with when an invitation's secret follows."""


def hashed(secret: str) -> str:
    """The only form in which an invitation's secret is kept: SHA-256, hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def use_invitation(
    session: Session, secret: str, telegram_id: int, me: Person | None, now: datetime
) -> Person:
    """Let the account in as the person the invitation is for. Raises Refused.

    `me` is who uses the account already: their own old link lets them in again, and a link meant for somebody
    else does not make them that person.
    """
    person_id = await access.use_invite(session, hashed(secret), now)
    if person_id is None:
        if me is not None:
            return me
        raise Refused("come_in.invitation_over")
    if me is not None and me.id != person_id:
        raise Refused("come_in.for_somebody_else", name=me.full_name)
    person = await people.get_person(session, person_id)
    return await _bind(session, person, telegram_id, "invitation", now)


async def share_phone(session: Session, phone: str, telegram_id: int, now: datetime) -> Person:
    """Let the account in as the person whose number it is. Raises Refused."""
    number = normal_phone(phone)
    person = await people.find_by_phone(session, number) if number else None
    if person is None:
        raise Refused("come_in.phone_unknown")
    return await _bind(session, person, telegram_id, "phone", now)


async def consent(session: Session, person: Person, version: int, now: datetime, *, given: bool) -> None:
    """Keep the person's word about the processing of their data; without it the bot does not serve them."""
    await people.note_consent(session, person.id, "processing", version, now, given=given)
    await access.note(session, person.id, "consent" if given else "no_consent", "person", person.id, now)
    if not given:
        await notices.cancel_for(session, person.id)


async def _bind(session: Session, person: Person, telegram_id: int, way: str, now: datetime) -> Person:
    if person.left or person.erased:
        raise Refused("come_in.invitation_over")
    await people.bind(session, person.id, telegram_id)
    await access.note(session, person.id, "bind", "person", person.id, now, detail=way)
    return replace(person, telegram_id=telegram_id)
