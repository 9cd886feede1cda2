"""The demo's clock turned to what falls due, with the real bot behind the page: what the phones show then."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.demo_process import newest, press
from tests.browser.test_talking import write

pytestmark = pytest.mark.asyncio(loop_scope="session")

HEAD, OTHER_HEAD, THIRD_HEAD = "Bùi Thị Thanh Hương", "Lê Trọng Nghĩa", "Vũ Đình Khải"
CLERK, DUYEN = "Phạm Minh Tâm", "Lê Thị Mỹ Duyên"
WAITING = re.compile(r"Kỳ tháng 11/2026, Phòng Hành chính - Tổ chức có \d+ đề cử")
WAYS = ["Kỳ này không có gương", "Nhắc lại"]


async def turn(page: Page, button: str, day: str) -> None:
    """By mouse: one of the buttons under the clock, which then shows the day."""
    clock, panel = page.get_by_role("button", name="Đồng hồ"), page.get_by_role("group", name="Đồng hồ")
    if not await panel.is_visible():
        await clock.click()
    await panel.get_by_role("button", name=button).click()
    await expect(clock).to_contain_text(day)
    await page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()


async def test_a_reminder_day_brings_the_heads_their_ping_and_its_buttons_do_what_they_say(
    guest: Visitor,
) -> None:
    """One head chooses, one answers that there is nobody, one is reminded again in an hour."""
    page = await guest.open()
    head = await guest.phone(HEAD)
    await turn(page, "Ngày 20", "20/11/2026")
    await expect(newest(head)).to_contain_text(WAITING)
    labels = newest(head).get_by_role("button")
    await expect(labels.filter(has_text=re.compile("^(Chọn|Nhắc lại|Kỳ này.*)$"))).to_have_text(
        ["Chọn", *WAYS]
    )
    await press(head, "Chọn")
    await expect(newest(head)).to_contain_text(re.compile(r"kỳ tháng 11/2026: \d+ gương được đề cử"))
    await newest(head).get_by_role("button").first.click()
    await press(head, "Chọn gương này")
    await press(head, "Đạt cả ba tiêu chí")
    await expect(newest(head)).to_contain_text("viết một câu nêu lý do")
    await write(head, "Việc làm thiết thực, đồng nghiệp đều ghi nhận")
    await press(head, "Xác nhận")
    await expect(newest(head)).to_contain_text("Đã ghi nhận: Phòng Hành chính - Tổ chức chọn")

    other = await guest.phone(OTHER_HEAD)
    await expect(newest(other)).to_contain_text("Ban Tiếp công dân tỉnh chưa có đề cử nào")
    await press(other, "Kỳ này không có gương")
    await press(other, "Xác nhận, không nêu lý do")
    await expect(newest(other)).to_contain_text("Đã ghi nhận: Ban Tiếp công dân tỉnh không có gương")

    third = await guest.phone(THIRD_HEAD)
    await expect(newest(third)).to_contain_text("Kỳ tháng 11/2026")
    pings = third.locator(".message.in", has_text="Kính gửi đồng chí")
    await expect(pings).to_have_count(1)
    await press(third, "Nhắc lại")
    await expect(newest(third)).to_contain_text("muốn được nhắc lại kỳ tháng 11/2026 khi nào?")
    await press(third, "Một giờ nữa")
    await expect(newest(third)).to_contain_text("Sẽ nhắc lại lúc 09:")
    await turn(page, "+1 giờ", "09:")
    await expect(newest(third)).to_contain_text("Kính gửi đồng chí")
    await expect(newest(third).get_by_role("button", name="Nhắc lại", exact=True)).to_be_visible()


async def test_a_big_days_message_goes_out_once_the_secretariat_has_approved_it(guest: Visitor) -> None:
    """Three working days ahead the clerk reads and approves it; on the day an employee's phone shows it."""
    page = await guest.open()
    clerk, employee = await guest.phone(CLERK), await guest.phone(DUYEN)
    await turn(page, "Duyệt tin 11 tháng 6", "08/06/2027")
    asked = "Kính đề nghị đồng chí duyệt nội dung dưới đây"
    review = clerk.locator(".message.in", has_text=asked).filter(has_text="79 năm")
    await expect(review).to_have_count(1)
    await review.get_by_role("button", name="Duyệt", exact=True).click()
    approved = clerk.locator(".message.in", has_text="Đã duyệt. Hệ thống sẽ gửi lúc 07:30")
    await expect(approved).to_have_count(1)
    await turn(page, "11/6", "11/06/2027")
    await expect(employee.locator(".message.in", has_text="79 năm")).to_have_count(1)


async def test_a_clock_that_runs_fast_comes_to_what_falls_due_by_itself(guest: Visitor) -> None:
    """An hour before the reminder, at a day a minute, the ping is there within seconds."""
    page = await guest.open()
    head = await guest.phone(HEAD)
    await page.get_by_role("button", name="Đồng hồ").click()
    await page.get_by_label("Một thời điểm khác").fill("2026-11-20T07:00")
    await page.get_by_role("button", name="Vặn tới").click()
    await page.get_by_label("Chạy nhanh").check()
    await expect(newest(head)).to_contain_text(WAITING)
