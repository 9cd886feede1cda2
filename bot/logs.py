"""Logs: for people on a terminal, JSON otherwise, and in neither a token, a phone number or somebody's words.

Everything passes one handler. Our own lines are made with `structlog.get_logger("name")`; what libraries log
comes the same way, at WARNING and above: below it they print requests, updates and SQL with its parameters.
"""

import json
import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import date, datetime, time, timedelta
from math import isfinite
from numbers import Number
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from bot.config import Logging

HIDDEN = "«…»"
LONGEST = 1000
_FRAMES_SHOWN = 12
OURS = ("guongsang", "bot", "handlers", "storage")
ALWAYS_QUIET = ("telegram", "httpx", "httpcore")
PRIVATE_KEYS = frozenset(
    ("story", "reason", "text", "caption", "phone", "phone_number", "contact", "token", "password")
)

TOKEN = re.compile(r"\d+(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
CREDENTIALS = re.compile(r"(?<=://)[^\s/]*@")
DATABASE_ROW = re.compile(r"(?m)^DETAIL:.*$")  # PostgreSQL quotes the row that it refuses
GAP = r"[ \t\u00a0.()/‐‑–-]{0,4}"  # how people part the digits of a number
PHONE = re.compile(
    rf"(?<!\d)(?:\+{GAP}[1-9](?:{GAP}\d){{7,14}}|(?:00)?84(?:{GAP}\d){{9,10}}|0(?:{GAP}\d){{9,10}})(?!\d)"
)


class Redactor:
    """Takes out of texts and values what no log may show: these secrets, and all that has the form of one."""

    def __init__(self, secrets: Iterable[str]) -> None:
        whole = {part for secret in secrets for part in (secret, secret.partition(":")[2]) if len(part) > 3}
        known = {form for secret in whole for form in (secret, repr(secret)[1:-1], json.dumps(secret)[1:-1])}
        longest_first = sorted(known, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first)) if known else r"(?!)")

    def text(self, text: str) -> str:
        """One line of text without secrets; what could forge a line or steer a terminal is escaped."""
        return _printable(self.lines(text).replace("\n", "\\n"))

    def lines(self, text: str) -> str:
        """The same for a traceback, whose lines stay."""
        text = self._known.sub(HIDDEN, text)
        text = TOKEN.sub(HIDDEN, text)
        text = CREDENTIALS.sub(f"{HIDDEN}@", text)
        text = DATABASE_ROW.sub(f"DETAIL: {HIDDEN}", text)
        return "\n".join(map(_printable, PHONE.sub(HIDDEN, text).split("\n")))

    def value(self, value: object) -> object:
        """A value fit for JSON: plain ones redacted, exceptions as type and text, others as their type."""
        if value is None or isinstance(value, bool | float):
            return value if value is None or isfinite(value) else str(value)
        if isinstance(value, str):
            text = self.text(value)
            return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        if isinstance(value, Number):
            return HIDDEN if PHONE.search(str(value)) else value
        if isinstance(value, date | time | timedelta):
            return str(value)
        if isinstance(value, Mapping):
            return {self.text(str(_plain(key))): self.entry(key, item) for key, item in value.items()}
        if isinstance(value, Sequence | Set) and not isinstance(value, bytes | bytearray | memoryview):
            return [self.value(item) for item in value]
        return self.text(str(_plain(value)))

    def entry(self, key: object, value: object) -> object:
        """A value under its key: some keys hold people's words or secrets, whatever their form."""
        return HIDDEN if key in PRIVATE_KEYS else self.value(value)


def configure_logs(
    settings: Logging, secrets: Iterable[str], stream: TextIO, now: Callable[[], datetime]
) -> None:
    """From now on everything that is logged in this process goes to `stream`, and only there.

    `secrets` are the texts to hide besides all that looks like a token or a phone number
    (`Config.secrets()`); `now` gives the time written on each line.
    """
    handler = _SafeHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _fill_in,
                structlog.processors.format_exc_info,
                structlog.processors.StackInfoRenderer(),
                _redact_with(Redactor(secrets)),
                _stamp_with(now),
                _renderer(settings.format, stream),
            ],
            foreign_pre_chain=[structlog.stdlib.add_logger_name, structlog.stdlib.add_log_level],
        )
    )
    _be_the_only_handler(handler)
    for name in OURS:
        logging.getLogger(name).setLevel(settings.level)
    for name in ALWAYS_QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=lambda *name: logging.getLogger(".".join(("guongsang", *name))),
        cache_logger_on_first_use=True,
    )
    _log_what_nobody_caught()


def log_mistake(
    log: structlog.stdlib.BoundLogger, event: str, error: BaseException, **values: object
) -> None:
    """Log a mistake of ours in work on people's words: its type and where it came up, frame by frame.

    Without its text, which may quote them: ``KeyError: 'Nguyễn Thị Lan'``.
    """
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES_SHOWN:]
    way = [f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}" for frame in frames]
    log.error(event, error=type(error).__name__, way=way, **values)


class _SafeHandler(logging.StreamHandler[TextIO]):
    """Writes records whose arguments are plain values: a library's argument may be a whole update."""

    def emit(self, record: logging.LogRecord) -> None:
        if not hasattr(record, "_logger"):  # not from structlog, whose values are redacted one by one
            record = logging.makeLogRecord(record.__dict__)
            record.msg = _plain(record.msg)
            record.args = _plain_arguments(record.msg, record.args)
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  the name is logging's
        """Logging itself would print the message and its arguments as they are."""
        kind = sys.exc_info()[0]
        if not self.stream.closed:
            self.stream.write(f"a log line of {record.name} is lost: {kind.__name__ if kind else ''}\n")


def _plain(value: object) -> object:
    """Numbers, texts and exceptions' texts as they are, None as it is; of anything else its type alone."""
    if value is None or isinstance(value, str | Number | date | time | timedelta):
        return value
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {value}"
    return f"«{type(value).__name__}»"


def _plain_arguments(message: object, arguments: object) -> Any:
    if isinstance(arguments, Mapping):
        named = "%(" in str(message)
        return {key: _plain(item) for key, item in arguments.items()} if named else (_plain(arguments),)
    if isinstance(arguments, tuple):
        return tuple(_plain(item) for item in arguments)
    return arguments


def _fill_in(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """structlog's `log.info("%s of %s", a, b)`; without arguments a % is just a sign."""
    if arguments := line.pop("positional_args", ()):
        line["event"] = str(line["event"]) % tuple(_plain(item) for item in arguments)
    return line


def _redact_with(redactor: Redactor) -> Processor:
    def redact(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
        texts = {key: redactor.lines(str(line.pop(key))) for key in ("exception", "stack") if key in line}
        line = {redactor.text(str(key)): redactor.entry(key, value) for key, value in line.items()}
        return line | texts

    return redact


def _stamp_with(now: Callable[[], datetime]) -> Processor:
    def stamp(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
        return {"timestamp": now().isoformat(timespec="milliseconds"), **line}

    return stamp


def _renderer(form: str, stream: TextIO) -> Processor:
    if form == "console" or (form == "auto" and stream.isatty()):
        return structlog.dev.ConsoleRenderer(
            colors=stream.isatty() and os.name == "posix",
            exception_formatter=structlog.dev.plain_traceback,
        )
    return structlog.processors.JSONRenderer(serializer=json.dumps, ensure_ascii=False)


def _be_the_only_handler(handler: logging.Handler) -> None:
    """Handlers that libraries or earlier calls left behind would write beside the redaction."""
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in list(root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True


def _log_what_nobody_caught() -> None:
    """A crash of the program or of a thread is a line as well; Python would print it with all it holds."""
    log = structlog.get_logger("crash")

    def program_crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            log.critical("the program crashed", exc_info=(kind, error, trace))
        else:
            sys.__excepthook__(kind, error, trace)

    def thread_crashed(crash: threading.ExceptHookArgs) -> None:
        if crash.exc_value and issubclass(crash.exc_type, Exception):
            log.critical("a thread crashed", exc_info=(crash.exc_type, crash.exc_value, crash.exc_traceback))

    sys.excepthook = program_crashed
    threading.excepthook = thread_crashed


def _printable(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(s if s.isprintable() else s.encode("unicode_escape").decode() for s in line)
