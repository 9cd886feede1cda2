"""How one value of config.toml is read and how a mistake in it is told, without ever showing a secret."""

import difflib
import ipaddress
import re
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

from bot.domain.roles import Role

TOKEN_FORM = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
SQLITE = "sqlite:///"
POSTGRESQL = "postgresql://"


class Secret:
    """A text that shows itself only to who asks by name."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself: for the request to Telegram and for the list of what logs redact."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "Secret(…)" if self._text else "Secret()"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to mend. `expected` is a message id that takes `values`; `found` never holds a secret.

    `table` is "" for what concerns a whole table, the whole file or the environment; `key` then names it.
    """

    table: str
    key: str
    found: str
    expected: str
    english: str
    values: Mapping[str, str | int]

    @property
    def where(self) -> str:
        """The place as it is written in the file (`[office] timezone`), or the name of a table or file."""
        return f"[{self.table}] {self.key}" if self.table else self.key

    def __str__(self) -> str:
        found = f"found {self.found}, " if self.found else ""
        return f"{self.where}: {found}expected {self.english.format(**self.values)}"


class Unfit(Exception):
    """A value is not what its key takes: the message id of what was expected, in English, and its fields."""

    def __init__(self, expected: str, english: str, **values: str | int) -> None:
        super().__init__(english)
        self.expected, self.english, self.values = expected, english, values

    def at(self, table: str, key: str, found: str = "") -> Mistake:
        """The mistake that it is in this place."""
        return Mistake(table, key, found, self.expected, self.english, self.values)


Reader = Callable[[Any], object]  # answers the value, or raises Unfit


def no_such_file() -> Unfit:
    """A file is not there, or may not be read."""
    return Unfit("config.expected.file", "a file that can be read")


def toml(source: Path | Traversable) -> dict[str, Any]:
    """What a file holds. Raises Unfit."""
    try:
        return tomllib.loads(source.read_bytes().decode("utf-8-sig"))
    except OSError:
        raise no_such_file() from None
    except UnicodeDecodeError:
        raise Unfit("config.expected.utf8", "a text file saved as UTF-8") from None
    except (ValueError, RecursionError) as error:  # bad TOML, endless numbers, towers of brackets
        raise _bad_toml(str(error)) from None


def _bad_toml(error: str) -> Unfit:
    """A file is no TOML, and where: `error` is what the parser says."""
    if at := re.search(r"line (\d+), column (\d+)", error):
        line, column = int(at[1]), int(at[2])
        english = "TOML; look at line {line}, column {column}"
        return Unfit("config.expected.toml", english, line=line, column=column)
    return Unfit("config.expected.toml_end", "TOML; the file breaks off in the middle of something")


def unknown(key: str, known: Collection[str], elsewhere: Sequence[str] = ()) -> Unfit:
    """A name nobody knows, with the nearest known one, else one of `elsewhere`, else all of them."""
    if near := [*difflib.get_close_matches(key, known, n=1), *elsewhere]:
        return Unfit("config.expected.known_near", "a known name, perhaps {near}", near=near[0])
    return Unfit("config.expected.known", "a known name, one of: {names}", names=", ".join(known))


def flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise Unfit("config.expected.flag", "true or false")


def whole(low: int, high: int) -> Reader:
    def read(value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        raise Unfit("config.expected.whole", "a whole number from {low} to {high}", low=low, high=high)

    return read


def rate(high: int) -> Reader:
    def read(value: object) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= high:
            return float(value)
        raise Unfit("config.expected.rate", "a number above 0, at most {high}", high=high)

    return read


def text(low: int, high: int) -> Reader:
    def read(value: object) -> str:
        if isinstance(value, str):
            line = unicodedata.normalize("NFC", value).strip()
            if low <= len(line) <= high and line.isprintable():
                return line
        raise Unfit("config.expected.text", "one line of {low} to {high} characters", low=low, high=high)

    return read


def one_of(*choices: str) -> Reader:
    def read(value: object) -> str:
        if isinstance(value, str) and value in choices:
            return value
        raise Unfit("config.expected.choice", "one of: {choices}", choices=", ".join(choices))

    return read


def hour(value: object) -> time:
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, str) and (match := re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", value)):
        return time(int(match[1]), int(match[2]))
    raise Unfit("config.expected.hour", 'an hour such as "08:00"')


def dates(value: object) -> frozenset[date]:
    if isinstance(value, list) and all(type(day) is date for day in value):
        return frozenset(value)
    raise Unfit("config.expected.dates", "a list of days such as [2026-12-31, 2027-01-02]")


def days_of_month(value: object) -> tuple[int, ...]:
    if isinstance(value, list) and all(type(day) is int and 1 <= day <= 28 for day in value):
        return tuple(sorted(set(value)))
    raise Unfit("config.expected.days_of_month", "a list of days of the month from 1 to 28, such as [20]")


def roles(*choices: Role) -> Reader:
    def read(value: object) -> frozenset[Role]:
        if isinstance(value, list) and value and all(role in choices for role in value):
            return frozenset(Role(role) for role in value)
        raise Unfit("config.expected.roles", "a list out of: {choices}", choices=", ".join(choices))

    return read


def zone(value: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(value))
    except (ValueError, OSError, LookupError):
        raise Unfit("config.expected.zone", 'a time zone such as "Asia/Ho_Chi_Minh"') from None


def token(value: object) -> Secret:
    if isinstance(value, str) and (not value.strip() or TOKEN_FORM.fullmatch(value.strip())):
        return Secret(value.strip())
    raise Unfit("config.expected.token", "the token as BotFather gave it (digits, a colon, letters)")


def api_url(ending: str) -> Reader:
    def read(value: object) -> str:
        parts = _parts(value)
        if parts and parts.hostname and parts.path.endswith(ending) and _keeps_a_token(parts):
            return parts.geturl()
        raise Unfit(
            "config.expected.api_url",
            "https://…{ending} (http:// only on this machine or in the office's own network)",
            ending=ending,
        )

    return read


def proxy(value: object) -> str:
    parts = _parts(value)
    if value == "" or (parts and parts.hostname and parts.scheme in {"http", "https", "socks5"}):
        return str(value)
    raise Unfit("config.expected.proxy", 'http://…, https://… or socks5://host:port, or "" for none')


def storage_url(value: object) -> str:
    if isinstance(value, str):
        if value.startswith(SQLITE) and Path(value.removeprefix(SQLITE)).name not in {"", ":memory:"}:
            return value
        parts = _parts(value)
        if parts and value.startswith(POSTGRESQL) and len(parts.path) > 1:
            return value
    raise Unfit("config.expected.storage_url", "sqlite:///file.db or postgresql://user@host/database")


def _parts(value: object) -> SplitResult | None:
    """The parts of an address, or None where it is none; a bad port shows itself only when asked for."""
    try:
        parts = urlsplit(value) if isinstance(value, str) else None
        if parts and parts.port == 0:
            return None
    except ValueError:
        return None
    return parts


def _keeps_a_token(parts: SplitResult) -> bool:
    """Whether a token may travel to that address: encrypted, or no farther than the office."""
    if parts.username or parts.query or parts.fragment or parts.scheme not in {"http", "https"}:
        return False
    if parts.scheme == "https":
        return True
    try:
        return ipaddress.ip_address(parts.hostname or "").is_private
    except ValueError:
        return "." not in (parts.hostname or ".")


def shown(value: object) -> str:
    """A value as it may be told back: short, and without a token or the credentials of an address."""
    if isinstance(value, str):
        return f'"{safe(value)}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | dict):
        return "[…]" if isinstance(value, list) else "{…}"
    if isinstance(value, int) and abs(value) > 10**18:
        return "…"
    return str(value)


def safe(line: str) -> str:
    """The beginning of a text, without what must not be shown or cannot be printed."""
    line = TOKEN_FORM.sub("…", line)
    line = re.sub(r"//.*@", "//…@", line)
    line = "".join(sign if sign.isprintable() else "�" for sign in line)
    return line if len(line) <= 60 else line[:59] + "…"


def passwords(url: str) -> Iterator[str]:
    """The passwords in an address, as they are written and as they are meant."""
    parts = urlsplit(url)
    if parts.password:
        yield from (parts.password, unquote(parts.password))
    yield from (value for key, value in parse_qsl(parts.query) if "password" in key)
