"""A unit's choice that came on paper: entered in the head's name, who is told and may change it."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.exemplars import Answer, AnswerState
from bot.domain.paper import Subject
from bot.domain.people import Post, UnitId
from bot.domain.roles import Role
from storage import choices, papers, people, units
from tests.conftest import office_config
from tests.nominating import nominate
from tests.office import Office
from tests.phones import Phone

REASON = "Tận tụy với người dân, cả phòng học theo."


@pytest.fixture
def config():
    """Two may be chosen for a period."""
    config = office_config()
    return replace(config, choosing=replace(config.choosing, most=2))


@pytest.fixture
def hung(office):
    """The secretariat's phone."""
    return office.phone("hung")


async def unit_id(office: Office, code: str) -> UnitId:
    async with office.database.reading() as session:
        return next(unit.id for unit in await units.list_units(session) if unit.code == code)


async def answer_of(office: Office, code: str, period: str = "2026-11") -> Answer | None:
    of = await unit_id(office, code)
    async with office.database.reading() as session:
        return await choices.find_answer(session, of, period)


async def begin(hung: Phone, unit: str = "Phòng Nội chính") -> None:
    """November's choice of a unit on a sheet of today, up to whom it chose."""
    await hung.send("/nhapgiay")
    await hung.tap("Kết quả lựa chọn của đơn vị")
    await hung.tap(unit)
    await hung.tap("tháng 11/2026")
    await hung.tap("Hôm nay")
    await hung.photo()


async def test_a_choice_is_entered_in_the_heads_name(office, hung):
    """Whom, the criteria, why; the head is told what was entered, and the sheet is kept."""
    minh = office.phone("minh")
    await nominate(office.phone("tuan"), "Đỗ Minh Đức")
    await begin(hung)
    await hung.tap("Đỗ Minh Đức")
    await hung.tap("Xong (1)")
    await hung.tap("Đạt cả ba tiêu chí")
    await hung.send(REASON)
    assert "Phạm Quang Minh, Trưởng phòng" in hung.screen
    assert f"Đỗ Minh Đức: {REASON}" in hung.screen
    await hung.tap("Ghi nhận")
    assert "Đã ghi nhận kết quả lựa chọn của Phòng Nội chính" in hung.screen
    answer = await answer_of(office, "NC")
    assert answer is not None
    assert (answer.person_id, answer.choices[0].reason) == (await office.person_id("minh"), REASON)
    assert "đã nhập kết quả lựa chọn của Phòng Nội chính" in minh.last.text
    assert "Đỗ Minh Đức" in minh.last.text
    await minh.tap("Xem")
    of = await unit_id(office, "NC")
    async with office.database.reading() as session:
        (paper,) = await papers.list_papers(session, Subject.ANSWER, of, "2026-11")
    assert (paper.person_name, paper.clerk_name) == ("Phạm Quang Minh", "Trần Văn Hùng")


async def test_the_sheet_is_shown_where_the_answer_is_checked(office, hung):
    """The desk's card says that it came on paper, and its photo is a tap away; for the secretariat alone."""
    await begin(hung)
    await hung.tap("Phiếu ghi: kỳ này không có gương")
    await hung.tap("Phiếu không ghi lý do")
    await hung.tap("Ghi nhận")
    of = await unit_id(office, "NC")
    await hung.tap_data(f"ck:{of}:0:card:2026-11")
    assert "Theo phiếu giấy ngày 18/11/2026 của Phạm Quang Minh" in hung.screen
    await hung.tap("Xem phiếu giấy ngày 18/11/2026")
    assert hung.last.raw["photo"]
    lan = office.phone("lan")
    await lan.start()
    await lan.tap_data("pp:1:0:sheet:")
    assert "bộ phận thư ký" in (lan.toast or "")


async def test_several_are_chosen_each_with_a_reason(office, hung):
    """Ticks go on and off; a third is refused; each of the two is asked for."""
    for whom in ("Đỗ Minh Đức", "Phạm Quang Minh", "Nguyễn Thị Lan, phòng Nội chính"):
        await nominate(office.phone("tuan"), whom)
    await begin(hung)
    await hung.tap("Đỗ Minh Đức")
    await hung.tap("✓ Đỗ Minh Đức")
    await hung.tap("Phạm Quang Minh")
    await hung.tap("Nguyễn Thị Lan")
    await hung.tap("Đỗ Minh Đức")
    assert "nhiều nhất 2" in (hung.toast or "")
    await hung.tap("Xong (2)")
    await hung.tap("Đạt cả ba tiêu chí")
    await hung.send("x" * 301)
    assert "không quá 300" in hung.screen
    await hung.send("Lý do một.")
    await hung.send("Lý do hai.")
    await hung.tap("Sửa")
    await hung.tap("Lý do")
    await hung.send("Lý do ba.")
    await hung.tap("Quay lại")
    await hung.send("Lý do bốn.")
    await hung.send("Lý do hai.")
    await hung.tap("Ghi nhận")
    answer = await answer_of(office, "NC")
    assert answer is not None
    assert sorted(choice.reason for choice in answer.choices) == ["Lý do bốn.", "Lý do hai."]


async def test_nobody_with_and_without_a_reason(office, hung):
    """The sheet may say that there is nobody, and why."""
    await begin(hung)
    assert "chưa có đề cử nào" in hung.screen
    await hung.tap("Phiếu ghi: kỳ này không có gương")
    await hung.send("Phòng đang sắp xếp lại.")
    await hung.tap("Ghi nhận")
    answer = await answer_of(office, "NC")
    assert answer is not None
    assert (answer.answer, answer.reason) == ("none", "Phòng đang sắp xếp lại.")
    await begin(hung, "Phòng Tổng hợp")
    await hung.tap("Phiếu ghi: kỳ này không có gương")
    await hung.tap("Phiếu không ghi lý do")
    await hung.tap("Ghi nhận")
    assert (await answer_of(office, "TH")) is not None


async def test_what_changed_meanwhile_is_asked_anew(office, hung):
    """The head answers while the sheet is entered: nothing is overwritten unseen."""
    minh = office.phone("minh")
    await nominate(office.phone("tuan"), "Đỗ Minh Đức")
    await begin(hung)
    await hung.tap("Phiếu ghi: kỳ này không có gương")
    await hung.tap("Phiếu không ghi lý do")
    await _answered(office, "NC", "minh")
    await hung.tap("Ghi nhận")
    assert "vừa được thay đổi ở nơi khác" in hung.screen
    await hung.tap("Đỗ Minh Đức")
    await hung.tap("Xong (1)")
    await hung.tap("Đạt cả ba tiêu chí")
    await hung.send(REASON)
    assert "thay kết quả đã có" in hung.screen
    await hung.tap("Ghi nhận")
    answer = await answer_of(office, "NC")
    assert answer is not None
    assert (answer.version, answer.answer) == (2, "chosen")
    assert minh.last.text


async def test_an_accepted_answer_is_not_offered_any_more(office, hung):
    """Neither is a closed period: it says so."""
    await _answered(office, "NC", "minh")
    async with office.database.transaction() as session:
        (answer,) = await choices.list_answers_of(session, ["2026-11"])
        hung_id = answer.person_id
        await choices.check_answer(session, answer, AnswerState.ACCEPTED, "", hung_id, office.clock())
    await hung.send("/nhapgiay")
    await hung.tap("Kết quả lựa chọn của đơn vị")
    await hung.send("noi chinh")
    assert "chưa nhận ra" in hung.screen.lower()
    await hung.send("NC")
    assert "tháng 11/2026" not in hung.last.labels


async def test_the_deputy_of_the_day_may_have_signed(office, hung):
    """With a head and an acting deputy it is asked who signed; nobody else is taken."""
    nc = await unit_id(office, "NC")
    duc = await office.person_id("duc")
    async with office.database.transaction() as session:
        posts = [Post(Role.EMPLOYEE, nc), Post(Role.DEPUTY, nc)]
        await people.set_posts(session, duc, posts)
    await hung.send("/nhapgiay")
    await hung.tap("Kết quả lựa chọn của đơn vị")
    await hung.tap("Phòng Nội chính")
    await hung.tap("tháng 11/2026")
    await hung.tap("Hôm nay")
    assert "Ai ký phiếu" in hung.screen
    await hung.send("Võ Thị Hoa")
    assert "không phải thủ trưởng" in hung.screen
    await hung.send("Đỗ Minh Đức")
    await hung.tap("Không có ảnh")
    await hung.tap("Phiếu ghi: kỳ này không có gương")
    await hung.tap("Phiếu không ghi lý do")
    await hung.tap("Ghi nhận")
    answer = await answer_of(office, "NC")
    assert answer is not None
    assert (answer.person_id, answer.for_id) == (duc, await office.person_id("minh"))


async def test_who_headed_the_unit_on_the_sheets_day_signed_it(office, hung):
    """A sheet from before the change of heads is in the name of the former one, who is told."""
    minh = office.phone("minh")
    nc, before, after = await unit_id(office, "NC"), *[await office.person_id(who) for who in ("minh", "duc")]
    yesterday = date(2026, 11, 17)
    async with office.database.transaction() as session:
        await people.set_posts(session, before, [Post(Role.UNIT_HEAD, nc, None, yesterday)])
        await people.set_posts(session, after, [Post(Role.UNIT_HEAD, nc, date(2026, 11, 18), None)])
    await hung.send("/nhapgiay")
    await hung.tap("Kết quả lựa chọn của đơn vị")
    await hung.tap("Phòng Nội chính")
    await hung.tap("tháng 11/2026")
    await hung.tap("Hôm qua")
    await hung.tap("Không có ảnh")
    await hung.tap("Phiếu ghi: kỳ này không có gương")
    await hung.tap("Phiếu không ghi lý do")
    assert "Phạm Quang Minh" in hung.screen
    await hung.tap("Sửa")
    await hung.tap("Ngày ghi phiếu")
    await hung.tap("Hôm nay")
    assert "Đỗ Minh Đức" in hung.screen
    await hung.tap("Sửa")
    await hung.tap("Ngày ghi phiếu")
    await hung.tap("Hôm qua")
    await hung.tap("Ghi nhận")
    answer = await answer_of(office, "NC")
    assert answer is not None
    assert (answer.person_id, answer.for_id) == (before, None)
    assert "Kỳ này không có gương" in minh.last.text
    assert minh.last.labels == []


async def test_a_unit_without_a_head_cannot_have_signed(office, hung):
    """It says what to do; what is entered so far is kept."""
    nc, minh = await unit_id(office, "NC"), await office.person_id("minh")
    async with office.database.transaction() as session:
        await people.set_posts(session, minh, [Post(Role.EMPLOYEE, nc)])
    await hung.send("/nhapgiay")
    await hung.tap("Kết quả lựa chọn của đơn vị")
    await hung.tap("Phòng Nội chính")
    await hung.tap("tháng 11/2026")
    await hung.tap("Hôm nay")
    assert "/nhansu" in hung.screen


async def _answered(office: Office, unit: str, head: str) -> None:
    """The head has said that there is nobody."""
    of, person_id = await unit_id(office, unit), await office.person_id(head)
    async with office.database.transaction() as session:
        answer = Answer(of, "2026-11", "none", person_id, office.clock())
        assert await choices.put_answer(session, answer)
