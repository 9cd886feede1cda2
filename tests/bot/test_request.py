"""The HTTP client tells what certainly never left from what may have been carried out; it keeps the token."""

import asyncio
import json
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import FormData
from starlette.requests import Request
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.request import NotSent, TelegramRequest, Unanswered

TOKEN = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
MESSAGE = {"message_id": 7, "date": 1, "chat": {"id": 1001, "type": "private"}, "text": "Chào"}
SHORT_S = 0.05
SOON_S = 1.0
"""Short too, but enough for a connection and a request on a busy machine."""


@dataclass(frozen=True)
class Heard:
    """A request as the server read it."""

    line: str
    headers: Mapping[str, str]
    body: bytes

    async def form(self) -> FormData:
        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": self.body, "more_body": False}

        headers = [(name.encode(), value.encode()) for name, value in self.headers.items()]
        return await Request({"type": "http", "headers": headers}, receive).form()


Answer = Callable[[Heard, asyncio.StreamWriter], Awaitable[None]]


class Server:
    """Speaks raw HTTP on a free port of the loopback, so that it can also break it."""

    def __init__(self, answer: Answer | None) -> None:
        self._answer = answer
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.heard: list[Heard] = []
        self.connections = 0
        self.reached = asyncio.Event()
        self.left = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        for _turn in range(5):
            await asyncio.sleep(0)  # who knocked is let in: asyncio forgets whom it meets in a closing door
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.gather(*self._tasks)
        await self._server.wait_closed()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        self._tasks.add(asyncio.create_task(self._serve(reader, writer)))
        self.connections += 1

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.left.set()
        finally:
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._answer is None:
            await reader.read(1)  # or the client might not have seen that it was connected
            writer.transport.abort()
            return
        while not writer.is_closing():
            self.heard.append(await read_request(reader))
            self.reached.set()
            await self._answer(self.heard[-1], writer)
            await writer.drain()


async def read_request(reader: asyncio.StreamReader) -> Heard:
    line, *fields = (await reader.readuntil(b"\r\n\r\n")).decode().rstrip().split("\r\n")
    headers = {name.lower(): value for name, _, value in (field.partition(": ") for field in fields)}
    return Heard(line, headers, await reader.readexactly(int(headers.get("content-length", 0))))


def says(status: int, body: bytes, headers: str = "") -> Answer:
    async def answer(_: Heard, writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 {status} Status\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)

    return answer


def says_json(status: int, body: object) -> Answer:
    return says(status, json.dumps(body).encode())


def says_raw(answer_bytes: bytes) -> Answer:
    async def answer(_: Heard, writer: asyncio.StreamWriter) -> None:
        writer.write(answer_bytes)
        writer.close()

    return answer


async def never_answer(_: Heard, __: asyncio.StreamWriter) -> None:
    """The request was read; nothing follows."""


async def begin_and_stall(_: Heard, writer: asyncio.StreamWriter) -> None:
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok":true,"result"')


async def hang_up(_: Heard, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


accept = says_json(200, {"ok": True, "result": MESSAGE})


def hasty(
    *,
    proxy: str | None = None,
    max_connections: int = 4,
    pool_timeout_s: float = SHORT_S,
    connect_timeout_s: float = 60,
    read_timeout_s: float = 60,
) -> TelegramRequest:
    """A client that does not wait long: for a place in the pool, or for what a test names."""
    return TelegramRequest(
        proxy=proxy,
        max_connections=max_connections,
        pool_timeout_s=pool_timeout_s,
        connect_timeout_s=connect_timeout_s,
        read_timeout_s=read_timeout_s,
    )


def bot_over(request: TelegramRequest, address: str, token: str = TOKEN) -> Bot:
    return Bot(token, base_url=f"{address}/bot", request=request, get_updates_request=request)


@asynccontextmanager
async def a_bot(
    answer: Answer | None, request: TelegramRequest | None = None
) -> AsyncIterator[tuple[Bot, Server]]:
    async with Server(answer) as server, request or TelegramRequest() as client:
        yield bot_over(client, server.address), server


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that is taken and on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


async def test_a_message_arrives_as_written_and_its_answer_comes_back():
    """Text with accents goes through, and the accepted message is given back."""
    async with a_bot(accept) as (bot, server):
        message = await bot.send_message(1001, "Đề cử chị Lan & anh Ân + 1 = 2\n")
        assert message.message_id == 7
        assert server.heard[0].line == f"POST /bot{TOKEN}/sendMessage HTTP/1.1"
        assert dict(await server.heard[0].form()) == {
            "chat_id": "1001",
            "text": "Đề cử chị Lan & anh Ân + 1 = 2\n",
        }


async def test_calls_share_a_connection():
    """Three calls in a row need one connection."""
    async with a_bot(accept) as (bot, server):
        for _turn in range(3):
            await bot.send_message(1001, "Chào")
        assert len(server.heard) == 3
        assert server.connections == 1


@pytest.mark.parametrize(
    ("status", "more", "error"),
    [
        (400, {}, BadRequest),
        (401, {}, InvalidToken),
        (403, {}, Forbidden),
        (404, {}, InvalidToken),
        (409, {}, Conflict),
        (400, {"parameters": {"migrate_to_chat_id": -1002}}, ChatMigrated),
        (429, {"parameters": {"retry_after": 7}}, RetryAfter),
    ],
)
async def test_refusals_of_telegram_stay_what_they_are(status, more, error):
    """What Telegram itself refuses is neither unsent nor in doubt."""
    refusal = {"ok": False, "error_code": status, "description": "Refused: because"}
    async with a_bot(says_json(status, refusal | more)) as (bot, _):
        with pytest.raises(error) as caught:
            await bot.send_message(1001, "Chào")
    assert type(caught.value) is error
    if isinstance(caught.value, RetryAfter):
        assert caught.value.retry_after == timedelta(seconds=7)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(says_json(500, {"ok": False, "description": "Internal"}), id="500 with ok: false"),
        pytest.param(says(502, b"<html>Bad Gateway</html>"), id="502 in HTML"),
        pytest.param(says(403, b"<html>blocked by a portal</html>"), id="403 not of Telegram"),
        pytest.param(says(200, b"<html>log in first</html>"), id="200 not of Telegram"),
        pytest.param(says(200, b""), id="200 empty"),
        pytest.param(says(200, b'{"ok":true,"result":{"message_id"'), id="JSON cut short"),
        pytest.param(says(200, b'["result"]'), id="JSON of another shape"),
        pytest.param(says(302, b"", "Location: /elsewhere\r\n"), id="redirect"),
        pytest.param(says_raw(b"SSH-2.0-OpenSSH\r\n\r\n"), id="not HTTP"),
        pytest.param(says_raw(b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"ok"'), id="body cut short"),
        pytest.param(hang_up, id="reset after the request was read"),
        pytest.param(None, id="reset before the request was read"),
    ],
)
async def test_whatever_leaves_doubt_is_unanswered_and_not_repeated(answer):
    """An answer that is broken, missing or not Telegram's may hide a delivery; it is asked once only."""
    async with a_bot(answer) as (bot, server):
        with pytest.raises(TelegramError) as caught:
            await bot.send_message(1001, "Chào")
        assert type(caught.value) is Unanswered
        assert len(server.heard) == (answer is not None)


async def test_a_call_lost_on_a_kept_connection_is_not_repeated():
    """When a connection that served before is reset under a call, that call is sent once."""

    async def accept_then_hang_up(heard: Heard, writer: asyncio.StreamWriter) -> None:
        await (accept if len(server.heard) == 1 else hang_up)(heard, writer)

    async with a_bot(accept_then_hang_up) as (bot, server):
        await bot.send_message(1001, "Một")
        with pytest.raises(Unanswered):
            await bot.send_message(1001, "Hai")
        assert len(server.heard) == 2
        assert server.connections == 1


@pytest.mark.parametrize("answer", [never_answer, begin_and_stall])
async def test_a_late_answer_is_unanswered(answer):
    """A read time-out given with one call ends that call in doubt."""
    async with a_bot(answer, hasty(connect_timeout_s=SOON_S)) as (bot, server):
        with pytest.raises(Unanswered):
            await bot.send_message(1001, "Chào", read_timeout=SOON_S)
        assert len(server.heard) == 1


async def test_the_clients_own_read_time_out_holds_where_a_call_has_none():
    """Without a time-out of its own, a call ends after the client's."""
    async with a_bot(never_answer, hasty(connect_timeout_s=SOON_S, read_timeout_s=SHORT_S)) as (bot, _):
        with pytest.raises(Unanswered):
            await bot.send_message(1001, "Chào")


async def test_refused_connection_is_not_sent(closed_port):
    """Nobody listens: the message never left."""
    async with TelegramRequest() as request:
        with pytest.raises(NotSent):
            await bot_over(request, f"http://127.0.0.1:{closed_port}").send_message(1001, "Chào")


async def test_unknown_host_is_not_sent():
    """A name that does not resolve (too long to exist, so nobody is asked): the message never left."""
    async with TelegramRequest() as request:
        with pytest.raises(NotSent):
            await bot_over(request, f"http://{'a' * 64}.invalid").send_message(1001, "Chào")


async def test_connect_time_out_is_not_sent():
    """A server that accepts and never finishes the TLS handshake has not seen the message."""
    async with Server(accept) as server, hasty(connect_timeout_s=SHORT_S) as request:
        with pytest.raises(NotSent):
            await bot_over(request, f"https://127.0.0.1:{server.port}").send_message(1001, "Chào")
        assert not server.heard


async def test_no_free_place_in_the_pool_is_not_sent():
    """With every connection busy, the call that waited in vain never left."""
    async with a_bot(never_answer, hasty(max_connections=1)) as (bot, server):
        first = asyncio.create_task(bot.send_message(1001, "Một"))
        await server.reached.wait()
        with pytest.raises(NotSent):
            await bot.send_message(1001, "Hai")
        assert len(server.heard) == 1
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first


async def test_text_that_is_no_unicode_is_refused_for_good():
    """Half of a surrogate pair cannot be sent, now or later, and is not quoted."""
    private_and_broken = "riêng tư \ud83d"
    async with a_bot(accept) as (bot, server):
        with pytest.raises(BadRequest) as caught:
            await bot.send_message(1001, private_and_broken)
        assert "riêng" not in everything_shown(caught.value)
        assert not server.heard


@pytest.mark.parametrize(
    ("name", "arrives_as"),
    [
        ("Danh sách đề nghị biểu dương.docx", "Danh sách đề nghị biểu dương.docx"),
        ('a"b\r\nX-Evil: 1.docx', "a%22b%0D%0AX-Evil: 1.docx"),
    ],
)
async def test_a_file_arrives_intact(name, arrives_as):
    """Bytes, Vietnamese file name and caption come through; a name cannot smuggle a header in."""
    content = bytes(range(256)) * 500
    async with a_bot(accept) as (bot, server):
        await bot.send_document(1001, content, caption="Kỳ này", filename=name)
        form = await server.heard[0].form()
        # As browsers write it; `filename*=` is not read by every server.
        assert f'filename="{arrives_as}"'.encode() in server.heard[0].body
    document = form["document"]
    assert not isinstance(document, str)
    assert await document.read() == content
    assert document.filename == arrives_as
    assert document.content_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert (form["chat_id"], form["caption"]) == ("1001", "Kỳ này")
    assert set(document.headers) == {"content-disposition", "content-type"}
    await form.close()


async def test_a_file_still_open_is_read_and_sent(tmp_path):
    """A file handle left to the backend is sent like bytes."""
    path = tmp_path / "ảnh.png"
    path.write_bytes(b"PNG...")
    async with a_bot(accept) as (bot, server):
        with path.open("rb") as handle:
            await bot.send_document(1001, InputFile(handle, read_file_handle=False))
        form = await server.heard[0].form()
    document = form["document"]
    assert not isinstance(document, str)
    assert (document.filename, await document.read()) == ("ảnh.png", b"PNG...")
    await form.close()


async def test_a_file_is_downloaded():
    """`retrieve` gives the bytes, whatever they are."""
    content = b"\x00\xff not JSON"
    async with Server(says(200, content)) as server, TelegramRequest() as request:
        assert await request.retrieve(f"{server.address}/file/bot{TOKEN}/a.bin") == content
        assert server.heard[0].line.startswith(f"GET /file/bot{TOKEN}/a.bin ")


async def test_the_poller_gets_the_body_as_it_came():
    """`call` writes what is not text as JSON, leaves out None, and parses nothing."""
    body = b'{"ok":true,"result":[{"update_id":1,"odd":1}]}'
    async with Server(says(200, body)) as server, TelegramRequest() as request:
        params = {"offset": 5, "allowed_updates": ["message"], "note": "chữ", "limit": None}
        answer = await request.call(f"{server.address}/bot{TOKEN}/getUpdates", params, read_timeout_s=5)
        assert answer == (200, body)
        assert dict(await server.heard[0].form()) == {
            "offset": "5",
            "allowed_updates": '["message"]',
            "note": "chữ",
        }


async def test_the_poller_gets_refusals_too_and_errors_as_a_sender_does():
    """A conflict comes with its body; a 502 is `Unanswered`."""
    conflict = {"ok": False, "error_code": 409, "description": "Conflict"}
    for answer, expected in ((says_json(409, conflict), 409), (says(502, b""), None)):
        async with Server(answer) as server, TelegramRequest() as request:
            calling = request.call(f"{server.address}/bot{TOKEN}/getUpdates", {}, read_timeout_s=5)
            if expected:
                assert await calling == (409, json.dumps(conflict).encode())
            else:
                with pytest.raises(Unanswered):
                    await calling


async def test_a_configured_proxy_is_used():
    """The request goes to the proxy, with its password, and names the host to reach."""
    async with Server(accept) as proxy:
        async with hasty(proxy=f"http://an:matkhau@127.0.0.1:{proxy.port}") as request:
            await bot_over(request, "http://telegram.example").send_message(1001, "Chào")
        assert proxy.heard[0].line == f"POST http://telegram.example/bot{TOKEN}/sendMessage HTTP/1.1"
        assert proxy.heard[0].headers["proxy-authorization"].startswith("Basic ")


async def test_a_tunnel_refused_by_the_proxy_is_not_sent():
    """Over https a proxy sees the host alone, never the token, and its refusal means that nothing left."""
    async with Server(says(407, b"")) as proxy:
        async with hasty(proxy=f"http://an:matkhau@127.0.0.1:{proxy.port}") as request:
            with pytest.raises(NotSent) as caught:
                await bot_over(request, "https://telegram.example").send_message(1001, "Chào")
        assert proxy.heard[0].line == "CONNECT telegram.example:443 HTTP/1.1"
        assert "matkhau" not in everything_shown(caught.value)


async def test_proxies_of_the_environment_are_not_used(monkeypatch, closed_port):
    """Only the configuration names a proxy."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port}")
    async with a_bot(accept) as (bot, server):
        await bot.send_message(1001, "Chào")
        assert len(server.heard) == 1


async def test_a_machine_without_certificates_can_talk(monkeypatch, tmp_path):
    """Where the system trusts nobody (a slim container), the client opens with certifi's certificates."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    async with a_bot(accept) as (bot, _):
        assert (await bot.send_message(1001, "Chào")).message_id == 7


def everything_shown(error: BaseException | None) -> str:
    """All that a log, a debugger or a reader could see of an error and of those behind it."""
    shown = ""
    while error is not None:
        shown += (
            "".join(traceback.format_exception(error)) + repr(error) + repr(error.args) + repr(vars(error))
        )
        shown += everything_shown(error.__context__ if error.__context__ is not error.__cause__ else None)
        error = error.__cause__
    return shown


@contextmanager
def everything_logged() -> Iterator[list[str]]:
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    root, handler, level = logging.getLogger(), Keep(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(1)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


@settings(max_examples=10, deadline=None)
@given(secret=st.from_regex(r"[A-Za-z0-9_-]{30,40}", fullmatch=True))
async def test_the_token_is_never_shown(secret):
    """Whatever fails, neither the error, nor what is behind it, nor a log at its finest holds the token."""
    answers = [
        None,
        hang_up,
        says(502, b""),
        says(200, b"broken"),
        begin_and_stall,
        says_json(403, {"ok": False}),
    ]
    shown = []
    for scheme, answer in [("https", accept), ("ftp", accept), *(("http", answer) for answer in answers)]:
        request = hasty(connect_timeout_s=SHORT_S, read_timeout_s=SHORT_S)
        async with Server(answer) as server, request:
            address = f"{scheme}://127.0.0.1:{server.port}/bot123456:{secret}/sendMessage"
            with everything_logged() as lines, pytest.raises(TelegramError) as caught:
                await request.post(address)
            shown += [everything_shown(caught.value), *lines]
    assert len(shown) >= 2 + len(answers)
    assert secret not in "".join(shown)


async def test_a_cancelled_call_leaves_the_others_alone_and_its_place_is_given_back():
    """Cancelled, a call is over at once; at its deadline its connection is dropped and its place is free."""

    async def answer_the_second(heard: Heard, writer: asyncio.StreamWriter) -> None:
        if len(server.heard) > 1:
            await accept(heard, writer)

    request = hasty(
        max_connections=1, pool_timeout_s=SOON_S, connect_timeout_s=SOON_S, read_timeout_s=SHORT_S
    )
    async with a_bot(answer_the_second, request) as (bot, server):
        call = asyncio.create_task(bot.send_message(1001, "Một"))
        await server.reached.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        await server.left.wait()
        assert (await bot.send_message(1001, "Hai", read_timeout=60)).message_id == 7
        assert len(server.heard) == 2


async def test_opening_and_closing_twice_is_harmless():
    """`initialize` and `shutdown` may be repeated and alternate; closed, nothing is sent."""
    request = TelegramRequest()
    async with Server(accept) as server:
        bot = bot_over(request, server.address)
        await request.shutdown()
        for _ in range(2):
            await request.initialize()
            await request.initialize()
            await bot.send_message(1001, "Chào")
            await request.shutdown()
            await request.shutdown()
            with pytest.raises(NotSent):
                await bot.send_message(1001, "Chào")
        assert len(server.heard) == 2


async def test_a_call_in_flight_at_the_close_is_unanswered():
    """Closing ends what is in flight at once, in doubt."""
    async with Server(never_answer) as server:
        request = TelegramRequest()
        await request.initialize()
        call = asyncio.create_task(bot_over(request, server.address).send_message(1001, "Chào"))
        await server.reached.wait()
        await request.shutdown()
        with pytest.raises(Unanswered):
            await call


@pytest.mark.parametrize("shut_down", [True, False])
def test_one_client_serves_several_event_loops(shut_down):
    """A closed event loop does not spoil the client, closed properly before or not."""
    request = TelegramRequest()

    async def send() -> int:
        async with Server(accept) as server:
            await request.initialize()
            message = await bot_over(request, server.address).send_message(1001, "Chào")
            if shut_down:
                await request.shutdown()
            return message.message_id

    assert [asyncio.run(send()) for _ in range(2)] == [7, 7]
