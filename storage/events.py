"""Events as rows: what is planned, who speaks, who comes, and what was changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.clock import from_us, to_us
from bot.domain.audience import Audience, read_audience
from bot.domain.events import Event, EventId, EventKind, EventState, Part, Reply, Speaker
from bot.domain.exemplars import ExemplarId
from bot.domain.people import PersonId, UnitId
from storage.database import Row, Session


@dataclass(frozen=True)
class NewEvent:
    """An event before it is a row; see `Event`. `speakers` are who is asked to speak, and for whom."""

    kind: EventKind
    title: str
    host_id: UnitId | None
    place: str
    starts_at: datetime
    audience: Audience
    note: str = ""
    speakers: tuple[Speaker, ...] = ()


@dataclass(frozen=True)
class Replied:
    """What somebody answered; `full_name` is empty of who asked to be erased."""

    person_id: PersonId
    answer: Reply
    full_name: str
    unit_name: str


async def add_event(session: Session, new: NewEvent, made_by: PersonId, now: datetime) -> Event:
    """Plan an event."""
    row = await session.one(
        "events.add",
        kind=new.kind.value,
        title=new.title,
        host_id=new.host_id,
        place=new.place,
        starts_at=to_us(new.starts_at),
        audience=json.dumps(new.audience.as_json(), ensure_ascii=False),
        note=new.note,
        made_by=made_by,
        at=to_us(now),
    )
    assert row is not None  # noqa: S101 - an insert always answers
    event = _event(row)
    await set_speakers(session, event, new.speakers, now)
    return replace(event, speakers=new.speakers)


async def find_event(session: Session, event_id: int) -> Event | None:
    """The event of that number, with its speakers."""
    row = await session.one("events.get", id=event_id)
    if row is None:
        return None
    rows = await session.all("events.list_speakers", event_id=event_id)
    return replace(_event(row), speakers=tuple(_speaker(speaker) for speaker in rows))


async def list_events(session: Session) -> list[Event]:
    """Every event by its beginning, cancelled ones too, without its speakers."""
    return [_event(row) for row in await session.all("events.list_all")]


async def save_event(session: Session, event: Event, now: datetime) -> Event | None:
    """Give the row these values if it still is of `event`'s version; answers it with the next one."""
    row = await session.one(
        "events.save",
        id=event.id,
        version=event.version,
        title=event.title,
        place=event.place,
        starts_at=to_us(event.starts_at),
        note=event.note,
        state=event.state.value,
        outcome=event.outcome,
        attended=event.attended,
        reason=event.reason,
        at=to_us(now),
    )
    return replace(_event(row), speakers=event.speakers) if row else None


async def set_speakers(session: Session, event: Event, speakers: Sequence[Speaker], now: datetime) -> None:
    """Let these speak and nobody else; who was asked before keeps the answer."""
    wanted = {speaker.exemplar_id for speaker in speakers}
    for gone in event.speakers:
        if gone.exemplar_id not in wanted:
            await session.run("events.drop_speaker", event_id=event.id, exemplar_id=gone.exemplar_id)
    for speaker in speakers:
        await session.run(
            "events.add_speaker",
            event_id=event.id,
            exemplar_id=speaker.exemplar_id,
            person_id=speaker.person_id,
            at=to_us(now),
        )


async def answer_to_speak(
    session: Session, event_id: EventId, exemplar_id: int, person_id: PersonId, answer: Reply, now: datetime
) -> bool:
    """Keep what who was asked answered; False if that is known, or somebody else was asked."""
    row = await session.one(
        "events.answer_to_speak",
        event_id=event_id,
        exemplar_id=exemplar_id,
        person_id=person_id,
        answer=answer.value,
        at=to_us(now),
    )
    return row is not None


async def reply(session: Session, event: Event, person_id: PersonId, answer: Reply, now: datetime) -> None:
    """Keep a person's answer to the event as it is now."""
    await session.run(
        "events.reply",
        event_id=event.id,
        person_id=person_id,
        answer=answer.value,
        version=event.version,
        at=to_us(now),
    )


async def find_reply(session: Session, event_id: EventId, person_id: PersonId) -> tuple[Reply, int] | None:
    """What a person answered, and to which version."""
    row = await session.one("events.find_reply", event_id=event_id, person_id=person_id)
    return (Reply(row["answer"]), row["version"]) if row else None


async def list_replies(session: Session, event_id: EventId) -> list[Replied]:
    """What those who are there now answered, by unit and name."""
    rows = await session.all("events.list_replies", event_id=event_id)
    return [
        Replied(PersonId(row["person_id"]), Reply(row["answer"]), row["full_name"], row["unit_name"])
        for row in rows
    ]


async def note_changes(
    session: Session, event: Event, before: Mapping[Part, str], person_id: PersonId, now: datetime
) -> None:
    """Keep what the change to this version changed, and what it was before."""
    for part, value in before.items():
        await session.run(
            "events.note_change",
            event_id=event.id,
            version=event.version,
            field=part.value,
            before=value,
            person_id=person_id,
            at=to_us(now),
        )


async def list_untold(session: Session, event: Event, person_id: PersonId) -> list[Part]:
    """What has changed since the person answered, or was last told of a change."""
    replied = await find_reply(session, event.id, person_id)
    told = await session.all("events.list_told", prefix=f"{event.id}:%", person_id=person_id)
    versions = [int(row["occurrence"].rpartition(":")[2]) for row in told]
    since = max([replied[1] if replied else 1, *(one for one in versions if one < event.version)])
    rows = await session.all("events.list_changed", event_id=event.id, since=since)
    return [Part(row["field"]) for row in rows]


def _speaker(row: Row) -> Speaker:
    person_id = PersonId(row["person_id"]) if row["person_id"] is not None else None
    return Speaker(ExemplarId(row["exemplar_id"]), person_id, Reply(row["answer"]))


def _event(row: Row) -> Event:
    return Event(
        id=EventId(row["id"]),
        kind=EventKind(row["kind"]),
        title=row["title"],
        host_id=UnitId(row["host_id"]) if row["host_id"] is not None else None,
        place=row["place"],
        starts_at=from_us(row["starts_at"]),
        audience=read_audience(json.loads(row["audience"])),
        note=row["note"],
        state=EventState(row["state"]),
        version=row["version"],
        made_by=PersonId(row["made_by"]),
        changed_at=from_us(row["changed_at"]),
        outcome=row["outcome"],
        attended=row["attended"],
        reason=row["reason"],
    )
