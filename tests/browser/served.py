"""The sandbox's own server on a free port of the loopback, with people made up for the tests."""

import asyncio
import socket
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple, Self

import uvicorn

import bot.sandbox
from bot.clock import TurnedClock, system_clock
from bot.config import Config
from bot.sandbox.control import BotControl, ClockControl
from bot.sandbox.jumps import list_jumps
from bot.sandbox.people import Impossible
from bot.sandbox.refusals import Json
from bot.sandbox.server import create_app
from bot.sandbox.telegram import Telegram
from tests.browser.scripted_bot import ScriptedBot

VIETNAM = timezone(timedelta(hours=7))
PAGE = Path(bot.sandbox.__file__).parent / "page"


class Member(NamedTuple):
    """Somebody in the office; `greeted` ones are already talking with the bot."""

    user_id: int
    name: str
    unit: str
    post: str
    roles: list[str]
    greeted: bool = True


class Sandbox:
    """Emulator, scripted bot and server in this process; `hang_up` and `call_back` cut all connections."""

    def __init__(self, folder: Path, members: Sequence[Member]) -> None:
        self.members = members
        self.clock = TurnedClock(folder / "clock.json")
        self.clock.turn(system_clock())
        self.timetable = Config().timetable
        self.telegram = Telegram(folder, lambda: self.clock().astimezone(VIETNAM))
        self.bot = ScriptedBot(self.telegram)
        self.address = ""
        self._work: asyncio.Task[None] | None = None
        self._starts = 0

    async def __aenter__(self) -> Self:
        self._hire()
        for member in self.members:
            if member.greeted:
                await self.bot.call("sendMessage", chat_id=member.user_id, text="Kính chào đồng chí!")
                self.telegram.people.read(member.user_id, member.user_id)
        await self._start()
        await self._serve(socket.create_server(("127.0.0.1", 0)))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._kill()
        self.telegram.stop()
        await self.hang_up()
        self.telegram.close()

    async def hang_up(self) -> None:
        """Close the server with all its connections."""
        self.telegram.world.end_listening()
        self._server.should_exit = True
        await self._serving

    async def call_back(self) -> None:
        """Be there again, at the same address."""
        await self._serve(socket.create_server(("127.0.0.1", self._port)))

    async def _serve(self, door: socket.socket) -> None:
        self._port = door.getsockname()[1]
        self.address = f"http://127.0.0.1:{self._port}"
        bot = BotControl(self._status, self._start, self._kill, self._kill)
        clock = ClockControl(self._read_clock, self._turn_clock)
        app = create_app(self.telegram, bot_control=bot, clock=clock, page_dir=PAGE, on_reset=self._reset)
        config = uvicorn.Config(
            app, lifespan="off", ws="none", log_level="warning", timeout_graceful_shutdown=1
        )
        self._server = _AnnouncedServer(config)
        self._serving = asyncio.create_task(self._server.serve([door]))
        await self._server.ready.wait()

    # The bot's life

    def _status(self) -> Json:
        return {"running": self._work is not None, "pid": 854 if self._work else None, "starts": self._starts}

    async def _start(self) -> None:
        self._work = asyncio.create_task(self.bot.run())
        self._starts += 1

    async def _kill(self) -> None:
        if self._work is not None:
            self._work.cancel()
            with suppress(asyncio.CancelledError):
                await self._work
        self._work = None

    # The clock and beginning anew

    def _read_clock(self) -> Json:
        now = self.clock().astimezone(VIETNAM)
        jumps = list_jumps(self.timetable, now)
        return {"now": now.isoformat(), "speed": self.clock.speed, "offset_us": 0, "jumps": jumps}

    def _turn_clock(self, to: datetime | None, speed: float | None) -> None:
        to = to or self.clock()
        if to < self.clock() - timedelta(seconds=1):
            raise Impossible(409, "the clock only goes forward")
        self.clock.turn(to, self.clock.speed if speed is None else speed)

    async def _reset(self, _: bool, begin: datetime | None) -> None:  # noqa: FBT001 - the shape of `Reset`
        self.clock.turn(begin or system_clock())
        await self._kill()
        self.telegram.clear()
        self._hire()
        await self._start()

    def _hire(self) -> None:
        for member in self.members:
            details = {"unit": member.unit, "post": member.post, "roles": member.roles}
            phone = f"+84{member.user_id:09}"
            self.telegram.people.put(
                member.user_id,
                member.name,
                **details,
                phone=phone,
                linked=member.greeted,
                started=member.greeted,
            )


class _AnnouncedServer(uvicorn.Server):
    """A server that tells when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()
