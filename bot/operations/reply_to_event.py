"""Somebody comes to an event or cannot; an exemplar who was asked will speak or not."""

from datetime import date, datetime

from bot.domain.errors import Gone, NotAllowed
from bot.domain.events import Event, EventState, Reply
from bot.domain.people import Person
from bot.operations.event_occasions import guests_of, tell_maker
from bot.operations.find_audience import is_in
from storage import access, events
from storage.database import Session


async def may_reply(session: Session, me: Person, event: Event, today: date) -> bool:
    """Whether the person is invited, or asked to speak."""
    if any(speaker.person_id == me.id for speaker in event.speakers):
        return True
    return await is_in(session, await guests_of(session, event), me, today)


async def reply_to_event(
    session: Session, me: Person, event: Event, answer: Reply, today: date, now: datetime
) -> None:
    """Yes or no, until it begins. Raises NotAllowed and Gone."""
    _check_open(event, now)
    if not await may_reply(session, me, event, today):
        raise NotAllowed("event.not_invited")
    await events.reply(session, event, me.id, answer, now)
    await access.note(session, me.id, "reply", "event", event.id, now, answer.value)


async def answer_to_speak(
    session: Session, me: Person, event: Event, exemplar_id: int, answer: Reply, now: datetime
) -> None:
    """Who will speak also comes; whoever made the event hears of the answer. Raises NotAllowed and Gone."""
    _check_open(event, now)
    asked = next((one for one in event.speakers if one.exemplar_id == exemplar_id), None)
    if asked is None:
        raise Gone("event.not_speaking")
    if asked.person_id != me.id:
        raise NotAllowed("event.not_asked")
    if await events.answer_to_speak(session, event.id, exemplar_id, me.id, answer, now):
        await access.note(session, me.id, "speak", "event", event.id, now, answer.value)
        await tell_maker(session, event, exemplar_id, now)
    if answer is Reply.YES:
        await events.reply(session, event, me.id, Reply.YES, now)


def _check_open(event: Event, now: datetime) -> None:
    if event.state is EventState.CANCELLED:
        raise Gone("event.is_off")
    if not event.is_open(now):
        raise Gone("event.begun")
