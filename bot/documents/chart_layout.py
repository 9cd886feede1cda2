"""Where everything of a chart stands: arithmetic on the font's measures, before anything is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil
from typing import Final

from babel.numbers import format_decimal

from bot.documents.chart_letters import fit, fit_all, fit_whole
from bot.documents.picture import Weight
from bot.documents.picture_card_layout import Box
from bot.documents.picture_card_letters import shaped
from bot.documents.picture_card_lines import Block, Setting, placed

WIDTH: Final = 1080
SIDE: Final = 56
"""Nothing but paper this far from each edge."""
_ACROSS: Final = WIDTH - 2 * SIDE
_TOP: Final = 50.0
_BOTTOM: Final = 46.0
_PLOT: Final = 220.0
"""The height of the trend's highest bar."""
_TURNED_MOST: Final = 190.0
_COLUMN_GAP: Final = 10.0
_WIDEST_COLUMN: Final = 120.0
_VALUE_GAP: Final = 10.0
_NAME_GAP: Final = 20.0
_SECTION_GAP: Final = 42.0
_ROW_GAP: Final = 12.0
_BAR_THICK: Final = 40.0
_NAMES_MOST: Final = 500.0
_LEAST: Final = 3.0
"""A number that is not zero has a bar, however small it is beside the others."""

Numbers = Sequence[tuple[str, int]]


class Part(StrEnum):
    """What a label or a bar is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    TREND_LABEL = "trend_label"
    TREND_VALUE = "trend_value"
    UNIT_NAME = "unit_name"
    UNIT_VALUE = "unit_value"
    FOOTER = "footer"
    BAR = "bar"
    NEWEST = "newest"


@dataclass(frozen=True)
class Label:
    """A line of text: its pen starts at (`x`, `y`) and goes right, or up where it is `turned`.

    `box` is what its ink and its pen take up, `of` the text that it says or the beginning of which it is.
    """

    part: Part
    text: str
    of: str
    x: float
    y: float
    size: float
    weight: Weight
    box: Box
    turned: bool = False


@dataclass(frozen=True)
class Bar:
    """A number as a rectangle: upright in the trend, lying among the units. Zero has none."""

    part: Part
    label: str
    value: int
    box: Box


@dataclass
class Layout:
    """A chart laid out: its height, and all that is drawn. `baseline` is the line the trend stands on."""

    height: int = 0
    labels: list[Label] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    baseline: Box | None = None

    @property
    def width(self) -> int:
        """In pixels; the same for every chart."""
        return WIDTH


_TITLE: Final = Setting(Weight.BOLD, range(60, 43, -1), 1)
_LONG_TITLE: Final = Setting(Weight.BOLD, range(50, 35, -1), 2, 1.25)
_SUBTITLE: Final = Setting(Weight.MEDIUM, range(38, 27, -1), 2, 1.3)
_HEADING: Final = Setting(Weight.BOLD, range(42, 27, -1), 2, 1.25)
_FOOTER: Final = Setting(Weight.REGULAR, range(32, 23, -1), 3, 1.3)
_TREND_LABEL: Final = Setting(Weight.MEDIUM, range(36, 23, -1), 2, 1.15)
_TREND_BELOW: Final = Setting(Weight.REGULAR, range(28, 21, -1), 1)
_TREND_VALUE: Final = Setting(Weight.BOLD, range(42, 25, -1), 1)
_TURNED: Final = range(30, 9, -1)
_UNIT_NAME: Final = Setting(Weight.MEDIUM, range(40, 31, -1), 1)
_LONG_UNIT_NAME: Final = Setting(Weight.MEDIUM, range(36, 27, -1), 2, 1.15)
_UNIT_VALUE: Final = Setting(Weight.BOLD, range(42, 11, -1), 1)


def lay_out(
    *,
    title: str,
    subtitle: str,
    trend_title: str,
    trend: Numbers,
    units_title: str,
    units: Numbers,
    footer: str,
    language: str,
    others: bool = False,
) -> Layout:
    """The chart of these words and numbers, from the top down; a part without either takes no room.

    `others`: the last of the units stands for several, and does not look like one.
    """
    sheet = _Sheet(language)
    sheet.write(Part.TITLE, title, _TITLE if fit_whole([title], _TITLE, _ACROSS) else _LONG_TITLE, 8)
    sheet.write(Part.SUBTITLE, subtitle, _SUBTITLE, 0)
    if trend:
        sheet.y += _SECTION_GAP
        sheet.write(Part.HEADING, trend_title, _HEADING, 18)
        sheet.draw_trend(trend)
    if units:
        sheet.y += _SECTION_GAP
        sheet.write(Part.HEADING, units_title, _HEADING, 18)
        sheet.draw_units(units, others=others)
    if footer:
        sheet.y += _SECTION_GAP * 0.7
        sheet.write(Part.FOOTER, footer, _FOOTER, 0)
    sheet.layout.height = ceil(sheet.y + _BOTTOM)
    return sheet.layout


@dataclass
class _Sheet:
    """A chart while it is laid out."""

    language: str
    y: float = _TOP
    layout: Layout = field(default_factory=Layout)

    def write(self, part: Part, text: str, setting: Setting, gap: float) -> None:
        """A text across the sheet, and a gap below it."""
        block = fit(text, setting, _ACROSS)
        if block:
            self._place(part, text, block, Box(SIDE, self.y, _ACROSS, block.height))
            self.y += block.height + gap

    def draw_trend(self, trend: Numbers) -> None:
        """Upright bars side by side, the numbers above, the labels below; the newest stands out."""
        across = _ACROSS / len(trend)
        columns = [SIDE + across * place for place in range(len(trend))]
        values = [self._number(n) for _, n in trend]
        written = fit_whole(values, _TREND_VALUE, across - _COLUMN_GAP)
        upright = [] if written else _turned(values, Weight.BOLD)
        above = max((ink.length for ink in upright), default=0.0) or max(
            block.height for block in written or [] if block
        )
        top, wide = self.y + above + _VALUE_GAP, min(across * 0.66, _WIDEST_COLUMN)
        most = max(n for _, n in trend)
        for place, (label, n) in enumerate(trend):
            tall = _length(n, most, _PLOT)
            head = top + _PLOT - tall
            part = Part.NEWEST if place == len(trend) - 1 else Part.BAR
            if n:
                box = Box(columns[place] + (across - wide) / 2, head, wide, tall)
                self.layout.bars.append(Bar(part, label, n, box))
            if written and (block := written[place]):
                room = Box(columns[place], head - _VALUE_GAP - block.height, across, block.height)
                self._place(Part.TREND_VALUE, values[place], block, room, "middle")
            elif upright:
                foot = head - _VALUE_GAP
                self._turn(Part.TREND_VALUE, values[place], upright[place], columns[place], across, foot)
        self.layout.baseline = Box(SIDE, top + _PLOT, _ACROSS, 2)
        self.y = top + _PLOT + 2 + _VALUE_GAP
        self._name_columns([label for label, _ in trend], columns, across)

    def draw_units(self, units: Numbers, *, others: bool) -> None:
        """Lying bars below each other, each with its name before it and its number behind it."""
        given = [name for name, _ in units]
        names = fit_whole(given, _UNIT_NAME, _NAMES_MOST) or fit_all(given, _LONG_UNIT_NAME, _NAMES_MOST)
        values = fit_all([self._number(n) for _, n in units], _UNIT_VALUE, _ACROSS)
        named = max((_width(block) for block in names if block), default=0.0)
        counted = max(_width(block) for block in values if block)
        start = SIDE + named + (_NAME_GAP if named else 0)
        room = SIDE + _ACROSS - start - counted - _VALUE_GAP - 2
        most = max(n for _, n in units)
        parts = [Part.NEWEST] * (len(units) - others) + [Part.BAR] * others
        for (name, n), part, called, block in zip(units, parts, names, values, strict=True):
            tall = max(called.height if called else 0.0, _BAR_THICK)
            long = _length(n, most, room)
            if n:
                box = Box(start, self.y + (tall - _BAR_THICK) / 2, long, _BAR_THICK)
                self.layout.bars.append(Bar(part, name, n, box))
            if called:
                place = Box(SIDE, self.y + (tall - called.height) / 2, named + 2, called.height)
                self._place(Part.UNIT_NAME, name, called, place)
            if block:
                behind = start + long + (_VALUE_GAP if n else 0)
                place = Box(behind, self.y + (tall - block.height) / 2, counted + 2, block.height)
                self._place(Part.UNIT_VALUE, self._number(n), block, place)
            self.y += tall + _ROW_GAP
        self.y -= _ROW_GAP

    def _name_columns(self, labels: Sequence[str], columns: Sequence[float], across: float) -> None:
        """The labels below the trend, upright where one is too wide; what follows a line break below it."""
        parts = [label.partition("\n") for label in labels]
        names = fit_whole([name for name, _, _ in parts], _TREND_LABEL, across - _COLUMN_GAP)
        below = fit_whole([more for _, _, more in parts], _TREND_BELOW, across)
        if names is None or below is None:
            upright = _turned(labels, Weight.MEDIUM)
            long = max(ink.length for ink in upright)
            for label, ink, x in zip(labels, upright, columns, strict=True):
                self._turn(Part.TREND_LABEL, label, ink, x, across, self.y + ink.length)
            self.y += long
            return
        for blocks, place in ((names, 0), (below, 2)):
            tall = max((block.height for block in blocks if block), default=0.0)
            for part, block, x in zip(parts, blocks, columns, strict=True):
                if block:
                    room = Box(x, self.y, across, tall)
                    self._place(Part.TREND_LABEL, part[place], block, room, "middle")
            self.y += tall

    def _number(self, n: int) -> str:
        return format_decimal(n, locale=self.language)

    def _place(self, part: Part, of: str, block: Block, room: Box, align: str = "start") -> None:
        for line in placed(block, room.x, room.y, room.width, align):
            box = Box(line.x, line.baseline - line.above, line.width, line.above + line.below)
            self.layout.labels.append(
                Label(part, line.text, of, line.x, line.baseline, line.size, line.weight, box)
            )

    def _turn(self, part: Part, of: str, ink: "_Upright", x: float, across: float, foot: float) -> None:
        pen = x + (across + ink.above - ink.below) / 2
        box = Box(pen - ink.above, foot - ink.length, ink.above + ink.below, ink.length)
        self.layout.labels.append(
            Label(part, ink.text, of, pen, foot, ink.size, ink.weight, box, turned=True)
        )


@dataclass(frozen=True)
class _Upright:
    """A text that is written upwards."""

    text: str
    size: int
    weight: Weight
    length: float
    above: float
    below: float


def _turned(texts: Sequence[str], weight: Weight) -> list[_Upright]:
    """Texts written upwards, all at one size, as far as there is room for them."""
    blocks = fit_all(texts, Setting(weight, _TURNED, 1), _TURNED_MOST)
    found = []
    for block in blocks:
        text, size = (block.lines[0], block.size) if block else ("", min(_TURNED))
        ink = shaped(text, weight)
        found.append(_Upright(text, size, weight, ink.width * size, ink.above * size, ink.below * size))
    return found


def _width(block: Block) -> float:
    return max(shaped(line, block.setting.weight).width for line in block.lines) * block.size


def _length(n: int, most: int, room: float) -> float:
    """How long a number's bar is where the longest takes all the room."""
    return max(room * n / most, _LEAST) if n else 0.0
