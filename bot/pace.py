"""How fast messages go out: a schedule for all, a measure for each chat, and a gate that a 429 shuts."""

import asyncio
from collections import OrderedDict

_BURST_OF_A_CHAT = 5
_CHATS_REMEMBERED = 10_000


class Pace:
    """Slots on an absolute schedule: `per_second` of them for broadcasts, `kept` more that only replies take.

    0 is no limit. `per_chat` is what one person's chat may have a second after a burst of a few, `per_group`
    what a group may (its id is negative). While the gate is shut nobody passes; after a 429 the pace is halved
    and finds back to its measure by a twentieth a second.
    """

    def __init__(
        self, per_second: float, per_chat: float = 0.0, per_group: float = 0.0, kept: float = 0.0
    ) -> None:
        self._all = _Slots(per_second + kept if per_second else 0.0)
        self._broadcasts = _Slots(per_second)
        self._per_chat, self._per_group = per_chat, per_group
        self._shut_until = 0.0
        self._chats: OrderedDict[int, float] = OrderedDict()

    async def pass_(self, chat_id: int, *, broadcast: bool = False) -> None:
        """Wait until a message to the chat may go."""
        while True:
            now = _now_s()
            wait_s = max(self._slot_wait_s(now, broadcast=broadcast), self._chat_wait_s(chat_id, now))
            if wait_s <= 0:
                break
            await asyncio.sleep(wait_s)
        for slots in (self._all, self._broadcasts) if broadcast else (self._all,):
            slots.take(now)
        self._take(chat_id, now)

    async def opened(self) -> None:
        """Wait until the gate is open and a broadcast's slot is free, without taking it."""
        while True:
            wait_s = self._slot_wait_s(_now_s(), broadcast=True)
            if wait_s <= 0:
                return
            await asyncio.sleep(wait_s)

    def chat_is_free(self, chat_id: int) -> bool:
        """Whether the chat's own measure lets a message go now."""
        return self._chat_wait_s(chat_id, _now_s()) <= 0

    def shut(self, seconds: float) -> None:
        """Telegram asked for silence."""
        now = _now_s()
        if self._shut_until < now:
            self._all.halve()
            self._broadcasts.halve()
        self._shut_until = max(self._shut_until, now + seconds)

    def _slot_wait_s(self, now: float, *, broadcast: bool) -> float:
        waits = [self._shut_until - now, self._all.wait_s(now)]
        return max(0.0, *waits, self._broadcasts.wait_s(now) if broadcast else 0.0)

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


class _Slots:
    """An absolute schedule of so many a second, which finds back after it was halved."""

    def __init__(self, per_second: float) -> None:
        self._full = self._now_per_second = per_second
        self._next = 0.0

    def wait_s(self, now: float) -> float:
        return self._next - now if self._full else 0.0

    def take(self, now: float) -> None:
        if self._full:
            gap = 1 / self._now_per_second
            self._next = max(self._next, now - gap) + gap
            self._now_per_second = min(self._full, self._now_per_second + self._full / 20 * gap)

    def halve(self) -> None:
        self._now_per_second = max(self._now_per_second / 2, min(self._full, 1.0))


def _now_s() -> float:
    """A stopwatch's seconds: the running loop's, which tests let run as they like."""
    return asyncio.get_running_loop().time()
