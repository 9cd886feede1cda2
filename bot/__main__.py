"""The command line: guongsang demo | run | check | roster | invite | export | …"""

import argparse
import sys

from bot.cli import check, demo, export, invite, roster, run
from bot.cli.common import carry_out

COMMANDS = (demo, run, check, roster, invite, export)


def main(argv: list[str] | None = None) -> int:
    """Do what the arguments say; answers the exit code."""
    parser = argparse.ArgumentParser(
        prog="guongsang", description="Gương Sáng: a Telegram colleague for patriotic-emulation work"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return carry_out(parser.parse_args(argv))


if __name__ == "__main__":
    sys.exit(main())
