"""Memory held after 100,000 updates, beside after the first 1,000.

python -m benchmarks.memory [--quick]
"""

from benchmarks.measuring import NOMINATION, Place, contender, run_alone, verdict

_MORE = 1.2


def benchmark(place: Place) -> None:
    """Print both."""
    people, few, many = place.size(64, 6), place.size(1_000, 12), place.size(100_000, 36)
    url = place.databases()["SQLite"]
    with contender(place, "ours", NOMINATION, database=place.office(url, people)) as bot:
        bot.act(few, people=people)
        before = bot.state()["memory_mb"]
        seconds = bot.act(many - few, people=people)["seconds"]
        after = bot.state()["memory_mb"]
    print(f"ours, SQLite: {before:.1f} MB after {few} updates, {after:.1f} MB after {many}")
    print(f"  ratio {after / before:.2f} {verdict(after / before, _MORE)}")
    print(f"  {(many - few) / seconds:.0f} updates/s meanwhile")


if __name__ == "__main__":
    run_alone(benchmark)
