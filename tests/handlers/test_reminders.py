"""[Nhắc lại] of a reminder and [Nhắc tất cả] of the list of silent units, as heads and clerks press them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.roles import Role
from storage import access, notices, people
from tests.handlers.test_choose import give, unit_id
from tests.office import Office
from tests.phones import Phone

REMINDED = datetime(2026, 11, 20, 1, tzinfo=UTC)
"""08:00 on Friday, 20 November."""
OVERDUE = datetime(2026, 11, 26, 1, tzinfo=UTC)
SILENT = datetime(2026, 11, 27, 1, tzinfo=UTC)
CLOSING = datetime(2026, 12, 7, 13, tzinfo=UTC)
"""20:00 on the last day of November's answers."""
CLOSED = datetime(2026, 12, 8, 3, tzinfo=UTC)


async def turn_to(office: Office, at: datetime) -> None:
    """Let the time pass, and all that falls due be sent."""
    office.clock.at = at
    await office.settle()


def reminders_of(phone: Phone) -> list[str]:
    """The reminders on a phone: what [Nhắc lại] stands on."""
    return [
        message.text for message in phone.messages() if {"Nhắc lại", "Remind me again"} & {*message.labels}
    ]


async def asked(office: Office, who: str = "hoa", at: datetime = REMINDED) -> Phone:
    """A head whose reminder came and who pressed [Nhắc lại]."""
    phone = office.phone(who)
    await office.settle()
    await turn_to(office, at)
    await phone.tap("Nhắc lại")
    return phone


async def again(office: Office) -> int:
    """How many reminders are planned for later."""
    async with office.database.reading() as session:
        found = await session.fetch("select occurrence from notices where occurrence like '%:again:%'")
    return len(found)


async def test_a_reminder_offers_three_hours(office: Office):
    """An hour, this afternoon, and the next working day's morning: Monday, on a Friday."""
    hoa = await asked(office)
    assert "muốn được nhắc lại kỳ tháng 11/2026 khi nào?" in hoa.screen
    assert hoa.last.labels == ["Một giờ nữa", "Chiều nay", "Sáng thứ Hai 23/11"]


@pytest.mark.parametrize(
    ("label", "said", "due"),
    [
        ("Một giờ nữa", "09:00 20/11/2026", datetime(2026, 11, 20, 2, tzinfo=UTC)),
        ("Chiều nay", "14:00 20/11/2026", datetime(2026, 11, 20, 7, tzinfo=UTC)),
        ("Sáng thứ Hai 23/11", "08:00 23/11/2026", datetime(2026, 11, 23, 1, tzinfo=UTC)),
    ],
)
async def test_each_hour_comes_once_when_it_was_said(office: Office, label, said, due):
    """Not a second before; the same reminder with the same buttons, and one, though pressed twice."""
    hoa = await asked(office)
    button = next(one for row in hoa.last.raw["buttons"] for one in row if one["label"] == label)
    await hoa.tap(label)
    assert f"Sẽ nhắc lại lúc {said}." in hoa.screen
    await hoa.tap_data(button["data"])
    await turn_to(office, due - timedelta(seconds=1))
    assert len(reminders_of(hoa)) == 1
    await turn_to(office, due)
    first, second = reminders_of(hoa)
    assert first == second
    assert hoa.last.labels == ["Đề cử gương tốt", "Kỳ này không có gương", "Nhắc lại"]


async def test_after_lunch_the_afternoon_is_not_offered(office: Office):
    """From 13:00 on there is the hour and the morning."""
    hoa = await asked(office, at=datetime(2026, 11, 20, 5, 59, tzinfo=UTC))
    assert "Chiều nay" in hoa.last.labels
    office.clock.turn(minutes=1)
    await hoa.tap("Nhắc lại")
    assert hoa.last.labels == ["Một giờ nữa", "Sáng thứ Hai 23/11"]


async def test_a_snooze_crosses_quiet_hours_and_days_off(office: Office):
    """Asked for at 19:30 on a Friday, the hour later comes, though nothing comes by itself then."""
    hoa = await asked(office, at=datetime(2026, 11, 20, 12, 30, tzinfo=UTC))
    await hoa.tap("Một giờ nữa")
    await turn_to(office, datetime(2026, 11, 20, 13, 30, tzinfo=UTC))
    assert len(reminders_of(hoa)) == 2


async def test_a_snooze_behind_the_day_due_says_that_it_is_overdue(office: Office):
    """The morning after the 25th nobody is asked to answer before the 25th."""
    hoa = await asked(office, at=datetime(2026, 11, 25, 2, tzinfo=UTC))
    assert hoa.last.labels == ["Một giờ nữa", "Chiều nay", "Sáng thứ Năm 26/11"]
    await hoa.tap("Sáng thứ Năm 26/11")
    await turn_to(office, OVERDUE)
    assert all("đã qua hạn ngày 25/11/2026" in text for text in reminders_of(hoa)[1:])
    assert len(reminders_of(hoa)) == 3


async def test_a_snooze_of_a_snooze(office: Office):
    """It can be put off again; each comes once."""
    hoa = await asked(office)
    await hoa.tap("Một giờ nữa")
    await turn_to(office, REMINDED + timedelta(hours=1))
    await hoa.tap("Nhắc lại")
    await hoa.tap("Một giờ nữa")
    await turn_to(office, REMINDED + timedelta(hours=2))
    assert len(reminders_of(hoa)) == 3
    assert await again(office) == 2


async def test_an_hour_asked_for_from_two_reminders_brings_one(office: Office):
    """Each of two reminders is put off to this afternoon: there is one then."""
    hoa = await asked(office)
    first = next(message for message in hoa.messages() if "Nhắc lại" in message.labels)
    await hoa.tap("Một giờ nữa")
    await turn_to(office, REMINDED + timedelta(hours=1))
    for message_id in (first.message_id, None):
        await hoa.tap("Nhắc lại", message_id=message_id)
        await hoa.tap("Chiều nay")
    await turn_to(office, datetime(2026, 11, 20, 7, tzinfo=UTC))
    assert len(reminders_of(hoa)) == 3


async def test_who_answered_meanwhile_is_left_alone(office: Office):
    """The later reminder is not sent, and pressing [Nhắc lại] says that the unit has answered."""
    hoa = await asked(office)
    await hoa.tap("Một giờ nữa")
    await hoa.tap("Kỳ này không có gương")
    await hoa.tap("Xác nhận, không nêu lý do")
    await turn_to(office, REMINDED + timedelta(hours=1))
    assert len(reminders_of(hoa)) == 1
    await hoa.tap("Nhắc lại")
    assert hoa.toast == "Đơn vị đã trả lời cho kỳ này rồi."


async def test_an_hour_that_has_passed_is_asked_again(office: Office):
    """An old screen's button offers what is possible now."""
    hoa = await asked(office)
    office.clock.turn(hours=2)
    await hoa.tap("Một giờ nữa")
    assert hoa.toast == "Giờ đó đã qua. Xin đồng chí chọn lại."
    assert "Chiều nay" in hoa.last.labels
    assert await again(office) == 0


async def test_nothing_is_put_off_behind_the_close(office: Office):
    """On the last evening only the hour is left; at 23:30 nothing, and it is said why."""
    hoa = await asked(office, at=OVERDUE)
    await turn_to(office, CLOSING)
    await hoa.tap("Nhắc lại")
    assert hoa.last.labels == ["Một giờ nữa"]
    stale = hoa.last.raw["buttons"][0][0]["data"]
    await turn_to(office, CLOSING + timedelta(hours=3, minutes=30))
    await hoa.tap("Nhắc lại")
    assert "Kỳ này đóng hết ngày 07/12/2026 nên không kịp nhắc lại" in (hoa.toast or "")
    behind = int(CLOSED.timestamp())
    await hoa.tap_data(stale.rpartition(":")[0] + f":{behind}")
    assert "Kỳ này đóng hết ngày 07/12/2026" in (hoa.toast or "")
    await turn_to(office, CLOSED)
    await hoa.tap("Nhắc lại")
    assert "Kỳ này đã đóng hết ngày 07/12/2026" in (hoa.toast or "")
    assert await again(office) == 0


async def test_somebody_elses_reminder_is_not_ones_own(office: Office):
    """The number in the button must be a reminder to this person, who still answers for the unit."""
    hoa, minh = await asked(office), office.phone("minh")
    await minh.send("/help")
    data = hoa.last.raw["buttons"][0][0]["data"]
    for forged in (data, data.replace(":at:", ":ask:")):
        await minh.tap_data(forged)
        assert "Nút này đã cũ" in (minh.toast or "")
    person_id = await office.person_id("hoa")
    async with office.database.transaction() as session:
        await people.set_posts(session, person_id, [])
    await hoa.tap_data(data)
    assert "Mục này dành cho thủ trưởng đơn vị" in (hoa.toast or "")
    assert await again(office) == 0


@pytest.mark.parametrize(
    "data",
    ["rm:0:0:ask:", "rm:9999:0:ask:", "rm:{id}:0:at:", "rm:{id}:0:at:x", "rm:{id}:0:at:99999999999",
     "rm:{id}:0:what:", "rm:{id}:0:all:2026-11", "rm:0:0:at:1795150000"],
)  # fmt: skip
async def test_forged_buttons_of_a_reminder_plan_nothing(office: Office, data):
    """No such reminder, no instant, no such act: a word why."""
    hoa = await asked(office)
    notice_id = hoa.last.raw["buttons"][0][0]["data"].split(":")[1]
    await hoa.tap_data(data.format(id=notice_id))
    assert hoa.toast
    assert await again(office) == 0


async def test_only_a_reminder_is_put_off(office: Office):
    """A notice of another kind to the same person has no [Nhắc lại], and a forged one does nothing."""
    hung = office.phone("hung")
    hung_id = await office.person_id("hung")
    async with office.database.transaction() as session:
        await notices.plan(session, "text", "x", hung_id, {"id": "data.request_settled"}, office.clock())
    await office.settle()
    async with office.database.reading() as session:
        (row,) = await session.fetch("select id from notices where kind = 'text'")
    await hung.tap_data(f"rm:{row['id']}:0:ask:")
    assert "Nút này đã cũ" in (hung.toast or "")


async def test_an_acting_deputy_is_reminded_and_puts_off_while_appointed(office: Office):
    """The reminder comes to the deputy too; after the last day the button is refused and nothing is sent."""
    tuan = office.phone("tuan")
    await give(office, "tuan", Role.DEPUTY, "TH", to_on=date(2026, 11, 20))
    await office.settle()
    await turn_to(office, REMINDED)
    assert "Phòng Tổng hợp" in reminders_of(tuan)[0]
    await tuan.tap("Nhắc lại")
    await tuan.tap("Sáng thứ Hai 23/11")
    await turn_to(office, datetime(2026, 11, 23, 2, tzinfo=UTC))
    assert len(reminders_of(tuan)) == 1
    await tuan.tap("Nhắc lại")
    assert "Mục này dành cho thủ trưởng đơn vị" in (tuan.toast or "")


async def test_putting_off_in_english(office: Office):
    """Labels and answer in the head's own language."""
    hoa = office.phone("hoa")
    await hoa.send("/language")
    await hoa.tap("English")
    await turn_to(office, REMINDED)
    await hoa.tap("Remind me again")
    assert hoa.last.labels == ["In an hour", "This afternoon", "On the morning of Monday 23/11"]
    await hoa.tap("In an hour")
    assert "You will be reminded at 09:00 20/11/2026." in hoa.screen


# --- all silent units ---


async def silent_list(office: Office, *heads: str) -> Phone:
    """The clerk who got the list of silent units; some heads are in chat."""
    hung = office.phone("hung")
    for code in heads:
        office.phone(code)
    await office.settle()
    await turn_to(office, SILENT)
    return hung


async def test_all_silent_units_are_reminded_at_once_and_once_a_day(office: Office):
    """Each head of a silent unit gets it, those who answered do not; a second press says that it is done.

    The audit log says which units were, and by whom.
    """
    hung = await silent_list(office, "hoa", "minh", "kien")
    hoa, minh = office.phone("hoa"), office.phone("minh")
    await minh.tap("Kỳ này không có gương")
    await minh.tap("Xác nhận, không nêu lý do")
    before = len(reminders_of(hoa)), len(reminders_of(minh))
    await hung.tap("Nhắc tất cả")
    assert "Kỳ tháng 11/2026: đã nhắc 3 người của 3 đơn vị." in hung.messages()[-2].text
    assert (len(reminders_of(hoa)), len(reminders_of(minh))) == (before[0] + 1, before[1])
    await hung.tap("Nhắc tất cả")
    assert "hôm nay đã nhắc các đơn vị chưa trả lời rồi" in hung.screen
    assert len(reminders_of(hoa)) == before[0] + 1
    await turn_to(office, datetime(2026, 11, 30, 2, tzinfo=UTC))
    await hung.tap("Nhắc tất cả")
    assert len(reminders_of(hoa)) == before[0] + 2
    async with office.database.reading() as session:
        noted = [row for row in await access.list_audit(session) if row["act"] == "remind_unit"]
    assert len(noted) == 2 * 3
    assert {(row["actor_id"], row["detail"]) for row in noted} == {
        (await office.person_id("hung"), "2026-11: 1")
    }


async def test_reminding_all_waits_for_working_hours(office: Office):
    """Pressed on a Saturday, it goes on Monday morning."""
    hung = await silent_list(office, "hoa")
    hoa = office.phone("hoa")
    before = len(reminders_of(hoa))
    await turn_to(office, datetime(2026, 11, 28, 2, tzinfo=UTC))
    await hung.tap("Nhắc tất cả")
    assert "Lời nhắc được gửi trong giờ làm việc." in hung.screen
    assert len(reminders_of(hoa)) == before
    await turn_to(office, datetime(2026, 11, 30, 0, 0, tzinfo=UTC))
    assert len(reminders_of(hoa)) == before + 1


async def test_when_all_have_answered_nobody_is_reminded(office: Office):
    """The list is some hours old: it says that there is nothing to do."""
    hung = await silent_list(office, "hoa", "minh", "kien")
    for code in ("hung", "hoa", "minh", "kien"):
        phone = office.phone(code)
        await phone.send("/binhchon")
        await phone.tap("Kỳ này không có gương")
        await phone.tap("Xác nhận, không nêu lý do")
    await hung.tap("Nhắc tất cả")
    assert "các đơn vị đều đã trả lời" in hung.screen


async def test_after_the_close_nobody_is_reminded(office: Office):
    """The old list's button names the day on which the period closed."""
    hung = await silent_list(office, "hoa")
    await turn_to(office, CLOSED)
    before = len(reminders_of(office.phone("hoa")))
    await hung.tap("Nhắc tất cả")
    assert "Kỳ này đã đóng hết ngày 07/12/2026" in (hung.toast or "")
    assert len(reminders_of(office.phone("hoa"))) == before


async def test_where_no_message_reaches_anybody_it_is_said(office: Office):
    """Heads who have not come in or blocked the bot are to be talked to."""
    hung = await silent_list(office)
    await hung.send("/binhchon")
    await hung.tap_data(f"h:{await unit_id(office, 'HCTC')}:0:none_sure:2026-11")
    async with office.database.transaction() as session:
        await session.execute("update people set telegram_id = null where code in ('hoa', 'minh', 'kien')")
    await hung.tap("Nhắc tất cả")
    assert "chưa có ai của các đơn vị chưa trả lời nhận được tin nhắn" in hung.screen


@pytest.mark.parametrize("who", ["hoa", "chanh", "lan"])
async def test_only_the_secretariat_reminds_all(office: Office, who):
    """A forged button of a head, a leader, an employee is refused."""
    phone, hoa = office.phone(who), office.phone("hoa")
    await phone.send("/help")
    await turn_to(office, SILENT)
    before = len(reminders_of(hoa))
    await phone.tap_data("rm:0:0:all:2026-11")
    assert "dành cho bộ phận thư ký" in (phone.toast or "")
    await office.settle()
    assert len(reminders_of(hoa)) == before


@pytest.mark.parametrize(
    "period", ["", "x", "2026-12", "2026-Q4", "2026-H2", "9999-12", "9999", "2026-11-11"]
)
async def test_forged_periods_remind_nobody(office: Office, period):
    """What is no period, has not been reminded yet or is never asked."""
    hung = await silent_list(office, "hoa")
    before = len(reminders_of(office.phone("hoa")))
    await hung.tap_data(f"rm:0:0:all:{period}")
    assert "Nút này đã cũ" in (hung.toast or "")
    assert len(reminders_of(office.phone("hoa"))) == before
