"""At which hours the bot may speak by itself."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.domain.working_days import WorkCalendar


class Hours(StrEnum):
    """When a message may go."""

    ANY = "any"
    """What follows from what a person did or asked for: at once, or when they said."""
    DAYTIME = "daytime"
    """Greetings: on their day, day off or not, outside the quiet hours."""
    WORK = "work"
    """Everything else: on working days, outside the quiet hours."""


@dataclass(frozen=True)
class QuietHours:
    """From `begin` in the evening to `end` in the morning nothing goes by itself."""

    begin: time = time(20)
    end: time = time(7)

    def hold(self, at: time) -> bool:
        """Whether that is in the quiet hours."""
        return not self.end <= at < self.begin


def open_hours(at: datetime, calendar: WorkCalendar, quiet: QuietHours) -> frozenset[Hours]:
    """Which messages may go now; `at` is the office's own time."""
    if quiet.hold(at.time()):
        return frozenset({Hours.ANY})
    if calendar.is_working_day(at.date()):
        return frozenset(Hours)
    return frozenset({Hours.ANY, Hours.DAYTIME})
