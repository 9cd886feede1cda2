"""/noidung: everybody reads what is approved; the secretariat writes, approves, takes away; months go on."""

import pytest

from bot.domain.timetable import OccasionKind
from storage import access, contents, people
from storage.contents import Content, ContentState
from storage.posts import PostState
from tests.office import Office
from tests.phones import Phone
from tests.posting import at_instant, come, local, pass_time, said

APPEAL = "Lời kêu gọi thi đua ái quốc"
ITEM = """Cách viết một đề cử tốt
Một đề cử tốt kể một việc cụ thể, nêu kết quả bằng con số và điều mà nơi khác có thể học theo.
Nguồn: Phòng Hành chính - Tổ chức"""


async def the_item(office: Office, item_id: int) -> Content:
    async with office.database.reading() as session:
        found = await contents.find(session, item_id)
    assert found is not None
    return found


async def contents_posted(office: Office) -> list[tuple[int, PostState]]:
    """Which items were put into messages, and what became of those."""
    async with office.database.reading() as session:
        return [(use.content_id, use.state) for use in await contents.list_uses(session)]


async def approved(hung: Phone) -> None:
    """The appeal is approved."""
    await hung.send("/noidung")
    await hung.tap(f"{APPEAL} (nháp)")
    await hung.tap("Duyệt")


async def test_a_first_dozen_waits_as_drafts(office, hung):
    """Each short, about something known, with its source; nobody else sees them yet."""
    async with office.database.reading() as session:
        items = await contents.list_contents(session)
    assert len(items) >= 12
    for item in items:
        assert item.state is ContentState.DRAFT
        assert 300 <= len(item.body) <= 900, item.title
        assert item.source, item.title
        assert item.tags, item.title
        assert set(item.tags) <= {"tư tưởng", "pháp luật", "chính sách", "phong trào"}
    lan = office.phone("lan")
    await lan.send("/noidung")
    assert "chưa có bài nào được duyệt" in lan.last.text
    assert not lan.last.buttons


async def test_everybody_reads_what_is_approved(office, phones, hung):
    """With its source and topics, and none of the secretariat's buttons."""
    await approved(hung)
    assert "Trạng thái: đã duyệt. Dự kiến gửi lúc 09:00 08/12/2026." in hung.last.text
    lan = phones["lan"]
    await lan.send("/noidung")
    assert "1 bài" in lan.last.text
    await lan.tap(APPEAL)
    assert "“Thi đua là yêu nước, yêu nước thì phải thi đua.”" in lan.last.text
    assert "Nguồn: Kế hoạch số 854/KH-VP" in lan.last.text
    assert "Chủ đề: Tư tưởng" in lan.last.text
    assert "Trạng thái" not in lan.last.text
    assert lan.last.labels == ["Về danh sách"]
    await lan.tap("Về danh sách")
    assert APPEAL in lan.last.labels


async def test_by_topic_and_on_pages(hung):
    """One topic at a time; there and back again."""
    await hung.send("/library")
    assert "13 bài" in hung.last.text
    first = hung.last.labels
    await hung.tap("Xem thêm ›")
    assert hung.last.labels != first
    await hung.tap("‹ Trước")
    assert hung.last.labels == first
    await hung.tap("Pháp luật")
    assert "3 bài" in hung.last.text
    assert "✓ Pháp luật" in hung.last.labels
    await hung.tap("Tất cả")
    assert hung.last.labels == first


async def test_the_secretariat_writes_an_item(office, phones, hung):
    """Title, text and source in one message; its topics by buttons; then it is approved."""
    await hung.send("/noidung")
    await hung.tap("Thêm bài mới")
    assert "dòng đầu là tiêu đề" in hung.last.text
    await hung.send(ITEM)
    assert "Đã lưu bản nháp" in hung.last.text
    await hung.tap("Chính sách")
    await hung.tap("Phong trào")
    await hung.tap("✓ Phong trào")
    await hung.tap("Xong")
    assert "Chủ đề: Chính sách" in hung.last.text
    assert "Nguồn: Phòng Hành chính - Tổ chức" in hung.last.text
    assert "bản nháp, chỉ bộ phận thư ký thấy" in hung.last.text
    await hung.tap("Duyệt")
    lan = phones["lan"]
    await lan.send("/noidung")
    assert "Cách viết một đề cử tốt" in lan.last.labels
    async with office.database.reading() as session:
        acts = [row["detail"] for row in await access.list_audit(session) if row["act"] == "content"]
    assert acts == ["add", "tags", "tags", "tags", "approved"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Ngắn", "tiêu đề"),
        ("Một tiêu đề dài " * 20 + "\nvà nội dung", "tiêu đề"),
        ("Tiêu đề vừa phải\nNội dung quá ngắn.\nNguồn: Luật", "Nội dung cần từ 50"),
        ("Tiêu đề vừa phải\n" + "n" * 2600 + "\nNguồn: Luật", "Nội dung cần từ 50"),
        ("Tiêu đề vừa phải\n" + "Nội dung đủ dài. " * 5, "chưa có nguồn"),
        ("Tiêu đề vừa phải\n" + "Nội dung đủ dài. " * 5 + "\nNguồn:", "chưa có nguồn"),
    ],
)
async def test_an_item_that_lacks_something_is_asked_for_again(hung, typed, why):
    """What is wrong is said, and a good one is taken afterwards."""
    await hung.send("/noidung")
    await hung.tap("Thêm bài mới")
    await hung.send(typed)
    assert why in hung.last.text
    await hung.photo()
    assert "chỉ nhận chữ" in hung.last.text
    await hung.send(ITEM)
    assert "Đã lưu bản nháp" in hung.last.text


async def test_an_edited_item_is_a_draft_again(office, phones, hung):
    """What was approved is not what is there now."""
    await approved(hung)
    await hung.tap("Sửa")
    assert "Nguồn: Kế hoạch số 854/KH-VP" in hung.last.text
    await hung.tap("Quay lại")
    await hung.tap("Sửa")
    await hung.send(ITEM)
    await hung.tap("Xong")
    assert "bản nháp" in hung.last.text
    lan = phones["lan"]
    await lan.send("/noidung")
    assert "chưa có bài nào" in lan.last.text


async def test_an_item_is_taken_away_and_put_back(office, phones, hung):
    """Nobody reads it meanwhile, even by an old button; put back it is a draft."""
    await approved(hung)
    lan = phones["lan"]
    await lan.send("/noidung")
    await hung.tap("Gỡ")
    assert "đã được gỡ" in hung.last.text
    await lan.tap(APPEAL)
    assert lan.toast == "Bài này không còn trong thư viện."
    await hung.tap("Khôi phục")
    assert "bản nháp" in hung.last.text


async def test_an_old_button_of_an_item_is_refused(office, hung):
    """It has changed since: nothing happens twice."""
    await hung.send("/noidung")
    await hung.tap(f"{APPEAL} (nháp)")
    shown = hung.last.message_id
    await hung.tap_data("lb:1:0:approve:", message_id=shown)
    assert (await the_item(office, 1)).state is ContentState.APPROVED  # its first version is 0
    await hung.tap_data("lb:1:0:remove:", message_id=shown)
    assert "vừa được thay đổi" in (hung.toast or "")
    assert (await the_item(office, 1)).state is ContentState.APPROVED


async def test_two_clerks_writing_at_once(office, hung):
    """Who sends the second text hears that the item has changed."""
    await hung.send("/noidung")
    await hung.tap(f"{APPEAL} (nháp)")
    await hung.tap("Sửa")
    await hung.tap_data("lb:1:0:approve:")
    await hung.send("/noidung")
    await hung.tap(APPEAL)
    await hung.tap("Sửa")
    async with office.database.transaction() as session:
        item = await contents.find(session, 1)
        assert item is not None
        await contents.change(session, item, office.clock())
    await hung.send(ITEM)
    assert "vừa được thay đổi" in hung.last.text
    assert (await the_item(office, 1)).title == APPEAL


@pytest.mark.parametrize("act", ["approve", "edit", "remove", "restore", "tags", "tag:0", "new"])
async def test_nobody_else_writes(office, phones, hung, act):
    """A forged tap of an employee changes nothing."""
    await approved(hung)
    version = (await the_item(office, 1)).changed_at
    lan = phones["lan"]
    await lan.send("/noidung")
    us = int(version.timestamp() * 1_000_000)
    await lan.tap_data(f"lb:{0 if act == 'new' else 1}:{us}:{act if ':' in act else act + ':'}")
    assert "bộ phận thư ký" in (lan.toast or "")
    assert (await the_item(office, 1)).changed_at == version


@pytest.mark.parametrize(
    "data", ["lb:2:0:show:", "lb:99:0:show:", "lb:0:0:list:9,0", "lb:0:0:list:x", "lb:0:0:list:0,9999999"]
)
async def test_a_forged_way_to_a_draft_is_none(office, phones, hung, data):
    """Drafts are the secretariat's; unknown items, topics and pages are nobody's."""
    await approved(hung)
    lan = phones["lan"]
    await lan.send("/noidung")
    await lan.tap_data(data)
    assert lan.toast
    assert "pháp luật" not in lan.last.text


async def test_a_wrong_act_of_the_secretariat_is_stale(hung):
    """No such act, no such topic."""
    await hung.send("/noidung")
    for data in ("lb:1:0:fly:", "lb:1:0:tag:9", "lb:1:0:tag:x"):
        await hung.tap_data(data)
        assert hung.toast


async def test_leaving_while_writing(hung):
    """/huy writes nothing."""
    await hung.send("/noidung")
    await hung.tap("Thêm bài mới")
    await hung.send("/huy")
    assert "Thư viện không thay đổi" in hung.last.text


async def test_the_oldest_item_is_shown_ahead_and_goes_in_its_month(office, phones, hung):
    """A draft may be approved where it is shown; it goes on its day, and is then read in the library too."""
    await come(office, OccasionKind.REVIEW, "content")
    assert office.clock() == local(3, 12, 8)
    assert APPEAL in hung.last.text
    assert "Gửi lúc: 09:00 08/12/2026" in hung.last.text
    assert "Nguồn: Kế hoạch số 854/KH-VP ngày 02/4/2024, mục II.1" in hung.last.text
    await hung.tap("Duyệt")
    assert (await the_item(office, 1)).state is ContentState.APPROVED
    await at_instant(office, local(8, 12, 8, 59))
    lan = phones["lan"]
    assert not any(APPEAL in text for text in said(lan))
    await at_instant(office, local(8, 12, 9))
    assert len([text for text in said(lan) if APPEAL in text]) == 1
    await pass_time(office, minutes=5)
    assert any("Kết quả gửi" in text for text in said(hung))
    await hung.send("/noidung")
    await hung.tap(APPEAL)
    assert "Đã gửi lúc 09:00 08/12/2026" in hung.last.text


async def test_an_item_that_is_taken_away_is_not_sent(office, phones, hung):
    """Whatever was decided about its message before."""
    await come(office, OccasionKind.REVIEW, "content")
    await hung.tap("Duyệt")
    await hung.send("/noidung")
    await hung.tap(APPEAL)
    await hung.tap("Gỡ")
    await at_instant(office, local(8, 12, 9))
    assert not any(APPEAL in text for text in said(phones["lan"]))
    assert await contents_posted(office) == [(1, PostState.CANCELLED)]


async def test_what_was_passed_over_comes_last(office, hung):
    """The next month has another item; unanswered, one is offered again."""
    await come(office, OccasionKind.REVIEW, "content")
    await hung.tap("Bỏ qua")
    office.clock.at = local(9, 12, 8)
    await come(office, OccasionKind.REVIEW, "content")
    assert await contents_posted(office) == [(1, PostState.SKIPPED), (2, PostState.WAITING)]
    await at_instant(office, local(15, 3, 8, year=2027))
    await come(office, OccasionKind.REVIEW, "content")
    posted = await contents_posted(office)
    assert (2, PostState.MISSED) in posted
    assert posted[-1] == (2, PostState.WAITING)


async def test_approved_items_go_before_drafts(office, hung):
    """What the office has approved does not wait behind what it has not read."""
    await hung.send("/noidung")
    await hung.tap("Luật Thi đua, khen thưởng năm 2022 (nháp)")
    await hung.tap("Duyệt")
    assert "Dự kiến gửi lúc 09:00 08/12/2026" in hung.last.text
    await come(office, OccasionKind.REVIEW, "content")
    (shown,) = [text for text in said(hung) if "Kính đề nghị" in text]
    assert "Luật Thi đua, khen thưởng năm 2022" in shown


async def test_a_library_that_is_used_up_asks_for_more(office, hung):
    """Nothing is sent, and the secretariat is told why."""
    async with office.database.transaction() as session:
        await session.execute("update contents set state = 'removed'")
    await come(office, OccasionKind.REVIEW, "content")
    assert any("không còn bài nào chưa gửi" in text for text in said(hung))
    await hung.send("/noidung")
    assert hung.last.labels == ["Thêm bài mới"]


async def test_in_english(office, hung):
    """The words around are English; the items are the office's own."""
    async with office.database.transaction() as session:
        me = await people.find_by_code(session, "hung")
        assert me is not None
        await people.set_language(session, me.id, "en")
    await hung.send("/library")
    assert "13 items" in hung.last.text
    await hung.tap("Law")
    await hung.tap("Luật Thi đua, khen thưởng năm 2022 (draft)")
    assert "Source: Luật Thi đua" in hung.last.text
    await hung.tap("Edit")
    await hung.send(ITEM.replace("Nguồn:", "Source:"))
    assert "Kept as a draft" in hung.last.text
