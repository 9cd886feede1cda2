"""Months, quarters, half years and years of the office's calendar: 2026-11, 2026-Q4, 2026-H2 and 2026."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of whole months: `first_on` is its first day, `months` 1, 3, 6 or 12."""

    first_on: date
    months: int

    def __str__(self) -> str:
        year, month = self.first_on.year, self.first_on.month
        if self.months == 12:
            return f"{year:04}"
        if self.months == 6:
            return f"{year:04}-H{(month + 5) // 6}"
        return f"{year:04}-Q{(month + 2) // 3}" if self.months == 3 else f"{year:04}-{month:02}"

    @property
    def until_on(self) -> date:
        """The first day that no longer belongs to the period."""
        return _month_later(self.first_on, self.months)

    @property
    def next(self) -> "Period":
        """The period of the same length that follows."""
        return Period(self.until_on, self.months)

    @property
    def previous(self) -> "Period":
        """The period of the same length before."""
        return Period(_month_later(self.first_on, -self.months), self.months)

    @property
    def year_before(self) -> "Period":
        """The same period a year before."""
        return Period(_month_later(self.first_on, -12), self.months)

    @property
    def month_names(self) -> list[str]:
        """The months in it, each as ``YYYY-MM``."""
        return [str(Period(_month_later(self.first_on, n), 1)) for n in range(self.months)]


def periods_within(period: Period) -> list[Period]:
    """Every month, quarter, half year and year that lies within a period, itself included."""
    found = []
    for months in (1, 3, 6, 12):
        inner = Period(period.first_on, months)
        while months <= period.months and inner.first_on < period.until_on:
            found.append(inner)
            inner = inner.next
    return found


def month_of(at: datetime, zone: ZoneInfo) -> Period:
    """The month in which the instant `at` falls for people in `zone`."""
    return Period(at.astimezone(zone).date().replace(day=1), 1)


def period_of(on: date, months: int) -> Period:
    """The period of that length (1, 3, 6 or 12 months) in which a day falls."""
    return Period(date(on.year, (on.month - 1) // months * months + 1, 1), months)


def read_period(text: str) -> Period | None:
    """The period a person or a command names: 2026-11, 2026-Q4, 2026-H2, 2026; None of anything else."""
    match = re.fullmatch(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|[Qq]([1-4])|[Hh]([12])))?", text.strip())
    if not match or int(match[1]) < 1900:
        return None
    year, month, quarter, half = match.groups()
    if month:
        return Period(date(int(year), int(month), 1), 1)
    if quarter:
        return Period(date(int(year), int(quarter) * 3 - 2, 1), 3)
    if half:
        return Period(date(int(year), int(half) * 6 - 5, 1), 6)
    return Period(date(int(year), 1, 1), 12)


def first_instant(on: date, zone: ZoneInfo) -> datetime:
    """Midnight at the beginning of a day in `zone`, as an instant in UTC."""
    return datetime(on.year, on.month, on.day, tzinfo=zone).astimezone(UTC)


def last_day(period: Period) -> date:
    """The period's last day."""
    return period.until_on - timedelta(days=1)


def _month_later(on: date, months: int) -> date:
    index = on.year * 12 + on.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
