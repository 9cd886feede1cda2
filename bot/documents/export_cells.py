"""The cells of an export, from rows as a query gives them: column by column, which is what makes it fast.

Of a nomination of which nothing is told, the cells that are `private` say only that; those of a person whose
data was removed say so. Whatever people typed is text: no cell is ever a formula.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from bot.clock import from_us
from bot.documents.export_columns import Column, Table
from bot.documents.guarding import guarded
from bot.operations.occasion_words import notice_title
from bot.texts import Texts
from storage.database import Row

Form = Literal["book", "text", "codes"]
"""Cells of a workbook, cells of a .csv, values of JSON."""
Cell = str | int | float | list[str] | None
"""Days and instants of a workbook are days since the end of 1899, as Excel counts them."""
Cells = Sequence[Cell]
Shape = Callable[[Cell], Any]
"""What a cell becomes in a file that is not made of cells."""
_CELL_MAX = 32_767
_SURELY_FITS = _CELL_MAX // 2  # a letter counts as two where it is beyond the first 65,536
_SUSPECT = frozenset("'=+-@\t\r")
_DAY_ZERO = date(1899, 12, 30).toordinal()
_DAY_ZERO_S = 25_569 * 86_400
"""From there to 1970."""
_KEPT = 10_000
_SELDOM_TWICE = ("long", "moment", "number", "share", "code")
_NAMES = ("nominee", "representative")
_MARKS = ("nomination_id", "nominee_erased_at", "hidden", "hide_name")

_Read = Callable[[Any], Any]


@dataclass(frozen=True)
class Voice:
    """How cells are written. Of the nominations `withheld` nothing is told; `unit_names` are by code."""

    texts: Texts
    zone: ZoneInfo
    form: Form
    withheld: frozenset[int] = frozenset()
    unit_names: Mapping[str, str] | None = None

    def cells(
        self, table: Table, pieces: Iterable[Sequence[Row]], shapes: Sequence[Shape] | None = None
    ) -> Iterator[Sequence[Any]]:
        """The cells of a table's rows, in the order of its columns, each in the shape of its column."""
        made = _Maker(table, self, shapes)
        for rows in pieces:
            yield from made.cells(rows)

    def line(self, columns: Sequence[Column], values: Mapping[str, object]) -> Cells:
        """The cells of one row that is there by the names of its columns."""
        return [reader(column, self)(values[column.key]) for column in columns]

    def typed(self, text: str) -> str | None:
        """A text as it can stand in a cell."""
        if self.form == "text":
            return guarded(text) if text[:1] in _SUSPECT else text
        return _fitting(text) if self.form == "book" else text


class _Maker:
    def __init__(self, table: Table, voice: Voice, shapes: Sequence[Shape] | None) -> None:
        self._columns, self._voice = table.columns, voice
        self._shapes = shapes or [_as_is] * len(table.columns)
        self._made = [
            _Made(reader(column, voice), shape)
            for column, shape in zip(self._columns, self._shapes, strict=True)
        ]

    def cells(self, rows: Sequence[Row]) -> Iterator[Sequence[Any]]:
        """A piece of them, not empty."""
        names = list(rows[0].keys())
        # Both drivers' rows give their values when they are walked through.
        given = dict(zip(names, zip(*cast("Sequence[Sequence[Any]]", rows), strict=True), strict=True))
        made = [
            self._column(column, known, given)
            for column, known in zip(self._columns, self._made, strict=True)
        ]
        if self._is_marked(given):
            self._mark(given, made)
        return zip(*made, strict=True)

    def _is_marked(self, given: Mapping[str, Sequence[Any]]) -> bool:
        whose, *others = (given.get(mark, ()) for mark in _MARKS)
        return not self._voice.withheld.isdisjoint(whose) or any(map(any, others))

    def _column(self, column: Column, made: "_Made", given: Mapping[str, Sequence[Any]]) -> list[Any]:
        values, names = given[column.of or column.key], self._voice.unit_names
        if column.sort == "unit" and names is not None:
            values = [names.get(code, name) for code, name in zip(given["unit_code"], values, strict=True)]
        if made.is_plain:
            return list(values)
        if column.sort in _SELDOM_TWICE or len(made) > _KEPT:
            made.clear()
        return list(map(made.__getitem__, values))

    def _mark(self, given: Mapping[str, Sequence[Any]], made: list[Any]) -> None:
        """Say what may not be said, row by row; there are few such rows."""
        texts, withheld = self._voice.texts, self._voice.withheld
        nothing = [None] * len(made[0])
        whose, erased, hidden, unnamed = (given.get(mark, nothing) for mark in _MARKS)
        for n, marks in enumerate(zip(whose, erased, hidden, unnamed, strict=True)):
            number, erased_at, is_hidden, no_name = marks
            if no_name and given["nominator"][n]:
                name = texts.plain("export.hidden_name", name=given["nominator"][n])
                place = self._place("nominator")
                made[place][n] = self._shapes[place](self._voice.typed(name))
            if erased_at is None and not is_hidden and number not in withheld:
                continue
            for place, column in enumerate(self._columns):
                if column.private:
                    value = given[column.key][n]
                    told = _told(column, value, texts, hidden=bool(is_hidden) or number in withheld)
                    made[place][n] = self._shapes[place](told) if told is not None else made[place][n]

    def _place(self, key: str) -> int:
        return next(place for place, column in enumerate(self._columns) if column.key == key)


class _Made(dict[Any, Any]):
    """Cells in their shape by their values: what comes again is not made again."""

    def __init__(self, read: _Read, shape: Shape) -> None:
        super().__init__()
        self._read, self._shape = read, shape
        self.is_plain = read is shape is _as_is

    def __missing__(self, value: Any) -> Any:
        made = self[value] = self._shape(self._read(value))
        return made


def _told(column: Column, value: object, texts: Texts, *, hidden: bool) -> str | None:
    """What stands in a private cell instead; None if the cell may stay."""
    if hidden:
        return texts.plain("export.withheld") if value else None
    if column.key in _NAMES:
        return texts.plain("person.erased")
    return texts.plain("story.erased") if value == "" and column.sort == "long" else None


def reader(column: Column, voice: Voice) -> _Read:
    """What makes a cell out of a value of the column."""
    texts, form = voice.texts, voice.form
    words = {code: texts.plain(word) for code, word in column.words.items()}
    match column.sort:
        case "number" | "share":
            return _as_is
        case "moment":
            return _moment(voice)
        case "day":
            return _day if form == "book" else _as_is
        case "period":
            return _as_is if form == "codes" else lambda code: texts.period(code) if code else None
        case "code":
            return lambda number: f"{number:04}"
        case "list":
            return lambda value: _listed(value, words, form)
        case "names":
            return lambda value: _names(value, voice)
        case "notice":
            return lambda value: _notice(value, texts, form)
    if words and column.sort == "text":
        return _as_is if form == "codes" else lambda code: words.get(code, code) or None
    known = {**words, **({"": texts.plain(column.empty)} if column.empty else {})}
    if form == "codes":
        return (lambda value: known.get(value, value)) if known else _as_is
    return _typed(voice.typed, known)


def _typed(typed: Callable[[str], str | None], known: Mapping[str, str]) -> _Read:
    return lambda value: known[value] if value in known else typed(value) if value else None


def _as_is(value: Any) -> Any:
    return value


def _moment(voice: Voice) -> _Read:
    zone = voice.zone
    if voice.form == "codes":
        return lambda us: None if us is None else from_us(us).astimezone(zone).isoformat(timespec="seconds")
    if voice.form == "text":
        return lambda us: None if us is None else f"{from_us(us).astimezone(zone):%Y-%m-%d %H:%M}"
    ahead = lru_cache(_KEPT)(lambda hour: _seconds_ahead(hour, zone))

    def counted(us: int | None) -> float | None:
        if us is None:
            return None
        second = us // 1_000_000
        return (second + ahead(second // 3600) + _DAY_ZERO_S) / 86_400

    return counted


def _seconds_ahead(hour: int, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(hour * 3600, zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _day(value: str | None) -> int | str | None:
    """A day as a day; Excel knows none before 1900."""
    return (
        (date.fromisoformat(value).toordinal() - _DAY_ZERO if value >= "1900-03" else value)
        if value
        else None
    )


def _listed(value: str | None, words: Mapping[str, str], form: Form) -> Cell:
    if value is None:
        return None
    listed = json.loads(value) if value.startswith("[") else value.partition("#")[0].split(",")
    codes = list(dict.fromkeys(filter(None, listed)))
    return codes if form == "codes" else ", ".join(words.get(code, code) for code in codes) or None


def _names(value: str | None, voice: Voice) -> Cell:
    """Names stand behind the codes that came with them."""
    names = list(dict.fromkeys(filter(None, (value or "").partition("#")[2].split("|"))))
    return names if voice.form == "codes" else voice.typed("; ".join(names)) or None


def _notice(value: str, texts: Texts, form: Form) -> str:
    kind, _, occurrence = value.partition("|")
    return kind if form == "codes" else notice_title(texts, kind, occurrence)


def _fitting(text: str) -> str:
    """Excel takes so many letters in a cell, as UTF-16 counts them."""
    if len(text) <= _SURELY_FITS:
        return text
    counted = text.encode("utf-16-le")
    if len(counted) <= 2 * _CELL_MAX:
        return text
    return counted[: 2 * (_CELL_MAX - 1)].decode("utf-16-le", "ignore") + "…"
