"""Roster files in: an .xlsx or .csv that a person sent, taken apart without trusting it.

What a file is shows in its first bytes, never in its name. Its size is looked at before it is unpacked;
macros, passwords, old .xls and everything else that is not a spreadsheet are refused, each with what to do.
"""

import csv
import re
import warnings
import zlib
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from bot.domain.errors import Refused
from bot.domain.roster import RawTable
from bot.domain.roster_cells import UNCOMPUTED, is_blank
from bot.domain.roster_columns import ROSTER, Kind, kind_of_sheet, kind_of_table

if TYPE_CHECKING:
    from openpyxl.reader.excel import ExcelReader

MAX_COLUMNS = 64
MAX_ROW_NUMBER = 1_048_576
MAX_SHEETS = 20
MAX_PARTS = 1000
HEADER_WITHIN = 20
"""Titles may stand above the header: it is looked for among this many rows."""

GUARDED = re.compile(r"'+[=+\-@\t\r]")
"""How a text looks that was kept from being a formula by a `'` before it (see `roster_workbook`)."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")

_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_OTHER_TEXTS = ("%PDF", "<", "{")

Rows = list[tuple[int, list[object]]]


class UnreadableFile(Refused):
    """A file that cannot be taken for a roster; `values` has its name as `file`."""


def read_roster(
    files: Sequence[tuple[str, bytes]],
    *,
    max_rows: int,
    max_cells_bytes: int,
    kinds: Sequence[Kind] = ROSTER,
) -> list[RawTable]:
    """The tables in the files, given as (name, content): the sheets of workbooks, and a table for each .csv.

    They are of `kinds`. Sheets that hold nothing, or that are recognised neither by their headings nor by
    their name, are passed over; where nothing at all is recognised, the first sheet is taken for people (or
    for the one kind there is), so that its headings get explained. A table is read a little beyond
    `max_rows` filled rows, for the check to refuse it; `max_cells_bytes` is how large a file may be once
    unpacked. Raises UnreadableFile.
    """
    sheets = [
        sheet for name, data in files for sheet in _sheets(name, data, kinds, max_rows, max_cells_bytes)
    ]
    filled = [(name, rows) for name, rows in sheets if rows]
    if not filled:
        raise UnreadableFile("roster.file.no_table", file=", ".join(name for name, _ in files))
    tables = [table for name, rows in filled if (table := _table(name, rows, kinds)) is not None]
    if tables:
        return tables
    name, rows = filled[0]
    return [
        RawTable(
            "people" if "people" in kinds else kinds[0], _headings(rows[0][1]), rows[1:], name, rows[0][0]
        )
    ]


def _sheets(
    name: str, data: bytes, kinds: Sequence[Kind], max_rows: int, max_bytes: int
) -> list[tuple[str, Rows]]:
    limit = max_rows + HEADER_WITHIN + 1
    if not data:
        raise UnreadableFile("roster.file.empty", file=name)
    if data.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise UnreadableFile("roster.file.encrypted" if encrypted else "roster.file.old_excel", file=name)
    if not data.startswith(_ZIP):
        rows = _csv_rows(name, _decoded(name, data, max_bytes), kinds)
        return [(PurePath(name).name, _filled(rows, limit))]
    _inspect_package(name, data, max_bytes)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not support is not in the cells
            return list(_xlsx_sheets(data, limit))
    except Exception as why:  # openpyxl lets through whatever a damaged part happens to break in it
        raise UnreadableFile("roster.file.damaged", file=name) from why


def _filled(rows: Iterable[tuple[int, Sequence[object]]], limit: int) -> Rows:
    filled = ((number, list(cells[:MAX_COLUMNS])) for number, cells in rows if _says_anything(cells))
    return list(islice(filled, limit))


def _says_anything(cells: Sequence[object]) -> bool:
    """Counting first: a sheet formatted down to its last row has a million rows of nothing."""
    return cells.count(None) < len(cells) and not all(map(is_blank, cells))


# Which table it is


def _table(name: str, rows: Rows, kinds: Sequence[Kind]) -> RawTable | None:
    """The table on a sheet, its header found; None where neither headings nor name say what it holds."""
    sheet = PurePath(name).stem
    for place, (number, cells) in enumerate(rows[:HEADER_WITHIN]):
        kind = kind_of_table(sheet, _headings(cells), kinds)
        if kind:
            return RawTable(kind, _headings(cells), rows[place + 1 :], name, number)
    kind = kind_of_sheet(sheet, kinds)
    if kind is None:
        return None
    several = (place for place, (_, cells) in enumerate(rows) if len([*filter(None, _headings(cells))]) > 1)
    place = next(several, 0)
    return RawTable(kind, _headings(rows[place][1]), rows[place + 1 :], name, rows[place][0])


def _headings(cells: Sequence[object]) -> list[str]:
    return ["" if is_blank(cell) else " ".join(str(cell).split())[:100] for cell in cells]


# Workbooks


def _inspect_package(name: str, data: bytes, max_bytes: int) -> None:
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            unpacked = sum(part.file_size for part in parts)
            names = {part.filename for part in parts}
            if any(part.flag_bits & 1 for part in parts):
                raise UnreadableFile("roster.file.encrypted", file=name)
            if unpacked > max_bytes or len(parts) > MAX_PARTS:
                raise UnreadableFile("roster.file.too_large", file=name, limit=max_bytes // 2**20)
            types = package.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as why:
        raise UnreadableFile("roster.file.damaged", file=name) from why
    if b"macroEnabled" in types or any(part.endswith("vbaProject.bin") for part in names):
        raise UnreadableFile("roster.file.macros", file=name)
    if b"spreadsheetml.sheet.main+xml" not in types:
        raise UnreadableFile("roster.file.not_spreadsheet", file=name)


def _xlsx_sheets(data: bytes, limit: int) -> Iterator[tuple[str, Rows]]:
    book = _open(data, values=True)
    formulas: ExcelReader | None = None
    for sheet, part in islice(book.parser.find_sheets(), MAX_SHEETS):
        if sheet.name not in book.wb.sheetnames or part.target not in book.valid_files:
            continue
        xml = book.archive.read(part.target)
        cells = _cells(book, sheet.name)
        if _FORMULA.search(xml):
            formulas = formulas or _open(data, values=False)
            cells = _with_unknown_formulas(cells, _cells(formulas, sheet.name))
        rows = _filled(enumerate(cells, start=1), limit)
        _fill_merged(dict(rows), (match[1].decode() for match in _MERGED.finditer(xml)))
        yield sheet.name, [(number, _trimmed(cells)) for number, cells in rows]


def _trimmed(cells: list[object]) -> list[object]:
    width = next((place for place in range(len(cells), 0, -1) if cells[place - 1] is not None), 0)
    return cells[:width]


def _open(data: bytes, *, values: bool) -> "ExcelReader":
    from openpyxl.reader.excel import ExcelReader  # noqa: PLC0415 - a tenth of the bot's start

    reader = ExcelReader(BytesIO(data), read_only=True, data_only=values, keep_links=False)
    reader.read()
    return reader


def _cells(book: "ExcelReader", sheet: str) -> Iterator[tuple[object, ...]]:
    yield from book.wb[sheet].iter_rows(max_row=MAX_ROW_NUMBER, max_col=MAX_COLUMNS, values_only=True)


def _with_unknown_formulas(
    values: Iterator[tuple[object, ...]], formulas: Iterator[tuple[object, ...]]
) -> Iterator[tuple[object, ...]]:
    """The values, and UNCOMPUTED where a formula was saved without one: an empty cell would hide it."""
    for row, written in zip(values, formulas, strict=True):
        yield tuple(
            UNCOMPUTED if value is None and formula is not None else value
            for value, formula in zip(row, written, strict=True)
        )


def _fill_merged(rows: dict[int, list[object]], merged: Iterator[str]) -> None:
    """Let a cell merged over several rows stand in each of them that holds anything else."""
    from openpyxl.utils import range_boundaries  # noqa: PLC0415 - as above

    filled = 0
    for cells in merged:
        column, first, _, last = range_boundaries(cells)
        if not (column and first and last) or column > MAX_COLUMNS or first not in rows:
            continue
        for number in range(first + 1, min(last, max(rows)) + 1):
            filled += 1
            if filled > len(rows) * MAX_COLUMNS + MAX_ROW_NUMBER:
                return
            if number in rows and rows[number][column - 1] is None:
                rows[number][column - 1] = rows[first][column - 1]


# Text


def _decoded(name: str, data: bytes, max_bytes: int) -> str:
    """The text: UTF-8, UTF-16 with its mark, else windows-1258, the old Vietnamese of Windows."""
    if len(data) > max_bytes:
        raise UnreadableFile("roster.file.too_large", file=name, limit=max_bytes // 2**20)
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1258"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _BINARY.search(text) and not text.lstrip().startswith(_OTHER_TEXTS):
            return text
    raise UnreadableFile("roster.file.not_spreadsheet", file=name)


def _csv_rows(name: str, text: str, kinds: Sequence[Kind]) -> Iterator[tuple[int, list[object]]]:
    told = re.match(r"sep=([,;\t])\r?\n", text)
    body = text[told.end() :] if told else text
    delimiter = told[1] if told else _delimiter(body, kinds)
    try:
        for number, record in enumerate(_records(body, delimiter), start=1):
            yield number, [_unguarded(cell) for cell in record]
    except csv.Error as why:
        raise UnreadableFile("roster.file.damaged", file=name) from why


def _unguarded(cell: str) -> str:
    if cell.startswith("="):
        return UNCOMPUTED
    return cell[1:] if GUARDED.match(cell) else cell


def _delimiter(text: str, kinds: Sequence[Kind]) -> str:
    """Of `,` `;` tab the one that gives a known header, else the one that gives most columns."""
    fits: dict[str, tuple[bool, int]] = {}
    for delimiter in ",;\t":
        try:
            rows = list(islice(_records(text, delimiter), HEADER_WITHIN))
        except csv.Error:
            continue
        known = any(kind_of_table("", _headings(row), kinds) for row in rows)
        fits[delimiter] = (known, max(map(len, rows), default=0))
    return max(fits, key=lambda delimiter: fits[delimiter], default=",")


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter)
