"""An event's file for the calendar, made and sent outside the conversation."""

from bot.documents.event_files import CalendarEntry, event_calendar
from bot.domain.events import LASTS, Event, EventState
from bot.operations.event_words import KINDS, host_name, speaker_names
from bot.texts import Texts
from handlers.workshop import Workshop
from storage import events, jobs, people
from storage.database import Session
from storage.jobs import Task

MAKE = "event_ics"


async def make(shop: Workshop, task: Task) -> None:
    """Send the event as it is now to who asked. Begun again after a crash, the file may come twice."""
    house = shop.house
    async with house.database.reading() as session:
        person = await people.get_person(session, task.person_id)
        event = await events.find_event(session, task.args["event_id"])
        texts = shop.texts_of(person)
        entry = await _entry(session, event, shop, texts) if event else None
    if entry is not None and person.telegram_id is not None and person.is_reached and not person.left:
        content = event_calendar(entry, house.config.office.name, house.config.office.timezone)
        caption = texts.say("event.ics_caption", title=entry.title)
        name = texts.plain("event.ics_name", number=entry.number)
        await shop.send_file(person.telegram_id, content, name, caption)
    async with house.database.transaction() as session:
        await jobs.end_task(session, task.id, house.clock())


async def _entry(session: Session, event: Event, shop: Workshop, texts: Texts) -> CalendarEntry:
    host = await host_name(session, event.host_id, shop.house.config)
    lines = [texts.plain("event.host", host=host)]
    named = await speaker_names(session, event.speakers)
    if named:
        lines.append(texts.plain("event.speakers", names="; ".join(named)))
    if event.note:
        lines.append(event.note)
    return CalendarEntry(
        event.id,
        event.version,
        f"{texts.plain(KINDS[event.kind])}: {event.title}",
        event.place,
        "\n".join(lines),
        event.starts_at,
        event.starts_at + LASTS,
        event.changed_at,
        event.state is EventState.CANCELLED,
    )
