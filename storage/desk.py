"""What waits for the secretariat, counted and listed over the rows of everything that may wait."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from bot.clock import from_us, to_us
from bot.domain.exemplars import Consent
from bot.domain.nominations import Kind, MovementId, NominationId, Nominee
from bot.domain.people import UnitId
from storage.database import Session, each
from storage.nominations import read_nominee


@dataclass(frozen=True)
class Counts:
    """How much of everything waits; erased nominees and what was taken down are left out.

    `lists` is how many lists of the office there are, which do not wait. `to_take_off` are articles on the
    portal that may not stay there, `approved` those that have not appeared.
    """

    given: int
    returned: int
    unasked: int
    asked: int
    change: int
    ready: int
    posts: int
    lists: int
    reviews: int
    requests: int
    mentions: int
    suggestions: int
    adoptions: int
    steps: int
    events: int
    outcomes: int
    to_take_off: int
    approved: int
    unreachable: int


@dataclass(frozen=True)
class ChosenNominee:
    """Whom a choice honours: `target` is the nomination that this one was merged into, else itself."""

    nomination_id: NominationId
    target: NominationId
    nominee: Nominee
    unit_name: str
    period: str


@dataclass(frozen=True)
class FirstReason:
    """What the first who nominated said it is."""

    kind: Kind
    movement_id: MovementId | None
    field: str


@dataclass(frozen=True)
class DueAdoption:
    """A unit, or a body outside the office, that has not said what came of copying."""

    id: int
    exemplar_id: int
    who: str
    nominee_name: str


@dataclass(frozen=True)
class OverdueStep:
    """A step of fostering whose day is past."""

    id: int
    exemplar_id: int
    text: str
    due_on: date
    nominee_name: str


@dataclass(frozen=True)
class Unreachable:
    """Somebody whom no message reaches: they have blocked the bot, or not come in."""

    unit_id: UnitId
    unit_name: str
    full_name: str
    post: str
    phone: str
    blocked: bool


@dataclass(frozen=True)
class OpenSuggestion:
    """What somebody suggests, not answered yet."""

    id: int
    text: str
    at: datetime


@dataclass(frozen=True)
class HeldEvent:
    """An event whose outcome is to be noted."""

    id: int
    title: str
    starts_at: datetime


@dataclass(frozen=True)
class DueReview:
    """A movement's review whose day has come."""

    movement_id: int
    name: str
    review_on: date


async def count_waiting(session: Session, now: datetime, today: date, pledged_until: datetime) -> Counts:
    """How much waits; a copy's result waits if it was pledged not later than `pledged_until`."""
    row = await session.one(
        "desk.count_waiting", now=to_us(now), today=today.isoformat(), pledged_until=to_us(pledged_until)
    )
    assert row is not None  # noqa: S101 - counts always answer
    return Counts(**{name: row[name] for name in Counts.__dataclass_fields__})


async def list_unasked(session: Session) -> list[int]:
    """Exemplars about which nobody has been asked, or which have changed since."""
    return [row["id"] for row in await session.all("desk.list_unasked")]


async def list_of_consent(session: Session, consent: Consent) -> list[int]:
    """Exemplars about which that was said last."""
    return [row["id"] for row in await session.all("desk.list_of_consent", consent=consent.value)]


async def list_ready(session: Session) -> list[int]:
    """Exemplars that may be published and are not yet."""
    return [row["id"] for row in await session.all("desk.list_ready")]


async def list_requests(session: Session) -> list[int]:
    """What people have asked about their data and nobody has settled, the earliest first."""
    return [row["id"] for row in await session.all("desk.list_requests")]


async def list_due_adoptions(session: Session, pledged_until: datetime) -> list[DueAdoption]:
    """Copies pledged not later than that, without a result."""
    rows = await session.all("desk.list_due_adoptions", pledged_until=to_us(pledged_until))
    return [DueAdoption(row["id"], row["exemplar_id"], row["who"], row["nominee_name"]) for row in rows]


async def list_overdue_steps(session: Session, today: date) -> list[OverdueStep]:
    """Steps of fostering whose day is past, the earliest first."""
    rows = await session.all("desk.list_overdue_steps", today=today.isoformat())
    return [
        OverdueStep(
            row["id"],
            row["exemplar_id"],
            row["text"],
            date.fromisoformat(row["due_on"]),
            row["nominee_name"],
        )
        for row in rows
    ]


async def list_unreachable(session: Session) -> list[Unreachable]:
    """Everybody whom no message reaches, by unit and name."""
    return [
        Unreachable(
            UnitId(row["unit_id"]),
            row["unit_name"],
            row["full_name"],
            row["post"],
            row["phone"] or "",
            bool(row["blocked"]),
        )
        for row in await session.all("desk.list_unreachable")
    ]


async def list_suggestions(session: Session) -> list[OpenSuggestion]:
    """What waits for an answer, the earliest first."""
    rows = await session.all("desk.list_suggestions")
    return [OpenSuggestion(row["id"], row["text"], from_us(row["at"])) for row in rows]


async def list_outcomes(session: Session, now: datetime) -> list[HeldEvent]:
    """Events that have begun and of which nobody has said what came of them."""
    rows = await session.all("desk.list_outcomes", now=to_us(now))
    return [HeldEvent(row["id"], row["title"], from_us(row["starts_at"])) for row in rows]


async def list_reviews(session: Session, today: date) -> list[DueReview]:
    """Reviews of movements that are due and of which nothing has been noted, the earliest first."""
    rows = await session.all("desk.list_reviews", today=today.isoformat())
    return [DueReview(row["movement_id"], row["name"], date.fromisoformat(row["review_on"])) for row in rows]


async def find_chosen(session: Session, nomination_ids: Collection[int]) -> dict[NominationId, ChosenNominee]:
    """Whom choices of those nominations honour, each under the number it was chosen by."""
    into = {number: number for number in nomination_ids}
    known = {}
    wanted = set(nomination_ids)
    while wanted:
        rows = await session.all("desk.list_chosen_nominees", ids=each(sorted(wanted)))
        known.update({row["id"]: row for row in rows})
        merged = {row["id"]: row["merged_into"] for row in rows if row["merged_into"] is not None}
        into = {number: merged.get(target, target) for number, target in into.items()}
        wanted = set(merged.values()) - known.keys()
    return {
        NominationId(number): ChosenNominee(
            NominationId(number),
            NominationId(target),
            read_nominee(known[target]),
            known[target]["unit_name"],
            known[target]["period"],
        )
        for number, target in into.items()
        if target in known
    }


async def list_together(
    session: Session, nomination_id: NominationId
) -> list[tuple[NominationId, UnitId, str]]:
    """A nomination and what was merged into it: number, unit and month."""
    rows = await session.all("desk.list_together", nomination_id=nomination_id)
    return [(NominationId(row["id"]), UnitId(row["unit_id"]), row["period"]) for row in rows]


async def find_first_reason(session: Session, nomination_id: NominationId) -> FirstReason | None:
    """The first reason given for a nomination, before those of what was merged into it."""
    row = await session.one("desk.first_reason", nomination_id=nomination_id)
    if row is None:
        return None
    movement_id = MovementId(row["movement_id"]) if row["movement_id"] is not None else None
    return FirstReason(Kind(row["kind"]), movement_id, row["field"])
