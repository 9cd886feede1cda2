"""The demo's page, with the real bot behind it: an exemplar from the head's choice to a colleague's phone."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.conftest import Visitor
from tests.browser.demo_process import begin, newest, press
from tests.browser.test_demo_clock import CLERK, HEAD, turn
from tests.browser.test_talking import write

pytestmark = pytest.mark.asyncio(loop_scope="session")

UNIT = "Phòng Hành chính - Tổ chức"
WHY = "Việc làm thiết thực, người dân và đồng nghiệp đều ghi nhận"
CHANNEL = "Gương sáng Văn phòng"


async def test_from_the_heads_ping_to_the_channel(guest: Visitor) -> None:
    """Chosen, accepted, drawn, agreed to, honoured, congratulated, found again: every button by mouse."""
    page = await guest.open()
    head, clerk = await guest.phone(HEAD), await guest.phone(CLERK)
    await turn(page, "Ngày 20", "20/11/2026")
    name = await choose(head)
    await accept(clerk)
    card = pictured(clerk, name)
    await expect(card).to_be_visible()
    await press(clerk, "Gửi xin ý kiến")
    nominee = await guest.phone(name)
    await expect(pictured(nominee, name)).to_be_visible()
    await press(nominee, "Đồng ý")
    await expect(newest(nominee)).to_contain_text("đồng ý công bố bản 1")
    await press(clerk, "Biểu dương")
    await expect(newest(clerk)).to_contain_text("Biểu dương ở đâu?")
    await press(clerk, "Biểu dương ngay")
    await expect(clerk.locator(".message.in", has_text="Đã biểu dương")).not_to_have_count(0)
    await open_chat(nominee, CHANNEL)
    await expect(pictured(nominee, name)).to_be_visible()
    await press(nominee, "Chúc mừng")
    await expect(page.locator(".toast", has_text=re.compile("chúc mừng", re.IGNORECASE))).to_be_visible()
    await write(head, "/guong")
    await expect(newest(head)).to_contain_text(name)


async def test_the_life_fits_a_narrow_screen(guest: Visitor) -> None:
    """On a phone's width the desk, an exemplar's picture and its timeline stay within the screen."""
    page = await guest.open(width=390, height=800)
    clerk = await guest.phone(CLERK)
    await begin(clerk)
    await expect(newest(clerk)).to_contain_text("Kính chào")
    await write(clerk, "/banlam")
    await expect(newest(clerk)).to_contain_text("Bàn làm việc")
    await write(clerk, "/guong")
    await expect(newest(clerk)).to_contain_text("gương đã biểu dương")
    await newest(clerk).get_by_role("button").first.click()
    await expect(newest(clerk).locator("img")).to_be_visible()
    await press(clerk, "Hành trình")
    await expect(newest(clerk)).to_contain_text("Được đề cử")
    wide = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide
    for picture in await clerk.locator(".message.in img").all():
        box = await picture.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


async def choose(head: Locator) -> str:
    """From the ping, the first person of the list; answers who that is."""
    await press(head, "Chọn")
    await expect(newest(head)).to_contain_text(re.compile(r"kỳ tháng 11/2026: \d+ gương được đề cử"))
    name = await newest(head).get_by_role("button").first.inner_text()
    await press(head, "☐ Chọn 1")
    await press(head, re.compile("Tiếp tục"))
    await press(head, "Đạt cả ba tiêu chí")
    await expect(newest(head)).to_contain_text("viết một câu")
    await write(head, WHY)
    await expect(newest(head)).to_contain_text("Xem lại trước khi xác nhận")
    await press(head, "Xác nhận")
    await expect(newest(head)).to_contain_text(f"Đã ghi nhận: {UNIT} chọn")
    return name


async def accept(clerk: Locator) -> None:
    """From the desk, the unit's answer of November is taken over."""
    await write(clerk, "/banlam")
    await press(clerk, re.compile("Kết quả bình chọn cần xem"))
    await press(clerk, "Xem thêm ›")
    await press(clerk, re.compile(r"(HCTC|Hành chính).*tháng 11.2026"))
    await expect(newest(clerk)).to_contain_text(WHY)
    await press(clerk, "Nhận")


def pictured(phone: Locator, name: str) -> Locator:
    """The newest message with a picture about somebody."""
    about = phone.locator(".message.in", has_text=name)
    return about.filter(has=phone.page.locator("img")).last


async def open_chat(phone: Locator, title: str) -> None:
    """Another chat of this phone."""
    await phone.get_by_role("button", name="Mọi cuộc trò chuyện").click()
    await phone.locator(".chat-row", has_text=title).click()
    await expect(phone.get_by_role("heading", name=title)).to_be_visible()
