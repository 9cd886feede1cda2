"""Fostering as rows: who guides an exemplar, in which steps."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.clock import from_us, to_us
from bot.domain.exemplars import ExemplarId
from bot.domain.fostering import Fostering, FosteringState, Step
from bot.domain.people import PersonId, UnitId
from storage.database import Row, Session


@dataclass(frozen=True)
class LateStep:
    """A step whose day is over and that is not done."""

    step_id: int
    due_on: date
    fostering_id: int
    exemplar_id: ExemplarId
    unit_id: UnitId


async def add_fostering(
    session: Session, exemplar_id: ExemplarId, mentor_id: PersonId, aim: str, made_by: PersonId, now: datetime
) -> Fostering | None:
    """Begin; None where the exemplar is or was fostered already."""
    row = await session.one(
        "fosterings.add",
        exemplar_id=exemplar_id,
        mentor_id=mentor_id,
        aim=aim,
        made_by=made_by,
        at=to_us(now),
    )
    return await find_fostering(session, row["id"]) if row else None


async def find_fostering(session: Session, fostering_id: int) -> Fostering | None:
    """The one of that number, with its steps."""
    row = await session.one("fosterings.get", id=fostering_id)
    if row is None:
        return None
    steps = await session.all("fosterings.list_steps", fostering_id=fostering_id)
    return _fostering(row, [_step(step) for step in steps])


async def find_of(session: Session, exemplar_id: int) -> Fostering | None:
    """How an exemplar is fostered."""
    row = await session.one("fosterings.find_of", exemplar_id=exemplar_id)
    return await find_fostering(session, row["id"]) if row else None


async def find_of_step(session: Session, step_id: int) -> tuple[Fostering, Step] | None:
    """A step, and what it is a step of."""
    row = await session.one("fosterings.find_of_step", step_id=step_id)
    found = await find_fostering(session, row["id"]) if row else None
    return (found, next(step for step in found.steps if step.id == step_id)) if found else None


async def save_fostering(session: Session, fostering: Fostering) -> Fostering | None:
    """Give the row these values if it still is of `fostering`'s version; answers it with the next one."""
    row = await session.one(
        "fosterings.save",
        id=fostering.id,
        version=fostering.version,
        mentor_id=fostering.mentor_id,
        aim=fostering.aim,
        state=fostering.state.value,
        outcome=fostering.outcome,
        ended_at=to_us(fostering.ended_at) if fostering.ended_at else None,
    )
    return replace(fostering, version=row["version"]) if row else None


async def add_step(session: Session, fostering_id: int, text: str, due_on: date) -> Step:
    """One more step."""
    row = await session.one(
        "fosterings.add_step", fostering_id=fostering_id, text=text, due_on=due_on.isoformat()
    )
    assert row is not None  # noqa: S101 - an insert always answers
    return Step(row["id"], fostering_id, text, due_on)


async def save_step(session: Session, step: Step, now: datetime) -> None:
    """Give the step these values; one that is dropped stays, as dropped."""
    await session.run(
        "fosterings.save_step",
        id=step.id,
        text=step.text,
        due_on=step.due_on.isoformat(),
        done_at=to_us(step.done_at) if step.done_at else None,
        result=step.result,
        dropped_at=to_us(now) if step.dropped else None,
    )


async def list_late(session: Session, before: date) -> list[LateStep]:
    """Steps not done whose day was before that one, the oldest first: what the desk shows."""
    rows = await session.all("fosterings.list_late", before=before.isoformat())
    return [
        LateStep(
            row["step_id"],
            date.fromisoformat(row["due_on"]),
            row["id"],
            ExemplarId(row["exemplar_id"]),
            UnitId(row["unit_id"]),
        )
        for row in rows
    ]


async def list_open_of(session: Session, person_id: PersonId) -> list[Fostering]:
    """What a person guides, or is guided in."""
    rows = await session.all("fosterings.list_open_of", person_id=person_id)
    found = [await find_fostering(session, row["id"]) for row in rows]
    return [one for one in found if one is not None]


def _fostering(row: Row, steps: list[Step]) -> Fostering:
    return Fostering(
        row["id"],
        ExemplarId(row["exemplar_id"]),
        PersonId(row["mentor_id"]),
        row["mentor_name"],
        row["aim"],
        FosteringState(row["state"]),
        row["outcome"],
        row["version"],
        PersonId(row["made_by"]),
        from_us(row["made_at"]),
        from_us(row["ended_at"]) if row["ended_at"] is not None else None,
        tuple(steps),
    )


def _step(row: Row) -> Step:
    return Step(
        row["id"],
        row["fostering_id"],
        row["text"],
        date.fromisoformat(row["due_on"]),
        from_us(row["done_at"]) if row["done_at"] is not None else None,
        row["result"],
        row["dropped_at"] is not None,
    )
