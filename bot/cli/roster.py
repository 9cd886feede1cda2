"""`guongsang roster import | template | export`: the office's people, from a file and into one."""

import argparse
import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from bot.cli.common import (
    add_place,
    config_of,
    config_or_defaults,
    note_taken,
    now_of,
    put_in_place,
    reading,
    tell,
    tell_failure,
    texts_of,
    writing,
)
from bot.config import Config
from bot.documents.roster_files import read_roster
from bot.documents.roster_report import change_lines, count_lines, person_line, problem_line, sheet_words
from bot.documents.roster_workbook import write_people_csv, write_roster, write_template, write_units_csv
from bot.domain.errors import Refused
from bot.domain.roster import ExistingRoster, RawTable, RosterCheck, RosterPlan, check_roster
from bot.operations.import_roster import check_import, import_roster
from bot.texts import Texts
from storage.migrating import sqlite_path
from storage.roster import load_roster

UNPACKED_BYTES_MAX = 200 * 2**20


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the parser."""
    verbs = commands.add_parser("roster", help="the office's units and people").add_subparsers(required=True)
    parser = verbs.add_parser("import", help="import units and people from .xlsx and .csv files")
    parser.add_argument("files", metavar="FILE", nargs="+")
    parser.add_argument("--dry-run", action="store_true", help="list what would change, change nothing")
    parser.add_argument("--complete", action="store_true", help="who is missing from the file has left")
    parser.set_defaults(run=run_import)
    add_place(parser)
    parser = verbs.add_parser("template", help="write an empty workbook to fill in")
    parser.add_argument("file", metavar="FILE.xlsx")
    parser.set_defaults(run=run_template)
    add_place(parser)
    parser = verbs.add_parser("export", help="write the roster as it is")
    parser.add_argument("file", metavar="FILE.xlsx|csv")
    parser.set_defaults(run=run_export)
    add_place(parser)


# --- import ---


def run_import(args: argparse.Namespace) -> int:
    """Import the files, or list every bad row and import nothing."""
    config = config_of(args)
    texts = texts_of(config)
    tables = read_roster(
        [(Path(name).name, Path(name).read_bytes()) for name in args.files],
        max_rows=config.roster.max_rows,
        max_cells_bytes=UNPACKED_BYTES_MAX,
    )
    result = asyncio.run((_check if args.dry_run else _import)(args, config, texts, tables))
    if result.plan is None:
        tell_failure(texts.count("roster.bad", len(result.problems)))
        for problem in result.problems:
            tell_failure(problem_line(texts, problem))
        return 1
    if args.dry_run:
        _tell_changes(texts, result.plan)
    for line in count_lines(texts, result.plan):
        tell(line)
    tell(texts.plain("roster.dry_run" if args.dry_run else "roster.imported"))
    return 0


async def _check(
    args: argparse.Namespace, config: Config, _texts: Texts, tables: Sequence[RawTable]
) -> RosterCheck:
    now, path = now_of(args), sqlite_path(config.storage.url)
    if path is not None and not path.exists():
        today = config.office.day_of(now)
        rows = config.roster.max_rows
        return check_roster(tables, ExistingRoster(), max_rows=rows, today=today, complete=args.complete)
    async with reading(config.storage.url) as database:
        return (await check_import(database, tables, config, now, complete=args.complete)).result


async def _import(
    args: argparse.Namespace, config: Config, texts: Texts, tables: Sequence[RawTable]
) -> RosterCheck:
    now = now_of(args)
    async with writing(config) as database:
        if args.complete:
            first = await check_import(database, tables, config, now, complete=True)
            if first.result.plan:
                _tell_leaving(texts, first.result.plan)
        return await import_roster(database, tables, config, now, actor=None, complete=args.complete)


def _tell_changes(texts: Texts, plan: RosterPlan) -> None:
    _tell_leaving(texts, plan)
    for line in change_lines(texts, plan):
        tell(line)


def _tell_leaving(texts: Texts, plan: RosterPlan) -> None:
    for person in plan.people_leaving:
        tell(texts.plain("roster.change.person_leaving", who=person_line(person)))


# --- files out ---


def run_template(args: argparse.Namespace) -> int:
    """Write the empty workbook, in the office's language where a configuration is there."""
    path = Path(args.file)
    if path.suffix.lower() != ".xlsx":
        raise Refused("roster.template_is_xlsx")
    texts = texts_of(config_or_defaults(args))
    with put_in_place(path) as unfinished:
        write_template(unfinished, sheet_words(texts))
    tell(texts.plain("cli.written", file=str(path)))
    return 0


def run_export(args: argparse.Namespace) -> int:
    """Write everybody who is here, and every unit, after a line in the audit log."""
    path, config = Path(args.file), config_of(args)
    if path.suffix.lower() not in {".xlsx", ".csv"}:
        raise Refused("roster.export_is_xlsx_or_csv")
    texts = texts_of(config)
    existing, words = asyncio.run(_load(config)), sheet_words(texts)
    units = list(existing.units.values())
    people = [person for code, person in existing.people.items() if code not in existing.left]
    written = [path] if path.suffix.lower() == ".xlsx" else [path, path.with_name(f"{path.stem}.units.csv")]
    with ExitStack() as placing:
        unfinished = [placing.enter_context(put_in_place(one)) for one in written]
        if len(unfinished) == 1:
            write_roster(unfinished[0], units, people, words)
        else:
            write_people_csv(unfinished[0], people, words)
            write_units_csv(unfinished[1], units, words)
        asyncio.run(note_taken(config, "export", "roster", now_of(args)))
    for one in written:
        tell(texts.plain("cli.written", file=str(one)))
    return 0


async def _load(config: Config) -> ExistingRoster:
    async with reading(config.storage.url) as database, database.reading() as session:
        return await load_roster(session)
