"""What the command line takes out stands in the audit log, as what is taken out in chat does."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import asyncpg
import openpyxl
import pytest

from bot.__main__ import main
from storage import access
from storage import database as storage_database
from tests.exemplars import agreed
from tests.nominating import nominate
from tests.office import Office

MONTH = "2024-05"
"""Over, whatever day it is."""
EXPORT = ["export", "--period", "2026-11", "--format", "json", "--output", "out.json"]
DOCUMENT = ["document", "danh-sach", "--period", MONTH, "--output", "a.docx"]
ROSTER = ["roster", "export", "r.csv"]
_READER = """
  create role {name} login;
  grant select on all tables in schema public to {name};
  grant select on all sequences in schema public to {name};
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working folder, beside the office's own; no PDF is made."""
    own = tmp_path / "clerk"
    own.mkdir()
    monkeypatch.chdir(own)
    monkeypatch.setattr("bot.cli.document.to_pdf", lambda _docx: None)
    return own


@pytest.fixture
def run(database_url, folder) -> Callable[..., Any]:
    """Types a command about the office's data beside the running bot; `language` is the office's."""

    async def type_in(*argv: str, language: str = "vi", url: str = database_url) -> int:
        config = f'[storage]\nurl = "{url}"\n[office]\nlocale = "{language}"\n'
        (folder / "config.toml").write_text(config, "utf-8")
        return await asyncio.to_thread(main, [*argv, "--config", "config.toml"])

    return type_in


async def noted(office: Office) -> list[tuple[str, str, str, int | None, int | None]]:
    """What the log says was taken out, and by whom."""
    acts = {"export", "document", "backup"}
    async with office.database.reading() as session:
        return [
            (row["act"], row["subject"], row["detail"], row["subject_id"], row["actor_id"])
            for row in await access.list_audit(session)
            if row["act"] in acts
        ]


def files(folder: Path) -> list[str]:
    """What lies in the clerk's folder beside the configuration."""
    return sorted(path.name for path in folder.iterdir() if path.name != "config.toml")


async def test_an_export_is_noted_with_what_was_asked_for(office, run):
    """Period, form, how many reasons, and the unit where one was named; of nobody, and without a name."""
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    assert await run(*EXPORT) == 0
    assert await run(*EXPORT, "--unit", "nc") == 0
    async with office.database.reading() as session:
        (unit,) = await session.fetch("select id from units where code = 'NC'")
    assert await noted(office) == [
        ("export", "nominations", "2026-11 json 1", None, None),
        ("export", "nominations", f"2026-11 json 0 unit {unit['id']}", None, None),
    ]


async def test_a_document_is_noted_as_in_chat(office, run):
    """Its kind and what it is about; of a dossier the exemplar's number."""
    exemplar = await agreed(office, "lan2", period=MONTH)
    assert await run(*DOCUMENT) == 0
    assert await run("document", "giao-ban", "--week", "2024-W20", "--output", "a.docx") == 0
    assert await run("document", "thanh-tich", "--exemplar", str(exemplar.id), "--output", "a.docx") == 0
    assert await noted(office) == [
        ("document", "document", f"danh-sach {MONTH}", None, None),
        ("document", "document", "giao-ban 2024-W20", None, None),
        ("document", "document", "thanh-tich", exemplar.id, None),
    ]


async def test_a_roster_in_two_files_is_noted_once(office, run, folder):
    """People and units as .csv are one export."""
    assert await run(*ROSTER) == 0
    assert files(folder) == ["r.csv", "r.units.csv"]
    assert await noted(office) == [("export", "roster", "", None, None)]


async def test_a_backup_knows_of_itself(office, run, folder):
    """Everything leaves the house in it: the line stands in the database and in the file."""
    assert await run("backup", "b.db") == 0
    assert await noted(office) == [("backup", "database", "", None, None)]
    with closing(sqlite3.connect(folder / "b.db")) as made:
        assert made.execute("select count(*) from audit where act = 'backup'").fetchone() == (1,)


@pytest.mark.parametrize("command", [EXPORT, DOCUMENT, ROSTER])
async def test_what_was_refused_is_not_noted(office, run, folder, command):
    """Nothing has left the house: the folder is not there."""
    assert await run(*(f"nowhere/{word}" if "." in word else word for word in command)) == 1
    assert (await noted(office), files(folder)) == ([], [])


async def test_it_waits_while_the_bot_writes(office, run, folder):
    """A turn of the bot is under way: both lines are there in the end."""
    async with office.database.transaction() as session:
        await access.note(session, None, "go_out_of", "chat", 1, office.clock())
        exporting = asyncio.create_task(run(*EXPORT))
    assert await exporting == 0
    assert files(folder) == ["out.json"]
    assert len(await noted(office)) == 1


@pytest.mark.parametrize(
    ("language", "nobody"), [("vi", "(dòng lệnh trên máy chủ)"), ("en", "(command line on the server)")]
)
async def test_the_log_says_that_it_was_the_command_line(office, run, folder, language, nobody):
    """In a workbook of everything, beside what people did in chat and what the bot did by itself."""
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    async with office.database.transaction() as session:
        await access.note(session, None, "go_out_of", "chat", 1, office.clock())
    assert await run(*DOCUMENT, language=language) == 0
    everything = ["export", "--period", "all", "--format", "xlsx", "--output", "all.xlsx"]
    assert await run(*everything, language=language) == 0
    book = openpyxl.load_workbook(folder / "all.xlsx")
    sheet = book["Nhật ký" if language == "vi" else "Audit log"]
    lines = {(row[2], row[3]) for row in sheet.iter_rows(min_row=2, values_only=True)}
    expected = {
        "vi": {("(trợ lý tự làm)", "Rời nhóm, kênh"), (nobody, "Xuất văn bản")},
        "en": {("(the bot itself)", "Left a chat"), (nobody, "Made a document")},
    }
    assert expected[language] <= lines
    assert "Nguyễn Thị Lan" in {who for who, _ in lines}


# --- a database that cannot be written to ---


@asynccontextmanager
async def read_only(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """The address by which it can only be read: somebody else writes for ever, or the role may not."""
    if database_url.startswith("sqlite"):
        monkeypatch.setattr(storage_database, "BUSY_S", 0)
        path = database_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("begin immediate")
            yield database_url
        return
    name = f"reader_{database_url.rpartition('/test_')[2][:12].partition('?')[0]}"
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(_READER.format(name=name))
        yield database_url.replace("postgres:", f"{name}:", 1)
        await connection.execute(f"drop owned by {name}; drop role {name}")
    finally:
        await connection.close()


@pytest.mark.parametrize("command", [EXPORT, DOCUMENT, ROSTER])
async def test_what_cannot_be_noted_does_not_leave(
    office, run, folder, database_url, monkeypatch, capsys, command
):
    """One sentence says so; there is no new file, and the old one stays as it was."""
    for name in ("out.json", "a.docx", "r.csv"):
        (folder / name).write_bytes(b"old")
    async with read_only(database_url, monkeypatch) as url:
        assert await run(*command, url=url) == 1
    said = capsys.readouterr().err
    assert said.startswith("Không ghi được vào nhật ký của cơ sở dữ liệu (")
    assert len(said.splitlines()) == 1
    assert files(folder) == ["a.docx", "out.json", "r.csv"]
    assert {path.read_bytes() for path in folder.glob("*.*") if path.suffix != ".toml"} == {b"old"}
    assert await noted(office) == []


async def test_what_cannot_be_written_to_can_be_backed_up(
    office, run, folder, database_url, monkeypatch, capsys
):
    """That is when a backup is needed most: it is made, and says that the log does not know."""
    async with read_only(database_url, monkeypatch) as url:
        assert await run("backup", "b.db", url=url) == 0
    assert "Bản sao lưu vẫn được lập, nhưng nhật ký chưa ghi được" in capsys.readouterr().err
    assert files(folder) == ["b.db"]
    assert await noted(office) == []
