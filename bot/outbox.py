"""Messages out. Everything said here is committed already; what may be said twice and what may not differs.

A *screen* is the answer in the acting chat: only its latest version counts, one is in flight a chat, and it
is shown again when it is not certain that it arrived. A *notice* goes to somebody else: bot/notices.py.
"""

import asyncio
import contextlib
from datetime import timedelta

import structlog
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.clock import Clock
from bot.messages import Body
from bot.pace import Pace
from bot.request import NotSent
from bot.sending import call, put, seconds_of
from storage import conversations, people
from storage.conversations import StoredScreen
from storage.database import UNAVAILABLE, Database

log = structlog.get_logger("outbox")

Mark = tuple[int, int, int | None]
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 60.0
_MARKS_REST_S = 0.05
_PARTING_S = 5.0
_SCREENS_WORTH_SHOWING = timedelta(days=1)


class Screens:
    """What each chat shows, brought there: the newest version, again and again until Telegram has it."""

    def __init__(self, bot: Bot, database: Database, clock: Clock, pace: Pace) -> None:
        self._bot, self._database, self._clock, self._pace = bot, database, clock, pace
        self._wanted: dict[int, tuple[int, Body]] = {}
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._answers: set[asyncio.Task[None]] = set()
        self._doubtful: set[int] = set()
        self._marks: dict[int, Mark] = {}
        self._marking = asyncio.Lock()
        self._idle_marks: asyncio.TimerHandle | None = None

    def show(self, chat_id: int, version: int, body: Body) -> None:
        """Bring a committed screen to its chat; an older one still waiting is passed over."""
        self._wanted[chat_id] = (version, body)
        if chat_id not in self._busy:
            self._busy[chat_id] = asyncio.create_task(self._bring(chat_id))

    def show_again(self, screen: StoredScreen) -> None:
        """Show what is not known to have arrived, unless it is, or is on its way."""
        mark, wanted = self._marks.get(screen.chat_id), self._wanted.get(screen.chat_id)
        newest = max(mark[1] if mark else 0, wanted[0] if wanted else 0)
        if screen.body and newest < screen.version and screen.shown_version < screen.version:
            self._doubtful.add(screen.chat_id)
            self.show(screen.chat_id, screen.version, screen.body)

    def in_doubt(self, chat_id: int) -> bool:
        """Whether a copy of the chat's screen may be there or come, so that no message is surely the last."""
        wanted = self._wanted.get(chat_id)
        return chat_id in self._doubtful or (wanted is not None and "edit" not in wanted[1])

    def is_bringing(self, chat_id: int) -> bool:
        """Whether the chat's screen is on its way."""
        return chat_id in self._wanted

    def answer_tap(self, query_id: str, text: str, *, alert: bool) -> None:
        """Let the pressed button rest, with a word where there is one; lost if it fails."""
        task = asyncio.create_task(self._answer_tap(query_id, text, alert=alert))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def show_unshown(self) -> None:
        """After a start: show again what may not have arrived."""
        async with self._database.reading() as session:
            waiting = await conversations.list_unshown(session, self._clock() - _SCREENS_WORTH_SHOWING)
        for screen in waiting:
            self.show_again(screen)

    def mark_of(self, chat_id: int) -> Mark | None:
        """A delivery not yet recorded, for the chat's next commit to carry.

        Only that chat's: transactions that touch the screens of several could wait for each other.
        """
        return self._marks.get(chat_id)

    def recorded(self, mark: Mark) -> None:
        """The delivery is in the database."""
        if self._marks.get(mark[0]) == mark:
            del self._marks[mark[0]]
            self._doubtful.discard(mark[0])

    async def idle(self) -> None:
        """Wait until nothing is on its way and every delivery is recorded."""
        while self._busy or self._answers:
            await asyncio.wait([*self._busy.values(), *self._answers])
        await self.record_marks()

    async def record_marks(self) -> None:
        """Record deliveries in a commit of their own, where no other has come along."""
        async with self._marking:
            marks = list(self._marks.values())
            if marks:
                with contextlib.suppress(*UNAVAILABLE):
                    async with self._database.transaction() as session:
                        await conversations.mark_shown(session, marks)
                    for mark in marks:
                        self.recorded(mark)
        if self._marks:
            self._record_soon()

    async def finish(self) -> None:
        """Let what is on its way arrive, for some seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.idle(), _PARTING_S)

    async def close(self) -> None:
        """Give up what is still on its way: it is shown again after the next start."""
        tasks = [*self._busy.values(), *self._answers]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.record_marks()
        if self._idle_marks:
            self._idle_marks.cancel()

    async def _bring(self, chat_id: int) -> None:
        pause_s, newest_id = _FIRST_PAUSE_S, 0
        try:
            while chat_id in self._wanted:
                version, body = self._wanted[chat_id]
                passage = await self._pace.pass_(chat_id)
                version, body = self._wanted[chat_id]
                if body.get("edit", newest_id) < newest_id:
                    body = {key: value for key, value in body.items() if key != "edit"}
                try:
                    with passage:
                        message_id = await put(self._bot, chat_id, body)
                except RetryAfter as silence:
                    self._pace.shut(seconds_of(silence))
                    continue
                except ChatMigrated as moved:
                    message_id = await self._follow(moved, body)
                except (BadRequest, Forbidden) as refusal:
                    await self._give_up(chat_id, refusal)
                    message_id = None
                except (NetworkError, InvalidToken, TelegramError) as failure:
                    log.warning("screen_delayed", error=type(failure).__name__, pause_s=pause_s)
                    if not isinstance(failure, NotSent):
                        self._doubtful.add(chat_id)
                    await asyncio.sleep(pause_s)
                    pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)
                    continue
                pause_s, newest_id = _FIRST_PAUSE_S, message_id or newest_id
                self._note(chat_id, version, message_id)
        finally:
            del self._busy[chat_id]

    def _note(self, chat_id: int, version: int, message_id: int | None) -> None:
        if self._wanted[chat_id][0] == version:
            del self._wanted[chat_id]
        self._marks[chat_id] = (chat_id, version, message_id)
        self._record_soon()

    def _record_soon(self) -> None:
        if self._idle_marks is None:
            loop = asyncio.get_running_loop()
            self._idle_marks = loop.call_later(_MARKS_REST_S, self._record_now)

    def _record_now(self) -> None:
        self._idle_marks = None
        task = asyncio.create_task(self.record_marks())
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _follow(self, moved: ChatMigrated, body: Body) -> int | None:
        """A group that has become a supergroup has another id: the answer goes there, once."""
        with contextlib.suppress(TelegramError):
            await put(
                self._bot, moved.new_chat_id, {key: value for key, value in body.items() if key != "edit"}
            )
        return None

    async def _give_up(self, chat_id: int, refusal: TelegramError) -> None:
        log.warning("screen_refused", error=type(refusal).__name__, why=str(refusal))
        if isinstance(refusal, Forbidden):
            with contextlib.suppress(*UNAVAILABLE):
                async with self._database.transaction() as session:
                    await people.set_blocked(session, chat_id, self._clock())

    async def _answer_tap(self, query_id: str, text: str, *, alert: bool) -> None:
        try:
            word = {"text": text, "show_alert": alert} if text else {}
            await call(self._bot, "answerCallbackQuery", {"callback_query_id": query_id, **word})
        except RetryAfter as silence:
            self._pace.shut(seconds_of(silence))
        except TelegramError as failure:
            log.info("tap_unanswered", error=type(failure).__name__)
