"""[Trả lại kèm câu hỏi] and [Sửa lời]: what a clerk types about a unit's answer.

What is being typed about is a row, so that it outlives a restart. A question goes to the unit at once; a
sentence is mended without noise.
"""

from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Answer, AnswerState
from bot.domain.nominations import NominationId
from bot.domain.people import UnitId
from bot.domain.periods import Period, read_period
from bot.domain.writing import abridge
from bot.messages import Button, Call, Rows
from bot.operations import check_answer as checking
from bot.texts import Html
from handlers.answer_card import FLOW, button, find_answer, name_of, period_of, show_card, typed
from handlers.turn import Turn
from handlers.workshop import only_secretariat
from storage import choices, conversations, desk

_QUESTION, _REASON = "question", "reason"


async def tap_ask(turn: Turn, call: Call) -> None:
    """[Trả lại kèm câu hỏi]: what should be asked."""
    answer, period = await _standing(turn, call), period_of(call)
    checking.check_open(turn.config, period, turn.today)
    await _ask(turn, answer, _QUESTION, 0, turn.say("check.ask_question", most=checking.QUESTION_MAX))


async def tap_fix(turn: Turn, call: Call) -> None:
    """[Sửa lời]: of whom, and how it should read."""
    answer, wanted = await _standing(turn, call), call.arg.partition(".")[2]
    known = [choice for choice in answer.choices if not wanted or str(choice.nomination_id) == wanted]
    if not known:
        raise Gone("check.changed")
    named = await desk.find_chosen(turn.session, [one.nomination_id for one in known])
    if len(known) > 1:
        rows = [
            [_fix_button(answer, one.nomination_id, name_of(turn.texts, named, one.nomination_id))]
            for one in known
        ]
        turn.show(turn.say("check.whose_reason"), [*rows, *_way_back(turn, answer)])
        return
    choice = known[0]
    ask = turn.say(
        "check.ask_reason",
        name=name_of(turn.texts, named, choice.nomination_id),
        text=choice.reason,
        most=turn.config.choosing.reason_max,
    )
    await _ask(turn, answer, _REASON, choice.nomination_id, ask)


def _fix_button(answer: Answer, number: NominationId, name: str) -> Button:
    call = Call(FLOW, answer.unit_id, answer.version, "fix", f"{answer.period}.{number}")
    return Button(abridge(name, 60), str(call))


async def _standing(turn: Turn, call: Call) -> Answer:
    """The answer, if it still is as the button shows it. Raises Gone."""
    answer = await find_answer(turn, call)
    if answer.state is AnswerState.ACCEPTED:
        raise Gone("check.accepted_already")
    if answer.version != call.version:
        raise Gone("check.changed")
    return answer


async def _ask(turn: Turn, answer: Answer, step: str, nomination_id: int, ask: Html) -> None:
    """What is typed next belongs to this answer, as it is now."""
    fields = {
        "unit_id": answer.unit_id,
        "period": answer.period,
        "version": answer.version,
        "nomination_id": nomination_id,
    }
    await conversations.put_draft(turn.session, turn.person.id, FLOW, step, fields, turn.now)
    turn.show(ask, _way_back(turn, answer), flow=FLOW)


def _way_back(turn: Turn, answer: Answer) -> Rows:
    back = Call(FLOW, answer.unit_id, 0, "card", answer.period)
    return [[Button(turn.plain("button.back"), str(back))]]


async def receive(turn: Turn) -> None:
    """The question to the unit, or the sentence as it should read."""
    only_secretariat(turn)
    draft = await turn.draft(FLOW)
    if draft is None:
        raise Gone("stale")
    fields = draft.fields
    answer = await choices.find_answer(turn.session, UnitId(fields["unit_id"]), fields["period"])
    if answer is None:
        raise Gone("stale")
    try:
        heading = await (_send_question if draft.step == _QUESTION else _save_reason)(turn, fields)
    except Gone:
        raise
    except Refused as refusal:
        why = turn.say(refusal.message_id, **refusal.values)
        turn.show(why, _way_back(turn, answer), flow=FLOW)
        return
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    now_is = await choices.find_answer(turn.session, answer.unit_id, answer.period)
    await show_card(turn, now_is or answer, heading=heading)


async def _send_question(turn: Turn, fields: dict[str, object]) -> Html:
    unit_id, period, version = _seen(fields)
    told = await checking.return_answer(
        turn.session, turn.person, unit_id, period, version, typed(turn), turn.config, turn.now
    )
    turn.session.after_commit(turn.house.wake)
    return turn.texts.count("check.returned", told) if told else turn.say("check.returned_unreached")


async def _save_reason(turn: Turn, fields: dict[str, object]) -> Html:
    unit_id, period, version = _seen(fields)
    nomination_id = NominationId(int(str(fields["nomination_id"])))
    await checking.correct_reason(
        turn.session,
        turn.person,
        unit_id,
        period,
        version,
        nomination_id,
        typed(turn),
        turn.config,
        turn.now,
    )
    return turn.say("check.corrected")


def _seen(fields: dict[str, object]) -> tuple[UnitId, Period, int]:
    period = read_period(str(fields["period"]))
    if period is None:
        raise Gone("stale")
    return UnitId(int(str(fields["unit_id"]))), period, int(str(fields["version"]))


async def leave(turn: Turn) -> None:
    """/huy: nothing is sent; the answer waits as before."""
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    turn.show(turn.say("check.left"), [[button(turn.plain("button.to_list"), "list")]])
