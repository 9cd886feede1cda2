"""A summary that comes by itself: on which days, at what instant, and of which month it tells."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.people import PersonId
from bot.domain.periods import Period, period_of
from bot.domain.working_days import WorkCalendar

HOURS = range(6, 22)
"""At which full hours it may come."""
LAST_DAY = 28
"""Every month has this day."""
_LOOKING_BACK = 10
"""Until this day of a month its digest tells of the month before."""
_LONGEST_OFF = timedelta(days=31)


class Cadence(StrEnum):
    """How often. NONE: not any more."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    NONE = "none"


@dataclass(frozen=True)
class Wish:
    """Every week on `day` (1 is Monday) or every month on `day`, at a full hour of the office's time."""

    cadence: Cadence
    day: int
    hour: int

    @property
    def is_known(self) -> bool:
        """Whether that can be: a button's claim may be anything."""
        days = {Cadence.WEEKLY: range(1, 8), Cadence.MONTHLY: range(1, LAST_DAY + 1)}.get(self.cadence, ())
        return self.day in days and self.hour in HOURS

    @property
    def looks_back(self) -> bool:
        """Whether it tells of the month before: in a month's first ten days, if it comes once a month."""
        return self.cadence is Cadence.MONTHLY and self.day <= _LOOKING_BACK


@dataclass(frozen=True)
class Digest:
    """What a person has asked for; `version` counts how often they have changed their mind."""

    person_id: PersonId
    wish: Wish
    version: int

    @property
    def is_on(self) -> bool:
        """Whether anything is to come."""
        return self.wish.cadence is not Cadence.NONE


@dataclass(frozen=True)
class Occasion:
    """The day a digest is for, and when it comes: on that day, or the next working day if that is one off."""

    day: date
    at: datetime


def next_occasion(wish: Wish, after: datetime, calendar: WorkCalendar, zone: ZoneInfo) -> Occasion:
    """The first one behind an instant. Of several that days off move to one day, the last is the one."""
    found: Occasion | None = None
    for day in _days(wish, after.astimezone(zone).date() - _LONGEST_OFF):
        on = calendar.working_day_from(day)
        at = datetime.combine(on, time(wish.hour), zone).astimezone(UTC)
        if found is not None and at > found.at:
            return found
        if at > after:
            found = Occasion(day, at)
    raise AssertionError("days do not end")


def last_occasion(
    first: Occasion, wish: Wish, now: datetime, calendar: WorkCalendar, zone: ZoneInfo
) -> Occasion:
    """The latest one that has come by now, from `first` on."""
    following = next_occasion(wish, first.at, calendar, zone)
    while following.at <= now:
        first, following = following, next_occasion(wish, following.at, calendar, zone)
    return first


def told_period(wish: Wish, day: date) -> Period:
    """The month that the digest of a day tells of."""
    month = period_of(day, 1)
    return month.previous if wish.looks_back else month


def _days(wish: Wish, start: date) -> Iterator[date]:
    day = start
    while True:
        is_weekly = wish.cadence is Cadence.WEEKLY
        if (day.isoweekday() if is_weekly else day.day) == wish.day:
            yield day
        day += timedelta(days=1)
