"""Counts over the rows, for summaries and for the state of the system."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import to_us
from bot.domain.nominations import Kind
from bot.domain.people import PersonId, UnitId
from storage.database import Session, each


@dataclass(frozen=True)
class LooseEnds:
    """What somebody should look at: people whom no message reaches, updates put aside, open requests."""

    blocked: int
    outside: int
    unread_updates: int
    data_requests: int


@dataclass(frozen=True)
class Unreachable:
    """Somebody whom no message reaches: they have blocked the bot, or not come in."""

    full_name: str
    unit_name: str
    blocked: bool


@dataclass(frozen=True)
class Tally:
    """Nominees of a unit and a kind, and the reasons given for them."""

    unit_id: UnitId
    kind: Kind
    nominees: int
    reasons: int


@dataclass(frozen=True)
class Public:
    """How many exemplars of a month, unit and kind everybody may see."""

    period: str
    unit_id: UnitId
    kind: Kind
    n: int


@dataclass(frozen=True)
class Honoured:
    """What became of a unit's exemplars: honoured now, copied by somebody, and by how many."""

    honoured: int
    copied: int
    copies: int


async def count_people(session: Session, gone_after: datetime) -> dict[UnitId, int]:
    """How many people each unit has; who left at or after the instant still counts."""
    rows = await session.all("figures.count_people", gone_after=to_us(gone_after))
    return {UnitId(row["unit_id"]): row["n"] for row in rows}


async def count_nominators(
    session: Session, from_period: str, to_period: str, gone_after: datetime
) -> dict[UnitId, int]:
    """How many of each unit's people have a reason that stands in the months between two, both included."""
    rows = await session.all(
        "figures.count_nominators",
        from_period=from_period,
        to_period=to_period,
        gone_after=to_us(gone_after),
    )
    return {UnitId(row["unit_id"]): row["n"] for row in rows}


async def tally_kinds(session: Session, from_period: str, to_period: str) -> list[Tally]:
    """Nominees of the months between two, both included, by unit and kind (that of the first reason)."""
    rows = await session.all("figures.tally_kinds", from_period=from_period, to_period=to_period)
    return [Tally(UnitId(row["unit_id"]), Kind(row["kind"]), row["nominees"], row["reasons"]) for row in rows]


async def tally_movements(
    session: Session, from_period: str, to_period: str
) -> dict[tuple[UnitId, int], int]:
    """The same nominees by unit and movement (that of the first reason); 0 is none."""
    rows = await session.all("figures.tally_movements", from_period=from_period, to_period=to_period)
    return {(UnitId(row["unit_id"]), row["movement_id"]): row["nominees"] for row in rows}


async def tally_months(session: Session, from_period: str, to_period: str) -> dict[tuple[str, UnitId], int]:
    """Nominees by month and unit."""
    rows = await session.all("figures.tally_months", from_period=from_period, to_period=to_period)
    return {(row["period"], UnitId(row["unit_id"])): row["nominees"] for row in rows}


async def count_chosen(session: Session, periods: Sequence[str] | None) -> dict[UnitId, int]:
    """How many nominees each unit has chosen for any of the periods (None: ever), each counted once."""
    if periods is None:
        rows = await session.all("figures.count_ever_chosen")
    else:
        rows = await session.all("figures.count_chosen", periods=each(periods))
    return {UnitId(row["unit_id"]): row["n"] for row in rows}


async def count_exemplars(session: Session, from_period: str, to_period: str) -> dict[UnitId, Honoured]:
    """What became of the exemplars nominated in the months between two, by the unit nominated in."""
    rows = await session.all("figures.count_exemplars", from_period=from_period, to_period=to_period)
    return {UnitId(row["unit_id"]): Honoured(row["honoured"], row["copied"], row["copies"]) for row in rows}


async def count_public(session: Session, from_period: str, to_period: str) -> list[Public]:
    """The exemplars of the months between two that everybody may see."""
    rows = await session.all("figures.count_public", from_period=from_period, to_period=to_period)
    return [Public(row["period"], UnitId(row["unit_id"]), Kind(row["kind"]), row["n"]) for row in rows]


async def find_first_month(session: Session) -> str | None:
    """The first month in which anybody was nominated."""
    row = await session.one("figures.find_first_month")
    return row["period"] if row else None


async def count_sent(session: Session, nominator_id: PersonId, from_period: str, to_period: str) -> int:
    """How many standing nominations a person has in the months between two."""
    row = await session.one(
        "figures.count_sent", nominator_id=nominator_id, from_period=from_period, to_period=to_period
    )
    return int(row["n"]) if row else 0


async def count_about(session: Session, person_id: PersonId) -> int:
    """How many standing reasons were given for a person."""
    row = await session.one("figures.count_about", person_id=person_id)
    return int(row["n"]) if row else 0


async def count_tasks(session: Session) -> dict[str, int]:
    """How many pieces of work are in each state."""
    return {row["state"]: row["n"] for row in await session.all("figures.count_tasks")}


async def count_loose_ends(session: Session) -> LooseEnds:
    """What waits for somebody's eye."""
    row = await session.one("figures.count_loose_ends")
    assert row is not None  # noqa: S101 - counts always answer
    return LooseEnds(row["blocked"], row["outside"], row["unread_updates"], row["data_requests"])


async def list_unreachable(session: Session) -> list[Unreachable]:
    """Everybody whom no message reaches, by unit and name."""
    rows = await session.all("figures.list_unreachable")
    return [Unreachable(row["full_name"], row["unit_name"], bool(row["blocked"])) for row in rows]
