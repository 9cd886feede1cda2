"""The whole year out of the rules: what happens, when, and once, wherever time is cut."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import Config
from bot.domain.timetable import Occasion, OccasionKind

TIMETABLE = Config().timetable
FIRST, LAST = datetime(2023, 12, 31, 17, tzinfo=UTC), datetime(2035, 12, 31, 17, tzinfo=UTC)


def of(kind: OccasionKind, occasions: list[Occasion]) -> list[Occasion]:
    """Those of a kind."""
    return [occasion for occasion in occasions if occasion.kind is kind]


def year(number: int) -> list[Occasion]:
    """All that falls due in a year of the office."""
    begin, end = (datetime(y, 1, 1, tzinfo=TIMETABLE.zone) for y in (number, number + 1))
    return TIMETABLE.between(begin - timedelta(microseconds=1), end - timedelta(microseconds=1))


@pytest.mark.parametrize("number", range(2024, 2036))
def test_nothing_but_greetings_falls_on_a_day_off_or_in_quiet_hours(number):
    """From 2024 to 2035: reminders and all the rest on working days, everything between 07:00 and 20:00."""
    for occasion in year(number):
        local = occasion.due_at.astimezone(TIMETABLE.zone)
        assert local.date() == occasion.on
        if occasion.kind is not OccasionKind.CLOSE:
            assert not TIMETABLE.quiet.hold(local.time()), occasion
        if occasion.kind is not OccasionKind.GREETING:
            assert TIMETABLE.calendar.is_working_day(occasion.on), occasion


@pytest.mark.parametrize("number", range(2024, 2036))
def test_a_year_holds_every_reminder_once(number):
    """Twelve months, four quarters, a half year and a year, each with a second and a list of the silent."""
    counted = Counter(occasion.kind for occasion in year(number))
    assert counted[OccasionKind.REMINDER] == counted[OccasionKind.OVERDUE] == 18
    assert counted[OccasionKind.SILENT] == counted[OccasionKind.CLOSE] == 18
    assert counted[OccasionKind.INVITATION] == counted[OccasionKind.CONTENT] == 12


def test_every_key_is_given_once_in_twelve_years():
    """A key names one occasion of its kind for ever: this is what nothing twice rests on."""
    found = TIMETABLE.between(FIRST, LAST)
    assert len({(occasion.kind, occasion.key) for occasion in found}) == len(found)
    assert found == sorted(found)
    assert all(occasion.due_at < occasion.expires_at for occasion in found)


def test_each_big_day_is_shown_and_warned_of_before_it_is_sent():
    """Three working days ahead, then the working day before; the review holds until the day is over."""
    found = TIMETABLE.between(FIRST, LAST)
    reviews = {occasion.key: occasion for occasion in of(OccasionKind.REVIEW, found)}
    warnings = {occasion.key: occasion for occasion in of(OccasionKind.WARNING, found)}
    sent = [*of(OccasionKind.GREETING, found), *of(OccasionKind.CONTENT, found)]
    within = [occasion for occasion in sent if occasion.due_at > FIRST + timedelta(days=30)]
    assert within
    for occasion in within:
        review, warning = reviews[occasion.key], warnings[occasion.key]
        assert TIMETABLE.calendar.add_working_days(review.on, 3) >= occasion.on > warning.on > review.on
        assert review.day_on == warning.day_on == occasion.on
        assert review.expires_at == occasion.expires_at


def test_the_days_of_the_plan_are_there():
    """11 June of 2024; Giỗ Tổ of 2031 on 1 April; each once in its year."""
    greetings = {n: {o.day_id: o.on for o in of(OccasionKind.GREETING, year(n))} for n in (2024, 2031)}
    assert greetings[2024]["call"] == date(2024, 6, 11)
    assert date(2031, 4, 1) in greetings[2031].values()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)), min_size=1, max_size=5))  # noqa: DTZ001
def test_cutting_time_anywhere_finds_the_same_occasions(cuts):
    """However often, late or irregularly somebody asks, each is told once and none is left out."""
    instants = sorted(cut.replace(tzinfo=UTC) for cut in cuts)
    first, last = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
    edges = [first, *instants, last]
    parts = [found for a, b in pairwise(edges) for found in TIMETABLE.between(a, b)]
    assert parts == TIMETABLE.between(first, last)


def test_what_comes_next_is_known():
    """The instant itself is over; two empty years have nothing."""
    at = datetime(2026, 11, 20, 1, tzinfo=UTC)
    before = TIMETABLE.next_after(at - timedelta(microseconds=1))
    assert before
    assert (before.kind, before.key) == (OccasionKind.REMINDER, "2026-11:1")
    following = TIMETABLE.next_after(at)
    assert following
    assert following.due_at > at
