"""`guongsang templates`: the templates of documents, to be edited in Word and put into [documents] folder."""

import argparse
from pathlib import Path

from bot.cli.common import add_place, config_or_defaults, put_in_place, tell, texts_of
from bot.documents.make_templates import TEMPLATES
from bot.documents.office_document import template_of
from bot.domain.errors import Refused


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("templates", help="copy the templates of documents, to edit them in Word")
    parser.add_argument("--output", metavar="DIR", required=True, help="the folder to write them into")
    add_place(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write every template. Raises Refused where one is there already: somebody may have edited it."""
    folder, texts = Path(args.output), texts_of(config_or_defaults(args))
    paths = {kind: folder / f"{kind.value}.docx" for kind in TEMPLATES}
    for path in paths.values():
        if path.exists():
            raise Refused("template.exists", file=str(path))
    folder.mkdir(parents=True, exist_ok=True)
    for kind, path in paths.items():
        with put_in_place(path) as unfinished:
            unfinished.write_bytes(template_of(kind))
        tell(texts.plain("cli.written", file=str(path)))
    tell(texts.plain("template.how", folder=str(folder)))
    return 0
