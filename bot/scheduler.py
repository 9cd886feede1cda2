"""The schedule: APScheduler as a clock, rows as the memory.

A tick asks what fell due since the watermark and puts it into the outbox under unique keys, rows first and
the watermark last in one transaction: nothing is forgotten through downtime and nothing is planned twice,
however often, late or by how many it ticks.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.config import Config
from bot.domain.timetable import Occasion, OccasionKind
from bot.operations.dispatch_posts import dispatch_due, is_anything_due
from bot.operations.plan_followups import plan_followups
from bot.operations.plan_posts import plan_post
from bot.operations.plan_reminders import DEADLINES, plan_invitations, plan_reminder, plan_silent_list
from bot.operations.take_down import HONOUR_DELETE
from storage import followups, jobs, notices, occurrences, traces
from storage.database import UNAVAILABLE, Database, Session
from storage.occurrences import Fate

log = structlog.get_logger("scheduler")

JOB = "schedule"
"""The watermark's name."""
DOUBT_RESTS = timedelta(minutes=15)
"""How long a deadline may be in doubt before it is sent once more: a tap may settle it meanwhile."""
LONGEST_SENDING = timedelta(minutes=10)
"""What has been on its way for longer is nobody's any more."""
_TICK_S = 2
_WATERMARK_RESTS = timedelta(minutes=1)
_SCREENS_OF_NOBODY_KEPT = timedelta(days=1)


async def plan_due(database: Database, clock: Clock, config: Config, wake: Callable[[], None]) -> int:
    """Plan all that fell due until now and call `wake`; answers with how many something happened.

    The first time nothing of the past is planned. What makes no sense any more is noted as missed.
    """
    now = clock()
    async with database.reading() as session:
        done_until = await jobs.watermark(session, JOB)
        waiting = await is_anything_due(session, now, config) or await followups.is_any_due(session, now)
    rested = done_until is None or abs(now - done_until) >= _WATERMARK_RESTS
    if not (waiting or rested or (done_until and config.timetable.between(done_until, now))):
        return 0
    async with database.transaction() as session:
        done_until = await jobs.watermark(session, JOB) or now
        planned = [
            occasion
            for occasion in config.timetable.between(done_until, now)
            if await _plan(session, occasion, now, config)
        ]
        moved = await dispatch_due(session, now, config) + await plan_followups(session, now, config)
        await _tidy(session, now)
        if now.date() > done_until.date():
            await traces.forget_screens(session, now - _SCREENS_OF_NOBODY_KEPT)
        await jobs.set_watermark(session, JOB, now)
        if planned or moved:
            session.after_commit(wake)
    for occasion in planned:
        log.info(
            "fell_due", occasion=occasion.kind.value, key=occasion.key, due_at=occasion.due_at.isoformat()
        )
    return len(planned) + moved


class Schedule:
    """Ticks while the bot runs. What it asks is the bot's clock, so that a turned clock works."""

    def __init__(self, database: Database, clock: Clock, config: Config, wake: Callable[[], None]) -> None:
        self._database, self._clock, self._config, self._wake = database, clock, config, wake
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def start(self) -> None:
        """Begin to tick, at once and then every few seconds."""
        self._scheduler.add_job(self.tick, misfire_grace_time=None)
        self._scheduler.add_job(
            self.tick, "interval", seconds=_TICK_S, coalesce=True, max_instances=1, misfire_grace_time=None
        )
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        self._scheduler.shutdown(wait=False)

    async def tick(self) -> int:
        """Plan what is due; a database that is away is asked again at the next tick."""
        try:
            return await plan_due(self._database, self._clock, self._config, self._wake)
        except UNAVAILABLE as failure:
            log.warning("database_unavailable", error=type(failure).__name__)
            return 0


async def _plan(session: Session, occasion: Occasion, now: datetime, config: Config) -> bool:
    """Put what an occasion sends into the outbox; False if that has been done before."""
    missed = occasion.expires_at <= now and occasion.kind is not OccasionKind.CLOSE
    fate = Fate.MISSED if missed else Fate.PLANNED
    if not await occurrences.note(session, occasion.kind.value, occasion.key, occasion.due_at, fate, now):
        return False
    if missed:
        log.warning("missed", occasion=occasion.kind.value, key=occasion.key)
    elif occasion.kind in {OccasionKind.REMINDER, OccasionKind.OVERDUE}:
        await plan_reminder(session, occasion, now, config)
    elif occasion.kind is OccasionKind.SILENT:
        await plan_silent_list(session, occasion, now, config)
    elif occasion.kind is OccasionKind.INVITATION:
        await plan_invitations(session, occasion, now)
    elif occasion.kind is not OccasionKind.CLOSE:
        await plan_post(session, occasion, now, config)
    return True


async def _tidy(session: Session, now: datetime) -> None:
    """What waits too long expires, what was left on its way is in doubt, deadlines in doubt go once more."""
    await notices.expire(session, now)
    await notices.park_sending(session, now - LONGEST_SENDING, now)
    await notices.send_again(session, (*DEADLINES, HONOUR_DELETE), now - DOUBT_RESTS, now)
