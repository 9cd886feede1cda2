"""The sheet of invite links: each card complete and whole, nothing fetched, nothing injected."""

import os
import re
import stat
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import segno

from bot.documents.invite_sheet import WORDS, Invite, invite_sheet, write_invite_sheet

WORDING = dict(
    zip(
        WORDS,
        (
            *("vi", "Phiếu mời"),
            *("Mở máy ảnh, quét mã.", "Bấm Bắt đầu trong Telegram.", "Đọc thông báo và đồng ý."),
            "Dùng một lần, đến hết ngày {day}.",
        ),
        strict=True,
    )
)
LINK = "https://t.me/guongsang_bot?start=aB3-_"


def invites(count: int) -> list[Invite]:
    return [
        Invite(f"Nguyễn Thị Lan {n}", "Phòng Tổng hợp", f"{LINK}{n}", date(2026, 12, 5)) for n in range(count)
    ]


def cards(page: str) -> list[str]:
    return re.findall(r"<article>.*?</article>", page)


@pytest.mark.parametrize(("count", "sheets"), [(0, []), (1, [1]), (8, [8]), (17, [8, 8, 1])])
def test_eight_cards_a_sheet_in_order(count: int, sheets: list[int]):
    """Seventeen people are three sheets, each person on one card, in the order given."""
    page = invite_sheet(invites(count), WORDING)
    found = [section.count("<article>") for section in re.findall(r"<section>.*?</section>", page)]
    assert found == sheets
    assert [re.findall(r"<h2>(.*?)</h2>", card) for card in cards(page)] == [
        [invite.full_name] for invite in invites(count)
    ]


def test_a_card_says_all_a_person_needs():
    """Name, unit, the three steps, the link to type where no camera works, and until when."""
    (card,) = cards(invite_sheet(invites(1), WORDING))
    for text in ("Nguyễn Thị Lan 0", "Phòng Tổng hợp", f"{LINK}0", "Dùng một lần, đến hết ngày 05/12/2026."):
        assert text in card
    assert re.findall(r"<li>(.*?)</li>", card) == [WORDING[f"how.{step}"] for step in (1, 2, 3)]


def test_the_drawn_code_is_the_persons_own_link():
    """The drawing, read back module by module, is the code of that link, with its quiet zone of four."""
    for invite, card in zip(invites(3), cards(invite_sheet(invites(3), WORDING)), strict=True):
        drawing = ET.fromstring(re.findall(r"<svg.*?</svg>", card)[0])  # noqa: S314 - our own drawing
        expected = [list(row) for row in segno.make(invite.link, error="m", micro=False).matrix]
        size = len(expected)
        assert drawing.get("viewBox") == f"0 0 {size + 8} {size + 8}"
        assert drawn(drawing[0].get("d") or "", size) == expected


def drawn(path: str, size: int) -> list[list[int]]:
    """The modules a path of relative moves and strokes covers, without the quiet zone."""
    modules = [[0] * size for _ in range(size)]
    x = y = 0.0
    for verb, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        values = [float(number) for number in numbers.split()]
        if verb == "h":
            for place in range(int(x), int(x + values[0])):
                modules[int(y) - 4][place - 4] = 1
            x += values[0]
        else:
            x, y = (values[0], values[1]) if verb == "M" else (x + values[0], y + values[1])
    return modules


def test_names_cannot_become_markup_and_nothing_is_fetched():
    """What is typed is shown as text; the page loads nothing, and forbids itself to."""
    nasty = Invite('<img src=x onerror="a()">', "A & B</article>", f'{LINK}"><script>', date(2026, 12, 5))
    page = invite_sheet([nasty], {**WORDING, "how.1": "<b>"})
    assert not re.search(r"<(img|script|b|link|iframe)\b", page)
    assert len(cards(page)) == 1
    assert "&lt;img src=x onerror=&quot;a()&quot;&gt;" in page
    assert "default-src 'none'" in page
    assert not re.search(r"\b(src|href)=", page.replace("&lt;img src=x", ""))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_the_file_is_its_owners_alone(tmp_path: Path):
    """Links are secrets: the file is made readable for its owner only, also over an older one."""
    path = tmp_path / "invites.html"
    path.write_text("old")
    path.chmod(0o644)
    write_invite_sheet(path, invites(1), WORDING)
    assert "Phiếu mời" in path.read_text("utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
