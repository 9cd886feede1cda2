"""A period in figures: pure counting, so that a screen, a chart, a sheet and a document say the same.

A nominee is counted once in its month, whatever the number of reasons, with the kind and movement of the
first reason that stands. Chosen, honoured and copied are counted of the same nominees.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.nominations import Kind
from bot.domain.people import Unit
from bot.domain.periods import Period
from bot.domain.writing import abridge

NONE = "none"
"""The answer of a unit that has nobody to honour in a period."""
CHOSEN = "chosen"
"""The answer of a unit that has chosen somebody."""
_NAME_MAX = 32


@dataclass(frozen=True)
class UnitLine:
    """What a unit's rows come to in a period.

    `kinds` count nominees, `reasons` what was said for them; `took_part` are those of its `people` who have
    given a reason; `answer` is NONE, CHOSEN or "" for the very period; `chosen` are nominees it chose for the
    period or one within it, `honoured` and `copied` its nominees who are, `copies` how often.
    `in_force`: the unit exists at the period's end, and is asked; of one that does not, nobody is counted as
    its people, whoever may still stand on its list.
    """

    unit: Unit
    kinds: Mapping[Kind, int] = field(default_factory=dict)
    reasons: int = 0
    people: int = 0
    took_part: int = 0
    answer: str = ""
    chosen: int = 0
    honoured: int = 0
    copied: int = 0
    copies: int = 0
    in_force: bool = True

    @property
    def nominees(self) -> int:
        """Of every kind together."""
        return sum(self.kinds.values())


@dataclass(frozen=True)
class Summary:
    """A period of some units, at an instant. `trend` are nominees period by period, the last is this one.

    `movements` are (name, nominees), the most first; those without a movement are not among them. `over`: the
    period has ended, so that nobody is nominated in it any more.
    """

    period: Period
    taken_at: datetime
    lines: tuple[UnitLine, ...]
    movements: tuple[tuple[str, int], ...] = ()
    trend: tuple[tuple[Period, int], ...] = ()
    over: bool = False

    @property
    def total(self) -> int:
        """Nominees."""
        return sum(line.nominees for line in self.lines)

    @property
    def reasons(self) -> int:
        """What was said for them, by how many people each time."""
        return sum(line.reasons for line in self.lines)

    @property
    def before(self) -> int:
        """Nominees of the period before."""
        return self._of(self.period.previous)

    @property
    def year_before(self) -> int:
        """Nominees of the same period a year before."""
        return self._of(self.period.year_before)

    @property
    def by_kind(self) -> list[tuple[Kind, int]]:
        """Kinds that occur."""
        counted = {kind: sum(line.kinds.get(kind, 0) for line in self.lines) for kind in Kind}
        return [(kind, n) for kind, n in counted.items() if n]

    @property
    def by_unit(self) -> list[UnitLine]:
        """Units with nominees, the most first."""
        return sorted(
            (line for line in self.lines if line.nominees),
            key=lambda line: (-line.nominees, line.unit.id),
        )

    @property
    def chosen(self) -> int:
        """Nominees chosen by their units."""
        return sum(line.chosen for line in self.lines)

    @property
    def honoured(self) -> int:
        """Nominees honoured in public."""
        return sum(line.honoured for line in self.lines)

    @property
    def copied(self) -> int:
        """Nominees whose way somebody has taken over."""
        return sum(line.copied for line in self.lines)

    @property
    def copies(self) -> int:
        """How often that was."""
        return sum(line.copies for line in self.lines)

    @property
    def asked(self) -> list[UnitLine]:
        """Units that are asked for the period."""
        return [line for line in self.lines if line.in_force]

    @property
    def answered(self) -> list[UnitLine]:
        """Those that have answered, with somebody or with nobody."""
        return [line for line in self.asked if line.answer]

    @property
    def none(self) -> list[UnitLine]:
        """Those that have nobody this time."""
        return [line for line in self.asked if line.answer == NONE]

    @property
    def silent(self) -> list[UnitLine]:
        """Those that have not answered."""
        return [line for line in self.asked if not line.answer]

    @property
    def people(self) -> int:
        """People of the units that exist at the period's end."""
        return sum(line.people for line in self.lines)

    @property
    def took_part(self) -> int:
        """Those of them who have given a reason."""
        return sum(line.took_part for line in self.lines)

    @property
    def coverage(self) -> float:
        """The share of people who took part, 0 to 1."""
        return self.took_part / self.people if self.people else 0.0

    def _of(self, period: Period) -> int:
        return dict(self.trend).get(period, 0)


def trend_periods(period: Period) -> list[Period]:
    """The periods a summary looks back over, the last is this one: a year of months, two years of quarters,
    five half years or years. The same period a year before is always among them.
    """
    found = [period]
    for _ in range({1: 12, 3: 8, 6: 4, 12: 4}[period.months]):
        found.append(found[-1].previous)
    return found[::-1]


def sum_up(months: Mapping[str, int], periods: Sequence[Period]) -> tuple[tuple[Period, int], ...]:
    """What months come to in periods."""
    counted = Counter(months)
    return tuple((period, sum(counted[name] for name in period.month_names)) for period in periods)


def short_name(unit: Unit) -> str:
    """The unit as a crowded line shows it."""
    return abridge(unit.short_names[0] if unit.short_names else unit.name, _NAME_MAX)


def listed(names: Sequence[str], most: int) -> str:
    """The first names of a list, "…" for the others."""
    shown = "; ".join(names[:most])
    return f"{shown}; …" if len(names) > most else shown
