"""An export from an address of a database to a file; long ones in a process of their own.

The database is opened anew, for reading: a long export keeps one steady view and stands in nobody's way.
"""

import asyncio
import multiprocessing
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from bot.documents.export_files import XLSX_ROWS_MAX, Look, Style, export_file
from bot.domain.errors import Refused
from bot.operations.export_nominations import Ask, Progress, export_nominations
from storage.database import open_database

LONG = 5000
"""From how many rows on an export is made in a process of its own."""
_LOOK_EVERY_S = 0.5


@dataclass(frozen=True)
class Job:
    """Everything an export needs to know; it can be sent to another process."""

    url: str
    ask: Ask
    style: Style
    look: Look
    path: Path


async def write_export(job: Job, progress: Progress) -> int:
    """Write the file; answers the number of reasons. Raises Refused, OSError and what opening raises."""

    def watch(done: int, total: int) -> None:
        if job.style == "xlsx" and total > XLSX_ROWS_MAX:
            raise Refused("export.too_long", n=total, most=XLSX_ROWS_MAX)
        progress(done, total)

    database = await open_database(job.url, read_only=True)
    try:
        with export_file(job.path, job.style, job.look) as sink:
            return await export_nominations(database, job.ask, job.look.made_at, sink, watch)
    finally:
        await database.close()


async def export_aside(job: Job, rows: int, progress: Callable[[int], Awaitable[None]]) -> int:
    """Write the file away from the running loop; `progress` is told how many rows are written."""
    if rows < LONG:
        return await asyncio.to_thread(asyncio.run, write_export(job, lambda _done, _total: None))
    spawn = multiprocessing.get_context("spawn")
    written: Synchronized[int] = spawn.Value("q", 0)
    with ProcessPoolExecutor(1, spawn, _remember, (written,)) as pool:
        running = asyncio.get_running_loop().run_in_executor(pool, _write_here, job)
        while not (await asyncio.wait([running], timeout=_LOOK_EVERY_S))[0]:
            await progress(written.value)
        return await running


_written: "Synchronized[int] | None" = None


def _remember(written: "Synchronized[int]") -> None:
    global _written  # noqa: PLW0603 - the one way to hand shared memory to a pool's process
    _written = written


def _write_here(job: Job) -> int:
    return asyncio.run(write_export(job, _note_progress))


def _note_progress(done: int, _total: int) -> None:
    if _written is not None:
        _written.value = done
