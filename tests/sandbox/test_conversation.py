"""The main way: somebody writes, the bot answers with buttons, somebody taps, the bot changes its message."""

import telegram as ptb

KEYBOARD = ptb.InlineKeyboardMarkup([[ptb.InlineKeyboardButton("Gửi", callback_data="v1:send")]])


async def test_a_message_a_button_and_an_edit(bot, emulator, lan):
    """What is written reaches the bot; its card is seen, tapped, answered and changed."""
    await lan.send("/decu@guongsang_bot chị Lan")
    (update,) = await bot.get_updates()
    assert update.message.text == "/decu@guongsang_bot chị Lan"
    assert update.message.parse_entities() == {update.message.entities[0]: "/decu@guongsang_bot"}
    assert update.message.entities[0].type == "bot_command"

    await bot.send_message(lan.user_id, "<b>Thẻ</b> đề cử", parse_mode="HTML", reply_markup=KEYBOARD)
    assert lan.screen == "Thẻ đề cử\n[Gửi]"
    assert lan.last.html == "<b>Thẻ</b> đề cử"

    await lan.tap("Gửi")
    (tapped,) = await bot.get_updates(offset=update.update_id + 1)
    assert tapped.update_id == update.update_id + 1
    assert tapped.callback_query.data == "v1:send"
    assert tapped.callback_query.message.text == "Thẻ đề cử"
    await tapped.callback_query.answer("Đã nhận")
    await tapped.callback_query.edit_message_text("Đã gửi")
    assert (lan.toast, lan.screen, lan.last.edited) == ("Đã nhận", "Đã gửi", True)
