"""What heads have chosen, as rows: nominations of a unit, chosen for a period."""

from datetime import datetime

from bot.clock import to_us
from bot.domain.people import PersonId, UnitId
from bot.domain.periods import Period
from storage.database import Session, each


async def add_choice(
    session: Session, unit_id: UnitId, period: str, nomination_id: int, person_id: PersonId, now: datetime
) -> None:
    """The unit chooses a nomination for a period; once."""
    await session.run(
        "choices.add",
        unit_id=unit_id,
        period=period,
        nomination_id=nomination_id,
        person_id=person_id,
        at=to_us(now),
    )


async def list_chosen(session: Session, unit_id: UnitId, period: str) -> list[int]:
    """The nominations that a unit has chosen for a period."""
    rows = await session.all("choices.list_of", unit_id=unit_id, period=period)
    return [row["nomination_id"] for row in rows]


async def list_within(session: Session, unit_id: UnitId, period: Period) -> list[int]:
    """The nominations that a unit chose for the months of a longer period: what that one chooses from."""
    rows = await session.all("choices.list_within", unit_id=unit_id, periods=each(period.month_names))
    return [row["nomination_id"] for row in rows]


async def count_within(session: Session, unit_id: UnitId, period: Period) -> int:
    """How many those are."""
    return len(await list_within(session, unit_id, period))
