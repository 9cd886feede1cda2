"""What fell due, as rows: each occasion is noted once, whoever ticks and however often."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.clock import from_us, to_us
from storage.database import Session


class Fate(StrEnum):
    """What became of an occasion."""

    PLANNED = "planned"
    MISSED = "missed"
    """The bot was down until it made no sense any more."""


@dataclass(frozen=True)
class Missed:
    """An occasion that was missed, by kind and key."""

    kind: str
    key: str
    due_at: datetime


async def note(session: Session, kind: str, key: str, due_at: datetime, fate: Fate, now: datetime) -> bool:
    """Note an occasion; False if it has been noted before."""
    row = await session.one(
        "occurrences.note", kind=kind, key=key, due_at=to_us(due_at), state=fate.value, at=to_us(now)
    )
    return row is not None


async def list_missed(session: Session, since: datetime) -> list[Missed]:
    """What was missed since an instant, the latest first."""
    rows = await session.all("occurrences.list_missed", since=to_us(since))
    return [Missed(row["kind"], row["key"], from_us(row["due_at"])) for row in rows]
