"""/nhansu: the roster from a file. Sent, checked, shown, and applied only when the secretariat says so.

Checking and applying are tasks. The file stays on disk from one to the other, until it is applied or refused.
"""

import asyncio
from pathlib import Path
from typing import Any

from bot.documents.roster_files import UnreadableFile, read_roster
from bot.documents.roster_report import count_lines, person_line, problem_line, problems_csv, sheet_words
from bot.documents.roster_workbook import write_roster, write_template
from bot.domain.errors import Gone
from bot.domain.people import Person
from bot.domain.roster import RawTable, RosterCheck
from bot.domain.writing import abridge
from bot.messages import Button, Call
from bot.operations.import_roster import check_import, import_roster
from bot.tasks import end, file_of
from bot.texts import N_
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
from storage import access, conversations, roster
from storage.conversations import StoredDraft
from storage.database import Session
from storage.jobs import Task

FLOW = "r"
CHECK, APPLY, GIVE = "roster_check", "roster_apply", "roster_file"


# --- the conversation ---


async def start(turn: Turn) -> None:
    """/nhansu: ask for the file."""
    only_secretariat(turn)
    rows = [
        [
            Button(turn.plain("button.roster_template"), str(Call(FLOW, 0, 0, "give", "template"))),
            Button(turn.plain("button.roster_now"), str(Call(FLOW, 0, 0, "give", "roster"))),
        ]
    ]
    turn.show(turn.say("roster.ask"), rows, flow=FLOW)


async def receive(turn: Turn) -> None:
    """What is sent while the file is waited for."""
    only_secretariat(turn)
    await take_file(turn, CHECK, FLOW)


async def tap(turn: Turn, call: Call) -> None:
    """What is to become of a checked file; or a file is wanted."""
    only_secretariat(turn)
    if call.act == "give":
        await ask_for(turn, GIVE, {"what": call.arg})
        turn.show(turn.say("roster.making_file"), flow=FLOW)
        return
    draft = await turn.draft(FLOW)
    if draft is None or (draft.id, draft.version) != (call.row, call.version):
        raise Gone("roster.gone")
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    if call.act in {"apply", "complete"}:
        await ask_for(turn, APPLY, {**draft.fields, "complete": call.act == "complete"})
        turn.show(turn.say("roster.applying", file=draft.fields["name"]))
    else:
        refused = draft.fields
        turn.session.after_commit(lambda: drop(refused))
        turn.show(turn.say("roster.refused", file=draft.fields["name"]))


# --- the works ---


async def check(shop: Workshop, task: Task) -> None:
    """Fetch the file and check it; its person learns what is wrong, or what it would change."""
    person = await shop.person_of(task)
    if person is None:
        return
    content = await shop.fetch(task.args["file_id"])
    path = file_of(shop.folder, task.id, "roster")
    await asyncio.to_thread(keep, path, content)
    fields = {"path": str(path), "name": task.args["name"]}
    house = shop.house
    try:
        tables = await _read(shop, fields)
    except UnreadableFile as unreadable:
        await _end_unreadable(shop, task, fields, unreadable)
        return
    checked = await check_import(house.database, tables, house.config, house.clock())
    before: StoredDraft | None = None
    async with house.database.transaction() as session:
        if checked.result.plan is None:
            await _tell_problems(shop, session, task, person, checked.result)
        else:
            before = await conversations.find_draft(session, person.id, FLOW)
            draft = await conversations.put_draft(session, person.id, FLOW, "plan", fields, house.clock())
            await _tell_plan(shop, session, task, person, checked.result, draft)
    if checked.result.plan is None:
        await asyncio.to_thread(drop, fields)
    elif before is not None and before.fields["path"] != fields["path"]:
        await asyncio.to_thread(drop, before.fields)


async def apply(shop: Workshop, task: Task) -> None:
    """Import the file, checked again against the database as it is now."""
    person = await shop.person_of(task)
    if person is None:
        return
    house, fields = shop.house, task.args
    try:
        tables = await _read(shop, fields)
    except FileNotFoundError:
        async with house.database.transaction() as session:
            await end(session, task, house.clock, "text", {"id": "roster.gone"})
        return

    async def tell(session: Session, result: RosterCheck) -> None:
        if result.plan is None:
            await _tell_problems(shop, session, task, person, result)
        else:
            counts = "\n".join(count_lines(shop.texts_of(person), result.plan))
            values = {"file": fields["name"], "counts": counts}
            await end(session, task, house.clock, "text", {"id": N_("roster.applied"), "values": values})

    await import_roster(
        house.database,
        tables,
        house.config,
        house.clock(),
        actor=person,
        complete=fields["complete"],
        also=tell,
    )
    await asyncio.to_thread(drop, fields)


async def give(shop: Workshop, task: Task) -> None:
    """The empty workbook, or the roster as it is."""
    person = await shop.person_of(task)
    if person is None:
        return
    house, words = shop.house, sheet_words(shop.texts_of(person))
    path = file_of(shop.folder, task.id, "roster.xlsx")
    template = task.args["what"] == "template"
    if template:
        await asyncio.to_thread(write_template, path, words)
    else:
        async with house.database.reading() as session:
            now = await roster.load_roster(session)
        here = [row for code, row in now.people.items() if code not in now.left]
        await asyncio.to_thread(write_roster, path, list(now.units.values()), here, words)
    name = shop.texts_of(person).plain("roster.template_name" if template else "roster.file_name")
    message_id = N_("roster.template_sent") if template else N_("roster.file_sent")
    async with house.database.transaction() as session:
        if not template:
            await access.note(session, person.id, "export", "roster", None, house.clock())
        await end(session, task, house.clock, "file", file_body(message_id, path, name))


async def _read(shop: Workshop, fields: dict[str, Any]) -> list[RawTable]:
    content = await asyncio.to_thread(Path(fields["path"]).read_bytes)
    return await asyncio.to_thread(
        read_roster,
        [(fields["name"], content)],
        max_rows=shop.house.config.roster.max_rows,
        max_cells_bytes=UNPACKED_BYTES_MAX,
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


async def _tell_problems(
    shop: Workshop, session: Session, task: Task, person: Person, result: RosterCheck
) -> None:
    texts, n = shop.texts_of(person), len(result.problems)
    lines = [f"• {abridge(problem_line(texts, one), LINE_MAX)}" for one in result.problems[:LINES_SHOWN]]
    values = {"n": texts.number(n), "lines": "\n".join(lines)}
    body = {"id": N_("roster.problems"), "values": values}
    body["id"] = N_("roster.first_problems") if n > LINES_SHOWN else body["id"]
    await end(session, task, shop.house.clock, "text", body)
    if n > LINES_SHOWN:
        path = file_of(shop.folder, task.id, "problems.csv")
        await asyncio.to_thread(keep, path, problems_csv(texts, result.problems))
        values = {"n": texts.number(n)}
        await also_file(
            shop, session, task, N_("roster.all_problems"), path, N_("roster.problems_name"), values
        )


async def _tell_plan(
    shop: Workshop, session: Session, task: Task, person: Person, result: RosterCheck, draft: StoredDraft
) -> None:
    plan, texts = result.plan, shop.texts_of(person)
    assert plan is not None  # noqa: S101 - asked by `check`
    values = {"file": task.args["name"], "counts": "\n".join(count_lines(texts, plan))}
    if plan.is_empty and not plan.missing:
        body: dict[str, Any] = {"id": N_("roster.nothing_to_do"), "values": values}
        await end(session, task, shop.house.clock, "text", body)
        return
    body = {"id": N_("roster.plan"), "values": values}
    rows = [
        [
            _button(N_("button.roster_apply"), draft, "apply"),
            _button(N_("button.roster_refuse"), draft, "refuse"),
        ]
    ]
    if plan.missing:
        shown = [f"• {abridge(person_line(row), LINE_MAX)}" for row in plan.missing[:LINES_SHOWN]]
        values["missing"] = "\n".join(shown)
        body["id"] = N_("roster.plan_with_missing")
        rows.append([_button(N_("button.roster_complete"), draft, "complete")])
    await end(session, task, shop.house.clock, "text", {**body, "rows": rows, "role": "secretariat"})
    if len(plan.missing) > LINES_SHOWN:
        path = file_of(shop.folder, task.id, "missing.txt")
        everybody = "\n".join(person_line(row) for row in plan.missing)
        await asyncio.to_thread(keep, path, everybody.encode("utf-8-sig"))
        n = {"n": texts.number(len(plan.missing))}
        await also_file(shop, session, task, N_("roster.all_missing"), path, N_("roster.missing_name"), n)


def _button(label: str, draft: StoredDraft, act: str) -> dict[str, str]:
    return {"label": label, "call": str(Call(FLOW, draft.id, draft.version, act))}
