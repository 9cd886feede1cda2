"""The nightly backup: one a night, proved by opening it, the newest kept; a failure is told and tried again.

What has been done stands in watermarks, so that a restart forgets nothing and repeats nothing.
"""

import asyncio
import re
import shutil
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import asyncpg
import structlog

from bot.clock import Clock, system_clock
from bot.config import Config
from bot.domain.errors import Refused
from bot.domain.hours import Hours
from bot.domain.roles import Role
from bot.operations.secretariat import list_secretariat
from bot.texts import N_
from storage import jobs, notices
from storage.backup_files import UNFINISHED
from storage.backups import BACKUP, BackupFacts, backups_folder, make_backup
from storage.database import Database

log = structlog.get_logger("backups")

TRIED = "backup_tried"
"""The watermark of the last try that failed."""
_TRY_AGAIN = timedelta(hours=1)
_LEFT_BEHIND_S = 86_400
_NAME = re.compile(r"guongsang-\d{4}-\d\d-\d\d\.db")
_FAILURES = (Refused, OSError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError)


def nightly_folder(config: Config) -> Path:
    """Where the nightly backups are: as configured, else beside the data."""
    if config.backup.folder:
        return Path(config.backup.folder)
    folder = backups_folder(config.storage.url)
    return folder / "nightly" if config.storage.sqlite_path else folder


class Nightly:
    """Makes the backup whose hour has come, at the first opportunity and once."""

    def __init__(self, database: Database, clock: Clock, config: Config) -> None:
        self._database, self._clock, self._config = database, clock, config
        self._folder = nightly_folder(config)
        self._tried: datetime | None = None  # a full disk may take no watermark either
        self._nothing_due: tuple[datetime, datetime] | None = None

    async def run_due(self) -> bool:
        """Whether a backup was due and has been made. Raises what says that the database is away."""
        slot = await self._due()
        if slot is None:
            return False
        path = self._folder / f"guongsang-{slot:%Y-%m-%d}.db"
        try:
            facts = await self._make(path)
        except _FAILURES as failure:
            return await self._fail(slot, failure)
        async with self._database.transaction() as session:
            await jobs.set_watermark(session, BACKUP, self._clock())
        log.info("backup", file=path.name, migration=facts.number, rows=sum(facts.rows.values()))
        await asyncio.to_thread(_forget_old, self._folder, self._config.backup.keep)
        return True

    async def _due(self) -> datetime | None:
        """The office's hour for which no backup has been made; the first of all is the next one."""
        rules, now = self._config.backup, self._clock()
        if not rules.on or (self._nothing_due and self._nothing_due[0] <= now < self._nothing_due[1]):
            return None
        local = now.astimezone(self._config.office.timezone)
        slot = datetime.combine(local.date(), rules.hour, local.tzinfo)
        if slot > local:
            slot = datetime.combine(local.date() - timedelta(days=1), rules.hour, local.tzinfo)
        async with self._database.reading() as session:
            done = await jobs.watermark(session, BACKUP)
            tried = await jobs.watermark(session, TRIED)
        if done is None:
            async with self._database.transaction() as session:
                await jobs.set_watermark(session, BACKUP, now)
            return None
        if done >= slot:
            self._nothing_due = (now, slot + timedelta(days=1))
            return None
        tries = (one for one in (tried, self._tried) if one is not None)
        rests = any(timedelta(0) <= now - one < _TRY_AGAIN for one in tries)
        return None if rests else slot

    async def _make(self, path: Path) -> BackupFacts:
        await asyncio.to_thread(_make_ready, self._folder)
        return await make_backup(self._database, path)

    async def _fail(self, slot: datetime, failure: Exception) -> bool:
        """The secretariat hears of it, once a night; it is tried again later."""
        log.error("backup_failed", error=type(failure).__name__, why=_why(failure))
        office, now = self._config.office, self._clock()
        self._tried = now
        why: object = _why(failure)
        if isinstance(failure, Refused):
            why = {"id": failure.message_id, "values": failure.values}
        body = {
            "id": N_("backup.failed"),
            "role": Role.SECRETARIAT.value,
            "values": {"day": f"{slot:%d/%m/%Y}", "why": why},
        }
        async with self._database.transaction() as session:
            await jobs.set_watermark(session, TRIED, now)
            secretariat = await list_secretariat(session, office.day_of(now))
            await notices.plan_for(
                session,
                "text",
                f"backup:{slot.date()}",
                [clerk.id for clerk in secretariat],
                body,
                now,
                expires_at=now + timedelta(days=3),
                hours=Hours.DAYTIME,
                urgency=1,
            )
        return False


def _why(failure: Exception) -> str:
    """What the system says; a server's words may quote people's and are left out."""
    system = isinstance(failure, (OSError, sqlite3.Error))
    return str(failure) if system else getattr(failure, "message_id", type(failure).__name__)


def _make_ready(folder: Path) -> None:
    """Make the folder, for the owner's eyes only, and clear away what a killed bot left half-made."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.glob(f"{UNFINISHED}*"):
        if system_clock().timestamp() - left.stat().st_mtime > _LEFT_BEHIND_S:
            shutil.rmtree(left, ignore_errors=True)


def _forget_old(folder: Path, keep: int) -> None:
    """Keep the newest nightly backups; no other file is touched."""
    made = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
    for old in made[:-keep]:
        old.unlink(missing_ok=True)
