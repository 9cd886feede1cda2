"""Messages out. Everything said here is committed already; what may be said twice and what may not differs.

A *screen* is the answer in the acting chat: only its latest version counts, one is in flight a chat, and it
is shown again when it is not certain that it arrived. A *notice* goes to somebody else: its row is `sending`
before the call, and in doubt (`unknown`) after a call without an answer (docs/delivery.md).
"""

import asyncio
import contextlib
import json
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from telegram import Bot, InputFile, Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import RequestData

from bot.clock import Clock
from bot.domain.people import Person
from bot.messages import Body
from bot.pace import Pace
from bot.request import NotSent
from storage import conversations, notices, people
from storage.conversations import StoredScreen
from storage.database import UNAVAILABLE, Database, Session
from storage.notices import Notice, State

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
                await self._pace.pass_(chat_id)
                version, body = self._wanted[chat_id]
                if body.get("edit", newest_id) < newest_id:
                    body = {key: value for key, value in body.items() if key != "edit"}
                try:
                    message_id = await _put(self._bot, chat_id, body)
                except RetryAfter as silence:
                    self._pace.shut(_seconds(silence))
                    continue
                except (BadRequest, Forbidden, ChatMigrated) as refusal:
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

    async def _give_up(self, chat_id: int, refusal: TelegramError) -> None:
        log.warning("screen_refused", error=type(refusal).__name__, why=str(refusal))
        if isinstance(refusal, Forbidden):
            with contextlib.suppress(*UNAVAILABLE):
                async with self._database.transaction() as session:
                    await people.set_blocked(session, chat_id, self._clock())

    async def _answer_tap(self, query_id: str, text: str, *, alert: bool) -> None:
        try:
            word = {"text": text, "show_alert": alert} if text else {}
            await _call(self._bot, "answerCallbackQuery", {"callback_query_id": query_id, **word})
        except RetryAfter as silence:
            self._pace.shut(_seconds(silence))
        except TelegramError as failure:
            log.info("tap_unanswered", error=type(failure).__name__)


Compose = Callable[[Session, Notice, Person, datetime], Awaitable[Body | None]]


class Notices:
    """Sends notices one at a time. `compose` makes the message when it is sent, or None to cancel it."""

    def __init__(self, bot: Bot, database: Database, clock: Clock, pace: Pace, compose: Compose) -> None:
        self._bot, self._database, self._clock, self._pace = bot, database, clock, pace
        self._compose = compose

    async def recover(self) -> None:
        """After a start: what was being sent is in doubt."""
        async with self._database.transaction() as session:
            await notices.park_sending(session, self._clock())

    async def send_due(self, stop: asyncio.Event | None = None) -> int:
        """Send everything that is due, until told to stop; answers how many rows were dealt with."""
        dealt = 0
        while not (stop and stop.is_set()) and await self._send_next():
            dealt += 1
        return dealt

    async def _send_next(self) -> bool:
        await self._pace.opened()  # before the claim: a row that waits as `sending` is in doubt for longer
        now, token = self._clock(), secrets.token_hex(8)
        async with self._database.transaction() as session:
            notice = await notices.claim(session, token, now)
            if notice is None:
                return False
            person = await people.get_person(session, notice.person_id)
            body = await self._body(session, notice, person, now)
        if body is not None and person.telegram_id is not None:
            await self._pace.pass_(person.telegram_id)
            await self._send(notice, person.telegram_id, body)
        return True

    async def _body(self, session: Session, notice: Notice, person: Person, now: datetime) -> Body | None:
        if notice.expires_at is not None and notice.expires_at <= now:
            await notices.settle(session, notice, State.EXPIRED, now)
            return None
        if person.telegram_id is None or person.blocked or person.left or person.erased:
            await notices.settle(session, notice, State.FAILED, now, error="unreachable")
            return None
        body = await self._compose(session, notice, person, now)
        if body is None:
            await notices.settle(session, notice, State.CANCELLED, now)
        return body

    async def _send(self, notice: Notice, chat_id: int, body: Body) -> None:
        try:
            message_id = await _put(self._bot, chat_id, body)
        except RetryAfter as silence:
            seconds = _seconds(silence)
            self._pace.shut(seconds)
            await self._settle(notice, State.PENDING, due_in_s=seconds)
        except Forbidden:
            await self._settle(notice, State.FAILED, error="blocked", blocked=chat_id)
        except (BadRequest, ChatMigrated) as refusal:
            await self._settle(notice, State.FAILED, error=str(refusal))
        except (NotSent, InvalidToken) as failure:
            pause_s = min(_FIRST_PAUSE_S * 2**notice.attempts, _LONGEST_PAUSE_S)
            await self._settle(notice, State.PENDING, due_in_s=pause_s, error=type(failure).__name__)
        except TelegramError as doubt:
            await self._settle(notice, State.UNKNOWN, error=type(doubt).__name__)
        else:
            await self._settle(notice, State.SENT, message_id=message_id)

    async def _settle(
        self,
        notice: Notice,
        state: State,
        *,
        message_id: int | None = None,
        error: str | None = None,
        due_in_s: float = 0.0,
        blocked: int | None = None,
    ) -> None:
        now = self._clock()
        due_at = now + timedelta(seconds=due_in_s) if state is State.PENDING else None
        async with self._database.transaction() as session:
            await notices.settle(
                session, notice, state, now, message_id=message_id, error=error, due_at=due_at
            )
            if blocked is not None:
                await people.set_blocked(session, blocked, now)
        log.info("notice", id=notice.id, kind=notice.kind, state=state.value, error=error)


async def _put(bot: Bot, chat_id: int, body: Body) -> int | None:
    if "file" in body:
        return (await _put_file(bot, chat_id, body)).message_id
    said: Body = {"chat_id": chat_id, "text": body["text"], "parse_mode": "HTML"}
    if "reply_markup" in body:
        said["reply_markup"] = body["reply_markup"]
    if "edit" in body:
        try:
            return _message_id(await _call(bot, "editMessageText", said | {"message_id": body["edit"]}))
        except BadRequest as refusal:
            why = str(refusal).lower()  # python-telegram-bot has capitalised it
            if "not modified" in why:
                return int(body["edit"])
            if "message to edit not found" not in why and "can't be edited" not in why:
                raise
    return _message_id(await _call(bot, "sendMessage", said))


async def _call(bot: Bot, method: str, params: Mapping[str, object]) -> Any:
    """The method's result as it came: reading our own message into objects costs more than sending it."""
    return await bot.request.post(f"{bot.base_url}/{method}", _Values(params))


class _Values(RequestData):  # type: ignore[misc]  # final only to the type checker
    """A call's values, which are JSON already and need none of python-telegram-bot's own objects."""

    def __init__(self, values: Mapping[str, object]) -> None:
        super().__init__()
        self._values = values

    @property
    def json_parameters(self) -> dict[str, str]:
        return {
            name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for name, value in self._values.items()
        }


def _message_id(sent: Any) -> int | None:
    return sent.get("message_id") if isinstance(sent, dict) else None


async def _put_file(bot: Bot, chat_id: int, body: Body) -> Message:
    path = Path(body["file"]["path"])
    content = await asyncio.to_thread(path.read_bytes)
    document = InputFile(content, filename=body["file"]["name"])
    return await bot.send_document(chat_id, document, caption=body["text"], parse_mode="HTML")


def _seconds(silence: RetryAfter) -> float:
    after = silence.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


async def every(
    pause_s: float, wake: asyncio.Event, stop: asyncio.Event, work: Callable[[], Coroutine[Any, Any, object]]
) -> None:
    """Do `work` whenever woken and at the latest after `pause_s`, until told to stop and woken once more.

    What is in hand is finished; a database that is away is waited for.
    """
    while not stop.is_set():
        wake.clear()
        try:
            await work()
        except UNAVAILABLE as failure:
            log.warning("database_unavailable", error=type(failure).__name__)
            await asyncio.sleep(_FIRST_PAUSE_S)
        if not stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), pause_s)
