"""Whatever people do on their phones reaches the bot in Telegram's form."""

from typing import Any

import pytest
import telegram as ptb

from bot.sandbox.people import Impossible
from tests.phones import PICTURE, Phone


async def _updates(bot) -> Any:
    """What came since the last time."""
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return updates


async def test_start_and_deep_links(bot, lan):
    """Start sends /start; a deep link adds its payload."""
    await lan.start()
    await lan.start("moi-abc")
    assert [update.message.text for update in await _updates(bot)] == ["/start", "/start moi-abc"]


async def test_files_of_every_kind_can_be_fetched(bot, lan):
    """A picture comes in sizes, a document with its name; the bytes are those that were sent."""
    await lan.photo("chứng cứ")
    await lan.document(b"%PDF-1.7", "báo cáo.pdf", caption="/decu", mime="application/pdf")
    await lan.voice(b"OggS voice")
    await lan.sticker(b"RIFF shape")
    picture, document, voice, sticker = [update.message for update in await _updates(bot)]
    assert (picture.caption, picture.photo[-1].width) == ("chứng cứ", 1)
    assert bytes(await (await picture.photo[-1].get_file()).download_as_bytearray()) == PICTURE
    assert (document.document.file_name, document.document.mime_type) == ("báo cáo.pdf", "application/pdf")
    assert document.caption_entities[0].type == "bot_command"
    assert bytes(await (await document.document.get_file()).download_as_bytearray()) == b"%PDF-1.7"
    assert bytes(await (await voice.voice.get_file()).download_as_bytearray()) == b"OggS voice"
    assert sticker.sticker.type == "regular"


async def test_a_large_picture_comes_in_rising_sizes(bot, lan):
    """The last size is the whole picture."""
    header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (800).to_bytes(4) + (400).to_bytes(4)
    await lan.photo(content=header)
    (update,) = await _updates(bot)
    assert [(size.width, size.height) for size in update.message.photo] == [(90, 45), (320, 160), (800, 400)]


async def test_an_album_is_several_messages_of_one_group(bot, lan):
    """Its messages share `media_group_id`; the caption stands on one."""
    await lan.photo("hai ảnh", media_group_id="g1")
    await lan.photo(media_group_id="g1")
    messages = [update.message for update in await _updates(bot)]
    assert [(message.media_group_id, message.caption) for message in messages] == [
        ("g1", "hai ảnh"),
        ("g1", None),
    ]


async def test_contacts_own_and_foreign(bot, lan):
    """One's own number names oneself; another card does not; a forwarded one says so."""
    await lan.contact()
    await lan.contact("+84900000000")
    await lan.forward(contact={"phone_number": "+84912345678", "first_name": "Lan", "user_id": 1001})
    own, foreign, forwarded = [update.message for update in await _updates(bot)]
    assert (own.contact.user_id, own.contact.phone_number) == (lan.user_id, "+84912345678")
    assert foreign.contact.user_id is None
    assert forwarded.forward_origin.sender_user_name == "Ai đó"


async def test_forwards_replies_and_edits(bot, lan):
    """A forward carries its origin, a reply its message, an edit the date of the change."""
    first = await lan.send("một")
    await lan.forward(source={"chat_id": lan.user_id, "message_id": first["message_id"]})
    await lan.send("hai", reply_to=first["message_id"])
    await lan.edit(first["message_id"], "một, sửa")
    _, forward, reply, edit = await _updates(bot)
    assert forward.message.text == "một"
    assert forward.message.forward_origin.sender_user.id == lan.user_id
    assert reply.message.reply_to_message.message_id == first["message_id"]
    assert (edit.edited_message.text, edit.edited_message.message_id) == ("một, sửa", first["message_id"])
    assert edit.edited_message.edit_date is not None


async def test_what_cannot_be_done_on_a_phone(bot, lan):
    """Nothing, somebody else's message, no such button, a chat one is not in, a bot one has blocked."""
    await lan.start()
    sent = await bot.send_message(lan.user_id, "chào")
    for action, status in (
        (lan.send("  "), 400),
        (lan.send("a" * 4097), 400),
        (lan.edit(sent.message_id, "x"), 409),
        (lan.tap("Gửi"), 404),
        (lan.send("x", chat_id=-5), 404),
        (lan.send("x", reply_to=99), 404),
        (lan.photo(content=b"x"), 400),
    ):
        with pytest.raises(Impossible) as impossible:
            await action
        assert impossible.value.status == status
    await lan.block()
    with pytest.raises(Impossible, match="has blocked the bot"):
        await lan.send("x")


async def test_blocking_and_coming_back_are_told(bot, lan):
    """`my_chat_member` says what became of the bot."""
    await lan.start()
    await lan.block()
    await lan.block()
    await lan.unblock()
    changes = [update.my_chat_member for update in await _updates(bot)][1:]
    assert [(change.old_chat_member.status, change.new_chat_member.status) for change in changes] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


async def test_a_tap_carries_the_message_as_it_stands(bot, lan):
    """After an edit the label is looked up in the new keyboard; the older message can still be named."""
    await lan.start()
    button = ptb.InlineKeyboardButton
    old = await bot.send_message(
        lan.user_id, "cũ", reply_markup=ptb.InlineKeyboardMarkup.from_button(button("Gửi", callback_data="1"))
    )
    new = await bot.send_message(
        lan.user_id,
        "mới",
        reply_markup=ptb.InlineKeyboardMarkup.from_button(button("Gửi", callback_data="2")),
    )
    await lan.tap("Gửi")
    await lan.tap("Gửi", message_id=old.message_id)
    await new.edit_text("mới hơn")
    await lan.tap("Gửi")
    await lan.tap_data("giả", message_id=new.message_id)
    await old.delete()
    await lan.tap_data("1", message_id=old.message_id)
    taps = [update.callback_query for update in await _updates(bot)][1:]
    assert [tap.data for tap in taps] == ["2", "1", "1", "giả", "1"]
    assert taps[3].message.text == "mới hơn"
    assert not taps[4].message.is_accessible


async def test_the_keyboard_below_sends_words_or_the_own_number(bot, lan):
    """Its labels are sent as text, the contact button shares the number, and it can be taken away."""
    await lan.start()
    keyboard = [[ptb.KeyboardButton("Chia sẻ số", request_contact=True)], [ptb.KeyboardButton("Thôi")]]
    await bot.send_message(lan.user_id, "Số của bạn?", reply_markup=ptb.ReplyKeyboardMarkup(keyboard))
    assert lan.last.keyboard == [["Chia sẻ số"], ["Thôi"]]
    await lan.tap("Chia sẻ số")
    await lan.tap("Thôi")
    shared, refused = [update.message for update in await _updates(bot)][1:]
    assert shared.contact.user_id == lan.user_id
    assert refused.text == "Thôi"
    await bot.send_message(lan.user_id, "Xong", reply_markup=ptb.ReplyKeyboardRemove())
    assert lan.last.raw["reply_keyboard"] == {"remove": True}
    with pytest.raises(Impossible):
        await lan.tap("Thôi")


async def test_in_a_group_the_bot_sees_what_is_meant_for_it(emulator, bot, lan):
    """Commands, mentions and replies to it; not the talk of others, nor another bot's commands."""
    binh = Phone(emulator, 1002, name="Trần Văn Bình")
    group = emulator.people.add_group("Phòng HCTC", [lan.user_id, binh.user_id])
    joined, came = await _updates(bot)
    assert joined.my_chat_member.new_chat_member.status == "member"
    assert came.message.new_chat_members[0].id == bot.id
    said = await bot.send_message(group, "Chào cả phòng")
    await lan.send("hôm nay mưa", chat_id=group)
    await lan.send("/decu@botkhac", chat_id=group)
    await lan.send("/decu", chat_id=group)
    await binh.send("/decu@guongsang_bot", chat_id=group)
    await binh.send("nhờ @guongsang_bot nhé", chat_id=group)
    await binh.send("cảm ơn", chat_id=group, reply_to=said.message_id)
    texts = [update.message.text for update in await _updates(bot)]
    assert texts == ["/decu", "/decu@guongsang_bot", "nhờ @guongsang_bot nhé", "cảm ơn"]
    assert [message.text for message in lan.messages(chat_id=group)][-1] == "cảm ơn"
    assert lan.messages() == []


async def test_a_group_the_bot_was_put_out_of(emulator, bot, lan):
    """It hears of it, and nothing more; writing there is forbidden."""
    group = emulator.people.add_group("Phòng HCTC", [lan.user_id])
    emulator.people.remove_bot(lan.user_id, group)
    await lan.send("/decu", chat_id=group)
    assert (await _updates(bot))[-1].my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(ptb.error.Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(group, "chào")


async def test_in_a_channel_only_the_bot_posts(emulator, bot, lan):
    """It is an administrator there; what it posts is the channel's; members only read and tap."""
    channel = emulator.people.add_group("Văn phòng", [lan.user_id], channel=True)
    joined = (await _updates(bot))[-1].my_chat_member
    assert (joined.chat.type, joined.new_chat_member.status) == ("channel", "administrator")
    keyboard = ptb.InlineKeyboardMarkup([[ptb.InlineKeyboardButton("Chúc mừng", callback_data="x")]])
    posted = await bot.send_message(channel, "Chào", reply_markup=keyboard)
    assert posted.from_user is None
    assert posted.sender_chat.id == channel
    await lan.tap("Chúc mừng", chat_id=channel)
    query = (await _updates(bot))[-1].callback_query
    assert (query.from_user.id, query.message.chat.id) == (lan.user_id, channel)
    await bot.edit_message_reply_markup(channel, posted.message_id)
    with pytest.raises(Impossible, match="only the bot posts"):
        await lan.send("chào", chat_id=channel)
    assert await bot.delete_message(channel, posted.message_id)
    emulator.people.remove_bot(lan.user_id, channel)
    with pytest.raises(ptb.error.Forbidden, match="bot was kicked from the channel chat"):
        await bot.send_message(channel, "Chào")


async def test_each_action_waits_for_the_bot(emulator):
    """The fixture's hook is awaited after every action."""
    settled = []

    async def settle():
        settled.append(len(emulator.world.store.rows("select * from updates")))

    phone = Phone(emulator, 7, settle=settle)
    await phone.start()
    await phone.send("một")
    await phone.block()
    assert settled == [1, 2, 3]
