"""The schedule: APScheduler as a clock, rows as the memory.

A tick asks what fell due since the watermark and puts it into the outbox under unique keys, rows first and
the watermark last in one transaction: nothing is forgotten through downtime and nothing is planned twice.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.config import Config
from bot.operations import plan_big_day, plan_month_reminders
from storage import jobs, traces
from storage.database import UNAVAILABLE, Database, Session

log = structlog.get_logger("scheduler")

JOB = "schedule"
"""The watermark's name."""
_TICK_S = 5
_WATERMARK_RESTS = timedelta(minutes=1)
_SCREENS_OF_NOBODY_KEPT = timedelta(days=1)


async def plan_due(database: Database, clock: Clock, config: Config, wake: Callable[[], None]) -> int:
    """Plan all that fell due until now and call `wake`; answers how many occasions that was.

    The first time nothing of the past is planned.
    """
    now = clock()
    async with database.reading() as session:
        done_until = await jobs.watermark(session, JOB)
    if done_until is not None and not _due(done_until, now, config) and now - done_until < _WATERMARK_RESTS:
        return 0
    async with database.transaction() as session:
        done_until = await jobs.watermark(session, JOB) or now
        occasions = _due(done_until, now, config)
        for occasion in occasions:
            await _plan(session, occasion, now, config)
        if now.date() > done_until.date():
            await traces.forget_screens(session, now - _SCREENS_OF_NOBODY_KEPT)
        await jobs.set_watermark(session, JOB, max(now, done_until))
        if occasions:
            session.after_commit(wake)
    for occasion in occasions:
        log.info("fell_due", occasion=type(occasion).__name__, due_at=occasion.due_at.isoformat())
    return len(occasions)


def next_due(after: datetime, config: Config) -> datetime:
    """When something falls due next."""
    return min(plan_month_reminders.next_due(after, config), plan_big_day.next_due(after, config))


class Schedule:
    """Ticks while the bot runs. What it asks is the bot's clock, so that a turned clock works."""

    def __init__(self, database: Database, clock: Clock, config: Config, wake: Callable[[], None]) -> None:
        self._database, self._clock, self._config, self._wake = database, clock, config, wake
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def start(self) -> None:
        """Begin to tick, at once and then every few seconds."""
        self._scheduler.add_job(self.tick, misfire_grace_time=None)
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


Occasion = plan_month_reminders.MonthPing | plan_big_day.BigDay


def _due(after: datetime, until: datetime, config: Config) -> list[Occasion]:
    found: list[Occasion] = [
        *plan_month_reminders.fell_due(after, until, config),
        *plan_big_day.fell_due(after, until, config),
    ]
    return sorted(found, key=lambda occasion: occasion.due_at)


async def _plan(session: Session, occasion: Occasion, now: datetime, config: Config) -> None:
    if isinstance(occasion, plan_big_day.BigDay):
        await plan_big_day.plan_big_day(session, occasion, now)
    else:
        today = now.astimezone(config.office.timezone).date()
        await plan_month_reminders.plan_month_ping(session, occasion, now, today)
