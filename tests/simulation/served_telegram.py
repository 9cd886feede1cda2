"""The emulated Telegram over HTTP on a free port, in the test's own process, with ears for what is called."""

import asyncio
import socket
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import uvicorn

from bot.sandbox.params import Upload
from bot.sandbox.refusals import Json, LeftWaiting
from bot.sandbox.server import create_app
from bot.sandbox.telegram import Telegram

Ear = Callable[[str, Mapping[str, Any], Json | None], None]


class HeardTelegram(Telegram):
    """Tells `ears` of each call when it comes (without an answer) and when it is answered.

    An ear is called with method, parameters, and the answer's body or None. A call that is carried out but
    left without an answer is told as answered `{"ok": True}`.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        super().__init__(folder, now)
        self.ears: list[Ear] = []

    async def call(
        self, method: str, params: Mapping[str, Any] | None = None, files: Mapping[str, Upload] | None = None
    ) -> tuple[int, Json]:
        given = params or {}
        self._tell(method, given, None)
        try:
            status, body = await super().call(method, params, files)
        except LeftWaiting:
            self._tell(method, given, {"ok": True})
            raise
        self._tell(method, given, body)
        return status, body

    def _tell(self, method: str, params: Mapping[str, Any], body: Json | None) -> None:
        for ear in list(self.ears):
            ear(method, params, body)


class ServedTelegram:
    """An emulator with its server; `address` is where bots find it."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self.telegram = HeardTelegram(folder, now)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"

    async def __aenter__(self) -> Self:
        config = uvicorn.Config(
            create_app(self.telegram),
            lifespan="off",
            ws="none",
            log_level="critical",
            access_log=False,
            timeout_keep_alive=60,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._serving = asyncio.create_task(self._server.serve([self._door]))
        return self

    async def __aexit__(self, *_: object) -> None:
        self.telegram.stop()
        self._server.should_exit = True
        await self._serving
        self.telegram.close()
