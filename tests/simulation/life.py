"""One life of the bot: from a start to a stop or a death at any step, before a Telegram in any weather."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from telegram.error import NetworkError, RetryAfter

from bot.app import Bot
from bot.config import Config
from bot.domain.people import Person
from bot.messages import Body
from bot.request import NotSent, Unanswered
from bot.sandbox.params import Upload
from bot.sandbox.telegram import Telegram
from storage.database import UNAVAILABLE, Session
from storage.notices import Notice
from tests.emulator_request import EmulatorRequest
from tests.simulation.inline_database import InlineDatabase
from tests.simulation.virtual_time import Wall
from tests.simulation.weather import Fate, Weather

_READ_TIMEOUT_S = 5.0
_WRITES = ("send", "edit")
_sending: ContextVar[tuple[int, int] | None] = ContextVar("sending", default=None)
"""Notice and copy that the task has composed last."""


@dataclass(frozen=True)
class Accepted:
    """A message that Telegram took: when by the clock and in true time, for which notice (0: a screen)."""

    at: datetime
    true_s: float
    chat_id: int
    notice_id: int
    text: str
    buttons: tuple[str, ...]
    method: str
    message_id: int


@dataclass
class Record:
    """What the judge is told: everything accepted, and every notice whose fate the weather left in doubt.

    `doubts` holds for each notice the instants (by the clock) at which a call for it was lost or unanswered,
    or the bot died with it in hand.
    """

    accepted: list[Accepted] = field(default_factory=list)
    doubts: dict[int, list[datetime]] = field(default_factory=dict)
    died: int = 0
    calls: int = 0

    def doubt(self, notice_id: int, at: datetime) -> None:
        """Nobody can know what became of it."""
        self.doubts.setdefault(notice_id, []).append(at)


class Life:
    """A bot on an open database. `dice` say after how many steps it dies, where `doom` says that it does."""

    def __init__(
        self,
        config: Config,
        path: Path,
        telegram: Telegram,
        wall: Wall,
        weather: Weather,
        record: Record,
        dice: Random,
        died: Callable[[], None],
    ) -> None:
        self.dead = False
        self.started = False
        self._steps_left: int | None = None
        self._record, self._wall, self._died = record, wall, died
        self._loop = asyncio.get_running_loop()
        self._graves: list[asyncio.Future[None]] = []
        self._end: asyncio.Future[None] = self._loop.create_future()
        self.in_hand: set[int] = set()
        self.database = InlineDatabase(path, self)
        self.request = WeatheredRequest(telegram, self, wall, weather, record)
        self.bot = Bot(config, self.database, wall, self.request)
        self._order = dice
        self._watch_notices(dice)
        self.round: asyncio.Task[None] | None = None

    def _watch_notices(self, dice: Random) -> None:
        notices = self.bot.notices
        compose, settle = notices._compose, notices._settle
        notices._jitter = dice.random

        async def composed(session: Session, notice: Notice, person: Person, now: datetime) -> Body | None:
            self.in_hand.add(notice.id)
            _sending.set((notice.id, notice.copy))
            return await compose(session, notice, person, now)

        async def settled(notice: Notice, *values: Any, **named: Any) -> None:
            await settle(notice, *values, **named)
            self.in_hand.discard(notice.id)

        notices._compose = composed
        notices._settle = settled  # type: ignore[method-assign]

    def doom(self, steps: int) -> None:
        """It dies at that many steps from now."""
        self._steps_left = steps

    def is_over(self) -> bool:
        """One more step."""
        if self._steps_left is not None and not self.dead:
            self._steps_left -= 1
            if self._steps_left <= 0:
                self.die()
        return self.dead

    def gives_way(self) -> bool:
        """One in three steps."""
        return self._order.random() < 0.33

    async def rest(self) -> None:
        """For ever: what waits here must not be collected, which would let it go on to its end."""
        grave: asyncio.Future[None] = self._loop.create_future()
        self._graves.append(grave)
        await grave

    def die(self) -> None:
        """As by SIGKILL: what it had in hand is in doubt."""
        if self.dead:
            return
        self.dead = True
        self.database.die()
        self._record.died += 1
        for notice_id in sorted(self.in_hand):
            self._record.doubt(notice_id, self._wall())
        if not self._end.done():
            self._end.set_result(None)
        self._died()

    def begin(self) -> None:
        """Do one round of everything in the background, unless one is under way."""
        if not self.dead and (self.round is None or self.round.done()):
            self.round = self._loop.create_task(self._live())

    async def until(self, ends_s: float) -> bool:
        """Wait for the round's end, the life's, or a true second; whether the round has ended."""
        assert self.round is not None
        left_s = max(0.0, ends_s - self._loop.time())
        await asyncio.wait([self.round, self._end], timeout=left_s, return_when=asyncio.FIRST_COMPLETED)
        if self.round.done():
            self.round.result()
        return self.dead or self.round.done()

    async def stop(self) -> None:
        """As told to: what is in hand is finished."""
        if self.round is not None and not self.round.done():
            await asyncio.wait([self.round, self._end], return_when=asyncio.FIRST_COMPLETED)
        if not self.dead:
            leaving = self._loop.create_task(self.bot.__aexit__(None, None, None))
            await asyncio.wait([leaving, self._end], return_when=asyncio.FIRST_COMPLETED)
        if not self.dead:
            self.dead = True
            self.database.die()

    async def _live(self) -> None:
        try:
            if not self.started:
                await self.bot.__aenter__()
                self.started = True
            await self._round()
        except (NetworkError, RetryAfter, *UNAVAILABLE):
            return

    async def _round(self) -> None:
        """What goes on at the same time in a bot that serves."""
        bot = self.bot
        ends = await asyncio.gather(self._plan_and_send(), bot.poller.poll_once(), return_exceptions=True)
        for end in ends:
            if isinstance(end, BaseException):
                raise end
        if ends[1]:
            await bot.tasks.run_due()
            await bot.notices.send_due()

    async def _plan_and_send(self) -> None:
        await self.bot.schedule.tick()
        await self.bot.notices.send_due()


class WeatheredRequest(EmulatorRequest):
    """The way to the emulator, as the weather lets it."""

    def __init__(self, telegram: Telegram, life: Life, wall: Wall, weather: Weather, record: Record) -> None:
        super().__init__(telegram)
        self._life, self._wall, self._weather, self._record = life, wall, weather, record

    async def _exchange(
        self, url: str, params: Mapping[str, object], files: Mapping[str, Upload] | None = None
    ) -> tuple[int, bytes]:
        life, weather = self._life, self._weather
        if life.is_over():
            await life.rest()
        await asyncio.sleep(weather.latency_s())
        if life.dead:
            await life.rest()
        self._record.calls += 1
        at_s = self._wall.now_s
        method = url.rsplit("/", maxsplit=1)[-1]
        writes = method.startswith(_WRITES)
        sending = _sending.get() if writes else None
        fate = weather.fate(at_s)
        if fate is Fate.NOT_SENT:
            raise NotSent("the weather")
        if fate is Fate.TOO_MANY and method != "getUpdates":
            return _too_many(weather.silence_s(at_s))
        if fate in {Fate.LOST, Fate.UNANSWERED} and sending:
            self._record.doubt(sending[0], self._wall())
        answer = None if fate is Fate.LOST else await self._accept(url, params, files)
        if life.is_over():
            await life.rest()
        if fate in {Fate.LOST, Fate.UNANSWERED}:
            await asyncio.sleep(_READ_TIMEOUT_S)
            if life.dead:
                await life.rest()
            raise Unanswered("the weather")
        if life.gives_way():
            await asyncio.sleep(weather.latency_s())
            if life.dead:
                await life.rest()
        assert answer is not None
        return answer

    async def _accept(
        self, url: str, params: Mapping[str, object], files: Mapping[str, Upload] | None
    ) -> tuple[int, bytes]:
        return await super()._exchange(url, params, files)


def _too_many(seconds: int) -> tuple[int, bytes]:
    words = f"Too Many Requests: retry after {seconds}"
    body = {
        "ok": False,
        "error_code": 429,
        "description": words,
        "parameters": {"retry_after": seconds},
    }
    return 429, json.dumps(body).encode()


def note_accepted(telegram: Telegram, wall: Wall, record: Record, told: Any) -> None:
    """Write down what the emulator takes, and tell of it."""

    def hear(method: str, result: object) -> None:
        if not method.startswith(_WRITES) or not isinstance(result, dict):
            return
        sending = _sending.get()
        rows = result.get("reply_markup", {}).get("inline_keyboard", [])
        accepted = Accepted(
            wall(),
            wall.now_s,
            result["chat"]["id"],
            sending[0] if sending else 0,
            result.get("text") or result.get("caption") or "",
            tuple(button.get("callback_data", "") for row in rows for button in row),
            method,
            result["message_id"],
        )
        record.accepted.append(accepted)
        told(accepted)

    telegram.answer_watchers.append(hear)


async def carry_out(work: Coroutine[Any, Any, Any]) -> Any:
    """Await something in a task of its own, so that it leaves no trace in the caller's context."""
    return await asyncio.create_task(work)
