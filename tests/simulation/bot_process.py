"""The bot as a process of its own, to be killed and started again many times.

Where there is `fork`, each start is one of a small process that has imported everything: 200 starts cost
seconds, and each of them is a real process with its own connections, killed by a real SIGKILL.
"""

import asyncio
import multiprocessing
import signal
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.app import serve
from bot.clock import TurnedClock
from bot.config import Config
from bot.logs import configure_logs

_DEATH_S = 60.0


class BotProcess:
    """`serve` in a process; what it logs goes to `log_file`."""

    def __init__(self, config: Config, clock_file: Path, log_file: Path) -> None:
        self._arguments = (config, clock_file, log_file)
        self._log_file = log_file
        self._process: BaseProcess | None = None

    def start(self) -> None:
        """Start it; nothing is waited for."""
        context = _context()
        self._process = context.Process(target=_live, args=self._arguments, daemon=True)  # type: ignore[attr-defined]
        self._process.start()

    def kill(self) -> None:
        """SIGKILL; `wait` sees it dead."""
        if self._process is not None:
            self._process.kill()

    def terminate(self) -> None:
        """Ask it to stop gracefully."""
        if self._process is not None:
            self._process.terminate()

    async def wait(self) -> int:
        """Wait for its end and answer its exit code, negative for the signal that ended it."""
        process, self._process = self._process, None
        assert process is not None, "not started"
        await asyncio.to_thread(process.join, _DEATH_S)
        assert process.exitcode is not None, "it does not end"
        return process.exitcode

    @property
    def ended_alone(self) -> bool:
        """Whether it ended although nobody told it to."""
        return self._process is not None and self._process.exitcode is not None

    @property
    def log(self) -> str:
        """The end of what all its lives have logged."""
        return self._log_file.read_text("utf-8")[-6000:] if self._log_file.exists() else ""


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.simulation.warm_bot"])
    return context


def _live(config: Config, clock_file: Path, log_file: Path) -> None:
    clock = TurnedClock(clock_file)
    with log_file.open("a", encoding="utf-8") as stream:
        configure_logs(config.logging, config.secrets(), stream, clock)
        asyncio.run(_serve_until_told(config, clock))


async def _serve_until_told(config: Config, clock: TurnedClock) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await serve(config, clock, stop)
