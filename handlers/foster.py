"""[Bồi dưỡng]: a mentor, an aim, steps with their days, an outcome.

What is being asked is a draft: which exemplar or step, and what has been said so far.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Exemplar
from bot.domain.fostering import Ahead, Fostering, read_day, read_step
from bot.domain.people import PersonId
from bot.domain.writing import abridge, clean
from bot.messages import Button, Call
from bot.operations import foster
from bot.operations.compose_fostering import FOSTER
from bot.operations.find_exemplars import is_withdrawn, open_exemplar
from bot.operations.find_nominee import find_nominee
from bot.texts import Html
from handlers import exemplar_page
from handlers import foster_card as views
from handlers.foster_card import back, button, show_card, the_exemplar, the_fostering
from handlers.incoming import Sort
from handlers.turn import Turn
from storage import conversations, fosterings, people

FLOW = FOSTER
_NAME_MOST = 100


# --- the plan ---


async def tap(turn: Turn, call: Call) -> None:
    """A button: rights and rows are looked at again."""
    if call.act in _STEP_TAPS:
        await _STEP_TAPS[call.act](turn, call)
        return
    act = _TAPS.get(call.act)
    if act is None:
        raise Refused("stale")
    await act(turn, call, await the_exemplar(turn, call.row))


async def _tap_card(turn: Turn, _call: Call, exemplar: Exemplar) -> None:
    """The plan; where there is none, who is to be the mentor."""
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    fostering = await fosterings.find_of(turn.session, exemplar.id)
    if fostering is not None:
        await show_card(turn, exemplar, fostering)
        return
    foster.check_manager(turn.person, exemplar, turn.config, turn.now)
    if is_withdrawn(exemplar):
        raise Refused("foster.withdrawn")
    await _ask_mentor(turn, exemplar, {})


async def _tap_leave(turn: Turn, _call: Call, exemplar: Exemplar) -> None:
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    opened = await open_exemplar(turn.session, turn.person, exemplar.id, turn.today)
    await exemplar_page.show(turn, opened)


# --- the mentor ---


async def _tap_mentor(turn: Turn, call: Call, exemplar: Exemplar) -> None:
    fostering = await _seen(turn, call, exemplar)
    foster.check_manager(turn.person, exemplar, turn.config, turn.now)
    await _ask_mentor(turn, exemplar, {"version": fostering.version})


async def _ask_mentor(turn: Turn, exemplar: Exemplar, fields: dict[str, Any]) -> None:
    await _keep(turn, "mentor", {"exemplar": exemplar.id, **fields})
    way_out = [back(turn, exemplar.id)] if fields else [_leave(turn, exemplar)]
    turn.show(turn.say("foster.ask_mentor", name=exemplar.nominee.name), [way_out], flow=FLOW)


async def _receive_mentor(turn: Turn, exemplar: Exemplar, fields: dict[str, Any]) -> None:
    typed = clean(turn.incoming.text, multiline=False)[:_NAME_MOST]
    found = await find_nominee(turn.session, typed, None, turn.person)
    if found.clear is not None:
        await _take_mentor(turn, exemplar, fields, found.clear.id)
        return
    rows = [
        [button(abridge(f"{one.label} · {one.unit_name}", 60), exemplar.id, "who", str(one.id))]
        for one in found.choices
        if not one.left
    ]
    text = turn.say("foster.which_mentor" if rows else "foster.mentor_unknown")
    turn.show(text, [*rows, [_leave(turn, exemplar)]], flow=FLOW)


async def _tap_who(turn: Turn, call: Call, exemplar: Exemplar) -> None:
    fields = await _fields(turn, "mentor", exemplar)
    await _take_mentor(turn, exemplar, fields, PersonId(call.number))


async def _take_mentor(turn: Turn, exemplar: Exemplar, fields: dict[str, Any], mentor_id: PersonId) -> None:
    if "version" in fields:
        fostering = replace(await the_fostering(turn, exemplar), version=fields["version"])
        changed = await foster.change_mentor(
            turn.session, turn.person, fostering, mentor_id, turn.config, turn.now
        )
        await _done(turn, exemplar, changed, turn.say("foster.mentor_changed"))
        return
    try:
        mentor = await people.get_person(turn.session, mentor_id)
    except people.NoSuchPerson:
        raise Gone("stale") from None
    await _keep(turn, "aim", {"exemplar": exemplar.id, "mentor": mentor_id})
    rows = [[button(turn.plain("button.other_mentor"), exemplar.id, "card")], [_leave(turn, exemplar)]]
    turn.show(turn.say("foster.ask_aim", mentor=mentor.full_name), rows, flow=FLOW)


# --- the aim ---


async def _tap_aim(turn: Turn, call: Call, exemplar: Exemplar) -> None:
    fostering = await _seen(turn, call, exemplar)
    foster.check_manager(turn.person, exemplar, turn.config, turn.now)
    await _keep(turn, "aim", {"exemplar": exemplar.id, "version": fostering.version})
    text = turn.say("foster.ask_other_aim", aim=fostering.aim)
    turn.show(text, [[back(turn, exemplar.id)]], flow=FLOW)


async def _receive_aim(turn: Turn, exemplar: Exemplar, fields: dict[str, Any]) -> None:
    if "version" in fields:
        seen = replace(await the_fostering(turn, exemplar), version=fields["version"])
        changed = await foster.change_aim(
            turn.session, turn.person, seen, turn.incoming.text, turn.config, turn.now
        )
        await _done(turn, exemplar, changed, turn.say("foster.aim_changed"))
        return
    mentor_id = PersonId(fields["mentor"])
    await foster.begin(
        turn.session, turn.person, exemplar, mentor_id, turn.incoming.text, turn.config, turn.now
    )
    turn.session.after_commit(turn.house.wake)
    await _ask_step(turn, exemplar, turn.say("foster.begun"))


# --- a new step, and its day ---


async def _tap_add(turn: Turn, _call: Call, exemplar: Exemplar) -> None:
    await the_fostering(turn, exemplar)
    await _ask_step(turn, exemplar, None)


async def _ask_step(turn: Turn, exemplar: Exemplar, said: Html | None) -> None:
    await _keep(turn, "add", {"exemplar": exemplar.id})
    example = turn.texts.day(Ahead.ONE_MONTH.day_from(turn.today, turn.config.timetable.calendar))
    ask = turn.say("foster.ask_step", example=example)
    turn.show(Html(f"{said}\n\n{ask}") if said else ask, [[_enough(turn, exemplar)]], flow=FLOW)


async def _receive_step(turn: Turn, exemplar: Exemplar, _fields: dict[str, Any]) -> None:
    text, due_on = read_step(turn.incoming.text, turn.today)
    if due_on is not None:
        await _add(turn, exemplar, text, due_on)
        return
    await _keep(turn, "day", {"exemplar": exemplar.id, "text": text})
    turn.show(turn.say("foster.ask_day", step=text), views.day_rows(turn, exemplar.id), flow=FLOW)


async def _receive_day(turn: Turn, exemplar: Exemplar, fields: dict[str, Any]) -> None:
    await _take_day(turn, exemplar, fields, read_day(turn.incoming.text, turn.today))


async def _tap_in(turn: Turn, call: Call, exemplar: Exemplar) -> None:
    fields = await _fields(turn, "day", exemplar)
    if call.arg not in set(Ahead):
        raise Refused("stale")
    calendar = turn.config.timetable.calendar
    await _take_day(turn, exemplar, fields, Ahead(call.arg).day_from(turn.today, calendar))


async def _take_day(turn: Turn, exemplar: Exemplar, fields: dict[str, Any], due_on: date) -> None:
    if "text" in fields:
        await _add(turn, exemplar, fields["text"], due_on)
        return
    moved = await foster.move_step(turn.session, turn.person, fields["step"], due_on, turn.config, turn.now)
    await _done(turn, exemplar, moved, turn.say("foster.moved", day=turn.texts.day(due_on)))


async def _add(turn: Turn, exemplar: Exemplar, text: str, due_on: date) -> None:
    fostering = await the_fostering(turn, exemplar)
    await foster.add_step(turn.session, turn.person, fostering.id, text, due_on, turn.config, turn.now)
    said = turn.say("foster.added", day=turn.texts.day(due_on))
    await _done(turn, exemplar, await the_fostering(turn, exemplar), said)


# --- a step that is there ---


async def _tap_step(turn: Turn, call: Call) -> None:
    found = await fosterings.find_of_step(turn.session, call.row)
    if found is None:
        raise Gone("foster.step_gone")
    exemplar = await the_exemplar(turn, found[0].exemplar_id)
    if found[0].mentor_id != turn.person.id:
        foster.check_manager(turn.person, exemplar, turn.config, turn.now)
    await views.show_step(turn, exemplar, found[1])


async def _tap_done(turn: Turn, call: Call) -> None:
    """Done with one tap; a sentence about it may follow."""
    fostering = await foster.finish_step(turn.session, turn.person, call.row, turn.config, turn.now)
    exemplar = await the_exemplar(turn, fostering.exemplar_id)
    await _ask_result(turn, exemplar, call.row, turn.say("foster.step_is_done"))


async def _tap_result(turn: Turn, call: Call) -> None:
    found = await fosterings.find_of_step(turn.session, call.row)
    if found is None:
        raise Gone("foster.step_gone")
    exemplar = await the_exemplar(turn, found[0].exemplar_id)
    await _ask_result(turn, exemplar, call.row, turn.say("foster.ask_result"))


async def _ask_result(turn: Turn, exemplar: Exemplar, step_id: int, text: Html) -> None:
    await _keep(turn, "result", {"exemplar": exemplar.id, "step": step_id})
    turn.show(text, [[_enough(turn, exemplar)]], flow=FLOW)


async def _receive_result(turn: Turn, exemplar: Exemplar, fields: dict[str, Any]) -> None:
    step_id, typed = fields["step"], turn.incoming.text
    noted = await foster.note_result(turn.session, turn.person, step_id, typed, turn.config, turn.now)
    await _done(turn, exemplar, noted, turn.say("foster.result_kept"))


async def _tap_move(turn: Turn, call: Call) -> None:
    fostering, step = await foster.open_step(turn.session, turn.person, call.row, turn.config, turn.now)
    exemplar = await the_exemplar(turn, fostering.exemplar_id)
    await _keep(turn, "day", {"exemplar": exemplar.id, "step": step.id})
    turn.show(turn.say("foster.ask_day", step=step.text), views.day_rows(turn, exemplar.id), flow=FLOW)


async def _tap_drop(turn: Turn, call: Call) -> None:
    fostering, step = await foster.open_step(turn.session, turn.person, call.row, turn.config, turn.now)
    sure = button(turn.plain("button.step_drop_sure"), step.id, "drop_sure")
    turn.show(turn.say("foster.ask_drop", step=step.text), [[sure], [back(turn, fostering.exemplar_id)]])


async def _tap_drop_sure(turn: Turn, call: Call) -> None:
    fostering = await foster.drop_step(turn.session, turn.person, call.row, turn.config, turn.now)
    exemplar = await the_exemplar(turn, fostering.exemplar_id)
    await _done(turn, exemplar, fostering, turn.say("foster.dropped"))


# --- the end ---


async def _tap_end(turn: Turn, call: Call, exemplar: Exemplar) -> None:
    fostering = await _seen(turn, call, exemplar)
    foster.check_manager(turn.person, exemplar, turn.config, turn.now)
    await _keep(turn, "end", {"exemplar": exemplar.id, "version": fostering.version})
    turn.show(turn.say("foster.ask_outcome"), [[back(turn, exemplar.id)]], flow=FLOW)


async def _receive_outcome(turn: Turn, exemplar: Exemplar, fields: dict[str, Any]) -> None:
    seen = replace(await the_fostering(turn, exemplar), version=fields["version"])
    ended = await foster.end(turn.session, turn.person, seen, turn.incoming.text, turn.config, turn.now)
    await _done(turn, exemplar, ended, turn.say("foster.is_ended"))


# --- what is typed ---


async def receive(turn: Turn) -> None:
    """A name, an aim, a step, a day, a result, an outcome. What cannot be used is said, and asked again."""
    draft = await turn.draft(FLOW)
    receiver = _RECEIVERS.get(draft.step) if draft else None
    if draft is None or receiver is None:
        raise Gone("stale")
    if turn.incoming.sort is not Sort.TEXT:
        raise Refused("foster.only_text")
    await receiver(turn, await the_exemplar(turn, draft.fields["exemplar"]), draft.fields)


async def leave(turn: Turn) -> None:
    """/huy: what was kept stays, what was asked is not."""
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    turn.show(turn.say("foster.left"))


async def _done(turn: Turn, exemplar: Exemplar, fostering: Fostering, said: Html) -> None:
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    turn.session.after_commit(turn.house.wake)
    await show_card(turn, exemplar, fostering, said)


async def _seen(turn: Turn, call: Call, exemplar: Exemplar) -> Fostering:
    """The plan as the person has seen it. Raises Gone where it has changed since."""
    fostering = await the_fostering(turn, exemplar)
    if fostering.version != call.version:
        raise Gone("foster.changed")
    return fostering


async def _keep(turn: Turn, step: str, fields: dict[str, Any]) -> None:
    await conversations.put_draft(turn.session, turn.person.id, FLOW, step, fields, turn.now)


async def _fields(turn: Turn, step: str, exemplar: Exemplar) -> dict[str, Any]:
    draft = await turn.draft(FLOW)
    if draft is None or draft.step != step or draft.fields.get("exemplar") != exemplar.id:
        raise Gone("stale")
    return draft.fields


def _enough(turn: Turn, exemplar: Exemplar) -> Button:
    return button(turn.plain("button.to_plan"), exemplar.id, "card")


def _leave(turn: Turn, exemplar: Exemplar) -> Button:
    return button(turn.plain("button.back"), exemplar.id, "leave")


_TAPS = {
    "card": _tap_card,
    "leave": _tap_leave,
    "mentor": _tap_mentor,
    "who": _tap_who,
    "aim": _tap_aim,
    "add": _tap_add,
    "in": _tap_in,
    "end": _tap_end,
}
_STEP_TAPS = {
    "step": _tap_step,
    "done": _tap_done,
    "result": _tap_result,
    "move": _tap_move,
    "drop": _tap_drop,
    "drop_sure": _tap_drop_sure,
}
_RECEIVERS = {
    "mentor": _receive_mentor,
    "aim": _receive_aim,
    "add": _receive_step,
    "day": _receive_day,
    "result": _receive_result,
    "end": _receive_outcome,
}
