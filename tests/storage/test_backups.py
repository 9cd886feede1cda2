"""Backups: one form for both databases, proved before they take their name; restored whole or not at all."""

import asyncio
import shutil
import sqlite3
import stat
import uuid
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.domain.errors import Refused
from storage import backup_files, backup_rows, jobs, notices
from storage.backups import RESTORED, BadBackup, backups_folder, check_backup, make_backup, restore_backup
from storage.database import Database, open_database
from storage.migrating import migrate, migrations, open_migrated
from storage.notices import State
from tests.storage.interrupting import interrupted

NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)
NEWEST = max(migration.number for migration in migrations("sqlite"))
CHANGED_BY_A_RESTORE = {"watermarks", "audit"}
Rows = dict[str, list[tuple[Any, ...]]]


async def live_in(database: Database) -> None:
    """Rows of every sort: accents, nulls, great numbers, a child before its parent, an audit, a gap."""
    async with database.transaction() as session:
        for statement in (
            "insert into units (code, name) values ('CON', 'Tổ “một cửa” — ''thử''')",
            "insert into units (code, name) values ('ME', 'Trung tâm')",
            "update units set parent_id = (select id from units where code = 'ME') where code = 'CON'",
            "insert into audit (at, actor_id, act, subject) values (1794963600000000, null, 'thử', 'x')",
            "insert into updates (update_id, at) values (9007199254740993, 1794963600000000)",
            "insert into movements (name) values ('sẽ bị xóa')",
            "delete from movements where name = 'sẽ bị xóa'",
            "insert into screens values (1001, 'n', 3, 2, 7, '{}', 1794963600000000)",
            "insert into menus values ('chat:1', 'vi', 'abc')",
            "insert into tasks (kind, person_id, args, made_at) select 'export', id, '{}', 0 from people",
        ):
            await session.execute(statement)
        everybody = [row["id"] for row in await session.fetch("select id from people order by id")]
        for n, due_at in enumerate((NOW - timedelta(hours=1), NOW, NOW + timedelta(hours=1))):
            await notices.plan(session, "text", f"x:{n}", everybody[0], {"id": "ý"}, NOW, due_at=due_at)
        await notices.plan(session, "text", "sending", everybody[1], {}, NOW)
        await session.execute(
            "update notices set state = 'sending', token = 't' where occurrence = 'sending'"
        )
        await jobs.set_watermark(session, "schedule", NOW - timedelta(days=1))


@pytest.fixture
async def lived(database: Database) -> Database:
    """A database in which something has happened."""
    await live_in(database)
    return database


@pytest.fixture
def elsewhere(tmp_path: Path) -> str:
    """The address of another SQLite database, which is not there yet."""
    (tmp_path / "elsewhere").mkdir()
    return f"sqlite:///{tmp_path / 'elsewhere' / 'guongsang.db'}"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


async def rows_of(database: Database) -> Rows:
    """Every row of every table."""
    found = {}
    async with database.reading() as session:
        for table, columns in backup_files.schema_at(NEWEST).items():
            rows = await session.fetch(f"select {', '.join(columns)} from {table}")  # noqa: S608
            found[table] = sorted((tuple(dict(row).values()) for row in rows), key=repr)
    return found


async def rows_at(url: str) -> Rows:
    database = await open_database(url, read_only=True)
    try:
        return await rows_of(database)
    finally:
        await database.close()


def at_rest(path: Path) -> list[str]:
    """What lies in a folder but the lock and what an open database keeps beside it."""
    return sorted(p.name for p in path.iterdir() if p.suffix not in {".lock", ".db-wal", ".db-shm"})


# --- making ---


async def test_a_backup_holds_every_row_and_says_so(lived, tmp_path):
    """The same rows as the database, whichever it is, in one file for the owner's eyes."""
    path = tmp_path / "b.db"
    facts = await make_backup(lived, path)
    assert facts == await check_backup(path)
    held = await rows_at(f"sqlite:///{path}")
    assert held == await rows_of(lived)
    assert facts.rows == {table: len(rows) for table, rows in held.items()}
    assert (facts.number, facts.last_at) == (NEWEST, NOW - timedelta(days=1))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [name for name in at_rest(tmp_path) if name.startswith(".")] == []


async def test_a_backup_is_of_one_instant(lived, tmp_path, monkeypatch):
    """What is written while it is being made is in it as a whole or not at all."""
    halfway = asyncio.Event()
    copied = backup_rows._copy_table

    async def copy_slowly(session: Any, to: Any, table: str, columns: tuple[str, ...]) -> int:
        if table == "people":
            async with lived.transaction() as other:
                await other.execute("insert into units (code, name) values ('MOI', 'Mới')")
                await other.execute(
                    "insert into people (code, full_name, folded_name, unit_id)"
                    " select 'moi', 'Mới', 'moi', id from units where code = 'MOI'"
                )
            halfway.set()
        return await copied(session, to, table, columns)

    monkeypatch.setattr(backup_rows, "_copy_table", copy_slowly)
    before = await rows_of(lived)
    await make_backup(lived, tmp_path / "b.db")
    assert await rows_at(f"sqlite:///{tmp_path / 'b.db'}") == before
    assert halfway.is_set() == (lived.dialect == "postgresql")


async def test_a_backup_holds_what_is_committed_and_not_yet_in_the_file(lived, tmp_path):
    """What stands in the write-ahead log belongs to it."""
    async with lived.transaction() as session:
        await session.execute("insert into movements (name) values ('vừa xong')")
    await make_backup(lived, tmp_path / "b.db")
    held = await rows_at(f"sqlite:///{tmp_path / 'b.db'}")
    assert any("vừa xong" in row for row in held["movements"])


async def test_a_backup_that_cannot_be_proved_takes_no_name(lived, tmp_path, monkeypatch):
    """The one that was there stays, and nothing half-made is left."""
    path = tmp_path / "b.db"
    path.write_text("đã có")
    real = backup_files.read_facts

    def one_too_few(file: Path) -> backup_files.BackupFacts:
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("delete from movements where id = 1")
        return real(file)

    monkeypatch.setattr(backup_files, "read_facts", one_too_few)
    with pytest.raises(BadBackup) as refused:
        await make_backup(lived, path)
    assert refused.value.message_id == "backup.unproved"
    assert path.read_text() == "đã có"
    assert [name for name in at_rest(tmp_path) if name.startswith(".")] == []


async def test_an_interrupted_backup_leaves_the_one_before(lived, tmp_path):
    """Wherever it is cancelled, the name stands for a whole backup."""
    path = tmp_path / "b.db"
    await make_backup(lived, path)
    before = await rows_at(f"sqlite:///{path}")
    for pause in range(1, 1500, 31):
        if await interrupted(make_backup(lived, path), pause):
            break
        assert await rows_at(f"sqlite:///{path}") == before
    else:
        pytest.fail("never came to its end")


# --- looking ---


@pytest.fixture
async def backup(sqlite_template: Path, tmp_path: Path) -> Path:
    """A backup of an office in which something has happened."""
    shutil.copy(sqlite_template, tmp_path / "source.db")
    database = await open_migrated(f"sqlite:///{tmp_path / 'source.db'}", synchronous="OFF")
    await live_in(database)
    await make_backup(database, tmp_path / "backup.db")
    await database.close()
    return tmp_path / "backup.db"


def _write(statement: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("pragma foreign_keys = off")
            connection.execute(statement)

    return change


def _overwrite(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    for page in range(4096 * 4, len(whole), 4096):
        whole[page : page + 200] = b"\xff" * 200
    path.write_bytes(whole)


SPOILT: dict[str, tuple[Callable[[Path], Any], str]] = {
    "gone": (lambda path: path.unlink(), "backup.no_file"),
    "empty": (lambda path: path.write_bytes(b""), "backup.not_one"),
    "no database": (lambda path: path.write_text("Mã,Họ tên\n" * 99), "backup.not_one"),
    "somebody else's": (_write("drop table migrations"), "backup.not_one"),
    "a table is missing": (_write("drop table audit"), "backup.not_one"),
    "a step is missing": (_write("delete from migrations where number = 3"), "backup.not_one"),
    "cut short": (lambda path: path.write_bytes(path.read_bytes()[:-8192]), "backup.damaged"),
    "written over": (_overwrite, "backup.damaged"),
    "a link to nothing": (_write("update people set unit_id = 999 where id = 1"), "backup.damaged"),
    "of a newer version": (_write("insert into migrations values (999, 'later')"), "backup.newer"),
}


@pytest.mark.parametrize(("spoil", "why"), SPOILT.values(), ids=SPOILT)
async def test_what_is_no_sound_backup_is_refused(backup, elsewhere, spoil, why):
    """Looking at it says why; restoring it changes nothing."""
    spoil(backup)
    with pytest.raises(BadBackup) as refused:
        await check_backup(backup)
    assert refused.value.message_id == why
    with pytest.raises(BadBackup):
        await restore_backup(backup, elsewhere, NOW)
    assert list(Path(elsewhere.removeprefix("sqlite:///")).parent.iterdir()) == []


async def test_looking_at_a_backup_leaves_nothing_beside_it(backup):
    """Not even one out of an earlier upgrade, which is written in another way."""
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("pragma journal_mode = wal")
    before = at_rest(backup.parent)
    assert (await check_backup(backup)).number == NEWEST
    assert at_rest(backup.parent) == before
    assert not backup.with_name("backup.db-shm").exists()


# --- restoring ---


async def test_what_is_restored_are_the_same_rows(lived, database_url, tmp_path, elsewhere):
    """From each database into SQLite, and from there back into it: row by row but for its marks."""
    before = await rows_of(lived)
    await make_backup(lived, tmp_path / "b.db")
    quiet = NOW - timedelta(days=9)  # nothing was due
    there = await restore_backup(tmp_path / "b.db", elsewhere, quiet)
    assert there.kept is None
    found = await rows_at(elsewhere)
    unchanged = before.keys() - CHANGED_BY_A_RESTORE - {"notices", "tasks", "screens", "menus"}
    assert {table: found[table] for table in unchanged} == {table: before[table] for table in unchanged}
    other = await open_database(elsewhere)
    await make_backup(other, tmp_path / "c.db")
    await other.close()
    async with lived.transaction() as session:
        await session.execute("insert into movements (name) values ('mới hơn')")
    await lived.close()
    back = await restore_backup(tmp_path / "c.db", database_url, quiet)
    again = await rows_at(database_url)
    assert {table: again[table] for table in unchanged} == {table: before[table] for table in unchanged}
    assert back.kept
    kept = await rows_at(f"sqlite:///{back.kept}")
    assert any("mới hơn" in row for row in kept["movements"])
    assert kept["notices"] == before["notices"]


@pytest.fixture
async def restored(lived, database_url, tmp_path) -> Any:
    """The database after its own backup was restored."""
    await make_backup(lived, tmp_path / "b.db")
    await lived.close()
    await restore_backup(tmp_path / "b.db", database_url, NOW)
    opened = await open_migrated(database_url, synchronous="OFF")
    yield opened
    await opened.close()


async def test_what_was_due_waits_and_what_was_on_its_way_is_in_doubt(restored):
    """Nothing that may have been sent goes by itself; what is due later does."""
    async with restored.reading() as session:
        states = {
            row["occurrence"]: row["state"]
            for row in await session.fetch("select occurrence, state from notices")
        }
        assert await jobs.watermark(session, RESTORED) == NOW
    assert states == {"x:0": "held", "x:1": "held", "x:2": "pending", "sending": "unknown"}


async def test_what_is_planned_for_before_the_restore_waits_too(restored):
    """The schedule plans the days since the backup anew, and they may have gone out."""
    async with restored.transaction() as session:
        someone = (await session.fetch("select min(id) as id from people"))[0]["id"]
        await notices.plan(session, "reminder", "y", someone, {}, NOW, due_at=NOW - timedelta(minutes=1))
    async with restored.reading() as session:
        assert await notices.count_of(session, "reminder", "y") == {State.HELD: 1}


async def test_doubt_of_before_the_restore_is_never_sent_once_more(restored):
    """Whether the second copy went out is not known either."""
    async with restored.transaction() as session:
        await notices.send_again(session, ["text"], NOW + timedelta(days=1), NOW + timedelta(days=1))
    async with restored.reading() as session:
        assert await notices.count_of(session, "text", "sending") == {State.UNKNOWN: 1}


async def test_work_screens_and_menus_of_before_are_not_done_again(restored):
    """Files were handed over, screens shown; menus are registered anew, since nobody knows what is shown."""
    async with restored.reading() as session:
        tasks = await session.fetch("select distinct state, error from tasks")
        screens = await session.fetch("select version, shown_version from screens")
        menus = await session.fetch("select digest from menus")
        audited = await session.fetch("select act from audit order by id")
    assert [tuple(dict(row).values()) for row in tasks] == [("failed", "restored")]
    assert [tuple(dict(row).values()) for row in screens] == [(3, 3)]
    assert [row["digest"] for row in menus] == [""]
    assert [row["act"] for row in audited] == ["thử", "restore"]


async def test_new_rows_get_numbers_that_no_lost_row_had(restored):
    """A button of a lost row must not fit a new one, in tables that were empty too."""
    async with restored.transaction() as session:
        someone = (await session.fetch("select min(id) as id from people"))[0]["id"]
        made = await session.fetch(
            f"insert into invites (secret_hash, person_id, made_at, expires_at)"  # noqa: S608
            f" values ('h', {someone}, 0, 0) returning id"
        )
        added = await session.fetch("insert into movements (name) values ('mới') returning id")
    assert made[0]["id"] == 100_001
    assert added[0]["id"] > 100_000


async def test_the_audit_stays_append_only(restored):
    """What keeps it so was set aside for the restore alone."""
    for statement in ("delete from audit", "update audit set act = 'x'"):
        with pytest.raises((sqlite3.IntegrityError, asyncpg.RaiseError)):
            async with restored.transaction() as session:
                await session.execute(statement)


async def test_links_hold_after_a_restore(restored):
    """A person without a unit is refused as before."""
    with pytest.raises((sqlite3.IntegrityError, asyncpg.ForeignKeyViolationError)):
        async with restored.transaction() as session:
            await session.execute("update people set unit_id = 999")


async def test_a_backup_of_an_older_version_is_brought_up_to_date(tmp_path, elsewhere, monkeypatch):
    """It is restored with all steps that came since."""
    known = migrations("sqlite")
    older = [migration for migration in known if migration.number <= 3]
    monkeypatch.setattr("storage.migrating.migrations", lambda _: older)
    database = await open_database(f"sqlite:///{tmp_path / 'old.db'}", synchronous="OFF")
    await migrate(database)
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert (await make_backup(database, tmp_path / "b.db")).number == 3
    await database.close()
    await restore_backup(tmp_path / "b.db", elsewhere, NOW)
    assert len((await rows_at(elsewhere))["migrations"]) == NEWEST


async def test_an_interrupted_restore_leaves_the_old_data_or_the_new(lived, database_url, tmp_path):
    """Wherever it is cancelled, the database is the one or the other, whole."""
    await make_backup(lived, tmp_path / "b.db")
    async with lived.transaction() as session:
        await session.execute("insert into movements (name) values ('mới hơn')")
    old = await rows_of(lived)
    await lived.close()
    for pause in range(1, 2400, 51):
        ended = await interrupted(restore_backup(tmp_path / "b.db", database_url, NOW), pause)
        await _let_go(database_url)
        found = await rows_at(database_url)
        if ended:
            assert found["movements"] != old["movements"]
            break
        if found != old:
            assert len(found["movements"]) == len(old["movements"]) - 1
            assert "held" in {value for row in found["notices"] for value in row}
    else:
        pytest.fail("never came to its end")


async def _let_go(url: str) -> None:
    """Wait until the server has noticed that the interrupted connections are gone."""
    if url.startswith("sqlite"):
        return
    for _ in range(12_000):
        try:
            await backup_rows.check_unused(url)
        except Refused:
            await asyncio.sleep(0.01)
        else:
            return


async def test_what_is_damaged_is_kept_as_it_is(backup, elsewhere):
    """A file that cannot be opened any more is put aside with what lies beside it, and replaced."""
    path = Path(elsewhere.removeprefix("sqlite:///"))
    await asyncio.to_thread(path.write_bytes, b"SQLite format 3\x00" + b"\xff" * 9000)
    restored = await restore_backup(backup, elsewhere, NOW)
    assert restored.kept
    assert restored.kept.name == "kept-20261118-010000.damaged.db"
    assert restored.kept.read_bytes() == b"SQLite format 3\x00" + b"\xff" * 9000
    assert (await rows_at(elsewhere))["people"]


async def test_what_was_kept_is_never_written_over(backup, elsewhere):
    """Two restores in one second keep two files."""
    for _ in range(3):
        await restore_backup(backup, elsewhere, NOW)
    names = at_rest(backups_folder(elsewhere))
    assert names == ["kept-20261118-010000-2.db", "kept-20261118-010000.db"]


async def test_who_reads_meanwhile_is_not_deceived(backup, elsewhere):
    """A file that is being read is not replaced: it would read half of each."""
    await restore_backup(backup, elsewhere, NOW)
    writer = await open_database(elsewhere)
    reader = await open_database(elsewhere, read_only=True)
    async with reader.reading() as session:
        await session.fetch("select * from people")
        async with writer.transaction() as other:
            await other.execute("insert into movements (name) values ('x')")
        with pytest.raises(Refused) as refused:
            await restore_backup(backup, elsewhere, NOW)
    await reader.close()
    await writer.close()
    assert refused.value.message_id == "restore.in_use"
    assert any("x" in row for row in (await rows_at(elsewhere))["movements"])


async def test_a_database_is_not_restored_from_itself(backup, elsewhere):
    """The file of the database is no backup of it."""
    await restore_backup(backup, elsewhere, NOW)
    with pytest.raises(Refused) as refused:
        await restore_backup(Path(elsewhere.removeprefix("sqlite:///")), elsewhere, NOW)
    assert refused.value.message_id == "restore.same_file"


async def test_a_server_in_use_is_refused(backup, postgres, postgres_template):
    """The bot is connected as long as it runs."""
    name = f"used_{uuid.uuid4().hex}"
    connection = await asyncpg.connect(postgres.format(name="postgres"))
    await connection.execute(f'create database {name} template "{postgres_template}"')
    await connection.close()
    url = postgres.format(name=name)
    running = await open_migrated(url)
    with pytest.raises(Refused) as refused:
        await restore_backup(backup, url, NOW)
    assert refused.value.message_id == "restore.in_use"
    await running.close()


async def test_a_fresh_server_is_filled(backup, postgres):
    """A backup of SQLite moves an office to PostgreSQL; it holds no zero character, so that is replaced."""
    with closing(sqlite3.connect(backup)) as connection, connection:
        connection.execute("update people set post = ? where id = 1", ("a\x00b",))
    name = f"fresh_{uuid.uuid4().hex}"
    connection = await asyncpg.connect(postgres.format(name="postgres"))
    await connection.execute(f"create database {name}")
    await connection.close()
    restored = await restore_backup(backup, postgres.format(name=name), NOW)
    assert restored.kept is None
    found = await rows_at(postgres.format(name=name))
    assert len(found["people"]) == restored.facts.rows["people"]
    assert any("a\ufffdb" in row for row in found["people"])


def test_backups_lie_beside_the_data():
    """Beside an SQLite file, in the working folder for a server."""
    assert backups_folder("sqlite:////srv/x.db") == Path("/srv/x.db.backups")
    assert backups_folder("postgresql://h/x") == Path.cwd() / "guongsang.backups"
