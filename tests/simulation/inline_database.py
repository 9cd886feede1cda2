"""A real SQLite file behind `SqliteDatabase`, without threads: at each call the process may die."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any, Protocol

import aiosqlite

from storage.database import SqliteDatabase

_STATEMENTS_CACHED = 512
_PATIENCE_S, _PAUSE_S = 10.0, 0.02


class Seam(Protocol):
    """What stands between a life and the world outside of it."""

    dead: bool
    """Whether the life is over."""

    def is_over(self) -> bool:
        """Count one more step; whether the life is, or just now comes to be, over."""

    def gives_way(self) -> bool:
        """Whether others go on before this step."""

    async def rest(self) -> None:
        """Never come back."""


class InlineConnection(aiosqlite.Connection):
    """As much of `aiosqlite.Connection` as the house uses, carried out at once.

    `seam` is asked before and after every statement. Once it is dead every call is refused.
    """

    def __init__(self, path: Path, seam: Seam, *, read_only: bool) -> None:
        uri = f"file:{path}?mode={'ro' if read_only else 'rwc'}"
        self._raw = sqlite3.connect(
            uri, uri=True, isolation_level=None, timeout=0, cached_statements=_STATEMENTS_CACHED
        )
        self._raw.row_factory = sqlite3.Row
        self._seam = seam
        self._connection = None
        self._open = True

    @property
    def in_transaction(self) -> bool:
        return self._open and not self._seam.dead and self._raw.in_transaction

    async def execute_fetchall(  # type: ignore[override]
        self, sql: str, parameters: Any = ()
    ) -> list[sqlite3.Row]:
        """The rows of a statement; waits for another's lock like SQLite's busy timeout, in virtual time."""
        seam = self._seam
        if seam.is_over():
            await seam.rest()
        if seam.gives_way():
            await asyncio.sleep(0)
        waited_s = 0.0
        while True:
            if seam.dead:
                await seam.rest()
            try:
                rows = self._raw.execute(sql, parameters).fetchall()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or waited_s >= _PATIENCE_S:
                    raise
            else:
                break
            waited_s += _PAUSE_S
            await asyncio.sleep(_PAUSE_S)
        if seam.is_over():
            await seam.rest()
        return rows

    async def close(self) -> None:
        """Let go of the file."""
        self.die()

    def die(self) -> None:
        """What the system does for a process that is gone: an open transaction is rolled back."""
        if self._open:
            self._open = False
            self._raw.close()


class InlineDatabase(SqliteDatabase):
    """A database on such connections."""

    def __init__(self, path: Path, seam: Seam, *, synchronous: str = "OFF") -> None:
        self._connections = [InlineConnection(path, seam, read_only=only) for only in (False, True)]
        writer, reader = self._connections
        for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON"):
            writer._raw.execute(f"pragma {pragma}")
        super().__init__(path, writer, reader)

    def die(self) -> None:
        """Close both without a word."""
        for connection in self._connections:
            connection.die()
