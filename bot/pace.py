"""How fast messages go out: a schedule for all, a measure for each chat, and a gate that a 429 shuts."""

import asyncio
import time
from collections import OrderedDict

_BURST_OF_A_CHAT = 5
_CHATS_REMEMBERED = 10_000


class Pace:
    """Slots on an absolute schedule, `per_second` of them; 0 is no limit.

    `per_chat` is what one person's chat may have a second after a burst of a few, `per_group` what a group
    may (its id is negative), 0 no limit. While the gate is shut nobody passes; after a 429 the pace is halved
    and finds back to its measure by a twentieth a second.
    """

    def __init__(self, per_second: float, per_chat: float = 0.0, per_group: float = 0.0) -> None:
        self._full = self._now_per_second = per_second
        self._per_chat, self._per_group = per_chat, per_group
        self._next_slot = 0.0
        self._shut_until = 0.0
        self._chats: OrderedDict[int, float] = OrderedDict()

    async def pass_(self, chat_id: int) -> None:
        """Wait until a message to the chat may go."""
        while True:
            wait_s = self._wait_s(chat_id)
            if wait_s <= 0:
                return
            await asyncio.sleep(wait_s)

    async def opened(self) -> None:
        """Wait until the gate is open and a slot is free, without taking it."""
        while True:
            wait_s = self._slot_wait_s(time.monotonic())
            if wait_s <= 0:
                return
            await asyncio.sleep(wait_s)

    def shut(self, seconds: float) -> None:
        """Telegram asked for silence."""
        now = time.monotonic()
        if self._shut_until < now:
            self._now_per_second = max(self._now_per_second / 2, min(self._full, 1.0))
        self._shut_until = max(self._shut_until, now + seconds)

    def _wait_s(self, chat_id: int) -> float:
        now = time.monotonic()
        wait_s = max(self._slot_wait_s(now), self._chat_wait_s(chat_id, now))
        if wait_s > 0:
            return wait_s
        if self._full:
            gap = 1 / self._now_per_second
            self._next_slot = max(self._next_slot, now - gap) + gap
            self._now_per_second = min(self._full, self._now_per_second + self._full / 20 * gap)
        self._take(chat_id, now)
        return 0.0

    def _slot_wait_s(self, now: float) -> float:
        return max(self._shut_until - now, self._next_slot - now if self._full else 0.0, 0.0)

    def _chat_wait_s(self, chat_id: int, now: float) -> float:
        measure = self._measure_of(chat_id)
        if not measure:
            return 0.0
        empty_at = self._chats.get(chat_id, 0.0)
        return empty_at - now - (_BURST_OF_A_CHAT - 1) / measure

    def _take(self, chat_id: int, now: float) -> None:
        measure = self._measure_of(chat_id)
        if measure:
            self._chats[chat_id] = max(self._chats.pop(chat_id, 0.0), now) + 1 / measure
            if len(self._chats) > _CHATS_REMEMBERED:
                self._chats.popitem(last=False)

    def _measure_of(self, chat_id: int) -> float:
        return self._per_chat if chat_id > 0 else self._per_group
