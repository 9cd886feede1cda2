"""A message to 3,000 people before Telegram's limits, and how long a person's reply takes meanwhile.

    python -m benchmarks.broadcast [--quick]

The other side is the sandbox's emulator over HTTP, which refuses more than 30 messages a second over all and
4 in 4 seconds to one person. The bot is a process of its own with its usual pace. A few other people ask it
for help every second; their wait is from the message sent to the answer accepted. Each line takes two
minutes by nature.
"""

import asyncio
import itertools
import socket
import time
import uuid
from collections.abc import Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import uvicorn

from benchmarks.measuring import Place, Process, median, process, run_alone, verdict
from benchmarks.stub_api import FIRST_PERSON
from bot.clock import system_clock
from bot.config import Config
from bot.sandbox.params import Upload
from bot.sandbox.refusals import Json
from bot.sandbox.server import create_app
from bot.sandbox.telegram import Telegram
from storage import notices, people
from storage.database import open_database

_ASKING = 3
_BETWEEN_QUESTIONS_S = 1.0
_AWAY_S = (0.0, 0.05)
_STARTS_WITHIN_S, _TOO_SLOW = 30.0, 3
_WRITES = ("sendMessage", "editMessageText")
_BROADCAST = {"id": "nominate.left", "values": {"name": "…"}}


class Measured(Telegram):
    """The emulator with its limits, some way off, noting when it accepted what."""

    def __init__(self, folder: Path, away_s: float, recipients: range) -> None:
        super().__init__(folder, system_clock, limits=True)
        self._one_way_s, self._recipients = away_s / 2, recipients
        self.accepted_at: list[float] = []
        self.refused = 0
        self.answered: dict[int, asyncio.Event] = {}
        self.begun, self.complete = asyncio.Event(), asyncio.Event()

    async def call(
        self, method: str, params: Mapping[str, Any] | None = None, files: Mapping[str, Upload] | None = None
    ) -> tuple[int, Json]:
        await asyncio.sleep(self._one_way_s)
        status, body = await super().call(method, params, files)
        self.refused += status == HTTPStatus.TOO_MANY_REQUESTS
        if status == HTTPStatus.OK and method in _WRITES:
            self._note(int((params or {})["chat_id"]))
        await asyncio.sleep(self._one_way_s)
        return status, body

    def _note(self, chat_id: int) -> None:
        if chat_id in self.answered:
            self.answered[chat_id].set()
        elif chat_id in self._recipients:
            self.accepted_at.append(time.perf_counter())
            self.begun.set()
            if len(self.accepted_at) == len(self._recipients):
                self.complete.set()


def benchmark(place: Place) -> None:
    """Print pace, refusals and waits, near the Bot API and far from it, on each database."""
    recipients = place.size(3000, 40)
    for away_s in _AWAY_S:
        for kind, url in place.databases().items():
            place.office(url, recipients + _ASKING)
            folder = place.folder / uuid.uuid4().hex
            folder.mkdir()
            outcome = asyncio.run(_broadcast(url, folder, recipients, away_s))
            _print(f"{kind}, {away_s * 1000:.0f} ms away, {recipients} people", outcome)


async def _broadcast(url: str, folder: Path, count: int, away_s: float) -> tuple[float, int, list[float]]:
    """The pace reached, refusals, and seconds that answers took."""
    recipients = range(FIRST_PERSON, FIRST_PERSON + count)
    asking = range(recipients.stop, recipients.stop + _ASKING)
    await _plan(url, recipients)
    telegram = Measured(folder, away_s, recipients)
    for user_id in itertools.chain(recipients, asking):
        telegram.people.put(user_id, f"Người {user_id}", started=True)
    longest_s = _STARTS_WITHIN_S + _TOO_SLOW * count / Config().delivery.per_second
    async with _served(telegram) as address:
        token = f"{uuid.uuid4().int % 10**9}:{uuid.uuid4().hex}AAA"
        arguments = ("--base-url", f"{address}/bot", "--token", token, "--database", url, "--paced")
        running: Process
        with process("-m", "benchmarks.contenders", "ours", *arguments) as running:
            questions = [asyncio.create_task(_ask(telegram, user_id)) for user_id in asking]
            await asyncio.wait_for(telegram.complete.wait(), longest_s)
            for question in questions:
                question.cancel()
            waits = await asyncio.gather(*questions)
            await asyncio.to_thread(running.end)
    at = telegram.accepted_at
    telegram.close()
    return (len(at) - 1) / (at[-1] - at[0]), telegram.refused, list(itertools.chain(*waits))


async def _ask(telegram: Measured, user_id: int) -> list[float]:
    """Ask for help again and again while the broadcast goes; answers how long each answer took."""
    waits: list[float] = []
    answered = telegram.answered[user_id] = asyncio.Event()
    try:
        await telegram.begun.wait()
        await asyncio.sleep(_BETWEEN_QUESTIONS_S * (user_id % _ASKING) / _ASKING)
        while True:
            answered.clear()
            began = time.perf_counter()
            telegram.people.send(user_id, "/help")
            await answered.wait()
            waits.append(time.perf_counter() - began)
            await asyncio.sleep(_BETWEEN_QUESTIONS_S)
    except asyncio.CancelledError:
        return waits


async def _plan(url: str, recipients: range) -> None:
    database = await open_database(url)
    async with database.transaction() as session:
        ids = [one.id for one in await people.list_people(session) if one.telegram_id in recipients]
        await notices.plan_for(session, "text", "broadcast", ids, _BROADCAST, system_clock())
    await database.close()


@asynccontextmanager
async def _served(telegram: Telegram) -> Any:
    door = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        create_app(telegram), lifespan="off", ws="none", log_level="critical", timeout_keep_alive=60
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve([door]))
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        telegram.stop()
        server.should_exit = True
        await serving


def _print(what: str, outcome: tuple[float, int, list[float]]) -> None:
    pace, refused, waits = outcome
    reached, longest_ms = pace / Config().delivery.per_second, max(waits) * 1000
    print(f"broadcast, {what}")
    print(f"  {pace:.1f}/s, {reached:.3f} of the pace {verdict(reached, 0.95, at_most=False)}")
    print(f"  {refused} refused {verdict(refused, 0)}")
    print(
        f"  {len(waits)} answers meanwhile: median {median(waits) * 1000:.0f} ms, "
        f"longest {longest_ms:.0f} ms {verdict(longest_ms, 1000)}",
        flush=True,
    )


if __name__ == "__main__":
    run_alone(benchmark)
