"""The secretariat makes an event, changes it, calls it off; whoever leads it says what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.config import Config
from bot.domain.audience import Audience
from bot.domain.errors import Gone, Refused
from bot.domain.events import (
    SPEAKERS_MAX,
    Event,
    EventKind,
    EventState,
    Part,
    Speaker,
    check_leads,
    may_speak,
)
from bot.domain.exemplars import Exemplar
from bot.domain.people import Person, UnitId
from bot.domain.typed_events import (
    NOTE_MAX,
    OUTCOME_MAX,
    OUTCOME_MIN,
    PLACE_MAX,
    PLACE_MIN,
    REASON_MAX,
    REASON_MIN,
    TITLE_MAX,
    TITLE_MIN,
    read_line,
    read_words,
)
from bot.operations.event_occasions import (
    CANCELLED,
    CHANGED,
    ask_speakers,
    let_speakers_off,
    plan_invitations,
    plan_occasions,
    tell_comers,
)
from bot.operations.secretariat import check_secretariat
from storage import access, events, exemplars, units
from storage.database import Session
from storage.events import NewEvent


@dataclass(frozen=True)
class Wanted:
    """What an event is to be. `speakers` are exemplars' numbers; `host_id` None is the office."""

    kind: EventKind
    title: str
    host_id: UnitId | None
    audience: Audience
    starts_at: datetime
    place: str
    note: str = ""
    speakers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Invited:
    """An event that people are invited to, and how many that reaches."""

    event: Event
    n: int


async def list_speakable(session: Session) -> list[Exemplar]:
    """The exemplars who may be asked to speak, the newest first."""
    known = await exemplars.list_standing(session)
    return sorted((one for one in known if may_speak(one)), key=lambda one: -one.id)


async def make_event(session: Session, me: Person, wanted: Wanted, config: Config, now: datetime) -> Invited:
    """Plan it and invite. Raises NotAllowed and Refused."""
    check_secretariat(me, config.office.day_of(now))
    if wanted.starts_at <= now:
        raise Refused("announce.past")
    await _check_units(session, wanted, config.office.day_of(now))
    new = NewEvent(
        wanted.kind,
        read_line(wanted.title, TITLE_MIN, TITLE_MAX),
        wanted.host_id,
        read_line(wanted.place, PLACE_MIN, PLACE_MAX),
        wanted.starts_at,
        wanted.audience,
        read_words(wanted.note, 0, NOTE_MAX),
        await _speakers(session, wanted.speakers),
    )
    event = await events.add_event(session, new, me.id, now)
    n = await plan_invitations(session, event, now, config)
    await plan_occasions(session, event, now, config)
    await ask_speakers(session, event, event.speakers, now)
    await access.note(session, me.id, "make", "event", event.id, now, f"invited={n}")
    return Invited(event, n)


async def change_event(
    session: Session, me: Person, event: Event, wanted: Wanted, config: Config, now: datetime
) -> Invited:
    """Give it another title, time, place, note, other speakers; who said yes hears what changed.

    `event` is as the person saw it. Raises NotAllowed, Refused and Gone.
    """
    check_secretariat(me, config.office.day_of(now))
    if not event.is_open(now):
        raise Gone("event.over")
    if wanted.starts_at <= now:
        raise Refused("announce.past")
    kept = {one.exemplar_id for one in event.speakers} & set(wanted.speakers)
    fresh = await _speakers(session, [one for one in wanted.speakers if one not in kept])
    stay = tuple(one for one in event.speakers if one.exemplar_id in kept)
    speakers = (*stay, *fresh)
    wished = replace(
        event,
        title=read_line(wanted.title, TITLE_MIN, TITLE_MAX),
        place=read_line(wanted.place, PLACE_MIN, PLACE_MAX),
        note=read_words(wanted.note, 0, NOTE_MAX),
        starts_at=wanted.starts_at,
        speakers=speakers,
    )
    before = changes(event, wished)
    if not before:
        raise Refused("event.nothing_changed")
    saved = await _save(session, wished, now)
    await events.set_speakers(session, replace(saved, speakers=event.speakers), speakers, now)
    await events.note_changes(session, saved, before, me.id, now)
    await plan_occasions(session, saved, now, config)
    await ask_speakers(session, saved, fresh, now)
    gone = [one for one in event.speakers if one.exemplar_id not in kept]
    await let_speakers_off(session, saved, gone, now)
    n = await tell_comers(session, CHANGED, saved, stay, min(event.starts_at, saved.starts_at), now)
    await access.note(session, me.id, "change", "event", event.id, now, ",".join(sorted(before)))
    return Invited(saved, n)


def changes(event: Event, wished: Event) -> dict[Part, str]:
    """What differs, with what it was before."""
    was = {
        Part.TITLE: (event.title, wished.title),
        Part.TIME: (event.starts_at.isoformat(), wished.starts_at.isoformat()),
        Part.PLACE: (event.place, wished.place),
        Part.NOTE: (event.note, wished.note),
        Part.SPEAKERS: (_numbers(event), _numbers(wished)),
    }
    return {part: before for part, (before, after) in was.items() if before != after}


async def cancel_event(
    session: Session, me: Person, event: Event, typed: str, config: Config, now: datetime
) -> Invited:
    """Call it off; who said yes hears why, and who was to speak. Raises NotAllowed, Refused and Gone."""
    check_secretariat(me, config.office.day_of(now))
    if event.state is not EventState.PLANNED:
        raise Gone("event.over")
    reason = read_line(typed, REASON_MIN, REASON_MAX)
    saved = await _save(session, replace(event, state=EventState.CANCELLED, reason=reason), now)
    n = 0
    if event.is_open(now):
        n = await tell_comers(session, CANCELLED, saved, event.speakers, event.starts_at, now)
    await access.note(session, me.id, "cancel", "event", event.id, now, f"told={n}")
    return Invited(saved, n)


async def hold_event(
    session: Session, me: Person, event: Event, attended: int, typed: str, config: Config, now: datetime
) -> Event:
    """Say how many came and what came of it; it may be said better later.

    Raises NotAllowed, Refused and Gone.
    """
    check_leads(event, me, config.office.day_of(now))
    if event.state is EventState.CANCELLED or event.is_open(now):
        raise Gone("event.not_held_yet" if event.is_open(now) else "event.over")
    outcome = read_words(typed, OUTCOME_MIN, OUTCOME_MAX)
    held = replace(event, state=EventState.HELD, attended=attended, outcome=outcome)
    saved = await _save(session, held, now)
    await access.note(session, me.id, "hold", "event", event.id, now, f"attended={attended}")
    return saved


async def _save(session: Session, event: Event, now: datetime) -> Event:
    saved = await events.save_event(session, event, now)
    if saved is None:
        raise Gone("event.changed_meanwhile")
    return saved


async def _speakers(session: Session, ids: Sequence[int]) -> tuple[Speaker, ...]:
    if len(ids) > SPEAKERS_MAX:
        raise Refused("event.too_many_speakers", most=SPEAKERS_MAX)
    found = await exemplars.list_exemplars(session, ids) if ids else []
    if len(found) != len(set(ids)) or not all(may_speak(one) for one in found):
        raise Refused("event.speaker_gone")
    return tuple(Speaker(one.id, one.nominee.person_id or one.representative_id) for one in found)


async def _check_units(session: Session, wanted: Wanted, today: date) -> None:
    known = await units.list_units(session, today)
    codes = {unit.code for unit in known}
    if wanted.host_id is not None and all(unit.id != wanted.host_id for unit in known):
        raise Refused("stale")
    if not set(wanted.audience.units) <= codes:
        raise Refused("stale")


def _numbers(event: Event) -> str:
    return ",".join(str(one) for one in sorted(speaker.exemplar_id for speaker in event.speakers))
