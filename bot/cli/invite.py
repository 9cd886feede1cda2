"""`guongsang invite`: a sheet of personal links with QR codes, to be printed and cut."""

import argparse
import asyncio
import re
from pathlib import Path

from bot.cli.common import add_place, config_of, now_of, put_in_place, tell, texts_of, writing
from bot.config import Config
from bot.documents.invite_sheet import write_invite_sheet
from bot.documents.invite_words import cards, sheet_words
from bot.domain.errors import Refused
from bot.domain.people import Person
from bot.operations.export_nominations import find_unit
from bot.operations.make_invites import Invitation, find_outside, make_invites
from storage import people
from storage.database import Session

_BASE_LINK = re.compile(r"https://t\.me/[A-Za-z][A-Za-z0-9_]{3,31}")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("invite", help="make personal invitation links, as a sheet to print")
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument("--unit", metavar="CODE", help="those of a unit who have not come in")
    whom.add_argument("--person", metavar="CODE", help="one person")
    whom.add_argument("--all-missing", action="store_true", help="everybody who has not come in")
    parser.add_argument("--output", required=True, metavar="SHEET.html")
    parser.add_argument("--base-link", metavar="https://t.me/<bot>", help="the bot's address")
    add_place(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the sheet. The links hold from when they are in it."""
    config, output = config_of(args), Path(args.output)
    texts = texts_of(config)
    if not _BASE_LINK.fullmatch(args.base_link or ""):
        raise Refused("invite.need_link")
    with put_in_place(output) as unfinished:
        made = asyncio.run(_make(args, config))
        words = sheet_words(texts, config.office.name)
        write_invite_sheet(unfinished, cards(made, args.base_link), words)
    tell(texts.count("invite.written", len(made), file=str(output)))
    return 0


async def _make(args: argparse.Namespace, config: Config) -> list[Invitation]:
    async with writing(config) as database, database.transaction() as session:
        return await make_invites(session, await _whom(session, args), config, None, now_of(args))


async def _whom(session: Session, args: argparse.Namespace) -> list[Person]:
    if args.person:
        person = await people.find_by_code(session, args.person)
        if person is None:
            raise Refused("invite.no_person", code=args.person)
        return [person]
    return await find_outside(session, (await find_unit(session, args.unit)).id if args.unit else None)
