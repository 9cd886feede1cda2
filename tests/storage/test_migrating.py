"""The schema's history: each step once, as a whole, after a copy was put aside; never backwards."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.__main__ import main
from storage import migrating
from storage.database import Database, open_database
from storage.migrating import DatabaseTooNew, Migration, migrate, migrations, open_migrated, statements

NEWEST = max(migration.number for migration in migrations("sqlite"))
FINE = Migration(NEWEST + 1, "fine", "create table added (x bigint);\ninsert into added values (1);\n")
BROKEN = Migration(NEWEST + 1, "broken", "create table added (x bigint);\ninsert into nowhere values (1);\n")
BEFORE = """
insert into units (id, code, name) values (1, 'TH', 'Phòng Tổng hợp');
insert into people (id, code, full_name, folded_name, unit_id) values
  (1, 'a', 'A', 'a', 1), (2, 'b', 'B', 'b', 1);
insert into nominations (id, nominee_kind, nominee_key, nominee_name, unit_id, period, made_at) values
  (1, 'group', 'g:1', 'Tổ một', 1, '2026-10', 1), (2, 'group', 'g:2', 'Tổ hai', 1, '2026-10', 1);
insert into endorsements (nomination_id, nominator_id, kind, story, sent_at, withdrawn_at) values
  (1, 1, 'good_deed', 'rút lại', 1, 3), (1, 2, 'good_deed', 'Trực cả buổi trưa', 2, null);
insert into choices (unit_id, period, nomination_id, person_id, at) values
  (1, '2026-10', 1, 1, 5), (1, '2026-10', 2, 1, 5);
"""
"""An office before an answer had a reason: two groups chosen, one of them without a word that stands."""
FAILURES = (sqlite3.OperationalError, asyncpg.PostgresError)


@pytest.fixture
def history(monkeypatch):
    """Adds to the migrations that the program knows."""
    real = migrations

    def add(*more: Migration) -> None:
        monkeypatch.setattr(migrating, "migrations", lambda dialect: [*real(dialect), *more])

    return add


async def rows(database: Database, statement: str) -> list[tuple[Any, ...]]:
    async with database.reading() as session:
        return [tuple(dict(row).values()) for row in await session.fetch(statement)]


async def numbers(database: Database) -> list[int]:
    return [number for (number,) in await rows(database, "select number from migrations order by number")]


async def test_a_new_database_gets_every_step_once(fresh):
    """From nothing to the newest; again nothing is done, and what is there stays."""
    assert await migrate(fresh) == [migration.number for migration in migrations(fresh.dialect)]
    movements = await rows(fresh, "select id, name from movements order by id")
    assert movements
    assert await migrate(fresh) == []
    assert await rows(fresh, "select id, name from movements order by id") == movements
    assert await numbers(fresh) == [migration.number for migration in migrations(fresh.dialect)]


async def test_choices_of_before_get_a_reason(fresh, monkeypatch):
    """They were confirmed by the three criteria; what the first nominator still says speaks for them."""
    known = migrations(fresh.dialect)
    monkeypatch.setattr(migrating, "migrations", lambda _: [one for one in known if one.number < 6])
    await migrate(fresh)
    async with fresh.transaction() as session:
        for statement in statements(BEFORE, fresh.dialect):
            await session.execute(statement)
    monkeypatch.undo()
    await migrate(fresh)
    confirmed = '["positive", "spreading", "typical"]'
    assert await rows(fresh, "select reason, criteria from choices order by nomination_id") == [
        ("Trực cả buổi trưa", confirmed),
        ("", confirmed),
    ]


async def test_a_step_that_fails_leaves_nothing_of_itself(fresh, history):
    """Neither its table nor its number stands; mended, it is applied the next time."""
    await migrate(fresh)
    history(BROKEN)
    with pytest.raises(FAILURES):
        await migrate(fresh)
    assert max(await numbers(fresh)) == NEWEST
    with pytest.raises(FAILURES):
        await rows(fresh, "select * from added")
    history(FINE)
    assert await migrate(fresh) == [FINE.number]
    assert await rows(fresh, "select * from added") == [(1,)]


async def test_a_newer_database_is_refused(fresh, history):
    """A program that does not know the newest step does nothing at all."""
    await migrate(fresh)
    async with fresh.transaction() as session:
        await session.execute(f"insert into migrations values ({NEWEST + 5}, 'later')")  # noqa: S608
    history(FINE)
    with pytest.raises(DatabaseTooNew) as refused:
        await migrate(fresh)
    assert (refused.value.found, refused.value.known) == (NEWEST + 5, FINE.number)
    assert FINE.number not in await numbers(fresh)


def copies(path: Path) -> list[str]:
    return sorted(copy.name for copy in path.parent.glob(f"{path.name}.backups/*"))


async def opened_once(path: Path, backups: int = 5) -> None:
    await (await open_migrated(f"sqlite:///{path}", synchronous="OFF", backups=backups)).close()


async def test_a_copy_is_put_aside_before_a_change(tmp_path, history):
    """It opens, holds what was there before, and is for the same eyes; a start without change makes none."""
    path = tmp_path / "guongsang.db"
    await opened_once(path)
    path.chmod(0o600)
    await opened_once(path)
    assert copies(path) == []
    history(FINE)
    await opened_once(path)
    assert copies(path) == [f"before-{FINE.number:04}.db"]
    copy = tmp_path / "guongsang.db.backups" / f"before-{FINE.number:04}.db"
    assert copy.stat().st_mode & 0o777 == 0o600
    opened = await open_database(f"sqlite:///{copy}", read_only=True)
    assert max(await numbers(opened)) == NEWEST
    assert await rows(opened, "select * from movements")
    with pytest.raises(sqlite3.OperationalError):
        await rows(opened, "select * from added")
    await opened.close()


async def test_a_copy_holds_what_a_crash_left_in_the_journal(tmp_path, history):
    """What is committed but still in the WAL file is in the copy too."""
    path = tmp_path / "guongsang.db"
    running = await open_migrated(f"sqlite:///{path}", synchronous="OFF")
    async with running.transaction() as session:
        await session.execute("insert into movements (name) values ('vừa thêm')")
    assert (tmp_path / "guongsang.db-wal").stat().st_size
    history(FINE)
    await opened_once(path)
    await running.close()
    opened = await open_database(f"sqlite:///{path}.backups/before-{FINE.number:04}.db", read_only=True)
    assert await rows(opened, "select count(*) from movements where name = 'vừa thêm'") == [(1,)]
    await opened.close()


@pytest.mark.parametrize(("kept", "left"), [(2, 2), (1, 1), (0, 0)])
async def test_only_the_newest_copies_are_kept(tmp_path, history, kept, left):
    """As many as configured; none is made where none is wanted."""
    path = tmp_path / "guongsang.db"
    await opened_once(path)
    steps: list[Migration] = []
    for number in range(NEWEST + 1, NEWEST + 5):
        steps.append(Migration(number, "step", f"create table t{number} (x bigint);"))
        history(*steps)
        await opened_once(path, backups=kept)
    newest = range(NEWEST + 5 - left, NEWEST + 5)
    assert copies(path) == [f"before-{number:04}.db" for number in newest]


async def test_a_copy_stands_when_the_step_after_it_fails(tmp_path, history):
    """That is what it is for; the file itself is as before."""
    path = tmp_path / "guongsang.db"
    await opened_once(path)
    history(BROKEN)
    with pytest.raises(sqlite3.OperationalError):
        await opened_once(path)
    assert copies(path) == [f"before-{BROKEN.number:04}.db"]
    history()
    await opened_once(path)


COMMANDS = {
    "writing": ["roster", "import", "people.csv"],
    "reading": ["roster", "export", "out.csv"],
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_the_command_line_explains_a_newer_database(tmp_path, monkeypatch, capsys, command):
    """What was found, what is known, and what to do, instead of a traceback."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text("Mã,Họ tên,Đơn vị\n", "utf-8")
    asyncio.run(opened_once(tmp_path / "guongsang.db"))
    connection = sqlite3.connect(tmp_path / "guongsang.db")
    connection.execute("insert into migrations values (999, 'later')")
    connection.commit()
    connection.close()
    assert main([*command, "--data", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert f"phiên bản mới hơn tạo ra (bước 999; chương trình này biết đến bước {NEWEST})" in said
    assert "Traceback" not in said


SCRIPT = """-- A comment.
create table a (x text default ';');

insert into a values ('one;
two');
create function f() returns trigger language plpgsql as
$$ begin
  raise exception 'no;';
end $$;
create trigger t before update on a
for each statement execute function f();
insert into a values ('three');
"""
SQLITE_SCRIPT = """create trigger t before delete on a
begin
  select raise(abort, 'no');
end;
create table b (x)
"""


def test_a_script_of_postgresql_is_split_where_statements_end():
    """Not within a text, nor a function; a trigger ends where it ends."""
    found = [statement.split()[:2] for statement in statements(SCRIPT, "postgresql")]
    assert found == [
        ["create", "table"],
        ["insert", "into"],
        ["create", "function"],
        ["create", "trigger"],
        ["insert", "into"],
    ]


def test_a_script_of_sqlite_keeps_the_body_of_a_trigger():
    """The semicolon within does not end it; the last statement needs none."""
    first, last = statements(SQLITE_SCRIPT, "sqlite")
    assert first.endswith("end;")
    assert last == "create table b (x)"


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_migrations_are_numbered_without_gaps(dialect):
    """Both databases go through the same numbers, so that one number says which schema it is."""
    found = [migration.number for migration in migrations(dialect)]
    assert found == list(range(1, NEWEST + 1))
