"""Vietnam's lunar calendar by astronomy: days of new moons and the sun's longitude, at UTC+7.

A month begins on the day of the new moon. The eleventh month holds the winter solstice; in a year of thirteen
months the first in which the sun passes no multiple of 30° is the leap month. The moments are those of
J. Meeus, Astronomical Algorithms, chapters 25 and 49, with the terms that matter to a minute or so.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from math import floor, pi, sin

FIRST_YEAR, LAST_YEAR = 1976, 2099
"""The lunar years that have been tried against published tables."""
_ORDINAL_OF_JD_ZERO = 1721424.5
_ZONE = 7 / 24
_NEW_MOON_OF_2000 = 2451550.09766
_SYNODIC_MONTH = 29.530588861
_CORRECTIONS = (
    # degrees: sun's anomaly, moon's anomaly, argument of latitude; amplitude in days; power of E
    (0, 1, 0, -0.40720, 0),
    (1, 0, 0, 0.17241, 1),
    (0, 2, 0, 0.01608, 0),
    (0, 0, 2, 0.01039, 0),
    (-1, 1, 0, 0.00739, 1),
    (1, 1, 0, -0.00514, 1),
    (2, 0, 0, 0.00208, 2),
    (0, 1, -2, -0.00111, 0),
    (0, 1, 2, -0.00057, 0),
    (1, 2, 0, 0.00056, 1),
    (0, 3, 0, -0.00042, 0),
    (1, 0, 2, 0.00042, 1),
    (1, 0, -2, 0.00038, 1),
    (-1, 2, 0, -0.00024, 1),
)


@dataclass(frozen=True, order=True)
class LunarMonth:
    """A month: its number, whether it is a leap month, its first day and how many days it has."""

    first_on: date
    number: int
    leap: bool
    days: int


def solar_of(lunar_year: int, month: int, day: int, *, leap: bool = False) -> date:
    """The day on which a lunar day falls. Raises ValueError for one that does not exist."""
    found = next((m for m in months_of(lunar_year) if m.number == month and m.leap == leap), None)
    if found is None or not 1 <= day <= found.days:
        raise ValueError(f"no lunar day {day}/{month}/{lunar_year}")
    return date.fromordinal(found.first_on.toordinal() + day - 1)


def lunar_of(day: date) -> tuple[int, int, int, bool]:
    """Lunar year, month, day, and whether the month is a leap month."""
    year = day.year if day >= months_of(day.year)[0].first_on else day.year - 1
    month = max(m for m in months_of(year) if m.first_on <= day)
    return year, month.number, (day - month.first_on).days + 1, month.leap


@cache
def months_of(lunar_year: int) -> tuple[LunarMonth, ...]:
    """The year's months in their order, twelve or thirteen. Raises ValueError outside the years known."""
    if not FIRST_YEAR - 1 <= lunar_year <= LAST_YEAR + 1:
        raise ValueError(f"the lunar calendar is known from {FIRST_YEAR} to {LAST_YEAR}")
    wanted = (*_winter_to_winter(lunar_year - 1), *_winter_to_winter(lunar_year))
    begin = next(index for index, month in enumerate(wanted) if month.number == 1)
    end = next(index for index, month in enumerate(wanted) if month.number == 1 and index > begin + 1)
    return wanted[begin:end]


@cache
def _winter_to_winter(year: int) -> tuple[LunarMonth, ...]:
    """The months from the eleventh of a year to before the eleventh of the next."""
    first, last = _month_of_solstice(year), _month_of_solstice(year + 1)
    days = [_new_moon_day(k) for k in range(first, last + 1)]
    leap = _leap_among(days) if last - first == 13 else 0
    months = []
    for n, (begin, end) in enumerate(pairwise(days)):
        number = (10 + n - (1 if leap and n >= leap else 0)) % 12 + 1
        months.append(LunarMonth(date.fromordinal(begin), number, leap > 0 and n == leap, end - begin))
    return tuple(months)


def _leap_among(days: list[int]) -> int:
    """Which of thirteen months the sun begins and ends in the same twelfth."""
    return next(n for n in range(1, 13) if _sign(days[n]) == _sign(days[n + 1]))


def _month_of_solstice(year: int) -> int:
    """The number of the new moon that begins the month of the winter solstice."""
    k = floor((date(year, 12, 31).toordinal() + _ORDINAL_OF_JD_ZERO - _NEW_MOON_OF_2000) / _SYNODIC_MONTH)
    while _sign(_new_moon_day(k)) >= 9:  # the sun has passed 270° before the month begins
        k -= 1
    while _sign(_new_moon_day(k + 1)) < 9:
        k += 1
    return k


@cache
def _new_moon_day(k: int) -> int:
    """The ordinal of the day, in Vietnam, of the k-th new moon behind that of January 2000."""
    t = k / 1236.85
    e = 1 - 0.002516 * t - 0.0000074 * t**2
    sun = 2.5534 + 29.10535670 * k - 0.0000014 * t**2
    moon = 201.5643 + 385.81693528 * k + 0.0107582 * t**2
    latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t**2
    node = 124.7746 - 1.56375588 * k + 0.0020672 * t**2
    jde = _NEW_MOON_OF_2000 + _SYNODIC_MONTH * k + 0.00015437 * t**2
    for a, b, c, days, power in _CORRECTIONS:
        jde += days * e**power * _sin(a * sun + b * moon + c * latitude)
    jde += -0.00017 * _sin(node) + 0.000325 * _sin(299.77 + 0.107408 * k - 0.009173 * t**2)
    jde += 0.000165 * _sin(251.88 + 0.016321 * k)
    return floor(jde - _clocks_ahead(t) + _ZONE - _ORDINAL_OF_JD_ZERO)


@cache
def _sign(ordinal: int) -> int:
    """Into which twelfth of its way the sun comes by the beginning of a day in Vietnam: 0 is spring's."""
    t = (ordinal + _ORDINAL_OF_JD_ZERO - _ZONE - 2451545.0) / 36525
    anomaly = 357.52911 + 35999.05029 * t - 0.0001537 * t**2
    centre = (1.914602 - 0.004817 * t) * _sin(anomaly) + 0.019993 * _sin(2 * anomaly)
    longitude = 280.46646 + 36000.76983 * t + 0.0003032 * t**2 + centre
    longitude += -0.00569 - 0.00478 * _sin(125.04 - 1934.136 * t)
    return floor(longitude % 360 / 30)


def _clocks_ahead(t: float) -> float:
    """How far uniform time is ahead of the day's (days), roughly; t is centuries since 2000."""
    return (64 + 40 * t + 50 * t**2) / 86400


def _sin(degrees: float) -> float:
    return sin(degrees * pi / 180)
