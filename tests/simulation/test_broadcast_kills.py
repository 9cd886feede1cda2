"""The bot is killed at random points while it writes to hundreds. The emulator's own record is the judge.

Messages to many are approved beforehand and fall due in between: it is killed while it plans them too.
"""

import asyncio
import html
import math
import os
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import TurnedClock
from bot.domain.audience import Audience
from bot.domain.people import PersonId, Post, UnitId
from bot.domain.roles import Role
from bot.scheduler import DOUBT_RESTS
from bot.texts import Texts
from storage import notices, people, posts, units
from storage.database import Row, open_database
from storage.notices import State
from storage.posts import NewPost, PostKind, PostState
from tests.conftest import office_config
from tests.simulation.bot_process import BotProcess
from tests.simulation.served_telegram import HeardTelegram, ServedTelegram
from tests.simulation.test_kills import Executioner, change_weather, looking_at

KILLS = int(os.environ.get("GUONGSANG_KILLS", "100"))
RECIPIENTS, HEADS = 200, 40
TEXTS_A_KILL = 5
"""How many each life may send: so many that the last has some left."""
BEGIN = datetime(2026, 11, 12, 2, tzinfo=UTC)
"""09:00 on a working day on which nothing else falls due."""
LONGEST_DAY = timedelta(hours=6)
FIRST_USER_ID, FIRST_HEAD_ID = 20_001, 30_001
PACE = 80.0
PATIENCE_S = 600.0
KINDS = ("time", "called", "called", "answered", "answered")


@dataclass(frozen=True)
class Cast:
    """Whom the bot writes to, by the ids of their chats."""

    recipients: dict[int, PersonId]
    heads: dict[int, PersonId]


async def test_kills_during_a_broadcast_lose_and_double_nothing(database_url: str, tmp_path: Path):
    """What is never sent again arrives once or is in doubt; a deadline twice at most, the second labelled."""
    await live_through(database_url, tmp_path, kills=KILLS, seed=854)


async def test_kills_during_a_broadcast_in_bad_weather(database_url: str, tmp_path: Path):
    """The same while Telegram refuses (429, 5xx) and leaves calls that it carried out without an answer."""
    await live_through(database_url, tmp_path, kills=max(KILLS // 8, 1), seed=76, bad_weather=True)


async def live_through(url: str, folder: Path, *, kills: int, seed: int, bad_weather: bool = False) -> None:
    """Let the bot write while it is killed `kills` times, let the last life finish, then judge."""
    a_life = min(DOUBT_RESTS / 5, LONGEST_DAY / kills)
    rounds = math.ceil(kills * TEXTS_A_KILL / RECIPIENTS)
    clock = TurnedClock(folder / "clock.json")
    clock.turn(BEGIN, speed=0.0)
    cast = await plan_everything(url, rounds, a_life * kills)
    async with ServedTelegram(folder / "telegram", clock) as served:
        telegram = served.telegram
        for chat_id in (*cast.recipients, *cast.heads):
            telegram.people.put(chat_id, f"Người {chat_id}", started=True)
        bot = new_bot(url, served.address, folder)
        executioner = Executioner(bot, telegram, seed, KINDS)
        weather = asyncio.create_task(change_weather(telegram, seed)) if bad_weather else None
        try:
            for _ in range(kills):
                bot.start()
                await executioner.strike()
                assert await bot.wait() < 0, f"the bot ended by itself: {bot.log}"
                clock.turn(clock() + a_life, speed=0.0)
            if weather:
                weather.cancel()
                telegram.faults.clear()
            await let_finish(url, bot, clock)
        except BaseException:
            bot.kill()
            print(bot.log)  # noqa: T201 - for who looks at the failure
            raise
        print(f"\n{kills} kills {dict(executioner.kinds)}")  # noqa: T201 - the account is what one wants to see
        await judge(url, telegram, cast, rounds)


async def plan_everything(url: str, rounds: int, span: timedelta) -> Cast:
    """People, approved messages to all of them, and deadlines for many heads, one after the other."""
    database = await open_database(url)
    async with database.transaction() as session:
        unit_ids: list[UnitId] = []
        for number in range(HEADS):
            values: dict[str, object] = {"code": f"X{number}", "name": f"Phòng {number}"}
            values |= {"short_names": "[]", "parent_id": None, "from_on": None, "to_on": None}
            unit_ids.append(await units.add_unit(session, values))
        elsewhere = await people.find_by_code(session, "hoa")
        assert elsewhere is not None
        recipients: dict[int, PersonId] = {}
        heads: dict[int, PersonId] = {}
        for found, first_id, count, role in (
            (recipients, FIRST_USER_ID, RECIPIENTS, Role.EMPLOYEE),
            (heads, FIRST_HEAD_ID, HEADS, Role.UNIT_HEAD),
        ):
            for number in range(count):
                unit_id, chat_id = unit_ids[number % HEADS], first_id + number
                person_id = await people.add_person(
                    session,
                    code=str(chat_id),
                    full_name=f"Người {chat_id}",
                    post="Chuyên viên",
                    unit_id=unit_id if role is Role.EMPLOYEE else elsewhere.unit_id,
                    phone=None,
                    telegram_id=chat_id,
                )
                await people.set_posts(session, person_id, [Post(role, unit_id)])
                await people.note_consent(session, person_id, "processing", 1, BEGIN, given=True)
                found[chat_id] = person_id
        for number in range(rounds):
            message = NewPost(
                PostKind.ANNOUNCEMENT,
                key=f"thông báo {number}",
                send_at=BEGIN + span * number / rounds / 2,
                expires_at=None,
                text=f"Thông báo số {number}",
                audience=Audience(tuple(f"X{number}" for number in range(HEADS))),
                state=PostState.APPROVED,
            )
            assert await posts.add(session, message, BEGIN)
        for number, person_id in enumerate(heads.values()):
            asked = {"unit_id": unit_ids[number], "period": "2026-11"}
            due_at = BEGIN + span * number / HEADS
            await notices.plan(
                session, "reminder", f"2026-11:1:{number}", person_id, asked, BEGIN, due_at=due_at, urgency=1
            )
    await database.close()
    return Cast(recipients, heads)


def new_bot(url: str, address: str, folder: Path) -> BotProcess:
    """The bot with everything as in real life; it is a little faster."""
    config = office_config()
    telegram = replace(config.telegram, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot")
    config = replace(
        config,
        telegram=telegram,
        delivery=replace(config.delivery, per_second=PACE),
        storage=replace(config.storage, url=url),
        logging=replace(config.logging, level="WARNING", format="json"),
    )
    return BotProcess(config, folder / "clock.json", folder / "bot.log")


async def let_finish(url: str, bot: BotProcess, clock: TurnedClock) -> None:
    """The last life sends what waits, and what may go once more when its doubt is old enough."""
    bot.start()
    await wait_for_the_end(url, bot)
    clock.turn(clock() + 2 * DOUBT_RESTS, speed=0.0)
    await wait_for_the_end(url, bot, without_first_copies=True)
    bot.terminate()
    assert await bot.wait() == 0, bot.log


async def wait_for_the_end(url: str, bot: BotProcess, *, without_first_copies: bool = False) -> None:
    """Until nothing waits or is on its way, and, if so wanted, no deadline is in doubt by its first copy."""
    asked = "state in ('pending', 'sending')"
    if without_first_copies:
        asked += " or (kind = 'reminder' and state = 'unknown' and copy = 1)"
    async with asyncio.timeout(PATIENCE_S):
        while True:
            assert not bot.ended_alone, bot.log
            async with looking_at(url) as session:
                left = await session.fetch(f"select count(*) as n from notices where {asked}")  # noqa: S608
                left = [*left, *await session.fetch("select count(*) as n from posts where state <> 'done'")]
            if not any(row["n"] for row in left):
                return
            await asyncio.sleep(0.1)


async def judge(url: str, telegram: HeardTelegram, cast: Cast, rounds: int) -> None:
    """Compare what the emulator accepted with what is kept."""
    again = plain(Texts("vi", office_config().office.timezone).plain("notice.perhaps_again"))
    accepted = Counter(
        (call["chat_id"], plain(call["text"]))
        for call in telegram.world.store.rows(
            "select chat_id, text from calls where accepted and method = 'sendMessage'"
        )
    )
    async with looking_at(url) as session:
        rows = await session.fetch("select kind, occurrence, person_id, state, copy from notices")
    texts = [row for row in rows if row["kind"] == "post"]
    deadlines = [row for row in rows if row["kind"] == "reminder"]
    assert (len(texts), len(deadlines)) == (rounds * RECIPIENTS, HEADS)
    assert {row["state"] for row in (*texts, *deadlines)} <= {State.SENT, State.UNKNOWN}
    arrived = copies_of_texts(accepted, cast)
    tell("never sent again", texts, arrived)
    for row in texts:
        copies = arrived[row["person_id"], row["occurrence"]]
        assert copies == 1 if row["state"] == State.SENT else copies <= 1, dict(row)
    assert arrived.total() == sum(n for (chat_id, _), n in accepted.items() if chat_id in cast.recipients)
    first, second = copies_of_deadlines(accepted, cast, again)
    tell("deadlines", deadlines, first + second)
    for row in deadlines:
        key = row["person_id"], row["occurrence"]
        assert first[key] <= 1, dict(row)
        assert second[key] <= row["copy"] - 1, dict(row)
        assert first[key] + second[key] >= (row["state"] == State.SENT), dict(row)
    assert (first + second).total() == sum(n for (chat_id, _), n in accepted.items() if chat_id in cast.heads)


def copies_of_texts(accepted: Counter[tuple[int, str]], cast: Cast) -> Counter[tuple[int, str]]:
    """How often each text arrived, by person and occurrence."""
    found: Counter[tuple[int, str]] = Counter()
    for (chat_id, text), n in accepted.items():
        number = re.search(r"số (\d+)", text)
        if chat_id in cast.recipients and number:
            found[cast.recipients[chat_id], f"post:{int(number[1]) + 1}"] += n
    return found


def copies_of_deadlines(
    accepted: Counter[tuple[int, str]], cast: Cast, again: str
) -> tuple[Counter[tuple[int, str]], Counter[tuple[int, str]]]:
    """How often each deadline arrived, without the label and with it, by person and occurrence."""
    first: Counter[tuple[int, str]] = Counter()
    second: Counter[tuple[int, str]] = Counter()
    for (chat_id, text), n in accepted.items():
        if chat_id in cast.heads:
            kept = second if text.startswith(again) else first
            kept[cast.heads[chat_id], f"2026-11:1:{chat_id - FIRST_HEAD_ID}"] += n
    return first, second


def plain(text: str) -> str:
    """A message as it is read."""
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def tell(kind: str, rows: list[Row], arrived: Counter[tuple[int, str]]) -> None:
    """The account of a kind."""
    doubtful = [row for row in rows if row["state"] == State.UNKNOWN]
    of_doubtful = sum(arrived[row["person_id"], row["occurrence"]] > 0 for row in doubtful)
    lost = sum(
        row["state"] == State.SENT and not arrived[row["person_id"], row["occurrence"]] for row in rows
    )
    print(  # noqa: T201 - the account is what one wants to see
        f"{kind}: {len(rows)} planned, {arrived.total()} accepted, {len(doubtful)} in doubt "
        f"({of_doubtful} of them arrived), {sum(n > 1 for n in arrived.values())} twice, {lost} lost"
    )
