"""The worker: what needs files or takes long, done outside any conversation's transaction.

A task is done at least once: one that a crash interrupted is begun again. What it leaves behind (the end of
the task and the notice that tells of it, unique by the task's number) is one transaction, so it is left once.
"""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from bot.clock import Clock
from bot.config import Storage
from bot.logs import log_mistake
from storage import jobs, notices
from storage.database import UNAVAILABLE, Database, Session
from storage.jobs import Task

log = structlog.get_logger("tasks")

MOST_ATTEMPTS = 5
_UPLOADS_KEPT = timedelta(days=7)

Work = Callable[[Task], Awaitable[None]]


class TryLater(Exception):
    """What the task needs is away; nothing is wrong with the task."""


class Tasks:
    """Does what has been asked for, the oldest of its kind first. `works` says how, by the kind of task.

    A work ends its task itself, in the transaction that plans what its person is told (`end`).
    """

    def __init__(self, database: Database, clock: Clock, works: Mapping[str, Work], folder: Path) -> None:
        self._database, self._clock, self._works, self._folder = database, clock, works, folder

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of tasks that can be done."""
        return frozenset(self._works)

    async def run_due(self, kinds: Collection[str] | None = None) -> int:
        """Try every task that waits, of these kinds or of all, once; answers how many ended.

        To be called for a kind by one at a time; for different kinds side by side.
        """
        ended = after = 0
        while task := await self._begin(self.kinds if kinds is None else kinds, after):
            after = task.id
            ended += await self._do(task)
        await self._tidy()
        return ended

    async def _begin(self, kinds: Collection[str], after: int) -> Task | None:
        async with self._database.transaction() as session:
            return await jobs.begin_task(session, kinds, after)

    async def _do(self, task: Task) -> bool:
        work = self._works[task.kind] if task.attempts <= MOST_ATTEMPTS else _give_up
        try:
            await work(task)
        except TryLater:
            async with self._database.transaction() as session:
                await jobs.postpone_task(session, task.id)
            return False
        except UNAVAILABLE:
            raise
        except Exception as mistake:
            log_mistake(log, "task_failed", mistake, task=task.id, kind=task.kind)
            now = self._clock()
            async with self._database.transaction() as session:
                await jobs.end_task(session, task.id, now, error=type(mistake).__name__)
                await notices.plan(session, "text", occurrence(task), task.person_id, {"id": "failed"}, now)
        log.info("task", task=task.id, kind=task.kind)
        return True

    async def _tidy(self) -> None:
        """Remove the files of tasks that nobody waits for any more."""
        found = await asyncio.to_thread(_files, self._folder)
        if not found:
            return
        async with self._database.reading() as session:
            since = self._clock() - _UPLOADS_KEPT
            wanted = await jobs.list_needing_files(session, sorted(found), since)
        for task_id in found.keys() - wanted:
            for path in found[task_id]:
                await asyncio.to_thread(_remove, path)


async def _give_up(task: Task) -> None:
    raise RuntimeError(f"{task.kind} was begun {MOST_ATTEMPTS} times and did not end")


async def end(session: Session, task: Task, clock: Clock, kind: str, body: dict[str, Any]) -> None:
    """The task is done, and its person will be told. To be called once, last, in the work's transaction.

    Raises TryLater where the rows it was made of have been emptied of somebody meanwhile (storage/traces.py).
    """
    if not await jobs.hold_task(session, task):
        raise TryLater
    now = clock()
    await jobs.end_task(session, task.id, now)
    await notices.plan(session, kind, occurrence(task), task.person_id, body, now)


def occurrence(task: Task) -> str:
    """What makes the notice of a task unique."""
    return f"task:{task.id}"


def files_folder(storage: Storage) -> Path:
    """Where tasks keep files: beside an SQLite file, else in the working folder."""
    path = storage.sqlite_path
    return path.with_name(f"{path.name}.files") if path else Path("guongsang.files").absolute()


def file_of(folder: Path, task_id: int, name: str) -> Path:
    """The path of a task's file, for the owner's eyes only; the folder is made where it is missing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{task_id}-{name}"


def _remove(path: Path) -> None:
    """A file, or a folder that a work was killed in."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _files(folder: Path) -> dict[int, list[Path]]:
    found: dict[int, list[Path]] = {}
    if folder.is_dir():
        for path in folder.iterdir():
            number = path.name.partition("-")[0]
            if number.isdigit():
                found.setdefault(int(number), []).append(path)
    return found
