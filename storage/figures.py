"""Counts over the rows, for summaries and for the state of the system."""

from dataclasses import dataclass

from bot.domain.people import PersonId, UnitId
from storage.database import Session


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


async def count_people(session: Session) -> dict[UnitId, int]:
    """How many people each unit has now."""
    return {UnitId(row["unit_id"]): row["n"] for row in await session.all("figures.count_people")}


async def count_nominators(session: Session, from_period: str, to_period: str) -> dict[UnitId, int]:
    """How many of each unit's people have a standing nomination in the months between two, both included."""
    rows = await session.all("figures.count_nominators", from_period=from_period, to_period=to_period)
    return {UnitId(row["unit_id"]): row["n"] for row in rows}


async def count_sent(session: Session, nominator_id: PersonId, period: str) -> int:
    """How many standing nominations a person has in a month."""
    row = await session.one("figures.count_sent", nominator_id=nominator_id, period=period)
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
