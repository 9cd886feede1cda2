"""`guongsang document`: a document to be filed, as .docx and, where LibreOffice is, as .pdf beside it."""

import argparse
import asyncio
import shutil
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.cli.common import (
    add_place,
    config_of,
    note_taken,
    now_of,
    put_in_place,
    reading,
    tell,
    texts_of,
)
from bot.config import Config
from bot.documents.document_files import Made, check_ask, collect
from bot.documents.office_document import to_pdf
from bot.domain.documents import DocumentAsk, DocumentKind
from bot.domain.errors import Refused
from bot.domain.periods import Period, read_period
from bot.domain.summary import listed
from bot.domain.weeks import read_week
from bot.operations.compose_documents import write_ask
from bot.operations.file_documents import list_told

KINDS = """\
  bao-cao     the report to the head of the office
  danh-sach   the list of those proposed for commendation
  to-trinh    the submission, with the list
  bien-ban    the minutes of the meeting that considers them
  thanh-tich  an exemplar's dossier (--exemplar)
  tong-hop    the table: units and months
  giao-ban    the meeting pack (a period, or --week)
"""


_OFFERED = 20
"""How many exemplars are named to who names none."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "document",
        help="make a document to be filed (.docx)",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Make a draft of a document out of what is there, beside a running bot.",
        epilog=f"kinds:\n{KINDS}",
    )
    parser.add_argument("kind", metavar="KIND", choices=[kind.value for kind in DocumentKind])
    parser.add_argument("--period", metavar="2026-11|2026-Q4|2026-H2|2026")
    parser.add_argument("--week", metavar="2026-W48", help="giao-ban: a week instead of a period")
    parser.add_argument("--exemplar", metavar="N", help="thanh-tich: the exemplar's number")
    parser.add_argument("--output", required=True, metavar="FILE.docx")
    add_place(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the file, after a line in the audit log; an existing one is replaced only by a whole one."""
    config, now = config_of(args), now_of(args)
    texts = texts_of(config)
    kind, ask, output = DocumentKind(args.kind), _ask(args), Path(args.output)
    if output.suffix.lower() != ".docx":
        raise Refused("document.only_docx", file=str(output))
    if kind is DocumentKind.ACHIEVEMENTS and ask.exemplar_id is None:
        raise asyncio.run(_which(config, ask.period))
    check_ask(kind, ask, now, config)
    made = asyncio.run(_make(config, kind, ask, now))
    with put_in_place(output) as unfinished:
        unfinished.write_bytes(made.content)
        asyncio.run(_note(config, kind, ask, now))
    tell(texts.plain("document.written", file=str(output)))
    if pdf := _pdf_beside(output):
        tell(texts.plain("document.written", file=str(pdf)))
    return 0


async def _make(config: Config, kind: DocumentKind, ask: DocumentAsk, now: datetime) -> Made:
    async with reading(config.storage.url) as database:
        async with database.reading() as session:
            collected = await collect(session, kind, ask, config, now)
        return collected.made()


async def _note(config: Config, kind: DocumentKind, ask: DocumentAsk, now: datetime) -> None:
    """The same line as in chat."""
    detail = f"{kind.value} {write_ask(kind, ask)['about']}".strip()
    await note_taken(config, "document", "document", now, detail, ask.exemplar_id)


async def _which(config: Config, period: Period | None) -> Refused:
    """What to say to who does not name an exemplar: whose dossiers there can be."""
    async with reading(config.storage.url) as database, database.reading() as session:
        found = await list_told(session)
    offered = [
        f"{one.id} {one.nominee.name}" for one in found if period is None or one.period in period.month_names
    ]
    if not offered:
        return Refused("document.needs_exemplar")
    return Refused("document.which_exemplar", which=listed(offered, _OFFERED))


def _pdf_beside(docx: Path) -> Path | None:
    """The same as a PDF, made from a copy so that only a whole one takes the place of another."""
    with TemporaryDirectory(prefix="guongsang-") as folder:
        made = to_pdf(Path(shutil.copy(docx, folder)))
        if made is None:
            return None
        pdf = docx.with_suffix(".pdf")
        with put_in_place(pdf) as unfinished:
            shutil.move(made, unfinished)
        return pdf


def _ask(args: argparse.Namespace) -> DocumentAsk:
    """What the options name; of a dossier the exemplar, whatever the period. Raises Refused."""
    if args.exemplar is not None:
        number = args.exemplar.strip()
        if not (number.isascii() and number.isdigit() and len(number) < 18):
            raise Refused("document.bad_exemplar", number=args.exemplar)
        return DocumentAsk(exemplar_id=int(number))
    if args.week is not None and args.period is not None:
        raise Refused("document.week_or_period")
    if args.week is not None:
        week = read_week(args.week)
        if week is None:
            raise Refused("document.bad_week", week=args.week)
        return DocumentAsk(week=week)
    period = read_period(args.period or "")
    if args.period is not None and period is None:
        raise Refused("document.bad_period", period=args.period)
    return DocumentAsk(period)
