"""What only exports ask of the rows: nominees with their standing reasons summed up, in pieces."""

from dataclasses import dataclass

from bot.domain.nominations import Kind, MovementId, NominationId, Nominee
from bot.domain.people import UnitId
from storage.database import Row, Session
from storage.nominations import read_nominee


@dataclass(frozen=True)
class NomineeRow:
    """A nomination that stands, with the kinds and movements of its reasons, the first reason first."""

    id: NominationId
    nominee: Nominee
    unit_code: str
    unit_name: str
    period: str
    erased: bool
    opened: bool
    reasons: int
    kinds: tuple[Kind, ...]
    movement_ids: tuple[MovementId, ...]


async def count_reasons(
    session: Session, from_period: str, to_period: str, unit_id: UnitId | None = None
) -> int:
    """How many reasons stand in the months between two, both included."""
    row = await session.one(
        "exports.count_reasons", from_period=from_period, to_period=to_period, unit_id=unit_id or 0
    )
    return int(row["n"]) if row else 0


async def list_nominees(
    session: Session, from_period: str, to_period: str, *, unit_id: UnitId | None, after: int, most: int
) -> list[NomineeRow]:
    """Nominations with a standing reason in the months between two; `after` is the id of the last one had."""
    rows = await session.all(
        "exports.list_nominees",
        from_period=from_period,
        to_period=to_period,
        unit_id=unit_id or 0,
        after=after,
        most=most,
    )
    return [_nominee(row) for row in rows]


def _nominee(row: Row) -> NomineeRow:
    reasons = sorted(_reason(text) for text in row["reasons"].split(";"))
    return NomineeRow(
        id=NominationId(row["id"]),
        nominee=read_nominee(row),
        unit_code=row["unit_code"],
        unit_name=row["unit_name"],
        period=row["period"],
        erased=row["nominee_erased_at"] is not None,
        opened=row["opened_at"] is not None,
        reasons=len(reasons),
        kinds=tuple(dict.fromkeys(Kind(kind) for *_, kind, _movement in reasons)),
        movement_ids=tuple(dict.fromkeys(MovementId(movement) for *_, movement in reasons if movement)),
    )


def _reason(text: str) -> tuple[int, int, str, int]:
    sent_at, reason_id, kind, movement_id = text.split(",")
    return int(sent_at), int(reason_id), kind, int(movement_id)
