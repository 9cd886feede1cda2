"""The library as rows: short items of law, thought and policy, readable once approved."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.clock import from_us, to_us
from storage.database import Row, Session
from storage.posts import PostState

ContentId = NewType("ContentId", int)


class ContentState(StrEnum):
    """What has become of an item."""

    DRAFT = "draft"
    APPROVED = "approved"
    REMOVED = "removed"


@dataclass(frozen=True)
class Content:
    """An item. A change holds only for the `changed_at` it was made for."""

    id: ContentId
    title: str
    body: str
    tags: tuple[str, ...]
    source: str
    state: ContentState
    changed_at: datetime


@dataclass(frozen=True)
class Use:
    """A message to many that an item has been put into."""

    content_id: ContentId
    state: PostState
    send_at: datetime


async def add(
    session: Session, title: str, text: str, tags: tuple[str, ...], source: str, now: datetime
) -> Content:
    """Keep a new item, as a draft."""
    row = await session.one(
        "contents.add", title=title, body=text, tags=_written(tags), source=source, at=to_us(now)
    )
    assert row is not None  # noqa: S101 - an insert always answers
    return _content(row)


async def find(session: Session, content_id: int) -> Content | None:
    """The item of that number."""
    row = await session.one("contents.get", id=content_id)
    return _content(row) if row else None


async def list_contents(session: Session) -> list[Content]:
    """Every item, removed ones too, the oldest first."""
    return [_content(row) for row in await session.all("contents.list_all")]


async def change(session: Session, content: Content, now: datetime) -> Content | None:
    """Give the row these values unless it has changed since `content` was read."""
    at = max(now, content.changed_at + timedelta(microseconds=1))
    row = await session.one(
        "contents.change",
        id=content.id,
        changed_at=to_us(content.changed_at),
        title=content.title,
        body=content.body,
        tags=_written(content.tags),
        source=content.source,
        state=content.state.value,
        at=to_us(at),
    )
    return replace(content, changed_at=at) if row else None


async def list_uses(session: Session) -> list[Use]:
    """Every message that an item was put into, by the time of sending."""
    rows = await session.all("contents.list_uses")
    return [
        Use(ContentId(row["content_id"]), PostState(row["state"]), from_us(row["send_at"])) for row in rows
    ]


def _written(tags: tuple[str, ...]) -> str:
    return json.dumps(tags, ensure_ascii=False)


def _content(row: Row) -> Content:
    return Content(
        ContentId(row["id"]),
        row["title"],
        row["body"],
        tuple(json.loads(row["tags"])),
        row["source"],
        ContentState(row["state"]),
        from_us(row["changed_at"]),
    )
