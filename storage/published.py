"""What everybody may read of exemplars, as rows: found by filters and words, and what befell each."""

import json
from dataclasses import dataclass
from datetime import datetime

from bot.clock import from_us, to_us
from bot.domain.exemplars import ExemplarId, Place
from bot.domain.nominations import Kind
from bot.domain.people import PersonId, UnitId
from storage.database import Session, each


@dataclass(frozen=True)
class Wanted:
    """What a list of exemplars is narrowed to; an empty value narrows nothing.

    `words` are folded, each with the unit that is called so (0 for none); one that ends with a space is a
    whole word, not the beginning of one. `fields` are spellings of one.
    """

    unit_id: int = 0
    kind: str = ""
    movement_id: int = 0
    fields: tuple[str, ...] = ()
    year: str = ""
    words: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Facet:
    """How many exemplars are public of a unit, kind, movement, field and year."""

    unit_id: UnitId
    unit_name: str
    kind: Kind
    movement_id: int
    movement_name: str
    field: str
    year: str
    n: int


@dataclass(frozen=True)
class Honoured:
    """Where an exemplar was honoured and when; `removed` where that was taken down again."""

    place: Place
    at: datetime
    removed: bool


async def list_found(
    session: Session, wanted: Wanted, *, most: int, skip: int = 0
) -> tuple[list[ExemplarId], int]:
    """A page of the public exemplars wanted, the newest first, and how many there are (0 behind the last)."""
    rows = await session.all(
        "published.list_found",
        unit_id=wanted.unit_id,
        kind=wanted.kind,
        movement_id=wanted.movement_id,
        fields=each(wanted.fields),
        any_field=int(not wanted.fields),
        year=wanted.year,
        words=json.dumps(wanted.words),
        most=most,
        skip=skip,
    )
    return [ExemplarId(row["id"]) for row in rows], rows[0]["n"] if rows else 0


async def list_facets(session: Session) -> list[Facet]:
    """What the public exemplars can be narrowed by."""
    rows = await session.all("published.list_facets")
    return [
        Facet(
            UnitId(row["unit_id"]),
            row["unit_name"],
            Kind(row["kind"]),
            row["movement_id"] or 0,
            row["movement_name"],
            row["field"],
            row["year"],
            row["n"],
        )
        for row in rows
    ]


async def list_reasons(session: Session, nomination_id: int) -> list[datetime]:
    """When each reason that stands was sent, those of a merged nomination among them."""
    rows = await session.all("published.list_reasons", nomination_id=nomination_id)
    return [from_us(row["sent_at"]) for row in rows]


async def list_choices(session: Session, nomination_id: int) -> list[tuple[str, datetime]]:
    """For which periods the unit chose it, and when."""
    rows = await session.all("published.list_choices", nomination_id=nomination_id)
    return [(row["period"], from_us(row["at"])) for row in rows]


async def list_office_choices(session: Session, nomination_id: int) -> list[tuple[str, datetime, str]]:
    """On which lists of the office it was put, when, and the list's state."""
    rows = await session.all("published.list_office_choices", nomination_id=nomination_id)
    return [(row["period"], from_us(row["at"]), row["state"]) for row in rows]


async def list_places(session: Session, exemplar_id: ExemplarId) -> list[Honoured]:
    """Where it was honoured, in order."""
    rows = await session.all("published.list_places", exemplar_id=exemplar_id)
    return [Honoured(Place(row["place"]), from_us(row["at"]), row["removed_at"] is not None) for row in rows]


async def count_congratulations(session: Session, exemplar_id: ExemplarId) -> tuple[int, datetime | None]:
    """How many have congratulated, and when the last one did."""
    row = await session.one("published.count_congratulations", exemplar_id=exemplar_id)
    if row is None or not row["n"]:
        return 0, None
    return row["n"], from_us(row["last_at"])


async def has_congratulated(session: Session, exemplar_id: ExemplarId, person_id: PersonId) -> bool:
    """Whether this person has."""
    found = await session.one("published.has_congratulated", exemplar_id=exemplar_id, person_id=person_id)
    return found is not None


async def list_speeches(
    session: Session, exemplar_id: ExemplarId, now: datetime
) -> list[tuple[str, datetime]]:
    """The events at which it was told of, and when they began."""
    rows = await session.all("published.list_speeches", exemplar_id=exemplar_id, now=to_us(now))
    return [(row["title"], from_us(row["starts_at"])) for row in rows]
