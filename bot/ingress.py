"""Updates in: an own polling loop that confirms to Telegram only what a commit has noted.

python-telegram-bot's `Updater` confirms before the handlers have run, and loses what a crash interrupts.
"""

import asyncio
import json
from collections.abc import Awaitable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, RetryAfter, TelegramError
from telegram.ext import Application, BaseUpdateProcessor, CallbackContext

from bot.clock import Clock
from bot.request import CallingRequest
from storage import conversations
from storage.database import UNAVAILABLE, Database

log = structlog.get_logger("ingress")

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
_NOTES_KEPT = timedelta(days=7)
_BATCH = 100
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]


class InOrderOfPeople(BaseUpdateProcessor):
    """One person's updates in the order in which they came, different people's at the same time."""

    def __init__(self, at_once: int = 64) -> None:
        super().__init__(max_concurrent_updates=10_000)
        self._places = asyncio.Semaphore(at_once)
        self._last: dict[int, asyncio.Future[None]] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the same person's update before, then for a place."""
        key = _key(update)
        before = self._last.get(key)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._last[key] = done
        try:
            if before is not None:
                await before
            async with self._places:
                await coroutine
        finally:
            done.set_result(None)
            if self._last.get(key) is done:
                del self._last[key]

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to let go of."""


class Poller:
    """Asks for updates, has them handled, and confirms them by the offset of the next request."""

    def __init__(
        self,
        app: Application[Any, Any, Any, Any, Any, Any],
        calls: CallingRequest,
        database: Database,
        clock: Clock,
        poll_timeout_s: int,
    ) -> None:
        self._app, self._calls, self._database, self._clock = app, calls, database, clock
        self._poll_timeout_s = poll_timeout_s
        self._offset = 0
        self._failures: dict[int, Exception] = {}
        app.add_error_handler(self._note_failure)

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until told to stop; what is in hand then is finished and confirmed."""
        pause_s = _FIRST_PAUSE_S
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                asked = asyncio.create_task(self._ask(self._poll_timeout_s))
                await asyncio.wait([asked, stopping], return_when=asyncio.FIRST_COMPLETED)
                if not asked.done():
                    asked.cancel()
                    await asyncio.wait([asked])
                    break
                try:
                    await self.handle(asked.result())
                    pause_s = _FIRST_PAUSE_S
                except (TelegramError, *UNAVAILABLE) as failure:
                    pause_s = _pause(failure, pause_s)
                    await asyncio.wait([stopping], timeout=pause_s)
        finally:
            stopping.cancel()
        await self._confirm()

    async def poll_once(self) -> int:
        """Handle what waits now; answers how many updates that was."""
        updates = await self._ask(0)
        await self.handle(updates)
        return len(updates)

    async def handle(self, updates: list[dict[str, Any]]) -> None:
        """Have a batch handled, and move the offset behind what a commit has noted."""
        if not updates:
            return
        handled = await asyncio.gather(*(self._handle_one(raw) for raw in updates), return_exceptions=True)
        for outcome in handled:
            if isinstance(outcome, BaseException) and not isinstance(outcome, UNAVAILABLE):
                raise outcome
        ids = [raw["update_id"] for raw in updates]
        async with self._database.reading() as session:
            noted = await conversations.list_noted(session, ids)
        for update_id in sorted(ids):
            if update_id not in noted:
                raise OSError("an update is not noted yet")
            self._offset = max(self._offset, update_id + 1)

    async def forget_old_notes(self) -> None:
        """Notes of updates that Telegram cannot send again any more."""
        async with self._database.transaction() as session:
            await conversations.forget_updates(session, self._clock() - _NOTES_KEPT)

    async def _ask(self, timeout_s: int) -> list[dict[str, Any]]:
        return await get_updates(self._calls, self._app.bot, self._offset, timeout_s)

    async def _confirm(self) -> None:
        if self._offset:
            try:
                await get_updates(self._calls, self._app.bot, self._offset, 0, limit=1)
            except TelegramError as failure:
                log.info("last_confirmation_failed", error=type(failure).__name__)

    async def _handle_one(self, raw: dict[str, Any]) -> None:
        """What cannot be read is put aside: it must neither stop the others nor come round for ever."""
        try:
            await self._process(raw)
        except UNAVAILABLE:
            raise
        except Exception as unreadable:
            log.warning("update_unreadable", update_id=raw["update_id"], error=type(unreadable).__name__)
            await self._set_aside(raw, type(unreadable).__name__)

    async def _process(self, raw: dict[str, Any]) -> None:
        update = Update.de_json(raw, self._app.bot)
        await self._app.update_processor.process_update(update, self._app.process_update(update))
        failure = self._failures.pop(raw["update_id"], None)
        if failure is not None:
            raise failure

    async def _note_failure(self, update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        """python-telegram-bot hands what a handler raised to here, and goes on as if nothing had been."""
        if isinstance(update, Update) and context.error is not None:
            self._failures[update.update_id] = context.error

    async def _set_aside(self, raw: dict[str, Any], reason: str) -> None:
        now = self._clock()
        async with self._database.transaction() as session:
            if await conversations.note_update(session, raw["update_id"], now):
                await conversations.set_aside(session, raw["update_id"], reason, json.dumps(raw), now)


async def get_updates(
    calls: CallingRequest, bot: Bot, offset: int, timeout_s: int, *, limit: int = _BATCH
) -> list[dict[str, Any]]:
    """Updates as Telegram sent them: one that python-telegram-bot cannot read must not hide the others.

    Raises RetryAfter, Conflict, TelegramError.
    """
    wanted = {"offset": offset, "timeout": timeout_s, "limit": limit, "allowed_updates": WANTED}
    status, payload = await calls.call(f"{bot.base_url}/getUpdates", wanted, read_timeout_s=timeout_s + 10)
    answer = json.loads(payload)
    if status == HTTPStatus.OK:
        found: list[dict[str, Any]] = answer["result"]
        return found
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise RetryAfter(int(answer.get("parameters", {}).get("retry_after", 1)))
    words = str(answer.get("description", status))
    raise Conflict(words) if status == HTTPStatus.CONFLICT else TelegramError(words)


def _pause(failure: BaseException, pause_s: float) -> float:
    if isinstance(failure, RetryAfter):
        after = failure.retry_after
        return after.total_seconds() if isinstance(after, timedelta) else float(after)
    log.warning(
        "poll_failed", error=type(failure).__name__, conflict=isinstance(failure, Conflict), pause_s=pause_s
    )
    return min(pause_s * 2, _LONGEST_PAUSE_S)


def _key(update: object) -> int:
    if not isinstance(update, Update):
        return 0
    key = getattr(update.effective_user or update.effective_chat, "id", 0)
    return key if isinstance(key, int) else 0
