"""An event is made in steps and looked at once before anybody is invited; later it is changed likewise.

Kind → title → host → guests → who speaks → when → where → a note → the preview → the invitations go. What is
said is a row at every step, so that it can be left and taken up again.
"""

from dataclasses import replace

from bot.clock import to_us
from bot.domain.errors import Gone, Refused
from bot.domain.events import SPEAKERS_MAX, Event, EventKind
from bot.domain.roles import Role
from bot.domain.typed_events import (
    NOTE_MAX,
    PLACE_MAX,
    PLACE_MIN,
    TITLE_MAX,
    TITLE_MIN,
    read_line,
    read_start,
    read_words,
)
from bot.messages import Button, Call
from bot.operations import event_words
from bot.operations.make_event import change_event, list_speakable, make_event
from handlers.events_plan import (
    CHANGING,
    MAKING,
    OFFICE,
    Plan,
    Step,
    Writing,
    before,
    find_writing,
    following,
    keep,
    the_writing,
)
from handlers.events_steps import CHANGEABLE, show
from handlers.incoming import Sort
from handlers.turn import Turn
from handlers.workshop import only_secretariat
from storage import conversations, events, units

# --- ways in, and out ---


async def ways_in(turn: Turn) -> list[list[Button]]:
    """The secretariat's button below the list."""
    if not turn.person.has(Role.SECRETARIAT, turn.today):
        return []
    left = await find_writing(turn, MAKING)
    label = turn.plain("button.resume_event" if left else "button.make_event")
    return [[Button(label, str(Call(event_words.FLOW, 0, 0, "make")))]]


async def start(turn: Turn) -> None:
    """Begin, or go on with what was left."""
    only_secretariat(turn)
    writing = await find_writing(turn, MAKING)
    await show(turn, writing or await keep(turn, MAKING, Plan(), Step.KIND))


async def begin_change(turn: Turn, event: Event) -> None:
    """What of an event is to change?"""
    only_secretariat(turn)
    if not event.is_open(turn.now):
        raise Gone("event.over")
    speakable = {one.id for one in await list_speakable(turn.session)}
    plan = Plan(
        event.kind.value,
        event.title,
        event.host_id or OFFICE,
        event.audience.units,
        tuple(one.exemplar_id for one in event.speakers if one.exemplar_id in speakable),
        to_us(event.starts_at),
        event.place,
        event.note,
        editing=True,
        event_id=event.id,
        event_version=event.version,
    )
    await show(turn, await keep(turn, CHANGING, plan, Step.EDIT))


async def leave(turn: Turn) -> None:
    """/huy: what is written of a new event stays behind one button; a change is forgotten."""
    flow = turn.screen.flow if turn.screen else ""
    await _leave(turn, flow)


async def _leave(turn: Turn, flow: str) -> None:
    writing = await find_writing(turn, flow)
    if writing is None or flow == CHANGING or not writing.plan.kind:
        await conversations.drop_draft(turn.session, turn.person.id, flow)
        turn.show(turn.say("event.left"))
        return
    rows = [
        [
            writing.button(turn.plain("button.resume"), "resume"),
            writing.button(turn.plain("button.discard"), "discard"),
        ]
    ]
    turn.show(turn.say("event.kept"), rows)


# --- what is typed ---


async def receive(turn: Turn) -> None:
    """A title, a time, a place, a note."""
    only_secretariat(turn)
    writing = await find_writing(turn, turn.screen.flow if turn.screen else MAKING)
    if writing is None:
        raise Refused("stale")
    try:
        plan = _typed(turn, writing)
    except Refused as refusal:
        await show(turn, writing, turn.say(refusal.message_id, **refusal.values))
        return
    await _go_on(turn, writing, plan)


def _typed(turn: Turn, writing: Writing) -> Plan:
    if turn.incoming.sort is not Sort.TEXT:
        raise Refused("suggest.only_text")
    plan, typed = writing.plan, turn.incoming.text
    if writing.step is Step.TITLE:
        return replace(plan, title=read_line(typed, TITLE_MIN, TITLE_MAX))
    if writing.step is Step.TIME:
        at = read_start(typed, turn.now.astimezone(turn.config.office.timezone))
        return replace(plan, starts_us=to_us(at))
    if writing.step is Step.PLACE:
        return replace(plan, place=read_line(typed, PLACE_MIN, PLACE_MAX))
    if writing.step is Step.NOTE:
        return replace(plan, note=read_words(typed, 1, NOTE_MAX))
    raise Refused("announce.press")


async def _go_on(turn: Turn, writing: Writing, plan: Plan) -> None:
    step = Step.EDIT if writing.flow == CHANGING else following(writing.step, plan)
    if step is Step.SPEAKERS and not plan.editing and not await list_speakable(turn.session):
        step = Step.TIME  # nobody could be chosen there
    await show(turn, await keep(turn, writing.flow, replace(plan, page=0), step))


# --- taps ---


async def tap(turn: Turn, call: Call) -> None:
    """A button of the conversation: it holds for the draft and the version it was shown for."""
    only_secretariat(turn)
    act = _TAPS.get(call.act)
    writing = await the_writing(turn, call)
    if act is None:
        raise Gone("stale")
    await act(turn, writing, call)


async def _tap_kind(turn: Turn, writing: Writing, call: Call) -> None:
    if call.arg not in set(EventKind) or writing.step is not Step.KIND:
        raise Gone("stale")
    await _go_on(turn, writing, replace(writing.plan, kind=call.arg))


async def _tap_host(turn: Turn, writing: Writing, call: Call) -> None:
    known = {int(unit.id) for unit in await units.list_units(turn.session, turn.today)} | {OFFICE}
    if call.number not in known or writing.step is not Step.HOST:
        raise Gone("stale")
    await _go_on(turn, writing, replace(writing.plan, host=call.number))


async def _tap_guest(turn: Turn, writing: Writing, call: Call) -> None:
    known = {int(unit.id): unit.code for unit in await units.list_units(turn.session, turn.today)}
    if call.number not in known or writing.step is not Step.GUESTS:
        raise Gone("stale")
    guests = tuple(sorted(set(writing.plan.guests) ^ {known[call.number]}))
    await _again(turn, writing, replace(writing.plan, guests=guests))


async def _tap_all(turn: Turn, writing: Writing, _call: Call) -> None:
    if not writing.plan.guests:
        turn.again("")
        return
    await _again(turn, writing, replace(writing.plan, guests=()))


async def _tap_speaker(turn: Turn, writing: Writing, call: Call) -> None:
    known = {int(one.id) for one in await list_speakable(turn.session)}
    if call.number not in known or writing.step is not Step.SPEAKERS:
        raise Gone("stale")
    speakers = tuple(sorted(set(writing.plan.speakers) ^ {call.number}))
    if len(speakers) > SPEAKERS_MAX:
        raise Refused("event.too_many_speakers", most=SPEAKERS_MAX)
    await _again(turn, writing, replace(writing.plan, speakers=speakers))


async def _tap_page(turn: Turn, writing: Writing, call: Call) -> None:
    await _again(turn, writing, replace(writing.plan, page=max(0, call.number)))


async def _again(turn: Turn, writing: Writing, plan: Plan) -> None:
    await show(turn, await keep(turn, writing.flow, plan, writing.step))


async def _tap_next(turn: Turn, writing: Writing, _call: Call) -> None:
    if writing.step not in {Step.GUESTS, Step.SPEAKERS}:
        raise Gone("stale")
    await _go_on(turn, writing, writing.plan)


async def _tap_no_note(turn: Turn, writing: Writing, _call: Call) -> None:
    if writing.step is not Step.NOTE:
        raise Gone("stale")
    await _go_on(turn, writing, replace(writing.plan, note=""))


async def _tap_back(turn: Turn, writing: Writing, _call: Call) -> None:
    if writing.flow == CHANGING:
        step = Step.EDIT
    else:
        step = Step.PREVIEW if writing.plan.editing else before(writing.step)
    await show(turn, await keep(turn, writing.flow, replace(writing.plan, page=0), step))


async def _tap_edit(turn: Turn, writing: Writing, _call: Call) -> None:
    _ = writing.plan.wanted
    await show(turn, await keep(turn, writing.flow, replace(writing.plan, editing=True), Step.EDIT))


async def _tap_field(turn: Turn, writing: Writing, call: Call) -> None:
    fields = CHANGEABLE if writing.flow == CHANGING else tuple(Step)[:8]
    step = next((one for one in fields if one.value == call.arg), None)
    if step is None or writing.step is not Step.EDIT:
        raise Gone("stale")
    await show(turn, await keep(turn, writing.flow, writing.plan, step))


async def _tap_preview(turn: Turn, writing: Writing, _call: Call) -> None:
    _ = writing.plan.wanted
    await show(turn, await keep(turn, writing.flow, writing.plan, Step.PREVIEW))


async def _tap_resume(turn: Turn, writing: Writing, _call: Call) -> None:
    await show(turn, writing)


async def _tap_leave(turn: Turn, writing: Writing, _call: Call) -> None:
    await _leave(turn, writing.flow)


async def _tap_discard(turn: Turn, writing: Writing, _call: Call) -> None:
    await conversations.drop_draft(turn.session, turn.person.id, writing.flow)
    turn.show(turn.say("event.discarded"))


async def _tap_send(turn: Turn, writing: Writing, _call: Call) -> None:
    """Looked at: it goes."""
    plan = writing.plan
    if writing.step is not (Step.EDIT if writing.flow == CHANGING else Step.PREVIEW):
        raise Gone("stale")
    if writing.flow == CHANGING:
        event = await events.find_event(turn.session, plan.event_id)
        if event is None or event.version != plan.event_version:
            raise Gone("event.changed_meanwhile")
        done = await change_event(turn.session, turn.person, event, plan.wanted, turn.config, turn.now)
        text = turn.texts.count("event.changed_told", done.n)
    else:
        done = await make_event(turn.session, turn.person, plan.wanted, turn.config, turn.now)
        text = turn.texts.count("event.invited", done.n)
    await conversations.drop_draft(turn.session, turn.person.id, writing.flow)
    turn.session.after_commit(turn.house.wake)
    see = Button(turn.plain("button.see_event"), str(Call(event_words.FLOW, done.event.id, 0, "show")))
    turn.show(text, [[see]])


_TAPS = {
    "kind": _tap_kind,
    "host": _tap_host,
    "guest": _tap_guest,
    "all": _tap_all,
    "speaker": _tap_speaker,
    "page": _tap_page,
    "next": _tap_next,
    "nonote": _tap_no_note,
    "back": _tap_back,
    "edit": _tap_edit,
    "field": _tap_field,
    "preview": _tap_preview,
    "resume": _tap_resume,
    "leave": _tap_leave,
    "discard": _tap_discard,
    "send": _tap_send,
}
