"""Exports as files: a workbook, .csv or JSON, written row by row so that any length fits in memory."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from bot.documents.export_book import write_book
from bot.documents.export_csv import write_archive, write_csv
from bot.documents.export_json import write_json
from bot.documents.export_look import Look, Source
from bot.documents.export_process import NOMINATIONS

Style = Literal["xlsx", "csv", "json", "zip"]
STYLES: tuple[Style, ...] = ("xlsx", "csv", "json", "zip")
"""`csv` is one table, the reasons; `zip` has every table as a .csv."""
_WRITERS: dict[Style, Callable[[Path, Look, Source], None]] = {
    "xlsx": write_book,
    "csv": write_csv,
    "json": write_json,
    "zip": write_archive,
}


def write_file(path: Path, style: Style, look: Look, source: Source) -> None:
    """Write the file from the source's rows. Raises OSError, and what the source raises."""
    _WRITERS[style](path, look, source)


def rows_of(style: Style, source: Source) -> int:
    """How many rows the file will be made from."""
    return source.sizes[NOMINATIONS.key] if style == "csv" else sum(source.sizes.values())
