"""The whole sandbox on one folder: Telegram emulated, the page, the clock, an invented office, and the bot.

Everything is in the folder (`telegram.db`, `files/`, `guongsang.db`, `clock.json`): closed, killed and
started again, it has lost nothing.
"""

import asyncio
import errno
import math
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import uvicorn
from filelock import FileLock, Timeout

from bot.cli.common import of_folder
from bot.clock import TurnedClock, system_clock, to_us
from bot.domain.errors import Refused
from bot.lock import hold_database
from bot.sandbox.bot_keeper import BotKeeper
from bot.sandbox.control import BotControl, ClockControl
from bot.sandbox.jumps import list_jumps
from bot.sandbox.people import Impossible
from bot.sandbox.refusals import Json
from bot.sandbox.seed_office import furnish_telegram, is_seeded, seed_office
from bot.sandbox.server import create_app
from bot.sandbox.telegram import Telegram
from storage.migrating import open_migrated

LOOPBACK: Final = "127.0.0.1"
_PAGE: Final = Path(__file__).parent / "page"
_KEEP_ALIVE_S: Final = 75
_CLOSING_S: Final = 2
_SLACK: Final = timedelta(seconds=1)
_FIRST_YEAR: Final = 2000
_LAST_YEAR: Final = 2098
_FASTEST: Final = 100_000.0
_REMINDER_TO_COME: Final = 16


def before_the_reminder(now: datetime) -> datetime:
    """A day on which this month's reminder is still to come: what is nominated now, the head is told of."""
    return now.replace(day=min(now.day, _REMINDER_TO_COME))


class Demo:
    """The sandbox, open within `async with`; `address` is where its page is.

    Args:
        data: the folder, made where it is missing.
        port: on the loopback; 0 is any free one.
        empty: a new folder gets the units and the secretariat only.
        begin: what the clock shows in a new folder; where it is None, the machine's time, or the 16th if the
            month is further on.

    Raises Refused on entering, where the folder or the port is taken, and OSError.
    """

    def __init__(self, data: Path, port: int, *, empty: bool = False, begin: datetime | None = None) -> None:
        self._data, self._port, self._empty, self._begin = data.absolute(), port, empty, begin
        self._config = of_folder(data)
        self._zone, self._timetable = self._config.office.timezone, self._config.timetable
        self._clock = TurnedClock(self._data / "clock.json")
        self._resetting = asyncio.Lock()
        self._open = AsyncExitStack()
        self.address = ""

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as opening:
            self._data.mkdir(parents=True, exist_ok=True)
            opening.enter_context(_hold_folder(self._data))
            door = opening.enter_context(_open_door(self._port))
            self.address = f"http://{LOOPBACK}:{door.getsockname()[1]}"
            if not (self._data / "clock.json").exists():
                self._clock.turn(self._beginning())
            self._telegram = Telegram(self._data, lambda: self._clock().astimezone(self._zone))
            opening.callback(self._telegram.close)
            await self._furnish()
            self.bot = self._keeper()
            await self._serve(door)
            opening.push_async_callback(self._close)
            opening.push_async_callback(self.bot.stop)
            await self.bot.start()
            self._open = opening.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.aclose()

    async def ended(self) -> None:
        """Wait until the server ends by itself, which it does only when it fails."""
        await asyncio.shield(self._serving)

    async def _furnish(self) -> None:
        """The office where there is none yet, and the phones of its people where nobody has one."""
        storage, now = self._config.storage, self._clock()
        with hold_database(storage.url):
            database = await open_migrated(storage.url, backups=storage.backups)
            try:
                if not await is_seeded(database):
                    await seed_office(database, self._config, now, empty=self._empty)
                if not self._telegram.world.list_people():
                    await furnish_telegram(self._telegram, database, self._config, now)
            finally:
                await database.close()

    def _keeper(self) -> BotKeeper:
        command = [sys.executable, "-m", "bot.sandbox.bot_process"]
        keeper = BotKeeper(
            [*command, "--data", str(self._data), "--base-url", self.address], self._data / "bot.log"
        )
        keeper.changed = lambda: self._telegram.world.tell("bot", None, **keeper.status())
        return keeper

    async def _serve(self, door: socket.socket) -> None:
        app = create_app(
            self._telegram,
            bot_control=BotControl(self.bot.status, self.bot.start, self.bot.stop, self.bot.kill),
            clock=ClockControl(self._read_clock, self._turn_clock),
            page_dir=_PAGE,
            on_reset=self._reset,
        )
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            timeout_keep_alive=_KEEP_ALIVE_S,
            timeout_graceful_shutdown=_CLOSING_S,
        )
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve([door]))

    async def _close(self) -> None:
        self._telegram.stop()
        self._server.should_exit = True
        await self._serving

    # The clock, and beginning anew

    def _read_clock(self) -> Json:
        now = self._clock()
        offset_us = to_us(now) - to_us(system_clock())
        return {
            "now": now.astimezone(self._zone).isoformat(),
            "speed": self._clock.speed,
            "offset_us": offset_us,
            "jumps": list_jumps(self._timetable, now),
        }

    def _turn_clock(self, to: datetime | None, speed: float | None) -> None:
        now = self._clock()
        to = to or now
        if speed is not None and not (math.isfinite(speed) and 0 <= speed <= _FASTEST):
            raise Impossible(400, f"speed must lie between 0 and {_FASTEST:.0f}")
        if to.year > _LAST_YEAR:
            raise Impossible(400, f"the clock goes as far as the year {_LAST_YEAR}")
        if to < now - _SLACK * max(1.0, self._clock.speed):
            raise Impossible(409, "the clock only goes forward; a reset begins anew")
        self._clock.turn(max(to, now), self._clock.speed if speed is None else speed)

    def _beginning(self) -> datetime:
        return self._begin or before_the_reminder(system_clock())

    async def _reset(self, keep_clock: bool, begin: datetime | None) -> None:  # noqa: FBT001 - as `Reset`
        if begin is not None and not _FIRST_YEAR <= begin.year <= _LAST_YEAR:
            raise Impossible(400, f"the clock shows the years {_FIRST_YEAR} to {_LAST_YEAR}")
        async with self._resetting:
            await self.bot.kill()
            self._telegram.clear()
            await asyncio.to_thread(_throw_away, self._data)
            if not keep_clock:
                self._clock.turn(begin or self._beginning())
            await self._furnish()
            await self.bot.start()


class _Server(uvicorn.Server):
    """A server that leaves signals to who runs it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextmanager
def _hold_folder(folder: Path) -> Iterator[None]:
    lock = FileLock(folder / "demo.lock", blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise Refused("demo.folder_busy", folder=str(folder)) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _open_door(port: int) -> Iterator[socket.socket]:
    try:
        door = socket.create_server((LOOPBACK, port))
    except OverflowError:
        raise Refused("demo.port_wrong", port=port) from None
    except OSError as failure:
        if failure.errno in {errno.EADDRINUSE, errno.EACCES}:
            raise Refused("demo.port_busy", port=port, other=port + 1) from None
        raise
    with door:
        yield door


def _throw_away(folder: Path) -> None:
    """The office's database with what belongs to it; the lock stays, and what is kept beside it."""
    for path in folder.glob("guongsang.db*"):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.suffix != ".lock":
            path.unlink()
