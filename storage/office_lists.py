"""The office's list of a quarter, half year or year, as rows: who is on it, and what is proposed for them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.clock import from_us, to_us
from bot.domain.exemplars import Consent, Exemplar, ExemplarState
from bot.domain.nominations import NominationId
from bot.domain.people import PersonId
from storage.database import Row, Session
from storage.exemplars import list_exemplars


class ListState(StrEnum):
    """Whether the office's list may still be changed."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class OfficeList:
    """The list of a period; `person_id` began it, closed it or opened it again at `at`."""

    period: str
    state: ListState
    person_id: PersonId
    at: datetime


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a unit chose for the period; `form` and `note` are what the office proposes."""

    exemplar: Exemplar
    by_unit: str
    reason: str
    chosen: bool = False
    form: str = ""
    note: str = ""

    @property
    def declined(self) -> bool:
        """Whether nothing of them may be published, or there is nobody any more."""
        exemplar = self.exemplar
        gone = exemplar.erased or exemplar.state is ExemplarState.REMOVED
        return gone or exemplar.consent is Consent.DECLINED

    @property
    def listed(self) -> bool:
        """Whether they are on the list as it stands."""
        return self.chosen and not self.declined


async def find_list(session: Session, period: str) -> OfficeList | None:
    """The list of a period; None where nobody has been put on it yet."""
    row = await session.one("office_lists.find", period=period)
    return _list(row) if row else None


async def list_lists(session: Session) -> list[OfficeList]:
    """Every list there is, the latest period first."""
    return [_list(row) for row in await session.all("office_lists.list_all")]


async def open_list(session: Session, period: str, person_id: PersonId, now: datetime) -> ListState:
    """Begin the list of a period, where there is none; answers how it stands."""
    row = await session.one("office_lists.open", period=period, person_id=person_id, at=to_us(now))
    assert row is not None  # noqa: S101 - an upsert always answers
    return ListState(row["state"])


async def set_state(
    session: Session, period: str, state: ListState, person_id: PersonId, now: datetime
) -> bool:
    """Close an open list, or open a closed one; False where that has been done already."""
    before = ListState.OPEN if state is ListState.CLOSED else ListState.CLOSED
    row = await session.one(
        "office_lists.set_state",
        period=period,
        before=before.value,
        state=state.value,
        person_id=person_id,
        at=to_us(now),
    )
    return row is not None


async def list_composable(session: Session) -> dict[str, int]:
    """The longer periods with accepted choices whose list is not closed, and how many were chosen."""
    return {row["period"]: row["n"] for row in await session.all("office_lists.list_composable")}


async def list_candidates(session: Session, period: str) -> list[Candidate]:
    """Everybody in the accepted choices of a period, by unit; one chosen twice stands there once."""
    rows = await session.all("office_lists.list_candidates", period=period)
    known = {one.id: one for one in await list_exemplars(session, [row["exemplar_id"] for row in rows])}
    found: dict[int, Candidate] = {}
    for row in rows:
        exemplar = known[row["exemplar_id"]]
        chosen = row["form"] is not None
        candidate = Candidate(
            exemplar, row["by_unit"], row["reason"], chosen, row["form"] or "", row["note"] or ""
        )
        found.setdefault(exemplar.id, candidate)
    return list(found.values())


async def put_on(
    session: Session, period: str, nomination_id: NominationId, person_id: PersonId, now: datetime
) -> None:
    """Put somebody on the list, once."""
    await session.run(
        "office_lists.put", period=period, nomination_id=nomination_id, person_id=person_id, at=to_us(now)
    )


async def take_off(session: Session, period: str, nomination_id: NominationId) -> None:
    """Somebody is not on the list any more, and what was proposed for them goes too."""
    await session.run("office_lists.drop", period=period, nomination_id=nomination_id)


async def set_words(
    session: Session,
    period: str,
    nomination_id: NominationId,
    form: str,
    note: str,
    person_id: PersonId,
    now: datetime,
) -> None:
    """What is proposed for somebody on the list, and a note."""
    await session.run(
        "office_lists.set_words",
        period=period,
        nomination_id=nomination_id,
        form=form,
        note=note,
        person_id=person_id,
        at=to_us(now),
    )


async def count_unchecked(session: Session, period: str) -> int:
    """How many units' answers for the period have not been accepted."""
    row = await session.one("office_lists.count_unchecked", period=period)
    return int(row["n"]) if row else 0


def _list(row: Row) -> OfficeList:
    return OfficeList(row["period"], ListState(row["state"]), PersonId(row["person_id"]), from_us(row["at"]))
