"""Working days, and how a period runs: reminded, due, overdue, closed."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cycles import (
    LEAST_NOTICE,
    Cycle,
    CycleKind,
    CycleRules,
    cycle_of,
    kind_of,
    open_periods,
    periods_reminded_in,
)
from bot.domain.hours import Hours, QuietHours, open_hours
from bot.domain.periods import Period, period_of, read_period
from bot.domain.working_days import WorkCalendar

VIETNAM = WorkCalendar()
MONTH = CycleRules()
LONG = CycleRules(remind_days=(10,), due_day=15, close_day=25, close_working_day=0)
RULES = {kind: MONTH if kind is CycleKind.MONTH else LONG for kind in CycleKind}


def cycle(name: str, rules: CycleRules | None = None) -> Cycle:
    """The days of a period by its name, by the usual rules."""
    period = read_period(name)
    assert period is not None
    return cycle_of(period, rules or RULES[kind_of(period)], VIETNAM)


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
    assert VIETNAM.is_working_day(day) is worked


def test_the_offices_own_days_go_before_the_laws():
    """A day off may be added, and a Saturday or even a holiday worked."""
    own = WorkCalendar(frozenset({date(2026, 11, 20)}), frozenset({date(2026, 11, 21), date(2026, 9, 2)}))
    assert not own.is_working_day(date(2026, 11, 20))
    assert own.is_working_day(date(2026, 11, 21))
    assert own.is_working_day(date(2026, 9, 2))
    assert own.working_day_until(date(2026, 11, 20)) == date(2026, 11, 19)


@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)), st.integers(-30, 30))
def test_working_days_are_counted(day, n):
    """The n-th working day is one, and that many lie on the way to it."""
    found = VIETNAM.add_working_days(day, n)
    step = 1 if n > 0 else -1
    between = [date.fromordinal(o) for o in range(day.toordinal() + step, found.toordinal() + step, step)]
    assert sum(VIETNAM.is_working_day(one) for one in between) == abs(n) if n else found == day
    assert n == 0 or VIETNAM.is_working_day(found)


def test_a_month_runs_by_the_plans_defaults():
    """November 2026: reminded on the 20th, due on the 25th, closed on the fifth working day of December."""
    november = cycle("2026-11")
    assert [day.on for day in november.reminders] == [date(2026, 11, 20)]
    assert november.due.on == date(2026, 11, 25)
    assert november.overdue
    assert november.overdue.on == date(2026, 11, 26)
    assert november.report
    assert november.report.on == date(2026, 11, 27)
    assert november.close.on == date(2026, 12, 7)
    assert not november.is_closed(date(2026, 12, 7))
    assert november.is_closed(date(2026, 12, 8))


def test_a_quarter_runs_in_the_month_after():
    """Q4 of 2026: reminded on Friday the 8th for Sunday the 10th, due on the 15th, closed on the 25th."""
    quarter = cycle("2026-Q4")
    assert [(day.on, day.wanted) for day in quarter.reminders] == [(date(2027, 1, 8), date(2027, 1, 10))]
    assert (quarter.due.on, quarter.close.on) == (date(2027, 1, 15), date(2027, 1, 25))
    assert cycle("2026-H1").due.on == date(2026, 7, 15)
    assert cycle("2026").due.on == date(2027, 1, 15)


def test_a_reminder_stays_two_working_days_before_the_day_due():
    """January 2031: Tết takes the 20th and the 25th to the same days; the reminder goes earlier."""
    january = cycle("2031-01")
    assert january.due.on == date(2031, 1, 20)
    assert [day.on for day in january.reminders] == [date(2031, 1, 16)]


@pytest.mark.parametrize("kind", CycleKind)
def test_no_day_of_a_cycle_is_a_day_off_from_2024_to_2035(kind):
    """And they come in their order, with the notice that people need."""
    for year in range(2024, 2036):
        for period in periods_reminded_in(year, kind):
            found = cycle_of(period, RULES[kind], VIETNAM)
            days = [*found.reminders, found.due, found.close, *filter(None, (found.overdue, found.report))]
            assert all(VIETNAM.is_working_day(day.on) for day in days), found
            assert VIETNAM.add_working_days(found.reminders[-1].on, LEAST_NOTICE) <= found.due.on
            assert found.due.on < found.close.on


def test_several_reminders_are_several_days():
    """Two wanted days that fall on one working day are one reminder."""
    twice = cycle("2026-11", replace(MONTH, remind_days=(10, 20)))
    assert [day.on.day for day in twice.reminders] == [10, 20]
    once = cycle("2026-11", replace(MONTH, remind_days=(20, 21, 22)))
    assert [day.on.day for day in once.reminders] == [20]


def test_what_would_come_behind_the_close_is_left_out():
    """Nobody is told to answer when nothing is taken any more."""
    late = cycle("2026-Q3", replace(LONG, close_day=16, report_after=5))
    assert late.overdue
    assert late.report is None
    assert cycle("2026-11", replace(MONTH, overdue_after=0)).overdue is None


@pytest.mark.parametrize(
    ("today", "open_now"),
    [
        (date(2026, 12, 1), ["2026-11", "2026-12", "2026-Q4", "2026"]),
        (date(2027, 1, 4), ["2026-12", "2027-01", "2026-Q4", "2027-Q1", "2027-H1", "2026", "2027"]),
        (date(2027, 7, 20), ["2027-07", "2027-Q2", "2027-Q3", "2027-H1", "2027"]),
    ],
)
def test_answers_are_taken_for_what_has_begun_and_not_closed(today, open_now):
    """The second half of a year has no review of its own."""
    found = [str(p) for kind in CycleKind for p in open_periods(kind, RULES[kind], VIETNAM, today)]
    assert found == open_now


def test_half_years_are_written_and_read():
    """2026-H1 is January to June; a day's half year is known."""
    half = read_period("2026-h1")
    assert half == Period(date(2026, 1, 1), 6)
    assert str(half) == "2026-H1"
    assert half is not None
    assert str(half.next) == "2026-H2"
    assert period_of(date(2026, 11, 3), 6) == half.next
    assert read_period("2026-H3") is None


@pytest.mark.parametrize(
    ("at", "may_go"),
    [
        ("2026-11-20T06:59", {Hours.ANY}),
        ("2026-11-20T07:00", set(Hours)),
        ("2026-11-20T19:59", set(Hours)),
        ("2026-11-20T20:00", {Hours.ANY}),
        ("2026-11-21T12:00", {Hours.ANY, Hours.DAYTIME}),
        ("2026-09-02T08:00", {Hours.ANY, Hours.DAYTIME}),
    ],
)
def test_what_may_go_at_an_hour(at, may_go):
    """In quiet hours only what a person asked for; on days off greetings too; else everything."""
    assert open_hours(datetime.fromisoformat(f"{at}+07:00"), VIETNAM, QuietHours(time(20), time(7))) == may_go
