"""The data file of what documents carry, which an office may replace: every mistake is told at once."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from bot import config_values as read
from bot.config_values import Mistake, Unfit, safe, shown
from bot.domain.documents import DocumentKind
from bot.domain.records import Agency, Dated, Law, Plan, Recipients, Records, Signer

_LINES_MAX = 30
_LINE_MAX = 500


class RecordMistakes(Exception):
    """The file cannot be used; `mistakes` holds all that is wrong with it."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = list(mistakes)


class _Sort(NamedTuple):
    """A sort of entries: what one becomes, how keys are read, which it needs, which may not hold at once."""

    make: Callable[..., Dated]
    readers: Mapping[str, Callable[[object], object]]
    needed: tuple[str, ...]
    rivals: Callable[[Any], object]


def read_records(path: Path | None, office: Agency) -> Records:
    """The records of a file, or of the one that comes along; `office` fills in for the agency.

    Raises RecordMistakes.
    """
    document = _read(path)
    mistakes = [read.unknown(key, _SORTS).at("records", safe(key)) for key in document if key not in _SORTS]
    found: list[Any] = [tuple(_read_entries(name, document.get(name, []), mistakes)) for name in _SORTS]
    if mistakes:
        raise RecordMistakes(mistakes)
    return Records(office, *found)


def _read(path: Path | None) -> dict[str, Any]:
    source = path or files("bot.data").joinpath("records.toml")
    try:
        return read.toml(source)
    except Unfit as unfit:
        raise RecordMistakes([unfit.at("documents", "records", shown(str(path)))]) from None


def _read_entries(name: str, entries: object, mistakes: list[Mistake]) -> list[Dated]:
    """The entries of a sort; those with mistakes are left out."""
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        unfit = Unfit("config.expected.entries_of", "entries that begin with the line [[{name}]]", name=name)
        mistakes.append(unfit.at("records", name))
        return []
    sort = _SORTS[name]
    numbered = [(n, _read_entry(sort, entry, f"{name} {n}", mistakes)) for n, entry in enumerate(entries, 1)]
    good = [(n, entry) for n, entry in numbered if entry is not None]
    mistakes += _overlaps(sort, name, good)
    return [entry for _, entry in good]


def _read_entry(sort: _Sort, entry: Mapping[str, Any], where: str, mistakes: list[Mistake]) -> Dated | None:
    values: dict[str, Any] = {}
    before = len(mistakes)
    for key, value in entry.items():
        if key not in sort.readers:
            mistakes.append(read.unknown(key, sort.readers).at(where, safe(key)))
            continue
        try:
            values[_FIELDS.get(key, key)] = sort.readers[key](value)
        except Unfit as unfit:
            mistakes.append(unfit.at(where, key, shown(value)))
    needed = Unfit("config.expected.needed", "this line: it is needed")
    mistakes += [needed.at(where, key) for key in sort.needed if key not in entry]
    since, until = values.get("since", values.get("dated_on")), values.get("until")
    if since and until and until < since:
        english, value = "a day not before {key} = {value}", since.isoformat()
        wrong = Unfit("config.expected.not_before", english, key="from", value=value)
        mistakes.append(wrong.at(where, "until", until.isoformat()))
    return None if len(mistakes) > before else sort.make(**{**values, "since": since})


def _overlaps(sort: _Sort, name: str, entries: Sequence[tuple[int, Dated]]) -> Iterator[Mistake]:
    """Entries that would hold at once. One without a last day ends where the next begins."""
    rivals: dict[object, list[tuple[date, int, Dated]]] = {}
    for n, entry in entries:
        rivals.setdefault(sort.rivals(entry), []).append((entry.since or date.min, n, entry))
    for group in rivals.values():
        in_order = sorted(group, key=lambda it: it[:2])
        for (since, first, entry), (next_since, second, _) in pairwise(in_order):
            last = entry.until or next_since - timedelta(days=next_since > since)
            if last >= next_since:
                english = "a day behind those of [{other}], which holds until then"
                unfit = Unfit("config.expected.no_overlap", english, other=f"{name} {first}")
                yield unfit.at(f"{name} {second}", "from", "" if next_since == date.min else str(next_since))


def _day(value: object) -> date:
    if type(value) is date:
        return value
    raise Unfit("config.expected.day", "a day such as 2026-12-31, without quotation marks")


def _lines(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and 1 <= len(value) <= _LINES_MAX:
        try:
            return tuple(str(_unended(line)) for line in value)
        except Unfit:
            pass
    english = "a list of 1 to {most} lines in quotation marks"
    raise Unfit("config.expected.lines", english, most=_LINES_MAX)


def _unended(value: object) -> str:
    """A line which the document ends itself."""
    line = str(read.text(1, _LINE_MAX)(value)).rstrip(" ;.,").removeprefix("- ")
    return str(read.text(1, _LINE_MAX)(line))


def _archive(value: object) -> str:
    """The line that ends the recipients, with the mark that ends it."""
    return f"{_unended(value)}."


def _number(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"\d+[/-]\S{2,60}", value.strip()):
        return str(read.text(1, 100)(value))
    raise Unfit("config.expected.number", 'the number and symbol of a document, such as "854/KH-VP"')


_TERM = {"from": _day, "until": _day}
_FIELDS = {"from": "since", "date": "dated_on", "parent": "parent_name", "to": "lines"}
_SORTS: Mapping[str, _Sort] = {
    "agency": _Sort(
        Agency,
        {
            "name": read.text(1, 200),
            "short_name": read.text(1, 200),
            "parent": read.text(1, 200),
            "place": read.text(1, 100),
            "symbol": read.text(1, 20),
            "archive": _archive,
            **_TERM,
        },
        (),
        lambda _: None,
    ),
    "plan": _Sort(
        Plan,
        {
            "number": _number,
            "date": _day,
            "title": read.text(1, _LINE_MAX),
            "bases": _lines,
            "signer": read.text(0, 200),
            "recipients": _lines,
            **_TERM,
        },
        ("number", "date", "title"),
        lambda _: None,
    ),
    "signer": _Sort(
        Signer,
        {
            "post": read.text(1, 100),
            "name": read.text(0, 200),
            "in_place_of": read.text(0, 100),
            "unit": read.text(1, 50),
            **_TERM,
        },
        ("post",),
        lambda signer: (signer.unit, bool(signer.in_place_of)),
    ),
    "recipients": _Sort(
        Recipients,
        {"kind": read.one_of(*DocumentKind), "to": _lines, **_TERM},
        ("to",),
        lambda recipients: recipients.kind,
    ),
    "law": _Sort(Law, {"texts": _lines, **_TERM}, ("texts",), lambda _: None),
}
