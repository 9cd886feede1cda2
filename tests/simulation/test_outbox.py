"""What the outbox promises while Telegram refuses, is silent, or is away. (Kills: test_kills.py.)"""

import asyncio
import contextlib
from itertools import count
from typing import Any

import pytest

from bot import sending
from bot.domain.hours import Hours
from bot.sandbox.faults import Fault
from bot.sandbox.views import list_calls
from storage import conversations, notices, people
from storage.notices import State
from tests.conftest import PATIENCE_S
from tests.office import START, TELEGRAM_IDS, Office

SENTENCE = "Đề cử anh Bùi Anh Tuấn, phòng TH, vì đã ba tháng hướng dẫn người dân nộp hồ sơ trực tuyến"


async def plan_text(office: Office, code: str, occurrence: str = "một") -> None:
    """Put a notice to somebody into the outbox."""
    person_id = await office.person_id(code)
    async with office.database.transaction() as session:
        body = {"id": "nothing_to_cancel"}
        assert await notices.plan(session, "text", occurrence, person_id, body, office.clock())


async def states(office: Office) -> dict[State, int]:
    """How many of the notices that the test planned are in each state."""
    asked = "select state, count(*) as n from notices where kind = 'text' group by state"
    async with office.database.reading() as session:
        return {State(row["state"]): row["n"] for row in await session.fetch(asked)}


def sent_to(office: Office, code: str) -> list[str]:
    """The texts that Telegram accepted as new messages to somebody."""
    calls = list_calls(office.telegram.world)
    return [
        call["text"]
        for call in calls
        if call["accepted"] and call["method"] == "sendMessage" and call["chat_id"] == TELEGRAM_IDS[code]
    ]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses between attempts are short."""
    monkeypatch.setattr("bot.outbox._FIRST_PAUSE_S", 0.001)
    monkeypatch.setattr("bot.notices._FIRST_PAUSE_S", 0.001)
    monkeypatch.setattr("bot.ingress._FIRST_PAUSE_S", 0.001)


class Silence:
    """Watches the pace: whether anything was sent while Telegram had asked for silence."""

    def __init__(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[float] = []
        self.passed = 0
        pace = office.bot.screens._pace
        self._open = asyncio.Event()
        monkeypatch.setattr(pace, "shut", self._shut)
        monkeypatch.setattr(pace, "pass_", self._pass)
        monkeypatch.setattr(pace, "pass_broadcast", self._pass)

    def _shut(self, seconds: float) -> None:
        self.asked.append(seconds)

    async def _pass(self, _chat_id: int) -> contextlib.AbstractContextManager[None]:
        if self.asked:
            await self._open.wait()
        self.passed += 1
        return contextlib.nullcontext()

    def end(self) -> None:
        """The time asked for is over."""
        self._open.set()


async def test_a_429_silences_everybody_until_it_is_over(office: Office, monkeypatch):
    """One chat's 429 holds back screens and notices of all, for as long as it asked; then all arrive."""
    silence = Silence(office, monkeypatch)
    for code in ("lan", "mai", "duc"):
        office.phone(code)
    await plan_text(office, "hoa")
    office.phone("hoa")
    office.telegram.add_fault(Fault("429", retry_after=7, times=1))
    office.telegram.people.send(TELEGRAM_IDS["lan"], "/help")
    await office.bot.poller.poll_once()
    await until(lambda: bool(silence.asked))
    assert silence.asked == [7.0]
    office.telegram.people.send(TELEGRAM_IDS["mai"], "/help")
    office.telegram.people.send(TELEGRAM_IDS["duc"], "/help")
    before = len(accepted(office))
    await office.bot.poller.poll_once()
    notice = asyncio.create_task(office.bot.notices.send_due())
    await until(lambda: True)
    assert len(accepted(office)) == before
    silence.end()
    await notice
    await office.settle()
    assert [len(sent_to(office, code)) for code in ("lan", "mai", "duc", "hoa")] == [1, 1, 1, 1]
    assert await states(office) == {State.SENT: 1}


def accepted(office: Office) -> list[str]:
    """The messages written so far."""
    calls = list_calls(office.telegram.world)
    return [
        call["method"] for call in calls if call["accepted"] and call["method"].startswith(("send", "edit"))
    ]


async def until(right) -> None:
    """Let everything else go on, until something holds and for some turns of the loop at least."""
    async with asyncio.timeout(PATIENCE_S):
        for turn in count():
            await asyncio.sleep(0)
            if turn > 50 and right():
                return


async def test_who_blocks_the_bot_is_marked_and_not_written_to(office: Office):
    """A 403 marks the chat; later notices to it fail without a call; unblocking opens it again."""
    lan = office.phone("lan")
    await lan.send("/help")
    office.telegram.add_fault(Fault("403", chat_id=lan.user_id, times=1))
    await lan.send("/decu")
    assert await is_blocked(office, lan.user_id)
    said = len(list_calls(office.telegram.world))
    await plan_text(office, "lan")
    await office.settle()
    assert await states(office) == {State.FAILED: 1}
    assert len(list_calls(office.telegram.world)) == said
    await lan.block()
    await lan.unblock()
    assert not await is_blocked(office, lan.user_id)
    await plan_text(office, "lan", "hai")
    await office.settle()
    assert await states(office) == {State.FAILED: 1, State.SENT: 1}


async def is_blocked(office: Office, user_id: int) -> bool:
    """Whether the person is marked as unreachable."""
    async with office.database.reading() as session:
        person = await people.find_by_telegram(session, user_id)
    assert person is not None
    return bool(person.blocked)


@pytest.mark.parametrize("kind", ["timeout_after_accept", "5xx"])
async def test_a_notice_in_doubt_is_shown_as_such_and_never_sent_again(office: Office, kind: str):
    """Time-out after acceptance and 5xx leave `unknown`; neither a restart nor time sends it again."""
    office.phone("hoa")
    await plan_text(office, "hoa")
    office.telegram.add_fault(Fault(kind, method="sendMessage", times=1))
    office.may_be_refused += ("Bad Gateway",)
    await office.settle()
    assert await states(office) == {State.UNKNOWN: 1}
    written = len(sent_to(office, "hoa"))
    assert written == (kind == "timeout_after_accept")
    await office.restart()
    office.clock.turn(days=1)
    await office.settle()
    assert await states(office) == {State.UNKNOWN: 1}
    assert len(sent_to(office, "hoa")) == written


async def test_a_notice_is_in_doubt_if_the_bot_dies_while_sending_it(office: Office):
    """A row that was `sending` when the bot stopped without a word is `unknown` after the start."""
    office.phone("hoa")
    await plan_text(office, "hoa")
    async with office.database.transaction() as session:
        ((waiting, _chat_id),) = await notices.list_waiting(session, office.clock(), list(Hours), 1)
        assert await notices.claim(session, waiting, "token", office.clock(), list(Hours))
    await office.restart()
    await office.settle()
    assert await states(office) == {State.UNKNOWN: 1}
    assert sent_to(office, "hoa") == []


@pytest.mark.usefixtures("quick")
async def test_everything_arrives_after_an_outage(office: Office):
    """Offline for a while: nothing is lost, and nothing comes twice, once Telegram is there again."""
    lan = office.phone("lan")
    await lan.send("/help")
    said = len(sent_to(office, "lan"))
    await plan_text(office, "hoa")
    office.phone("hoa")
    office.telegram.add_fault(Fault("offline", method="sendMessage", times=4))
    office.telegram.people.send(lan.user_id, "/ngonngu")
    await office.settle()
    office.clock.turn(minutes=5)
    await office.settle()
    assert len(sent_to(office, "lan")) == said + 1
    assert len(sent_to(office, "hoa")) == 1
    assert await states(office) == {State.SENT: 1}


@pytest.mark.usefixtures("quick")
async def test_a_screen_of_uncertain_fate_is_shown_again(office: Office):
    """What the acting person waits for comes, even at the price of coming twice."""
    lan = office.phone("lan")
    office.telegram.add_fault(Fault("timeout_after_accept", method="sendMessage", times=1))
    await lan.send(SENTENCE)
    assert len(sent_to(office, "lan")) == 2
    await lan.tap("Gửi")
    assert "Đã ghi nhận đề cử số" in lan.screen


async def test_only_the_latest_screen_is_shown_and_never_two_at_once(office: Office, monkeypatch):
    """While one message to a chat is under way no other starts; what became old meanwhile is passed over."""
    office.phone("lan")
    bot, under_way, most = office.bot, 0, 0
    go = asyncio.Event()

    async def slow(*what: Any) -> Any:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await go.wait()
        try:
            return await put(*what)
        finally:
            under_way -= 1

    put = sending.put
    monkeypatch.setattr("bot.outbox.put", slow)
    chat_id = TELEGRAM_IDS["lan"]
    for version in range(1, 6):
        bot.screens.show(chat_id, version, {"text": f"màn hình {version}"})
        await until(lambda: under_way == 1)
    go.set()
    await bot.screens.idle()
    assert most == 1
    assert sent_to(office, "lan") == ["màn hình 1", "màn hình 5"]


async def test_an_edit_that_changes_nothing_counts_as_shown(office: Office):
    """Telegram's "not modified" means that the chat shows it already."""
    lan = office.phone("lan")
    await lan.send("/help")
    message_id = lan.last.message_id
    async with office.database.transaction() as session:
        screen = await conversations.find_screen(session, lan.user_id)
        assert screen is not None
        body = {**screen.body, "edit": message_id}
        version = await conversations.save_screen(session, lan.user_id, "", body, office.clock())
    office.bot.screens.show(lan.user_id, version, body)
    await office.settle()
    async with office.database.reading() as session:
        screen = await conversations.find_screen(session, lan.user_id)
    assert screen is not None
    assert (screen.shown_version, screen.message_id) == (version, message_id)
    assert len(sent_to(office, "lan")) == 1


async def test_a_screen_whose_message_was_deleted_is_sent_anew(office: Office):
    """The person deleted the message the answer would have replaced."""
    office.may_be_refused += ("message to edit not found",)
    lan = office.phone("lan")
    await lan.send(SENTENCE)
    card = lan.last
    office.telegram.people.tap(lan.user_id, card.message_id, label="Gửi")
    office.telegram.world.remove_message(lan.user_id, card.message_id)
    await office.settle()
    assert "Đã ghi nhận đề cử số" in lan.screen
    assert lan.last.message_id > card.message_id


async def test_a_graceful_stop_finishes_what_is_in_hand(office: Office):
    """Told to stop with updates just fetched: they are handled, answered and confirmed before the end."""
    for code in ("lan", "mai", "duc"):
        office.phone(code)
        office.telegram.people.send(TELEGRAM_IDS[code], "/help")
    stop = asyncio.Event()

    def ear(method: str, result: object) -> None:
        if method == "getUpdates" and result:
            stop.set()

    office.telegram.answer_watchers.append(ear)
    await asyncio.wait_for(office.bot.run(stop), PATIENCE_S)
    assert [len(sent_to(office, code)) for code in ("lan", "mai", "duc")] == [1, 1, 1]
    assert office.telegram.world.store.rows("select * from updates") == []
    async with office.database.reading() as session:
        assert await conversations.list_unshown(session, START) == []
