"""Nominators hear of the outcome once a nomination: whether chosen, and never what was declined."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.exemplars import AnswerState, Consent
from bot.operations.answer_consent import answer_consent
from bot.operations.ask_consent import ask_consent
from bot.operations.prepare_exemplar import keep_card
from bot.operations.tell_nominators import tell_chosen
from storage import choices, people
from tests.exemplars import a_picture, taken_over
from tests.office import Office
from tests.posting import everybody, pass_time, said


async def told(office: Office, unit_code: str = "lan2", period: str = "2026-11") -> None:
    """The unit's answer is accepted (again), and everybody has heard."""
    async with office.database.transaction() as session:
        person = await people.find_by_code(session, unit_code)
        assert person is not None
        answer = await choices.find_answer(session, person.unit_id, period)
        assert answer is not None
        await tell_chosen(session, answer, office.clock())
    await pass_time(office, minutes=1)


async def test_chosen_and_not_chosen(office):
    """Each nominator reads of the own nomination alone, once, however often it is told."""
    phones = everybody(office)
    await taken_over(office, "lan2", nominator="duc")
    await phones["tuan"].send(
        "Đề cử anh Đức, phòng Nội chính, vì ba tháng liền hướng dẫn người dân nộp hồ sơ trực tuyến."
    )
    await phones["tuan"].tap("Gửi")
    before = len(said(phones["tuan"]))
    async with office.database.transaction() as session:
        await session.execute("update nominations set period = '2026-11'")
    await told(office)
    await told(office)
    assert [text for text in said(phones["duc"]) if "đã chọn Nguyễn Thị Lan" in text] == said(phones["duc"])
    assert len(said(phones["duc"])) == 1
    heard = said(phones["tuan"])[before:]
    assert len(heard) == 1
    assert "kỳ này chưa được chọn" in heard[0]
    assert said(phones["lan2"]) == []


async def test_nobody_chosen(office):
    """Where the unit chose nobody, the nomination was noted all the same."""
    phones = everybody(office)
    await taken_over(office, "lan2", nominator="duc")
    async with office.database.transaction() as session:
        await session.execute("delete from choices")
        await session.execute("update unit_answers set answer = 'none'")
    await told(office)
    assert "chưa chọn gương nào" in said(phones["duc"])[0]


async def test_who_has_declined_was_noted_and_no_more(office):
    """The word goes in working hours; declined before that, it says only that the nomination was noted."""
    phones = everybody(office)
    exemplar = await taken_over(office, "lan2", nominator="duc")
    office.clock.turn(hours=14)
    await told(office)
    assert said(phones["duc"]) == [], "not at night"
    async with office.database.transaction() as session:
        clerk = await people.find_by_code(session, "hung")
        assert clerk is not None
        drawn = await keep_card(session, exemplar, a_picture(office))
        assert drawn is not None
        asked = await ask_consent(session, clerk, drawn, office.config, office.clock())
        assert asked.representative_id is not None
        now = office.clock() + timedelta(minutes=1)
        await answer_consent(session, asked, Consent.DECLINED, asked.representative_id, now)
    await pass_time(office, hours=12)
    assert len(said(phones["duc"])) == 1
    assert "đã được đơn vị ghi nhận" in said(phones["duc"])[0]
    assert "chọn" not in said(phones["duc"])[0]


async def test_an_answer_not_accepted_tells_nothing(office):
    """What is looked at when the word is sent is how things stand then."""
    phones = everybody(office)
    exemplar = await taken_over(office, "lan2", nominator="duc")
    async with office.database.transaction() as session:
        answer = await choices.find_answer(session, exemplar.nominee.unit_id, exemplar.period)
        assert answer is not None
        await tell_chosen(session, replace(answer, state=AnswerState.ACCEPTED), office.clock())
        await session.execute("update unit_answers set state = 'given'")
    await pass_time(office, minutes=1)
    assert said(phones["duc"]) == []
