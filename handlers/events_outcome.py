"""After an event, or instead of it: how many came and what came of it, or why it is called off."""

from bot.domain.errors import Gone, Refused
from bot.domain.events import Event, EventState, check_leads
from bot.domain.typed_events import (
    OUTCOME_MAX,
    OUTCOME_MIN,
    REASON_MAX,
    REASON_MIN,
    read_attended,
    read_line,
    read_words,
)
from bot.messages import Button, Call
from bot.operations import event_words
from bot.operations.make_event import cancel_event, hold_event
from bot.texts import Html
from handlers.incoming import Sort
from handlers.turn import Turn
from handlers.workshop import only_secretariat
from storage import conversations, events
from storage.conversations import StoredDraft

FLOW = "eo"
_ATTENDED, _OUTCOME, _REASON, _SURE = "attended", "outcome", "reason", "sure"


async def ask_attended(turn: Turn, event: Event) -> None:
    """How many came?"""
    check_leads(event, turn.person, turn.today)
    if event.state is EventState.CANCELLED or event.is_open(turn.now):
        raise Gone("event.not_held_yet" if event.is_open(turn.now) else "event.over")
    await _ask(turn, _ATTENDED, _fields(event), turn.say("event.ask_attended", title=event.title))


async def ask_reason(turn: Turn, event: Event) -> None:
    """Why is it called off?"""
    only_secretariat(turn)
    if event.state is not EventState.PLANNED:
        raise Gone("event.over")
    await _ask(turn, _REASON, _fields(event), turn.say("event.ask_reason", title=event.title))


async def receive(turn: Turn) -> None:
    """A number, an outcome, a reason."""
    draft = await turn.draft(FLOW)
    if draft is None:
        raise Refused("stale")
    event = await _event(turn, draft)
    try:
        await _receive(turn, draft, event)
    except Gone:
        raise
    except Refused as refusal:
        turn.show(turn.say(refusal.message_id, **refusal.values), [[_back(turn, event.id)]], flow=FLOW)


async def _receive(turn: Turn, draft: StoredDraft, event: Event) -> None:
    if turn.incoming.sort is not Sort.TEXT:
        raise Refused("suggest.only_text")
    typed = turn.incoming.text
    if draft.step == _ATTENDED:
        fields = {**draft.fields, "attended": read_attended(typed)}
        text = turn.say("event.ask_what_came", maximum=turn.texts.number(OUTCOME_MAX))
        await _ask(turn, _OUTCOME, fields, text)
    elif draft.step == _OUTCOME:
        read_words(typed, OUTCOME_MIN, OUTCOME_MAX)
        attended = draft.fields["attended"]
        held = await hold_event(turn.session, turn.person, event, attended, typed, turn.config, turn.now)
        await _done(turn, held, turn.say("event.outcome_kept"), lesson=True)
    else:
        fields = {**draft.fields, "reason": read_line(typed, REASON_MIN, REASON_MAX)}
        kept = await conversations.put_draft(turn.session, turn.person.id, FLOW, _SURE, fields, turn.now)
        sure = Button(turn.plain("button.cancel_sure"), str(Call(FLOW, kept.id, kept.version, "sure")))
        values = {"title": event.title, "reason": fields["reason"]}
        coming = event.is_open(turn.now)
        text = turn.say("event.cancel_sure" if coming else "event.not_held_sure", **values)
        turn.show(text, [[sure], [_back(turn, event.id)]], flow=FLOW)


async def tap(turn: Turn, call: Call) -> None:
    """[Xác nhận hủy]."""
    draft = await turn.draft(FLOW)
    held = draft is not None and (draft.id, draft.version) == (call.row, call.version)
    if draft is None or not held or draft.step != _SURE or call.act != "sure":
        raise Gone("stale")
    event = await _event(turn, draft)
    reason = draft.fields["reason"]
    off = await cancel_event(turn.session, turn.person, event, reason, turn.config, turn.now)
    turn.session.after_commit(turn.house.wake)
    await _done(turn, off.event, turn.texts.count("event.cancelled_told", off.n))


async def leave(turn: Turn) -> None:
    """/huy: the event stays as it is."""
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    turn.show(turn.say("event.left"))


async def _ask(turn: Turn, step: str, fields: dict[str, int], text: Html) -> None:
    await conversations.put_draft(turn.session, turn.person.id, FLOW, step, fields, turn.now)
    turn.show(text, [[_back(turn, fields["event_id"])]], flow=FLOW)


async def _done(turn: Turn, event: Event, text: Html, *, lesson: bool = False) -> None:
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    add = Button(turn.plain("button.add_lesson"), str(Call("le", event.id, 0, "event")))
    turn.show(text, [[add] if lesson else [], [_back(turn, event.id, "button.see_event")]])


async def _event(turn: Turn, draft: StoredDraft) -> Event:
    event = await events.find_event(turn.session, draft.fields["event_id"])
    if event is None or event.version != draft.fields["version"]:
        raise Gone("event.changed_meanwhile")
    return event


def _fields(event: Event) -> dict[str, int]:
    return {"event_id": event.id, "version": event.version}


def _back(turn: Turn, event_id: int, label: str = "button.back") -> Button:
    return Button(turn.plain(label), str(Call(event_words.FLOW, event_id, 0, "show")))
