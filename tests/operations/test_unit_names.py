"""Units under the names they had on a day, as roster files have changed them, on both databases."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.config import Config
from bot.domain.roster import RawTable
from bot.operations.import_roster import import_roster
from storage import exemplars, units
from storage.database import Database
from tests.exemplars import honoured

FIRST = datetime(2026, 3, 2, 1, tzinfo=UTC)
CODES = {"KT", "U", "TIN", "CBAO", "CBTH"}
BEFORE, SINCE = date(2026, 3, 1), date(2026, 3, 10)


async def put(database: Database, now: datetime, *rows: Sequence[object]) -> None:
    """Import units, each (code, name, short names, from, to) as far as it goes."""
    cells = [(n, [*row, *[""] * 4][:5]) for n, row in enumerate(rows, 2)]
    table = RawTable("units", ["code", "name", "short_names", "from", "to"], cells, "units")
    result = await import_roster(database, [table], Config(), now, actor=None)
    assert not result.problems


async def named(database: Database, day: date, *, all_units: bool = True) -> dict[str, Any]:
    """The name and short names as of a day of each unit that these files have brought."""
    async with database.reading() as session:
        ask = units.list_named if all_units else units.list_units
        known = [unit for unit in await ask(session, day) if unit.code in CODES]
    return {unit.code: (unit.name, *unit.short_names) for unit in known}


async def test_a_new_name_holds_from_the_day_of_the_file(database):
    """Days before keep the old name and its short names, however long ago; later ones have the new."""
    await put(database, FIRST, ["KT", "Phòng Kinh tế", "KT; Kinh tế"])
    await put(database, FIRST + timedelta(days=8), ["KT", "Phòng Kinh tế ngành", "KTN"])
    assert await named(database, date(2020, 1, 1)) == {"KT": ("Phòng Kinh tế", "KT", "Kinh tế")}
    assert await named(database, SINCE - timedelta(days=1)) == {"KT": ("Phòng Kinh tế", "KT", "Kinh tế")}
    assert await named(database, SINCE) == {"KT": ("Phòng Kinh tế ngành", "KTN")}
    assert await named(database, date(2036, 1, 1)) == {"KT": ("Phòng Kinh tế ngành", "KTN")}


async def test_the_day_is_the_offices_own(database):
    """A file that comes in the evening UTC is of the next day in Vietnam."""
    await put(database, FIRST, ["KT", "Phòng Kinh tế"])
    await put(database, datetime(2026, 3, 9, 17, 30, tzinfo=UTC), ["KT", "Phòng Kinh tế ngành"])
    assert (await named(database, SINCE - timedelta(days=1)))["KT"] == ("Phòng Kinh tế",)
    assert (await named(database, SINCE))["KT"] == ("Phòng Kinh tế ngành",)


async def test_renamed_twice_on_a_day(database):
    """What stood in between, for hours, never was the name of a day."""
    await put(database, FIRST, ["KT", "Phòng Kinh tế"])
    for name in ("Phòng Kinh tế nghành", "Phòng Kinh tế ngành"):
        await put(database, FIRST + timedelta(days=8), ["KT", name])
    assert (await named(database, SINCE - timedelta(days=1)))["KT"] == ("Phòng Kinh tế",)
    assert (await named(database, SINCE))["KT"] == ("Phòng Kinh tế ngành",)


async def test_renamed_and_renamed_back(database):
    """Each stretch of days has its own name; back on the same day is as if nothing had been."""
    for days, name in [(0, "Phòng A"), (8, "Phòng B"), (20, "Phòng A"), (30, "Phòng C"), (30, "Phòng A")]:
        await put(database, FIRST + timedelta(days=days), ["U", name])
    spoken = [
        (await named(database, FIRST.date() + timedelta(days=days)))["U"]
        for days in (0, 7, 8, 19, 20, 29, 31)
    ]
    assert [name for name, *_ in spoken] == [*["Phòng A"] * 2, *["Phòng B"] * 2, *["Phòng A"] * 3]


async def test_new_short_names_alone_are_kept_too(database):
    """A crowded line about an old period is shortened as it was then."""
    await put(database, FIRST, ["KT", "Phòng Kinh tế", "KT"])
    await put(database, FIRST + timedelta(days=8), ["KT", "Phòng Kinh tế", "P.KT"])
    assert (await named(database, BEFORE))["KT"] == ("Phòng Kinh tế", "KT")
    assert (await named(database, SINCE))["KT"] == ("Phòng Kinh tế", "P.KT")


async def test_other_changes_keep_no_names(database):
    """The same file again, or another last day, leaves nothing behind."""
    await put(database, FIRST, ["KT", "Phòng Kinh tế", "KT"])
    await put(database, FIRST + timedelta(days=8), ["KT", "Phòng Kinh tế", "KT"])
    await put(database, FIRST + timedelta(days=9), ["KT", "Phòng Kinh tế", "KT", "", "31/12/2026"])
    async with database.reading() as session:
        assert await session.fetch("select * from unit_names") == []


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (date(2026, 6, 30), {"TIN": ("Phòng Tin học",), "CBAO": ("Phòng Công báo",)}),
        (date(2026, 7, 1), {"CBTH": ("Trung tâm Công báo - Tin học",)}),
        (date(2026, 12, 31), {"CBTH": ("Trung tâm Công báo - Tin học",)}),
        (date(2027, 1, 1), {"CBTH": ("Trung tâm Tin học",)}),
    ],
)
async def test_units_that_merge(database, day, there):
    """Two that end and one that begins: each is there on its own days; old records keep all of them."""
    await put(database, FIRST, ["TIN", "Phòng Tin học"], ["CBAO", "Phòng Công báo"])
    await put(
        database,
        FIRST + timedelta(days=30),
        ["TIN", "Phòng Tin học", "", "", "30/6/2026"],
        ["CBAO", "Phòng Công báo", "", "", "30/6/2026"],
        ["CBTH", "Trung tâm Công báo - Tin học", "", "01/7/2026"],
    )
    await put(database, datetime(2027, 1, 1, 1, tzinfo=UTC), ["CBTH", "Trung tâm Tin học", "", "01/7/2026"])
    assert await named(database, day, all_units=False) == there
    assert set(await named(database, day)) == {"TIN", "CBAO", "CBTH"}


async def test_an_exemplar_is_of_the_unit_as_it_was_called_in_its_month(office):
    """Its page goes on saying so; who is found since is of the unit's new name."""
    before = await honoured(office, "lan2", nominator="duc")
    await put(office.database, office.clock() + timedelta(days=40), ["NC", "Phòng Pháp chế", "NC"])
    since = await honoured(office, "minh", nominator="duc", period="2027-02")
    async with office.database.reading() as session:
        kept = await exemplars.list_standing(session)
    assert [(one.id, one.unit_name) for one in kept] == [
        (before.id, "Phòng Nội chính"),
        (since.id, "Phòng Pháp chế"),
    ]
    tuan = office.phone("tuan")
    await tuan.send("/guong")
    assert "Phòng Nội chính" in tuan.screen
    assert "Phòng Pháp chế" in tuan.screen
