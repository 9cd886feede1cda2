"""Who is of the secretariat on a day, and that only they may do what is theirs."""

from datetime import date

from bot.domain.errors import NotAllowed
from bot.domain.people import Person
from bot.domain.roles import Role
from storage import people
from storage.database import Session


def check_secretariat(me: Person, today: date) -> None:
    """Raises NotAllowed for everybody else."""
    if not me.has(Role.SECRETARIAT, today):
        raise NotAllowed("secretariat.only")


async def list_secretariat(session: Session, today: date) -> list[Person]:
    """The secretariat's people on the day whom a message can reach."""
    found = await people.list_with_role(session, Role.SECRETARIAT)
    return [person for person in found if person.has(Role.SECRETARIAT, today) and person.telegram_id]
