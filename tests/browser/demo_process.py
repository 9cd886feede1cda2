"""`guongsang demo` as a process, and what people do with its phones by mouse."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

from playwright.async_api import Locator

from bot.cli.common import of_folder
from bot.clock import TurnedClock
from bot.lock import DatabaseHeld, hold_database
from bot.sandbox.remote import Control, wait_for
from tests.conftest import PATIENCE_S

BEGIN = datetime(2026, 11, 9, 9, tzinfo=timezone(timedelta(hours=7)))


class DemoProcess:
    """`guongsang demo` on a folder, whose clock begins on a working day before the 20th."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._port = "0"
        folder.mkdir()
        TurnedClock(folder / "clock.json").turn(BEGIN)

    def start(self) -> str:
        """Answers the address, the same each time, once the page is there."""
        options = ["--no-browser", "--data", str(self.folder), "--port", self._port]
        command = [sys.executable, "-m", "bot", "demo", *options]
        pipe, both = subprocess.PIPE, subprocess.STDOUT
        self._process = subprocess.Popen(command, stdout=pipe, stderr=both, encoding="utf-8")  # noqa: S603
        assert self._process.stdout is not None
        address = re.search(r"http://\S+:(\d+)", self._process.stdout.readline())
        assert address is not None
        self._port = address[1]
        return address[0]

    def kill(self) -> None:
        """SIGKILL, and wait until the bot's process, which notices, is gone too."""
        self._process.kill()
        self._process.communicate(timeout=PATIENCE_S)
        assert wait_for(self._bot_is_gone)

    def stop(self) -> None:
        self._process.terminate()
        self._process.communicate(timeout=PATIENCE_S)

    def _bot_is_gone(self) -> bool:
        try:
            with hold_database(of_folder(self.folder).storage.url):
                return True
        except DatabaseHeld:
            return False


@contextmanager
def served(folder: Path) -> Iterator[tuple[DemoProcess, str]]:
    demo = DemoProcess(folder)
    address = demo.start()
    try:
        yield demo, address
    finally:
        demo.stop()


def newest(phone: Locator) -> Locator:
    """The bot's newest message."""
    return phone.locator(".message.in").last


async def press(phone: Locator, label: str | re.Pattern[str]) -> None:
    """By mouse, a button under the newest message that has it."""
    exact = isinstance(label, str)
    await phone.locator(".message.in").get_by_role("button", name=label, exact=exact).last.click()


async def has_commands(address: str, name: str, command: str) -> None:
    """Once the bot, perhaps just started, has told of a command of somebody's: the page reads them once."""

    def told() -> bool:
        control = Control(address)
        listed = control.get("/commands", user_id=control.phone(name).user_id)
        return any(entry["command"] == command for entry in listed)

    assert await asyncio.to_thread(wait_for, told)


async def begin(phone: Locator) -> None:
    await phone.get_by_role("button", name="Bắt đầu").click()
