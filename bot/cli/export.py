"""`guongsang export`: nominations and what came of them as a workbook, .csv or JSON, beside a running bot."""

import argparse
import asyncio
import sys
from dataclasses import replace
from pathlib import Path

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
from bot.documents.export_files import STYLES
from bot.documents.export_look import Look
from bot.domain.errors import Refused
from bot.domain.people import UnitId
from bot.domain.periods import Period, read_period
from bot.exports import Job, Progress, write_alone
from bot.operations.export_nominations import Ask, find_unit
from bot.texts import Texts

ALL = "all"
_INTERRUPTED = 130


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("export", help="export nominations")
    parser.add_argument("--period", required=True, metavar="2026-11|2026-Q4|2026|all")
    parser.add_argument("--unit", metavar="CODE", help="only one unit's nominees")
    parser.add_argument(
        "--format", required=True, choices=STYLES, help="csv: the reasons alone; zip: every table"
    )
    parser.add_argument("--output", required=True, metavar="FILE")
    add_place(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the file, after a line in the audit log.

    An existing one is replaced only by a whole one, and Ctrl-C leaves nothing behind.
    """
    config = config_of(args)
    texts = texts_of(config)
    output, period = Path(args.output), _period(args.period)
    unit_id = asyncio.run(_look_up(config, args.unit))
    now, office = now_of(args), config.office
    look = Look(office.locale, str(office.timezone), office.name, str(period) if period else None, now)
    job = Job(config.storage.url, Ask(period, unit_id, str(office.timezone)), args.format, look, output)
    try:
        with put_in_place(output) as unfinished:
            n = write_alone(replace(job, path=unfinished), _progress(texts))
            detail = f"{period or ALL} {args.format} {n}" + (f" unit {unit_id}" if unit_id else "")
            asyncio.run(note_taken(config, "export", "nominations", now_of(args), detail))
    except KeyboardInterrupt:
        return _INTERRUPTED
    tell(texts.count("export.written", n, file=str(output)))
    return 0


def _progress(texts: Texts) -> Progress:
    """How far it is, for somebody who watches a terminal."""
    if not sys.stderr.isatty():
        return lambda _done, _total: None

    def show(done: int, total: int) -> None:
        line = texts.plain("export.progress", done=texts.number(done), total=texts.number(total))
        sys.stderr.write(f"\r{line}" + ("\n" if done == total else ""))
        sys.stderr.flush()

    return show


def _period(written: str) -> Period | None:
    """Raises Refused."""
    period = read_period(written)
    if period is None and written != ALL:
        raise Refused("export.bad_period", period=written)
    return period


async def _look_up(config: Config, code: str | None) -> UnitId | None:
    """The unit, after a look whether there is a database to read. Raises Refused."""
    async with reading(config.storage.url) as database, database.reading() as session:
        return (await find_unit(session, code)).id if code else None
