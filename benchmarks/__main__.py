"""Every benchmark, one after the other, or those named: python -m benchmarks [NAME …] [--quick]"""

import argparse
from collections.abc import Callable

from benchmarks import (
    broadcast,
    card,
    conversations,
    exporting,
    latency,
    memory,
    name_search,
    start,
    steps,
    summary,
)
from benchmarks.measuring import Place, run

_ALL = (steps, conversations, latency, name_search, exporting, summary, start, memory, card, broadcast)
_BY_NAME = {one.__name__.rpartition(".")[2]: one for one in _ALL}


def choose(given: argparse.Namespace) -> Callable[[Place], None]:
    """The benchmarks that are named, or all. Exits where a name is none's."""
    if unknown := set(given.names) - _BY_NAME.keys():
        raise SystemExit(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(_BY_NAME)}")

    def benchmark(place: Place) -> None:
        for name in given.names or _BY_NAME:
            print(f"\n{(_BY_NAME[name].__doc__ or '').splitlines()[0]}", flush=True)
            _BY_NAME[name].benchmark(place)

    return benchmark


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("names", nargs="*", metavar="NAME", help=", ".join(_BY_NAME))
    run(choose, options)
