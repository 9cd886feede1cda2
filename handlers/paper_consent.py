"""What a consent on paper says: to the publication of which exemplar, yes or no."""

from dataclasses import replace

from bot.domain.errors import Refused
from bot.domain.exemplars import Exemplar
from bot.domain.paper import Subject
from bot.messages import Call
from bot.operations.write_paper import Entry, Step, Writing, write
from bot.texts import join_html
from handlers.nomination_card import Buttons
from handlers.paper_consent_asks import exemplar_rows, find_exemplar, search
from handlers.paper_steps import go_on, show
from handlers.reason_card import nominee_name
from handlers.turn import Turn

_MOST_FOUND = 8


async def begin(turn: Turn, exemplar_id: int) -> None:
    """From the exemplar's card: whose consent it is, is known."""
    entry = Entry(Subject.CONSENT, exemplar_id=exemplar_id)
    await _take(turn, entry, await find_exemplar(turn, entry))


async def receive_exemplar(turn: Turn, writing: Writing, text: str) -> None:
    """A part of the exemplar's name."""
    found = await search(turn, text)
    if not found:
        await show(turn, writing, turn.say("paper.exemplar_unknown", typed=text[:80]))
    elif len(found) == 1:
        await _take(turn, writing.entry, found[0])
    else:
        kept = await write(turn.session, turn.person.id, writing.entry, writing.step, turn.now)
        buttons = Buttons(turn.texts, kept.stored)
        rows = [*exemplar_rows(turn, buttons, found[:_MOST_FOUND]), buttons.way_back(back=False)]
        turn.show(join_html([turn.say("paper.which_exemplar")]), rows, flow=kept.stored.flow)


async def tap_exemplar(turn: Turn, writing: Writing, call: Call) -> None:
    """An exemplar's button."""
    if writing.step is not Step.EXEMPLAR:
        raise Refused("stale")
    await _take(
        turn, writing.entry, await find_exemplar(turn, replace(writing.entry, exemplar_id=call.number))
    )


async def _take(turn: Turn, entry: Entry, exemplar: Exemplar) -> None:
    entry = replace(
        entry,
        exemplar_id=exemplar.id,
        exemplar_name=nominee_name(turn.texts, exemplar.nominee),
        version=exemplar.text_version,
        agreed=None,
        person_id=None,
        person_name="",
    )
    await go_on(turn, entry)


async def tap_said(turn: Turn, writing: Writing, call: Call) -> None:
    """Yes or no."""
    exemplar = await find_exemplar(turn, writing.entry)
    await go_on(turn, replace(writing.entry, agreed=call.arg == "yes", version=exemplar.text_version))
