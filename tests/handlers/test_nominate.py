"""Nominating in one message: what is understood, what is asked, what the person reads."""

import unicodedata

import pytest

from storage import nominations
from tests.office import Office
from tests.phones import PICTURE, Phone

STORY = "đã ba tháng hướng dẫn người dân nộp hồ sơ trực tuyến, giảm một nửa thời gian chờ"
CARD = "Phiếu đề cử"


async def standing(office: Office) -> list[nominations.StandingRow]:
    """Every reason that stands."""
    async with office.database.reading() as session:
        return await nominations.list_standing(session, "0000", "9999")


async def test_one_message_and_one_tap(office: Office):
    """A sentence gives a filled card with its defaults; one tap sends it, and the receipt has a number."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử anh Tuấn, phòng Tổng hợp, vì {STORY}")
    assert lan.last.text == (
        "Phiếu đề cử\n\nNgười được đề cử: Bùi Anh Tuấn, Chuyên viên, Phòng Tổng hợp\n"
        "Loại: Người tốt, việc tốt\nPhong trào: không gắn phong trào\n\n"
        f"Nội dung: Đ{STORY[1:]}"
    )
    assert lan.last.buttons == [["Gửi"], ["Sửa", "Minh chứng"], ["Hủy"]]
    await lan.tap("Gửi")
    assert "Đã ghi nhận đề cử số 0001 đối với Bùi Anh Tuấn, Phòng Tổng hợp." in lan.screen
    assert "trong kỳ tháng 11/2026" in lan.screen
    assert "[Hoàn tác (60 giây)]" in lan.screen
    assert len(lan.messages()) == 2
    assert [row.nominator_code for row in await standing(office)] == ["lan"]


@pytest.mark.parametrize(
    "said",
    [
        "De cu anh Tuan phong Tong hop vi da ba thang huong dan nguoi dan nop ho so truc tuyen rat tan tinh",
        unicodedata.normalize("NFD", f"Đề cử đồng chí Bùi Anh Tuấn, phòng Tổng hợp, vì {STORY}"),
        f"ĐỀ CỬ Đ/C TUẤN, PHÒNG TH, VÌ {STORY.upper()}",
        f"Tôi xin giới thiệu đ/c Bùi Anh Tuấn (TH): {STORY}",
        f"/decu anh Tuấn, TH, vì {STORY}",
        f"/nominate Bùi Anh Tuấn phòng TH\n{STORY}",
        f"  Đề cử   chú Tuấn\n\nvì {STORY}  ",
    ],
)
async def test_however_it_is_typed(office: Office, said: str):
    """Missing accents, NFD, capitals, titles and unit abbreviations lead to the same card."""
    lan = office.phone("lan")
    await lan.send(said)
    assert lan.last.text.startswith(CARD)
    assert "Bùi Anh Tuấn, Chuyên viên, Phòng Tổng hợp" in lan.screen
    await lan.tap("Gửi")
    assert "Đã ghi nhận" in lan.screen


async def test_only_a_missing_story_is_asked(office: Office):
    """A sentence without a reason: kind and movement keep their defaults, the story alone is asked."""
    lan = office.phone("lan")
    await lan.send("Đề cử đ/c Đức phòng NC")
    assert "Đỗ Minh Đức, Chuyên viên, Phòng Nội chính" in lan.screen
    assert "nêu ngắn gọn việc làm" in lan.screen
    await lan.send(STORY)
    assert lan.last.text.startswith(CARD)


async def test_the_story_may_name_the_nominee_again(office: Office):
    """Asked for the story, people write the whole sentence: its reason is the story."""
    lan = office.phone("lan")
    await lan.send("Đề cử đ/c Đức phòng NC")
    await lan.send(f"Đề cử anh Đức vì {STORY}")
    assert f"Nội dung: Đ{STORY[1:]}" in lan.screen


async def test_homonyms_are_buttons_with_unit_and_post(office: Office):
    """Two people of one name: the person says which, and nothing else is asked."""
    mai = office.phone("mai")
    await mai.send(f"Đề cử chị Lan vì {STORY}")
    assert "“chị Lan”: đồng chí muốn nói đến ai?" in mai.screen
    assert "• Nguyễn Thị Lan, Văn thư, Phòng Nội chính" in mai.screen
    await mai.tap("Nguyễn Thị Lan · Văn thư · Phòng Nội chính")
    assert mai.last.text.startswith(CARD)
    assert "Nguyễn Thị Lan, Văn thư, Phòng Nội chính" in mai.screen


async def test_a_unit_tells_homonyms_apart(office: Office):
    """The unit named in the sentence decides between two people of one name."""
    await (mai := office.phone("mai")).send(f"Đề cử chị Lan, phòng HCTC, vì {STORY}")
    assert "Nguyễn Thị Lan, Chuyên viên, Phòng Hành chính - Tổ chức" in mai.screen


@pytest.mark.parametrize(
    "said",
    [
        "đề cử tôi",
        f"Đề cử tôi vì {STORY}",
        f"Đề cử bản thân tôi vì {STORY}",
        f"đề cử Bùi Anh Tuấn vì {STORY}",
    ],
)
async def test_oneself_is_refused_kindly(office: Office, said: str):
    """At that step, with what was written kept and colleagues offered."""
    tuan = office.phone("tuan")
    await tuan.send(said)
    assert "mỗi người giới thiệu đồng nghiệp chứ không tự đề cử mình" in tuan.screen
    assert "Võ Thị Hoa · Trưởng phòng" in tuan.last.labels
    await tuan.tap("Võ Thị Hoa · Trưởng phòng")
    assert (CARD in tuan.screen) == (STORY in said)


async def test_who_left_is_explained(office: Office):
    """Somebody who left the office cannot be nominated, and the story waits for another name."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử anh Phan Văn Cũ vì {STORY}")
    assert "Phan Văn Cũ không còn công tác tại cơ quan nên không đề cử mới được." in lan.screen
    await lan.send("anh Tuấn")
    assert "Bùi Anh Tuấn" in lan.screen
    assert STORY[1:] in lan.screen


async def test_two_names_in_one_sentence_are_asked_about(office: Office):
    """A nomination is for one: both are offered, and the story is kept."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử chị Thảo và anh Tuấn vì {STORY}")
    assert "mỗi đề cử dành cho một người" in lan.screen
    assert "[Đặng Phương Thảo · Viên chức" in lan.screen
    await lan.tap("Bùi Anh Tuấn · Chuyên viên · Phòng Tổng hợp")
    assert lan.last.text.startswith(CARD)


async def test_nobody_of_that_name(office: Office):
    """An unknown name is said back; near ones are offered as a question."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử chị Quỳnh Nga vì {STORY}")
    assert "Chưa tìm thấy “chị Quỳnh Nga”" in lan.screen
    await lan.send("Tuna")
    assert "Trong danh sách cơ quan không có “Tuna”" in lan.screen
    await lan.tap("Bùi Anh Tuấn · Chuyên viên · Phòng Tổng hợp")
    assert lan.last.text.startswith(CARD)


async def test_a_group_and_a_way_of_working(office: Office):
    """A whole unit is not named twice; a model has its kind and is asked for its unit."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử tập thể Phòng Nội chính vì {STORY}")
    assert "Tập thể được đề cử: Phòng Nội chính\nLoại: Người tốt, việc tốt" in lan.last.text
    await lan.tap("Gửi")
    assert "đối với Phòng Nội chính. Đơn vị sẽ xem xét" in lan.screen
    await lan.send(f"Đề cử mô hình “Một cửa thân thiện” vì {STORY}")
    assert "“Một cửa thân thiện” thuộc đơn vị nào?" in lan.screen
    await lan.send("phong noi chinh")
    assert "Một cửa thân thiện, Phòng Nội chính\nLoại: Mô hình mới" in lan.last.text


async def test_a_forwarded_message_starts_one(office: Office):
    """What somebody told elsewhere becomes the story, and only whose deed it is is asked."""
    lan = office.phone("lan")
    await lan.forward(f"Hôm nay ở bộ phận một cửa {STORY}")
    assert "Nội dung đã được ghi lại" in lan.screen
    await lan.send("Tuấn")
    assert f"Nội dung: Hôm nay ở bộ phận một cửa {STORY}" in lan.screen


async def test_a_photo_with_a_caption_starts_one(office: Office):
    """The caption is the sentence, the photo the evidence."""
    lan = office.phone("lan")
    await lan.photo(f"Đề cử anh Tuấn vì {STORY}")
    assert "Minh chứng: 1 tệp" in lan.screen
    await lan.tap("Gửi")
    (row,) = await standing(office)
    assert len(row.endorsement.reason.evidence) == 1


async def test_an_album_with_a_caption_is_one_card(office: Office):
    """Its pictures come one by one and end as evidence on one card."""
    lan = office.phone("lan")
    people = Phone(office.telegram, lan.user_id)
    for n in range(3):
        caption = f"Đề cử anh Tuấn vì {STORY}" if n == 0 else None
        await people.photo(caption, PICTURE + bytes([n]), media_group_id="album")
    await office.settle()
    assert "Đã nhận 3 minh chứng" in lan.screen
    assert lan.last.text.count("Bùi Anh Tuấn") == 1
    assert len([seen for seen in lan.messages() if seen.from_bot]) <= 3
    await lan.tap("Gửi")
    (row,) = await standing(office)
    assert len(row.endorsement.reason.evidence) == 3


async def test_a_slow_album_changes_one_message_in_place(office: Office):
    """Pictures of one album that come apart do not fill the chat with cards."""
    lan = office.phone("lan")
    for n in range(4):
        caption = f"Đề cử anh Tuấn vì {STORY}" if n == 0 else None
        await lan.photo(caption, PICTURE + bytes([n]), media_group_id="album")
    assert "Đã nhận 4 minh chứng" in lan.screen
    assert len([seen for seen in lan.messages() if seen.from_bot]) == 1


async def test_talk_is_not_a_nomination(office: Office):
    """Questions and greetings get an example, and nothing is begun."""
    lan = office.phone("lan")
    for said in ("Xin chào", "đề cử thế nào?", "cảm ơn nhé", "🙂", "Danh sách đề cử tháng này đâu?"):
        await lan.send(said)
        assert "Muốn giới thiệu một gương tốt, xin nhắn ví dụ" in lan.screen
    await lan.send("/huy")
    assert "không có việc gì đang làm dở" in lan.screen


async def test_in_english(office: Office):
    """Somebody who reads English gets every screen of it in English."""
    lan = office.phone("lan")
    await lan.send("/language")
    await lan.tap("English")
    await lan.send(
        "Nominate Mr Tuan, TH, because for three months he has helped citizens file online every day"
    )
    assert lan.last.text.startswith("Nomination\n\nNominee: Bùi Anh Tuấn, Chuyên viên, Phòng Tổng hợp")
    await lan.tap("Send")
    assert "Nomination no. 0001 for Bùi Anh Tuấn, Phòng Tổng hợp is recorded" in lan.screen
    assert "[Undo (60 s)]" in lan.screen
    assert "đồng chí" not in lan.screen
