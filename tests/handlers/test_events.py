"""/sukien: made, invited to, answered, reminded of, changed, called off, and what came of it."""

from bot.domain.events import EventState, Reply
from storage import events
from tests.events import TITLE, WHEN_SAID, invited, made, the_event
from tests.posting import at_instant, local, pass_time, said


async def test_an_event_is_made_and_people_are_invited(office, phones, hung):
    """One screen a step, one preview; guests and the host's people are invited once, nobody else."""
    await made(hung, "Phòng Tổng hợp")
    assert f"{TITLE}\nGiao lưu, trao đổi kinh nghiệm\nThời gian: {WHEN_SAID}" in hung.last.text
    assert "Địa điểm: Hội trường tầng 2\nChủ trì: Phòng Nội chính" in hung.last.text
    assert "Nhận được qua Telegram: 6 người; chưa nhận được: 0 người" in hung.last.text
    assert said(phones["minh"]) == []
    await hung.tap("Gửi lời mời")
    assert "Đã gửi lời mời tới 6 người" in hung.last.text
    for code in ("minh", "duc", "lan2", "hoa", "tuan", "chanh"):
        (text,) = said(phones[code])
        assert text.startswith("Trân trọng kính mời đồng chí tham dự:"), code
        assert phones[code].last.labels == ["Tham dự", "Không tham dự được", "Tải lịch (.ics)"]
    for code in ("lan", "mai", "kien", "thao", "cu"):
        assert said(phones[code]) == []


async def test_answers_are_counted_and_may_change_until_it_begins(office, phones, hung):
    """Yes, then no; the secretariat and the host's head see the counts and the names, others do not."""
    await invited(hung, "Phòng Tổng hợp")
    await phones["tuan"].tap("Tham dự")
    assert "đồng chí tham dự" in phones["tuan"].last.text
    assert "✓ Tham dự" in phones["tuan"].last.labels
    await phones["duc"].tap("Tham dự")
    await phones["hoa"].tap("Không tham dự được")
    minh = phones["minh"]
    await minh.send("/sukien")
    await minh.tap(f"04/12 14:00 · {TITLE}"[:60])
    assert "Tham dự: 2 · Không dự được: 1 · Chưa trả lời: 3" in minh.last.text
    await minh.tap("Danh sách người dự")
    assert "Tham dự: 2 người" in minh.last.text
    assert "Phòng Nội chính\n· Đỗ Minh Đức\nPhòng Tổng hợp\n· Bùi Anh Tuấn" in minh.last.text
    await phones["tuan"].tap("Không tham dự được")
    assert "Tham dự: " not in phones["tuan"].last.text
    await at_instant(office, local(4, 12, 14))
    await phones["duc"].tap("Không tham dự được")
    assert "đã bắt đầu" in (phones["duc"].toast or "")
    event = await the_event(office)
    async with office.database.reading() as session:
        replies = {one.full_name: one.answer for one in await events.list_replies(session, event.id)}
    assert replies == {"Đỗ Minh Đức": Reply.YES, "Bùi Anh Tuấn": Reply.NO, "Võ Thị Hoa": Reply.NO}


async def test_who_comes_is_reminded_the_day_and_the_hour_before(office, phones, hung):
    """Those who said yes alone, at the configured hour and an hour before; each once."""
    await invited(hung, "Phòng Tổng hợp")
    await phones["duc"].tap("Tham dự")
    await phones["hoa"].tap("Không tham dự được")
    await at_instant(office, local(3, 12, 7, 59))
    assert not any("Kính nhắc" in text for text in said(phones["duc"]))
    await at_instant(office, local(3, 12, 8))
    assert phones["duc"].last.text.startswith("Kính nhắc đồng chí lịch tham dự:")
    await at_instant(office, local(4, 12, 13))
    assert any(text.startswith("Kính nhắc đồng chí: sự kiện sắp bắt đầu.") for text in said(phones["duc"]))
    await pass_time(office, minutes=30)
    reminders = [text for text in said(phones["duc"]) if text.startswith("Kính nhắc")]
    assert len(reminders) == 2
    for code in ("hoa", "tuan", "minh"):
        assert not any(text.startswith("Kính nhắc") for text in said(phones[code]))


async def test_a_change_is_told_to_who_said_yes(office, phones, hung):
    """One message says what changed; reminders follow the new time; nobody is asked anew."""
    await invited(hung, "Phòng Tổng hợp")
    await phones["duc"].tap("Tham dự")
    await hung.tap("Xem sự kiện")
    await hung.tap("Thay đổi")
    await hung.tap("Thời gian")
    await hung.send("8h30 sáng thứ hai tuần sau")
    await hung.tap("Địa điểm")
    await hung.send("Phòng họp số 1")
    assert "Thay đổi: Thời gian, Địa điểm." in hung.last.text
    assert not any("có thay đổi" in text for text in said(phones["duc"]))
    await hung.tap("Lưu và báo người dự")
    assert "1 người được báo" in hung.last.text
    told = phones["duc"].last.text
    assert told.startswith("Sự kiện đồng chí sẽ dự có thay đổi: Thời gian, Địa điểm. Thông tin mới nhất:")
    assert "08:30, thứ Hai 23/11/2026" in told
    assert len(said(phones["tuan"])) == 1
    await phones["tuan"].tap("Tham dự")
    assert "Phòng họp số 1" in phones["tuan"].last.text
    await at_instant(office, local(22, 11, 8))
    assert phones["duc"].last.text.startswith("Kính nhắc đồng chí lịch tham dự:")
    await at_instant(office, local(23, 11, 7, 30))
    n = len(said(phones["duc"]))
    await at_instant(office, local(4, 12, 13))
    assert not any("Kính nhắc" in text for text in said(phones["duc"])[n:])


async def test_calling_off_is_told_with_its_reason(office, phones, hung):
    """Who said yes reads why; nothing reminds any more; the invitation's buttons say so."""
    await invited(hung, "Phòng Tổng hợp")
    await phones["duc"].tap("Tham dự")
    await hung.tap("Xem sự kiện")
    await hung.tap("Hủy sự kiện")
    await hung.send("Trùng lịch họp tỉnh")
    await hung.tap("Xác nhận hủy")
    assert "1 người được báo" in hung.last.text
    assert "Lý do: Trùng lịch họp tỉnh" in phones["duc"].last.text
    assert len(said(phones["tuan"])) == 1
    await phones["tuan"].tap("Tham dự")
    assert phones["tuan"].toast == "Sự kiện này đã hủy."
    n = len(said(phones["duc"]))
    await at_instant(office, local(4, 12, 13))
    assert not any("Kính nhắc" in text for text in said(phones["duc"])[n:])
    assert (await the_event(office)).state is EventState.CANCELLED


async def test_the_outcome_is_asked_the_working_day_after(office, phones, hung):
    """On Monday at nine for a Friday's event: how many came, what came of it, and a lesson."""
    await invited(hung, "Phòng Tổng hợp")
    await at_instant(office, local(5, 12, 9))
    assert not any("Sự kiện đã diễn ra" in text for text in said(hung))
    await at_instant(office, local(7, 12, 9))
    assert any("Sự kiện đã diễn ra" in text for text in said(hung))
    await hung.tap("Ghi kết quả")
    await hung.send("nhiều lắm")
    assert "gõ một con số" in hung.last.text
    await hung.send("45 người")
    await hung.send("Hai phòng thống nhất cùng số hóa hồ sơ.")
    assert "Đã ghi kết quả" in hung.last.text
    assert hung.last.labels == ["Thêm bài học", "Xem sự kiện"]
    event = await the_event(office)
    assert (event.state, event.attended) == (EventState.HELD, 45)
    lan = phones["lan"]
    await lan.send("/sukien")
    await lan.tap("Đã qua (1)")
    await lan.tap(f"04/12 14:00 · {TITLE}"[:60])
    assert "Kết quả (45 người dự): Hai phòng thống nhất" in lan.last.text


async def test_what_an_event_taught_stands_below_its_card(office, phones, hung):
    """From the outcome straight to a lesson, and from the event's card to it, for everybody."""
    await invited(hung, "Phòng Tổng hợp", when="8h 20/11/2026")
    await at_instant(office, local(20, 11, 12))
    minh = phones["minh"]
    await minh.send("/sukien")
    await minh.tap("Đã qua (1)")
    await minh.tap_data("ev:1:0:show:")
    await minh.tap("Ghi kết quả")
    await minh.send("12")
    await minh.send("Hai phòng thống nhất cách làm.")
    await minh.tap("Thêm bài học")
    await minh.tap("Tổ chức phong trào thi đua")
    await minh.send("Nên mời cả văn thư của hai phòng cùng dự.")
    await minh.tap("Ghi lại")
    lan = phones["lan"]
    await lan.send("/sukien")
    await lan.tap("Đã qua (1)")
    await lan.tap_data("ev:1:0:show:")
    await lan.tap("Bài học: Nên mời cả văn thư của hai phòng cùng dự.")
    assert "Nên mời cả văn thư của hai phòng cùng dự." in lan.last.text
