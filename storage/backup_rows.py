"""Rows out of PostgreSQL into a backup, an SQLite file, and back: every table, in batches, in one view."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg

from bot.domain.errors import Refused
from storage.backup_files import BadBackup, open_to_read, schema_of
from storage.database import PostgresDatabase, Session
from storage.migrating import open_migrated

_BATCH = 2000
_BOOKKEEPING = "migrations"
_WITH_TRIGGERS = ("audit", "endorsements", "nominations")
_OTHERS = """
  select count(*) from pg_stat_activity
  where datname = current_database() and usename = current_user and pid <> pg_backend_pid()
    and backend_type = 'client backend'
"""
_LINKS = """
  select conrelid::regclass::text as table_name, conname as name, pg_get_constraintdef(oid) as meaning
  from pg_constraint where contype = 'f' and conrelid = any($1::regclass[])
"""


# --- out of PostgreSQL ---


async def copy_postgres(database: PostgresDatabase, target: Path) -> dict[str, int]:
    """Make an SQLite file of every row; answers the rows of each table in the view that was copied.

    Raises BadBackup where the schema is not the one that this program knows.
    """
    await (await open_migrated(f"sqlite:///{target}", synchronous="OFF", backups=0)).close()
    with closing(sqlite3.connect(target, isolation_level=None)) as to:
        to.execute("pragma journal_mode = delete")
        to.execute("pragma synchronous = off")
        schema = schema_of(to)
        to.execute("begin immediate")
        async with database.reading() as session:
            await _check_same_steps(session, to)
            rows = {
                table: await _copy_table(session, to, table, columns) for table, columns in schema.items()
            }
            for table in _numbered(to):
                await _copy_sequence(session, to, table)
        to.execute("commit")
    return rows


async def _copy_table(session: Session, to: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> int:
    named, marks = ", ".join(columns), ", ".join("?" for _ in columns)
    if table != _BOOKKEEPING:
        to.execute(f"delete from {table}")  # noqa: S608 - what migrations or triggers have put there
        insert = f"insert into {table} ({named}) values ({marks})"  # noqa: S608
        await session.execute(f"declare reading_{table} cursor for select {named} from {table}")  # noqa: S608
        while batch := await session.fetch(f"fetch {_BATCH} from reading_{table}"):
            to.executemany(insert, [tuple(row.values()) for row in batch])
    counted = await session.fetch(f"select count(*) as n from {table}")  # noqa: S608
    return int(counted[0]["n"])


async def _copy_sequence(session: Session, to: sqlite3.Connection, table: str) -> None:
    """Numbers that were given once are not given again, even where their rows are gone."""
    found = await session.fetch(f"select pg_get_serial_sequence('{table}', 'id') as name")
    last = await session.fetch(f"select last_value, is_called from {found[0]['name']}")  # noqa: S608
    if last[0]["is_called"]:
        to.execute("delete from sqlite_sequence where name = ?", (table,))
        to.execute("insert into sqlite_sequence (name, seq) values (?, ?)", (table, last[0]["last_value"]))


async def _check_same_steps(session: Session, to: sqlite3.Connection) -> None:
    found = {row["number"] for row in await session.fetch("select number from migrations")}
    if found != {number for (number,) in to.execute("select number from migrations")}:
        raise BadBackup("backup.unproved")


# --- into PostgreSQL ---


async def check_unused(url: str) -> None:
    """Raises Refused where somebody else, most likely the bot, is connected as the same user."""
    connection = await asyncpg.connect(url)
    try:
        if await connection.fetchval(_OTHERS):
            raise Refused("restore.in_use")
    finally:
        await connection.close()


async def fill_postgres(source: Path, url: str) -> None:
    """Let the rows of an SQLite file of the newest schema be all that the database holds.

    One transaction: all of it, or the database stays as it was. Raises asyncpg.PostgresError.
    """
    connection = await asyncpg.connect(url)
    try:
        with closing(open_to_read(source)) as from_:
            async with connection.transaction():
                await _fill(connection, from_)
    finally:
        await connection.close()


async def _fill(connection: Any, from_: sqlite3.Connection) -> None:
    schema = {table: columns for table, columns in schema_of(from_).items() if table != _BOOKKEEPING}
    links = await connection.fetch(_LINKS, list(schema))
    for table in _WITH_TRIGGERS:
        await connection.execute(f"alter table {table} disable trigger user")
    for link in links:
        await connection.execute(f'alter table {link["table_name"]} drop constraint "{link["name"]}"')
    await connection.execute(f"truncate {', '.join(schema)}")
    for table, columns in schema.items():
        rows = from_.execute(f"select {', '.join(columns)} from {table}")  # noqa: S608
        for batch in _batches(rows):
            await connection.copy_records_to_table(table, records=batch, columns=columns)
    for link in links:
        named = f'alter table {link["table_name"]} add constraint "{link["name"]}" {link["meaning"]}'
        await connection.execute(named)
    for table in _WITH_TRIGGERS:
        await connection.execute(f"alter table {table} enable trigger user")
    for table, last in _numbered(from_).items():
        await connection.execute("select setval(pg_get_serial_sequence($1, 'id'), $2)", table, last or 1)


def _batches(rows: sqlite3.Cursor) -> Iterator[list[tuple[Any, ...]]]:
    while batch := rows.fetchmany(_BATCH):
        yield [tuple(map(_fit, row)) for row in batch]


def _fit(value: object) -> object:
    """PostgreSQL keeps no zero character."""
    return value.replace("\x00", "\ufffd") if isinstance(value, str) else value


def _numbered(connection: sqlite3.Connection) -> Mapping[str, int]:
    """The tables whose rows are numbered, and the last number given (0: none yet)."""
    return dict(
        connection.execute(
            "select m.name, coalesce(s.seq, 0) from sqlite_master m left join sqlite_sequence s"
            " on s.name = m.name where m.type = 'table' and m.sql like '%autoincrement%'"
        ).fetchall()
    )
