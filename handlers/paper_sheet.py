"""What every sheet has: in whose name it is, the day written on it, its photo or scan."""

from dataclasses import replace

from bot.domain.errors import Refused
from bot.domain.paper import Subject, check_day, read_day
from bot.domain.passage import UnitName
from bot.domain.people import Person, PersonId, Unit
from bot.domain.sentence import read_sentence
from bot.domain.writing import clean
from bot.messages import Call
from bot.operations.enter_on_paper import list_heads
from bot.operations.find_nominee import find_nominee
from bot.operations.write_paper import Entry, Step, Writing, write
from bot.texts import N_, join_html
from handlers import paper_views as views
from handlers.nomination_card import Buttons, choice_lines
from handlers.nomination_steps import units_now
from handlers.paper_steps import go, go_on, show
from handlers.turn import Turn
from storage import people

_STEPS_OF_PEOPLE = {Step.PERSON, Step.NOMINEE}
_LONGEST_TYPED = 200
_FILES = {"photo", "document"}


# --- a person, by name ---


async def receive_person(turn: Turn, writing: Writing, text: str) -> None:
    """The name of whoever the sheet is from."""
    entry = writing.entry
    if entry.subject is not Subject.ANSWER:
        await search(turn, writing, text)
        return
    heads = await _heads(turn, entry)
    found = await find_nominee(turn.session, clean(text, multiline=False)[:_LONGEST_TYPED], None, turn.person)
    meant = [head for head in heads if found.clear and head.id == found.clear.id]
    meant = meant or [head for head in heads if head.id in {one.id for one in found.choices}]
    if len(meant) == 1:
        await take_person(turn, entry, meant[0])
    else:
        await show(turn, writing, turn.say("paper.not_head", unit=entry.unit_name))


async def search(turn: Turn, writing: Writing, text: str) -> None:
    """Look the name up; homonyms become buttons with post and unit."""
    name, unit = await _name_and_unit(turn, text)
    found = await find_nominee(turn.session, name, unit.id if unit else None, turn.person)
    if found.clear is not None:
        await take(turn, writing, found.clear)
        return
    if found.several or not found.choices:
        message_id = N_("paper.one_person") if found.several else N_("paper.nobody_found")
        await show(turn, writing, turn.say(message_id, typed=name[:80]))
        return
    message_id = N_("nominate.which") if found.sure else N_("nominate.did_you_mean")
    kept = await write(turn.session, turn.person.id, writing.entry, writing.step, turn.now)
    buttons = Buttons(turn.texts, kept.stored)
    asked = join_html([turn.say(message_id, typed=name[:80]), choice_lines(found.choices)], "\n\n")
    turn.show(
        asked, [*buttons.people(found.choices, unit_names=True), buttons.way_back()], flow=kept.stored.flow
    )


async def _name_and_unit(turn: Turn, text: str) -> tuple[str, Unit | None]:
    """ "chị Lan phòng Nội chính" is a name and a unit; anything else is a name."""
    name = clean(text, multiline=False)[:_LONGEST_TYPED]
    known = await units_now(turn)
    names = [UnitName(unit.id, (unit.name, *unit.short_names)) for unit in known]
    said = read_sentence(f"Đề cử {name}", names)
    if said is None or not said.nominee_text or said.story or said.nominee_kind != "person":
        return name, None
    return said.nominee_text, next((unit for unit in known if unit.id == said.unit_id), None)


async def tap_who(turn: Turn, writing: Writing, call: Call) -> None:
    """A person's button."""
    try:
        person = await people.get_person(turn.session, PersonId(call.number))
    except people.NoSuchPerson:
        raise Refused("stale") from None
    if writing.step not in _STEPS_OF_PEOPLE:
        raise Refused("stale")
    if writing.entry.subject is Subject.ANSWER and person.id not in {
        head.id for head in await _heads(turn, writing.entry)
    }:
        raise Refused("stale")
    await take(turn, writing, person)


async def take(turn: Turn, writing: Writing, person: Person) -> None:
    """The person is whom the step asked for."""
    if writing.step is Step.NOMINEE:
        await take_nominee(turn, writing.entry, person)
    else:
        await take_person(turn, writing.entry, person)


async def take_person(turn: Turn, entry: Entry, person: Person) -> None:
    """The sheet is in this person's name."""
    if person.left or person.erased:
        await go(turn, entry, Step.PERSON, turn.say("paper.not_here", name=person.full_name))
    elif _is_self(turn, entry.draft.nominee_id, person):
        await go(turn, entry, Step.PERSON, turn.say("paper.self", name=person.full_name))
    else:
        await go_on(turn, replace(entry, person_id=person.id, person_name=views.person_line(person)))


async def take_nominee(turn: Turn, entry: Entry, person: Person) -> None:
    """The sheet nominates this person."""
    if person.left or person.erased:
        await go(turn, entry, Step.NOMINEE, turn.say("nominate.left", name=person.full_name))
        return
    if _is_self(turn, entry.person_id, person):
        await go(turn, entry, Step.NOMINEE, turn.say("paper.self", name=person.full_name))
        return
    draft = replace(
        entry.draft,
        nominee_kind=entry.draft.nominee_kind.PERSON,
        nominee_id=person.id,
        nominee_name=person.full_name,
        nominee_post=person.post,
        unit_id=person.unit_id,
        unit_name=person.unit_name,
    )
    await go_on(turn, replace(entry, draft=draft))


def _is_self(turn: Turn, other: PersonId | None, person: Person) -> bool:
    return other == person.id and not turn.config.nominations.allow_self


async def _heads(turn: Turn, entry: Entry) -> list[Person]:
    if entry.unit_id is None or entry.dated_on is None:
        return []
    return await list_heads(turn.session, entry.unit_id, entry.dated_on)


# --- its day ---


async def receive_date(turn: Turn, writing: Writing, text: str) -> None:
    """A day that was typed."""
    day = read_day(text, turn.today)
    if day is None:
        await show(turn, writing, turn.say("paper.bad_date", typed=text[:40]))
        return
    try:
        check_day(day, turn.today)
    except Refused as refusal:
        await show(turn, writing, turn.say(refusal.message_id, **refusal.values))
        return
    entry = replace(writing.entry, dated_on=day)
    if entry.subject is Subject.ANSWER and entry.person_id not in {
        one.id for one in await _heads(turn, entry)
    }:
        entry = replace(entry, person_id=None, person_name="")
    await go_on(turn, entry)


async def tap_day(turn: Turn, writing: Writing, call: Call) -> None:
    """Today or yesterday."""
    await receive_date(turn, writing, "hôm qua" if call.number == 1 else "hôm nay")


# --- its photo ---


async def receive_file(turn: Turn, writing: Writing) -> None:
    """The photo or scan of the sheet, wherever in the conversation it comes."""
    entry, file = writing.entry, turn.incoming.file
    if file is None or file.kind not in _FILES:
        await show(turn, writing, turn.say("paper.only_photo"))
    elif entry.file is not None and writing.step is not Step.FILE:
        await show(turn, writing, turn.say("paper.one_file"))
    else:
        asked = writing.step is Step.FILE
        entry = replace(entry, file=file, without_file=False)
        kept = turn.say("paper.file_kept")
        await (go_on(turn, entry, kept) if asked else go(turn, entry, writing.step, kept))


async def receive_no_file(turn: Turn, writing: Writing, _text: str) -> None:
    """Words where the photo is waited for."""
    await show(turn, writing, turn.say("paper.only_photo"))


async def tap_no_file(turn: Turn, writing: Writing, _call: Call) -> None:
    """There is no photo: only a consent cannot do without."""
    if writing.entry.subject is Subject.CONSENT:
        raise Refused("paper.file_needed")
    await go_on(turn, replace(writing.entry, file=None, without_file=True))
