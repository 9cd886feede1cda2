"""What Telegram refuses, the emulator refuses, with the same code and words."""

import pytest
import telegram as ptb
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.sandbox.people import Impossible
from tests.phones import Phone


@pytest.fixture
async def sent(bot, lan):
    """A message of the bot in Lan's chat."""
    await lan.start()
    return await bot.send_message(lan.user_id, "một")


def _button(**fields: str):
    return {"inline_keyboard": [[{"text": "x", **fields}]]}


_WRONG_URL = "inline keyboard button URL 'ở đây' is invalid: Wrong HTTP URL"
_NO_ACTION = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n"}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "🌟" * 2049}, "message is too long"),
        ({"text": "a", "parse_mode": "Wiki"}, "unsupported parse_mode"),
        ({"text": "a", "chat_id": "77"}, "chat not found"),
        ({"text": "a", "chat_id": "@ai"}, "chat not found"),
        ({"text": "a", "chat_id": ""}, "chat_id is empty"),
        ({"text": "a", "reply_markup": _button(callback_data="đ" * 33)}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "reply_markup": _button(callback_data="")}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "reply_markup": _button(url="ở đây")}, _WRONG_URL),
        ({"text": "a", "reply_markup": _button()}, _NO_ACTION),
        ({"text": "a", "reply_markup": {"keyboard": []}}, "keyboard must be non-empty"),
        ({"text": "a", "reply_markup": "{"}, "can't parse reply markup JSON object"),
        ({"text": "a", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ],
)  # fmt: skip
async def test_messages_telegram_does_not_take(emulator, sent, params, sentence):
    """Each is 400 with Telegram's sentence, is in the log as not accepted, and is on no phone."""
    status, body = await emulator.call("sendMessage", {"chat_id": "1001", **params})
    assert (status, body["error_code"]) == (400, 400)
    assert body["description"] == f"Bad Request: {sentence}"
    row = emulator.world.store.row("select accepted from calls order by n desc limit 1")
    assert row["accepted"] == 0
    assert emulator.world.find_message(1001, sent.message_id + 1) is None


async def test_what_just_fits_is_taken(bot, lan):
    """4,096 characters after parsing, 1,024 of a caption and 64 bytes of data are allowed."""
    await lan.start()
    button = ptb.InlineKeyboardButton("x", callback_data="đ" * 32)
    await bot.send_message(
        lan.user_id,
        f"<b>{'a' * 4096}</b>",
        parse_mode="HTML",
        reply_markup=ptb.InlineKeyboardMarkup([[button]]),
    )
    assert len(lan.last.text) == 4096
    await bot.send_document(lan.user_id, b"x", caption="🌟" * 512, filename="a.txt")
    with pytest.raises(BadRequest, match=r"^Message caption is too long$"):
        await bot.send_document(lan.user_id, b"x", caption="🌟" * 513, filename="a.txt")


async def test_edits_telegram_does_not_make(bot, lan, sent):
    """No change, no such message, somebody else's message, a caption where there is none."""
    with pytest.raises(BadRequest, match=r"^Message is not modified: specified new message content"):
        await sent.edit_text("một")
    with pytest.raises(BadRequest, match=r"^Message to edit not found$"):
        await bot.edit_message_text("hai", lan.user_id, 99)
    own = await lan.send("của tôi")
    with pytest.raises(BadRequest, match=r"^Message can't be edited$"):
        await bot.edit_message_text("hai", lan.user_id, own["message_id"])
    with pytest.raises(BadRequest, match=r"^There is no caption in the message to edit$"):
        await sent.edit_caption("hai")
    with pytest.raises(BadRequest, match=r"^Inline keyboard expected$"):
        await bot.edit_message_reply_markup(
            lan.user_id,
            sent.message_id,
            reply_markup=ptb.ReplyKeyboardMarkup([["x"]]),
        )
    picture = await bot.send_document(lan.user_id, b"x", filename="a.txt")
    with pytest.raises(BadRequest, match=r"^There is no text in the message to edit$"):
        await picture.edit_text("hai")


async def test_deletions_telegram_does_not_make(bot, lan, sent, clock):
    """A message that is gone cannot be deleted again, nor one older than 48 hours."""
    await sent.delete()
    with pytest.raises(BadRequest, match=r"^Message to delete not found$"):
        await sent.delete()
    old = await bot.send_message(lan.user_id, "cũ")
    clock.turn(48 * 3600)
    with pytest.raises(BadRequest, match=r"^Message can't be deleted for everyone$"):
        await old.delete()


async def test_a_tap_is_answered_once_and_in_time(bot, lan, sent, clock):
    """The second answer, a late one and one to nothing are refused."""
    await sent.edit_reply_markup(
        ptb.InlineKeyboardMarkup.from_button(ptb.InlineKeyboardButton("x", callback_data="x"))
    )
    first = (await lan.tap("x"))["callback_query_id"]
    await bot.answer_callback_query(first)
    too_old = "^Query is too old and response timeout expired or query id is invalid$"
    with pytest.raises(BadRequest, match=too_old):
        await bot.answer_callback_query(first)
    late = (await lan.tap("x"))["callback_query_id"]
    clock.turn(3600)
    with pytest.raises(BadRequest, match=too_old):
        await bot.answer_callback_query(late)
    with pytest.raises(BadRequest, match=too_old):
        await bot.answer_callback_query("17")


async def test_people_who_are_not_there_for_the_bot(emulator, bot, lan):
    """One who never came and one who blocked cannot be written to; one who comes back can."""
    Phone(emulator, 5)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(5, "chào")
    await lan.start()
    await lan.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(lan.user_id, "chào")
    await lan.start()
    await bot.send_message(lan.user_id, "chào")


async def test_files_telegram_does_not_take(emulator, bot, lan):
    """Nothing, an empty file, what is no picture, an unknown id, another kind's id."""
    await lan.start()
    for method, params, sentence in (
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendDocument", {"document": "attach://x"}, 'file "x" not found'),
        ("sendDocument", {"document": "không có"}, "wrong file identifier/HTTP URL specified"),
        ("sendDocument", {"document": "https://x.vn/a"}, "failed to get HTTP URL content"),
        ("sendMediaGroup", {"media": [{}]}, "media group must include 2-10 items"),
    ):
        _, body = await emulator.call(method, {"chat_id": lan.user_id, **params})
        assert body["description"] == f"Bad Request: {sentence}"
    with pytest.raises(BadRequest, match=r"^Image_process_failed$"):
        await bot.send_photo(lan.user_id, b"not a picture")
    with pytest.raises(BadRequest, match=r"^File must be non-empty$"):
        await bot.send_document(lan.user_id, b"", filename="a.txt")
    sent = await bot.send_document(lan.user_id, b"x", filename="a.txt")
    with pytest.raises(BadRequest, match=r"^Can't use file of type document as photo$"):
        await bot.send_photo(lan.user_id, sent.document.file_id)


async def test_a_file_over_20_mb_cannot_be_fetched(bot, lan):
    """A person may send it, but getFile refuses."""
    sent = await lan.document(b"0" * (20 * 1024**2 + 1), "to.bin")
    with pytest.raises(BadRequest, match=r"^File is too big$"):
        await bot.get_file(sent["document"]["file_id"])


async def test_unknown_methods(emulator):
    """A method that does not exist is 404."""
    status, body = await emulator.call("sendLove", {})
    assert (status, body["description"]) == (404, "Not Found: method not found")


async def test_a_group_that_became_a_supergroup_has_another_id(emulator, bot, lan):
    """Calls to the old id are refused with the new one; the members and the bot are there, and can talk."""
    await lan.start()
    group = emulator.people.add_group("Phòng", [lan.user_id])
    moved = emulator.people.upgrade_group(lan.user_id, group)
    with pytest.raises(ChatMigrated) as refusal:
        await bot.send_message(group, "một")
    assert refusal.value.new_chat_id == moved
    await bot.send_message(moved, "hai")
    assert lan.messages(chat_id=moved)[-1].text == "hai"
    updates = await bot.get_updates()
    assert updates[-2].message.migrate_to_chat_id == moved
    assert updates[-1].message.migrate_from_chat_id == group
    with pytest.raises(Impossible):
        emulator.people.upgrade_group(lan.user_id, group)
