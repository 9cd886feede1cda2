"""One writer at a time: who writes to an SQLite file holds the lock beside it.

A line in the audit log alone is written without it (`note_taken` in bot/cli/common.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.config_values import SQLITE
from bot.domain.errors import Refused
from bot.texts import N_


class DatabaseHeld(Refused):
    """Another program, most likely the bot, writes to this database."""


@contextmanager
def hold_database(url: str) -> Iterator[None]:
    """Hold the lock of the database at `url`; PostgreSQL needs none. Raises DatabaseHeld and OSError."""
    if not url.startswith(SQLITE):
        yield
        return
    path = Path(url.removeprefix(SQLITE))
    lock = FileLock(f"{path}.lock", blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise DatabaseHeld(N_("cli.held"), file=path.name) from None
    try:
        yield
    finally:
        lock.release()
