"""/tonghop, as leaders, heads, the secretariat and everybody use it."""

from datetime import timedelta

import pytest

from bot.domain.people import Post
from bot.domain.roles import Role
from bot.operations.erase_person import erase_person
from storage import conversations, people, units
from tests.answering import answered, nominated, unit_of
from tests.choosing import choose
from tests.exemplars import honoured, taken_over, the_exemplar
from tests.honouring import pictured
from tests.nominating import nominate
from tests.office import Office
from tests.phones import PICTURE, Phone

STALE = "Nút này đã cũ. Đây là nội dung hiện tại."
CLOSED = "Hiện không mở được nội dung này. Mời đồng chí xem các gương đã biểu dương bằng lệnh /guong."
OTHER_SCOPE = "Phạm vi xem của đồng chí nay đã khác. Đây là phần đồng chí xem được."


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts are drawn as one grey point: what they show is tested where they are made."""
    monkeypatch.setattr("bot.sending.draw_chart_apart", lambda _chart: PICTURE)


async def chart_on(office: Office, phone: Phone) -> dict[str, object]:
    """What the chart on somebody's screen shows."""
    async with office.database.reading() as session:
        screen = await conversations.find_screen(session, phone.user_id)
    assert screen is not None
    held: dict[str, object] = screen.body["chart"]
    return held


async def set_roles(office: Office, code: str, *roles: Role, unit: str = "TH") -> None:
    """Somebody's roles are others from now on."""
    unit_id = await unit_of(office, unit)
    person_id = await office.person_id(code)
    async with office.database.transaction() as session:
        await people.set_posts(session, person_id, [Post(role, unit_id) for role in (Role.EMPLOYEE, *roles)])


async def test_a_leader_sees_the_whole_office_on_one_screen(office: Office):
    """A picture; totals by kind and unit, changes, silence, nobody, coverage, and when they were taken."""
    lan, mai, hoa = (office.phone(code) for code in ("lan", "mai", "hoa"))
    await nominate(lan, "anh Bùi Anh Tuấn")
    await nominate(mai, "anh Bùi Anh Tuấn")
    await nominate(lan, "anh Đỗ Minh Đức")
    await hoa.send("/binhchon")
    await hoa.tap("Kỳ này không có gương")
    await hoa.tap("Xác nhận, không nêu lý do")
    office.clock.turn(hours=1)
    chanh = office.phone("chanh")
    await chanh.send("/tonghop")
    assert chanh.last.raw["photo"]
    assert chanh.last.text.splitlines() == [
        (
            "BÁO CÁO NHANH đến 09:00 ngày 18/11/2026. Kính gửi đồng chí Chánh Văn phòng: kỳ tháng 11/2026 "
            "có 2 đề cử; 0 gương được chọn; 1/4 đơn vị đã báo cáo; chưa báo cáo: HCTC; NC; TTPVHCC."
        ),
        "So với tháng 10/2026 (0): +2; tháng 11/2025 (0): +2",
        "Theo loại: Người tốt, việc tốt 2",
        "Theo đơn vị: NC 1; TH 1",
        "Báo cáo không có gương (1): TH",
        "Tham gia đề cử: 2/11 người (18,2%)",
        "Biểu dương: 0; nhân rộng: 0 (0 lượt)",
    ]
    assert chanh.last.buttons[0] == ["✓ Tháng", "Quý", "6 tháng", "Năm"]
    shown = await chart_on(office, chanh)
    assert shown["units"] == [["NC", 1], ["TH", 1]]
    assert shown["trend"][-1] == ["11", 2]  # type: ignore[index]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("quý 3", "kỳ quý 3/2026"),
        ("tháng 10/2026", "kỳ tháng 10/2026"),
        ("năm ngoái", "kỳ năm 2025"),
        ("tháng 12", "kỳ tháng 12/2025"),
    ],
)
async def test_a_period_may_stand_behind_the_command(office: Office, typed: str, read: str):
    """It is shown at once, with the same buttons as if one had come there by them."""
    chanh = office.phone("chanh")
    await chanh.send(f"/tonghop {typed}")
    assert read in chanh.last.text
    assert "Kỳ sau ›" in chanh.last.labels


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("xin chào", "chưa hiểu kỳ “xin chào”. Xin đồng chí ghi lại, ví dụ: tháng 10/2026"),
        ("x" * 300, "chưa hiểu kỳ “xxx"),
        ("tháng 12/2026", "Kỳ tháng 12/2026 chưa đến"),
        ("9999", "Kỳ năm 9999 chưa đến"),
    ],
)
async def test_what_is_no_period_is_said_so(office: Office, typed: str, why: str):
    """With an example; nothing else is shown in its place."""
    chanh = office.phone("chanh")
    await chanh.send(f"/tonghop {typed}")
    assert why in chanh.last.text
    assert len(chanh.last.text) < 250
    assert not chanh.last.raw["photo"]


async def test_in_english_it_says_the_same(office: Office):
    """Numbers and words in the person's language."""
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    chanh = office.phone("chanh")
    await chanh.send("/language")
    await chanh.tap("English")
    await chanh.send("/summary")
    first, against, *_ = chanh.last.text.splitlines()
    assert first == (
        "QUICK REPORT at 08:00 on 18/11/2026. Chánh Văn phòng: 1 nominated in 11/2026; 0 chosen; "
        "0/4 units have reported; not yet: HCTC; NC; TH; TTPVHCC."
    )
    assert against == "Against 10/2026 (0): +1; 11/2025 (0): +1"


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
    assert "1 gương được chọn; 2/4 đơn vị đã báo cáo; chưa báo cáo: HCTC; TTPVHCC." in chanh.screen
    assert "Báo cáo không có gương (1): NC" in chanh.screen
    await chanh.tap("Báo cáo đơn vị")
    assert chanh.last.text.splitlines() == [
        "Báo cáo của các đơn vị, tháng 11/2026",
        "Chưa báo cáo (2):",
        "• Phòng Hành chính - Tổ chức",
        "• Trung tâm Phục vụ hành chính công",
        "Báo cáo không có gương (1):",
        "• Phòng Nội chính",
        "Đã chọn gương (1):",
        "• Phòng Tổng hợp",
    ]


async def test_the_secretariat_goes_from_silent_units_to_reminding_them(office: Office):
    """Once units have been reminded of the period, and never for a leader, who reminds nobody."""
    hung, chanh = office.phone("hung"), office.phone("chanh")
    await hung.send("/tonghop")
    await hung.tap("Báo cáo đơn vị")
    assert "Nhắc đơn vị chưa báo cáo" not in hung.last.labels, "nobody was asked yet"
    office.clock.turn(days=3)
    await office.settle()
    await hung.send("/tonghop")
    await hung.tap("Báo cáo đơn vị")
    await hung.tap("Nhắc đơn vị chưa báo cáo")
    await hung.tap("Phòng Tổng hợp")
    assert "Nhắc lại" in hung.screen
    await chanh.send("/tonghop")
    await chanh.tap("Báo cáo đơn vị")
    assert chanh.last.labels == ["Quay lại"]


async def test_one_message_is_leafed_through_time(office: Office):
    """Earlier as far as there is anything, later as far as today; picture and words change in place."""
    await nominated(office, "tuan", period="2026-10")
    await nominated(office, "duc")
    chanh = office.phone("chanh")
    await chanh.send("/summary")
    at = chanh.last.message_id
    assert "Kỳ sau ›" not in chanh.last.labels
    await chanh.tap("‹ Kỳ trước")
    assert "kỳ tháng 10/2026 có 1 đề cử" in chanh.screen
    assert "‹ Kỳ trước" not in chanh.last.labels
    await chanh.tap("Kỳ sau ›")
    assert "kỳ tháng 11/2026 có 1 đề cử" in chanh.screen
    await chanh.tap("Quý")
    assert "kỳ quý 4/2026 có 2 đề cử" in chanh.screen
    assert "So với quý 3/2026 (0): +2; quý 4/2025 (0): +2" in chanh.screen
    await chanh.tap("6 tháng")
    assert "kỳ 6 tháng cuối năm 2026 có 2 đề cử" in chanh.screen
    await chanh.tap("Năm")
    assert "So với năm 2025 (0): +2\n" in chanh.screen
    await chanh.tap("Tháng")
    assert "kỳ tháng 11/2026" in chanh.screen
    assert chanh.last.message_id == at
    assert chanh.last.raw["photo"]


async def test_for_a_period_nobody_is_asked_about_yet_nobody_is_silent(office: Office):
    """The second half of a year has no review of its own, the year's comes after it."""
    await nominated(office, "tuan")
    chanh = office.phone("chanh")
    await chanh.send("/tonghop")
    for length in ("6 tháng", "Năm", "Quý"):
        await chanh.tap(length)
        assert "đơn vị đã báo cáo" not in chanh.screen
        assert "Báo cáo đơn vị" not in chanh.last.labels


async def test_after_the_first_reminder_of_a_quarter_units_are_silent(office: Office):
    """From that day on the quarter's silence is told."""
    await nominated(office, "tuan")
    office.clock.turn(days=62)
    await office.settle()
    chanh = office.phone("chanh")
    await chanh.send("/tonghop")
    await chanh.tap("Quý")
    await chanh.tap("‹ Kỳ trước")
    assert "kỳ quý 4/2026 có 1 đề cử; 0 gương được chọn; 0/4 đơn vị đã báo cáo" in chanh.screen


async def test_one_looks_from_the_office_down_to_a_card(office: Office):
    """Units, a unit's figures and trend, whom it chose, the picture card; [Quay lại] leads up again."""
    await honoured(office, "lan2")
    chanh = office.phone("chanh")
    await chanh.send("/tonghop")
    at = chanh.last.message_id
    await chanh.tap("Đơn vị")
    assert "1. Phòng Nội chính: 1 đề cử, 1 được chọn" in chanh.screen
    await chanh.tap("NC")
    assert (
        "kỳ tháng 11/2026, Phòng Nội chính có 1 đề cử; 1 gương được chọn; đơn vị đã báo cáo." in chanh.screen
    )
    assert (await chart_on(office, chanh))["title"] == "NC, tháng 11/2026"
    await chanh.tap("Được chọn: 1")
    assert "1. Nguyễn Thị Lan, Văn thư – Điển hình tiên tiến; đã biểu dương" in chanh.screen
    chart = chanh.last.raw["photo"]["file_id"]
    await chanh.tap("Nguyễn Thị Lan")
    assert "Tình trạng: đã biểu dương" in chanh.screen
    assert "Ba tháng liền hướng dẫn" in chanh.screen
    assert pictured(chanh).raw["photo"]["file_id"] != chart
    for _ in range(3):
        await chanh.tap("Quay lại")
    assert chanh.last.text.startswith("Các đơn vị")
    await chanh.tap("Quay lại")
    assert chanh.last.text.startswith("BÁO CÁO NHANH")
    assert chanh.last.message_id == at


async def test_what_is_not_public_is_a_name_without_a_story_to_a_leader(office: Office):
    """Chosen, but not agreed yet: the name, what kind, how far it is; the unit's head reads its words."""
    await taken_over(office, "lan2")
    chanh, minh = office.phone("chanh"), office.phone("minh")
    for phone in (chanh, minh):
        await phone.send("/tonghop")
        await phone.tap("Được chọn: 1")
        await phone.tap("Nguyễn Thị Lan")
        assert "Tình trạng: đang chuẩn bị công bố" in phone.screen
    assert "Ba tháng liền" not in chanh.screen
    assert "Mở thẻ gương" not in chanh.last.labels
    assert "Ba tháng liền" in minh.screen
    await minh.tap("Mở thẻ gương")
    assert "Chưa công bố." in minh.screen


async def test_who_declined_is_no_name_to_a_leader(office: Office):
    """The unit has chosen somebody, that is counted; who it is, only its head and the secretariat know."""
    exemplar = await taken_over(office, "lan2")
    async with office.database.transaction() as session:
        await session.execute(f"update exemplars set consent = 'declined' where id = {exemplar.id}")  # noqa: S608
    chanh, minh = office.phone("chanh"), office.phone("minh")
    await chanh.send("/tonghop")
    assert "1 gương được chọn" in chanh.screen
    await chanh.tap("Được chọn: 1")
    assert chanh.last.text.splitlines()[1:] == ["1. (không đồng ý công bố)"]
    assert chanh.last.labels == ["Quay lại"]
    await chanh.tap_data(f"s:{exemplar.nomination_id}:0:card:2026-11")
    assert chanh.toast == CLOSED
    await minh.send("/tonghop")
    await minh.tap("Được chọn: 1")
    assert "Nguyễn Thị Lan, Văn thư – Điển hình tiên tiến; không đồng ý công bố" in minh.screen


async def test_an_erased_person_is_counted_and_not_named(office: Office):
    """The number stays, the name is nowhere, not even on a forged card."""
    exemplar = await honoured(office, "lan2")
    async with office.database.transaction() as session:
        lan2 = await people.find_by_code(session, "lan2")
        assert lan2 is not None
        await erase_person(session, lan2, office.clock().date(), office.clock())
    for code in ("chanh", "hung", "minh", "mai"):
        phone = office.phone(code)
        await phone.send("/tonghop")
        await phone.tap_data("s:0:0:people:2026-11")
        assert "Nguyễn Thị Lan" not in phone.screen
        assert ("(đã xóa theo yêu cầu)" in phone.screen) == (code != "mai")
        await phone.tap_data(f"s:{exemplar.nomination_id}:0:card:2026-11")
        assert phone.toast
        assert "Nguyễn Thị Lan" not in phone.screen


async def test_a_head_sees_their_unit_alone(office: Office):
    """The unit's figures, its nominees by name; a forged button to another unit shows one's own."""
    await nominate(office.phone("lan"), "anh Đỗ Minh Đức")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    minh = office.phone("minh")
    await minh.send("/tonghop")
    assert (
        "kỳ tháng 11/2026, Phòng Nội chính có 1 đề cử; 0 gương được chọn; đơn vị chưa báo cáo." in minh.screen
    )
    assert not {"Đơn vị", "Tệp", "Báo cáo đơn vị"} & set(minh.last.labels)
    first = minh.last.buttons
    await minh.tap("Được đề cử: 1")
    assert minh.last.text.splitlines()[1:] == [
        "1. Đỗ Minh Đức, Chuyên viên – Người tốt, việc tốt; 1 lời giới thiệu"
    ]
    await minh.tap("Quay lại")
    assert minh.last.buttons == first
    th = await unit_of(office, "TH")
    for act in ("see", "nominees", "people", "kinds"):
        await minh.tap_data(f"s:0:0:{act}:2026-11.{th}")
        assert minh.toast == OTHER_SCOPE
        assert "Phòng Nội chính có 1 đề cử" in minh.screen
    await minh.tap_data("s:0:0:files:2026-11")
    assert minh.toast
    assert "Phòng Nội chính có 1 đề cử" in minh.screen


async def test_a_head_of_two_units_sees_both_and_each(office: Office):
    """Both together, then each from the list."""
    await set_roles(office, "minh", Role.UNIT_HEAD, unit="NC")
    nc, th = await unit_of(office, "NC"), await unit_of(office, "TH")
    async with office.database.transaction() as session:
        minh_id = await office.person_id("minh")
        posts = [Post(Role.EMPLOYEE, nc), Post(Role.UNIT_HEAD, nc), Post(Role.DEPUTY, th)]
        await people.set_posts(session, minh_id, posts)
    await nominated(office, "tuan")
    minh = office.phone("minh")
    await minh.send("/tonghop")
    assert "có 1 đề cử; 0 gương được chọn; 0/2 đơn vị đã báo cáo; chưa báo cáo: NC; TH." in minh.screen
    await minh.tap("Đơn vị")
    await minh.tap("TH")
    assert "Phòng Tổng hợp có 1 đề cử" in minh.screen
    await minh.tap("Được đề cử: 1")
    assert "Bùi Anh Tuấn" in minh.screen
    await minh.tap("Quay lại")
    await minh.tap("Quay lại")
    assert minh.last.text.startswith("Các đơn vị")


async def test_who_is_a_leader_and_a_head_sees_the_office_and_the_names_of_the_unit(office: Office):
    """The wider scope for figures; nominees by name in the unit that one heads alone."""
    await set_roles(office, "chanh", Role.LEADER, Role.UNIT_HEAD)
    await nominated(office, "tuan")
    await nominated(office, "duc")
    chanh = office.phone("chanh")
    await chanh.send("/tonghop")
    assert "có 2 đề cử" in chanh.screen
    await chanh.tap("Đơn vị")
    await chanh.tap("TH")
    await chanh.tap("Được đề cử: 1")
    assert "1. Bùi Anh Tuấn, Chuyên viên" in chanh.screen
    await chanh.tap("Quay lại")
    await chanh.tap("Theo loại")
    assert chanh.last.text.splitlines()[1:] == ["Điển hình tiên tiến: 1 (100%)"]
    assert (await chart_on(office, chanh))["title"] == "TH, tháng 11/2026"
    await chanh.tap("Quay lại")
    await chanh.tap("Quay lại")
    await chanh.tap("NC")
    assert "Được đề cử: 1" not in chanh.last.labels


async def test_an_employee_sees_nothing_before_publication_but_their_own(office: Office):
    """Nothing is public yet: the person's own part is told, nobody else's."""
    lan, tuan = office.phone("lan"), office.phone("tuan")
    await nominate(lan, "anh Đỗ Minh Đức")
    await taken_over(office, "thao", nominator="kien")
    await lan.send("/tonghop")
    assert lan.last.text.startswith(
        "GƯƠNG ĐÃ CÔNG BỐ kỳ tháng 11/2026, tính đến 08:00 ngày 18/11/2026: chưa có"
    )
    assert "đồng chí đã gửi 1 đề cử" in lan.screen
    assert sum(n for _, n in (await chart_on(office, lan))["trend"]) == 0  # type: ignore[attr-defined]
    await tuan.send("/tonghop")
    assert "đồng chí chưa gửi đề cử nào" in tuan.screen
    await tuan.tap("Đề cử gương tốt")
    assert "đề cử" in tuan.screen


async def test_an_employee_sees_what_is_public(office: Office):
    """How many, of which kinds and units; who they are, with their cards."""
    await honoured(office, "lan2")
    await nominated(office, "duc")
    tuan = office.phone("tuan")
    await tuan.send("/tonghop")
    assert tuan.last.text.splitlines()[:3] == [
        "GƯƠNG ĐÃ CÔNG BỐ kỳ tháng 11/2026, tính đến 08:00 ngày 18/11/2026: 1 gương.",
        "Theo loại: Điển hình tiên tiến 1",
        "Theo đơn vị: NC 1",
    ]
    await tuan.tap("Xem các gương")
    assert "Nguyễn Thị Lan, Văn thư, NC" in tuan.screen
    await tuan.tap("Nguyễn Thị Lan")
    assert "Ba tháng liền" in tuan.screen
    await tuan.tap("Quay lại")
    assert tuan.last.text.startswith("Gương đã công bố")


async def test_an_employee_sees_the_units_and_kinds_of_what_is_public(office: Office):
    """Units with somebody public alone, down to who they are; kinds with their shares; nothing else."""
    await honoured(office, "lan2")
    await nominated(office, "duc")
    await nominated(office, "thao")
    tuan = office.phone("tuan")
    await tuan.send("/tonghop")
    assert {"Đơn vị", "Theo loại", "Xem các gương"} <= set(tuan.last.labels)
    assert not {"Phong trào", "Báo cáo đơn vị", "Tệp", "Nhận định kỳ"} & set(tuan.last.labels)
    await tuan.tap("Theo loại")
    assert tuan.last.text.splitlines()[1:] == ["Điển hình tiên tiến: 1 (100%) – NC 1"]
    assert (await chart_on(office, tuan))["title"] == "Gương đã công bố, tháng 11/2026"
    await tuan.tap("Quay lại")
    await tuan.tap("Đơn vị")
    assert tuan.last.text.splitlines() == [
        "Các đơn vị có gương đã công bố, tháng 11/2026",
        "1. Phòng Nội chính: 1 gương",
    ]
    await tuan.tap("NC")
    assert tuan.last.text.splitlines() == [
        ("GƯƠNG ĐÃ CÔNG BỐ kỳ tháng 11/2026, Phòng Nội chính, tính đến 08:00 ngày 18/11/2026: 1 gương."),
        "Theo loại: Điển hình tiên tiến 1",
    ]
    assert (await chart_on(office, tuan))["title"] == "NC, tháng 11/2026"
    await tuan.tap("Xem các gương")
    assert tuan.last.text.splitlines()[0] == "Gương đã công bố, tháng 11/2026, Phòng Nội chính: 1"
    await tuan.tap("Quay lại")
    await tuan.tap("Năm")
    assert "năm 2026, Phòng Nội chính" in tuan.screen
    await tuan.tap("Quay lại")
    assert tuan.last.text.startswith("Các đơn vị có gương đã công bố, năm 2026")


async def test_of_other_units_an_employee_learns_what_is_public_alone(office: Office):
    """A forged button about a unit counts nobody who is not public; of no unit it is an old button."""
    await honoured(office, "lan2")
    await nominated(office, "tuan")
    lan, th = office.phone("lan"), await unit_of(office, "TH")
    await lan.send("/tonghop")
    await lan.tap_data(f"s:0:0:o.see:2026-11.{th}")
    assert lan.last.text.endswith("Phòng Tổng hợp, tính đến 08:00 ngày 18/11/2026: chưa có gương nào.")
    for act in ("people", "kinds"):
        await lan.tap_data(f"s:0:0:o.{act}:2026-11.{th}")
        assert lan.last.text == "Kỳ tháng 11/2026, Phòng Tổng hợp chưa có gương nào được công bố."
    for act in ("movements", "answers", "nominees", "files"):
        await lan.tap_data(f"s:0:0:o.{act}:2026-11.{th}")
        assert lan.toast == STALE
        await lan.tap_data(f"s:0:0:{act}:2026-11.{th}")
        assert lan.toast == OTHER_SCOPE
    await lan.tap_data("s:0:0:o.see:2026-11.999")
    assert lan.toast == STALE


async def test_rights_are_looked_at_anew_with_every_tap(office: Office):
    """Who was a leader a moment ago gets what is everybody's, and is told so; and the other way round."""
    await nominated(office, "duc")
    chanh = office.phone("chanh")
    await chanh.send("/tonghop")
    await set_roles(office, "chanh")
    await chanh.tap("Đơn vị")
    assert chanh.toast == OTHER_SCOPE
    assert chanh.last.text.startswith("GƯƠNG ĐÃ CÔNG BỐ")
    await set_roles(office, "chanh", Role.UNIT_HEAD)
    await chanh.tap("Quý")
    assert "Phòng Tổng hợp chưa có đề cử nào" in chanh.screen
    await set_roles(office, "chanh", Role.UNIT_HEAD, Role.LEADER)
    await chanh.tap("Tháng")
    assert "kỳ tháng 11/2026 có 1 đề cử" in chanh.screen
    assert "Đơn vị" in chanh.last.labels


@pytest.mark.parametrize(
    "data",
    [
        "s:0:0:see:2026-12",
        "s:0:0:see:2027",
        "s:0:0:see:x",
        "s:0:0:see:2026-11.",
        "s:0:0:see:2026-11.x",
        "s:0:0:see:2026-11.0",
        "s:0:0:all:2026-11",
        "s:0:0:see:",
        "s:0:0:month:2026-11",
    ],
)
async def test_forged_buttons_are_refused(office: Office, data: str):
    """A period to come, nonsense and another act: the screen stays and says why."""
    chanh = office.phone("chanh")
    await chanh.send("/tonghop")
    before = chanh.screen
    await chanh.tap_data(data)
    assert chanh.toast == STALE
    assert chanh.screen == before


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ("s:0:0:see:1900-01", "kỳ tháng 1/1900 không có đề cử nào"),
        ("s:0:0:see:2026-11.99999", "không có đơn vị nào"),
        ("s:99:7:units:2026-11", "Các đơn vị"),
        ("s:0:99999999999999999:people:2026-11", "chưa có gương nào được chọn"),
        ("s:0:99999999999999999:movements:2026-11", "chưa có đề cử nào để chia theo phong trào"),
    ],
)
async def test_far_claims_are_answered(office: Office, data: str, shown: str):
    """Long before the office, a unit that is none, a page behind the last: something sensible is shown."""
    chanh = office.phone("chanh")
    await chanh.send("/tonghop")
    await chanh.tap_data(data)
    assert shown in chanh.screen


async def test_of_what_cannot_come_any_more_it_is_not_said_that_it_has_not_come_yet(office: Office):
    """Nominees are not there yet while their month runs, chosen ones as long as units may answer about it."""
    minh, lan = office.phone("minh"), office.phone("lan")
    nc = await unit_of(office, "NC")

    async def said(days: int) -> list[str]:
        office.clock.turn(days=days)
        await office.settle()
        await minh.send("/tonghop")
        await lan.send("/tonghop")
        found = []
        for act in ("see", "kinds", "movements", f"nominees:2026-11.{nc}", "people"):
            await minh.tap_data(f"s:0:0:{act}" if ":" in act else f"s:0:0:{act}:2026-11")
            found.append(minh.last.text.partition(";")[0].splitlines()[0])
        await lan.tap_data("s:0:0:see:2026-11")
        return [*found, lan.last.text.splitlines()[-1]]

    running = await said(0)
    assert all(" chưa có đề cử nào" in text for text in running[:4])
    assert running[4] == "Kỳ tháng 11/2026, Phòng Nội chính chưa có gương nào được chọn."
    assert " chưa gửi đề cử nào." in running[5]
    over = await said(14)
    assert all(" không có đề cử nào" in text for text in over[:4])
    assert over[4] == "Kỳ tháng 11/2026, Phòng Nội chính chưa có gương nào được chọn."
    assert " không gửi đề cử nào." in over[5]
    closed = await said(14)
    assert closed[4] == "Kỳ tháng 11/2026, Phòng Nội chính không có gương nào được chọn."


async def test_a_period_without_anything_reads_well(office: Office):
    """No figures, no lists; who is to answer, and that nobody took part."""
    chanh = office.phone("chanh")
    await chanh.send("/tonghop")
    assert chanh.last.text.splitlines() == [
        (
            "BÁO CÁO NHANH đến 08:00 ngày 18/11/2026. Kính gửi đồng chí Chánh Văn phòng: kỳ tháng 11/2026 "
            "chưa có đề cử nào; 0/4 đơn vị đã báo cáo; chưa báo cáo: HCTC; NC; TH; TTPVHCC."
        ),
        "So với tháng 10/2026 (0): ±0; tháng 11/2025 (0): ±0",
        "Tham gia đề cử: 0/12 người (0%)",
    ]
    assert not {"‹ Kỳ trước", "Kỳ sau ›"} & set(chanh.last.labels)


async def test_a_unit_that_has_ended_is_none_of_later_periods(office: Office):
    """Its last month has its figures, the next says that there is none."""
    await nominated(office, "tuan", period="2026-10")
    async with office.database.transaction() as session:
        await session.execute("update units set to_on = '2026-10-31' where code = 'TH'")
        ended = next(unit for unit in await units.list_units(session) if unit.code == "TH")
    chanh = office.phone("chanh")
    await chanh.send("/tonghop")
    await chanh.tap_data(f"s:0:0:see:2026-10.{ended.id}")
    assert "Phòng Tổng hợp có 1 đề cử" in chanh.screen
    await chanh.tap("Kỳ sau ›")
    assert "không có đơn vị nào" in chanh.screen
    await chanh.tap("Quay lại")
    assert chanh.last.text.startswith("Các đơn vị")


async def test_the_secretariat_takes_files_of_the_period_away(office: Office):
    """[Tệp] leads to the export of the period that is shown, below the picture."""
    await nominated(office, "tuan", period="2026-10")
    hung = office.phone("hung")
    await hung.send("/tonghop")
    await hung.tap("‹ Kỳ trước")
    await hung.tap("Tệp")
    await hung.tap("Số liệu (Excel, CSV, JSON)")
    assert "tháng 10/2026" in hung.screen
    assert not hung.last.raw["photo"]
    assert "Excel" in " ".join(hung.last.labels)


async def test_after_a_day_the_same_buttons_show_new_figures(office: Office):
    """Figures are those of the moment in which one asks."""
    chanh = office.phone("chanh")
    await chanh.send("/tonghop")
    await answered(office, "minh", await nominated(office, "duc"))
    office.clock.at += timedelta(hours=3)
    await chanh.tap("✓ Tháng")
    assert "đến 11:00 ngày 18/11/2026" in chanh.screen
    assert "1 đề cử; 1 gương được chọn; 1/4 đơn vị đã báo cáo" in chanh.screen


async def test_a_text_can_be_sent_while_the_picture_is_there(office: Office):
    """The summary holds nobody up: the next sentence nominates, below it."""
    chanh = office.phone("chanh")
    await chanh.send("/tonghop")
    await nominate(chanh, "anh Đỗ Minh Đức")
    await chanh.send("/tonghop")
    assert "1 đề cử" in chanh.screen


async def test_the_card_of_a_taken_down_exemplar_says_so(office: Office):
    """Leaders still see that it was chosen; its words are everybody's no longer."""
    exemplar = await honoured(office, "lan2")
    async with office.database.transaction() as session:
        await session.execute(f"update exemplars set state = 'removed' where id = {exemplar.id}")  # noqa: S608
    chanh = office.phone("chanh")
    await chanh.send("/tonghop")
    await chanh.tap("Được chọn: 1")
    await chanh.tap("Nguyễn Thị Lan")
    assert "Tình trạng: đã gỡ khỏi nơi công bố" in chanh.screen
    assert (await the_exemplar(office, exemplar.id)).text not in chanh.screen
