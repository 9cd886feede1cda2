"""What a document is asked about: a period, a week, or an exemplar."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.exemplars import ExemplarId
from bot.domain.periods import Period, last_day


@dataclass(frozen=True, order=True)
class Week:
    """A week from Monday, `first_on`, to Sunday; written as ISO 8601 does: 2026-W48."""

    first_on: date

    def __str__(self) -> str:
        year, number, _ = self.first_on.isocalendar()
        return f"{year:04}-W{number:02}"

    @property
    def last_on(self) -> date:
        """Its Sunday."""
        return self.until_on - timedelta(days=1)

    @property
    def until_on(self) -> date:
        """The first day that no longer belongs to it."""
        return self.first_on + timedelta(days=7)

    @property
    def number(self) -> int:
        """Its number within its year."""
        return self.first_on.isocalendar().week


def week_of(on: date) -> Week:
    """The week in which a day falls."""
    return Week(on - timedelta(days=on.weekday()))


def read_week(text: str) -> Week | None:
    """The week that a person or a command names: 2026-W48; None of anything else."""
    match = re.fullmatch(r"(\d{4})-[Ww](\d{2})", text.strip())
    if not match or int(match[1]) < 1900:
        return None
    try:
        return Week(date.fromisocalendar(int(match[1]), int(match[2]), 1))
    except ValueError:
        return None


@dataclass(frozen=True)
class DocumentAsk:
    """What is wanted: one of the three, whichever the kind of document is about."""

    period: Period | None = None
    week: Week | None = None
    exemplar_id: ExemplarId | None = None

    def day(self, today: date) -> date:
        """The day whose names, posts and signers count: the last one of what is asked, or today."""
        if self.period is not None:
            return min(today, last_day(self.period))
        return min(today, self.week.last_on) if self.week is not None else today
