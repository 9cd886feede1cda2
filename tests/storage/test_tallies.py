"""What summaries are counted from: whatever is done to nominations, the tallies are what the rows come to."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import entries, migrating, nominations, people
from storage.backups import make_backup, restore_backup
from storage.database import Database, Session, open_database
from storage.migrating import migrate, migrations, open_migrated, statements
from tests.nominating import STORY
from tests.office import Office
from tests.operations.test_at_once import nominating, somebody, together
from tests.storage.any_history import KINDS, MONTHS, STEPS, History, put
from tests.tallying import check_tallies, check_tallies_of

NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)


class _Undone(Exception):
    """Ends a transaction that shall leave nothing behind."""


@pytest.fixture
def looping(database_url: str) -> Iterator[Callable[[Callable[[Database], Any]], None]]:
    """Carries something out on the office's database, on a loop of its own: for many histories in a test."""
    with asyncio.Runner() as runner:
        opened = runner.run(open_migrated(database_url, synchronous="OFF"))
        yield lambda doing: runner.run(doing(opened))
        runner.run(opened.close())


def _always_right(looping: Any, most: int) -> None:
    seen = 0

    @given(st.lists(STEPS, min_size=5, max_size=30))
    @settings(
        max_examples=most,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def live(steps: list[tuple[Any, ...]]) -> None:
        async def doing(database: Database) -> None:
            nonlocal seen
            with contextlib.suppress(_Undone):
                async with database.transaction() as session:
                    history = History(session)
                    for place in range(3):
                        await history.nominate(place + 1, MONTHS[place])
                        await history.say(place, place + 1, KINDS[place], "1", place)
                    for step in steps:
                        await history.do(*step)
                    seen += await check_tallies(session)
                    raise _Undone

        looping(doing)

    live()
    assert seen > most


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_tallies_are_what_the_rows_come_to(looping):
    """Reasons added, withdrawn, taken back, changed; nominations merged, split, moved, in any order."""
    _always_right(looping, 400)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_they_are_on_postgresql(looping):
    """The same on the other database, in fewer histories."""
    _always_right(looping, 120)


# --- at the same instant ---

Act = Callable[[Session], Awaitable[Any]]


@pytest.fixture
async def two(database: Database) -> tuple[int, int]:
    """Two nominations of one unit, each with lan's reason."""
    lan = await somebody(database, "lan")
    found = []
    for code in ("duc", "minh"):
        async with database.transaction() as session:
            receipt = await nominating(lan, await somebody(database, code))(session)
        found.append(int(receipt.endorsement.nomination_id))
    return found[0], found[1]


def saying(nomination_id: int, person_id: int) -> Act:
    """The bare row: what operations hold before it is not relied on."""
    told = {"kind": "exemplar", "story": "x", "sent_at": 1}
    return lambda session: put(
        session, "endorsements", nomination_id=nomination_id, nominator_id=person_id, **told
    )


def withdrawing(nomination_id: int) -> Act:
    return lambda session: session.execute(
        f"update endorsements set withdrawn_at = 5 where nomination_id = {nomination_id}"  # noqa: S608
    )


def merging(nomination_id: int, into_id: int | None) -> Act:
    return lambda session: entries.set_merged(session, nomination_id, into_id)


def moving(nomination_id: int, unit_id: int) -> Act:
    return lambda session: session.execute(
        f"update nominations set unit_id = {unit_id} where id = {nomination_id}"  # noqa: S608
    )


async def insist(database: Database, *acts: Act) -> None:
    """Together; who is picked as the victim of a deadlock tries again, as a turn does."""
    ends = await together(database, *acts)
    for act, end in zip(acts, ends, strict=True):
        if isinstance(end, asyncpg.DeadlockDetectedError):
            async with database.transaction() as session:
                await act(session)
        elif isinstance(end, BaseException):
            raise end


async def test_many_who_say_it_of_one_nominee_are_all_counted(database, two):
    """Each gives a reason in the same instant, and one withdraws meanwhile."""
    crowd = [await somebody(database, code) for code in ("mai", "tuan", "thao", "hoa", "kien")]
    await insist(database, *(saying(two[0], one.id) for one in crowd), withdrawing(two[0]))
    assert await check_tallies_of(database)
    async with database.reading() as session:
        counted = await session.fetch(f"select standing from nominations where id = {two[0]}")  # noqa: S608
    assert counted[0]["standing"] in range(6)


TOGETHER: dict[str, Callable[[int, int, int | None, int, int], tuple[Act, ...]]] = {
    "a reason for one": lambda one, _, into, mai, __: (saying(one, mai), merging(one, into)),
    "the other way round": lambda one, _, into, mai, __: (merging(one, into), saying(one, mai)),
    "a reason for the other": lambda one, other, into, mai, _: (saying(other, mai), merging(one, into)),
    "reasons for both": lambda one, other, into, mai, tuan: (
        saying(one, mai),
        saying(other, tuan),
        merging(one, into),
    ),
    "one withdrawn": lambda one, _, into, *__: (withdrawing(one), merging(one, into)),
    "the other withdrawn": lambda one, other, into, *_: (withdrawing(other), merging(one, into)),
    "one moved": lambda one, _, into, *__: (moving(one, 1), merging(one, into)),
    "both moved": lambda one, other, *_: (moving(one, 1), moving(other, 3)),
    "moved and a reason": lambda one, _, __, mai, ___: (moving(one, 1), saying(one, mai)),
    "both withdrawn": lambda one, other, *_: (withdrawing(one), withdrawing(other)),
}
"""What is done to two nominations while one becomes part of the other, or stands for itself again."""


@pytest.mark.parametrize("name", TOGETHER)
@pytest.mark.parametrize("merged", [False, True], ids=["merging", "splitting"])
async def test_what_is_done_at_the_same_instant_is_counted(database, two, name, merged):
    """Transactions that began before either was committed: then the tallies are what the rows come to."""
    one, other = two
    mai, tuan = await somebody(database, "mai"), await somebody(database, "tuan")
    if merged:
        async with database.transaction() as session:
            await entries.set_merged(session, one, other)
    await insist(database, *TOGETHER[name](one, other, None if merged else other, mai.id, tuan.id))
    assert await check_tallies_of(database) or name == "both withdrawn"


async def test_a_turn_that_a_deadlock_ends_is_taken_again(office: Office, monkeypatch):
    """Whoever is picked as its victim is answered all the same, and what they sent is there once."""
    real, ended = nominations.add_endorsement, list[object]()

    async def picked_once(*args: Any) -> Any:
        added = await real(*args)
        if not ended:
            ended.append(added)
            raise asyncpg.DeadlockDetectedError("deadlock detected")
        return added

    monkeypatch.setattr("storage.nominations.add_endorsement", picked_once)
    lan = office.phone("lan")
    await lan.send(f"Đề cử Đỗ Minh Đức, vì {STORY}")
    with pytest.raises(OSError, match="not noted"):
        await lan.tap("Gửi")
    await office.settle()
    assert ended
    async with office.database.reading() as session:
        assert len(await nominations.list_standing(session, "2026-11", "2026-11")) == 1
        assert await check_tallies(session) == 2


# --- from before, and elsewhere ---

BEFORE = """
insert into units (id, code, name) values (1, 'TH', 'Phòng Tổng hợp'), (2, 'NC', 'Phòng Nội chính');
insert into people (id, code, full_name, folded_name, unit_id) values
  (1, 'a', 'A', 'a', 1), (2, 'b', 'B', 'b', 1), (3, 'c', 'C', 'c', 2);
insert into nominations (id, nominee_kind, nominee_key, nominee_name, unit_id, period, made_at, merged_into)
values
  (1, 'group', 'g:1', 'Tổ một', 1, '2026-10', 1, null), (2, 'group', 'g:2', 'Tổ hai', 1, '2026-10', 1, 1),
  (3, 'group', 'g:3', 'Tổ ba', 2, '2026-11', 1, null), (4, 'group', 'g:4', 'Tổ bốn', 2, '2026-11', 1, null);
insert into endorsements (nomination_id, nominator_id, kind, movement_id, story, sent_at, withdrawn_at) values
  (1, 1, 'good_deed', null, 'sau', 5, null), (1, 2, 'exemplar', 1, 'rút lại', 1, 3),
  (2, 2, 'good_way', 2, 'trước', 2, null), (3, 3, 'exemplar', 1, 'một mình', 2, null),
  (4, 3, 'exemplar', 1, 'x', 2, 9);
"""
"""An office without tallies: a part's reason came first, one stands for itself, one is withdrawn."""
KEPT_OF_BEFORE = {
    ("kind", "2026-10", 1, "good_way", 1, 2),
    ("movement", "2026-10", 1, "2", 1, 2),
    ("kind", "2026-11", 2, "exemplar", 1, 1),
    ("movement", "2026-11", 2, "1", 1, 1),
}


async def test_what_was_there_before_is_counted_by_the_upgrade(fresh, monkeypatch):
    """As if it had been counted from the beginning; and it goes on being counted."""
    known = migrations(fresh.dialect)
    monkeypatch.setattr(migrating, "migrations", lambda _: [one for one in known if one.number < 8])
    await migrate(fresh)
    async with fresh.transaction() as session:
        for statement in statements(BEFORE, fresh.dialect):
            await session.execute(statement)
    monkeypatch.undo()
    await migrate(fresh)
    async with fresh.transaction() as session:
        kept = await session.fetch("select sort, period, unit_id, key, nominees, reasons from tallies")
        assert {tuple(dict(row).values()) for row in kept} == KEPT_OF_BEFORE
        await check_tallies(session)
        await saying(4, 1)(session)
        await entries.set_merged(session, 2, None)
        assert await check_tallies(session) == 7


async def _goes_on(url: str, code: str) -> None:
    """The database's tallies are right, and are after somebody has said more."""
    database = await open_database(url, synchronous="OFF")
    try:
        assert await check_tallies_of(database)
        async with database.transaction() as session:
            speaker = await people.find_by_code(session, code)
            assert speaker is not None
            numbers = [row["id"] for row in await session.fetch("select id from nominations order by id")]
            for number in numbers:
                await saying(number, speaker.id)(session)
            await entries.set_merged(session, numbers[0], None)
            await withdrawing(numbers[-1])(session)
            await check_tallies(session)
    finally:
        await database.close()


async def test_they_go_through_backups_and_go_on(database, database_url, two, tmp_path: Path, monkeypatch):
    """Into a file, to SQLite, and back to each database: the same tallies, and triggers that keep them."""
    monkeypatch.chdir(tmp_path)
    async with database.transaction() as session:
        await entries.set_merged(session, *two)
    await make_backup(database, tmp_path / "a.db")
    await database.close()
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    await restore_backup(tmp_path / "a.db", elsewhere, NOW)
    await _goes_on(elsewhere, "thao")
    there = await open_database(elsewhere, synchronous="OFF")
    await make_backup(there, tmp_path / "b.db")
    await there.close()
    await restore_backup(tmp_path / "b.db", database_url, NOW)
    await _goes_on(database_url, "kien")
