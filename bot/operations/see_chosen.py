"""Who stands behind a period's figures, as far as the person who asks may know it by name.

Leaders know whom the units have chosen, not who was nominated, and not who declined publication. The
secretariat and the unit's head know their nominees as they do everywhere. Everybody knows what is public.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.errors import NotAllowed
from bot.domain.exemplars import Exemplar
from bot.domain.nominations import Kind, NominationId, Nominee
from bot.domain.people import Person, UnitId
from bot.domain.periods import Period, periods_within
from bot.domain.roles import Role
from bot.operations.find_exemplars import sights_of
from bot.operations.summarise import Scope, scope_of
from storage import chosen, exemplars, process
from storage.chosen import Found, Named
from storage.database import Session


@dataclass(frozen=True)
class Asker:
    """Who asks, on which day, about which period and units (None: of the whole office)."""

    me: Person
    today: date
    period: Period
    only: frozenset[UnitId] | None

    @property
    def scope(self) -> Scope:
        """How much they see."""
        return scope_of(self.me, self.today)

    def knows_nominees_of(self, unit_id: UnitId) -> bool:
        """Whether those who were only nominated in the unit are known to them by name."""
        return self.me.has(Role.SECRETARIAT, self.today) or unit_id in self.me.heads(self.today)


@dataclass(frozen=True)
class Seen:
    """Somebody behind the figures. `nominee` is None where they are not to be named: `withheld`, or erased.

    `exemplar` is what the secretariat has made of the choice, `is_open` whether they may read all of it.
    """

    nomination_id: NominationId
    unit_id: UnitId
    nominee: Nominee | None
    kind: Kind | None
    period: str
    exemplar: Exemplar | None = None
    withheld: bool = False
    is_open: bool = False
    reasons: int = 0


@dataclass(frozen=True)
class SeenPage:
    """A page of them, which page it is, and how many there are in all."""

    shown: list[Seen]
    page: int
    n: int


async def see_chosen(session: Session, asker: Asker, *, most: int, page: int = 0) -> SeenPage:
    """Whom the units chose for the period or within it; to everybody else, what is public of its months."""
    found, n = await _list(session, asker, most=most, skip=page * most)
    if not found and page:
        return await see_chosen(session, asker, most=most)
    return SeenPage(await _seen(session, asker, found), page, n)


async def find_chosen(session: Session, asker: Asker, nomination_id: int) -> Seen | None:
    """One of them; None where it is not one of theirs."""
    found, _ = await _list(session, asker, nomination_id=nomination_id) if nomination_id else ([], 0)
    return (await _seen(session, asker, found))[0] if found else None


async def see_nominees(
    session: Session, asker: Asker, unit_id: UnitId, *, most: int, page: int = 0
) -> SeenPage:
    """Who was nominated in a unit. Raises NotAllowed for who may not know it."""
    if not asker.knows_nominees_of(unit_id):
        raise NotAllowed("summary.not_yours")
    names = asker.period.month_names
    skip = page * most
    found, n = await chosen.list_nominees(session, unit_id, names[0], names[-1], most=most, skip=skip)
    if not found and page:
        return await see_nominees(session, asker, unit_id, most=most)
    return SeenPage(await _seen(session, asker, found), page, n)


async def _list(
    session: Session, asker: Asker, *, nomination_id: int = 0, most: int = 1, skip: int = 0
) -> Found:
    only_it = {"nomination_id": nomination_id, "most": most, "skip": skip}
    if asker.scope is Scope.PUBLIC:
        names = asker.period.month_names
        return await chosen.list_public(session, names[0], names[-1], asker.only, **only_it)
    periods = [str(period) for period in periods_within(asker.period)]
    return await chosen.list_chosen(session, periods, asker.only, **only_it)


async def _seen(session: Session, asker: Asker, found: Sequence[Named]) -> list[Seen]:
    known = {one.id: one for one in await exemplars.list_exemplars(session, _numbers(found))}
    declined = await process.list_withheld(session) if found else frozenset()
    return [
        _as_known(asker, one, known.get(one.exemplar_id) if one.exemplar_id else None, declined)
        for one in found
    ]


def _numbers(found: Sequence[Named]) -> list[int]:
    return [one.exemplar_id for one in found if one.exemplar_id]


def _as_known(asker: Asker, one: Named, exemplar: Exemplar | None, declined: frozenset[NominationId]) -> Seen:
    withheld = one.nomination_id in declined
    named = not one.erased and (not withheld or asker.knows_nominees_of(one.unit_id))
    return Seen(
        one.nomination_id,
        one.unit_id,
        one.nominee if named else None,
        exemplar.kind if exemplar else one.kind,
        one.period,
        exemplar if named else None,
        withheld=withheld,
        is_open=exemplar is not None and bool(sights_of(asker.me, exemplar, asker.today)),
        reasons=one.reasons,
    )
