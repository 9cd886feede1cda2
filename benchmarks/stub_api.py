"""The other side for benchmarks: a loopback Bot API with people who act by a script (`crowd.py`).

    python benchmarks/stub_api.py

prints its port, then carries out one command a line of its standard input until that is closed:

    {"bot": token, "script": ["/decu", "tap who", …], "people": 256, "acts": 9, "per_second": 0, "delay_s": 0}

lets people act and answers ``{"seconds", "latencies_ms"}``; ``{"bot": token, "first_poll": true}`` answers
when that bot first asks for updates. It is a process of its own: its CPU is not counted with the bot's.
"""

import asyncio
import itertools
import json
import re
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.crowd import Crowd, Person, Update

_HEAD = re.compile(rb"(?:GET|POST) /bot([^/ ]+)/(\w+)")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_JSON = re.compile(rb"\r\ncontent-type: *application/json", re.IGNORECASE)
_PARTED = re.compile(rb'\r\ncontent-type: *multipart/form-data; *boundary="?([^"\r\n;]+)', re.IGNORECASE)
_NAME = re.compile(rb'; *name="?([^";\r\n]+)')
FIRST_PERSON = 1001
_STARTS_WITHIN_S, _LONGEST_ACT_S = 30.0, 0.5
BOT = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "a_bot"}
MESSAGE = (
    b'{"ok":true,"result":{"message_id":7,"from":{"id":1,"is_bot":true,"first_name":"Bot","username":"a_bot"},'
    b'"chat":{"id":1001,"first_name":"Lan","type":"private"},"date":1795000000,"text":"Nhan duoc"}}'
)
SELF = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Bot","username":"a_bot"}}'

PICTURE = {
    "photo": [{"file_id": "p", "file_unique_id": "p", "width": 1080, "height": 1080, "file_size": 1}],
    "caption": "…",
}

Answer = Callable[[bytes], None]


class BotOfStub:
    """What the stub keeps for one token: waiting updates, the poll that waits for them, the people."""

    def __init__(self) -> None:
        self.waiting: deque[Update] = deque()
        self.poll: Answer | None = None
        self.polled = asyncio.get_running_loop().create_future()
        self.crowd: Crowd | None = None
        self.people: dict[int, Person] = {}
        self.delay_s = 0.0
        self.update_ids = itertools.count(1)
        self._message_ids = itertools.count(1)

    def say(self, update: Update) -> None:
        """Put an update before the bot."""
        self.waiting.append(update)
        if self.poll:
            poll, self.poll = self.poll, None
            asyncio.get_running_loop().call_soon(self._give, poll)

    def get_updates(self, params: dict[str, Any], answer: Answer) -> None:
        """Confirm what lies before the offset, and answer with the rest, or as soon as there is some."""
        if not self.polled.done():
            self.polled.set_result(time.time())
        offset = int(params.get("offset") or 0)
        while self.waiting and self.waiting[0]["update_id"] < offset:
            self.waiting.popleft()
        if self.waiting or not int(params.get("timeout") or 0):
            self._give(answer)
        else:
            self.poll = answer
            loop = asyncio.get_running_loop()
            loop.call_later(float(params["timeout"]), self._end_poll, answer)

    def message(self, params: dict[str, Any]) -> bytes:
        """Accept a message or its change; its reader may act on it once that is answered."""
        chat_id = int(params["chat_id"])
        message_id = int(params.get("message_id") or 0) or next(self._message_ids)
        markup = params.get("reply_markup")
        markup = json.loads(markup) if isinstance(markup, str) else markup
        chat = {"id": chat_id, "type": "private", "first_name": "Lan"}
        message = {"message_id": message_id, "from": BOT, "date": 1_795_000_000, "chat": chat}
        message |= {"text": params["text"]} if "text" in params else PICTURE
        rows = (markup or {}).get("inline_keyboard", ())
        if rows:
            message["reply_markup"] = markup
        if self.crowd:
            loop = asyncio.get_running_loop()
            loop.call_later(self.delay_s, self.crowd.answered, chat_id, message_id, rows)
        return _ok(message)

    def _give(self, answer: Answer) -> None:
        answer(_ok(list(itertools.islice(self.waiting, 100))))

    def _end_poll(self, answer: Answer) -> None:
        if self.poll is answer:
            self.poll = None
            self._give(answer)


class Stub:
    """Every bot by its token."""

    def __init__(self) -> None:
        self.bots: dict[str, BotOfStub] = {}

    def bot(self, token: str) -> BotOfStub:
        return self.bots.setdefault(token, BotOfStub())

    def call(self, token: str, method: str, params: dict[str, Any], answer: Answer) -> None:
        """Carry out a method of the Bot API."""
        bot = self.bot(token)
        if method == "getUpdates":
            bot.get_updates(params, answer)
        elif method in {"sendMessage", "editMessageText", "sendPhoto", "editMessageMedia"}:
            _later(bot.delay_s, answer, bot.message(params))
        elif method == "getMe":
            answer(SELF)
        else:
            _later(bot.delay_s, answer, _ok(True))  # noqa: FBT003

    async def command(self, line: str) -> dict[str, Any]:
        """Carry out a line of the standard input."""
        wanted = json.loads(line)
        bot = self.bot(wanted["bot"])
        if "first_poll" in wanted:
            return {"at": await asyncio.wait_for(asyncio.shield(bot.polled), _STARTS_WITHIN_S)}
        bot.delay_s = wanted["delay_s"]
        people = [
            bot.people.setdefault(user_id, Person(user_id, wanted["script"]))
            for user_id in range(FIRST_PERSON, FIRST_PERSON + wanted["people"])
        ]
        bot.crowd = Crowd(people, wanted["acts"], wanted["per_second"], bot.say, bot.update_ids)
        began = time.perf_counter()
        bot.crowd.begin()
        await asyncio.wait_for(bot.crowd.done, _STARTS_WITHIN_S + wanted["acts"] * _LONGEST_ACT_S)
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "latencies_ms": [latency * 1000 for latency in bot.crowd.latencies_s]}


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, as far as a client of the Bot API needs it."""

    def __init__(self, stub: Stub) -> None:
        self._stub = stub
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self._received, 0, end)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._received) < whole:
                return
            request, self._received = self._received[:whole], self._received[whole:]
            self._take(request, end)

    def _take(self, request: bytes, end: int) -> None:
        head = _HEAD.match(request)
        assert head, "not a call of the Bot API"
        params = _params(request, end)
        self._stub.call(head[1].decode(), head[2].decode(), params, self._write)

    def _write(self, body: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        if self._transport and not self._transport.is_closing():
            self._transport.write(head + body)


def _params(request: bytes, end: int) -> dict[str, Any]:
    """What a call says; a file is left out."""
    body = request[end + 4 :]
    if parted := _PARTED.search(request, 0, end):
        parts = (part.partition(b"\r\n\r\n") for part in body.split(b"--" + parted[1]))
        found = ((_NAME.search(head), head, value) for head, _, value in parts)
        return {
            name[1].decode(): value.removesuffix(b"\r\n").decode()
            for name, head, value in found
            if name and b"filename=" not in head
        }
    if _JSON.search(request, 0, end) and body:
        said: dict[str, Any] = json.loads(body)
        return said
    return dict(parse_qsl(body.decode()))


def _ok(result: object) -> bytes:
    return json.dumps({"ok": True, "result": result}, ensure_ascii=False).encode()


def _later(delay_s: float, answer: Answer, body: bytes) -> None:
    if delay_s:
        asyncio.get_running_loop().call_later(delay_s, answer, body)
    else:
        answer(body)


async def serve() -> None:
    """Serve on a free port, written to standard output, until standard input ends."""
    loop = asyncio.get_running_loop()
    stub = Stub()
    server = await loop.create_server(lambda: Connection(stub), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        try:
            done = await stub.command(line)
        except Exception as error:
            done = {"error": repr(error)}
        print(json.dumps(done), flush=True)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve())
