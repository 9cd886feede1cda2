"""CPU of one `sendMessage` through python-telegram-bot's `ExtBot`, by HTTP client.

    python benchmarks/request_backends.py [--calls 1500] [--rounds 5]

Per client, alone and with 256 in flight, in rounds that take turns: medians of the process's CPU (all
threads) per call, and how many times more than ours. "no HTTP" answers from memory: what remains is
python-telegram-bot's own. The Bot API is `stub_api.py` in a process of its own. aiohttp is no dependency
of the project: it takes part where it is installed.
"""

import argparse
import asyncio
import importlib
import importlib.metadata
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import time
import timeit
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from telegram.ext import ExtBot
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from benchmarks import stub_api
from bot.request import TelegramRequest

aiohttp: Any = importlib.import_module("aiohttp") if importlib.util.find_spec("aiohttp") else None

OURS = "pyreqwest (ours)"
TOKEN = "1:" + "A" * 35
TEXT = "Đề cử chị Lan, phòng Hành chính - Tổ chức, đã được ghi nhận."
IN_FLIGHT = (1, 256)


class NoRequest(BaseRequest):
    """Answers from memory."""

    @property
    def read_timeout(self) -> float | None:
        return 20.0

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(self, url: str, *_: object, **_kwargs: object) -> tuple[int, bytes]:
        return 200, stub_api.SELF if url.endswith("/getMe") else stub_api.MESSAGE


class AiohttpRequest(BaseRequest):
    """Just enough of a backend over aiohttp to send messages."""

    @property
    def read_timeout(self) -> float | None:
        return 20.0

    async def initialize(self) -> None:
        connector = aiohttp.TCPConnector(limit=256)
        timeout = aiohttp.ClientTimeout(total=30)
        self._session = aiohttp.ClientSession(connector=connector, timeout=timeout)

    async def shutdown(self) -> None:
        await self._session.close()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: object, **_timeouts: object
    ) -> tuple[int, bytes]:
        fields = request_data.json_parameters if request_data else None
        async with self._session.request(method, url, data=fields) as response:
            return response.status, await response.read()


def backends() -> Mapping[str, Callable[[], BaseRequest]]:
    found: dict[str, Callable[[], BaseRequest]] = {"no HTTP": NoRequest, "httpx (stock)": HTTPXRequest}
    if aiohttp:
        found["aiohttp"] = AiohttpRequest
    return found | {OURS: TelegramRequest}


@contextmanager
def bot_api() -> Iterator[str]:
    """Run the stub, and give the `base_url` of its Bot API."""
    stub = [sys.executable, str(Path(__file__).with_name("stub_api.py"))]
    with subprocess.Popen(stub, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout
        assert process.stdin
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}/bot"
        process.stdin.close()


async def cpu_us(bot: ExtBot[None], calls: int, in_flight: int) -> float:
    """CPU microseconds of this process per call, `in_flight` of them at any time."""
    left = iter(range(calls))

    async def send_in_turn() -> None:
        for chat in left:
            await bot.send_message(chat + 1, TEXT)

    started = time.process_time()
    await asyncio.gather(*(send_in_turn() for _ in range(in_flight)))
    return (time.process_time() - started) / calls * 1e6


async def measure(base_url: str, calls: int, rounds: int) -> dict[tuple[str, int], list[float]]:
    measured: dict[tuple[str, int], list[float]] = {}
    for turn in range(rounds + 1):
        for name, make in backends().items():
            async with ExtBot(
                TOKEN, base_url=base_url, request=make(), get_updates_request=TelegramRequest()
            ) as bot:
                for in_flight in IN_FLIGHT:
                    await cpu_us(bot, 2 * in_flight, in_flight)  # open the connections
                    cost = await cpu_us(bot, calls, in_flight)
                    if turn:  # the first round warms up
                        measured.setdefault((name, in_flight), []).append(cost)
    return measured


def print_machine() -> None:
    cpu_info = Path("/proc/cpuinfo")
    model = platform.processor() or platform.machine()
    if cpu_info.exists():
        model = next(
            (line.split(": ")[1] for line in cpu_info.read_text().splitlines() if "model name" in line), model
        )
    print(f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}")
    for package in ("python-telegram-bot", "httpx", "aiohttp", "pyreqwest"):
        try:
            print(f"  {package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            print(f"  {package}: skipped, not installed")


def print_costs(measured: Mapping[tuple[str, int], list[float]]) -> None:
    print(
        f"{'CPU µs per sendMessage':24} {'in flight':>9} {'median':>8} {'least':>8} {'most':>8} {'ratio':>6}"
    )
    for (name, in_flight), costs in sorted(measured.items(), key=lambda item: item[0][1]):
        ratio = statistics.median(costs) / statistics.median(measured[OURS, in_flight])
        row = f"{statistics.median(costs):8.0f} {min(costs):8.0f} {max(costs):8.0f} {ratio:6.2f}"
        print(f"{name:24} {in_flight:9} {row}")


def print_json_cost() -> None:
    """What another JSON library could save at the very most."""
    spent = timeit.timeit(lambda: json.loads(stub_api.MESSAGE.decode()), number=20_000) / 20_000 * 1e6
    print(f"of that, json.loads of the answer: {spent:.1f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--calls", type=int, default=1500)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    print_machine()
    with bot_api() as base_url:
        print_costs(asyncio.run(measure(base_url, given.calls, given.rounds)))
    print_json_cost()


if __name__ == "__main__":
    main()
