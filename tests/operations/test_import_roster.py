"""Importing a roster into both databases: whole or not at all, and the same twice changes nothing."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.config import Config
from bot.domain.errors import NotAllowed
from bot.domain.people import Post
from bot.domain.roles import Role
from bot.domain.roster import RawTable
from bot.operations import import_roster as module
from bot.operations.import_roster import check_import, import_roster
from storage import access, people, units
from storage.database import Database
from storage.roster import load_roster

NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)
COLUMNS = ["code", "full_name", "post", "unit", "role", "phone", "telegram_id", "deputy_of", "from", "to"]


def tables(*rows: Sequence[object], new_units: Sequence[Sequence[object]] = ()) -> list[RawTable]:
    """People rows, each padded to COLUMNS, and units as (code, name, parent)."""
    filled: list[tuple[int, list[object]]] = [(n, [*row, *[""] * 9][:10]) for n, row in enumerate(rows, 2)]
    found = [RawTable("people", COLUMNS, filled, "people")]
    if new_units:
        cells = [(n, list(unit)) for n, unit in enumerate(new_units, 2)]
        found.insert(0, RawTable("units", ["code", "name", "parent"], cells, "units"))
    return found


async def load(database: Database, given: list[RawTable], **options: Any) -> Any:
    return await import_roster(database, given, Config(), NOW, actor=None, **options)


async def find(database: Database, code: str) -> Any:
    async with database.reading() as session:
        return await people.find_by_code(session, code)


async def test_new_units_and_people_with_their_posts(database):
    """Parents come before children; roles become posts, with a deputy's days; an account binds at once."""
    given = tables(
        ["a1", "Lý Thị An", "Trưởng ban", "CON", "unit_head, secretariat", "0987000001", "777"],
        ["a2", "Lý Văn Bình", "", "CON", "", "", "", "ME", "01/11/2026", "30/11/2026"],
        new_units=[("CON", "Tổ con", "ME"), ("ME", "Ban mẹ", "")],
    )
    result = await load(database, given)
    assert result.problems == ()
    head, deputy = await find(database, "a1"), await find(database, "a2")
    async with database.reading() as session:
        ids = {unit.code: unit.id for unit in await units.list_units(session)}
        bound = await people.find_by_telegram(session, 777)
        found = await people.search(session, "ly an", unit_id=None, asker_unit_id=None)
    assert bound == head
    assert [person.code for person in found] == ["a1"]
    assert {post.role for post in head.posts} == {Role.EMPLOYEE, Role.UNIT_HEAD, Role.SECRETARIAT}
    assert Post(Role.DEPUTY, ids["ME"], date(2026, 11, 1), date(2026, 11, 30)) in deputy.posts


async def test_the_same_file_twice_changes_nothing(database):
    """The second import is empty, and leaves no line in the audit log."""
    given = tables(["a1", "Lý Thị An", "", "NC", "leader", "0987000001"])
    await load(database, given)
    async with database.reading() as session:
        before = len(await access.list_audit(session))
    result = await load(database, given)
    assert result.plan.is_empty
    async with database.reading() as session:
        assert len(await access.list_audit(session)) == before


async def test_one_bad_row_keeps_everything_out(database):
    """Nothing is imported if any row is bad, and every bad one is named."""
    result = await load(database, tables(["a1", "Lý Thị An", "", "NC"], ["a2", "A1", "", "??"]))
    assert result.plan is None
    assert {problem.row for problem in result.problems} == {3}
    assert await find(database, "a1") is None


async def test_two_people_swap_their_numbers(database):
    """Phones and accounts may change hands within one file, though no two people may share one."""
    await load(
        database,
        tables(
            ["a1", "Lý Thị An", "", "NC", "", "0987000001", "771"],
            ["a2", "Lý Văn Bình", "", "NC", "", "0987000002", "772"],
        ),
    )
    await load(
        database,
        tables(
            ["a1", "Lý Thị An", "", "NC", "", "0987000002", "772"],
            ["a2", "Lý Văn Bình", "", "NC", "", "0987000001", "771"],
        ),
    )
    first, second = await find(database, "a1"), await find(database, "a2")
    assert (first.phone, first.telegram_id) == ("+84987000002", 772)
    assert (second.phone, second.telegram_id) == ("+84987000001", 771)


async def test_who_left_can_come_back_and_their_number_can_go_on(database):
    """Who left is not found by their account and has it again when back, unless somebody else got it."""
    await load(
        database,
        tables(
            ["a1", "Lý Thị An", "", "NC", "", "0987000001", "771"],
            ["a2", "Lý Văn Bình", "", "NC", "", "0987000002", "772"],
        ),
    )
    async with database.reading() as session:
        everybody = (await load_roster(session)).people
    keep = [
        [row.code, row.full_name, row.post, row.unit, ", ".join(row.roles)]
        for row in everybody.values()
        if row.code not in {"a1", "a2", "cu"}
    ]
    result = await load(database, tables(*keep), complete=True)
    assert {person.code for person in result.plan.people_leaving} == {"a1", "a2"}
    async with database.reading() as session:
        assert await people.find_by_telegram(session, 771) is None
    await load(
        database,
        tables(
            ["a1", "Lý Thị An", "", "TH"],
            ["a3", "Lý Thị Cúc", "", "NC", "", "0987000002", "772"],
        ),
    )
    back, gone, new = [await find(database, code) for code in ("a1", "a2", "a3")]
    assert (back.left, back.telegram_id, back.unit_name) == (False, 771, "Phòng Tổng hợp")
    assert (gone.left, gone.telegram_id, gone.phone) == (True, None, None)
    assert new.telegram_id == 772


async def test_a_new_name_is_found_and_the_old_one_no_more(database):
    """The keys of names follow the name."""
    await load(database, tables(["a1", "Lý Thị An", "", "NC"]))
    await load(database, tables(["a1", "Lý Thị Xoan", "", "NC"]))
    async with database.reading() as session:
        new = await people.search(session, "ly thi xoan", unit_id=None, asker_unit_id=None)
        old = await people.search(session, "ly thi an", unit_id=None, asker_unit_id=None)
    assert [person.code for person in new] == ["a1"]
    assert "a1" not in [person.code for person in old]


async def test_a_check_changes_nothing(database):
    """What --dry-run does leaves the database as it is."""
    checked = await check_import(database, tables(["a1", "Lý Thị An", "", "NC"]), Config(), NOW)
    assert checked.result.plan is not None
    assert [person.code for person in checked.result.plan.people_new] == ["a1"]
    assert await find(database, "a1") is None


async def test_who_is_not_of_the_secretariat_imports_nothing(database):
    """Whoever calls: the right is looked at where the rows are written."""
    lan = await find(database, "lan")
    given = tables(["a1", "Lý Thị An", "", "NC"])
    with pytest.raises(NotAllowed, match=r"secretariat\.only"):
        await import_roster(database, given, Config(), NOW, actor=lan)
    assert await find(database, "a1") is None


async def test_somebody_else_imports_between_check_and_writing(database, monkeypatch):
    """The plan is made again for the roster as it is then: neither import is lost."""
    raced = False
    original = module.check_import

    async def meanwhile(*arguments, **options):
        nonlocal raced
        checked = await original(*arguments, **options)
        if not raced:
            raced = True
            await load(database, tables(["a2", "Lý Văn Bình", "", "NC", "", "0987000001"]))
        return checked

    monkeypatch.setattr(module, "check_import", meanwhile)
    result = await load(database, tables(["a1", "Lý Thị An", "", "NC", "", "0987000001"]))
    assert [problem.message_id for problem in result.problems] == ["roster.row.duplicate_phone"]
    assert await find(database, "a1") is None


async def test_a_long_roster_takes_few_statements(database):
    """Five thousand people are not five thousand statements."""
    rows = [[f"p{n:04}", f"Nguyễn Thị {'ABCDEFGH'[n % 8]}n", "", "NC", "", f"098{n:07}"] for n in range(5000)]
    asked = 0
    original = type(database).transaction

    def counting(self):
        inner = original(self)

        class Counted:
            async def __aenter__(self):
                session = await inner.__aenter__()
                run = session.run

                async def counted(*arguments, **values):
                    nonlocal asked
                    asked += 1
                    await run(*arguments, **values)

                session.run = counted
                return session

            async def __aexit__(self, *what):
                return await inner.__aexit__(*what)

        return Counted()

    database.transaction = counting.__get__(database)
    result = await load(database, tables(*rows))
    assert len(result.plan.people_new) == 5000
    assert asked < 60


async def test_units_change_their_parents_and_days(database):
    """A unit that is known is changed, its code stays."""
    columns = ["code", "name", "short_names", "parent", "from", "to"]
    rows: list[tuple[int, list[object]]] = [
        (2, ["NC", "Phòng Nội chính - Pháp chế", "NC; NCPC", "HCTC", "", "31/12/2030"])
    ]
    await load(database, [RawTable("units", columns, rows, "units")])
    async with database.reading() as session:
        unit = (await load_roster(session)).units["NC"]
    assert (unit.name, unit.parent, unit.to_on) == ("Phòng Nội chính - Pháp chế", "HCTC", date(2030, 12, 31))


async def test_who_asked_for_deletion_is_passed_over(database):
    """Nothing a file says of them is kept."""
    async with database.transaction() as session:
        person = await people.find_by_code(session, "tuan")
        assert person is not None
        await people.erase(session, person.id, NOW)
    result = await load(database, tables(["tuan", "Bùi Anh Tuấn", "", "TH", "", "0912000008"]))
    assert result.plan.skipped_erased == ("tuan",)
    assert (await find(database, "tuan")).full_name == ""
