"""Making invitations: one person's link each, kept as a hash, good once and for some days."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.config import Config
from bot.domain.errors import Refused
from bot.domain.people import Person, UnitId
from bot.domain.periods import first_instant
from bot.operations.come_in import INVITATION, hashed
from bot.operations.secretariat import check_secretariat
from storage import access, invites, people
from storage.database import Session

_SECRET_BYTES = 24


@dataclass(frozen=True)
class Invitation:
    """Somebody's invitation. `payload` is what the deep link carries; it is kept nowhere else."""

    person: Person
    payload: str
    expires_on: date

    def link(self, base: str) -> str:
        """The deep link; `base` is ``https://t.me/<bot>``."""
        return f"{base}?start={self.payload}"


async def find_outside(session: Session, unit_id: UnitId | None) -> list[Person]:
    """Those who are here and have not come in, of one unit or of all."""
    everybody = await people.list_people(session)
    return [
        person
        for person in everybody
        if person.telegram_id is None
        and not person.left
        and not person.erased
        and unit_id in (None, person.unit_id)
    ]


async def make_invites(
    session: Session, invited: Sequence[Person], config: Config, made_by: Person | None, now: datetime
) -> list[Invitation]:
    """Make a new invitation for each; older ones of theirs hold no longer. `made_by` None: the command line.

    Raises NotAllowed for who is not of the secretariat, Refused for nobody.
    """
    if made_by is not None:
        check_secretariat(made_by, config.office.day_of(now))
    maker = made_by.id if made_by else None
    here = [person for person in invited if not person.left and not person.erased]
    if not here:
        raise Refused("invite.nobody")
    zone = config.office.timezone
    expires_on = now.astimezone(zone).date() + timedelta(days=config.roster.invite_days)
    made = [(person, secrets.token_urlsafe(_SECRET_BYTES)) for person in here]
    await invites.replace_invites(
        session,
        [(person, hashed(secret)) for person, secret in made],
        maker,
        now,
        first_instant(expires_on + timedelta(days=1), zone),
    )
    await access.note(session, maker, "invite", "people", None, now, detail=str(len(made)))
    return [Invitation(person, INVITATION + secret, expires_on) for person, secret in made]
