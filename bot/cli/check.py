"""`guongsang check`: what is wrong with a configuration and the templates it names, all of it at once."""

import argparse
from html import unescape
from pathlib import Path

from bot.cli.common import now_of, read_config, tell, tell_failure, texts_of
from bot.documents.office_document import check_templates
from bot.operations.record_words import record_hints


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("check", help="check a configuration")
    parser.add_argument("--config", metavar="FILE", required=True)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Say that all is well, and what to look to; mistakes are told by `carry_out`."""
    config = read_config(args.config, need_token=True)
    texts, folder = texts_of(config), config.documents.folder
    if mistakes := check_templates(Path(folder)) if folder else []:
        for mistake in mistakes:
            tell_failure(f"- {texts.plain(mistake.message_id, **mistake.values)}")
        return 1
    tell(texts.plain("config.fine", file=args.config))
    today = config.office.day_of(now_of(args))
    for hint in record_hints(config.records, today, texts):
        tell(f"- {unescape(hint)}")
    return 0
