"""/tonghop, as leaders, heads and everybody use it."""

from datetime import UTC

import pytest

from bot.domain.nominations import Kind
from bot.domain.people import Unit, UnitId
from bot.domain.periods import read_period
from bot.domain.summary import Summary, UnitLine, listed, trend_periods
from bot.texts import Texts
from handlers.summary import LONGEST, render
from tests.choosing import choose
from tests.nominating import nominate
from tests.office import START, Office


async def test_a_leader_sees_the_whole_office_on_one_screen(office: Office):
    """Totals by kind and unit, change, silence, nobody, coverage, and when the figures were taken."""
    lan, mai, hoa = (office.phone(code) for code in ("lan", "mai", "hoa"))
    await nominate(lan, "anh Bùi Anh Tuấn")
    await nominate(mai, "anh Bùi Anh Tuấn")
    await nominate(lan, "anh Đỗ Minh Đức")
    await hoa.send("/binhchon")
    await hoa.tap("Kỳ này không có gương")
    await hoa.tap("Xác nhận, không nêu lý do")
    chanh = office.phone("chanh")
    await chanh.send("/tonghop")
    assert chanh.last.text.splitlines() == [
        (
            "BÁO CÁO NHANH đến 08:00 ngày 18/11/2026. Kính gửi đồng chí Chánh Văn phòng: kỳ tháng 11/2026 "
            "có 2 đề cử; 0 gương được chọn; 1/4 đơn vị đã báo cáo; chưa báo cáo: HCTC; NC; TTPVHCC"
        ),
        "So với tháng 10/2026 (0 đề cử): +2",
        "Theo loại: Người tốt, việc tốt 2",
        "Theo đơn vị: NC 1; TH 1",
        "Trả lời không có gương (1): TH",
        "Đã tham gia đề cử: 2/11 người (18,2%)",
    ]


async def test_a_unit_that_chose_is_counted(office: Office):
    """Units that chose and those with nobody have both answered; only the first are counted as chosen."""
    hoa, minh, chanh = (office.phone(code) for code in ("hoa", "minh", "chanh"))
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    await hoa.send("/binhchon")
    await choose(hoa, "Bùi Anh Tuấn")
    await minh.send("/binhchon")
    await minh.tap("Kỳ này không có gương")
    await minh.tap("Xác nhận, không nêu lý do")
    await chanh.send("/tonghop")
    assert "1 gương được chọn; 2/4 đơn vị đã báo cáo; chưa báo cáo: HCTC; TTPVHCC" in chanh.screen
    assert "Trả lời không có gương (1): NC" in chanh.screen


async def test_the_months_can_be_leafed_through(office: Office):
    """[Tháng trước] goes back; this month has no [Tháng sau]."""
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    chanh = office.phone("chanh")
    office.clock.turn(days=20)
    await office.settle()
    await chanh.send("/summary")
    assert "kỳ tháng 12/2026 có 0 đề cử" in chanh.screen
    assert "So với tháng 11/2026 (1 đề cử): −1" in chanh.screen
    assert chanh.last.labels == ["‹ Tháng trước"]
    await chanh.tap("‹ Tháng trước")
    assert "kỳ tháng 11/2026 có 1 đề cử" in chanh.screen
    await chanh.tap("Tháng sau ›")
    assert "kỳ tháng 12/2026 có 0 đề cử" in chanh.screen


async def test_a_head_sees_their_unit_alone(office: Office):
    """Another unit's figures are not in it."""
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    minh = office.phone("minh")
    await minh.send("/tonghop")
    assert "0/1 đơn vị đã báo cáo; chưa báo cáo: NC" in minh.screen
    assert "TH" not in minh.last.text.replace("TTPVHCC", "")
    assert "/3 người" in minh.screen


async def test_an_employee_sees_nothing_before_choosing_but_their_own(office: Office):
    """Nothing is public yet: the person's own part is told, nobody else's."""
    lan, tuan = office.phone("lan"), office.phone("tuan")
    await nominate(lan, "anh Đỗ Minh Đức")
    await lan.send("/tonghop")
    assert "hiện chưa có gương nào được công bố" in lan.screen
    assert "đồng chí đã gửi 1 đề cử" in lan.screen
    await tuan.send("/tonghop")
    assert "đồng chí chưa gửi đề cử nào" in tuan.screen
    await tuan.tap_data("s:0:0:month:2026-10")
    assert "BÁO CÁO NHANH" not in tuan.screen


@pytest.mark.parametrize(
    "data", ["s:0:0:month:2026-12", "s:0:0:month:2026", "s:0:0:month:x", "s:0:0:all:2026-11"]
)
async def test_forged_months_are_refused(office: Office, data):
    """A month to come, a year, nonsense and another act: the screen stays and says why."""
    chanh = office.phone("chanh")
    await chanh.send("/tonghop")
    before = chanh.screen
    await chanh.tap_data(data)
    assert chanh.toast == "Nút này đã cũ. Đây là nội dung hiện tại."
    assert chanh.screen == before


def sixty_units() -> Summary:
    period = read_period("2026-11")
    assert period is not None
    lines = [
        UnitLine(
            Unit(
                UnitId(n), f"U{n}", f"Trung tâm Phát triển và Chuyển giao công nghệ số {n} của tỉnh Đồng Nai"
            ),
            kinds=dict.fromkeys(Kind, 100 * n) if n <= 30 else {},
            people=999,
            answer="none" if 20 <= n <= 40 else "",
        )
        for n in range(1, 61)
    ]
    trend = tuple((one, 0) for one in trend_periods(period))
    return Summary(period, START, tuple(lines), (), trend)


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_sixty_units_with_long_names_fit_one_screen(locale):
    """At most 1,000 characters, with every line there and the lists cut by "…"."""
    texts = Texts(locale, UTC)
    text = render(texts, sixty_units(), "Chánh Văn phòng " * 5, START)
    assert len(text.replace("<b>", "").replace("</b>", "")) <= LONGEST
    assert len(text.splitlines()) == 6
    assert text.count("; …") == 3


def test_a_list_shows_eight_and_says_that_there_are_more():
    """Exactly eight are shown whole; a ninth becomes "…"."""
    names = [f"Đơn vị {n}" for n in range(1, 10)]
    assert listed(names[:8], 8) == "; ".join(names[:8])
    assert listed(names, 8) == "; ".join(names[:8]) + "; …"
    assert listed([], 8) == ""


def test_the_parts_of_a_summary_add_up():
    """By kind, by unit and in all it is the same number; every unit has answered or is silent."""
    whole = sixty_units()
    assert sum(n for _, n in whole.by_kind) == sum(one.nominees for one in whole.by_unit) == whole.total
    assert whole.total == 5 * 100 * sum(range(1, 31))
    assert len(whole.silent) + len(whole.answered) == len(whole.asked) == 60
