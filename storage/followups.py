"""What is to be looked at again at an instant, as rows; who is told is decided when it comes."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.clock import from_us, to_us
from storage.database import Session


@dataclass(frozen=True)
class Followup:
    """Something to look at from `due_at` on; `key` is unique within its kind, `args` are ids."""

    id: int
    kind: str
    key: str
    args: dict[str, Any]
    due_at: datetime


async def add_followup(session: Session, kind: str, key: str, due_at: datetime, args: dict[str, Any]) -> None:
    """Look at something again; once a key."""
    await session.run(
        "followups.add", kind=kind, key=key, args=json.dumps(args, ensure_ascii=False), due_at=to_us(due_at)
    )


async def is_any_due(session: Session, now: datetime) -> bool:
    """Whether something is to be looked at: one look at an index."""
    return await session.one("followups.any_due", now=to_us(now)) is not None


async def list_due(session: Session, now: datetime) -> list[Followup]:
    """What is to be looked at now, the earliest first."""
    rows = await session.all("followups.list_due", now=to_us(now))
    return [
        Followup(row["id"], row["kind"], row["key"], json.loads(row["args"]), from_us(row["due_at"]))
        for row in rows
    ]


async def settle_followup(session: Session, followup: Followup, now: datetime) -> None:
    """It has been looked at."""
    await session.run("followups.settle", id=followup.id, at=to_us(now))
