"""Long texts on pages that Telegram takes: at most 4,096 UTF-16 units, markup not counted."""

from collections.abc import Callable, Sequence

from bot.messages import Button
from bot.texts import Html, Texts, join_html, visible_length

PAGE = 3500
"""What a page holds at most; the rest is left for a heading and a word on top."""
SCREEN = 900
"""What is read on a phone without scrolling, where buttons stand below."""
PIECE = 3000
"""How long a block may be that goes on a page."""


def pieces(text: str, most: int = PIECE) -> list[str]:
    """The text cut at the ends of lines or words, so that each piece fits on a page."""
    found = []
    while len(text.encode("utf-16-le")) // 2 > most:
        end = most // 2
        cut = max(text.rfind("\n", 1, end), text.rfind(" ", 1, end))
        cut = cut if cut > end // 2 else end
        found.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*found, text]


def in_pages(blocks: Sequence[Html], most: int = PAGE) -> list[Html]:
    """The blocks, a line each, on as few pages as hold them; a block is never cut."""
    pages: list[list[Html]] = [[]]
    room = most
    for block in blocks:
        needed = visible_length(block) + 1
        if needed > room and pages[-1]:
            pages.append([])
            room = most
        pages[-1].append(block)
        room -= needed
    return [join_html(page) for page in pages]


def page_buttons(texts: Texts, page: int, pages: int, data: Callable[[int], str]) -> list[Button]:
    """The way to the pages before and after; `data` says what a button to a page claims."""
    row = [Button(texts.plain("button.before"), data(page - 1))] if page > 0 else []
    return [*row, Button(texts.plain("button.after"), data(page + 1))] if page + 1 < pages else row


def pages_of(n: int, a_page: int) -> int:
    """How many pages hold so many; none are on one."""
    return max(1, -(-n // a_page))


def known_page(wanted: int, pages: int) -> int:
    """The wanted page, or the last one where there are fewer by now."""
    return max(0, min(wanted, pages - 1))


def ticked(label: str, *, chosen: bool) -> str:
    """A label with the tick of what is chosen."""
    return f"✓ {label}" if chosen else label
