"""Works that may take minutes keep nobody else's waiting."""

import asyncio
import threading
from pathlib import Path
from typing import Any

from bot.domain.documents import DocumentAsk, DocumentKind
from bot.domain.periods import read_period
from bot.operations.compose_documents import write_ask
from bot.tasks import file_of, files_folder
from handlers import documents, paper_import
from storage import jobs
from tests.conftest import PATIENCE_S


async def test_nobodys_file_waits_for_somebodys_pdf(office, monkeypatch):
    """LibreOffice works until what was asked for after it has arrived; then both tasks have ended."""
    stop, arrived, seen = asyncio.Event(), threading.Event(), []
    loop = asyncio.get_running_loop()

    def to_pdf(_docx: Path) -> None:
        seen.append(arrived.wait(PATIENCE_S))
        loop.call_soon_threadsafe(stop.set)

    def ear(method: str, result: Any) -> None:
        if method == "sendDocument" and result["document"]["file_name"].endswith(".xlsx"):
            arrived.set()

    monkeypatch.setattr("handlers.documents.to_pdf", to_pdf)
    office.telegram.answer_watchers.append(ear)
    ask = write_ask(DocumentKind.MINUTES, DocumentAsk(read_period("2026-11")))
    for code in ("chanh", "hung"):
        office.phone(code)
    async with office.database.transaction() as session:
        for code, kind, args in (("chanh", documents.MAKE, ask), ("hung", paper_import.GIVE, {})):
            await jobs.add_task(session, kind, await office.person_id(code), args, office.clock())
    await asyncio.wait_for(office.bot.run(stop), 2 * PATIENCE_S)
    assert seen == [True]
    async with office.database.reading() as session:
        rows = await session.fetch("select state, attempts from tasks order by id")
    assert [tuple(row) for row in rows] == [("done", 1), ("done", 1)]


async def test_a_task_is_begun_in_the_round_of_its_kind_alone(office):
    """However many rounds there are, each has tasks that no other takes; a kind that nobody knows waits."""
    hung = await office.person_id("hung")
    async with office.database.transaction() as session:
        for kind in (documents.MAKE, paper_import.GIVE, "made up"):
            await jobs.add_task(session, kind, hung, {}, office.clock())
        quick = office.bot.tasks.kinds - {documents.MAKE}
        found = [await jobs.begin_task(session, kinds) for kinds in (quick, [documents.MAKE])]
        assert [task and task.kind for task in found] == [paper_import.GIVE, documents.MAKE]
        assert found[0] is not None
        assert await jobs.begin_task(session, quick, found[0].id) is None


async def test_what_a_killed_work_left_goes_with_its_task(office):
    """The folder that LibreOffice worked in is removed once its task has ended, not before."""
    folder = files_folder(office.config.storage)
    async with office.database.transaction() as session:
        waiting, ended = [
            await jobs.add_task(session, "made up", await office.person_id("hung"), {}, office.clock())
            for _ in range(2)
        ]
        await jobs.end_task(session, ended, office.clock())
    for task_id in (waiting, ended):
        left = file_of(folder, task_id, "bao-cao.docx-pdf-x1")
        left.mkdir()
        (left / "profile").write_bytes(b"half")
    await office.bot.tasks.run_due()
    assert [path.name for path in folder.iterdir()] == [f"{waiting}-bao-cao.docx-pdf-x1"]
