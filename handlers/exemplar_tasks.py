"""What one has to do with exemplars: those one guides or is guided in, and what one's units copy."""

from bot.domain.copying import AdoptionState
from bot.domain.exemplars import Exemplar
from bot.domain.writing import abridge
from bot.messages import Button, Call
from bot.operations.compose_copying import ADOPT
from bot.operations.compose_fostering import FOSTER
from bot.texts import N_
from handlers.exemplar_page import FLOW
from handlers.turn import Turn
from storage import adoptions, exemplars, fosterings

_MOST = 20


async def way_in(turn: Turn) -> list[Button]:
    """The button to it, for who has anything to do."""
    if not await _tasks(turn):
        return []
    return [Button(turn.plain("button.my_tasks"), str(Call(FLOW, 0, 0, "mine")))]


async def show_mine(turn: Turn, _call: Call) -> None:
    """Each with its own card."""
    found = await _tasks(turn)
    back = Button(turn.plain("button.to_exemplars"), str(Call(FLOW, 0, 0, "list")))
    text = turn.say("tasks.title" if found else "tasks.nothing")
    turn.show(text, [*([button] for button in found[:_MOST]), [back]], flow=FLOW)


async def _tasks(turn: Turn) -> list[Button]:
    fostered = await fosterings.list_open_of(turn.session, turn.person.id)
    copied = [
        one
        for one in await adoptions.list_of_units(turn.session, turn.person.heads(turn.today))
        if one.state is not AdoptionState.DROPPED
    ]
    ids = {one.exemplar_id for one in fostered} | {one.exemplar_id for one in copied}
    named = {one.id: one for one in await exemplars.list_exemplars(turn.session, sorted(ids))}
    fosters = [
        _button(turn, N_("tasks.foster"), named[one.exemplar_id], Call(FOSTER, one.exemplar_id, 0, "card"))
        for one in fostered
        if named[one.exemplar_id].nominee.name
    ]
    return fosters + [
        _button(
            turn,
            N_("tasks.copied") if one.state is AdoptionState.DONE else N_("tasks.copies"),
            named[one.exemplar_id],
            Call(ADOPT, one.id, 0, "card"),
        )
        for one in copied
        if named[one.exemplar_id].is_public
    ]


def _button(turn: Turn, what: str, exemplar: Exemplar, call: Call) -> Button:
    return Button(abridge(turn.plain(what, name=exemplar.nominee.name), 60), str(call))
