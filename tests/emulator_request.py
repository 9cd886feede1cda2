"""The emulated Telegram as python-telegram-bot's `BaseRequest`, without HTTP: fast, and failing alike."""

import json
import re
from collections.abc import Mapping
from typing import Any

from telegram.request import RequestData

from bot.request import CallingRequest, NotSent, Unanswered
from bot.sandbox.params import Upload
from bot.sandbox.refusals import LeftWaiting, Refused, Unreachable
from bot.sandbox.telegram import Telegram

TOKEN = "8540000854:AAEmulatedTokenOfTheSandbox_0000001"
"""A token the emulator takes; hand it to `telegram.Bot`."""
BASE_URL = "http://emulator/bot"
BASE_FILE_URL = "http://emulator/file/bot"
_CALL = re.compile(r"/bot(?P<token>[^/]+)/(?P<method>\w+)$")
_DOWNLOAD = re.compile(r"/file/bot(?P<token>[^/]+)/(?P<path>.+)$")


class EmulatorRequest(CallingRequest):
    """Calls `emulator` directly. As over HTTP, values are JSON both ways and nothing is shared.

    Offline is `NotSent`; an accepted call without an answer, and HTTP 5xx, are `Unanswered`.
    """

    def __init__(self, emulator: Telegram) -> None:
        self._emulator = emulator

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def call(
        self,
        url: str,
        params: Mapping[str, object],
        *,
        read_timeout_s: float,  # noqa: ARG002 - asked for by the poller
    ) -> tuple[int, bytes]:
        """As `bot.request.TelegramRequest.call`."""
        return await self._exchange(url, {name: value for name, value in params.items() if value is not None})

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        if method == "GET" and (download := _DOWNLOAD.search(url)):
            return self._download(download)
        if request_data is None:
            return await self._exchange(url, {})
        files = {
            name: Upload(file_name, content if isinstance(content, bytes) else content.read(), mime)
            for name, (file_name, content, mime) in request_data.multipart_data.items()
        }
        return await self._exchange(url, request_data.json_parameters, files)

    def _download(self, download: re.Match[str]) -> tuple[int, bytes]:
        content = self._emulator.world.file_bytes(download["path"])
        return (
            (404, b'{"ok":false,"error_code":404,"description":"Not Found"}')
            if content is None
            else (200, content)
        )

    async def _exchange(
        self, url: str, params: Mapping[str, object], files: Mapping[str, Upload] | None = None
    ) -> tuple[int, bytes]:
        call = _CALL.search(url)
        assert call, "not an address of the Bot API"
        try:
            self._emulator.admit(call["token"])
            status, body = await self._emulator.call(call["method"], params, files)
        except Refused as refusal:
            status, body = refusal.code, refusal.payload()
        except Unreachable as error:
            raise NotSent(str(error)) from error
        except LeftWaiting as error:
            raise Unanswered(str(error)) from error
        if status >= 500:
            raise Unanswered(f"HTTP {status}")
        return status, json.dumps(body).encode()
