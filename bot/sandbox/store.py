"""What Telegram's servers would remember, in one SQLite file of the sandbox's own.

It has to survive its own process being killed, not a power cut: hence no `fsync`.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

_ENCODER: Final = json.JSONEncoder(separators=(",", ":"))
_SCHEMA: Final = """
create table if not exists facts (name text primary key, value text not null) without rowid;
create table if not exists people (user_id integer primary key, body text not null);
create table if not exists chats (
    chat_id integer primary key, type text not null, title text,
    last_message_id integer not null default 0, keyboard text, last_at integer not null default 0);
create table if not exists members (
    chat_id integer not null, user_id integer not null, status text not null default 'member',
    read_to integer not null default 0, primary key (chat_id, user_id)) without rowid;
create index if not exists members_by_user on members (user_id);
create table if not exists messages (
    chat_id integer not null, message_id integer not null, from_id integer not null, body text not null,
    hidden text not null, primary key (chat_id, message_id)) without rowid;
create table if not exists updates (update_id integer primary key autoincrement, body text not null);
create table if not exists files (file_id text primary key, body text not null) without rowid;
create table if not exists commands (
    scope text not null, language text not null, body text not null,
    primary key (scope, language)) without rowid;
create table if not exists taps (
    callback_query_id text primary key, chat_id integer not null, user_id integer not null,
    at integer not null, answer text) without rowid;
create table if not exists calls (
    n integer primary key autoincrement, method text not null, chat_id, accepted integer not null,
    message_id integer, text text, at integer not null);
"""


class Store:
    """One connection, used by one thread, writing through at once."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None, cached_statements=256)
        self._db.row_factory = sqlite3.Row
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = off")
        self._db.executescript(_SCHEMA)
        self._depth = 0

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        self._db.close()

    def clear(self) -> None:
        """Empty every table."""
        tables = self.rows("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
        with self.together():
            for table in [row["name"] for row in tables] + ["sqlite_sequence"]:
                self.run(f"delete from {table}")  # noqa: S608 - names of this schema

    @contextmanager
    def together(self) -> Iterator[None]:
        """All writes inside are kept, or, if it raises, none."""
        if self._depth:
            yield
            return
        self._depth = 1
        self._db.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        else:
            self._db.execute("commit")
        finally:
            self._depth = 0

    def run(self, sql: str, *values: Any) -> sqlite3.Cursor:
        """Execute a statement."""
        return self._db.execute(sql, values)

    def row(self, sql: str, *values: Any) -> sqlite3.Row | None:
        """The first row, or None."""
        found: sqlite3.Row | None = self._db.execute(sql, values).fetchone()
        return found

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """All rows."""
        return self._db.execute(sql, values).fetchall()

    def fact(self, name: str, default: Any = None) -> Any:
        """A single value kept under a name."""
        row = self.row("select value from facts where name = ?", name)
        return default if row is None else json.loads(row["value"])

    def keep_fact(self, name: str, value: Any) -> None:
        """Keep a JSON value under a name."""
        self.run("insert or replace into facts values (?, ?)", name, packed(value))


def packed(value: Any) -> str:
    """JSON as kept in the file: in ASCII, so that half a character in a test's update can be kept."""
    return _ENCODER.encode(value)
