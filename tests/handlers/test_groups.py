"""In groups: one deep link and nothing more."""

from tests.handlers.test_nominate import STORY
from tests.office import Office


async def test_nominating_in_a_group_answers_with_one_link(office: Office):
    """/decu is answered with the way to the private chat; what follows it is not read there."""
    lan, stranger = office.phone("lan"), office.stranger()
    group = office.telegram.people.add_group("Văn phòng", [lan.user_id, stranger.user_id])
    await office.settle()
    before = len(lan.messages(chat_id=group))
    for phone, said in ((lan, "/decu"), (lan, f"/decu anh Tuấn vì {STORY}"), (stranger, "/nominate")):
        await phone.send(said, chat_id=group)
        answer = lan.messages(chat_id=group)[-1]
        assert answer.from_bot
        assert answer.labels == ["Mở trò chuyện riêng"]
        assert answer.raw["buttons"][0][0]["url"].endswith("?start=decu")
        assert "Tuấn" not in answer.text
    assert len(lan.messages(chat_id=group)) == before + 6
    assert not [seen for seen in lan.messages() if seen.from_bot]


async def test_other_talk_in_a_group_is_answered_with_silence(office: Office):
    """Other commands, sentences, taps and replies stay without an answer."""
    lan = office.phone("lan")
    group = office.telegram.people.add_group("Văn phòng", [lan.user_id])
    await lan.send("/decu", chat_id=group)
    link = lan.messages(chat_id=group)[-1]
    for said in ("/cuatoi", "/tonghop", "/huy", "/start", f"Đề cử anh Tuấn vì {STORY}", "chào cả nhà"):
        await lan.send(said, chat_id=group)
        await lan.send(said, chat_id=group, reply_to=link.message_id)
    await lan.tap_data("n:1:1:send:", chat_id=group, message_id=link.message_id)
    said_by_bot = [seen for seen in lan.messages(chat_id=group) if seen.from_bot]
    assert said_by_bot == [said_by_bot[0]]
    assert said_by_bot[0].text == link.text
