"""Messages to many, as the secretariat decides about them: seen ahead, approved once, sent once, reported."""

from dataclasses import replace

import pytest

from bot.domain.people import Post as Held
from bot.domain.roles import Role
from bot.domain.timetable import OccasionKind
from bot.sandbox.faults import Fault
from storage import access, people
from storage.posts import PostState
from tests.office import Office
from tests.phones import Phone
from tests.posting import at_instant, come, local, pass_time, said, the_post

CULTURE = (
    "Chào mừng Ngày Văn hóa Việt Nam năm 2026. "
    "Kính chúc đồng chí mạnh khỏe, hoàn thành tốt nhiệm vụ được giao."
)
OWN = "Kính chúc các đồng chí ngày 24/11 vui tươi & ý nghĩa <3"


async def reviewed(office: Office) -> Phone:
    """The secretariat sees the message for 24/11."""
    hung = office.phone("hung")
    await come(office, OccasionKind.REVIEW, "culture")
    return hung


async def second_clerk(office: Office) -> Phone:
    """Mai is of the secretariat too."""
    async with office.database.transaction() as session:
        mai = await people.find_by_code(session, "mai")
        assert mai is not None
        held = [*mai.posts, Held(Role.SECRETARIAT, mai.unit_id)]
        await people.set_posts(session, mai.id, held)
    return office.phone("mai")


async def test_the_secretariat_sees_it_three_working_days_ahead(office, phones):
    """The exact text, to whom, how many and when; nobody else is told anything."""
    hung = await reviewed(office)
    assert office.clock() == local(19, 11, 8)
    assert CULTURE in hung.last.text
    assert "Gửi lúc: 07:30 24/11/2026" in hung.last.text
    assert "Gửi tới: toàn cơ quan" in hung.last.text
    assert "Nhận được qua Telegram: 11 người; chưa nhận được: 0 người" in hung.last.text
    assert hung.last.buttons == [["Duyệt", "Sửa", "Bỏ qua"]]
    assert said(phones["lan"]) == []


async def test_what_is_approved_goes_to_everybody_once_and_on_its_day(office, phones):
    """In each one's language, at its hour; then the secretariat gets the report, and the log has it."""
    async with office.database.transaction() as session:
        lan = await people.find_by_code(session, "lan")
        assert lan is not None
        await people.set_language(session, lan.id, "en")
    hung = await reviewed(office)
    await hung.tap("Duyệt")
    assert "Đã duyệt. Hệ thống sẽ gửi lúc 07:30 24/11/2026" in hung.last.text
    await at_instant(office, local(24, 11, 7, 29))
    assert said(phones["duc"]) == []
    await at_instant(office, local(24, 11, 7, 30))
    await pass_time(office, minutes=5)
    assert said(phones["duc"]) == [CULTURE]
    assert "Vietnamese Culture Day" in said(phones["lan"])[0]
    assert said(phones["cu"]) == []
    async with office.database.reading() as session:
        acts = [row["detail"] for row in await access.list_audit(session) if row["act"] == "post"]
    assert acts == ["approved v2"]
    await at_instant(office, local(25, 11, 8))
    report = next(text for text in said(hung) if "Kết quả gửi" in text)
    assert "Đã nhận: 11" in report
    assert "Chưa nhận được: 0" in report
    assert (await the_post(office)).state is PostState.DONE


async def test_pressing_twice_decides_once(office):
    """The second tap hears what was decided, and by whom."""
    hung = await reviewed(office)
    review = hung.last.message_id
    await hung.tap("Duyệt", message_id=review)
    await hung.tap("Duyệt", message_id=review)
    assert hung.toast == "Nội dung này đã được Trần Văn Hùng duyệt."
    await hung.tap("Bỏ qua", message_id=review)
    assert hung.toast == "Nội dung này đã được Trần Văn Hùng duyệt."
    assert (await the_post(office)).version == 2


async def test_one_clerk_hears_what_another_decided(office, phones):
    """What was passed over by one cannot be approved by the other; nothing is sent."""
    mai = await second_clerk(office)
    hung = await reviewed(office)
    assert CULTURE in mai.last.text
    await hung.tap("Bỏ qua")
    assert "lần này không gửi" in hung.last.text
    await mai.tap("Duyệt")
    assert mai.toast == "Trần Văn Hùng đã quyết định không gửi nội dung này."
    await at_instant(office, local(24, 11, 12))
    assert said(phones["lan"]) == []


async def test_unanswered_it_is_not_sent_and_that_is_said_the_day_before(office, phones):
    """The default: silence means no."""
    hung = await reviewed(office)
    await come(office, OccasionKind.WARNING, "culture")
    assert office.clock() == local(23, 11, 8)
    assert "sẽ không gửi" in hung.last.text
    assert CULTURE in hung.last.text
    await at_instant(office, local(24, 11, 7, 30))
    assert said(phones["lan"]) == []
    assert (await the_post(office)).state is PostState.WAITING
    await at_instant(office, local(25, 11, 7))
    assert (await the_post(office)).state is PostState.MISSED
    await hung.tap("Duyệt", message_id=hung.last.message_id)
    assert hung.toast == "Nội dung này đã quá hạn và không được gửi."


async def test_unanswered_it_is_sent_where_the_office_wants_that(office, phones):
    """Silence means yes by configuration, and the warning says so; the whole secretariat gets the report."""
    await office.reconfigure(big_days=replace(office.config.big_days, unanswered="send"))
    hung = await reviewed(office)
    await come(office, OccasionKind.WARNING, "culture")
    assert "sẽ gửi" in hung.last.text
    await at_instant(office, local(24, 11, 7, 30))
    assert said(phones["lan"]) == [CULTURE]
    await at_instant(office, local(25, 11, 8))
    assert any("Kết quả gửi" in text for text in said(hung))


async def test_no_warning_once_it_is_decided(office, phones):
    """Who has decided is left in peace."""
    hung = await reviewed(office)
    await hung.tap("Duyệt")
    before = said(hung)
    await come(office, OccasionKind.WARNING, "culture")
    assert not any("chưa được duyệt" in text for text in said(hung)[len(before) :])


async def test_the_text_can_be_changed_in_chat(office, phones):
    """What is typed is shown and sent as it stands, markup and all, to everybody in the same words."""
    hung = await reviewed(office)
    await hung.tap("Sửa")
    assert CULTURE in hung.last.text
    await hung.send("ngắn")
    assert "ít nhất 10 ký tự" in hung.last.text
    await hung.send("x" * 3501)
    assert "thừa 1" in hung.last.text
    await hung.sticker()
    assert "Chỉ nhận chữ hoặc một ảnh" in hung.last.text
    await hung.send(OWN)
    assert OWN in hung.last.text
    assert hung.last.buttons == [["Duyệt", "Sửa"], ["Thêm ảnh", "Bỏ qua"]]
    await hung.send("Viết thêm mà không bấm nút nào")
    assert "xin bấm “Sửa”" in hung.last.text
    await hung.tap("Quay lại")
    await hung.tap("Duyệt")
    await at_instant(office, local(24, 11, 7, 30))
    assert said(phones["lan"]) == [OWN]


async def test_an_older_button_shows_the_newer_text(office, phones):
    """Approving what one has not seen is not possible: the changed text is shown first."""
    mai = await second_clerk(office)
    hung = await reviewed(office)
    await hung.tap("Sửa")
    await hung.send(OWN)
    await mai.tap("Duyệt")
    assert mai.toast == "Nội dung vừa được sửa. Xin đồng chí xem bản mới."
    assert OWN in mai.last.text
    assert (await the_post(office)).state is PostState.WAITING
    await mai.tap("Duyệt")
    assert (await the_post(office)).state is PostState.APPROVED


async def test_what_is_approved_is_not_edited_any_more(office):
    """Neither by a button of before nor by words typed late."""
    hung = await reviewed(office)
    review = hung.last.message_id
    await hung.tap("Sửa")
    await hung.tap("Duyệt", message_id=review)
    await hung.tap("Sửa", message_id=review)
    assert hung.toast == "Nội dung này đã được Trần Văn Hùng duyệt."
    assert (await the_post(office)).text == ""


async def test_words_typed_after_another_decided_change_nothing(office):
    """The clerk who was still writing hears that it is decided."""
    mai = await second_clerk(office)
    hung = await reviewed(office)
    await hung.tap("Sửa")
    await mai.tap("Duyệt")
    await hung.send(OWN)
    assert hung.last.text == "Nội dung này đã được Lê Thị Mai duyệt."
    assert (await the_post(office)).text == ""


async def test_a_picture_goes_along(office, phones):
    """Sent while editing, it is shown, taken away, put back, and goes out over the text."""
    hung = await reviewed(office)
    await hung.tap("Sửa")
    await hung.photo()
    assert hung.last.raw["photo"]
    assert CULTURE in hung.last.text
    assert hung.last.buttons == [["Duyệt", "Sửa"], ["Bỏ ảnh", "Bỏ qua"]]
    await hung.tap("Bỏ ảnh")
    assert not hung.last.raw["photo"]
    await hung.tap("Thêm ảnh")
    assert "gửi một ảnh" in hung.last.text
    await hung.document(b"%PDF-1.7", "a.pdf")
    assert "Chỉ nhận chữ hoặc một ảnh" in hung.last.text
    await hung.photo()
    await hung.tap("Duyệt")
    await at_instant(office, local(24, 11, 7, 30))
    assert phones["lan"].last.raw["photo"]
    assert phones["lan"].last.text == CULTURE


async def test_a_long_text_takes_no_picture(office):
    """Telegram's captions are short: the clerk is told which of both to shorten."""
    hung = await reviewed(office)
    await hung.tap("Sửa")
    await hung.send("Nội dung dài. " * 100)
    await hung.photo()
    assert "không kèm ảnh được" in hung.last.text
    await hung.tap("Quay lại")
    await hung.tap("Sửa")
    await hung.send("Nội dung ngắn gọn.")
    await hung.photo()
    await hung.tap("Sửa")
    await hung.send("Nội dung dài. " * 100)
    assert "Nội dung kèm ảnh chỉ được 900 ký tự" in hung.last.text
    await hung.send("n" * 900)
    assert len(hung.last.text) <= 1024
    assert hung.last.raw["photo"]


async def test_a_solemn_day_takes_no_emoji(office, phones):
    """27/7 is spoken of in words alone; the years are counted."""
    office.clock.at = local(20, 7, 8, year=2027)
    hung = office.phone("hung")
    await come(office, OccasionKind.REVIEW, "martyrs")
    assert "Kỷ niệm 80 năm Ngày Thương binh - Liệt sĩ (27/7/1947 - 27/7/2027)" in hung.last.text
    await hung.tap("Sửa")
    await hung.send("Thành kính tri ân các Anh hùng liệt sĩ 🌹")
    assert "không dùng biểu tượng cảm xúc" in hung.last.text
    await hung.send("Thành kính tri ân các Anh hùng liệt sĩ.")
    assert "Thành kính tri ân các Anh hùng liệt sĩ." in hung.last.text


async def test_approved_late_it_goes_at_once(office, phones):
    """As long as its day has not gone by."""
    hung = await reviewed(office)
    review = hung.last.message_id
    await at_instant(office, local(24, 11, 10))
    await hung.tap("Duyệt", message_id=review)
    assert "Hệ thống đang gửi" in " ".join(said(hung))
    assert said(phones["lan"]) == [CULTURE]


async def test_what_is_approved_can_be_cancelled_until_it_goes(office, phones):
    """[Hủy gửi] under the approval; afterwards it is too late."""
    hung = await reviewed(office)
    await hung.tap("Duyệt")
    await hung.tap("Hủy gửi")
    assert "Không ai nhận được" in hung.last.text
    await at_instant(office, local(24, 11, 7, 30))
    assert said(phones["lan"]) == []


async def test_cancelling_what_is_gone_is_refused(office, phones):
    """The button says what has become of it."""
    hung = await reviewed(office)
    await hung.tap("Duyệt")
    approval = hung.last.message_id
    await at_instant(office, local(24, 11, 7, 30))
    await pass_time(office, minutes=1)
    await hung.tap("Hủy gửi", message_id=approval)
    assert hung.toast == "Nội dung này đã được gửi."


async def test_a_bot_that_was_off_all_day_says_what_it_missed(office, phones):
    """A greeting for a day gone by is not sent; who approved it hears so."""
    hung = await reviewed(office)
    await hung.tap("Duyệt")
    await at_instant(office, local(25, 11, 8))
    assert said(phones["lan"]) == []
    assert any("không gửi được" in text for text in said(hung))
    assert (await the_post(office)).state is PostState.MISSED


@pytest.mark.parametrize(
    "act", ["approve", "edit", "skip", "cancel", "picture", "unpicture", "report", "card"]
)
async def test_nobody_else_decides(office, act):
    """A forged tap of an employee is refused, whatever it claims."""
    await reviewed(office)
    lan = office.phone("lan")
    await lan.start()
    await lan.tap_data(f"po:1:1:{act}:")
    assert "bộ phận thư ký" in (lan.toast or "")
    assert (await the_post(office)).state is PostState.WAITING


async def test_who_has_left_the_secretariat_decides_nothing(office):
    """The right is looked at when the button is pressed, and when words are typed."""
    hung = await reviewed(office)
    await hung.tap("Sửa")
    async with office.database.transaction() as session:
        me = await people.find_by_code(session, "hung")
        assert me is not None
        await people.set_posts(session, me.id, [Held(Role.EMPLOYEE, me.unit_id)])
    await hung.send(OWN)
    assert "bộ phận thư ký" in hung.last.text
    assert (await the_post(office)).text == ""


@pytest.mark.parametrize(
    "data", ["po:99:1:approve:", "po:1:1:fly:", "po:1:7:approve:", "po:1:1:who:x,0", "po:1:1:who:"]
)
async def test_a_button_of_nothing_is_stale(office, data):
    """Unknown rows, acts, versions and pages change nothing."""
    hung = await reviewed(office)
    await hung.tap_data(data)
    assert hung.answered
    assert (await the_post(office)).state is PostState.WAITING


async def test_leaving_while_editing_keeps_the_message(office):
    """/huy ends the editing; what is typed then is nobody's new text."""
    hung = await reviewed(office)
    await hung.tap("Sửa")
    await hung.send("/huy")
    assert "vẫn chờ duyệt" in hung.last.text
    await hung.send(OWN)
    assert (await the_post(office)).text == ""


async def test_the_report_names_everybody(office, phones):
    """Who has it, who could not be reached and why, and for whom it is in doubt: no one is sent it again."""
    hung = await reviewed(office)
    await phones["duc"].block()
    await phones["tuan"].block()
    await phones["tuan"].unblock()
    office.telegram.add_fault(Fault("timeout_after_accept", chat_id=phones["hoa"].user_id, seconds=0))
    office.telegram.add_fault(Fault("403", chat_id=phones["thao"].user_id))
    await hung.tap("Duyệt")
    await at_instant(office, local(24, 11, 7, 30))
    office.telegram.faults.clear()
    await pass_time(office, minutes=20)
    await at_instant(office, local(25, 11, 8))
    assert "Đã nhận: 8\nChưa nhận được: 2\nChưa rõ: 1" in "\n".join(said(hung))
    await hung.tap("Chưa nhận được (2)")
    assert "Đỗ Minh Đức, Phòng Nội chính: đã chặn trợ lý" in hung.last.text
    assert "Đặng Phương Thảo, Trung tâm Phục vụ hành chính công: đã chặn trợ lý" in hung.last.text
    await hung.tap("Quay lại")
    await hung.tap("Chưa rõ (1)")
    assert "• Võ Thị Hoa, Phòng Tổng hợp" in hung.last.text
    await hung.tap("Quay lại")
    await hung.tap("Đã nhận (8)")
    assert "Nguyễn Thị Lan, Phòng Hành chính - Tổ chức" in hung.last.text
    assert len([text for text in said(phones["hoa"]) if text == CULTURE]) == 1
