"""The steps of entering a sheet as they are shown: what is asked, and what is asked next."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.domain.names import fold
from bot.domain.paper import Subject
from bot.domain.people import Unit
from bot.messages import Button
from bot.operations.enter_on_paper import list_heads
from bot.operations.write_paper import FLOW, Entry, Step, Writing, write
from bot.texts import Html, join_html
from handlers import nomination_card as cards
from handlers import paper_views as views
from handlers.nomination_card import Buttons
from handlers.nomination_steps import units_now
from handlers.paper_answer_asks import ask_criteria, ask_nobody, ask_period, ask_pick, ask_reason
from handlers.paper_consent_asks import ask_consent, ask_exemplar, find_exemplar
from handlers.turn import Turn
from storage import nominations, people

Rows = list[list[Button]]
Ask = Callable[[Turn, Writing, Buttons, int], Awaitable[tuple[Html, Rows]]]


async def go(turn: Turn, entry: Entry, step: Step, said: Html | None = None) -> None:
    """Keep the entry at a step and show that step, with a word on top where there is one."""
    await show(turn, await write(turn.session, turn.person.id, entry, step, turn.now), said)


async def go_on(turn: Turn, entry: Entry, said: Html | None = None) -> None:
    """The first thing that is still missing, else the preview."""
    entry = await _with_signer(turn, entry)
    await go(turn, entry, entry.next_step(), said)


async def _with_signer(turn: Turn, entry: Entry) -> Entry:
    """Where only one person can have signed, nobody is asked who it was."""
    if entry.person_id is not None:
        return entry
    if entry.subject is Subject.ANSWER and entry.unit_id and entry.dated_on:
        heads = await list_heads(turn.session, entry.unit_id, entry.dated_on)
        if len(heads) == 1:
            return replace(entry, person_id=heads[0].id, person_name=views.person_line(heads[0]))
    if entry.subject is Subject.CONSENT and entry.exemplar_id:
        exemplar = await find_exemplar(turn, entry)
        if exemplar.nominee.person_id is not None:
            person = await people.get_person(turn.session, exemplar.nominee.person_id)
            return replace(entry, person_id=person.id, person_name=views.person_line(person))
    return entry


async def show(turn: Turn, writing: Writing, said: Html | None = None, *, page: int = 0) -> None:
    """The step as a screen, under a word why it is shown (again)."""
    buttons = Buttons(turn.texts, writing.stored)
    text, rows = await _ASKS[writing.step](turn, writing, buttons, page)
    if writing.step not in {Step.PREVIEW, Step.EDIT}:
        first = writing.entry.step_before(writing.step) is None
        rows = [*rows, buttons.way_back(back=not first)]
    turn.show(join_html([said, text], "\n\n") if said else text, rows, flow=FLOW)


def unit_named(known: list[Unit], typed: str) -> Unit | None:
    """The one unit whose name, short name or code was typed, accents or not."""
    wanted = fold(typed)
    named = [
        unit for unit in known if wanted in {fold(name) for name in (unit.name, unit.code, *unit.short_names)}
    ]
    return named[0] if len(named) == 1 else None


# --- what every sheet has ---


async def _ask_person(turn: Turn, writing: Writing, buttons: Buttons, _page: int) -> tuple[Html, Rows]:
    entry = writing.entry
    if entry.subject is Subject.NOMINATION:
        return turn.say("paper.ask_nominator"), []
    if entry.subject is Subject.CONSENT:
        named = (await find_exemplar(turn, entry)).representative_id
        known = [await people.get_person(turn.session, named)] if named else []
        rows = buttons.people([one for one in known if not one.left], unit_names=True)
        return turn.say("paper.ask_representative", name=entry.exemplar_name), rows
    assert entry.unit_id is not None  # noqa: S101 - asked before
    assert entry.dated_on is not None  # noqa: S101 - asked before
    heads = await list_heads(turn.session, entry.unit_id, entry.dated_on)
    values = {"unit": entry.unit_name, "day": turn.texts.day(entry.dated_on)}
    if not heads:
        return turn.say("paper.no_head", **values), []
    return turn.say("paper.ask_head", **values), buttons.people(heads, unit_names=False)


async def _ask_date(turn: Turn, _writing: Writing, buttons: Buttons, _page: int) -> tuple[Html, Rows]:
    rows = [[buttons.act("day", "button.today", 0), buttons.act("day", "button.yesterday", 1)]]
    return turn.say("paper.ask_date"), rows


async def _ask_file(turn: Turn, writing: Writing, buttons: Buttons, _page: int) -> tuple[Html, Rows]:
    if writing.entry.subject is Subject.CONSENT:
        return turn.say("paper.ask_file_needed"), []
    return turn.say("paper.ask_file"), [[buttons.act("nofile", "button.no_file")]]


# --- a nomination ---


async def _ask_nominee(turn: Turn, _writing: Writing, buttons: Buttons, _page: int) -> tuple[Html, Rows]:
    return turn.say("paper.ask_nominee"), [buttons.forms()]


async def _ask_group(turn: Turn, _writing: Writing, buttons: Buttons, page: int) -> tuple[Html, Rows]:
    return turn.say("ask.name_group"), buttons.units(await units_now(turn), page)


async def _ask_model(turn: Turn, _writing: Writing, _buttons: Buttons, _page: int) -> tuple[Html, Rows]:
    return turn.say("ask.name_model"), []


async def _ask_unit(turn: Turn, writing: Writing, buttons: Buttons, page: int) -> tuple[Html, Rows]:
    asked = turn.say("ask.unit", name=writing.entry.draft.nominee_name)
    return asked, buttons.units(await units_now(turn), page)


async def _ask_kind(turn: Turn, writing: Writing, buttons: Buttons, _page: int) -> tuple[Html, Rows]:
    line = cards.nominee_line(turn.texts, writing.entry.draft)
    return join_html([line, turn.say("ask.kind")], "\n\n"), cards.kind_rows(turn.texts, buttons)


async def _ask_movement(turn: Turn, writing: Writing, buttons: Buttons, _page: int) -> tuple[Html, Rows]:
    day = writing.entry.dated_on or turn.today
    offered = [one for one in await nominations.list_movements(turn.session) if one.offered_on(day)]
    return turn.say("ask.movement"), cards.movement_rows(buttons, offered)


async def _ask_story(turn: Turn, writing: Writing, _buttons: Buttons, _page: int) -> tuple[Html, Rows]:
    rules = turn.config.nominations
    limits = {"minimum": rules.story_min, "maximum": turn.texts.number(rules.story_max)}
    line = cards.nominee_line(turn.texts, writing.entry.draft)
    return join_html([line, turn.say("paper.ask_story", **limits)], "\n\n"), []


# --- a unit's answer begins with the unit ---


async def _ask_from_unit(turn: Turn, _writing: Writing, buttons: Buttons, page: int) -> tuple[Html, Rows]:
    return turn.say("paper.ask_unit"), buttons.units(await units_now(turn), page)


# --- the end ---


async def _preview(turn: Turn, writing: Writing, buttons: Buttons, _page: int) -> tuple[Html, Rows]:
    entry = writing.entry
    text = (await find_exemplar(turn, entry)).text if entry.subject is Subject.CONSENT else ""
    rows = [
        [buttons.act("record", "button.paper_record")],
        [buttons.act("edit", "button.edit", Step.EDIT.value), buttons.act("cancel", "button.cancel")],
    ]
    return views.preview(turn.texts, entry, text), rows


async def _edit(turn: Turn, writing: Writing, buttons: Buttons, _page: int) -> tuple[Html, Rows]:
    rows = views.edit_rows(turn.texts, buttons, writing.entry)
    return turn.say("paper.ask_edit"), [*rows, [buttons.act("preview", "button.to_preview")]]


_ASKS: dict[Step, Ask] = {
    Step.PERSON: _ask_person,
    Step.DATE: _ask_date,
    Step.FILE: _ask_file,
    Step.NOMINEE: _ask_nominee,
    Step.GROUP: _ask_group,
    Step.MODEL: _ask_model,
    Step.UNIT: _ask_unit,
    Step.KIND: _ask_kind,
    Step.MOVEMENT: _ask_movement,
    Step.STORY: _ask_story,
    Step.FROM_UNIT: _ask_from_unit,
    Step.PERIOD: ask_period,
    Step.PICK: ask_pick,
    Step.CRITERIA: ask_criteria,
    Step.REASON: ask_reason,
    Step.NOBODY: ask_nobody,
    Step.EXEMPLAR: ask_exemplar,
    Step.CONSENT: ask_consent,
    Step.PREVIEW: _preview,
    Step.EDIT: _edit,
}
