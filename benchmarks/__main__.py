"""Every benchmark, one after the other: python -m benchmarks [--quick]"""

from benchmarks import broadcast, conversations, exporting, latency, memory, name_search, start, steps
from benchmarks.measuring import Place, run_alone

_ALL = (steps, conversations, latency, name_search, exporting, start, memory, broadcast)


def benchmark(place: Place) -> None:
    """Run them all."""
    for one in _ALL:
        print(f"\n{(one.__doc__ or '').splitlines()[0]}", flush=True)
        one.benchmark(place)


if __name__ == "__main__":
    run_alone(benchmark)
