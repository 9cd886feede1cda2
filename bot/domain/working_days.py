"""Which days the office works: the law's days off, what is made up for, and what the office adds."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays


@dataclass(frozen=True)
class WorkCalendar:
    """Days off, substitutes and make-up days of the package `holidays` for Vietnam, and the office's own.

    `days_off` and `days_worked` are what the office has added; its word goes before the package's.
    """

    days_off: frozenset[date] = frozenset()
    days_worked: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on a day."""
        if day in self.days_worked or day in self.days_off:
            return day in self.days_worked
        return _is_worked_in_vietnam(day)

    def working_day_until(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        while not self.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def working_day_from(self, day: date) -> date:
        """The day itself, or the first working day behind it."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """The `n`-th working day behind `day`, or before it where `n` is negative; the day itself for 0."""
        step = timedelta(days=1 if n > 0 else -1)
        left = abs(n)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def name_of(self, day: date) -> str:
        """What a day off is called, in Vietnamese; "" for a weekend, a working day, or the office's own."""
        return _vietnam().get(day, "") if day not in self.days_off else ""


@cache
def _is_worked_in_vietnam(day: date) -> bool:
    vietnam = _vietnam()
    day in vietnam  # noqa: B015 - asking makes it read the year, and with it the make-up days
    return bool(vietnam.is_working_day(day))


@cache
def _vietnam() -> holidays.HolidayBase:
    return holidays.country_holidays("VN", language="vi")
