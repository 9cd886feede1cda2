"""Reminders as people get them: to the right heads, on the right working day, while their unit is silent."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.roles import Role
from bot.scheduler import plan_due
from storage import notices, occurrences, people
from tests.choosing import choose, counted_phone
from tests.handlers.test_choose import give
from tests.nominating import nominate
from tests.office import PEOPLE, Office
from tests.phones import Phone

REMINDED = datetime(2026, 11, 20, 1, tzinfo=UTC)
"""08:00 on Friday, 20 November."""
OVERDUE = datetime(2026, 11, 26, 1, tzinfo=UTC)
SILENT = datetime(2026, 11, 27, 1, tzinfo=UTC)
HEADS = ("hung", "minh", "hoa", "kien")


async def until(office: Office, at: datetime) -> None:
    """Let the bot see every tick that matters up to an instant."""
    await office.settle()
    office.clock.at = at
    await office.settle()


def said_to(phone: Phone, *words: str) -> list[str]:
    """What the bot said with one of these words in it."""
    wanted = words or ("Kính gửi",)
    return [
        message.text
        for message in phone.messages()
        if message.from_bot and any(word in message.text for word in wanted)
    ]


async def answer(phone: Phone) -> None:
    """Nobody this time, from /binhchon."""
    await phone.send("/binhchon")
    await phone.tap("Kỳ này không có gương")
    await phone.tap("Xác nhận, không nêu lý do")


# --- when, and to whom ---


async def test_the_reminder_comes_on_the_20th_to_heads_alone(office: Office):
    """With the number of nominations, the day due, and three buttons; to nobody else, and once."""
    phones = {code: office.phone(code) for code in (*HEADS, "lan", "chanh")}
    await nominate(phones["lan"], "anh Bùi Anh Tuấn")
    await until(office, REMINDED - timedelta(seconds=1))
    assert said_to(phones["hoa"]) == []
    await until(office, REMINDED)
    (reminder,) = said_to(phones["hoa"])
    assert reminder == (
        "Kính gửi đồng chí Trưởng phòng Võ Thị Hoa. Kỳ tháng 11/2026, Phòng Tổng hợp có 1 đề cử. Đề nghị "
        "đồng chí lựa chọn, biểu dương và gửi kết quả trước ngày 25/11/2026; nếu không có, xin chọn “Kỳ này "
        "không có gương”."
    )
    assert phones["hoa"].last.labels == ["Chọn", "Kỳ này không có gương", "Nhắc lại"]
    assert "Phòng Nội chính chưa có đề cử nào" in phones["minh"].last.text
    await until(office, REMINDED + timedelta(hours=3))
    assert [len(said_to(phones[code])) for code in HEADS] == [1, 1, 1, 1]
    assert said_to(phones["chanh"]) == said_to(phones["lan"]) == []


@pytest.mark.parametrize(
    ("at", "month"),
    [
        (datetime(2026, 12, 18, 1, tzinfo=UTC), "tháng 12/2026"),  # the 20th is a Sunday
        (datetime(2027, 2, 19, 1, tzinfo=UTC), "tháng 2/2027"),  # the 20th is a Saturday
        (datetime(2027, 1, 20, 1, tzinfo=UTC), "tháng 1/2027"),
    ],
)
async def test_a_reminder_moves_before_days_off(office: Office, at, month):
    """It comes on the working day before, and not a second earlier."""
    hoa = office.phone("hoa")
    await until(office, at - timedelta(seconds=1))
    assert said_to(hoa, f"Kỳ {month}, Phòng Tổng hợp") == []
    await until(office, at)
    assert len(said_to(hoa, f"Kỳ {month}, Phòng Tổng hợp")) == 1


async def test_the_offices_own_days_and_hour(office: Office):
    """Two reminders a month at half past nine, to heads and not to deputies."""
    await give(office, "tuan", Role.DEPUTY, "TH")
    month = replace(
        office.config.month, remind_days=(16, 20), hour=time(9, 30), to=frozenset({Role.UNIT_HEAD})
    )
    await office.reconfigure(month=month)
    hoa, tuan = office.phone("hoa"), office.phone("tuan")
    await until(office, datetime(2026, 11, 20, 2, 29, tzinfo=UTC))
    assert said_to(hoa) == []
    await until(office, datetime(2026, 11, 20, 2, 30, tzinfo=UTC))
    assert len(said_to(hoa)) == 1
    await until(office, datetime(2026, 12, 16, 2, 30, tzinfo=UTC))
    assert len(said_to(hoa, "Kỳ tháng 12/2026, ")) == 1
    await until(office, datetime(2026, 12, 18, 2, 30, tzinfo=UTC))
    assert len(said_to(hoa, "Kỳ tháng 12/2026, ")) == 2
    assert said_to(tuan) == []


async def test_a_month_that_is_switched_off_reminds_nobody(office: Office):
    """Neither the reminder nor the second nor the list."""
    await office.reconfigure(month=replace(office.config.month, on=False))
    hung = office.phone("hung")
    await until(office, REMINDED)
    await until(office, SILENT)
    assert said_to(hung, "Kỳ tháng 11/2026") == []


async def test_an_acting_deputy_is_reminded_on_their_days_alone(office: Office):
    """Appointed until the 18th: not on the 20th. Appointed until the 20th: as the head is."""
    tuan, mai = office.phone("tuan"), office.phone("mai")
    await give(office, "tuan", Role.DEPUTY, "TH", to_on=date(2026, 11, 18))
    await give(office, "mai", Role.DEPUTY, "TH", to_on=date(2026, 11, 20))
    await until(office, REMINDED)
    assert said_to(tuan) == []
    assert "Kính gửi đồng chí Chuyên viên Lê Thị Mai. Kỳ tháng 11/2026, Phòng Tổng hợp" in mai.screen


async def test_a_quarter_is_reminded_in_the_month_after(office: Office):
    """On Friday, 8 January, because the 10th is a Sunday; with how many its months chose."""
    hoa = office.phone("hoa")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    await hoa.send("/binhchon")
    await choose(hoa, "Bùi Anh Tuấn")
    await until(office, datetime(2027, 1, 8, 0, 59, 59, tzinfo=UTC))
    assert said_to(hoa, "quý 4/2026") == []
    await until(office, datetime(2027, 1, 8, 1, tzinfo=UTC))
    (text,) = said_to(hoa, "quý 4/2026")
    assert "Từ 1 gương đã chọn hằng tháng" in text
    assert "trước ngày 15/01/2027" in text
    assert len(said_to(hoa, "năm 2026 của")) == 1


# --- its buttons ---


async def test_the_buttons_of_a_reminder_lead_on_and_it_stays(office: Office):
    """[Chọn] shows the list below; [Kỳ này không có gương] asks; the reminder itself is not overwritten."""
    hoa = office.phone("hoa")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    await until(office, REMINDED)
    reminder = hoa.last
    await hoa.tap("Chọn")
    assert "1 gương được đề cử" in hoa.screen
    await hoa.tap("Kỳ này không có gương", message_id=reminder.message_id)
    assert "Đồng chí xác nhận kỳ này không có gương?" in hoa.screen
    await hoa.tap("Xác nhận, không nêu lý do")
    assert "Đã ghi nhận" in hoa.screen
    assert reminder.text in said_to(hoa)
    await hoa.tap("Kỳ này không có gương", message_id=reminder.message_id)
    assert "đã trả lời cho kỳ này rồi" in (hoa.toast or "")


async def test_from_the_reminder_a_choice_takes_five_taps_and_a_sentence(office: Office):
    """[Chọn], the nominee in the list, [Tiếp tục], [Đạt cả ba tiêu chí], one sentence, [Xác nhận]."""
    office.phone("hoa")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    await until(office, REMINDED)
    hoa = counted_phone(office, "hoa")
    for label in ("Chọn", "☐ Chọn 1", "Tiếp tục (1 gương)", "Đạt cả ba tiêu chí"):
        await hoa.tap(label)
    await hoa.send("Ba tháng liền hướng dẫn người dân, ai cũng ghi nhận.")
    await hoa.tap("Xác nhận")
    assert "chọn Bùi Anh Tuấn là gương tiêu biểu kỳ tháng 11/2026" in hoa.screen
    assert Counter(hoa.done) == {"tap": 5, "message": 1}


async def test_a_reminder_of_last_month_still_answers_for_its_month(office: Office):
    """Pressed in December before the close, the November reminder opens November."""
    hoa = office.phone("hoa")
    await until(office, REMINDED)
    reminder = hoa.last.message_id
    await until(office, datetime(2026, 12, 2, 3, tzinfo=UTC))
    await hoa.tap("Kỳ này không có gương", message_id=reminder)
    await hoa.tap("Xác nhận, không nêu lý do")
    assert "không có gương trong kỳ tháng 11/2026" in hoa.screen


# --- overdue, silent, out of reach ---


async def test_a_gentle_second_and_then_the_list(office: Office):
    """The day behind the day due to heads, a day later the list to the secretariat; not to leaders."""
    hung, hoa, minh, chanh = (office.phone(code) for code in ("hung", "hoa", "minh", "chanh"))
    await until(office, REMINDED)
    await answer(minh)
    before = len(said_to(minh))
    await until(office, OVERDUE - timedelta(seconds=1))
    assert len(said_to(hoa)) == 1
    await until(office, OVERDUE)
    (second,) = said_to(hoa)[1:]
    assert second == (
        "Kính gửi đồng chí Trưởng phòng Võ Thị Hoa. Kỳ tháng 11/2026 đã qua hạn ngày 25/11/2026 mà Phòng "
        "Tổng hợp chưa gửi kết quả. Rất mong đồng chí dành ít phút lựa chọn, hoặc cho biết kỳ này không có "
        "gương. Kỳ sẽ đóng hết ngày 07/12/2026."
    )
    await until(office, SILENT)
    assert len(said_to(minh)) == before
    assert hung.last.text.splitlines() == [
        "Kỳ tháng 11/2026 (hạn 25/11/2026): 3 đơn vị chưa trả lời.",
        "• HCTC",
        "• TH",
        "• TTPVHCC",
    ]
    assert hung.last.labels == ["Nhắc tất cả"]
    assert said_to(hoa, "đơn vị chưa trả lời") == said_to(chanh, "đơn vị chưa trả lời") == []


async def test_the_leader_hears_of_silent_units_where_the_office_wants_it(office: Office):
    """The same list without the button."""
    await office.reconfigure(month=replace(office.config.month, tell_leader=True))
    chanh = office.phone("chanh")
    await until(office, SILENT)
    assert "4 đơn vị chưa trả lời" in chanh.screen
    assert chanh.last.labels == []


async def test_where_all_have_answered_there_is_no_list(office: Office):
    """Nor a second reminder."""
    for code in HEADS:
        await answer(office.phone(code))
    for at in (REMINDED, OVERDUE, SILENT):
        await until(office, at)
    assert said_to(office.phone("hung"), "Kỳ tháng 11/2026", "chưa trả lời.") == []


async def test_the_secretariat_hears_whom_no_reminder_reaches(office: Office):
    """No head on the roster, not in chat, blocked: a line each with why; and once for a reminder."""
    hung, hoa = office.phone("hung"), office.phone("hoa")
    minh_id = await office.person_id("minh")
    await hoa.block()
    async with office.database.transaction() as session:
        await people.set_posts(session, minh_id, [])
        await session.execute("update people set telegram_id = null where code = 'kien'")
    await until(office, REMINDED)
    (text,) = said_to(hung, "lời nhắc không đến được")
    assert text.splitlines() == [
        "Kỳ tháng 11/2026: lời nhắc không đến được 3 đơn vị. Xin đồng chí liên hệ trực tiếp.",
        "• NC: danh sách chưa có thủ trưởng",
        "• TH: Võ Thị Hoa đã chặn trợ lý",
        "• TTPVHCC: Hoàng Trung Kiên chưa tham gia trợ lý",
    ]
    await until(office, REMINDED + timedelta(hours=2))
    assert len(said_to(hung, "lời nhắc không đến được")) == 1


# --- who answered is left alone ---


async def test_a_unit_that_answered_is_not_reminded(office: Office):
    """Whether it answered before the reminder was planned, or between planning and sending."""
    hoa, minh = office.phone("hoa"), office.phone("minh")
    await answer(hoa)
    await minh.send("/binhchon")
    await minh.tap("Kỳ này không có gương")
    office.clock.at = REMINDED
    await plan_due(office.database, office.clock, office.config, lambda: None)
    await minh.tap("Xác nhận, không nêu lý do")
    assert said_to(hoa) == said_to(minh) == []


async def test_what_changed_after_planning_is_looked_at_again(office: Office):
    """No longer head, consent withdrawn: each is planned, and then not sent."""
    for code in HEADS:
        office.phone(code)
    await office.settle()
    office.clock.at = REMINDED
    assert await plan_due(office.database, office.clock, office.config, lambda: None) > 0
    async with office.database.transaction() as session:
        minh = await people.find_by_code(session, "minh")
        kien = await people.find_by_code(session, "kien")
        assert minh is not None
        assert kien is not None
        await people.set_posts(session, minh.id, [post for post in minh.posts if post.role is Role.EMPLOYEE])
        await people.note_consent(session, kien.id, "processing", 1, REMINDED, given=False)
    await office.settle()
    assert said_to(office.phone("minh")) == said_to(office.phone("kien")) == []
    assert len(said_to(office.phone("hoa"))) == 1
    async with office.database.reading() as session:
        assert (await notices.count_by_state(session))[notices.State.CANCELLED] == 2


# --- downtime ---


async def test_a_reminder_is_caught_up_while_it_makes_sense(office: Office):
    """Down from the 18th to the 24th: one reminder, late. Down over the day due: the second alone."""
    hoa = office.phone("hoa")
    await until(office, datetime(2026, 11, 24, 6, tzinfo=UTC))
    await until(office, datetime(2026, 11, 25, 6, tzinfo=UTC))
    assert len(said_to(hoa, "Kỳ tháng 11/2026, Phòng Tổng hợp")) == 1
    await until(office, datetime(2026, 12, 28, 6, tzinfo=UTC))
    assert said_to(hoa, "Kỳ tháng 12/2026, Phòng Tổng hợp") == []
    assert len(said_to(hoa, "Kỳ tháng 12/2026 đã qua hạn")) == 1
    assert said_to(hoa, "Kỳ tháng 11/2026 đã qua hạn") == []
    async with office.database.reading() as session:
        missed = await occurrences.list_missed(session, datetime(2026, 11, 1, tzinfo=UTC))
    told = {(one.kind, one.key) for one in missed}
    assert {("overdue", "2026-11"), ("silent", "2026-11"), ("reminder", "2026-12:1")} <= told


async def test_what_is_caught_up_on_a_weekend_waits_until_monday(office: Office):
    """Down over Friday, up on Saturday: the reminder goes at the end of Monday's quiet hours."""
    hoa = office.phone("hoa")
    await until(office, datetime(2026, 11, 21, 3, tzinfo=UTC))
    await until(office, datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC))
    assert said_to(hoa) == []
    await until(office, datetime(2026, 11, 23, 0, tzinfo=UTC))
    assert len(said_to(hoa)) == 1


async def test_what_is_caught_up_at_night_waits_until_the_morning(office: Office):
    """Up again at 21:00: nothing goes before 07:00."""
    hoa = office.phone("hoa")
    await until(office, datetime(2026, 12, 21, 14, tzinfo=UTC))
    await until(office, datetime(2026, 12, 21, 23, 59, 59, tzinfo=UTC))
    assert said_to(hoa) == []
    await until(office, datetime(2026, 12, 22, 0, tzinfo=UTC))
    assert len(said_to(hoa)) == 1


async def test_the_first_start_does_not_tell_the_past(office: Office):
    """Installed on the 23rd, the bot does not send the reminder of the 20th."""
    hoa = office.phone("hoa")
    await until(office, datetime(2026, 11, 23, 1, tzinfo=UTC))
    async with office.database.transaction() as session:
        for table in ("notices", "occurrences", "watermarks"):
            await session.execute(f"delete from {table}")  # noqa: S608
    said = len(said_to(hoa))
    await office.restart()
    await until(office, datetime(2026, 11, 23, 6, tzinfo=UTC))
    assert len(said_to(hoa)) == said


# --- newcomers ---


async def outside(office: Office, code: str) -> Phone:
    """Somebody on the roster who has not come in yet, with their own number."""
    await office.settle()
    async with office.database.transaction() as session:
        await session.execute(
            f"update people set telegram_id = null, consent_version = 0 where code = '{code}'"  # noqa: S608
        )
    return office.phone(code)


async def come_in(phone: Phone) -> None:
    """Share one's number and agree."""
    await phone.start()
    await phone.contact()
    await phone.tap("Đồng ý")


async def test_a_head_who_comes_in_late_gets_the_reminder(office: Office):
    """Coming in on Monday the 23rd: at once, with the same words, and once though consent is given twice."""
    hoa = await outside(office, "hoa")
    await until(office, REMINDED)
    await until(office, datetime(2026, 11, 23, 2, tzinfo=UTC))
    assert said_to(hoa) == []
    await come_in(hoa)
    (text,) = said_to(hoa, "Kỳ tháng 11/2026, Phòng Tổng hợp")
    assert text.startswith("Kính gửi đồng chí Trưởng phòng Võ Thị Hoa.")
    await office.reconfigure(privacy=replace(office.config.privacy, notice_version=2))
    await hoa.send("/help")
    await hoa.tap("Đồng ý")
    assert len(said_to(hoa, "Kỳ tháng 11/2026, Phòng Tổng hợp")) == 1


async def test_a_head_who_comes_in_at_the_weekend_is_reminded_on_monday(office: Office):
    """It comes by itself, so it waits for working hours."""
    hoa = await outside(office, "hoa")
    await until(office, REMINDED)
    await until(office, datetime(2026, 11, 21, 3, tzinfo=UTC))
    await come_in(hoa)
    assert said_to(hoa, "Kỳ tháng 11/2026, Phòng Tổng hợp") == []
    await until(office, datetime(2026, 11, 23, 0, tzinfo=UTC))
    assert len(said_to(hoa, "Kỳ tháng 11/2026, Phòng Tổng hợp")) == 1


async def test_a_head_who_comes_in_behind_the_day_due_gets_the_second_reminder(office: Office):
    """Not the first, whose day is over: the one that fits the day, and one alone."""
    hoa = await outside(office, "hoa")
    await until(office, REMINDED)
    await until(office, datetime(2026, 11, 27, 2, tzinfo=UTC))
    await come_in(hoa)
    (text,) = said_to(hoa, "Kỳ tháng 11/2026")
    assert "đã qua hạn ngày 25/11/2026" in text


@pytest.mark.parametrize("case", ["before", "due", "answered", "employee"])
async def test_who_comes_in_is_not_reminded_without_need(office: Office, case):
    """Before the reminder's day, behind the day due, after a deputy answered, and who heads nothing."""
    code = "lan" if case == "employee" else "hoa"
    phone = await outside(office, code)
    if case == "answered":
        await give(office, "tuan", Role.DEPUTY, "TH")
        await answer(office.phone("tuan"))
    if case != "before":
        await until(office, REMINDED)
        day = 26 if case == "due" else 23
        await until(office, datetime(2026, 11, day, 2, tzinfo=UTC))
    await come_in(phone)
    assert said_to(phone, "Kỳ tháng 11/2026, Phòng") == []


def test_the_heads_of_this_test_are_the_offices():
    """Each unit has one."""
    assert {row[0] for row in PEOPLE if Role.UNIT_HEAD in row[4]} == set(HEADS)
