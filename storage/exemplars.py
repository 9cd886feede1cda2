"""Exemplars as rows: what will be published of them, who has agreed to it, and what has become of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.clock import from_us, to_us
from bot.domain.exemplars import Consent, Exemplar, ExemplarId, ExemplarState
from bot.domain.names import fold
from bot.domain.nominations import Kind, MovementId, NominationId
from bot.domain.people import PersonId, UnitId
from storage.database import Row, Session, each
from storage.nominations import read_nominee


@dataclass(frozen=True)
class NewExemplar:
    """An exemplar before it is a row; see `Exemplar`."""

    nomination_id: NominationId
    kind: Kind
    period: str
    text: str
    movement_id: MovementId | None = None
    field: str = ""
    representative_id: PersonId | None = None


@dataclass(frozen=True)
class ConsentNote:
    """What was asked or answered about publication; `entered_by` put it in from paper `paper_id`.

    `photo` (a Telegram file_id) is one that the person would rather have published.
    """

    text_version: int
    answer: Consent
    at: datetime
    note: str = ""
    photo: str | None = None
    person_id: PersonId | None = None
    entered_by: PersonId | None = None
    paper_id: int | None = None


async def add_exemplar(session: Session, new: NewExemplar, now: datetime) -> Exemplar:
    """Take a chosen nomination over; the one there is, where that has been done before."""
    row = await session.one(
        "exemplars.add",
        nomination_id=new.nomination_id,
        kind=new.kind.value,
        movement_id=new.movement_id,
        field=new.field,
        period=new.period,
        text=new.text,
        representative_id=new.representative_id,
        at=to_us(now),
    )
    assert row is not None  # noqa: S101 - an upsert always answers
    found = await find_exemplar(session, row["id"])
    assert found is not None  # noqa: S101 - it is there
    return found


async def find_exemplar(session: Session, exemplar_id: int) -> Exemplar | None:
    """The exemplar of that number."""
    row = await session.one("exemplars.get", id=exemplar_id)
    return read_exemplar(row) if row else None


async def find_by_nomination(session: Session, nomination_id: int) -> Exemplar | None:
    """What has become of a nomination."""
    row = await session.one("exemplars.find_by_nomination", nomination_id=nomination_id)
    return await find_exemplar(session, row["id"]) if row else None


async def list_exemplars(session: Session, ids: Sequence[int]) -> list[Exemplar]:
    """The exemplars of those numbers, in order of number."""
    rows = await session.all("exemplars.list_by_ids", ids=each(sorted(ids)))
    return [read_exemplar(row) for row in rows]


async def list_standing(session: Session) -> list[Exemplar]:
    """Every exemplar that has not been taken down, whether published or not."""
    return [read_exemplar(row) for row in await session.all("exemplars.list_standing")]


async def save_exemplar(session: Session, exemplar: Exemplar) -> Exemplar | None:
    """Give the row these values if it still is of `exemplar`'s version; answers it with the next one."""
    row = await session.one(
        "exemplars.save",
        id=exemplar.id,
        version=exemplar.version,
        text=exemplar.text,
        text_version=exemplar.text_version,
        photo=exemplar.photo,
        card=exemplar.card,
        card_version=exemplar.card_version,
        representative_id=exemplar.representative_id,
        consent=exemplar.consent.value,
        consent_version=exemplar.consent_version,
        consent_at=_us(exemplar.consent_at),
        state=exemplar.state.value,
        honoured_at=_us(exemplar.honoured_at),
        folded=_found_by(exemplar),
    )
    return replace(exemplar, version=row["version"]) if row else None


async def note_consent(session: Session, exemplar_id: ExemplarId, note: ConsentNote) -> None:
    """Keep what was asked or answered, as proof."""
    await session.run(
        "exemplars.note_consent",
        exemplar_id=exemplar_id,
        text_version=note.text_version,
        answer=note.answer.value,
        note=note.note,
        photo=note.photo,
        person_id=note.person_id,
        entered_by=note.entered_by,
        paper_id=note.paper_id,
        at=to_us(note.at),
    )


async def list_consents(session: Session, exemplar_id: ExemplarId) -> list[ConsentNote]:
    """What was asked and answered, in order."""
    rows = await session.all("exemplars.list_consents", exemplar_id=exemplar_id)
    return [
        ConsentNote(
            row["text_version"],
            Consent(row["answer"]),
            from_us(row["at"]),
            row["note"],
            row["photo"],
            _person(row["person_id"]),
            _person(row["entered_by"]),
            row["paper_id"],
        )
        for row in rows
    ]


async def list_nominators(session: Session, nomination_id: NominationId) -> list[PersonId]:
    """Who gave a reason for it that stands; not the nominee."""
    rows = await session.all("exemplars.list_nominators", nomination_id=nomination_id)
    return [PersonId(row["nominator_id"]) for row in rows]


async def list_answered_nominators(
    session: Session, unit_id: UnitId, periods: Sequence[str]
) -> list[tuple[NominationId, PersonId]]:
    """Who gave a reason that stands in the unit's months, by nomination; not the nominee."""
    rows = await session.all(
        "exemplars.list_answered_nominators", unit_id=unit_id, periods=each(list(periods))
    )
    return [(NominationId(row["nomination_id"]), PersonId(row["nominator_id"])) for row in rows]


async def list_photos(session: Session, nomination_id: NominationId) -> list[str]:
    """The photos (Telegram file_ids) that show the deed, in the order in which they came."""
    rows = await session.all("exemplars.list_photos", nomination_id=nomination_id)
    return list(dict.fromkeys(row["file_id"] for row in rows))


async def list_about(session: Session, person_id: PersonId) -> list[Exemplar]:
    """Those about whose publication the person is asked, or would be."""
    rows = await session.all("exemplars.list_about", person_id=person_id)
    return await list_exemplars(session, [row["id"] for row in rows]) if rows else []


def read_exemplar(row: Row) -> Exemplar:
    """The exemplar out of its columns joined with its nomination's, unit's, movement's and nominee's."""
    return Exemplar(
        id=ExemplarId(row["id"]),
        nomination_id=NominationId(row["nomination_id"]),
        nominee=read_nominee(row),
        unit_name=row["unit_name"],
        kind=Kind(row["kind"]),
        period=row["period"],
        text=row["text"],
        made_at=from_us(row["made_at"]),
        movement_id=MovementId(row["movement_id"]) if row["movement_id"] is not None else None,
        movement_name=row["movement_name"],
        field=row["field"],
        text_version=row["text_version"],
        photo=row["photo"],
        card=row["card"],
        card_version=row["card_version"],
        representative_id=_person(row["representative_id"]),
        consent=Consent(row["consent"]),
        consent_version=row["consent_version"],
        consent_at=_instant(row["consent_at"]),
        state=ExemplarState(row["state"]),
        version=row["version"],
        honoured_at=_instant(row["honoured_at"]),
        erased=row["erased_at"] is not None,
    )


def _found_by(exemplar: Exemplar) -> str:
    """The words it is found by, each between spaces: what is typed is one of them, or its beginning."""
    nominee = exemplar.nominee
    return f" {fold(f'{nominee.name} {nominee.post} {exemplar.unit_name} {exemplar.text}')} "


def _person(number: int | None) -> PersonId | None:
    return PersonId(number) if number is not None else None


def _us(at: datetime | None) -> int | None:
    return to_us(at) if at else None


def _instant(us: int | None) -> datetime | None:
    return from_us(us) if us is not None else None
