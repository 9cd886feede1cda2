"""Work outside a conversation, watermarks of the schedule, and what Telegram shows as menus, as rows."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.clock import from_us, to_us
from bot.domain.people import PersonId
from storage.database import Row, Session, each


@dataclass(frozen=True)
class Task:
    """Something to be done for a person once their conversation's transaction is over."""

    id: int
    kind: str
    person_id: PersonId
    args: dict[str, Any]
    attempts: int
    cancelled: bool = False
    over: bool = False


async def add_task(
    session: Session, kind: str, person_id: PersonId, args: dict[str, Any], now: datetime
) -> int:
    """Ask for a piece of work; answers its number."""
    row = await session.one(
        "jobs.add_task",
        kind=kind,
        person_id=person_id,
        args=json.dumps(args, ensure_ascii=False),
        at=to_us(now),
    )
    assert row is not None  # noqa: S101 - an insert always answers
    return int(row["id"])


async def begin_task(session: Session, kinds: Collection[str], after: int = 0) -> Task | None:
    """The oldest piece of work of these kinds behind number `after` that has not ended, tried once more."""
    row = await session.one("jobs.begin_task", kinds=each(sorted(kinds)), after=after)
    if row is None:
        return None
    return _task(row)


async def find_task(session: Session, task_id: int) -> Task | None:
    """A piece of work by its number, whether it has ended or not."""
    row = await session.one("jobs.find_task", id=task_id)
    return _task(row) if row else None


async def cancel_task(session: Session, task_id: int, now: datetime) -> bool:
    """Nobody wants the work any more; False if it has ended."""
    return await session.one("jobs.cancel_task", id=task_id, at=to_us(now)) is not None


async def hold_task(session: Session, task: Task) -> bool:
    """Whether this try still counts; if so, nobody can have it begun anew before the session ends."""
    return await session.one("jobs.hold_task", id=task.id, attempts=task.attempts) is not None


async def postpone_task(session: Session, task_id: int) -> None:
    """This try does not count: what it needs is away for a while."""
    await session.run("jobs.postpone_task", id=task_id)


async def list_needing_files(session: Session, task_ids: list[int], since: datetime) -> set[int]:
    """Those of the tasks whose files are still wanted; none of a task that ended before `since`."""
    rows = await session.all("jobs.list_needing_files", ids=each(task_ids), since=to_us(since))
    return {row["id"] for row in rows}


async def end_task(session: Session, task_id: int, now: datetime, error: str | None = None) -> None:
    """The work is done, or has failed for good."""
    await session.run(
        "jobs.end_task", id=task_id, state="failed" if error else "done", error=error, at=to_us(now)
    )


async def watermark(session: Session, job: str) -> datetime | None:
    """Until when the job has planned everything that fell due."""
    row = await session.one("jobs.get_watermark", job=job)
    return from_us(row["done_until"]) if row else None


async def set_watermark(session: Session, job: str, done_until: datetime) -> None:
    """Move it, in the transaction that planned what fell due."""
    await session.run("jobs.set_watermark", job=job, done_until=to_us(done_until))


async def drop_watermark(session: Session, job: str) -> bool:
    """The job has no watermark any more; False if it had none."""
    return await session.one("jobs.drop_watermark", job=job) is not None


async def menus(session: Session) -> dict[tuple[str, str], str]:
    """Digest of the commands registered with Telegram by (scope, language)."""
    return {(row["scope"], row["language"]): row["digest"] for row in await session.all("jobs.list_menus")}


async def set_menu(session: Session, scope: str, language: str, digest: str) -> None:
    """Telegram has taken these commands."""
    await session.run("jobs.set_menu", scope=scope, language=language, digest=digest)


async def drop_menu(session: Session, scope: str, language: str) -> None:
    """Telegram shows these commands no longer."""
    await session.run("jobs.drop_menu", scope=scope, language=language)


def _task(row: Row) -> Task:
    return Task(
        row["id"],
        row["kind"],
        PersonId(row["person_id"]),
        json.loads(row["args"]),
        row["attempts"],
        row["cancelled_at"] is not None,
        row["state"] != "pending",
    )
