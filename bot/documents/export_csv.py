"""An export as .csv: one table, or all of them in an archive."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Self, TextIO
from zoneinfo import ZoneInfo

from bot.documents.export_process import PROCESS, process_cells
from bot.documents.export_tables import (
    NOMINATIONS,
    NOMINEES,
    OVERVIEW,
    Cell,
    Coded,
    Column,
    nominee_cells,
    overview_cells,
    reason_cells,
)
from bot.documents.roster_workbook import guarded
from bot.domain.names import fold
from bot.domain.nominations import NominationId
from bot.domain.summary import UnitLine
from bot.texts import N_, Texts
from storage.database import Row
from storage.exports import NomineeRow
from storage.nominations import StandingRow

_TABLES = {table.key: table for table in PROCESS}
_SHEETS = (
    ("overview", N_("export.sheet.overview")),
    ("nominees", N_("export.sheet.nominees")),
    ("nominations", N_("export.sheet.nominations")),
    *((table.key, table.sheet) for table in PROCESS),
)


class _Table:
    """Rows into a file, under the names of their columns."""

    def __init__(self, file: TextIO, columns: Sequence[Column], texts: Texts, zone: ZoneInfo) -> None:
        self._writer, self._zone = csv.writer(file), zone
        self._writer.writerow(texts.plain(column.heading) for column in columns)

    def add(self, cells: Sequence[Cell]) -> None:
        """The next row."""
        self._writer.writerow(map(self._shown, cells))

    def _shown(self, cell: Cell) -> object:
        value = cell.text if isinstance(cell, Coded) else cell
        if isinstance(value, datetime):
            return f"{value.astimezone(self._zone):%Y-%m-%d %H:%M}"
        if isinstance(value, date):
            return value.isoformat()
        return guarded(value) if isinstance(value, str) else value


class CsvFile:
    """One table, the reasons: a .csv has no sheets."""

    def __init__(self, file: TextIO, texts: Texts, zone: ZoneInfo) -> None:
        self._table, self._texts = _Table(file, NOMINATIONS, texts, zone), texts
        self._withheld: frozenset[NominationId] = frozenset()

    def withhold(self, nominations: frozenset[NominationId]) -> None:
        """Whom nothing is told of."""
        self._withheld = nominations

    def add_overview(self, lines: Sequence[UnitLine]) -> None:
        """Not in this form."""

    def add_nominees(self, rows: Sequence[NomineeRow], movements: dict[int, str]) -> None:
        """Not in this form."""

    def add_reasons(self, rows: Sequence[StandingRow]) -> None:
        """The next reasons."""
        for row in rows:
            withheld = row.endorsement.nomination_id in self._withheld
            self._table.add(reason_cells(row, self._texts, withheld=withheld))

    def add_process(self, table: str, rows: Sequence[Row]) -> None:
        """Not in this form."""


class CsvArchive:
    """Every table as a .csv of its own, one after the other, in a .zip."""

    def __init__(self, archive: zipfile.ZipFile, texts: Texts, zone: ZoneInfo) -> None:
        self._archive, self._texts, self._zone = archive, texts, zone
        self._withheld: frozenset[NominationId] = frozenset()
        self._file: io.TextIOWrapper | None = None
        self._open: tuple[str, _Table] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def withhold(self, nominations: frozenset[NominationId]) -> None:
        """Whom nothing is told of."""
        self._withheld = nominations

    def add_overview(self, lines: Sequence[UnitLine]) -> None:
        """A line for each unit."""
        table = self._table("overview", OVERVIEW)
        for line in lines:
            table.add(overview_cells(line))

    def add_nominees(self, rows: Sequence[NomineeRow], movements: dict[int, str]) -> None:
        """The next nominees."""
        table = self._table("nominees", NOMINEES)
        for row in rows:
            table.add(nominee_cells(row, movements, self._texts, withheld=row.id in self._withheld))

    def add_reasons(self, rows: Sequence[StandingRow]) -> None:
        """The next reasons."""
        table = self._table("nominations", NOMINATIONS)
        for row in rows:
            withheld = row.endorsement.nomination_id in self._withheld
            table.add(reason_cells(row, self._texts, withheld=withheld))

    def add_process(self, table: str, rows: Sequence[Row]) -> None:
        """The next rows of a table of the process."""
        about = _TABLES[table]
        opened = self._table(table, about.columns)
        for row in rows:
            opened.add(process_cells(about, row, self._withheld, self._texts))

    def _table(self, name: str, columns: Sequence[Column]) -> _Table:
        if self._open is not None and self._open[0] == name:
            return self._open[1]
        self._close()
        entry = self._archive.open(self._entry_name(name), "w", force_zip64=True)
        self._file = io.TextIOWrapper(entry, encoding="utf-8-sig", newline="")
        table = _Table(self._file, columns, self._texts, self._zone)
        self._open = name, table
        return table

    def _entry_name(self, name: str) -> str:
        """Its place and its sheet's name, in letters that every program unpacks."""
        place = next(place for place, (key, _) in enumerate(_SHEETS, 1) if key == name)
        word = fold(self._texts.plain(_SHEETS[place - 1][1]))
        return f"{place:02}-{re.sub(r'[^a-z0-9]+', '-', word).strip('-')}.csv"

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = self._open = None
