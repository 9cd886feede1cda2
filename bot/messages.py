"""A message before it is one of Telegram's: text, buttons and where it goes, as plain values kept in rows.

The stored form, called a body, is ``{"text": HTML, "reply_markup"?: as the Bot API has it, "edit"?: the
message_id it takes the place of, "chart"?: the fields of a Chart, drawn whenever it is sent, "photo"?,
"document"? or "video"?: a file_id, "file"?: {"path", "name"}}``, where the text of a picture or file is its
caption (at most 1,024 characters as people read them); or ``{"buttons_of": message_id, "reply_markup"}``,
other buttons for a message; or ``{"delete": message_id}``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.texts import Html

Body = dict[str, Any]


@dataclass(frozen=True)
class Button:
    """An inline button that comes back as `data` (at most 64 bytes) or opens `url`."""

    label: str
    data: str = ""
    url: str = ""


Rows = Sequence[Sequence[Button]]


@dataclass(frozen=True)
class Call:
    """What a button says when it is pressed: a claim to be checked, never a fact.

    `flow` is the conversation, `row` and `version` the draft or row it was made for, `act` what to do with
    `arg`. Written ``flow:row:version:act:arg``.
    """

    flow: str
    row: int = 0
    version: int = 0
    act: str = ""
    arg: str = ""

    def __str__(self) -> str:
        return f"{self.flow}:{self.row}:{self.version}:{self.act}:{self.arg}"

    @property
    def number(self) -> int:
        """`arg` as a number, -1 where it is none."""
        return int(self.arg) if self.arg.isascii() and self.arg.isdigit() and len(self.arg) < 18 else -1


def read_call(data: str) -> Call | None:
    """What a button's data claims; None where it is not of our making."""
    parts = data.split(":", 4)
    if len(parts) != 5:
        return None
    numbers = [int(part) for part in parts[1:3] if part.isascii() and part.isdigit() and len(part) < 18]
    return Call(parts[0], numbers[0], numbers[1], parts[3], parts[4]) if len(numbers) == 2 else None


def body(text: Html, rows: Rows = (), *, edit: int | None = None) -> Body:
    """A message with inline buttons; `edit` is the message it takes the place of."""
    made: Body = {"text": text}
    keyboard = [[_button(button) for button in row] for row in rows if row]
    if keyboard:
        made["reply_markup"] = {"inline_keyboard": keyboard}
    if edit:
        made["edit"] = edit
    return made


def contact_body(text: Html, label: str) -> Body:
    """A message with Telegram's button that shares one's own number."""
    button = {"text": label, "request_contact": True}
    return {
        "text": text,
        "reply_markup": {"keyboard": [[button]], "resize_keyboard": True, "one_time_keyboard": True},
    }


def closing_body(text: Html) -> Body:
    """A message that takes such a button away again."""
    return {"text": text, "reply_markup": {"remove_keyboard": True}}


def in_rows(buttons: Sequence[Button], width: int) -> list[list[Button]]:
    """Buttons side by side, `width` to a row."""
    return [list(buttons[start : start + width]) for start in range(0, len(buttons), width)]


def _button(button: Button) -> dict[str, str]:
    return (
        {"text": button.label, "url": button.url}
        if button.url
        else {"text": button.label, "callback_data": button.data}
    )
