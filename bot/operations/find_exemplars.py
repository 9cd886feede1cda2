"""Finding exemplars: lists narrowed by filters and typed words, and who may open which."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.domain.errors import Gone
from bot.domain.exemplars import Consent, Exemplar, ExemplarId, ExemplarState
from bot.domain.names import fold
from bot.domain.people import Person
from bot.domain.roles import Role
from bot.domain.timeline import Sight
from storage import exemplars, fosterings, published, units
from storage.database import Session
from storage.published import Facet, Wanted

WORDS_MOST = 8


@dataclass(frozen=True)
class Filters:
    """What a person has narrowed the list to: `field` folded, `typed` as typed, `page` where they are."""

    unit: int = 0
    kind: str = ""
    movement: int = 0
    field: str = ""
    year: str = ""
    typed: str = ""
    page: int = 0

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return self != Filters(page=self.page)

    def choose(self, name: str, value: str) -> "Filters":
        """With one filter set ("" or "0" takes it off), from the first page on."""
        changes: dict[str, Any] = {name: int(value or 0) if name in {"unit", "movement"} else value}
        return replace(self, page=0, **changes)


@dataclass(frozen=True)
class Found:
    """A page of exemplars, how many there are in all, and what everything public can be narrowed by."""

    shown: list[Exemplar]
    n: int
    facets: list[Facet]


FILTERS = ("unit", "kind", "movement", "field", "year")


async def find_exemplars(session: Session, filters: Filters, a_page: int) -> Found:
    """The public exemplars on the page wanted (the last one where there are fewer), the newest first."""
    facets = await published.list_facets(session)
    wanted = await _wanted(session, filters, facets)
    ids, n = await published.list_found(session, wanted, most=a_page, skip=filters.page * a_page)
    if not ids and filters.page:
        _, n = await published.list_found(session, wanted, most=1)
        last = max(0, (n - 1) // a_page)
        ids, n = await published.list_found(session, wanted, most=a_page, skip=last * a_page)
    by_id = {one.id: one for one in await exemplars.list_exemplars(session, ids)}
    return Found([by_id[one] for one in ids], n, facets)


def offered(facets: Sequence[Facet], filters: Filters, name: str) -> list[tuple[str, str, int]]:
    """What one filter offers while the others stand: value, label and how many, the most first.

    Years come the latest first. Labels of kinds are their codes.
    """
    others = replace(filters.choose(name, ""), typed="")
    fitting = [facet for facet in facets if _fits(facet, others)]
    counted: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for facet in fitting:
        value, label = _value(facet, name)
        if value not in {"", "0"}:
            counted[value] += facet.n
            labels.setdefault(value, label)
    if name == "year":
        return [(value, labels[value], counted[value]) for value in sorted(counted, reverse=True)]
    order = sorted(counted, key=lambda value: (-counted[value], fold(labels[value]), value))
    return [(value, labels[value], counted[value]) for value in order]


async def open_exemplar(session: Session, me: Person, exemplar_id: int, today: date) -> Exemplar:
    """An exemplar that this person may read. Raises Gone, the same whether it is there or not."""
    exemplar = await exemplars.find_exemplar(session, exemplar_id)
    if exemplar is None or not sights_of(me, exemplar, today):
        raise Gone("exemplars.not_open")
    return exemplar


async def sights_with_guide(
    session: Session, me: Person, exemplar: Exemplar, today: date
) -> frozenset[Sight]:
    """From where somebody looks at an exemplar, as its mentor too."""
    fostering = await fosterings.find_of(session, exemplar.id)
    guide = fostering is not None and fostering.mentor_id == me.id
    return sights_of(me, exemplar, today) | (frozenset({Sight.GUIDE}) if guide else frozenset())


def sights_of(me: Person, exemplar: Exemplar, today: date) -> frozenset[Sight]:
    """From where somebody looks at an exemplar; nothing where they may not.

    Everybody, once it is public; the secretariat and the unit's head before; who was asked to agree as well.
    """
    if exemplar.erased or not exemplar.nominee.name:
        return frozenset()
    found = {Sight.EVERYBODY} if exemplar.is_public else set()
    if me.has(Role.SECRETARIAT, today) or exemplar.nominee.unit_id in me.heads(today):
        found.add(Sight.OFFICE)
    if exemplar.representative_id == me.id and exemplar.consent is not Consent.NONE:
        found.add(Sight.OWN)
    return frozenset(found)


def may_care(me: Person, exemplar: Exemplar, today: date) -> bool:
    """Whether the person has the exemplar fostered: of the secretariat, or head of its unit."""
    return Sight.OFFICE in sights_of(me, exemplar, today)


def is_withdrawn(exemplar: Exemplar) -> bool:
    """Whether it is not to be published (any more)."""
    return exemplar.state is ExemplarState.REMOVED or exemplar.consent is Consent.DECLINED


async def find_linked(session: Session, me: Person, payload: str, today: date) -> Exemplar:
    """The exemplar a shared link (``g_12``) leads to. Raises Gone, the same whether it is there or not."""
    number = payload.removeprefix("g_")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        raise Gone("exemplars.not_open")
    return await open_exemplar(session, me, ExemplarId(int(number)), today)


async def _wanted(session: Session, filters: Filters, facets: Sequence[Facet]) -> Wanted:
    spelled = tuple({facet.field for facet in facets if filters.field and fold(facet.field) == filters.field})
    if filters.field and not spelled:
        spelled = (filters.field,)
    return Wanted(
        filters.unit,
        filters.kind,
        filters.movement,
        spelled,
        filters.year,
        await _words(session, filters.typed),
    )


async def _words(session: Session, typed: str) -> tuple[tuple[str, int], ...]:
    """The folded words typed, each with the unit that is called so; such a word stands for itself alone."""
    words = fold(typed).split()[:WORDS_MOST]
    if not words:
        return ()
    short: dict[str, int] = {}
    for unit in await units.list_units(session):
        short |= {fold(name): int(unit.id) for name in (unit.code, unit.name, *unit.short_names)}
    whole = short.get(" ".join(words), 0)
    called = {word: whole or short.get(word, 0) for word in words}
    return tuple((f"{word} " if unit_id else word, unit_id) for word, unit_id in called.items())


def _fits(facet: Facet, filters: Filters) -> bool:
    return all(str(getattr(filters, name) or "") in {"", _value(facet, name)[0]} for name in FILTERS)


def _value(facet: Facet, name: str) -> tuple[str, str]:
    """What a facet is under one filter, and how that is called."""
    return {
        "unit": (str(facet.unit_id), facet.unit_name),
        "kind": (facet.kind.value, facet.kind.value),
        "movement": (str(facet.movement_id), facet.movement_name),
        "field": (fold(facet.field), facet.field),
        "year": (facet.year, facet.year),
    }[name]
