"""How an event reads: what, when, where, whose, who speaks; and the buttons below it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.config import Config
from bot.domain.events import Event, EventKind, EventState, Part, Reply, Speaker, is_named
from bot.domain.exemplars import Exemplar
from bot.domain.people import UnitId
from bot.domain.writing import abridge
from bot.messages import Button, Call
from bot.texts import N_, Html, Texts, join_html
from storage import exemplars, units
from storage.database import Session

FLOW = "ev"
"""The conversation of its buttons."""
KINDS = {
    EventKind.EXCHANGE: N_("event.kind_exchange"),
    EventKind.CULTURE: N_("event.kind_culture"),
    EventKind.MEETING: N_("event.kind_meeting"),
}
"""What each kind of event is called."""
PARTS = {
    Part.TITLE: N_("event.part_title"),
    Part.TIME: N_("event.part_time"),
    Part.PLACE: N_("event.part_place"),
    Part.NOTE: N_("event.part_note"),
    Part.SPEAKERS: N_("event.part_speakers"),
}
"""What each part of an event that may change is called."""
ANSWERS = {
    Reply.ASKED: N_("event.speaker_asked"),
    Reply.YES: N_("event.speaker_yes"),
    Reply.NO: N_("event.speaker_no"),
}
"""How far the asking of a speaker is, in words."""


def when_words(at: datetime, zone: ZoneInfo, texts: Texts) -> str:
    """An instant with its weekday: 14:00, thứ Bảy 05/12/2026."""
    local = at.astimezone(zone)
    return f"{local:%H:%M}, {texts.weekday(local.date())}/{local.year}"


async def host_name(session: Session, host_id: UnitId | None, config: Config) -> str:
    """The unit that hosts, or the office."""
    if host_id is None:
        return config.office.name
    return next((unit.name for unit in await units.list_units(session) if unit.id == host_id), "")


def speaker_name(exemplar: Exemplar) -> str:
    """An exemplar with the unit."""
    return f"{abridge(exemplar.nominee.name, 60)} ({abridge(exemplar.unit_name, 40)})"


async def speaker_names(session: Session, speakers: Sequence[Speaker]) -> list[str]:
    """Those who may be named to everybody."""
    known = await _exemplars(session, speakers)
    return [
        speaker_name(known[one.exemplar_id])
        for one in speakers
        if one.exemplar_id in known and is_named(known[one.exemplar_id], one)
    ]


async def event_text(session: Session, event: Event, texts: Texts, config: Config) -> Html:
    """The event as everybody may read it."""
    lines = [
        texts.say("event.title", kind=texts.plain(KINDS[event.kind]), title=event.title),
        texts.say("event.when", when=when_words(event.starts_at, config.office.timezone, texts)),
        texts.say("event.place", place=event.place),
        texts.say("event.host", host=await host_name(session, event.host_id, config)),
    ]
    named = await speaker_names(session, event.speakers)
    if named:
        lines.append(texts.say("event.speakers", names="; ".join(named)))
    if event.note:
        lines.append(texts.say("event.note", note=event.note))
    if event.state is EventState.CANCELLED:
        lines.append(texts.say("event.called_off", reason=event.reason))
    if event.state is EventState.HELD:
        n = texts.number(event.attended or 0)
        lines.append(texts.say("event.held", n=n, outcome=event.outcome))
    return join_html(lines)


async def speaker_states(session: Session, event: Event, texts: Texts) -> list[Html]:
    """A line for each who was asked to speak, for those who lead the event."""
    known = await _exemplars(session, event.speakers)
    lines = []
    for one in event.speakers:
        exemplar = known.get(one.exemplar_id)
        state = texts.plain(ANSWERS[one.answer] if one.person_id else "event.speaker_nobody")
        if exemplar is not None and exemplar.nominee.name:
            lines.append(texts.say("event.speaker_line", name=speaker_name(exemplar), state=state))
    return lines


def reply_rows(event: Event, texts: Texts, *, answer: Reply | None = None) -> list[list[Button]]:
    """[Tham dự] [Không tham dự được] [Tải lịch]; what was answered is marked."""
    mark = {reply: "✓ " if answer is reply else "" for reply in Reply}
    return [
        [
            _button(event, f"{mark[Reply.YES]}{texts.plain('button.come')}", "yes"),
            _button(event, f"{mark[Reply.NO]}{texts.plain('button.not_come')}", "no"),
        ],
        [ics_button(event, texts)],
    ]


def ics_button(event: Event, texts: Texts) -> Button:
    """The way to the calendar file."""
    return _button(event, texts.plain("button.ics"), "ics")


def _button(event: Event, label: str, act: str) -> Button:
    return Button(label, str(Call(FLOW, event.id, 0, act)))


async def _exemplars(session: Session, speakers: Sequence[Speaker]) -> dict[int, Exemplar]:
    ids = [one.exemplar_id for one in speakers]
    return {one.id: one for one in await exemplars.list_exemplars(session, ids)} if ids else {}
