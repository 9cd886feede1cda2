"""The invented office: of one piece, the same every time, full enough that no screen is empty."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.cli.common import of_folder
from bot.config import Config
from bot.domain.exemplars import Consent
from bot.sandbox.demo import before_the_reminder
from bot.sandbox.seed_office import furnish_telegram, seed_office
from bot.sandbox.telegram import Telegram
from storage import chats, exemplars, exports, nominations, people, units
from storage.exports import Scope
from storage.migrating import open_migrated


async def seeded(folder: Path, now: datetime) -> Any:
    """What the history left behind on a day."""
    database = await open_migrated(f"sqlite:///{folder}/office.db", synchronous="OFF")
    try:
        await seed_office(database, Config(), now, empty=False)
        async with database.reading() as session:
            rows = await session.fetch(
                "select n.period, n.nominee_name, n.opened_at, e.story, e.sent_at, m.to_on "
                "from endorsements e join nominations n on n.id = e.nomination_id "
                "left join movements m on m.id = e.movement_id"
            )
            answers = {
                period: await nominations.list_answers(session, period) for period in ("2026-09", "2026-11")
            }
            return rows, answers, await people.list_people(session), await units.list_units(session)
    finally:
        await database.close()


async def test_the_office_has_three_months_behind_it(tmp_path):
    """Nominations and co-nominations in each month, opened ones and “none” in the past, nothing ahead."""
    now = datetime(2026, 11, 22, 3, tzinfo=UTC)
    rows, answers, staff, known_units = await seeded(tmp_path, now)
    months = Counter(row["period"] for row in rows)
    assert months.keys() == {"2026-08", "2026-09", "2026-10", "2026-11"}
    assert min(months.values()) >= 8
    assert len(rows) > len({(row["period"], row["nominee_name"]) for row in rows})
    assert any(row["opened_at"] for row in rows)
    assert Counter(answers["2026-09"].values()) == {"none": 2, "chosen": 4}
    assert answers["2026-11"] == {}
    assert all(100 <= len(row["story"]) <= 400 for row in rows)
    assert max(row["sent_at"] for row in rows) < now.timestamp() * 1_000_000
    assert not any(row["to_on"] == "2025-12-31" for row in rows)
    assert 40 <= len(staff) <= 50
    assert len(known_units) == 11
    assert {name: n for name, n in Counter(person.full_name for person in staff).items() if n > 1} == {
        "Nguyễn Thị Lan": 2,
        "Trần Thị Thu Hà": 2,
        "Nguyễn Văn Hùng": 2,
    }
    assert [person.full_name for person in staff if person.left] == ["Phạm Văn Thuận"]


@pytest.mark.parametrize(
    "day", [datetime(2027, 2, 1, 0, 30, tzinfo=UTC), datetime(2028, 2, 29, 16, tzinfo=UTC)]
)
async def test_the_history_fits_any_day(tmp_path, day):
    """On the first of a month after Tết as on a leap day: the same stories, none in the future."""
    rows, *_ = await seeded(tmp_path, day)
    assert len(rows) >= 30
    assert max(row["sent_at"] for row in rows) < day.timestamp() * 1_000_000


@pytest.mark.parametrize(("today", "shown"), [(3, 3), (16, 16), (17, 16), (31, 16)])
def test_a_new_demo_begins_before_the_reminder(today, shown):
    """Whatever day somebody tries it on, the month's reminder is still to come."""
    now = datetime(2026, 12, today, 9, 30, tzinfo=UTC)
    assert before_the_reminder(now) == now.replace(day=shown)


async def test_what_became_of_them_is_there_too(tmp_path):
    """Chosen, agreed in chat and on paper, declined, honoured, fostered, copied, learnt from, met, wished."""
    now = datetime(2026, 11, 16, 3, tzinfo=UTC)
    database = await open_migrated(f"sqlite:///{tmp_path}/office.db", synchronous="OFF")
    config = Config()
    try:
        await seed_office(database, config, now, empty=False)
        telegram = Telegram(tmp_path / "telegram", lambda: now)
        await furnish_telegram(telegram, database, config, now)
        async with database.reading() as session:
            known = await exemplars.list_standing(session)
            scope = Scope("0000-00", "9999-99")
            told = {
                table: [row async for rows in exports.read_rows(session, table, scope, 100) for row in rows]
                for table in exports.TABLES
            }
            linked = await chats.find_linked(session, None)
            unsent = await session.fetch("select kind from notices where state = 'pending'")
        files = [telegram.world.find_file(one.card) for one in known if one.card]
    finally:
        telegram.close()
        await database.close()
    assert Counter(one.consent.value for one in known) == {
        "agreed": 7,
        "declined": 1,
        "asked": 1,
        "change": 1,
        "none": 2,
    }
    assert all(one.has_card for one in known if one.consent is not Consent.DECLINED and one.consent_at)
    assert len(files) == 9
    assert all(files)
    assert Counter(row["state"] for row in told["answers"]) == {"accepted": 12, "given": 8}
    assert {row["way"] for row in told["consents"]} == {"chat", "paper"}
    assert {row["place"] for row in told["honours"]} == {"unit", "everyone"}
    assert sorted(row["state"] for row in told["adoptions"]) == ["done", "done", "pledged"]
    assert [row["done_at"] is not None for row in told["fosterings"]] == [True, False, False]
    assert now.date().isoformat() < told["fosterings"][1]["due_on"] <= "2026-11-20"
    assert [row["state"] for row in told["events"]] == ["held", "planned"]
    assert all(row["yes_n"] for row in told["events"])
    assert {row["kind"] for row in told["lessons"]} == {"movement", "exemplar"}
    assert {row["state"] for row in told["suggestions"]} == {"open", "answered"}
    assert linked is not None
    assert {row["kind"] for row in unsent} == {"consent_ask"}


@pytest.mark.parametrize("step", range(6))
async def test_the_life_fits_any_day(tmp_path, step):
    """Around Tết, on a day off, on the first and the last of a month: told whole, none in the future."""
    now = datetime(2027, 1, 29, 1, tzinfo=UTC) + timedelta(days=[0, 2, 10, 25, 92, 400][step])
    database = await open_migrated(f"sqlite:///{tmp_path}/office.db", synchronous="OFF")
    try:
        await seed_office(database, Config(), now, empty=False)
        async with database.reading() as session:
            assert len(await exemplars.list_standing(session)) == 12
            last = await session.fetch("select max(at) as at from audit")
    finally:
        await database.close()
    assert last[0]["at"] <= now.timestamp() * 1_000_000


async def test_units_had_other_names_before(tmp_path):
    """A document about March 2025 names them as they were called then, and one of today as they are."""
    database = await open_migrated(f"sqlite:///{tmp_path}/office.db", synchronous="OFF")
    try:
        await seed_office(database, Config(), datetime(2026, 11, 16, 3, tzinfo=UTC), empty=False)
        async with database.reading() as session:
            before, since = [
                {unit.code: (unit.name, *unit.short_names) for unit in await units.list_named(session, day)}
                for day in (date(2025, 3, 31), date(2025, 7, 1))
            ]
    finally:
        await database.close()
    assert {code: before[code] for code in before if before[code] != since[code]} == {
        "KTN": ("Phòng Kinh tế", "KT", "Kinh tế"),
        "HCC": ("Trung tâm Hành chính công tỉnh", "TTHCC", "Hành chính công"),
        "CBTH": ("Trung tâm Tin học - Công báo", "THCB", "Tin học"),
    }
    assert since["KTN"] == ("Phòng Kinh tế ngành", "KTN", "Kinh tế")


async def test_its_documents_are_signed_by_its_own_people(tmp_path):
    """In March 2025 by a deputy in the head's place, today by the head; both are on the roster."""
    known = {
        person.full_name: person.post
        for person in (await seeded(tmp_path, datetime(2026, 11, 22, 3, tzinfo=UTC)))[2]
    }
    records = of_folder(tmp_path).records
    before, now = records.signature_on(date(2025, 3, 31)), records.signature_on(date(2026, 11, 22))
    assert before.lines == ("KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG")
    assert now.lines == ("CHÁNH VĂN PHÒNG",)
    assert [known[signature.name].upper() for signature in (before, now)] == [before.lines[-1], now.lines[-1]]
    plans = [records.plan_on(date(year, 6, 1)) for year in (2024, 2025, 2026)]
    assert [plan and plan.dated_on.year for plan in plans] == [2024, 2025, 2026]
