"""The bot's process seen from the sandbox: started, stopped, killed, and started again when it crashes."""

import asyncio
import os
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from bot.sandbox.refusals import Json

_STOPPING_S = 10.0
_PAUSES_S = (1.0, 3.0, 10.0)
_LIVED_LONG_S = 60.0
_LONGEST_LOG = 5_000_000
_HOUSE = Path(__file__).parents[2]


class BotKeeper:
    """Keeps one bot.

    Args:
        command: what to run; it stops by itself at the end of its standard input.
        log_path: where what it prints is added; grown too long, it is begun anew.
        pauses_s: how long to wait before it is started again after each crash in a row; then no more.

    Attributes:
        changed: called when the bot started or ended by itself; set by who shows it.
        given_up: called when it crashed once too often.
    """

    def __init__(self, command: Sequence[str], log_path: Path, pauses_s: Sequence[float] = _PAUSES_S) -> None:
        self._command, self._log_path, self._pauses_s = command, log_path, pauses_s
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()
        self._starts = self._crashes = 0
        self.changed: Callable[[], None] = lambda: None
        self.given_up: Callable[[], None] = lambda: None

    def status(self) -> Json:
        """`{"running", "pid", "starts"}` as the control interface shows it."""
        process = self._process
        return {
            "running": process is not None,
            "pid": process.pid if process else None,
            "starts": self._starts,
        }

    async def start(self) -> None:
        """Start it, unless it runs."""
        async with self._turn:
            if self._process is None:
                await self._rest()
                self._crashes = 0
                self._watch = asyncio.create_task(self._keep(await self._spawn()))

    async def stop(self) -> None:
        """Let it finish what it has in hand, and end; one that takes too long is killed."""
        async with self._turn:
            process = await self._let_go()
            if process is not None:
                _close_input(process)
                try:
                    await asyncio.wait_for(process.wait(), _STOPPING_S)
                except TimeoutError:
                    await _kill(process)

    async def kill(self) -> None:
        """End it in the middle of whatever it does, as a power cut would (SIGKILL)."""
        async with self._turn:
            process = await self._let_go()
            if process is not None:
                await _kill(process)

    async def _spawn(self) -> asyncio.subprocess.Process:
        with _open_log(self._log_path) as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=environment_of_house(),
            )
        self._starts += 1
        return self._process

    async def _keep(self, process: asyncio.subprocess.Process) -> None:
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            await process.wait()
            _close_input(process)
            self._process = None
            self.changed()
            self._crashes = 0 if loop.time() - began > _LIVED_LONG_S else self._crashes
            if self._crashes >= len(self._pauses_s):
                self.given_up()
                return
            self._crashes += 1
            await asyncio.sleep(self._pauses_s[self._crashes - 1])
            process = await self._spawn()
            self.changed()

    async def _let_go(self) -> asyncio.subprocess.Process | None:
        """The process, if it runs, which is not started again when it ends."""
        await self._rest()
        process, self._process = self._process, None
        return process

    async def _rest(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch
            self._watch = None


def environment_of_house() -> dict[str, str]:
    """The program is found from wherever the sandbox was started; what is written is UTF-8 everywhere."""
    paths = [str(_HOUSE), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}


def _open_log(path: Path) -> IO[bytes]:
    mode = "wb" if path.exists() and path.stat().st_size > _LONGEST_LOG else "ab"
    return path.open(mode)


def _close_input(process: asyncio.subprocess.Process) -> None:
    if process.stdin is not None:
        process.stdin.close()


async def _kill(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()
    _close_input(process)
