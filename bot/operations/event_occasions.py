"""What an event brings with it: its invitations and reminders, and who is told what when it changes."""

from collections.abc import Collection
from datetime import datetime, time, timedelta

from bot.clock import to_us
from bot.config import Config
from bot.domain.audience import Audience
from bot.domain.events import HOUR_BEFORE, Event, EventState, Reply, Speaker
from bot.domain.hours import Hours
from bot.domain.people import PersonId
from bot.domain.roles import Role
from bot.operations.find_audience import Circle, find_audience
from bot.operations.secretariat import list_secretariat
from storage import events, followups, notices, people, units
from storage.database import Session
from storage.followups import Followup

INVITE, CHANGED, CANCELLED = "event_invite", "event_changed", "event_cancelled"
DAY_BEFORE, HOUR, OUTCOME = "event_day_before", "event_hour_before", "event_outcome"
ASK_SPEAKER, SPEAKER_OFF, SPEAKER_SAID = "event_speaker", "event_speaker_off", "event_speaker_said"
"""Kinds of notices; DAY_BEFORE, HOUR and OUTCOME are kinds of followups too."""
_OUTCOME_AT = time(9)
_SOON = timedelta(days=1)


async def guests_of(session: Session, event: Event) -> Audience:
    """Who is invited: the guests, and the people of the host."""
    if not event.audience.units or event.host_id is None:
        return event.audience
    codes = {unit.id: unit.code for unit in await units.list_units(session)}
    return Audience(units=tuple(dict.fromkeys((*event.audience.units, codes[event.host_id]))))


async def find_guests(session: Session, event: Event, now: datetime, config: Config) -> Circle:
    """Those who are invited, reached or not, as things stand on the day."""
    today = config.office.day_of(now)
    return await find_audience(session, await guests_of(session, event), today)


async def plan_invitations(session: Session, event: Event, now: datetime, config: Config) -> int:
    """Invite everybody whom a message reaches; answers how many.

    Who is asked to speak reads all of it in that question, and is not written to twice.
    """
    circle = await find_guests(session, event, now, config)
    asked = {speaker.person_id for speaker in event.speakers}
    invited = [person.id for person in circle.reached if person.id not in asked]
    body = {"event_id": event.id}
    await notices.plan_for(session, INVITE, str(event.id), invited, body, now, hours=Hours.DAYTIME)
    return len(circle.reached)


async def plan_occasions(session: Session, event: Event, now: datetime, config: Config) -> None:
    """Look at the event again the day before, an hour before and on the working day after.

    The keys hold the beginning: what was planned for another one becomes pointless.
    """
    zone = config.office.timezone
    day = config.office.day_of(event.starts_at)
    eve = datetime.combine(day - timedelta(days=1), config.events.day_before_hour, zone)
    after = config.timetable.calendar.working_day_from(day + timedelta(days=1))
    due = {
        DAY_BEFORE: eve,
        HOUR: event.starts_at - HOUR_BEFORE,
        OUTCOME: datetime.combine(after, _OUTCOME_AT, zone),
    }
    starts = to_us(event.starts_at)
    for kind, at in due.items():
        if at > now:
            args = {"event_id": event.id, "starts_at": starts}
            await followups.add_followup(session, kind, f"{event.id}:{starts}", at, args)


async def ask_speakers(session: Session, event: Event, asked: Collection[Speaker], now: datetime) -> None:
    """Tell each that they are to speak, and ask whether they will."""
    for speaker in asked:
        if speaker.person_id is not None:
            body = {"event_id": event.id, "exemplar_id": speaker.exemplar_id}
            occurrence = f"{event.id}:{speaker.exemplar_id}:{event.version}"
            await _tell(session, ASK_SPEAKER, occurrence, {speaker.person_id}, body, now)


async def let_speakers_off(session: Session, event: Event, gone: Collection[Speaker], now: datetime) -> None:
    """Tell each who was asked that they need not speak any more."""
    for speaker in gone:
        if speaker.person_id is not None and speaker.answer is not Reply.NO:
            body = {"event_id": event.id, "exemplar_id": speaker.exemplar_id}
            occurrence = f"{event.id}:{speaker.exemplar_id}:{event.version}"
            await _tell(session, SPEAKER_OFF, occurrence, {speaker.person_id}, body, now)


async def tell_comers(
    session: Session,
    kind: str,
    event: Event,
    speakers: Collection[Speaker],
    earliest: datetime,
    now: datetime,
) -> int:
    """CHANGED or CANCELLED to who said yes, and to who was asked to speak; answers how many.

    In quiet hours it waits for the morning, unless the event was or is to begin (`earliest`) within a day.
    """
    told = await list_comers(session, event)
    told |= {one.person_id for one in speakers if one.person_id and one.answer is not Reply.NO}
    body = {"event_id": event.id, "version": event.version}
    hours = Hours.ANY if earliest - now < _SOON else Hours.DAYTIME
    await notices.plan_for(
        session, kind, f"{event.id}:{event.version}", told, body, now, hours=hours, urgency=0
    )
    return len(told)


async def list_comers(session: Session, event: Event) -> set[PersonId]:
    """Who said yes."""
    replies = await events.list_replies(session, event.id)
    return {one.person_id for one in replies if one.answer is Reply.YES}


async def plan_reminder(session: Session, followup: Followup, now: datetime, _config: Config) -> None:
    """DAY_BEFORE and HOUR: to who said yes, if the event still begins then."""
    event = await events.find_event(session, followup.args["event_id"])
    if event is None or to_us(event.starts_at) != followup.args["starts_at"] or not event.is_open(now):
        return
    if followup.kind == DAY_BEFORE and now >= event.starts_at - HOUR_BEFORE:
        return
    await notices.plan_for(
        session,
        followup.kind,
        followup.key,
        await list_comers(session, event),
        followup.args,
        now,
        due_at=followup.due_at,
        expires_at=event.starts_at,
        hours=Hours.DAYTIME if followup.kind == DAY_BEFORE else Hours.ANY,
        urgency=1,
    )


async def plan_outcome(session: Session, followup: Followup, now: datetime, config: Config) -> None:
    """OUTCOME: asked of who made the event, or of the whole secretariat where that is nobody any more."""
    event = await events.find_event(session, followup.args["event_id"])
    if event is None or to_us(event.starts_at) != followup.args["starts_at"]:
        return
    if event.state is not EventState.PLANNED:
        return
    today = config.office.day_of(now)
    maker = await people.get_person(session, event.made_by)
    asked = {maker.id}
    if maker.left or not maker.is_reached or not maker.has(Role.SECRETARIAT, today):
        asked = {clerk.id for clerk in await list_secretariat(session, today)}
    await notices.plan_for(
        session, OUTCOME, followup.key, asked, followup.args, now, hours=Hours.WORK, urgency=1
    )


async def tell_maker(session: Session, event: Event, exemplar_id: int, now: datetime) -> None:
    """Whoever made the event hears what a speaker answered."""
    body = {"event_id": event.id, "exemplar_id": exemplar_id}
    occurrence = f"{event.id}:{exemplar_id}:{to_us(now)}"
    await notices.plan(
        session, SPEAKER_SAID, occurrence, event.made_by, body, now, hours=Hours.WORK, urgency=1
    )


async def _tell(
    session: Session,
    kind: str,
    occurrence: str,
    told: Collection[PersonId],
    body: dict[str, int],
    now: datetime,
) -> None:
    await notices.plan_for(session, kind, occurrence, told, body, now, hours=Hours.DAYTIME, urgency=1)
