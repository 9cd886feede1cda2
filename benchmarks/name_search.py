"""Finding a name typed without accents and with one slip of the finger, among 100,000 people.

    python -m benchmarks.name_search [--quick]

Found is whoever was meant among the eight shown, or, where more than eight have exactly that folded name, one
of those.
"""

import asyncio
import random
import time
from collections import Counter

from benchmarks.measuring import Place, median, percentile, run_alone, verdict
from benchmarks.offices import fill, full_names, with_slip
from bot.domain.names import fold
from storage import people
from storage.database import Database
from storage.migrating import open_migrated


def benchmark(place: Place) -> None:
    """Print latencies and recall on each database."""
    names = full_names(place.size(100_000, 500))
    for kind, url in place.databases().items():
        asyncio.run(_benchmark(kind, url, names, place.size(1500, 20)))


async def _benchmark(kind: str, url: str, names: list[str], queries: int) -> None:
    database = await open_migrated(url, synchronous="OFF")
    try:
        began = time.perf_counter()
        await fill(database, names, None)
        filled_s = time.perf_counter() - began
        latencies_ms, found = await _measure(database, names, queries)
    finally:
        await database.close()
    at_99, recall = percentile(latencies_ms, 0.99), found / queries
    print(f"search among {len(names)} people, {kind} (filled in {filled_s:.0f} s), {queries} queries:")
    print(f"  median {median(latencies_ms):.1f} ms, p99 {at_99:.1f} ms {verdict(at_99, 10)}")
    print(f"  recall@8 {recall:.4f} {verdict(recall, 0.99, at_most=False)}")


async def _measure(database: Database, names: list[str], queries: int) -> tuple[list[float], int]:
    chance = random.Random(2)
    common = Counter(map(fold, names))
    latencies_ms, found = [], 0
    for nth in range(queries + 10):
        person = chance.randrange(len(names))
        typed = with_slip(names[person], chance)
        began = time.perf_counter()
        async with database.reading() as session:
            shown = await people.search(session, typed, unit_id=None, asker_unit_id=None)
        if nth < 10:  # the first warm up
            continue
        latencies_ms.append((time.perf_counter() - began) * 1000)
        meant = fold(names[person])
        found += any(
            one.code == f"P{person}" or (common[meant] > 8 and fold(one.full_name) == meant) for one in shown
        )
    return latencies_ms, found


if __name__ == "__main__":
    run_alone(benchmark)
