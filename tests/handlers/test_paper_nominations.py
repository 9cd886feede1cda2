"""A nomination that came on paper: entered by the secretariat in somebody's name, told to them, contested."""

import pytest

from bot.domain.nominations import Endorsement
from bot.domain.paper import Subject
from storage import access, nominations, papers
from tests.nominating import nominate
from tests.office import Office
from tests.phones import Phone
from tests.posting import said

STORY = "Ba tháng qua đã hướng dẫn hơn 200 lượt người dân nộp hồ sơ trực tuyến, giảm một nửa thời gian chờ."


@pytest.fixture
def hung(office):
    """The secretariat's phone."""
    return office.phone("hung")


async def begin(hung: Phone, signer: str = "Bùi Anh Tuấn") -> None:
    """A nomination of today in somebody's name, without a photo."""
    await hung.send("/nhapgiay")
    await hung.tap("Đề cử")
    await hung.send(signer)
    await hung.tap("Hôm nay")
    await hung.tap("Không có ảnh")


async def finish(hung: Phone, nominee: str = "Đỗ Minh Đức") -> None:
    """Whom, of which kind, what for; and recorded."""
    await hung.send(nominee)
    await hung.tap("Người tốt, việc tốt")
    await hung.send(STORY)
    await hung.tap("Ghi nhận")


async def sent_by(office: Office, code: str) -> list[Endorsement]:
    person_id = await office.person_id(code)
    async with office.database.reading() as session:
        return await nominations.list_by_nominator(session, person_id)


async def test_a_nomination_is_entered_in_the_name_of_who_signed_it(office, hung):
    """It stands in the nominator's list, with the sheet beside it, and the audit log names the clerk."""
    await hung.send("/nhapgiay")
    await hung.tap("Đề cử")
    await hung.send("bui anh tuan")
    await hung.tap("Hôm qua")
    await hung.photo()
    await hung.send("Đỗ Minh Đức")
    await hung.tap("Người tốt, việc tốt")
    await hung.send(STORY)
    assert "Bùi Anh Tuấn, Chuyên viên, Phòng Tổng hợp" in hung.screen
    assert "17/11/2026 (có ảnh)" in hung.screen
    await hung.tap("Ghi nhận")
    assert "Đã ghi nhận đề cử số 0001" in hung.screen
    tuan = office.phone("tuan")
    await tuan.send("/cuatoi")
    await tuan.tap("0001 · Đỗ Minh Đức")
    assert "Theo phiếu giấy ngày 17/11/2026 của Bùi Anh Tuấn; Trần Văn Hùng nhập" in tuan.screen
    (sent,) = await sent_by(office, "tuan")
    assert (sent.nominee.name, sent.reason.story, sent.period) == ("Đỗ Minh Đức", STORY, "2026-11")
    async with office.database.reading() as session:
        (paper,) = await papers.list_papers(session, Subject.NOMINATION, sent.id)
        acts = [(row["act"], row["actor_id"]) for row in await access.list_audit(session)]
    assert paper.sheet.file is not None
    assert paper.sheet.file.kind == "photo"
    assert (paper.person_name, paper.clerk_name) == ("Bùi Anh Tuấn", "Trần Văn Hùng")
    assert ("nominate", await office.person_id("hung")) in acts


async def test_the_nominator_is_told_and_may_say_that_it_is_not_theirs(office, hung):
    """[Không phải của tôi] takes it back while it may change, and the clerk hears of it."""
    tuan = office.phone("tuan")
    await begin(hung)
    await finish(hung)
    assert "Trần Văn Hùng (Phòng Hành chính - Tổ chức) đã nhập đề cử số 0001 thay đồng chí" in tuan.last.text
    await tuan.tap("Không phải của tôi")
    await tuan.tap("Đúng, không phải của tôi")
    assert "Đã rút" in tuan.screen
    (sent,) = await sent_by(office, "tuan")
    assert sent.withdrawn_at is not None
    assert "Bùi Anh Tuấn cho biết đề cử số 0001" in hung.last.text


async def test_an_objection_after_the_head_has_looked_is_told_only(office, hung):
    """Then the nomination stands, and the secretariat hears what the nominator says."""
    tuan, minh = office.phone("tuan"), office.phone("minh")
    await begin(hung)
    await finish(hung)
    await minh.send("/binhchon")
    await tuan.tap("Không phải của tôi")
    await tuan.tap("Đúng, không phải của tôi")
    assert "không tự rút được nữa" in tuan.screen
    (sent,) = await sent_by(office, "tuan")
    assert sent.withdrawn_at is None
    assert "chưa được rút" in hung.last.text


async def test_what_was_sent_in_chat_is_never_replaced_by_paper(office, hung):
    """The sheet's words are added to one's own; an objection takes back the added ones alone."""
    tuan = office.phone("tuan")
    await nominate(tuan, "Đỗ Minh Đức")
    (before,) = await sent_by(office, "tuan")
    await begin(hung)
    await finish(hung)
    assert "được ghi thêm vào sau nội dung cũ" in hung.screen
    (after,) = await sent_by(office, "tuan")
    assert after.reason.story == f"{before.reason.story}\n\n{STORY}"
    await tuan.tap("Không phải của tôi")
    await tuan.tap("Đúng, không phải của tôi")
    (again,) = await sent_by(office, "tuan")
    assert (again.reason.story, again.withdrawn_at) == (before.reason.story, None)


async def test_homonyms_are_told_apart(office, hung):
    """Two people of a name become buttons with post and unit; a unit behind the name decides."""
    await hung.send("/nhapgiay")
    await hung.tap("Đề cử")
    await hung.send("Nguyễn Thị Lan")
    assert [label for label in hung.last.labels if "Lan" in label] == [
        "Nguyễn Thị Lan · Chuyên viên · Phòng Hành chính - Tổ chức",
        "Nguyễn Thị Lan · Văn thư · Phòng Nội chính",
    ]
    await hung.tap("Nguyễn Thị Lan · Văn thư · Phòng Nội chính")
    await hung.tap("Hôm nay")
    await hung.tap("Không có ảnh")
    await hung.send("chị Lan phòng HCTC")
    await hung.tap("Nhân tố mới")
    await hung.send(STORY)
    await hung.tap("Ghi nhận")
    (sent,) = await sent_by(office, "lan2")
    assert sent.nominee.person_id == await office.person_id("lan")


async def test_nobody_nominates_themselves_on_paper(office, hung):
    """It is said at that step, whichever of the two is named last."""
    await begin(hung)
    await hung.send("Bùi Anh Tuấn")
    assert "tự đề cử" in hung.screen
    await hung.send("Đỗ Minh Đức")
    await hung.tap("Cách làm hay")
    await hung.send(STORY)
    await hung.tap("Sửa")
    await hung.tap("Người ký phiếu")
    await hung.send("Đỗ Minh Đức")
    assert "tự đề cử" in hung.screen
    assert await sent_by(office, "duc") == []


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("19/11/2026", "chưa đến"),
        ("01/11/2025", "quá một năm"),
        ("31/02/2026", "Chưa đọc được ngày"),
        ("hôm kia", "Chưa đọc được ngày"),
        ("99/99/9999", "Chưa đọc được ngày"),
    ],
)
async def test_a_day_that_cannot_be_is_refused(office, hung, typed, why):
    """A day to come, one of long ago and what is no day are said at that step; it goes on there."""
    await hung.send("/nhapgiay")
    await hung.tap("Đề cử")
    await hung.send("Bùi Anh Tuấn")
    await hung.send(typed)
    assert why in hung.screen
    await hung.send("ngày 2/11")
    await hung.tap("Không có ảnh")
    assert "Phiếu đề cử ai?" in hung.screen


async def test_the_month_is_the_sheets_while_the_unit_may_still_answer(office, hung):
    """In December's first days a sheet of November belongs to November; after the close, to December."""
    office.clock.turn(days=15)  # 3 December: November is open until the 7th
    await hung.send("/nhapgiay")
    await hung.tap("Đề cử")
    await hung.send("Bùi Anh Tuấn")
    await hung.send("25/11/2026")
    await hung.tap("Không có ảnh")
    await finish(hung)
    office.clock.turn(days=10)
    await hung.tap("Nhập phiếu khác")
    await hung.tap("Đề cử")
    await hung.send("Võ Thị Hoa")
    await hung.send("25/11/2026")
    await hung.tap("Không có ảnh")
    await finish(hung)
    assert "được tính cho kỳ tháng 12/2026" in hung.screen
    assert [one.period for one in await sent_by(office, "tuan")] == ["2026-11"]
    assert [one.period for one in await sent_by(office, "hoa")] == ["2026-12"]


async def test_the_same_sheet_is_entered_once(office, hung):
    """Entered by another clerk, or recorded by two taps: it counts once."""
    await begin(hung)
    await hung.send("Đỗ Minh Đức")
    await hung.tap("Người tốt, việc tốt")
    await hung.send(STORY)
    preview = hung.last.message_id
    await hung.tap("Ghi nhận")
    await hung.tap_data("pp:1:9:record:", message_id=preview)
    await begin(hung)
    await finish(hung)
    assert "đã được nhập rồi" in (hung.toast or "")
    (sent,) = await sent_by(office, "tuan")
    assert sent.reason.story == STORY


async def test_a_half_entered_sheet_survives_everything(office, hung):
    """A restart, /huy and another day: it is taken up where it was left."""
    await begin(hung)
    await hung.send("Đỗ Minh Đức")
    await office.crash()
    await hung.send("/huy")
    assert "vẫn được giữ" in hung.screen
    office.clock.turn(days=1)
    await hung.send("/paper")
    assert any("đang nhập dở: Đề cử (Bùi Anh Tuấn" in text for text in said(hung))
    await hung.tap("Tiếp tục")
    await hung.tap("Người tốt, việc tốt")
    await hung.send(STORY)
    await hung.tap("Ghi nhận")
    assert len(await sent_by(office, "tuan")) == 1


async def test_a_group_and_a_way_of_working_are_nominated_on_paper(office, hung):
    """A group by its name and unit; the whole unit by its button."""
    await begin(hung)
    await hung.tap("Một tập thể")
    await hung.send("Tổ tiếp nhận hồ sơ")
    await hung.send("một cửa")
    await hung.tap("Điển hình tiên tiến")
    await hung.send(STORY)
    await hung.tap("Ghi nhận")
    await begin(hung, "Võ Thị Hoa")
    await hung.tap("Một mô hình, cách làm")
    await hung.send("Một cửa thân thiện")
    await hung.tap("Trung tâm Phục vụ hành chính công")
    await hung.tap("Mô hình mới")
    await hung.send(STORY)
    await hung.tap("Ghi nhận")
    (group,), (model,) = await sent_by(office, "tuan"), await sent_by(office, "hoa")
    assert (group.nominee.kind, group.unit_name) == ("group", "Trung tâm Phục vụ hành chính công")
    assert (model.nominee.kind, model.nominee.name) == ("model", "Một cửa thân thiện")


async def test_a_story_has_the_rules_of_the_chat(office, hung):
    """Too short goes on; all of it is kept."""
    await begin(hung)
    await hung.send("Đỗ Minh Đức")
    await hung.tap("Người tốt, việc tốt")
    await hung.send("Giúp dân nộp hồ sơ")
    assert "cần ít nhất 50" in hung.screen
    await hung.send(STORY)
    assert "Giúp dân nộp hồ sơ Ba tháng qua" in hung.screen
    await hung.tap("Sửa")
    await hung.tap("Nội dung")
    await hung.send("x" * 1600)
    assert "nhiều nhất là 1.500" in hung.screen or "nhiều nhất là 1500" in hung.screen
    await hung.send(STORY)
    await hung.tap("Ghi nhận")
    assert len(await sent_by(office, "tuan")) == 1


async def test_paper_is_the_secretariats(office, hung):
    """Somebody else is told whose it is; a forged or old button changes nothing."""
    lan = office.phone("lan")
    await lan.send("/nhapgiay")
    assert "bộ phận thư ký" in lan.last.text
    for data in ("pp:0:0:new:endorsement", "pp:1:1:record:", "pf:0:0:give:", "pf:1:1:apply:"):
        await lan.tap_data(data)
        assert "bộ phận thư ký" in (lan.toast or "")
    await begin(hung)
    await finish(hung)
    await lan.tap_data("pp:1:0:notmine_sure:")
    assert "không phải của đồng chí" in (lan.toast or "")
    (sent,) = await sent_by(office, "tuan")
    assert sent.withdrawn_at is None


async def test_who_is_not_in_chat_can_be_entered_too(office, hung):
    """Somebody without Telegram is no trouble; somebody who left is refused."""
    await hung.send("/nhapgiay")
    await hung.tap("Đề cử")
    await hung.send("Phan Văn Cũ")
    assert "không còn công tác" in hung.screen
    await hung.send("Không Ai Cả")
    assert "Chưa tìm thấy" in hung.screen or "Có phải" in hung.screen
    await hung.send("Đặng Phương Thảo")
    await hung.tap("Hôm nay")
    await hung.tap("Không có ảnh")
    await finish(hung)
    assert len(await sent_by(office, "thao")) == 1


async def test_a_photo_may_come_at_any_step(office, hung):
    """It is kept as the sheet's; a second one is not taken for it."""
    await hung.send("/nhapgiay")
    await hung.tap("Đề cử")
    await hung.photo()
    assert "Đã nhận ảnh" in hung.screen
    await hung.send("Bùi Anh Tuấn")
    await hung.photo()
    assert "Phiếu đã có ảnh" in hung.screen
    await hung.tap("Hôm nay")
    assert "Phiếu đề cử ai?" in hung.screen
    await hung.voice()
    assert "chỉ nhận chữ" in hung.screen
