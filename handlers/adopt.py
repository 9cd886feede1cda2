"""[Đơn vị tôi áp dụng]: a unit copies an exemplar, and says later with what result."""

from typing import Any

from bot.domain.copying import Adoption, AdoptionState
from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Exemplar
from bot.domain.people import UnitId
from bot.domain.writing import abridge
from bot.messages import Button, Call
from bot.operations import adopt
from bot.operations.compose_copying import ADOPT
from bot.operations.find_exemplars import open_exemplar
from bot.texts import N_, Html, join_html
from handlers.exemplar_page import to_card
from handlers.incoming import Sort
from handlers.turn import Turn
from handlers.workshop import only_secretariat
from storage import adoptions, conversations, units

FLOW = ADOPT
_STATES = {
    AdoptionState.PLEDGED: N_("adopt.is_pledged"),
    AdoptionState.DONE: N_("adopt.is_done"),
    AdoptionState.DROPPED: N_("adopt.is_dropped"),
}
_BODIES_MOST = 8


# --- a unit of the office ---


async def _tap_begin(turn: Turn, exemplar: Exemplar, _call: Call) -> None:
    """Which of one's units; how it is copied; or what has been said about it already."""
    heads = turn.person.heads(turn.today)
    mine = [unit for unit in await units.list_units(turn.session, turn.today) if unit.id in heads]
    others = [unit for unit in mine if unit.id != exemplar.nominee.unit_id]
    if mine and not others:
        raise Refused("adopt.own_unit")
    if not mine:
        raise Refused("adopt.not_head")
    if len(others) == 1:
        await _ask_plan(turn, exemplar, others[0].id)
        return
    rows = [
        [Button(abridge(unit.name, 60), str(Call(FLOW, exemplar.id, 0, "unit", str(unit.id))))]
        for unit in others
    ]
    turn.show(turn.say("adopt.which_unit"), [*rows, [to_card(turn, exemplar.id)]])


async def _tap_unit(turn: Turn, exemplar: Exemplar, call: Call) -> None:
    await _ask_plan(turn, exemplar, UnitId(call.number))


async def _ask_plan(turn: Turn, exemplar: Exemplar, unit_id: UnitId) -> None:
    adopt.check_may_copy(turn.person, exemplar, unit_id, turn.today)
    known = await adoptions.find_of_unit(turn.session, exemplar.id, unit_id)
    if known is not None and known.state is not AdoptionState.DROPPED:
        await _card(turn, known)
        return
    await _keep(turn, "plan", {"exemplar": exemplar.id, "unit": unit_id})
    pledge = Call(FLOW, exemplar.id, 0, "pledge", str(unit_id))
    turn.show(
        turn.say("adopt.ask_plan", name=exemplar.nominee.name, unit=await _unit_name(turn, unit_id)),
        [[Button(turn.plain("button.pledge"), str(pledge))], [to_card(turn, exemplar.id)]],
        flow=FLOW,
    )


async def _tap_pledge(turn: Turn, exemplar: Exemplar, call: Call) -> None:
    await _pledge(turn, exemplar, UnitId(call.number), "")


async def _receive_plan(turn: Turn, fields: dict[str, Any]) -> None:
    exemplar = await open_exemplar(turn.session, turn.person, fields["exemplar"], turn.today)
    await _pledge(turn, exemplar, UnitId(fields["unit"]), turn.incoming.text)


async def _pledge(turn: Turn, exemplar: Exemplar, unit_id: UnitId, plan: str) -> None:
    made = await adopt.pledge(turn.session, turn.person, exemplar, unit_id, plan, turn.config, turn.now)
    await _done(turn, made, turn.say("adopt.pledged", days=turn.config.copying.ask_after_days))


# --- a body outside ---


async def _tap_body(turn: Turn, exemplar: Exemplar, _call: Call) -> None:
    """Which body: those known, or the name of another."""
    only_secretariat(turn)
    known = [one for one in await adoptions.list_adoptions(turn.session, exemplar.id) if one.is_outside]
    rows = [
        [Button(abridge(one.name, 60), str(Call(FLOW, one.id, 0, "card")))] for one in known[-_BODIES_MOST:]
    ]
    await _keep(turn, "body", {"exemplar": exemplar.id})
    text = turn.say("adopt.ask_body", name=exemplar.nominee.name)
    turn.show(text, [*rows, [to_card(turn, exemplar.id)]], flow=FLOW)


async def _receive_body(turn: Turn, fields: dict[str, Any]) -> None:
    exemplar = await open_exemplar(turn.session, turn.person, fields["exemplar"], turn.today)
    typed = turn.incoming.text
    made = await adopt.enter_body(turn.session, turn.person, exemplar, typed, turn.config, turn.now)
    await _done(turn, made, turn.say("adopt.body_kept"))


# --- what became of it ---


async def _card(turn: Turn, adoption: Adoption, said: Html | None = None) -> None:
    exemplar = await open_exemplar(turn.session, turn.person, adoption.exemplar_id, turn.today)
    lines = [
        turn.say("adopt.title", who=adoption.name, name=exemplar.nominee.name, unit=exemplar.unit_name),
        turn.say(
            "adopt.state",
            state=turn.plain(_STATES[adoption.state]),
            day=turn.texts.day(turn.config.office.day_of(adoption.pledged_at)),
        ),
    ]
    if adoption.plan:
        lines.append(turn.say("adopt.plan", plan=adoption.plan))
    if adoption.result:
        lines.append(turn.say("adopt.result", result=adoption.result))
    rows = []
    if adoption.state is AdoptionState.PLEDGED:
        rows = [[_button(turn.plain("button.copy_result"), adoption, "result")]]
    elif adoption.state is AdoptionState.DONE:
        lesson = Call("le", adoption.exemplar_id, 0, "exemplar")
        rows = [
            [_button(turn.plain("button.copy_result_again"), adoption, "result")],
            [Button(turn.plain("button.add_lesson"), str(lesson))],
        ]
    if adoption.state is not AdoptionState.DROPPED:
        rows.append([_button(turn.plain("button.copy_drop"), adoption, "drop")])
    text = join_html(lines)
    turn.show(
        join_html([said, text], "\n\n") if said else text, [*rows, [to_card(turn, adoption.exemplar_id)]]
    )


async def _tap_card(turn: Turn, adoption: Adoption, _call: Call) -> None:
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    await _card(turn, adoption)


async def _tap_result(turn: Turn, adoption: Adoption, _call: Call) -> None:
    await _keep(turn, "result", {"adoption": adoption.id})
    back = _button(turn.plain("button.back"), adoption, "card")
    turn.show(turn.say("adopt.ask_for_result", who=adoption.name), [[back]], flow=FLOW)


async def _receive_result(turn: Turn, fields: dict[str, Any]) -> None:
    adoption_id, typed = fields["adoption"], turn.incoming.text
    given = await adopt.give_result(turn.session, turn.person, adoption_id, typed, turn.config, turn.now)
    await _done(turn, given, turn.say("adopt.result_kept"))


async def _tap_later(turn: Turn, adoption: Adoption, call: Call) -> None:
    nth = min(max(call.number, 1), 1000)
    due_on = await adopt.ask_later(turn.session, turn.person, adoption.id, nth, turn.config, turn.now)
    turn.show(turn.say("adopt.asked_again", day=turn.texts.day(due_on)))


async def _tap_drop(turn: Turn, adoption: Adoption, _call: Call) -> None:
    sure = _button(turn.plain("button.copy_drop_sure"), adoption, "drop_sure")
    back = _button(turn.plain("button.back"), adoption, "card")
    turn.show(turn.say("adopt.ask_drop", who=adoption.name), [[sure], [back]])


async def _tap_drop_sure(turn: Turn, adoption: Adoption, _call: Call) -> None:
    given_up = await adopt.give_up(turn.session, turn.person, adoption.id, turn.config, turn.now)
    await _done(turn, given_up, turn.say("adopt.given_up"))


# --- taps and what is typed ---


async def tap(turn: Turn, call: Call) -> None:
    """A button about an exemplar, or about what a unit has pledged."""
    if call.act in _TAPS:
        exemplar = await open_exemplar(turn.session, turn.person, call.row, turn.today)
        await _TAPS[call.act](turn, exemplar, call)
        return
    act = _ADOPTION_TAPS.get(call.act)
    if act is None:
        raise Refused("stale")
    adoption = await adopt.open_adoption(turn.session, turn.person, call.row, turn.config, turn.now)
    await act(turn, adoption, call)


async def receive(turn: Turn) -> None:
    """How it is copied, the name of a body, a result. What cannot be used is said, and asked again."""
    draft = await turn.draft(FLOW)
    receiver = _RECEIVERS.get(draft.step) if draft else None
    if draft is None or receiver is None:
        raise Gone("stale")
    if turn.incoming.sort is not Sort.TEXT:
        raise Refused("foster.only_text")
    await receiver(turn, draft.fields)


async def leave(turn: Turn) -> None:
    """/huy: nothing is kept of what was asked."""
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    turn.show(turn.say("adopt.left"))


async def _done(turn: Turn, adoption: Adoption, said: Html) -> None:
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    turn.session.after_commit(turn.house.wake)
    await _card(turn, adoption, said)


async def _keep(turn: Turn, step: str, fields: dict[str, Any]) -> None:
    await conversations.put_draft(turn.session, turn.person.id, FLOW, step, fields, turn.now)


async def _unit_name(turn: Turn, unit_id: UnitId) -> str:
    return {unit.id: unit.name for unit in await units.list_units(turn.session)}[unit_id]


def _button(label: str, adoption: Adoption, act: str) -> Button:
    return Button(label, str(Call(FLOW, adoption.id, 0, act)))


_TAPS = {"begin": _tap_begin, "unit": _tap_unit, "pledge": _tap_pledge, "body": _tap_body}
_ADOPTION_TAPS = {
    "card": _tap_card,
    "result": _tap_result,
    "later": _tap_later,
    "drop": _tap_drop,
    "drop_sure": _tap_drop_sure,
}
_RECEIVERS = {"plan": _receive_plan, "body": _receive_body, "result": _receive_result}
