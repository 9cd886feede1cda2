"""/binhchon: the head reads a unit's nominees of a period, chooses, or says that there is nobody.

Here is which unit and period a button or a typed sentence speaks of, and who takes it from there.
"""

from collections.abc import Awaitable, Callable

from bot.domain.errors import Refused
from bot.domain.people import Unit, UnitId
from bot.domain.periods import month_of, read_period
from bot.domain.writing import abridge
from bot.messages import Button, Call
from bot.operations.answer_for_unit import check_head
from bot.operations.choice_drafts import FLOW, find_current
from bot.operations.choose_exemplars import is_asked
from handlers import choose_card, choose_list, choose_mend, choose_nobody, choose_preview, choose_steps
from handlers.choose_words import LABEL, Place
from handlers.turn import Turn
from storage import units

__all__ = ["FLOW", "leave", "receive", "start", "tap"]


async def start(turn: Turn) -> None:
    """/binhchon: this month, of the unit one heads; of which one, where there are several."""
    heads = turn.person.heads(turn.today)
    mine = [unit for unit in await units.list_units(turn.session, turn.today) if unit.id in heads]
    if not mine:
        raise Refused("choose.not_head")
    this_month = month_of(turn.now, turn.config.office.timezone)
    if len(mine) == 1:
        await choose_list.show(Place(turn, mine[0], this_month))
        return
    rows = [[Button(abridge(unit.name, LABEL), Place(turn, unit, this_month).call("list"))] for unit in mine]
    turn.show(turn.say("choose.which_unit"), rows)


async def tap(turn: Turn, call: Call) -> None:
    """A button: it holds while the person heads that unit."""
    act = _TAPS.get(call.act)
    place = await _place(turn, call.row, call.arg.partition(".")[0])
    if act is None:
        raise Refused("stale")
    await act(place, call)


async def receive(turn: Turn) -> None:
    """What is typed or sent while a sentence is asked for."""
    found = await find_current(turn.session, turn.person.id)
    if found is None:
        raise Refused("choose.nothing_asked")
    place = await _place(turn, found.draft.unit_id, found.draft.period)
    answer = await place.answer()
    place.check_may_answer(answer)
    if (answer.version if answer else 0) != found.draft.version:
        raise Refused("choose.changed")
    step = choose_nobody if found.step == choose_nobody.STEP else choose_steps
    await step.receive(place, found)


async def leave(turn: Turn) -> None:
    """/huy: what was put together waits under /binhchon."""
    turn.show(turn.say("choose.left"))


async def _place(turn: Turn, unit_id: int, named: str) -> Place:
    """What a button claims, looked at again. Raises Refused; NotAllowed for who does not head the unit."""
    period = read_period(named)
    if period is None or not is_asked(turn.config.timetable, period):
        raise Refused("stale")
    check_head(turn.person, UnitId(unit_id), turn.today)
    return Place(turn, await _unit(turn, unit_id), period)


async def _unit(turn: Turn, unit_id: int) -> Unit:
    for unit in await units.list_units(turn.session):
        if unit.id == unit_id:
            return unit
    raise Refused("stale")


async def _list(place: Place, call: Call) -> None:
    await choose_list.show(place, call.version)


_TAPS: dict[str, Callable[[Place, Call], Awaitable[None]]] = {
    "list": _list,
    "card": choose_card.show,
    "ev": choose_card.show_evidence,
    "pick": choose_steps.pick,
    "this": choose_steps.pick_this,
    "go": choose_steps.go,
    "crit": choose_steps.criterion,
    "say": choose_steps.ask_sentence,
    "own": choose_steps.ask_own,
    "pre": choose_steps.preview,
    "sure": choose_preview.confirm,
    "toss": choose_preview.toss,
    "edit": choose_steps.edit,
    "none": choose_nobody.ask,
    "none_sure": choose_nobody.sure,
    "none_other": choose_nobody.ask_other,
    "merge": choose_mend.ask_other,
    "into": choose_mend.preview_merge,
    "merge_sure": choose_mend.merge_sure,
    "split": choose_mend.split_,
    "move": choose_mend.ask_unit,
    "to": choose_mend.preview_move,
    "move_sure": choose_mend.move_sure,
}
