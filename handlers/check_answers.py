"""The secretariat checks what units have answered: [Nhận], or all that need no question at once.

One answer at a time with the ways to the next and the one before. A button holds for the version of the
answer it was made for.
"""

from bot.domain.errors import Gone
from bot.domain.exemplars import Answer, AnswerState, Exemplar, ExemplarId
from bot.domain.nominations import NominationId
from bot.domain.people import Unit
from bot.domain.summary import short_name
from bot.messages import Button, Call
from bot.operations import check_answer as checking
from bot.operations.tell_nominators import tell_chosen
from bot.texts import Html
from handlers import answer_changes, exemplar_card
from handlers.answer_card import FLOW, button, find_answer, list_reasons, period_of, show_card, to_desk
from handlers.pages import in_pages, known_page, page_buttons, pages_of
from handlers.turn import Turn
from handlers.workshop import ask_for, only_secretariat
from storage import choices, units

_A_PAGE = 8
_NAME_MAX = 20


async def tap(turn: Turn, call: Call) -> None:
    """A button of the list, of a card, or of what is being typed."""
    only_secretariat(turn)
    act = _TAPS.get(call.act)
    if act is None:
        raise Gone("stale")
    await act(turn, call)


# --- the list ---


async def _tap_list(turn: Turn, call: Call) -> None:
    state = AnswerState.RETURNED if call.arg == AnswerState.RETURNED else AnswerState.GIVEN
    await _list(turn, state, call.version)


async def _list(turn: Turn, state: AnswerState, wanted: int) -> None:
    texts = turn.texts
    found = await choices.list_answers_in_state(turn.session, state)
    if not found:
        turn.show(turn.say("check.nothing"), [[to_desk(texts)]])
        return
    names = {unit.id: _short(unit) for unit in await units.list_units(turn.session)}
    pages = pages_of(len(found), _A_PAGE)
    page = known_page(wanted, pages)
    rows: list[list[Button]] = [
        [_answer_button(turn, one, names[one.unit_id])] for one in found[page * _A_PAGE :][:_A_PAGE]
    ]
    rows.append(page_buttons(texts, page, pages, lambda to: str(Call(FLOW, 0, to, "list", state.value))))
    title = texts.count("check.list_returned", len(found))
    if state is AnswerState.GIVEN:
        title = texts.count("check.list", len(found))
        rows.append([button(turn.plain("button.accept_all"), "all")])
    turn.show(title, [*rows, [to_desk(texts)]])


def _short(unit: Unit) -> str:
    """The unit's name where it leaves room for the rest on a phone's button, else its short one."""
    return unit.name if len(unit.name) <= _NAME_MAX else short_name(unit)


def _answer_button(turn: Turn, answer: Answer, unit: str) -> Button:
    what = turn.plain("check.what_nobody")
    if answer.choices:
        what = turn.plain("check.what_chosen", n=turn.texts.number(len(answer.choices)))
    label = f"{unit} · {turn.texts.period(answer.period)} · {what}"
    return Button(label, str(Call(FLOW, answer.unit_id, 0, "card", answer.period)))


# --- one answer ---


async def _tap_card(turn: Turn, call: Call) -> None:
    await show_card(turn, await find_answer(turn, call), page=call.version)


async def _tap_who(turn: Turn, call: Call) -> None:
    """Everything that was said for a nominee, on pages."""
    answer, wanted = await find_answer(turn, call), call.arg.partition(".")[2]
    if wanted not in {str(choice.nomination_id) for choice in answer.choices}:
        raise Gone("check.changed")
    pages = in_pages(await list_reasons(turn, NominationId(int(wanted))))
    page = known_page(call.version, len(pages))

    def to(other: int) -> str:
        return str(Call(FLOW, answer.unit_id, other, "who", call.arg))

    back = Call(FLOW, answer.unit_id, 0, "card", answer.period)
    rows = [
        page_buttons(turn.texts, page, len(pages), to),
        [Button(turn.plain("button.back"), str(back))],
    ]
    turn.show(pages[page], rows)


# --- accepting ---


async def _tap_accept(turn: Turn, call: Call) -> None:
    answer, period = await find_answer(turn, call), period_of(call)
    taken = await checking.accept_answer(
        turn.session, turn.person, answer.unit_id, period, call.version, turn.config, turn.now
    )
    await _follow(turn, answer, taken)
    waiting = await choices.list_answers_in_state(turn.session, AnswerState.GIVEN)
    if waiting:
        turn.toast = turn.plain("check.accepted_toast")
        await show_card(turn, waiting[0], heading=_accepted(turn, 1, len(taken)))
    else:
        turn.show(_accepted(turn, 1, len(taken)), [[to_desk(turn.texts)]])


async def _follow(turn: Turn, answer: Answer, taken: list[Exemplar]) -> None:
    """Nominators hear of it, and each new exemplar's picture is made for the clerk."""
    await tell_chosen(turn.session, answer, turn.now)
    for exemplar in taken:
        if exemplar.card is None and not exemplar.erased:
            await ask_for(turn, exemplar_card.MAKE, {"exemplar_id": exemplar.id})
    turn.session.after_commit(turn.house.wake)


def _accepted(turn: Turn, n: int, exemplars: int) -> Html:
    if not exemplars:
        return turn.texts.count("check.accepted_nobody", n)
    return turn.texts.count("check.accepted", n, exemplars=turn.texts.number(exemplars))


async def _tap_all(turn: Turn, _call: Call) -> None:
    waiting = await choices.list_answers_in_state(turn.session, AnswerState.GIVEN)
    if not waiting:
        raise Gone("check.list_changed")
    n = sum(len(one.choices) for one in waiting)
    ask = turn.texts.count("check.ask_all", len(waiting), exemplars=turn.texts.number(n))
    sure = button(turn.plain("button.accept_all_sure"), "all_sure", checking.digest_of(waiting))
    turn.show(ask, [[sure], [button(turn.plain("button.back"), "list")]])


async def _tap_all_sure(turn: Turn, call: Call) -> None:
    done = await checking.accept_all(turn.session, turn.person, call.arg, turn.config, turn.now)
    followed: dict[ExemplarId, Exemplar] = {}
    for answer, taken in done:
        new = {one.id: one for one in taken if one.id not in followed}
        followed |= new
        await _follow(turn, answer, list(new.values()))
    turn.show(_accepted(turn, len(done), len(followed)), [[to_desk(turn.texts)]])


_TAPS = {
    "list": _tap_list,
    "card": _tap_card,
    "who": _tap_who,
    "accept": _tap_accept,
    "all": _tap_all,
    "all_sure": _tap_all_sure,
    "ask": answer_changes.tap_ask,
    "fix": answer_changes.tap_fix,
}
