"""/gopy: written, looked at, sent; answered or put on file; its author hears."""

from datetime import UTC, datetime

from storage import suggestions
from storage.suggestions import SuggestionState
from tests.phones import Phone
from tests.posting import pass_time, said

TEXT = "Nên có bảng gương tốt ở sảnh tầng 1 <để khách xem> & học."


async def suggested(phone: Phone, text: str = TEXT) -> None:
    """Written and sent."""
    await phone.send("/gopy")
    if "Viết góp ý" in phone.last.labels:
        await phone.tap("Viết góp ý")
    await phone.send(text)
    await phone.tap("Gửi")


async def test_a_suggestion_is_seen_sent_and_answered(office, phones):
    """One preview, one tap; every clerk is told once; the answer reaches its author word for word."""
    lan, hung = phones["lan"], phones["hung"]
    await lan.send("/gopy")
    assert "10–1.000 ký tự" in lan.last.text
    await lan.send("ngắn")
    assert "ít nhất 10 ký tự" in lan.last.text
    await lan.send(TEXT)
    assert TEXT in lan.last.text
    assert said(hung) == []
    await lan.tap("Gửi")
    assert "Đã gửi góp ý" in lan.last.text
    assert (
        hung.last.text
        == f"Góp ý của Nguyễn Thị Lan, Phòng Hành chính - Tổ chức\n08:00 18/11/2026 · Chờ trả lời\n\n{TEXT}"
    )
    assert hung.last.labels == ["Trả lời", "Lưu"]
    notice = hung.last.message_id
    await hung.tap("Trả lời")
    await hung.send("Xin cảm ơn, tuần tới sẽ làm <ở tầng 1>.")
    assert "<ở tầng 1>" in hung.last.text
    await hung.tap("Gửi")
    assert "Đã gửi câu trả lời." in hung.last.text
    assert lan.last.text.endswith("Trả lời:\nXin cảm ơn, tuần tới sẽ làm <ở tầng 1>.")
    await hung.tap("Lưu", message_id=notice)
    assert hung.toast == "Góp ý này đã được xử lý."
    assert len(said(lan)) == 4
    for code in set(phones) - {"lan", "hung"}:
        assert said(phones[code]) == []


async def test_filing_is_told_warmly(office, phones):
    """[Lưu] thanks the author and says for what it is kept."""
    await suggested(phones["duc"])
    await phones["hung"].tap("Lưu")
    assert "Đã lưu" in phones["hung"].last.text
    assert "tổng kết năm" in phones["duc"].last.text
    assert "cảm ơn" in phones["duc"].last.text


async def test_quiet_hours_keep_the_secretariat_asleep(office, phones):
    """Sent on Saturday evening, it is read on Monday morning."""
    office.clock.at = datetime(2026, 11, 21, 14, tzinfo=UTC)
    await suggested(phones["duc"])
    await pass_time(office, hours=12)
    assert said(phones["hung"]) == []
    office.clock.at = datetime(2026, 11, 23, 1, tzinfo=UTC)
    await pass_time(office, seconds=2)
    assert any(TEXT in text for text in said(phones["hung"]))


async def test_five_wait_at_most(office, phones):
    """The sixth is refused in clear words until one is dealt with."""
    lan, hung = phones["lan"], phones["hung"]
    for n in range(5):
        await suggested(lan, f"Góp ý có nội dung thứ {n}")
    await lan.send("/gopy")
    assert "đang có 5 góp ý chờ trả lời" in lan.last.text
    await hung.tap("Lưu")
    await lan.send("/gopy")
    assert "Xin đồng chí viết điều muốn góp ý" in lan.last.text


async def test_it_is_kept_through_a_restart_and_pressed_twice_it_is_sent_once(office, phones):
    """What was written waits behind /gopy; a second tap of the same button says that it is old."""
    lan = phones["lan"]
    await lan.send("/gopy")
    await lan.send(TEXT)
    preview = lan.last.message_id
    await office.restart()
    await lan.send("/gopy")
    assert TEXT in lan.last.text
    await lan.tap("Gửi", message_id=preview)
    await lan.tap("Gửi", message_id=preview)
    async with office.database.reading() as session:
        kept = await suggestions.list_suggestions(session, 2026, office.config.office.timezone)
    assert [one.text for one in kept] == [TEXT]


async def test_leaving_sends_nothing(office, phones):
    """/huy while writing, and while answering."""
    lan, hung = phones["lan"], phones["hung"]
    await lan.send("/gopy")
    await lan.send("/huy")
    assert "không gửi góp ý nào" in lan.last.text
    await suggested(lan)
    await hung.tap("Trả lời")
    await hung.send("/huy")
    assert "chưa trả lời" in hung.last.text
    await hung.send("Một câu nói bình thường")
    assert "Góp ý" not in hung.last.text


async def test_lists(office, phones):
    """The author sees one's own with answers; the secretariat the year's by state, in pages."""
    lan, hung = phones["lan"], phones["hung"]
    for code in ("lan", "mai", "duc", "tuan"):
        for n in range(2):
            await suggested(phones[code], f"Góp ý số {n} của {code}, nhiều chữ")
    await hung.send("/gopy")
    assert hung.last.text == "Góp ý năm 2026\nChờ trả lời: 8"
    assert "Xem thêm ›" in hung.last.labels
    await hung.tap("Xem thêm ›")
    await hung.tap("18/11 · Góp ý số 0 của lan, nhiều chữ")
    await hung.tap("Lưu")
    await hung.send("/gopy")
    await hung.tap("Đã lưu (1)")
    assert "Đã lưu: 1" in hung.last.text
    await hung.tap("2025")
    assert "Góp ý năm 2025" in hung.last.text
    await lan.send("/gopy")
    await lan.tap("Góp ý của tôi (2)")
    await lan.tap("18/11 · Góp ý số 0 của lan, nhiều chữ")
    assert "Đã lưu" in lan.last.text
    assert lan.last.labels == ["Về danh sách"]


async def test_forged_buttons_change_nothing(office, phones):
    """Somebody else's suggestion is not shown, answered or filed by who may not."""
    await suggested(phones["lan"])
    duc = phones["duc"]
    await duc.send("/gopy")
    for data in ("su:1:0:show:", "su:1:0:answer:", "su:1:0:file:", "su:0:0:list:0,2026,0", "sa:1:1:send:"):
        await duc.tap_data(data)
        assert TEXT not in duc.last.text, data
        assert duc.toast, data
    lan = phones["lan"]
    for data in (
        "su:1:0:answer:",
        "su:1:0:file:",
        "su:9:0:show:",
        "su:0:0:list:9,x,0",
        "su:1:0:what:",
        "su:1:7:send:",
    ):
        await lan.tap_data(data)
    async with office.database.reading() as session:
        one = await suggestions.find_suggestion(session, 1)
    assert one is not None
    assert one.state is SuggestionState.OPEN


async def test_a_clerk_who_is_one_no_more_answers_nothing(office, phones, database):
    """The right is looked at when the answer is sent, not when it was begun."""
    await suggested(phones["lan"])
    hung = phones["hung"]
    await hung.tap("Trả lời")
    await hung.send("Xin cảm ơn đồng chí.")
    async with database.transaction() as session:
        await session.execute("delete from roles where role = 'secretariat'")
    await hung.tap("Gửi")
    assert hung.toast
    async with office.database.reading() as session:
        one = await suggestions.find_suggestion(session, 1)
    assert one is not None
    assert one.state is SuggestionState.OPEN
