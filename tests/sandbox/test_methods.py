"""The Bot API's methods do on phones what they do on Telegram's."""

import telegram as ptb

from bot.sandbox.views import list_calls, list_chats
from tests.phones import PICTURE


async def test_pictures_documents_and_albums_are_seen(bot, lan):
    """Files arrive with their captions; a file once sent can be sent again by its id."""
    await lan.start()
    photo = await bot.send_photo(lan.user_id, PICTURE, caption="<b>Ảnh</b>", parse_mode="HTML")
    assert lan.last.html == "<b>Ảnh</b>"
    assert lan.last.raw["photo"]["width"] == 1
    again = await bot.send_photo(lan.user_id, photo.photo[-1].file_id)
    assert again.photo == photo.photo
    await bot.send_document(lan.user_id, b"a,b", filename="bảng.csv", caption="Bảng")
    assert lan.last.raw["document"]["name"] == "bảng.csv"
    group = await bot.send_media_group(
        lan.user_id,
        [ptb.InputMediaPhoto(PICTURE, caption="một"), ptb.InputMediaPhoto(photo.photo[-1].file_id)],
    )
    assert len({message.media_group_id for message in group}) == 1
    assert [message.message_id for message in lan.messages()][-2:] == [
        message.message_id for message in group
    ]


async def test_captions_media_and_keyboards_can_be_edited(bot, lan):
    """Each edit changes its own part; an edit without a keyboard takes the keyboard away."""
    await lan.start()
    keyboard = ptb.InlineKeyboardMarkup.from_button(
        ptb.InlineKeyboardButton("x", url="https://t.me/guongsang_bot?start=1")
    )
    sent = await bot.send_photo(lan.user_id, PICTURE, caption="một", reply_markup=keyboard)
    assert lan.last.labels == ["x"]
    await sent.edit_caption("hai")
    assert (lan.last.text, lan.last.labels) == ("hai", [])
    await sent.edit_reply_markup(keyboard)
    assert (lan.last.text, lan.last.labels) == ("hai", ["x"])
    edited = await sent.edit_media(ptb.InputMediaDocument(b"x", filename="a.txt", caption="ba"))
    assert (edited.document.file_name, edited.caption, edited.photo) == ("a.txt", "ba", ())
    assert (lan.last.text, lan.last.labels) == ("ba", [])


async def test_a_button_with_an_address_opens_it(bot, lan):
    """It makes no update; the phone learns the address."""
    await lan.start()
    address = "https://t.me/guongsang_bot?start=moi"
    keyboard = ptb.InlineKeyboardMarkup.from_button(ptb.InlineKeyboardButton("Vào", url=address))
    await bot.send_message(lan.user_id, "Mời", reply_markup=keyboard)
    assert await lan.tap("Vào") == {"url": address}
    assert len(await bot.get_updates()) == 1


async def test_messages_are_deleted_one_and_many(bot, lan):
    """In a private chat the bot deletes its own and the person's; those gone are passed over."""
    own = await lan.send("nhầm")
    sent = [await bot.send_message(lan.user_id, text) for text in ("một", "hai")]
    await sent[0].delete()
    await bot.delete_messages(lan.user_id, [own["message_id"], sent[0].message_id, sent[1].message_id])
    assert lan.messages() == []


async def test_replies_and_reactions_are_seen(bot, lan):
    """A reply names its message, also when it may go out without; a reaction stands on the message."""
    asked = await lan.send("hỏi")
    await bot.send_message(lan.user_id, "đáp", reply_to_message_id=asked["message_id"])
    assert lan.last.raw["reply_to"] == asked["message_id"]
    lost = ptb.ReplyParameters(99, allow_sending_without_reply=True)
    await bot.send_message(lan.user_id, "đáp", reply_parameters=lost)
    assert lan.last.raw["reply_to"] is None
    await bot.set_message_reaction(lan.user_id, asked["message_id"], "👍")
    assert lan.messages()[0].raw["reaction"] == "👍"
    await bot.set_message_reaction(lan.user_id, asked["message_id"])
    assert lan.messages()[0].raw["reaction"] is None


async def test_commands_are_shown_by_scope_and_language(emulator, bot, lan):
    """The narrowest scope wins, and in it the person's language."""
    await bot.set_my_commands([("start", "Begin")])
    await bot.set_my_commands([("start", "Bắt đầu")], language_code="vi")
    assert emulator.people.commands(lan.user_id) == [{"command": "start", "description": "Bắt đầu"}]
    emulator.people.put(lan.user_id, language="en")
    assert emulator.people.commands(lan.user_id) == [{"command": "start", "description": "Begin"}]
    own = ptb.BotCommandScopeChat(lan.user_id)
    await bot.set_my_commands([ptb.BotCommand("banlam", "Desk")], scope=own)
    assert [command["command"] for command in emulator.people.commands(lan.user_id)] == ["banlam"]
    assert await bot.get_my_commands(scope=own) == (ptb.BotCommand("banlam", "Desk"),)
    await bot.delete_my_commands(scope=own)
    assert [command["command"] for command in emulator.people.commands(lan.user_id)] == ["start"]
    group = emulator.people.add_group("Phòng", [lan.user_id])
    await bot.set_my_commands([("decu", "Nominate")], scope=ptb.BotCommandScopeAllGroupChats())
    assert emulator.people.commands(lan.user_id, group)[0]["command"] == "decu"


async def test_wrong_commands_are_refused(emulator):
    """Letters, length, description, language, scope."""
    good = {"command": "a", "description": "b"}
    for params, sentence in (
        ({"commands": [{**good, "command": "Đề"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{**good, "command": "a" * 33}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{**good, "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [good] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [good], "language_code": "việt"}, "invalid language code specified"),
        ({"commands": [good], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        (
            {"commands": [good], "scope": {"type": "x"}},
            "can't parse BotCommandScope: unsupported type specified",
        ),
    ):
        _, body = await emulator.call("setMyCommands", params)
        assert body["description"] == f"Bad Request: {sentence}"


async def test_what_the_bot_says_of_itself(bot):
    """Name and descriptions by language; there is no webhook, and none can be set."""
    await bot.set_my_name("Gương Sáng 854")
    await bot.set_my_description("Người tốt, việc tốt", language_code="vi")
    await bot.set_my_short_description("Thi đua")
    assert (await bot.get_my_name()).name == (await bot.get_me()).first_name == "Gương Sáng 854"
    assert (await bot.get_my_description(language_code="vi")).description == "Người tốt, việc tốt"
    assert (await bot.get_my_description()).description == ""
    assert (await bot.get_my_short_description(language_code="en")).short_description == "Thi đua"
    assert (await bot.get_webhook_info()).url == ""


async def test_webhooks_are_not_there(emulator, bot, lan):
    """Setting one is refused; deleting with `drop_pending_updates` empties the queue."""
    await lan.send("một")
    assert (await bot.get_webhook_info()).pending_update_count == 1
    _, body = await emulator.call("setWebhook", {"url": "https://x.vn"})
    assert body["description"].startswith("Bad Request: bad webhook: ")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_chats_and_members(emulator, bot, lan):
    """Who somebody is in a chat."""
    group = emulator.people.add_group("Phòng HCTC", [lan.user_id])
    assert (await bot.get_chat(group)).title == "Phòng HCTC"
    assert (await bot.get_chat(lan.user_id)).first_name == "Nguyễn Thị Lan"
    assert (await bot.get_chat_member(group, lan.user_id)).status == "member"
    emulator.people.put(5, "Người lạ")
    assert (await bot.get_chat_member(group, 5)).status == "left"


async def test_unread_and_the_list_of_chats(emulator, bot, lan):
    """What the bot said is unread until the chat is read."""
    await lan.start()
    await bot.send_message(lan.user_id, "một")
    (chat,) = list_chats(emulator.world, lan.user_id)
    assert (chat["unread"], chat["last"]["text"], chat["title"]) == (1, "một", "Gương Sáng")
    emulator.people.read(lan.user_id, lan.user_id)
    assert list_chats(emulator.world, lan.user_id)[0]["unread"] == 0


async def test_the_log_is_what_was_accepted(emulator, bot, lan):
    """Every call but polling is there, in order, with what it did."""
    await lan.start()
    sent = await bot.send_message(lan.user_id, "một")
    await sent.edit_text("hai")
    await emulator.call("sendMessage", {"chat_id": 5, "text": "ba"})
    calls = [
        (call["method"], call["accepted"], call["message_id"], call["text"])
        for call in list_calls(emulator.world)
    ]
    assert calls[-3:] == [
        ("sendMessage", True, sent.message_id, "một"),
        ("editMessageText", True, sent.message_id, "hai"),
        ("sendMessage", False, None, "ba"),
    ]
