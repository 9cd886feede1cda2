"""Who may have documents to be filed, and of which exemplars they may tell."""

from collections.abc import Collection
from datetime import date

from bot.domain.errors import Gone, NotAllowed
from bot.domain.exemplars import Consent, Exemplar, ExemplarState
from bot.domain.nominations import NominationId
from bot.domain.people import Person
from bot.domain.roles import Role
from storage import exemplars, process
from storage.database import Session

FILERS = (Role.SECRETARIAT, Role.LEADER)
"""Whose roles give them the right to documents."""


def check_filer(me: Person, today: date) -> None:
    """Raises NotAllowed for who is neither of the secretariat nor a leader."""
    if me.left or not any(me.has(role, today) for role in FILERS):
        raise NotAllowed("document.not_yours")


def is_withheld(exemplar: Exemplar, withheld: Collection[NominationId]) -> bool:
    """Whether publication was declined, given the nominations of which nothing is told."""
    return exemplar.nomination_id in withheld or exemplar.consent is Consent.DECLINED


def is_erased(exemplar: Exemplar) -> bool:
    """Whether there is nobody any more."""
    return exemplar.erased or not exemplar.nominee.name


def may_be_told(exemplar: Exemplar, withheld: Collection[NominationId]) -> bool:
    """Whether a document may name an exemplar: not declined, not erased, not taken down."""
    gone = is_erased(exemplar) or exemplar.state is ExemplarState.REMOVED
    return not gone and not is_withheld(exemplar, withheld)


async def find_told(session: Session, exemplar_id: int) -> Exemplar:
    """The exemplar, if a document may tell of it. Raises Gone, the same whether it is there or not."""
    exemplar = await exemplars.find_exemplar(session, exemplar_id)
    if exemplar is None or not may_be_told(exemplar, await process.list_withheld(session)):
        raise Gone("document.no_exemplar")
    return exemplar


async def list_dossiers(session: Session, me: Person, today: date) -> list[Exemplar]:
    """Whose dossiers somebody may have, the newest first. Raises NotAllowed.

    The secretariat: of everybody of whom documents may tell. A leader: of those who are public.
    """
    check_filer(me, today)
    found = await list_told(session)
    return found if me.has(Role.SECRETARIAT, today) else [one for one in found if one.is_public]


async def check_dossier(session: Session, me: Person, exemplar_id: int, today: date) -> Exemplar:
    """One of those. Raises NotAllowed and Gone."""
    check_filer(me, today)
    exemplar = await find_told(session, exemplar_id)
    if not (exemplar.is_public or me.has(Role.SECRETARIAT, today)):
        raise Gone("document.no_exemplar")
    return exemplar


async def list_told(session: Session) -> list[Exemplar]:
    """Every exemplar of which documents may tell, the newest first."""
    withheld = await process.list_withheld(session)
    standing = await exemplars.list_standing(session)
    return [one for one in reversed(standing) if may_be_told(one, withheld)]
