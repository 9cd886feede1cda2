"""Groups and channels that the bot is in, and whose they are."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.people import UnitId


class ChatState(StrEnum):
    """Not yet said whose it is, said, not to be used, and left by the bot."""

    NEW = "new"
    LINKED = "linked"
    UNUSED = "unused"
    LEFT = "left"


@dataclass(frozen=True)
class Chat:
    """A group or channel; of a LINKED one `unit_id` says which unit's it is, None the office's.

    `kind` is Telegram's: group, supergroup, channel.
    """

    chat_id: int
    kind: str
    title: str
    state: ChatState
    unit_id: UnitId | None = None

    @property
    def number(self) -> int:
        """What buttons call it: Telegram's ids of groups are negative."""
        return -self.chat_id


def link_to(chat_id: int, message_id: int) -> str:
    """Where its members find a message; "" in a small group, whose messages have no links."""
    inner = str(chat_id).removeprefix("-100")
    return f"https://t.me/c/{inner}/{message_id}" if str(chat_id).startswith("-100") else ""
