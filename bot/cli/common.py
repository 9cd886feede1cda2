"""What the commands share: where the data is, how they speak, how files are put in their place."""

import argparse
import os
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg

from bot.clock import TurnedClock, system_clock
from bot.config import Config, ConfigMistakes, load_config
from bot.config_values import SQLITE
from bot.domain.errors import Refused
from bot.lock import hold_database
from bot.texts import N_, Texts
from storage import access
from storage.database import Database, open_database
from storage.migrating import DatabaseTooNew, migrations, open_migrated, sqlite_path

USUAL_CONFIG = "config.toml"
FAILURES = (OSError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What files and databases raise where they cannot be had."""
_DEMO_RECORDS = files("bot").joinpath("sandbox", "office", "records.toml")


class NotNoted(Refused):
    """The audit log cannot be written to."""


def add_place(parser: argparse.ArgumentParser) -> None:
    """The options that say where the data is."""
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--config", metavar="FILE", help=f"the configuration (default: {USUAL_CONFIG})")
    place.add_argument("--data", metavar="DIR", help="the folder of a demo, instead of a configuration")


def config_of(args: argparse.Namespace) -> Config:
    """The configuration that the options name. Raises ConfigMistakes."""
    data: str | None = getattr(args, "data", None)
    return of_folder(Path(data)) if data else read_config(getattr(args, "config", None) or USUAL_CONFIG)


def config_or_defaults(args: argparse.Namespace) -> Config:
    """The same for commands that work without any data: the defaults where no configuration is there."""
    named = getattr(args, "config", None) or getattr(args, "data", None)
    return config_of(args) if named or Path(USUAL_CONFIG).exists() else Config()


def read_config(path: str, *, need_token: bool = False) -> Config:
    """The configuration in a file. Raises ConfigMistakes."""
    return load_config(Path(path), os.environ, need_token=need_token)


def of_folder(folder: Path) -> Config:
    """The configuration of a demo that keeps its data in a folder."""
    config = Config()
    url = f"{SQLITE}{(folder.absolute() / 'guongsang.db').as_posix()}"
    return replace(
        config,
        storage=replace(config.storage, url=url),
        documents=replace(config.documents, records=str(_DEMO_RECORDS)),
    )


def now_of(args: argparse.Namespace) -> datetime:
    """The instant it is: a demo has its own clock."""
    data: str | None = getattr(args, "data", None)
    return (TurnedClock(Path(data) / "clock.json") if data else system_clock)()


def texts_of(config: Config) -> Texts:
    """The office's voice in the office's language."""
    office = config.office
    return Texts(office.locale, office.timezone, office.address_form)


def carry_out(args: argparse.Namespace) -> int:
    """Do what the command says and answer its exit code; what goes wrong is told, all of it."""
    try:
        code: int = args.run(args)
    except ConfigMistakes as wrong:
        tell_mistakes(wrong, _texts_for_failures(args))
    except Refused as refusal:
        tell_failure(_texts_for_failures(args).plain(refusal.message_id, **refusal.values))
    except DatabaseTooNew as newer:
        texts = _texts_for_failures(args)
        tell_failure(texts.plain("cli.database_newer", found=newer.found, known=newer.known))
    except FAILURES as failure:
        tell_failure(_texts_for_failures(args).plain("cli.failed", why=str(failure)))
    else:
        return code
    return 1


def tell(text: str) -> None:
    """A line for the person at the terminal."""
    sys.stdout.write(f"{text}\n")


def tell_failure(text: str) -> None:
    """A line about what went wrong."""
    sys.stderr.write(f"{text}\n")


def tell_mistakes(wrong: ConfigMistakes, texts: Texts) -> None:
    """All that is wrong with a configuration."""
    tell_failure(texts.count("config.heading", len(wrong.mistakes)))
    for mistake in wrong.mistakes:
        expected = texts.plain(mistake.expected, **mistake.values)
        line = N_("config.line") if mistake.found else N_("config.line_bare")
        tell_failure("- " + texts.plain(line, where=mistake.where, found=mistake.found, expected=expected))


@asynccontextmanager
async def writing(config: Config) -> AsyncIterator[Database]:
    """The database to write to, brought up to date, with its lock held. Raises DatabaseHeld."""
    storage = config.storage
    with hold_database(storage.url):
        database = await open_migrated(storage.url, synchronous=storage.synchronous, backups=storage.backups)
        try:
            yield database
        finally:
            await database.close()


@asynccontextmanager
async def reading(url: str) -> AsyncIterator[Database]:
    """The database to read from, beside a running bot too. Raises Refused where there is none to read."""
    path = sqlite_path(url)
    if path is not None and not path.exists():
        raise Refused("cli.no_database", file=str(path))
    database = await open_database(url, read_only=True)
    try:
        await _check_version(database)
        yield database
    finally:
        await database.close()


async def note_taken(
    config: Config, act: str, subject: str, now: datetime, detail: str = "", subject_id: int | None = None
) -> None:
    """Say in the audit log that something leaves the house; of whom, a command line does not know.

    It is noted beside a running bot too, which is why no lock is held: one line, in a transaction of its own,
    that waits until the bot has written. Call it when a file is whole and before it is put in place: a line
    about no file does less harm than a file without a line.

    Raises NotNoted where it cannot be written: then nothing is to leave.
    """
    storage = config.storage
    try:
        database = await open_database(storage.url, synchronous=storage.synchronous)
        try:
            async with database.transaction() as session:
                await access.note(session, None, act, subject, subject_id, now, detail)
        finally:
            await database.close()
    except FAILURES as failure:
        raise NotNoted(N_("cli.not_noted"), why=str(failure)) from failure


async def _check_version(database: Database) -> None:
    known = max(migration.number for migration in migrations(database.dialect))
    try:
        async with database.reading() as session:
            rows = await session.fetch("select max(number) as number from migrations")
    except (sqlite3.OperationalError, asyncpg.UndefinedTableError):
        raise Refused("cli.database_older") from None
    found = rows[0]["number"] or 0
    if found > known:
        raise DatabaseTooNew(found, known)
    if found < known:
        raise Refused("cli.database_older")


@contextmanager
def put_in_place(path: Path) -> Iterator[Path]:
    """A path to write to; only what was written to the end takes the place of `path`. Raises OSError."""
    with TemporaryDirectory(dir=path.absolute().parent, prefix=".guongsang-") as folder:
        unfinished = Path(folder) / path.name
        yield unfinished
        unfinished.replace(path)


def _texts_for_failures(args: argparse.Namespace) -> Texts:
    try:
        return texts_of(config_of(args))
    except ConfigMistakes:
        return texts_of(Config())
