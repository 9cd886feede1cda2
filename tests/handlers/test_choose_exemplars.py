"""A head chooses exemplars: for a month, and for the longer periods from what the months chose."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.people import UnitId
from bot.domain.roles import Role
from storage import access, choices
from tests.handlers.test_choose import answers, give, unit_id
from tests.nominating import nominate
from tests.office import Office
from tests.phones import Phone

DECEMBER = datetime(2026, 12, 2, 3, tzinfo=UTC)
CLOSED = datetime(2026, 12, 8, 3, tzinfo=UTC)
"""November closes on the fifth working day of December, Monday the 7th."""
JANUARY = datetime(2027, 1, 6, 3, tzinfo=UTC)


async def choose(phone: Phone, name: str) -> None:
    """From the list on the screen to the choice kept."""
    await phone.tap(name)
    await phone.tap("Chọn gương này")
    await phone.tap("Đạt cả ba tiêu chí")


async def turn_to(office: Office, at: datetime) -> None:
    """Let the time pass, and all that falls due be sent."""
    office.clock.at = at
    await office.settle()


async def chosen(office: Office, unit: UnitId, period: str) -> int:
    """How many the unit has chosen."""
    async with office.database.reading() as session:
        return len(await choices.list_chosen(session, unit, period))


async def test_a_choice_is_confirmed_by_the_three_criteria_and_kept(office: Office):
    """The criteria are named before; after, the choice is a row, the unit's answer and a line of the log."""
    hoa, unit = office.phone("hoa"), await unit_id(office, "TH")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    await hoa.send("/binhchon")
    await hoa.tap("Bùi Anh Tuấn")
    await hoa.tap("Chọn gương này")
    assert "1. Tiêu biểu\n2. Có sức lan tỏa\n3. Có tác động tích cực" in hoa.screen
    assert await answers(office, "2026-11") == {}
    await hoa.tap("Quay lại")
    assert "Người đề cử: Nguyễn Thị Lan" in hoa.screen
    await hoa.tap("Chọn gương này")
    await hoa.tap("Đạt cả ba tiêu chí")
    assert "Phòng Tổng hợp chọn Bùi Anh Tuấn là gương tiêu biểu kỳ tháng 11/2026" in hoa.screen
    assert "đến hết ngày 07/12/2026" in hoa.screen
    assert await answers(office, "2026-11") == {unit: "chosen"}
    async with office.database.reading() as session:
        (number,) = await choices.list_chosen(session, unit, "2026-11")
        lines = [line for line in await access.list_audit(session) if line["act"] == "choose"]
    hoa_id = await office.person_id("hoa")
    assert [(line["actor_id"], line["subject"], line["subject_id"], line["detail"]) for line in lines] == [
        (hoa_id, "nomination", number, "2026-11")
    ]


async def test_several_can_be_chosen_and_the_list_marks_them(office: Office):
    """A second choice stands beside the first; a chosen one has ✓ and no button to choose it again."""
    lan, hoa, unit = office.phone("lan"), office.phone("hoa"), await unit_id(office, "TH")
    for name in ("Một", "Hai", "Ba"):
        await nominate(lan, f"tập thể Tổ {name}, phòng Tổng hợp")
    await hoa.send("/binhchon")
    await choose(hoa, "tập thể Tổ Hai")
    await hoa.tap("Về danh sách")
    assert hoa.last.labels == ["tập thể Tổ Một", "✓ tập thể Tổ Hai", "tập thể Tổ Ba"]
    assert "Đơn vị đã chọn 1 gương (✓). Có thể chọn thêm đến hết ngày 07/12/2026." in hoa.screen
    await turn_to(office, DECEMBER)
    await hoa.send("/binhchon")
    await hoa.tap_data(f"h:{unit}:0:list:2026-11")
    await choose(hoa, "tập thể Tổ Ba")
    await hoa.tap("Về danh sách")
    assert "✓ tập thể Tổ Hai" in hoa.last.labels
    assert "✓ tập thể Tổ Ba" in hoa.last.labels
    await hoa.tap("✓ tập thể Tổ Hai")
    assert "✓ Đơn vị đã chọn gương này cho kỳ tháng 11/2026." in hoa.screen
    assert "Chọn gương này" not in hoa.last.labels
    assert await chosen(office, unit, "2026-11") == 2


async def test_pressed_twice_it_is_chosen_once(office: Office):
    """The second press says that it is chosen already; the log has one line."""
    hoa, unit = office.phone("hoa"), await unit_id(office, "TH")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    await hoa.send("/binhchon")
    await hoa.tap("Bùi Anh Tuấn")
    await hoa.tap("Chọn gương này")
    sure = hoa.last.raw["buttons"][0][0]["data"]
    await hoa.tap("Đạt cả ba tiêu chí")
    await hoa.tap_data(sure)
    assert "đã chọn Bùi Anh Tuấn cho kỳ tháng 11/2026" in hoa.screen
    assert await chosen(office, unit, "2026-11") == 1
    async with office.database.reading() as session:
        assert [line["act"] for line in await access.list_audit(session)].count("choose") == 1


async def test_after_nobody_no_one_is_chosen_and_after_a_choice_nobody_is_not_said(office: Office):
    """A unit has one answer for a period: old buttons of the other way say so."""
    lan, hoa, unit = office.phone("lan"), office.phone("hoa"), await unit_id(office, "TH")
    await nominate(lan, "anh Bùi Anh Tuấn")
    await hoa.send("/binhchon")
    await hoa.tap("Bùi Anh Tuấn")
    await hoa.tap("Chọn gương này")
    sure = hoa.last.raw["buttons"][0][0]["data"]
    await hoa.tap_data(f"h:{unit}:0:none_sure:2026-11")
    await hoa.tap_data(sure)
    assert hoa.toast == "Đơn vị đã trả lời cho kỳ này rồi."
    await hoa.tap_data(sure.replace("chosen", "choose"))
    assert hoa.toast == "Đơn vị đã trả lời cho kỳ này rồi."
    await hoa.tap_data(sure.replace("chosen", "card"))
    assert "Chọn gương này" not in hoa.last.labels
    assert await chosen(office, unit, "2026-11") == 0
    minh, other = office.phone("minh"), await unit_id(office, "NC")
    await nominate(lan, "anh Đỗ Minh Đức")
    await minh.send("/binhchon")
    await choose(minh, "Đỗ Minh Đức")
    for act in ("none", "none_sure"):
        await minh.tap_data(f"h:{other}:0:{act}:2026-11")
        assert minh.toast == "Đơn vị đã trả lời cho kỳ này rồi."
    assert await answers(office, "2026-11") == {unit: "none", other: "chosen"}


async def test_a_closed_period_is_read_and_takes_no_answer(office: Office):
    """Behind the fifth working day of December nothing of November changes; the screen names the day."""
    hoa, unit = office.phone("hoa"), await unit_id(office, "TH")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    await hoa.send("/binhchon")
    await hoa.tap("Bùi Anh Tuấn")
    await hoa.tap("Chọn gương này")
    sure = hoa.last.raw["buttons"][0][0]["data"]
    await turn_to(office, CLOSED)
    for data in (sure, sure.replace("chosen", "choose"), f"h:{unit}:0:none:2026-11"):
        await hoa.tap_data(data)
        assert "Kỳ này đã đóng hết ngày 07/12/2026" in (hoa.toast or "")
    await hoa.tap_data(f"h:{unit}:0:none_sure:2026-11")
    assert await answers(office, "2026-11") == {}
    await hoa.tap_data(f"h:{unit}:0:list:2026-11")
    assert "Kỳ đã đóng hết ngày 07/12/2026." in hoa.screen
    assert "Kỳ này không có gương" not in hoa.last.labels
    await hoa.tap("Bùi Anh Tuấn")
    assert "Chọn gương này" not in hoa.last.labels


async def test_last_month_is_offered_until_it_closes(office: Office):
    """/binhchon opens this month, with a button for last month while it is open and unanswered."""
    hoa = office.phone("hoa")
    await turn_to(office, DECEMBER)
    await hoa.send("/binhchon")
    assert "kỳ tháng 12/2026" in hoa.screen
    await hoa.tap("Kỳ tháng 11/2026: chưa trả lời")
    assert "Phòng Tổng hợp, kỳ tháng 11/2026" in hoa.screen
    assert "Kỳ tháng 12/2026: chưa trả lời" in hoa.last.labels
    await hoa.tap("Kỳ này không có gương")
    await hoa.tap("Xác nhận: kỳ này không có gương")
    await hoa.send("/binhchon")
    assert hoa.last.labels == ["Kỳ này không có gương"]
    minh = office.phone("minh")
    await turn_to(office, CLOSED)
    await minh.send("/binhchon")
    assert minh.last.labels == ["Kỳ này không có gương"]


async def test_a_quarter_chooses_from_what_its_months_chose(office: Office):
    """In January the last quarter offers the months' choices alone, and closes on the 25th."""
    lan, hoa, unit = office.phone("lan"), office.phone("hoa"), await unit_id(office, "TH")
    await nominate(lan, "tập thể Tổ Một, phòng Tổng hợp")
    await nominate(lan, "tập thể Tổ Hai, phòng Tổng hợp")
    await hoa.send("/binhchon")
    await choose(hoa, "tập thể Tổ Một")
    await turn_to(office, DECEMBER)
    await nominate(lan, "tập thể Tổ Ba, phòng Tổng hợp")
    await hoa.send("/binhchon")
    await choose(hoa, "tập thể Tổ Ba")
    await turn_to(office, JANUARY)
    await hoa.send("/binhchon")
    await hoa.tap("Kỳ quý 4/2026: chưa trả lời")
    assert "Phòng Tổng hợp, kỳ quý 4/2026: 2 gương đã chọn trong các tháng" in hoa.screen
    assert hoa.last.labels[:2] == ["tập thể Tổ Một", "tập thể Tổ Ba"]
    await choose(hoa, "tập thể Tổ Ba")
    assert "chọn tập thể Tổ Ba là gương tiêu biểu kỳ quý 4/2026" in hoa.screen
    assert "đến hết ngày 25/01/2027" in hoa.screen
    assert await answers(office, "2026-Q4") == {unit: "chosen"}
    await hoa.send("/binhchon")
    await hoa.tap("Kỳ năm 2026: chưa trả lời")
    assert hoa.last.labels[:2] == ["tập thể Tổ Một", "tập thể Tổ Ba"]


async def test_nobody_for_a_quarter(office: Office):
    """Without a choice in its months a quarter offers nobody and takes that answer."""
    hoa, unit = office.phone("hoa"), await unit_id(office, "TH")
    await turn_to(office, JANUARY)
    await hoa.send("/binhchon")
    await hoa.tap("Kỳ quý 4/2026: chưa trả lời")
    assert "các tháng trong kỳ chưa chọn gương nào" in hoa.screen
    await hoa.tap("Kỳ này không có gương")
    assert "Đồng chí xác nhận Phòng Tổng hợp không có gương trong kỳ quý 4/2026?" in hoa.screen
    await hoa.tap("Xác nhận: kỳ này không có gương")
    assert "Đã ghi nhận: Phòng Tổng hợp không có gương trong kỳ quý 4/2026." in hoa.screen
    await hoa.tap("Về danh sách")
    assert "Đơn vị đã trả lời: kỳ này không có gương." in hoa.screen
    assert await answers(office, "2026-Q4") == {unit: "none"}


@pytest.mark.parametrize(
    ("period", "why"),
    [
        ("2026-12", "Kỳ này bắt đầu bình chọn từ ngày 01/12/2026."),
        ("2026-Q4", "Kỳ này bắt đầu bình chọn từ ngày 01/01/2027."),
        ("2026", "Kỳ này bắt đầu bình chọn từ ngày 01/01/2027."),
        ("2026-H1", "Kỳ này đã đóng hết ngày 24/07/2026"),
        ("2026-H2", "Nút này đã cũ"),
        ("2026-10", "Kỳ này đã đóng hết ngày 06/11/2026"),
    ],
)
async def test_a_period_that_takes_no_answer_is_refused(office: Office, period, why):
    """What has not begun, what is over, and the second half, which has no review of its own."""
    hoa, unit = office.phone("hoa"), await unit_id(office, "TH")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    await hoa.send("/binhchon")
    for act in ("none", "none_sure"):
        await hoa.tap_data(f"h:{unit}:0:{act}:{period}")
        assert why in (hoa.toast or "")
    await hoa.tap_data(f"h:{unit}:0:chosen:{period}.1")
    assert hoa.toast
    assert await answers(office, period) == {}
    assert await chosen(office, unit, period) == 0


async def test_a_quarter_the_office_does_not_keep_is_not_asked(office: Office):
    """Switched off in the configuration, it is neither offered nor taken from a forged button."""
    hoa, unit = office.phone("hoa"), await unit_id(office, "TH")
    await office.reconfigure(quarter=office.config.quarter.__class__(on=False))
    await turn_to(office, JANUARY)
    await hoa.send("/binhchon")
    assert "Kỳ quý 4/2026: chưa trả lời" not in hoa.last.labels
    await hoa.tap_data(f"h:{unit}:0:none_sure:2026-Q4")
    assert "Nút này đã cũ" in (hoa.toast or "")


async def test_nominees_of_another_unit_cannot_be_chosen(office: Office):
    """The number in a button is a claim: it must be one of the unit's own nominees of that period."""
    hoa, minh = office.phone("hoa"), office.phone("minh")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    await hoa.send("/binhchon")
    await hoa.tap("Bùi Anh Tuấn")
    await hoa.tap("Chọn gương này")
    sure = hoa.last.raw["buttons"][0][0]["data"]
    th, nc = await unit_id(office, "TH"), await unit_id(office, "NC")
    await minh.send("/binhchon")
    await minh.tap_data(sure)
    assert "Mục này dành cho" in (minh.toast or "")
    await minh.tap_data(sure.replace(f"h:{th}:", f"h:{nc}:"))
    assert "Đề cử này không còn" in (minh.toast or "")
    assert await answers(office, "2026-11") == {}


async def test_a_deputy_chooses_while_appointed(office: Office):
    """On the last day it holds, on the day after it does not."""
    tuan, unit = office.phone("tuan"), await unit_id(office, "TH")
    await give(office, "tuan", Role.DEPUTY, "TH", to_on=date(2026, 11, 18))
    for name in ("Một", "Hai"):
        await nominate(office.phone("lan"), f"tập thể Tổ {name}, phòng Tổng hợp")
    await tuan.send("/binhchon")
    await choose(tuan, "tập thể Tổ Một")
    await tuan.tap("Về danh sách")
    await tuan.tap("tập thể Tổ Hai")
    await tuan.tap("Chọn gương này")
    office.clock.turn(days=1)
    await tuan.tap("Đạt cả ba tiêu chí")
    assert "Mục này dành cho" in (tuan.toast or "")
    assert await chosen(office, unit, "2026-11") == 1


async def test_choosing_in_english(office: Office):
    """The whole way in the head's own language."""
    hoa = office.phone("hoa")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    await hoa.send("/language")
    await hoa.tap("English")
    await hoa.send("/choose")
    await hoa.tap("Bùi Anh Tuấn")
    await hoa.tap("Choose this one")
    assert "1. Outstanding\n2. Inspires others\n3. Has a positive effect" in hoa.screen
    await hoa.tap("Meets all three")
    assert "Recorded: Phòng Tổng hợp chooses Bùi Anh Tuấn for 11/2026." in hoa.screen
