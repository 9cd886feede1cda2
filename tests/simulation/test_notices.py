"""What becomes of notices: when they may go, what doubt means, and what is never said twice."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.hours import Hours
from bot.sandbox.faults import Fault
from bot.sandbox.views import list_calls
from bot.scheduler import DOUBT_RESTS, LONGEST_SENDING
from bot.sending import put
from storage import jobs, notices
from storage.notices import State
from tests.office import TELEGRAM_IDS, Office

FRIDAY_EVENING = datetime(2026, 11, 20, 12, 59, tzinfo=UTC)
"""19:59 in the office."""
AGAIN = "có thể đồng chí đã nhận"


async def plan(
    office: Office, kind: str = "text", code: str = "hoa", occurrence: str = "một", **how: object
) -> None:
    """Put a notice to somebody in the outbox."""
    unit_id = {"hoa": 3, "minh": 2}.get(code, 1)
    body = {"id": "nothing_to_cancel", "unit_id": unit_id, "period": "2026-11"}
    person_id = await office.person_id(code)
    office.phone(code)
    async with office.database.transaction() as session:
        assert await notices.plan(session, kind, occurrence, person_id, body, office.clock(), **how)  # type: ignore[arg-type]


async def states(office: Office) -> dict[State, int]:
    """How many notices are in each state."""
    async with office.database.reading() as session:
        return await notices.count_by_state(session)


def arrived(office: Office, code: str = "hoa") -> list[str]:
    """What Telegram accepted for somebody."""
    calls = list_calls(office.telegram.world)
    return [call["text"] for call in calls if call["accepted"] and call["chat_id"] == TELEGRAM_IDS[code]]


async def at(office: Office, instant: datetime) -> None:
    """Let the bot do what it would do at an instant."""
    office.clock.at = instant
    await office.settle()


@pytest.mark.parametrize(
    ("hours", "evening", "saturday"), [(Hours.WORK, 0, 0), (Hours.DAYTIME, 0, 1), (Hours.ANY, 1, 1)]
)
async def test_each_goes_at_its_hours(office: Office, hours: Hours, evening: int, saturday: int):
    """Due on a Friday at 19:59, looked at from 20:00: at once, on Saturday morning, or on Monday morning."""
    await office.settle()
    await plan(office, hours=hours, due_at=FRIDAY_EVENING)
    for instant, expected in (
        (FRIDAY_EVENING + timedelta(minutes=1), evening),
        (datetime(2026, 11, 20, 23, 59, tzinfo=UTC), evening),
        (datetime(2026, 11, 21, 0, 0, tzinfo=UTC), saturday),
        (datetime(2026, 11, 22, 12, 59, tzinfo=UTC), saturday),
        (datetime(2026, 11, 23, 0, 0, tzinfo=UTC), 1),
    ):
        await at(office, instant)
        assert len([text for text in arrived(office) if "đang làm dở" in text]) == expected


async def test_a_chat_reads_in_the_order_planned(office: Office, monkeypatch):
    """Several chats are written to at once, one chat never: what is slow to arrive is first all the same."""
    slow = iter((1000, 500, 0))
    talking: set[int] = set()

    async def slowly(bot, chat_id, body):
        assert chat_id not in talking
        talking.add(chat_id)
        for _ in range(next(slow)):
            await asyncio.sleep(0)
        sent = await put(bot, chat_id, body)
        talking.remove(chat_id)
        return sent

    await office.settle()
    person_id, now = await office.person_id("hoa"), office.clock()
    office.phone("hoa")
    async with office.database.transaction() as session:
        for number in ("một", "hai", "ba"):
            body = {"id": "nominate.left", "values": {"name": f"số {number}"}}
            assert await notices.plan(session, "text", number, person_id, body, now)
    monkeypatch.setattr("bot.notices.put", slowly)
    await office.settle()
    assert [text.partition("số ")[2].split()[0].strip(".,;") for text in arrived(office)] == [
        "một",
        "hai",
        "ba",
    ]


async def test_a_deadline_in_doubt_goes_once_more_labelled_and_never_a_third_time(office: Office):
    """A time-out after acceptance, twice: two copies, the second says that it may be one."""
    await office.settle()
    await plan(office, "reminder", hours=Hours.WORK)
    office.telegram.add_fault(Fault("timeout_after_accept", method="sendMessage", times=2))
    await office.settle()
    assert await states(office) == {State.UNKNOWN: 1}
    await at(office, office.clock() + DOUBT_RESTS - timedelta(minutes=2))
    assert len(arrived(office)) == 1
    await at(office, office.clock() + timedelta(minutes=4))
    assert len(arrived(office)) == 2
    assert AGAIN not in arrived(office)[0]
    assert AGAIN in arrived(office)[1]
    for _ in range(3):
        await at(office, office.clock() + timedelta(minutes=30))
    assert len(arrived(office)) == 2
    assert await states(office) == {State.UNKNOWN: 1}


async def test_what_is_no_deadline_is_never_sent_again(office: Office):
    """However long it stays in doubt."""
    await office.settle()
    await plan(office)
    office.telegram.add_fault(Fault("timeout_after_accept", method="sendMessage", times=1))
    await office.settle()
    for _ in range(3):
        await at(office, office.clock() + timedelta(hours=3))
    assert len(arrived(office)) == 1
    assert await states(office) == {State.UNKNOWN: 1}


async def test_a_tap_on_the_first_copy_calls_the_second_off(office: Office):
    """It was delivered after all, even where the second waits already."""
    await office.settle()
    await plan(office, "reminder", hours=Hours.WORK)
    office.telegram.add_fault(Fault("timeout_after_accept", method="sendMessage", times=1))
    await office.settle()
    async with office.database.transaction() as session:
        now = office.clock()
        await notices.send_again(session, ["reminder"], now, now)
    assert await states(office) == {State.PENDING: 1}
    hoa = office.phone("hoa")
    await hoa.tap("Nhắc lại", message_id=hoa.last.message_id)
    assert await states(office) == {State.SENT: 1}
    await at(office, office.clock() + timedelta(hours=1))
    assert not [text for text in arrived(office) if AGAIN in text]


async def test_a_second_copy_that_has_become_pointless_leaves_the_first_in_doubt(office: Office):
    """The unit answered meanwhile: nothing is sent, and nobody claims to know about the first."""
    await office.settle()
    await plan(office, "reminder", hours=Hours.WORK)
    office.telegram.add_fault(Fault("timeout_after_accept", method="sendMessage", times=1))
    await office.settle()
    hoa = office.phone("hoa")
    await hoa.send("/binhchon")
    await hoa.tap("Kỳ này không có gương")
    await hoa.tap("Xác nhận, không nêu lý do")
    said = len(arrived(office))
    await at(office, office.clock() + DOUBT_RESTS + timedelta(minutes=2))
    assert len(arrived(office)) == said
    assert await states(office) == {State.UNKNOWN: 1}


async def test_a_second_copy_that_is_refused_leaves_the_first_in_doubt(office: Office):
    """Blocked meanwhile: the first may have arrived before that."""
    office.phone("hung")  # who hears of it
    await office.settle()
    await plan(office, "reminder", hours=Hours.WORK)
    office.telegram.add_fault(Fault("timeout_after_accept", method="sendMessage", times=1))
    await office.settle()
    office.telegram.add_fault(Fault("403", chat_id=TELEGRAM_IDS["hoa"], times=1))
    await at(office, office.clock() + DOUBT_RESTS + timedelta(minutes=2))
    assert (await states(office))[State.UNKNOWN] == 1
    assert State.FAILED not in await states(office)


async def test_what_expired_while_it_waited_is_not_sent(office: Office):
    """A reminder whose period closed during an outage."""
    await office.settle()
    expires_at = office.clock() + timedelta(hours=1)
    await plan(office, expires_at=expires_at, due_at=office.clock() + timedelta(minutes=1))
    await at(office, expires_at)
    assert arrived(office) == []
    assert await states(office) == {State.EXPIRED: 1}


async def test_what_hangs_in_sending_is_in_doubt_after_a_while(office: Office):
    """A process that died beside one that lives: its rows are not its own for ever."""
    await office.settle()
    await plan(office)
    async with office.database.transaction() as session:
        ((waiting, _chat_id),) = await notices.list_waiting(session, office.clock(), list(Hours), 2)
        await notices.claim(session, waiting, "token of the dead", office.clock(), list(Hours))
    await at(office, office.clock() + LONGEST_SENDING - timedelta(minutes=1))
    assert await states(office) == {State.SENDING: 1}
    await at(office, office.clock() + timedelta(minutes=3))
    assert await states(office) == {State.UNKNOWN: 1}
    assert arrived(office) == []


async def test_a_late_answer_settles_only_with_its_token(office: Office):
    """The claim's proof decides; without it nothing changes."""
    await office.settle()
    await plan(office)
    now = office.clock()
    async with office.database.transaction() as session:
        ((waiting, _chat_id),) = await notices.list_waiting(session, now, list(Hours), 2)
        claimed = await notices.claim(session, waiting, "mine", now, list(Hours))
        assert claimed
        await notices.park_sending(session, now, now)
        forged = await notices.get(session, waiting)
        assert forged
        assert not await notices.settle(session, _with_token(forged, "forged"), State.SENT, now, message_id=1)
        assert await notices.settle(session, claimed, State.SENT, now, message_id=7)
    assert await states(office) == {State.SENT: 1}


def _with_token(notice: notices.Notice, token: str) -> notices.Notice:
    return notices.Notice(**{**vars(notice), "token": token})


async def test_urgent_ones_overtake_a_broadcast(office: Office):
    """What follows from a person's act goes before deadlines, those before messages to many."""
    await office.settle()
    order = []
    for urgency, code in ((2, "hoa"), (1, "minh"), (0, "lan")):
        await plan(office, code=code, occurrence=str(urgency), urgency=urgency)
    async with office.database.reading() as session:
        listed = await notices.list_waiting(session, office.clock(), list(Hours), 9)
        order = [chat_id for _id, chat_id in listed]
    assert order == [TELEGRAM_IDS[code] for code in ("lan", "minh", "hoa")]
    await office.settle()
    assert await states(office) == {State.SENT: 3}


async def test_after_a_restore_what_was_due_before_waits_for_a_word(office: Office):
    """Planned again by the schedule or still waiting: held; what falls due later goes; then the word."""
    await office.settle()
    restored_at = office.clock() + timedelta(minutes=5)
    async with office.database.transaction() as session:
        await jobs.set_watermark(session, "restored", restored_at)
    await plan(office, occurrence="trước")
    await plan(office, code="minh", occurrence="sau", due_at=restored_at + timedelta(minutes=1))
    await at(office, restored_at + timedelta(minutes=2))
    assert (arrived(office), len(arrived(office, "minh"))) == ([], 1)
    assert (await states(office))[State.HELD] == 1
    async with office.database.transaction() as session:
        await notices.release_held(session, office.clock())
    await office.settle()
    assert len(arrived(office)) == 1


async def test_a_database_that_is_away_is_said_as_such(office: Office, monkeypatch: pytest.MonkeyPatch):
    """The round ends with the error that the loop knows how to wait for."""

    class Away:
        async def __aenter__(self) -> None:
            raise sqlite3.OperationalError("disk is full")

        async def __aexit__(self, *_: object) -> None: ...

    monkeypatch.setattr(office.database, "reading", Away)
    with pytest.raises(sqlite3.OperationalError):
        await office.bot.notices.send_due()


async def test_a_head_who_blocked_the_bot_is_told_to_the_secretariat(office: Office):
    """The reminder is refused with 403: the secretariat hears which unit it does not reach, once."""
    hung, hoa = office.phone("hung"), office.phone("hoa")
    await office.settle()
    await plan(office, "reminder", hours=Hours.WORK)
    office.telegram.add_fault(Fault("403", chat_id=hoa.user_id, times=1))
    await office.settle()
    told = [text for text in arrived(office, "hung") if "đã chặn trợ lý" in text]
    assert len(told) == 1
    assert "Võ Thị Hoa" in told[0]
    assert hung.screen
