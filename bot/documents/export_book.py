"""An export as a workbook: a sheet for each table, written as its rows come, so that any length fits.

Why this writer: docs/decisions/0009-export-writer.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from rustpy_xlsxwriter import Format, write_worksheets

from bot.documents.export_cells import Cells, Voice
from bot.documents.export_columns import Column, Table
from bot.documents.export_look import Look, Source
from bot.documents.export_overview import FIGURES, OVERVIEW, Line, figure_lines, total_line, unit_lines
from bot.documents.export_tables import DICTIONARY, TABLES, dictionary_lines
from bot.texts import Texts

SHEET_ROWS_MAX = 1_048_576 - 1
"""What a sheet holds besides its header; a longer table goes on in another."""
_FORMATS = {"number": "#,##0", "share": "0.0%", "moment": "dd/mm/yyyy hh:mm", "day": "dd/mm/yyyy"}
_NAME_MAX = 31
_HEADING_HEIGHT = 32.0
"""Two lines."""


def write_book(path: Path, look: Look, source: Source) -> None:
    """Write the file. Raises OSError, and whatever the source raises."""
    voice, texts = source.voice(look, "book"), look.texts
    book = _Book(texts)
    figures = source.figures
    units = [*unit_lines(figures.lines), total_line(figures.lines, texts)]
    title = texts.plain("export.title", period=look.period_name)
    made_at = texts.plain("export.made_at", at=texts.moment(look.made_at))
    book.add_overview([title, look.office, made_at], _lines(OVERVIEW, units, voice), len(units))
    book.add(FIGURES, _lines(FIGURES, figure_lines(figures, texts), voice), 0)
    for table in TABLES:
        book.add(table, voice.cells(table, source.pieces(table.key)), source.sizes[table.key])
    book.add(DICTIONARY, _lines(DICTIONARY, dictionary_lines(texts), voice), 0)
    book.write(path)


def _lines(table: Table, lines: Iterable[Line], voice: Voice) -> Iterator[Cells]:
    return (voice.line(table.columns, line) for line in lines)


@dataclass
class _Book:
    """Sheets as they are handed to the writer, which asks for their rows one sheet after the other."""

    texts: Texts
    sheets: list[tuple[str, Any]] = field(default_factory=list)
    widths: dict[str, Any] = field(default_factory=dict)
    formats: dict[str, Any] = field(default_factory=dict)
    headings: dict[str, Format] = field(default_factory=dict)
    frozen: dict[str, dict[str, int]] = field(default_factory=dict)
    filters: dict[str, bool] = field(default_factory=dict)
    titles: dict[str, Any] = field(default_factory=dict)
    sums: dict[str, dict[int, Format]] = field(default_factory=dict)
    header_rows: dict[str, int] = field(default_factory=dict)

    def add_overview(self, titles: Sequence[str], cells: Iterator[Cells], rows: int) -> None:
        """The overview below its titles; its last row is a sum, so it has no filter."""
        name = self._sheet(self.texts.plain(OVERVIEW.sheet), OVERVIEW, cells, header_row=len(titles))
        bold, last = Format().set_bold(), len(OVERVIEW.columns) - 1
        self.titles[name] = [(row, 0, row, last, title, bold) for row, title in enumerate(titles)]
        self.sums[name] = {len(titles) + rows: bold}
        self.filters[name] = False

    def add(self, table: Table, cells: Iterator[Cells], rows: int) -> None:
        """A table; what does not fit goes on in "(2)"."""
        name = self.texts.plain(table.sheet)
        for part in range(1, max(1, -(-rows // SHEET_ROWS_MAX)) + 1):
            shown = name if part == 1 else f"{name[: _NAME_MAX - 5]} ({part})"
            self._sheet(shown, table, islice(cells, SHEET_ROWS_MAX))

    def write(self, path: Path) -> None:
        """Ask for the rows and write the file."""
        write_worksheets(
            self.sheets,
            str(path),
            freeze_panes=self.frozen,
            column_widths=self.widths,
            column_formats=self.formats,
            header_format=self.headings,
            header_row=self.header_rows,
            merge_ranges=self.titles,
            row_formats=self.sums,
            row_heights={name: {row: _HEADING_HEIGHT} for name, row in self.header_rows.items()},
            autofilter=self.filters,
        )

    def _sheet(self, name: str, table: Table, cells: Iterator[Cells], header_row: int = 0) -> str:
        headings = [self.texts.plain(column.heading) for column in table.columns]
        self.sheets.append((name, _records(headings, cells)))
        self.widths[name] = [float(column.width) for column in table.columns]
        self.formats[name] = [_format(column) for column in table.columns]
        self.headings[name] = _heading()
        self.header_rows[name] = header_row
        self.frozen[name] = {"row": header_row + 1, "col": table.frozen}
        self.filters[name] = True
        return name


def _records(headings: Sequence[str], cells: Iterator[Cells]) -> Iterator[dict[str, Any]]:
    """Rows by their headings; a table without any has its headings all the same."""
    empty = True
    for row in cells:
        empty = False
        yield dict(zip(headings, row, strict=True))
    if empty:
        yield dict.fromkeys(headings)


def _heading() -> Format:
    bold = Format().set_bold().set_background_color("#DCE6F1").set_border("thin")
    return bold.set_text_wrap().set_align("vcenter")


def _format(column: Column) -> Format:
    made = Format().set_align("top")
    if column.sort in _FORMATS:
        return made.set_num_format(_FORMATS[column.sort])
    return made.set_text_wrap() if column.sort in ("long", "names") else made
