"""Exports as files: a workbook, .csv or JSON, written row by row so that any length fits in memory.

Whatever people typed is written as text: no cell is ever a formula.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Literal, TextIO
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from bot.documents.export_csv import CsvArchive, CsvFile
from bot.documents.export_process import PROCESS, process_cells
from bot.documents.export_tables import (
    NOMINATIONS,
    NOMINEES,
    OVERVIEW,
    Cell,
    Coded,
    Column,
    all_units,
    nominee_cells,
    overview_cells,
    reason_cells,
)
from bot.domain.nominations import NominationId
from bot.domain.summary import UnitLine
from bot.operations.export_nominations import Sink
from bot.texts import N_, Texts
from storage.database import Row
from storage.exports import NomineeRow
from storage.nominations import StandingRow

Style = Literal["xlsx", "csv", "json", "zip"]
STYLES: tuple[Style, ...] = ("xlsx", "csv", "json", "zip")
"""`csv` is one table, the reasons; `zip` has every table as a .csv."""
XLSX_ROWS_MAX = 1_048_576 - 1
_CELL_MAX = 32_767
_TABLES = {table.key: table for table in PROCESS}
_LISTS = ("nominees", "nominations", *_TABLES)
_FORMATS = {"number": "#,##0", "share": "0.0%", "moment": "dd/mm/yyyy hh:mm", "day": "dd/mm/yyyy"}


@dataclass(frozen=True)
class Look:
    """How an export reads. `period` is written as in `Period`, None for everything there ever was."""

    locale: str
    timezone: str
    office: str
    period: str | None
    made_at: datetime

    @property
    def texts(self) -> Texts:
        """The voice it is written in."""
        return Texts(self.locale, ZoneInfo(self.timezone))

    @property
    def period_name(self) -> str:
        """The period as people say it."""
        return self.texts.period(self.period) if self.period else self.texts.plain("export.all_time")


@contextmanager
def export_file(path: Path, style: Style, look: Look) -> Iterator[Sink]:
    """The file as something rows are added to; whole when the block ends. Raises OSError."""
    voice = look.texts, ZoneInfo(look.timezone)
    if style == "xlsx":
        options = {"constant_memory": True, "strings_to_urls": False, "tmpdir": str(path.parent)}
        with xlsxwriter.Workbook(path, options) as book:
            sink = _Workbook(book, look)
            yield sink
            sink.finish()
        return
    if style == "zip":
        with (
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
            CsvArchive(archive, *voice) as tables,
        ):
            yield tables
        return
    with path.open("w", encoding="utf-8-sig" if style == "csv" else "utf-8", newline="") as file:
        if style == "csv":
            yield CsvFile(file, *voice)
        else:
            sink_of_json = _Json(file, look)
            yield sink_of_json
            sink_of_json.finish()


class _Sheet:
    def __init__(
        self, book: Workbook, name: str, columns: Sequence[Column], texts: Texts, zone: ZoneInfo
    ) -> None:
        self._sheet = book.add_worksheet(name)
        self._columns, self._zone = columns, zone
        base = {"valign": "top"}
        self._heading = book.add_format(
            {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        self._bold = book.add_format({"bold": True})
        self._formats = [book.add_format({**base, **_look_of(column)}) for column in columns]
        self._headings = [texts.plain(column.heading) for column in columns]
        for place, column in enumerate(columns):
            self._sheet.set_column(place, place, column.width)
        self._row = self._header_row = 0

    def add_titles(self, lines: Iterable[str]) -> None:
        """Lines above the header."""
        for line in lines:
            self._sheet.write_string(self._row, 0, line, self._bold)
            self._row += 1

    def add_header(self, frozen_columns: int) -> None:
        """The header, which stays in sight."""
        self._header_row = self._row
        for place, heading in enumerate(self._headings):
            self._sheet.write_string(self._row, place, heading, self._heading)
        self._row += 1
        self._sheet.freeze_panes(self._row, frozen_columns)

    def add(self, cells: Sequence[Cell]) -> None:
        """The next row."""
        for place, (cell, looks) in enumerate(zip(cells, self._formats, strict=True)):
            self._write(place, cell, looks)
        self._row += 1

    def finish(self) -> None:
        """The filter over what has been written."""
        last = max(self._row - 1, self._header_row)
        self._sheet.autofilter(self._header_row, 0, last, len(self._columns) - 1)

    def _write(self, place: int, cell: Cell, looks: Format) -> None:
        value = cell.text if isinstance(cell, Coded) else cell
        if isinstance(value, datetime):
            local = value.astimezone(self._zone).replace(tzinfo=None)
            self._sheet.write_datetime(self._row, place, local, looks)
        elif isinstance(value, date):
            self._sheet.write_datetime(self._row, place, datetime.combine(value, time()), looks)
        elif isinstance(value, int | float):
            self._sheet.write_number(self._row, place, value, looks)
        elif value:
            self._sheet.write_string(self._row, place, _fitting(value), looks)


class _Workbook:
    def __init__(self, book: Workbook, look: Look) -> None:
        self._look, self._texts = look, look.texts
        zone = ZoneInfo(look.timezone)
        self._overview, self._nominees, self._reasons = (
            _Sheet(book, self._texts.plain(name), columns, self._texts, zone)
            for name, columns in (
                (N_("export.sheet.overview"), OVERVIEW),
                (N_("export.sheet.nominees"), NOMINEES),
                (N_("export.sheet.nominations"), NOMINATIONS),
            )
        )
        self._nominees.add_header(4)
        self._reasons.add_header(5)
        self._process = {
            table.key: _Sheet(book, self._texts.plain(table.sheet), table.columns, self._texts, zone)
            for table in PROCESS
        }
        for table in PROCESS:
            self._process[table.key].add_header(table.frozen)
        self._withheld: frozenset[NominationId] = frozenset()

    def withhold(self, nominations: frozenset[NominationId]) -> None:
        """Whom nothing is told of."""
        self._withheld = nominations

    def add_overview(self, lines: Sequence[UnitLine]) -> None:
        """The overview under its titles, with all units together at the end."""
        look, texts = self._look, self._texts
        made_at = texts.moment(look.made_at)
        title = texts.plain("export.title", period=look.period_name)
        self._overview.add_titles([title, look.office, texts.plain("export.made_at", at=made_at)])
        self._overview.add_header(2)
        for line in lines:
            self._overview.add(overview_cells(line))
        self._overview.add(all_units(lines, texts))

    def add_nominees(self, rows: Sequence[NomineeRow], movements: dict[int, str]) -> None:
        """The next nominees."""
        for row in rows:
            withheld = row.id in self._withheld
            self._nominees.add(nominee_cells(row, movements, self._texts, withheld=withheld))

    def add_reasons(self, rows: Sequence[StandingRow]) -> None:
        """The next reasons."""
        for row in rows:
            withheld = row.endorsement.nomination_id in self._withheld
            self._reasons.add(reason_cells(row, self._texts, withheld=withheld))

    def add_process(self, table: str, rows: Sequence[Row]) -> None:
        """The next rows of a table of the process."""
        for row in rows:
            self._process[table].add(process_cells(_TABLES[table], row, self._withheld, self._texts))

    def finish(self) -> None:
        """Filters over what has been written."""
        for sheet in (self._nominees, self._reasons, *self._process.values()):
            sheet.finish()


class _Json:
    def __init__(self, file: TextIO, look: Look) -> None:
        self._file, self._look, self._texts = file, look, look.texts
        self._zone = ZoneInfo(look.timezone)
        self._opened, self._comma = 0, ""
        self._withheld: frozenset[NominationId] = frozenset()

    def withhold(self, nominations: frozenset[NominationId]) -> None:
        """Whom nothing is told of."""
        self._withheld = nominations

    def add_overview(self, lines: Sequence[UnitLine]) -> None:
        """The overview: what is counted, and a line for each unit."""
        look = self._look
        overview = {
            "office": look.office,
            "period": look.period or "all",
            "made_at": self._plain(look.made_at),
            "units": [self._named(OVERVIEW, overview_cells(line)) for line in lines],
        }
        self._file.write('{"overview": ' + json.dumps(overview, ensure_ascii=False))

    def add_nominees(self, rows: Sequence[NomineeRow], movements: dict[int, str]) -> None:
        """The next nominees."""
        for row in rows:
            cells = nominee_cells(row, movements, self._texts, withheld=row.id in self._withheld)
            self._add("nominees", self._named(NOMINEES, cells))

    def add_reasons(self, rows: Sequence[StandingRow]) -> None:
        """The next reasons."""
        for row in rows:
            withheld = row.endorsement.nomination_id in self._withheld
            self._add(
                "nominations", self._named(NOMINATIONS, reason_cells(row, self._texts, withheld=withheld))
            )

    def add_process(self, table: str, rows: Sequence[Row]) -> None:
        """The next rows of a table of the process."""
        for row in rows:
            cells = process_cells(_TABLES[table], row, self._withheld, self._texts)
            self._add(table, self._named(_TABLES[table].columns, cells))

    def finish(self) -> None:
        """Close what is open."""
        self._reach(_LISTS[-1])
        self._file.write("\n]}\n")

    def _reach(self, name: str) -> None:
        while self._opened <= _LISTS.index(name):
            self._file.write(",\n" if self._opened == 0 else "\n],\n")
            self._file.write(f'"{_LISTS[self._opened]}": [')
            self._opened, self._comma = self._opened + 1, ""

    def _add(self, name: str, values: dict[str, object]) -> None:
        self._reach(name)
        self._file.write(f"{self._comma}\n{json.dumps(values, ensure_ascii=False)}")
        self._comma = ","

    def _named(self, columns: Sequence[Column], cells: Sequence[Cell]) -> dict[str, object]:
        return {column.key: self._plain(cell) for column, cell in zip(columns, cells, strict=True)}

    def _plain(self, cell: Cell) -> object:
        if isinstance(cell, datetime):
            return cell.astimezone(self._zone).isoformat(timespec="seconds")
        if isinstance(cell, date):
            return cell.isoformat()
        return cell.code if isinstance(cell, Coded) else cell


def _look_of(column: Column) -> dict[str, object]:
    if column.sort in _FORMATS:
        return {"num_format": _FORMATS[column.sort]}
    return {"text_wrap": True} if column.sort == "long" else {}


def _fitting(text: str) -> str:
    return text if len(text) <= _CELL_MAX else text[: _CELL_MAX - 1] + "…"
