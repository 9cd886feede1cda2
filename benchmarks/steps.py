"""CPU of a guided step with its durable commit and its screen sent, beside an echo on stock PTB.

    python -m benchmarks.steps [--quick]

A step is one of the six of a nomination: an update polled, one transaction on disk (SQLite,
`synchronous=FULL`), the screen sent, and the pressed button answered where there is one. CPU is that of the
whole process, all threads.
"""

from contextlib import ExitStack

from benchmarks.measuring import ECHO, NOMINATION, Contender, Place, contender, median, run_alone, verdict


def benchmark(place: Place) -> None:
    """Print the table."""
    rounds, alone, crowded = place.size(3, 1), place.size(240, 12), place.size(1280, 24)
    many = place.size(256, 12)
    measured: dict[tuple[str, int], list[float]] = {}
    with ExitStack() as stack:
        bots = _contenders(place, stack, many)
        for turn in range(rounds + 1):
            for name, bot in bots.items():
                for people, acts in ((1, alone), (many, crowded)):
                    cost = bot.act(acts, people=people)["cpu_us"]
                    if turn:  # the first round warms up
                        measured.setdefault((name, people), []).append(cost)
    _print(measured, many)


def _contenders(place: Place, stack: ExitStack, many: int) -> dict[str, Contender]:
    bots = {
        "echo": stack.enter_context(contender(place, "echo", ECHO)),
        f"echo, {many} at once": stack.enter_context(contender(place, "echo", ECHO, at_once=many)),
    }
    for kind, url in place.databases().items():
        database = place.office(url, many)
        bots[f"ours, {kind}"] = stack.enter_context(contender(place, "ours", NOMINATION, database=database))
    return bots


def _print(measured: dict[tuple[str, int], list[float]], many: int) -> None:
    print("CPU µs of a step: median (least–most)")
    for (name, people), costs in sorted(measured.items(), key=lambda item: item[0][1]):
        print(f"  {name:20} {people:4} in flight: {median(costs):6.0f} ({min(costs):.0f}–{max(costs):.0f})")
    for name in ("ours, SQLite", "ours, PostgreSQL"):
        if (name, 1) in measured:
            alone = median(measured[name, 1]) / median(measured["echo", 1])
            crowded = median(measured[name, many]) / median(measured[f"echo, {many} at once", many])
            print(f"  {name} / echo, one at a time: {alone:.2f} {verdict(alone, 3)}, aim 1.5")
            print(f"  {name} / echo, {many} in flight: {crowded:.2f} {verdict(crowded, 1)}")


if __name__ == "__main__":
    run_alone(benchmark)
