"""The picture card of an exemplar: an SVG, drawn with the font that comes along, the same everywhere."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Final

from bot.documents.picture import FAMILY, rendered
from bot.documents.picture_card_layout import MARGIN, ORNAMENT, WIDTH, Layout, Words, lay_out
from bot.documents.picture_card_lines import Line

PAPER: Final = "#fffdf8"
_GOLD: Final = "#b8924a"
_COLOURS: Final = {
    "kind": "#9d1c20",
    "period": "#6d6153",
    "name": "#231f1b",
    "post": "#4a4138",
    "unit": "#4a4138",
    "text": "#2d2823",
    "office": "#7d6230",
}
_PHOTO_MOST_BYTES: Final = 10_000_000
_MOUNT: Final = 9
"""Pixels of paper between a portrait and its ring, the ring included."""


@dataclass(frozen=True)
class Card:
    """What a card says, in plain text; `post` may be empty, a group or a model has its name as `name`.

    Letters that the font has not (emoji, foreign scripts) are left out. `photo` is a JPEG, PNG or WebP.
    """

    name: str
    post: str
    unit: str
    kind: str
    period: str
    text: str
    office: str
    photo: bytes | None = None


def draw_card(card: Card) -> bytes:
    """The card as a PNG, 1,080 pixels wide and 1,350 high, or up to 1,920 for a long text.

    The same card is the same bytes. A photo that is none, or broken, is left out.

    Raises:
        ValueError: A text is far longer than a card holds.
    """
    return rendered(picture(card))


def draw_small(cards: Sequence[Card]) -> list[bytes | None]:
    """Each half as wide, for paper: some 170 dots to an inch, two in a row; None where a text is too long."""
    return [_drawn_small(card) for card in cards]


def _drawn_small(card: Card) -> bytes | None:
    try:
        return rendered(picture(card), WIDTH // 2)
    except ValueError:
        return None


def picture(card: Card) -> str:
    """The card as an SVG."""
    photo = _photo_link(card.photo) if card.photo else None
    words = Words(card.name, card.post, card.unit, card.kind, card.period, card.text, card.office)
    layout = lay_out(words, portrait=photo is not None)
    return "\n".join(
        [
            _opening(layout.width, layout.height),
            f'<rect width="100%" height="100%" fill="{PAPER}"/>',
            *_frame(layout),
            *_ornament(),
            *(_portrait(layout, photo) if photo else []),
            _rule(layout),
            *(_text(line, _COLOURS[part]) for part, lines in layout.lines.items() for line in lines),
            "</svg>",
        ]
    )


def _opening(width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="{FAMILY}">'
    )


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _text(line: Line, colour: str) -> str:
    spacing = f' letter-spacing="{_n(line.spacing)}"' if line.spacing else ""
    return (
        f'<text x="{_n(line.x)}" y="{_n(line.baseline)}" font-size="{_n(line.size)}"'
        f' font-weight="{line.weight}" fill="{colour}"{spacing}>{escape(line.text)}</text>'
    )


def _frame(layout: Layout) -> list[str]:
    """A thin line of gold around everything, with a finer one inside."""
    return [
        f'<rect x="{at}" y="{at}" width="{layout.width - 2 * at}" height="{layout.height - 2 * at}"'
        f' fill="none" stroke="{_GOLD}" stroke-width="{wide}"/>'
        for at, wide in ((MARGIN + 2, 3), (MARGIN + 12, 1))
    ]


def _rule(layout: Layout) -> str:
    at = layout.rule
    place = f'x="{_n(at.x)}" y="{_n(at.y)}" width="{_n(at.width)}" height="{_n(at.height)}"'
    return f'<rect {place} fill="{_GOLD}"/>'


def _ornament() -> list[str]:
    """A lotus in lines between two rules."""
    x, y, width, height = ORNAMENT
    middle, foot = x + width / 2, y + height - 12
    petals = [
        f'<path transform="translate({_n(middle)} {_n(foot)}) rotate({turn})"'
        f' d="M0 0C{-wide} {-long * 0.42:.1f} {-wide * 0.8:.1f} {-long * 0.78:.1f} 0 {-long}'
        f'C{wide * 0.8:.1f} {-long * 0.78:.1f} {wide} {-long * 0.42:.1f} 0 0Z"'
        f' fill="{PAPER}" stroke="{_GOLD}" stroke-width="2.5" stroke-linejoin="round"/>'
        for turn, long, wide in ((-68, 46, 11), (68, 46, 11), (-38, 54, 14), (38, 54, 14), (0, 60, 17))
    ]
    rules = [
        f'<path d="M{_n(start)} {_n(foot)}h62" stroke="{_GOLD}" stroke-width="2"/>'
        for start in (x - 10, x + width - 52)
    ]
    return rules + petals


def _portrait(layout: Layout, link: str) -> list[str]:
    box = layout.portrait
    if box is None:
        return []
    radius = box.width / 2
    x, y, side = _n(box.x + radius), _n(box.y + radius), _n(box.width - 2 * _MOUNT)
    image = f'<image x="{_n(box.x + _MOUNT)}" y="{_n(box.y + _MOUNT)}" width="{side}" height="{side}"'
    return [
        f'<clipPath id="round"><circle cx="{x}" cy="{y}" r="{_n(radius - _MOUNT)}"/></clipPath>',
        f'{image} preserveAspectRatio="xMidYMin slice" clip-path="url(#round)" href="{link}"/>',
        f'<circle cx="{x}" cy="{y}" r="{_n(radius - 2)}" fill="none" stroke="{_GOLD}" stroke-width="3"/>',
    ]


def _photo_link(photo: bytes) -> str | None:
    """A photo as a link within the SVG; None where it is of another kind or cannot be drawn."""
    kind = _kind_of(photo)
    if kind is None or len(photo) > _PHOTO_MOST_BYTES:
        return None
    link = f"data:{kind};base64,{b64encode(photo).decode()}"
    image = f'<image width="16" height="16" preserveAspectRatio="none" href="{link}"/>'
    return None if rendered(_speck(image)) == _nothing() else link


def _kind_of(photo: bytes) -> str | None:
    if photo.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if photo.startswith(b"\xff\xd8\xff"):
        whole = photo.rstrip(b"\0").endswith(b"\xff\xd9")  # half a JPEG is drawn, with grey for the rest
        return "image/jpeg" if whole else None
    return "image/webp" if photo[:4] == b"RIFF" and photo[8:12] == b"WEBP" else None


def _speck(content: str) -> str:
    return f"{_opening(16, 16)}{content}</svg>"


@cache
def _nothing() -> bytes:
    return rendered(_speck(""))
