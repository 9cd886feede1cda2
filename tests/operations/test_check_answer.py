"""What becomes of a chosen nomination when the secretariat takes a unit's answer over."""

from datetime import timedelta

import pytest

from bot.domain.errors import Gone, NotAllowed, Refused
from bot.domain.exemplars import AnswerState, Exemplar
from bot.domain.nominations import Kind, NominationId
from bot.domain.people import UnitId
from bot.domain.periods import Period, read_period
from bot.operations.check_answer import accept_answer, correct_reason, return_answer
from bot.operations.erase_person import erase_person
from storage import choices, entries, nominations, notices, people
from storage.database import Session
from tests.answering import MONTH, WHY, answered, nominated, the_answer, unit_of
from tests.office import Office

ACTORS = ("lan", "hoa", "minh", "chanh")
"""An employee, the head who answered, another head, a leader."""


def month() -> Period:
    """November 2026."""
    found = read_period(MONTH)
    assert found is not None
    return found


async def accepted(office: Office, code: str = "hung", version: int = 1) -> list[Exemplar]:
    """Somebody accepts the answer of TH."""
    unit_id = await unit_of(office, "TH")
    async with office.database.transaction() as session:
        me = await people.find_by_code(session, code)
        assert me is not None
        return await accept_answer(session, me, unit_id, month(), version, office.config, office.clock())


async def test_what_was_merged_is_read_with_the_other_and_the_others_first_reason_counts(office: Office):
    """The exemplar is the nomination that was kept, of its own first reason's kind."""
    part = await nominated(office, "chanh", kind=Kind.NEW_MODEL)
    office.clock.turn(minutes=5)
    kept = await nominated(office, "tuan", kind=Kind.NEW_FACTOR, by=("lan", "duc"))
    async with office.database.transaction() as session:
        await entries.set_merged(session, part, kept)
    await answered(office, "hoa", kept)
    (exemplar,) = await accepted(office)
    assert (exemplar.nomination_id, exemplar.kind) == (kept, Kind.NEW_FACTOR)


async def test_a_reason_taken_back_after_the_choice_leaves_the_kind(office: Office):
    """The nominator undoes within minutes what the head has chosen already: the exemplar is there."""
    number = await nominated(office, "tuan", kind=Kind.GOOD_WAY)
    await answered(office, "hoa", number)
    async with office.database.transaction() as session:
        (row,) = await nominations.list_standing(session, MONTH, MONTH)
        await nominations.withdraw(session, row.endorsement, "undone", office.clock())
    (exemplar,) = await accepted(office)
    assert (exemplar.kind, exemplar.text) == (Kind.GOOD_WAY, WHY)


async def test_nobody_is_an_answer_that_is_accepted_too(office: Office):
    """No exemplar comes of it."""
    await answered(office, "hoa", reason="Chưa có")
    assert await accepted(office) == []
    assert (await the_answer(office, "TH")).state is AnswerState.ACCEPTED


async def test_an_accepted_answer_changes_no_more(office: Office):
    """Neither the unit nor the secretariat changes it."""
    number = await nominated(office, "tuan")
    await answered(office, "hoa", number)
    await accepted(office)
    with pytest.raises(Gone):
        await answered(office, "hoa", reason="Thôi")
    unit_id, at = await unit_of(office, "TH"), office.clock()
    async with office.database.transaction() as session:
        hung = await people.find_by_code(session, "hung")
        assert hung is not None
        for version in (1, 2):
            with pytest.raises(Gone):
                await return_answer(session, hung, unit_id, month(), version, "Sao?", office.config, at)
            with pytest.raises(Gone):
                await correct_reason(
                    session, hung, unit_id, month(), version, number, "Khác", office.config, at
                )
    assert (await the_answer(office, "TH")).choices[0].reason == WHY


@pytest.mark.parametrize("code", ACTORS)
async def test_only_the_secretariat_checks(office: Office, code: str):
    """Each of the three acts raises NotAllowed for everybody else, and nothing is changed."""
    number = await nominated(office, "tuan")
    before = await answered(office, "hoa", number)
    with pytest.raises(NotAllowed):
        await accepted(office, code)
    unit_id, at = await unit_of(office, "TH"), office.clock()
    async with office.database.transaction() as session:
        me = await people.find_by_code(session, code)
        assert me is not None
        with pytest.raises(NotAllowed):
            await return_answer(session, me, unit_id, month(), 1, "Sao?", office.config, at)
        with pytest.raises(NotAllowed):
            await correct_reason(session, me, unit_id, month(), 1, number, "Khác", office.config, at)
    assert await the_answer(office, "TH") == before


async def test_an_empty_or_long_question_is_refused_and_nobody_hears(office: Office):
    """What is typed is looked at before anything is sent."""
    await answered(office, "hoa", await nominated(office, "tuan"))
    unit_id = await unit_of(office, "TH")
    async with office.database.transaction() as session:
        for question in ("", " \u200b\n", "x" * 501):
            await _refused(session, office, unit_id, question)
        assert await notices.count_by_state(session) == {}


async def _refused(session: Session, office: Office, unit_id: UnitId, question: str) -> None:
    hung = await people.find_by_code(session, "hung")
    assert hung is not None
    with pytest.raises(Refused):
        await return_answer(session, hung, unit_id, month(), 1, question, office.config, office.clock())


async def test_a_correction_is_the_answers_next_version(office: Office):
    """Another clerk who has seen the old words does not accept the new ones unseen."""
    number = await nominated(office, "tuan")
    await answered(office, "hoa", number)
    unit_id = await unit_of(office, "TH")
    async with office.database.transaction() as session:
        hung = await people.find_by_code(session, "hung")
        assert hung is not None
        corrected = await correct_reason(
            session, hung, unit_id, month(), 1, number, "  Câu\nkhác ", office.config, office.clock()
        )
        with pytest.raises(Gone):
            await correct_reason(
                session, hung, unit_id, month(), 2, NominationId(99), "Khác", office.config, office.clock()
            )
    assert (corrected.version, corrected.choices[0].reason) == (2, "Câu khác")
    with pytest.raises(Gone):
        await accepted(office, version=1)
    (exemplar,) = await accepted(office, version=2)
    assert exemplar.text == "Câu khác"


async def test_a_question_that_has_been_answered_is_not_delivered(office: Office):
    """The unit changes its answer before the notice goes out: the notice has become pointless."""
    number = await nominated(office, "tuan")
    await answered(office, "hoa", number)
    unit_id, hoa = await unit_of(office, "TH"), office.phone("hoa")
    async with office.database.transaction() as session:
        hung = await people.find_by_code(session, "hung")
        assert hung is not None
        told = await return_answer(session, hung, unit_id, month(), 1, "Sao?", office.config, office.clock())
    assert told == 1
    await answered(office, "hoa", number, reason="Rõ hơn")
    await office.settle()
    assert hoa.messages() == []


async def test_who_was_erased_meanwhile_is_accepted_without_a_name(office: Office):
    """The exemplar can never be published, and is not counted as waiting."""
    await answered(office, "hoa", await nominated(office, "tuan"))
    async with office.database.transaction() as session:
        tuan = await people.find_by_code(session, "tuan")
        assert tuan is not None
        await erase_person(session, tuan, office.clock().date(), office.clock())
        unit_answer = await choices.find_answer(session, tuan.unit_id, MONTH)
    assert unit_answer is not None
    (exemplar,) = await accepted(office, version=unit_answer.version)
    assert exemplar.erased
    assert not exemplar.may_be_published
    hung = office.phone("hung")
    await hung.send("/banlam")
    assert not any("Gương" in label for label in hung.last.labels)


async def test_the_question_is_asked_until_the_close_and_accepting_is_possible_after(office: Office):
    """A closed period keeps who was chosen; only its acceptance is still possible."""
    await answered(office, "hoa", await nominated(office, "tuan"))
    office.clock.at = office.config.timetable.closes_at(month()) + timedelta(hours=1)
    unit_id = await unit_of(office, "TH")
    async with office.database.transaction() as session:
        hung = await people.find_by_code(session, "hung")
        assert hung is not None
        with pytest.raises(Refused) as refused:
            await return_answer(session, hung, unit_id, month(), 1, "Sao?", office.config, office.clock())
    assert refused.value.message_id == "check.closed"
    assert len(await accepted(office)) == 1
