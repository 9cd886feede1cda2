"""11 June: everybody is greeted on the day of the call for patriotic emulation, on that day or not at all."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.config import Config
from bot.domain.calendar import big_day
from bot.domain.periods import first_instant
from storage import notices
from storage.database import Session

KIND = "big_day"


@dataclass(frozen=True, order=True)
class BigDay:
    """One year's day: greeted from `due_at` until the day is over at `expires_at`."""

    due_at: datetime
    on: date
    expires_at: datetime


def big_day_of(year: int, config: Config) -> BigDay:
    """The day in a year, at the configured hour."""
    on, zone = big_day(year), config.office.timezone
    due_at = datetime.combine(on, config.reminders.big_day_hour, zone).astimezone(UTC)
    return BigDay(due_at, on, first_instant(on + timedelta(days=1), zone))


def fell_due(after: datetime, until: datetime, config: Config) -> list[BigDay]:
    """The days that came behind `after` and not later than `until`, in the order of time."""
    zone = config.office.timezone
    years = range(after.astimezone(zone).year, until.astimezone(zone).year + 1)
    return [day for day in (big_day_of(year, config) for year in years) if after < day.due_at <= until]


def next_due(after: datetime, config: Config) -> datetime:
    """When the next greeting falls due."""
    year = after.astimezone(config.office.timezone).year
    this_year = big_day_of(year, config).due_at
    return this_year if this_year > after else big_day_of(year + 1, config).due_at


async def plan_big_day(session: Session, day: BigDay, now: datetime) -> None:
    """Put the greeting to everybody in the outbox, unless the day is over already."""
    if now < day.expires_at:
        await notices.plan_for_everybody(
            session,
            KIND,
            day.on.isoformat(),
            {"on": day.on.isoformat()},
            now,
            due_at=day.due_at,
            expires_at=day.expires_at,
        )
