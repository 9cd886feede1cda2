"""An SVG becomes a PNG, with the font that comes along and no other: the same picture everywhere."""

from enum import IntEnum
from pathlib import Path
from typing import Final

import resvg_py

FAMILY: Final = "Be Vietnam Pro"
_FOLDER: Final = Path(__file__).parent / "fonts"


class Weight(IntEnum):
    """The weights that come along, by their CSS number."""

    REGULAR = 400
    MEDIUM = 500
    BOLD = 700


FONT_FILES: Final = {
    Weight.REGULAR: _FOLDER / "BeVietnamPro-Regular.ttf",
    Weight.MEDIUM: _FOLDER / "BeVietnamPro-Medium.ttf",
    Weight.BOLD: _FOLDER / "BeVietnamPro-Bold.ttf",
}


def rendered(svg: str, width: int | None = None) -> bytes:
    """The PNG, at the SVG's own width or so many pixels wide. Raises ValueError for what is no SVG."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        skip_system_fonts=True,
        font_files=[str(path) for path in FONT_FILES.values()],
        font_family=FAMILY,
    )
