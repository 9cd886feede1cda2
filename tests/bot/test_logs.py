"""What is logged can be read by whoever reads logs: it holds no token, no phone number and nobody's words."""

import contextlib
import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import structlog
from hypothesis import example, given
from hypothesis import strategies as st
from telegram import Update

from bot.config import Logging
from bot.logs import HIDDEN, Redactor, configure_logs

NOW = datetime(2026, 11, 22, 8, 9, 7, 654321, tzinfo=UTC)  # no digits in a row that a phone number could have
TOKEN = "123456789:AAH-abcdefghijklmnopqrstuvwxyz_012345"
PASSWORD = "mật\"khẩu\\'"
PHONES = [
    "0912345678",
    "0912 345 678",
    "0912.345.678",
    "(0251) 3822 501",
    "+84912345678",
    "+84 (0) 912-345-678",
    "84 912 345 678",
    "0084912345678",
    "+1 415 555 2671",
    "+442071838750",
]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@contextlib.contextmanager
def logs(
    form: str = "json", level: str = "DEBUG", stream: io.StringIO | None = None
) -> Iterator[io.StringIO]:
    """Logging as the program sets it up, put back afterwards as pytest had it."""
    root, stream = logging.getLogger(), stream or io.StringIO()
    before = root.handlers[:], root.level, sys.excepthook, threading.excepthook
    try:
        configure_logs(Logging(level, form), [TOKEN, PASSWORD], stream, lambda: NOW)
        yield stream
    finally:
        root.handlers[:], level_before, sys.excepthook, threading.excepthook = before
        root.setLevel(level_before)
        structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def raised(error: Exception) -> Exception:
    with pytest.raises(type(error)) as caught:
        raise error
    return caught.value


def log_in_every_way(text: str) -> None:
    """All the paths on which a text can come into a log."""
    ours, theirs = structlog.get_logger("test"), logging.getLogger("some.library")
    ours.info(text)
    ours.info("a %s b", text)
    ours.info("value", value=text, nested=[{"a": (text, {text})}], error=ValueError(text), data=text.encode())
    ours.info("key", **{text: 1})
    ours.info("in a key", nested={text: {text: None}})
    ours.bind(bound=text).info("bound")
    with structlog.contextvars.bound_contextvars(context=text):
        ours.info("context")
    ours.error("traceback", exc_info=raised(ValueError(text)))
    ours.error("cause", exc_info=raised(ExceptionGroup(text, [ValueError(text)])))
    theirs.warning(text.replace("%", "%%"))
    theirs.warning("a %s %r", text, [text])
    theirs.warning("%(a)s", {"a": text})
    theirs.warning("one %s", {"a": text})
    theirs.warning(text, text, text)
    theirs.warning(ValueError(text))
    theirs.warning("object %s", type("Thing", (), {"__str__": lambda _: text})())
    theirs.error("traceback", exc_info=raised(OSError(text)))
    logging.getLogger("asyncio").error("Task exception was never retrieved %r", raised(ValueError(text)))
    sys.excepthook(ValueError, raised(ValueError(text)), None)


tokens = st.from_regex(r"[0-9]{6,12}:[A-Za-z0-9_-]{30,45}", fullmatch=True)
gaps = st.sampled_from(["", " ", ".", "-", " - ", "\N{NO-BREAK SPACE}"])
phones = st.builds(
    lambda start, digits, gap: start + gap + digits[:3] + gap + digits[3:6] + gap + digits[6:],
    st.sampled_from(["0", "+84", "84", "(+84)"]),
    st.from_regex(r"[1-9][0-9]{8}", fullmatch=True),
    gaps,
)


def bare(text: str) -> str:
    """Letters and digits alone: what is left to be recognised, however it is quoted or parted."""
    return "".join(sign for sign in text if sign.isalnum())


@given(tokens, st.sampled_from(["json", "console"]))
@example("1:" + "-" * 29 + "A", "json")
def test_nothing_of_a_tokens_form_comes_through(token, form):
    """A token, even one nobody configured, is hidden on every path into the log."""
    with logs(form) as stream:
        log_in_every_way(f"https://api.telegram.org/bot{token}/getMe")
    assert token.split(":")[1] not in stream.getvalue()
    assert HIDDEN in stream.getvalue()


@given(phones, st.sampled_from(["json", "console"]))
def test_no_phone_number_comes_through(phone, form):
    """A phone number, as people write it here, is hidden on every path into the log."""
    with logs(form) as stream:
        log_in_every_way(f"gọi {phone}, nhé")
    assert bare(phone)[-9:] not in bare(stream.getvalue())


@pytest.mark.parametrize("form", ["json", "console"])
@pytest.mark.parametrize("secret", [TOKEN, TOKEN.split(":")[1], TOKEN.replace(":", "%3A"), PASSWORD, *PHONES])
def test_known_secrets_and_phones_are_hidden(secret, form):
    """The configured secrets, a token's second half, and the usual spellings of a phone number."""
    with logs(form) as stream:
        log_in_every_way(f"x {secret} y")
    assert secret not in stream.getvalue()
    assert json.dumps(secret, ensure_ascii=False)[1:-1] not in stream.getvalue()
    assert repr(secret)[1:-1] not in stream.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T08:00:00.123456+07:00",
        "update 912345678",
        "-1001234567890",
        "3,2 ms",
        "10.0.0.12:8765",
    ],
)
def test_what_is_no_secret_stays(text):
    """Times, ids and addresses are what one reads a log for."""
    assert Redactor([TOKEN]).text(text) == text


def test_numbers_stay_numbers_unless_they_are_phones():
    """An id or a cost stays a number in JSON, a phone number without its 0 or + does not."""
    with logs() as stream:
        structlog.get_logger("test").info(
            "update", update_id=912345678, ms=0.912345678, phones=[84912345678], odd=float("nan")
        )
    (line,) = lines(stream)
    assert (line["update_id"], line["ms"], line["phones"], line["odd"]) == (
        912345678,
        0.912345678,
        [HIDDEN],
        "nan",
    )


def test_a_line_has_its_time_its_level_and_its_place():
    """Machines find the same keys on each line, the time as it was given."""
    with logs() as stream:
        structlog.get_logger("ingress").info("update", kind="message")
        logging.getLogger("some.library").warning("tiếng Việt %d", 5)
    assert lines(stream) == [
        {
            "timestamp": "2026-11-22T08:09:07.654+00:00",
            "level": "info",
            "logger": "guongsang.ingress",
            "event": "update",
            "kind": "message",
        },
        {
            "timestamp": "2026-11-22T08:09:07.654+00:00",
            "level": "warning",
            "logger": "some.library",
            "event": "tiếng Việt 5",
        },
    ]


def test_a_whole_update_is_never_logged():
    """PTB logs what it could not parse with all that people wrote: only the type is kept."""
    raw = [{"update_id": 1, "message": {"text": "chuyện riêng", "from": {"first_name": "Lan"}}}]
    with logs() as stream:
        logging.getLogger("telegram.Bot").critical(
            "Error while parsing updates! Received data was %r", raw, exc_info=raised(KeyError("x"))
        )
        logging.getLogger("telegram.Bot").error("one update %s", raw[0])
        structlog.get_logger("test").error(
            "handled badly", update=Update(1), story="chuyện riêng", message=raw[0]["message"]
        )
        structlog.get_logger("test").error("a %s", Update(1))
    assert "riêng" not in stream.getvalue()
    events = [(line["event"], line.get("update")) for line in lines(stream)]
    assert events == [
        ("Error while parsing updates! Received data was '«list»'", None),
        ("one update «dict»", None),
        ("handled badly", "«Update»"),
        ("a «Update»", None),
    ]


def test_the_row_that_postgresql_quotes_is_not_logged():
    """PostgreSQL's errors tell the refused row: who, and what was written."""
    error = ValueError("duplicate key value\nDETAIL:  Failing row contains (7, chuyện riêng).")
    with logs() as stream:
        structlog.get_logger("test").error("a", error=error, exc_info=raised(error))
    assert "riêng" not in stream.getvalue()
    assert "duplicate key value" in stream.getvalue()


def test_libraries_are_silent_below_a_warning():
    """httpx would log every address with the token, aiosqlite every statement with its values."""
    with logs(level="DEBUG") as stream:
        for name in (
            "httpx",
            "httpcore.connection",
            "telegram.ext.Application",
            "aiosqlite",
            "asyncpg.pool",
        ):
            logging.getLogger(name).info("HTTP Request: POST")
            logging.getLogger(name).warning("%s speaks", name)
        structlog.get_logger("test").debug("ours")
        logging.getLogger("bot.app").debug("ours")
    assert [str(line["event"]).split()[-1] for line in lines(stream)] == ["speaks"] * 5 + ["ours"] * 2


def test_the_level_is_the_configured_one():
    """At WARNING our own lines below it are not written."""
    with logs(level="WARNING") as stream:
        structlog.get_logger("test").info("quiet")
        structlog.get_logger("test").warning("loud")
    assert [line["event"] for line in lines(stream)] == ["loud"]


def test_handlers_of_libraries_are_taken_away():
    """A library that had set up its own output writes through ours from now on."""
    beside = io.StringIO()
    logger = logging.getLogger("some.noisy.library")
    logger.addHandler(logging.StreamHandler(beside))
    logger.propagate = False
    with logs() as stream:
        logger.warning("token %s", TOKEN)
    assert beside.getvalue() == ""
    assert [line["event"] for line in lines(stream)] == [f"token {HIDDEN}"]


@pytest.mark.parametrize(
    ("form", "stream", "first"),
    [
        ("auto", Terminal(), "\x1b"),
        ("auto", io.StringIO(), "{"),
        ("console", io.StringIO(), "2"),
        ("json", Terminal(), "{"),
    ],
)
def test_people_get_text_and_machines_json(form, stream, first):
    """`auto` looks at where the log goes; colours are for terminals alone."""
    with logs(form, stream=stream):
        structlog.get_logger("test").info("xin chào")
    assert stream.getvalue()[0] == first
    assert "xin chào" in stream.getvalue()


@pytest.mark.parametrize("form", ["json", "console"])
@given(st.text() | st.text("\x1b[31m\n\r\u202e\ud800\x00%"))
def test_one_event_is_one_line_whatever_people_write(form, text):
    """No text can forge a second line, move the terminal's cursor or make a line disappear."""
    with logs(form) as stream:
        structlog.get_logger("test").info("before", value=text, name=f"x{text}")
        logging.getLogger("some.library").warning("a %s b", text)
    assert len(stream.getvalue().splitlines()) == 2
    assert stream.getvalue().replace("\n", "").isprintable()
    stream.getvalue().encode("utf-8")


def test_a_long_text_is_cut_after_it_was_redacted():
    """A cut never leaves the beginning of a secret behind."""
    with logs() as stream:
        structlog.get_logger("test").info("long", value="x" * 990 + TOKEN + "y" * 50)
    assert lines(stream)[0]["value"] == "x" * 990 + HIDDEN + "y" * 7 + "…"


def test_a_line_that_cannot_be_written_says_so_without_its_content():
    """Too few arguments are the programmer's slip; logging's own complaint would print them."""
    with logs() as stream:
        logging.getLogger("some.library").warning("%s and %s", *[TOKEN])
    assert stream.getvalue() == "a log line of some.library is lost: TypeError\n"


def test_a_crash_is_logged_and_redacted():
    """What nobody caught, in the program or a thread, does not reach the terminal with its secrets."""
    with logs() as stream:
        sys.excepthook(ValueError, ValueError(f"token {TOKEN} is invalid"), None)
        thread = threading.Thread(target=lambda: int(f"x{TOKEN}"))
        thread.start()
        thread.join()
    assert [(line["event"], line["level"]) for line in lines(stream)] == [
        ("the program crashed", "critical"),
        ("a thread crashed", "critical"),
    ]
    assert TOKEN.split(":")[1] not in stream.getvalue()
    assert all(HIDDEN in str(line["exception"]) for line in lines(stream))


def test_an_interruption_is_no_crash(capsys):
    """Ctrl-C is left to Python."""
    with logs() as stream:
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert stream.getvalue() == ""
    assert "KeyboardInterrupt" in capsys.readouterr().err
