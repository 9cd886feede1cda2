"""What a conversation keeps between two updates: the updates noted, the draft, the screen."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.clock import from_us, to_us
from bot.domain.people import PersonId
from storage.database import Row, Session


@dataclass(frozen=True)
class StoredScreen:
    """What a chat shows: `body` as it is sent; `shown_version` is the newest known to be delivered."""

    chat_id: int
    flow: str
    version: int
    shown_version: int
    message_id: int | None
    body: dict[str, Any]
    changed_at: datetime


@dataclass(frozen=True)
class StoredDraft:
    """A half-finished conversation of one owner; `version` rises with every change."""

    id: int
    flow: str
    step: str
    version: int
    fields: dict[str, Any]
    changed_at: datetime


async def note_update(session: Session, update_id: int, now: datetime) -> bool:
    """Note that the update is being handled; False if it has been before."""
    return await session.one("conversations.note_update", update_id=update_id, at=to_us(now)) is not None


async def list_noted(session: Session, update_ids: list[int]) -> set[int]:
    """Those of the updates that a commit has noted."""
    rows = await session.all("conversations.list_noted", update_ids=json.dumps(update_ids))
    return {row["update_id"] for row in rows}


async def set_aside(session: Session, update_id: int, reason: str, body: str, now: datetime) -> None:
    """Keep an update that cannot be read or handled, as a row for the developers."""
    await session.run("conversations.set_aside", update_id=update_id, at=to_us(now), reason=reason, body=body)


async def forget_updates(session: Session, before: datetime) -> None:
    """Drop notes so old that Telegram no longer redelivers their updates (it keeps them for 24 hours)."""
    await session.run("conversations.forget_updates", before=to_us(before))


async def find_screen(session: Session, chat_id: int) -> StoredScreen | None:
    """What the chat shows now."""
    row = await session.one("conversations.get_screen", chat_id=chat_id)
    return _screen(row) if row else None


async def save_screen(session: Session, chat_id: int, flow: str, body: dict[str, Any], now: datetime) -> int:
    """Put a new version of the chat's screen; answers the version."""
    row = await session.one(
        "conversations.save_screen",
        chat_id=chat_id,
        flow=flow,
        body=json.dumps(body, ensure_ascii=False),
        at=to_us(now),
    )
    assert row is not None  # noqa: S101 - an upsert always answers
    return int(row["version"])


async def change_screen(
    session: Session, screen: StoredScreen, body: dict[str, Any], now: datetime
) -> int | None:
    """Put another body in place of a screen; answers its version, None if the chat shows another by now."""
    row = await session.one(
        "conversations.change_screen",
        chat_id=screen.chat_id,
        version=screen.version,
        body=json.dumps(body, ensure_ascii=False),
        at=to_us(now),
    )
    return int(row["version"]) if row else None


async def mark_shown(session: Session, marks: Iterable[tuple[int, int, int | None]]) -> None:
    """Record deliveries: (chat id, version shown, message id) each."""
    await session.run("conversations.mark_shown", marks=json.dumps(list(marks)))


async def list_unshown(session: Session, since: datetime) -> list[StoredScreen]:
    """Screens not known to have arrived, changed since an instant."""
    return [_screen(row) for row in await session.all("conversations.list_unshown", since=to_us(since))]


async def find_draft(session: Session, owner_id: PersonId, flow: str) -> StoredDraft | None:
    """The owner's draft of that flow."""
    row = await session.one("conversations.find_draft", owner_id=owner_id, flow=flow)
    return _draft(row) if row else None


async def put_draft(
    session: Session, owner_id: PersonId, flow: str, step: str, fields: dict[str, Any], now: datetime
) -> StoredDraft:
    """Save the draft with its next version."""
    row = await session.one(
        "conversations.put_draft",
        owner_id=owner_id,
        flow=flow,
        step=step,
        fields=json.dumps(fields, ensure_ascii=False),
        at=to_us(now),
    )
    assert row is not None  # noqa: S101 - an upsert always answers
    return StoredDraft(row["id"], flow, step, row["version"], fields, now)


async def drop_draft(session: Session, owner_id: PersonId, flow: str) -> None:
    """The draft is sent or thrown away."""
    await session.run("conversations.drop_draft", owner_id=owner_id, flow=flow)


def _screen(row: Row) -> StoredScreen:
    return StoredScreen(
        row["chat_id"],
        row["flow"],
        row["version"],
        row["shown_version"],
        row["message_id"],
        json.loads(row["body"]),
        from_us(row["changed_at"]),
    )


def _draft(row: Row) -> StoredDraft:
    return StoredDraft(
        row["id"],
        row["flow"],
        row["step"],
        row["version"],
        json.loads(row["fields"]),
        from_us(row["changed_at"]),
    )
