"""Somebody congratulates an exemplar: counted once, and shown on the posts in groups once a minute."""

from datetime import datetime, timedelta

from bot.config import Config
from bot.domain.errors import Gone
from bot.domain.exemplars import Exemplar
from bot.domain.hours import Hours
from bot.domain.people import Person
from bot.operations.take_down import HONOUR_COUNT
from storage import access, exemplars, followups, honours, notices
from storage.database import Session
from storage.followups import Followup

PRAISE = "praise"
"""The followup, and the notice, of the quiet word a day to who is congratulated."""
_MINUTE = timedelta(minutes=1)
_A_WHILE = timedelta(hours=8)


async def congratulate(session: Session, me: Person, exemplar: Exemplar, now: datetime) -> tuple[int, bool]:
    """Count it; answers how many there are, and whether this is a new one.

    Raises Gone for what is not public.
    """
    if not exemplar.is_public:
        raise Gone("honour.not_public")
    new = await honours.congratulate(session, exemplar.id, me.id, now)
    if new:
        await access.note(session, me.id, "congratulate", "exemplar", exemplar.id, now)
        begun = now.replace(second=0, microsecond=0)
        key = f"{exemplar.id}:{begun:%Y%m%d%H%M}"
        body = {"exemplar_id": exemplar.id}
        await followups.add_followup(session, HONOUR_COUNT, key, begun + _MINUTE, body)
        day = f"{exemplar.id}:{now:%Y%m%d}"
        await followups.add_followup(session, PRAISE, day, now + _A_WHILE, body)
    return await honours.count_congratulations(session, exemplar.id), new


async def plan_praise(session: Session, followup: Followup, now: datetime, _config: Config) -> None:
    """Once a day of congratulations, the one who is honoured hears how many there are."""
    exemplar = await exemplars.find_exemplar(session, followup.args["exemplar_id"])
    if exemplar is None or not exemplar.is_public or exemplar.representative_id is None:
        return
    body = {"exemplar_id": exemplar.id}
    to = exemplar.representative_id
    await notices.plan(session, PRAISE, followup.key, to, body, now, hours=Hours.WORK, urgency=2)


async def plan_counts(session: Session, followup: Followup, now: datetime, _config: Config) -> None:
    """The minute is over: the posts in groups show how many there are now."""
    exemplar = await exemplars.find_exemplar(session, followup.args["exemplar_id"])
    if exemplar is None or not exemplar.is_public:
        return
    for honour in await honours.list_of(session, exemplar.id):
        delivered = await honours.find_delivery(session, honour)
        if delivered and delivered.message_id is not None:
            body = {"exemplar_id": exemplar.id, "honour_id": honour.id}
            occurrence = f"{honour.id}:{followup.key}"
            await notices.plan(
                session, HONOUR_COUNT, occurrence, honour.person_id, body, now, chat_id=delivered.chat_id
            )
