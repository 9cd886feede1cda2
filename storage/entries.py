"""Nominations without their reasons: which is part of which, whose they are, what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.nominations import NominationId, Nominee
from bot.domain.people import UnitId
from storage.database import Row, Session, each
from storage.nominations import read_nominee


@dataclass(frozen=True)
class Entry:
    """A nomination without its reasons; `merged_into` is the one it is part of, `moved_from` a unit."""

    id: NominationId
    nominee: Nominee
    unit_name: str
    period: str
    merged_into: NominationId | None = None
    moved_from: str = ""


@dataclass(frozen=True)
class FateRow:
    """What has become of a nomination, or of the one it is part of; `answer` is what the unit said."""

    nomination_id: NominationId
    opened: bool
    merged: bool
    moved: bool
    period: str
    answer: str
    accepted: bool
    chosen: bool
    exemplar_id: int | None


async def find_entry(session: Session, nomination_id: int) -> Entry | None:
    """The nomination of that number."""
    row = await session.one("entries.get", id=nomination_id)
    return _entry(row) if row else None


async def find_entry_of(session: Session, nominee_key: str, period: str) -> Entry | None:
    """The nomination of a nominee in a month."""
    row = await session.one("entries.find", nominee_key=nominee_key, period=period)
    return _entry(row) if row else None


async def list_merged(session: Session, into_ids: Sequence[int]) -> list[Entry]:
    """The nominations that have become part of these."""
    rows = await session.all("entries.list_merged", into_ids=each(list(into_ids)))
    return [_entry(row) for row in rows]


async def set_merged(session: Session, nomination_id: int, into_id: int | None) -> None:
    """The nomination is read as part of another one; with None it stands for itself again."""
    await session.run("entries.merge", id=nomination_id, into_id=into_id)


async def move(
    session: Session, nomination_id: int, to: Nominee, nominee_key: str, period: str, moved_from: UnitId
) -> None:
    """The nomination is another unit's, perhaps in another month."""
    await session.run(
        "entries.move",
        id=nomination_id,
        unit_id=to.unit_id,
        nominee_key=nominee_key,
        period=period,
        moved_from=moved_from,
    )


async def list_fates(session: Session, ids: Sequence[int]) -> dict[int, FateRow]:
    """What has become of nominations, by number."""
    rows = await session.all("entries.list_fates", ids=each(list(ids)))
    return {row["id"]: _fate(row) for row in rows}


def _entry(row: Row) -> Entry:
    into = row["merged_into"]
    return Entry(
        NominationId(row["id"]),
        read_nominee(row),
        row["unit_name"],
        row["period"],
        NominationId(into) if into is not None else None,
        row["moved_from_name"] or "",
    )


def _fate(row: Row) -> FateRow:
    return FateRow(
        NominationId(row["id"]),
        opened=row["opened_at"] is not None,
        merged=row["merged_into"] is not None,
        moved=row["moved_from"] is not None,
        period=row["period"],
        answer=row["answer"] or "",
        accepted=row["state"] == "accepted",
        chosen=bool(row["chosen"]),
        exemplar_id=row["exemplar_id"],
    )
