"""What is left of a person in rows that are not theirs: messages, drafts and work that name them."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.clock import to_us
from bot.domain.people import Person
from storage.database import Session, each

_FILES = ("export", "document", "roster_file", "paper_template")
"""The kinds of tasks that make files out of the rows."""


async def empty_traces(session: Session, person: Person, now: datetime) -> None:
    """Empty every message, draft, piece of work and unread update that is the person's or names them.

    Files that have not gone out, because Telegram is away, are made anew of what is left.
    A namesake's screen may be emptied with it: it comes back at that person's next step.
    """
    name = _holding(json.dumps(person.full_name, ensure_ascii=False)[1:-1])
    await session.run("traces.drop_own_drafts", owner_id=person.id)
    await session.run("traces.empty_screens", chat_id=person.telegram_id or 0, name=name)
    await session.run("traces.empty_notices", person_id=person.id, name=name)
    await session.run("traces.empty_tasks", person_id=person.id, name=name, at=to_us(now))
    await session.run("traces.begin_files_again", kinds=each(_FILES))
    await session.run("traces.drop_waiting_files", kinds=each(_FILES))
    await session.run("traces.empty_unread_naming", name=name)
    if person.telegram_id is not None:
        first, last = _number(person.telegram_id, ": ")
        await session.run("traces.empty_unread_updates", first=first, last=last)


async def list_drafts(session: Session) -> list[tuple[int, dict[str, Any]]]:
    """Everybody's half-finished conversations: the row, and what it holds."""
    return [(row["id"], json.loads(row["fields"])) for row in await session.all("traces.list_drafts")]


async def drop_draft(session: Session, draft_id: int) -> None:
    """Throw one of them away."""
    await session.run("traces.drop_draft", id=draft_id)


async def set_draft(session: Session, draft_id: int, fields: dict[str, Any]) -> None:
    """Let one of them hold something else."""
    await session.run("traces.set_draft", id=draft_id, fields=json.dumps(fields, ensure_ascii=False))


async def list_screens(session: Session) -> list[tuple[int, Any]]:
    """What chats show now: the chat, and the message."""
    return [(row["chat_id"], json.loads(row["body"])) for row in await session.all("traces.list_screens")]


async def empty_screens(session: Session, chat_ids: Sequence[int]) -> None:
    """Forget what some chats show: it comes back at the next step."""
    await session.run("traces.empty_screens_of", chat_ids=each(chat_ids))


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
