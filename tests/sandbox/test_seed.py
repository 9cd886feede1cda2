"""The invented office: of one piece, the same every time, full enough that no screen is empty."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.config import Config
from bot.sandbox.demo import before_the_reminder
from bot.sandbox.seed_office import seed_office
from storage import nominations, people, units
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
    assert len(answers["2026-09"]) == 2
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
