"""/phongtrao: read by everybody; added, changed, reviewed, ended by the secretariat; never deleted."""

from datetime import UTC, date, datetime

from bot.domain.nominations import Movement, MovementKind
from bot.domain.writing import abridge
from storage import movements
from tests.office import Office
from tests.phones import Phone
from tests.posting import at_instant, local, pass_time, said

NAME = "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh"
POOR = "Vì người nghèo - không để ai bị bỏ lại phía sau"
CULTURE = "Cán bộ, công chức, viên chức thi đua thực hiện văn hóa công sở"


async def known(office: Office) -> dict[str, Movement]:
    """Every movement, by name."""
    async with office.database.reading() as session:
        return {movement.name: movement for movement in await movements.list_movements(session)}


async def added(hung: Phone, *, name: str = NAME, reviews: str = "30/06/2027; 15/12/2027") -> None:
    """A campaign of the state that begins in 2026."""
    await hung.send("/phongtrao")
    await hung.tap("Thêm phong trào, cuộc vận động")
    await hung.tap("Cuộc vận động")
    await hung.send(f"“{name}”")
    await hung.tap("Trung ương")
    await hung.send("2026")
    await hung.tap("Bỏ qua bước này")
    await hung.send(reviews)
    await hung.tap("Lưu lại")


async def opened(phone: Phone, name: str) -> None:
    """A movement's card."""
    await phone.send("/phongtrao")
    label = abridge(name, 60)
    if label not in phone.last.labels:
        await phone.tap(next(one for one in phone.last.labels if one.startswith("Đã kết thúc")))
    await phone.tap(label)


async def test_everybody_reads_what_runs_and_what_is_over(office, phones):
    """The plan's movements are there; those of past years stand under [Đã kết thúc]."""
    lan = phones["lan"]
    await lan.send("/movements")
    assert lan.last.text == "Phong trào thi đua, cuộc vận động\nĐang thực hiện: 5"
    assert abridge(CULTURE, 60) in lan.last.labels
    assert "Thêm phong trào, cuộc vận động" not in lan.last.labels
    await lan.tap("Đã kết thúc (2)")
    await lan.tap(POOR)
    assert "Phong trào thi đua · Trung ương\nThời gian: 01/01/2021 – 31/12/2025" in lan.last.text
    assert "Số đề cử gắn với mục này: 0" in lan.last.text
    assert lan.last.labels == ["Về danh sách"]


async def test_one_is_added_in_steps_and_looked_at_first(office, phones, hung):
    """Kind, name, level, days, reviews; nothing is on the list before [Lưu lại]."""
    await hung.send("/phongtrao")
    await hung.tap("Thêm phong trào, cuộc vận động")
    await hung.tap("Cuộc vận động")
    await hung.send(f"“{NAME}”")
    await hung.tap("Trung ương")
    await hung.send("05/2026")
    await hung.send("2025")
    assert "Ngày kết thúc trước ngày bắt đầu" in hung.last.text
    await hung.send("2030")
    await hung.send("hôm nào rảnh")
    assert "Chưa đọc được ngày" in hung.last.text
    await hung.send("15/12/2027, 30/06/2027")
    assert f"{NAME}\nCuộc vận động · Trung ương\nThời gian: 01/05/2026 – 31/12/2030" in hung.last.text
    assert "· Sơ kết, tổng kết 30/06/2027\n· Sơ kết, tổng kết 15/12/2027" in hung.last.text
    assert NAME not in await known(office)
    await hung.tap("Lưu lại")
    assert "Đã lưu" in hung.last.text
    one = (await known(office))[NAME]
    assert (one.kind, one.level, one.from_on, one.to_on) == (
        MovementKind.CAMPAIGN,
        "Trung ương",
        date(2026, 5, 1),
        date(2030, 12, 31),
    )
    lan = phones["lan"]
    await lan.send("/decu")
    await lan.send("Bùi Anh Tuấn")
    if "Người tốt, việc tốt" in lan.last.labels:
        await lan.tap("Người tốt, việc tốt")
    assert any(label.startswith("Học tập và làm theo") for label in lan.last.labels)


async def test_a_name_is_there_once_however_it_is_written(office, hung):
    """Without accents, in other case, in quotation marks: it is the same movement."""
    await hung.send("/phongtrao")
    await hung.tap("Thêm phong trào, cuộc vận động")
    await hung.tap("Phong trào thi đua")
    await hung.send("VI NGUOI NGHEO – không để ai bị bỏ lại phía sau")
    assert f"đã có trong danh mục: “{POOR}”" in hung.last.text
    await opened(hung, CULTURE)
    await hung.tap("Sửa")
    await hung.tap("Tên")
    await hung.send(POOR.upper())
    assert "đã có trong danh mục" in hung.last.text
    assert CULTURE in await known(office)


async def test_each_field_is_changed_by_itself(office, hung):
    """Kind and level by a tap, name and days by typing; what is cleared is empty."""
    await opened(hung, CULTURE)
    await hung.tap("Sửa")
    await hung.tap("Cuộc vận động")
    await hung.tap("Tỉnh")
    await hung.tap("Ngày bắt đầu")
    await hung.send("20/7/2019")
    await hung.tap("Xem phong trào")
    await hung.tap("Sửa")
    await hung.tap("Tên")
    await hung.send("Thi đua thực hiện văn hóa công sở")
    one = (await known(office))["Thi đua thực hiện văn hóa công sở"]
    assert (one.kind, one.level, one.from_on) == (MovementKind.CAMPAIGN, "tỉnh", date(2019, 7, 20))
    await opened(hung, one.name)
    await hung.tap("Sửa")
    await hung.tap("Ngày bắt đầu")
    await hung.tap("Để trống")
    assert (await known(office))[one.name].from_on is None


async def test_ended_today_it_stays_in_the_history_and_is_offered_no_more(office, phones, hung):
    """[Kết thúc] with what was found: old records keep it, new nominations cannot name it; it may go on."""
    await opened(hung, CULTURE)
    await hung.tap("Kết thúc")
    await hung.send("Đã thành nền nếp ở tất cả các đơn vị.")
    assert "Đã kết thúc ngày 18/11/2026" in hung.last.text
    assert "18/11/2026: Đã thành nền nếp" in hung.last.text
    lan = phones["lan"]
    await lan.send("/phongtrao")
    assert "Đang thực hiện: 4" in lan.last.text
    await lan.send("/decu")
    await lan.send("Bùi Anh Tuấn")
    if "Người tốt, việc tốt" in lan.last.labels:
        await lan.tap("Người tốt, việc tốt")
    assert not any(label.startswith("Cán bộ, công chức") for label in lan.last.labels)
    await opened(hung, CULTURE)
    await hung.tap("Mở lại")
    assert (await known(office))[CULTURE].ended_on is None


async def test_reviews_are_reminded_of_a_week_before_and_on_the_day(office, phones, hung):
    """The secretariat alone, on working days; once it is noted nothing reminds any more."""
    await added(hung, reviews="05/12/2026")  # a Saturday: the Friday before
    n = len(said(hung))
    await at_instant(office, local(27, 11, 8))
    assert sum("Nhắc trước: thứ Bảy 05/12" in text for text in said(hung)[n:]) == 1
    await at_instant(office, local(4, 12, 8))
    reminders = [text for text in said(hung)[n:] if NAME in text]
    assert len(reminders) == 2
    await hung.tap("Đã sơ kết (05/12/2026)")
    await hung.send("Ba đơn vị làm tốt, hai đơn vị cần cố gắng.")
    assert "Đã ghi kết quả sơ kết" in hung.last.text
    assert "05/12/2026: Ba đơn vị làm tốt" in hung.last.text
    await hung.tap("Thêm bài học")
    await hung.send("Phát động sớm từ đầu quý thì các đơn vị kịp làm.")
    await hung.tap("Ghi lại")
    await opened(hung, NAME)
    assert "Bài học: Phát động sớm từ đầu quý thì các đơn vị kịp làm." in hung.last.labels
    for code in set(phones) - {"hung"}:
        assert not any(NAME in text for text in said(phones[code]))


async def test_another_day_of_review_takes_the_place_of_the_first(office, hung):
    """The old day reminds of nothing; the new one does; what has been held stays."""
    await added(hung, reviews="05/12/2026")
    await opened(hung, NAME)
    await hung.tap("Sửa")
    await hung.tap("Ngày sơ kết, tổng kết")
    await hung.send("16/12/2026")
    n = len(said(hung))
    await at_instant(office, local(5, 12, 12))
    assert not any("sơ kết, tổng kết" in text for text in said(hung)[n:])
    await at_instant(office, local(16, 12, 8))
    assert any(f"Đến ngày sơ kết, tổng kết {NAME}" in text for text in said(hung)[n:])
    await opened(hung, NAME)
    await hung.tap("Đã sơ kết (16/12/2026)")
    await hung.tap("Không ghi thêm")
    await opened(hung, NAME)
    await hung.tap("Sửa")
    await hung.tap("Ngày sơ kết, tổng kết")
    await hung.tap("Để trống")
    one = (await known(office))[NAME]
    async with office.database.reading() as session:
        reviews = await movements.list_reviews(session, one.id)
    assert [(review.review_on, review.done_at is None) for review in reviews] == [(date(2026, 12, 16), False)]


async def test_an_ended_movement_is_not_reviewed(office, hung):
    """Its days remind of nothing; quiet hours hold what is due in them."""
    await added(hung, reviews="05/12/2026")
    await opened(hung, NAME)
    await hung.tap("Kết thúc")
    await hung.tap("Kết thúc hôm nay, không ghi thêm")
    n = len(said(hung))
    await at_instant(office, local(5, 12, 12))
    assert not any(NAME in text for text in said(hung)[n:])


async def test_a_restart_keeps_what_was_written(office, hung):
    """A crash and /huy in the middle; it goes on at the same step, or is thrown away."""
    await hung.send("/phongtrao")
    await hung.tap("Thêm phong trào, cuộc vận động")
    await hung.tap("Cuộc vận động")
    await hung.send(NAME)
    await office.crash()
    await hung.send("/phongtrao")
    await hung.tap("Soạn tiếp phong trào đang dở")
    assert "Do cấp nào phát động?" in hung.last.text
    await hung.send("/huy")
    await hung.tap("Viết tiếp")
    await hung.tap("Quay lại")
    assert "gõ tên đầy đủ" in hung.last.text
    await hung.send("/huy")
    await hung.tap("Bỏ hẳn")
    assert NAME not in await known(office)
    await hung.send("/phongtrao")
    assert "Thêm phong trào, cuộc vận động" in hung.last.labels


async def test_forged_and_stale_buttons_change_nothing(office, phones, hung):
    """Everybody but the secretariat is refused; so is a version that has passed."""
    before = await known(office)
    lan = phones["lan"]
    await lan.send("/phongtrao")
    for data in (
        "mo:1:1:edit:",
        "mo:1:1:end:",
        "mo:1:1:field:name",
        "mo:1:1:kind:campaign",
        "mo:1:1:level:0",
        "mo:1:0:review:2026-12-05",
        "mo:0:0:add:",
        "mo:99:0:show:",
        "mo:0:0:list:0,-1",
        "mf:1:1:save:",
        "mf:1:1:skip_note:",
    ):
        await lan.tap_data(data)
        assert lan.toast, data
    await hung.send("/phongtrao")
    for data in (
        "mo:1:9:end:",
        "mo:1:1:level:7",
        "mo:1:1:field:id",
        "mo:1:0:review:2026-99-99",
        "mo:1:1:resume:",
    ):
        await hung.tap_data(data)
        assert hung.toast, data
    assert await known(office) == before


async def test_who_is_a_clerk_no_more_saves_nothing(office, hung, database):
    """The right is looked at when it is saved; quiet hours and days off hold the reminders."""
    await added(hung, reviews="05/12/2026")
    await opened(hung, NAME)
    await hung.tap("Kết thúc")
    async with database.transaction() as session:
        await session.execute("delete from roles where role = 'secretariat'")
    await hung.send("Đã xong")
    assert (await known(office))[NAME].ended_on is None
    n = len(said(hung))
    office.clock.at = datetime(2026, 12, 4, 12, tzinfo=UTC)
    await pass_time(office, seconds=2)
    assert not any(NAME in text for text in said(hung)[n:])


async def test_the_longest_card_fits_and_the_notes_are_read_in_full(office, hung):
    """A long name, twelve reviews with long notes: the card is one screen, the notes stand on pages."""
    async with office.database.transaction() as session:
        long = await movements.add_movement(
            session, MovementKind.CAMPAIGN, "Tên dài " * 37, "tỉnh", None, None
        )
        for month in range(1, 13):
            note = f"Kết quả tháng {month}: " + "đã làm tốt " * 85
            await movements.note_review(session, long.id, date(2025, month, 15), note, office.clock())
    await hung.send("/phongtrao")
    await hung.tap_data(f"mo:{long.id}:0:show:")
    assert "15/12/2025: Kết quả tháng 12" in hung.last.text
    await hung.tap("Kết quả các lần sơ kết")
    seen = hung.last.text
    while "Xem thêm ›" in hung.last.labels:
        await hung.tap("Xem thêm ›")
        seen += hung.last.text
    assert seen.count("đã làm tốt") == 12 * 85
