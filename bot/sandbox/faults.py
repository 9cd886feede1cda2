"""Failures on purpose, and Telegram's limits where they are switched on."""

from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from math import ceil
from typing import Final

from bot.sandbox.refusals import Json, Refused, Unreachable

FAULT_KINDS: Final = ("offline", "429", "403", "5xx", "timeout_after_accept", "limits")
_WRITES: Final = ("send", "edit", "delete", "copy", "forward")


@dataclass
class Fault:
    """One way of failing, for calls of `method` to `chat_id` (None: all), `times` more times (None: always).

    `kind` is one of `FAULT_KINDS`.
    `retry_after` belongs to 429; `seconds` is how long an accepted call is left without an answer.
    Unless `method` says otherwise, 429 leaves `getUpdates` alone, and 403 and `timeout_after_accept` meet
    only calls that write into a chat.
    """

    kind: str
    retry_after: int = 5
    chat_id: int | None = None
    method: str | None = None
    times: int | None = None
    seconds: float = 60.0

    def meets(self, method: str, chat_id: int | None) -> bool:
        """Whether this call fails."""
        if self.chat_id is not None and self.chat_id != chat_id:
            return False
        if self.method is not None:
            return self.method.lower() == method
        if self.kind == "429":
            return method != "getupdates"
        if self.kind in {"403", "timeout_after_accept"}:
            return method.startswith(_WRITES)
        return self.kind != "limits"


class Faults:
    """The faults in force; an in-memory matter of this process."""

    def __init__(self, now: Callable[[], datetime], *, limits: bool) -> None:
        self._now = now
        self._faults: list[Fault] = []
        self._limits = Limits() if limits else None

    def add(self, fault: Fault) -> None:
        """Bring a fault into force; `limits` switches Telegram's limits on."""
        if fault.kind == "limits":
            self._limits = self._limits or Limits()
        else:
            self._faults.append(fault)

    def clear(self) -> None:
        """Nothing fails any more, and no limits hold."""
        self._faults.clear()
        self._limits = None

    def listed(self) -> list[Json]:
        """What is in force, as the control interface shows it."""
        limits = [asdict(Fault("limits"))] if self._limits else []
        return [asdict(fault) for fault in self._faults] + limits

    def before(self, method: str, chat_id: int | None) -> None:
        """Fail the call before anything is done, if it has to.

        Raises:
            Unreachable, Refused: the fault.
        """
        fault = self._take(method, chat_id, {"offline", "429", "403", "5xx"})
        if fault is not None:
            raise _FAILURES[fault.kind](fault)
        if self._limits is not None and chat_id is not None and method.startswith(_WRITES):
            self._limits.pass_or_refuse(chat_id, self._now().timestamp())

    def after(self, method: str, chat_id: int | None) -> float | None:
        """Seconds to leave an accepted call without an answer, or None."""
        fault = self._take(method, chat_id, {"timeout_after_accept"})
        return None if fault is None else fault.seconds

    def _take(self, method: str, chat_id: int | None, kinds: set[str]) -> Fault | None:
        for fault in self._faults:
            if fault.kind in kinds and fault.meets(method, chat_id):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._faults.remove(fault)
                return fault
        return None


def too_many(seconds: int) -> Refused:
    """429, as Telegram says it."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


_FAILURES: Final[dict[str, Callable[[Fault], Exception]]] = {
    "offline": lambda _: Unreachable("the sandbox is offline on purpose"),
    "429": lambda fault: too_many(fault.retry_after),
    "403": lambda _: Refused(403, "Forbidden: bot was blocked by the user"),
    "5xx": lambda _: Refused(502, "Bad Gateway"),
}


class Limits:
    """Telegram's known limits: 30 messages a second over all, about one a second in a private chat (short
    bursts pass), 20 a minute in a group ("Broadcasting to users", Bots FAQ)."""

    _OVERALL: Final = (30, 1.0)
    _PRIVATE: Final = (4, 4.0)
    _GROUP: Final = (20, 60.0)

    def __init__(self) -> None:
        self._passed: dict[int | None, deque[float]] = {}

    def pass_or_refuse(self, chat_id: int, at: float) -> None:
        """Count a message at `at` (seconds), or refuse it.

        Raises:
            Refused: 429, with the seconds until it would pass.
        """
        windows = [(None, self._OVERALL), (chat_id, self._PRIVATE if chat_id > 0 else self._GROUP)]
        waits = [self._wait(key, at, *limit) for key, limit in windows]
        if max(waits) > 0:
            raise too_many(max(1, ceil(max(waits))))
        for key, _ in windows:
            self._passed.setdefault(key, deque()).append(at)

    def _wait(self, key: int | None, at: float, count: int, window_s: float) -> float:
        passed = self._passed.setdefault(key, deque())
        while passed and passed[0] <= at - window_s:
            passed.popleft()
        return passed[0] + window_s - at if len(passed) >= count else 0.0
