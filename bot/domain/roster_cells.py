"""One cell of a roster file, as Excel or a person left it, turned into the value it means."""

import math
import re
import unicodedata
from datetime import date, datetime, timedelta

from bot.domain.phones import normal_phone
from bot.domain.role_words import parse_roles
from bot.domain.roles import Role
from bot.domain.writing import clean

CODE_LENGTH = 32
NAME_LENGTH = 80
SHORT_NAME_LENGTH = 40
TEXT_LENGTH = 200
TELEGRAM_ID_LIMIT = 2**52
"""Telegram's ids have at most 52 significant bits (Bot API, `User.id`)."""

UNCOMPUTED = "=…"
"""What stands in a cell whose formula was saved without its value."""

_EXCEL_EPOCH = date(1899, 12, 30)
_YEARS = range(1945, 2101)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_EXCEL_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")


class BadCell(Exception):
    """A cell that means nothing usable: `message_id` takes `values`."""

    def __init__(self, message_id: str, **values: str | int) -> None:
        super().__init__(message_id)
        self.message_id = message_id
        self.values = values


def is_blank(cell: object) -> bool:
    """Whether nothing is written in the cell, control characters and spaces not counted."""
    return cell is None or (isinstance(cell, str) and not clean(cell, multiline=True).strip())


def read_text(cell: object, limit: int = TEXT_LENGTH, *, multiline: bool = False) -> str:
    """The cell's text, cleaned; whole numbers without the `.0` Excel gives them; "" for an empty cell.

    Raises BadCell for text over `limit` characters, and for a formula without a value or with an error.
    """
    text = _written(cell, multiline=multiline)
    if text == UNCOMPUTED or _EXCEL_ERROR.fullmatch(text):
        raise BadCell("roster.cell.formula", value=text)
    if len(text) > limit:
        raise BadCell("roster.cell.too_long", limit=limit, length=len(text))
    return text


def _written(cell: object, *, multiline: bool) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).upper()
        case float() if math.isfinite(cell) and cell.is_integer():
            return str(int(cell))
        case datetime() | date():
            return f"{cell:%d/%m/%Y}"
        case _:
            return clean(str(cell), multiline=multiline).strip()


def read_code(cell: object) -> str:
    """A code: words without spaces between them."""
    return "".join(read_text(cell, CODE_LENGTH).split())


def read_full_name(cell: object) -> str:
    """A person's name: letters, with `( ) . ' - ,` between them. Raises BadCell."""
    name = " ".join(read_text(cell, NAME_LENGTH).split())
    letters = sum(char.isalpha() for char in name)
    if any(char.isdigit() for char in name):
        raise BadCell("roster.cell.name_digits", value=name)
    odd = [char for char in name if not (unicodedata.category(char)[0] in "LM" or char in " ().,'’-")]
    if odd:
        raise BadCell("roster.cell.name_characters", value=name, characters=" ".join(dict.fromkeys(odd)))
    if name and letters < 2:
        raise BadCell("roster.cell.name_short", value=name)
    return name


def read_short_names(cell: object) -> tuple[str, ...]:
    """Short names, separated by `,` `;` or a new line, each once."""
    parts = re.split(r"[,;\n]+", read_text(cell, TEXT_LENGTH, multiline=True))
    names = tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))
    too_long = next((name for name in names if len(name) > SHORT_NAME_LENGTH), None)
    if too_long:
        raise BadCell("roster.cell.too_long", limit=SHORT_NAME_LENGTH, length=len(too_long))
    return names


def read_roles(cell: object) -> frozenset[Role]:
    """The roles the cell names; an empty cell is an employee. Raises BadCell with the words naming none."""
    roles, unknown = parse_roles(read_text(cell, TEXT_LENGTH, multiline=True))
    if unknown:
        raise BadCell("roster.cell.unknown_role", value=", ".join(unknown))
    return roles


def read_phone(cell: object) -> str | None:
    """The phone number as `+84…`, None for an empty cell. Raises BadCell."""
    text = read_text(cell)
    phone = normal_phone(text)
    if text and phone is None:
        raise BadCell("roster.cell.bad_phone", value=text)
    return phone


def read_telegram_id(cell: object) -> int | None:
    """The number of a Telegram account, None for an empty cell. Raises BadCell, for an @username too."""
    text = read_text(cell)
    if not text:
        return None
    number = int(text) if re.fullmatch(r"[0-9]{1,16}", text) else 0
    if not 0 < number < TELEGRAM_ID_LIMIT:
        raise BadCell("roster.cell.bad_telegram_id", value=text)
    return number


def read_date(cell: object) -> date | None:
    """The day: an Excel date, its serial number, 31/12/2026 or 2026-12-31. None for an empty cell.

    Raises BadCell for anything else, and outside 1945–2100.
    """
    if is_blank(cell):
        return None
    day = _day(cell)
    if day is None or day.year not in _YEARS:
        raise BadCell("roster.cell.bad_date", value=read_text(cell))
    return day


def _day(cell: object) -> date | None:
    match cell:
        case datetime():
            return cell.date()
        case date():
            return cell
    text = read_text(cell)
    if re.fullmatch(r"[0-9]{5}", text):
        return _EXCEL_EPOCH + timedelta(days=int(text))
    day_first, year_first = _DAY_FIRST.fullmatch(text), _YEAR_FIRST.fullmatch(text)
    try:
        if day_first:
            day, month, year = map(int, day_first.groups())
            return date(year, month, day)
        if year_first:
            year, month, day = map(int, year_first.groups())
            return date(year, month, day)
    except ValueError:
        return None
    return None
