"""What is left of a person in rows that are not theirs: messages, drafts and work that name them."""

import json
from datetime import datetime

from bot.clock import to_us
from bot.domain.people import Person
from storage.database import Session


async def empty_traces(session: Session, person: Person, now: datetime) -> None:
    """Empty every message, draft, piece of work and unread update that is the person's or names them.

    A namesake's screen may be emptied with it: it comes back at that person's next step.
    """
    name = _holding(json.dumps(person.full_name, ensure_ascii=False)[1:-1])
    first, last = _number(person.id, '"nominee_id": ')
    await session.run("traces.drop_drafts_about", owner_id=person.id, first=first, last=last)
    await session.run("traces.empty_screens", chat_id=person.telegram_id or 0, name=name)
    await session.run("traces.empty_notices", person_id=person.id, name=name)
    await session.run("traces.empty_tasks", person_id=person.id, name=name, at=to_us(now))
    if person.telegram_id is not None:
        first, last = _number(person.telegram_id, ": ")
        await session.run("traces.empty_unread_updates", first=first, last=last)


async def forget_screens(session: Session, before: datetime) -> None:
    """Drop what was shown before an instant in chats that are nobody's any more."""
    await session.run("traces.forget_screens", before=to_us(before))


def _holding(text: str) -> str:
    for special in ("\\", "%", "_"):
        text = text.replace(special, f"\\{special}")
    return f"%{text}%"


def _number(number: int, before: str) -> tuple[str, str]:
    """Patterns of a number within JSON, before a comma and before the end of an object."""
    return f"%{before}{number},%", f"%{before}{number}}}%"
