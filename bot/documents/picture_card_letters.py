"""The letters of the picture card: what its font can write, and how wide that comes out."""

import unicodedata
from dataclasses import dataclass
from functools import cache

import uharfbuzz

from bot.documents.picture import FONT_FILES, Weight


@dataclass(frozen=True)
class Ink:
    """A text as shaped at the size 1: how far it moves the pen and reaches above and below the baseline."""

    width: float
    above: float
    below: float


@cache
def _font(weight: Weight) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FONT_FILES[weight]))))


@cache
def _writable() -> frozenset[str]:
    common = set.intersection(*(set(_font(weight).face.unicodes) for weight in Weight))
    return frozenset(one for one in map(chr, common) if unicodedata.category(one)[0] not in "CZ")


def writable(text: str) -> str:
    """`text` in NFC without what the font cannot write; line breaks are kept, other gaps are one space.

    A sign that the font has not becomes its plain form where Unicode knows one (“ﬁ”, “①”, fullwidth letters),
    a dash becomes “-”; an emoji or a foreign script leaves a gap. Nothing becomes an empty box.
    """
    lines = (_written(line) for line in unicodedata.normalize("NFC", text).splitlines())
    return "\n".join(line for line in lines if line)


def _written(line: str) -> str:
    return " ".join("".join(map(_sign, line)).split())


def _sign(sign: str) -> str:
    if sign in _writable():
        return sign
    if unicodedata.category(sign) == "Cf":
        return ""
    if unicodedata.category(sign) == "Pd":
        return "-"
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", sign))
    return plain if all(one in _writable() for one in plain) else " "


@cache
def has_letter(sign: str, weight: Weight) -> bool:
    """True where the font of that weight has a glyph for this character."""
    return bool(_font(weight).get_nominal_glyph(ord(sign)))


def shaped(text: str, weight: Weight) -> Ink:
    """`text` shaped as it will be drawn, kerning and all."""
    font, buffer = _font(weight), uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    above = below = width = 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        width += position.x_advance
        if extents := font.get_glyph_extents(info.codepoint):
            top = extents.y_bearing + position.y_offset
            above, below = max(above, top), max(below, -(top + extents.height))
    em = font.face.upem
    return Ink(width / em, above / em, below / em)
