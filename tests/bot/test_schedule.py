"""What falls due: the monthly ping and 11 June, once each, through downtime too."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.roles import Role
from bot.operations import plan_big_day, plan_month_reminders
from bot.scheduler import JOB, Schedule, next_due, plan_due
from storage import jobs, notices, people
from tests.conftest import office_config
from tests.nominating import nominate
from tests.office import START, Hands, Office
from tests.phones import Phone

PING_AT = datetime(2026, 11, 20, 1, tzinfo=UTC)
"""08:00 on Friday, 20 November."""
BIG_DAY_AT = datetime(2027, 6, 11, 0, 30, tzinfo=UTC)
HEADS = ("hung", "minh", "hoa", "kien")


async def until(office: Office, at: datetime) -> None:
    """Let the bot see every tick that matters up to an instant."""
    await office.settle()
    office.clock.at = at
    await office.settle()


def said_to(phone: Phone) -> list[str]:
    return [message.text for message in phone.messages() if message.from_bot]


async def test_the_ping_comes_on_the_20th_to_heads_alone(office: Office):
    """With the number of nominations, the day due, and two buttons; to nobody else, and once."""
    phones = {code: office.phone(code) for code in (*HEADS, "lan", "chanh")}
    await nominate(phones["lan"], "anh Bùi Anh Tuấn")
    await until(office, PING_AT - timedelta(seconds=1))
    assert said_to(phones["hoa"]) == []
    await until(office, PING_AT)
    (ping,) = said_to(phones["hoa"])
    assert ping == (
        "Kính gửi đồng chí Trưởng phòng Võ Thị Hoa. Kỳ tháng 11/2026, Phòng Tổng hợp có 1 đề cử. Đề nghị "
        "đồng chí lựa chọn, biểu dương và gửi kết quả trước ngày 25/11/2026; nếu không có, xin chọn “Kỳ này "
        "không có gương”."
    )
    assert phones["hoa"].last.labels == ["Xem đề cử", "Kỳ này không có gương"]
    assert "Phòng Nội chính chưa có đề cử nào" in phones["minh"].last.text
    await until(office, PING_AT + timedelta(hours=3))
    assert all(len(said_to(phones[code])) == 1 for code in HEADS)
    assert said_to(phones["chanh"]) == []


async def test_a_ping_moves_before_days_off(office: Office):
    """20 December 2026 is a Sunday: the ping comes on Friday the 18th."""
    hoa = office.phone("hoa")
    await until(office, datetime(2026, 12, 18, 0, 59, tzinfo=UTC))
    said = len(said_to(hoa))
    await until(office, datetime(2026, 12, 18, 1, 0, tzinfo=UTC))
    assert len(said_to(hoa)) == said + 1
    assert "Kỳ tháng 12/2026" in hoa.last.text


async def test_the_buttons_of_a_ping_lead_on_and_the_ping_stays(office: Office):
    """[Xem đề cử] shows the list below; [Kỳ này không có gương] asks; the ping itself is not overwritten."""
    hoa = office.phone("hoa")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    await until(office, PING_AT)
    ping = hoa.last
    await hoa.tap("Xem đề cử")
    assert "1 gương được đề cử" in hoa.screen
    await hoa.tap("Kỳ này không có gương", message_id=ping.message_id)
    assert "Đồng chí xác nhận kỳ này không có gương?" in hoa.screen
    await hoa.tap("Xác nhận: kỳ này không có gương")
    assert "Đã ghi nhận" in hoa.screen
    assert ping.text in said_to(hoa)
    await hoa.tap("Kỳ này không có gương", message_id=ping.message_id)
    assert "đã trả lời cho kỳ này rồi" in (hoa.toast or "")


async def test_a_ping_of_last_month_still_answers_for_its_month(office: Office):
    """Pressed in December, the November ping opens November."""
    hoa = office.phone("hoa")
    await until(office, PING_AT)
    ping = hoa.last.message_id
    office.clock.at = datetime(2026, 12, 2, 3, tzinfo=UTC)
    await hoa.tap("Kỳ này không có gương", message_id=ping)
    await hoa.tap("Xác nhận: kỳ này không có gương")
    assert "không có gương trong kỳ tháng 11/2026" in hoa.screen


async def test_a_unit_that_answered_is_not_pinged(office: Office):
    """Whether it answered before the ping was planned, or between planning and sending."""
    hoa, minh = office.phone("hoa"), office.phone("minh")
    await hoa.send("/binhchon")
    await hoa.tap("Kỳ này không có gương")
    await hoa.tap("Xác nhận: kỳ này không có gương")
    said = len(said_to(hoa))
    office.clock.at = PING_AT
    await plan_due(office.database, office.clock, office.config, lambda: None)
    await minh.send("/binhchon")
    assert len(said_to(hoa)) == said


async def test_what_changed_after_planning_is_looked_at_again(office: Office):
    """No longer head, consent withdrawn, answered: each is planned, and then not sent."""
    for code in HEADS:
        office.phone(code)
    await office.settle()
    office.clock.at = PING_AT
    assert await plan_due(office.database, office.clock, office.config, lambda: None) == 1
    async with office.database.transaction() as session:
        minh = await people.find_by_code(session, "minh")
        kien = await people.find_by_code(session, "kien")
        assert minh is not None
        assert kien is not None
        await people.set_posts(session, minh.id, [post for post in minh.posts if post.role is Role.EMPLOYEE])
        await people.note_consent(session, kien.id, "processing", 1, PING_AT, given=False)
    await office.settle()
    assert said_to(office.phone("minh")) == said_to(office.phone("kien")) == []
    assert len(said_to(office.phone("hoa"))) == 1
    async with office.database.reading() as session:
        assert (await notices.count_by_state(session))[notices.State.CANCELLED] == 2


async def test_a_ping_is_caught_up_while_it_makes_sense(office: Office):
    """Down from the 18th to the 24th: one ping, late. Down over the day due: none of that month."""
    hoa = office.phone("hoa")
    await until(office, datetime(2026, 11, 24, 6, tzinfo=UTC))
    assert len(said_to(hoa)) == 1
    await until(office, datetime(2026, 12, 26, 1, tzinfo=UTC))
    assert len(said_to(hoa)) == 1


async def test_two_pings_missed_together_are_one(office: Office):
    """Down for two months, the older month is over and only the one still open is told."""
    hoa = office.phone("hoa")
    await until(office, datetime(2027, 1, 21, 1, tzinfo=UTC))
    assert [text for text in said_to(hoa) if "Kỳ tháng 1/2027" in text] == said_to(hoa)
    assert len(said_to(hoa)) == 1


async def test_the_first_start_does_not_tell_the_past(office: Office):
    """Installed on the 22nd, the bot does not send the ping of the 20th."""
    hoa = office.phone("hoa")
    office.clock.at = datetime(2026, 11, 22, 1, tzinfo=UTC)
    await office.settle()
    office.clock.turn(hours=5)
    await office.settle()
    assert said_to(hoa) == []


async def test_11_june_greets_everybody_with_the_years(office: Office):
    """With N computed, in each person's language, and a way to nominate; not those who left."""
    lan, chanh, gone = (office.phone(code) for code in ("lan", "chanh", "cu"))
    await lan.send("/language")
    await lan.tap("English")
    await until(office, BIG_DAY_AT - timedelta(seconds=1))
    before = len(said_to(chanh))
    await until(office, BIG_DAY_AT)
    assert (
        "kỷ niệm 79 năm Ngày Chủ tịch Hồ Chí Minh ra Lời kêu gọi thi đua ái quốc (11/6/1948 - 11/6/2027)"
        in chanh.screen
    )
    assert len(said_to(chanh)) == before + 1
    assert "It is 79 years" in lan.screen
    assert said_to(gone) == []
    await chanh.tap("Đề cử gương tốt")
    assert "họ tên đồng nghiệp" in chanh.screen
    assert any("79 năm" in text for text in said_to(chanh))


async def test_11_june_missed_is_not_told_later(office: Office):
    """A greeting on the 12th would be wrong: the day passes in silence."""
    chanh = office.phone("chanh")
    await until(office, datetime(2027, 6, 11, 17, 0, 1, tzinfo=UTC))
    assert not [text for text in said_to(chanh) if "1948" in text]


async def test_a_tap_settles_a_doubt(office: Office):
    """A ping in doubt whose button is pressed was delivered; somebody else's press proves nothing."""
    hoa, minh = office.phone("hoa"), office.phone("minh")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    await until(office, PING_AT)
    data = hoa.last.raw["buttons"][0][0]["data"]
    notice_id = int(data.split(":")[1])
    await doubt(office, notice_id)
    await minh.tap_data(data)
    async with office.database.reading() as session:
        assert (await notices.count_by_state(session))[notices.State.UNKNOWN] == 1
    await hoa.tap("Xem đề cử")
    async with office.database.reading() as session:
        assert notices.State.UNKNOWN not in await notices.count_by_state(session)


async def doubt(office: Office, notice_id: int) -> None:
    async with office.database.transaction() as session:
        await session.execute(f"update notices set state = 'unknown' where id = {notice_id}")  # noqa: S608


async def test_planning_twice_plans_once(office: Office):
    """Unique keys decide, even where the watermark was lost."""
    for code in HEADS:
        office.phone(code)
    await office.settle()
    office.clock.at = PING_AT
    await office.settle()
    async with office.database.transaction() as session:
        await jobs.set_watermark(session, JOB, PING_AT - timedelta(hours=1))
    assert await plan_due(office.database, office.clock, office.config, lambda: None) == 1
    await office.settle()
    assert [len(said_to(office.phone(code))) for code in HEADS] == [1, 1, 1, 1]


async def test_planning_wakes_the_sender_after_the_commit(database):
    """Somebody is woken exactly when something fell due."""
    woken: list[int] = []
    clock, config = Hands(), office_config()
    assert await plan_due(database, clock, config, lambda: woken.append(1)) == 0
    clock.at = PING_AT
    assert await plan_due(database, clock, config, lambda: woken.append(1)) == 1
    assert await plan_due(database, clock, config, lambda: woken.append(1)) == 0
    assert woken == [1]


async def test_a_clock_that_went_back_does_not_move_the_watermark_back(database):
    """What has been planned is not planned again."""
    clock, config = Hands(), office_config()
    clock.at = PING_AT + timedelta(days=1)
    await plan_due(database, clock, config, lambda: None)
    clock.at = PING_AT - timedelta(days=1)
    await plan_due(database, clock, config, lambda: None)
    clock.at = PING_AT + timedelta(hours=1)
    assert await plan_due(database, clock, config, lambda: None) == 0


async def test_the_schedule_ticks_while_it_runs(database):
    """APScheduler calls the tick at once and can be stopped; the tick asks the bot's own clock."""
    schedule = Schedule(database, Hands(), office_config(), lambda: None)
    schedule.start()
    schedule.stop()
    assert await schedule.tick() == 0
    async with database.reading() as session:
        assert await jobs.watermark(session, JOB) == START


@pytest.mark.parametrize(
    ("after", "due"),
    [
        (START, PING_AT),
        (PING_AT, datetime(2026, 12, 18, 1, tzinfo=UTC)),
        (datetime(2027, 6, 1, tzinfo=UTC), BIG_DAY_AT),
        (datetime(2027, 12, 31, 18, tzinfo=UTC), datetime(2028, 1, 20, 1, tzinfo=UTC)),
    ],
)
def test_what_falls_due_next_is_known(after, due):
    """For /trangthai: the next ping or greeting."""
    assert next_due(after, office_config()) == due


def test_what_fell_due_is_listed_in_order_and_without_gaps():
    """Cutting a stretch of three years anywhere finds the same occasions, each once."""
    config = office_config()
    first, last = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
    whole = plan_month_reminders.fell_due(first, last, config)
    assert len(whole) == 36
    for cut in [
        whole[7].due_at,
        whole[7].due_at - timedelta(microseconds=1),
        datetime(2027, 2, 28, 16, 59, tzinfo=UTC),
    ]:
        parts = plan_month_reminders.fell_due(first, cut, config) + plan_month_reminders.fell_due(
            cut, last, config
        )
        assert parts == whole
    assert [day.on.year for day in plan_big_day.fell_due(first, last, config)] == [2026, 2027, 2028]


def test_the_hour_is_the_offices_own():
    """08:00 in Đồng Nai is 01:00 UTC; the day due ends at midnight there."""
    (ping,) = plan_month_reminders.fell_due(PING_AT - timedelta(days=1), PING_AT, office_config())
    assert ping.due_at == PING_AT
    assert ping.expires_at == datetime(2026, 11, 25, 17, tzinfo=UTC)
