"""/binhchon, as a head uses it."""

from datetime import date

import pytest

from bot.domain.people import Post, UnitId
from bot.domain.roles import Role
from storage import access, nominations, people, units
from tests.nominating import KEPT, STORY, nominate
from tests.office import Office


async def unit_id(office: Office, code: str) -> UnitId:
    """The row of a unit."""
    async with office.database.reading() as session:
        return next(unit.id for unit in await units.list_units(session) if unit.code == code)


async def give(office: Office, who: str, role: Role, code: str, to_on: date | None = None) -> None:
    """Let somebody hold one more role for a unit, until a day."""
    person_id, unit = await office.person_id(who), await unit_id(office, code)
    async with office.database.transaction() as session:
        person = await people.get_person(session, person_id)
        await people.set_posts(session, person_id, [*person.posts, Post(role, unit, None, to_on)])


async def answers(office: Office, period: str) -> dict[UnitId, str]:
    """What the units have answered."""
    async with office.database.reading() as session:
        return await nominations.list_answers(session, period)


async def test_a_head_sees_nominees_with_their_reasons(office: Office):
    """The list has name, post, number and beginning of the reasons; the card has all of each, with names."""
    lan, mai, hoa = (office.phone(code) for code in ("lan", "mai", "hoa"))
    await nominate(lan, "anh Bùi Anh Tuấn")
    await nominate(
        mai,
        "anh Bùi Anh Tuấn",
        "đã tự nguyện trực thay đồng nghiệp suốt kỳ nghỉ lễ để người dân không phải chờ",
    )
    await hoa.send("/binhchon")
    assert "Phòng Tổng hợp, kỳ tháng 11/2026: 1 gương được đề cử" in hoa.screen
    assert "1. Bùi Anh Tuấn, Chuyên viên\nNgười tốt, việc tốt · 2 người đề cử" in hoa.screen
    assert "Đã ba tháng hướng dẫn" in hoa.screen
    await hoa.tap("Bùi Anh Tuấn")
    assert "1. Người đề cử: Nguyễn Thị Lan" in hoa.screen
    assert "2. Người đề cử: Lê Thị Mai" in hoa.screen
    assert KEPT in hoa.screen
    assert "trực thay đồng nghiệp" in hoa.screen
    await hoa.tap("Về danh sách")
    assert "1 gương được đề cử" in hoa.screen


async def test_a_head_sees_no_other_units_nominations(office: Office):
    """What is nominated elsewhere is not on the list."""
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    minh = office.phone("minh")
    await minh.send("/choose")
    assert "Phòng Nội chính, kỳ tháng 11/2026: chưa có đề cử nào." in minh.screen


async def test_many_nominees_come_five_a_page(office: Office):
    """The sixth is a page further, in the order in which they came."""
    lan = office.phone("lan")
    for name in ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu"):
        await nominate(lan, f"tập thể Tổ {name}, phòng Tổng hợp")
    hoa = office.phone("hoa")
    await hoa.send("/binhchon")
    assert "6 gương được đề cử" in hoa.screen
    assert "Tổ Năm" in hoa.screen
    assert "Tổ Sáu" not in hoa.screen
    await hoa.tap("Xem thêm ›")
    assert "Tổ Sáu" in hoa.screen
    assert "Tổ Một" not in hoa.screen


async def test_long_reasons_go_on_another_page(office: Office):
    """All that was written can be read, a phone's screen at a time."""
    for who in ("lan", "mai", "duc"):
        await nominate(
            office.phone(who), "anh Bùi Anh Tuấn", STORY + ". " + "Ai cũng khen ngợi. " * 70 + f"Hết {who}."
        )
    hoa = office.phone("hoa")
    await hoa.send("/binhchon")
    await hoa.tap("Bùi Anh Tuấn")
    read = [hoa.last.text]
    while "Xem thêm ›" in hoa.last.labels:
        await hoa.tap("Xem thêm ›")
        read.append(hoa.last.text)
    assert max(map(len, read)) < 1000
    assert [f"Hết {who}." in "".join(read) for who in ("lan", "mai", "duc")] == [True, True, True]
    await hoa.tap("‹ Trước")
    assert hoa.last.text == read[-2]


async def test_a_nominator_who_hides_their_name_is_not_named(office: Office):
    """Where the office allows it, the head reads the reason and not the name."""
    lan = office.phone("lan")
    await office.reconfigure(nominations=office.config.nominations.__class__(may_hide_name=True))
    await lan.send(f"Đề cử anh Bùi Anh Tuấn, vì {STORY}")
    await lan.tap("Sửa")
    await lan.tap("Ẩn tên tôi với thủ trưởng")
    await lan.tap("Gửi")
    hoa = office.phone("hoa")
    await hoa.send("/binhchon")
    await hoa.tap("Bùi Anh Tuấn")
    assert "1. Người đề cử: không nêu tên" in hoa.screen
    assert "Nguyễn Thị Lan" not in hoa.screen


async def test_nobody_this_time_is_asked_kept_and_final(office: Office):
    """A confirmation says what it means; then the answer stands, and new nominations go to the next month."""
    lan, hoa = office.phone("lan"), office.phone("hoa")
    await nominate(lan, "anh Bùi Anh Tuấn")
    await hoa.send("/binhchon")
    await hoa.tap("Kỳ này không có gương")
    assert "có 1 gương được đề cử trong kỳ tháng 11/2026. Đồng chí xác nhận" in hoa.screen
    assert await answers(office, "2026-11") == {}
    sure = hoa.last.raw["buttons"][0][0]["data"]
    await hoa.tap("Xác nhận, không nêu lý do")
    assert "Đã ghi nhận: Phòng Tổng hợp không có gương trong kỳ tháng 11/2026" in hoa.screen
    assert await answers(office, "2026-11") == {await unit_id(office, "TH"): "none"}
    await hoa.tap_data(sure)
    assert hoa.toast == "Đơn vị đã trả lời cho kỳ này rồi."
    await hoa.tap("Về danh sách")
    assert "Đề cử mới được tính cho kỳ tháng 12/2026" in hoa.screen
    assert "Kỳ này không có gương" not in hoa.last.labels
    await nominate(office.phone("mai"), "anh Bùi Anh Tuấn")
    assert "kỳ tháng 12/2026" in office.phone("mai").screen


@pytest.mark.parametrize("who", ["lan", "chanh", "tuan"])
async def test_who_heads_nothing_is_told_so(office: Office, who):
    """Neither an employee nor a leader answers for a unit, not by a forged button either."""
    phone, unit = office.phone(who), await unit_id(office, "TH")
    await nominate(office.phone("mai"), "chị Võ Thị Hoa")
    await phone.send("/binhchon")
    assert "dành cho thủ trưởng đơn vị" in phone.screen
    for act in ("list", "none", "none_sure"):
        await phone.tap_data(f"h:{unit}:0:{act}:2026-11")
        assert "Võ Thị Hoa" not in phone.screen
    await phone.tap_data(f"h:{unit}:0:card:2026-11.1")
    assert "Võ Thị Hoa" not in phone.screen
    assert await answers(office, "2026-11") == {}
    async with office.database.reading() as session:
        (row,) = await nominations.list_standing(session, "2026-11", "2026-11")
    assert row.endorsement.opened_at is None


async def test_a_head_of_one_unit_does_not_answer_for_another(office: Office):
    """The unit in a button is a claim: the head of NC forges TH."""
    minh, unit = office.phone("minh"), await unit_id(office, "TH")
    await minh.send("/binhchon")
    await minh.tap_data(f"h:{unit}:0:none_sure:2026-11")
    assert "Mục này dành cho" in (minh.toast or "")
    assert await answers(office, "2026-11") == {}


@pytest.mark.parametrize(
    "data",
    ["h:{th}:0:none_sure:2026-12", "h:{th}:0:none_sure:2026", "h:{th}:0:none_sure:", "h:{th}:0:what:2026-11",
     "h:{th}:0:card:2026-11.99", "h:{th}:0:card:2026-11", "h:{th}:0:list:../../etc", "h:0:0:list:2026-11"],
)  # fmt: skip
async def test_forged_buttons_of_a_head_change_nothing(office: Office, data):
    """A month to come, no month, no such nominee, no such act: a word why, and no answer is kept."""
    hoa = office.phone("hoa")
    await hoa.send("/binhchon")
    await hoa.tap_data(data.format(th=await unit_id(office, "TH")))
    assert hoa.answered
    assert await answers(office, "2026-12") == {}
    assert await answers(office, "2026-11") == {}


async def test_a_deputy_acts_while_appointed(office: Office):
    """An acting deputy sees and answers until the last day; a button pressed the day after is refused."""
    tuan = office.phone("tuan")
    await give(office, "tuan", Role.DEPUTY, "TH", to_on=date(2026, 11, 18))
    await tuan.send("/binhchon")
    await tuan.tap("Kỳ này không có gương")
    office.clock.turn(days=1)
    await tuan.tap("Xác nhận, không nêu lý do")
    assert "Mục này dành cho" in (tuan.toast or "")
    assert await answers(office, "2026-11") == {}


async def test_who_heads_several_units_chooses_one_first(office: Office):
    """The units are buttons; each leads to its own list."""
    hoa = office.phone("hoa")
    await give(office, "hoa", Role.DEPUTY, "NC")
    await hoa.send("/binhchon")
    assert "phụ trách nhiều đơn vị" in hoa.screen
    await hoa.tap("Phòng Nội chính")
    assert "Phòng Nội chính, kỳ tháng 11/2026" in hoa.screen


async def test_what_a_head_does_is_in_the_audit_log(office: Office):
    """Who opened and who answered, by numbers alone."""
    hoa = office.phone("hoa")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    await hoa.send("/binhchon")
    await hoa.tap("Kỳ này không có gương")
    await hoa.tap("Xác nhận, không nêu lý do")
    hoa_id, unit = await office.person_id("hoa"), await unit_id(office, "TH")
    async with office.database.reading() as session:
        lines = [line for line in await access.list_audit(session) if line["actor_id"] == hoa_id]
    told = [(line["act"], line["subject"], line["subject_id"], line["detail"]) for line in lines]
    assert told == [
        ("open_nominations", "unit", unit, "2026-11"),
        ("answer_none", "unit", unit, "2026-11"),
    ]


async def test_a_withdrawn_nominee_is_no_longer_there(office: Office):
    """An old button of a nominee nobody nominates any more says so."""
    lan, hoa = office.phone("lan"), office.phone("hoa")
    await nominate(lan, "anh Bùi Anh Tuấn")
    await hoa.send("/binhchon")
    await lan.tap("Hoàn tác (60 giây)")
    await hoa.tap("Bùi Anh Tuấn")
    assert "người đề cử đã rút" in (hoa.toast or "")
