"""Nominating in one message and one tap, for tests about what comes after."""

import re

from tests.phones import Phone

STORY = "đã ba tháng hướng dẫn người dân nộp hồ sơ trực tuyến, giảm một nửa thời gian chờ"
KEPT = f"Đ{STORY[1:]}"
"""The story as it is kept: it begins with a capital."""


async def nominate(phone: Phone, whom: str, story: str = STORY) -> str:
    """Nominate somebody; answers the nomination's number."""
    await phone.send(f"Đề cử {whom}, vì {story}")
    await phone.tap("Gửi")
    found = re.search(r"đề cử số (\d+)", phone.screen)
    assert found, phone.screen
    return found[1]
