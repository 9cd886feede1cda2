"""/trangthai, as the secretariat reads it."""

from storage import conversations, figures, jobs, people
from tests.nominating import nominate
from tests.office import START, Office
from tests.phones import Phone


async def test_the_secretariat_sees_what_waits_and_what_failed(office: Office):
    """Messages by state, unreachable people, work, requests, unread updates, the schedule, the database."""
    hung, lan, hoa = (office.phone(code) for code in ("hung", "lan", "hoa"))
    await nominate(lan, "anh Bùi Anh Tuấn")
    await hoa.block()
    lan_id = await office.person_id("lan")
    async with office.database.transaction() as session:
        task = await jobs.add_task(session, "made up", lan_id, {}, office.clock())
        await jobs.end_task(session, task, office.clock(), "broken")
        await conversations.set_aside(session, 99, "bad", "", office.clock())
    await hung.send("/trangthai")
    lines = hung.last.text.splitlines()
    assert lines[:-1] == [
        "Tình trạng hệ thống lúc 08:00 18/11/2026",
        "Tin nhắn gửi đi: chưa có",
        "Đã chặn trợ lý: 1 người · chưa tham gia: 0 người",
        "Việc đang chờ: 0 · không xong: 1",
        "Yêu cầu sửa dữ liệu chưa xử lý: 0",
        "Tin nhận vào không đọc được: 1",
        "Lịch chạy gần nhất: 08:00 18/11/2026",
        "Lần nhắc kế tiếp: 08:00 20/11/2026",
    ]
    assert lines[-1].startswith("Cơ sở dữ liệu: ")
    status = hung.last.message_id
    office.clock.turn(days=3)
    await office.settle()
    await hung.tap("Xem lại", message_id=status)
    assert "Tin nhắn gửi đi: đã gửi 1; không gửi được 3" in said_on(hung, status)
    assert "Lần nhắc kế tiếp: 08:00 18/12/2026" in said_on(hung, status)


def said_on(phone: Phone, message_id: int) -> str:
    return next(message.text for message in phone.messages() if message.message_id == message_id)


async def test_work_is_counted_by_its_state(database):
    """What waits, what is done and what failed."""
    async with database.transaction() as session:
        lan = await people.find_by_code(session, "lan")
        assert lan is not None
        tasks = [await jobs.add_task(session, "made up", lan.id, {}, START) for _ in range(4)]
        await jobs.end_task(session, tasks[0], START)
        await jobs.end_task(session, tasks[1], START, "broken")
        assert await figures.count_tasks(session) == {"pending": 2, "done": 1, "failed": 1}


async def test_nobody_else_sees_the_state(office: Office):
    """Not a head, not a leader, and not by a forged button."""
    for code in ("hoa", "chanh", "lan"):
        phone = office.phone(code)
        await phone.send("/status")
        assert "dành cho bộ phận thư ký" in phone.screen
        await phone.tap_data("st:0:0:show:")
        assert "Tình trạng hệ thống" not in phone.screen


async def test_a_forged_act_is_refused(office: Office):
    """Only the button that was shown does something."""
    hung = office.phone("hung")
    await hung.send("/status")
    await hung.tap_data("st:0:0:kill:")
    assert hung.toast == "Nút này đã cũ. Đây là nội dung hiện tại."
