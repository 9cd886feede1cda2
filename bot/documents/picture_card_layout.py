"""Where everything of a picture card stands: arithmetic on the font's measures, before anything is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.documents.picture import Weight
from bot.documents.picture_card_letters import writable
from bot.documents.picture_card_lines import Block, Line, Setting, evened, fitted, placed

WIDTH: Final = 1080
MARGIN: Final = 40
"""Nothing but paper outside the frame, which stands this far from each edge."""
_INNER: Final = 108
_ACROSS: Final = WIDTH - 2 * _INNER
ORNAMENT: Final = (420.0, 84.0, 240.0, 76.0)
_TOP: Final = 188.0
_BOTTOM: Final = 96.0
_OPTICAL: Final = 0.42
"""How much of the room that is left over goes above: what stands in the very middle looks low."""
_SHORT: Final = 6
"""A text of at most so many lines stands centred, a longer one begins its lines at one edge."""


@dataclass(frozen=True)
class Words:
    """What is written on a card; the fields of `Card`."""

    name: str
    post: str
    unit: str
    kind: str
    period: str
    text: str
    office: str


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels from the top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Layout:
    """A card laid out: each part's box and lines by the names of `Words`, and the rule above the text.

    `portrait` is the square around a round picture, None on a card without one.
    """

    height: int
    boxes: Mapping[str, Box]
    lines: Mapping[str, Sequence[Line]]
    rule: Box
    portrait: Box | None

    @property
    def width(self) -> int:
        """In pixels; the same for every card."""
        return WIDTH


@dataclass(frozen=True)
class _Plan:
    """One way of laying out: taken when the text comes out at `enough` or larger."""

    height: int
    enough: int
    portrait: int
    beside: bool
    name: Sequence[Setting]
    text: Sequence[int]
    gap: int


def _name(*sizes: tuple[int, int, int]) -> tuple[Setting, ...]:
    settings = [Setting(Weight.BOLD, range(most, least - 1, -2), lines, 1.3) for most, least, lines in sizes]
    return (*settings, Setting(Weight.BOLD, range(sizes[-1][1], 7, -2), pitch=1.3))


_ROOMY: Final = _name((92, 66, 1), (74, 54, 2), (60, 40, 3))
_CLOSE: Final = _name((64, 46, 1), (54, 42, 2), (44, 34, 3))
_PLANS: Final = (
    _Plan(1350, 36, 300, beside=False, name=_ROOMY, text=range(48, 35, -1), gap=40),
    _Plan(1350, 31, 216, beside=True, name=_CLOSE, text=range(40, 30, -1), gap=32),
    _Plan(1620, 29, 216, beside=True, name=_CLOSE, text=range(36, 28, -1), gap=32),
    _Plan(1920, 1, 216, beside=True, name=_CLOSE, text=range(34, 3, -1), gap=32),
)
_KIND: Final = Setting(Weight.BOLD, range(36, 9, -2), 2, 1.4, 0.05)
_PERIOD: Final = Setting(Weight.MEDIUM, range(28, 9, -1), 2, 1.4)
_POST: Final = Setting(Weight.MEDIUM, range(32, 9, -1), 2, 1.4)
_UNIT: Final = Setting(Weight.REGULAR, range(30, 9, -1), 3, 1.4)
_OFFICE: Final = Setting(Weight.MEDIUM, range(24, 9, -1), 3, 1.45, 0.08)
_TEXT_PITCH: Final = 1.5
_PARAGRAPHS: Final = 12


def lay_out(words: Words, *, portrait: bool) -> Layout:
    """The card for these words, with room for a portrait or without.

    The larger letters are tried first; for a text that would become small the heading
    is set closer, then the card becomes higher.

    Raises:
        ValueError: A text is so long that no size of letters holds it (far above what is asked for in chat).
    """
    written = _prepared(words)
    for plan in _PLANS:
        laid = _laid(written, plan, portrait=portrait)
        if laid:
            return laid
    raise ValueError("a card has no room for a text of this length")


def _prepared(words: Words) -> Words:
    paragraphs = writable(words.text).split("\n")
    return Words(
        name=_in_one(words.name),
        post=_in_one(words.post),
        unit=_in_one(words.unit),
        kind=_in_one(words.kind).upper(),
        period=_in_one(words.period),
        text=("\n" if len(paragraphs) <= _PARAGRAPHS else " ").join(paragraphs),
        office=_in_one(words.office).upper(),
    )


def _in_one(text: str) -> str:
    return writable(" ".join(text.split()))


@dataclass
class _Sheet:
    """A card while it is laid out, from the top down."""

    y: float = _TOP
    boxes: dict[str, Box] = field(default_factory=dict)
    lines: dict[str, Sequence[Line]] = field(default_factory=dict)

    def put(self, part: str, block: Block | None, gap: float, x: float, width: float, align: str) -> None:
        """Place a block below what is there already, and a gap below it."""
        if block:
            self.boxes[part] = Box(x, self.y, width, block.height)
            self.lines[part] = placed(block, x, self.y, width, align)
            self.y += block.height + gap


def _set(text: str, setting: Setting, width: float, height: float) -> Block | None:
    """A text in its setting, or smaller on more lines where that cannot hold it; None for no text."""
    if not text:
        return None
    block = fitted(text, setting, width, height)
    if block is None:
        tight = Setting(setting.weight, range(min(setting.sizes), 3, -1), pitch=1.3, spacing=setting.spacing)
        block = fitted(text, tight, width, height)
    if block is None:
        raise ValueError("a card has no room for a text of this length")
    return evened(block, width)


def _laid(words: Words, plan: _Plan, *, portrait: bool) -> Layout | None:
    sheet = _Sheet()
    sheet.put("kind", _set(words.kind, _KIND, _ACROSS, 110), 6, _INNER, _ACROSS, "middle")
    sheet.put("period", _set(words.period, _PERIOD, _ACROSS, 80), 0, _INNER, _ACROSS, "middle")
    foot = _set(words.office, _OFFICE, _ACROSS, 110)
    bottom = plan.height - _BOTTOM - (foot.height if foot else 0)
    top, room = sheet.y + plan.gap, bottom - plan.gap * 1.4

    side = plan.portrait if portrait else 0
    beside = bool(side) and plan.beside
    x, width = (_INNER + side + 44.0, _ACROSS - side - 44.0) if beside else (float(_INNER), float(_ACROSS))
    heading = _heading(words, plan, width)
    tall = sum(block.height + gap for _, block, gap in heading)
    head = max(tall, side) if beside else tall + (side + plan.gap * 0.8 if side else 0)
    space = room - top - head - plan.gap * 2
    text = _set_text(words.text, plan, space)
    if text is None and words.text:
        return None

    start = top + (space - (text.height if text else 0)) * _OPTICAL
    frame_x = _INNER if beside else (WIDTH - side) / 2
    frame = Box(frame_x, start + max(0.0, (head - side) / 2 if beside else 0), side, side)
    sheet.y = start + ((head - tall) / 2 if beside else head - tall)
    for part, block, gap in heading:
        sheet.put(part, block, gap, x, width, "start" if beside else "middle")
    rule = (
        Box(_INNER, start + head + plan.gap, _ACROSS, 1) if beside else _short_rule(start + head + plan.gap)
    )
    sheet.y = start + head + plan.gap * 2
    centred = text is not None and len(text.lines) <= _SHORT
    sheet.put("text", text, 0, _INNER, _ACROSS, "middle" if centred else "start")
    sheet.y = bottom
    sheet.put("office", foot, 0, _INNER, _ACROSS, "middle")
    return Layout(plan.height, sheet.boxes, sheet.lines, rule, frame if side else None)


def _short_rule(y: float) -> Box:
    return Box(WIDTH / 2 - 36, y - 1, 72, 3)


def _heading(words: Words, plan: _Plan, width: float) -> list[tuple[str, Block, float]]:
    """Name, post and unit, as far as there are any, each with the gap below it."""
    blocks = [
        ("name", _set_name(words.name, plan, width), 14.0),
        ("post", _set(words.post, _POST, width, 100), 6.0),
        ("unit", _set(words.unit, _UNIT, width, 130), 0.0),
    ]
    return [(part, block, gap) for part, block, gap in blocks if block]


def _set_name(name: str, plan: _Plan, width: float) -> Block | None:
    if not name:
        return None
    for setting in plan.name:
        block = fitted(name, setting, width, 240, anywhere=setting is plan.name[-1])
        if block:
            return evened(block, width)
    raise ValueError("a card has no room for a name of this length")


def _set_text(text: str, plan: _Plan, height: float) -> Block | None:
    block = (
        fitted(text, Setting(Weight.REGULAR, plan.text, pitch=_TEXT_PITCH), _ACROSS, height) if text else None
    )
    return evened(block, _ACROSS) if block and len(block.lines) <= _SHORT else block
