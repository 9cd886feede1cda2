"""What a nomination on paper says: whom it honours, of which kind, in which movement, for what."""

from dataclasses import replace

from bot.domain.errors import Refused
from bot.domain.nominations import Kind, NomineeKind
from bot.domain.people import Unit, UnitId
from bot.domain.writing import clean, length, problems_of_name
from bot.messages import Call
from bot.operations.send_nomination import problems_of_draft
from bot.operations.write_paper import Entry, Step, Writing
from handlers import nomination_card as cards
from handlers.nomination_steps import problem_text, too_short, units_now
from handlers.paper_sheet import search
from handlers.paper_steps import go, go_on, show, unit_named
from handlers.turn import Turn
from storage import nominations

_FORMS = {Step.GROUP: NomineeKind.GROUP, Step.MODEL: NomineeKind.MODEL}


# --- whom ---


async def receive_nominee(turn: Turn, writing: Writing, text: str) -> None:
    """A person's name."""
    await search(turn, writing, text)


async def tap_form(turn: Turn, writing: Writing, call: Call) -> None:
    """No single person: a group, a way of working."""
    await go(turn, writing.entry, Step.MODEL if call.arg == "model" else Step.GROUP)


async def receive_name(turn: Turn, writing: Writing, text: str) -> None:
    """The name of a group or of a way of working."""
    problems = problems_of_name(clean(text))
    if problems:
        await show(turn, writing, problem_text(turn, problems, turn.say("problems.name_example")))
        return
    name = clean(text, multiline=False)
    unit = unit_named(await units_now(turn), name) if writing.step is Step.GROUP else None
    await _take_name(turn, writing.entry, _FORMS[writing.step], name, unit)


async def _take_name(turn: Turn, entry: Entry, form: NomineeKind, name: str, unit: Unit | None) -> None:
    usual = Kind.NEW_MODEL if form is NomineeKind.MODEL else Kind.GOOD_DEED
    draft = replace(
        entry.draft,
        nominee_kind=form,
        nominee_id=None,
        nominee_name=name,
        nominee_post="",
        unit_id=unit.id if unit else None,
        unit_name=unit.name if unit else "",
        kind=entry.draft.kind if entry.kind_asked else usual,
    )
    await go_on(turn, replace(entry, draft=draft))


async def receive_unit(turn: Turn, writing: Writing, text: str) -> None:
    """A unit's name, short name or code."""
    unit = unit_named(await units_now(turn), text)
    if unit is None:
        await show(turn, writing, turn.say("nominate.unit_unknown"))
    else:
        await take_unit(turn, writing, unit)


async def tap_unit(turn: Turn, writing: Writing, call: Call) -> None:
    """A unit's button: the whole unit as a group, where a group belongs, or whose answer it is."""
    unit = next((unit for unit in await units_now(turn) if unit.id == UnitId(call.number)), None)
    if unit is None or writing.step not in {Step.GROUP, Step.UNIT, Step.FROM_UNIT}:
        raise Refused("stale")
    await take_unit(turn, writing, unit)


async def take_unit(turn: Turn, writing: Writing, unit: Unit) -> None:
    """The unit is what the step asked for."""
    entry = writing.entry
    if writing.step is Step.GROUP:
        await _take_name(turn, entry, NomineeKind.GROUP, unit.name, unit)
    elif writing.step is Step.UNIT:
        draft = replace(entry.draft, unit_id=unit.id, unit_name=unit.name)
        await go_on(turn, replace(entry, draft=draft))
    else:
        same = entry.unit_id == unit.id
        kept = entry if same else replace(entry.without_picks(), period="", person_id=None, person_name="")
        await go_on(turn, replace(kept, unit_id=unit.id, unit_name=unit.name))


# --- what ---


async def tap_kind(turn: Turn, writing: Writing, call: Call) -> None:
    """A kind's button."""
    if call.arg not in set(Kind):
        raise Refused("stale")
    await _take_kind(turn, writing.entry, Kind(call.arg))


async def receive_kind(turn: Turn, writing: Writing, text: str) -> None:
    """A kind typed out."""
    kind = cards.kind_named(turn.texts, text)
    if kind is None:
        await show(turn, writing, turn.say("nominate.choose_button"))
    else:
        await _take_kind(turn, writing.entry, kind)


async def _take_kind(turn: Turn, entry: Entry, kind: Kind) -> None:
    await go_on(turn, replace(entry, draft=replace(entry.draft, kind=kind), kind_asked=True))


async def tap_movement(turn: Turn, writing: Writing, call: Call) -> None:
    """A movement's button, or none."""
    entry, day = writing.entry, writing.entry.dated_on or turn.today
    known = await nominations.list_movements(turn.session)
    movement = next((one for one in known if one.id == call.number and one.offered_on(day)), None)
    if movement is None and call.number != 0:
        raise Refused("stale")
    draft = replace(
        entry.draft,
        movement_id=movement.id if movement else None,
        movement_name=movement.name if movement else "",
    )
    await go_on(turn, replace(entry, draft=draft))


async def receive_story(turn: Turn, writing: Writing, text: str) -> None:
    """What was done. A story that was only too short goes on; any other is replaced."""
    entry = writing.entry
    before = problems_of_draft(entry.draft, turn.config) if entry.draft.story else []
    story = f"{entry.draft.story} {text}" if too_short(before) else text
    draft = replace(entry.draft, story=story)
    entry = replace(entry, draft=draft)
    problems = problems_of_draft(draft, turn.config)
    if not problems:
        await go_on(turn, entry)
    elif too_short(problems):
        said = turn.say("ask.more_story", story=story, **problems[0].values)
        await go(turn, entry, Step.STORY, said)
    else:
        kept = draft if length(story) <= turn.config.nominations.story_max else replace(draft, story="")
        said = problem_text(turn, problems, turn.say("problems.example"))
        await go(turn, replace(entry, draft=kept), Step.STORY, said)
