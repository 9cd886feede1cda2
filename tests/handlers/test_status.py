"""/trangthai, as the secretariat reads it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.hours import Hours
from bot.operations.after_restore import tell_of_restore
from storage import access, conversations, figures, jobs, notices, occurrences, people
from storage.backups import RESTORED
from storage.notices import State
from storage.occurrences import Fate
from tests.nominating import nominate
from tests.office import START, Office
from tests.phones import Phone

REMINDED = datetime(2026, 11, 20, 1, tzinfo=UTC)
ONE_SCREEN = 1000


async def test_the_secretariat_sees_what_waits_and_what_failed(office: Office):
    """The schedule, messages by state, unreachable people, work, requests, unread updates, the database."""
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
    assert lines[:9] == [
        "Tình trạng hệ thống lúc 08:00 18/11/2026",
        "Lịch chạy gần nhất: 08:00 18/11/2026",
        "Kế tiếp: Trình duyệt tin: Ngày Văn hóa Việt Nam, 08:00 19/11/2026",
        "Tin nhắn gửi đi: chưa có",
        "Đã chặn trợ lý: 1 người · chưa tham gia: 0 người",
        "Việc đang chờ: 0 · không xong: 1",
        "Yêu cầu sửa dữ liệu chưa xử lý: 0",
        "Tin nhận vào không đọc được: 1",
        "Bản sao lưu gần nhất: chưa có",
    ]
    kind = "SQLite" if office.database.dialect == "sqlite" else "PostgreSQL"
    assert lines[9].startswith(f"Cơ sở dữ liệu: {kind}, ")
    assert not lines[9].endswith(", 0 MB")
    plan, signer = lines[10:]
    assert plan.startswith("Văn bản đang dẫn Kế hoạch số 854/KH-VP của năm 2024; khi có kế hoạch năm nay")
    assert signer.startswith("Chưa ghi họ tên Chánh Văn phòng nên phần ký trong văn bản để trống")
    assert hung.last.labels == ["Chưa liên lạc được (1)", "Xem lại"]


async def test_looking_again_shows_how_things_stand_now(office: Office):
    """[Xem lại] in place: what was sent and failed since, and what comes next in words."""
    hung = office.phone("hung")
    await hung.send("/trangthai")
    status = hung.last.message_id
    await turn_to(office, REMINDED)
    await hung.tap("Xem lại", message_id=status)
    assert "Tin nhắn gửi đi: đã gửi 2; không gửi được 3" in said_on(hung, status)
    told = said_on(hung, status)
    assert "Kế tiếp: Nhắc duyệt tin, nếu chưa duyệt: Ngày Văn hóa Việt Nam, 08:00 23/11/2026" in told
    async with office.database.transaction() as session:
        await jobs.set_watermark(session, "backup", REMINDED)
    await hung.tap("Xem lại", message_id=status)
    assert "Bản sao lưu gần nhất: 08:00 20/11/2026" in said_on(hung, status)


def said_on(phone: Phone, message_id: int) -> str:
    return next(message.text for message in phone.messages() if message.message_id == message_id)


async def test_whom_a_message_did_not_reach_is_listed_by_name(office: Office):
    """[Không gửi được (n)] has name, unit, what it was, when and why; [Quay lại] leads back."""
    hung, hoa = office.phone("hung"), office.phone("hoa")
    await hoa.block()
    await turn_to(office, REMINDED)
    await hung.send("/trangthai")
    (label,) = (label for label in hung.last.labels if label.startswith("Không gửi được"))
    await hung.tap(label)
    assert "Không gửi được (30 ngày gần đây)" in hung.screen
    assert (
        "• Phạm Quang Minh (Phòng Nội chính): Nhắc chọn gương kỳ tháng 11/2026, 08:00 20/11/2026 – "
        "chưa mở trò chuyện với trợ lý" in hung.screen
    )
    await hung.tap("Quay lại")
    assert "Tình trạng hệ thống" in hung.screen
    await hung.tap("Chưa liên lạc được (1)")
    assert "• Võ Thị Hoa (Phòng Tổng hợp): đã chặn trợ lý" in hung.screen
    async with office.database.transaction() as session:
        await session.execute("update people set telegram_id = null where code = 'lan'")
    await hung.tap("Quay lại")
    await hung.tap("Chưa liên lạc được (2)")
    assert "• Nguyễn Thị Lan (Phòng Hành chính - Tổ chức): chưa tham gia trợ lý" in hung.screen


async def test_what_is_in_doubt_is_listed_and_long_lists_are_paged(office: Office):
    """Ten a page, the latest first, each with its kind in words."""
    hung, lan_id = office.phone("hung"), await office.person_id("lan")
    async with office.database.transaction() as session:
        for n in range(11):
            await notices.plan(session, "invitation", f"20{26 + n}-12", lan_id, {}, office.clock())
        await session.execute("update notices set state = 'unknown', error = 'TimedOut'")
    await hung.send("/trangthai")
    await hung.tap("Chưa rõ đã nhận (11)")
    assert hung.screen.count("• Nguyễn Thị Lan") == 10
    assert "Mời đề cử tháng 12/2026, 08:00 18/11/2026 – Telegram không trả lời" in hung.screen
    await hung.tap("Xem thêm ›")
    assert hung.screen.count("• Nguyễn Thị Lan") == 1
    assert "Mời đề cử tháng 12/2036" in hung.screen
    await hung.tap("‹ Trước")
    assert hung.screen.count("• Nguyễn Thị Lan") == 10
    await hung.tap_data("st:0:99999:unknown:")
    assert hung.screen.count("• Nguyễn Thị Lan") == 1


async def test_an_empty_list_says_so(office: Office):
    """An old button of a list that is empty by now."""
    hung = office.phone("hung")
    await hung.send("/trangthai")
    for act in ("unknown", "failed", "unreachable"):
        await hung.tap_data(f"st:0:0:{act}:")
        assert "Hiện không có ai." in hung.screen


async def test_missed_occasions_are_told_in_words(office: Office):
    """The latest of thirty days by what they were; older ones are left out; it stays one screen."""
    hung = office.phone("hung")
    async with office.database.transaction() as session:
        for kind, key, ago in (
            ("greeting", "2026-11-09:phap_luat", 9),
            ("reminder", "2026-10:1", 28),
            ("invitation", "2026-11", 13),
            ("content", "2026-11-08:content", 10),
            ("silent", "2026-09", 40),
        ):
            at = office.clock() - timedelta(days=ago)
            await occurrences.note(session, kind, key, at, Fate.MISSED, office.clock())
    await hung.send("/trangthai")
    (line,) = (line for line in hung.last.text.splitlines() if line.startswith("Bỏ lỡ"))
    assert line.startswith("Bỏ lỡ trong 30 ngày (4): Tin ngày lễ: ")
    assert line.endswith("; Tin thư viện tuyên truyền (08/11); Mời đề cử tháng 11/2026 (05/11); …")
    assert len(hung.last.text) <= ONE_SCREEN


async def test_the_state_in_english(office: Office):
    """Words and buttons in the clerk's own language."""
    hung = office.phone("hung")
    await hung.send("/language")
    await hung.tap("English")
    await office.phone("hoa").block()
    await hung.send("/status")
    assert "Next: To be approved: Vietnamese Culture Day, 08:00 19/11/2026" in hung.screen
    assert "Last backup: none yet" in hung.screen
    await hung.tap("Out of reach (1)")
    assert "• Võ Thị Hoa (Phòng Tổng hợp): has blocked the assistant" in hung.screen


# --- after a restore ---


async def turn_to(office: Office, at: datetime) -> None:
    """Let the time pass, and all that falls due be sent."""
    office.clock.at = at
    await office.settle()


async def restore(office: Office) -> Phone:
    """The data is that of a backup; a reminder to hoa was due before; the secretariat has been told."""
    hung, hoa_id = office.phone("hung"), await office.person_id("hoa")
    office.phone("hoa")
    await office.settle()
    async with office.database.transaction() as session:
        await jobs.set_watermark(session, RESTORED, office.clock())
        due_at = office.clock() - timedelta(hours=1)
        body = {"id": "data.request_settled"}
        await notices.plan(
            session, "text", "old", hoa_id, body, office.clock(), due_at=due_at, hours=Hours.ANY
        )
    office.clock.turn(minutes=1)
    today = office.clock().date()
    for _ in range(2):
        async with office.database.transaction() as session:
            await tell_of_restore(session, office.clock(), today)
    await office.settle()
    return hung


async def held(office: Office) -> int:
    """How many messages are held."""
    async with office.database.reading() as session:
        return (await notices.count_by_state(session)).get(State.HELD, 0)


async def test_after_a_restore_the_secretariat_is_told_once(office: Office):
    """One message with the two ways; nothing of before is sent, and the state shows it."""
    hung = await restore(office)
    told = [message for message in hung.messages() if "khôi phục từ bản sao lưu" in message.text]
    assert [message.labels for message in told] == [["Gửi các tin đã giữ", "Bỏ các tin đã giữ"]]
    assert await held(office) == 1
    assert not [one for one in office.phone("hoa").messages() if one.from_bot]
    await hung.send("/trangthai")
    assert "Giữ lại sau khi khôi phục dữ liệu: 1 tin" in hung.screen
    assert hung.last.labels == ["Gửi các tin đã giữ", "Bỏ các tin đã giữ", "Xem lại"]


async def test_what_was_held_goes_when_it_is_confirmed(office: Office):
    """[Gửi các tin đã giữ] asks first; pressed twice it sends once; later messages are held no more."""
    hung, hoa = await restore(office), office.phone("hoa")
    await hung.tap("Gửi các tin đã giữ")
    assert "Đang giữ 1 tin. Gửi các tin này?" in hung.screen
    assert "• Thông báo: 1" in hung.screen
    assert await held(office) == 1
    sure = hung.last.raw["buttons"][0][0]["data"]
    await hung.tap("Xác nhận gửi")
    assert hung.toast == "Các tin đã giữ đang được gửi."
    assert "Giữ lại" not in hung.screen
    assert len([one for one in hoa.messages() if one.from_bot]) == 1
    for data in (sure, "st:0:0:release:", "st:0:0:drop_sure:"):
        await hung.tap_data(data)
        assert hung.toast == "Không còn tin nào được giữ."
    assert len([one for one in hoa.messages() if one.from_bot]) == 1
    async with office.database.reading() as session:
        assert await jobs.watermark(session, RESTORED) is None
        acts = [line["act"] for line in await access.list_audit(session)]
    assert acts.count("release_held") == 1


async def test_what_was_held_can_be_dropped(office: Office):
    """[Bỏ các tin đã giữ], confirmed: nothing of it is ever sent."""
    hung, hoa = await restore(office), office.phone("hoa")
    await hung.tap("Bỏ các tin đã giữ")
    await hung.tap("Quay lại")
    assert await held(office) == 1
    await hung.tap("Bỏ các tin đã giữ")
    assert "Chúng sẽ không được gửi nữa." in hung.screen
    await hung.tap("Xác nhận bỏ")
    assert hung.toast == "Đã bỏ các tin đã giữ."
    await office.settle()
    assert not [one for one in hoa.messages() if one.from_bot]
    assert await held(office) == 0


async def test_without_a_restore_nobody_is_told(office: Office):
    """No watermark, no message."""
    hung = office.phone("hung")
    async with office.database.transaction() as session:
        await tell_of_restore(session, office.clock(), office.clock().date())
    await office.settle()
    assert not [one for one in hung.messages() if one.from_bot]


# --- whose it is ---


async def test_work_is_counted_by_its_state(database):
    """What waits, what is done and what failed."""
    async with database.transaction() as session:
        lan = await people.find_by_code(session, "lan")
        assert lan is not None
        tasks = [await jobs.add_task(session, "made up", lan.id, {}, START) for _ in range(4)]
        await jobs.end_task(session, tasks[0], START)
        await jobs.end_task(session, tasks[1], START, "broken")
        assert await figures.count_tasks(session) == {"pending": 2, "done": 1, "failed": 1}


@pytest.mark.parametrize(
    "act", ["show", "unknown", "failed", "unreachable", "release", "release_sure", "drop", "drop_sure"]
)
async def test_nobody_else_sees_or_decides(office: Office, act):
    """Not a head, not a leader, and not by a forged button."""
    await restore(office)
    for code in ("hoa", "chanh", "lan"):
        phone = office.phone(code)
        await phone.send("/status")
        assert "dành cho bộ phận thư ký" in phone.screen
        await phone.tap_data(f"st:0:0:{act}:")
        assert "dành cho bộ phận thư ký" in (phone.toast or "")
        assert phone.last.labels == []
    assert await held(office) == 1


async def test_a_forged_act_is_refused(office: Office):
    """Only the button that was shown does something."""
    hung = office.phone("hung")
    await hung.send("/status")
    await hung.tap_data("st:0:0:kill:")
    assert hung.toast == "Nút này đã cũ. Đây là nội dung hiện tại."
