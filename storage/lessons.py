"""Lessons as rows: the register of what was learnt, by period and kind."""

from datetime import datetime

from bot.clock import from_us, to_us
from bot.domain.lessons import Lesson, LessonKind, NewLesson
from bot.domain.people import PersonId
from storage.database import Row, Session


async def add_lesson(session: Session, new: NewLesson, person_id: PersonId, now: datetime) -> int:
    """Keep a lesson; answers its number."""
    row = await session.one(
        "lessons.add",
        kind=new.kind.value,
        text=new.text,
        period=new.period,
        unit_id=new.unit_id,
        exemplar_id=new.exemplar_id,
        movement_id=new.movement_id,
        event_id=new.event_id,
        person_id=person_id,
        at=to_us(now),
    )
    assert row is not None  # noqa: S101 - an insert always answers
    return int(row["id"])


async def find_lesson(session: Session, lesson_id: int) -> Lesson | None:
    """The one of that number, withdrawn or not."""
    row = await session.one("lessons.get", id=lesson_id)
    return _lesson(row) if row else None


async def list_lessons(
    session: Session,
    *,
    kind: LessonKind | None = None,
    period: str = "",
    exemplar_id: int = 0,
    event_id: int = 0,
    movement_id: int = 0,
    most: int = 1_000_000,
    skip: int = 0,
) -> tuple[list[Lesson], int]:
    """The lessons that stand, the newest first, narrowed to what is given; and how many there are."""
    rows = await session.all(
        "lessons.list_of",
        kind=kind.value if kind else "",
        period=period,
        exemplar_id=exemplar_id,
        event_id=event_id,
        movement_id=movement_id,
        most=most,
        skip=skip,
    )
    return [_lesson(row) for row in rows], rows[0]["n"] if rows else 0


async def list_periods(session: Session) -> list[str]:
    """The periods with a lesson, the latest first."""
    return [row["period"] for row in await session.all("lessons.list_periods")]


async def withdraw_lesson(session: Session, lesson_id: int, now: datetime) -> bool:
    """Take a lesson off the register; False if it is off already."""
    return await session.one("lessons.withdraw", id=lesson_id, at=to_us(now)) is not None


async def find_event_title(session: Session, event_id: int) -> str | None:
    """What an event is called; None where there is none."""
    row = await session.one("lessons.find_event_title", id=event_id)
    return row["title"] if row else None


def _lesson(row: Row) -> Lesson:
    return Lesson(
        row["id"],
        LessonKind(row["kind"]),
        row["text"],
        row["period"],
        row["unit_name"],
        PersonId(row["person_id"]),
        row["author"],
        from_us(row["at"]),
        row["exemplar_id"],
        row["movement_name"],
        row["event_title"],
        row["withdrawn_at"] is not None,
    )
