"""Messages that cannot be put where they were meant to go: groups that moved, pictures, what was deleted."""

from typing import Any

from storage import conversations, notices
from storage.notices import State
from tests.office import TELEGRAM_IDS, Office
from tests.phones import PICTURE


async def show(office: Office, chat_id: int, body: dict[str, Any]) -> int:
    """Bring a screen to a chat; answers the id of its message."""
    async with office.database.transaction() as session:
        version = await conversations.save_screen(session, chat_id, "", body, office.clock())
    office.bot.screens.show(chat_id, version, body)
    await office.settle()
    async with office.database.reading() as session:
        screen = await conversations.find_screen(session, chat_id)
    assert screen is not None
    assert screen.shown_version == version
    assert screen.message_id is not None
    return screen.message_id


async def photo_id(office: Office) -> str:
    """The `file_id` of a picture that somebody sent to the bot."""
    sent = await office.phone("mai").photo(content=PICTURE)
    found: str = sent["photo"][-1]["file_id"]
    return found


async def test_the_answer_follows_a_group_that_became_a_supergroup(office: Office):
    """Asked in the old group, answered in the new one, once; there it goes on as in any group."""
    office.may_be_refused += ("upgraded to a supergroup",)
    lan = office.phone("lan")
    group = office.telegram.people.add_group("Văn phòng", [lan.user_id])
    await office.settle()
    office.telegram.people.send(lan.user_id, "/decu", chat_id=group)
    moved = office.telegram.people.upgrade_group(lan.user_id, group)
    await office.settle()
    answers = [seen for seen in lan.messages(chat_id=moved) if seen.from_bot]
    assert [answer.labels for answer in answers] == [["Mở trò chuyện riêng"]]
    assert [seen for seen in lan.messages(chat_id=group) if seen.from_bot] == []
    await lan.send("/decu", chat_id=moved)
    answers = [seen for seen in lan.messages(chat_id=moved) if seen.from_bot]
    assert [answer.labels for answer in answers] == [["Mở trò chuyện riêng"]] * 2


async def test_a_picture_goes_out_by_its_file_id_with_words_and_buttons(office: Office):
    """A body with `photo` is a photo whose caption are the words."""
    lan, picture = office.phone("lan"), await photo_id(office)
    buttons = {"inline_keyboard": [[{"text": "Xem", "callback_data": "n:0:0::"}]]}
    body = {"text": "<b>Chúc mừng</b> 11/6", "photo": picture, "reply_markup": buttons}
    message_id = await show(office, lan.user_id, body)
    assert lan.last.message_id == message_id
    assert lan.last.raw["caption"] == "Chúc mừng 11/6"
    assert "<b>Chúc mừng</b>" in lan.last.html
    assert lan.last.raw["photo"]["file_id"] == picture
    assert lan.last.labels == ["Xem"]


async def test_words_in_place_of_a_picture_are_sent_anew(office: Office):
    """Telegram does not turn a photo into words: the screen comes as a message of its own."""
    office.may_be_refused += ("there is no text in the message to edit",)
    lan, picture = office.phone("lan"), await photo_id(office)
    pictured = await show(office, lan.user_id, {"text": "một", "photo": picture})
    said = await show(office, lan.user_id, {"text": "hai", "edit": pictured})
    assert said > pictured
    assert [seen.text for seen in lan.messages() if seen.from_bot] == ["một", "hai"]


async def test_a_screen_in_place_of_a_deleted_message_is_sent_anew(office: Office):
    """Whatever became of the message that a screen was to replace, the screen comes."""
    office.may_be_refused += ("message to edit not found",)
    lan = office.phone("lan")
    first = await show(office, lan.user_id, {"text": "một"})
    office.telegram.world.remove_message(lan.user_id, first)
    await show(office, lan.user_id, {"text": "hai", "edit": first})
    assert [seen.text for seen in lan.messages() if seen.from_bot] == ["hai"]


async def test_a_notice_to_a_chat_that_is_not_there_fails_alone(office: Office):
    """What Telegram surely refuses is failed with its reason, and the others arrive."""
    office.phone("hoa")
    async with office.database.transaction() as session:
        ids = [await office.person_id(code) for code in ("duc", "hoa")]
        body = {"id": "nothing_to_cancel"}
        await notices.plan_for(session, "text", "một", ids, body, office.clock())
    await office.settle()
    async with office.database.reading() as session:
        assert await notices.count_of(session, "text", "một") == {State.SENT: 1, State.FAILED: 1}
    assert TELEGRAM_IDS["duc"] not in {person.user_id for person in office.telegram.world.list_people()}
