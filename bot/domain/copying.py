"""Copying: a unit, or a body outside the office, takes an exemplar's way over, and says with what result."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.exemplars import ExemplarId
from bot.domain.people import PersonId, UnitId
from bot.domain.working_days import WorkCalendar


class AdoptionState(StrEnum):
    """Promised, done with a result, or given up."""

    PLEDGED = "pledged"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Adoption:
    """Who copies an exemplar: a unit of the office, or a body outside it by its name.

    `name` is what the one or the other is called; `plan` says how, `result` with what effect; `person_id`
    pledged it, or entered it for a body outside.
    """

    id: int
    exemplar_id: ExemplarId
    unit_id: UnitId | None
    name: str
    plan: str
    result: str
    state: AdoptionState
    person_id: PersonId
    pledged_at: datetime
    ended_at: datetime | None = None
    version: int = 1

    @property
    def is_outside(self) -> bool:
        """Whether it is a body outside the office, which nobody is asked about."""
        return self.unit_id is None


@dataclass(frozen=True)
class Spread:
    """How far an exemplar has spread: how many copy it, and how many of them with a result."""

    copied: int
    with_results: int


def spread_of(adoptions: list[Adoption]) -> Spread:
    """How far an exemplar has spread; what was given up does not count."""
    standing = [one for one in adoptions if one.state is not AdoptionState.DROPPED]
    return Spread(len(standing), sum(one.state is AdoptionState.DONE for one in standing))


def asked_on(day: date, days: int, calendar: WorkCalendar) -> date:
    """The working day on which a unit is asked for its result, `days` behind `day`."""
    return calendar.working_day_from(day + timedelta(days=days))
