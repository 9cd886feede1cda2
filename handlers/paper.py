"""/nhapgiay: the secretariat enters what came on paper: a nomination, a unit's answer, a consent.

What came → in whose name, the day on the sheet, its photo, what it says → one preview → entered. Every step
is a row before it is answered, so it can be left and resumed on any day. What is asked stands in
paper_steps.py; many nominations at once come from an Excel file (paper_import.py).
"""

from dataclasses import replace

from bot.domain.errors import BadInput, Gone, Refused
from bot.domain.paper import Subject
from bot.domain.people import Person, PersonId
from bot.domain.writing import clean
from bot.messages import Button, Call
from bot.operations.write_paper import FLOW, Entry, Step, Writing, find_writing, throw_away
from bot.texts import Html
from handlers import (
    paper_answer,
    paper_consent,
    paper_import,
    paper_nomination,
    paper_objection,
    paper_sheet,
    paper_shown,
)
from handlers import paper_views as views
from handlers.incoming import Sort
from handlers.nomination_card import Buttons
from handlers.paper_record import RECORD
from handlers.paper_steps import go, go_on, show
from handlers.turn import Turn
from handlers.workshop import only_secretariat
from storage import people

_LOOK_AGAIN = {"choose.changed", "choose.no_longer"}


# --- ways in ---


async def start(turn: Turn) -> None:
    """/nhapgiay: what came on paper? A sheet that is half entered is offered first."""
    only_secretariat(turn)
    writing = await find_writing(turn.session, turn.person.id)
    if writing is None or not writing.entry.begun:
        _menu(turn)
        return
    buttons = Buttons(turn.texts, writing.stored)
    rows = [[buttons.act("resume", "button.go_on"), buttons.act("anew", "button.paper_anew")]]
    what = turn.plain(views.SUBJECTS[writing.entry.subject])
    name = writing.entry.person_name or writing.entry.unit_name or writing.entry.exemplar_name
    unfinished = turn.say("paper.unfinished_of", what=what, name=name) if name else None
    turn.show(unfinished or turn.say("paper.unfinished", what=what), rows, flow=FLOW)


def _menu(turn: Turn, said: Html | None = None) -> None:
    rows = [
        *(
            [Button(turn.plain(label), str(Call(FLOW, 0, 0, "new", subject.value)))]
            for subject, label in views.SUBJECTS.items()
        ),
        [Button(turn.plain("paper.many"), str(Call(FLOW, 0, 0, "many")))],
    ]
    turn.show(said or turn.say("paper.menu"), rows, flow=FLOW)


async def _new(turn: Turn, call: Call) -> None:
    if call.arg not in set(Subject):
        raise Refused("stale")
    writing = await find_writing(turn.session, turn.person.id)
    if writing and writing.entry.begun:
        await _start(turn, call)
    elif call.row and call.arg == Subject.CONSENT.value:
        await paper_consent.begin(turn, call.row)
    else:
        await go_on(turn, Entry(Subject(call.arg)))


async def _start(turn: Turn, _call: Call) -> None:
    """From the desk or a receipt, which stays."""
    await start(turn)
    if turn.answer:
        turn.answer.pop("edit", None)


async def _many(turn: Turn, _call: Call) -> None:
    await paper_import.start(turn)


# --- what the person types ---


async def receive(turn: Turn) -> None:
    """A text, photo or file while a sheet is entered."""
    only_secretariat(turn)
    writing = await find_writing(turn.session, turn.person.id)
    file = turn.incoming.file
    if writing is None:
        if file and file.kind == "document":
            await paper_import.receive(turn)
        else:
            _menu(turn)
    elif file:
        await paper_sheet.receive_file(turn, writing)
    elif turn.incoming.sort is not Sort.TEXT:
        await show(turn, writing, turn.say("nominate.only_text"))
    else:
        await _RECEIVERS.get(writing.step, _choose_button)(turn, writing, clean(turn.incoming.text))


async def _choose_button(turn: Turn, writing: Writing, _text: str) -> None:
    await show(turn, writing, turn.say("nominate.choose_button"))


_RECEIVERS = {
    Step.PERSON: paper_sheet.receive_person,
    Step.DATE: paper_sheet.receive_date,
    Step.FILE: paper_sheet.receive_no_file,
    Step.NOMINEE: paper_nomination.receive_nominee,
    Step.GROUP: paper_nomination.receive_name,
    Step.MODEL: paper_nomination.receive_name,
    Step.UNIT: paper_nomination.receive_unit,
    Step.KIND: paper_nomination.receive_kind,
    Step.STORY: paper_nomination.receive_story,
    Step.FROM_UNIT: paper_nomination.receive_unit,
    Step.REASON: paper_answer.receive_reason,
    Step.NOBODY: paper_answer.receive_nobody,
    Step.EXEMPLAR: paper_consent.receive_exemplar,
}


# --- what the person taps ---


async def tap(turn: Turn, call: Call) -> None:
    """A button: it holds for the draft and the version it was shown for, and for the secretariat."""
    if call.act in paper_objection.TAPS:
        await paper_objection.TAPS[call.act](turn, call)
        return
    only_secretariat(turn)
    if call.act in _OPENERS:
        await _OPENERS[call.act](turn, call)
        return
    writing = await find_writing(turn.session, turn.person.id)
    act = _TAPS.get(call.act)
    current = writing is not None and (writing.stored.id, writing.stored.version) == (call.row, call.version)
    if writing is None or act is None or not current:
        turn.again(turn.plain("stale"))
    else:
        await act(turn, writing, call)


async def _tap_page(turn: Turn, writing: Writing, call: Call) -> None:
    await show(turn, writing, page=max(call.number, 0))


async def _tap_edit(turn: Turn, writing: Writing, call: Call) -> None:
    entry = writing.entry
    if call.arg == Step.EDIT.value:
        await go(turn, entry, Step.EDIT)
        return
    if call.arg not in {step.value for step in views.may_edit(entry)} or writing.step is not Step.EDIT:
        raise Refused("stale")
    step = Step(call.arg)
    if step is Step.REASON:
        entry = replace(entry, reasons=())
    await go(turn, entry, step)


async def _tap_preview(turn: Turn, writing: Writing, _call: Call) -> None:
    await go_on(turn, writing.entry)


async def _tap_back(turn: Turn, writing: Writing, _call: Call) -> None:
    entry, step = writing.entry, writing.step
    before = step if step is Step.REASON and entry.reasons else entry.step_before(step)
    if before is None:
        await set_aside(turn, writing)
        return
    if before is Step.REASON:
        entry = replace(entry, reasons=entry.reasons[:-1])
    await go(turn, entry, before)


# --- leaving and coming back ---


async def leave(turn: Turn) -> None:
    """/huy while a sheet is entered."""
    writing = await find_writing(turn.session, turn.person.id)
    if writing is None:
        turn.show(turn.say("paper.left_off"))
    else:
        await set_aside(turn, writing)


async def set_aside(turn: Turn, writing: Writing) -> None:
    """Leave the conversation; what was entered so far stays behind one button."""
    if not writing.entry.begun:
        await throw_away(turn.session, turn.person.id)
        turn.show(turn.say("paper.left_off"))
        return
    buttons = Buttons(turn.texts, writing.stored)
    rows = [[buttons.act("resume", "button.go_on"), buttons.act("discard", "button.discard")]]
    turn.show(turn.say("paper.left"), rows)


async def _tap_cancel(turn: Turn, writing: Writing, _call: Call) -> None:
    await set_aside(turn, writing)


async def _tap_resume(turn: Turn, writing: Writing, _call: Call) -> None:
    await show(turn, writing)


async def _tap_discard(turn: Turn, _writing: Writing, _call: Call) -> None:
    await throw_away(turn.session, turn.person.id)
    turn.show(turn.say("paper.discarded"))


async def _tap_anew(turn: Turn, _writing: Writing, _call: Call) -> None:
    await throw_away(turn.session, turn.person.id)
    _menu(turn)


# --- entering it ---


async def _tap_record(turn: Turn, writing: Writing, _call: Call) -> None:
    entry = writing.entry
    if entry.next_step() is not Step.PREVIEW or writing.step is not Step.PREVIEW:
        await go_on(turn, entry)
        return
    try:
        said = await RECORD[entry.subject](turn, entry, await _signer(turn, entry))
    except BadInput:
        await go(turn, entry, Step.STORY)
        return
    except Gone as gone:
        if gone.message_id in _LOOK_AGAIN:
            await paper_answer.look_again(turn, writing, gone.message_id)
            return
        raise
    await throw_away(turn.session, turn.person.id)
    more = Button(turn.plain("button.paper_more"), str(Call(FLOW, 0, 0, "start")))
    turn.show(said, [[more]])


async def _signer(turn: Turn, entry: Entry) -> Person:
    return await people.get_person(turn.session, PersonId(entry.person_id or 0))


_OPENERS = {"start": _start, "new": _new, "many": _many, "sheet": paper_shown.show_sheet}
_TAPS = {
    "who": paper_sheet.tap_who,
    "day": paper_sheet.tap_day,
    "nofile": paper_sheet.tap_no_file,
    "form": paper_nomination.tap_form,
    "unit": paper_nomination.tap_unit,
    "kind": paper_nomination.tap_kind,
    "movement": paper_nomination.tap_movement,
    "period": paper_answer.tap_period,
    "pick": paper_answer.tap_pick,
    "picked": paper_answer.tap_picked,
    "nobody": paper_answer.tap_nobody,
    "met": paper_answer.tap_met,
    "noreason": paper_answer.tap_no_reason,
    "exemplar": paper_consent.tap_exemplar,
    "said": paper_consent.tap_said,
    "units": _tap_page,
    "picks": _tap_page,
    "exemplars": _tap_page,
    "edit": _tap_edit,
    "preview": _tap_preview,
    "back": _tap_back,
    "cancel": _tap_cancel,
    "resume": _tap_resume,
    "discard": _tap_discard,
    "anew": _tap_anew,
    "record": _tap_record,
}
