"""The monthly ping: on the 20th every head whose unit has not answered is told how many nominations wait."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.config import Config
from bot.domain.calendar import day_of_month
from bot.domain.people import PersonId, UnitId
from bot.domain.periods import Period, first_instant, month_of
from bot.domain.roles import Role
from storage import nominations, notices, people, units
from storage.database import Session

KIND = "month_ping"


@dataclass(frozen=True, order=True)
class MonthPing:
    """One month's ping: sent from `due_at`, worth sending before `expires_at`, the end of the day due."""

    due_at: datetime
    period: Period
    due_on: date
    expires_at: datetime


def month_ping(period: Period, config: Config) -> MonthPing:
    """The ping of a month, with its days moved to working days."""
    rules, zone = config.reminders, config.office.timezone
    remind_on = day_of_month(period, rules.month_remind_day)
    due_on = day_of_month(period, rules.month_due_day)
    due_at = datetime.combine(remind_on, rules.hour, zone).astimezone(UTC)
    return MonthPing(due_at, period, due_on, first_instant(due_on + timedelta(days=1), zone))


def fell_due(after: datetime, until: datetime, config: Config) -> list[MonthPing]:
    """The pings that fell due behind `after` and not later than `until`, in the order of time."""
    zone = config.office.timezone
    period, last = month_of(after, zone), month_of(until, zone).next
    found = []
    while period <= last:
        ping = month_ping(period, config)
        if after < ping.due_at <= until:
            found.append(ping)
        period = period.next
    return sorted(found)


def next_due(after: datetime, config: Config) -> datetime:
    """When the next ping falls due."""
    period = month_of(after, config.office.timezone)
    while month_ping(period, config).due_at <= after:
        period = period.next
    return month_ping(period, config).due_at


async def plan_month_ping(session: Session, ping: MonthPing, now: datetime, today: date) -> None:
    """Put the ping to each head and acting deputy of each unit that has not answered in the outbox.

    A ping whose day due is over, because the bot was down so long, is left out.
    """
    if ping.expires_at <= now:
        return
    answered = await nominations.list_answers(session, str(ping.period))
    open_units = {unit.id for unit in await units.list_units(session, today)} - answered.keys()
    for unit_id, person_id in await _heads(session, today):
        if unit_id in open_units:
            await notices.plan(
                session,
                KIND,
                f"{ping.period}:{unit_id}",
                person_id,
                {"unit_id": unit_id, "period": str(ping.period), "due_on": ping.due_on.isoformat()},
                now,
                due_at=ping.due_at,
                expires_at=ping.expires_at,
            )


async def _heads(session: Session, today: date) -> list[tuple[UnitId, PersonId]]:
    found = set()
    for role in (Role.UNIT_HEAD, Role.DEPUTY):
        for person in await people.list_with_role(session, role):
            if person.telegram_id is not None:
                found |= {(unit_id, person.id) for unit_id in person.heads(today)}
    return sorted(found)
