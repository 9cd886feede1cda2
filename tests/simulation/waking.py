"""When a bot that waits has something to do again, by its rows."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import from_us, to_us
from bot.domain.hours import Hours
from bot.domain.timetable import Timetable

_DOUBT_RESTS = timedelta(minutes=15)
_SENDING_RESTS = timedelta(minutes=10)
_FORGOTTEN = timedelta(hours=1)
"""What has been left for as long needs no waking of its own."""
_POST = """
select min(case when state = 'sending' then ? else send_at end) from posts p
where state = 'approved' or (state = 'sending' and not exists (
  select 1 from notices n where n.kind in ('post', 'progress') and n.state in ('pending', 'sending')
    and (n.occurrence = 'post:' || p.id or n.occurrence like 'post:' || p.id || ':%')))
"""


@dataclass(frozen=True)
class Due:
    """An instant, and whether the minute's tidying has to come for it."""

    at: datetime
    by_tick: bool = False


def next_wake(rows: sqlite3.Connection, timetable: Timetable, now: datetime) -> Due | None:
    """The earliest instant from which something waits; None where nothing does."""
    found: list[Due] = []
    for hours, due_us in rows.execute(
        "select hours, min(due_at) from notices where state = 'pending' group by hours"
    ):
        found.append(Due(_opens(timetable, Hours(hours), max(now, from_us(due_us)))))
    doubtful = rows.execute(
        "select min(changed_at) from notices where state = 'unknown' and copy = 1"
        " and kind in ('reminder', 'overdue') and (expires_at is null or expires_at > ?) and changed_at > ?",
        (to_us(now), to_us(now - _FORGOTTEN)),
    ).fetchone()[0]
    if doubtful is not None:
        found.append(Due(from_us(doubtful) + _DOUBT_RESTS, by_tick=True))
    sending = rows.execute(
        "select min(changed_at) from notices where state = 'sending' and changed_at > ?",
        (to_us(now - _FORGOTTEN),),
    ).fetchone()[0]
    if sending is not None:
        found.append(Due(from_us(sending) + _SENDING_RESTS, by_tick=True))
    post = rows.execute(_POST, (to_us(now),)).fetchone()[0]
    if post is not None:
        found.append(Due(from_us(post), by_tick=True))
    return min(found, key=lambda due: max(due.at, now)) if found else None


def _opens(timetable: Timetable, hours: Hours, at: datetime) -> datetime:
    """The first instant from `at` on at which such a message may go."""
    if hours in timetable.open_hours(at):
        return at
    local = at.astimezone(timetable.zone)
    day = local.date() + timedelta(days=local.time() >= timetable.quiet.end)
    if hours is Hours.WORK:
        day = timetable.calendar.working_day_from(day)
    return datetime.combine(day, timetable.quiet.end, timetable.zone).astimezone(at.tzinfo)
