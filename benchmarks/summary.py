"""/summary of a month after ten years with 1,000,000 nominations, beside the same month alone.

    python -m benchmarks.summary [--quick]

Both offices have 10,000 nominations in the month asked for; they are asked in turn. An answer is from the
update to the picture with its caption, accepted by the Bot API.
"""

import asyncio
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks.measuring import Place, contender, median, run_alone, verdict
from benchmarks.years import ZONE, fill_postgres, fill_sqlite, months_until_now
from bot.clock import system_clock
from bot.domain.periods import Period
from bot.operations.summarise import summarise
from storage.database import Database, Session, open_database

_AT_MOST_TIMES, _AT_MOST_MS = 1.5, 300
_SCRIPT = ("/summary",)
_ADDED = """
insert into endorsements (nomination_id, nominator_id, kind, story, sent_at)
select {0}, id, 'good_deed', 'x', 1 from people
where id not in (select nominator_id from endorsements where nomination_id = {0}) limit 1
"""
_SOME = "select id from nominations where merged_into is null order by id desc limit {}"
_TRIGGERS = ("reasons_added", "reasons_changed")


def benchmark(place: Place) -> None:
    """Print figures alone, whole answers, and what the tallies cost a write, on each database."""
    people, month = place.size(5_000, 60), place.size(10_000, 120)
    all_months = months_until_now(place.size(120, 3))
    before, more = divmod(place.size(990_000, 120), len(all_months) - 1)
    years = [(one, before + (nth < more)) for nth, one in enumerate(all_months[:-1])]
    years.append((all_months[-1], month))
    began = time.perf_counter()
    files = [place.folder / name for name in ("years.db", "month.db")]
    fill_sqlite(files[0], people, years)
    fill_sqlite(files[1], people, years[-1:])
    held = sum(count for _, count in years)
    print(f"{held} nominations beside {month}, {month} of them in the month ({_since(began)} s to fill)")
    offices = {"SQLite": [f"sqlite:///{file}" for file in files]}
    if place.postgres:
        offices["PostgreSQL"] = [_on_postgres(place, file) for file in files]
    for kind, urls in offices.items():
        asyncio.run(_figures(kind, urls, all_months[-1], place.size(40, 2)))
        _answers(place, kind, urls)
        asyncio.run(_writes(kind, urls[0], place.size(20, 1), place.size(200, 5)))


def _on_postgres(place: Place, file: Path) -> str:
    url = place.databases()["PostgreSQL"]
    fill_postgres(file, url)
    return url


def _since(began: float) -> str:
    return f"{time.perf_counter() - began:.0f}"


async def _figures(kind: str, urls: list[str], month: Period, rounds: int) -> None:
    """`summarise`, within a view of its own; of a whole year only after ten."""
    opened = [await open_database(url, read_only=True) for url in urls]
    try:
        taken: list[list[float]] = [[] for _ in opened]
        for nth in range(rounds + 3):
            for database, found in zip(opened, taken, strict=True):
                took = await _summarised(database, month)
                if nth >= 3:  # the first warm up
                    found.append(took)
        _print(f"figures of a month, {kind}", *map(median, taken))
        year = Period(month.first_on.replace(month=1), 12)
        whole = [await _summarised(opened[0], year) for _ in range(max(1, rounds // 8))]
        print(f"  figures of a year, {kind}: {median(whole):.1f} ms")
    finally:
        for database in opened:
            await database.close()


async def _summarised(database: Database, period: Period) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    async with database.reading() as session:
        summary = await summarise(session, period, system_clock(), ZONE)
    assert summary.total
    return (time.perf_counter() - began) * 1000


def _answers(place: Place, kind: str, urls: list[str]) -> None:
    """From the update to the picture."""
    with ExitStack() as stack:
        bots = [stack.enter_context(contender(place, "ours", _SCRIPT, database=url)) for url in urls]
        taken: list[list[float]] = [[] for _ in bots]
        for nth in range(place.size(6, 1) + 1):
            for bot, found in zip(bots, taken, strict=True):
                latencies = bot.act(place.size(5, 1), people=1)["latencies_ms"]
                if nth:  # the first warm up
                    found.extend(latencies)
        _print(f"whole answers, {kind}", *map(median, taken))


def _print(what: str, of_years: float, of_month: float) -> None:
    ratio = of_years / of_month
    print(
        f"  {what}: {of_years:.1f} ms {verdict(of_years, _AT_MOST_MS)} beside {of_month:.1f} ms,"
        f" {ratio:.2f} times {verdict(ratio, _AT_MOST_TIMES)}"
    )


# --- what a write pays ---


async def _writes(kind: str, url: str, rounds: int, reasons: int) -> None:
    """A reason with and without the triggers, each round taken back."""
    database = await open_database(url)
    try:
        async with database.reading() as session:
            rows = await session.fetch(_SOME.format(rounds * reasons * 2))
        numbers = [row["id"] for row in rows]
        taken: dict[bool, list[float]] = {True: [], False: []}
        for nth in range(rounds * 2):
            kept = nth % 2 == 0
            some = numbers[nth * reasons : (nth + 1) * reasons]
            taken[kept].append(await _write(database, some, kept=kept))
    finally:
        await database.close()
    with_, without = (median(taken[kept]) * 1e6 for kept in (True, False))
    print(f"  a reason written, {kind}: {with_:.0f} µs, without tallies {without:.0f} µs, before its commit")


class _Undone(Exception):
    """Nothing of it shall stay; `seconds` each took."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


async def _write(database: Database, numbers: list[int], *, kept: bool) -> float:
    """Seconds for each."""
    try:
        async with database.transaction() as session:
            if not kept:
                await _without_triggers(database, session)
            began = time.perf_counter()
            for number in numbers:
                await session.execute(_ADDED.format(number))
            _take_back((time.perf_counter() - began) / len(numbers))
    except _Undone as undone:
        return undone.seconds
    return 0.0


def _take_back(seconds: float) -> None:
    raise _Undone(seconds)


async def _without_triggers(database: Database, session: Session) -> None:
    if database.dialect == "postgresql":
        await session.execute("alter table endorsements disable trigger user")
        return
    for trigger in _TRIGGERS:
        await session.execute(f"drop trigger {trigger}")


if __name__ == "__main__":
    run_alone(benchmark)
