"""A body on its way to Telegram."""

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from subprocess import SubprocessError
from typing import IO, Any

import structlog
from telegram import Bot, InputFile, Message
from telegram.error import BadRequest, RetryAfter
from telegram.request import RequestData

from bot.documents.chart import draw_chart_apart, read_chart
from bot.logs import log_mistake
from bot.messages import Body
from bot.request import Files

log = structlog.get_logger("sending")

_CANNOT_BE_EDITED = (
    "message to edit not found",
    "can't be edited",
    "no text in the message",
    "no media in the message",
)

_MEDIA = {"document": "sendDocument", "video": "sendVideo"}
"""How what Telegram keeps already is sent: a body names it by its file_id."""


async def put(bot: Bot, chat_id: int, body: Body) -> int | None:
    """Write the body into the chat, in place of the message it names if that can be; answers the id.

    Raises what python-telegram-bot raises.
    """
    if "delete" in body:
        await _delete(bot, chat_id, body["delete"])
        return None
    if "buttons_of" in body:
        return await _change_buttons(bot, chat_id, body)
    if "file" in body:
        return (await _put_file(bot, chat_id, body)).message_id
    if "chart" in body:
        return await _put_chart(bot, chat_id, body)
    if "photo" in body:
        return await _put_photo(bot, chat_id, body, body["photo"], {})
    for kind, method in _MEDIA.items():
        if kind in body:
            shown = {"chat_id": chat_id, kind: body[kind], **_caption(body), **_keyboard(body)}
            return _message_id(await call(bot, method, shown))
    said: Body = {"chat_id": chat_id, "text": body["text"], "parse_mode": "HTML", **_keyboard(body)}
    if "edit" in body:
        edited = await _edit(bot, "editMessageText", said | {"message_id": body["edit"]}, {})
        if edited is not None:
            return edited
    return _message_id(await call(bot, "sendMessage", said))


async def _put_chart(bot: Bot, chat_id: int, body: Body) -> int | None:
    """The drawn chart with its caption; the words alone where it cannot be drawn or is not taken."""
    said = {name: value for name, value in body.items() if name != "chart"}
    try:
        picture = await asyncio.to_thread(draw_chart_apart, read_chart(body["chart"]))
    except (SubprocessError, OSError, ValueError, TypeError, LookupError) as mistake:
        log_mistake(log, "chart_not_drawn", mistake)
        return await put(bot, chat_id, said)
    files = {"picture": ("chart.png", picture, "image/png")}
    try:
        return await _put_photo(bot, chat_id, body, "attach://picture", files)
    except BadRequest as refusal:
        log.warning("chart_refused", why=str(refusal))
        return await put(bot, chat_id, said)


async def _put_photo(bot: Bot, chat_id: int, body: Body, photo: str, files: Files) -> int | None:
    """A picture with its caption, in place of the message that the body names if that can be."""
    if "edit" in body:
        place = {"chat_id": chat_id, "message_id": body["edit"]}
        media = {"type": "photo", "media": photo, **_caption(body)}
        edited = await _edit(bot, "editMessageMedia", {**place, "media": media, **_keyboard(body)}, files)
        if edited is not None:
            return edited
    shown = {"chat_id": chat_id, "photo": photo, **_caption(body), **_keyboard(body)}
    return _message_id(await call(bot, "sendPhoto", shown, files))


async def _edit(bot: Bot, method: str, params: Mapping[str, Any], files: Files) -> int | None:
    """Change a message; None where that one cannot be changed."""
    try:
        return _message_id(await call(bot, method, params, files))
    except BadRequest as refusal:
        why = str(refusal).lower()  # python-telegram-bot has capitalised it
        if "not modified" in why:
            return int(params["message_id"])
        if not any(words in why for words in _CANNOT_BE_EDITED):
            raise
    return None


async def _delete(bot: Bot, chat_id: int, message_id: int) -> None:
    """Take a message away; one that is gone already is what was wanted."""
    try:
        await call(bot, "deleteMessage", {"chat_id": chat_id, "message_id": message_id})
    except BadRequest as refusal:
        if "message to delete not found" not in str(refusal).lower():
            raise


async def _change_buttons(bot: Bot, chat_id: int, body: Body) -> int:
    """Give a message other buttons and leave its words."""
    params = {"chat_id": chat_id, "message_id": body["buttons_of"], **_keyboard(body)}
    try:
        await call(bot, "editMessageReplyMarkup", params)
    except BadRequest as refusal:
        if "not modified" not in str(refusal).lower():
            raise
    return int(body["buttons_of"])


async def call(bot: Bot, method: str, params: Mapping[str, object], files: Files | None = None) -> Any:
    """The method's result as it came: reading our own message into objects costs more than sending it.

    `files` are (name, content, type) by the names under which ``attach://`` finds them.
    """
    return await bot.request.post(f"{bot.base_url}/{method}", _Values(params, files or {}))


class _Values(RequestData):  # type: ignore[misc]  # final only to the type checker
    """A call's values, which are JSON already and need none of python-telegram-bot's own objects."""

    def __init__(self, values: Mapping[str, object], files: Files) -> None:
        super().__init__()
        self._values, self._files = values, files
        self.contains_files = bool(files)

    @property
    def json_parameters(self) -> dict[str, str]:
        return {
            name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for name, value in self._values.items()
        }

    @property
    def multipart_data(self) -> dict[str, tuple[str, bytes | IO[bytes], str]]:
        return dict(self._files)


def _caption(body: Body) -> Body:
    return {"caption": body["text"], "parse_mode": "HTML"}


def _keyboard(body: Body) -> Body:
    return {"reply_markup": body["reply_markup"]} if "reply_markup" in body else {}


def _message_id(sent: Any) -> int | None:
    return sent.get("message_id") if isinstance(sent, dict) else None


async def _put_file(bot: Bot, chat_id: int, body: Body) -> Message:
    path = Path(body["file"]["path"])
    content = await asyncio.to_thread(path.read_bytes)
    document = InputFile(content, filename=body["file"]["name"])
    return await bot.send_document(chat_id, document, caption=body["text"], parse_mode="HTML")


def seconds_of(silence: RetryAfter) -> float:
    """How long Telegram asks to be left alone."""
    after = silence.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)
