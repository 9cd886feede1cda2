"""Six-step nominations by many people, 50 ms away from the Bot API, beside PTB's `ConversationHandler`.

    python -m benchmarks.conversations [--quick]

The other side keeps the same conversation by `PicklePersistence`; its handlers run one after the other, as
`ConversationHandler` needs it.
"""

from contextlib import ExitStack

from benchmarks.measuring import NOMINATION, Place, contender, median, run_alone, verdict

_DELAY_S = 0.05


def benchmark(place: Place) -> None:
    """Print steps a second of both."""
    people, rounds = place.size(256, 12), place.size(3, 1)
    with ExitStack() as stack:
        bots = {
            "ConversationHandler": stack.enter_context(
                contender(place, "conversation", NOMINATION, database=str(place.folder / "conversation"))
            )
        }
        for kind, url in place.databases().items():
            database = place.office(url, people)
            bots[f"ours, {kind}"] = stack.enter_context(
                contender(place, "ours", NOMINATION, database=database)
            )
        rates: dict[str, list[float]] = {name: [] for name in bots}
        for turn in range(rounds + 1):
            for name, bot in bots.items():
                acts = place.size(1536 if name.startswith("ours") else 60, 12)
                rate = acts / bot.act(acts, people=min(people, acts), delay_s=_DELAY_S)["seconds"]
                if turn:  # the first round warms up
                    rates[name].append(rate)
    _print(rates)


def _print(rates: dict[str, list[float]]) -> None:
    print("steps a second, 50 ms to the Bot API: median (least–most)")
    for name, found in rates.items():
        print(f"  {name:20} {median(found):6.1f} ({min(found):.1f}–{max(found):.1f})")
    stock = median(rates["ConversationHandler"])
    for name, found in rates.items():
        if name.startswith("ours"):
            ratio = median(found) / stock
            print(f"  {name} / ConversationHandler: {ratio:.1f} {verdict(ratio, 10, at_most=False)}, aim 20")


if __name__ == "__main__":
    run_alone(benchmark)
