"""The office's units as rows."""

import json
from collections.abc import Sequence
from datetime import date

from bot.domain.people import Unit, UnitId
from storage.database import Row, Session


async def list_units(session: Session, on: date | None = None) -> list[Unit]:
    """The units, ended ones too; with `on`, those that exist on that day, under the names they had then."""
    if on is None:
        return [_unit(row) for row in await session.all("units.list_all")]
    return [unit for unit in await list_named(session, on) if unit.exists_on(on)]


async def list_named(session: Session, on: date) -> list[Unit]:
    """Every unit, whether it exists on that day or not, under the name it had then."""
    return [_unit(row) for row in await session.all("units.list_named", on=on.isoformat())]


async def name_units(session: Session, on: date) -> dict[UnitId, str]:
    """What every unit was called on that day."""
    return {unit.id: unit.name for unit in await list_named(session, on)}


async def list_unit_rows(session: Session) -> list[Row]:
    """Every column of every unit, with `parent_code`: what the roster is compared with."""
    return await session.all("units.list_all")


async def add_unit(session: Session, values: dict[str, object]) -> UnitId:
    """Add a unit; `values` are its columns."""
    row = await session.one("units.add", **values)
    assert row is not None  # noqa: S101 - an insert always answers
    return UnitId(row["id"])


async def change_unit(session: Session, unit_id: UnitId, values: dict[str, object], today: date) -> None:
    """Give a unit other values; its code stays, and so does its old name in what is about the days before."""
    names = {key: values[key] for key in ("name", "short_names")}
    await session.run("units.keep_name", id=unit_id, until_on=today.isoformat(), **names)
    await session.run("units.change", id=unit_id, **values)


def write_short_names(names: Sequence[str]) -> str:
    """Short names as the column keeps them."""
    return json.dumps(list(names), ensure_ascii=False)


def _unit(row: Row) -> Unit:
    from_on, to_on = (date.fromisoformat(row[day]) if row[day] else None for day in ("from_on", "to_on"))
    names = tuple(json.loads(row["short_names"]))
    return Unit(UnitId(row["id"]), row["code"], row["name"], names, from_on, to_on)
