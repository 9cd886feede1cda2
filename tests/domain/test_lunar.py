"""Vietnam's lunar calendar against the `holidays` package, and against itself."""

from collections.abc import Mapping
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.lunar import FIRST_YEAR, LAST_YEAR, lunar_of, months_of, solar_of

HOLIDAYS: Mapping[date, str] = holidays.country_holidays(
    "VN", language="vi", years=range(FIRST_YEAR, LAST_YEAR + 1)
)
FIRST_DAY, LAST_DAY = solar_of(FIRST_YEAR, 1, 1), solar_of(LAST_YEAR, 12, 29)


def days_named(name: str) -> dict[int, date]:
    """The day of exactly that name in each year; a day may have several names, apart by a semicolon."""
    found = {
        day.year: day
        for day, names in HOLIDAYS.items()
        if name in {part.strip() for part in names.split(";")}
    }
    assert len(found) > 90, name
    return found


def test_tet_of_every_year_is_that_of_the_public_holidays():
    """1/1 from 1976 to 2099; the names of its neighbours (mùng hai, 29 Tết) are not taken for it."""
    assert {year: solar_of(year, 1, 1) for year in range(1976, 2100)} == days_named("Tết Nguyên Đán")


def test_gio_to_of_every_year_is_that_of_the_public_holidays():
    """10/3 from 2007, when it became a day off, to 2099."""
    assert {year: solar_of(year, 3, 10) for year in range(2007, 2100)} == days_named("Ngày Giỗ Tổ Hùng Vương")


@pytest.mark.parametrize(
    ("lunar", "solar"),
    [
        ((2030, 1, 1), date(2030, 2, 2)),
        ((2031, 3, 10), date(2031, 4, 1)),
        ((1985, 1, 1), date(1985, 1, 21)),  # a month before China's
        ((2007, 1, 1), date(2007, 2, 17)),  # a day before China's
        ((2026, 1, 1), date(2026, 2, 17)),
        ((2026, 12, 29), date(2027, 2, 5)),
    ],
)
def test_days_of_vietnam_and_not_of_china(lunar, solar):
    """Known days, among them those on which China's calendar differs."""
    assert solar_of(*lunar) == solar
    assert lunar_of(solar) == (*lunar, False)


@pytest.mark.parametrize(
    ("year", "month"),
    [(1985, 2), (1987, 7), (2020, 4), (2023, 2), (2025, 6), (2028, 5), (2031, 3), (2033, 11)],
)
def test_leap_months_are_where_the_printed_calendars_have_them(year, month):
    """The leap month comes behind its namesake; 10/3 of 2031 is the day of the usual third month."""
    assert [found.number for found in months_of(year) if found.leap] == [month]
    assert solar_of(year, month, 1, leap=True) > solar_of(year, month, 29)
    assert lunar_of(solar_of(year, month, 10, leap=True)) == (year, month, 10, True)


@pytest.mark.parametrize(
    ("year", "month", "day", "leap"),
    [
        (2026, 12, 30, False),  # a month of 29 days
        (2030, 3, 10, True),  # no leap month
        (2031, 4, 1, True),  # the leap month is the third
        (2026, 1, 31, False),
        (2026, 1, 0, False),
        (2026, 0, 1, False),
        (2026, 13, 1, False),
        (1800, 1, 1, False),
        (2200, 1, 1, False),
    ],
)
def test_a_lunar_day_that_does_not_exist_is_refused(year, month, day, leap):
    """It is never made into another day."""
    with pytest.raises(ValueError, match="lunar"):
        solar_of(year, month, day, leap=leap)


def test_years_are_whole():
    """Twelve or thirteen months of 29 or 30 days, each beginning where the one before it ends."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        months = months_of(year)
        assert [month.number for month in months if not month.leap] == list(range(1, 13))
        assert len(months) - 12 == sum(month.leap for month in months) <= 1
        ends = [month.first_on + timedelta(days=month.days) for month in months]
        assert ends == [*(month.first_on for month in months[1:]), solar_of(year + 1, 1, 1)]
        assert {month.days for month in months} == {29, 30}


@given(st.dates(FIRST_DAY, LAST_DAY))
def test_there_and_back_is_the_same_day(day):
    """Every day has one lunar name, and that name means the day; the day behind it comes next."""
    year, month, number, leap = lunar_of(day)
    assert solar_of(year, month, number, leap=leap) == day
    following = lunar_of(day + timedelta(days=1))
    assert following == (year, month, number + 1, leap) or following[2] == 1


@given(st.integers(FIRST_YEAR, LAST_YEAR), st.integers(1, 12), st.integers(1, 30), st.booleans())
def test_back_and_there_is_the_same_lunar_day(year, month, number, leap):
    """A lunar day that exists is found again in its solar day."""
    try:
        day = solar_of(year, month, number, leap=leap)
    except ValueError:
        assert leap or number == 30
    else:
        assert lunar_of(day) == (year, month, number, leap)
