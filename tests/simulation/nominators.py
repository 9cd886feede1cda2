"""Scripted people who nominate as people do: act, wait until the screen answers, read it, go on from there.

Each keeps a record of what the screens told them. Nobody presses again because an answer is late: after a
restart of the bot the screen has to come by itself.
"""

import asyncio
import random
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.sandbox.refusals import Json
from bot.sandbox.telegram import Telegram
from bot.sandbox.views import list_messages
from tests.office import PEOPLE, TELEGRAM_IDS, UNITS
from tests.phones import PICTURE, Phone, Seen, _seen

PATIENCE_S = 300.0
_NAMES = {row[0]: row[1] for row in PEOPLE}
_UNIT_OF = {row[0]: row[3] for row in PEOPLE}
_NAMESAKES = "Nguyễn Thị Lan"
_WRITES = {"sendMessage", "editMessageText", "sendDocument"}
_STORY_ASKED = "nêu ngắn gọn việc làm"
_KINDS = ("Người tốt, việc tốt", "Điển hình tiên tiến", "Nhân tố mới", "Mô hình mới", "Cách làm hay")
_MOVEMENTS = ("Không gắn phong trào", "Cả nước thi đua đổi mới sáng tạo và chuyển đổi số")


@dataclass(frozen=True)
class Card:
    """A nomination as the screen shows it."""

    nominee: str
    kind: str
    movement: str
    story: str
    result: str
    evidence: int


def read_card(text: str) -> Card:
    """The card on a screen."""

    def after(pattern: str, default: str = "") -> str:
        found = re.search(pattern, text, re.MULTILINE)
        return found[1] if found else default

    movement = after(r"^Phong trào: (.+)$")
    return Card(
        nominee=after(r"được đề cử: (.+?), "),
        kind=after(r"^Loại: (.+)$"),
        movement="" if movement == "không gắn phong trào" else movement,
        story=after(r"^Nội dung: (.+)$"),
        result=after(r"^Kết quả đo được: (.+)$"),
        evidence=int(after(r"^Minh chứng: (\d+)", "0")),
    )


def over(before: Card | None, told: Card) -> Card:
    """What stands when the same person nominates the same nominee again: what is not told anew stays."""
    if before is None:
        return told
    return replace(
        told,
        movement=told.movement or before.movement,
        result=told.result or before.result,
        evidence=before.evidence + told.evidence,
    )


class _RecentPhone(Phone):
    """Looks at the end of a chat only, which grows long here."""

    def messages(self, *, chat_id: int | None = None) -> list[Seen]:
        world, where = self.telegram.world, self.user_id if chat_id is None else chat_id
        row = world.store.row("select last_message_id from chats where chat_id = ?", where)
        newest = row["last_message_id"] if row else 0
        bot_id = world.bot["id"]
        raw = list_messages(world, where, after=newest - 12)
        return [_seen(message, from_bot=message["from"]["id"] == bot_id) for message in raw]


class Nominator:
    """One person of the office with a phone.

    Attributes:
        sent: by nominee, the card that was sent last and stands.
        sends, undos: how often a receipt, and the end of an undo, was seen.
        left_at: the card of the draft that was left half-finished at the end.
        steps: how many screens were waited for and came.
    """

    def __init__(self, telegram: Telegram, code: str, seed: int) -> None:
        self.code = code
        self.user_id = TELEGRAM_IDS[code]
        telegram.people.put(self.user_id, _NAMES[code], started=True)
        self.phone = _RecentPhone(telegram, self.user_id)
        self.sent: dict[str, Card] = {}
        self.left_at: Card | None = None
        self.sends = self.undos = self.steps = 0
        self._random = random.Random(f"{code}:{seed}")  # noqa: S311 - dice, not secrets
        self._told = 0
        self._news = asyncio.Event()

    def hear(self, method: str, params: Mapping[str, Any], body: Json | None) -> None:
        """An ear of the emulator: something was written into a chat."""
        if body and method in _WRITES and str(params.get("chat_id")) == str(self.user_id):
            self._news.set()

    async def live(self, enough: asyncio.Event) -> None:
        """Nominate until it is enough, and leave a last one half-finished."""
        while not enough.is_set():
            card = await self._random.choice(self._ways)(self)
            await self._send_or_discard(await self._perhaps_change(card))
        if self._random.random() < 0.6:
            self.left_at = await self._in_one_message()

    # Ways to a card

    async def _in_one_message(self) -> Card:
        nominee = self._somebody()
        await self.phone.send(f"Đề cử {_NAMES[nominee]}, phòng {_UNIT_OF[nominee]}, vì {self._story()}")
        return await self._card()

    async def _guided(self) -> Card:
        await self.phone.send("/decu")
        asked = await self._see("họ tên đồng nghiệp")
        offered = [label for label in asked.labels if " · " in label and _NAMESAKES not in label]
        if offered and self._random.random() < 0.5:
            await self._tap(self._random.choice(offered))
        else:
            nominee = self._somebody()
            await self.phone.send(_NAMES[nominee])
        return await self._answer_what_is_asked()

    async def _group(self) -> Card:
        await self.phone.send("/decu")
        await self._see("họ tên đồng nghiệp")
        await self._tap("Một tập thể")
        await self._see("tên tập thể")
        await self.phone.send(f"Tổ hỗ trợ {self.code} {self._next()}")
        await self._see("thuộc đơn vị nào")
        await self._tap(self._random.choice(UNITS)[1])
        return await self._answer_what_is_asked()

    _ways: tuple[Callable[["Nominator"], Awaitable[Card]], ...] = (
        _in_one_message,
        _in_one_message,
        _guided,
        _group,
    )

    async def _answer_what_is_asked(self) -> Card:
        """Choose what the screens ask to choose, each once, until they ask for the story."""
        choices = {"chọn loại gương": _KINDS, "phong trào thi đua nào": _MOVEMENTS}
        while True:
            seen = await self._until(
                lambda seen: _STORY_ASKED in seen.text or any(asked in seen.text for asked in choices),
                f"a question out of {[*choices, _STORY_ASKED]}",
            )
            if _STORY_ASKED in seen.text:
                await self.phone.send(self._story())
                return await self._card()
            asked = next(asked for asked in choices if asked in seen.text)
            await self._tap(self._random.choice(choices.pop(asked)))

    # At the card

    async def _perhaps_change(self, card: Card) -> Card:
        for change in self._random.sample(self._changes, self._random.choice((0, 0, 1, 2))):
            card = await change(self, card)
        return card

    async def _another_story(self, card: Card) -> Card:
        await self._tap("Sửa")
        await self._see("Về phiếu đề cử")
        await self._tap("Nội dung")
        await self._see("ký tự", "Quay lại")
        story = self._story()
        await self.phone.send(story)
        return await self._card_is(replace(card, story=story))

    async def _add_result(self, card: Card) -> Card:
        await self._tap("Sửa")
        await self._see("Về phiếu đề cử")
        await self._tap("Kết quả đo được")
        await self._see("Kết quả đo được là gì")
        result = f"giảm {self._next()} phút chờ"
        await self.phone.send(result)
        return await self._card_is(replace(card, result=result))

    async def _add_photo(self, card: Card) -> Card:
        await self.phone.photo(content=PICTURE)
        return await self._card_is(replace(card, evidence=card.evidence + 1))

    async def _stop_and_resume(self, card: Card) -> Card:
        if self._random.random() < 0.5:
            await self._tap("Hủy")
        else:
            await self.phone.send("/huy")
        await self._see("Viết tiếp đề cử này")
        await self._tap("Viết tiếp đề cử này")
        return await self._card_is(card)

    async def _begin_another_and_resume(self, card: Card) -> Card:
        await self.phone.send("/decu")
        await self._see("đang viết dở")
        await self._tap("Viết tiếp")
        return await self._card_is(card)

    _changes: tuple[Callable[["Nominator", Card], Awaitable[Card]], ...] = (
        _another_story,
        _add_result,
        _add_photo,
        _stop_and_resume,
        _begin_another_and_resume,
    )

    async def _send_or_discard(self, card: Card) -> None:
        if self._random.random() < 0.1:
            await self._tap("Hủy")
            await self._see("Viết tiếp đề cử này", "Bỏ hẳn")
            await self._tap("Bỏ hẳn")
            await self._see("Đã bỏ bản viết dở")
            return
        standing = over(self.sent.get(card.nominee), card)
        await self._send(standing)
        if self._random.random() < 0.2:
            await self._tap_by("Hoàn tác")
            await self._see("thu lại đề cử vừa gửi", "Gửi")
            self.undos += 1
            await self._send(standing)

    async def _send(self, standing: Card) -> None:
        seen = await self._tap("Gửi")
        if self._random.random() < 0.3:
            data = _data(seen, "Gửi")
            self.phone.telegram.people.tap(self.user_id, seen.message_id, data=data, forged=True)
        receipt = await self._see(f"{standing.nominee}, ", "Trân trọng cảm ơn")
        assert "đề cử số" in receipt.text
        self.sends += 1
        self.sent[standing.nominee] = standing

    # Seeing and doing

    async def _tap(self, label: str) -> Seen:
        seen = self.phone.last
        await self.phone.tap(label, message_id=seen.message_id)
        return seen

    async def _tap_by(self, beginning: str) -> None:
        await self._tap(next(label for label in self.phone.last.labels if label.startswith(beginning)))

    async def _card(self) -> Card:
        story = self._last_story
        return read_card((await self._see("Phiếu đề cử", story, "Gửi")).text)

    async def _card_is(self, expected: Card) -> Card:
        seen = await self._until(
            lambda seen: "Gửi" in seen.labels and read_card(seen.text) == expected, f"the card {expected}"
        )
        return read_card(seen.text)

    async def _see(self, *words: str) -> Seen:
        """Wait until the newest message says all these words, on itself or on its buttons."""
        return await self._until(lambda seen: all(word in str(seen) for word in words), repr(words))

    async def _until(self, right: Callable[[Seen], bool], what: str) -> Seen:
        try:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    self._news.clear()
                    said = [message for message in self.phone.messages() if message.from_bot]
                    if said and right(said[-1]):
                        self.steps += 1
                        return said[-1]
                    await self._news.wait()
        except TimeoutError:
            chat = "\n---\n".join(map(str, self.phone.messages()[-5:]))
            raise AssertionError(f"{self.code} waited in vain for {what}; the chat ends:\n{chat}") from None

    def _somebody(self) -> str:
        unfit = {self.code, "cu"}
        return self._random.choice([c for c, name in _NAMES.items() if name != _NAMESAKES and c not in unfit])

    def _story(self) -> str:
        self._last_story = (
            f"Việc số {self._next()} của {self.code}: đã ba tháng hướng dẫn người dân nộp hồ sơ trực tuyến"
        )
        return self._last_story

    def _next(self) -> int:
        self._told += 1
        return self._told


def _data(seen: Seen, label: str) -> str:
    buttons = (button for row in seen.raw["buttons"] for button in row)
    data: str = next(button["data"] for button in buttons if button["label"] == label)
    return data
