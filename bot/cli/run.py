"""guongsang run: the bot itself, until it is told to stop."""

import argparse
import asyncio
import sys

from bot.app import serve
from bot.cli.common import USUAL_CONFIG, read_config
from bot.cli.signals import told_to_stop
from bot.clock import system_clock
from bot.config import Config
from bot.lock import hold_database
from bot.logs import configure_logs


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Put `run` on the command line."""
    parser = commands.add_parser("run", help="serve Telegram with the token of the configuration")
    parser.add_argument("--config", metavar="FILE", default=USUAL_CONFIG)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM, then finish what is in hand and answer 0."""
    config = read_config(args.config, need_token=True)
    configure_logs(config.logging, config.secrets(), sys.stderr, system_clock)
    with hold_database(config.storage.url):
        asyncio.run(serve_until_told(config))
    return 0


async def serve_until_told(config: Config) -> None:
    """Serve until a signal to stop comes."""
    await serve(config, system_clock, told_to_stop())
