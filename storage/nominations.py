"""Nominations and the reasons people gave for them, as rows."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from bot.clock import from_us, to_us
from bot.domain.nominations import (
    Attachment,
    Endorsement,
    EndorsementId,
    Kind,
    Movement,
    MovementId,
    MovementKind,
    NominationId,
    Nominee,
    NomineeKind,
    Reason,
)
from bot.domain.people import PersonId, UnitId
from storage.database import Row, Session, each


class NoSuchEndorsement(LookupError):
    """There is no such row."""


@dataclass(frozen=True)
class Joined:
    """The nomination a reason was added to; `standing` counts the reasons it had before."""

    id: NominationId
    standing: int


@dataclass(frozen=True)
class StandingRow:
    """A reason that stands, with all that lists and exports say of it."""

    endorsement: Endorsement
    unit_code: str
    nominator_name: str
    nominator_code: str
    nominee_erased: bool


async def list_movements(session: Session) -> list[Movement]:
    """Every movement, ended ones too."""
    return [read_movement(row) for row in await session.all("nominations.list_movements")]


async def add_movement(
    session: Session, name: str, level: str, from_on: date | None, to_on: date | None
) -> None:
    """Put a movement on the list unless one of that name is there."""
    await session.run(
        "nominations.add_movement",
        name=name,
        level=level,
        from_on=from_on.isoformat() if from_on else None,
        to_on=to_on.isoformat() if to_on else None,
    )


async def join_or_add(session: Session, nominee: Nominee, period: str, now: datetime) -> Joined:
    """The nomination of that nominee in that period, made if it is the first."""
    row = await session.one(
        "nominations.join_or_add",
        nominee_kind=nominee.kind.value,
        nominee_id=nominee.person_id,
        nominee_key=nominee.key,
        nominee_name=nominee.name,
        nominee_post=nominee.post,
        unit_id=nominee.unit_id,
        period=period,
        at=to_us(now),
    )
    assert row is not None  # noqa: S101 - an upsert always answers
    counted = await session.one("nominations.count_reasons", nomination_id=row["id"])
    return Joined(NominationId(row["id"]), counted["n"] if counted else 0)


async def add_endorsement(
    session: Session, nomination_id: NominationId, nominator_id: PersonId, reason: Reason, now: datetime
) -> EndorsementId:
    """Add a first reason of this nominator."""
    row = await session.one(
        "nominations.add_endorsement",
        nomination_id=nomination_id,
        nominator_id=nominator_id,
        at=to_us(now),
        **_reason_values(reason),
    )
    assert row is not None  # noqa: S101 - an insert always answers
    endorsement_id = EndorsementId(row["id"])
    await _put_evidence(session, endorsement_id, reason.evidence)
    return endorsement_id


async def change_endorsement(
    session: Session,
    before: Endorsement,
    reason: Reason,
    act: str,
    now: datetime,
    *,
    sent_again: bool = False,
) -> None:
    """Put another reason in place of one, which is kept as a revision; `act` says what was done."""
    await add_revision(session, before, act, now)
    await session.run(
        "nominations.change_endorsement",
        id=before.id,
        sent_at=to_us(now if sent_again else before.sent_at),
        changed_at=to_us(now),
        **_reason_values(reason),
    )
    await session.run("nominations.drop_evidence", endorsement_id=before.id)
    await _put_evidence(session, before.id, reason.evidence)


async def withdraw(session: Session, endorsement: Endorsement, act: str, now: datetime) -> None:
    """The reason no longer stands; it is kept."""
    await add_revision(session, endorsement, act, now)
    await session.run("nominations.withdraw", id=endorsement.id, at=to_us(now))


async def add_revision(session: Session, before: Endorsement, act: str, now: datetime) -> None:
    """Keep what a reason was before something is done to it."""
    await session.run(
        "nominations.add_revision",
        endorsement_id=before.id,
        act=act,
        before=json.dumps(asdict(before.reason), ensure_ascii=False),
        at=to_us(now),
    )


async def list_revisions(session: Session, endorsement_id: EndorsementId) -> list[tuple[str, datetime]]:
    """What was done to a reason, and when, oldest first."""
    rows = await session.all("nominations.list_revisions", endorsement_id=endorsement_id)
    return [(row["act"], from_us(row["at"])) for row in rows]


async def last_revision(session: Session, endorsement_id: EndorsementId) -> tuple[str, str] | None:
    """What was done last to a reason, and the reason before it as JSON; None if nothing was."""
    row = await session.one("nominations.last_revision", endorsement_id=endorsement_id)
    return (row["act"], row["before"]) if row else None


async def restore(session: Session, now_is: Endorsement, reason: Reason, now: datetime) -> None:
    """Put back what a reason was before its last change."""
    await change_endorsement(session, now_is, reason, "undone", now)


async def get_endorsement(session: Session, endorsement_id: EndorsementId) -> Endorsement:
    """One reason with its evidence. Raises NoSuchEndorsement."""
    row = await session.one("nominations.get_endorsement", id=endorsement_id)
    if row is None:
        raise NoSuchEndorsement(endorsement_id)
    return (await _with_evidence(session, [_endorsement(row)]))[0]


async def find_endorsement(
    session: Session, nominator_id: PersonId, nominee_key: str, period: str
) -> Endorsement | None:
    """The nominator's own reason for that nominee in that period, withdrawn ones too."""
    row = await session.one(
        "nominations.find_endorsement", nominator_id=nominator_id, nominee_key=nominee_key, period=period
    )
    return (await _with_evidence(session, [_endorsement(row)]))[0] if row else None


async def list_by_nominator(
    session: Session, nominator_id: PersonId, *, skip: int = 0, most: int = 1_000_000
) -> list[Endorsement]:
    """What the nominator sent, newest first."""
    rows = await session.all("nominations.list_by_nominator", nominator_id=nominator_id, skip=skip, most=most)
    return await _with_evidence(session, [_endorsement(row) for row in rows])


async def count_by_nominator(session: Session, nominator_id: PersonId) -> int:
    """How many reasons the nominator has sent."""
    row = await session.one("nominations.count_by_nominator", nominator_id=nominator_id)
    return int(row["n"]) if row else 0


async def list_standing(
    session: Session,
    from_period: str,
    to_period: str,
    *,
    unit_id: UnitId | None = None,
) -> list[StandingRow]:
    """Reasons that stand in the months between two (both included) in the order in which they came."""
    rows = await session.all(
        "nominations.list_standing",
        from_period=from_period,
        to_period=to_period,
        unit_id=unit_id or 0,
    )
    return await _standing(session, rows)


async def list_for_unit(
    session: Session, unit_id: UnitId, from_period: str, to_period: str
) -> list[StandingRow]:
    """The same of one unit: what its head reads."""
    rows = await session.all(
        "nominations.list_for_unit", unit_id=unit_id, from_period=from_period, to_period=to_period
    )
    return await _standing(session, rows)


async def _standing(session: Session, rows: Sequence[Row]) -> list[StandingRow]:
    read = [replace(_endorsement(row), nomination_id=NominationId(row["root_id"])) for row in rows]
    found = await _with_evidence(session, read)
    return [
        StandingRow(
            endorsement,
            row["unit_code"],
            row["nominator_name"],
            row["nominator_code"],
            row["nominee_erased_at"] is not None,
        )
        for row, endorsement in zip(rows, found, strict=True)
    ]


async def open_nominations(session: Session, unit_id: UnitId, period: str, now: datetime) -> None:
    """The head has seen the unit's nominations of a month."""
    await session.run("nominations.open_nominations", unit_id=unit_id, period=period, at=to_us(now))


async def count_for_unit(session: Session, unit_id: UnitId, period: str) -> int:
    """How many nominees a unit has in a month."""
    row = await session.one("nominations.count_for_unit", unit_id=unit_id, period=period)
    return int(row["n"]) if row else 0


async def hold_unit(session: Session, unit_id: UnitId) -> None:
    """Until the transaction ends, nobody else nominates in the unit or answers for it."""
    await session.one("nominations.hold_unit", unit_id=unit_id)


async def list_answered(session: Session, unit_id: UnitId) -> frozenset[str]:
    """The periods for which the unit has answered."""
    rows = await session.all("nominations.list_answered", unit_id=unit_id)
    return frozenset(row["period"] for row in rows)


async def list_answers(session: Session, period: str) -> dict[UnitId, str]:
    """What each unit that answered for the period said."""
    rows = await session.all("nominations.list_answers", period=period)
    return {UnitId(row["unit_id"]): row["answer"] for row in rows}


async def add_answer(
    session: Session,
    unit_id: UnitId,
    period: str,
    answer: str,
    reason: str,
    person_id: PersonId,
    now: datetime,
) -> bool:
    """Keep a unit's answer; False if it has one already."""
    row = await session.one(
        "nominations.add_answer",
        unit_id=unit_id,
        period=period,
        answer=answer,
        reason=reason,
        person_id=person_id,
        at=to_us(now),
    )
    return row is not None


async def rename_nominee(session: Session, nomination_id: int, name: str, key: str) -> None:
    """A group or way of working is called otherwise."""
    await session.run("nominations.rename_nominee", id=nomination_id, nominee_name=name, nominee_key=key)


async def erase_person(session: Session, person_id: PersonId, about: Sequence[int], now: datetime) -> None:
    """Empty what was written about a person, and what they wrote that no head has opened yet.

    `about` are the nominations of the person and those that are read as part of them.
    """
    ids = each(about)
    await session.run("nominations.erase_revisions", person_id=person_id, ids=ids)
    await session.run("nominations.erase_evidence", person_id=person_id, ids=ids)
    await session.run("nominations.erase_stories_about", ids=ids)
    await session.run("nominations.erase_stories_by", person_id=person_id, at=to_us(now))
    await session.run("nominations.erase_nominee", person_id=person_id)


async def _put_evidence(
    session: Session, endorsement_id: EndorsementId, evidence: Iterable[Attachment]
) -> None:
    for attachment in evidence:
        await session.run("nominations.add_evidence", endorsement_id=endorsement_id, **asdict(attachment))


async def _with_evidence(session: Session, endorsements: Sequence[Endorsement]) -> list[Endorsement]:
    if not endorsements:
        return []
    found: dict[int, list[Attachment]] = {}
    for row in await session.all("nominations.list_evidence", ids=each([e.id for e in endorsements])):
        attachment = Attachment(row["kind"], row["file_id"], row["file_unique_id"], row["name"], row["size"])
        found.setdefault(row["endorsement_id"], []).append(attachment)
    return [replace(e, reason=replace(e.reason, evidence=tuple(found.get(e.id, ())))) for e in endorsements]


def _reason_values(reason: Reason) -> dict[str, object]:
    return {
        "kind": reason.kind.value,
        "movement_id": reason.movement_id,
        "story": reason.story,
        "result": reason.result,
        "spread": reason.spread,
        "lesson": reason.lesson,
        "field": reason.field,
        "deed_period": reason.deed_period,
        "hide_name": int(reason.hide_name),
    }


def read_nominee(row: Row) -> Nominee:
    """The nominee out of a nomination's columns."""
    nominee_id = row["nominee_id"]
    return Nominee(
        NomineeKind(row["nominee_kind"]),
        row["nominee_name"],
        UnitId(row["unit_id"]),
        row["nominee_post"],
        PersonId(nominee_id) if nominee_id is not None else None,
    )


def _endorsement(row: Row) -> Endorsement:
    return Endorsement(
        id=EndorsementId(row["id"]),
        nomination_id=NominationId(row["nomination_id"]),
        nominator_id=PersonId(row["nominator_id"]),
        nominee=read_nominee(row),
        unit_name=row["unit_name"],
        period=row["period"],
        reason=Reason(
            story=row["story"],
            kind=Kind(row["kind"]),
            movement_id=MovementId(row["movement_id"]) if row["movement_id"] is not None else None,
            result=row["result"],
            spread=row["spread"],
            lesson=row["lesson"],
            field=row["field"],
            deed_period=row["deed_period"],
            hide_name=bool(row["hide_name"]),
        ),
        sent_at=from_us(row["sent_at"]),
        changed_at=_instant(row["changed_at"]),
        withdrawn_at=_instant(row["withdrawn_at"]),
        opened_at=_instant(row["opened_at"]),
        movement_name=row["movement_name"],
    )


def _instant(us: int | None) -> datetime | None:
    return from_us(us) if us is not None else None


def read_movement(row: Row) -> Movement:
    """The movement out of its columns."""
    return Movement(
        MovementId(row["id"]),
        row["name"],
        row["level"],
        date.fromisoformat(row["from_on"]) if row["from_on"] else None,
        date.fromisoformat(row["to_on"]) if row["to_on"] else None,
        MovementKind(row["kind"]),
        date.fromisoformat(row["ended_on"]) if row["ended_on"] else None,
        row["version"],
    )
