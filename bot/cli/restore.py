"""`guongsang restore`: the data becomes what a backup holds; what was due before waits for a word."""

import argparse
import asyncio
import sys
import unicodedata
from pathlib import Path

from bot.cli.backup import facts_line
from bot.cli.common import add_place, config_of, now_of, tell, texts_of
from bot.domain.errors import Refused
from bot.lock import DatabaseHeld, hold_database
from bot.operations.erase_person import erase_again
from bot.texts import Texts
from storage.backups import check_backup, restore_backup

_YES = {"yes", "có"}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("restore", help="bring a backup back")
    parser.add_argument("file", metavar="FILE", help="what guongsang backup or the nightly backup wrote")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    add_place(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Restore, after a look at the backup and a word from the person; 1 where they do not want it."""
    config, path = config_of(args), Path(args.file)
    texts = texts_of(config)
    try:
        with hold_database(config.storage.url):
            tell(facts_line(texts, asyncio.run(check_backup(path))))
            if not args.yes and not _agrees(texts):
                tell(texts.plain("restore.left_alone"))
                return 1
            restored = asyncio.run(restore_backup(path, config.storage.url, now_of(args), erase_again))
    except DatabaseHeld:
        raise Refused("restore.held") from None
    tell(texts.plain("restore.done", file=args.file))
    if restored.kept:
        tell(texts.plain("restore.kept", file=str(restored.kept)))
    if restored.erased is None:
        tell(texts.plain("restore.check_erased"))
    elif restored.erased:
        tell(texts.count("restore.erased", len(restored.erased), codes=", ".join(restored.erased)))
    tell(texts.plain("restore.waits"))
    return 0


def _agrees(texts: Texts) -> bool:
    if not sys.stdin.isatty():
        raise Refused("restore.need_yes")
    sys.stdout.write(texts.plain("restore.ask"))
    sys.stdout.flush()
    return unicodedata.normalize("NFC", sys.stdin.readline()).strip().lower() in _YES
