"""Bad input of every kind: what the person reads, and that nothing is lost, broken or doubled."""

import json
from datetime import timedelta

import pytest

from bot.messages import Call
from tests.handlers.test_nominate import CARD, STORY, standing
from tests.office import Office
from tests.phones import Phone


async def at_story(office: Office) -> Phone:
    """Somebody who is asked for the story."""
    lan = office.phone("lan")
    await lan.send("Đề cử anh Tuấn")
    return lan


async def at_card(office: Office, story: str = STORY) -> Phone:
    """Somebody before a filled card."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử anh Tuấn vì {story}")
    assert lan.last.text.startswith(CARD)
    return lan


async def test_a_story_that_is_too_short_goes_on(office: Office):
    """What is missing is said in numbers, what was written is kept, and the rest is written behind it."""
    lan = await at_story(office)
    await lan.send("Giúp người dân")
    assert "Đã ghi: “Giúp người dân”" in lan.screen
    assert "Nội dung mới có 14 ký tự, cần ít nhất 50 (còn thiếu 36)." in lan.screen
    await lan.send("nộp hồ sơ trực tuyến")
    assert "“Giúp người dân nộp hồ sơ trực tuyến”" in lan.screen
    await lan.send("Thời gian chờ giảm một nửa.")
    assert "Nội dung: Giúp người dân nộp hồ sơ trực tuyến. Thời gian chờ giảm một nửa." in lan.screen


async def test_a_short_story_may_be_written_anew(office: Office):
    """A button throws the short beginning away."""
    lan = await at_story(office)
    await lan.send("Giúp người dân")
    await lan.tap("Viết lại từ đầu")
    await lan.send(STORY)
    assert f"Nội dung: {STORY}" in lan.screen


async def test_a_story_that_is_too_long_is_kept(office: Office):
    """4,096 characters: how many too many, and a button that keeps the first 1,500."""
    lan = await at_story(office)
    long = ("Đã tận tình hướng dẫn người dân. " * 200)[:4096]
    await lan.send(long)
    assert "nhiều nhất là 1500" in lan.screen
    assert "Bản viết vẫn được giữ để đồng chí rút gọn." in lan.screen
    await lan.send("/trogiup")
    await lan.send("/decu")
    await lan.tap("Viết tiếp")
    await lan.tap("Lấy 1.500 ký tự đầu")
    await lan.tap("Gửi")
    (row,) = await standing(office)
    assert row.endorsement.reason.story == long[:1500].rstrip()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1234567890 " * 8, "Nội dung chưa có chữ nào."),
        ("tốt " * 30, "Nội dung chỉ lặp lại một vài chữ."),
        ("\u202e\u200b\u0007", "Chưa có nội dung."),
        ("🙂🙂🙂" * 20, "Nội dung chưa có chữ nào."),
    ],
)
async def test_a_story_without_words(office: Office, typed: str, said: str):
    """Everything that is wrong is said, with an example."""
    lan = await at_story(office)
    await lan.send(typed)
    assert said in lan.screen or "nêu ngắn gọn việc làm" in lan.screen
    await lan.send(STORY)
    assert f"Nội dung: {STORY}" in lan.screen


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<b>đậm</b> & <script>alert(1)</script>", "<b>đậm</b> & <script>alert(1)</script>"),
        ("\u202eđảo\u202c \u200bngược\u0000", "đảo ngược"),
        ("z\u0300\u0301\u0302\u0303\u0304\u0305algo", "z̀́algo"),
        ("gia đình 👨‍👩‍👧 và 🇻🇳", "gia đình 👨‍👩‍👧 và 🇻🇳"),
        ("{name} %s {0} \\n", "{name} %s {0} \\n"),
    ],
)
async def test_odd_characters_are_kept_as_text(office: Office, typed: str, shown: str):
    """HTML, direction and control characters, zalgo, emoji and braces neither break nor change a screen."""
    lan = await at_story(office)
    await lan.send(f"{typed} {STORY}")
    assert f"Nội dung: {shown} {STORY}" in lan.screen
    await lan.tap("Gửi")
    (row,) = await standing(office)
    assert row.endorsement.reason.story == f"{shown} {STORY}"


async def test_a_card_full_to_the_brim_fits_a_message(office: Office):
    """Every field at its limit, in characters that HTML escapes: Telegram takes the card."""
    lan = await at_card(office, STORY + " <&>" * 330)
    for label in ("Kết quả đo được", "Sức lan tỏa", "Điều có thể học tập", "Phạm vi, lĩnh vực"):
        await lan.tap("Sửa")
        await lan.tap(label)
        await lan.send("a<&> " * 100)
    assert 2000 < len(lan.last.text) < 4096
    await lan.tap("Gửi")
    assert "Đã ghi nhận" in lan.screen


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("x" * 600, "Nội dung có 600 ký tự, nhiều nhất là 500 (thừa 100)."),
        ("\u200b\u200b", "Chưa có nội dung."),
        ("!!!", "Nội dung chưa có chữ hoặc số nào."),
    ],
)
async def test_bad_added_fields(office: Office, typed: str, said: str):
    """An optional field says what is wrong with an example of its own, and the card is one tap away."""
    lan = await at_card(office)
    await lan.tap("Sửa")
    await lan.tap("Kết quả đo được")
    await lan.send(typed)
    assert said in lan.screen
    assert "Giảm thời gian chờ từ 30 xuống 15 phút" in lan.screen
    await lan.tap("Quay lại")
    assert lan.last.text.startswith(CARD)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("a", "Tên có 1 ký tự, cần ít nhất 2."),
        ("Tổ " * 60, "nhiều nhất là 120"),
        ("Tổ một\nTổ hai", "Tên phải nằm trên một dòng."),
        ("123", "Tên chưa có chữ nào."),
    ],
)
async def test_bad_names_of_groups(office: Office, typed: str, said: str):
    """A group's name says what is wrong, with an example of a name."""
    lan = office.phone("lan")
    await lan.send("/decu")
    await lan.tap("Một tập thể")
    await lan.send(typed)
    assert said in lan.screen
    assert "Tổ tiếp nhận hồ sơ" in lan.screen
    await lan.send("Tổ 🙂 tiếp nhận")
    assert "“Tổ 🙂 tiếp nhận” thuộc đơn vị nào?" in lan.screen
    await lan.send("đơn vị lạ")
    assert "Chưa nhận ra tên đơn vị." in lan.screen


@pytest.mark.parametrize(
    "typed", ["🙂", "'; drop table people; --", "%", "_", "a" * 4096, "\u202e", "1", "<b>"]
)
async def test_odd_names_find_nobody(office: Office, typed: str):
    """Nothing odd is a colleague, and the question stays open."""
    lan = office.phone("lan")
    await lan.send("/decu")
    await lan.send(typed)
    assert "danh sách cơ quan" in lan.screen
    await lan.send("Tuấn")
    assert "Bùi Anh Tuấn" in lan.screen


async def test_stickers_and_voice(office: Office):
    """Anywhere they are answered with what can be used, and the step stays."""
    lan = office.phone("lan")
    await lan.sticker()
    assert "Hệ thống chỉ nhận chữ, ảnh và tệp" in lan.screen
    await lan.send("Đề cử anh Tuấn")
    await lan.voice()
    assert "Hệ thống chỉ nhận chữ, ảnh và tệp" in lan.screen
    assert "nêu ngắn gọn việc làm" in lan.screen
    await lan.send(STORY)
    assert CARD in lan.screen


async def test_edited_messages_are_not_read_again(office: Office):
    """A kind word says how to change it; the card stays as it was and goes on working."""
    lan = office.phone("lan")
    sent = await lan.send(f"Đề cử anh Tuấn vì {STORY}")
    await lan.edit(sent["message_id"], f"Đề cử chị Hoa vì {STORY}")
    assert "hệ thống không đọc lại tin đã sửa" in lan.screen
    await lan.tap("Gửi")
    assert "Bùi Anh Tuấn" in lan.screen


async def test_an_unknown_command_is_not_a_story(office: Office):
    """In the midst of writing a command is a command."""
    lan = await at_story(office)
    await lan.send("/khongco " + STORY)
    assert "Lệnh này chưa có." in lan.screen
    await lan.send(STORY)
    assert CARD in lan.screen


async def test_taps_on_old_cards(office: Office):
    """An old card's buttons do nothing but show how things stand now."""
    lan = await at_card(office)
    old = lan.last.message_id
    buttons = [button["data"] for row in lan.last.raw["buttons"] for button in row]
    await lan.send("Thêm một ý.")
    for data in buttons:
        await lan.tap_data(data, message_id=old)
        assert "Nút này đã cũ" in (lan.toast or "")
        assert "để viết thêm hay để thay" in lan.screen
    assert await standing(office) == []


async def test_a_double_tap_sends_once(office: Office):
    """Two taps on Gửi before the first is answered are one nomination and one receipt."""
    lan = await at_card(office)
    hasty = Phone(office.telegram, lan.user_id)
    await hasty.tap("Gửi")
    await hasty.tap("Gửi")
    await office.settle()
    assert len(await standing(office)) == 1
    assert "Đã ghi nhận đề cử số 0001" in lan.screen
    assert sum("Đã ghi nhận" in seen.text for seen in lan.messages()) == 1


async def test_two_devices_at_once(office: Office):
    """Gửi on one device and Hủy on the other in one batch: the first counts, the second shows the outcome."""
    lan = await at_card(office)
    tablet, phone = Phone(office.telegram, lan.user_id), Phone(office.telegram, lan.user_id)
    await tablet.tap("Gửi")
    await phone.tap("Hủy")
    await office.settle()
    assert len(await standing(office)) == 1
    assert "Đã ghi nhận" in lan.screen
    assert "Nút này đã cũ" in (phone.toast or "")


async def test_a_message_while_the_screen_is_on_its_way(office: Office):
    """Two messages in one batch are answered in their order; the last screen is the one that holds."""
    lan = office.phone("lan")
    hasty = Phone(office.telegram, lan.user_id)
    await hasty.send("Đề cử anh Tuấn")
    await hasty.send(STORY)
    await office.settle()
    assert lan.last.text.startswith(CARD)
    await lan.tap("Gửi")
    assert len(await standing(office)) == 1


FORGED = [
    "x", ":::::", "n:::send:", "n:1:1:send", "n:-1:1:send:", "n:99999999999999999999:1:send:", "n:1:1:eval:1",
    "n:1:999:send:", "n:999:1:send:", "n:1:1:who:99999999999999999", "n:1:1:edit:offer", "n:1:1:edit:../etc",
    "n:1:1:kind:gold", "n:1:1:movement:77", "n:1:1:unit:77", "n:1:1:who:", "n:1:1:hide:", "n:1:1:clear:",
    "n:1:1:aside:add", "n:1:1:people:-5", "n:1:1:people:999999", "n:0:0:undo:", "n:12345:0:undo:",
    "c:0:7:agree:",    "m:1:0:edit:", "m:999:0:show:", "n:1:1:\u202e:\u0000", "N:1:1:send:", "n:１:1:send:",
    "n:1:2:send:" + "9" * 50,
]  # fmt: skip


@pytest.mark.parametrize("data", FORGED)
async def test_forged_taps(office: Office, data: str):
    """Data of no button of ours is answered, changes nothing that counts, and the card can still be sent."""
    lan = await at_card(office)
    await lan.tap_data(data)
    assert lan.answered
    assert await standing(office) == []
    assert "gặp trục trặc" not in "".join(seen.text for seen in lan.messages())
    await lan.send("/decu")
    await lan.tap("Viết tiếp")
    if "Tuấn" in lan.screen and "Gửi" in lan.last.labels:
        await lan.tap("Gửi")
    assert len(await standing(office)) == 1, lan.screen


async def test_other_people_s_drafts_and_receipts(office: Office):
    """Buttons of somebody else's card or receipt are nobody's but theirs."""
    lan, mai = await at_card(office), office.phone("mai")
    send = lan.last.raw["buttons"][0][0]["data"]
    await mai.send("/decu")
    await mai.tap_data(send)
    assert "Nút này đã cũ" in (mai.toast or "")
    assert await standing(office) == []
    await lan.tap("Gửi")
    undo = lan.last.raw["buttons"][0][0]["data"]
    await mai.tap_data(undo)
    assert len(await standing(office)) == 1
    await mai.send("/huy")
    await mai.tap_data(undo)
    assert "Đề cử này không phải của đồng chí." in (mai.toast or "")
    assert len(await standing(office)) == 1


async def test_every_button_says_at_most_64_bytes(office: Office):
    """The largest numbers leave room for the longest act and argument."""
    longest = Call("n", 10**17 - 1, 10**9, "movement", str(10**17 - 1))
    assert len(str(longest).encode()) <= 64
    lan = await at_card(office)
    await lan.tap("Sửa")
    datas = [button["data"] for row in lan.last.raw["buttons"] for button in row]
    assert max(len(json.dumps(data).encode()) for data in datas) <= 64


async def test_a_draft_from_long_ago(office: Office):
    """A year later the draft is still there; who left meanwhile is explained at Gửi."""
    lan = await at_card(office)
    office.clock.at += timedelta(days=365)
    await lan.send("/decu")
    await lan.tap("Viết tiếp")
    await lan.tap("Gửi")
    assert any("trong kỳ tháng 11/2027" in message.text for message in lan.messages())
