"""`guongsang check`: what is wrong with a configuration, all of it at once."""

import argparse
from html import unescape

from bot.cli.common import now_of, read_config, tell, texts_of
from bot.operations.record_words import record_hints


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("check", help="check a configuration")
    parser.add_argument("--config", metavar="FILE", required=True)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Say that all is well, and what to look to; mistakes are told by `carry_out`."""
    config = read_config(args.config, need_token=True)
    texts = texts_of(config)
    tell(texts.plain("config.fine", file=args.config))
    today = now_of(args).astimezone(config.office.timezone).date()
    for hint in record_hints(config.records, today, texts):
        tell(f"- {unescape(hint)}")
    return 0
