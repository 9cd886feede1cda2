"""An export as a workbook: a sheet for each table, written as its rows come, so that any length fits.

A library makes the workbook with its headings; the rows are put below them while they are read. Why so:
docs/decisions/0009-export-writer.md.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from bot.documents import export_sheets
from bot.documents.export_cells import Voice
from bot.documents.export_columns import Column, Table
from bot.documents.export_look import Look, Source
from bot.documents.export_overview import FIGURES, OVERVIEW, figure_lines, total_line, unit_lines
from bot.documents.export_sheets import Filling, shape_of, write_filled
from bot.documents.export_tables import DICTIONARY, TABLES, dictionary_lines

_FORMATS = {"number": "#,##0", "share": "0.0%", "moment": "dd/mm/yyyy hh:mm", "day": "dd/mm/yyyy"}
_NAME_MAX = 31
_HEADING_HEIGHT = 32
"""Two lines."""


def write_book(path: Path, look: Look, source: Source) -> None:
    """Write the file. Raises OSError, and whatever the source raises."""
    voice, texts = source.voice(look, "book"), look.texts
    lines = {FIGURES.key: figure_lines(source.figures, texts), DICTIONARY.key: dictionary_lines(texts)}
    frame = _Frame(look)
    frame.add_overview(source, voice)
    tables = (FIGURES, *TABLES, DICTIONARY)
    sizes = {**source.sizes, **{key: len(ready) for key, ready in lines.items()}}
    places = [(table, frame.add_table(table, sizes[table.key])) for table in tables]
    made = frame.close()

    def rows(table: Table) -> Iterator[Sequence[bytes]]:
        shapes = frame.shapes(table)
        if table.key not in lines:
            return voice.cells(table, source.pieces(table.key), shapes)
        told = (voice.line(table.columns, line) for line in lines[table.key])
        return ([shape(cell) for shape, cell in zip(shapes, cells, strict=True)] for cells in told)

    streams = [(rows(table), parts) for table, parts in places]
    write_filled(path, made, [Filling(*part, coming) for coming, parts in streams for part in parts])


class _Frame:
    """The workbook before the rows of its tables are there."""

    def __init__(self, look: Look) -> None:
        self._look, self._texts = look, look.texts
        self._file = BytesIO()
        typed = {"strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._file, {"in_memory": True, **typed})
        self._book.set_properties({"created": look.made_at})
        self._formats: dict[tuple[object, ...], Format] = {}
        heading = {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter"}
        self._heading = self._book.add_format(heading)

    def add_overview(self, source: Source, voice: Voice) -> None:
        """The overview below its titles; its last row is a sum, so it has no filter."""
        texts, columns = self._texts, OVERVIEW.columns
        title = texts.plain("export.title", period=self._look.period_name)
        titles = [
            title,
            self._look.office,
            texts.plain("export.made_at", at=texts.moment(self._look.made_at)),
        ]
        sheet = self._add(texts.plain(OVERVIEW.sheet), OVERVIEW, header_row=len(titles))
        bold = self._book.add_format({"bold": True})
        for row, text in enumerate(titles):
            sheet.merge_range(row, 0, row, len(columns) - 1, text, bold)
        lines = source.figures.lines
        told = [*unit_lines(lines), total_line(lines, texts)]
        for row, line in enumerate(told, len(titles) + 1):
            for place, (column, cell) in enumerate(zip(columns, voice.line(columns, line), strict=True)):
                sheet.write(row, place, cell, self._format(column, bold=line is told[-1]))

    def add_table(self, table: Table, rows: int) -> list[tuple[int, int]]:
        """A table; what does not fit goes on in "(2)". Answers its sheets' numbers and sizes."""
        name, most = self._texts.plain(table.sheet), export_sheets.SHEET_ROWS_MAX
        sizes = [min(rows - start, most) for start in range(0, max(1, rows), most)]
        for part, size in enumerate(sizes, 1):
            sheet = self._add(name if part == 1 else f"{name[: _NAME_MAX - 5]} ({part})", table)
            sheet.autofilter(0, 0, max(1, size), len(table.columns) - 1)
        first = len(self._book.worksheets()) - len(sizes) + 1
        return list(enumerate(sizes, first))

    def close(self) -> BytesIO:
        """The workbook as it is; from now on its formats have numbers."""
        self._book.close()
        return self._file

    def shapes(self, table: Table) -> list[Any]:
        """What makes its cells, column by column."""
        styles = [self._format(column).xf_index for column in table.columns]
        return [shape_of(xl_col_to_name(place), style) for place, style in enumerate(styles)]

    def _add(self, name: str, table: Table, header_row: int = 0) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(header_row + 1, table.frozen)
        sheet.set_row(header_row, _HEADING_HEIGHT)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width, self._format(column))
            sheet.write_string(header_row, place, self._texts.plain(column.heading), self._heading)
        return sheet

    def _format(self, column: Column, *, bold: bool = False) -> Format:
        how: dict[str, object] = {
            "valign": "top",
            "text_wrap": column.sort in ("long", "names"),
            "bold": bold,
        }
        if column.sort in _FORMATS:
            how["num_format"] = _FORMATS[column.sort]
        same = tuple(how.values())  # of two formats that are the same, only the first has a number
        if same not in self._formats:
            self._formats[same] = self._book.add_format(how)
        return self._formats[same]
