"""What a report tells of a period beside its figures: who was chosen, fostered, copied; what was learnt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import to_us
from bot.domain.exemplars import ExemplarState
from bot.domain.lessons import LessonKind
from bot.domain.nominations import Kind, NominationId, NomineeKind
from bot.domain.people import UnitId
from storage import process
from storage.database import Row, Session, each


@dataclass(frozen=True)
class Told:
    """A nominee as a report may tell of them.

    `withheld`: publication was declined; `erased`: there is nobody any more; `removed`: taken down. Of such a
    one nothing is told.
    """

    nomination_id: NominationId
    kind: NomineeKind
    name: str
    unit_id: UnitId
    withheld: bool = False
    erased: bool = False
    removed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether name, post and words may be told."""
        return not (self.withheld or self.erased or self.removed)


@dataclass(frozen=True)
class Chosen:
    """A nominee whom a unit chose, with the latest reason; `kind` is of exemplar.

    `agreed`: to be published as it stands; `honoured`: in public.
    """

    nominee: Told
    by_unit: UnitId
    post: str
    kind: Kind
    movement: str
    reason: str
    agreed: bool
    honoured: bool


@dataclass(frozen=True)
class Fostered:
    """An exemplar under somebody's guidance, with the steps that stand and those done."""

    nominee: Told
    aim: str
    outcome: str
    steps: int
    done: int


@dataclass(frozen=True)
class Copied:
    """An exemplar whom a unit, or a body outside by its name, copies."""

    nominee: Told
    unit_id: UnitId | None
    body: str
    plan: str
    result: str


@dataclass(frozen=True)
class Learnt:
    """A lesson, of whom it is where of an exemplar, and what it is about otherwise."""

    text: str
    unit_id: UnitId | None
    nominee: Told | None
    about: str


async def list_chosen(session: Session, periods: Sequence[str]) -> list[Chosen]:
    """Whom units chose for any of the periods, each once for each unit, as `figures.count_chosen` counts."""
    withheld = await process.list_withheld(session)
    found: dict[tuple[int, int], Chosen] = {}
    for row in await session.all("reports.chosen", periods=each(list(periods))):
        found[row["unit_id"], row["nomination_id"]] = Chosen(
            _told(row, withheld),
            UnitId(row["unit_id"]),
            row["nominee_post"],
            Kind(row["kind"] or Kind.GOOD_DEED),
            row["movement"],
            row["reason"],
            bool(row["agreed"]),
            row["state"] == ExemplarState.HONOURED,
        )
    return list(found.values())


async def list_fostered(session: Session, since: datetime, until: datetime) -> list[Fostered]:
    """Who was fostered at any time from `since` until `until` (not included)."""
    withheld = await process.list_withheld(session)
    rows = await session.all("reports.fostered", from_us=to_us(since), until_us=to_us(until))
    return [
        Fostered(_told(row, withheld), row["aim"], row["outcome"], row["steps"], row["done"]) for row in rows
    ]


async def list_copied(session: Session, first: str, last: str) -> list[Copied]:
    """Who copies the exemplars nominated in the months between two, both included."""
    withheld = await process.list_withheld(session)
    rows = await session.all("reports.copied", first=first, last=last)
    return [
        Copied(
            _told(row, withheld),
            UnitId(row["adopting_id"]) if row["adopting_id"] is not None else None,
            row["body"],
            row["plan"],
            row["result"],
        )
        for row in rows
    ]


async def list_learnt(session: Session, kind: LessonKind, periods: Sequence[str]) -> list[Learnt]:
    """The lessons of a kind that stand for any of the periods, the earliest first."""
    withheld = await process.list_withheld(session)
    rows = await session.all("reports.lessons", kind=kind.value, periods=each(list(periods)))
    return [
        Learnt(
            row["text"],
            UnitId(row["learning_id"]) if row["learning_id"] is not None else None,
            _whose(row, withheld),
            f"“{row['movement']}”" if row["movement"] else row["event"],
        )
        for row in rows
    ]


def _told(row: Row, withheld: frozenset[NominationId]) -> Told:
    nomination_id = NominationId(row["nomination_id"])
    return Told(
        nomination_id,
        NomineeKind(row["nominee_kind"]),
        row["nominee_name"],
        UnitId(row["unit_id"]),
        nomination_id in withheld,
        row["erased_at"] is not None or not row["nominee_name"],
        row["state"] == ExemplarState.REMOVED,
    )


def _whose(row: Row, withheld: frozenset[NominationId]) -> Told | None:
    return _told(row, withheld) if row["nomination_id"] is not None else None
