"""A month in figures: pure counting, so that a screen and an export can say the same."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.nominations import Kind
from bot.domain.people import Unit, UnitId
from bot.domain.periods import Period
from bot.domain.writing import abridge

NONE = "none"
"""The answer of a unit that has nobody to honour in a period."""
CHOSEN = "chosen"
"""The answer of a unit that has chosen somebody."""
_NAME_MAX = 32

Counts = Mapping[tuple[UnitId, Kind], int]


@dataclass(frozen=True)
class Figures:
    """A month as the rows have it: nominees by unit and kind now and the month before, answers, people."""

    period: Period
    counts: Counts
    counts_before: Counts
    answers: Mapping[UnitId, str]
    people: Mapping[UnitId, int]
    nominators: Mapping[UnitId, int]


@dataclass(frozen=True)
class Summary:
    """What a month's figures say of some units; the lists hold the units' short names.

    `total` and `before` count nominees, `people` and `nominators` persons; `silent` units have not answered.
    """

    period: Period
    total: int
    before: int
    by_kind: list[tuple[Kind, int]]
    by_unit: list[tuple[str, int]]
    chosen: int
    answered: int
    units: int
    without: list[str]
    none: list[str]
    silent: list[str]
    people: int
    nominators: int

    @property
    def change(self) -> int:
        """More or fewer nominees than the month before."""
        return self.total - self.before


def summarise(figures: Figures, units: Sequence[Unit], only: Collection[UnitId] | None = None) -> Summary:
    """The summary of `units` (those that exist in the month), or of those whose ids are in `only`."""
    shown = [unit for unit in units if only is None or unit.id in only]
    ids = {unit.id for unit in shown}
    kinds: Counter[Kind] = Counter()
    totals: Counter[UnitId] = Counter()
    for (unit_id, kind), n in figures.counts.items():
        if unit_id in ids:
            kinds[kind] += n
            totals[unit_id] += n
    answers = {unit_id: answer for unit_id, answer in figures.answers.items() if unit_id in ids}
    ranked = sorted(shown, key=lambda unit: -totals[unit.id])
    return Summary(
        period=figures.period,
        total=totals.total(),
        before=sum(n for (unit_id, _), n in figures.counts_before.items() if unit_id in ids),
        by_kind=[(kind, kinds[kind]) for kind in Kind if kinds[kind]],
        by_unit=[(short_name(unit), totals[unit.id]) for unit in ranked if totals[unit.id]],
        chosen=sum(answer != NONE for answer in answers.values()),
        answered=len(answers),
        units=len(shown),
        without=[short_name(unit) for unit in shown if not totals[unit.id]],
        none=[short_name(unit) for unit in shown if answers.get(unit.id) == NONE],
        silent=[short_name(unit) for unit in shown if unit.id not in answers],
        people=sum(figures.people.get(unit_id, 0) for unit_id in ids),
        nominators=sum(figures.nominators.get(unit_id, 0) for unit_id in ids),
    )


def short_name(unit: Unit) -> str:
    """The unit as a crowded line shows it."""
    return abridge(unit.short_names[0] if unit.short_names else unit.name, _NAME_MAX)


def listed(names: Sequence[str], most: int) -> str:
    """The first names of a list, "…" for the others."""
    shown = "; ".join(names[:most])
    return f"{shown}; …" if len(names) > most else shown
