"""The page with the real bot behind it, as who tries the demo sees it: `guongsang demo` is a process here."""

import re
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from openpyxl import load_workbook
from playwright.async_api import Browser, Locator, expect

from tests.browser.conftest import Visitor
from tests.browser.demo_process import DemoProcess, begin, has_commands, newest, press, served
from tests.browser.test_talking import PNG, write

pytestmark = pytest.mark.asyncio(loop_scope="session")

DUYEN, CLERK, LEADER = "Lê Thị Mỹ Duyên", "Phạm Minh Tâm", "Trịnh Quang Vinh"
LONG, PHUONG, TUAN, MANH, THIEN = (
    "Đặng Hoàng Long", "Trần Thị Mai Phương", "Lê Anh Tuấn", "Ngô Đức Mạnh", "Lâm Chí Thiện",
)  # fmt: skip
NEWCOMER, OUTSIDER, ENGLISH = "Quách Thị Yến Nhi", "Lâm Thị Thu Nga", "Lưu Đức Anh"
STORY = "Ba tháng qua đã hướng dẫn hơn 200 lượt người dân nộp hồ sơ trực tuyến, giảm một nửa thời gian chờ."
SENTENCE = f"Đề cử chị Thảo Nguyên, Một cửa, vì {STORY[0].lower()}{STORY[1:]}"
RECEIVED = re.compile(r"Đã ghi nhận đề cử số \d{4} đối với")
COLLEAGUE = re.compile("^Bùi Thị Thảo Nguyên · Viên chức")


@pytest.fixture(scope="module")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One demo for the tests of this file; each of them is about other people."""
    with served(tmp_path_factory.mktemp("page") / "demo") as (_, address):
        yield address


@pytest_asyncio.fixture(loop_scope="session")
async def mortal(browser: Browser, tmp_path: Path) -> AsyncIterator[tuple[Visitor, DemoProcess]]:
    """A guest at a demo of their own, which may be killed."""
    with served(tmp_path / "demo") as (demo, address):
        guest = Visitor(browser, address, bears_cuts=True)
        yield guest, demo
        await guest.close()


async def show_card(phone: Locator, sentence: str = SENTENCE) -> None:
    """Nominate by one message in a chat that was just begun."""
    await begin(phone)
    await expect(newest(phone)).to_contain_text("Kính chào")
    await write(phone, sentence)
    await expect(newest(phone)).to_contain_text("Phiếu đề cử")


async def test_the_example_in_the_greeting_is_a_nomination(guest: Visitor) -> None:
    """Whoever sends it as it stands gets the card, and after one tap the receipt in its place."""
    phone = await guest.phone(DUYEN)
    await begin(phone)
    greeting = await newest(phone).locator(".text").text_content() or ""
    example = re.search("“(Đề cử [^”]+)”", greeting)
    assert example is not None
    await write(phone, example[1])
    await expect(newest(phone)).to_contain_text("Nguyễn Thị Lan, Chuyên viên, Phòng Hành chính")
    said = await phone.locator(".message.in").count()
    await press(phone, "Gửi")
    await expect(newest(phone)).to_contain_text(RECEIVED)
    await expect(newest(phone)).to_contain_text("Trân trọng cảm ơn đồng chí")
    assert await phone.locator(".message.in").count() == said


async def test_step_by_step_by_mouse(guest: Visitor) -> None:
    """The command from the menu, colleague, kind, movement; the story typed; a field changed; sent."""
    phone = await guest.phone(PHUONG)
    await begin(phone)
    await has_commands(guest.address, PHUONG, "decu")
    await phone.get_by_role("button", name="Các lệnh").click()
    await phone.get_by_role("option", name="/decu").click()
    await press(phone, COLLEAGUE)
    await press(phone, "Điển hình tiên tiến")
    await press(phone, "Cả nước thi đua đổi mới sáng tạo và chuyển đổi số")
    await expect(newest(phone)).to_contain_text("nêu ngắn gọn việc làm")
    await write(phone, STORY)
    await press(phone, "Sửa")
    await press(phone, "Loại")
    await press(phone, "Cách làm hay")
    card = newest(phone)
    await expect(card).to_contain_text("Người được đề cử: Bùi Thị Thảo Nguyên, Viên chức")
    await expect(card).to_contain_text("Loại: Cách làm hay")
    await expect(card).to_contain_text("Phong trào: Cả nước thi đua đổi mới sáng tạo và chuyển đổi số")
    await expect(card).to_contain_text(STORY)
    await press(phone, "Gửi")
    await expect(newest(phone)).to_contain_text(RECEIVED)


async def test_a_photo_is_evidence(guest: Visitor, tmp_path: Path) -> None:
    """Attached as in Telegram, counted on the card, and the nomination goes out with it."""
    picture = tmp_path / "quầy.png"
    picture.write_bytes(PNG)
    phone = await guest.phone(TUAN)
    await show_card(phone)
    await press(phone, "Minh chứng")
    await expect(newest(phone)).to_contain_text("ảnh hoặc tệp minh chứng")
    await phone.locator("input[type=file]").set_input_files(picture)
    await (
        phone.get_by_role("dialog", name="Gửi quầy.png").get_by_role("button", name="Gửi", exact=True).click()
    )
    await expect(phone.get_by_role("img", name=f"Ảnh do {TUAN} gửi")).to_be_visible()
    await expect(newest(phone)).to_contain_text("Minh chứng: 1 tệp")
    await press(phone, "Gửi")
    await expect(newest(phone)).to_contain_text(RECEIVED)


async def test_a_leader_reads_one_message(guest: Visitor) -> None:
    """The summary of the month, and by its buttons of the month before and back."""
    phone = await guest.phone(LEADER)
    await begin(phone)
    await write(phone, "/tonghop")
    await expect(newest(phone)).to_contain_text("BÁO CÁO NHANH")
    await expect(newest(phone)).to_contain_text(re.compile(r"kỳ tháng 11/2026 có \d+ đề cử"))
    await press(phone, "‹ Kỳ trước")
    await expect(newest(phone)).to_contain_text(re.compile(r"kỳ tháng 10/2026 có \d+ đề cử"))
    await press(phone, "Kỳ sau ›")
    await expect(newest(phone)).to_contain_text("kỳ tháng 11/2026")


async def test_the_secretariat_takes_out_a_workbook(guest: Visitor, tmp_path: Path) -> None:
    """A file comes into the chat; downloaded, it is a workbook with a row for each reason it speaks of."""
    phone = await guest.phone(CLERK)
    await begin(phone)
    await write(phone, "/xuat")
    await press(phone, "Tháng 10/2026")
    await press(phone, "Excel")
    file = phone.get_by_role("link", name="Tải về so-lieu-2026-10.xlsx")
    async with guest.page.expect_download() as download:
        await file.click()
    kept = tmp_path / "kept.xlsx"
    await (await download.value).save_as(kept)
    told = re.search(r"(\d+) lý do đề cử", await newest(phone).text_content() or "")
    assert told is not None
    headings, *rows = load_workbook(kept)["Đề cử và lý do"].iter_rows(values_only=True)
    assert {"Gương được đề cử", "Đơn vị", "Nội dung"} <= set(headings)
    assert len(rows) == int(told[1]) > 0


async def test_a_newcomer_comes_in_by_the_own_number_and_a_stranger_does_not(guest: Visitor) -> None:
    """One button asks for the number; who is on the list is greeted, who is not is told whom to ask."""
    for name, answer in ((NEWCOMER, "Đồng ý"), (OUTSIDER, None)):
        phone = await guest.phone(name)
        await begin(phone)
        await expect(newest(phone)).to_contain_text("chỉ phục vụ cán bộ")
        keyboard = phone.get_by_role("group", name="Bàn phím của bot")
        await keyboard.get_by_role("button", name="Chia sẻ số điện thoại của tôi").click()
        question = phone.get_by_role("alertdialog", name="Gửi số điện thoại?")
        await question.get_by_role("button", name="Gửi số", exact=True).click()
        if answer:
            await press(phone, answer)
            await expect(newest(phone)).to_contain_text(f"Kính chào đồng chí {name}")
        else:
            await expect(newest(phone)).to_contain_text("chưa có trong danh sách")
        await expect(keyboard).to_be_hidden()


async def test_who_reads_english_gets_english(guest: Visitor) -> None:
    """The bot speaks each person's language, beside a page that speaks the visitor's."""
    await guest.phone(ENGLISH)
    await guest.page.get_by_role("button", name="English").click()
    phone = guest.page.get_by_role("region", name=f"{ENGLISH}'s phone")
    await phone.get_by_role("button", name="Start").click()
    await phone.get_by_label("Message…").fill("/nominate")
    await phone.get_by_label("Message…").press("Enter")
    await expect(phone.get_by_role("button", name="A group", exact=True)).to_be_visible()
    await has_commands(guest.address, ENGLISH, "nominate")
    await phone.get_by_role("button", name="Commands").click()
    await expect(phone.get_by_role("option", name="/nominate")).to_contain_text("Nominate")
    assert not re.search("đồng chí|Xin |Kính", await phone.inner_text())


async def test_a_nomination_on_a_narrow_screen(guest: Visitor) -> None:
    """One phone at a time, as wide as the screen; the card's buttons are in sight and work."""
    await guest.open(width=390, height=844, has_touch=True)
    phone = await guest.phone(MANH)
    await show_card(phone)
    for label in ("Gửi", "Sửa", "Minh chứng", "Hủy"):
        await expect(newest(phone).get_by_role("button", name=label, exact=True)).to_be_in_viewport(ratio=1)
    assert await guest.page.evaluate("document.documentElement.scrollWidth") == 390
    await newest(phone).get_by_role("button", name="Gửi", exact=True).tap()
    await expect(newest(phone)).to_contain_text(RECEIVED)
    await guest.page.get_by_role("tab", name="Lãnh đạo").tap()
    await expect(phone).to_be_hidden()
    await expect(guest.page.get_by_role("region", name=f"Điện thoại của {LEADER}")).to_be_visible()


CONTRASTS = """list => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return list.map((text) => {
    const ground = getComputedStyle(text.closest(".bubble")).backgroundColor;
    const [low, high] = [light(getComputedStyle(text).color), light(ground)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_messages_are_legible_by_day_and_by_night(guest: Visitor, scheme: str) -> None:
    """Words, times and commands in bubbles stand out 4.5 to 1 at least (WCAG AA), in the system's scheme."""
    await guest.open(color_scheme=scheme)
    phone = await guest.phone(THIEN)
    if await phone.get_by_role("button", name="Bắt đầu").is_visible():
        await begin(phone)
    else:
        await write(phone, "/trogiup")
    await expect(phone.locator(".message.in", has_text="Kính chào")).not_to_have_count(0)
    ratios = await phone.locator(".bubble :is(.text, .text *, .meta)").evaluate_all(CONTRASTS)
    assert len(ratios) > 10
    assert min(ratios) >= 4.5


async def test_a_button_pressed_while_the_bot_is_dead_is_answered_when_it_lives(
    mortal: tuple[Visitor, DemoProcess],
) -> None:
    """Killed and started with the page's own buttons, the bot does what was asked meanwhile, once."""
    guest, _ = mortal
    phone = await guest.phone(LONG)
    await show_card(phone)
    status = guest.page.get_by_role("status").filter(has_text="Bot")
    await guest.page.get_by_role("button", name="Dừng đột ngột").click()
    await expect(status).to_have_text("Bot đã dừng")
    await press(phone, "Gửi")
    await expect(newest(phone).locator('[aria-description="đang chờ bot trả lời"]')).to_have_text("Gửi")
    await guest.page.get_by_role("button", name="Khởi động lại").click()
    await expect(status).to_have_text("Bot đang chạy")
    await expect(newest(phone)).to_contain_text(RECEIVED)
    await write(phone, "/cuatoi")
    await expect(newest(phone)).to_contain_text("Bùi Thị Thảo Nguyên")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there")
async def test_all_is_as_it_was_after_the_death_of_everything(mortal: tuple[Visitor, DemoProcess]) -> None:
    """The page closed, the demo killed with its bot and started anew: chat and draft go on."""
    guest, demo = mortal
    phone = await guest.phone(LONG)
    await begin(phone)
    await write(phone, "/decu")
    await press(phone, COLLEAGUE)
    await press(phone, "Cách làm hay")
    await press(phone, "Không gắn phong trào")
    await expect(newest(phone)).to_contain_text("nêu ngắn gọn việc làm")
    await phone.get_by_label("Nhắn tin…").fill(STORY)
    before = await phone.locator(".list").inner_text()
    await guest.page.close()
    demo.kill()

    demo.start()
    await guest.open()
    phone = await guest.phone(LONG)
    await expect(phone.get_by_label("Nhắn tin…")).to_have_value(STORY)
    assert await phone.locator(".list").inner_text() == before
    await phone.get_by_label("Nhắn tin…").press("Enter")
    await expect(newest(phone)).to_contain_text("Người được đề cử: Bùi Thị Thảo Nguyên")
    await expect(newest(phone)).to_contain_text("Loại: Cách làm hay")
    await press(phone, "Gửi")
    await expect(newest(phone)).to_contain_text(RECEIVED)
