"""People with phones, for tests: `await lan.send("/decu"); await lan.tap("Gửi"); lan.screen`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.sandbox.params import Upload
from bot.sandbox.telegram import Telegram
from bot.sandbox.views import list_messages

Settle = Callable[[], Awaitable[None]]
# A picture of one grey point.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)


@dataclass(frozen=True)
class Seen:
    """A message as it stands on the phone's screen.

    `buttons` are the labels of the inline keyboard, row by row; `keyboard` those of the keyboard it brought
    below the input field; `raw` is all of the page's form.
    """

    message_id: int
    from_bot: bool
    text: str
    html: str
    buttons: list[list[str]]
    keyboard: list[list[str]]
    edited: bool
    raw: dict[str, Any]

    @property
    def labels(self) -> list[str]:
        """The labels of all inline buttons."""
        return [label for row in self.buttons for label in row]

    def __str__(self) -> str:
        rows = [" ".join(f"[{label}]" for label in row) for row in self.buttons]
        return "\n".join([self.text, *rows])


class Phone:
    """Somebody's phone. Each action puts updates into the emulator, then awaits `settle`.

    Somebody the emulator does not know yet is added under `name`.
    """

    def __init__(
        self,
        telegram: Telegram,
        user_id: int,
        *,
        name: str | None = None,
        settle: Settle | None = None,
        **details: Any,
    ) -> None:
        self.telegram = telegram
        self.user_id = user_id
        self._settle = settle
        self._tap: str | None = None
        known = telegram.world.find_person(user_id)
        if known is None or name or details:
            telegram.people.put(user_id, name or (known.name if known else f"Người {user_id}"), **details)

    # Acting

    async def send(
        self, text: str, *, chat_id: int | None = None, reply_to: int | None = None
    ) -> dict[str, Any]:
        """Write a message."""
        return await self._done(
            self.telegram.people.send(self.user_id, text, chat_id=chat_id, reply_to=reply_to)
        )

    async def start(self, payload: str | None = None) -> dict[str, Any]:
        """Press Start, or open a deep link."""
        return await self._done(self.telegram.people.start(self.user_id, payload))

    async def tap(
        self, label: str, *, message_id: int | None = None, chat_id: int | None = None
    ) -> dict[str, Any]:
        """Tap a button by its label: on that message, or the newest that bears it, or the keyboard below."""
        if message_id is None:
            message_id = self._bearer(label, chat_id)
        return await self._tapped(message_id, label=label, chat_id=chat_id)

    async def tap_data(
        self, data: str, *, message_id: int | None = None, chat_id: int | None = None
    ) -> dict[str, Any]:
        """Send callback data as a forged client could, on the newest message of the bot or on that one."""
        on = message_id if message_id is not None else self.last.message_id
        return await self._tapped(on, data=data, forged=True, chat_id=chat_id)

    async def photo(
        self, caption: str | None = None, content: bytes = PICTURE, *, media_group_id: str | None = None
    ) -> dict[str, Any]:
        """Send a picture."""
        upload = Upload("photo.png", content, "image/png")
        sent = self.telegram.people.send(
            self.user_id, photo=upload, caption=caption, media_group_id=media_group_id
        )
        return await self._done(sent)

    async def document(
        self,
        content: Path | bytes,
        name: str | None = None,
        *,
        caption: str | None = None,
        mime: str | None = None,
    ) -> dict[str, Any]:
        """Send a file."""
        held = content if isinstance(content, bytes) else content.read_bytes()  # noqa: ASYNC240
        called = name or (content.name if isinstance(content, Path) else "file")
        upload = Upload(called, held, mime or "application/octet-stream")
        return await self._done(self.telegram.people.send(self.user_id, document=upload, caption=caption))

    async def voice(self, content: bytes = b"OggS") -> dict[str, Any]:
        """Send a voice message."""
        return await self._done(self.telegram.people.send(self.user_id, voice=Upload("voice.ogg", content)))

    async def sticker(self, content: bytes = b"RIFF") -> dict[str, Any]:
        """Send a sticker."""
        return await self._done(self.telegram.people.send(self.user_id, sticker=Upload("s.webp", content)))

    async def contact(self, phone_number: str | None = None, **contact: Any) -> dict[str, Any]:
        """Share one's own number, or send some other contact (`first_name`, `user_id`)."""
        if phone_number is None:
            return await self._done(self.telegram.people.share_contact(self.user_id))
        card = {"phone_number": phone_number, "first_name": "Ai đó", **contact}
        return await self._done(self.telegram.people.send(self.user_id, contact=card))

    async def forward(
        self,
        text: str | None = None,
        *,
        name: str = "Ai đó",
        source: dict[str, int] | None = None,
        **content: Any,
    ) -> dict[str, Any]:
        """Forward words (or `contact=...`) of somebody outside, or a message seen.

        Args:
            source: `{"chat_id", "message_id"}` of the message seen.
        """
        origin: dict[str, Any] = source or {"name": name}
        return await self._done(self.telegram.people.send(self.user_id, text, forward_from=origin, **content))

    async def edit(self, message_id: int, text: str) -> dict[str, Any]:
        """Edit one's own message."""
        return await self._done(self.telegram.people.edit(self.user_id, message_id, text))

    async def block(self) -> None:
        """Block the bot."""
        self.telegram.people.block(self.user_id, blocked=True)
        await self._done({})

    async def unblock(self) -> None:
        """Let the bot in again."""
        self.telegram.people.block(self.user_id, blocked=False)
        await self._done({})

    # Looking

    def messages(self, *, chat_id: int | None = None) -> list[Seen]:
        """Everything in the private chat with the bot, or another chat, oldest first."""
        raw = list_messages(self.telegram.world, self.user_id if chat_id is None else chat_id)
        bot_id = self.telegram.world.bot["id"]
        return [_seen(message, from_bot=message["from"]["id"] == bot_id) for message in raw]

    @property
    def last(self) -> Seen:
        """The bot's newest message in the private chat."""
        said = [message for message in self.messages() if message.from_bot]
        assert said, "the bot has said nothing"
        return said[-1]

    @property
    def screen(self) -> str:
        """The bot's newest message with its buttons, as text."""
        return str(self.last)

    @property
    def toast(self) -> str | None:
        """What the bot answered to the last tap; None where it said nothing or has not answered."""
        answer = self.telegram.people.answer_to(self._tap) if self._tap else {}
        text: str | None = answer.get("text")
        return text

    @property
    def answered(self) -> bool:
        """Whether the bot answered the last tap, so that the button's clock has stopped."""
        return self._tap is not None and bool(self.telegram.people.answer_to(self._tap)["answered"])

    def _bearer(self, label: str, chat_id: int | None) -> int:
        bearers = [message for message in self.messages(chat_id=chat_id) if label in message.labels]
        return bearers[-1].message_id if bearers else 0

    async def _tapped(self, message_id: int, **how: Any) -> dict[str, Any]:
        outcome = self.telegram.people.tap(self.user_id, message_id, **how)
        self._tap = outcome.get("callback_query_id")
        return await self._done(outcome)

    async def _done(self, outcome: dict[str, Any]) -> dict[str, Any]:
        if self._settle is not None:
            await self._settle()
        return outcome


def _seen(raw: dict[str, Any], *, from_bot: bool) -> Seen:
    below = (raw["reply_keyboard"] or {}).get("rows", [])
    return Seen(
        message_id=raw["message_id"],
        from_bot=from_bot,
        text=raw["text"] or raw["caption"] or "",
        html=raw["html"],
        buttons=[[button["label"] for button in row] for row in raw["buttons"]],
        keyboard=[[button["label"] for button in row] for row in below],
        edited=raw["edited"],
        raw=raw,
    )
