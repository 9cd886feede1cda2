"""Who stands behind a period's figures, as rows: nominated, chosen by the units, public."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.exemplars import ExemplarId
from bot.domain.nominations import Kind, NominationId, Nominee
from bot.domain.people import UnitId
from storage.database import Row, Session, each
from storage.nominations import read_nominee


@dataclass(frozen=True)
class Named:
    """A nominee behind the figures of `unit_id`.

    `kind` is that of the first reason, or as it was honoured, `period` the month of the nomination; `reasons`
    is 0 where nobody asked for it.
    """

    nomination_id: NominationId
    unit_id: UnitId
    nominee: Nominee
    kind: Kind | None
    period: str
    erased: bool
    exemplar_id: ExemplarId | None = None
    reasons: int = 0


Found = tuple[list[Named], int]
"""A page of them, and how many there are in all (0 behind the last page)."""


async def list_chosen(
    session: Session,
    periods: Sequence[str],
    only: Collection[UnitId] | None,
    *,
    nomination_id: int = 0,
    most: int = 1,
    skip: int = 0,
) -> Found:
    """Whom the units chose for any of the periods, by unit; `nomination_id` alone, where that is not 0."""
    rows = await session.all(
        "chosen.list_chosen",
        periods=each(list(periods)),
        units=each(sorted(only or ())),
        every=int(only is None),
        nomination_id=nomination_id,
        most=most,
        skip=skip,
    )
    return _found(rows)


async def list_public(
    session: Session,
    from_period: str,
    to_period: str,
    only: Collection[UnitId] | None = None,
    *,
    nomination_id: int = 0,
    most: int = 1,
    skip: int = 0,
) -> Found:
    """The exemplars that everybody may see of the months between two, by unit."""
    rows = await session.all(
        "chosen.list_public",
        from_period=from_period,
        to_period=to_period,
        units=each(sorted(only or ())),
        every=int(only is None),
        nomination_id=nomination_id,
        most=most,
        skip=skip,
    )
    return _found(rows)


async def list_nominees(
    session: Session, unit_id: UnitId, from_period: str, to_period: str, *, most: int, skip: int = 0
) -> Found:
    """Who stands nominated in a unit's months, the most reasons first."""
    rows = await session.all(
        "chosen.list_nominees",
        unit_id=unit_id,
        from_period=from_period,
        to_period=to_period,
        most=most,
        skip=skip,
    )
    return _found(rows)


def _found(rows: Sequence[Row]) -> Found:
    return [_named(row) for row in rows], rows[0]["n"] if rows else 0


def _named(row: Row) -> Named:
    return Named(
        NominationId(row["nomination_id"]),
        UnitId(row["unit_id"]),
        read_nominee(row),
        Kind(row["kind"]) if row["kind"] else None,
        row["period"],
        row["erased_at"] is not None or not row["nominee_name"],
        ExemplarId(row["exemplar_id"]) if row["exemplar_id"] else None,
        row["standing"],
    )
