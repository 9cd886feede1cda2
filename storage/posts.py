"""Messages to many as rows: what they say, to whom, when, and what has become of them.

``waiting → approved | skipped | missed``, ``approved → sending → done``, ``approved → cancelled``. Every
change but `told` raises the version, and holds only for the version it was made for.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from bot.clock import from_us, to_us
from bot.domain.audience import Audience, read_audience
from bot.domain.people import PersonId
from storage.database import Row, Session

PostId = NewType("PostId", int)


class PostKind(StrEnum):
    """What a message to many is."""

    BIG_DAY = "big_day"
    CONTENT = "content"
    ANNOUNCEMENT = "announcement"
    HONOUR = "honour"


class PostState(StrEnum):
    """What has become of it."""

    WAITING = "waiting"
    APPROVED = "approved"
    SKIPPED = "skipped"
    MISSED = "missed"
    SENDING = "sending"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class NewPost:
    """A message to many before it is a row; see `Post`."""

    kind: PostKind
    key: str
    send_at: datetime
    expires_at: datetime | None
    title: str = ""
    text: str = ""
    words: dict[str, Any] = field(default_factory=dict)
    picture: str | None = None
    audience: Audience = field(default_factory=Audience)
    state: PostState = PostState.WAITING
    content_id: int | None = None
    author_id: PersonId | None = None
    decided_by: PersonId | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True)
class Post(NewPost):
    """A message to many.

    `text` is what somebody typed and goes as it stands; where it is "", `words` are a catalog's: ``{"id",
    "values"}``, in each reader's language. `picture` is a Telegram file_id. `told` is how many deliveries the
    author has last been told of.
    """

    id: PostId = PostId(0)
    version: int = 1
    told: int = 0

    @property
    def occurrence(self) -> str:
        """What its deliveries are called in the outbox."""
        return f"post:{self.id}"


@dataclass(frozen=True)
class Delivery:
    """What has become of a message to many for one person; `state` is a notice's."""

    person_id: PersonId
    state: str
    error: str


async def add(session: Session, post: NewPost, now: datetime) -> Post | None:
    """Keep a message; None if there is one of that key already."""
    row = await session.one(
        "posts.add",
        kind=post.kind.value,
        key=post.key,
        title=post.title,
        words=json.dumps(post.words, ensure_ascii=False),
        audience=json.dumps(post.audience.as_json(), ensure_ascii=False),
        content_id=post.content_id,
        author_id=post.author_id,
        at=to_us(now),
        **_changing(post),
    )
    return _post(row) if row else None


async def find(session: Session, post_id: int) -> Post | None:
    """The message of that number."""
    row = await session.one("posts.get", id=post_id)
    return _post(row) if row else None


async def find_by_key(session: Session, key: str) -> Post | None:
    """The message that was made for something."""
    row = await session.one("posts.find_by_key", key=key)
    return _post(row) if row else None


async def change(session: Session, post: Post) -> Post | None:
    """Give the row these values if it still is of `post`'s version; answers it with the next one."""
    row = await session.one("posts.change", id=post.id, version=post.version, **_changing(post))
    return _post(row) if row else None


async def set_told(session: Session, post: Post, told: int) -> None:
    """So many deliveries the author has been told of."""
    await session.run("posts.set_told", id=post.id, told=told)


async def list_due(session: Session, now: datetime) -> list[Post]:
    """What waits, is approved or on its way, and whose time has come."""
    return [_post(row) for row in await session.all("posts.list_due", now=to_us(now))]


async def list_open(session: Session, most: int) -> list[Post]:
    """What is still to be decided, sent or finished, the earliest first."""
    return [_post(row) for row in await session.all("posts.list_open", most=most)]


async def list_deliveries(session: Session, post: Post) -> list[Delivery]:
    """What has become of it for each person it was planned for."""
    rows = await session.all("posts.list_deliveries", occurrence=post.occurrence)
    return [Delivery(PersonId(row["person_id"]), row["state"], row["error"] or "") for row in rows]


async def find_progress(session: Session, post: Post) -> int | None:
    """The message in which the author is told how far it is; None where none is known to have arrived."""
    rows = await session.all("posts.list_progress", like_occurrence=f"{post.occurrence}:%")
    return next((int(row["message_id"]) for row in rows if row["message_id"] is not None), None)


async def is_telling(session: Session, post: Post) -> bool:
    """Whether such a message is still on its way."""
    rows = await session.all("posts.list_progress", like_occurrence=f"{post.occurrence}:%")
    return any(row["state"] in {"pending", "sending"} for row in rows)


def _changing(post: NewPost) -> dict[str, object]:
    return {
        "text": post.text,
        "picture": post.picture,
        "send_at": to_us(post.send_at),
        "expires_at": to_us(post.expires_at) if post.expires_at else None,
        "state": post.state.value,
        "decided_by": post.decided_by,
        "decided_at": to_us(post.decided_at) if post.decided_at else None,
    }


def _post(row: Row) -> Post:
    return Post(
        kind=PostKind(row["kind"]),
        key=row["key"],
        send_at=from_us(row["send_at"]),
        expires_at=from_us(row["expires_at"]) if row["expires_at"] is not None else None,
        title=row["title"],
        text=row["text"],
        words=json.loads(row["words"]),
        picture=row["picture"],
        audience=read_audience(json.loads(row["audience"])),
        state=PostState(row["state"]),
        content_id=row["content_id"],
        author_id=row["author_id"],
        decided_by=row["decided_by"],
        decided_at=from_us(row["decided_at"]) if row["decided_at"] is not None else None,
        id=PostId(row["id"]),
        version=row["version"],
        told=row["told"],
    )
