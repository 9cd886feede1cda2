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
from bot.tasks import end, file_of, occurrence
from bot.texts import N_
from handlers.incoming import Sort
from handlers.turn import Turn
from handlers.workshop import UPLOAD_BYTES_MAX, Workshop, ask_for, only_secretariat
from storage import access, conversations, notices, roster
from storage.conversations import StoredDraft
from storage.database import Session
from storage.jobs import Task

FLOW = "r"
CHECK, APPLY, GIVE = "roster_check", "roster_apply", "roster_file"
_UNPACKED_BYTES_MAX = 200 * 2**20
_LINES_SHOWN, _LINE_MAX = 20, 150


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
    file = turn.incoming.file
    if turn.incoming.sort is not Sort.FILE or file is None or file.kind != "document":
        turn.show(turn.say("roster.send_a_file"), flow=FLOW)
    elif (file.size or 0) > UPLOAD_BYTES_MAX:
        turn.show(turn.say("roster.too_heavy", most=UPLOAD_BYTES_MAX // 10**6), flow=FLOW)
    else:
        await ask_for(turn, CHECK, {"file_id": file.file_id, "name": file.name[:100] or "file"})
        turn.show(turn.say("roster.checking", file=file.name[:100]), flow=FLOW)


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
        turn.session.after_commit(lambda: _drop(refused))
        turn.show(turn.say("roster.refused", file=draft.fields["name"]))


# --- the works ---


async def check(shop: Workshop, task: Task) -> None:
    """Fetch the file and check it; its person learns what is wrong, or what it would change."""
    person = await shop.person_of(task)
    if person is None:
        return
    content = await shop.fetch(task.args["file_id"])
    path = file_of(shop.folder, task.id, "roster")
    await asyncio.to_thread(_keep, path, content)
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
        await asyncio.to_thread(_drop, fields)
    elif before is not None and before.fields["path"] != fields["path"]:
        await asyncio.to_thread(_drop, before.fields)


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
        actor_id=person.id,
        complete=fields["complete"],
        also=tell,
    )
    await asyncio.to_thread(_drop, fields)


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
        await end(session, task, house.clock, "file", _file(message_id, path, name))


async def _read(shop: Workshop, fields: dict[str, Any]) -> list[RawTable]:
    content = await asyncio.to_thread(Path(fields["path"]).read_bytes)
    return await asyncio.to_thread(
        read_roster,
        [(fields["name"], content)],
        max_rows=shop.house.config.roster.max_rows,
        max_cells_bytes=_UNPACKED_BYTES_MAX,
    )


async def _end_unreadable(
    shop: Workshop, task: Task, fields: dict[str, Any], unreadable: UnreadableFile
) -> None:
    why = {"id": unreadable.message_id, "values": unreadable.values}
    async with shop.house.database.transaction() as session:
        body = {"id": N_("roster.unreadable"), "values": {"why": why}}
        await end(session, task, shop.house.clock, "text", body)
    await asyncio.to_thread(_drop, fields)


# --- what is told ---


async def _tell_problems(
    shop: Workshop, session: Session, task: Task, person: Person, result: RosterCheck
) -> None:
    texts, n = shop.texts_of(person), len(result.problems)
    lines = [f"• {abridge(problem_line(texts, one), _LINE_MAX)}" for one in result.problems[:_LINES_SHOWN]]
    values = {"n": texts.number(n), "lines": "\n".join(lines)}
    body = {"id": N_("roster.problems"), "values": values}
    body["id"] = N_("roster.first_problems") if n > _LINES_SHOWN else body["id"]
    await end(session, task, shop.house.clock, "text", body)
    if n > _LINES_SHOWN:
        path = file_of(shop.folder, task.id, "problems.csv")
        await asyncio.to_thread(_keep, path, problems_csv(texts, result.problems))
        values = {"n": texts.number(n)}
        await _also_file(
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
        shown = [f"• {abridge(person_line(row), _LINE_MAX)}" for row in plan.missing[:_LINES_SHOWN]]
        values["missing"] = "\n".join(shown)
        body["id"] = N_("roster.plan_with_missing")
        rows.append([_button(N_("button.roster_complete"), draft, "complete")])
    await end(session, task, shop.house.clock, "text", {**body, "rows": rows, "role": "secretariat"})
    if len(plan.missing) > _LINES_SHOWN:
        path = file_of(shop.folder, task.id, "missing.txt")
        everybody = "\n".join(person_line(row) for row in plan.missing)
        await asyncio.to_thread(_keep, path, everybody.encode("utf-8-sig"))
        n = {"n": texts.number(len(plan.missing))}
        await _also_file(shop, session, task, N_("roster.all_missing"), path, N_("roster.missing_name"), n)


async def _also_file(
    shop: Workshop,
    session: Session,
    task: Task,
    message_id: str,
    path: Path,
    name_id: str,
    values: dict[str, str],
) -> None:
    name = shop.house.texts_for(None).plain(name_id)
    body = _file(message_id, path, name, **values)
    await notices.plan(session, "file", occurrence(task), task.person_id, body, shop.house.clock())


def _file(message_id: str, path: Path, name: str, **values: str) -> dict[str, Any]:
    file = {"path": str(path), "name": name}
    return {"id": message_id, "values": values, "file": file, "role": "secretariat"}


def _button(label: str, draft: StoredDraft, act: str) -> dict[str, str]:
    return {"label": label, "call": str(Call(FLOW, draft.id, draft.version, act))}


def _drop(fields: dict[str, Any]) -> None:
    Path(fields["path"]).unlink(missing_ok=True)


def _keep(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
