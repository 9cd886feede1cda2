"""Choosing as a head does it, for tests about what comes after."""

from typing import Any

from tests.office import TELEGRAM_IDS, Office
from tests.phones import Phone

WHY = "Việc làm thiết thực, người dân và đồng nghiệp đều ghi nhận"
"""The sentence that a choice is given."""


async def choose(phone: Phone, *names: str, why: str = WHY) -> None:
    """From the list on the screen to the choice kept."""
    for name in names[:-1]:
        await phone.tap(name)
        await phone.tap("Chọn gương này")
        await phone.tap("Chọn thêm hoặc bỏ bớt")
    await phone.tap(names[-1])
    await phone.tap("Chọn gương này")
    await phone.tap("Đạt cả ba tiêu chí")
    await phone.send(why)
    await phone.tap("Xác nhận")
    assert "Đã ghi nhận" in phone.screen, phone.screen


class CountedPhone(Phone):
    """A phone that counts what its owner does: `done` has a "tap" or a "message" for each."""

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.done: list[str] = []

    async def send(self, *args: Any, **values: Any) -> dict[str, Any]:
        """Write a message, which counts."""
        self.done.append("message")
        return await super().send(*args, **values)

    async def tap(self, *args: Any, **values: Any) -> dict[str, Any]:
        """Tap a button, which counts."""
        self.done.append("tap")
        return await super().tap(*args, **values)


def counted_phone(office: Office, code: str) -> CountedPhone:
    """Such a phone of somebody."""
    return CountedPhone(office.telegram, TELEGRAM_IDS[code], settle=office.settle)
