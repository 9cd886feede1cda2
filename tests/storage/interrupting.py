"""Cancelling work exactly at its n-th pause, as a stop of the bot may."""

import asyncio
from collections.abc import Coroutine, Generator
from typing import Any


class Interrupted:
    """Awaits `work`, and has the running task cancelled at the pauses numbered in `at` (from 1)."""

    def __init__(self, work: Coroutine[Any, Any, object], at: set[int]) -> None:
        self._work, self._at = work, at

    def __await__(self) -> Generator[Any, None, None]:
        pause, steps, thrown = 0, self._work.__await__(), None
        while True:
            try:
                waited_for = steps.throw(thrown) if thrown else steps.send(None)
            except StopIteration:
                return
            pause += 1
            if pause in self._at:
                task = asyncio.current_task()
                assert task is not None
                task.cancel()
            try:
                thrown = None
                yield waited_for
            except BaseException as raised:
                thrown = raised


async def interrupted(work: Coroutine[Any, Any, object], *at: int) -> bool:
    """Whether `work` came to its end before its pauses numbered in `at`; else it was cancelled there."""

    async def carry_out() -> None:
        await Interrupted(work, set(at))

    task = asyncio.create_task(carry_out())
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()
    return not task.cancelled()
