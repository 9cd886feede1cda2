"""[Nhận định kỳ]: the summary comes by itself, as leaders, heads and the secretariat have asked for it."""

import pytest

from bot.domain.digests import Digest
from bot.domain.people import Post
from bot.domain.roles import Role
from storage import digests, people
from tests.answering import nominated, unit_of
from tests.office import Office
from tests.phones import PICTURE, Phone
from tests.posting import at_instant, local, pass_time

REPORT = "BÁO CÁO NHANH"
NOT_YOURS = "Báo cáo định kỳ dành cho lãnh đạo cơ quan, thủ trưởng đơn vị và bộ phận thư ký."


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts are drawn as one grey point: what they show is tested where they are made."""
    monkeypatch.setattr("bot.sending.draw_chart_apart", lambda _chart: PICTURE)


@pytest.fixture
def chanh(office: Office) -> Phone:
    """The leader's phone."""
    return office.phone("chanh")


async def subscribe(phone: Phone, cadence: str, day: str, hour: str) -> None:
    """Ask for it, as a person does."""
    await phone.send("/tonghop")
    await phone.tap("Nhận định kỳ")
    ticked = f"✓ {cadence}"
    await phone.tap(ticked if ticked in phone.last.labels else cadence)
    for label in (day, hour):
        await phone.tap(label)


def reports(phone: Phone) -> list[str]:
    """The summaries that came by themselves: those that lead to the choice of their time."""
    return [
        message.text
        for message in phone.messages()
        if message.from_bot and message.labels == ["Xem", "Nhận định kỳ"]
    ]


async def kept(office: Office, code: str) -> Digest | None:
    """What somebody's wish is by now."""
    person_id = await office.person_id(code)
    async with office.database.reading() as session:
        return await digests.find_digest(session, person_id)


async def set_roles(office: Office, code: str, *roles: Role) -> None:
    """Somebody has these roles and no others any more."""
    unit_id, person_id = await unit_of(office, "TH"), await office.person_id(code)
    async with office.database.transaction() as session:
        await people.set_posts(session, person_id, [Post(role, unit_id) for role in (Role.EMPLOYEE, *roles)])


async def test_every_monday_at_eight(office: Office, chanh: Phone):
    """Chosen in four taps; it comes on its day, with its picture, and on the next one again."""
    await nominated(office, "tuan")
    await subscribe(chanh, "Hằng tuần", "Thứ Hai", "08:00")
    assert "Đồng chí đang nhận: Thứ Hai hằng tuần, lúc 08:00." in chanh.last.text
    assert "Lần tới: 08:00 thứ Hai 23/11." in chanh.last.text
    assert "tháng đang diễn ra" in chanh.last.text
    await at_instant(office, local(23, 11, 7, 59))
    assert reports(chanh) == []
    await at_instant(office, local(23, 11, 8))
    (report,) = reports(chanh)
    assert report.startswith(f"{REPORT} đến 08:00 ngày 23/11/2026. Kính gửi đồng chí Chánh Văn phòng")
    assert "kỳ tháng 11/2026 có 1 đề cử" in report
    assert chanh.last.raw["photo"]
    await at_instant(office, local(29, 11, 23))
    assert len(reports(chanh)) == 1
    await at_instant(office, local(30, 11, 8))
    assert len(reports(chanh)) == 2


async def test_a_monthly_one_tells_of_the_month_that_has_ended(office: Office, chanh: Phone):
    """Until the 10th of the month before; a Saturday moves it to Monday."""
    await nominated(office, "tuan")
    await subscribe(chanh, "Hằng tháng", "5", "09:00")
    assert "Đồng chí đang nhận: ngày 5 hằng tháng, lúc 09:00." in chanh.last.text
    assert "Lần tới: 09:00 thứ Hai 07/12." in chanh.last.text
    await at_instant(office, local(5, 12, 9))
    assert reports(chanh) == []
    await at_instant(office, local(7, 12, 9))
    assert "kỳ tháng 11/2026 có 1 đề cử" in reports(chanh)[0]
    await at_instant(office, local(5, 1, 9, year=2027))
    assert "kỳ tháng 12/2026" in reports(chanh)[1]


async def test_a_later_one_tells_of_the_month_that_runs(office: Office, chanh: Phone):
    """From the 11th of the month itself."""
    await subscribe(chanh, "Hằng tháng", "20", "07:00")
    await at_instant(office, local(20, 11, 7))
    assert "kỳ tháng 11/2026" in reports(chanh)[0]


async def test_what_fell_due_while_the_bot_was_down_comes_once(office: Office, chanh: Phone):
    """Three months later the latest is told of, once, and the next comes on its day."""
    await subscribe(chanh, "Hằng tháng", "5", "09:00")
    office.clock.at = local(20, 2, 10, year=2027)
    await office.restart()
    await office.settle()
    (report,) = reports(chanh)
    assert "đến 10:00 ngày 20/02/2027" in report
    assert "kỳ tháng 01/2027" in report or "kỳ tháng 1/2027" in report
    await at_instant(office, local(5, 3, 9, year=2027))
    assert len(reports(chanh)) == 2


async def test_what_telegram_kept_back_is_not_sent_beside_the_next(office: Office, chanh: Phone):
    """One that could not go until the next is due has no worth any more."""
    await subscribe(chanh, "Hằng tuần", "Thứ Hai", "08:00")
    await chanh.block()
    await at_instant(office, local(23, 11, 8))
    await chanh.unblock()
    await at_instant(office, local(30, 11, 8))
    assert len(reports(chanh)) == 1


async def test_another_time_takes_the_place_of_the_first(office: Office, chanh: Phone):
    """After a change nothing comes at the old time."""
    await subscribe(chanh, "Hằng tuần", "Thứ Hai", "08:00")
    await chanh.tap("✓ Hằng tuần")
    await chanh.tap("Thứ Năm")
    await chanh.tap("10:00")
    assert chanh.toast == "Đã ghi nhận lịch nhận báo cáo"
    assert "Lần tới: 10:00 thứ Năm 19/11." in chanh.last.text
    await at_instant(office, local(19, 11, 10))
    assert len(reports(chanh)) == 1
    await at_instant(office, local(23, 11, 8))
    assert len(reports(chanh)) == 1


async def test_an_hour_later_on_the_same_day_is_another(office: Office, chanh: Phone):
    """Who changes the hour after the report has come gets it at the new hour too."""
    await subscribe(chanh, "Hằng tuần", "Thứ Tư", "09:00")
    await at_instant(office, local(18, 11, 9))
    await subscribe(chanh, "Hằng tuần", "Thứ Tư", "15:00")
    await at_instant(office, local(18, 11, 15))
    assert len(reports(chanh)) == 2


async def test_it_can_be_stopped_and_wanted_again(office: Office, chanh: Phone):
    """Nothing comes after [Thôi nhận]; asked for anew, it comes once a time."""
    await subscribe(chanh, "Hằng tuần", "Thứ Hai", "08:00")
    await chanh.tap("Thôi nhận")
    assert chanh.toast == "Đã thôi gửi báo cáo định kỳ"
    assert "Thôi nhận" not in chanh.last.labels
    await at_instant(office, local(23, 11, 8))
    assert reports(chanh) == []
    await subscribe(chanh, "Hằng tuần", "Thứ Hai", "08:00")
    await chanh.tap("Thôi nhận")
    await subscribe(chanh, "Hằng tuần", "Thứ Hai", "08:00")
    await at_instant(office, local(30, 11, 8))
    assert len(reports(chanh)) == 1


async def test_tapped_twice_it_is_one(office: Office, chanh: Phone):
    """A double tap on the hour, or on [Thôi nhận], does what one does."""
    await chanh.send("/tonghop")
    await chanh.tap("Nhận định kỳ")
    await chanh.tap("Hằng tuần")
    await chanh.tap("Thứ Hai")
    message_id = chanh.last.message_id
    data = "dg:0:0:set:weekly.1.8"
    for _ in range(2):
        await chanh.tap_data(data, message_id=message_id)
        assert "Thứ Hai hằng tuần, lúc 08:00" in chanh.last.text
    await at_instant(office, local(23, 11, 8))
    assert len(reports(chanh)) == 1
    for _ in range(2):
        await chanh.tap_data("dg:0:1:stop:", message_id=message_id)
    found = await kept(office, "chanh")
    assert found is not None
    assert (found.is_on, found.version) == (False, 2)


async def test_an_old_message_does_not_undo_a_later_choice(office: Office, chanh: Phone):
    """A button of before shows how things stand."""
    await subscribe(chanh, "Hằng tuần", "Thứ Hai", "08:00")
    await chanh.tap("✓ Hằng tuần")
    await chanh.tap("Thứ Ba")
    await chanh.tap_data("dg:0:1:set:monthly.1.8")
    await chanh.tap_data("dg:0:1:set:weekly.2.8")
    assert "được đổi ở một tin nhắn khác" in (chanh.toast or "")
    assert "ngày 1 hằng tháng, lúc 08:00" in chanh.last.text
    await chanh.tap_data("dg:0:1:stop:")
    assert "được đổi ở một tin nhắn khác" in (chanh.toast or "")
    assert "Thôi nhận" in chanh.last.labels


async def test_a_head_hears_of_the_unit_and_a_new_leader_of_the_office(office: Office):
    """What is told is what the person may see at that moment."""
    await nominated(office, "duc")
    await nominated(office, "tuan")
    minh = office.phone("minh")
    await subscribe(minh, "Hằng tuần", "Thứ Hai", "08:00")
    await at_instant(office, local(23, 11, 8))
    assert "Phòng Nội chính" in reports(minh)[0]
    assert "1 đề cử" in reports(minh)[0]
    await set_roles(office, "minh", Role.LEADER)
    await at_instant(office, local(30, 11, 8))
    assert "2 đề cử" in reports(minh)[1]


async def test_who_sees_no_more_than_the_public_gets_none(office: Office, chanh: Phone):
    """With the post the digest ends, and does not come back with it by itself."""
    await subscribe(chanh, "Hằng tuần", "Thứ Hai", "08:00")
    await set_roles(office, "chanh")
    await at_instant(office, local(23, 11, 8))
    await chanh.tap("Hằng tháng")
    assert chanh.toast == NOT_YOURS
    await set_roles(office, "chanh", Role.LEADER)
    await at_instant(office, local(30, 11, 8))
    assert reports(chanh) == []


async def test_the_post_is_lost_while_it_waits(office: Office, chanh: Phone):
    """Planned, but not sent yet: rights are looked at when it is."""
    await subscribe(chanh, "Hằng tuần", "Thứ Hai", "08:00")
    office.clock.at = local(23, 11, 8)
    await office.bot.schedule.tick()
    await set_roles(office, "chanh")
    await office.settle()
    assert reports(chanh) == []


async def test_nobody_else_is_offered_it(office: Office):
    """An employee sees no button, and a forged one is refused; nonsense is stale."""
    lan, hung = office.phone("lan"), office.phone("hung")
    await lan.send("/tonghop")
    assert "Nhận định kỳ" not in lan.last.labels
    for data in ("dg:0:0:open:", "dg:0:0:set:weekly.1.8"):
        await lan.tap_data(data)
        assert lan.toast == NOT_YOURS
    await hung.send("/tonghop")
    for arg in (
        "weekly.9.8",
        "monthly.29.8",
        "weekly.1.3",
        "weekly.1",
        "yearly.1.8",
        "none.1.8",
        "weekly.1.8.1",
        "",
    ):
        await hung.tap_data(f"dg:0:0:set:{arg}")
        assert hung.toast == "Nút này đã cũ. Đây là nội dung hiện tại."
    assert await kept(office, "hung") is None


async def test_it_leads_to_the_summary_it_tells_of(office: Office, chanh: Phone):
    """[Xem] opens that month with all its buttons, [Nhận định kỳ] the choice of the time."""
    await subscribe(chanh, "Hằng tháng", "5", "09:00")
    await at_instant(office, local(7, 12, 9))
    await chanh.tap("Xem")
    assert "kỳ tháng 11/2026" in chanh.last.text
    assert "Nhận định kỳ" in chanh.last.labels
    await chanh.tap("Nhận định kỳ", message_id=chanh.last.message_id)
    assert "ngày 5 hằng tháng" in chanh.last.text


async def test_the_choice_leads_back(office: Office, chanh: Phone):
    """[Quay lại] goes one step back each time, to the summary in the end."""
    await chanh.send("/tonghop")
    await chanh.tap("Nhận định kỳ")
    await chanh.tap("Hằng tháng")
    await chanh.tap("28")
    assert "chọn giờ" in chanh.last.text
    await chanh.tap("Quay lại")
    assert "ngày nhận trong tháng" in chanh.last.text
    await chanh.tap("Quay lại")
    assert "hằng tuần hoặc hằng tháng" in chanh.last.text
    await chanh.tap("Quay lại")
    assert REPORT in chanh.last.text
    assert chanh.last.raw["photo"]


async def test_with_the_person_the_digest_is_gone(office: Office, chanh: Phone):
    """Who has their data erased leaves no wish behind, and gets nothing."""
    await subscribe(chanh, "Hằng tuần", "Thứ Hai", "08:00")
    await chanh.send("/dulieucuatoi")
    assert "Báo cáo nhanh định kỳ: Thứ Hai hằng tuần, lúc 08:00" in chanh.last.text
    for label in ("Xóa dữ liệu của tôi", "Tôi đã hiểu và muốn xóa", "Xóa vĩnh viễn"):
        await chanh.tap(label)
    assert await kept(office, "chanh") is None
    await pass_time(office, days=14)
    assert reports(chanh) == []


async def test_in_english(office: Office, chanh: Phone):
    """The same in the other language."""
    await chanh.send("/language")
    await chanh.tap("English")
    await chanh.send("/summary")
    await chanh.tap("Regular report")
    await chanh.tap("Every week")
    await chanh.tap("Monday")
    await chanh.tap("08:00")
    assert "You receive it every Monday at 08:00." in chanh.last.text
    await at_instant(office, local(23, 11, 8))
    assert "November 2026" in chanh.last.text or "11/2026" in chanh.last.text
