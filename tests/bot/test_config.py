"""The configuration: what an office may write, and what it is told when it writes something else."""

import contextlib
import datetime as dt
import re
import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import TABLES, Config, ConfigMistakes, Mistake, Secret, Telegram, load_config, readers
from bot.config_values import Unfit

TOKEN = "123456789:AAH-abcdefghijklmnopqrstuvwxyz_012345"
EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    return path


def mistakes_of(path: Path | None, environ: dict[str, str] | None = None, **options: bool) -> list[Mistake]:
    with pytest.raises(ConfigMistakes) as raised:
        load_config(path, environ or {}, **options)
    assert str(raised.value).splitlines() == [str(mistake) for mistake in raised.value.mistakes]
    return raised.value.mistakes


def only_mistake(folder: Path, text: str) -> Mistake:
    (mistake,) = mistakes_of(write(folder, text))
    return mistake


def test_without_a_file_the_defaults_hold(tmp_path, monkeypatch):
    """The demo needs no configuration; its database is in the folder one stands in."""
    monkeypatch.chdir(tmp_path)
    config = load_config(None, {})
    assert config.storage.sqlite_path == tmp_path / "guongsang.db"
    assert config.office == Config().office
    assert (config.office.timezone, config.office.locale) == (ZoneInfo("Asia/Ho_Chi_Minh"), "vi")
    assert not config.telegram.token


def test_every_default_is_what_its_own_key_takes():
    """A default that its reader would refuse could not be written down."""
    for name, table in TABLES.items():
        for key, read in readers(name).items():
            default = getattr(table(), key)
            if isinstance(default, str | int | float | dt.time):
                assert read(default) == default, (name, key)


def test_the_example_names_every_key_and_says_the_defaults(tmp_path):
    """config.example.toml works as it stands, means the defaults, and leaves no key unexplained."""
    copied = write(tmp_path, EXAMPLE.read_text("utf-8"))
    assert load_config(copied, {}) == load_config(write(tmp_path, ""), {})
    written = tomllib.loads(EXAMPLE.read_text("utf-8"))
    assert {name: list(keys) for name, keys in written.items()} == {
        name: list(readers(name)) for name in TABLES
    }
    paragraphs = re.split(r"^[a-z_\[].*\n", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE)
    told = [part.splitlines() for part in paragraphs[1:] if "#" in part]
    assert all(len(lines) % 2 == 0 and not lines[0].isascii() for lines in told), (
        "each explanation stands in Vietnamese and in English"
    )


def test_the_example_lacks_only_the_token(tmp_path):
    """What is left to do after copying the example is said: the token; with it everything is there."""
    path = write(tmp_path, EXAMPLE.read_text("utf-8"))
    (mistake,) = mistakes_of(path, need_token=True)
    assert (mistake.where, mistake.expected) == ("[telegram] token", "config.expected.some_token")
    assert mistake.values == {"variable": "GUONGSANG_TOKEN"}
    assert load_config(path, {"GUONGSANG_TOKEN": TOKEN}, need_token=True).telegram.token.reveal() == TOKEN


def test_all_mistakes_are_told_at_once(tmp_path):
    """Whoever mends a file sees everything that is wrong with it in one reading, place by place."""
    path = write(
        tmp_path,
        """
        colour = "red"
        [office]
        timezone = "Asia/Saigon_City"
        name = ""
        [nominations]
        story_min = 900
        story_max = 800
        allow_self = "no"
        [month]
        hour = "24:00"
        [storage]
        url = "mysql://somewhere/db"
        [logging]
        levle = "INFO"
        """,
    )
    assert [(mistake.where, mistake.expected) for mistake in mistakes_of(path)] == [
        ("[storage] url", "config.expected.storage_url"),
        ("[office] timezone", "config.expected.zone"),
        ("[office] name", "config.expected.text"),
        ("[nominations] allow_self", "config.expected.flag"),
        ("[month] hour", "config.expected.hour"),
        ("[logging] levle", "config.expected.known_near"),
        ("colour", "config.expected.known_near"),
        ("[nominations] story_min", "config.expected.less"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[offfice]", "offfice: expected a known name, perhaps office"),
        ("[logging]\nlevle = 1", "[logging] levle: expected a known name, perhaps level"),
        ("[office]\ntoken = 'x'", "[office] token: expected a known name, perhaps [telegram] token"),
        ("place = 'Huế'", "place: expected a known name, perhaps [office] place"),
        ("[logging]\ncolour = 1", "[logging] colour: expected a known name, one of: level, format"),
        ("office = 3", "office: expected a table that begins with the line [office]"),
        ("[[roster]]", "roster: expected a table that begins with the line [roster]"),
        ("[roster]\ninvite_days = 0", "[roster] invite_days: found 0, expected a whole number from 1 to 365"),
        (
            "[roster]\ninvite_days = true",
            "[roster] invite_days: found true, expected a whole number from 1 to 365",
        ),
        (
            "[roster]\ninvite_days = [1]",
            "[roster] invite_days: found […], expected a whole number from 1 to 365",
        ),
        (
            f"[roster]\ninvite_days = 0x{'f' * 9000}",
            "[roster] invite_days: found …, expected a whole number from 1 to 365",
        ),
        (
            "[delivery]\nper_second = nan",
            "[delivery] per_second: found nan, expected a number above 0, at most 1000",
        ),
        ("[office]\nlocale = 'fr'", '[office] locale: found "fr", expected one of: vi, en'),
        ("[office]\nplace = 'a\\nb'", None),
        (
            '[office]\nplace = "a\\nb"',
            '[office] place: found "a�b", expected one line of 1 to 100 characters',
        ),
        ("[office]\nname\n", "config.toml: expected TOML; look at line 2, column 5"),
        (
            "[office]\nname = [1,",
            "config.toml: expected TOML; the file breaks off in the middle of something",
        ),
        (f"a = {'9' * 9000}", "config.toml: expected TOML; the file breaks off in the middle of something"),
        (
            "[month]\nremind_days = [20, 25]",
            "[month] remind_days: found 25, expected less than due_day = 25",
        ),
        (
            "[month]\nremind_days = [31]",
            "[month] remind_days: found […], expected a list of days of the month from 1 to 28, such as [20]",
        ),
        ("[year]\nto = ['king']", "[year] to: found […], expected a list out of: unit_head, deputy"),
        (
            "[half_year]\nclose_day = 0",
            "[half_year] close_day: found 0, expected close_day or close_working_day, one of them above 0",
        ),
        (
            "[month]\nclose_day = 3",
            "[month] close_day: found 3, expected close_day or close_working_day, one of them above 0",
        ),
        ("[quarter]\nclose_day = 14", "[quarter] close_day: found 14, expected a day behind due_day = 15"),
        (
            "[calendar]\ndays_off = ['2026-12-31']",
            "[calendar] days_off: found […], expected a list of days such as [2026-12-31, 2027-01-02]",
        ),
        (
            "[calendar]\ndays_off = [2026-12-31]\ndays_worked = [2026-12-31]",
            "[calendar] days_worked: found 2026-12-31, expected days that are not in days_off",
        ),
        (
            "[calendar]\nquiet_from = '06:00'\n[month]\nhour = '05:00'",
            "[calendar] quiet_until: found 07:00, expected less than quiet_from = 06:00",
        ),
        (
            "[invitations]\nhour = '20:00'",
            (
                "[invitations] hour: found 20:00, expected an hour outside the quiet hours, "
                "from 07:00 and before 20:00"
            ),
        ),
        (
            "[big_days]\nreview_hour = '06:59'",
            (
                "[big_days] review_hour: found 06:59, expected an hour outside the quiet hours, "
                "from 07:00 and before 20:00"
            ),
        ),
        (
            "[big_days]\nreview_days = 1",
            "[big_days] review_days: found 1, expected a whole number from 2 to 15",
        ),
        (
            "[telegram]\nbase_file_url = 'https://h/file/bot'",
            '[telegram] base_file_url: found "https://h/file/bot", expected api.telegram.org, as in base_url',
        ),
    ],
)
def test_each_mistake_says_where_what_and_what_was_expected(tmp_path, text, told):
    """One sentence in English for each kind of mistake; the same facts are there for the catalogs."""
    if told is None:
        assert load_config(write(tmp_path, text), {}).office.place == "a\\nb"
        return
    assert str(only_mistake(tmp_path, text)).replace(f"{tmp_path}/", "") == told


def test_a_value_wrong_alone_is_not_told_twice(tmp_path):
    """A limit that is no number is not also compared with the other limit."""
    assert only_mistake(tmp_path, "[nominations]\nstory_min = 2000\nstory_max = 'x'").key == "story_max"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "config.expected.file"),
        ("tên".encode("utf-16"), "config.expected.utf8"),
        (b"\xff", "config.expected.utf8"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_mistake(tmp_path, content, expected):
    """A missing file and a file in another encoding are named, not shown as a traceback."""
    path = tmp_path / "config.toml"
    if content is not None:
        path.write_bytes(content)
    (mistake,) = mistakes_of(path)
    assert (mistake.where, mistake.expected) == (str(path), expected)


def test_a_file_saved_by_notepad_is_read(tmp_path):
    """The mark that Windows editors put before UTF-8 is no mistake, nor are decomposed letters."""
    path = tmp_path / "config.toml"
    path.write_text('[office]\r\nplace = "  Đồng Nai "\r\n', "utf-8-sig")
    assert load_config(path, {}).office.place == "Đồng Nai"


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///data/g.db", "data/g.db"),
        ("sqlite:////srv/g.db", "/srv/g.db"),
        ("sqlite:///g#1?.db", "g#1?.db"),
    ],
)
def test_an_sqlite_file_is_beside_the_configuration(tmp_path, url, file):
    """A relative path means the same from wherever the command is called, an absolute one itself."""
    storage = load_config(write(tmp_path, f"[storage]\nurl = '{url}'"), {}).storage
    assert storage.sqlite_path == tmp_path / file
    assert storage.url == f"sqlite:///{(tmp_path / file).as_posix()}"


def test_postgresql_is_taken_as_it_is_written(tmp_path):
    """A PostgreSQL address is not touched, and no file belongs to it."""
    for url in ("postgresql://g:p%40ss@db.local:5432/g", "postgresql://postgres:@/postgres?host=/run/pg"):
        storage = load_config(write(tmp_path, f"[storage]\nurl = '{url}'"), {}).storage
        assert (storage.url, storage.sqlite_path) == (url, None)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://g.db",
        "sqlite:///",
        "sqlite:///:memory:",
        "postgresql://h",
        "postgresql://h:x/g",
        "postgres://h/g",
        "g.db",
    ],
)
def test_an_address_that_no_database_has_is_refused(tmp_path, url):
    """A slip in the address is found before the bot starts."""
    assert only_mistake(tmp_path, f"[storage]\nurl = '{url}'").expected == "config.expected.storage_url"


@pytest.mark.parametrize(
    ("server", "taken"),
    [
        ("https://bots.example.vn", True),
        ("http://localhost:8081", True),
        ("http://127.0.0.1:8765", True),
        ("http://[::1]:8765", True),
        ("http://10.1.2.3", True),
        ("http://bot-api:8081", True),
        ("http://bots.example.vn", False),
        ("http://8.8.8.8", False),
        ("ftp://localhost", False),
        ("https://me:secret@bots.example.vn", False),
        ("https://", False),
        ("bots.example.vn", False),
        ("https://h:99999", False),
    ],
)
def test_the_token_travels_encrypted_or_not_beyond_the_office(tmp_path, server, taken):
    """Plain http is for this machine and private networks alone; credentials do not belong in the address."""
    path = write(tmp_path, f"[telegram]\nbase_url = '{server}/bot'\nbase_file_url = '{server}/file/bot'")
    if taken:
        assert load_config(path, {}).telegram.base_url == f"{server}/bot"
    else:
        assert {mistake.expected for mistake in mistakes_of(path)} == {"config.expected.api_url"}


def test_an_address_needs_its_ending(tmp_path):
    """`/bot` forgotten at the end would only show as 404 for every call."""
    mistake = only_mistake(tmp_path, "[telegram]\nbase_url = 'https://api.telegram.org'")
    assert mistake.values == {"ending": "/bot"}


@pytest.mark.parametrize("proxy", ["", "http://10.0.0.1:3128", "socks5://user:pass@proxy:1080"])
def test_a_proxy_may_be_given(tmp_path, proxy):
    """Offices that reach the Internet through a proxy write it down, with its password or without."""
    assert load_config(write(tmp_path, f"[telegram]\nproxy = '{proxy}'"), {}).telegram.proxy == proxy


def test_hours_are_read_in_both_spellings(tmp_path):
    """A text or TOML's own time of day, one digit or two."""
    read = load_config(write(tmp_path, "[month]\nhour = '9:05'\n[big_days]\nhour = 07:30:00"), {})
    assert (read.month.hour, read.big_days.hour) == (dt.time(9, 5), dt.time(7, 30))


def test_the_token_comes_from_the_environment_before_all(tmp_path):
    """A service manager can hand the token over, whatever the file says."""
    other = TOKEN.replace("123456789", "987654321")
    path = write(tmp_path, f"[telegram]\ntoken = '{other}'")
    assert load_config(path, {}).telegram.token == Secret(other)
    assert load_config(path, {"GUONGSANG_TOKEN": TOKEN}).telegram.token == Secret(TOKEN)
    assert load_config(path, {"GUONGSANG_TOKEN": ""}).telegram.token == Secret(other)


def test_the_token_comes_from_a_file_of_its_own(tmp_path):
    """The file named by token_file is beside the configuration and may end with a new line."""
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    path = write(tmp_path, "[telegram]\ntoken_file = 'token'")
    assert load_config(path, {}, need_token=True).telegram.token.reveal() == TOKEN


@pytest.mark.parametrize(
    ("content", "text", "expected"),
    [
        (None, "token_file = 'token'", "config.expected.file"),
        (b"\xff\xfe", "token_file = 'token'", "config.expected.file"),
        (b" \n", "token_file = 'token'", "config.expected.token"),
        (b"hunter2", "token_file = 'token'", "config.expected.token"),
        (TOKEN.encode(), f"token_file = 'token'\ntoken = '{TOKEN}'", "config.expected.one_token"),
    ],
)
def test_a_token_file_that_holds_no_token_is_one_mistake(tmp_path, content, text, expected):
    """What is wrong with the file is said once, and its content is not."""
    if content is not None:
        (tmp_path / "token").write_bytes(content)
    (mistake,) = mistakes_of(write(tmp_path, f"[telegram]\n{text}"), need_token=True)
    assert (mistake.where, mistake.expected, mistake.found) == ("[telegram] token_file", expected, "")


def test_a_wrong_token_is_one_mistake_wherever_it_stands(tmp_path):
    """A token of the wrong form is not also called missing."""
    (in_file,) = mistakes_of(write(tmp_path, "[telegram]\ntoken = 'hunter2'"), need_token=True)
    assert str(in_file).startswith("[telegram] token: expected the token as BotFather gave it")
    (in_environment,) = mistakes_of(None, {"GUONGSANG_TOKEN": "hunter2"}, need_token=True)
    assert in_environment.where == "GUONGSANG_TOKEN"


def test_no_mistake_shows_a_secret(tmp_path):
    """A token or a password pasted in any place, even a wrong one, is never printed back."""
    path = write(
        tmp_path,
        f"""
        token = "{TOKEN}"
        "{TOKEN}" = 1
        [telegram]
        token = "{TOKEN} hunter2"
        tokn = "{TOKEN}"
        base_url = "https://u:hunter2@h/{TOKEN}/bot"
        base_file_url = "{TOKEN}"
        proxy = "user:hunter2@proxy"
        token_file = "{TOKEN}"
        [storage]
        url = "postgres://u:hunter2@h/db"
        [office]
        name = "{TOKEN * 9}"
        locale = "//u:hunter2@h"
        """,
    )
    told = "\n".join(f"{mistake!r} {mistake}" for mistake in mistakes_of(path))
    assert "hunter2" not in told
    assert TOKEN.split(":")[1] not in told


def test_no_secret_is_in_the_configuration_as_printed(tmp_path):
    """repr, str and format of everything configured are safe to log."""
    path = write(
        tmp_path,
        f"""
        [telegram]
        token = "{TOKEN}"
        proxy = "http://u:hunter%32@h"
        [storage]
        url = "postgresql://u@h/db?password=hunter3"
        """,
    )
    config = load_config(path, {})
    told = f"{config!r} {config} {config.telegram.token!s}"
    assert not re.search(r"hunter|AAH", told)
    assert config.secrets() == (TOKEN, "hunter%32", "hunter2", "hunter3")
    assert Config().secrets() == ()


@given(st.text(min_size=1))
def test_a_secret_never_shows_itself(text):
    """Only `reveal` tells the text; two secrets are equal when their texts are."""
    secret = Secret(text)
    assert repr(secret) == str(secret) == f"{secret}" == "Secret(…)"
    assert repr(Telegram(token=secret)) == repr(Telegram())
    assert (secret.reveal(), secret, hash(secret)) == (text, Secret(text), hash(Secret(text)))
    assert secret != text


tables = st.dictionaries(
    st.sampled_from([key for name in TABLES for key in readers(name)]) | st.text(max_size=8),
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.times()
    | st.lists(st.integers()),
    max_size=4,
)


@given(st.sampled_from(sorted(TABLES)), tables)
def test_whatever_value_stands_there_it_is_taken_or_refused(name, values):
    """No value of any type makes a reader fail in another way than by saying what it takes: Unfit."""
    known = readers(name)
    for key, value in values.items():
        with contextlib.suppress(Unfit):
            known.get(key, next(iter(known.values())))(value)
