"""Work done again and again while the bot runs."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from storage.database import UNAVAILABLE

log = structlog.get_logger("rounds")

_FIRST_PAUSE_S = 0.5


async def every(
    pause_s: float, wake: asyncio.Event, stop: asyncio.Event, work: Callable[[], Coroutine[Any, Any, object]]
) -> None:
    """Do `work` whenever woken and at the latest after `pause_s`, until told to stop and woken once more.

    What is in hand is finished; a database that is away is waited for.
    """
    while not stop.is_set():
        wake.clear()
        try:
            await work()
        except UNAVAILABLE as failure:
            log.warning("database_unavailable", error=type(failure).__name__)
            await asyncio.sleep(_FIRST_PAUSE_S)
        if not stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), pause_s)
