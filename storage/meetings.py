"""What the pack of a meeting tells beside a period's figures: what happened within some days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import to_us
from bot.domain.exemplars import Exemplar
from bot.domain.nominations import NominationId
from storage import exemplars
from storage.database import Session, each


@dataclass(frozen=True)
class Happened:
    """How much happened: reasons came in, exemplars were honoured, copies begun, results told, and so on."""

    reasons: int
    answers: int
    honoured: int
    pledged: int
    results: int
    lessons: int
    suggestions: int


async def count_happened(session: Session, since: datetime, until: datetime) -> Happened:
    """What happened from `since` until `until` (not included) and still stands."""
    row = await session.one("meetings.count_happened", from_us=to_us(since), until_us=to_us(until))
    assert row is not None  # noqa: S101 - counts always answer
    return Happened(**{name: int(row[name]) for name in Happened.__dataclass_fields__})


async def list_honoured(session: Session, since: datetime, until: datetime) -> list[Exemplar]:
    """The exemplars honoured from `since` until `until` (not included), in order."""
    rows = await session.all("meetings.list_honoured", from_us=to_us(since), until_us=to_us(until))
    known = {one.id: one for one in await exemplars.list_exemplars(session, [row["id"] for row in rows])}
    return [known[row["id"]] for row in rows]


async def list_of_nominations(
    session: Session, nominations: Sequence[NominationId]
) -> dict[NominationId, Exemplar]:
    """What has become of some nominations."""
    rows = await session.all("meetings.list_of", ids=each(list(nominations)))
    found = await exemplars.list_exemplars(session, [row["id"] for row in rows])
    return {one.nomination_id: one for one in found}
