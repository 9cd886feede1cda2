"""How fast messages go out: a schedule for all, a measure for each chat, and a gate that a 429 shuts."""

import asyncio
from collections import OrderedDict, deque

_OF_A_CHAT = 4
_MINUTE_S = 60.0
_UNEVEN_S = 0.25
"""What two messages to one chat may take differently long on their way."""
_LONGEST_WAY_S = 1.0
"""How long a message without an answer is taken to be under way: it may not keep the others for ever."""
_WAYS_KNOWN, _MOST_OF_A_WAY_S = 20, 0.5
_CAUGHT_UP = 4
"""How many slots that a stall has cost may be taken behind it; the measure of all holds nevertheless."""
_CHATS_REMEMBERED = 10_000
_BACK_A_SECOND = 1 / 20


class Pace:
    """Broadcasts on an absolute schedule of `per_second`; with replies at most `kept` more in any second.

    0 is no limit. A person's chat may have 4 messages in as many seconds as `per_chat` makes of them, a group
    (its id is negative) what `per_group` a second makes in a minute. While the gate is shut nobody passes;
    after a 429 the pace is halved and finds back to its measure by a twentieth a second.
    """

    def __init__(
        self, per_second: float, per_chat: float = 0.0, per_group: float = 0.0, kept: float = 0.0
    ) -> None:
        self._all = _Measure(per_second + kept if per_second else 0.0)
        self._broadcasts = _Slots(self._all, per_second)
        self._left_for_replies = 1 if kept >= 1 else 0
        self._of_chat = _window_of(_OF_A_CHAT, per_chat)
        self._of_group = _window_of(max(1, round(per_group * _MINUTE_S)), per_group)
        self._shut_until = 0.0
        self._chats: OrderedDict[int, deque[float]] = OrderedDict()

    async def pass_(self, chat_id: int) -> "Passage":
        """Wait until a reply may go; what is answered is entered while the call is under way."""
        while True:
            now = _now_s()
            wait_s = max(self._wait_s(now, broadcast=False), self._chat_wait_s(chat_id, now))
            if wait_s <= 0:
                self._take(chat_id, now)
                return self._all.take(now)
            await asyncio.sleep(wait_s)

    async def pass_broadcast(self, chat_id: int) -> "Passage | None":
        """Wait until a notice may go; None where it may not, because Telegram has asked for silence."""
        while True:
            now = _now_s()
            if self._shut_until > now:
                return None
            wait_s = max(self._wait_s(now, broadcast=True), self._chat_wait_s(chat_id, now))
            if wait_s <= 0:
                self._broadcasts.take(now)
                self._take(chat_id, now)
                return self._all.take(now)
            await asyncio.sleep(wait_s)

    async def opened(self, chat_id: int = 0) -> None:
        """Wait until the gate is open and a broadcast (to the chat) could go, without letting it go."""
        while True:
            now = _now_s()
            wait_s = max(self._wait_s(now, broadcast=True), self._chat_wait_s(chat_id, now))
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
        self._shut_until = max(self._shut_until, now + seconds)

    def _wait_s(self, now: float, *, broadcast: bool) -> float:
        if not broadcast:
            return max(0.0, self._shut_until - now, self._all.wait_s(now))
        waits = (self._all.wait_s(now, left=self._left_for_replies), self._broadcasts.wait_s(now))
        return max(0.0, self._shut_until - now, *waits)

    def _chat_wait_s(self, chat_id: int, now: float) -> float:
        most, window_s = self._measure_of(chat_id)
        passed = self._chats.get(chat_id)
        return passed[0] + window_s - now if passed and len(passed) >= most > 0 else 0.0

    def _take(self, chat_id: int, now: float) -> None:
        most, _ = self._measure_of(chat_id)
        if most:
            passed = self._chats.pop(chat_id, None) or deque(maxlen=most)
            passed.append(now)
            self._chats[chat_id] = passed
            if len(self._chats) > _CHATS_REMEMBERED:
                self._chats.popitem(last=False)

    def _measure_of(self, chat_id: int) -> tuple[int, float]:
        return self._of_chat if chat_id > 0 else self._of_group if chat_id < 0 else (0, 0.0)


def _window_of(most: int, per_second: float) -> tuple[int, float]:
    """So many messages in so many seconds."""
    return (most, most / per_second + _UNEVEN_S) if per_second else (0, 0.0)


class Passage:
    """A message that may go. Within its context it is under way: it may reach Telegram at any moment."""

    def __init__(self, way: "_Way", now: float, rest_s: float) -> None:
        self._way, self._rest_s = way, rest_s
        self._until = now + rest_s
        self._entered_at: float | None = None

    def __enter__(self) -> "Passage":
        self._entered_at = _now_s()
        self._until += _LONGEST_WAY_S
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        now, entered_at = _now_s(), self._entered_at
        if kind is None and entered_at is not None:
            self._way.took(now - entered_at)
        self._until, self._entered_at = self.counts_until(now), None

    def counts_until(self, now: float) -> float:
        """When it will not count any more, at the earliest."""
        if self._entered_at is None:
            return self._until
        return min(self._until, now + self._rest_s - self._way.least_s)


class _Way:
    """The shortest way to Telegram and back: what goes after an answer arrives that much later, or more."""

    def __init__(self) -> None:
        self._least_s, self._known = _MOST_OF_A_WAY_S, 0

    @property
    def least_s(self) -> float:
        """0 until enough is known."""
        return self._least_s if self._known >= _WAYS_KNOWN else 0.0

    def took(self, seconds: float) -> None:
        """A message was answered."""
        self._least_s = min(self._least_s, seconds)
        self._known += 1


class _Measure:
    """No more than so many reach Telegram in any second (or one in a longer time); finds back when halved."""

    def __init__(self, per_second: float) -> None:
        self.full = self.now_per_second = per_second
        self._way = _Way()
        self._passed: list[Passage] = []
        self._grown_at = 0.0

    def wait_s(self, now: float, *, left: int = 0) -> float:
        """Until one may go and `left` more could."""
        if not self.full:
            return 0.0
        most = max(1, int(self.now_per_second) - left)
        self._passed = [one for one in self._passed if one.counts_until(now) > now]
        if len(self._passed) < most:
            return 0.0
        return sorted(one.counts_until(now) for one in self._passed)[len(self._passed) - most] - now

    def take(self, now: float) -> Passage:
        passage = Passage(self._way, now, max(1.0, 1 / self.now_per_second) if self.full else 0.0)
        if self.full:
            self._passed.append(passage)
            grown = self.full * _BACK_A_SECOND * min(now - self._grown_at, 1 / _BACK_A_SECOND)
            self.now_per_second = min(self.full, self.now_per_second + grown)
            self._grown_at = now
        return passage

    def halve(self) -> None:
        self.now_per_second = max(self.now_per_second / 2, min(self.full, 1.0))
        self._grown_at = _now_s()


class _Slots:
    """An absolute schedule: who comes late takes the slots before, a few of them, so that none is lost."""

    def __init__(self, all_: _Measure, per_second: float) -> None:
        self._all, self._full = all_, per_second
        self._next = 0.0

    def wait_s(self, now: float) -> float:
        return self._next - now if self._full else 0.0

    def take(self, now: float) -> None:
        if self._full:
            gap = self._all.full / (self._full * self._all.now_per_second)
            self._next = max(self._next, now - _CAUGHT_UP * gap) + gap


def _now_s() -> float:
    """A stopwatch's seconds: the running loop's, which tests let run as they like."""
    return asyncio.get_running_loop().time()
