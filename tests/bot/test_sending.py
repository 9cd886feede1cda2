"""A body on its way: pictures with a caption, changed in place, and what happens where that cannot be."""

import json
from collections.abc import AsyncIterator
from dataclasses import asdict, replace
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError

from bot import sending
from bot.documents.chart import Chart, draw_chart
from bot.messages import Body, Button, Rows, body
from bot.sandbox.faults import Fault
from bot.sandbox.telegram import Telegram
from bot.sandbox.views import list_calls
from bot.texts import Html
from tests.emulator_request import BASE_FILE_URL, BASE_URL, TOKEN, EmulatorRequest
from tests.office import START
from tests.schema import SchemaChecker

LAN = 4711
CHART = Chart(
    title="Tháng 11/2026",
    subtitle="Văn phòng",
    trend_title="Từng tháng",
    trend=(("T10", 4), ("T11", 7)),
    units_title="Theo đơn vị",
    units=(("Phòng Nội chính", 5), ("Phòng Tổng hợp", 2)),
    footer="Đến 08:00 26/11/2026",
)
LATER = replace(CHART, title="Tháng 12/2026", trend=(("T11", 7), ("T12", 1)))
KEYS: Rows = [[Button("Tháng trước", "s:0:0:show:2026-10")]]


def shown(chart: Chart, text: str, **more: Any) -> Body:
    """The body of a summary, as it comes out of a row."""
    made: Body = json.loads(json.dumps({**body(Html(text), KEYS), "chart": asdict(chart), **more}))
    return made


class Chat:
    """Lan's chat with the bot, and what the bot has put there."""

    def __init__(self, telegram: Telegram, bot: Bot) -> None:
        self.telegram, self.bot = telegram, bot

    async def put(self, made: Body) -> int | None:
        """As the outbox does."""
        return await sending.put(self.bot, LAN, made)

    def message(self, message_id: int | None) -> dict[str, Any]:
        """What stands there now."""
        found = self.telegram.world.find_message(LAN, message_id or 0)
        assert found is not None
        return dict(found)

    def picture(self, message_id: int | None) -> bytes:
        """The bytes of its picture."""
        file = self.telegram.world.find_file(self.message(message_id)["photo"][-1]["file_id"])
        assert file is not None
        content = self.telegram.world.file_bytes(file["path"])
        assert content is not None
        return content

    def calls(self) -> list[str]:
        """The methods by which the bot has written, as far as Telegram has taken it."""
        taken = [call["method"] for call in list_calls(self.telegram.world) if call["accepted"]]
        return [method for method in taken if method.startswith(("send", "edit"))]


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """Lan has come in."""
    telegram = Telegram(tmp_path / "telegram", lambda: START)
    SchemaChecker().watch(telegram)
    telegram.people.put(LAN, "Lan", started=True)
    request = EmulatorRequest(telegram)
    bot = Bot(
        TOKEN, base_url=BASE_URL, base_file_url=BASE_FILE_URL, request=request, get_updates_request=request
    )
    async with bot:
        yield Chat(telegram, bot)
    telegram.close()


async def test_a_chart_comes_as_a_picture_with_its_caption(chat: Chat):
    """The drawn chart, the text below it as its caption, and its buttons."""
    there = await chat.put(shown(CHART, "<b>7</b> đề cử"))
    message = chat.message(there)
    assert chat.picture(there) == draw_chart(CHART)
    assert (message["caption"], message["caption_entities"][0]["type"]) == ("7 đề cử", "bold")
    assert message["reply_markup"]["inline_keyboard"][0][0]["text"] == "Tháng trước"
    assert chat.calls() == ["sendPhoto"]


async def test_a_chart_takes_the_place_of_another(chat: Chat):
    """Picture, caption and buttons change in the same message."""
    there = await chat.put(shown(CHART, "7 đề cử"))
    assert await chat.put(shown(LATER, "1 đề cử", edit=there)) == there
    assert chat.picture(there) == draw_chart(LATER)
    assert chat.message(there)["caption"] == "1 đề cử"
    assert chat.calls() == ["sendPhoto", "editMessageMedia"]


async def test_a_picture_that_telegram_keeps_takes_the_place_of_a_chart(chat: Chat):
    """A card's file_id in place of the chart, and the chart again in place of the card."""
    card = chat.message(await chat.put(shown(LATER, "thẻ")))["photo"][-1]["file_id"]
    there = await chat.put(shown(CHART, "7 đề cử"))
    assert await chat.put({"text": "Thẻ gương", "photo": card, "edit": there}) == there
    assert chat.picture(there) == draw_chart(LATER)
    assert "reply_markup" not in chat.message(there)
    assert await chat.put({"text": "Thẻ gương", "photo": card, "edit": there}) == there  # is not modified
    assert await chat.put(shown(CHART, "7 đề cử", edit=there)) == there
    assert chat.picture(there) == draw_chart(CHART)


async def test_what_is_gone_comes_as_a_new_message(chat: Chat):
    """A message that the person has deleted is not missed."""
    there = await chat.put(shown(CHART, "7 đề cử"))
    await chat.put({"delete": there})
    again = await chat.put(shown(LATER, "1 đề cử", edit=there))
    assert again not in {None, there}
    assert chat.picture(again) == draw_chart(LATER)


async def test_words_do_not_take_the_place_of_a_picture(chat: Chat):
    """Telegram edits no text into a picture: the words come as a message of their own."""
    there = await chat.put(shown(CHART, "7 đề cử"))
    again = await chat.put({"text": "Chọn kỳ khác", "edit": there})
    assert again != there
    assert (chat.message(again)["text"], chat.message(there)["caption"]) == ("Chọn kỳ khác", "7 đề cử")


async def test_a_picture_takes_the_place_of_words(chat: Chat):
    """Telegram lets a picture be put into a message of words."""
    there = await chat.put({"text": "Chọn kỳ"})
    assert await chat.put(shown(CHART, "7 đề cử", edit=there)) == there
    assert chat.picture(there) == draw_chart(CHART)
    assert "text" not in chat.message(there)


@pytest.mark.parametrize(
    "mistake", [SubprocessError("no answer"), OSError("no memory"), ValueError("broken")]
)
async def test_without_a_picture_the_words_come_alone(chat: Chat, monkeypatch, mistake):
    """Whatever keeps the chart from being drawn, what it says in words arrives, once, with its buttons."""

    def fail(_chart: Chart) -> bytes:
        raise mistake

    monkeypatch.setattr(sending, "draw_chart_apart", fail)
    there = await chat.put(shown(CHART, "7 đề cử"))
    assert chat.message(there)["text"] == "7 đề cử"
    assert "reply_markup" in chat.message(there)
    assert await chat.put(shown(LATER, "1 đề cử", edit=there)) == there
    assert chat.calls() == ["sendMessage", "editMessageText"]


async def test_a_row_that_holds_no_chart_says_its_words(chat: Chat):
    """A row of another version of the program."""
    for kept in ({}, {"title": "x"}, {**asdict(CHART), "trend": [["T1"]]}, {**asdict(CHART), "more": 1}):
        assert chat.message(await chat.put({"text": "7 đề cử", "chart": kept}))["text"] == "7 đề cử"


async def test_a_picture_that_is_not_taken_is_not_the_end(chat: Chat):
    """A caption above Telegram's measure: the words come as a message, which may be longer."""
    there = await chat.put(shown(CHART, "a" * 1025))
    assert chat.message(there)["text"] == "a" * 1025
    assert chat.calls() == ["sendMessage"]


@pytest.mark.parametrize(
    ("kind", "error"), [("403", Forbidden), ("5xx", NetworkError), ("offline", NetworkError)]
)
async def test_a_refusal_of_the_person_is_not_tried_in_words(chat: Chat, kind, error):
    """Who has blocked the bot is told nothing in another way; what is in doubt is not sent twice."""
    chat.telegram.add_fault(Fault(kind, chat_id=LAN, times=1))
    with pytest.raises(error):
        await chat.put(shown(CHART, "7 đề cử"))
    assert "sendMessage" not in chat.calls()


async def test_an_unknown_chat_is_refused_as_ever(chat: Chat):
    """Nobody is there to read the words either."""
    with pytest.raises(BadRequest, match="not found"):
        await sending.put(chat.bot, 99, shown(CHART, "7 đề cử"))
