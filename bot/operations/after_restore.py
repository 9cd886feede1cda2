"""After data was restored: what was due before waits, and the secretariat says whether it still goes."""

from datetime import date, datetime, timedelta

from bot.domain.errors import Gone
from bot.domain.people import Person
from bot.domain.roles import Role
from bot.messages import Call
from bot.operations.secretariat import check_secretariat, list_secretariat
from bot.texts import N_
from storage import access, jobs, notices
from storage.backups import RESTORED
from storage.database import Session

_FLOW = "st"


async def tell_of_restore(session: Session, now: datetime, today: date) -> None:
    """Tell the secretariat, once for each restore, that what was due before it waits for their word."""
    restored_at = await jobs.watermark(session, RESTORED)
    if restored_at is None:
        return
    body = {
        "id": N_("restored.told"),
        "role": Role.SECRETARIAT.value,
        "rows": [
            [{"label": N_("button.release_held"), "call": str(Call(_FLOW, 0, 0, "release"))}],
            [{"label": N_("button.drop_held"), "call": str(Call(_FLOW, 0, 0, "drop"))}],
        ],
    }
    for clerk in await list_secretariat(session, today):
        await notices.plan(
            session,
            "text",
            f"{RESTORED}:{restored_at.isoformat()}",
            clerk.id,
            body,
            now,
            due_at=max(now, restored_at + timedelta(seconds=1)),  # until then everything is held
            urgency=1,
        )


async def settle_held(session: Session, me: Person, today: date, now: datetime, *, send: bool) -> None:
    """Send what was held, or never; from now on nothing is.

    Raises NotAllowed, and Gone where that was decided before.
    """
    check_secretariat(me, today)
    held = (await notices.count_by_state(session)).get(notices.State.HELD, 0)
    marked = await jobs.drop_watermark(session, RESTORED)
    if not held and not marked:
        raise Gone("restored.settled")
    await (notices.release_held if send else notices.drop_held)(session, now)
    await access.note(session, me.id, "release_held" if send else "drop_held", "notice", None, now, str(held))
