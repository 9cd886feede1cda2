"""The phones of the sandbox's page feel like Telegram: writing, buttons, menus, files, links."""

import asyncio
import base64
import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, Route, expect

from bot.sandbox.views import list_chats, list_messages
from tests.browser.conftest import HEAD, LAN, NEWCOMER, SECRETARY, USER_IDS, Visit
from tests.browser.scripted_bot import REPORT

pytestmark = pytest.mark.asyncio(loop_scope="session")

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAABQAAAAUCAIAAAAC64paAAAAGklEQVR4nGO46aFNNmIY1TyqeVTzqOaB1QwAcp8G3w/sE5EAAAAASUVORK5CYII="
)


async def write(phone: Locator, text: str) -> None:
    """Type and press Enter."""
    await phone.get_by_label("Nhắn tin…").fill(text)
    await phone.get_by_label("Nhắn tin…").press("Enter")


async def test_four_phones_show_four_roles_and_remember_who_holds_them(visit: Visit) -> None:
    """At first an employee, a unit head, the secretariat and a leader; a change outlives a reload."""
    page = await visit.open()
    roles = page.locator(".phone .role")
    await expect(roles).to_have_text(["Người lao động", "Trưởng đơn vị", "Thư ký (HCTC)", "Lãnh đạo"])

    await page.get_by_role("button", name=f"Đổi người: {HEAD}").click()
    await page.get_by_role("combobox").fill("hong nhung")
    await expect(page.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("region", name=f"Điện thoại của {NEWCOMER}")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("region", name=f"Điện thoại của {NEWCOMER}")).to_be_visible()
    await expect(page.locator(".phone")).to_have_count(4)


async def test_a_phone_can_be_put_away_and_another_added(visit: Visit) -> None:
    """Phones come and go, by button."""
    page = await visit.open()
    await page.get_by_role("button", name=f"Cất điện thoại của {HEAD}").click()
    await expect(page.locator(".phone")).to_have_count(3)
    await page.get_by_role("button", name="Thêm điện thoại").click()
    await page.get_by_role("option", name=NEWCOMER).click()
    await expect(page.get_by_role("region", name=f"Điện thoại của {NEWCOMER}")).to_be_visible()


async def test_enter_sends_and_shift_enter_breaks_the_line(visit: Visit) -> None:
    """What is typed becomes a bubble with a time and ticks; the bot's answer comes by itself."""
    phone = await visit.phone(LAN)
    await phone.get_by_label("Nhắn tin…").press_sequentially("Dòng một")
    await phone.get_by_label("Nhắn tin…").press("Shift+Enter")
    await phone.get_by_label("Nhắn tin…").press_sequentially("dòng hai 👩🏽‍💻")
    await phone.get_by_label("Nhắn tin…").press("Enter")
    own = phone.locator(".message.out").last
    await expect(own.locator(".text")).to_have_text("Dòng một\ndòng hai 👩🏽‍💻")
    await expect(phone.locator(".message.in").last).to_contain_text("Đã nhận: Dòng một")
    await expect(own.get_by_label("bot đã nhận")).to_be_visible()
    await expect(phone.get_by_label("Nhắn tin…")).to_have_value("")


async def test_a_button_waits_for_the_bot_and_the_bubble_changes_in_place(visit: Visit) -> None:
    """A tapped button is busy until the query is answered, then says so; the card is the same bubble."""
    phone = await visit.phone(LAN)
    await write(phone, "Đề cử chị Lan")
    card = phone.locator(".message.in").last
    await expect(card.locator("strong")).to_have_text("Phiếu đề cử")
    place = await card.get_attribute("data-id")

    visit.bot.may_answer.clear()
    button = card.get_by_role("button", name="Gửi", exact=True)
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    visit.bot.may_answer.set()

    changed = phone.locator(f'.message[data-id="{place}"]')
    await expect(changed.locator(".text")).to_have_text("Đã ghi nhận đề cử.")
    await expect(changed.locator(".key")).to_have_text(["Hoàn tác"])
    await expect(phone.get_by_role("status").filter(has_text="Đã gửi")).to_be_visible()


async def test_an_alert_must_be_read(visit: Visit) -> None:
    """`show_alert` opens a dialog over this phone only, closed by its button."""
    phone = await visit.phone(LAN)
    await write(phone, "Đề cử chị Lan")
    await phone.locator(".message.in").last.get_by_role("button", name="Hủy").click()
    alert = phone.get_by_role("alertdialog")
    await expect(alert).to_contain_text('Đồng chí bấm "cancel"')
    await alert.get_by_role("button", name="Đã rõ").click()
    await expect(alert).to_have_count(0)
    await expect(phone.locator('.key[aria-busy="true"]')).to_have_count(0)


async def test_the_command_menu_narrows_while_typing(visit: Visit) -> None:
    """ "/" lists the bot's commands with their descriptions; typing narrows, Enter sends the chosen one."""
    phone = await visit.phone(LAN)
    await phone.get_by_role("button", name="Các lệnh").click()
    await expect(phone.get_by_role("option")).to_have_text(
        ["/decuĐề cử gương", "/cuatoiĐề cử của tôi", "/trogiupHướng dẫn"]
    )
    await phone.get_by_label("Nhắn tin…").press_sequentially("/cu")
    await expect(phone.get_by_role("option")).to_have_text(["/cuatoiĐề cử của tôi"])
    await phone.get_by_label("Nhắn tin…").press("Enter")
    await expect(phone.locator(".message.out").last).to_contain_text("/cuatoi")
    await expect(phone.get_by_role("listbox")).to_have_count(0)


async def test_a_command_sent_fast_leaves_no_list_behind(visit: Visit) -> None:
    """A list of commands that arrives after its command was sent does not cover the chat."""
    phone = await visit.phone(LAN)
    held = asyncio.Event()

    async def hold(route: Route) -> None:
        await held.wait()
        await route.continue_()

    await visit.page.route("**/sandbox/commands*", hold)
    async with visit.page.expect_response("**/sandbox/commands*") as arrived:
        await write(phone, "/cuatoi")
        await expect(phone.locator(".message.in").last).to_contain_text("Đã nhận: /cuatoi")
        held.set()
    await (await arrived.value).finished()
    await visit.page.evaluate(
        "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
    )
    await expect(phone.get_by_role("listbox")).to_have_count(0)


async def test_a_command_in_a_message_can_be_tapped(visit: Visit) -> None:
    """A command written in a message is a link that sends it."""
    phone = await visit.phone(LAN)
    await write(phone, "gõ /cuatoi nhé")
    await phone.locator(".message.in").last.get_by_role("button", name="/cuatoi").click()
    await expect(phone.locator(".message.out").last.locator(".text")).to_have_text("/cuatoi")


async def test_a_chat_not_yet_started_has_a_start_button(visit: Visit) -> None:
    """Somebody new sees what the bot is for and one button; then the chat is a chat."""
    phone = await visit.phone(NEWCOMER)
    await expect(phone.get_by_text("Bot này làm được gì?")).to_be_visible()
    await expect(phone.get_by_label("Nhắn tin…")).to_be_hidden()
    await phone.get_by_role("button", name="Bắt đầu").click()
    await expect(phone.locator(".message.in").last).to_contain_text("Kính chào! [/start]")
    await expect(phone.get_by_label("Nhắn tin…")).to_be_visible()


async def test_a_blocked_bot_can_be_let_in_again(visit: Visit) -> None:
    """Blocking puts one button in place of the line to write in; it undoes the blocking."""
    phone = await visit.phone(LAN)
    await phone.get_by_role("button", name="Tùy chọn trò chuyện").click()
    await phone.get_by_role("menuitem", name="Chặn bot").click()
    await expect(phone.get_by_label("Nhắn tin…")).to_be_hidden()
    await visit.page.reload()
    await visit.settled()
    await phone.get_by_role("button", name="Bỏ chặn bot").click()
    await expect(phone.get_by_label("Nhắn tin…")).to_be_visible()


async def test_a_photo_goes_out_and_a_document_comes_back(visit: Visit, tmp_path: Path) -> None:
    """An attached photo is previewed, sent with its caption and shown; a document is a card to download."""
    phone = await visit.phone(LAN)
    picture = tmp_path / "việc tốt.png"
    picture.write_bytes(PNG)
    await phone.locator("input[type=file]").set_input_files(picture)
    sheet = phone.get_by_role("dialog", name="Gửi việc tốt.png")
    await expect(sheet.get_by_role("img", name="việc tốt.png")).to_be_visible()
    await sheet.get_by_label("Lời kèm…").fill("Ảnh chụp sáng nay")
    await sheet.get_by_role("button", name="Gửi", exact=True).click()

    own = phone.locator(".message.out").last
    await expect(own).to_contain_text("Ảnh chụp sáng nay")
    image = own.get_by_role("img", name=f"Ảnh do {LAN} gửi")
    await expect(image).to_have_js_property("naturalWidth", 20)

    card = phone.get_by_role("link", name="Tải về bao-cao.csv")
    await expect(card).to_contain_text(f"{len(REPORT)} B")
    async with visit.page.expect_download() as download:
        await card.click()
    kept = tmp_path / "kept.csv"
    await (await download.value).save_as(kept)
    assert kept.read_bytes() == REPORT


async def test_several_files_go_as_one_album(visit: Visit, tmp_path: Path) -> None:
    """Photos chosen together are sent in order under one album id, the caption on the first."""
    phone = await visit.phone(LAN)
    pictures = [tmp_path / "một.png", tmp_path / "hai.png"]
    for picture in pictures:
        picture.write_bytes(PNG)
    await phone.locator("input[type=file]").set_input_files(pictures)
    sheet = phone.get_by_role("dialog", name="Gửi 2 tệp")
    await sheet.get_by_label("Lời kèm…").fill("Hai ảnh")
    await sheet.get_by_label("Lời kèm…").press("Enter")
    own = phone.locator(".message.out")
    await expect(own.get_by_role("img", name=f"Ảnh do {LAN} gửi")).to_have_count(2)
    await expect(own.first).to_contain_text("Hai ảnh")
    messages = list_messages(visit.sandbox.telegram.world, USER_IDS[LAN])
    albums = [message["media_group_id"] for message in messages if message["photo"]]
    assert len(albums) == 2
    assert len({*albums, None}) == 2


async def test_a_file_dropped_on_a_phone_is_offered_for_sending(visit: Visit) -> None:
    """Drag and drop ends in the same preview; Esc thinks better of it and nothing is sent."""
    phone = await visit.phone(LAN)
    carried = await visit.page.evaluate_handle(
        """() => { const carried = new DataTransfer();
        carried.items.add(new File(["ghi chú"], "ghi-chu.txt", {type: "text/plain"})); return carried; }"""
    )
    before = await phone.locator(".message").count()
    await phone.locator(".log").dispatch_event("dragover", {"dataTransfer": carried})
    await phone.locator(".log").dispatch_event("drop", {"dataTransfer": carried})
    await expect(phone.get_by_role("dialog", name="Gửi ghi-chu.txt")).to_be_visible()
    await visit.page.keyboard.press("Escape")
    await expect(phone.get_by_role("dialog")).to_have_count(0)
    assert await phone.locator(".message").count() == before


async def test_sharing_the_phone_number_is_confirmed_first(visit: Visit) -> None:
    """A contact button of the reply keyboard asks before the number leaves; a one-time keyboard folds."""
    phone = await visit.phone(LAN)
    await write(phone, "số điện thoại")
    keyboard = phone.get_by_role("group", name="Bàn phím của bot")
    await keyboard.get_by_role("button", name="Gửi số của tôi").click()
    question = phone.get_by_role("alertdialog", name="Gửi số điện thoại?")
    await question.get_by_role("button", name="Thôi").click()
    await expect(keyboard).to_be_visible()
    await keyboard.get_by_role("button", name="Gửi số của tôi").click()
    await question.get_by_role("button", name="Gửi số", exact=True).click()
    await expect(phone.locator(".message.in").last).to_contain_text(re.compile(r"Số \+?84"))
    await expect(keyboard).to_be_hidden()


async def test_a_message_can_be_answered_edited_and_forwarded(visit: Visit) -> None:
    """The message menu quotes in a reply, edits one's own in place with a mark, forwards to the bot."""
    phone = await visit.phone(LAN)
    await write(phone, "im lặng")
    own = phone.locator(".message.out").last
    place = await own.get_attribute("data-id")
    await own.click(button="right")
    await phone.get_by_role("menuitem", name="Sửa").click()
    await expect(phone.get_by_label("Nhắn tin…")).to_have_value("im lặng")
    await write(phone, "im lặng, đã sửa")
    edited = phone.locator(f'.message[data-id="{place}"]')
    await expect(edited).to_contain_text("im lặng, đã sửa")
    await expect(edited.locator(".meta")).to_contain_text("đã sửa")

    await edited.click(button="right")
    await phone.get_by_role("menuitem", name="Trả lời").click()
    await write(phone, "trả lời đây")
    await expect(phone.locator(".message.out").last.locator(".quote")).to_contain_text("im lặng, đã sửa")

    await edited.click(button="right")
    await phone.get_by_role("menuitem", name="Chuyển tiếp cho bot").click()
    await expect(phone.locator(".message.out .forwarded").last).to_have_text(f"Chuyển tiếp từ {LAN}")


async def test_a_deep_link_opens_in_the_same_phone(visit: Visit) -> None:
    """A link to the bot starts it with the link's payload on the phone where it was tapped."""
    phone = await visit.phone(LAN)
    await write(phone, "liên kết")
    await phone.get_by_role("link", name="https://t.me/guongsang_bot?start=moi-7").click()
    await expect(phone.locator(".message.in").last).to_contain_text("Kính chào! [/start moi-7]")
    assert len(visit.page.context.pages) == 1


async def test_a_draft_is_kept_for_each_chat(visit: Visit) -> None:
    """Half a sentence is still there after a reload, on its own phone only."""
    phone = await visit.phone(LAN)
    await phone.get_by_label("Nhắn tin…").fill("Đề cử chị Lan vì")
    await visit.page.reload()
    await expect(phone.get_by_label("Nhắn tin…")).to_have_value("Đề cử chị Lan vì")
    await expect((await visit.phone(HEAD)).get_by_label("Nhắn tin…")).to_have_value("")


async def test_new_messages_wait_below_when_reading_above(visit: Visit) -> None:
    """Scrolled up, a new message does not pull the reader down: a mark and a button lead to it."""
    phone = await visit.phone(SECRETARY)
    user_id = USER_IDS[SECRETARY]
    for number in range(30):
        await visit.bot.call("sendMessage", chat_id=user_id, text=f"Tin thứ {number}\n\n\n.")
    await expect(phone.locator(".message").last).to_contain_text("Tin thứ 29")
    await phone.get_by_role("log").evaluate("list => list.scrollTo(0, 0)")
    jump = phone.get_by_role("button", name="Tới tin mới nhất", exact=True)
    await expect(jump).to_be_visible()
    await visit.bot.call("sendMessage", chat_id=user_id, text="Tin đến sau")
    await phone.get_by_role("button", name="Tới tin mới nhất, 1 tin chưa đọc").click()
    await expect(phone.get_by_text("Tin đến sau")).to_be_in_viewport()
    await expect(phone.get_by_role("separator")).to_have_text("Tin chưa đọc")
    await expect(phone.locator(".jump")).to_be_hidden()


async def test_the_newest_message_stays_in_sight_when_the_phone_shrinks(visit: Visit) -> None:
    """Turned on its side, or with a longer text being written, a chat read at its end stays at its end."""
    phone = await visit.phone(SECRETARY)
    for number in range(12):
        await visit.bot.call("sendMessage", chat_id=USER_IDS[SECRETARY], text=f"Tin thứ {number}\n\n\n.")
    await expect(phone.get_by_text("Tin thứ 11")).to_be_in_viewport(ratio=1)
    await visit.page.set_viewport_size({"width": 1600, "height": 600})
    await expect(phone.get_by_text("Tin thứ 11")).to_be_in_viewport(ratio=1)
    await phone.get_by_label("Nhắn tin…").fill("một\nhai\nba\nbốn\nnăm")
    await expect(phone.get_by_text("Tin thứ 11")).to_be_in_viewport(ratio=1)
    await expect(phone.locator(".jump")).to_be_hidden()


async def test_a_group_is_one_more_chat_on_the_phones_of_its_members(visit: Visit) -> None:
    """A group made on the page shows in the chat lists with its unread count, and senders' names in it."""
    phone = await visit.phone(LAN)
    await phone.get_by_role("button", name="Mọi cuộc trò chuyện").click()
    await phone.get_by_role("button", name="Nhóm mới").click()
    await phone.get_by_label("Tên nhóm").fill("Nhóm thi đua")
    await phone.get_by_role("button", name="Tạo nhóm").click()
    await expect(phone.get_by_role("heading", name="Nhóm thi đua")).to_be_visible()
    await write(phone, "Chào các đồng chí")

    other = await visit.phone(HEAD)
    await other.get_by_role("button", name="Mọi cuộc trò chuyện").click()
    row = other.get_by_role("button", name="Nhóm thi đua")
    await expect(row.get_by_label("2 tin chưa đọc")).to_be_visible()
    await row.click()
    await expect(other.locator(".message.in .sender").last).to_have_text(LAN)
    await other.get_by_role("button", name="Mọi cuộc trò chuyện").click()
    await expect(other.locator(".chat-row .badge")).to_have_count(0)


async def test_in_a_channel_people_read_and_tap(visit: Visit) -> None:
    """A channel made on the page shows what the bot posts with its buttons, and no line to write in."""
    phone = await visit.phone(LAN)
    await phone.get_by_role("button", name="Mọi cuộc trò chuyện").click()
    await phone.get_by_role("button", name="Nhóm mới").click()
    await phone.get_by_label("Tên nhóm").fill("Văn phòng")
    await phone.get_by_label("Kênh: chỉ bot đăng bài").check()
    await phone.get_by_role("button", name="Tạo nhóm").click()
    await expect(phone.get_by_role("heading", name="Văn phòng")).to_be_visible()
    await expect(phone.get_by_text("kênh", exact=True)).to_be_visible()
    await expect(phone.get_by_label("Nhắn tin…")).to_be_hidden()
    chat_id = min(chat["chat_id"] for chat in list_chats(visit.bot.telegram.world, USER_IDS[LAN]))
    keys = {"inline_keyboard": [[{"text": "Chúc mừng", "callback_data": "hail"}]]}
    await visit.bot.call("sendMessage", chat_id=chat_id, text="Trân trọng biểu dương", reply_markup=keys)
    await phone.get_by_role("button", name="Chúc mừng").click()
    await expect(phone.locator(".message.in .sender").last).to_have_text("Văn phòng")


async def test_markup_that_the_server_should_never_send_does_nothing(visit: Visit) -> None:
    """The page rebuilds a message's HTML from a whitelist: no script, handler, image or script address."""
    nasty = (
        '<b onclick="window.bad=1">đậm</b><img src=x onerror="window.bad=1"><script>window.bad=1</script>'
        '<a href="javascript:window.bad=1">bấm</a><svg onload="window.bad=1"></svg>'
        "<style>*{display:none}</style>"
        '<iframe src="https://example.org"></iframe><a href="https://example.org/">ngoài</a>'
    )

    async def poison(route):
        answer = await route.fetch()
        messages = await answer.json()
        for message in messages:
            message["html"] = nasty
        await route.fulfill(response=answer, json=messages)

    await visit.open()
    phone = await visit.phone(LAN)
    await write(phone, "im lặng")
    await expect(phone.locator(".message")).not_to_have_count(0)
    await visit.page.route("**/sandbox/chats/*/messages*", poison)
    await visit.page.reload()
    text = phone.locator(".message .text").first
    await expect(text).to_contain_text("đậm")
    await text.locator("strong").click()
    assert await text.locator("script, img, svg, style, iframe, [onclick]").count() == 0
    assert await text.locator("a").evaluate_all("links => links.map((link) => link.protocol)") == ["https:"]
    assert await visit.page.evaluate("window.bad") is None
    visit.complaints.clear()  # Chromium tells that the page's policy, too, would have stopped these
