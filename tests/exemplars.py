"""An exemplar at each point of its life, for tests of what comes after: chosen, agreed, honoured."""

from dataclasses import replace
from datetime import datetime

from bot.clock import to_us
from bot.domain.exemplars import (
    Answer,
    AnswerState,
    Choice,
    Consent,
    Criterion,
    Exemplar,
    ExemplarState,
    Place,
)
from bot.domain.nominations import Kind, MovementId, NominationId, Nominee, NomineeKind, Reason
from bot.domain.people import UnitId
from bot.domain.periods import month_of
from bot.domain.roles import Role
from bot.domain.summary import CHOSEN
from bot.sandbox.media import store_upload
from bot.sandbox.params import Upload
from storage import choices, exemplars, nominations, people, units
from storage.database import Session
from storage.exemplars import ConsentNote, NewExemplar
from tests.office import PEOPLE, Office
from tests.phones import PICTURE

TEXT = "Ba tháng liền hướng dẫn người dân nộp hồ sơ trực tuyến, giảm một nửa thời gian chờ."


async def taken_over(
    office: Office,
    code: str = "lan2",
    *,
    nominator: str = "duc",
    name: str = "",
    text: str = TEXT,
    kind: Kind = Kind.EXEMPLAR,
    period: str = "",
    movement_id: int | None = None,
    field: str = "",
) -> Exemplar:
    """Nominated, chosen by the unit's head and accepted by the secretariat; nobody has been asked yet.

    Args:
        name: of a group or way of working of `code`'s unit, for which `code` speaks.
        period: the month; this one where it is not said.
    """
    now = office.clock()
    month = period or str(month_of(now, office.config.office.timezone))
    async with office.database.transaction() as session:
        person = await people.find_by_code(session, code)
        assert person is not None
        nominee = Nominee(NomineeKind.PERSON, person.full_name, person.unit_id, person.post, person.id)
        if name:
            nominee = Nominee(NomineeKind.GROUP, name, person.unit_id)
        joined = await nominations.join_or_add(session, nominee, month, now)
        giver = await people.find_by_code(session, nominator)
        assert giver is not None
        reason = Reason(text, kind, MovementId(movement_id) if movement_id else None, field=field)
        await nominations.add_endorsement(session, joined.id, giver.id, reason, now)
        await _choose(session, person.unit_id, month, joined.id, text, now)
        new = NewExemplar(joined.id, kind, month, text, reason.movement_id, field, person.id)
        return await exemplars.add_exemplar(session, new, now)


async def agreed(office: Office, code: str = "lan2", **how: object) -> Exemplar:
    """Taken over, with the picture made and the consent of who is asked; see `taken_over`."""
    exemplar = await taken_over(office, code, **how)  # type: ignore[arg-type]
    now = office.clock()
    async with office.database.transaction() as session:
        said = ConsentNote(exemplar.text_version, Consent.AGREED, now, person_id=exemplar.representative_id)
        await exemplars.note_consent(session, exemplar.id, said)
        saved = await exemplars.save_exemplar(
            session,
            replace(
                exemplar,
                consent=Consent.AGREED,
                consent_version=exemplar.text_version,
                consent_at=now,
                card=a_picture(office),
                card_version=exemplar.text_version,
            ),
        )
    assert saved is not None
    return saved


async def honoured(office: Office, code: str = "lan2", **how: object) -> Exemplar:
    """Public: agreed to, and honoured in the unit by the secretariat; see `taken_over`."""
    exemplar = await agreed(office, code, **how)
    now = office.clock()
    async with office.database.transaction() as session:
        clerk = await people.find_by_code(session, "hung")
        assert clerk is not None
        await session.execute(
            "insert into honours (exemplar_id, place, text_version, person_id, at) values "  # noqa: S608 - numbers
            f"({exemplar.id}, '{Place.UNIT.value}', {exemplar.text_version}, {clerk.id}, {to_us(now)})"
        )
        saved = await exemplars.save_exemplar(
            session, replace(exemplar, state=ExemplarState.HONOURED, honoured_at=now)
        )
    assert saved is not None
    return saved


def a_picture(office: Office, content: bytes = PICTURE) -> str:
    """The file_id of a picture that Telegram knows."""
    sizes = store_upload(office.telegram.world, "photo", Upload("card.png", content, "image/png"))
    return str(sizes[-1]["file_id"])


async def the_exemplar(office: Office, exemplar_id: int) -> Exemplar:
    """An exemplar as it stands."""
    async with office.database.reading() as session:
        found = await exemplars.find_exemplar(session, exemplar_id)
    assert found is not None
    return found


async def _choose(
    session: Session, unit_id: UnitId, period: str, nomination_id: NominationId, reason: str, now: datetime
) -> None:
    """The unit's answer with one more chosen, accepted by the secretariat at once."""
    codes = {unit.id: unit.code for unit in await units.list_units(session)}
    head_code = next(row[0] for row in PEOPLE if row[3] == codes[unit_id] and Role.UNIT_HEAD in row[4])
    head, clerk = await people.find_by_code(session, head_code), await people.find_by_code(session, "hung")
    assert head is not None
    assert clerk is not None
    if await choices.find_answer(session, unit_id, period):  # accepted, so closed to operations
        await session.run(
            "choices.add",
            unit_id=unit_id,
            period=period,
            nomination_id=nomination_id,
            reason=reason,
            criteria="[]",
            person_id=head.id,
            at=to_us(now),
        )
        return
    choice = Choice(nomination_id, reason, frozenset(Criterion))
    given = Answer(unit_id, period, CHOSEN, head.id, now, choices=(choice,))
    answer = await choices.put_answer(session, given)
    assert answer is not None
    assert await choices.check_answer(session, answer, AnswerState.ACCEPTED, "", clerk.id, now)
