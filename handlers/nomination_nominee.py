"""Whom a nomination is about: a person found by name or button, a group, or a way of working."""

from dataclasses import replace

from bot.domain.errors import Refused
from bot.domain.names import fold
from bot.domain.nominations import Draft, Kind, NomineeKind
from bot.domain.passage import UnitName
from bot.domain.people import Person, PersonId, Unit, UnitId
from bot.domain.sentence import Sentence, read_sentence
from bot.domain.writing import capital, clean, problems_of_name
from bot.messages import Call
from bot.operations.find_nominee import find_nominee
from bot.operations.send_nomination import check_nominee
from bot.operations.write_draft import FLOW, Step, Writing, write
from bot.texts import N_, join_html
from handlers import nomination_card as views
from handlers.nomination_card import Buttons
from handlers.nomination_steps import go, go_on, in_unit, problem_text, show, units_now
from handlers.turn import Turn
from storage import people

_LONGEST_TYPED = 200
_FORMS = {Step.GROUP: NomineeKind.GROUP, Step.MODEL: NomineeKind.MODEL}


async def read(turn: Turn, text: str) -> tuple[Sentence, Unit | None] | None:
    """A text as a nomination, with the unit it names; None where it is none."""
    if not text:
        return None
    known = await units_now(turn)
    sentence = read_sentence(text, [UnitName(unit.id, (unit.name, *unit.short_names)) for unit in known])
    if sentence is None or not sentence.is_nomination:
        return None
    return sentence, next((unit for unit in known if unit.id == sentence.unit_id), None)


async def take_sentence(turn: Turn, draft: Draft, sentence: Sentence, unit: Unit | None) -> None:
    """Go as far as a sentence leads: to the card where it says everything."""
    told = sentence.story or ""
    story = capital(told) or draft.story
    draft = replace(draft, story=story, quick=draft.quick or bool(sentence.nominee_text))
    nominee_kind = NomineeKind(sentence.nominee_kind)
    if not sentence.nominee_text:
        await go(turn, draft, Step.NOMINEE)
    elif nominee_kind is NomineeKind.PERSON:
        await _search(turn, draft, sentence.nominee_text, unit)
    else:
        form = Step.MODEL if nominee_kind is NomineeKind.MODEL else Step.GROUP
        await _take_name(turn, draft, form, sentence.nominee_text, unit)


async def receive_nominee(turn: Turn, writing: Writing, text: str) -> None:
    """A name, or a whole sentence with one."""
    said = await read(turn, text)
    if said and (said[0].story or said[0].nominee_kind != NomineeKind.PERSON.value):
        await take_sentence(turn, writing.draft, *said)
    else:
        await _search(turn, writing.draft, said[0].nominee_text if said else text, said[1] if said else None)


async def receive_name(turn: Turn, writing: Writing, text: str) -> None:
    """The name of a group or of a way of working."""
    await _take_name(turn, writing.draft, writing.step, text, None)


async def receive_unit(turn: Turn, writing: Writing, text: str) -> None:
    """A unit's name, short name or code, accents or not."""
    wanted = fold(text)
    named = [
        unit
        for unit in await units_now(turn)
        if wanted in {fold(name) for name in (unit.name, unit.code, *unit.short_names)}
    ]
    if len(named) == 1:
        await go_on(turn, in_unit(writing.draft, named[0]))
    else:
        await show(turn, writing, turn.say("nominate.unit_unknown"))


async def tap_who(turn: Turn, writing: Writing, call: Call) -> None:
    """A person's button."""
    try:
        person = await people.get_person(turn.session, PersonId(call.number))
    except people.NoSuchPerson:
        raise Refused("stale") from None
    await _take_person(turn, writing.draft, person)


async def tap_form(turn: Turn, writing: Writing, call: Call) -> None:
    """No single person: a group, a way of working."""
    await go(turn, writing.draft, Step.MODEL if call.arg == "model" else Step.GROUP)


async def tap_unit(turn: Turn, writing: Writing, call: Call) -> None:
    """A unit's button: the whole unit as a group, or where a group or model belongs."""
    unit = next((unit for unit in await units_now(turn) if unit.id == UnitId(call.number)), None)
    if unit is None or writing.step not in {Step.GROUP, Step.UNIT}:
        raise Refused("stale")
    if writing.step is Step.GROUP:
        await _take_name(turn, writing.draft, Step.GROUP, unit.name, unit)
    else:
        await go_on(turn, in_unit(writing.draft, unit))


async def tap_page(turn: Turn, writing: Writing, call: Call) -> None:
    """Other people, other units."""
    await show(turn, writing, page=max(call.number, 0))


async def _search(turn: Turn, draft: Draft, typed: str, unit: Unit | None) -> None:
    name = clean(typed, multiline=False)[:_LONGEST_TYPED]
    found = await find_nominee(turn.session, name, unit.id if unit else None, turn.person)
    if found.clear is not None:
        await _take_person(turn, draft, found.clear)
        return
    if found.several:
        message_id = N_("nominate.one_at_a_time")
    elif not found.choices:
        message_id = N_("nominate.nobody_found")
    else:
        message_id = N_("nominate.which") if found.sure else N_("nominate.did_you_mean")
    writing = await write(turn.session, turn.person.id, draft, Step.NOMINEE, turn.now)
    buttons = Buttons(turn.texts, writing.stored)
    kept = bool(draft.story and draft.has_nominee)
    rows = [*buttons.people(found.choices, unit_names=True), buttons.forms(), buttons.way_back(back=kept)]
    asked = [turn.say(message_id, typed=name[:80]), views.choice_lines(found.choices)]
    turn.show(join_html([part for part in asked if part], "\n\n"), rows, flow=FLOW)


async def _take_person(turn: Turn, draft: Draft, person: Person) -> None:
    try:
        check_nominee(person, turn.person, turn.config)
    except Refused as refusal:
        await go(turn, draft, Step.NOMINEE, turn.say(refusal.message_id, **refusal.values))
        return
    was_model = draft.nominee_kind is NomineeKind.MODEL
    chosen = replace(
        draft,
        nominee_kind=NomineeKind.PERSON,
        nominee_id=person.id,
        nominee_name=person.full_name,
        nominee_post=person.post,
        unit_id=person.unit_id,
        unit_name=person.unit_name,
        kind=Kind.GOOD_DEED if was_model else draft.kind,
    )
    await go_on(turn, chosen)


async def _take_name(turn: Turn, draft: Draft, form: Step, typed: str, unit: Unit | None) -> None:
    name = clean(typed)
    problems = problems_of_name(name)
    if problems:
        said = problem_text(turn, problems, turn.say("problems.name_example"))
        await go(turn, draft, form, said)
        return
    usual = Kind.NEW_MODEL if form is Step.MODEL else Kind.GOOD_DEED
    kind = draft.kind if draft.nominee_kind is _FORMS[form] else usual
    named = replace(
        draft,
        nominee_kind=_FORMS[form],
        nominee_id=None,
        nominee_name=clean(name, multiline=False),
        nominee_post="",
        unit_id=None,
        unit_name="",
        kind=kind,
    )
    await go_on(turn, in_unit(named, unit) if unit else named)
