"""/sukien, where things are less simple: speakers, quiet hours, restarts, forged buttons, many guests."""

from datetime import UTC, datetime

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from bot.domain.events import EventState, Reply
from bot.domain.people import Post, UnitId
from bot.domain.roles import Role
from bot.domain.writing import abridge
from storage import events, people, units
from tests.events import PLACE, TITLE, WHEN, invited, made, the_event
from tests.exemplars import honoured, taken_over
from tests.office import Office
from tests.phones import Phone
from tests.posting import at_instant, local, pass_time, said

THAO = abridge("Đặng Phương Thảo (Trung tâm Phục vụ hành chính công)", 50)


async def with_speakers(hung: Phone, *names: str) -> None:
    """An exchange of everybody at which some speak; the invitations are on their way."""
    await hung.send("/sukien")
    await hung.tap("Tổ chức sự kiện mới")
    await hung.tap("Hội nghị biểu dương")
    await hung.send(TITLE)
    await hung.tap("Phòng Nội chính")
    await hung.tap("Tiếp tục")
    for name in names:
        await hung.tap(name)
    await hung.tap("Tiếp tục")
    await hung.send(WHEN)
    await hung.send(PLACE)
    await hung.tap("Không có ghi chú")
    await hung.tap("Gửi lời mời")


async def test_a_published_exemplar_is_named_another_only_after_accepting(office, phones, hung):
    """Nobody learns of an unpublished exemplar from an invitation; who accepts is named and comes."""
    await honoured(office, "lan2")
    await taken_over(office, "thao", nominator="kien")
    await with_speakers(hung, "Nguyễn Thị Lan (Phòng Nội chính)", THAO)
    invitation = said(phones["tuan"])[0]
    assert "Chia sẻ: Nguyễn Thị Lan (Phòng Nội chính)" in invitation
    assert "Thảo" not in invitation
    thao = phones["thao"]
    asked = next(message for message in thao.messages() if "trân trọng mời đồng chí chia sẻ" in message.text)
    assert asked.labels == ["Nhận lời", "Không tham gia được"]
    await thao.tap("Nhận lời")
    assert "cảm ơn đồng chí đã nhận lời" in thao.last.text
    assert any("Đặng Phương Thảo" in text and "đã nhận lời" in text for text in said(hung))
    await phones["tuan"].tap("Tham dự")
    assert "Đặng Phương Thảo" in phones["tuan"].last.text
    assert sum(TITLE in text for text in said(phones["lan2"])) == 1
    await phones["lan2"].tap("Không tham gia được")
    assert "Tham dự" in phones["lan2"].last.labels
    await phones["duc"].tap("Tham dự")
    assert "Nguyễn Thị Lan" not in phones["duc"].last.text
    event = await the_event(office)
    assert [one.answer for one in event.speakers] == [Reply.NO, Reply.YES]
    for code, names in (("hung", 2), ("minh", 1)):
        await phones[code].send("/sukien")
        await phones[code].tap(f"04/12 14:00 · {TITLE}"[:60])
        assert phones[code].last.text.count("Đặng Phương Thảo") == names
        assert ("Nguyễn Thị Lan" in phones[code].last.text) == (code == "hung")
    await at_instant(office, local(3, 12, 8))
    assert any(text.startswith("Kính nhắc") for text in said(thao))


async def test_a_speaker_may_be_let_off_and_another_asked(office, phones, hung):
    """A change of who speaks tells the one who is off, asks the new one, and tells who comes."""
    await honoured(office, "lan2")
    await honoured(office, "thao", nominator="kien")
    await with_speakers(hung, "Nguyễn Thị Lan (Phòng Nội chính)")
    await phones["duc"].tap("Tham dự")
    await hung.send("/sukien")
    await hung.tap(f"04/12 14:00 · {TITLE}"[:60])
    await hung.tap("Thay đổi")
    await hung.tap("Gương chia sẻ")
    await hung.tap("✓ Nguyễn Thị Lan (Phòng Nội chính)")
    await hung.tap(THAO)
    await hung.tap("Tiếp tục")
    await hung.tap("Lưu và báo người dự")
    assert "không phải chia sẻ" in phones["lan2"].last.text
    assert "trân trọng mời đồng chí chia sẻ" in phones["thao"].last.text
    assert phones["duc"].last.text.startswith("Sự kiện đồng chí sẽ dự có thay đổi: Gương chia sẻ.")
    first = next(message for message in phones["lan2"].messages() if "Nhận lời" in message.labels)
    await phones["lan2"].tap("Nhận lời", message_id=first.message_id)
    assert "Chương trình đã thay đổi" in (phones["lan2"].toast or "")


async def test_who_declined_publication_cannot_be_asked(office, phones, hung):
    """Such an exemplar is not on the list; one who declines later is named no more."""
    await honoured(office, "lan2")
    await with_speakers(hung, "Nguyễn Thị Lan (Phòng Nội chính)")
    assert "Nguyễn Thị Lan" in said(phones["tuan"])[0]
    async with office.database.transaction() as session:
        await session.execute("update exemplars set consent = 'declined'")
    await phones["tuan"].tap("Tham dự")
    assert "Nguyễn Thị Lan" not in phones["tuan"].last.text
    await hung.send("/sukien")
    await hung.tap("Tổ chức sự kiện mới")
    await hung.tap("Hội nghị biểu dương")
    await hung.send(TITLE)
    await hung.tap("Phòng Nội chính")
    await hung.tap("Tiếp tục")
    assert "Bắt đầu lúc nào?" in hung.last.text


async def test_quiet_hours_keep_invitations_and_the_newest_change_alone_is_told(office, phones, hung):
    """Made in the evening, it goes in the morning; two changes in the night are one message of both."""
    office.clock.at = datetime(2026, 11, 20, 14, tzinfo=UTC)  # 21:00 on a Friday
    await invited(hung, "Phòng Tổng hợp")
    assert said(phones["duc"]) == []
    await at_instant(office, local(21, 11, 7))  # a Saturday: an invitation may come
    assert len(said(phones["duc"])) == 1
    await phones["duc"].tap("Tham dự")
    await at_instant(office, local(21, 11, 21))
    for field, value in (("Địa điểm", "Phòng họp số 1"), ("Thời gian", "15:00 04/12/2026")):
        await hung.send("/sukien")
        await hung.tap(f"04/12 14:00 · {TITLE}"[:60])
        await hung.tap("Thay đổi")
        await hung.tap(field)
        await hung.send(value)
        await hung.tap("Lưu và báo người dự")
    n = len(said(phones["duc"]))
    await at_instant(office, local(22, 11, 7))
    (told,) = said(phones["duc"])[n:]
    assert told.startswith("Sự kiện đồng chí sẽ dự có thay đổi: Thời gian, Địa điểm.")
    assert "Phòng họp số 1" in told
    assert "15:00, thứ Sáu 04/12/2026" in told


async def test_what_begins_tomorrow_is_changed_at_once_even_at_night(office, phones, hung):
    """Who would else come in vain in the morning is told in the night."""
    await invited(hung, "Phòng Tổng hợp", when="8h 20/11/2026")
    await phones["duc"].tap("Tham dự")
    await at_instant(office, local(19, 11, 22))
    await hung.send("/sukien")
    await hung.tap(f"20/11 08:00 · {TITLE}"[:60])
    await hung.tap("Hủy sự kiện")
    await hung.send("Diễn giả bị ốm")
    await hung.tap("Xác nhận hủy")
    assert "Diễn giả bị ốm" in phones["duc"].last.text


async def test_a_restart_in_the_middle_loses_nothing(office, phones, hung):
    """/huy and a crash keep what was written; it goes on at the same step, and can be thrown away."""
    await hung.send("/sukien")
    await hung.tap("Tổ chức sự kiện mới")
    await hung.tap("Hoạt động văn hóa, văn nghệ")
    await hung.send(TITLE)
    await office.crash()
    await hung.send("/sukien")
    await hung.tap("Soạn tiếp sự kiện đang dở")
    assert "Đơn vị nào chủ trì?" in hung.last.text
    await hung.tap("Quay lại")
    assert f"Hiện là: {TITLE}" in hung.last.text
    await hung.send("Tên khác của sự kiện")
    await hung.send("/huy")
    assert hung.last.labels == ["Viết tiếp", "Bỏ hẳn"]
    await hung.tap("Viết tiếp")
    assert "Đơn vị nào chủ trì?" in hung.last.text
    await hung.send("/huy")
    await hung.tap("Bỏ hẳn")
    await hung.send("/sukien")
    assert "Tổ chức sự kiện mới" in hung.last.labels


async def test_it_is_edited_before_it_goes(office, phones, hung):
    """Each field leads back to the preview; a day off is pointed out, what is past refused."""
    await made(hung, "Phòng Tổng hợp", when="8h chủ nhật")
    assert "Lưu ý: chủ nhật 22/11 là ngày nghỉ." in hung.last.text
    await hung.tap("Sửa")
    await hung.tap("Thời gian")
    await hung.send("8h 17/11/2026")
    assert "đã qua" in hung.last.text
    await hung.send("tuỳ")
    assert "Chưa đọc được thời gian" in hung.last.text
    await hung.send("8h thứ hai")
    assert "ngày nghỉ" not in hung.last.text
    await hung.tap("Sửa")
    await hung.tap("Đơn vị được mời")
    await hung.tap("Toàn cơ quan")
    await hung.tap("Tiếp tục")
    assert "Nhận được qua Telegram: 11 người" in hung.last.text
    send = hung.last.raw["buttons"][0][0]["data"]
    await hung.tap("Gửi lời mời")
    await hung.tap_data(send)
    assert hung.toast
    assert (await the_event(office)).audience.units == ()
    async with office.database.reading() as session:
        assert len(await events.list_events(session)) == 1
    assert len(said(phones["thao"])) == 1


async def test_forged_and_stale_buttons_change_nothing(office, phones, hung):
    """Who is not invited, asked, or of the secretariat gets a clear refusal; an old version too."""
    await honoured(office, "lan2")
    await invited(hung, "Phòng Tổng hợp")
    before = await the_event(office)
    thao, duc = phones["thao"], phones["duc"]
    await thao.send("/sukien")
    await thao.tap(f"04/12 14:00 · {TITLE}"[:60])
    assert thao.last.labels == ["Tải lịch (.ics)", "Về danh sách"]
    for data in (
        "ev:1:0:yes:",
        "ev:1:0:who:0",
        "ev:1:1:change:",
        "ev:1:1:cancel:",
        "ev:1:1:hold:",
        "ev:1:0:speak:1",
        "ev:0:0:make:",
        "ev:9:0:show:",
        "ev:1:0:fly:",
        "ev:0:0:list:7,0",
        "em:1:1:send:",
        "eh:1:1:send:",
        "eo:1:1:sure:",
    ):
        await thao.tap_data(data)
        assert thao.toast, data
    minh = phones["minh"]
    for data in ("ev:1:1:change:", "ev:1:1:cancel:", "ev:1:1:hold:"):
        await minh.tap_data(data)
        assert minh.toast, data
    await hung.send("/sukien")
    await hung.tap_data("ev:1:7:cancel:")
    assert "vừa được người khác thay đổi" in (hung.toast or "")
    await duc.tap_data("ev:1:0:speak:1")
    assert duc.toast
    assert await the_event(office) == before
    async with office.database.reading() as session:
        assert await events.list_replies(session, before.id) == []


async def test_two_clerks_do_not_overwrite_each_other(office, phones, hung):
    """Whoever saves second is told to look again."""
    async with office.database.transaction() as session:
        mai = await people.find_by_code(session, "mai")
        assert mai is not None
        await people.set_posts(session, mai.id, [*mai.posts, *_clerk(mai.unit_id)])
    await invited(hung, "Phòng Tổng hợp")
    for clerk in (hung, phones["mai"]):
        await clerk.send("/sukien")
        await clerk.tap(f"04/12 14:00 · {TITLE}"[:60])
        await clerk.tap("Thay đổi")
        await clerk.tap("Địa điểm")
        await clerk.send(f"Phòng của {clerk.user_id}")
    await hung.tap("Lưu và báo người dự")
    await phones["mai"].tap("Lưu và báo người dự")
    assert "vừa được người khác thay đổi" in (phones["mai"].toast or "")
    assert (await the_event(office)).place == f"Phòng của {hung.user_id}"


async def test_the_file_for_the_calendar(office, phones, hung):
    """It comes as a file; once called off, the same UID with a higher sequence says so."""
    await invited(hung, "Phòng Tổng hợp")
    duc = phones["duc"]
    await duc.tap("Tham dự")
    await duc.tap("Tải lịch (.ics)")
    first = _ics(office, duc)
    assert (first["summary"], first["status"], first["sequence"]) == (
        f"Giao lưu, trao đổi kinh nghiệm: {TITLE}",
        "CONFIRMED",
        1,
    )
    assert first.decoded("dtstart") == local(4, 12, 14)
    await hung.tap("Xem sự kiện")
    await hung.tap("Hủy sự kiện")
    await hung.send("Trùng lịch họp")
    await hung.tap("Xác nhận hủy")
    await duc.tap("Tải lịch (.ics)")
    second = _ics(office, duc)
    assert (second["uid"], second["status"], second["sequence"]) == (first["uid"], "CANCELLED", 2)


async def test_a_hundred_guests(office, phones, hung):
    """All are invited, all who come are listed on pages that Telegram takes, and reminded once."""
    async with office.database.transaction() as session:
        unit = next(one for one in await units.list_units(session) if one.code == "TH")
        for n in range(100):
            name = f"Nguyễn Hoàng Phương Thảo Linh {n:03}"
            person_id = await people.add_person(
                session,
                code=f"g{n}",
                full_name=name,
                post="",
                unit_id=unit.id,
                phone=None,
                telegram_id=5000 + n,
            )
            await people.note_consent(session, person_id, "processing", 1, office.clock(), given=True)
    for n in range(100):
        office.telegram.people.put(5000 + n, f"Khách {n}", started=True)
    await invited(hung, "Phòng Tổng hợp")
    assert "tới 106 người" in hung.last.text
    for n in range(100):
        await Phone(office.telegram, 5000 + n, settle=office.settle).tap_data("ev:1:0:yes:")
    await hung.send("/sukien")
    await hung.tap(f"04/12 14:00 · {TITLE}"[:60])
    assert "Tham dự: 100" in hung.last.text
    await hung.tap("Danh sách người dự")
    assert "Tham dự: 100 người" in hung.last.text
    await hung.tap("Xem thêm ›")
    assert "Linh 099" in hung.last.text
    await at_instant(office, local(3, 12, 8))
    last = Phone(office.telegram, 5099, settle=office.settle)
    assert sum(text.startswith("Kính nhắc") for text in said(last)) == 1


async def test_the_outcome_by_the_hosts_head_and_by_the_secretariat_where_its_maker_is_gone(
    office, phones, hung, database
):
    """The host's head may write it down; where its maker is a clerk no more, the others are asked."""
    await invited(hung, "Phòng Tổng hợp", when="8h 20/11/2026")
    async with database.transaction() as session:
        mai = await people.find_by_code(session, "mai")
        assert mai is not None
        await people.set_posts(session, mai.id, [*mai.posts, *_clerk(mai.unit_id)])
        await session.execute("delete from roles where role = 'secretariat' and person_id = 2")
    await at_instant(office, local(23, 11, 9))
    assert any("Sự kiện đã diễn ra" in text for text in said(phones["mai"]))
    assert not any("Sự kiện đã diễn ra" in text for text in said(hung))
    minh = phones["minh"]
    await minh.send("/sukien")
    await minh.tap("Đã qua (1)")
    await minh.tap(abridge(f"Chờ kết quả: 20/11 08:00 · {TITLE}", 60))
    await minh.tap("Ghi kết quả")
    await minh.send("12")
    await minh.send("Đã thống nhất cách làm.")
    event = await the_event(office)
    assert (event.state, event.attended, event.outcome) == (EventState.HELD, 12, "Đã thống nhất cách làm.")
    await phones["mai"].tap("Ghi kết quả")
    assert "vừa được người khác thay đổi" in (phones["mai"].toast or "")


async def test_downtime_over_the_reminders_tells_what_still_makes_sense(office, phones, hung):
    """Off from two days before until half an hour before: one reminder, the later one; after it, none."""
    await invited(hung, "Phòng Tổng hợp")
    await phones["duc"].tap("Tham dự")
    await at_instant(office, local(4, 12, 13, 30))
    told = [text for text in said(phones["duc"]) if text.startswith("Kính nhắc")]
    assert [text.startswith("Kính nhắc đồng chí: sự kiện sắp bắt đầu.") for text in told] == [True]
    await pass_time(office, hours=3)
    assert len([text for text in said(phones["duc"]) if text.startswith("Kính nhắc")]) == 1


async def test_the_longest_event_fits_on_a_screen(office, phones, hung):
    """Everything as long as it may be, six speakers with long names, its outcome and the counts below."""
    for n in range(7):
        await taken_over(office, "duc", name=f"Tập thể thứ {n} " + "rất dài tên " * 8, nominator="minh")
    await hung.send("/sukien")
    await hung.tap("Tổ chức sự kiện mới")
    await hung.tap("Hội nghị biểu dương")
    await hung.send("Tên sự kiện " * 12)
    await hung.tap("Phòng Nội chính")
    await hung.tap("Tiếp tục")
    for n in range(7):
        label = next(one for one in hung.last.labels if one.startswith(f"Tập thể thứ {n} "))
        await hung.tap(label)
    assert "không quá 6 gương" in (hung.toast or "")
    await hung.tap("Tiếp tục")
    await hung.send("8h 20/11/2026")
    await hung.send("Địa điểm rất dài " * 11)
    await hung.send("Ghi chú dài " * 41)
    await hung.tap("Gửi lời mời")
    asked = [message for message in phones["duc"].messages() if "Nhận lời" in message.labels]
    assert len(asked) == 6
    for message in asked:
        await phones["duc"].tap("Nhận lời", message_id=message.message_id)
    await at_instant(office, local(20, 11, 12))
    await hung.send("/sukien")
    await hung.tap_data("ev:1:1:hold:")
    await hung.send("100000")
    await hung.send("Kết quả dài " * 83)
    await hung.tap("Xem sự kiện")
    assert hung.last.text.count("đã nhận lời") == 6


def _clerk(unit_id: UnitId) -> list[Post]:
    return [Post(Role.SECRETARIAT, unit_id)]


def _ics(office: Office, phone: Phone) -> CalendarEvent:
    """The event in the file that came last."""
    document = next(
        message.raw["document"] for message in reversed(phone.messages()) if message.raw.get("document")
    )
    assert document["name"] == "su-kien-1.ics"
    held = office.telegram.world.find_file(document["file_id"])
    assert held is not None
    content = office.telegram.world.file_bytes(held["path"])
    assert content is not None
    return next(iter(Calendar.from_ical(content.decode()).walk("VEVENT")))  # type: ignore[return-value]
