"""The sandbox over HTTP: the Bot API for the bot, the control interface and the page for people."""

import asyncio
import json
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.sandbox.bodies import read_body
from bot.sandbox.control import BotControl, ClockControl, Control, Reset
from bot.sandbox.refusals import Json, LeftWaiting, Refused, Unreachable
from bot.sandbox.telegram import Telegram

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def create_app(
    telegram: Telegram,
    *,
    bot_control: BotControl | None = None,
    clock: ClockControl | None = None,
    page_dir: Path | None = None,
    on_reset: Reset | None = None,
) -> ASGIApp:
    """The sandbox as an ASGI application.

    It answers only requests addressed to a loopback name, and no writes that another site's page makes.
    Before the server shuts down, call `telegram.stop()`, or it waits for polls and event streams. Serve it
    with a keep-alive longer than the bot's client keeps idle connections (30 s), or calls meet closed ones.

    Args:
        page_dir: the static page, served at `/`.
        on_reset: throws the office away and makes it anew (`telegram.clear()` among it).
    """
    routes: list[BaseRoute] = [
        Mount("/sandbox", routes=Control(telegram, bot_control, clock, on_reset).routes())
    ]
    if page_dir is not None:
        routes.append(Mount("/", StaticFiles(directory=page_dir, html=True)))
    site = Starlette(routes=routes)
    bot_api = BotApi(telegram)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await site(scope, receive, send)
        elif not _from_here(scope):
            refusal = {"ok": False, "error": "only this machine's own pages and programs are answered"}
            await JSONResponse(refusal, 403)(scope, receive, send)
        elif scope["path"].startswith(("/bot", "/file/bot")):
            await bot_api(scope, receive, send)
        else:
            await site(scope, receive, send)

    return app


def _from_here(scope: Scope) -> bool:
    """Whether the request names a loopback host, and is not a write made by a page from elsewhere."""
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if urlsplit(f"//{host}").hostname not in _LOOPBACK:
        return False
    if scope["method"] in {"GET", "HEAD"}:
        return True
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == host


class BotApi:
    """`/bot{token}/{method}` and `/file/bot{token}/{path}` of the Bot API."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or, where a fault says so, none."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except Unreachable:
            await _drop(receive, send)
            return
        except LeftWaiting as error:
            await self._leave_waiting(receive, error.seconds)
            await _drop(receive, send)
            return
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            path = request.scope["path"]
            downloading = path.startswith("/file/")
            token, _, asked = path.removeprefix("/file").removeprefix("/bot").partition("/")
            self._telegram.admit(unquote(token))
            if downloading:
                return self._download(asked)
            params, files = await read_body(request)
            status, body = await self._telegram.call(asked, params, files)
        except Refused as refusal:
            status, body = refusal.code, refusal.payload()
        return _json(status, body)

    def _download(self, path: str) -> Response:
        content = self._telegram.world.file_bytes(path)
        if content is None:
            raise Refused(404, "Not Found")
        return Response(content, media_type="application/octet-stream")

    async def _leave_waiting(self, receive: Receive, seconds: float) -> None:
        waits = [asyncio.create_task(_gone(receive)), asyncio.create_task(self._telegram.stopped.wait())]
        _, pending = await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for wait in pending:
            wait.cancel()


def _json(status: int, body: Json) -> Response:
    content = json.dumps(body, separators=(",", ":")).encode()
    return Response(content, status, media_type="application/json")


async def _gone(receive: Receive) -> Any:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _drop(receive: Receive, send: Send) -> None:
    """Cut the connection without a word; ASGI has no way, so the server's own transport is taken.

    Raises:
        ConnectionResetError: there is no transport, as in tests without a server.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionResetError("the sandbox gives no answer on purpose")
    transport.abort()
    await _gone(receive)
