"""An export from an address of a database to a file; long ones in a process of their own.

The database is opened anew, for reading: a long export keeps one steady view and stands in nobody's way. Its
loop reads; a thread beside it writes, and asks for the next piece while it writes the one it has.
"""

import asyncio
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from bot.documents.export_files import Style, rows_of, write_file
from bot.documents.export_look import Look, Source
from bot.operations.export_nominations import Ask, Contents, open_contents
from storage.database import Database, Row, open_database

LONG = 5000
"""From how many rows on an export is made in a process of its own."""
_LOOK_EVERY_S = 0.5

Progress = Callable[[int, int], None]
"""Told how many of how many rows are written."""


class Unwanted(Exception):
    """Nobody wants the export any more; there is no file."""


class WorkerDied(OSError):
    """The process that made the export ended before it had: worth another try."""


@dataclass(frozen=True)
class Job:
    """Everything an export needs to know; it can be sent to another process."""

    url: str
    ask: Ask
    style: Style
    look: Look
    path: Path


def write_alone(job: Job, progress: Progress) -> int:
    """Write the file in a process that does nothing else; answers the number of reasons. Raises as below."""
    gc.disable()  # rows hold no circles; looking for some with every piece costs a twentieth of the time
    try:
        return asyncio.run(write_export(job, progress))
    finally:
        gc.enable()


async def write_export(job: Job, progress: Progress) -> int:
    """Write the file; answers the number of reasons. Raises OSError and what opening raises."""
    database = await open_database(job.url, read_only=True)
    try:
        return await write_from(database, job, progress)
    finally:
        await database.close()


async def write_from(database: Database, job: Job, progress: Progress) -> int:
    """The same from a database that is open."""
    async with open_contents(database, job.ask, job.look.made_at) as contents:
        pieces = _Pieces(contents, asyncio.get_running_loop(), progress)
        source = Source(contents.figures, contents.sizes, contents.withheld, contents.unit_names, pieces.of)
        pieces.total = rows_of(job.style, source)
        writing = asyncio.ensure_future(asyncio.to_thread(write_file, job.path, job.style, job.look, source))
        try:
            await asyncio.shield(writing)
        finally:
            pieces.stopped = True
            await asyncio.wait([writing])
            writing.exception()  # raised above, unless this ends because nobody waits any more
            await pieces.close()
        return contents.sizes["nominations"]


class _Pieces:
    """Rows for the thread that writes, out of the loop that reads."""

    def __init__(self, contents: Contents, loop: asyncio.AbstractEventLoop, progress: Progress) -> None:
        self._contents, self._loop, self._progress = contents, loop, progress
        self._open: AsyncGenerator[list[Row], None] | None = None
        self._coming: Future[list[Row]] | None = None
        self._done = self.total = 0
        self.stopped = False

    def of(self, table: str) -> Iterator[list[Row]]:
        """The rows of a table, in pieces; called in the thread, one table after the other."""
        self._open = self._contents.read(table)
        coming = self._ask_next(self._open)
        while rows := coming.result():
            coming = self._ask_next(self._open)
            yield rows
            self._done += len(rows)
            self._progress(self._done, self.total)

    async def close(self) -> None:
        """What was asked for and nobody waits for any more."""
        if self._coming is not None:
            await asyncio.wait([asyncio.wrap_future(self._coming)])
        if self._open is not None:
            await self._open.aclose()

    def _ask_next(self, rows: AsyncGenerator[list[Row], None]) -> Future[list[Row]]:
        if self.stopped:
            raise Unwanted
        self._coming = asyncio.run_coroutine_threadsafe(_next(rows), self._loop)
        return self._coming


async def _next(rows: AsyncGenerator[list[Row], None]) -> list[Row]:
    return await anext(rows, [])


async def export_aside(
    job: Job,
    rows: int,
    progress: Callable[[int, int], Awaitable[None]],
    wanted: Callable[[], Awaitable[bool]],
) -> int:
    """Write the file of so many rows away from the running loop; answers the number of reasons.

    `progress` is told how far it is, `wanted` is asked meanwhile. Raises Unwanted, WorkerDied and what
    writing raises; then there is no file.
    """
    if not await wanted():
        raise Unwanted
    try:
        if rows < LONG:
            return await asyncio.to_thread(asyncio.run, write_export(job, lambda _done, _total: None))
        return await _in_a_process(job, progress, wanted)
    except BaseException:
        job.path.unlink(missing_ok=True)
        raise


async def _in_a_process(
    job: Job, progress: Callable[[int, int], Awaitable[None]], wanted: Callable[[], Awaitable[bool]]
) -> int:
    spawn = multiprocessing.get_context("spawn")
    written = spawn.RawArray("q", 2)  # without a lock that a killed process would keep
    here, there = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_work, args=(job, written, there), daemon=True)
    process.start()
    there.close()
    try:
        while process.is_alive():
            await asyncio.to_thread(wait, [process.sentinel], _LOOK_EVERY_S)
            if not await wanted():
                raise Unwanted
            done, total = written[:]
            await progress(done, total)
        return _result(here)
    finally:
        process.kill()
        await asyncio.to_thread(process.join)  # alone: of two that wait for the end, one comes back before it
        here.close()


def _result(here: Connection) -> int:
    try:
        made = here.recv()
    except EOFError:
        raise WorkerDied("the process of an export is gone") from None
    if isinstance(made, Exception):
        raise made
    return int(made)


def _work(job: Job, written: Any, there: Connection) -> None:
    """What the process does: whoever asked may end it, and it does not outlive them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()

    def note(done: int, total: int) -> None:
        written[:] = [done, total]

    try:
        there.send(write_alone(job, note))
    except Exception as mistake:  # whoever asked raises it
        there.send(mistake)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
