"""`guongsang backup`: everything into one file, beside a running bot too, proved by opening it."""

import argparse
import asyncio
from datetime import datetime
from pathlib import Path

from bot.cli.common import (
    NotNoted,
    add_place,
    config_of,
    note_taken,
    now_of,
    reading,
    tell,
    tell_failure,
    texts_of,
)
from bot.config import Config
from bot.domain.errors import Refused
from bot.texts import Texts
from storage.backups import BackupFacts, make_backup


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("backup", help="back everything up into one file")
    parser.add_argument("file", metavar="FILE", help="the backup, an SQLite file of either database")
    add_place(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the file; an existing one is replaced only by a whole one."""
    config, path = config_of(args), Path(args.file)
    texts = texts_of(config)
    if is_the_database(path, config):
        raise Refused("backup.same_file", file=args.file)
    facts = asyncio.run(_make(config, path, texts, now_of(args)))
    tell(texts.plain("backup.made", file=args.file))
    tell(facts_line(texts, facts))
    return 0


def is_the_database(path: Path, config: Config) -> bool:
    """Whether a path is the database in use, or one of the files that SQLite keeps beside it."""
    used = config.storage.sqlite_path
    if used is None:
        return False
    beside = {used.resolve().with_name(used.name + ending) for ending in ("", "-wal", "-shm", ".lock")}
    return path.resolve() in beside or (path.exists() and used.exists() and path.samefile(used))


def facts_line(texts: Texts, facts: BackupFacts) -> str:
    """What a backup holds, for people."""
    at = texts.moment(facts.last_at) if facts.last_at else texts.plain("backup.never_ran")
    named = ("people", "units", "nominations", "notices")
    counts = {table: texts.number(facts.rows.get(table, 0)) for table in named}
    return texts.plain("backup.holds", at=at, **counts)


async def _make(config: Config, path: Path, texts: Texts, now: datetime) -> BackupFacts:
    """The audit log says so, in the backup too; what cannot be written to is backed up all the same."""
    async with reading(config.storage.url) as database:
        try:
            await note_taken(config, "backup", "database", now)
        except NotNoted as failure:
            tell_failure(texts.plain("backup.not_noted", why=failure.values["why"]))
        return await make_backup(database, path)
