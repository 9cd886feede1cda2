"""`guongsang check`: what is wrong with a configuration, all of it at once."""

import argparse

from bot.cli.common import read_config, tell, texts_of


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("check", help="check a configuration")
    parser.add_argument("--config", metavar="FILE", required=True)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Say that all is well; mistakes are told by `carry_out`."""
    config = read_config(args.config, need_token=True)
    tell(texts_of(config).plain("config.fine", file=args.config))
    return 0
