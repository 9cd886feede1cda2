"""Nominating: in one message and one tap, or step by step.

/decu → whom → kind → movement → the story → the card → sent, with sixty seconds to take it back. Whatever is
known already is not asked. Every step is a row before it is answered, so the conversation can be left and
resumed on any day. What is asked stands in nomination_steps.py; whom it is about and what it says are taken
in nomination_nominee.py and nomination_words.py.
"""

from dataclasses import replace

from bot.domain.errors import BadInput, Gone, Refused
from bot.domain.nominations import ADDED_FIELDS, Attachment, Draft, EndorsementId
from bot.domain.writing import clean, length
from bot.messages import Button, Call
from bot.operations.send_nomination import (
    check_may_change,
    draft_of,
    own_endorsement,
    send_nomination,
    undo_nomination,
)
from bot.operations.write_draft import FLOW, Step, Writing, find_writing, throw_away
from handlers import nomination_card as views
from handlers import nomination_nominee as nominee
from handlers import nomination_words as words
from handlers.incoming import Sort
from handlers.nomination_card import Buttons
from handlers.nomination_steps import go, go_on, next_step, show
from handlers.turn import Turn

_TRIGGER = "Đề cử"
_LONGEST_WAITING = 4096


# --- ways in ---


async def start(turn: Turn) -> None:
    """/decu, alone or with the whole nomination behind it."""
    rest = turn.incoming.text.split(maxsplit=1)[1:]
    text = clean(rest[0]) if rest else ""
    if text and await nominee.read(turn, text) is None:
        text = f"{_TRIGGER} {text}"
    await begin(turn, text)


async def begin(turn: Turn, text: str) -> None:
    """Begin a nomination with what was said, unless another one waits half-finished."""
    writing = await find_writing(turn.session, turn.person.id)
    if writing and writing.draft.begun:
        await _offer_resume(turn, writing.draft, text)
    else:
        await _begin_new(turn, text, _files(turn))


async def try_sentence(turn: Turn) -> bool:
    """Something said outside any conversation: False if no nomination can be made of it."""
    text = clean(turn.incoming.text)
    told = turn.incoming.forwarded or turn.incoming.file is not None
    if await nominee.read(turn, text) or (told and length(text) >= turn.config.nominations.story_min):
        await begin(turn, text)
        return True
    writing = await find_writing(turn.session, turn.person.id)
    if writing and writing.draft.begun and (text or turn.incoming.file):
        await _offer_resume(turn, writing.draft, text)
        return True
    return False


async def edit_sent(turn: Turn, call: Call) -> None:
    """Open a reason of one's own for change, from /cuatoi."""
    sent = await own_endorsement(turn.session, turn.person, EndorsementId(call.row))
    check_may_change(sent, turn.config, turn.now)
    waiting = await find_writing(turn.session, turn.person.id)
    if waiting and waiting.draft.begun and waiting.draft.editing != sent.id:
        await _offer_resume(turn, waiting.draft, "")
    else:
        await go(turn, draft_of(sent, sent.id), Step.CARD)


async def _begin_new(turn: Turn, text: str, evidence: tuple[Attachment, ...]) -> None:
    draft = Draft(evidence=evidence, album=turn.incoming.album)
    said = await nominee.read(turn, text)
    if said:
        await nominee.take_sentence(turn, draft, *said)
    else:
        await go(turn, replace(draft, story=text, quick=bool(text)), Step.NOMINEE)


async def _offer_resume(turn: Turn, draft: Draft, text: str) -> None:
    waiting = replace(
        draft, waiting=text[:_LONGEST_WAITING], waiting_evidence=_files(turn), album=turn.incoming.album
    )
    await go(turn, waiting, Step.OFFER)


def _files(turn: Turn) -> tuple[Attachment, ...]:
    return (turn.incoming.file,) if turn.incoming.file else ()


# --- what the person types ---


async def receive(turn: Turn) -> None:
    """A text or file while nominating."""
    writing = await find_writing(turn.session, turn.person.id)
    text = clean(turn.incoming.text)
    if writing is None:
        await begin(turn, text)
        return
    if turn.incoming.file:
        captioned = await words.receive_file(turn, writing)
        if captioned is None:
            return
        writing = captioned
    elif turn.incoming.sort is not Sort.TEXT:
        await show(turn, writing, turn.say("nominate.only_text"))
        return
    await _RECEIVERS[writing.step](turn, writing, text)


async def _receive_at_card(turn: Turn, writing: Writing, text: str) -> None:
    """Another nomination, or something to add to this one."""
    if await nominee.read(turn, text):
        await _offer_resume(turn, writing.draft, text)
    else:
        await words.receive_aside(turn, writing, text)


async def _receive_at_offer(turn: Turn, writing: Writing, text: str) -> None:
    await go(turn, replace(writing.draft, waiting=text[:_LONGEST_WAITING]), Step.OFFER)


_RECEIVERS = {
    Step.OFFER: _receive_at_offer,
    Step.NOMINEE: nominee.receive_nominee,
    Step.GROUP: nominee.receive_name,
    Step.MODEL: nominee.receive_name,
    Step.UNIT: nominee.receive_unit,
    Step.KIND: words.receive_kind,
    Step.MOVEMENT: words.receive_movement,
    Step.STORY: words.receive_story,
    Step.CARD: _receive_at_card,
    Step.ASIDE: words.receive_aside,
    Step.EDIT: _receive_at_card,
    Step.EVIDENCE: _receive_at_card,
    **dict.fromkeys((Step(name) for name in ADDED_FIELDS), words.receive_added),
}


async def edited(turn: Turn) -> None:
    """A message changed after it was sent: only the card changes what was taken from it."""
    turn.show(turn.say("edits_unread"), flow=turn.screen.flow if turn.screen else "")


# --- what the person taps ---


async def tap(turn: Turn, call: Call) -> None:
    """A button of the conversation: it holds for the draft and the version it was shown for."""
    if call.act in {"undo", "more"}:
        await (_undo if call.act == "undo" else _start_more)(turn, call)
        return
    writing = await find_writing(turn.session, turn.person.id)
    act = _TAPS.get(call.act)
    current = writing is not None and (writing.stored.id, writing.stored.version) == (call.row, call.version)
    if writing is None or act is None or not current:
        turn.again(turn.plain("stale"))
    else:
        await act(turn, writing, call)


async def _start_more(turn: Turn, _call: Call) -> None:
    """[Đề cử tiếp] under a receipt: the receipt stays."""
    await begin(turn, "")
    if turn.answer:
        turn.answer.pop("edit", None)


async def _tap_edit(turn: Turn, writing: Writing, call: Call) -> None:
    if call.arg not in _EDITED or not (writing.draft.story and writing.draft.has_nominee):
        raise Refused("stale")
    await go(turn, writing.draft, Step(call.arg))


_EDITED = frozenset(Step) - {Step.OFFER, Step.ASIDE, Step.GROUP, Step.MODEL, Step.UNIT}


async def _tap_card(turn: Turn, writing: Writing, _call: Call) -> None:
    await go_on(turn, replace(writing.draft, waiting=""))


async def _tap_back(turn: Turn, writing: Writing, _call: Call) -> None:
    draft = writing.draft
    if draft.story and draft.has_nominee and writing.step is not Step.UNIT:
        await go(turn, draft, next_step(turn, draft))
    elif writing.step is Step.STORY and draft.quick:
        await go(turn, draft, Step.NOMINEE)
    else:
        await go(turn, draft, _before(writing))


def _before(writing: Writing) -> Step:
    person = writing.draft.nominee_kind.value == "person"
    back = {
        Step.UNIT: Step.MODEL if writing.draft.nominee_kind.value == "model" else Step.GROUP,
        Step.MOVEMENT: Step.KIND,
        Step.STORY: Step.MOVEMENT if person else Step.KIND,
    }
    return back.get(writing.step, Step.NOMINEE)


# --- leaving and coming back ---


async def _tap_resume(turn: Turn, writing: Writing, _call: Call) -> None:
    """Go on where it was left, with what was said meanwhile where it is wanted there."""
    text, files = writing.draft.waiting, writing.draft.waiting_evidence
    draft = replace(writing.draft, waiting="", waiting_evidence=())
    if text and await nominee.read(turn, text) is None:
        step = next_step(turn, draft)
        known = {held.file_unique_id for held in draft.evidence}
        room = turn.config.nominations.evidence_max - len(draft.evidence)
        new = [file for file in files if file.file_unique_id not in known][: max(room, 0)]
        draft = replace(draft, evidence=(*draft.evidence, *new))
        await _RECEIVERS[step](turn, replace(writing, step=step, draft=draft), text)
    else:
        step = writing.step if writing.step is not Step.OFFER else next_step(turn, draft)
        await go(turn, draft, step, turn.say("nominate.unused") if text or files else None)


async def _tap_anew(turn: Turn, writing: Writing, _call: Call) -> None:
    await throw_away(turn.session, turn.person.id)
    await _begin_new(turn, writing.draft.waiting, writing.draft.waiting_evidence)


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


# --- sending ---


async def _tap_send(turn: Turn, writing: Writing, _call: Call) -> None:
    try:
        got = await send_nomination(turn.session, turn.person, writing.draft, turn.config, turn.now)
    except BadInput:
        await go(turn, writing.draft, Step.STORY)
        return
    except Gone as late:
        await go(
            turn, replace(writing.draft, editing=None), Step.CARD, turn.say(late.message_id, **late.values)
        )
        return
    await throw_away(turn.session, turn.person.id)
    sent, seconds = got.endorsement, turn.config.nominations.undo_seconds
    undo = Button(turn.plain("button.undo", seconds=seconds), str(Call(FLOW, sent.id, 0, "undo")))
    more = Button(turn.plain("button.nominate_more"), str(Call(FLOW, 0, 0, "more")))
    mine = Button(turn.plain("button.mine"), str(Call("m", 0, 0, "list", "0")))
    turn.show(views.receipt(turn.texts, got), [*([[undo]] if seconds else []), [more, mine]])


async def _undo(turn: Turn, call: Call) -> None:
    writing = await find_writing(turn.session, turn.person.id)
    if writing and writing.draft.begun:
        raise Refused("nominate.undo_busy")
    draft = await undo_nomination(turn.session, turn.person, EndorsementId(call.row), turn.config, turn.now)
    await go(turn, draft, Step.CARD, turn.say("nominate.undone"))


_TAPS = {
    "who": nominee.tap_who,
    "form": nominee.tap_form,
    "unit": nominee.tap_unit,
    "people": nominee.tap_page,
    "units": nominee.tap_page,
    "kind": words.tap_kind,
    "movement": words.tap_movement,
    "rewrite": words.tap_rewrite,
    "shorten": words.tap_shorten,
    "aside": words.tap_aside,
    "clear": words.tap_clear,
    "hide": words.tap_hide,
    "edit": _tap_edit,
    "card": _tap_card,
    "back": _tap_back,
    "resume": _tap_resume,
    "anew": _tap_anew,
    "cancel": _tap_cancel,
    "discard": _tap_discard,
    "send": _tap_send,
}
