"""Finding a name typed without accents and with one slip of the finger, among 100,000 people.

    python -m benchmarks.name_search [--quick]

Found is whoever was meant among the eight shown, or, where more than eight have exactly that folded name,
one of those. Beside it, how often somebody of the name meant was shown: homonyms are told apart by unit.
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
        latencies_ms, found, named = await _measure(database, names, queries)
    finally:
        await database.close()
    at_99, recall = percentile(latencies_ms, 0.99), found / queries
    print(f"search among {len(names)} people, {kind} (filled in {filled_s:.0f} s), {queries} queries:")
    print(f"  median {median(latencies_ms):.1f} ms, p99 {at_99:.1f} ms {verdict(at_99, 10)}")
    print(
        f"  recall@8 {recall:.4f} {verdict(recall, 0.99, at_most=False)}; of the name {named / queries:.4f}"
    )


async def _measure(database: Database, names: list[str], queries: int) -> tuple[list[float], int, int]:
    chance = random.Random(2)
    common = Counter(map(fold, names))
    latencies_ms: list[float] = []
    found = named = 0
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
        so_named = [one.code for one in shown if fold(one.full_name) == meant]
        named += bool(so_named)
        found += f"P{person}" in so_named or (common[meant] > 8 and bool(so_named))
    return latencies_ms, found, named


if __name__ == "__main__":
    run_alone(benchmark)
