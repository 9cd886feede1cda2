"""Fostering: somebody guides an exemplar, step by step, until a day each (plan 854/KH-VP, "bồi dưỡng")."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.errors import Refused
from bot.domain.exemplars import ExemplarId
from bot.domain.people import PersonId
from bot.domain.working_days import WorkCalendar
from bot.domain.writing import clean, length

LATE_AFTER = 3
"""Working days behind its day on which a step that is not done is asked about once more."""
STEP_MIN, STEP_MAX = 5, 300
STEPS_MOST = 12
_FARTHEST = timedelta(days=3 * 366)
_DATED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\s*[-–:,.]?\s+(.*))?", re.DOTALL)


class FosteringState(StrEnum):
    """Under way, or ended with an outcome."""

    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True)
class Step:
    """What is to be done until a day, and what came of it."""

    id: int
    fostering_id: int
    text: str
    due_on: date
    done_at: datetime | None = None
    result: str = ""
    dropped: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None and not self.dropped

    def is_late(self, today: date) -> bool:
        """Whether its day is over and it is not done."""
        return self.is_open and self.due_on < today


@dataclass(frozen=True)
class Fostering:
    """Who guides an exemplar to what aim; `steps` in the order of their days."""

    id: int
    exemplar_id: ExemplarId
    mentor_id: PersonId
    mentor_name: str
    aim: str
    state: FosteringState
    outcome: str
    version: int
    made_by: PersonId
    made_at: datetime
    ended_at: datetime | None = None
    steps: tuple[Step, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is under way."""
        return self.state is FosteringState.OPEN

    @property
    def standing(self) -> Sequence[Step]:
        """The steps that were not dropped."""
        return [step for step in self.steps if not step.dropped]


def read_step(typed: str, today: date) -> tuple[str, date | None]:
    """A step as it is typed: “15/12/2026 Trình bày tại cuộc họp”, or without its day.

    Raises Refused for a day that is past, does not exist or is years away, and for too few or many words.
    """
    text = clean(typed, multiline=False)
    found = _DATED.fullmatch(text)
    due_on = read_day(f"{found[1]}/{found[2]}/{found[3]}", today) if found else None
    words = (found[4] or "").strip() if found else text
    if not STEP_MIN <= length(words) <= STEP_MAX:
        raise Refused("foster.bad_step", minimum=STEP_MIN, maximum=STEP_MAX)
    return words, due_on


def read_day(typed: str, today: date) -> date:
    """A day to come as it is typed: 15/12/2026. Raises Refused for anything else."""
    found = _DATED.fullmatch(clean(typed, multiline=False))
    if found is None or found[4]:
        raise Refused("foster.bad_day")
    try:
        day = date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        raise Refused("foster.bad_day") from None
    return check_day(day, today)


def check_day(day: date, today: date) -> date:
    """The day. Raises Refused for one that is past or years away."""
    if day < today:
        raise Refused("foster.past_day")
    if day - today > _FARTHEST:
        raise Refused("foster.far_day")
    return day


def reminded_at(
    due_on: date, now: datetime, days_before: int, hour: time, calendar: WorkCalendar, zone: ZoneInfo
) -> datetime | None:
    """When the mentor hears that a step comes due: some days before, or on its day; None if that is over.

    Both are moved to the working day before.
    """
    for day in (due_on - timedelta(days=days_before), due_on):
        at = datetime.combine(calendar.working_day_until(day), hour, zone)
        if at > now:
            return at
    return None


def late_at(due_on: date, hour: time, calendar: WorkCalendar, zone: ZoneInfo) -> datetime:
    """When a step that is not done is asked about once more."""
    return datetime.combine(calendar.add_working_days(due_on, LATE_AFTER), hour, zone)


class Ahead(StrEnum):
    """How far off the day of a step is, as its buttons say."""

    TWO_WEEKS = "2w"
    ONE_MONTH = "1m"
    THREE_MONTHS = "3m"

    def day_from(self, today: date, calendar: WorkCalendar) -> date:
        """The working day that far off, or the first one behind it."""
        if self is Ahead.TWO_WEEKS:
            return calendar.working_day_from(today + timedelta(weeks=2))
        index = today.month - 1 + (1 if self is Ahead.ONE_MONTH else 3)
        year, month = today.year + index // 12, index % 12 + 1
        last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
        return calendar.working_day_from(date(year, month, min(today.day, last)))
