"""A turn: one update from one person, and everything it changes, in one transaction.

The note of the `update_id`, the state, and the screen that answers commit together; only then does the bot
speak. A turn that is refused changes nothing but the screen; one that fails through a mistake of ours is put
aside as a row, so that it neither vanishes nor comes round for ever.
"""

import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

import structlog
from telegram import Update
from telegram.ext import CallbackContext

from bot.clock import Clock
from bot.config import Config
from bot.documents.chart import Chart
from bot.domain.errors import Refused
from bot.domain.people import Person
from bot.logs import log_mistake
from bot.messages import Body, Call, Rows, body, read_call
from bot.outbox import Screens
from bot.texts import Html, Texts, known_locale
from handlers.incoming import Incoming, Sort, read_update
from storage import conversations, people
from storage.conversations import StoredDraft, StoredScreen
from storage.database import UNAVAILABLE, Database, Session

log = structlog.get_logger("turn")

_MEDIA = ("photo", "chart", "document", "video")


@dataclass(frozen=True)
class House:
    """What every turn needs, put together once by bot/app.py."""

    database: Database
    clock: Clock
    config: Config
    screens: Screens
    bot_name: Callable[[], str]
    wake: Callable[[], None]
    texts: dict[str, Texts] = field(default_factory=dict)

    def texts_for(self, language: str | None) -> Texts:
        """The office's voice in a person's language."""
        office = self.config.office
        locale = known_locale(language or office.locale)
        if locale not in self.texts:
            self.texts[locale] = Texts(locale, office.timezone, office.address_form)
        return self.texts[locale]


@dataclass
class Turn:
    """The open transaction and what is known in it. `me` is None for a stranger.

    `in_doubt`: a copy of the chat's screen may be there already or come.
    """

    house: House
    session: Session
    incoming: Incoming
    now: datetime
    me: Person | None
    screen: StoredScreen | None
    texts: Texts
    in_doubt: bool
    answer: Body | None = None
    flow: str = ""
    toast: str = ""
    alert: bool = False

    @property
    def config(self) -> Config:
        return self.house.config

    @property
    def today(self) -> date:
        """The office's day."""
        return self.config.office.day_of(self.now)

    @property
    def person(self) -> Person:
        """`me`, where the route lets only people of the office in."""
        if self.me is None:
            raise Refused("stranger")
        return self.me

    @property
    def call(self) -> Call | None:
        """What the pressed button claims."""
        return read_call(self.incoming.data) if self.incoming.sort is Sort.TAP else None

    def say(self, message_id: str, **values: object) -> Html:
        """A text in the person's language."""
        return self.texts.say(message_id, **values)

    def plain(self, message_id: str, **values: object) -> str:
        """A label or toast in the person's language."""
        return self.texts.plain(message_id, **values)

    def show(self, text: Html, rows: Rows = (), *, flow: str = "") -> None:
        """Answer with a screen: in place of the newest one if its button was pressed, else as a new message.

        `flow` is the conversation that the next text the person types belongs to.
        """
        shown = self.screen.body if self.screen else {}
        pictured = any(kind in shown for kind in _MEDIA)  # no text takes their place
        replaces = self._on_newest and not pictured
        self.answer = body(text, rows, edit=self.incoming.message_id if replaces else None)
        self.flow = flow

    def show_picture(
        self,
        text: Html,
        rows: Rows = (),
        *,
        chart: Chart | None = None,
        photo: str | None = None,
        flow: str = "",
    ) -> None:
        """Answer with a picture and its caption: a chart, or one that Telegram keeps (`photo`, a file_id).

        In place of the newest screen if its button was pressed and it is a picture, else as a new message.
        """
        shown = self.screen.body if self.screen else {}
        replaces = self._on_newest and any(kind in shown for kind in ("photo", "chart"))
        made = body(text, rows, edit=self.incoming.message_id if replaces else None)
        if photo is not None:
            made["photo"] = photo
        elif chart is not None:
            made["chart"] = asdict(chart)
        self.answer, self.flow = made, flow

    def show_body(self, made: Body, *, flow: str = "") -> None:
        """Answer with a body of another form, as a new message."""
        self.answer, self.flow = made, flow

    def again(self, toast: str) -> None:
        """A word why nothing changes; the chat's screen is shown again unless the button stands on it."""
        self.toast = toast
        if not self.screen or not self.screen.body or self.house.screens.is_bringing(self.incoming.chat_id):
            return
        on_screen = self.incoming.message_id == self.screen.message_id and self._on_newest
        if not on_screen or self.screen.shown_version < self.screen.version:
            self.answer = {key: value for key, value in self.screen.body.items() if key != "edit"}
            self.flow = self.screen.flow

    @property
    def _on_newest(self) -> bool:
        """Whether the pressed button stands on the chat's last screen: an answer further up is not seen."""
        incoming = self.incoming
        if incoming.sort is not Sort.TAP or not incoming.reachable:
            return False
        last = (self.screen.message_id if self.screen else None) or 0
        return (incoming.message_id or 0) >= last and not self.in_doubt

    async def draft(self, flow: str) -> StoredDraft | None:
        """The person's draft of a conversation."""
        return await conversations.find_draft(self.session, self.person.id, flow)


Step = Callable[[Turn], Awaitable[None]]
Callback = Callable[[Update, CallbackContext[Any, Any, Any, Any]], Coroutine[Any, Any, None]]


def turn(step: Step, house: House) -> Callback:
    """The handler callback that takes `step` within a turn."""

    async def callback(update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
        began_s = time.perf_counter()
        incoming = read_update(update)
        outcome = await _take(step, house, incoming)
        log.info(
            "update",
            update_id=incoming.update_id,
            sort=incoming.sort.value,
            step=getattr(step, "__qualname__", ""),
            outcome=outcome,
            cost_ms=round((time.perf_counter() - began_s) * 1000, 1),
        )

    return callback


async def _take(step: Step, house: House, incoming: Incoming) -> str:
    try:
        await _commit(step, house, incoming)
    except Refused as refusal:
        await _commit(partial(_refuse, refusal), house, incoming)
        return "refused"
    except UNAVAILABLE:
        raise
    except Exception as mistake:
        log_mistake(log, "mistake", mistake, update_id=incoming.update_id)
        await _commit(partial(_apologise, type(mistake).__name__), house, incoming)
        return "failed"
    return "done"


async def _commit(step: Step, house: House, incoming: Incoming) -> None:
    now = house.clock()
    async with house.database.transaction() as session:
        mark = house.screens.mark_of(incoming.chat_id)
        if mark:
            await conversations.mark_shown(session, [mark])
            session.after_commit(partial(house.screens.recorded, mark))
        turn = await _begin(session, house, incoming, now)
        if turn is None:
            await _show_again(session, house, incoming)
            return
        await step(turn)
        await _end(turn)


async def _begin(session: Session, house: House, incoming: Incoming, now: datetime) -> Turn | None:
    if not await conversations.note_update(session, incoming.update_id, now):
        return None
    me = screen = None
    in_doubt = house.screens.in_doubt(incoming.chat_id)  # asked before the row is read, which may settle it
    if incoming.user_id and (incoming.private or incoming.sort is Sort.TAP):
        me = await people.find_by_telegram(session, incoming.user_id)
    if incoming.user_id and incoming.private:
        screen = await conversations.find_screen(session, incoming.chat_id)
    language = (me.language if me else None) or incoming.language
    return Turn(house, session, incoming, now, me, screen, house.texts_for(language), in_doubt)


async def _end(turn: Turn) -> None:
    house, incoming, answer = turn.house, turn.incoming, turn.answer
    if answer is not None:
        chat_id = incoming.chat_id
        version = await conversations.save_screen(turn.session, chat_id, turn.flow, answer, turn.now)
        turn.session.after_commit(lambda: house.screens.show(chat_id, version, answer))
    if incoming.query_id:
        toast, alert = turn.toast, turn.alert
        turn.session.after_commit(lambda: house.screens.answer_tap(incoming.query_id, toast, alert=alert))


async def _show_again(session: Session, house: House, incoming: Incoming) -> None:
    """An update that came again: what answers it is kept, but perhaps it was not sent any more."""
    screen = await conversations.find_screen(session, incoming.chat_id) if incoming.private else None
    if screen is not None:
        session.after_commit(partial(house.screens.show_again, screen))


async def _refuse(refusal: Refused, turn: Turn) -> None:
    words = turn.plain(refusal.message_id, **refusal.values)
    if turn.incoming.sort is Sort.TAP and len(words) <= 200:
        turn.again(words)
        turn.alert = True
    else:
        turn.show(
            turn.say(refusal.message_id, **refusal.values), flow=turn.screen.flow if turn.screen else ""
        )


async def _apologise(mistake: str, turn: Turn) -> None:
    await conversations.set_aside(turn.session, turn.incoming.update_id, mistake, "", turn.now)
    if turn.incoming.private and turn.incoming.user_id:
        turn.show(turn.say("failed"), flow=turn.screen.flow if turn.screen else "")
