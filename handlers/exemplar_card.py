"""The clerk's card of an exemplar: how it will be published, its words, its photo, and who is asked.

Its picture is drawn by a task that sends it to the clerk who asked; what Telegram then calls it is kept.
"""

import asyncio
from dataclasses import replace

from telegram.error import TelegramError

from bot.documents.exemplar_card import card_of
from bot.documents.picture_card import draw_card
from bot.documents.picture_process import draw_apart
from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Exemplar, ExemplarState
from bot.domain.people import PersonId
from bot.domain.writing import clean
from bot.messages import Button, Call, body
from bot.operations.ask_consent import ask_consent
from bot.operations.exemplar_words import CARD as FLOW
from bot.operations.exemplar_words import published_in
from bot.operations.find_nominee import find_nominee
from bot.operations.prepare_exemplar import keep_card, set_photo, set_representative, set_text
from bot.texts import N_, Html
from handlers.exemplar_views import clerk_card, find_representative
from handlers.incoming import Sort
from handlers.turn import Turn
from handlers.workshop import Workshop, ask_for, only_secretariat
from storage import conversations, exemplars, jobs, people
from storage.jobs import Task

__all__ = ["FLOW", "MAKE", "leave", "make", "receive", "tap"]

MAKE = "card"
"""The kind of task; its args are ``{"exemplar_id"}``."""
_PEOPLE_SHOWN = 6
_NAME_MAX = 200


# --- the card ---


async def tap(turn: Turn, call: Call) -> None:
    """A button of the card: all but `open` hold for the version of words and photo they were shown with."""
    only_secretariat(turn)
    act = _TAPS.get(call.act)
    exemplar = await exemplars.find_exemplar(turn.session, call.row)
    if act is None:
        raise Gone("stale")
    if exemplar is None or exemplar.erased:
        raise Gone("exemplar.gone")
    if call.act != "open" and call.version != exemplar.text_version:
        raise Gone("exemplar.changed")
    await act(turn, exemplar, call)


async def _tap_open(turn: Turn, exemplar: Exemplar, _call: Call) -> None:
    await _show(turn, exemplar)


async def _show(turn: Turn, exemplar: Exemplar) -> None:
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    if exemplar.has_card:
        asked = await find_representative(turn.session, exemplar)
        text, rows = clerk_card(exemplar, asked, turn.texts, published_in(turn.config))
        turn.show_body({**body(text, rows), "photo": exemplar.card})
    else:
        await _draw(turn, exemplar, turn.say("exemplar.drawing"))


async def _draw(turn: Turn, exemplar: Exemplar, text: Html) -> None:
    await ask_for(turn, MAKE, {"exemplar_id": exemplar.id})
    _show_below(turn, text)


def _show_below(turn: Turn, text: Html, rows: list[list[Button]] | None = None, *, flow: str = "") -> None:
    """A word below the card: the card itself came from the task and is not the chat's screen."""
    turn.show(text, rows or (), flow=flow)
    on_screen = turn.screen is not None and turn.incoming.message_id == turn.screen.message_id
    if turn.answer and not on_screen:
        turn.answer.pop("edit", None)


async def leave(turn: Turn) -> None:
    """/huy: nothing is changed."""
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    turn.show(turn.say("exemplar.left"))


# --- its words ---


async def _tap_text(turn: Turn, exemplar: Exemplar, _call: Call) -> None:
    await _expect(turn, exemplar, "text")
    most = turn.texts.number(turn.config.honours.text_max)
    text = turn.say("exemplar.ask_text", text=exemplar.text, most=most)
    _show_below(turn, text, [[_back(turn, exemplar)]], flow=FLOW)


async def receive(turn: Turn) -> None:
    """What is typed or sent: other words, a photo, the name of who speaks for a group."""
    only_secretariat(turn)
    draft = await turn.draft(FLOW)
    exemplar = await exemplars.find_exemplar(turn.session, draft.fields["exemplar_id"]) if draft else None
    if draft is None or exemplar is None or exemplar.erased:
        raise Gone("exemplar.gone")
    if exemplar.text_version != draft.fields["text_version"]:
        raise Gone("exemplar.changed")
    await _RECEIVERS[draft.step](turn, exemplar)


async def _receive_text(turn: Turn, exemplar: Exemplar) -> None:
    if turn.incoming.sort is not Sort.TEXT:
        raise Refused("exemplar.only_text")
    me, config = turn.person, turn.config
    changed = await set_text(turn.session, me, exemplar, turn.incoming.text, config, turn.now)
    await conversations.drop_draft(turn.session, me.id, FLOW)
    await _draw(turn, changed, turn.say("exemplar.text_kept"))


# --- its photo ---


async def _tap_photo(turn: Turn, exemplar: Exemplar, call: Call) -> None:
    await _expect(turn, exemplar, "photo")
    photos = await _photos(turn, exemplar)
    last = [_back(turn, exemplar)]
    if exemplar.photo:
        last.insert(0, _button(turn, exemplar, N_("button.no_photo"), "nophoto"))
    if not photos:
        _show_below(turn, turn.say("exemplar.ask_photo"), [last], flow=FLOW)
        return
    nth = max(call.number, 0) % len(photos)
    rows = [[_button(turn, exemplar, N_("button.use_photo"), "usephoto", nth)], last]
    if len(photos) > 1:
        rows[0].append(_button(turn, exemplar, N_("button.next_photo"), "photo", nth + 1))
    text = turn.say("exemplar.choose_photo", nth=nth + 1, n=len(photos))
    turn.show_body({**body(text, rows), "photo": photos[nth]}, flow=FLOW)


async def _photos(turn: Turn, exemplar: Exemplar) -> list[str]:
    """Those that the nominee would rather have, then those that show the deed."""
    given = await exemplars.list_consents(turn.session, exemplar.id)
    wished = [note.photo for note in reversed(given) if note.photo]
    shown = await exemplars.list_photos(turn.session, exemplar.nomination_id)
    return list(dict.fromkeys([*wished, *shown]))


async def _tap_use_photo(turn: Turn, exemplar: Exemplar, call: Call) -> None:
    photos = await _photos(turn, exemplar)
    if not 0 <= call.number < len(photos):
        raise Gone("stale")
    await _take_photo(turn, exemplar, photos[call.number])


async def _tap_no_photo(turn: Turn, exemplar: Exemplar, _call: Call) -> None:
    await _take_photo(turn, exemplar, None)


async def _receive_photo(turn: Turn, exemplar: Exemplar) -> None:
    file = turn.incoming.file
    if file is None or file.kind != "photo":
        raise Refused("exemplar.only_photo")
    await _take_photo(turn, exemplar, file.file_id)


async def _take_photo(turn: Turn, exemplar: Exemplar, photo: str | None) -> None:
    changed = await set_photo(turn.session, turn.person, exemplar, photo, turn.config, turn.now)
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    await _draw(turn, changed, turn.say("exemplar.photo_kept"))


# --- who is asked ---


async def _tap_who(turn: Turn, exemplar: Exemplar, _call: Call) -> None:
    await _expect(turn, exemplar, "who")
    _show_below(turn, turn.say("exemplar.ask_who"), [[_back(turn, exemplar)]], flow=FLOW)


async def _receive_who(turn: Turn, exemplar: Exemplar) -> None:
    typed = clean(turn.incoming.text, multiline=False)[:_NAME_MAX]
    found = await find_nominee(turn.session, typed, None, turn.person)
    if found.clear is not None and not found.clear.left:
        await _take_representative(turn, exemplar, found.clear.id)
        return
    here = [person for person in found.choices if not person.left][:_PEOPLE_SHOWN]
    rows = [
        [
            Button(
                f"{person.label} · {person.unit_name}"[:60],
                str(Call(FLOW, exemplar.id, exemplar.text_version, "rep", str(person.id))),
            )
        ]
        for person in here
    ]
    asks = N_("exemplar.which") if here else N_("exemplar.nobody_found")
    text = turn.say(asks, typed=typed[:80])
    turn.show(text, [*rows, [_back(turn, exemplar)]], flow=FLOW)


async def _tap_rep(turn: Turn, exemplar: Exemplar, call: Call) -> None:
    await _take_representative(turn, exemplar, PersonId(call.number))


async def _take_representative(turn: Turn, exemplar: Exemplar, person_id: PersonId) -> None:
    try:
        person = await people.get_person(turn.session, person_id)
    except people.NoSuchPerson:
        raise Gone("stale") from None
    changed = await set_representative(turn.session, turn.person, exemplar, person, turn.config, turn.now)
    await _show(turn, changed)


# --- the question ---


async def _tap_ask(turn: Turn, exemplar: Exemplar, _call: Call) -> None:
    await ask_consent(turn.session, turn.person, exemplar, turn.config, turn.now)
    turn.session.after_commit(turn.house.wake)
    asked = await find_representative(turn.session, exemplar)
    _show_below(turn, turn.say("exemplar.asked", name=asked.full_name if asked else ""))


# --- parts ---


async def _expect(turn: Turn, exemplar: Exemplar, step: str) -> None:
    fields = {"exemplar_id": exemplar.id, "text_version": exemplar.text_version}
    await conversations.put_draft(turn.session, turn.person.id, FLOW, step, fields, turn.now)


def _back(turn: Turn, exemplar: Exemplar) -> Button:
    return _button(turn, exemplar, N_("button.back"), "open")


def _button(turn: Turn, exemplar: Exemplar, label: str, act: str, arg: object = "") -> Button:
    return Button(turn.plain(label), str(Call(FLOW, exemplar.id, exemplar.text_version, act, str(arg))))


_TAPS = {
    "open": _tap_open,
    "text": _tap_text,
    "photo": _tap_photo,
    "usephoto": _tap_use_photo,
    "nophoto": _tap_no_photo,
    "who": _tap_who,
    "rep": _tap_rep,
    "ask": _tap_ask,
}
_RECEIVERS = {"text": _receive_text, "photo": _receive_photo, "who": _receive_who}


# --- the work ---


async def make(shop: Workshop, task: Task) -> None:
    """Draw the picture, send it to who asked as a preview, and keep what Telegram calls it."""
    person = await shop.person_of(task)
    if person is None:
        return
    async with shop.house.database.reading() as session:
        exemplar = await exemplars.find_exemplar(session, task.args["exemplar_id"])
        asked = await find_representative(session, exemplar) if exemplar else None
    gone = exemplar is None or exemplar.erased or exemplar.state is ExemplarState.REMOVED
    if exemplar is None or gone or person.telegram_id is None:
        await _end(shop, task, None, "gone")
        return
    config = shop.house.config
    photo = await shop.fetch_kept(exemplar.photo) if exemplar.photo else None
    picture = await asyncio.to_thread(draw_apart, draw_card, card_of(exemplar, photo, config))
    drawn = replace(exemplar, card="", card_version=exemplar.text_version)
    text, rows = clerk_card(drawn, asked, shop.texts_of(person), published_in(config))
    try:
        file_id = await shop.send_photo(person.telegram_id, picture, text, rows)
    except TelegramError as refusal:
        await _end(shop, task, None, str(refusal))
        return
    await _end(shop, task, replace(drawn, card=file_id), None)


async def _end(shop: Workshop, task: Task, drawn: Exemplar | None, error: str | None) -> None:
    now = shop.house.clock()
    async with shop.house.database.transaction() as session:
        if drawn is not None and drawn.card:
            await keep_card(session, drawn, drawn.card)
        await jobs.end_task(session, task.id, now, error=error)
