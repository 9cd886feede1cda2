"""/thongbao: written, aimed, looked at, sent after a minute or at its hour, followed and reported."""

import pytest

from bot.operations.dispatch_posts import dispatch_due
from bot.sandbox.faults import Fault
from storage import people
from storage.posts import PostState
from tests.office import START
from tests.phones import Phone
from tests.posting import at_instant, local, pass_time, said, the_post

TEXT = "Mời các đồng chí dự họp giao ban lúc 15:00 <hôm nay> & mang theo sổ."


async def written(hung: Phone, text: str = TEXT) -> None:
    """Up to the question when, for everybody."""
    await hung.send("/thongbao")
    await hung.send(text)
    await hung.tap("Tiếp tục")


async def sent(hung: Phone, text: str = TEXT) -> None:
    """Sent at once; a minute is left."""
    await written(hung, text)
    await hung.tap("Gửi ngay")
    await hung.tap("Gửi")


async def test_an_announcement_goes_to_everybody_after_a_minute(office, phones, hung):
    """The exact text is seen first; nothing goes before it is said twice; everybody gets it once."""
    await hung.send("/thongbao")
    assert "10–3.500 ký tự" in hung.last.text
    await hung.send(TEXT)
    assert "toàn cơ quan" in hung.last.text
    assert "Nhận được qua Telegram: 11 người; chưa nhận được: 0 người" in hung.last.text
    await hung.tap("Tiếp tục")
    assert TEXT in hung.last.text
    assert hung.last.labels[:3] == ["Gửi ngay", "Gửi lúc 08:00 19/11/2026", "Giờ khác"]
    await hung.tap("Gửi ngay")
    assert "Gửi ngay tới 11 người?" in hung.last.text
    assert said(phones["lan"]) == []
    await hung.tap("Gửi")
    assert "sau 60 giây" in hung.last.text
    await pass_time(office, seconds=59)
    assert said(phones["lan"]) == []
    await pass_time(office, seconds=1)
    await pass_time(office, minutes=5)
    for code, phone in phones.items():
        assert said(phone).count(TEXT) == (code != "cu"), code


async def test_progress_stands_in_one_message_and_the_report_follows(office, phones, hung):
    """The author sees it go in a message that changes, then the counts and the names."""
    await phones["duc"].block()
    office.telegram.add_fault(Fault("timeout_after_accept", chat_id=phones["hoa"].user_id, seconds=0))
    await sent(hung)
    await pass_time(office, seconds=60)
    progress = [text for text in said(hung) if text.startswith(("Đang gửi", "Đã gửi xong"))]
    assert progress == [
        "Đã gửi xong: 10/10.\nThông báo: Mời các đồng chí dự họp giao ban lúc 15:00 <hôm nay> & mang…"
    ]
    office.telegram.faults.clear()
    await pass_time(office, minutes=20)
    assert "Đã nhận: 9\nChưa nhận được: 1\nChưa rõ: 1" in hung.last.text
    assert hung.last.labels == ["Đã nhận (9)", "Chưa nhận được (1)", "Chưa rõ (1)"]
    await hung.tap("Chưa nhận được (1)")
    assert "Đỗ Minh Đức, Phòng Nội chính: đã chặn trợ lý" in hung.last.text
    await hung.tap("Quay lại")
    await hung.tap("Chưa rõ (1)")
    assert "Võ Thị Hoa, Phòng Tổng hợp" in hung.last.text
    assert said(phones["hoa"]).count(TEXT) == 1


async def test_the_progress_is_counted_while_it_goes(office, phones, hung):
    """What has arrived so far is told while the others wait, and the same message says when all have it."""
    await sent(hung)
    office.clock.turn(seconds=60)
    async with office.database.transaction() as session:
        await dispatch_due(session, office.clock(), office.config)
        await session.execute(
            "update notices set due_at = due_at + 600000000 where kind = 'post' and person_id > 6"
        )
    await pass_time(office)
    (progress,) = (message for message in hung.messages() if message.text.startswith("Đang gửi"))
    assert progress.text.startswith("Đang gửi: 6/11…")
    assert progress.edited
    await pass_time(office, minutes=11)
    (done,) = (message for message in hung.messages() if message.message_id == progress.message_id)
    assert done.text.startswith("Đã gửi xong: 11/11.")
    assert "Đã nhận: 11" in hung.last.text


async def test_taken_back_within_the_minute(office, phones, hung):
    """[Hủy gửi] works until it goes, and then says that it is too late."""
    await sent(hung)
    await pass_time(office, seconds=50)
    await hung.tap("Hủy gửi")
    assert "Không ai nhận được" in hung.last.text
    await pass_time(office, minutes=5)
    assert said(phones["lan"]) == []
    await sent(hung)
    going = hung.last.message_id
    await pass_time(office, seconds=61)
    await hung.tap("Hủy gửi", message_id=going)
    assert hung.toast == "Nội dung này đã được gửi."
    assert said(phones["lan"]) == [TEXT]


async def test_scheduled_for_the_next_working_morning(office, phones, hung):
    """One button; it may be cancelled until then, from /thongbao too."""
    await written(hung)
    await hung.tap("Gửi lúc 08:00 19/11/2026")
    assert "Gửi lúc 08:00 19/11/2026 tới 11 người?" in hung.last.text
    await hung.tap("Gửi")
    assert "sẽ được gửi lúc 08:00 19/11/2026" in hung.last.text
    await hung.send("/thongbao")
    await hung.tap(next(label for label in hung.last.labels if label.startswith("Thông báo: ")))
    assert "đã duyệt – Trần Văn Hùng, 08:00 18/11/2026" in hung.last.text
    assert TEXT in hung.last.text
    assert hung.last.labels == ["Hủy gửi"]
    await at_instant(office, local(19, 11, 8))
    assert said(phones["lan"]) == [TEXT]


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("15:30 28/11", local(28, 11, 15, 30)),
        ("28/11/2026 15:30", local(28, 11, 15, 30)),
        ("21h 18/11", local(18, 11, 21)),
        ("09:15", local(18, 11, 9, 15)),
        ("08:00 05/01", local(5, 1, 8, year=2027)),
    ],
)
async def test_another_time_is_typed(office, phones, hung, typed, at):
    """As people write it; what a person asks for may be on a day off or in the evening."""
    await written(hung)
    await hung.tap("Giờ khác")
    assert "Ví dụ: 08:00 19/11/2026" in hung.last.text
    await hung.send(typed)
    assert f"Gửi lúc {at:%H:%M %d/%m/%Y}" in hung.last.text
    await hung.tap("Gửi")
    await at_instant(office, at)
    assert TEXT in said(phones["lan"])


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("mai", "Chưa đọc được"),
        ("25:00 28/11", "Chưa đọc được"),
        ("15:30 31/11", "Chưa đọc được"),
        ("28/11", "Chưa đọc được"),
        ("07:00", "đã qua"),
        ("07:00 17/11", "đã qua"),
        ("07:00 17/11/2025", "đã qua"),
        ("15:30 28/11/2036", "quá xa"),
        ("x" * 4000, "Chưa đọc được"),
    ],
)
async def test_a_time_that_makes_no_sense_is_refused_with_an_example(hung, typed, why):
    """The question stays, and a good answer is taken."""
    await written(hung)
    await hung.tap("Giờ khác")
    await hung.send(typed)
    assert why in hung.last.text
    assert "Ví dụ: 08:00 19/11/2026" in hung.last.text
    await hung.send("15:30 28/11")
    assert "Gửi lúc 15:30 28/11/2026" in hung.last.text


async def test_a_time_that_passes_while_one_thinks_is_refused(office, phones, hung):
    """It is looked at again when it is sent."""
    await written(hung)
    await hung.tap("Giờ khác")
    await hung.send("08:30")
    await pass_time(office, hours=1)
    await hung.tap("Gửi")
    assert hung.toast == "Giờ ấy đã qua. Xin đồng chí chọn một giờ sắp tới."
    assert said(phones["lan"]) == []


async def test_only_some_units_and_roles(office, phones, hung):
    """Toggled on and off; heads of two units get it, nobody else."""
    await hung.send("/thongbao")
    await hung.send(TEXT)
    await hung.tap("✓ Toàn cơ quan")
    await hung.tap("trưởng đơn vị")
    assert "trưởng đơn vị\nNhận được qua Telegram: 4 người" in hung.last.text
    await hung.tap("lãnh đạo")
    await hung.tap("✓ lãnh đạo")
    await hung.tap("Chọn đơn vị")
    await hung.tap("Phòng Nội chính")
    await hung.tap("Phòng Tổng hợp")
    await hung.tap("Phòng Hành chính - Tổ chức")
    await hung.tap("✓ Phòng Hành chính - Tổ chức")
    assert "trưởng đơn vị của NC, TH\nNhận được qua Telegram: 2 người" in hung.last.text
    await hung.tap("Xong")
    assert "Chọn đơn vị (2)" in hung.last.labels
    await hung.tap("Tiếp tục")
    await hung.tap("Gửi ngay")
    await hung.tap("Gửi")
    await pass_time(office, seconds=60)
    got = {code for code, phone in phones.items() if TEXT in said(phone)}
    assert got == {"minh", "hoa"}


async def test_everybody_again(hung):
    """One button takes back every choice."""
    await hung.send("/thongbao")
    await hung.send(TEXT)
    await hung.tap("bộ phận thư ký")
    assert "bộ phận thư ký\nNhận được qua Telegram: 1 người" in hung.last.text
    await hung.tap("Toàn cơ quan")
    assert "toàn cơ quan\nNhận được qua Telegram: 11 người" in hung.last.text


async def test_nobody_to_send_it_to(hung):
    """An audience without anybody offers no way to send."""
    await hung.send("/thongbao")
    await hung.send(TEXT)
    await hung.tap("cấp phó phụ trách")
    await hung.tap("Tiếp tục")
    assert "Nhận được qua Telegram: 0 người" in hung.last.text
    assert "Gửi ngay" not in hung.last.labels
    await hung.tap("Đổi người nhận")
    assert "Gửi tới ai?" in hung.last.text


async def test_who_cannot_be_reached_is_counted_before(office, phones, hung):
    """Blocked, not come in, not agreed: told before, and by name afterwards."""
    await phones["duc"].block()
    async with office.database.transaction() as session:
        thao = await people.find_by_code(session, "thao")
        assert thao is not None
        await people.note_consent(session, thao.id, "processing", 1, START, given=False)
        await session.execute("update people set telegram_id = null where code = 'kien'")
    await written(hung)
    assert "Nhận được qua Telegram: 8 người; chưa nhận được: 3 người" in hung.last.text
    await hung.tap("Gửi ngay")
    await hung.tap("Gửi")
    await pass_time(office, seconds=60)
    await hung.tap("Chưa nhận được (3)")
    assert "Hoàng Trung Kiên, Trung tâm Phục vụ hành chính công: chưa vào Telegram" in hung.last.text
    assert "Đặng Phương Thảo, Trung tâm Phục vụ hành chính công: chưa đồng ý xử lý dữ liệu" in hung.last.text
    assert "Đỗ Minh Đức, Phòng Nội chính: đã chặn trợ lý" in hung.last.text


async def test_a_text_too_short_or_long_is_asked_for_again(hung):
    """With what is wrong; a sticker is no text."""
    await hung.send("/thongbao")
    await hung.send("Họp!")
    assert "ít nhất 10 ký tự" in hung.last.text
    await hung.send("h" * 3600)
    assert "thừa 100" in hung.last.text
    await hung.sticker()
    assert "Chỉ nhận chữ hoặc một ảnh" in hung.last.text
    await hung.document(b"%PDF-1.7", "a.pdf")
    assert "Chỉ nhận chữ hoặc một ảnh" in hung.last.text
    await hung.send("h" * 3500)
    assert "Gửi tới ai?" in hung.last.text
    await hung.tap("Tiếp tục")
    assert "h" * 3500 in hung.last.text


async def test_with_a_picture(office, phones, hung):
    """A photo with its caption is the announcement; the picture may go and come back."""
    await hung.send("/thongbao")
    await hung.photo()
    assert "Đã nhận ảnh" in hung.last.text
    await hung.send(TEXT)
    await hung.tap("Tiếp tục")
    assert hung.last.raw["photo"]
    assert TEXT in hung.last.text
    await hung.tap("Bỏ ảnh")
    assert not hung.last.raw["photo"]
    await hung.tap("Thêm ảnh")
    await hung.photo()
    assert hung.last.raw["photo"]
    await hung.tap("Gửi ngay")
    await hung.tap("Gửi")
    await pass_time(office, seconds=60)
    assert phones["lan"].last.raw["photo"]
    assert phones["lan"].last.text == TEXT


async def test_a_photo_with_a_long_caption_is_refused(hung):
    """Telegram's captions are short."""
    await hung.send("/thongbao")
    await hung.photo("Chú thích dài. " * 65)
    assert "không kèm ảnh được" in hung.last.text
    await hung.photo("Chú thích vừa phải của bức ảnh.")
    assert "Gửi tới ai?" in hung.last.text


async def test_words_and_pictures_where_a_button_is_waited_for(hung):
    """A text where a choice is asked changes nothing; a picture joins."""
    await written(hung)
    await hung.send("Một nội dung khác hẳn để thử.")
    assert "Xin đồng chí bấm một nút bên dưới" in hung.last.text
    assert TEXT in hung.last.text
    await hung.photo()
    assert hung.last.raw["photo"]


async def test_the_text_can_be_changed_before_it_goes(office, phones, hung):
    """[Sửa nội dung] keeps the audience; [Quay lại] keeps the text."""
    await hung.send("/thongbao")
    await hung.send(TEXT)
    await hung.tap("bộ phận thư ký")
    await hung.tap("Tiếp tục")
    await hung.tap("Sửa nội dung")
    await hung.tap("Quay lại")
    assert TEXT in hung.last.text
    await hung.tap("Sửa nội dung")
    await hung.send("Cuộc họp dời sang 16:00.")
    assert "Cuộc họp dời sang 16:00." in hung.last.text
    assert "bộ phận thư ký" in hung.last.text
    await hung.tap("Gửi ngay")
    await hung.tap("Quay lại")
    assert "Cuộc họp dời sang 16:00." in hung.last.text


async def test_left_and_taken_up_again(office, hung):
    """/huy and a restart keep what is written; it can be resumed, replaced or thrown away."""
    await written(hung)
    await hung.send("/huy")
    assert "vẫn được giữ" in hung.last.text
    await office.restart()
    await hung.send("/thongbao")
    assert TEXT in hung.last.text
    await hung.tap("Viết tiếp")
    assert "Gửi ngay" in hung.last.labels
    await hung.tap("Hủy")
    await hung.tap("Bỏ hẳn")
    assert "Đã bỏ thông báo" in hung.last.text
    await hung.send("/thongbao")
    assert "10–3.500 ký tự" in hung.last.text
    await hung.send("/huy")
    assert "Chưa có gì được gửi" in hung.last.text
    await written(hung)
    await hung.send("/thongbao")
    await hung.tap("Soạn thông báo mới")
    assert "10–3.500 ký tự" in hung.last.text


async def test_pressing_send_twice_sends_once(office, phones, hung):
    """The draft is gone with the first tap."""
    await written(hung)
    await hung.tap("Gửi ngay")
    confirm = hung.last.message_id
    await hung.tap_data("an:1:4:send:", message_id=confirm)
    await hung.tap_data("an:1:4:send:", message_id=confirm)
    await pass_time(office, seconds=61)
    assert said(phones["lan"]) == [TEXT]
    async with office.database.reading() as session:
        assert len(await session.fetch("select id from posts")) == 1


async def test_an_old_button_changes_nothing(office, hung):
    """A screen of before is stale."""
    await written(hung)
    preview = hung.last.message_id
    await hung.tap("Gửi ngay")
    await hung.tap_data("an:1:3:morning:", message_id=preview)
    assert hung.toast
    await hung.tap("Gửi")
    assert (await the_post(office)).send_at == office.clock().replace(minute=1)


@pytest.mark.parametrize("code", ["lan", "minh", "chanh"])
async def test_nobody_else_announces(office, phones, code):
    """Neither an employee, a head nor a leader, by command or by a forged button."""
    phone = phones[code]
    await phone.send("/thongbao")
    assert "bộ phận thư ký" in phone.last.text
    await phone.tap_data("an:1:1:send:")
    assert "bộ phận thư ký" in (phone.toast or "")


async def test_nobody_cancels_what_is_not_theirs_to_cancel(office, phones, hung):
    """A forged cancel of an employee is refused."""
    await sent(hung)
    await phones["lan"].send("/mydata")
    await phones["lan"].tap_data("po:1:1:cancel:")
    assert "bộ phận thư ký" in (phones["lan"].toast or "")
    assert (await the_post(office)).state is PostState.APPROVED


async def test_who_loses_the_right_while_writing_sends_nothing(office, phones, hung):
    """The role is looked at when the button is pressed."""
    await written(hung)
    await hung.tap("Gửi ngay")
    async with office.database.transaction() as session:
        me = await people.find_by_code(session, "hung")
        assert me is not None
        await people.set_posts(session, me.id, [])
    await hung.tap("Gửi")
    assert "bộ phận thư ký" in (hung.toast or "")
    await pass_time(office, minutes=2)
    assert said(phones["lan"]) == []


async def test_off_for_too_long(office, phones, hung):
    """What could not go for two days goes no more, and its author hears so."""
    await sent(hung)
    office.clock.turn(days=3)
    await pass_time(office)
    assert said(phones["lan"]) == []
    assert any("không gửi được" in text for text in said(hung))


async def test_in_english(office, phones):
    """An English-reading clerk announces; the text goes as it was typed."""
    async with office.database.transaction() as session:
        me = await people.find_by_code(session, "hung")
        assert me is not None
        await people.set_language(session, me.id, "en")
    hung = phones["hung"]
    await hung.send("/announce")
    await hung.send(TEXT)
    assert "the whole office" in hung.last.text
    await hung.tap("Go on")
    await hung.tap("Send now")
    await hung.tap("Send")
    assert "goes out in 60 seconds" in hung.last.text
    await pass_time(office, seconds=60)
    assert said(phones["lan"]) == [TEXT]
    assert any("What became of it" in text for text in said(hung))
