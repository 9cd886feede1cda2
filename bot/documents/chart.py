"""The picture of a period in figures: how it went, and which units it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any, Final

from bot.documents.chart_layout import Label, Layout, Part, lay_out
from bot.documents.picture import FAMILY, rendered
from bot.documents.picture_card_layout import Box
from bot.documents.picture_process import draw_apart

PAPER: Final = "#fffdf8"
_PIXELS: Final = 900
"""Across: as many as a phone shows of a picture in a chat. Drawing takes its time by the pixel."""
_EDGE: Final = "#d3c3a4"
_RULE: Final = "#8d8272"
_INK: Final = "#231f1b"
_COLOURS: Final[Mapping[Part, str]] = {
    Part.SUBTITLE: "#5b5146",
    Part.TREND_LABEL: "#5b5146",
    Part.UNIT_NAME: "#3a342d",
    Part.FOOTER: "#6d6153",
    Part.BAR: "#ab873c",
    Part.NEWEST: "#9d1c20",
}
"""Each stands out from the paper by 3 to 1 at least, what is read by 5."""


@dataclass(frozen=True)
class Chart:
    """What a chart shows, its words ready to be read.

    `trend` are (label, number), the oldest first; what follows a line break in a label stands below it (the
    year below its first month). `units` are the same, the most first, with a last line for the others where
    they are cut (`others`). Numbers are written as `language` does.
    """

    title: str
    subtitle: str
    trend_title: str
    trend: tuple[tuple[str, int], ...]
    units_title: str
    units: tuple[tuple[str, int], ...]
    footer: str
    language: str = "vi"
    others: bool = False


def read_chart(kept: Mapping[str, Any]) -> Chart:
    """The chart out of a row that holds it as JSON. Raises TypeError or ValueError for what is none."""
    lists = {name: tuple((str(label), int(n)) for label, n in kept[name]) for name in ("trend", "units")}
    return Chart(**{**kept, **lists})


def draw_chart(chart: Chart) -> bytes:
    """The chart as a PNG, 900 pixels wide and as high as it needs; the same chart is the same bytes."""
    return rendered(chart_svg(chart), _PIXELS)


def draw_chart_apart(chart: Chart) -> bytes:
    """As `draw_chart`, in a process of its own; to be called in a thread.

    Raises subprocess.SubprocessError where it fails.
    """
    return draw_apart(partial(rendered, width=_PIXELS), chart_svg(chart))


def chart_svg(chart: Chart) -> str:
    """The chart as an SVG."""
    layout = lay_out(
        title=chart.title,
        subtitle=chart.subtitle,
        trend_title=chart.trend_title,
        trend=chart.trend,
        units_title=chart.units_title,
        units=chart.units,
        footer=chart.footer,
        language=chart.language,
        others=chart.others,
    )
    return "\n".join(
        [
            _opening(layout),
            *_paper(layout),
            *(_rect(bar.box, _COLOURS[bar.part]) for bar in layout.bars),
            *(_text(label) for label in layout.labels),
            "</svg>",
        ]
    )


def _opening(layout: Layout) -> str:
    size = f'width="{layout.width}" height="{layout.height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FAMILY}">'


def _paper(layout: Layout) -> list[str]:
    """A sheet of its own colour in a thin edge, so that it looks the same in a light and in a dark chat."""
    sheet = _rect(Box(0, 0, layout.width, layout.height), PAPER)
    edge = f'<path d="M1 1h{layout.width - 2}v{layout.height - 2}H1Z" fill="none" stroke="{_EDGE}"'
    lines = [sheet, f'{edge} stroke-width="2"/>']
    return [*lines, _rect(layout.baseline, _RULE)] if layout.baseline else lines


def _rect(box: Box, colour: str) -> str:
    place = f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}"'
    return f'<rect {place} fill="{colour}"/>'


def _text(label: Label) -> str:
    colour = _COLOURS.get(label.part, _INK)
    turn = f' transform="rotate(-90 {_n(label.x)} {_n(label.y)})"' if label.turned else ""
    return (
        f'<text x="{_n(label.x)}" y="{_n(label.y)}" font-size="{_n(label.size)}"'
        f' font-weight="{label.weight}" fill="{colour}"{turn}>{escape(label.text)}</text>'
    )


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
