"""Around the phones: the bot's life, the clock, the faults, looks, languages, keyboard, narrow screens."""

import re
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise

import pytest
from playwright.async_api import Response, expect

from tests.browser.conftest import HEAD, LAN, USER_IDS, Visit
from tests.browser.served import VIETNAM
from tests.browser.test_talking import write

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_page_says_what_it_is(visit: Visit) -> None:
    """Its name and that the people are invented stand at the top."""
    page = await visit.open()
    await expect(page).to_have_title("Gương Sáng · thử trên máy này")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Gương Sáng · thử trên máy này")
    await expect(page.get_by_text("đều là hư cấu")).to_be_visible()


async def test_the_bot_can_be_killed_and_started_again(visit: Visit) -> None:
    """The page shows whether the bot runs; what is written meanwhile is answered after the start."""
    page = await visit.open()
    phone = await visit.phone(LAN)
    status = page.get_by_role("status").filter(has_text="Bot")
    await expect(status).to_have_text("Bot đang chạy")
    await page.get_by_role("button", name="Dừng đột ngột").click()
    await expect(status).to_have_text("Bot đã dừng")
    await write(phone, "còn ai không?")
    await expect(phone.locator(".message.out").last.get_by_label("đã gửi")).to_be_visible()
    await page.get_by_role("button", name="Khởi động lại").click()
    await expect(status).to_have_text("Bot đang chạy")
    await expect(phone.locator(".message.in").last).to_contain_text("Đã nhận: còn ai không?")
    await expect(phone.locator(".message.out").last.get_by_label("bot đã nhận")).to_be_visible()


async def test_the_clock_turns_to_the_twentieth_and_on(visit: Visit) -> None:
    """Each button leads to a later moment in the office's time, and messages then carry that time."""
    page = await visit.open()
    visit.sandbox.clock.turn(datetime(2036, 11, 22, 9, 15, tzinfo=VIETNAM))
    await page.reload()
    await visit.settled()
    clock = page.get_by_role("button", name="Đồng hồ")
    await clock.click()
    panel = page.get_by_role("group", name="Đồng hồ")
    for name, moment in [
        ("Ngày 20", "08:00Thứ 6, 19/12/2036"),
        ("Cuối quý", "08:00Thứ 4, 31/12/2036"),
        ("Nhắc chọn gương quý", "08:00Thứ 6, 09/01/2037"),
        ("Duyệt tin 11 tháng 6", "08:00Thứ 2, 08/06/2037"),
        ("11/6", "07:30Thứ 5, 11/06/2037"),
        ("Sáng mai", "08:00Thứ 6, 12/06/2037"),
        ("Việc kế tiếp", "08:00Thứ 6, 19/06/2037"),
    ]:
        await panel.get_by_role("button", name=name).click()
        await expect(clock).to_contain_text(moment)
    await panel.get_by_role("button", name="+1 giờ").click()
    await expect(clock).to_contain_text("09:00")
    await panel.get_by_label("Một thời điểm khác").fill("2037-09-02T07:30")
    await panel.get_by_role("button", name="Vặn tới").click()
    await expect(clock).to_contain_text("02/09/2037")
    phone = await visit.phone(LAN)
    await write(phone, "chào ngày lễ")
    await expect(phone.locator(".message.out time").last).to_have_text("07:30")
    await expect(phone.locator(".day").last).to_contain_text("2037")


async def test_the_clock_can_run_fast(visit: Visit) -> None:
    """A day a minute, and back to real time, by one box."""
    page = await visit.open()
    clock = page.get_by_role("button", name="Đồng hồ")
    before = await clock.text_content() or ""
    await clock.click()

    def answered(speed: int) -> Callable[[Response], bool]:
        return lambda answer: f'"speed":{speed}}}' in (answer.request.post_data or "")

    async with page.expect_response(answered(1440)):
        await page.get_by_label("Chạy nhanh").check()
    visit.sandbox.clock()
    assert visit.sandbox.clock.speed == 1440
    await expect(clock).not_to_have_text(before)
    async with page.expect_response(answered(1)):
        await page.get_by_label("Chạy nhanh").uncheck()
    visit.sandbox.clock()
    assert visit.sandbox.clock.speed == 1


async def test_turning_the_clock_back_offers_to_begin_anew(visit: Visit) -> None:
    """Backwards is refused with a reason and an offer, and declining changes nothing."""
    page = await visit.open()
    await page.get_by_role("button", name="Đồng hồ").click()
    await page.get_by_label("Một thời điểm khác").fill("2020-01-01T08:00")
    await page.get_by_role("button", name="Vặn tới").click()
    question = page.get_by_role("alertdialog", name="Đồng hồ không quay ngược được")
    await question.get_by_role("button", name="Thôi").click()
    await expect(question).to_have_count(0)
    await expect(page.get_by_role("button", name="Đồng hồ")).not_to_contain_text("2020")


async def test_turned_back_the_sandbox_begins_anew_at_that_moment(visit: Visit) -> None:
    """Accepting the offer throws everything away and shows the moment that was asked for."""
    page = await visit.open()
    phone = await visit.phone(LAN)
    await write(phone, "im lặng")
    clock = page.get_by_role("button", name="Đồng hồ")
    await clock.click()
    await page.get_by_label("Một thời điểm khác").fill("2025-06-05T08:00")
    await page.get_by_role("button", name="Vặn tới").click()
    question = page.get_by_role("alertdialog", name="Đồng hồ không quay ngược được")
    await expect(question).to_contain_text("08:00, Thứ Năm, 5 tháng 6, 2025")
    await question.get_by_role("button", name="Làm lại từ đầu").click()
    await expect(page.get_by_role("button", name="Đồng hồ")).to_contain_text("05/06/2025")
    await expect(phone.locator(".message")).to_have_count(0)


async def test_beginning_anew_asks_first_and_empties_the_phones(visit: Visit) -> None:
    """Nothing is thrown away by one tap; after the second the chats are as at the beginning."""
    page = await visit.open()
    phone = await visit.phone(LAN)
    await write(phone, "im lặng")
    await expect(phone.locator(".message")).not_to_have_count(0)
    await page.get_by_role("button", name="Làm lại từ đầu").click()
    question = page.get_by_role("alertdialog", name="Làm lại từ đầu?")
    await page.keyboard.press("Escape")
    await expect(question).to_have_count(0)
    await expect(phone.locator(".message")).not_to_have_count(0)
    await page.get_by_role("button", name="Làm lại từ đầu").click()
    await question.get_by_role("button", name="Làm lại từ đầu").click()
    await expect(phone.locator(".message")).to_have_count(0)


async def test_faults_are_made_listed_and_cleared(visit: Visit) -> None:
    """A fault of Telegram's for one person is in force until cleared, and the page says so."""
    page = await visit.open()
    await page.get_by_role("button", name="Gây lỗi", exact=True).click()
    panel = page.get_by_role("group", name="Gây lỗi")
    await panel.get_by_label("Quá nhanh (429)").check()
    await panel.get_by_label("Số lần").fill("2")
    await panel.get_by_label("Với ai").select_option(label=LAN)
    await panel.get_by_role("button", name="Gây lỗi này").click()
    await expect(panel.get_by_role("listitem")).to_have_text([f"Quá nhanh (429) · còn 2 lần · {LAN}"])
    assert [fault["retry_after"] for fault in visit.sandbox.telegram.faults.listed()] == [5]
    await panel.get_by_role("button", name="Xóa mọi lỗi").click()
    await expect(panel.get_by_text("Không có lỗi nào đang bật.")).to_be_visible()
    assert visit.sandbox.telegram.faults.listed() == []


async def test_every_word_of_the_page_is_in_both_languages(visit: Visit) -> None:
    """The two lists of words have the same ids with the same {values}, and the switch turns all labels."""
    page = await visit.open()
    words = await page.evaluate(
        """async () => {
            const [vi, en] = await Promise.all([import("./words.vi.js"), import("./words.en.js")]);
            return [vi.default, en.default]; }"""
    )
    values = [{key: set(re.findall(r"{\w+}", text)) for key, text in language.items()} for language in words]
    for one, other in pairwise(values):
        assert one == other

    phone = await visit.phone(LAN)
    await phone.get_by_label("Nhắn tin…").fill("đang viết dở")
    await page.get_by_role("button", name="English").click()
    await expect(page).to_have_title("Gương Sáng · a try on this machine")
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.get_by_label("Message…").first).to_have_value("đang viết dở")
    await expect(page.locator(".phone .role").first).to_have_text("Employee")
    await page.reload()
    await expect(page.get_by_role("button", name="Begin anew")).to_be_visible()
    await page.get_by_role("button", name="Tiếng Việt").click()
    await expect(page.get_by_role("button", name="Làm lại từ đầu")).to_be_visible()


async def test_dark_follows_the_system_until_one_chooses(visit: Visit) -> None:
    """The system's dark look is taken over; the toggle wins and is remembered."""
    page = await visit.open(color_scheme="dark")
    screen = page.locator(".screen").first
    await expect(screen).to_have_css("background-color", "rgb(23, 33, 43)")
    await page.get_by_role("button", name="Nền sáng").click()
    await expect(page.get_by_role("button", name="Nền tối")).to_be_focused()
    await expect(screen).to_have_css("background-color", "rgb(255, 255, 255)")
    await page.reload()
    await expect(screen).to_have_css("background-color", "rgb(255, 255, 255)")
    await expect(page.get_by_role("button", name="Nền tối")).to_be_visible()


async def test_a_narrow_screen_shows_one_phone_with_tabs(visit: Visit) -> None:
    """On a phone's width one phone is seen; a message on a hidden one counts on its tab until looked at."""
    page = await visit.open(width=390, height=844)
    await expect(page.locator(".phone:visible")).to_have_count(1)
    first, second = page.get_by_role("tab").nth(0), page.get_by_role("tab").nth(1)
    await expect(first).to_have_attribute("aria-selected", "true")
    await visit.bot.call("sendMessage", chat_id=USER_IDS[HEAD], text="Đến kỳ bình chọn")
    await expect(second.get_by_label("1 tin chưa đọc")).to_be_visible()
    await first.focus()
    await page.keyboard.press("ArrowRight")
    await expect(second).to_be_focused()
    await expect(page.locator(".phone:visible")).to_contain_text("Đến kỳ bình chọn")
    await expect(second.get_by_label("1 tin chưa đọc")).to_have_count(0)
    overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0
    await expect(page.get_by_role("button", name="Làm lại từ đầu")).to_be_hidden()
    await page.get_by_role("button", name="Điều khiển").click()
    await expect(page.get_by_role("button", name="Làm lại từ đầu")).to_be_visible()


async def test_everything_can_be_done_by_keyboard(visit: Visit) -> None:
    """Writing, walking through messages, their menu and their buttons need no pointer; Esc goes back."""
    page = await visit.open()
    phone = await visit.phone(LAN)
    keyboard = page.keyboard
    composer = phone.get_by_label("Nhắn tin…")
    await composer.focus()
    await keyboard.type("Đề cử chị Lan")
    await keyboard.press("Enter")
    card = phone.locator(".message.in").last
    await expect(card).to_contain_text("Phiếu đề cử")

    await phone.get_by_role("log").focus()
    await keyboard.press("ArrowUp")
    await expect(card).to_be_focused()
    await keyboard.press("Enter")
    await expect(phone.get_by_role("menuitem", name="Trả lời")).to_be_focused()
    await keyboard.press("Escape")
    await expect(card).to_be_focused()
    await keyboard.press("ArrowRight")
    await expect(card.get_by_role("button", name="Gửi", exact=True)).to_be_focused()
    outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    await keyboard.press("Enter")
    await expect(card).to_contain_text("Đã ghi nhận đề cử.")

    await phone.get_by_role("button", name=f"Đổi người: {LAN}").focus()
    await keyboard.press("Enter")
    await expect(page.get_by_role("combobox")).to_be_focused()
    await keyboard.press("Escape")
    await expect(phone.get_by_role("button", name=f"Đổi người: {LAN}")).to_be_focused()


async def test_what_was_missed_while_disconnected_is_read_again(visit: Visit) -> None:
    """When the server goes away the page says so, and catches up by itself when it is back."""
    page = await visit.open()
    phone = await visit.phone(LAN)
    await visit.sandbox.hang_up()
    await expect(page.get_by_text("Mất kết nối với máy chủ thử.")).to_be_visible()
    await visit.bot.call("sendMessage", chat_id=USER_IDS[LAN], text="Tin gửi lúc mất kết nối")
    await visit.sandbox.call_back()
    await expect(phone.locator(".message.in").last).to_contain_text("Tin gửi lúc mất kết nối")
    await expect(page.get_by_text("Mất kết nối với máy chủ thử.")).to_be_hidden()


async def test_less_motion_is_respected(visit: Visit) -> None:
    """For those who asked for less motion nothing is animated for longer than an instant."""
    await visit.open(reduced_motion="reduce")
    phone = await visit.phone(LAN)
    await write(phone, "im lặng")
    await expect(phone.locator(".message.out")).not_to_have_count(0)
    durations = await phone.locator(".message.out").last.evaluate(
        "element => getComputedStyle(element).animationDuration"
    )
    assert float(durations.rstrip("s")) < 0.001
