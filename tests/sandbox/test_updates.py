"""Updates wait until they are confirmed, in order, over restarts, for one consumer at a time."""

import asyncio
from typing import Any

import pytest
from telegram.error import Conflict

from bot.sandbox.telegram import Telegram
from tests.phones import Phone


async def _poll(emulator, **params) -> Any:
    status, body = await emulator.call("getUpdates", params)
    assert status == 200, body
    return body["result"]


async def test_unconfirmed_updates_come_again(emulator, lan):
    """An update is given out until an offset after it is asked for."""
    await lan.send("một")
    await lan.send("hai")
    first, second = await _poll(emulator)
    assert second["update_id"] == first["update_id"] + 1
    assert await _poll(emulator) == [first, second]
    assert await _poll(emulator, limit=1) == [first]
    assert await _poll(emulator, offset=second["update_id"]) == [second]
    assert await _poll(emulator) == [second]
    assert await _poll(emulator, offset=second["update_id"] + 1) == []


async def test_a_negative_offset_keeps_the_newest(emulator, lan):
    """Minus one forgets all but the last update."""
    for text in ("một", "hai", "ba"):
        await lan.send(text)
    (kept,) = await _poll(emulator, offset=-1)
    assert kept["message"]["text"] == "ba"
    assert await _poll(emulator) == [kept]


async def test_everything_survives_a_restart(emulator, tmp_path, clock, lan, bot):
    """A new process goes on with the same people, chats, ids and unconfirmed updates."""
    await lan.send("một")
    sent = await bot.send_message(lan.user_id, "hai")
    (before,) = await _poll(emulator)
    emulator.close()
    again = Telegram(tmp_path, clock)
    assert await _poll(again) == [before]
    phone = Phone(again, lan.user_id)
    assert [message.text for message in phone.messages()] == ["một", "hai"]
    assert phone.last.message_id == sent.message_id
    following = await phone.send("ba")
    assert following["message_id"] == sent.message_id + 1
    assert [update["update_id"] - before["update_id"] for update in await _poll(again)] == [0, 1]
    again.close()


async def test_ids_go_on_after_all_updates_are_confirmed(emulator, tmp_path, clock, lan):
    """An empty queue does not make the next process count from the start."""
    await lan.send("một")
    (update,) = await _poll(emulator)
    await _poll(emulator, offset=update["update_id"] + 1)
    emulator.close()
    again = Telegram(tmp_path, clock)
    await Phone(again, lan.user_id).send("hai")
    assert (await _poll(again))[0]["update_id"] == update["update_id"] + 1
    again.close()


async def test_a_waiting_poll_is_woken_by_a_message(emulator, lan):
    """A long poll answers as soon as something comes."""
    waiting = asyncio.create_task(_poll(emulator, timeout=50))
    await asyncio.sleep(0)
    await lan.send("một")
    (update,) = await waiting
    assert update["message"]["text"] == "một"


async def test_a_second_consumer_ends_the_first(emulator, bot):
    """Two bots with one token: the one that waits gets Conflict, as Telegram has it."""
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await asyncio.sleep(0)
    second = asyncio.create_task(_poll(emulator, timeout=50))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
    emulator.stop()
    assert await second == []


async def test_only_wanted_kinds_are_queued(emulator, lan):
    """`allowed_updates` holds for what happens afterwards; an empty list means all but the rare ones."""
    await _poll(emulator, allowed_updates='["callback_query"]')
    await lan.send("một")
    assert await _poll(emulator) == []
    await _poll(emulator, allowed_updates=[])
    await lan.send("hai")
    assert [update["message"]["text"] for update in await _poll(emulator)] == ["hai"]


async def test_a_raw_update_is_queued_as_it_is(emulator):
    """What tests put in the queue comes out unchanged, whatever it is."""
    update_id = emulator.world.queue_raw({"poll": {"strange": 1}})
    assert await _poll(emulator) == [{"update_id": update_id, "poll": {"strange": 1}}]


async def test_clearing_forgets_all_but_the_count_of_updates(emulator, lan, bot):
    """A reset office has no people and no messages; its updates are still new to a bot that remembers."""
    await lan.photo("một")
    (update,) = await _poll(emulator)
    emulator.clear()
    assert await _poll(emulator) == []
    assert emulator.world.list_people() == []
    newcomer = Phone(emulator, 7)
    await newcomer.send("hai")
    assert (await _poll(emulator))[0]["update_id"] == update["update_id"] + 1
    assert (await bot.get_me()).id == emulator.world.bot["id"]
