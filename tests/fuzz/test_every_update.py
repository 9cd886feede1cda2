"""Whatever comes in as an update: nothing escapes a handler, each is noted, and the poller goes on."""

import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from tests.fuzz.generated_updates import Updates, contents_of_message, kinds_of_update, people_who_act
from tests.office import Office
from tests.schema import check

BATCH = 25
# Taps and messages that were made up here are not known to the emulator, nor is everybody who sent them.
_REFUSED = ("query is too old", "message to edit not found", "message can't be edited", "chat not found")
_SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture
def office_of(office: Office) -> Office:
    """The office with everybody's phone switched on."""
    for code in ("lan", "hung", "mai", "minh", "lan2", "duc", "hoa", "tuan", "kien", "chanh"):
        office.phone(code)
    office.may_be_refused += _REFUSED
    return office


async def handle(office: Office, updates: list[dict[str, object]]) -> None:
    """Have the bot handle these, and see that each was noted and confirmed and none was beyond it."""
    before = await count(office.database, "updates")
    for update in updates:
        office.telegram.world.queue_raw(update)
    await office.settle()
    assert await count(office.database, "updates") == before + len(updates)
    assert office.telegram.world.store.rows("select * from updates") == []
    async with office.database.reading() as session:
        mistakes = await session.fetch("select * from unread_updates where body = ''")
    assert [dict(row) for row in mistakes] == []


async def count(database: Database, table: str) -> int:
    """How many rows a table has."""
    async with database.reading() as session:
        rows = await session.fetch(f"select count(*) as n from {table}")  # noqa: S608 - a name of ours
    return int(rows[0]["n"])


async def still_answers(office: Office) -> None:
    """Somebody who did nothing so far asks for help, and gets it."""
    thao = office.phone("thao")
    said = len(thao.messages())
    await thao.send("/help")
    assert "Đặng Phương Thảo" in thao.screen
    assert len(thao.messages()) == said + 2


def shown_data(office: Office, dice: random.Random) -> list[str]:
    """What buttons that the bot has shown say."""
    rows = office.telegram.world.store.rows(
        "select body from messages where body like '%callback_data%' order by chat_id, message_id"
    )
    rows = dice.sample(rows, min(len(rows), 12))
    keyboards = [json.loads(row["body"])["reply_markup"]["inline_keyboard"] for row in rows]
    return [button.get("callback_data", "") for rows in keyboards for row in rows for button in row]


async def test_every_kind_of_update_the_schema_knows(office_of: Office):
    """Each kind of update and each content of a message, several times, as Telegram would send it."""
    updates = Updates(random.Random(854), people_who_act())  # noqa: S311 - dice, not secrets
    for kind in kinds_of_update():
        made = [updates.of_kind(kind) for _ in range(4)]
        for update in made:
            check("TelegramUpdate", {"update_id": 1, **update})
        await handle(office_of, made)
    for content in contents_of_message():
        await handle(office_of, [updates.message_with(content) for _ in range(3)])
    await still_answers(office_of)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@given(dice=st.randoms(use_true_random=True))
@settings(max_examples=200, deadline=None, database=None, suppress_health_check=_SUPPRESSED)
async def test_thousands_of_updates_right_and_broken(office_of: Office, dice: random.Random):
    """Batches of right and of broken updates from people, strangers, groups and channels."""
    await throw(office_of, dice)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@given(dice=st.randoms(use_true_random=True))
@settings(max_examples=30, deadline=None, database=None, suppress_health_check=_SUPPRESSED)
async def test_hundreds_of_updates_on_postgresql(office_of: Office, dice: random.Random):
    """The same on the database that refuses NUL characters and numbers out of range."""
    await throw(office_of, dice)


async def throw(office: Office, dice: random.Random) -> None:
    """A batch of updates, and then somebody who asks for help."""
    updates = Updates(dice, people_who_act(), shown_data(office, dice))
    await handle(office, [updates.broken() if dice.random() < 0.5 else updates.any() for _ in range(BATCH)])
    await still_answers(office)
