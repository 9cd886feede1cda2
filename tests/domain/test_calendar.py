"""Working days, and the days on which something falls due."""

from datetime import date

import pytest

from bot.domain.calendar import big_day, day_of_month, is_working_day, working_day_until, years_since_call
from bot.domain.periods import read_period


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),  # Saturday
        (date(2026, 11, 22), False),  # Sunday
        (date(2026, 2, 17), False),  # Tết Bính Ngọ
        (date(2026, 4, 27), False),  # in place of a Giỗ Tổ on Sunday
        (date(2026, 8, 31), False),  # swapped, by announcement
        (date(2026, 8, 22), True),  # the Saturday worked for it
        (date(2026, 9, 2), False),
        (date(2026, 11, 24), False),  # Ngày Văn hóa Việt Nam, off from 2026
        (date(2025, 11, 24), True),
        (date(2031, 4, 1), False),  # Giỗ Tổ in a year with a leap third month
        (date(2031, 4, 29), True),
    ],
)
def test_a_working_day_is_what_the_office_works(day, worked):
    """Weekends, days off, their substitutes and swaps by announcement are known."""
    assert is_working_day(day) is worked


@pytest.mark.parametrize(
    ("month", "wanted", "moved"),
    [
        ("2026-11", 20, date(2026, 11, 20)),
        ("2026-12", 20, date(2026, 12, 18)),  # Sunday → Friday
        ("2026-02", 20, date(2026, 2, 13)),  # the fourth of Tết → the Friday before it
        ("2026-02", 25, date(2026, 2, 25)),
        ("2027-05", 1, date(2027, 4, 29)),  # out of the month itself, where the month begins with days off
    ],
)
def test_a_configured_day_moves_to_the_working_day_before(month, wanted, moved):
    """The 20th and the 25th are never on a day when nobody is there."""
    period = read_period(month)
    assert period is not None
    assert day_of_month(period, wanted) == moved


def test_a_working_day_stays():
    """Nothing moves without need."""
    assert working_day_until(date(2026, 11, 18)) == date(2026, 11, 18)


def test_the_years_since_the_call_are_computed():
    """The plan's 76 years are those of 2024."""
    assert years_since_call(big_day(2024)) == 76
    assert years_since_call(big_day(2026)) == 78
