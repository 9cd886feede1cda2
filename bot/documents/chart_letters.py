"""A chart's texts, as large as fits, those of one sort alike; what has to be cut ends with “…”."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.documents.picture_card_letters import writable
from bot.documents.picture_card_lines import Block, Setting, evened, fitted

ELLIPSIS: Final = "…"
_ANY_HEIGHT: Final = 100_000.0


def in_one(text: str) -> str:
    """The text as the font can write it, on one line."""
    return writable(" ".join(text.split()))


def fit(text: str, setting: Setting, width: float) -> Block | None:
    """A text in its setting, cut short where the smallest letters on the most lines do not hold it.

    None for no text.
    """
    written = in_one(text)
    return _fit(written, setting, width) if written else None


def fit_all(texts: Sequence[str], setting: Setting, width: float) -> list[Block | None]:
    """Several texts at one size, the largest at which each of them fits, or is cut."""
    blocks = [fit(text, setting, width) for text in texts]
    return _alike(texts, blocks, setting, width)


def fit_whole(texts: Sequence[str], setting: Setting, width: float) -> list[Block | None] | None:
    """The same, but None where a text would be cut or a word of it broken."""
    written = [in_one(text) for text in texts]
    blocks = [fitted(text, setting, width, _ANY_HEIGHT, anywhere=False) if text else None for text in written]
    if any(block is None for text, block in zip(written, blocks, strict=True) if text):
        return None
    return _alike(texts, blocks, setting, width)


def _alike(
    texts: Sequence[str], blocks: Sequence[Block | None], setting: Setting, width: float
) -> list[Block | None]:
    size = min((block.size for block in blocks if block), default=0)
    return [
        block and (block if block.size == size else fit(text, replace(setting, sizes=[size]), width))
        for text, block in zip(texts, blocks, strict=True)
    ]


def _fit(text: str, setting: Setting, width: float) -> Block:
    block = fitted(text, setting, width, _ANY_HEIGHT)
    if block:
        return evened(block, width)
    smallest = replace(setting, sizes=[min(setting.sizes)])
    least, most = 0, len(text)
    while least + 1 < most:
        middle = (least + most) // 2
        tried = fitted(_cut(text, middle), smallest, width, _ANY_HEIGHT)
        least, most, block = (middle, most, tried) if tried else (least, middle, block)
    if block is None:
        raise ValueError("a chart has no room for a single letter")
    return block


def _cut(text: str, length: int) -> str:
    """The beginning of a text, as far as its last whole word unless that is half of it."""
    head = text[:length]
    end = head.rfind(" ")
    if text[length] != " " and end > length / 2:
        head = head[:end]
    return writable(head.rstrip(" ,;:.-–(") + ELLIPSIS)
