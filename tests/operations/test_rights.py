"""The table of rights: who may do what, at each point of an exemplar's life, and what else they are told."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.domain.errors import Refused
from storage import people
from storage.database import Database, Session
from tests.operations.rights_office import ROLES, STAGES, Case, at_stage
from tests.operations.rights_spreading import ACTS

OK, DOOR = "ok", "door"
"""It is done; nobody of the office is there to do it."""


class _Undone(Exception):
    """What was allowed is taken back, so that the next one finds the same."""


async def tried(case: Case, act: str, role: str) -> str:
    """What comes of it: OK, DOOR, or the id of the refusal."""
    try:
        async with case.database.transaction() as session:
            me = await people.find_by_telegram(session, case.people[role].telegram_id or 0)
            if me is None:
                return DOOR
            await ACTS[act](session, me, case)
            raise _Undone  # noqa: TRY301 - whatever was done is rolled back
    except _Undone:
        return OK
    except Refused as refusal:
        return refusal.message_id


async def dump(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    async with database.reading() as session:
        return {table: await _rows(session, table) for table in await _tables(session, database.dialect)}


async def _rows(session: Session, table: str) -> list[tuple[object, ...]]:
    rows = await session.fetch(f'select * from "{table}"')  # noqa: S608 - a table of ours
    return sorted((tuple(row[key] for key in row.keys()) for row in rows), key=repr)  # noqa: SIM118


async def _tables(session: Session, dialect: str) -> list[str]:
    source = {
        "sqlite": "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
        "postgresql": "select tablename as name from pg_tables where schemaname = 'public'",
    }
    return [row["name"] for row in await session.fetch(source[dialect])]


Cells = dict[str, dict[str, str]]
"""By what is tried and who tries it: what comes of it."""


def read_table() -> dict[str, Cells]:
    """The lines of rights.txt, by the point of the exemplar's life they stand under."""
    paragraphs = Path(__file__).with_name("rights.txt").read_text("utf-8").strip().split("\n\n")[1:]
    return {lines[0]: _cells(lines[1:]) for lines in (text.splitlines() for text in paragraphs)}


def _cells(lines: Sequence[str]) -> Cells:
    found: Cells = {}
    for line in lines:
        act, *parts = (part.strip() for part in line.split("|"))
        told = dict(part.split(": ") for part in parts)
        named = {role: result for roles, result in told.items() for role in roles.split()}
        found[act] = {role: named.get(role, named["*"]) for role in ROLES}
    return found


TABLE = read_table()


def test_the_table_speaks_of_what_there_is():
    """Each point of life has its lines, each line something that can be tried; nothing is left out."""
    assert TABLE.keys() == {"always", *STAGES}
    assert {act for cells in TABLE.values() for act in cells} == ACTS.keys()
    assert not [stage for stage in STAGES if TABLE[stage].keys() & TABLE["always"].keys()]


@pytest.mark.parametrize("stage", STAGES)
async def test_every_cell_is_as_the_table_says(database, stage):
    """Everybody tries everything: who may does it, who may not reads why, and no row is changed."""
    case = await at_stage(database, stage)
    expected = {**TABLE["always"], **TABLE[stage]}
    before, wrong = await dump(database), []
    for act in ACTS:
        for role in ROLES:
            result = await tried(case, act, role)
            wanted = DOOR if role == "left" else expected[act][role] if act in expected else None
            if result != wanted and (wanted or result == OK):
                wrong.append(f"{act} | {role}: {result}, not {wanted or 'refused'}")
    assert wrong == []
    assert await dump(database) == before
