"""Keyboards as bots send them, checked as Telegram checks them."""

import re
from typing import Any, Final

from bot.sandbox.refusals import Json, bad_request

CALLBACK_DATA_BYTES: Final = 64
_BUTTONS_AT_MOST: Final = 100
_BUTTON_ACTIONS: Final = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
_ADDRESS: Final = re.compile(
    r"(?:(?:https?://)?[^\s/?#.]+(?:\.[^\s/?#.]+)+(?:[/?#]\S*)?|tg://\S+)", re.IGNORECASE
)


def read_markup(value: Any) -> tuple[Json | None, Json | None]:
    """Split `reply_markup` into (inline keyboard, what happens below the input field).

    The second is a `ReplyKeyboardMarkup`, `ReplyKeyboardRemove` or `ForceReply` as it came.

    Raises:
        Refused: Telegram would not take it.
    """
    if value is None:
        return None, None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        return _inline(value["inline_keyboard"]), None
    if "keyboard" in value:
        return None, {**value, "keyboard": _reply_rows(value["keyboard"])}
    if value.get("remove_keyboard") or value.get("force_reply"):
        return None, value
    return None, None


def inline_only(value: Any) -> Json | None:
    """The inline keyboard of an edit.

    Raises:
        Refused: it is another kind of keyboard, or Telegram would not take it.
    """
    inline, other = read_markup(value)
    if other is not None:
        raise bad_request("inline keyboard expected")
    return inline


def _inline(rows: Any) -> Json | None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse inline keyboard: array of arrays expected")
    checked = [[_inline_button(button) for button in row] for row in rows if row]
    if sum(map(len, checked)) > _BUTTONS_AT_MOST:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": checked} if checked else None


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request('can\'t parse inline keyboard button: field "text" must be of type String')
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if not any(action in button for action in _BUTTON_ACTIONS):
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    for name in ("callback_data", "url"):
        if not isinstance(button.get(name, ""), str):
            raise bad_request(f'can\'t parse inline keyboard button: field "{name}" must be of type String')
    data, url = button.get("callback_data"), button.get("url")
    if data is not None and not 1 <= len(data.encode("utf-8", "replace")) <= CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if url is not None and not _ADDRESS.fullmatch(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return button


def _reply_rows(rows: Any) -> list[list[Json]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse keyboard: array of arrays expected")
    checked = [[_reply_button(button) for button in row] for row in rows if row]
    if not checked:
        raise bad_request("keyboard must be non-empty")
    return checked


def _reply_button(button: Any) -> Json:
    button = {"text": button} if isinstance(button, str) else button
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad_request("keyboard button text must be non-empty")
    return button
