"""Time that is only counted: an event loop which jumps to its next timer, and a clock to set wrong."""

import asyncio
import contextlib
import selectors
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

_TURN_S = 1e-6
_MOST_TURNS = 2_000_000
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


class Stuck(RuntimeError):
    """Nothing is ready and no timer runs, or it goes round in circles: real time would pass for ever."""


class _Jumping(selectors.BaseSelector):
    """Waits for nothing: the time that a select would last is over at once.

    A turn of the loop takes a little time, so that whoever waits for less than a float can tell gets on.
    """

    def __init__(self) -> None:
        self.now_s = 0.0
        self._turns = 0

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        raise NotImplementedError

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        raise NotImplementedError

    def get_map(self) -> Any:
        return {}

    def select(self, timeout: float | None = None) -> list[Any]:
        """Jump. Raises Stuck."""
        self._turns += 1
        if timeout is None or self._turns > _MOST_TURNS:
            raise Stuck
        self.now_s += max(_TURN_S, timeout)
        return []


class VirtualLoop(asyncio.BaseEventLoop):
    """An event loop without files, threads or waiting; the same work runs in the same order every time.

    What is put into an executor is done at once. `now_s` is where its time begins, in seconds.
    """

    def __init__(self, now_s: float = 0.0) -> None:
        super().__init__()
        self._selector = _Jumping()
        self._selector.now_s = now_s
        self._clock_resolution = 1e-6
        self._ssock = self._csock = None
        self.set_exception_handler(lambda _loop, _context: None)  # what dies with a life says nothing

    def time(self) -> float:
        """The virtual second it is."""
        return self._selector.now_s

    def _process_events(self, event_list: object) -> None:
        """There are none."""

    def _write_to_self(self) -> None:
        """Nobody waits."""

    def run_in_executor(  # type: ignore[override]
        self, _executor: object, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Do it here and now."""
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        return future

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:  # noqa: ASYNC109 - asyncio's
        """There is none."""

    def drop(self) -> None:
        """Throw everything away that has not ended, as the death of the process would: nothing of it goes on.

        Whatever the coroutines still reach for must refuse by itself (`Life.seam`).
        """
        tasks = asyncio.all_tasks(self)
        self.close()  # from here on nothing can be begun any more
        for task in tasks:
            task._log_destroy_pending = False  # type: ignore[attr-defined]
            coroutine = task.get_coro()
            with warnings.catch_warnings(), contextlib.suppress(BaseException):
                warnings.simplefilter("ignore")  # a dead process says nothing
                coroutine.close()


class Wall:
    """The clock on the machine's wall: true time, unless somebody or something has set it wrong.

    `now_s` is true time, in seconds since 2020; it goes with the running loop's where one is given.
    """

    def __init__(self, at: datetime) -> None:
        self._from_s = (at - _EPOCH).total_seconds()
        self._loop: VirtualLoop | None = None
        self.wrong = timedelta(0)

    def follow(self, loop: VirtualLoop | None) -> None:
        """From now on the time is this loop's."""
        self._from_s = self.now_s
        self._loop = loop

    @property
    def now_s(self) -> float:
        """True time in seconds; a loop that begins here has to be made with it."""
        return self._loop.time() if self._loop else self._from_s

    @property
    def true(self) -> datetime:
        """The instant it is."""
        return _EPOCH + timedelta(microseconds=round(self.now_s * 1e6))

    def __call__(self) -> datetime:
        """What the clock shows."""
        return self.true + self.wrong


def seconds_of(at: datetime) -> float:
    """An instant as `Wall.now_s` counts."""
    return (at - _EPOCH).total_seconds()
