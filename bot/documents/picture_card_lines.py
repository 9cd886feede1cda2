"""Text broken at word ends into lines, as large as its box allows."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final

from bot.documents.picture import Weight
from bot.documents.picture_card_letters import shaped

_SLACK: Final = 2.0
"""Pixels of a box's width that are left free: kerning across spaces is only measured at the end."""
_AIR: Final = 0.04
_ABOVE, _BELOW = 0.98, 0.24
_PARAGRAPH: Final = 0.45
"""The air above a new paragraph, in parts of the distance of lines."""
_LONG: Final = 24
"""A word of more letters is none that people write: it may be broken at any size."""


@dataclass(frozen=True)
class Line:
    """A line as it is drawn: its pen starts at `x`, `baseline`; its ink reaches `above` and `below` that."""

    text: str
    x: float
    baseline: float
    width: float
    above: float
    below: float
    size: float
    weight: Weight
    spacing: float = 0.0


@dataclass(frozen=True)
class Setting:
    """How a text is set: `sizes` from the largest to the smallest, at most `lines` lines of them at each."""

    weight: Weight
    sizes: Sequence[int]
    lines: int = 99
    pitch: float = 1.36
    spacing: float = 0.0  # between letters, in parts of the size


@dataclass(frozen=True)
class Block:
    """A text broken into lines, not yet placed: its first baseline is `above` below its top.

    `starts` are the lines with which a paragraph begins, but for the first.
    Its height is that of ordinary letters with their accents, and more where a letter's ink reaches further.
    """

    lines: tuple[str, ...]
    starts: tuple[int, ...]
    size: int
    pitch: float
    above: float
    height: float
    setting: Setting


@lru_cache(maxsize=20_000)
def _width(word: str, weight: Weight, spacing: float) -> float:
    return shaped(word, weight).width + spacing * len(word)


def broken(
    text: str, width: float, weight: Weight, spacing: float = 0.0, *, anywhere: bool
) -> list[list[str]] | None:
    """The lines of each paragraph of `text`, each as full as it gets within `width` (in parts of the size).

    A word that is wider than a line is broken where the line ends if it is an address or the like, or with
    `anywhere`; there is no answer otherwise.
    """
    gap = _width(" ", weight, spacing)
    paragraphs: list[list[str]] = []
    for paragraph in text.split("\n"):
        lines: list[str] = []
        line, used = "", 0.0
        for word in _words(paragraph, width, weight, spacing, anywhere=anywhere):
            taken = _width(word, weight, spacing)
            if taken > width:
                return None
            if line and used + gap + taken <= width:
                line, used = f"{line} {word}", used + gap + taken
            else:
                lines += [line] if line else []
                line, used = word, taken
        paragraphs.append([*lines, line])
    return paragraphs


def _words(text: str, width: float, weight: Weight, spacing: float, *, anywhere: bool) -> Iterator[str]:
    for word in text.split():
        if not (anywhere or len(word) > _LONG) or _width(word, weight, spacing) <= width:
            yield word
            continue
        part = ""
        for sign in _clusters(word):
            if part and _width(part + sign, weight, spacing) > width:
                yield part
                part = ""
            part += sign
        yield part


def _clusters(word: str) -> Iterator[str]:
    cluster = ""
    for sign in word:
        if cluster and not unicodedata.combining(sign):
            yield cluster
            cluster = ""
        cluster += sign
    yield cluster


def fitted(
    text: str, setting: Setting, width: float, height: float, *, anywhere: bool = True
) -> Block | None:
    """`text` at the largest size that keeps to the box and to the number of lines; None where none does.

    Words are kept whole at whatever size that takes; with `anywhere` those that no size holds are broken.
    """
    for breaking in (False, True)[: 1 + anywhere]:
        for size in setting.sizes:
            room = (width - _SLACK) / size
            paragraphs = broken(text, room, setting.weight, setting.spacing, anywhere=breaking)
            if paragraphs is None or not _may_fit(sum(map(len, paragraphs)), size, setting, height):
                continue
            block = _block(paragraphs, size, setting)
            if block.height <= height:
                return block
    return None


def evened(block: Block, width: float) -> Block:
    """The same block with lines of about one length where its text is one paragraph: no word stands alone."""
    text, setting, count = " ".join(block.lines), block.setting, len(block.lines)
    low, high = 0.0, (width - _SLACK) / block.size
    lines = _paragraph(text, high, setting)
    if lines != list(block.lines) or any(len(word) > _LONG for word in text.split()):
        return block
    for _ in range(12):
        middle = (low + high) / 2
        narrower = _paragraph(text, middle, setting)
        if narrower and len(narrower) <= count:
            lines, high = narrower, middle
        else:
            low = middle
    return _block([lines], block.size, setting)


def _paragraph(text: str, width: float, setting: Setting) -> list[str] | None:
    paragraphs = broken(text, width, setting.weight, setting.spacing, anywhere=False)
    return paragraphs[0] if paragraphs else None


def _may_fit(lines: int, size: int, setting: Setting, height: float) -> bool:
    return lines <= setting.lines and size * setting.pitch * (lines - 1) <= height


def _block(paragraphs: Sequence[Sequence[str]], size: int, setting: Setting) -> Block:
    lines = [line for paragraph in paragraphs for line in paragraph]
    inks = [shaped(line, setting.weight) for line in lines]
    touching = max((one.below + two.above + _AIR for one, two in pairwise(inks)), default=0.0)
    pitch = size * max(setting.pitch, touching)
    above, below = size * max(inks[0].above, _ABOVE), size * max(inks[-1].below, _BELOW)
    starts = tuple(accumulate(len(paragraph) for paragraph in paragraphs[:-1]))
    down = pitch * (len(lines) - 1) + pitch * _PARAGRAPH * len(starts)
    return Block(tuple(lines), starts, size, pitch, above, above + down + below, setting)


def placed(block: Block, x: float, y: float, width: float, align: str) -> list[Line]:
    """The block's lines from `y` down, at the “start” or in the “middle” of the `width` from `x`."""
    setting, size = block.setting, block.size
    baseline, gap = y + block.above, size * setting.spacing
    lines = []
    for number, text in enumerate(block.lines):
        if number in block.starts:
            baseline += block.pitch * _PARAGRAPH
        ink = shaped(text, setting.weight)
        wide = size * ink.width + gap * max(0, len(text) - 1)
        left = x + (width - wide) / 2 if align == "middle" else x
        lines.append(
            Line(text, left, baseline, wide, size * ink.above, size * ink.below, size, setting.weight, gap)
        )
        baseline += block.pitch
    return lines
