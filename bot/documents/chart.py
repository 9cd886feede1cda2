"""The picture of a period in figures: how it went, and which units it came from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Chart:
    """What a chart shows, its words ready to be read.

    `trend` are (label, number), the oldest first; `units` the same, the most first, with a last line for the
    others where it is cut.
    """

    title: str
    subtitle: str
    trend_title: str
    trend: tuple[tuple[str, int], ...]
    units_title: str
    units: tuple[tuple[str, int], ...]
    footer: str
