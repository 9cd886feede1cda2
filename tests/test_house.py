"""The rules of the house: who may import whom, who may look at the clock, what the locks may hold."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
ROOMS = ("bot", "handlers", "storage")

TELEGRAM_ROOMS = (
    "handlers/",
    *(f"bot/{name}.py" for name in ("app", "ingress", "notices", "outbox", "request", "sending")),
)
STOPWATCH_ROOMS = ("bot/ingress.py", "bot/logs.py", "handlers/turn.py")
OUTSIDE_WORLD = {
    "asyncio",
    "http",
    "os",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "threading",
    "urllib",
}

WALL_CLOCKS = {
    *(
        f"datetime.{kind}.{reading}"
        for kind in ("datetime", "date")
        for reading in ("now", "utcnow", "today")
    ),
    *(
        f"time.{reading}"
        for reading in ("time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime")
    ),
}
STOPWATCHES = {
    f"time.{reading}{unit}"
    for reading in ("monotonic", "perf_counter", "process_time", "thread_time")
    for unit in ("", "_ns")
}
SQL_CLOCKS = re.compile(
    r"(?i)\b(?:current_(?:timestamp|date|time)|localtime(?:stamp)?|now\s*\(|(?:clock|statement)_timestamp)|'now'"
)


def sources(*rooms: str, ending: str = ".py") -> list[Path]:
    found = sorted(path for room in rooms for path in (HOUSE / room).rglob(f"*{ending}"))
    assert found, rooms
    return found


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    """The full names of all modules that are imported anywhere in a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield node.module or ""


def clocks_read(tree: ast.Module) -> set[str]:
    """The full names of the clocks a file calls or hands on, under whatever names it imported them."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            known |= {name.asname or name.name: name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            known |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}
    used = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            first, _, rest = ast.unparse(node).partition(".")
            used.add(f"{known.get(first, first)}.{rest}".rstrip("."))
    return used & (WALL_CLOCKS | STOPWATCHES)


def test_the_import_rules_hold():
    """The contracts of pyproject.toml: layers, Telegram at the edge, a bot that knows no sandbox."""
    lint_imports = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([lint_imports, "--no-cache"], cwd=HOUSE, capture_output=True, text=True, check=False)  # noqa: S603
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("path", sources(*ROOMS), ids=room_of)
def test_telegram_is_imported_only_at_the_edge(path):
    """A file outside the named ones that imports `telegram` has taken a decision into the wrong room."""
    if not room_of(path).startswith(TELEGRAM_ROOMS):
        assert not [name for name in imported(parsed(path)) if name.split(".")[0] == "telegram"]


@pytest.mark.parametrize("path", sources("bot/domain"), ids=room_of)
def test_the_domain_imports_the_standard_library_alone(path):
    """Rules stand on the standard library and `holidays`, without its doors to the outside."""
    for name in imported(parsed(path)):
        root = name.split(".")[0]
        assert name.startswith("bot.domain") or root == "holidays" or root in sys.stdlib_module_names, name
        takes_addresses_apart = name == "urllib.parse"
        assert root not in OUTSIDE_WORLD or takes_addresses_apart, name


@pytest.mark.parametrize("path", sources("storage"), ids=room_of)
def test_storage_imports_of_the_house_the_domain_alone(path):
    """Rows become the domain's dataclasses; `bot.clock` is there for its conversion of instants."""
    for name in imported(parsed(path)):
        if name.split(".")[0] in ROOMS:
            assert name.startswith(("storage", "bot.domain")) or name == "bot.clock", name


@pytest.mark.parametrize("path", sources(*ROOMS), ids=room_of)
def test_there_is_one_clock(path):
    """The sandbox and tests turn bot/clock.py: another would not turn with it. Stopwatches time work."""
    allowed = WALL_CLOCKS if room_of(path) == "bot/clock.py" else set()
    allowed |= STOPWATCHES if room_of(path) in STOPWATCH_ROOMS else set()
    assert clocks_read(parsed(path)) <= allowed


@pytest.mark.parametrize("path", sources("storage", ending=".sql"), ids=room_of)
def test_the_database_reads_no_clock(path):
    """An instant comes as a parameter; a default of the database would be real time in the sandbox."""
    assert not SQL_CLOCKS.search(re.sub(r"--.*", "", path.read_text("utf-8")))


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import datetime as dt\nx = dt.datetime.now(dt.UTC)", {"datetime.datetime.now"}),
        (
            "from datetime import date as day, datetime\nx = [datetime.utcnow, day.today()]",
            {"datetime.datetime.utcnow", "datetime.date.today"},
        ),
        ("from time import time, monotonic\nx = time() - monotonic()", {"time.time", "time.monotonic"}),
        ("import time\nx = time.time_ns()", {"time.time_ns"}),
        ("class A:\n    def f(self, clock): return self.now(), clock.now(), clock.time()", set()),
    ],
)
def test_a_second_clock_would_be_found(code, found):
    """The search knows clocks under other names, and does not take a clock that is handed in for one."""
    assert clocks_read(ast.parse(code)) == found


@pytest.mark.parametrize("text", ["DEFAULT CURRENT_TIMESTAMP", "where at < now()", "strftime('%s', 'now')"])
def test_a_clock_in_sql_would_be_found(text):
    """The three ways in which SQL asks for the time."""
    assert SQL_CLOCKS.search(text)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_names_versions_and_hashes_and_nothing_else(name):
    """No index, no address, no path of the machine that made it; nothing without a hash."""
    lines = (HOUSE / name).read_text("utf-8").replace("\\\n", "").splitlines()
    packages = [line for line in lines if not line.startswith("#")]
    assert len(packages) > 15
    for line in packages:
        assert re.fullmatch(
            r"[a-z0-9-]+==[\w.]+( ; [^:/@\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+", line.strip()
        ), line
    assert [line.strip() for line in lines if line.startswith("#") and re.search(r"[:/]\S", line)] == []


def test_the_locks_hold_what_the_project_asks_for():
    """Each dependency and build tool is locked, and both locks agree about the version."""
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
    runtime, dev = (locked(name) for name in ("requirements.txt", "requirements-dev.txt"))
    wanted = project["project"]["dependencies"] + project["build-system"]["requires"]
    assert names(wanted) <= runtime.keys()
    assert names(project["dependency-groups"]["dev"]) <= dev.keys()
    assert runtime.items() <= dev.items()


def locked(name: str) -> dict[str, str]:
    return dict(re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", (HOUSE / name).read_text("utf-8")))


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^\w-]", requirement)[0].lower() for requirement in requirements}


@pytest.mark.parametrize(
    ("body", "code"), [("pass", 0), ("pytest.skip('no browser')", 1), ("assert False", 1)]
)
def test_a_skipped_test_fails_where_nothing_may_be_skipped(tmp_path, body, code):
    """What .ci/run relies on: with the plugin, a skip makes pytest exit as a failure does."""
    (tmp_path / "test_it.py").write_text(f"import pytest\ndef test_it():\n    {body}\n")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.no_skips",
        "-p",
        "no:cacheprovider",
        str(tmp_path),
    ]
    run = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)  # noqa: S603
    assert run.returncode == code, run.stdout
    assert ("skipped tests fail this run: 1" in run.stdout) == ("skip" in body)
