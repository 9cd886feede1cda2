"""Many nominations from an Excel file: sent, checked, shown, and entered only when the secretariat says so.

Checking and entering are tasks. The file stays on disk from one to the other, as a roster does.
"""

import asyncio
from pathlib import Path
from typing import Any

from bot.documents.nomination_workbook import Lists, write_nomination_template
from bot.documents.roster_files import UnreadableFile, read_roster
from bot.documents.roster_report import problem_line, problems_csv
from bot.domain.errors import Gone
from bot.domain.nomination_table import MOST_ROWS, NominationCheck
from bot.domain.paper import oldest_day
from bot.domain.people import Person
from bot.domain.roster import RawTable
from bot.domain.writing import abridge
from bot.messages import Button, Call
from bot.operations.import_nominations import Imported, check_nomination_file, import_nominations
from bot.tasks import end, file_of, occurrence
from bot.texts import N_, Texts
from handlers.turn import Turn
from handlers.uploads import (
    LINE_MAX,
    LINES_SHOWN,
    UNPACKED_BYTES_MAX,
    also_file,
    drop,
    file_body,
    keep,
    take_file,
)
from handlers.workshop import Workshop, ask_for, only_secretariat
from storage import conversations, nominations, units
from storage.conversations import StoredDraft
from storage.database import Session
from storage.jobs import Task

FLOW = "pf"
CHECK, APPLY, GIVE = "paper_check", "paper_apply", "paper_template"
_ROWS_NAMED = 40


# --- the conversation ---


async def start(turn: Turn) -> None:
    """Ask for the file."""
    only_secretariat(turn)
    template = Button(turn.plain("button.roster_template"), str(Call(FLOW, 0, 0, "give")))
    turn.show(turn.say("paper_file.ask", most=MOST_ROWS), [[template]], flow=FLOW)


async def receive(turn: Turn) -> None:
    """What is sent while the file is waited for."""
    only_secretariat(turn)
    await take_file(turn, CHECK, FLOW)


async def leave(turn: Turn) -> None:
    """/huy while the file is waited for."""
    turn.show(turn.say("paper.left_off"))


async def tap(turn: Turn, call: Call) -> None:
    """What is to become of a checked file; or the empty one is wanted."""
    only_secretariat(turn)
    if call.act == "give":
        await ask_for(turn, GIVE, {})
        turn.show(turn.say("roster.making_file"), flow=FLOW)
        return
    draft = await turn.draft(FLOW)
    if draft is None or (draft.id, draft.version) != (call.row, call.version):
        raise Gone("paper_file.gone")
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    if call.act == "apply":
        await ask_for(turn, APPLY, draft.fields)
        turn.show(turn.say("paper_file.applying", file=draft.fields["name"]))
    else:
        refused = draft.fields
        turn.session.after_commit(lambda: drop(refused))
        turn.show(turn.say("roster.refused", file=draft.fields["name"]))


# --- the works ---


async def check(shop: Workshop, task: Task) -> None:
    """Fetch the file and check it; its person learns what is wrong, and what could be entered."""
    person = await shop.person_of(task)
    if person is None:
        return
    content = await shop.fetch(task.args["file_id"])
    path = file_of(shop.folder, task.id, "nominations")
    await asyncio.to_thread(keep, path, content)
    fields = {"path": str(path), "name": task.args["name"]}
    house = shop.house
    try:
        tables = await _read(fields)
    except UnreadableFile as unreadable:
        await _end_unreadable(shop, task, fields, unreadable)
        return
    result = await check_nomination_file(house.database, tables, house.config, house.clock())
    before: StoredDraft | None = None
    async with house.database.transaction() as session:
        draft: StoredDraft | None = None
        if result.good:
            before = await conversations.find_draft(session, person.id, FLOW)
            draft = await conversations.put_draft(session, person.id, FLOW, "plan", fields, house.clock())
        await _tell(shop, session, task, person, result, draft)
    if not result.good:
        await asyncio.to_thread(drop, fields)
    elif before is not None and before.fields["path"] != fields["path"]:
        await asyncio.to_thread(drop, before.fields)


async def apply(shop: Workshop, task: Task) -> None:
    """Enter what is good in the file, checked again against the database as it is now."""
    person = await shop.person_of(task)
    if person is None:
        return
    house, fields = shop.house, task.args
    try:
        tables = await _read(fields)
    except FileNotFoundError:
        async with house.database.transaction() as session:
            await end(session, task, house.clock, "text", {"id": N_("paper_file.gone")})
        return

    async def tell(session: Session, imported: Imported) -> None:
        texts = shop.texts_of(person)
        values = {"file": fields["name"], "n": texts.number(imported.entered)}
        body: dict[str, Any] = {"id": N_("paper_file.applied"), "values": values}
        if imported.passed_over:
            values["passed"] = texts.number(imported.passed_over)
            body["id"] = N_("paper_file.applied_some")
        await end(session, task, house.clock, "text", {**body, "role": "secretariat"})

    await import_nominations(
        house.database,
        tables,
        person,
        house.config,
        house.clock(),
        occasion=occurrence(task),
        also=tell,
    )
    house.wake()
    await asyncio.to_thread(drop, fields)


async def give(shop: Workshop, task: Task) -> None:
    """The empty workbook, with the units and movements of the day."""
    person = await shop.person_of(task)
    if person is None:
        return
    house, texts = shop.house, shop.texts_of(person)
    today = house.config.office.day_of(house.clock())
    async with house.database.reading() as session:
        movements = await nominations.list_movements(session)
        known = await units.list_units(session, today)
    lists = Lists(
        [unit.name for unit in known],
        [one.name for one in movements if any(map(one.offered_on, (oldest_day(today), today)))],
    )
    path = file_of(shop.folder, task.id, "nominations.xlsx")
    await asyncio.to_thread(write_nomination_template, path, texts, lists, _limits(shop, texts))
    name = texts.plain("paper_file.template_name")
    async with house.database.transaction() as session:
        await end(session, task, house.clock, "file", file_body(N_("paper_file.template_sent"), path, name))


def _limits(shop: Workshop, texts: Texts) -> dict[str, str]:
    rules = shop.house.config.nominations
    limits = {"minimum": rules.story_min, "maximum": rules.story_max, "rows": MOST_ROWS}
    return {name: texts.number(value) for name, value in limits.items()}


async def _read(fields: dict[str, Any]) -> list[RawTable]:
    content = await asyncio.to_thread(Path(fields["path"]).read_bytes)
    return await asyncio.to_thread(
        read_roster,
        [(fields["name"], content)],
        max_rows=MOST_ROWS,
        max_cells_bytes=UNPACKED_BYTES_MAX,
        kinds=("nominations",),
    )


async def _end_unreadable(
    shop: Workshop, task: Task, fields: dict[str, Any], unreadable: UnreadableFile
) -> None:
    why = {"id": unreadable.message_id, "values": unreadable.values}
    async with shop.house.database.transaction() as session:
        body = {"id": N_("roster.unreadable"), "values": {"why": why}}
        await end(session, task, shop.house.clock, "text", body)
    await asyncio.to_thread(drop, fields)


# --- what is told ---


async def _tell(
    shop: Workshop,
    session: Session,
    task: Task,
    person: Person,
    result: NominationCheck,
    draft: StoredDraft | None,
) -> None:
    texts, n = shop.texts_of(person), len(result.problems)
    values = {
        "file": task.args["name"],
        "good": texts.number(len(result.good)),
        "already": _rows(texts, result.already),
        "problems": _problems(texts, result),
    }
    body: dict[str, Any] = {"id": N_("paper_file.nothing_good"), "values": values, "role": "secretariat"}
    if draft is not None:
        apply_ = {
            "label": N_("button.paper_apply"),
            "values": {"n": texts.number(len(result.good))},
            "call": str(Call(FLOW, draft.id, draft.version, "apply")),
        }
        refuse = {
            "label": N_("button.roster_refuse"),
            "call": str(Call(FLOW, draft.id, draft.version, "refuse")),
        }
        body |= {"id": N_("paper_file.plan"), "rows": [[apply_, refuse]]}
    await end(session, task, shop.house.clock, "text", body)
    if n > LINES_SHOWN:
        path = file_of(shop.folder, task.id, "problems.csv")
        await asyncio.to_thread(keep, path, problems_csv(texts, result.problems))
        number = {"n": texts.number(n)}
        names = (N_("roster.all_problems"), path, N_("roster.problems_name"))
        await also_file(shop, session, task, *names, number)


def _problems(texts: Texts, result: NominationCheck) -> str:
    """How many rows have something to mend, and the first places."""
    n = len(result.problems)
    if not n:
        return texts.plain("paper_file.no_problems")
    lines = [f"• {abridge(problem_line(texts, one), LINE_MAX)}" for one in result.problems[:LINES_SHOWN]]
    rows = len({(one.sheet, one.row) for one in result.problems})
    values = {"n": texts.number(n), "rows": texts.number(rows)}
    more = [texts.plain("paper_file.more_problems")] if n > LINES_SHOWN else []
    return "\n".join([texts.plain("paper_file.problems", **values), *lines, *more])


def _rows(texts: Texts, rows: tuple[int, ...]) -> str:
    if not rows:
        return texts.plain("paper_file.none_already")
    named = ", ".join(map(str, rows[:_ROWS_NAMED])) + (", …" if len(rows) > _ROWS_NAMED else "")
    return texts.plain("paper_file.are_already", n=texts.number(len(rows)), rows=named)
