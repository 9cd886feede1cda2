"""The schedule ticks: what falls due is planned once, however often, late and by how many it ticks."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.scheduler import JOB, Schedule, plan_due
from storage import jobs, notices, occurrences
from tests.conftest import office_config
from tests.nominating import nominate
from tests.office import START, Hands, Office
from tests.phones import Phone

REMINDED = datetime(2026, 11, 20, 1, tzinfo=UTC)
"""08:00 on Friday, 20 November."""
OCCASIONS = [("review", "2026-11-24:culture"), ("reminder", "2026-11:1")]
"""What falls due between START and then."""
HEADS = ("hung", "minh", "hoa", "kien")


def reminders_of(phone: Phone) -> list[str]:
    """The reminders on a phone."""
    return [message.text for message in phone.messages() if "Nhắc lại" in message.labels]


async def test_a_tap_settles_a_doubt(office: Office):
    """A reminder in doubt whose button is pressed was delivered; somebody else's press proves nothing."""
    hoa, minh = office.phone("hoa"), office.phone("minh")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    await office.settle()
    office.clock.at = REMINDED
    await office.settle()
    data = hoa.last.raw["buttons"][0][0]["data"]
    notice_id = int(data.split(":")[1])
    await doubt(office, notice_id)
    await minh.tap_data(data)
    async with office.database.reading() as session:
        assert (await notices.count_by_state(session))[notices.State.UNKNOWN] == 1
    await hoa.tap("Chọn")
    async with office.database.reading() as session:
        assert notices.State.UNKNOWN not in await notices.count_by_state(session)


async def doubt(office: Office, notice_id: int) -> None:
    async with office.database.transaction() as session:
        await session.execute(f"update notices set state = 'unknown' where id = {notice_id}")  # noqa: S608


async def test_planning_twice_plans_once(office: Office):
    """Where the watermark was lost the occasion is known; where that was lost too, the notices are."""
    for code in HEADS:
        office.phone(code)
    await office.settle()
    office.clock.at = REMINDED
    await office.settle()
    for lost in ("update watermarks set done_until = done_until - 3600000000", "delete from occurrences"):
        async with office.database.transaction() as session:
            await session.execute(lost)
        await plan_due(office.database, office.clock, office.config, lambda: None)
        await office.settle()
        assert [len(reminders_of(office.phone(code))) for code in HEADS] == [1, 1, 1, 1]


async def test_two_schedulers_at_once_plan_once(database):
    """Whoever comes second finds the occasions noted."""
    clock, config = Hands(), office_config()
    await plan_due(database, clock, config, lambda: None)
    clock.at = REMINDED
    planned = await asyncio.gather(
        *(plan_due(database, clock, config, lambda: None) for _ in range(4)), return_exceptions=True
    )
    counts = [n for n in planned if isinstance(n, int)]
    assert sorted(counts)[:-1] == [0] * (len(counts) - 1)
    async with database.reading() as session:
        noted = await session.fetch("select kind, key from occurrences order by due_at")
        (sent,) = await session.fetch("select count(*) as n from notices where kind = 'reminder'")
    assert [(row["kind"], row["key"]) for row in noted] == OCCASIONS
    assert max(counts) == len(OCCASIONS)
    assert sent["n"] == len(HEADS)


async def test_planning_wakes_the_sender_after_the_commit(database):
    """Somebody is woken exactly when something fell due."""
    woken: list[int] = []
    clock, config = Hands(), office_config()
    assert await plan_due(database, clock, config, lambda: woken.append(1)) == 0
    clock.at = REMINDED
    assert await plan_due(database, clock, config, lambda: woken.append(1)) == len(OCCASIONS)
    assert await plan_due(database, clock, config, lambda: woken.append(1)) == 0
    assert woken == [1]


async def test_after_a_clock_that_went_back_nothing_is_planned_again(database):
    """What has been planned is known, though its time comes a second time."""
    clock, config = Hands(), office_config()
    await plan_due(database, clock, config, lambda: None)
    for at in (REMINDED, REMINDED - timedelta(days=1), REMINDED + timedelta(hours=1)):
        clock.at = at
        await plan_due(database, clock, config, lambda: None)
    async with database.reading() as session:
        (reminders,) = await session.fetch("select count(*) as n from notices where kind = 'reminder'")
    assert reminders["n"] == len(HEADS)


async def test_what_makes_no_sense_any_more_is_noted_as_missed(database):
    """Down over the day due: the reminder is missed, the second is planned; asked again, it is the same."""
    clock, config = Hands(), office_config()
    await plan_due(database, clock, config, lambda: None)
    clock.at = datetime(2026, 11, 26, 2, tzinfo=UTC)
    for _ in range(2):
        await plan_due(database, clock, config, lambda: None)
        async with database.reading() as session:
            missed = await occurrences.list_missed(session, START)
            kinds = await session.fetch(
                "select distinct kind from notices where kind in ('reminder', 'overdue')"
            )
        assert [row["kind"] for row in kinds] == ["overdue"]
        assert ("reminder", "2026-11:1", REMINDED) in [(one.kind, one.key, one.due_at) for one in missed]


async def test_the_schedule_ticks_while_it_runs(database):
    """APScheduler calls the tick at once and can be stopped; the tick asks the bot's own clock."""
    schedule = Schedule(database, Hands(), office_config(), lambda: None)
    schedule.start()
    schedule.stop()
    assert await schedule.tick() == 0
    async with database.reading() as session:
        assert await jobs.watermark(session, JOB) == START
