"""When a message could have gone: the bot ran, Telegram was there, the hour was right, for long enough."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.hours import Hours
from bot.domain.timetable import Timetable
from tests.simulation.knowledge import Good

ENOUGH = timedelta(minutes=75)
"""Longer than a late tick, the longest pause behind a failure, and a doubt's rest together."""


class Windows:
    """Good whiles, cut by what the hours allow."""

    def __init__(self, good: Sequence[Good], timetable: Timetable) -> None:
        self._good, self._table = good, timetable
        self._known: dict[tuple[datetime, datetime, Hours], datetime | None] = {}

    def sure(self, begin: datetime, end: datetime, hours: Hours) -> datetime | None:
        """The first instant by which a message due at `begin` must have gone; None if not before `end`.

        A clock that had once shown `end` or later may have made it expire.
        """
        asked = (begin, end, hours)
        if asked not in self._known:
            self._known[asked] = self._sure(*asked)
        return self._known[asked]

    def _sure(self, begin: datetime, end: datetime, hours: Hours) -> datetime | None:
        for good in self._good:
            if good.end <= begin:
                continue
            if good.begin >= end or good.latest >= end:
                return None
            for open_at, shut_at in self._open(max(begin, good.begin), min(end, good.end), hours):
                if shut_at - open_at >= ENOUGH:
                    return open_at + ENOUGH
        return None

    def _open(self, begin: datetime, end: datetime, hours: Hours) -> list[tuple[datetime, datetime]]:
        """The stretches between two instants in which such a message may go."""
        if hours is Hours.ANY:
            return [(begin, end)] if begin < end else []
        zone, quiet = self._table.zone, self._table.quiet
        found: list[tuple[datetime, datetime]] = []
        day = begin.astimezone(zone).date()
        while True:
            opens = datetime.combine(day, quiet.end, zone).astimezone(begin.tzinfo)
            shuts = datetime.combine(day, quiet.begin, zone).astimezone(begin.tzinfo)
            if opens >= end:
                return found
            if hours is not Hours.WORK or self._table.calendar.is_working_day(day):
                stretch = max(begin, opens), min(end, shuts)
                if stretch[0] < stretch[1]:
                    found.append(stretch)
            day += timedelta(days=1)
