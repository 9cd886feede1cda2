"""Makes docs/page.png, the page with one moment of each role; by hand: `python -m tests.browser.picture`."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright, expect

from bot.sandbox.remote import Control
from tests.browser.conftest import ARGUMENTS, CHROMIUM, PATIENCE_MS, Visitor
from tests.browser.demo_process import begin, newest, served
from tests.browser.test_talking import write

PICTURE = Path(__file__).parents[2] / "docs" / "page.png"
EMPLOYEE, HEAD = "Lê Thị Mỹ Duyên", "Bùi Thị Thanh Hương"
CLERK, LEADER = "Phạm Minh Tâm", "Trịnh Quang Vinh"
SENT = {
    "Đặng Hoàng Long": "Đề cử chị Lan, phòng HCTC, vì ba tháng qua hướng dẫn 200 lượt người dân nộp hồ sơ.",
    "Ngô Đức Mạnh": "Đề cử chị Lan, phòng HCTC, vì đã tự soạn bộ hỏi đáp về thủ tục nội bộ, kèm người mới.",
    "Lê Anh Tuấn": "Đề cử chị Ngọc, phòng HCTC, vì đã số hóa hồ sơ lưu trữ, tra cứu chỉ còn một phút.",
}
TYPED = (
    "Đề cử chị Thảo Nguyên, Một cửa, vì đã gom giấy tờ hay thiếu của 20 thủ tục thành một tờ A5, "
    "hồ sơ phải bổ sung giảm từ 30% còn 9%."
)
WITHOUT = ["Lê Trọng Nghĩa", "Mai Xuân Trường", "Đoàn Thị Ngọc Mai", "Vương Thị Tố Uyên"]


FLATTEN = """() => {
  for (const ground of [document.body, ...document.querySelectorAll(".log")]) {
    const first = ground === document.body ? "--ground" : "--wall-b";
    ground.style.background = `var(${first})`;
  }
}"""


async def make_picture() -> None:
    """Play the month on a new folder and take the picture."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, timeout=PATIENCE_MS
        )
        with (
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
            served(Path(folder) / "demo") as (_, address),
        ):
            guest = Visitor(browser, address)
            page = await guest.open(color_scheme="light", reduced_motion="reduce")
            await asyncio.to_thread(play_before, Control(address))
            await page.get_by_role("button", name="Đồng hồ").click()
            await page.get_by_role("button", name="Ngày 20").click()
            await page.keyboard.press("Escape")
            await asyncio.to_thread(play_after, Control(address))
            await play_roles(guest)
            await pose(page)
            await page.screenshot(path=PICTURE)
            await guest.close()
        await browser.close()


def play_before(control: Control) -> None:
    """Colleagues nominate in the days before."""
    for name, sentence in SENT.items():
        phone = control.phone(name)
        sent = phone.send(sentence)
        phone.tap(phone.wait_button("Gửi", after=sent), "Gửi")
        phone.wait(lambda message: "Đã ghi nhận đề cử" in message["text"], after=sent)


def play_after(control: Control) -> None:
    """Some heads have answered the ping before the leader asks."""
    for name in WITHOUT:
        phone = control.phone(name)
        phone.tap(phone.wait_button("Kỳ này không có gương"), "Kỳ này không có gương")
        confirm = "Xác nhận, không nêu lý do"
        phone.tap(phone.wait_button(confirm), confirm)
        phone.wait(lambda message: "Đã ghi nhận" in message["text"])


async def play_roles(guest: Visitor) -> None:
    """The four phones as they stand in the picture."""
    head = await guest.phone(HEAD)
    await expect(newest(head)).to_contain_text("Kính gửi đồng chí")
    employee = await guest.phone(EMPLOYEE)
    await begin(employee)
    await expect(newest(employee)).to_contain_text("Kính chào")
    await write(employee, TYPED)
    await expect(newest(employee)).to_contain_text("Phiếu đề cử")
    leader = await guest.phone(LEADER)
    await begin(leader)
    await expect(newest(leader)).to_contain_text("Kính chào")
    await write(leader, "/tonghop")
    await expect(newest(leader)).to_contain_text("BÁO CÁO NHANH")
    clerk = await guest.phone(CLERK)
    await expect(clerk.get_by_role("button", name="Duyệt")).to_be_visible()


async def pose(page: Page) -> None:
    """No focus ring, no pointer over anything, no passing note; even grounds, which make a small file."""
    await page.evaluate("document.activeElement.blur()")
    await page.evaluate(FLATTEN)
    await page.mouse.move(2, 948)
    await expect(page.locator(".toast")).to_have_count(0)


if __name__ == "__main__":
    asyncio.run(make_picture())
