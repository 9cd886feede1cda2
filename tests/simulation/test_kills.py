"""The bot is killed at random points while people nominate. What they have seen stays, once."""

import asyncio
import html
import os
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.clock import TurnedClock
from bot.domain.people import PersonId
from bot.operations.write_draft import find_writing
from bot.sandbox.faults import Fault
from bot.sandbox.refusals import Json
from bot.sandbox.views import list_calls
from bot.scheduler import JOB
from bot.texts import KINDS, Texts
from storage import jobs, nominations, notices, people
from storage.conversations import find_screen
from storage.database import Session, open_database
from storage.notices import State
from tests.conftest import office_config
from tests.office import TELEGRAM_IDS
from tests.simulation.bot_process import BotProcess
from tests.simulation.nominators import PATIENCE_S, Card, Nominator
from tests.simulation.served_telegram import HeardTelegram, ServedTelegram

KILLS = int(os.environ.get("GUONGSANG_KILLS", "200"))
CODES = ("lan", "mai", "lan2", "duc", "tuan", "thao", "chanh")
HEADS = ("hung", "minh", "hoa", "kien")
PING_AT = datetime(2026, 11, 20, 1, tzinfo=UTC)
A_LIFE = timedelta(milliseconds=100)
"""How far the clock goes from one start of the bot to the next: all in all less than an undo may take."""
LONGEST_BIRTH_S, LONGEST_LIFE_S = 60.0, 1.5
WRITES = ("sendMessage", "editMessageText", "answerCallbackQuery")
MOMENTS = ("time", "asked", "given", "called", "answered", "answered")


@asynccontextmanager
async def looking_at(url: str) -> AsyncIterator[Session]:
    """The database as it is on the disk, seen through a connection of its own."""
    database = await open_database(url, read_only=True)
    try:
        async with database.reading() as session:
            yield session
    finally:
        await database.close()


class Repeats:
    """Counts screens that were sent twice, and how often that could be: a delivery not recorded at a kill."""

    def __init__(self) -> None:
        self._last: dict[int, tuple[str, str]] = {}
        self.happened: Counter[int] = Counter()
        self.in_flight: Counter[int] = Counter()

    def hear(self, method: str, params: Mapping[str, Any], body: Json | None) -> None:
        """An ear of the emulator."""
        if method == "sendMessage" and body and body["ok"]:
            self.in_flight[int(params["chat_id"])] += "result" not in body
            chat_id, said = int(params["chat_id"]), (str(params["text"]), str(params.get("reply_markup")))
            self.happened[chat_id] += self._last.get(chat_id) == said
            self._last[chat_id] = said

    async def count_in_flight(self, url: str) -> None:
        """After a kill: every chat whose screen may have been delivered without a record."""
        async with looking_at(url) as session:
            for row in await session.fetch("select chat_id from screens where shown_version < version"):
                self.in_flight[row["chat_id"]] += 1


class Executioner:
    """Kills the bot at a moment of a random kind: some time after its start, or right at one of its calls."""

    def __init__(
        self, bot: BotProcess, telegram: HeardTelegram, seed: int, moments: Sequence[str] = MOMENTS
    ) -> None:
        self._bot, self._telegram, self._moments = bot, telegram, moments
        self._random = random.Random(seed)  # noqa: S311 - dice, not secrets
        self.kinds: Counter[str] = Counter()

    async def strike(self) -> None:
        """Wait for the moment, and kill."""
        kind = self._random.choice(self._moments)
        self.kinds[kind] += 1
        if kind == "time":
            await asyncio.sleep(self._random.uniform(0.0, 0.5))
        else:
            await self._at_a_call(kind)
        self._bot.kill()

    async def _at_a_call(self, kind: str) -> None:
        left = self._random.randint(1, 5)
        late_s = self._random.choice((0.0, 0.0, 0.002, 0.01, 0.04, 0.08))
        lives, now = asyncio.Event(), asyncio.Event()

        def ear(method: str, _params: Mapping[str, Any], body: Json | None) -> None:
            nonlocal left
            if method == "getUpdates":
                lives.set()
            if _is_kind(kind, method, body):
                left -= 1
                if left == 0:
                    if not late_s:
                        self._bot.kill()
                    lives.set()
                    now.set()

        with hearing(self._telegram, ear):
            try:
                await asyncio.wait_for(lives.wait(), LONGEST_BIRTH_S)
                await asyncio.wait_for(now.wait(), LONGEST_LIFE_S)
            except TimeoutError:
                return
        await asyncio.sleep(late_s)


def _is_kind(kind: str, method: str, body: Json | None) -> bool:
    if kind == "asked":
        return method == "getUpdates" and body is None
    if kind == "given":
        return method == "getUpdates" and bool(body and body.get("result"))
    return method in WRITES and (body is None) == (kind == "called")


@contextmanager
def hearing(telegram: HeardTelegram, *ears: Any) -> Iterator[None]:
    """These ears listen while the context lasts."""
    telegram.ears.extend(ears)
    try:
        yield
    finally:
        for ear in ears:
            telegram.ears.remove(ear)


async def test_kills_at_random_points_lose_and_double_nothing(database_url: str, tmp_path: Path):
    """No acknowledged step lost, no nomination doubled, no notice twice; repeats only of the unrecorded."""
    await live_through(database_url, tmp_path, kills=KILLS, seed=854)


async def test_kills_in_bad_weather(database_url: str, tmp_path: Path):
    """The same while Telegram refuses (429, 5xx) and leaves calls that it carried out without an answer."""
    await live_through(database_url, tmp_path, kills=max(KILLS // 8, 1), seed=76, bad_weather=True)


async def live_through(url: str, folder: Path, *, kills: int, seed: int, bad_weather: bool = False) -> None:
    """Let people nominate while the bot is killed `kills` times, then judge."""
    clock = TurnedClock(folder / "clock.json")
    clock.turn(PING_AT - A_LIFE * kills / 2, speed=0.0)
    await plan_notices(url, clock(), kills)
    async with ServedTelegram(folder / "telegram", clock) as served:
        telegram = served.telegram
        bot = new_bot(url, served.address, folder)
        nominators = [Nominator(telegram, code, seed) for code in CODES]
        repeats, executioner = Repeats(), Executioner(bot, telegram, seed)
        enough = asyncio.Event()
        for code in HEADS:
            telegram.people.put(TELEGRAM_IDS[code], code, started=True)
        weather = asyncio.create_task(change_weather(telegram, seed)) if bad_weather else None
        with hearing(telegram, repeats.hear, *(nominator.hear for nominator in nominators)):
            try:
                async with asyncio.TaskGroup() as together:
                    for nominator in nominators:
                        together.create_task(nominator.live(enough))
                    for _ in range(kills):
                        bot.start()
                        await executioner.strike()
                        assert await bot.wait() < 0, f"the bot ended by itself: {bot.log}"
                        await repeats.count_in_flight(url)
                        clock.turn(clock() + A_LIFE, speed=0.0)
                    if weather:
                        weather.cancel()
                        telegram.faults.clear()
                    bot.start()
                    enough.set()
            except BaseException:
                bot.kill()
                print(bot.log)  # noqa: T201 - for who looks at the failure
                raise
            await let_notices_go(url, clock)
            bot.terminate()
            assert await bot.wait() == 0, bot.log
        steps, sends = sum(n.steps for n in nominators), sum(n.sends for n in nominators)
        happened = repeats.happened.total()
        print(  # noqa: T201 - the account is what one wants to see
            f"\n{kills} kills {dict(executioner.kinds)}, {steps} steps, {sends} nominations sent, "
            f"{happened} screens repeated of {repeats.in_flight.total()} in flight"
        )
        await judge(url, telegram, nominators, repeats, kills)


async def let_notices_go(url: str, clock: TurnedClock) -> None:
    """What bad weather has put off waits for a clock that stands still: it goes on until nothing waits.

    The heads are pinged by then: the schedule ticks beside the calls at which bots die, perhaps in the last.
    """
    async with asyncio.timeout(PATIENCE_S):
        while True:
            async with looking_at(url) as session:
                states = await notices.count_by_state(session)
                pinged = await session.fetch("select id from notices where kind = 'reminder'")
            if pinged and not states.keys() & {State.PENDING, State.SENDING}:
                return
            clock.turn(clock() + timedelta(seconds=30), speed=0.0)
            await asyncio.sleep(0.1)


async def plan_notices(url: str, first_at: datetime, kills: int) -> None:
    """A notice to each head now and then, so that every few lives have one to send."""
    database = await open_database(url)
    async with database.transaction() as session:
        await jobs.set_watermark(session, JOB, first_at)  # or lives too short to tick would have seen no past
        for number in range(kills):
            person = await people.find_by_code(session, HEADS[number % len(HEADS)])
            assert person is not None
            body = {"id": "nominate.left", "values": {"name": f"số {number}"}}
            due_at = first_at + A_LIFE * number
            await notices.plan(session, "text", str(number), person.id, body, first_at, due_at=due_at)
    await database.close()


async def change_weather(telegram: HeardTelegram, seed: int) -> None:
    """One fault after the other, for a few calls each."""
    dice = random.Random(seed)  # noqa: S311 - dice, not secrets
    while True:
        await asyncio.sleep(dice.uniform(0.1, 0.8))
        if not telegram.faults.listed():
            kind = dice.choice(("429", "5xx", "timeout_after_accept", "timeout_after_accept"))
            telegram.add_fault(Fault(kind, retry_after=1, seconds=0.2, times=dice.randint(1, 3)))


def new_bot(url: str, address: str, folder: Path) -> BotProcess:
    """The bot with everything as in real life but the pace."""
    config = office_config()
    telegram = replace(
        config.telegram, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot", poll_timeout_s=20
    )
    logging = replace(config.logging, level="WARNING", format="json")
    storage = replace(config.storage, url=url)
    config = replace(config, telegram=telegram, storage=storage, logging=logging)
    return BotProcess(config, folder / "clock.json", folder / "bot.log")


async def judge(
    url: str, telegram: HeardTelegram, nominators: list[Nominator], repeats: Repeats, kills: int
) -> None:
    """Compare what people were told with what is kept."""
    texts = Texts("vi", office_config().office.timezone)
    async with looking_at(url) as session:
        assert [dict(row) for row in await session.fetch("select * from unread_updates")] == []
        for nominator in nominators:
            person = await people.find_by_code(session, nominator.code)
            assert person is not None
            standing = await standing_of(session, person.id, texts)
            for nominee in standing.keys() | nominator.sent.keys():
                assert standing.get(nominee) == nominator.sent.get(nominee), nominator.code
            assert await counted(session, person.id) == (nominator.sends, nominator.undos), nominator.code
            writing = await find_writing(session, person.id)
            story = writing.draft.story if writing else None
            assert story == (nominator.left_at.story if nominator.left_at else None), nominator.code
            await judge_screen(session, nominator)
        noted = await session.fetch("select count(*) as n from updates")
        row = telegram.world.store.row("select seq from sqlite_sequence where name = 'updates'")
        assert row is not None
        assert noted[0]["n"] == row["seq"] - 854_000_000
    assert telegram.world.store.rows("select * from updates") == [], "an update is not confirmed"
    for chat_id, happened in repeats.happened.items():
        assert happened <= repeats.in_flight[chat_id]
    await judge_notices(url, telegram, kills)


async def judge_notices(url: str, telegram: HeardTelegram, kills: int) -> None:
    """Each notice was sent, or is in doubt and said to be; none came twice."""
    heads = tuple(TELEGRAM_IDS[code] for code in HEADS)
    calls = [
        (call["chat_id"], call["text"])
        for call in list_calls(telegram.world)
        if call["accepted"] and call["chat_id"] in heads and call["method"] == "sendMessage"
    ]
    assert len(calls) == len(set(calls)), "a notice came twice"
    async with looking_at(url) as session:
        states = await notices.count_by_state(session)
        pings = await session.fetch("select count(*) as n from notices where kind = 'reminder'")
    print(f"notices: {states}, {len(calls)} arrived")  # noqa: T201
    assert pings[0]["n"] == len(HEADS)
    assert states.keys() <= {State.SENT, State.UNKNOWN}
    assert sum(states.values()) == kills + len(HEADS)
    assert states[State.SENT] <= len(calls) <= sum(states.values())


async def standing_of(session: Session, person_id: PersonId, texts: Texts) -> dict[str, Card]:
    """What stands in the person's name, as cards."""
    found = {}
    for sent in await nominations.list_by_nominator(session, person_id):
        assert sent.withdrawn_at is None
        assert sent.nominee.name not in found
        reason = sent.reason
        found[sent.nominee.name] = Card(
            sent.nominee.name,
            texts.plain(KINDS[reason.kind]),
            sent.movement_name,
            reason.story,
            reason.result,
            len(reason.evidence),
        )
    return found


async def counted(session: Session, person_id: PersonId) -> tuple[int, int]:
    """How often the person sent and took back, by the audit log."""
    rows = await session.fetch(
        f"select act, count(*) as n from audit where actor_id = {person_id} group by act"  # noqa: S608
    )
    acts = {row["act"]: row["n"] for row in rows}
    sends = sum(acts.get(act, 0) for act in ("nominate", "change", "add"))
    return sends, acts.get("undo", 0)


async def judge_screen(session: Session, nominator: Nominator) -> None:
    """The newest message on the phone is what the database says the chat shows, and is known delivered."""
    screen = await find_screen(session, nominator.user_id)
    assert screen is not None
    assert screen.shown_version == screen.version, nominator.code
    said = html.unescape(re.sub(r"<[^>]+>", "", screen.body["text"]))
    last = nominator.phone.last
    assert last.text == said, nominator.code
    assert last.message_id == screen.message_id, nominator.code
    kept = screen.body.get("reply_markup", {}).get("inline_keyboard", [])
    shown = [[(button["label"], button["data"]) for button in row] for row in last.raw["buttons"]]
    assert shown == [[(button["text"], button.get("callback_data")) for button in row] for row in kept]
