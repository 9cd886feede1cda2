"""The data file of the big days, which an office may replace: read whole, every mistake told at once."""

import difflib
import re
import tomllib
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any

from bot.config_values import Mistake, Unfit, flag, one_of, safe, shown, text, whole
from bot.domain.audience import Audience
from bot.domain.big_days import BigDay, Tone
from bot.domain.roles import Role
from bot.texts import N_

WORDS = {
    N_("big_day.call"): True,
    N_("big_day.martyrs"): True,
    N_("big_day.national"): True,
    N_("big_day.festive"): True,
    N_("big_day.festive_plain"): False,
    N_("big_day.tet"): False,
    N_("big_day.tet_eve"): False,
    N_("big_day.ancestors"): False,
    N_("big_day.solemn"): False,
}
"""The words that come along, and whether they say the years."""
_OWN_FIELDS = ("years", "year", "base_year", "day", "name", "you", "You")
_SAYING_YEARS = {"years", "base_year", "day"}
_OWN_WORDS_MAX = 1000
_LEAP_YEAR_AND_OTHER = (2027, 2028)


class BigDayMistakes(Exception):
    """The file cannot be used; `mistakes` holds all that is wrong with it."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = list(mistakes)


def read_big_days(path: Path | None) -> tuple[BigDay, ...]:
    """The days of a file, or of the one that comes along. Raises BigDayMistakes."""
    try:
        source = path.read_text("utf-8-sig") if path else _shipped()
        entries = tomllib.loads(source).get("day", [])
    except OSError:
        raise BigDayMistakes([_no_file().at("big_days", "file", shown(str(path)))]) from None
    except (ValueError, RecursionError):
        raise BigDayMistakes([_bad_file().at("big_days", "file", shown(str(path)))]) from None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        unfit = Unfit("config.expected.entries", "entries that begin with the line [[day]]")
        raise BigDayMistakes([unfit.at("big_days", "day")])
    mistakes: list[Mistake] = []
    days = [_read_day(entry, f"day {number}", mistakes) for number, entry in enumerate(entries, 1)]
    ids = [day.id for day in days if day]
    twice = [(number, one) for number, one in enumerate(ids, 1) if one in ids[: number - 1]]
    mistakes += [_bad_id().at(f"day {number}", "id", shown(one)) for number, one in twice]
    if mistakes:
        raise BigDayMistakes(mistakes)
    return tuple(day for day in days if day)


def _shipped() -> str:
    return files("bot.data").joinpath("big_days.toml").read_text("utf-8")


def _read_day(entry: Mapping[str, Any], where: str, mistakes: list[Mistake]) -> BigDay | None:
    where = f"day {entry['id']}" if isinstance(entry.get("id"), str) else where
    values: dict[str, Any] = {}
    before = len(mistakes)
    for key, value in entry.items():
        if key not in _READERS:
            near = difflib.get_close_matches(key, _READERS, n=1)
            names = near[0] if near else ", ".join(_READERS)
            unfit = Unfit("config.expected.known", "a known name, one of: {names}", names=names)
            mistakes.append(unfit.at(where, safe(key)))
            continue
        try:
            values[key] = _READERS[key](value)
        except Unfit as unfit:
            mistakes.append(unfit.at(where, key, shown(value)))
    mistakes += [unfit.at(where, key) for key, unfit in _missing(entry, values)]
    if len(mistakes) > before:
        return None
    lunar, solar = values.pop("lunar", None), values.pop("date", None)
    day, month = lunar or solar
    return BigDay(**{"name_en": values["name"], **values}, day=day, month=month, lunar=lunar is not None)


def _missing(entry: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[tuple[str, Unfit]]:
    """What an entry lacks, or has too much of."""
    for key in ("id", "name"):
        if key not in entry:
            english = "one line of {low} to {high} characters"
            yield key, Unfit("config.expected.text", english, low=1, high=200)
    if ("date" in entry) == ("lunar" in entry):
        yield "date", Unfit("config.expected.one_day", "either date or lunar")
    own = values.get("text", "")
    says_years = bool(_fields(own) & _SAYING_YEARS) if own else WORDS.get(values.get("text_id", ""), False)
    if says_years and "base_year" not in entry:
        yield "base_year", Unfit("config.expected.base_year", "base_year, since these words say the years")


def _day_id(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9_]{1,40}", value):
        return value
    raise _bad_id()


def _solar(value: object) -> tuple[int, int]:
    found = _day_and_month(value)
    if found and all(found[0] <= monthrange(year, found[1])[1] for year in _LEAP_YEAR_AND_OTHER):
        return found
    raise Unfit("config.expected.solar_day", 'a day/month of every year, such as "11/6"')


def _lunar(value: object) -> tuple[int, int]:
    found = _day_and_month(value)
    if found and found[0] <= 29:
        return found
    raise Unfit("config.expected.lunar_day", 'a lunar day/month of every year (days 1–29), such as "10/3"')


def _day_and_month(value: object) -> tuple[int, int] | None:
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})", value) if isinstance(value, str) else None
    if match and 1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12:
        return int(match[1]), int(match[2])
    return None


def _own_words(value: object) -> str:
    if isinstance(value, str) and 0 < len(value.strip()) <= _OWN_WORDS_MAX:
        try:
            if _fields(value) <= set(_OWN_FIELDS):
                return value.strip()
        except ValueError:
            pass
    raise Unfit(
        "config.expected.day_text", "words with no other fields than: {fields}", fields=", ".join(_OWN_FIELDS)
    )


def _fields(words: str) -> set[str]:
    """The names in braces. Raises ValueError for braces that do not match."""
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def _tone(value: object) -> Tone:
    return Tone(str(one_of(*Tone)(value)))


def _audience(value: object) -> Audience:
    if isinstance(value, dict) and value.keys() <= {"units", "roles"}:
        units, roles = value.get("units", []), value.get("roles", [])
        if _are_texts(units) and _are_texts(roles) and set(roles) <= set(Role):
            return Audience(tuple(units), tuple(Role(role) for role in roles))
    raise Unfit(
        "config.expected.audience",
        '{{ units = ["code"], roles = [some of: {roles}] }}',
        roles=", ".join(Role),
    )


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _bad_id() -> Unfit:
    return Unfit("config.expected.day_id", "a short name of small letters, digits and _, given once")


def _no_file() -> Unfit:
    return Unfit("config.expected.file", "a file that can be read")


def _bad_file() -> Unfit:
    return Unfit("config.expected.toml_end", "TOML; the file breaks off in the middle of something")


_READERS: Mapping[str, Callable[[object], object]] = {
    "id": _day_id,
    "date": _solar,
    "lunar": _lunar,
    "eve": flag,
    "name": text(1, 200),
    "name_en": text(1, 200),
    "base_year": whole(1, 2100),
    "tone": _tone,
    "text_id": one_of(*WORDS),
    "text": _own_words,
    "send": flag,
    "audience": _audience,
}
