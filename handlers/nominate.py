"""Nominating: in one message and one tap, or step by step.

/decu → whom → kind → movement → the story → the card → sent, with sixty seconds to take it back. Whatever is
known already is not asked. Every step is a row before it is answered, so the conversation can be left and
resumed on any day.
"""

from dataclasses import replace

from bot.domain.errors import BadInput, Gone, Refused
from bot.domain.nominations import ADDED_FIELDS, Draft, EndorsementId, Kind, Movement, NomineeKind
from bot.domain.people import Person, PersonId, Unit, UnitId
from bot.domain.passage import UnitName
from bot.domain.sentence import Sentence, read_sentence
from bot.domain.writing import Problem, clean, length, problems_of_name, problems_of_short
from bot.messages import Button, Call
from bot.operations.find_nominee import find_nominee
from bot.operations.send_nomination import (
    check_nominee,
    draft_of,
    own_endorsement,
    problems_of_draft,
    send_nomination,
    undo_nomination,
)
from bot.operations.write_draft import FLOW, Step, Writing, find_writing, throw_away, write
from bot.texts import Html, join_html
from handlers import nomination_card as views
from handlers.incoming import Sort
from handlers.nomination_card import Buttons
from handlers.turn import Turn
from storage import nominations, people, units

_ADDED_MAX = 500
_LONGEST_WAITING = 4096


# --- ways in ---


async def start(turn: Turn) -> None:
    """/decu, alone or with the whole nomination behind it."""
    _command, _, rest = turn.incoming.text.partition(" ")
    await begin(turn, clean(rest))


async def begin(turn: Turn, text: str) -> None:
    """Begin a nomination with what was said, unless another one waits half-finished."""
    writing = await find_writing(turn.session, turn.person.id)
    if writing and writing.draft.begun:
        await _offer_resume(turn, writing, text)
    else:
        await _begin_new(turn, text)


async def try_sentence(turn: Turn) -> bool:
    """A text outside any conversation: begin if it is a nomination; False if it is not."""
    text = clean(turn.incoming.text)
    sentence = await _read(turn, text)
    if sentence is None and not (
        turn.incoming.forwarded and length(text) >= turn.config.nominations.story_min
    ):
        return False
    await begin(turn, text)
    return True


async def edit_sent(turn: Turn, call: Call) -> None:
    """Open a reason of one's own for change, from /cuatoi."""
    sent = await own_endorsement(turn.session, turn.person, EndorsementId(call.row))
    if not sent.may_change(turn.now, turn.config.nominations.edit_hours):
        raise Gone("mine.too_late")
    waiting = await find_writing(turn.session, turn.person.id)
    if waiting and waiting.draft.begun and waiting.draft.editing != sent.id:
        await _offer_resume(turn, waiting, "")
    else:
        await _go(turn, draft_of(sent, sent.id), Step.CARD)


async def _begin_new(turn: Turn, text: str) -> None:
    draft = Draft(evidence=(turn.incoming.file,) if turn.incoming.file else ())
    sentence = await _read(turn, text)
    if sentence is None and text and not turn.incoming.forwarded:
        sentence = await _read(turn, f"{_TRIGGER} {text}")
    if sentence is None:
        await _go(turn, replace(draft, story=text), Step.NOMINEE)
    else:
        await _take_sentence(turn, draft, sentence)


_TRIGGER = "Đề cử"


async def _read(turn: Turn, text: str) -> Sentence | None:
    if not text:
        return None
    known = await units.list_units(turn.session, turn.today)
    sentence = read_sentence(text, [UnitName(unit.id, (unit.name, *unit.short_names)) for unit in known])
    return sentence if sentence and sentence.is_nomination else None


async def _take_sentence(turn: Turn, draft: Draft, sentence: Sentence) -> None:
    draft = replace(draft, story=sentence.story or draft.story)
    unit_id = UnitId(sentence.unit_id) if sentence.unit_id is not None else None
    nominee_kind = NomineeKind(sentence.nominee_kind)
    if nominee_kind is not NomineeKind.PERSON and sentence.nominee_text:
        kind = Kind.NEW_MODEL if nominee_kind is NomineeKind.MODEL else draft.kind
        draft = replace(draft, nominee_kind=nominee_kind, kind=kind)
        await _take_name(turn, replace(draft, unit_id=unit_id), sentence.nominee_text)
    elif sentence.nominee_text:
        await _search(turn, draft, sentence.nominee_text, unit_id)
    else:
        await _go(turn, draft, Step.NOMINEE)


async def _offer_resume(turn: Turn, writing: Writing, text: str) -> None:
    draft = replace(writing.draft, waiting=text[:_LONGEST_WAITING])
    kept = await write(turn.session, turn.person.id, draft, writing.step, turn.now)
    buttons = Buttons(turn.texts, kept.stored)
    named = views.nominee_line(turn.texts, draft, *await _nominee(turn, draft))
    rows = [[buttons.act("resume", "button.resume"), buttons.act("anew", "button.anew")]]
    turn.show(turn.say("nominate.unfinished", nominee=named), rows, flow=FLOW)


# --- what the person types ---


async def receive(turn: Turn) -> None:
    """A text or file while nominating."""
    writing = await find_writing(turn.session, turn.person.id)
    if writing is None:
        await begin(turn, clean(turn.incoming.text))
    elif turn.incoming.file:
        await _receive_file(turn, writing)
    elif turn.incoming.sort is not Sort.TEXT:
        await _say(turn, writing, turn.say("nominate.only_text"))
    else:
        await _RECEIVERS[writing.step](turn, writing, clean(turn.incoming.text))


async def _receive_nominee(turn: Turn, writing: Writing, text: str) -> None:
    sentence = await _read(turn, text)
    if sentence and (sentence.story or sentence.nominee_kind != NomineeKind.PERSON.value):
        await _take_sentence(turn, writing.draft, sentence)
        return
    await _search(turn, writing.draft, sentence.nominee_text if sentence else text, None)


async def _receive_name(turn: Turn, writing: Writing, text: str) -> None:
    await _take_name(turn, writing.draft, text)


async def _receive_unit(turn: Turn, writing: Writing, text: str) -> None:
    known = await units.list_units(turn.session, turn.today)
    wanted = clean(text, multiline=False).casefold()
    named = [
        unit
        for unit in known
        if wanted in {name.casefold() for name in (unit.name, unit.code, *unit.short_names)}
    ]
    if len(named) == 1:
        await _next(turn, replace(writing.draft, unit_id=named[0].id))
    else:
        await _say(turn, writing, turn.say("nominate.unit_unknown"))


async def _receive_story(turn: Turn, writing: Writing, text: str) -> None:
    draft = replace(writing.draft, story=text)
    await _go(turn, draft, Step.STORY if problems_of_draft(draft, turn.config) else Step.CARD)


async def _receive_field(turn: Turn, writing: Writing, text: str) -> None:
    problems = problems_of_short(text, _ADDED_MAX)
    if problems:
        await _say(turn, writing, _problems(turn, problems))
        return
    await _go(turn, writing.draft.with_added(writing.step.value, text), Step.CARD)


async def _receive_aside(turn: Turn, writing: Writing, text: str) -> None:
    """A text at the card: the person says whether it replaces the story or goes on with it."""
    draft = replace(writing.draft, waiting=text)
    kept = await write(turn.session, turn.person.id, draft, Step.CARD, turn.now)
    buttons = Buttons(turn.texts, kept.stored)
    rows = [
        [
            buttons.act("aside", "button.add_to_story", "add"),
            buttons.act("aside", "button.replace_story", "replace"),
        ],
        [buttons.act("card", "button.to_card")],
    ]
    turn.show(turn.say("nominate.aside"), rows, flow=FLOW)


async def _receive_choice(turn: Turn, writing: Writing, _text: str) -> None:
    await _say(turn, writing, turn.say("nominate.choose_button"))


_RECEIVERS = {
    Step.NOMINEE: _receive_nominee,
    Step.NAME: _receive_name,
    Step.UNIT: _receive_unit,
    Step.KIND: _receive_choice,
    Step.MOVEMENT: _receive_choice,
    Step.STORY: _receive_story,
    Step.CARD: _receive_aside,
    Step.EDIT: _receive_aside,
    Step.EVIDENCE: _receive_aside,
    **dict.fromkeys((Step(name) for name in ADDED_FIELDS), _receive_field),
}


async def _receive_file(turn: Turn, writing: Writing) -> None:
    """A photo or file is evidence at any step; its caption may be the story that is being asked for."""
    attachment, draft = turn.incoming.file, writing.draft
    most = turn.config.nominations.evidence_max
    known = {evidence.file_unique_id for evidence in draft.evidence}
    if attachment and attachment.file_unique_id not in known:
        if len(draft.evidence) >= most:
            await _say(turn, writing, turn.say("nominate.evidence_full", most=most))
            return
        draft = replace(draft, evidence=(*draft.evidence, attachment))
    caption = clean(turn.incoming.text)
    if caption and writing.step is Step.STORY:
        await _receive_story(turn, replace(writing, draft=draft), caption)
    else:
        step = Step.CARD if writing.step is Step.EVIDENCE and not turn.incoming.album else writing.step
        await _go(turn, draft, step, turn.texts.count("nominate.evidence_kept", len(draft.evidence)))


# --- what the person taps ---


async def tap(turn: Turn, call: Call) -> None:
    """A button of the conversation: it holds for the draft and the version it was shown for."""
    if call.act in {"undo", "more"}:
        await (_undo if call.act == "undo" else start_more)(turn, call)
        return
    writing = await find_writing(turn.session, turn.person.id)
    if writing is None or writing.stored.id != call.row or writing.stored.version != call.version:
        turn.again(turn.plain("stale"))
        return
    act = _TAPS.get(call.act)
    if act is None:
        raise Refused("stale")
    await act(turn, writing, call)


async def start_more(turn: Turn, _call: Call) -> None:
    """[Đề cử người khác] under a receipt: the receipt stays."""
    await begin(turn, "")
    if turn.answer:
        turn.answer.pop("edit", None)


async def _tap_who(turn: Turn, writing: Writing, call: Call) -> None:
    try:
        person = await people.get_person(turn.session, PersonId(call.number))
    except people.NoSuchPerson:
        raise Refused("stale") from None
    await _take_person(turn, writing.draft, person)


async def _tap_form(turn: Turn, writing: Writing, call: Call) -> None:
    kind = NomineeKind.MODEL if call.arg == "model" else NomineeKind.GROUP
    usual = Kind.NEW_MODEL if kind is NomineeKind.MODEL else writing.draft.kind
    draft = replace(
        writing.draft, nominee_kind=kind, nominee_id=None, nominee_name="", unit_id=None, kind=usual
    )
    await _go(turn, draft, Step.NAME)


async def _tap_unit(turn: Turn, writing: Writing, call: Call) -> None:
    known = {unit.id: unit for unit in await units.list_units(turn.session, turn.today)}
    unit = known.get(UnitId(call.number))
    if unit is None:
        raise Refused("stale")
    name = writing.draft.nominee_name or unit.name
    await _next(turn, replace(writing.draft, nominee_name=name, unit_id=unit.id))


async def _tap_kind(turn: Turn, writing: Writing, call: Call) -> None:
    if call.arg not in set(Kind):
        raise Refused("stale")
    draft = replace(writing.draft, kind=Kind(call.arg))
    await _go(turn, draft, Step.CARD if draft.story else Step.MOVEMENT)


async def _tap_movement(turn: Turn, writing: Writing, call: Call) -> None:
    offered = {movement.id: movement for movement in await _movements(turn)}
    movement = next((found for key, found in offered.items() if key == call.number), None)
    if movement is None and call.number != 0:
        raise Refused("stale")
    draft = replace(writing.draft, movement_id=movement.id if movement else None)
    await _go(turn, draft, Step.CARD if draft.story else Step.STORY)


async def _tap_edit(turn: Turn, writing: Writing, call: Call) -> None:
    if call.arg not in set(Step):
        raise Refused("stale")
    await _go(turn, writing.draft, Step(call.arg))


async def _tap_hide(turn: Turn, writing: Writing, _call: Call) -> None:
    if not turn.config.nominations.may_hide_name:
        raise Refused("stale")
    await _go(turn, replace(writing.draft, hide_name=not writing.draft.hide_name), Step.CARD)


async def _tap_clear(turn: Turn, writing: Writing, _call: Call) -> None:
    if writing.step is Step.EVIDENCE:
        await _go(turn, replace(writing.draft, evidence=()), Step.CARD)
    elif writing.step.value in ADDED_FIELDS:
        await _go(turn, writing.draft.with_added(writing.step.value, ""), Step.CARD)
    else:
        raise Refused("stale")


async def _tap_aside(turn: Turn, writing: Writing, call: Call) -> None:
    draft = writing.draft
    story = f"{draft.story}\n{draft.waiting}" if call.arg == "add" and draft.story else draft.waiting
    draft = replace(draft, story=story, waiting="")
    await _go(turn, draft, Step.STORY if problems_of_draft(draft, turn.config) else Step.CARD)


async def _tap_shorten(turn: Turn, writing: Writing, _call: Call) -> None:
    most = turn.config.nominations.story_max
    await _next(turn, replace(writing.draft, story=writing.draft.story[:most].rstrip()))


async def _tap_card(turn: Turn, writing: Writing, _call: Call) -> None:
    await _next(turn, replace(writing.draft, waiting=""))


async def _tap_page(turn: Turn, writing: Writing, call: Call) -> None:
    await _show(turn, writing, page=max(call.number, 0))


async def _tap_back(turn: Turn, writing: Writing, _call: Call) -> None:
    draft = writing.draft
    if draft.story and draft.has_nominee and writing.step is not Step.UNIT:
        await _go(turn, draft, Step.CARD)
    else:
        await _go(turn, draft, _BEFORE.get(writing.step, Step.NOMINEE))


_BEFORE = {Step.UNIT: Step.NAME, Step.MOVEMENT: Step.KIND, Step.STORY: Step.MOVEMENT}


async def _tap_resume(turn: Turn, writing: Writing, _call: Call) -> None:
    await _go(turn, replace(writing.draft, waiting=""), writing.step)


async def _tap_anew(turn: Turn, writing: Writing, _call: Call) -> None:
    await throw_away(turn.session, turn.person.id)
    await _begin_new(turn, writing.draft.waiting)


async def _tap_cancel(turn: Turn, writing: Writing, _call: Call) -> None:
    await set_aside(turn, writing)


async def set_aside(turn: Turn, writing: Writing) -> None:
    """Leave the conversation; what was written stays behind one button, and is offered by /decu."""
    buttons = Buttons(turn.texts, writing.stored)
    if writing.draft.begun:
        rows = [[buttons.act("resume", "button.undo_cancel"), buttons.act("discard", "button.discard")]]
        turn.show(turn.say("nominate.cancelled"), rows)
    else:
        await throw_away(turn.session, turn.person.id)
        turn.show(turn.say("nominate.left_off"))


async def _tap_discard(turn: Turn, _writing: Writing, _call: Call) -> None:
    await throw_away(turn.session, turn.person.id)
    turn.show(turn.say("nominate.discarded"))


async def _tap_send(turn: Turn, writing: Writing, _call: Call) -> None:
    try:
        got = await send_nomination(turn.session, turn.person, writing.draft, turn.config, turn.now)
    except BadInput:
        await _go(turn, writing.draft, Step.STORY)
        return
    await throw_away(turn.session, turn.person.id)
    sent, seconds = got.endorsement, turn.config.nominations.undo_seconds
    undo = Button(turn.plain("button.undo", seconds=seconds), str(Call(FLOW, sent.id, 0, "undo")))
    more = Button(turn.plain("button.nominate_more"), str(Call(FLOW, 0, 0, "more")))
    mine = Button(turn.plain("button.mine"), str(Call("m", 0, 0, "list", "0")))
    turn.show(views.receipt(turn.texts, got), [*([[undo]] if seconds else []), [more, mine]])


async def _undo(turn: Turn, call: Call) -> None:
    if await find_writing(turn.session, turn.person.id):
        raise Refused("nominate.undo_busy")
    draft = await undo_nomination(turn.session, turn.person, EndorsementId(call.row), turn.config, turn.now)
    await _go(turn, draft, Step.CARD, turn.say("nominate.undone"))


_TAPS = {
    "who": _tap_who,
    "form": _tap_form,
    "unit": _tap_unit,
    "kind": _tap_kind,
    "movement": _tap_movement,
    "edit": _tap_edit,
    "hide": _tap_hide,
    "clear": _tap_clear,
    "aside": _tap_aside,
    "shorten": _tap_shorten,
    "card": _tap_card,
    "people": _tap_page,
    "units": _tap_page,
    "back": _tap_back,
    "resume": _tap_resume,
    "anew": _tap_anew,
    "cancel": _tap_cancel,
    "discard": _tap_discard,
    "send": _tap_send,
}


# --- finding the nominee ---


async def _search(turn: Turn, draft: Draft, typed: str, unit_id: UnitId | None) -> None:
    found = await find_nominee(turn.session, clean(typed, multiline=False)[:200], unit_id, turn.person)
    if found.clear is not None:
        await _take_person(turn, draft, found.clear)
        return
    writing = await write(turn.session, turn.person.id, draft, Step.NOMINEE, turn.now)
    buttons = Buttons(turn.texts, writing.stored)
    rows = [*buttons.people(found.choices, unit_names=True), _form_row(buttons), buttons.way_back(back=False)]
    message_id = "nominate.which" if found.choices else "nominate.nobody_found"
    turn.show(turn.say(message_id, typed=_short(typed)), rows, flow=FLOW)


async def _take_person(turn: Turn, draft: Draft, person: Person) -> None:
    try:
        check_nominee(person, turn.person, turn.config)
    except Refused as refusal:
        cleared = replace(draft, nominee_id=None, nominee_name="", unit_id=None)
        await _go(turn, cleared, Step.NOMINEE, turn.say(refusal.message_id, **refusal.values))
        return
    chosen = replace(
        draft,
        nominee_kind=NomineeKind.PERSON,
        nominee_id=person.id,
        nominee_name=person.full_name,
        unit_id=person.unit_id,
    )
    await _next(turn, chosen)


async def _take_name(turn: Turn, draft: Draft, typed: str) -> None:
    name = clean(typed, multiline=False)
    problems = problems_of_name(name)
    if problems:
        writing = await write(turn.session, turn.person.id, draft, Step.NAME, turn.now)
        await _say(turn, writing, _problems(turn, problems))
        return
    await _next(turn, replace(draft, nominee_name=name, nominee_id=None))


async def _next(turn: Turn, draft: Draft) -> None:
    """The first thing that is still missing, else the card."""
    if draft.nominee_id is None and draft.nominee_name and draft.unit_id is None:
        await _go(turn, draft, Step.UNIT)
    elif not draft.has_nominee:
        await _go(turn, draft, Step.NOMINEE)
    elif not draft.story:
        await _go(turn, draft, Step.KIND)
    else:
        await _go(turn, draft, Step.STORY if problems_of_draft(draft, turn.config) else Step.CARD)


# --- showing ---


async def _go(turn: Turn, draft: Draft, step: Step, said: Html | None = None) -> None:
    """Keep the draft at a step and show that step, with a word on top where there is one."""
    if step is Step.MOVEMENT and not await _movements(turn):
        step = Step.CARD if draft.story else Step.STORY
    writing = await write(turn.session, turn.person.id, draft, step, turn.now)
    await _show(turn, writing, said)


async def _say(turn: Turn, writing: Writing, said: Html) -> None:
    """The same step again under a word why."""
    await _show(turn, writing, said)


async def _show(turn: Turn, writing: Writing, said: Html | None = None, page: int = 0) -> None:
    buttons = Buttons(turn.texts, writing.stored)
    text, rows = await _view(turn, writing, buttons, page)
    turn.show(join_html([said, text], "\n\n") if said else text, rows, flow=FLOW)


async def _view(turn: Turn, writing: Writing, buttons: Buttons, page: int) -> tuple[Html, list[list[Button]]]:
    step, draft = writing.step, writing.draft
    back = buttons.way_back()
    if step is Step.NOMINEE:
        return await _view_nominee(turn, buttons, draft, page)
    if step is Step.NAME:
        known = await units.list_units(turn.session, turn.today)
        rows = buttons.units(known, page) if draft.nominee_kind is NomineeKind.GROUP else []
        return turn.say(f"ask.name_{draft.nominee_kind.value}"), [*rows, back]
    if step is Step.UNIT:
        known = await units.list_units(turn.session, turn.today)
        own_first = sorted(known, key=lambda unit: unit.id != turn.person.unit_id)
        return turn.say("ask.unit", name=draft.nominee_name), [*buttons.units(own_first, page), back]
    if step is Step.KIND:
        return turn.say("ask.kind"), [*views.kind_rows(turn.texts, buttons), back]
    if step is Step.MOVEMENT:
        return turn.say("ask.movement"), [*views.movement_rows(buttons, await _movements(turn)), back]
    if step is Step.STORY:
        return _view_story(turn, buttons, draft)
    if step is Step.EVIDENCE:
        rows = [[buttons.act("clear", "button.clear_evidence")]] if draft.evidence else []
        return turn.say("ask.evidence", most=turn.config.nominations.evidence_max), [*rows, back]
    if step.value in ADDED_FIELDS:
        rows = [[buttons.act("clear", "button.clear")]] if getattr(draft, step.value) else []
        return turn.say(views.ASKED[step.value]), [*rows, back]
    return await _view_card(turn, writing, buttons)


async def _view_nominee(
    turn: Turn, buttons: Buttons, draft: Draft, page: int
) -> tuple[Html, list[list[Button]]]:
    me = turn.person
    recent = await people.list_recent_nominees(turn.session, me.id, 3) if page == 0 else []
    seen = {me.id, *(person.id for person in recent)}
    own = [person for person in await people.list_in_unit(turn.session, me.unit_id) if person.id not in seen]
    start_at = page * views.PEOPLE_A_PAGE
    rows = [
        *buttons.people([person for person in recent if person.id != me.id], unit_names=True),
        *buttons.people(own[start_at : start_at + views.PEOPLE_A_PAGE], unit_names=False),
        buttons.pages("people", page, len(own), views.PEOPLE_A_PAGE),
        _form_row(buttons),
        buttons.way_back(back=bool(draft.story and draft.has_nominee)),
    ]
    return turn.say("ask.nominee_for_story" if draft.story else "ask.nominee"), rows


def _view_story(turn: Turn, buttons: Buttons, draft: Draft) -> tuple[Html, list[list[Button]]]:
    rules = turn.config.nominations
    asked = turn.say("ask.story", minimum=rules.story_min, maximum=turn.texts.number(rules.story_max))
    if not draft.story:
        return asked, [buttons.way_back()]
    problems = problems_of_draft(draft, turn.config)
    if not problems:
        return asked, [buttons.way_back()]
    too_long = length(draft.story) > rules.story_max
    rows = (
        [[buttons.act("shorten", "button.shorten", most=turn.texts.number(rules.story_max))]]
        if too_long
        else []
    )
    return _problems(turn, problems), [*rows, [buttons.act("cancel", "button.cancel")]]


async def _view_card(turn: Turn, writing: Writing, buttons: Buttons) -> tuple[Html, list[list[Button]]]:
    draft = writing.draft
    person, unit = await _nominee(turn, draft)
    movement = next(
        (m for m in await nominations.list_movements(turn.session) if m.id == draft.movement_id), None
    )
    text = views.card(turn.texts, draft, person, unit, movement)
    if writing.step is Step.EDIT:
        may_hide = turn.config.nominations.may_hide_name
        return text, views.edit_rows(turn.texts, buttons, draft, may_hide=may_hide)
    evidence = buttons.act("edit", "button.evidence", Step.EVIDENCE.value)
    return text, [
        [buttons.act("send", "button.send")],
        [buttons.act("edit", "button.edit", Step.EDIT.value), evidence],
        [buttons.act("cancel", "button.cancel")],
    ]


def _form_row(buttons: Buttons) -> list[Button]:
    return [buttons.act("form", "button.group", "group"), buttons.act("form", "button.model", "model")]


async def _nominee(turn: Turn, draft: Draft) -> tuple[Person | None, Unit | None]:
    if draft.nominee_id is not None:
        return await people.get_person(turn.session, draft.nominee_id), None
    known = await units.list_units(turn.session)
    return None, next((unit for unit in known if unit.id == draft.unit_id), None)


async def _movements(turn: Turn) -> list[Movement]:
    known = await nominations.list_movements(turn.session)
    return [movement for movement in known if movement.offered_on(turn.today)]


def _problems(turn: Turn, problems: list[Problem]) -> Html:
    lines = views.problem_lines(turn.texts, problems)
    return join_html([turn.say("problems.title"), lines, turn.say("problems.example")])


def _short(typed: str) -> str:
    return clean(typed, multiline=False)[:80]
