"""The other side for benchmarks: a loopback Bot API that answers `getMe` and, to all else, the same message.

    python benchmarks/stub_api.py [--delay-ms 50]

prints its port and serves until its standard input is closed. It is a process of its own, so that its CPU is
not counted with the caller's.
"""

import argparse
import asyncio
import re
import sys
from functools import partial

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
MESSAGE = (
    b'{"ok":true,"result":{"message_id":7,"from":{"id":1,"is_bot":true,"first_name":"Bot","username":"a_bot"},'
    b'"chat":{"id":1001,"first_name":"Lan","type":"private"},"date":1795000000,"text":"Nhan duoc"}}'
)
SELF = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Bot","username":"a_bot"}}'


def answer(body: bytes) -> bytes:
    """The whole HTTP answer around `body`."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    return head + body


_MESSAGE, _SELF = answer(MESSAGE), answer(SELF)


class BotApi(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, as far as a client of the Bot API needs it."""

    def __init__(self, delay_s: float) -> None:
        self._delay_s = delay_s
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
            self._answer(_SELF if self._received.find(b"/getMe ", 0, end) >= 0 else _MESSAGE)
            self._received = self._received[whole:]

    def _answer(self, answer: bytes) -> None:
        if self._delay_s:
            asyncio.get_running_loop().call_later(self._delay_s, self._write, answer)
        else:
            self._write(answer)

    def _write(self, answer: bytes) -> None:
        if self._transport and not self._transport.is_closing():
            self._transport.write(answer)


async def serve(delay_s: float) -> None:
    """Serve on a free port, written to standard output, until standard input ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(partial(BotApi, delay_s), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--delay-ms", type=float, default=0)
    asyncio.run(serve(options.parse_args().delay_ms / 1000))
