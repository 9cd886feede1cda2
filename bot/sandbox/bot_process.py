"""The bot as the sandbox runs it: a process of its own that can be killed and that ends with its parent.

``python -m bot.sandbox.bot_process --data DIR --base-url http://127.0.0.1:8765``. It is told to stop by
the end of its standard input: the sandbox closes it, or is gone, however it went.
"""

import argparse
import asyncio
import os
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from bot.app import serve
from bot.cli.common import of_folder
from bot.clock import TurnedClock
from bot.config import Config, Secret
from bot.lock import hold_database
from bot.logs import configure_logs

GRACE_S = 8
"""How long it may take to finish what is in hand."""
_TOKEN = "8540000854:the-sandbox-takes-any-token-of-this-form"  # noqa: S105 - opens nothing


def main() -> None:
    """Serve the sandbox at `--base-url` until standard input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base-url", required=True)
    args = parser.parse_args()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C reaches the whole terminal: the sandbox decides
    config = _config(args.data, args.base_url)
    clock = TurnedClock(args.data / "clock.json")
    configure_logs(config.logging, config.secrets(), sys.stderr, clock)
    with hold_database(config.storage.url):
        asyncio.run(_serve(config, clock))


def _config(data: Path, base_url: str) -> Config:
    config = of_folder(data)
    telegram = replace(
        config.telegram,
        token=Secret(_TOKEN),
        base_url=f"{base_url}/bot",
        base_file_url=f"{base_url}/file/bot",
    )
    return replace(config, telegram=telegram)


async def _serve(config: Config, clock: TurnedClock) -> None:
    stop = asyncio.Event()
    threading.Thread(target=_watch_input, args=(asyncio.get_running_loop(), stop), daemon=True).start()
    await serve(config, clock, stop)


def _watch_input(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """Ask to stop when standard input ends; who takes too long is not waited for."""
    with suppress(OSError):
        while os.read(sys.stdin.fileno(), 1024):
            pass
    with suppress(RuntimeError):  # the loop has ended meanwhile
        loop.call_soon_threadsafe(stop.set)
    threading.Event().wait(GRACE_S)
    os._exit(1)


if __name__ == "__main__":
    main()
