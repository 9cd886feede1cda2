"""The office's calendar: which days are worked, and on which days something falls due."""

from datetime import date, timedelta
from functools import cache

import holidays

from bot.domain.periods import Period

BIG_DAY = (11, 6)
"""11 June: the day of President Hồ Chí Minh's call for patriotic emulation in 1948, as (day, month)."""
_CALL_YEAR = 1948


def is_working_day(day: date) -> bool:
    """Whether the office works: no weekend, no day off, but a Saturday worked to make up for one.

    Days off, their substitutes and make-up days are those of the package `holidays` for Vietnam.
    """
    vietnam = _vietnam()
    day in vietnam  # noqa: B015 - asking makes it read the year, and with it the make-up days
    return bool(vietnam.is_working_day(day))


def working_day_until(day: date) -> date:
    """The day itself, or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def day_of_month(month: Period, day: int) -> date:
    """The configured day (1–28) of a month, moved to the working day before where the office is closed."""
    return working_day_until(month.first_on.replace(day=day))


def big_day(year: int) -> date:
    """11 June of a year."""
    day, month = BIG_DAY
    return date(year, month, day)


def years_since_call(on: date) -> int:
    """How many years ago the call for patriotic emulation was made."""
    return on.year - _CALL_YEAR


@cache
def _vietnam() -> holidays.HolidayBase:
    return holidays.country_holidays("VN", language="vi")
