"""How a period runs: it opens, is reminded, falls due, is overdue, and closes.

The plan says "định kỳ hàng tháng, hàng quý" and names no day: the days are the office's (config.toml).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from bot.domain.periods import Period, last_day
from bot.domain.roles import Role
from bot.domain.working_days import WorkCalendar

LEAST_NOTICE = 2
"""Working days that lie between a reminder and the day due, at least."""


class CycleKind(StrEnum):
    """Which periods units answer for; half years and years are those of the reviews."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How long such a period is."""
        return {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[self.value]


@dataclass(frozen=True)
class CycleRules:
    """The office's days for one kind of period.

    `remind_days` and `due_day` are days (1–28) of the month itself, or for longer periods of the month after.
    It closes on `close_day` of the month after, or where that is 0 on its `close_working_day`-th working day.
    `overdue_after` and `report_after` count working days behind the day due; 0 is never. `to` are the roles
    that are reminded.
    """

    on: bool = True
    remind_days: tuple[int, ...] = (20,)
    due_day: int = 25
    close_day: int = 0
    close_working_day: int = 5
    hour: time = time(8)
    overdue_after: int = 1
    report_after: int = 2
    to: frozenset[Role] = frozenset({Role.UNIT_HEAD, Role.DEPUTY})
    tell_leader: bool = False


@dataclass(frozen=True)
class Day:
    """A working day on which something falls, and the day (`wanted`) it would be if all days were worked."""

    on: date
    wanted: date


@dataclass(frozen=True)
class Cycle:
    """The days of one period. Late answers are taken until the end of `close.on`."""

    period: Period
    reminders: tuple[Day, ...]
    due: Day
    overdue: Day | None
    report: Day | None
    close: Day

    def is_closed(self, today: date) -> bool:
        """Whether no answer is taken any more."""
        return today > self.close.on


def kind_of(period: Period) -> CycleKind:
    """Which kind of cycle a period belongs to."""
    return next(kind for kind in CycleKind if kind.months == period.months)


def cycle_of(period: Period, rules: CycleRules, calendar: WorkCalendar) -> Cycle:
    """The days of a period, each moved to the working day before where the office is closed.

    A reminder lies at least `LEAST_NOTICE` working days before the day due. What would come after the close
    is left out.
    """
    month = period if period.months == 1 else Period(period.until_on, 1)
    due = _moved(month.first_on.replace(day=rules.due_day), calendar)
    latest = calendar.add_working_days(due.on, -LEAST_NOTICE)
    wanted = (month.first_on.replace(day=day) for day in sorted(rules.remind_days))
    reminders = {min(_moved(day, calendar).on, latest): day for day in wanted}
    close = _close(period, rules, calendar)
    behind = (_behind(due, rules.overdue_after, calendar), _behind(due, rules.report_after, calendar))
    overdue, report = (day if day and day.on <= close.on else None for day in behind)
    days = tuple(Day(on, wanted) for on, wanted in reminders.items())
    return Cycle(period, days, due, overdue, report, close)


def periods_reminded_in(year: int, kind: CycleKind) -> Iterator[Period]:
    """The periods whose days fall in a year, and their neighbours.

    The second half of a year has no review of its own: it is the year's.
    """
    for begin in (year - 1, year):
        for month in range(1, 13, kind.months):
            if kind is not CycleKind.HALF_YEAR or month == 1:
                yield Period(date(begin, month, 1), kind.months)


def open_periods(kind: CycleKind, rules: CycleRules, calendar: WorkCalendar, today: date) -> list[Period]:
    """The periods for which answers are taken on a day: begun, and not closed."""
    if not rules.on:
        return []
    near = periods_reminded_in(today.year, kind)
    return [
        period
        for period in near
        if period.first_on <= today and not cycle_of(period, rules, calendar).is_closed(today)
    ]


def _moved(day: date, calendar: WorkCalendar) -> Day:
    return Day(calendar.working_day_until(day), day)


def _behind(due: Day, working_days: int, calendar: WorkCalendar) -> Day | None:
    if not working_days:
        return None
    on = calendar.add_working_days(due.on, working_days)
    return Day(on, on)


def _close(period: Period, rules: CycleRules, calendar: WorkCalendar) -> Day:
    if rules.close_day:
        return _moved(period.until_on.replace(day=rules.close_day), calendar)
    on = calendar.add_working_days(last_day(period), rules.close_working_day)
    return Day(on, on)
