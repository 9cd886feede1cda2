"""The cells of an export, from rows as a query gives them: column by column, which is what makes it fast.

Of a nomination of which nothing is told, the cells that are `private` say only that; those of a person whose
data was removed say so. Whatever people typed is text: no cell is ever a formula.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
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
Cell = str | int | float | date | datetime | list[str] | None
Cells = Sequence[Cell]
_CELL_MAX = 32_767
_SURELY_FITS = _CELL_MAX // 2  # a letter counts as two where it is beyond the first 65,536
_SUSPECT = frozenset("'=+-@\t\r")
_NAMES_KEPT = 10_000
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

    def cells(self, table: Table, pieces: Iterable[Sequence[Row]]) -> Iterator[Cells]:
        """The cells of a table's rows, in the order of its columns."""
        made = _Maker(table, self)
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
    def __init__(self, table: Table, voice: Voice) -> None:
        self._columns, self._voice = table.columns, voice
        self._readers = [reader(column, voice) for column in table.columns]
        self._plain = [column.sort in ("number", "share") for column in table.columns]

    def cells(self, rows: Sequence[Row]) -> Iterator[Cells]:
        """A piece of them, not empty."""
        names = list(rows[0].keys())
        # Both drivers' rows give their values when they are walked through.
        given = dict(zip(names, zip(*cast("Sequence[Sequence[Any]]", rows), strict=True), strict=True))
        made = [
            given[column.key] if plain else self._read(column, read, given)
            for column, read, plain in zip(self._columns, self._readers, self._plain, strict=True)
        ]
        if self._is_marked(given):
            self._mark(given, made)
        return zip(*made, strict=True)

    def _is_marked(self, given: Mapping[str, Sequence[Any]]) -> bool:
        whose, *others = (given.get(mark, ()) for mark in _MARKS)
        return not self._voice.withheld.isdisjoint(whose) or any(map(any, others))

    def _read(self, column: Column, read: _Read, given: Mapping[str, Sequence[Any]]) -> list[Any]:
        names = self._voice.unit_names
        if column.sort != "unit" or names is None:
            return list(map(read, given[column.of or column.key]))
        codes = given["unit_code"]
        return [read(names.get(code, name)) for code, name in zip(codes, given[column.key], strict=True)]

    def _mark(self, given: Mapping[str, Sequence[Any]], made: list[Any]) -> None:
        """Say what may not be said, row by row; there are few such rows."""
        texts, withheld = self._voice.texts, self._voice.withheld
        nothing = [None] * len(made[0])
        whose, erased, hidden, unnamed = (given.get(mark, nothing) for mark in _MARKS)
        for n, marks in enumerate(zip(whose, erased, hidden, unnamed, strict=True)):
            number, erased_at, is_hidden, no_name = marks
            if no_name and given["nominator"][n]:
                name = texts.plain("export.hidden_name", name=given["nominator"][n])
                made[self._place("nominator")][n] = self._voice.typed(name)
            if erased_at is None and not is_hidden and number not in withheld:
                continue
            for place, column in enumerate(self._columns):
                if column.private:
                    value = given[column.key][n]
                    told = _told(column, value, texts, hidden=bool(is_hidden) or number in withheld)
                    made[place][n] = told if told is not None else made[place][n]

    def _place(self, key: str) -> int:
        return next(place for place, column in enumerate(self._columns) if column.key == key)


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
            return _as_is if form == "codes" else cache(lambda code: texts.period(code) if code else None)
        case "code":
            return lambda number: f"{number:04}"
        case "list":
            return cache(lambda value: _listed(value, words, form))
        case "names":
            return cache(lambda value: _names(value, voice))
        case "notice":
            return cache(lambda value: _notice(value, texts, form))
    if words and column.sort == "text":
        return _as_is if form == "codes" else cache(lambda code: words.get(code, code) or None)
    known = {**words, **({"": texts.plain(column.empty)} if column.empty else {})}
    if form == "codes":
        return (lambda value: known.get(value, value)) if known else _as_is
    if column.sort == "long" and form == "book" and not known:
        return _long
    typed = _typed(voice.typed, known)
    return typed if column.sort == "long" else lru_cache(_NAMES_KEPT)(typed)


def _typed(typed: Callable[[str], str | None], known: Mapping[str, str]) -> _Read:
    return lambda value: known[value] if value in known else typed(value) if value else None


def _long(value: str | None) -> str | None:
    if not value:
        return None
    return value if len(value) <= _SURELY_FITS else _fitting(value)


def _as_is(value: Any) -> Any:
    return value


def _moment(voice: Voice) -> _Read:
    zone = voice.zone
    if voice.form == "codes":
        return lambda us: None if us is None else from_us(us).astimezone(zone).isoformat(timespec="seconds")
    if voice.form == "text":
        return lambda us: None if us is None else f"{from_us(us).astimezone(zone):%Y-%m-%d %H:%M}"
    at = datetime.fromtimestamp  # the book is told what the clock there shows
    return lambda us: None if us is None else at(us // 1_000_000, zone)


def _day(value: str | None) -> date | str | None:
    """A day as a day; Excel knows none before 1900."""
    return (date.fromisoformat(value) if value >= "1900-03" else value) if value else None


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
