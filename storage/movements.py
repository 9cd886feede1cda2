"""Movements and campaigns as rows, with the days of their reviews; nothing goes but a day not held."""

from collections.abc import Collection
from datetime import date, datetime

from bot.clock import from_us, to_us
from bot.domain.movements import Review
from bot.domain.nominations import Movement, MovementId, MovementKind
from storage.database import Row, Session
from storage.nominations import list_movements, read_movement

__all__ = [
    "add_movement",
    "add_reviews",
    "count_nominations",
    "drop_reviews",
    "find_movement",
    "list_movements",
    "list_reviews",
    "note_review",
    "save_movement",
]


async def find_movement(session: Session, movement_id: int) -> Movement | None:
    """The movement of that number."""
    row = await session.one("movements.get", id=movement_id)
    return read_movement(row) if row else None


async def add_movement(
    session: Session, kind: MovementKind, name: str, level: str, from_on: date | None, to_on: date | None
) -> Movement:
    """Put a movement on the list."""
    row = await session.one(
        "movements.add", kind=kind.value, name=name, level=level, from_on=_iso(from_on), to_on=_iso(to_on)
    )
    assert row is not None  # noqa: S101 - an insert always answers
    return read_movement(row)


async def save_movement(session: Session, movement: Movement) -> Movement | None:
    """Give the row these values if it still is of `movement`'s version; answers it with the next one."""
    row = await session.one(
        "movements.save",
        id=movement.id,
        version=movement.version,
        kind=movement.kind.value,
        name=movement.name,
        level=movement.level,
        from_on=_iso(movement.from_on),
        to_on=_iso(movement.to_on),
        ended_on=_iso(movement.ended_on),
    )
    return read_movement(row) if row else None


async def count_nominations(session: Session, movement_id: MovementId) -> int:
    """How many nominations name it."""
    row = await session.one("movements.count_nominations", movement_id=movement_id)
    return int(row["n"]) if row else 0


async def list_reviews(session: Session, movement_id: int | None = None) -> list[Review]:
    """The reviews of a movement, or of all, by their days."""
    if movement_id is None:
        rows = await session.all("movements.list_all_reviews")
    else:
        rows = await session.all("movements.list_reviews", movement_id=movement_id)
    return [_review(row) for row in rows]


async def add_reviews(session: Session, movement_id: MovementId, days: Collection[date]) -> None:
    """Review it on these days too."""
    for day in sorted(days):
        await session.run("movements.add_review", movement_id=movement_id, review_on=day.isoformat())


async def drop_reviews(session: Session, movement_id: MovementId, days: Collection[date]) -> None:
    """Do not review it on these days, unless that has been done."""
    for day in sorted(days):
        await session.run("movements.drop_review", movement_id=movement_id, review_on=day.isoformat())


async def note_review(session: Session, movement_id: MovementId, day: date, note: str, now: datetime) -> None:
    """It has been reviewed, and this was found."""
    await session.run(
        "movements.note_review",
        movement_id=movement_id,
        review_on=day.isoformat(),
        at=to_us(now),
        note=note,
    )


def _review(row: Row) -> Review:
    return Review(
        MovementId(row["movement_id"]),
        date.fromisoformat(row["review_on"]),
        from_us(row["done_at"]) if row["done_at"] is not None else None,
        row["note"],
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
