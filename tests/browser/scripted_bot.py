"""A bot of a few lines that speaks to the emulator in-process, for tests of the page alone."""

import asyncio
import json
from typing import Any

from bot.sandbox.params import Upload
from bot.sandbox.telegram import Telegram

CARD = "<b>Phiếu đề cử</b>\nNguyễn Thị Lan, <i>Trung tâm Tin học</i>"
CARD_KEYS = [
    [{"text": "Gửi", "callback_data": "send"}],
    [{"text": "Sửa", "callback_data": "edit"}, {"text": "Hủy", "callback_data": "cancel"}],
]
CONTACT_KEYS = [[{"text": "Gửi số của tôi", "request_contact": True}], [{"text": "Để sau"}]]
REPORT = b"don vi,so de cu\r\nHCTC,3\r\n"
COMMANDS = {"decu": "Đề cử gương", "cuatoi": "Đề cử của tôi", "trogiup": "Hướng dẫn"}


class ScriptedBot:
    """Answers by fixed rules; `may_answer` can hold back its answers to buttons."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def call(self, method: str, *, files: dict[str, Upload] | None = None, **parameters: Any) -> Any:
        """One call; answers its result."""
        _, body = await self.telegram.call(method, parameters, files)
        assert body["ok"], (method, body)
        return body["result"]

    async def run(self) -> None:
        """Work until cancelled."""
        commands = [{"command": name, "description": text} for name, text in COMMANDS.items()]
        await self.call("setMyCommands", commands=commands)
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                await self.handle(update)

    async def handle(self, update: dict[str, Any]) -> None:
        """Answer one update."""
        if "callback_query" in update:
            await self.answer_button(update["callback_query"])
        elif "message" in update:
            await self.answer_message(update["message"])

    async def answer_message(self, message: dict[str, Any]) -> None:
        """A card for a nomination, a report for a photo, an echo for the rest."""
        chat_id = message["chat"]["id"]
        text = message.get("text", "")
        keys: dict[str, Any]
        if text.startswith("/start"):
            await self.call("sendMessage", chat_id=chat_id, text=f"Kính chào! [{text}]")
        elif text.startswith("Đề cử"):
            keys = {"inline_keyboard": CARD_KEYS}
            await self.call("sendMessage", chat_id=chat_id, text=CARD, parse_mode="HTML", reply_markup=keys)
        elif text == "số điện thoại":
            keys = {"keyboard": CONTACT_KEYS, "one_time_keyboard": True, "resize_keyboard": True}
            await self.call("sendMessage", chat_id=chat_id, text="Mời bấm nút.", reply_markup=keys)
        elif text == "liên kết":
            link = "https://t.me/guongsang_bot?start=moi-7"
            await self.call("sendMessage", chat_id=chat_id, text=f"Mời mở {link}")
        elif "photo" in message:
            await self.send_report(chat_id)
        elif "contact" in message:
            await self.call("sendMessage", chat_id=chat_id, text=f"Số {message['contact']['phone_number']}")
        elif text and text != "im lặng":
            await self.call("sendChatAction", chat_id=chat_id, action="typing")
            await self.call("sendMessage", chat_id=chat_id, text=f"Đã nhận: {text}")

    async def send_report(self, chat_id: int) -> None:
        """A small document."""
        report = Upload("bao-cao.csv", REPORT, "text/csv")
        await self.call("sendDocument", chat_id=chat_id, files={"document": report})

    async def answer_button(self, query: dict[str, Any]) -> None:
        """Gửi changes the card in place, Hủy asks with an alert."""
        await self.may_answer.wait()
        place = {"chat_id": query["message"]["chat"]["id"], "message_id": query["message"]["message_id"]}
        if query["data"] == "send":
            undo = {"inline_keyboard": [[{"text": "Hoàn tác", "callback_data": "undo"}]]}
            await self.call("editMessageText", **place, text="Đã ghi nhận đề cử.", reply_markup=undo)
            await self.call("answerCallbackQuery", callback_query_id=query["id"], text="Đã gửi")
        else:
            text = f"Đồng chí bấm {json.dumps(query['data'])}"
            await self.call("answerCallbackQuery", callback_query_id=query["id"], text=text, show_alert=True)
