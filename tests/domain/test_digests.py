"""When a digest comes, and of which month it tells."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.digests import (
    HOURS,
    LAST_DAY,
    Cadence,
    Occasion,
    Wish,
    last_occasion,
    next_occasion,
    told_period,
)
from bot.domain.working_days import WorkCalendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = WorkCalendar()
wishes = st.one_of(
    st.builds(Wish, st.just(Cadence.WEEKLY), st.integers(1, 7), st.sampled_from(HOURS)),
    st.builds(Wish, st.just(Cadence.MONTHLY), st.integers(1, LAST_DAY), st.sampled_from(HOURS)),
)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def coming(wish: Wish, after: datetime, times: int) -> list[Occasion]:
    """The next ones, each behind the one before."""
    found: list[Occasion] = []
    for _ in range(times):
        found.append(next_occasion(wish, found[-1].at if found else after, CALENDAR, ZONE))
    return found


@settings(deadline=None)
@given(wish=wishes, after=instants)
def test_it_comes_at_its_hour_on_a_working_day(wish, after):
    """Each on the day it is for, or the first working day behind; never two on one day, none left out."""
    found = coming(wish, after, 8)
    for one in found:
        here = one.at.astimezone(ZONE)
        assert (here.hour, here.minute, here.second) == (wish.hour, 0, 0)
        assert here.date() == CALENDAR.working_day_from(one.day)
        assert one.at > after
        assert (one.day.isoweekday() if wish.cadence is Cadence.WEEKLY else one.day.day) == wish.day
    for one, two in pairwise(found):
        assert one.at < two.at
        assert one.day < two.day
        between = (one.day + timedelta(days=n) for n in range(1, (two.day - one.day).days))
        assert all(
            CALENDAR.working_day_from(day) == two.at.astimezone(ZONE).date()
            for day in between
            if (day.isoweekday() if wish.cadence is Cadence.WEEKLY else day.day) == wish.day
        )


@settings(deadline=None)
@given(wish=wishes, after=instants, asleep=st.timedeltas(timedelta(0), timedelta(days=200)))
def test_after_downtime_the_latest_is_the_one(wish, after, asleep):
    """The last one that has come by now, or the first if no other has."""
    first = next_occasion(wish, after, CALENDAR, ZONE)
    now = first.at + asleep
    latest = last_occasion(first, wish, now, CALENDAR, ZONE)
    assert first.at <= latest.at <= now < next_occasion(wish, latest.at, CALENDAR, ZONE).at


def test_tet_moves_two_weeks_to_one_day():
    """Both Mondays of the holiday would come on its first working day: one does."""
    wish = Wish(Cadence.WEEKLY, 1, 8)
    days = [one.at.astimezone(ZONE).date() for one in coming(wish, local("2026-02-10T00:00"), 3)]
    assert days == [date(2026, 2, 23), date(2026, 3, 2), date(2026, 3, 9)]


@pytest.mark.parametrize(
    ("wish", "day", "period"),
    [
        (Wish(Cadence.WEEKLY, 1, 8), "2026-11-02", "2026-11"),
        (Wish(Cadence.MONTHLY, 1, 8), "2027-01-01", "2026-12"),
        (Wish(Cadence.MONTHLY, 10, 8), "2026-11-10", "2026-10"),
        (Wish(Cadence.MONTHLY, 11, 8), "2026-11-11", "2026-11"),
        (Wish(Cadence.MONTHLY, 28, 8), "2026-02-28", "2026-02"),
    ],
)
def test_it_tells_of_the_month_at_hand(wish, day, period):
    """In the first ten days of a month the monthly one tells of the month before."""
    assert str(told_period(wish, date.fromisoformat(day))) == period


@pytest.mark.parametrize(
    "wish",
    [
        Wish(Cadence.NONE, 1, 8),
        Wish(Cadence.WEEKLY, 0, 8),
        Wish(Cadence.WEEKLY, 8, 8),
        Wish(Cadence.MONTHLY, 29, 8),
        Wish(Cadence.MONTHLY, 5, 3),
        Wish(Cadence.WEEKLY, 5, 22),
    ],
)
def test_what_cannot_be_is_known(wish):
    """Days that no week or month has, hours at night."""
    assert not wish.is_known
