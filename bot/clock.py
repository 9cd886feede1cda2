"""The one clock: nothing else in the house asks the system what time it is."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]
"""Answers the instant it is, aware, in UTC."""


def system_clock() -> datetime:
    """The instant it is, by the machine."""
    return datetime.now(UTC)


class TurnedClock:
    """The sandbox's clock: real time shifted, and possibly sped up, by what a small file says.

    The file holds ``{"real_us", "shown_us", "speed"}``: at the real instant `real_us` (microseconds since
    1970, UTC) the clock showed `shown_us`, and has run `speed` times as fast since. The process that shows
    the page writes it and the bot reads it, so that both live in the same time, over restarts too.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._real_us = self._shown_us = 0
        self.speed = 1.0

    def __call__(self) -> datetime:
        self._load()
        real_us = to_us(system_clock())
        return from_us(self._shown_us + round((real_us - self._real_us) * self.speed))

    def turn(self, shown: datetime, speed: float = 1.0) -> None:
        """Show `shown` from this moment on, running `speed` times as fast as real time."""
        values = {"real_us": to_us(system_clock()), "shown_us": to_us(shown), "speed": speed}
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(values), encoding="utf-8")
        fresh.replace(self._path)

    def _load(self) -> None:
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return
        stamp = (stat.st_mtime_ns, stat.st_ino)
        if stamp != self._stamp:
            values = json.loads(self._path.read_text(encoding="utf-8"))
            self._real_us, self._shown_us = values["real_us"], values["shown_us"]
            self.speed = values["speed"]
            self._stamp = stamp


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_us(at: datetime) -> int:
    """Microseconds since 1970 of an aware instant."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def from_us(us: int) -> datetime:
    """The aware instant, in UTC, of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=us)
