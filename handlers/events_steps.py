"""What each step of making or changing an event asks, and the one look at it before it goes."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from bot.domain.events import Event, EventId, EventKind, EventState, Speaker
from bot.domain.exemplars import Exemplar
from bot.domain.people import Unit
from bot.domain.typed_events import NOTE_MAX, PLACE_MAX, PLACE_MIN, TITLE_MAX, TITLE_MIN
from bot.domain.writing import abridge
from bot.messages import Button, Call, in_rows
from bot.operations import event_words
from bot.operations.event_occasions import find_guests, guests_of
from bot.operations.event_words import KINDS, PARTS, event_text, speaker_name, when_words
from bot.operations.make_event import changes, list_speakable
from bot.operations.post_words import audience_words
from bot.texts import N_, Html, join_html
from handlers.events_plan import CHANGING, MAKING, OFFICE, Plan, Step, Writing
from handlers.pages import known_page, page_buttons, pages_of, ticked
from handlers.turn import Turn
from storage import events, units

T = TypeVar("T")

_A_PAGE = 8
_FIELDS = {
    Step.KIND: N_("event.field_kind"),
    Step.TITLE: N_("event.part_title"),
    Step.HOST: N_("event.field_host"),
    Step.GUESTS: N_("event.field_guests"),
    Step.SPEAKERS: N_("event.part_speakers"),
    Step.TIME: N_("event.part_time"),
    Step.PLACE: N_("event.part_place"),
    Step.NOTE: N_("event.part_note"),
}
CHANGEABLE = (Step.TITLE, Step.TIME, Step.PLACE, Step.NOTE, Step.SPEAKERS)
"""What of an event may change once people are invited."""


async def show(turn: Turn, writing: Writing, note: Html | None = None) -> None:
    """What is asked at this step, behind a word about what was typed."""
    text, rows = await _SCREENS[writing.step](turn, writing)
    whole = join_html([note, text], "\n\n") if note else text
    turn.show(whole, [*rows, _ways_out(turn, writing)], flow=writing.flow)


Screen = tuple[Html, list[list[Button]]]


async def _kind(turn: Turn, writing: Writing) -> Screen:
    chosen = writing.plan.kind

    def line(kind: EventKind, name: str) -> Button:
        return writing.button(ticked(turn.plain(name), chosen=kind.value == chosen), "kind", kind.value)

    return turn.say("event.ask_kind"), [[line(kind, name)] for kind, name in KINDS.items()]


async def _title(turn: Turn, writing: Writing) -> Screen:
    ask = turn.say("event.ask_title", minimum=TITLE_MIN, maximum=TITLE_MAX)
    return _with_old(turn, ask, writing.plan.title), []


async def _host(turn: Turn, writing: Writing) -> Screen:
    known = await units.list_units(turn.session, turn.today)
    office = writing.button(abridge(turn.config.office.name, 50), "host", str(OFFICE))

    def line(unit: Unit) -> Button:
        return writing.button(abridge(unit.name, 55), "host", str(unit.id))

    return turn.say("event.ask_host"), [[office], *_paged(turn, writing, known, line)]


async def _guests(turn: Turn, writing: Writing) -> Screen:
    known = await units.list_units(turn.session, turn.today)
    chosen = writing.plan.guests

    def line(unit: Unit) -> Button:
        label = ticked(abridge(unit.name, 50), chosen=unit.code in chosen)
        return writing.button(label, "guest", str(unit.id))

    everybody = writing.button(ticked(turn.plain("button.everybody"), chosen=not chosen), "all")
    rows = [[everybody], *_paged(turn, writing, known, line)]
    rows.append([writing.button(turn.plain("button.go_on"), "next")])
    return turn.say("event.ask_guests"), rows


async def _speakers(turn: Turn, writing: Writing) -> Screen:
    known = await list_speakable(turn.session)
    chosen = writing.plan.speakers

    def line(exemplar: Exemplar) -> Button:
        label = ticked(abridge(speaker_name(exemplar), 50), chosen=int(exemplar.id) in chosen)
        return writing.button(label, "speaker", str(exemplar.id))

    on = turn.plain("button.go_on" if chosen else "button.no_speakers")
    rows = [*_paged(turn, writing, known, line), [writing.button(on, "next")]]
    return turn.say("event.ask_speakers" if known else "event.no_exemplars"), rows


async def _time(turn: Turn, writing: Writing) -> Screen:
    ask = turn.say("event.ask_time")
    return _with_old(turn, ask, _when(turn, writing.plan) if writing.plan.starts_us else ""), []


async def _place(turn: Turn, writing: Writing) -> Screen:
    ask = turn.say("event.ask_place", minimum=PLACE_MIN, maximum=PLACE_MAX)
    rows: list[list[Button]] = []
    if not writing.plan.starts_us or turn.config.timetable.calendar.is_working_day(_day(turn, writing.plan)):
        return _with_old(turn, ask, writing.plan.place), rows
    return join_html([_day_off(turn, writing.plan), _with_old(turn, ask, writing.plan.place)], "\n\n"), rows


async def _note(turn: Turn, writing: Writing) -> Screen:
    ask = turn.say("event.ask_note", maximum=NOTE_MAX)
    label = turn.plain("button.drop_note" if writing.plan.note else "button.skip_note")
    return _with_old(turn, ask, writing.plan.note), [[writing.button(label, "nonote")]]


async def _preview(turn: Turn, writing: Writing) -> Screen:
    event = await as_event(turn, writing.plan)
    blocks = [turn.say("event.preview"), await event_text(turn.session, event, turn.texts, turn.config)]
    if not turn.config.timetable.calendar.is_working_day(_day(turn, writing.plan)):
        blocks.append(_day_off(turn, writing.plan))
    asked = await _asked(turn, event)
    if asked:
        blocks.append(asked)
    circle = await find_guests(turn.session, event, turn.now, turn.config)
    numbers = {"n": turn.texts.number(len(circle.reached)), "others": turn.texts.number(len(circle.others))}
    to = await audience_words(turn.session, await guests_of(turn.session, event), turn.texts)
    blocks.append(turn.say("event.goes_to", audience=to, **numbers))
    rows = [
        [writing.button(turn.plain("button.send_invitations"), "send")],
        [writing.button(turn.plain("button.edit"), "edit")],
    ]
    return join_html(blocks, "\n\n"), rows


async def _edit(turn: Turn, writing: Writing) -> Screen:
    fields = CHANGEABLE if writing.flow == CHANGING else tuple(_FIELDS)
    buttons = [writing.button(turn.plain(_FIELDS[one]), "field", one.value) for one in fields]
    rows = in_rows(buttons, 2)
    event = await as_event(turn, writing.plan)
    blocks = [await event_text(turn.session, event, turn.texts, turn.config)]
    if writing.flow == MAKING:
        rows.append([writing.button(turn.plain("button.back"), "preview")])
        return join_html([*blocks, turn.say("event.ask_field")], "\n\n"), rows
    known = await events.find_event(turn.session, writing.plan.event_id)
    asked = await _asked(turn, event, known)
    changed = changes(known, event) if known else {}
    if changed:
        what = ", ".join(turn.plain(name) for part, name in PARTS.items() if part in changed)
        blocks += [*([asked] if asked else []), turn.say("event.will_tell", what=what)]
        rows.insert(0, [writing.button(turn.plain("button.save_and_tell"), "send")])
    return join_html([*blocks, turn.say("event.ask_field")], "\n\n"), rows


_SCREENS = {
    Step.KIND: _kind,
    Step.TITLE: _title,
    Step.HOST: _host,
    Step.GUESTS: _guests,
    Step.SPEAKERS: _speakers,
    Step.TIME: _time,
    Step.PLACE: _place,
    Step.NOTE: _note,
    Step.PREVIEW: _preview,
    Step.EDIT: _edit,
}


async def as_event(turn: Turn, plan: Plan) -> Event:
    """The event as it would be, to be looked at. Raises Gone where something is missing."""
    wanted = plan.wanted
    known = await events.find_event(turn.session, plan.event_id) if plan.event_id else None
    answered = {one.exemplar_id: one for one in known.speakers} if known else {}
    offered = await list_speakable(turn.session)
    speakers = [
        answered.get(one.id) or Speaker(one.id, one.nominee.person_id or one.representative_id)
        for one in offered
        if one.id in plan.speakers
    ]
    return Event(
        id=EventId(plan.event_id),
        kind=EventKind(wanted.kind),
        title=wanted.title,
        host_id=wanted.host_id,
        place=wanted.place,
        starts_at=wanted.starts_at,
        audience=wanted.audience,
        note=wanted.note,
        state=EventState.PLANNED,
        version=plan.event_version,
        made_by=turn.person.id,
        changed_at=turn.now,
        speakers=tuple(speakers),
    )


async def _asked(turn: Turn, event: Event, before: Event | None = None) -> Html | None:
    """Who will be asked to speak, and who has nobody to be asked; not who has been asked `before`."""
    known = {one.id: one for one in await list_speakable(turn.session)}
    asked = [one for one in event.speakers if before is None or one not in before.speakers]
    with_person = "; ".join(speaker_name(known[one.exemplar_id]) for one in asked if one.person_id)
    alone = "; ".join(speaker_name(known[one.exemplar_id]) for one in asked if not one.person_id)
    lines = [
        *([turn.say("event.will_ask", names=with_person)] if with_person else []),
        *([turn.say("event.nobody_to_ask", names=alone)] if alone else []),
    ]
    return join_html(lines) if lines else None


def _paged(
    turn: Turn, writing: Writing, known: Sequence[T], line: Callable[[T], Button]
) -> list[list[Button]]:
    pages = pages_of(len(known), _A_PAGE)
    page = known_page(writing.plan.page, pages)
    buttons = [[line(one)] for one in known[page * _A_PAGE : (page + 1) * _A_PAGE]]
    to = page_buttons(turn.texts, page, pages, lambda other: writing.button("", "page", str(other)).data)
    return [*buttons, to]


def _ways_out(turn: Turn, writing: Writing) -> list[Button]:
    if writing.flow == CHANGING and writing.step is Step.EDIT:
        card = Call(event_words.FLOW, writing.plan.event_id, 0, "show")
        return [Button(turn.plain("button.back"), str(card))]
    cancel = writing.button(turn.plain("button.cancel"), "leave")
    if writing.step in {Step.KIND, Step.PREVIEW, Step.EDIT}:
        return [cancel]
    return [writing.button(turn.plain("button.back"), "back"), cancel]


def _with_old(turn: Turn, ask: Html, old: str) -> Html:
    return join_html([ask, turn.say("event.now_is", old=old)], "\n\n") if old else ask


def _day(turn: Turn, plan: Plan) -> date:
    return turn.config.office.day_of(plan.starts_at)


def _day_off(turn: Turn, plan: Plan) -> Html:
    return turn.say("event.day_off", day=turn.texts.weekday(_day(turn, plan)))


def _when(turn: Turn, plan: Plan) -> str:
    return when_words(plan.starts_at, turn.config.office.timezone, turn.texts)
