"""Backups as SQLite files: copied in one steady view, proved by opening them, put in place as a whole.

Everything here blocks: callers go through a thread.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.clock import from_us
from bot.domain.errors import Refused
from bot.domain.people import PersonId
from storage.migrating import migrations, statements

UNFINISHED = ".guongsang-backup-"
"""How the folders begin in which files are written that are not whole yet."""
_MAGIC = b"SQLite format 3\x00"
_WAL_VERSION = 2

Schema = Mapping[str, tuple[str, ...]]
"""The columns of each table."""


class BadBackup(Refused):
    """A file that is no backup, is damaged, was made by a newer version, or does not hold what it should."""


@dataclass(frozen=True)
class BackupFacts:
    """What a backup holds: the number of its last migration, rows by table, and when it last was in use.

    `last_at` is the latest instant until which a job had planned; None if the bot had never run.
    """

    number: int
    rows: Mapping[str, int]
    last_at: datetime | None


@contextmanager
def place_whole(path: Path) -> Iterator[Path]:
    """A path to write to; what was written to the end, and not before, is put at `path`. Raises OSError."""
    with TemporaryDirectory(dir=path.absolute().parent, prefix=UNFINISHED) as folder:
        unfinished = Path(folder) / path.name
        yield unfinished
        put(unfinished, path)


def put(whole: Path, path: Path) -> None:
    """Let a file that is whole take the place of `path`, on the disk and for the owner's eyes only."""
    whole.chmod(0o600)
    flush(whole)
    whole.replace(path)
    flush(path.absolute().parent)


def flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, have reached the disk."""
    if path.is_dir() and os.name == "nt":
        return  # folders cannot be opened there
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copy_file(source: sqlite3.Connection, target: Path) -> dict[str, int]:
    """Copy a database that may be in use; answers the rows of each table in the view that was copied.

    The copy is one file, with nothing beside it. Raises sqlite3.Error.
    """
    with closing(sqlite3.connect(target)) as to:
        source.execute("begin")
        rows = count_rows(source)
        source.backup(to)
        source.execute("rollback")
        to.execute("pragma journal_mode = delete")
    return rows


def write_copy(source: Path, path: Path) -> BackupFacts:
    """Make a backup at `path` of an SQLite database that may be in use, in this process too.

    Raises BadBackup, OSError, sqlite3.Error.
    """
    # Opened by SQLite alone: to open and close the file by hand would drop the locks of this process on it.
    with closing(_connect(source, "mode=ro")) as connection, place_whole(path) as unfinished:
        return prove(unfinished, copy_file(connection, unfinished))


def prove(path: Path, rows: Mapping[str, int]) -> BackupFacts:
    """What a fresh backup holds, which must be these rows. Raises BadBackup."""
    facts = read_facts(path)
    if facts.rows != rows:
        raise BadBackup("backup.unproved")
    return facts


def read_facts(path: Path) -> BackupFacts:
    """Open a backup, look through all of it, and say what it holds. Raises BadBackup and OSError."""
    name = path.name
    if not path.is_file():
        raise BadBackup("backup.no_file", file=str(path))
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise BadBackup("backup.not_one", file=name)
    try:
        with closing(open_to_read(path)) as connection:
            return _look_through(connection, name)
    except sqlite3.Error as error:
        raise BadBackup("backup.damaged", file=name, why=str(error)) from error


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection to a backup, which changes nothing and leaves nothing beside it. Raises sqlite3.Error."""
    alone = _is_wal(path) and not path.with_name(f"{path.name}-wal").exists()
    return _connect(path, "mode=ro&immutable=1" if alone else "mode=ro")


def count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has."""
    counts = {}
    for table in schema_of(connection):
        (counts[table],) = connection.execute(f'select count(*) from "{table}"').fetchone()  # noqa: S608
    return counts


def list_erased(path: Path) -> set[PersonId] | None:
    """Whose personal data has been erased in a database; None where that cannot be read."""
    try:
        with closing(open_to_read(path)) as connection:
            found = connection.execute("select id from people where erased_at is not null").fetchall()
    except sqlite3.Error:
        return None
    return {PersonId(row[0]) for row in found}


def schema_of(connection: sqlite3.Connection) -> Schema:
    """The tables of a database and their columns."""
    named = "select name from sqlite_master where type = 'table' and name not like 'sqlite~_%' escape '~'"
    return {
        table: tuple(row[1] for row in connection.execute(f'pragma table_info("{table}")'))
        for (table,) in connection.execute(f"{named} order by name").fetchall()
    }


@cache
def schema_at(number: int) -> Schema:
    """The tables as they are after so many migrations."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("create table migrations (number bigint primary key, name text not null)")
        for migration in migrations("sqlite"):
            if migration.number <= number:
                for statement in statements(migration.text, "sqlite"):
                    connection.execute(statement)
        return schema_of(connection)


def keep_aside(path: Path, kept: Path) -> Path:
    """Put a copy of a database at `kept`: a backup, or where it is damaged its files as they are.

    Answers where it is.
    """
    try:
        write_copy(path, kept)
    except (sqlite3.Error, BadBackup):
        kept = kept.with_name(f"{kept.stem}.damaged.db")
        for ending in ("-wal", ""):
            beside = path.with_name(path.name + ending)
            if beside.exists():
                with place_whole(kept.with_name(kept.name + ending)) as unfinished:
                    shutil.copyfile(beside, unfinished)
    return kept


def replace_database(path: Path, prepared: Path) -> None:
    """Let `prepared` be the database at `path`, of which a copy was kept. Raises Refused if it is in use."""
    if path.exists():
        try:
            with closing(sqlite3.connect(path, timeout=2)) as connection:
                busy, _, _ = connection.execute("pragma wal_checkpoint(truncate)").fetchone()
        except sqlite3.DatabaseError:
            busy = False  # what is damaged was kept as it is
        if busy:
            raise Refused("restore.in_use")
        shutil.copymode(path, prepared)
    flush(prepared)
    for ending in ("-wal", "-shm"):  # of the old file: the new one must not read them
        path.with_name(path.name + ending).unlink(missing_ok=True)
    prepared.replace(path)
    flush(path.absolute().parent)


def _look_through(connection: sqlite3.Connection, name: str) -> BackupFacts:
    schema = schema_of(connection)
    if "migrations" not in schema:
        raise BadBackup("backup.not_one", file=name)
    numbers = [row[0] for row in connection.execute("select number from migrations order by number")]
    known, found = max(migration.number for migration in migrations("sqlite")), max(numbers, default=0)
    if found > known:
        raise BadBackup("backup.newer", file=name, found=found, known=known)
    if not found or numbers != list(range(1, found + 1)) or schema != schema_at(found):
        raise BadBackup("backup.not_one", file=name)
    wrong = [row[0] for row in connection.execute("pragma integrity_check")]
    if wrong != ["ok"]:
        raise BadBackup("backup.damaged", file=name, why=wrong[0])
    loose = connection.execute("pragma foreign_key_check").fetchone()
    if loose:
        raise BadBackup("backup.damaged", file=name, why=f"{loose[0]} → {loose[2]}")
    (last,) = connection.execute("select max(done_until) from watermarks").fetchone()
    return BackupFacts(found, count_rows(connection), from_us(last) if last is not None else None)


def _connect(path: Path, how: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{how}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)


def _is_wal(path: Path) -> bool:
    """Whether the file's header says that newer pages may stand in a file beside it."""
    with path.open("rb") as file:
        header = file.read(20)
    return len(header) == 20 and header[19] == _WAL_VERSION
