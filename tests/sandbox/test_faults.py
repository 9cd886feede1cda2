"""Telegram failing on purpose: each fault does what it says, where it says, as often as it says."""

import asyncio
from typing import Any

import pytest
from telegram.error import BadRequest, Forbidden, RetryAfter

from bot.request import NotSent, Unanswered
from bot.sandbox.faults import Fault
from tests.phones import Phone


@pytest.fixture(autouse=True)
async def _started(lan):
    await lan.start()


async def _send(bot, lan, text="một") -> Any:
    return await bot.send_message(lan.user_id, text)


async def test_offline_means_nothing_was_done(emulator, bot, lan):
    """Every call fails, polling too, until the fault is cleared."""
    waiting = asyncio.create_task(bot.get_updates(offset=2**40, timeout=50))
    await asyncio.sleep(0)
    emulator.add_fault(Fault("offline"))
    with pytest.raises(NotSent):
        await waiting
    with pytest.raises(NotSent):
        await _send(bot, lan)
    emulator.faults.clear()
    await _send(bot, lan, "hai")
    assert [message.text for message in lan.messages()] == ["/start", "hai"]


async def test_429_tells_when_to_come_again(emulator, bot, lan):
    """So many times, then never more; polling goes on meanwhile."""
    emulator.add_fault(Fault("429", retry_after=7, times=2))
    for _ in range(2):
        with pytest.raises(RetryAfter) as refusal:
            await _send(bot, lan)
        assert refusal.value._retry_after.total_seconds() == 7
        assert len(await bot.get_updates()) == 1
    await _send(bot, lan)
    assert emulator.faults.listed() == []


async def test_403_for_one_chat(emulator, bot, lan):
    """Only calls into that chat are forbidden."""
    binh = Phone(emulator, 1002)
    await binh.start()
    emulator.add_fault(Fault("403", chat_id=binh.user_id))
    with pytest.raises(Forbidden):
        await bot.send_message(binh.user_id, "một")
    await _send(bot, lan)


async def test_5xx_for_one_method(emulator, bot, lan):
    """Only that method is broken."""
    emulator.add_fault(Fault("5xx", method="editMessageText"))
    sent = await _send(bot, lan)
    with pytest.raises(Unanswered):
        await sent.edit_text("hai")
    assert lan.last.text == "một"


async def test_a_timeout_after_the_message_was_accepted(emulator, bot, lan):
    """The bot learns nothing, and the message is there: once, and in the log as accepted."""
    emulator.add_fault(Fault("timeout_after_accept", times=1))
    with pytest.raises(Unanswered):
        await _send(bot, lan)
    assert lan.last.text == "một"
    assert emulator.world.store.row("select accepted from calls order by n desc limit 1")["accepted"] == 1
    await _send(bot, lan, "hai")


async def test_a_refused_call_is_not_left_waiting(emulator, bot, lan):
    """The fault waits for a message that is accepted."""
    emulator.add_fault(Fault("timeout_after_accept", times=1))
    with pytest.raises(BadRequest):
        await bot.send_message(77, "một")
    with pytest.raises(Unanswered):
        await _send(bot, lan)


async def test_limits_hold_for_a_private_chat(emulator, bot, lan, clock):
    """A short burst passes, then one a second, with the time to wait; a second later it passes."""
    emulator.add_fault(Fault("limits"))
    for number in range(4):
        await _send(bot, lan, str(number))
        clock.turn(0.1)
    with pytest.raises(RetryAfter):
        await _send(bot, lan, "5")
    clock.turn(4)
    await _send(bot, lan, "5")


async def test_limits_hold_for_a_group_and_over_all(emulator, bot, lan, clock):
    """20 a minute in a group; 30 a second over all chats."""
    emulator.add_fault(Fault("limits"))
    group = emulator.people.add_group("Phòng", [lan.user_id])
    for number in range(20):
        await bot.send_message(group, str(number))
    with pytest.raises(RetryAfter) as refusal:
        await bot.send_message(group, "20")
    assert refusal.value._retry_after.total_seconds() == 60
    clock.turn(60)
    await bot.send_message(group, "20")
    clock.turn(1)
    phones = [Phone(emulator, 2000 + number) for number in range(31)]
    for phone in phones:
        await phone.start()
    for phone in phones[:30]:
        await bot.send_message(phone.user_id, "chào")
    with pytest.raises(RetryAfter):
        await bot.send_message(phones[30].user_id, "chào")
