"""The demo's page, with the real bot behind it: a leader's summary and the papers taken out of it."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.conftest import Visitor
from tests.browser.demo_process import begin, newest, press
from tests.browser.test_demo_clock import CLERK
from tests.browser.test_talking import write

pytestmark = pytest.mark.asyncio(loop_scope="session")

LEADER = "Trịnh Quang Vinh"


async def test_a_summary_changes_in_place_and_leads_to_papers(guest: Visitor) -> None:
    """One message: its picture and words become another month's, a unit's; then a report comes."""
    await guest.open()
    leader = await guest.phone(LEADER)
    await begin(leader)
    await expect(newest(leader)).to_contain_text("Kính chào")
    await write(leader, "/tonghop")
    await expect(newest(leader)).to_contain_text("BÁO CÁO NHANH")
    messages = await leader.locator(".message.in").count()
    shown = {await picture_of(leader)}
    for label, words in (
        ("‹ Kỳ trước", "tháng 10/2026"),
        (re.compile(r"[Đđ]ược chọn: \d"), "tháng 10/2026"),
        ("Quay lại", "BÁO CÁO NHANH"),
        ("Đơn vị", "Các đơn vị"),
        ("TH", "Phòng Tổng hợp"),
    ):
        await press(leader, label)
        await expect(newest(leader)).to_contain_text(words)
        shown.add(await picture_of(leader))
    assert len(shown) >= 3
    assert await leader.locator(".message.in").count() == messages
    await write(leader, "/vanban")
    await press(leader, "Báo cáo")
    await press(leader, re.compile("tháng 10.2026", re.IGNORECASE))
    await expect(leader.locator(".message.in", has_text="bao-cao-2026-10.docx")).to_be_visible()


async def test_the_summary_fits_a_narrow_screen(guest: Visitor) -> None:
    """On a phone's width the picture, the words and every button stay within the screen."""
    page = await guest.open(width=390, height=800)
    clerk = await guest.phone(CLERK)
    await begin(clerk)
    await expect(newest(clerk)).to_contain_text("Kính chào")
    await write(clerk, "/tonghop")
    await expect(newest(clerk).locator("img")).to_be_visible()
    wide = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide
    for part in await newest(clerk).locator("img, button").all():
        box = await part.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


async def picture_of(phone: Locator) -> str:
    """The address of the newest message's picture."""
    picture = newest(phone).locator("img")
    await expect(picture).to_be_visible()
    return str(await picture.get_attribute("src"))
