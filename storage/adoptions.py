"""Who copies exemplars, as rows: units of the office and bodies outside it, with their results."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.clock import from_us, to_us
from bot.domain.copying import Adoption, AdoptionState
from bot.domain.exemplars import ExemplarId
from bot.domain.people import PersonId, UnitId
from storage.database import Row, Session, each


async def add_adoption(
    session: Session,
    exemplar_id: ExemplarId,
    unit_id: UnitId | None,
    body: str,
    plan: str,
    person_id: PersonId,
    now: datetime,
) -> Adoption | None:
    """Keep that a unit, or (None) a body outside by its name, copies; None where that is known already."""
    row = await session.one(
        "adoptions.add",
        exemplar_id=exemplar_id,
        unit_id=unit_id,
        body=body,
        plan=plan,
        person_id=person_id,
        at=to_us(now),
    )
    return await find_adoption(session, row["id"]) if row else None


async def find_adoption(session: Session, adoption_id: int) -> Adoption | None:
    """The one of that number."""
    row = await session.one("adoptions.get", id=adoption_id)
    return _adoption(row) if row else None


async def find_of_unit(session: Session, exemplar_id: ExemplarId, unit_id: UnitId) -> Adoption | None:
    """What a unit has pledged about an exemplar, given up or not."""
    row = await session.one("adoptions.find_of_unit", exemplar_id=exemplar_id, unit_id=unit_id)
    return _adoption(row) if row else None


async def list_adoptions(session: Session, exemplar_id: ExemplarId) -> list[Adoption]:
    """Who copies an exemplar, in order; those who gave up too."""
    return [_adoption(row) for row in await session.all("adoptions.list_of", exemplar_id=exemplar_id)]


async def list_of_units(session: Session, unit_ids: Collection[UnitId]) -> list[Adoption]:
    """What some units copy, the newest first."""
    rows = await session.all("adoptions.list_of_units", units=each(sorted(unit_ids)))
    return [_adoption(row) for row in rows]


async def save_adoption(session: Session, adoption: Adoption) -> Adoption | None:
    """Give the row these values if it still is of `adoption`'s version; answers it with the next one."""
    row = await session.one(
        "adoptions.save",
        id=adoption.id,
        version=adoption.version,
        plan=adoption.plan,
        result=adoption.result,
        state=adoption.state.value,
        ended_at=to_us(adoption.ended_at) if adoption.ended_at else None,
    )
    return replace(adoption, version=row["version"]) if row else None


def _adoption(row: Row) -> Adoption:
    return Adoption(
        row["id"],
        ExemplarId(row["exemplar_id"]),
        UnitId(row["unit_id"]) if row["unit_id"] is not None else None,
        row["name"],
        row["plan"],
        row["result"],
        AdoptionState(row["state"]),
        PersonId(row["person_id"]),
        from_us(row["pledged_at"]),
        from_us(row["ended_at"]) if row["ended_at"] is not None else None,
        row["version"],
    )
