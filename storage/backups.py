"""Backups of either database, in one form: an SQLite file of the same schema.

It is made in one steady view beside a running bot, and proved by opening it before it takes its name. What
is restored has a mark: until then everything due is held, since it may have been sent by the bot whose data
was lost.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.clock import to_us
from bot.domain.errors import Refused
from bot.domain.people import PersonId
from storage import access, jobs
from storage.backup_files import (
    UNFINISHED,
    BackupFacts,
    BadBackup,
    copy_file,
    keep_aside,
    list_erased,
    open_to_read,
    prove,
    put,
    read_facts,
    replace_database,
    write_copy,
)
from storage.backup_rows import check_unused, copy_postgres, fill_postgres
from storage.database import Database, PostgresDatabase, Session, SqliteDatabase, T, _finished, open_database
from storage.migrating import open_migrated, sqlite_path

__all__ = [
    "RESTORED",
    "BackupFacts",
    "BadBackup",
    "Restored",
    "backups_folder",
    "check_backup",
    "make_backup",
    "restore_backup",
]

RESTORED = "restored"
"""The watermark that a restore leaves: what was due until then is held."""
BACKUP = "backup"
"""The watermark of the nightly backup."""
_NUMBERS_LEFT_OUT = 100_000
"""Rows made after a restore get numbers that none of the lost rows had: their buttons are still in chats."""
_NAME_ALL_NUMBERED = """
  insert into sqlite_sequence (name, seq)
  select name, 0 from sqlite_master
  where type = 'table' and sql like '%autoincrement%' and name not in (select name from sqlite_sequence)
"""


EraseAgain = Callable[[Session, Collection[PersonId], datetime], Awaitable[Collection[str]]]
"""Erases those of some people who are not erased; answers their codes."""


@dataclass(frozen=True)
class Restored:
    """What was restored, and where the data that was there before is kept (None: there was none).

    `erased` are the codes of people who were erased again; None where it is not known who should be.
    """

    facts: BackupFacts
    kept: Path | None
    erased: Sequence[str] | None = None


def backups_folder(url: str) -> Path:
    """Where backups are kept unless told otherwise: beside an SQLite file, else in the working folder."""
    path = sqlite_path(url)
    return path.with_name(f"{path.name}.backups") if path else Path("guongsang.backups").absolute()


async def make_backup(database: Database, path: Path) -> BackupFacts:
    """Write a backup to `path`, which is replaced only by a proved one; the bot may run meanwhile.

    Raises BadBackup where the copy does not hold what it should, OSError, sqlite3.Error and
    asyncpg.PostgresError.
    """
    if isinstance(database, SqliteDatabase):
        return await _in_thread(write_copy, database.path, path)
    assert isinstance(database, PostgresDatabase)  # noqa: S101 - there are two
    with TemporaryDirectory(dir=path.parent, prefix=UNFINISHED) as folder:
        unfinished = Path(folder) / path.name
        rows = await copy_postgres(database, unfinished)
        return await _in_thread(_put_proved, unfinished, path, rows)


async def check_backup(path: Path) -> BackupFacts:
    """Look through a backup and say what it holds. Raises BadBackup and OSError."""
    return await _in_thread(read_facts, path)


async def restore_backup(
    path: Path, url: str, now: datetime, erase_again: EraseAgain | None = None
) -> Restored:
    """Let the database at `url` be what the backup holds; its data until now is kept aside first.

    Those whom that data knows to be erased are handed to `erase_again`. All of it or nothing happens. The
    caller holds the database's lock. Raises BadBackup, Refused where the database is in use, DatabaseTooNew,
    OSError, sqlite3.Error, asyncpg.PostgresError.
    """
    facts = await check_backup(path)
    target, folder = sqlite_path(url), backups_folder(url)
    if target and target.exists() and target.samefile(path):
        raise Refused("restore.same_file")
    if target is None:
        await check_unused(url)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=UNFINISHED) as unfinished:
        prepared = Path(unfinished) / "restored.db"
        kept = await _keep(url, folder, now)
        gone = await _in_thread(list_erased, kept) if kept else None
        await _prepare(path, prepared, now)
        erased = await _erase_again(prepared, gone, now, erase_again) if gone and erase_again else gone
        if target:
            await _in_thread(replace_database, target, prepared)
        else:
            await fill_postgres(prepared, url)
    return Restored(facts, kept, None if erased is None else sorted(map(str, erased)))


async def _prepare(path: Path, prepared: Path, now: datetime) -> None:
    """A copy of the backup, brought up to date, in which nothing of the past is on its way any more."""
    await _in_thread(_copy, path, prepared)
    database = await open_migrated(f"sqlite:///{prepared}", backups=0)
    try:
        at = to_us(now)
        async with database.transaction() as session:
            await session.run("backups.hold_due", now=at)
            await session.run("backups.doubt_sending", now=at)
            await session.run("backups.drop_tasks", now=at)
            await session.run("backups.keep_screens")
            await session.run("backups.forget_menus")
            await jobs.set_watermark(session, RESTORED, now)
            await jobs.set_watermark(session, BACKUP, now)
            await access.note(session, None, "restore", "database", None, now)
            await session.execute(_NAME_ALL_NUMBERED)
            await session.execute(f"update sqlite_sequence set seq = seq + {_NUMBERS_LEFT_OUT}")  # noqa: S608
    finally:
        await database.close()


async def _erase_again(
    prepared: Path, gone: Collection[PersonId], now: datetime, erase_again: EraseAgain
) -> Collection[str]:
    database = await open_migrated(f"sqlite:///{prepared}", backups=0)
    try:
        async with database.transaction() as session:
            return await erase_again(session, gone, now)
    finally:
        await database.close()


async def _in_thread(work: Callable[..., T], *args: object) -> T:
    """What `work` answers; a cancellation waits until it has ended, so that it never works on files alone."""
    return await _finished(asyncio.to_thread(work, *args))


def _put_proved(whole: Path, path: Path, rows: Mapping[str, int]) -> BackupFacts:
    facts = prove(whole, rows)
    put(whole, path)
    return facts


def _copy(path: Path, target: Path) -> None:
    connection = open_to_read(path)
    try:
        copy_file(connection, target)
    finally:
        connection.close()


async def _keep(url: str, folder: Path, now: datetime) -> Path | None:
    """Put the data that is there aside; None where there is none."""
    kept = _free_name(folder, f"kept-{now:%Y%m%d-%H%M%S}")
    path = sqlite_path(url)
    if path:
        there = path.exists() and path.stat().st_size
        return await _in_thread(keep_aside, path, kept) if there else None
    looked = await open_database(url, read_only=True)
    try:
        async with looked.reading() as session:
            found = await session.fetch("select to_regclass('migrations') is not null as there")
    finally:
        await looked.close()
    database = await open_migrated(url)
    try:
        if not found[0]["there"]:
            return None
        await make_backup(database, kept)
    finally:
        await database.close()
    return kept


def _free_name(folder: Path, stem: str) -> Path:
    """A name in the folder that nothing has."""
    names = (folder / f"{stem}{'' if n == 1 else f'-{n}'}.db" for n in range(1, 1000))
    return next(name for name in names if not name.exists())
