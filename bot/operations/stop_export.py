"""An export that is being made is not wanted any more."""

from datetime import date, datetime

from bot.domain.errors import Gone, NotAllowed
from bot.domain.people import Person
from bot.operations.secretariat import check_secretariat
from storage import access, jobs
from storage.database import Session

EXPORT = "export"
"""The kind of task."""


async def stop_export(session: Session, me: Person, task_id: int, today: date, now: datetime) -> jobs.Task:
    """Whoever asked for it wants it no longer; asked twice it is the same.

    Raises NotAllowed for everybody else, Gone where there is nothing to stop any more.
    """
    check_secretariat(me, today)
    task = await jobs.find_task(session, task_id)
    if task is None or task.kind != EXPORT:
        raise Gone("stale")
    if task.person_id != me.id:
        raise NotAllowed("export.not_yours")
    if not await jobs.cancel_task(session, task_id, now):
        raise Gone("export.over")
    if not task.cancelled:
        await access.note(session, me.id, "stop_export", "nominations", None, now, f"task {task_id}")
    return task
