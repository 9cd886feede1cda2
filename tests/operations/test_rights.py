"""The table of rights: who may do what, at each point of an exemplar's life, and what else they are told."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.domain.errors import Refused
from handlers import COMMANDS, TAPS
from storage import people
from tests.exemplars import honoured
from tests.operations.dumps import dump
from tests.operations.rights_filing import ACTS
from tests.operations.rights_office import ROLES, STAGES, Case, at_stage

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


_OF_TELEGRAM = {"updates", "screens", "unread_updates", "notices"}
"""What every message leaves behind."""

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


@pytest.mark.parametrize("who", ["left", "stranger"])
async def test_who_is_not_of_the_office_gets_no_further_than_the_door(office, who):
    """Every command, and buttons of every conversation, of who has left and of a stranger: no row changes."""
    await honoured(office)
    phone = office.phone("cu") if who == "left" else office.stranger()
    await phone.send("/start")
    before = await dump(office.database)
    for names in COMMANDS:
        await phone.send(f"/{names[0]}")
    for flow in TAPS:
        for act in ("open", "list", "yes", "accept", "send", "copy", "come", "honour"):
            await phone.tap_data(f"{flow}:1:1:{act}:1")
    after = await dump(office.database)
    assert {table for table in after if after[table] != before[table]} <= _OF_TELEGRAM
