"""A head wants to be reminded again later: one more notice of the same kind, at the hour they said."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.config import Config
from bot.domain.cycles import kind_of
from bot.domain.errors import Gone, NotAllowed, Refused
from bot.domain.hours import Hours
from bot.domain.people import Person, UnitId
from bot.domain.periods import Period, read_period
from bot.operations.plan_reminders import DEADLINES, OVERDUE, REMINDER, answers_for
from storage import nominations, notices
from storage.database import Session
from storage.notices import Notice

AN_HOUR = timedelta(hours=1)
AFTERNOON = time(14)
_AFTERNOON_OFFERED_BEFORE = time(13)
_AGAIN = ":again:"


@dataclass(frozen=True)
class Reminded:
    """A reminder that somebody got: for which unit and period."""

    notice: Notice
    unit_id: UnitId
    period: Period


@dataclass(frozen=True)
class Offers:
    """Instants at which somebody can be reminded again; None where that would be too late or is no choice."""

    in_an_hour: datetime | None
    in_the_afternoon: datetime | None
    in_the_morning: datetime | None
    morning_on: date


async def find_reminded(
    session: Session, me: Person, notice_id: int, config: Config, now: datetime
) -> Reminded:
    """The reminder, if this person got it and may still answer.

    Raises Refused for no such reminder of theirs and a closed period, NotAllowed for who no longer answers
    for the unit, and Gone where the unit has answered.
    """
    notice = await notices.get(session, notice_id)
    if notice is None or notice.person_id != me.id or notice.kind not in DEADLINES:
        raise Refused("stale")
    unit_id, period = notice.body.get("unit_id"), read_period(str(notice.body.get("period", "")))
    if unit_id is None or period is None:
        raise Refused("stale")
    today = config.office.day_of(now)
    if not answers_for(me, UnitId(unit_id), config.timetable.cycles[kind_of(period)].to, today):
        raise NotAllowed("choose.not_head")
    if unit_id in await nominations.list_answers(session, str(period)):
        raise Gone("choose.answered")
    cycle = config.timetable.cycle(period)
    if cycle.is_closed(today):
        raise Refused("choose.closed", close=f"{cycle.close.on:%d/%m/%Y}")
    return Reminded(notice, UnitId(unit_id), period)


def list_offers(reminded: Reminded, config: Config, now: datetime) -> Offers:
    """In an hour, this afternoon, and on the next working day's morning at the hour of reminders."""
    timetable, zone = config.timetable, config.office.timezone
    here = now.astimezone(zone)
    close = timetable.closes_at(reminded.period)
    morning_on = timetable.calendar.working_day_from(here.date() + timedelta(days=1))
    hour = timetable.cycles[kind_of(reminded.period)].hour

    def offered(at: datetime) -> datetime | None:
        return at.astimezone(UTC) if at < close else None

    in_time = here.time() < _AFTERNOON_OFFERED_BEFORE
    return Offers(
        offered((now + AN_HOUR).replace(second=0, microsecond=0)),
        offered(datetime.combine(here.date(), AFTERNOON, zone)) if in_time else None,
        offered(datetime.combine(morning_on, hour, zone)),
        morning_on,
    )


async def snooze(
    session: Session, me: Person, notice_id: int, due_at: datetime, config: Config, now: datetime
) -> None:
    """Remind this person again at an instant, once from whichever message they ask for it.

    It may cross the quiet hours, being their own wish.

    Raises what `find_reminded` raises, and Gone for an instant that is past, or behind the period's close.
    """
    reminded = await find_reminded(session, me, notice_id, config, now)
    timetable, period = config.timetable, reminded.period
    closes_at = timetable.closes_at(period)
    if not now < due_at < closes_at:
        raise Gone("snooze.too_late", close=f"{timetable.cycle(period).close.on:%d/%m/%Y}")
    late = config.office.day_of(due_at) > timetable.cycle(period).due.on
    await notices.plan(
        session,
        OVERDUE if late else REMINDER,
        f"{period}:{reminded.unit_id}{_AGAIN}{due_at.isoformat()}",
        me.id,
        {"unit_id": reminded.unit_id, "period": str(period)},
        now,
        due_at=due_at,
        expires_at=closes_at,
        hours=Hours.ANY,
        urgency=1,
    )
