"""Suggestions to the secretariat as rows, and what has become of each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.clock import from_us, to_us
from bot.domain.people import PersonId
from storage.database import Row, Session


class SuggestionState(StrEnum):
    """Waiting, answered in words, or put on file."""

    OPEN = "open"
    ANSWERED = "answered"
    FILED = "filed"


@dataclass(frozen=True)
class Suggestion:
    """What somebody suggests. `full_name` is empty of who asked to be erased."""

    id: int
    person_id: PersonId
    full_name: str
    unit_name: str
    text: str
    state: SuggestionState
    at: datetime
    answer: str = ""
    answered_by: PersonId | None = None
    answered_at: datetime | None = None


async def add_suggestion(session: Session, person_id: PersonId, text: str, now: datetime) -> int:
    """Keep a suggestion; answers its number."""
    row = await session.one("suggestions.add", person_id=person_id, text=text, at=to_us(now))
    assert row is not None  # noqa: S101 - an insert always answers
    return int(row["id"])


async def find_suggestion(session: Session, suggestion_id: int) -> Suggestion | None:
    """The suggestion of that number."""
    row = await session.one("suggestions.get", id=suggestion_id)
    return _suggestion(row) if row else None


async def list_suggestions(session: Session, year: int, zone: ZoneInfo) -> list[Suggestion]:
    """Everything suggested in a year of the office's time, the newest first."""
    first, before = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    rows = await session.all("suggestions.list_between", first_at=to_us(first), before_at=to_us(before))
    return [_suggestion(row) for row in rows]


async def list_of(session: Session, person_id: PersonId) -> list[Suggestion]:
    """What a person has suggested, the newest first."""
    return [_suggestion(row) for row in await session.all("suggestions.list_of", person_id=person_id)]


async def count_open(session: Session, person_id: PersonId) -> int:
    """How many of a person's suggestions wait."""
    row = await session.one("suggestions.count_open", person_id=person_id)
    return int(row["n"]) if row else 0


async def settle_suggestion(
    session: Session,
    suggestion_id: int,
    state: SuggestionState,
    answer: str,
    answered_by: PersonId,
    now: datetime,
) -> bool:
    """Answer or file one that waits; False if that has been done."""
    row = await session.one(
        "suggestions.settle",
        id=suggestion_id,
        state=state.value,
        answer=answer,
        answered_by=answered_by,
        at=to_us(now),
    )
    return row is not None


def _suggestion(row: Row) -> Suggestion:
    return Suggestion(
        row["id"],
        PersonId(row["person_id"]),
        row["full_name"],
        row["unit_name"],
        row["text"],
        SuggestionState(row["state"]),
        from_us(row["at"]),
        row["answer"],
        PersonId(row["answered_by"]) if row["answered_by"] is not None else None,
        from_us(row["answered_at"]) if row["answered_at"] is not None else None,
    )
