"""How long a person waits at 100 updates a second: from the update to its screen, accepted by the Bot API.

    python -m benchmarks.latency [--quick]

Things fall due at that rate whether or not the bot keeps up; a late beginning counts as waiting.
"""

from benchmarks.measuring import NOMINATION, Place, contender, median, percentile, run_alone

_PER_SECOND = 100


def benchmark(place: Place) -> None:
    """Print the latencies on each database."""
    people, acts = place.size(256, 12), place.size(2000, 24)
    for kind, url in place.databases().items():
        with contender(place, "ours", NOMINATION, database=place.office(url, people)) as bot:
            bot.act(place.size(512, 12), people=people)  # warms up
            outcome = bot.act(acts, people=people, per_second=_PER_SECOND)
        latencies = outcome["latencies_ms"]
        print(
            f"ours, {kind}, {_PER_SECOND} updates/s, {acts} updates: "
            f"median {median(latencies):.1f} ms, p99 {percentile(latencies, 0.99):.1f} ms, "
            f"CPU {outcome['cpu_us'] * _PER_SECOND / 1e4:.0f} % of a core"
        )


if __name__ == "__main__":
    run_alone(benchmark)
