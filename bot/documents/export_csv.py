"""An export as .csv: one table, or all of them in an archive."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from bot.documents.export_cells import Cells
from bot.documents.export_columns import Table
from bot.documents.export_look import Look, Source
from bot.documents.export_overview import FIGURES, OVERVIEW, figure_lines, unit_lines
from bot.documents.export_process import NOMINATIONS
from bot.documents.export_tables import DICTIONARY, SHEETS, dictionary_lines
from bot.domain.names import fold
from bot.texts import Texts


def write_csv(path: Path, look: Look, source: Source) -> None:
    """One table, the reasons: a .csv has no sheets. Raises OSError."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        _write(file, NOMINATIONS, _cells(NOMINATIONS, look, source), look.texts)


def write_archive(path: Path, look: Look, source: Source) -> None:
    """Every table as a .csv of its own, one after the other, in a .zip. Raises OSError."""
    texts = look.texts
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for place, table in enumerate(SHEETS, 1):
            name = f"{place:02}-{_file_name(texts.plain(table.sheet))}.csv"
            with (
                archive.open(name, "w", force_zip64=True) as entry,
                io.TextIOWrapper(entry, encoding="utf-8-sig", newline="") as file,
            ):
                _write(file, table, _cells(table, look, source), texts)


def _cells(table: Table, look: Look, source: Source) -> Iterable[Cells]:
    voice, texts = source.voice(look, "text"), look.texts
    ready = {
        OVERVIEW.key: lambda: unit_lines(source.figures.lines),
        FIGURES.key: lambda: figure_lines(source.figures, texts),
        DICTIONARY.key: lambda: dictionary_lines(texts),
    }
    if table.key in ready:
        return (voice.line(table.columns, line) for line in ready[table.key]())
    return voice.cells(table, source.pieces(table.key))


def _write(file: TextIO, table: Table, cells: Iterable[Cells], texts: Texts) -> None:
    writer = csv.writer(file)
    writer.writerow(texts.plain(column.heading) for column in table.columns)
    writer.writerows(cells)


def _file_name(sheet: str) -> str:
    """A sheet's name in letters that every program unpacks."""
    return re.sub(r"[^a-z0-9]+", "-", fold(sheet)).strip("-")
