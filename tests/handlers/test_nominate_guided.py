"""Nominating step by step: counted, with a way back from everywhere, and left and resumed."""

from dataclasses import replace

from storage import nominations
from tests.handlers.test_nominate import CARD, STORY, standing
from tests.office import Office

MOVEMENT = "Cả nước thi đua đổi mới sáng tạo và chuyển đổi số"


async def test_four_taps_and_one_typed_message(office: Office):
    """/decu, then a colleague of one's unit, kind, movement, the story typed, Gửi."""
    lan = office.phone("lan")
    await lan.send("/decu")
    assert "Trần Văn Hùng · Trưởng phòng" in lan.last.labels
    assert "Nguyễn Thị Lan · Chuyên viên" not in lan.last.labels
    taps = ["Lê Thị Mai · Chuyên viên", "Điển hình tiên tiến", MOVEMENT]
    for label in taps:
        await lan.tap(label)
    assert "Người được đề cử: Lê Thị Mai" in lan.screen
    await lan.send(STORY)
    await lan.tap("Gửi")
    assert len([*taps, "Gửi"]) <= 4
    (row,) = await standing(office)
    assert row.endorsement.movement_name == MOVEMENT
    assert row.endorsement.reason.kind == "exemplar"
    assert row.endorsement.reason.story == STORY


async def test_a_whole_unit_is_four_taps_too(office: Office):
    """A group: its form, its unit, the kind, Gửi; the movement stands on the card as none."""
    lan = office.phone("lan")
    await lan.send("/decu")
    for label in ("Một tập thể", "Phòng Nội chính", "Người tốt, việc tốt"):
        await lan.tap(label)
    await lan.send(STORY)
    assert "Tập thể được đề cử: Phòng Nội chính" in lan.screen
    await lan.tap("Gửi")
    assert "Đã ghi nhận" in lan.screen


async def test_a_way_of_working(office: Office):
    """A model has a name of its own and a unit, one's own unit offered first."""
    lan = office.phone("lan")
    await lan.send("/decu")
    await lan.tap("Một mô hình, cách làm")
    await lan.send("Một cửa thân thiện")
    assert lan.last.buttons[0] == ["Phòng Hành chính - Tổ chức"]
    for label in ("Phòng Hành chính - Tổ chức", "Cách làm hay"):
        await lan.tap(label)
    await lan.send(STORY)
    assert "Một cửa thân thiện, Phòng Hành chính - Tổ chức\nLoại: Cách làm hay" in lan.last.text


async def test_recent_nominees_come_first(office: Office):
    """Whom one nominated last is offered with the unit, before one's own unit's people."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử anh Tuấn vì {STORY}")
    await lan.tap("Gửi")
    await lan.tap("Đề cử tiếp")
    assert lan.last.buttons[0] == ["Bùi Anh Tuấn · Chuyên viên · Phòng Tổng hợp"]


async def test_back_leads_through_every_step(office: Office):
    """From the story to the movement, the kind, the nominee; nothing chosen is lost on the way."""
    lan = office.phone("lan")
    await lan.send("/decu")
    for label in ("Lê Thị Mai · Chuyên viên", "Nhân tố mới", MOVEMENT):
        await lan.tap(label)
    await lan.tap("Quay lại")
    assert MOVEMENT in lan.last.labels
    await lan.tap("Quay lại")
    assert "Nhân tố mới" in lan.last.labels
    await lan.tap("Quay lại")
    assert "họ tên đồng nghiệp" in lan.screen
    await lan.tap("Trần Văn Hùng · Trưởng phòng")
    for label in ("Nhân tố mới", "Không gắn phong trào"):
        await lan.tap(label)
    await lan.send(STORY)
    assert "Trần Văn Hùng" in lan.screen
    assert "Phong trào: không gắn phong trào" in lan.screen


async def test_a_kind_may_be_typed_and_a_story_comes_early(office: Office):
    """A kind by its name, accents or not; a long text where a button is waited for is the story."""
    lan = office.phone("lan")
    await lan.send("/decu")
    await lan.tap("Lê Thị Mai · Chuyên viên")
    await lan.send("ừ")
    assert "Xin đồng chí chọn một nút dưới đây" in lan.screen
    await lan.send("nhan to moi")
    assert "phong trào thi đua nào" in lan.screen
    await lan.send(STORY)
    assert CARD in lan.screen
    assert "Loại: Nhân tố mới" in lan.screen


async def test_every_field_is_changed_from_the_card(office: Office):
    """Nominee, story, kind, movement and what may be added; Quay lại leaves all as it was."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử anh Tuấn vì {STORY}")
    steps = [
        ("Người được đề cử", "chị Hoa"),
        ("Nội dung", "Nội dung mới: " + STORY),
        ("Kết quả đo được", "giảm 50 %"),
        ("Sức lan tỏa", "ba đơn vị làm theo"),
        ("Điều có thể học tập", "kiên trì"),
        ("Phạm vi, lĩnh vực", "cải cách hành chính"),
        ("Thời gian của việc làm", "tháng 8 đến tháng 10"),
    ]
    for label, typed in steps:
        await lan.tap("Sửa")
        await lan.tap(label)
        await lan.tap("Quay lại")
        assert lan.last.text.startswith(CARD)
        await lan.tap("Sửa")
        await lan.tap(label)
        await lan.send(typed)
        assert lan.last.text.startswith(CARD)
    for label, chosen in (("Loại", "Cách làm hay"), ("Phong trào", MOVEMENT)):
        await lan.tap("Sửa")
        await lan.tap(label)
        await lan.tap(chosen)
    assert lan.last.text == (
        "Phiếu đề cử\n\nNgười được đề cử: Võ Thị Hoa, Trưởng phòng, Phòng Tổng hợp\nLoại: Cách làm hay\n"
        f"Phong trào: {MOVEMENT}\n\nNội dung: Nội dung mới: {STORY}\n"
        "Kết quả đo được: giảm 50 %\nSức lan tỏa: ba đơn vị làm theo\nĐiều có thể học tập: kiên trì\n"
        "Phạm vi, lĩnh vực: cải cách hành chính\nThời gian của việc làm: tháng 8 đến tháng 10"
    )
    await lan.tap("Sửa")
    await lan.tap("Sức lan tỏa")
    await lan.tap("Xóa mục này")
    assert "Sức lan tỏa" not in lan.last.text


async def test_looking_at_groups_does_not_lose_the_nominee(office: Office):
    """Changing one's mind about the nominee half-way brings the card back as it was."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử anh Tuấn vì {STORY}")
    for label in ("Sửa", "Người được đề cử", "Một tập thể", "Quay lại"):
        await lan.tap(label)
    assert "Bùi Anh Tuấn" in lan.last.text
    assert CARD in lan.screen


async def test_evidence_up_to_its_limit(office: Office):
    """Photos and files come by a button on the card; the same twice is one; too many are refused by name."""
    await office.reconfigure(nominations=replace(office.config.nominations, evidence_max=2))
    lan = office.phone("lan")
    await lan.send(f"Đề cử anh Tuấn vì {STORY}")
    await lan.tap("Minh chứng")
    assert "tối đa 2" in lan.screen
    await lan.photo()
    assert "Đã nhận 1 minh chứng" in lan.screen
    await lan.document(b"2" * 40, "bảng.xlsx")
    await lan.document(b"3" * 40, "thừa.pdf")
    assert "Đã đủ 2 minh chứng; tệp vừa gửi không được thêm." in lan.screen
    assert "Minh chứng: 2 tệp" in lan.screen
    await lan.tap("Minh chứng")
    await lan.tap("Bỏ hết minh chứng")
    assert "Minh chứng: " not in lan.last.text


async def test_hide_my_name_where_the_office_allows_it(office: Office):
    """Not offered by default; where configured, a tap hides and shows."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử anh Tuấn vì {STORY}")
    await lan.tap("Sửa")
    assert "Ẩn tên tôi với thủ trưởng" not in lan.last.labels
    await office.reconfigure(nominations=replace(office.config.nominations, may_hide_name=True))
    await lan.tap("Về phiếu đề cử")
    await lan.tap("Sửa")
    await lan.tap("Ẩn tên tôi với thủ trưởng")
    assert "Không nêu tên người đề cử với thủ trưởng đơn vị." in lan.screen
    await lan.tap("Gửi")
    (row,) = await standing(office)
    assert row.endorsement.reason.hide_name


async def test_cancel_with_an_undo(office: Office):
    """Hủy stops and keeps; one tap goes on, another throws away."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử anh Tuấn vì {STORY}")
    await lan.tap("Hủy")
    assert "Đã dừng. Bản viết dở vẫn được giữ." in lan.screen
    await lan.tap("Viết tiếp đề cử này")
    assert lan.last.text.startswith(CARD)
    await lan.send("/huy")
    await lan.tap("Bỏ hẳn")
    assert "Đã bỏ bản viết dở" in lan.screen
    await lan.send("/decu")
    assert "họ tên đồng nghiệp" in lan.screen


async def test_resume_on_another_day_after_a_restart(office: Office):
    """The draft is offered by /decu and goes on where it stood."""
    lan = office.phone("lan")
    await lan.send("Đề cử anh Tuấn")
    await office.restart()
    office.clock.turn(days=3)
    await lan.send("/decu")
    assert "Đồng chí có một đề cử đang viết dở.\nNgười được đề cử: Bùi Anh Tuấn" in lan.screen
    await lan.tap("Viết tiếp")
    await lan.send(STORY)
    await lan.tap("Gửi")
    assert "Đã ghi nhận" in lan.screen


async def test_a_new_sentence_does_not_push_the_old_draft_away(office: Office):
    """The person decides; the new sentence and its photo wait meanwhile."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử anh Tuấn vì {STORY}")
    await lan.photo(f"Đề cử chị Hoa vì {STORY}")
    assert "đang viết dở" in lan.screen
    await lan.tap("Viết tiếp")
    assert "Bùi Anh Tuấn" in lan.screen
    assert "Tin đồng chí vừa gửi chưa dùng vào đề cử này" in lan.screen
    await lan.photo(f"Đề cử chị Hoa vì {STORY}")
    await lan.tap("Viết đề cử mới")
    assert "Võ Thị Hoa" in lan.screen
    assert "Minh chứng: 1 tệp" in lan.screen


async def test_text_typed_after_looking_elsewhere_is_not_lost(office: Office):
    """Help in the midst of writing: the story typed afterwards goes into the draft after one tap."""
    lan = office.phone("lan")
    await lan.send("Đề cử anh Tuấn")
    await lan.send("/trogiup")
    await lan.send(STORY)
    assert "đang viết dở" in lan.screen
    await lan.tap("Viết tiếp")
    assert f"Nội dung: {STORY}" in lan.screen


async def test_text_at_the_card_is_asked_about(office: Office):
    """More words at the card may go behind the story or replace it; two messages are both kept."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử anh Tuấn vì {STORY}")
    await lan.send("Ngoài ra còn giúp đồng nghiệp mới.")
    await lan.send("Và trực cuối tuần.")
    assert "để viết thêm hay để thay" in lan.screen
    await lan.tap("Viết thêm vào nội dung")
    assert "giảm một nửa thời gian chờ\nNgoài ra còn giúp đồng nghiệp mới.\nVà trực cuối tuần." in lan.screen


async def test_an_ended_movement_is_not_offered(office: Office):
    """Outside its years a movement stays in old records only."""
    lan = office.phone("lan")
    await lan.send("/decu")
    await lan.tap("Lê Thị Mai · Chuyên viên")
    await lan.tap("Người tốt, việc tốt")
    async with office.database.reading() as session:
        known = await nominations.list_movements(session)
    today = office.clock().date()
    ended = [movement.name for movement in known if not movement.offered_on(today)]
    assert ended
    assert MOVEMENT in lan.last.labels
    assert not set(ended) & set(lan.last.labels)
