"""Whole years in virtual time, each its own seed: `python -m tests.simulation.simulate --seed 1 --years 10`.

Prints what had to be delivered and what became of it, by kind, as the judge has it, and every story that
should not have happened; ends with 1 if there is one. Any year can be lived again by its seed, exactly.
"""

import argparse
import asyncio
import gc
import hashlib
import logging
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import structlog

from bot.config import Config
from storage import database
from storage.migrating import open_migrated
from tests.conftest import office_config
from tests.simulation.judging import Tally, Verdict, judge
from tests.simulation.outcome import Outcome, Size
from tests.simulation.year import Year

_COLUMNS = ("expected", "delivered", "in_doubt", "expired", "lost", "doubled", "late")


@dataclass
class Lived:
    """A year that is over."""

    seed: int
    verdict: Verdict
    died: int
    calls: int
    accepted: int
    digest: str
    """Of everything that Telegram accepted: the same for the same seed."""
    cpu_s: float


def live(seed: int, size: Size) -> Lived:
    """One year."""
    began = time.process_time()
    with _quietly() as mistakes:
        outcome, verdict = in_a_folder(partial(_live_in, seed, size, mistakes))
    record = outcome.record
    said = "\n".join(f"{one.true_s:.6f} {one.chat_id} {one.notice_id} {one.text}" for one in record.accepted)
    digest = hashlib.sha256(said.encode()).hexdigest()[:16]
    cpu_s = time.process_time() - began
    return Lived(seed, verdict, record.died, record.calls, len(record.accepted), digest, cpu_s)


def _live_in(seed: int, size: Size, mistakes: list[str], folder: Path) -> tuple[Outcome, Verdict]:
    outcome = Year(seed, configure(seed, _base()), _template(), folder, size).run()
    outcome.mistakes += mistakes
    return outcome, judge(outcome)


def configure(seed: int, base: Config) -> Config:
    """An office's configuration by dice, within what it may set."""
    dice = random.Random(f"{seed}:config")  # noqa: S311 - a simulation's
    month = replace(
        base.month, remind_days=dice.choice(((20,), (20,), (15, 20))), tell_leader=dice.random() < 0.3
    )
    return replace(
        base,
        month=month,
        big_days=replace(base.big_days, unanswered=dice.choice(("skip", "skip", "send"))),
        invitations=replace(base.invitations, on=dice.random() < 0.5),
        content=replace(base.content, on=dice.random() < 0.5),
    )


def in_a_folder(work: Callable[[Path], Any]) -> Any:
    """Carry out in a folder that lasts as long; in memory where the system has such a place."""
    memory = Path("/dev/shm")  # noqa: S108 - the usual place on Linux
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        return work(Path(folder))


@cache
def _base() -> Config:
    return replace(office_config(), delivery=Config().delivery)


_TEMPLATES: dict[str, tempfile.TemporaryDirectory[str]] = {}


def _template() -> Path:
    """A migrated, empty database, made once in a process."""
    if "folder" not in _TEMPLATES:
        _TEMPLATES["folder"] = tempfile.TemporaryDirectory()
        asyncio.run(_migrate(Path(_TEMPLATES["folder"].name) / "template.db"))
    return Path(_TEMPLATES["folder"].name) / "template.db"


async def _migrate(path: Path) -> None:
    opened = await open_migrated(f"sqlite:///{path}", synchronous="OFF")
    await opened.close()


@contextmanager
def _quietly() -> Iterator[list[str]]:
    """Nothing is logged but mistakes, into a list; no garbage is looked for; nobody is cancelled."""
    mistakes: list[str] = []

    def collect(_logger: Any, _name: str, event: Any) -> Any:
        if asyncio._get_running_loop() is not None:  # else what is thrown away at the end complains
            mistakes.append(str(dict(event)))
        raise structlog.DropEvent

    before, finished = structlog.get_config(), database._finished
    structlog.configure(
        processors=[collect], wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR)
    )
    telegrams = logging.getLogger("telegram")
    level = telegrams.level
    telegrams.setLevel(logging.CRITICAL)
    database._finished = _awaited
    gc.collect()
    gc.disable()
    try:
        yield mistakes
    finally:
        gc.enable()
        gc.collect()
        database._finished = finished
        telegrams.setLevel(level)
        structlog.configure(**before)


async def _awaited(call: Any) -> Any:
    """What guards a statement against cancelling is left out where nothing is ever cancelled."""
    return await call


def table_of(verdict: Verdict) -> str:
    """The judge's numbers, by kind and together."""
    whole = Tally()
    lines = [f"{'kind':14}" + "".join(f"{name.replace('_', ' '):>11}" for name in _COLUMNS)]
    for kind, tally in sorted(verdict.tallies.items()):
        whole.add(tally)
        lines.append(_line(kind, tally))
    return "\n".join([*lines, _line("all", whole)])


def _line(kind: str, tally: Tally) -> str:
    return f"{kind:14}" + "".join(f"{getattr(tally, name):11,}" for name in _COLUMNS)


def live_all(seeds: Sequence[int], size: Size, jobs: int) -> Iterator[Lived]:
    """Several years, `jobs` at a time, as they end."""
    if jobs <= 1:
        yield from (live(seed, size) for seed in seeds)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(jobs, maxtasksperchild=25) as pool:
        yield from pool.imap(partial(live, size=size), seeds)


def main(arguments: Sequence[str] | None = None) -> int:
    """What the command line does; answers the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.simulate", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of the first year; the next has the next")
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=2, help="how many years at a time")
    parser.add_argument("--units", type=int, default=Size.units)
    parser.add_argument("--people", type=int, default=Size.people)
    parser.add_argument("--days", type=int, default=Size.days, help="of each year")
    parser.add_argument("--until", type=float, help="begin no year later than at this Unix time")
    parser.add_argument("--each", action="store_true", help="print a line for each year")
    given = parser.parse_args(arguments)
    size = Size(units=given.units, people=given.people, days=given.days)
    whole, years, died, calls, accepted, cpu_s = Verdict(), 0, 0, 0, 0, 0.0
    digests = hashlib.sha256()
    began = time.monotonic()
    for lived in live_all(range(given.seed, given.seed + given.years), size, given.jobs):
        whole.add(lived.verdict)
        years += 1
        died, calls, accepted = died + lived.died, calls + lived.calls, accepted + lived.accepted
        cpu_s += lived.cpu_s
        digests.update(lived.digest.encode())
        if given.each or lived.verdict.wrong:
            wrong = dict(lived.verdict.wrong) or "all well"
            _say(
                f"seed {lived.seed}: {lived.accepted} messages, {lived.died} deaths, {lived.digest}: {wrong}"
            )
        for story in lived.verdict.stories:
            _say(f"    {story}")
        if given.until and time.time() > given.until:
            break
    _say(table_of(whole))
    _say(
        f"{years} years from seed {given.seed}: {calls:,} calls, {accepted:,} accepted, {died:,} deaths,"
        f" {time.monotonic() - began:.0f} s, {cpu_s:.0f} s of CPU; {digests.hexdigest()[:16]}"
    )
    _say(
        f"wrong: {dict(whole.wrong)}"
        if whole.wrong
        else "nothing lost, nothing doubled, none early or at a wrong hour"
    )
    return 1 if whole.wrong else 0


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
