"""Roster files out: an empty workbook to fill in, and the roster as a workbook or as .csv.

What is written here is read back by `roster_files` without any change. Codes, phones and Telegram ids are
text, so that Excel neither rounds them nor eats their zeros. Phones are written as the office writes them,
0912 345 678: a number with blanks stays text in a .csv too, and no `+` there has to be guarded.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from bot.documents.guarding import guarded
from bot.domain.roles import Role
from bot.domain.roster import PersonRow, UnitRow

Words = Mapping[str, str]
"""The words of `WORDS`, in one language. Headings and roles must be such as `check_roster` understands."""

Cell = str | date | None

_UNIT_COLUMNS = {"code": 14, "name": 44, "short_names": 24, "parent": 14, "from": 13, "to": 13}
_PERSON_COLUMNS = {
    "code": 14,
    "full_name": 30,
    "post": 28,
    "unit": 14,
    "role": 26,
    "phone": 18,
    "telegram_id": 16,
    "deputy_of": 18,
    "from": 13,
    "to": 13,
}
_DATES = ("from", "to")
_ROWS_TO_FILL = 500

WORDS = (
    "sheet.units",
    "sheet.people",
    "sheet.guide",
    *(f"units.{column}" for column in _UNIT_COLUMNS),
    *(f"people.{column}" for column in _PERSON_COLUMNS),
    *(f"role.{role}" for role in Role),
    "guide",
)
"""The keys a `Words` has. `guide` is the text of the sheet with instructions, a line a row."""


def write_template(path: Path, words: Words) -> None:
    """An empty workbook to fill in: people, units, and the instructions, which hold the examples."""
    write_roster(path, (), (), words)


def write_roster(path: Path, units: Iterable[UnitRow], people: Iterable[PersonRow], words: Words) -> None:
    """The roster as a workbook that can be mended and imported again."""
    unit_rows = [_unit_cells(unit) for unit in units]
    person_rows = [_person_cells(person, words) for person in people]
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = _write_table(book, "people", _PERSON_COLUMNS, person_rows, words)
        last = len(person_rows) + _ROWS_TO_FILL
        _offer(sheet, "role", [words[f"role.{role}"] for role in Role], last)
        units_sheet = words["sheet.units"].replace("'", "''")
        codes = f"='{units_sheet}'!$A$2:$A${len(unit_rows) + _ROWS_TO_FILL}"
        _offer(sheet, "unit", codes, last)
        _offer(sheet, "deputy_of", codes, last)
        _write_table(book, "units", _UNIT_COLUMNS, unit_rows, words)
        _write_guide(book, words)


def write_people_csv(path: Path, people: Iterable[PersonRow], words: Words) -> None:
    """The people as .csv: UTF-8 with its mark, commas, days as 2026-12-31, no cell a formula."""
    _write_csv(path, "people", _PERSON_COLUMNS, [_person_cells(person, words) for person in people], words)


def write_units_csv(path: Path, units: Iterable[UnitRow], words: Words) -> None:
    """The units as .csv, in the same manner."""
    _write_csv(path, "units", _UNIT_COLUMNS, [_unit_cells(unit) for unit in units], words)


# Rows


def _unit_cells(unit: UnitRow) -> list[Cell]:
    return [unit.code, unit.name, ", ".join(unit.short_names), unit.parent, unit.from_on, unit.to_on]


def _person_cells(person: PersonRow, words: Words) -> list[Cell]:
    roles = sorted(person.roles - {Role.EMPLOYEE}) or [Role.EMPLOYEE]
    return [
        person.code,
        person.full_name,
        person.post,
        person.unit,
        ", ".join(words[f"role.{role}"] for role in roles),
        shown_phone(person.phone or ""),
        str(person.telegram_id or ""),
        person.deputy_of,
        person.deputy_from,
        person.deputy_to,
    ]


def shown_phone(phone: str) -> str:
    """+84912345678 as 0912 345 678; another country's number stays as it is."""
    at_home = re.fullmatch(r"\+84(\d{3})(\d{3})(\d{3,4})", phone)
    return f"0{at_home[1]} {at_home[2]} {at_home[3]}" if at_home else phone


# Workbook


def _write_table(
    book: Workbook, kind: str, columns: Mapping[str, int], rows: Sequence[Sequence[Cell]], words: Words
) -> Worksheet:
    heading = book.add_format(
        {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    text = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet(words[f"sheet.{kind}"])
    sheet.freeze_panes(1, 2)
    for place, (column, width) in enumerate(columns.items()):
        sheet.set_column(place, place, width, day if column in _DATES else text)
        sheet.write_string(0, place, words[f"{kind}.{column}"], heading)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    for number, cells in enumerate(rows, start=1):
        for place, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(number, place, datetime.combine(cell, time()), day)
            elif cell:
                sheet.write_string(number, place, cell, text)
    return sheet


def _offer(sheet: Worksheet, column: str, choices: list[str] | str, last: int) -> None:
    """A list to choose from; other text may be typed: a cell may hold several roles, or a unit's name."""
    place = list(_PERSON_COLUMNS).index(column)
    sheet.data_validation(1, place, last, place, {"validate": "list", "source": choices, "show_error": False})


def _write_guide(book: Workbook, words: Words) -> None:
    sheet = book.add_worksheet(words["sheet.guide"])
    sheet.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
    for row, line in enumerate(words["guide"].splitlines()):
        sheet.write_string(row, 0, line)


# Text


def _write_csv(
    path: Path, kind: str, columns: Mapping[str, int], rows: Sequence[Sequence[Cell]], words: Words
) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(words[f"{kind}.{column}"] for column in columns)
        for cells in rows:
            writer.writerow(cell if isinstance(cell, date) else guarded(cell or "") for cell in cells)
