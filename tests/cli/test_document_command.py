"""`guongsang document` as the clerk types it: what it writes, what it refuses."""

import asyncio
import shutil
from pathlib import Path

import pytest
from docx import Document

from bot.__main__ import main
from bot.documents.make_templates import TEMPLATES
from bot.domain.documents import DocumentKind
from tests.documents.papers import whole
from tests.exemplars import agreed

MONTH = "2024-05"
"""Over, whatever day it is."""
PERIODS = [kind for kind in TEMPLATES if kind is not DocumentKind.ACHIEVEMENTS]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working folder, beside the office's own."""
    own = tmp_path / "clerk"
    own.mkdir()
    monkeypatch.chdir(own)
    return own


@pytest.fixture
def without_libreoffice(monkeypatch):
    """No PDF is made."""
    monkeypatch.setattr("bot.cli.document.to_pdf", lambda _docx: None)


@pytest.fixture
def place(database_url, folder):
    """The options that name the office's database."""
    (folder / "config.toml").write_text(f'[storage]\nurl = "{database_url}"\n', "utf-8")
    return ["--config", "config.toml"]


async def run(*argv: str) -> int:
    """The command beside the running bot."""
    return await asyncio.to_thread(main, ["document", *argv])


@pytest.mark.usefixtures("without_libreoffice")
@pytest.mark.parametrize("kind", PERIODS)
async def test_a_document_is_written_beside_the_running_bot(office, folder, place, kind, capsys):
    """A .docx that opens, and a line that says where it is; nothing else is left there."""
    await agreed(office, "lan2", period=MONTH)
    assert await run(kind.value, "--period", MONTH, "--output", "a.docx", *place) == 0
    assert "a.docx" in capsys.readouterr().out
    assert Document(str(folder / "a.docx")).paragraphs
    assert sorted(path.name for path in folder.iterdir()) == ["a.docx", "config.toml"]


@pytest.mark.usefixtures("without_libreoffice")
async def test_a_dossier_is_of_an_exemplar(office, folder, place):
    """By its number; the period may be said too."""
    exemplar = await agreed(office, "lan2", period=MONTH)
    wanted = ["thanh-tich", "--period", MONTH, "--exemplar", str(exemplar.id), "--output", "a.docx"]
    assert await run(*wanted, *place) == 0
    assert "Họ và tên: Nguyễn Thị Lan" in whole(Document(str(folder / "a.docx")))


@pytest.mark.usefixtures("without_libreoffice")
async def test_who_does_not_know_the_number_is_told_the_numbers(office, place, capsys):
    """Those of the period asked for, with their names."""
    exemplar = await agreed(office, "lan2", period=MONTH)
    await agreed(office, "tuan", period="2024-06")
    assert await run("thanh-tich", "--period", MONTH, "--output", "a.docx", *place) == 1
    said = capsys.readouterr().err
    assert f"{exemplar.id} Nguyễn Thị Lan" in said
    assert "Bùi Anh Tuấn" not in said


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
async def test_where_libreoffice_is_a_pdf_stands_beside_it(office, folder, place, capsys):
    """Under the same name, a whole one."""
    await agreed(office, "lan2", period=MONTH)
    assert await run("danh-sach", "--period", MONTH, "--output", "a.docx", *place) == 0
    assert (folder / "a.pdf").read_bytes().startswith(b"%PDF")
    assert "a.pdf" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["danh-sach", "--period", "2026-13"], "2026-13"),
        (["danh-sach", "--period", "2999"], "01/01/2999"),
        (["danh-sach"], "--period"),
        (["danh-sach", "--exemplar", "1"], "--period"),
        (["to-trinh", "--week", "2024-W20"], "giao ban"),
        (["giao-ban", "--week", "2024-W60"], "2024-W60"),
        (["giao-ban", "--week", "2024-W20", "--period", MONTH], "--week"),
        (["thanh-tich", "--exemplar", "x1"], "x1"),
        (["thanh-tich", "--exemplar", "999"], "Không có gương này"),
        (["danh-sach", "--period", MONTH, "--output", "a.pdf"], ".docx"),
        (["danh-sach", "--period", MONTH, "--output", "nowhere/a.docx"], "nowhere"),
    ],
)
async def test_what_cannot_be_done_is_explained(office, folder, place, capsys, asked, said):
    """One sentence on stderr, exit code 1, no file."""
    output = [] if "--output" in asked else ["--output", "a.docx"]
    assert await run(*asked, *output, *place) == 1
    told = capsys.readouterr().err
    assert said in told
    assert len(told.splitlines()) == 1
    assert [path.name for path in folder.iterdir()] == ["config.toml"]


async def test_without_a_database_nothing_is_made(folder, capsys):
    """It says that there are no data yet."""
    assert await run("danh-sach", "--period", MONTH, "--output", "a.docx", "--data", ".") == 1
    assert "Chưa có dữ liệu" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


async def test_an_unfinished_document_replaces_nothing(office, folder, place, monkeypatch, capsys):
    """The old files stay whole, and no half of a new one is left."""
    (folder / "a.docx").write_bytes(b"old")
    (folder / "a.pdf").write_bytes(b"old")

    def full_disk(*_: object) -> int:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    assert await run("danh-sach", "--period", MONTH, "--output", "a.docx", *place) == 1
    monkeypatch.undo()
    assert "no space left" in capsys.readouterr().err
    assert (folder / "a.docx").read_bytes() == (folder / "a.pdf").read_bytes() == b"old"


@pytest.mark.usefixtures("without_libreoffice")
async def test_an_offices_own_template_is_used(office, folder, place, capsys):
    """One of the same name in its folder wins; one with a mistake is told, and replaces nothing."""
    own = folder / "own"
    own.mkdir()
    config = folder / "config.toml"
    config.write_text(config.read_text("utf-8") + '[documents]\nfolder = "own"\n', "utf-8")
    changed = Document()
    changed.add_paragraph("Mẫu riêng của cơ quan, {{ period_name }}")
    changed.save(str(own / "danh-sach.docx"))
    assert await run("danh-sach", "--period", MONTH, "--output", "a.docx", *place) == 0
    assert whole(Document(str(folder / "a.docx"))) == "Mẫu riêng của cơ quan, tháng 5/2024"
    changed.add_paragraph("{{ nobody_knows }}")
    changed.save(str(own / "danh-sach.docx"))
    assert await run("danh-sach", "--period", MONTH, "--output", "b.docx", *place) == 1
    assert "nobody_knows" in capsys.readouterr().err
    assert not (folder / "b.docx").exists()


def test_help_says_which_kinds_there_are(capsys):
    """Every kind with a word what it is."""
    with pytest.raises(SystemExit):
        main(["document", "--help"])
    said = capsys.readouterr().out
    assert [kind for kind in DocumentKind if f"  {kind.value}  " not in said] == []
