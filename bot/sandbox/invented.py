"""Whom and what the sandbox's history names, and the months and hours in which it happens."""

import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.config import Config
from bot.domain.nominations import MovementId
from bot.domain.people import Person, Unit
from bot.domain.periods import Period, month_of
from bot.domain.roles import Role
from storage.database import Session

_BETWEEN = timedelta(minutes=40)


@dataclass(frozen=True)
class Deed:
    """Something that somebody did at an instant."""

    at: datetime
    act: Callable[[datetime], Awaitable[None]]


@dataclass(frozen=True)
class Invented:
    """The invented office, by code, as its history is told on the sandbox's day."""

    session: Session
    config: Config
    now: datetime
    people: Mapping[str, Person]
    units: Mapping[str, Unit]
    movements: Mapping[str, MovementId]
    dice: random.Random

    def month(self, back: int) -> Period:
        """The month so many months from the present one: -1 is the last."""
        period = month_of(self.now, self.config.office.timezone)
        for _ in range(-back):
            period = period.previous
        return period

    def instant(self, back: int, day: int, *, after: datetime | None = None) -> datetime:
        """Some minute of the working hours of a working day; a while behind `after` if that is later."""
        on = self.config.timetable.calendar.working_day_until(self.month(back).first_on.replace(day=day))
        at = self._hour(on)
        return max(at, after + _BETWEEN) if after else at

    def told_at(self, told: Mapping[str, Any], *, after: datetime | None = None) -> datetime:
        """When it happened: `{month, day}`, or `days_ago` from the sandbox's day."""
        if "days_ago" in told:
            at = self.now - timedelta(days=told["days_ago"], hours=2)
            return max(at, after + _BETWEEN) if after else at
        return self.instant(told["month"], told["day"], after=after)

    def day(self, days: int) -> date:
        """The working day so many days from the sandbox's own, or the next one."""
        today = self.config.office.day_of(self.now)
        return self.config.timetable.calendar.working_day_from(today + timedelta(days=days))

    def at_two(self, on: date) -> datetime:
        """Two in the afternoon of a day."""
        return datetime.combine(on, time(14), self.config.office.timezone)

    def head(self, unit: str) -> Person:
        """Who answers for a unit."""
        return next(
            person
            for person in self.people.values()
            for post in person.posts
            if post.role is Role.UNIT_HEAD and post.unit_id == self.units[unit].id
        )

    def clerk(self) -> Person:
        """Who does the secretariat's work."""
        return next(
            person
            for person in self.people.values()
            for post in person.posts
            if post.role is Role.SECRETARIAT
        )

    def _hour(self, on: date) -> datetime:
        minute = self.dice.randrange(7 * 60 + 45, 16 * 60 + 15)
        return datetime.combine(on, time(minute // 60, minute % 60), self.config.office.timezone)
