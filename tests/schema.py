"""Checks what the emulator says against the JSON schema of the Bot API's types."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

from bot.sandbox.telegram import Telegram

SCHEMA_FILE = Path(__file__).parent / "sandbox" / "bot_api.schema.json"
# What each method answers; the types' generator gives functions no schema.
_RESULTS = {
    "getMe": "TelegramUser",
    "getUpdates": ["TelegramUpdate"],
    "sendMessage": "TelegramMessage",
    "sendPhoto": "TelegramMessage",
    "sendDocument": "TelegramMessage",
    "sendMediaGroup": ["TelegramMessage"],
    "editMessageText": "TelegramMessage",
    "editMessageCaption": "TelegramMessage",
    "editMessageMedia": "TelegramMessage",
    "editMessageReplyMarkup": "TelegramMessage",
    "getMyCommands": ["TelegramBotCommand"],
    "getMyName": "TelegramBotName",
    "getMyDescription": "TelegramBotDescription",
    "getMyShortDescription": "TelegramBotShortDescription",
    "getChat": "TelegramChatFullInfo",
    "getChatMember": "TelegramChatMember",
    "getFile": "TelegramFile",
    "getWebhookInfo": "TelegramWebhookInfo",
}


@cache
def bot_api_schema() -> dict[str, Any]:
    """The committed schema: `definitions` by TypeScript name, and the version of the types it came from."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


@cache
def _validator(definition: str) -> Draft7Validator:
    return Draft7Validator({**bot_api_schema(), "$ref": f"#/definitions/{definition}"})


def check(definition: str, value: Any) -> None:
    """Raise `jsonschema.ValidationError` unless `value` is of the Bot API type `definition`."""
    _validator(definition).validate(value)


class SchemaChecker:
    """Watches an emulator and raises in the call that answers, or the action that queues, something wrong."""

    def __init__(self) -> None:
        self.checked = 0

    def watch(self, emulator: Telegram) -> None:
        """Check everything this emulator says from now on, but updates put in the queue as they are."""
        emulator.answer_watchers.append(self.check_answer)
        emulator.world.update_watchers.append(self.check_update)

    def check_answer(self, method: str, result: Any) -> None:
        """Check the result of a method; methods without a type of their own answer True."""
        self.checked += 1
        kind = {name.lower(): kind for name, kind in _RESULTS.items()}.get(method.lower())
        if kind is None:
            assert result is True, f"{method} answers {result!r}"
        elif isinstance(kind, str):
            check(kind, result)
        elif method.lower() != "getupdates":
            for item in result:
                check(kind[0], item)

    def check_update(self, update: dict[str, Any]) -> None:
        """Check an update when it is queued."""
        self.checked += 1
        check("TelegramUpdate", update)
