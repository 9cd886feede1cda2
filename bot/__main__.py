"""The command line: guongsang demo | run | check | roster | export | document … (COMMANDS below)."""

import argparse
import importlib
import io
import sys

from bot.cli.common import carry_out

COMMANDS = (
    "demo",
    "run",
    "check",
    "schedule",
    "roster",
    "invite",
    "export",
    "document",
    "templates",
    "backup",
    "restore",
)
"""Each is a module of bot.cli; only the one that is asked for is loaded, so that the bot starts fast."""


def main(argv: list[str] | None = None) -> int:
    """Do what the arguments say; answers the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # Windows would write into a pipe what it cannot spell
    given = sys.argv[1:] if argv is None else argv
    parser = argparse.ArgumentParser(
        prog="guongsang", description="Gương Sáng: a Telegram colleague for patriotic-emulation work"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in given[:1] if given and given[0] in COMMANDS else COMMANDS:
        importlib.import_module(f"bot.cli.{command}").add(commands)
    return carry_out(parser.parse_args(given))


if __name__ == "__main__":
    sys.exit(main())
