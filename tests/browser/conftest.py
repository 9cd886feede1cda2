"""A sandbox of its own for each test, a scripted bot in it, and a headless Chromium to look at its page."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect

from tests.browser.demo_process import served
from tests.browser.scripted_bot import ScriptedBot
from tests.browser.served import Member, Sandbox
from tests.conftest import PATIENCE_S

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE_MS = PATIENCE_S * 1000

expect.set_options(timeout=PATIENCE_MS)  # a busy machine may take long to start a bot again

LAN, HEAD, SECRETARY, LEADER, NEWCOMER = (
    "Nguyễn Thị Lan", "Trần Văn Hùng", "Lê Thu Hà", "Phạm Quốc Bảo", "Vũ Hồng Nhung",
)  # fmt: skip
PEOPLE = [
    Member(1001, LAN, "Trung tâm Tin học", "Chuyên viên", ["employee"]),
    Member(1002, HEAD, "Trung tâm Tin học", "Giám đốc Trung tâm", ["employee", "unit_head"]),
    Member(1003, SECRETARY, "Phòng Hành chính - Tổ chức", "Phó Trưởng phòng", ["employee", "secretariat"]),
    Member(1004, LEADER, "Lãnh đạo Văn phòng", "Chánh Văn phòng", ["leader"]),
    Member(1005, NEWCOMER, "Phòng Tổng hợp", "Văn thư", ["employee"], greeted=False),
]
USER_IDS = {member.name: member.user_id for member in PEOPLE}


class Visitor:
    """Somebody at the page that is served at `address`, with a fresh browser profile.

    `bears_cuts`: whether calls that are refused or cut are part of the test.
    """

    def __init__(self, browser: Browser, address: str, *, bears_cuts: bool = False) -> None:
        self.browser = browser
        self.address = address
        self.bears_cuts = bears_cuts
        self.page: Page
        self.complaints: list[str] = []
        self._context: BrowserContext | None = None

    async def open(self, *, width: int = 1600, height: int = 950, **looks: Any) -> Page:
        """The page, once it shows its phones; after `page.close()` again, in the same profile."""
        size: Any = {"width": width, "height": height}
        if self._context is None:
            self._context = await self.browser.new_context(viewport=size, locale="vi-VN", **looks)
        self.page = await self._context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)
        self.page.on("request", self._watch)
        await self.page.goto(self.address)
        await expect(self.page.locator(".phone")).to_have_count(4)
        await self.settled()
        return self.page

    async def settled(self) -> None:
        """All phones of the page have read their chats."""
        await expect(self.page.locator(".phone")).not_to_have_count(0)
        phones = await self.page.locator(".phone").count()
        await expect(self.page.locator('.phone .list:not([aria-busy="true"])')).to_have_count(phones)

    def _listen(self, message: Any) -> None:
        """Chromium itself reports refused and cut requests; some tests make those on purpose."""
        of_the_network = "ERR_" in message.text or "status of" in message.text
        if message.type in {"error", "warning"} and not (of_the_network and self.bears_cuts):
            self.complaints.append(message.text)

    def _watch(self, request: Any) -> None:
        if not request.url.startswith((self.address, "blob:")):
            self.complaints.append(f"asked for {request.url}")

    async def phone(self, name: str) -> Locator:
        """The phone this person holds; opens the page where that was not done."""
        if self._context is None:
            await self.open()
        phone = self.page.get_by_role("region", name=f"Điện thoại của {name}")
        if not await phone.count():
            first = self.page.locator(".phone").first
            await first.locator(".holder-button").click()
            await first.get_by_role("option", name=name).click()
        await expect(phone.locator(".log")).to_be_visible()
        await self.settled()
        return phone

    async def close(self) -> None:
        """Leave; whatever the browser complained about is a failure."""
        if self._context is not None:
            await self._context.close()
        assert self.complaints == []


class Visit(Visitor):
    """A visit to a sandbox in this process, with the scripted bot behind it."""

    def __init__(self, browser: Browser, sandbox: Sandbox) -> None:
        super().__init__(browser, sandbox.address, bears_cuts=True)
        self.sandbox = sandbox
        self.bot: ScriptedBot = sandbox.bot


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests of this folder."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (looked for chromium, chromium-browser, google-chrome)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, timeout=PATIENCE_MS
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, tmp_path: Path) -> AsyncIterator[Visit]:
    """A visit to a sandbox with five people, nothing said yet, and the scripted bot at work."""
    async with Sandbox(tmp_path, PEOPLE) as sandbox:
        visit = Visit(browser, sandbox)
        yield visit
        await visit.close()


@pytest.fixture
def address(browser: Browser, tmp_path: Path) -> Iterator[str]:
    """Where a demo with the real bot is served, a new one for each test: its clock goes forward only."""
    with served(tmp_path / "demo") as (_, address):
        yield address


@pytest_asyncio.fixture(loop_scope="session")
async def guest(browser: Browser, address: str) -> AsyncIterator[Visitor]:
    """Somebody who opens the demo's page for the first time; any console error fails the test."""
    guest = Visitor(browser, address)
    yield guest
    await guest.close()
