"""A transaction happens as a whole or not at all, whatever interrupts it, on both databases."""

import asyncio
import sqlite3
from datetime import UTC, datetime
from itertools import count

import asyncpg
import pytest

from bot.domain.hours import Hours
from bot.domain.people import PersonId
from storage import access, conversations, notices
from storage.database import Database, Session, open_database
from storage.notices import State
from tests.office import START
from tests.storage.interrupting import interrupted

CHAT = 77
REFUSED = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)
READ_ONLY = (PermissionError, sqlite3.OperationalError, asyncpg.ReadOnlySQLTransactionError)


async def noted(database: Database, *update_ids: int) -> set[int]:
    async with database.reading() as session:
        return await conversations.list_noted(session, list(update_ids))


async def write_two(database: Database, update_id: int, spoken: list[int]) -> None:
    async with database.transaction() as session:
        session.after_commit(lambda: spoken.append(update_id))
        await conversations.note_update(session, update_id, START)
        await conversations.note_update(session, -update_id, START)
        assert spoken == []


async def test_what_raises_leaves_nothing(database):
    """An error on the way undoes all, is raised on, nothing is said, and the next one works."""
    spoken: list[int] = []

    async def fail() -> None:
        async with database.transaction() as session:
            session.after_commit(lambda: spoken.append(1))
            await conversations.note_update(session, 1, START)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await noted(database, 1) == set()
    assert spoken == []
    await write_two(database, 2, spoken)
    assert await noted(database, 2, -2) == {2, -2}
    assert spoken == [2]


async def test_a_statement_that_fails_leaves_nothing(database):
    """What the database refuses undoes what it had taken before."""

    async def fail() -> None:
        async with database.transaction() as session:
            await conversations.note_update(session, 1, START)
            await session.execute("select nothing from nowhere")

    with pytest.raises((sqlite3.OperationalError, asyncpg.PostgresError)):
        await fail()
    assert await noted(database, 1) == set()


@pytest.mark.parametrize("pauses", [(0,), (0, 1), (0, 1, 2)], ids=["once", "twice", "thrice"])
async def test_a_cancelled_transaction_happens_as_a_whole_or_not_at_all(database, pauses):
    """At every pause, and again while it is being undone: both rows or none, said if and only if kept."""
    for first in count(1):
        spoken: list[int] = []
        ended = await interrupted(
            write_two(database, first, spoken), *(first + further for further in pauses)
        )
        kept = await noted(database, first, -first)
        assert kept in (set(), {first, -first})
        assert bool(spoken) == bool(kept)
        if ended:
            break
    assert kept
    assert first > 3


@pytest.mark.parametrize("pauses", [(0,), (0, 1)], ids=["once", "twice"])
async def test_a_cancelled_reading_leaves_readers_and_writers_free(database, pauses):
    """Whatever pause it is cancelled at, the next one reads what was written meanwhile."""
    for first in count(1):
        ended = await interrupted(noted(database, 1), *(first + further for further in pauses))
        await write_two(database, first, [])
        assert await noted(database, first) == {first}
        if ended:
            break
    assert first > 2


async def test_two_writers_lose_nothing_of_each_other(database):
    """Twenty at once put a version on the same screen: it has twenty, and each got its own."""

    async def put() -> int:
        async with database.transaction() as session:
            return await conversations.save_screen(session, CHAT, "x", {"text": "x"}, START)

    assert sorted(await asyncio.gather(*(put() for _ in range(20)))) == list(range(1, 21))


async def test_a_writer_that_fails_undoes_only_its_own(database):
    """One fails among others that write at the same time: theirs stand, and nobody saw what it had begun."""
    seen: set[int] = set()

    async def fail() -> None:
        async with database.transaction() as session:
            await conversations.note_update(session, 100, START)
            seen.update(await noted(database, 100))
            raise ZeroDivisionError

    async def write(update_id: int) -> None:
        async with database.transaction() as session:
            await conversations.note_update(session, update_id, START)

    ends = await asyncio.gather(write(1), fail(), write(2), fail(), write(3), return_exceptions=True)
    assert [type(end) for end in ends if end] == [ZeroDivisionError, ZeroDivisionError]
    assert await noted(database, 1, 2, 3, 100) == {1, 2, 3}
    assert seen == set()


async def test_a_reader_sees_one_state_and_stops_nobody(database):
    """What is committed while one reads appears to the next one only; the writer does not wait."""
    async with database.reading() as session:
        assert await conversations.list_noted(session, [1]) == set()
        async with database.transaction() as writing:
            await conversations.note_update(writing, 1, START)
        assert await conversations.list_noted(session, [1]) == set()
    assert await noted(database, 1) == {1}


async def test_a_reader_cannot_write(database):
    """A reading that tries to change something is refused, and the next one is none the worse."""
    with pytest.raises(READ_ONLY):
        async with database.reading() as session:
            await conversations.note_update(session, 1, START)
    assert await noted(database, 1) == set()


async def test_what_is_opened_for_reading_refuses_writes(database_url):
    """Commands that only read beside a running bot cannot change anything by mistake."""
    opened = await open_database(database_url, read_only=True)
    with pytest.raises(READ_ONLY):
        async with opened.transaction() as session:
            await conversations.note_update(session, 1, START)
    assert await noted(opened, 1) == set()
    await opened.close()


async def test_a_file_that_is_not_there_is_not_made_for_reading(tmp_path):
    """Reading needs it to be there."""
    with pytest.raises(FileNotFoundError):
        await open_database(f"sqlite:///{tmp_path}/none.db", read_only=True)
    assert not list(tmp_path.iterdir())


async def test_a_file_that_is_no_database_is_refused(tmp_path):
    """And let go of: nothing keeps the program from ending."""
    (tmp_path / "other.db").write_bytes(b"no database at all, but long enough to be read as one" * 20)
    with pytest.raises(sqlite3.DatabaseError):
        await open_database(f"sqlite:///{tmp_path}/other.db")


async def test_every_commit_reaches_the_disk(tmp_path):
    """Unless configured otherwise a file is in WAL mode, synchronous FULL, with foreign keys kept."""
    opened = await open_database(f"sqlite:///{tmp_path}/a?#%b.db")
    async with opened.transaction() as session:
        found = [
            (await session.fetch(f"pragma {name}"))[0][0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    await opened.close()
    assert found == ["wal", 2, 1]
    assert {path.name for path in tmp_path.iterdir()} == {"a?#%b.db"}


@pytest.mark.parametrize(("configured", "level"), [("OFF", 0), ("NORMAL", 1), ("FULL", 2)])
async def test_the_configured_durability_holds(tmp_path, configured, level):
    """What the office configured is what the writer does."""
    opened = await open_database(f"sqlite:///{tmp_path}/x.db", synchronous=configured)
    async with opened.transaction() as session:
        assert (await session.fetch("pragma synchronous"))[0][0] == level
    await opened.close()


NOWHERE = {
    "a person of no unit": (
        "insert into people (code, full_name, folded_name, unit_id) values ('x', 'x', 'x', 999)"
    ),
    "a reason for no nomination": (
        "insert into endorsements (nomination_id, nominator_id, kind, story, sent_at)"
        " values (999, 1, 'x', 'x', 1)"
    ),
    "a draft of nobody": (
        "insert into drafts (owner_id, flow, step, version, fields, made_at, changed_at)"
        " values (999, 'x', 'x', 1, '{}', 1, 1)"
    ),
}


@pytest.mark.parametrize("statement", NOWHERE.values(), ids=NOWHERE)
async def test_rows_that_belong_to_nothing_are_refused(database, statement):
    """Foreign keys are kept on both databases."""
    with pytest.raises(REFUSED):
        async with database.transaction() as session:
            await session.execute(statement)


NOMINATION = (
    "insert into nominations (nominee_kind, nominee_id, nominee_key, nominee_name, unit_id, period, made_at)"
    " values ('person', 1, 'p:1', 'x', 1, '{period}', 1)"
)
REASON = (
    "insert into endorsements (nomination_id, nominator_id, kind, story, sent_at)"
    " values ((select min(id) from nominations), {nominator}, 'x', 'x', 1)"
)
NOTICE = (
    "insert into notices (kind, occurrence, person_id, body, due_at, made_at, changed_at)"
    " values ('ping', '{occurrence}', 1, '{{}}', 1, 1, 1)"
)
TWICE = {
    "a nominee in a month": (NOMINATION.format(period="2026-11"), NOMINATION.format(period="2026-12")),
    "a nominator's reason": (REASON.format(nominator=1), REASON.format(nominator=2)),
    "a notice": (NOTICE.format(occurrence="2026-11"), NOTICE.format(occurrence="2026-12")),
}


@pytest.mark.parametrize(("row", "another"), TWICE.values(), ids=TWICE)
async def test_nothing_is_there_twice(database, row, another):
    """One nomination a nominee and month, one reason a nominator, one notice an occasion; others are free."""
    async with database.transaction() as session:
        if row.startswith("insert into endorsements"):
            await session.execute(NOMINATION.format(period="2026-11"))
        await session.execute(row)
        await session.execute(another)
    with pytest.raises(REFUSED):
        async with database.transaction() as session:
            await session.execute(row)


async def test_a_notice_planned_by_two_at_once_is_sent_once(database):
    """Whoever plans or claims at the same instant: one row, one claim."""
    at = datetime(2026, 11, 20, tzinfo=UTC)

    async def plan() -> bool:
        async with database.transaction() as session:
            return await notices.plan(session, "ping", "2026-11", PersonId(1), {"id": "x"}, at)

    async def claim(token: str) -> bool:
        async with database.transaction() as session:
            return await notices.claim(session, waiting, token, at, list(Hours)) is not None

    assert sorted(await asyncio.gather(*(plan() for _ in range(5)))) == [False] * 4 + [True]
    async with database.reading() as session:
        ((waiting, _chat_id),) = await notices.list_waiting(session, at, list(Hours), 2)
    claims = await asyncio.gather(*(claim(f"claim {n}") for n in range(5)))
    assert sorted(claims) == [False] * 4 + [True]
    async with database.reading() as session:
        assert await notices.count_by_state(session) == {State.SENDING: 1}


CHANGES = ("update audit set act = 'other'", "delete from audit")


@pytest.mark.parametrize("statement", [*CHANGES, "truncate audit"])
async def test_the_audit_log_can_only_grow(database, statement):
    """What is noted there can be neither changed nor taken away, not even by our own mistake."""
    if statement.startswith("truncate") and database.dialect == "sqlite":
        statement = "delete from audit where 1 = 1"  # SQLite has no other word for it

    async def lines(session: Session) -> list[str]:
        return [row["act"] for row in await access.list_audit(session)]

    async with database.transaction() as session:
        await access.note(session, None, "export", "nominations", None, START)
        before = await lines(session)
    with pytest.raises((*REFUSED, asyncpg.RaiseError), match="append-only"):
        async with database.transaction() as session:
            await session.execute(statement)
    async with database.reading() as session:
        assert await lines(session) == before
