"""What the office writes down in config.toml, read into frozen dataclasses, every mistake reported at once.

Nobody imports settings as a global: `load_config` is called by the command line and its answer is handed on.
Each key is explained in config.example.toml.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot import config_values as read
from bot.big_day_files import BigDayMistakes
from bot.config_filing import Documents, build_records
from bot.config_life import Choosing, Copying, Events, Fostering, Honours
from bot.config_values import SQLITE, Mistake, Reader, Secret, Unfit, passwords, safe, shown
from bot.config_year import (
    Backup,
    BigDays,
    Calendar,
    Content,
    Invitations,
    LongCycle,
    MonthCycle,
    build_timetable,
    year_contradictions,
)
from bot.domain.records import Records
from bot.domain.timetable import Timetable
from bot.record_files import RecordMistakes

__all__ = [
    "Backup",
    "BigDays",
    "Calendar",
    "Choosing",
    "Config",
    "ConfigMistakes",
    "Content",
    "Copying",
    "Delivery",
    "Documents",
    "Events",
    "Fostering",
    "Honours",
    "Invitations",
    "Logging",
    "LongCycle",
    "Mistake",
    "MonthCycle",
    "Nominations",
    "Office",
    "Privacy",
    "Roster",
    "Secret",
    "Storage",
    "Telegram",
    "load_config",
]

TOKEN_VARIABLE = "GUONGSANG_TOKEN"  # noqa: S105  the variable's name, not a token
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NO_SECRET = Secret("")


class ConfigMistakes(Exception):
    """The configuration cannot be used; `mistakes` holds all that is wrong with it, table by table."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = list(mistakes)


@dataclass(frozen=True, slots=True)
class Telegram:
    """How to reach Telegram; `token` is resolved from the environment, the token file or the config."""

    token: Annotated[Secret, read.token] = field(default=NO_SECRET, repr=False)
    token_file: Annotated[str, read.text(0, 1000)] = ""
    base_url: Annotated[str, read.api_url("/bot")] = "https://api.telegram.org/bot"
    base_file_url: Annotated[str, read.api_url("/file/bot")] = "https://api.telegram.org/file/bot"
    proxy: Annotated[str, read.proxy] = field(default="", repr=False)
    poll_timeout_s: Annotated[int, read.whole(1, 50)] = 30


@dataclass(frozen=True, slots=True)
class Storage:
    """Where everything is kept. After `load_config` an SQLite url is absolute: `sqlite:////srv/guongsang.db`."""

    url: Annotated[str, read.storage_url] = field(default="sqlite:///guongsang.db", repr=False)
    synchronous: Annotated[str, read.one_of("FULL", "NORMAL", "OFF")] = "FULL"
    backups: Annotated[int, read.whole(0, 1000)] = 5

    @property
    def sqlite_path(self) -> Path | None:
        """The SQLite file, or None for PostgreSQL."""
        return Path(self.url.removeprefix(SQLITE)) if self.url.startswith(SQLITE) else None


@dataclass(frozen=True, slots=True)
class Office:
    """The agency as it is called in chat and in documents."""

    name: Annotated[str, read.text(1, 200)] = "Văn phòng Ủy ban nhân dân tỉnh Đồng Nai"
    parent_name: Annotated[str, read.text(1, 200)] = "Ủy ban nhân dân tỉnh Đồng Nai"
    place: Annotated[str, read.text(1, 100)] = "Đồng Nai"
    timezone: Annotated[ZoneInfo, read.zone] = VIETNAM
    locale: Annotated[str, read.one_of("vi", "en")] = "vi"
    address_form: Annotated[str, read.text(1, 40)] = "đồng chí"

    def day_of(self, at: datetime) -> date:
        """The day that it is at the office at an instant."""
        return at.astimezone(self.timezone).date()


@dataclass(frozen=True, slots=True)
class Nominations:
    """The rules of nominating. `edit_hours` 0: editable until the head has opened it."""

    story_min: Annotated[int, read.whole(1, 3000)] = 50
    story_max: Annotated[int, read.whole(1, 3000)] = 1500
    allow_self: Annotated[bool, read.flag] = False
    may_hide_name: Annotated[bool, read.flag] = False
    undo_seconds: Annotated[int, read.whole(0, 3600)] = 60
    edit_hours: Annotated[int, read.whole(0, 744)] = 0
    evidence_max: Annotated[int, read.whole(0, 50)] = 10


@dataclass(frozen=True, slots=True)
class Privacy:
    """What the privacy notice says; a new `notice_version` asks everybody for consent again."""

    controller: Annotated[str, read.text(1, 200)] = "Văn phòng Ủy ban nhân dân tỉnh Đồng Nai"
    contact: Annotated[str, read.text(1, 200)] = "Phòng Hành chính - Tổ chức"
    retention: Annotated[str, read.text(1, 200)] = "05 năm kể từ ngày kết thúc kỳ đề cử"
    notice_version: Annotated[int, read.whole(1, 10_000)] = 1


@dataclass(frozen=True, slots=True)
class Roster:
    """How people come in: days an invite holds, rows a roster file may have."""

    invite_days: Annotated[int, read.whole(1, 365)] = 14
    max_rows: Annotated[int, read.whole(1, 1_000_000)] = 20_000


@dataclass(frozen=True, slots=True)
class Delivery:
    """The pace of sending: messages a second to others and kept for replies, a second to one chat, a minute
    to one group."""

    per_second: Annotated[float, read.rate(1000)] = 25.0
    kept_for_replies_per_second: Annotated[float, read.rate(1000)] = 5.0
    per_chat_per_second: Annotated[float, read.rate(1000)] = 1.0
    per_group_per_minute: Annotated[float, read.rate(1000)] = 20.0


@dataclass(frozen=True, slots=True)
class Logging:
    """How much is logged and in which form; `auto` is `console` on a terminal and `json` otherwise."""

    level: Annotated[str, read.one_of("DEBUG", "INFO", "WARNING", "ERROR")] = "INFO"
    format: Annotated[str, read.one_of("auto", "console", "json")] = "auto"


@dataclass(frozen=True)
class Config:
    """Everything configured; `Config()` is what holds when nothing is written down."""

    telegram: Telegram = Telegram()
    storage: Storage = Storage()
    office: Office = Office()
    nominations: Nominations = Nominations()
    privacy: Privacy = Privacy()
    roster: Roster = Roster()
    calendar: Calendar = Calendar()
    month: MonthCycle = MonthCycle()
    quarter: LongCycle = LongCycle()
    half_year: LongCycle = LongCycle()
    year: LongCycle = LongCycle()
    big_days: BigDays = BigDays()
    content: Content = Content()
    invitations: Invitations = Invitations()
    choosing: Choosing = Choosing()
    honours: Honours = Honours()
    copying: Copying = Copying()
    fostering: Fostering = Fostering()
    events: Events = Events()
    documents: Documents = Documents()
    backup: Backup = Backup()
    delivery: Delivery = Delivery()
    logging: Logging = Logging()

    def secrets(self) -> tuple[str, ...]:
        """Every text of the configuration that no log may show."""
        found = (self.telegram.token.reveal(), *passwords(self.telegram.proxy), *passwords(self.storage.url))
        return tuple(secret for secret in found if secret)

    @cached_property
    def timetable(self) -> Timetable:
        """The office's rules about time. Raises BigDayMistakes, which `load_config` has told already."""
        return build_timetable(self)

    @cached_property
    def records(self) -> Records:
        """What documents are made under. Raises RecordMistakes, which `load_config` has told already."""
        return build_records(self)


TABLES: Mapping[str, type[Any]] = {table.name: type(table.default) for table in fields(Config)}


def readers(table: str) -> dict[str, Reader]:
    """How each key of a table is read."""
    hints = get_type_hints(TABLES[table], include_extras=True)
    return {key.name: hints[key.name].__metadata__[0] for key in fields(TABLES[table])}


def load_config(path: Path | None, environ: Mapping[str, str], *, need_token: bool = False) -> Config:
    """The configuration out of `path` (None: the defaults) and the environment.

    Paths written in it are relative to the file's folder. With `need_token` a missing token is a mistake.
    Raises ConfigMistakes with everything that is wrong.
    """
    base = path.absolute().parent if path else Path.cwd()
    document = _read(path) if path else {}
    mistakes: list[Mistake] = []
    written = {name: _read_table(name, document.get(name, {}), mistakes) for name in TABLES}
    mistakes += [_unknown("", name, TABLES) for name in document if name not in TABLES]
    written["telegram"] |= _token_from_elsewhere(written["telegram"], base, environ, mistakes)
    config = Config(**{name: TABLES[name](**values) for name, values in written.items()})
    config = _with_absolute_paths(config, base)
    wrong = {mistake.where for mistake in mistakes}
    mistakes += [*_contradictions(config, wrong), *year_contradictions(config, wrong)]
    for name in ("timetable", "records"):
        try:
            getattr(config, name)
        except (BigDayMistakes, RecordMistakes) as of_file:
            mistakes += of_file.mistakes
    if need_token and not config.telegram.token and not any("token" in m.key.lower() for m in mistakes):
        mistakes.append(_no_token())
    if mistakes:
        raise ConfigMistakes(mistakes)
    return config


def _read(path: Path) -> dict[str, Any]:
    try:
        return read.toml(path)
    except Unfit as unfit:
        raise ConfigMistakes([unfit.at("", str(path))]) from None


def _read_table(name: str, found: object, mistakes: list[Mistake]) -> dict[str, Any]:
    if not isinstance(found, dict):
        unfit = Unfit("config.expected.table", "a table that begins with the line [{table}]", table=name)
        mistakes.append(unfit.at("", name))
        return {}
    known, values = readers(name), {}
    hidden = {key.name for key in fields(TABLES[name]) if not key.repr}
    for key, value in found.items():
        if key not in known:
            mistakes.append(_unknown(name, key, known))
            continue
        try:
            values[key] = known[key](value)
        except Unfit as unfit:
            mistakes.append(unfit.at(name, key, "" if key in hidden else shown(value)))
    return values


def _unknown(table: str, key: str, known: Collection[str]) -> Mistake:
    """A name nobody knows, with the nearest known one: of its own table, else of another."""
    elsewhere = [f"[{name}] {key}" for name in TABLES if key in readers(name)]
    return read.unknown(key, known, elsewhere).at(table, safe(key))


def _token_from_elsewhere(
    written: Mapping[str, Any], base: Path, environ: Mapping[str, str], mistakes: list[Mistake]
) -> dict[str, Secret]:
    """The token of the environment, which goes before all, or of the file that the config names."""
    try:
        place = ("", TOKEN_VARIABLE)
        if found := environ.get(TOKEN_VARIABLE):
            return {"token": read.token(found)}
        place = ("telegram", "token_file")
        if name := written.get("token_file"):
            return {"token": _token_of_file(base / name, beside=written.get("token"))}
    except Unfit as unfit:
        mistakes.append(unfit.at(*place))
    return {}


def _token_of_file(path: Path, *, beside: Secret | None) -> Secret:
    if beside:
        raise Unfit("config.expected.one_token", "either token or token_file, not both")
    try:
        found = path.read_text("utf-8-sig")
    except (OSError, ValueError):
        raise read.no_such_file() from None
    return read.token(found.strip() or None)


def _no_token() -> Mistake:
    english = "the bot's token: here, in token_file or in the variable {variable}"
    return Unfit("config.expected.some_token", english, variable=TOKEN_VARIABLE).at("telegram", "token")


def _contradictions(config: Config, wrong: Collection[str]) -> Iterator[Mistake]:
    """Values that are right alone and wrong together; what is already wrong alone is not told twice."""
    rules = config.nominations
    if rules.story_min >= rules.story_max and not {
        "[nominations] story_min",
        "[nominations] story_max",
    } & set(wrong):
        unfit = Unfit(
            "config.expected.less", "less than {key} = {value}", key="story_max", value=rules.story_max
        )
        yield unfit.at("nominations", "story_min", str(rules.story_min))
    server, files = (
        urlsplit(url).hostname for url in (config.telegram.base_url, config.telegram.base_file_url)
    )
    if server != files and not {"[telegram] base_url", "[telegram] base_file_url"} & set(wrong):
        unfit = Unfit("config.expected.same_server", "{host}, as in base_url", host=server or "")
        yield unfit.at("telegram", "base_file_url", shown(config.telegram.base_file_url))


def _with_absolute_paths(config: Config, base: Path) -> Config:
    if path := config.storage.sqlite_path:
        config = replace(config, storage=replace(config.storage, url=SQLITE + (base / path).as_posix()))
    if file := config.big_days.file:
        config = replace(config, big_days=replace(config.big_days, file=(base / file).as_posix()))
    own = {key: (base / name).as_posix() for key, name in asdict(config.documents).items() if name}
    config = replace(config, documents=replace(config.documents, **own))
    if folder := config.backup.folder:
        config = replace(config, backup=replace(config.backup, folder=(base / folder).as_posix()))
    return config
