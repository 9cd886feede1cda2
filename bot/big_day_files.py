"""The data file of the big days, which an office may replace: read whole, every mistake told at once."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any

from bot import config_values as read
from bot.config_values import Mistake, Unfit, safe, shown
from bot.domain.audience import Audience, read_audience
from bot.domain.big_days import BigDay, Tone
from bot.domain.roles import Role
from bot.domain.typed_posts import has_emoji
from bot.texts import N_

SAYING_YEARS = {
    N_("big_day.call"): Tone.FESTIVE,
    N_("big_day.national"): Tone.FESTIVE,
    N_("big_day.festive"): Tone.FESTIVE,
    N_("big_day.martyrs"): Tone.SOLEMN,
}
"""The words that come along and say how many years it is, and their tone."""
WORDS = {
    **SAYING_YEARS,
    N_("big_day.festive_plain"): Tone.FESTIVE,
    N_("big_day.tet"): Tone.FESTIVE,
    N_("big_day.tet_eve"): Tone.FESTIVE,
    N_("big_day.ancestors"): Tone.SOLEMN,
    N_("big_day.solemn"): Tone.SOLEMN,
}
"""All the words that come along, and their tone."""
_OWN_FIELDS = ("years", "year", "base_year", "day", "name", "you", "You")
_NEED_BASE_YEAR = {"years", "base_year"}
_OWN_WORDS_MAX = 1000
_YEAR_OF_365_DAYS = 2027


class BigDayMistakes(Exception):
    """The file cannot be used; `mistakes` holds all that is wrong with it."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = list(mistakes)


def read_big_days(path: Path | None) -> tuple[BigDay, ...]:
    """The days of a file, or of the one that comes along. Raises BigDayMistakes."""
    document = _read(path)
    mistakes = [read.unknown(key, ["day"]).at("big_days", safe(key)) for key in document if key != "day"]
    entries = document.get("day")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        unfit = Unfit("config.expected.entries", "entries that begin with the line [[day]]")
        raise BigDayMistakes([*mistakes, unfit.at("big_days", "day")])
    days = [_read_day(entry, number, mistakes) for number, entry in enumerate(entries, 1)]
    ids = [entry.get("id") for entry in entries]
    for number, day_id in enumerate(ids, 1):
        if isinstance(day_id, str) and day_id in ids[: number - 1]:
            mistakes.append(_bad_id().at(f"day {number}", "id", shown(day_id)))
    if mistakes:
        raise BigDayMistakes(mistakes)
    return tuple(day for day in days if day)


def _read(path: Path | None) -> dict[str, Any]:
    source = path or files("bot.data").joinpath("big_days.toml")
    try:
        return read.toml(source)
    except Unfit as unfit:
        raise BigDayMistakes([unfit.at("big_days", "file", shown(str(path)))]) from None


def _read_day(entry: Mapping[str, Any], number: int, mistakes: list[Mistake]) -> BigDay | None:
    day_id = entry.get("id")
    where = f"day {safe(day_id)}" if isinstance(day_id, str) and day_id else f"day {number}"
    values: dict[str, Any] = {}
    before = len(mistakes)
    for key, value in entry.items():
        if key not in _READERS:
            mistakes.append(read.unknown(key, _READERS).at(where, safe(key)))
            continue
        try:
            values[key] = _READERS[key](value)
        except Unfit as unfit:
            mistakes.append(unfit.at(where, key, shown(value)))
    wrong = (*_missing(entry), *_at_odds(entry, values))
    mistakes += [unfit.at(where, key, shown(entry[key]) if key in values else "") for key, unfit in wrong]
    if len(mistakes) > before:
        return None
    lunar, solar = values.pop("lunar", None), values.pop("date", None)
    day, month = lunar or solar
    usual = {"name_en": values["name"], "text_id": _usual_words(values)}
    return BigDay(**{**usual, **values}, day=day, month=month, lunar=lunar is not None)


def _missing(entry: Mapping[str, Any]) -> Iterator[tuple[str, Unfit]]:
    """What an entry lacks."""
    for key in ("id", "name"):
        if key not in entry:
            english = "one line of {low} to {high} characters"
            yield key, Unfit("config.expected.text", english, low=1, high=200)
    if "date" not in entry and "lunar" not in entry:
        yield "date", Unfit("config.expected.one_day", "either date or lunar")


def _at_odds(entry: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[tuple[str, Unfit]]:
    """What is right alone and wrong together."""
    if "date" in entry and "lunar" in entry:
        yield "date", Unfit("config.expected.one_day", "either date or lunar")
    own, text_id = values.get("text", ""), values.get("text_id")
    says_years = bool(_fields(own) & _NEED_BASE_YEAR) if own else text_id in SAYING_YEARS
    if says_years and "base_year" not in entry:
        yield "base_year", Unfit("config.expected.base_year", "base_year, since these words say the years")
    if "tone" in entry and "tone" not in values:
        return
    tone = values.get("tone", Tone.FESTIVE)
    if tone is Tone.SOLEMN and has_emoji(own):
        yield "text", Unfit("config.expected.no_emoji", "words without emoji, since the day is solemn")
    if text_id and WORDS[text_id] is not tone:
        choices = ", ".join(words for words, its_tone in WORDS.items() if its_tone is tone)
        yield "text_id", Unfit("config.expected.choice", "one of: {choices}", choices=choices)


def _usual_words(values: Mapping[str, Any]) -> str:
    """The words for a day that names none."""
    if values.get("tone") is Tone.SOLEMN:
        return "big_day.solemn"
    return "big_day.festive" if "base_year" in values else "big_day.festive_plain"


def _day_id(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9_]{1,40}", value):
        return value
    raise _bad_id()


def _solar(value: object) -> tuple[int, int]:
    found = _day_and_month(value)
    if found and found[0] <= monthrange(_YEAR_OF_365_DAYS, found[1])[1]:
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
                return unicodedata.normalize("NFC", value).strip()
        except ValueError:
            pass
    raise Unfit(
        "config.expected.day_text", "words with no other fields than: {fields}", fields=", ".join(_OWN_FIELDS)
    )


def _fields(words: str) -> set[str]:
    """The names in braces. Raises ValueError for braces that do not match or hold more than a name."""
    parts = list(Formatter().parse(words))
    if any(form or conversion for _, _, form, conversion in parts):
        raise ValueError(words)
    return {name for _, name, _, _ in parts if name is not None}


def _tone(value: object) -> Tone:
    return Tone(str(read.one_of(*Tone)(value)))


def _audience(value: object) -> Audience:
    if isinstance(value, dict) and value.keys() <= {"units", "roles"}:
        units, roles = value.get("units", []), value.get("roles", [])
        if _are_texts(units) and _are_texts(roles) and set(roles) <= set(Role):
            return read_audience(value)
    raise Unfit(
        "config.expected.audience",
        '{{ units = ["code"], roles = [some of: {roles}] }}',
        roles=", ".join(Role),
    )


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _bad_id() -> Unfit:
    return Unfit("config.expected.day_id", "a short name of small letters, digits and _, given once")


_READERS: Mapping[str, Callable[[object], object]] = {
    "id": _day_id,
    "date": _solar,
    "lunar": _lunar,
    "eve": read.flag,
    "name": read.text(1, 200),
    "name_en": read.text(1, 200),
    "base_year": read.whole(1, 2100),
    "tone": _tone,
    "text_id": read.one_of(*WORDS),
    "text": _own_words,
    "send": read.flag,
    "audience": _audience,
}
