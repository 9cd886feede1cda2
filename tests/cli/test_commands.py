"""The commands as the clerk types them: what they print, what they write, what they refuse."""

import asyncio
import csv
import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot import exports
from bot.__main__ import main
from bot.documents.export_look import Look
from bot.domain.nominations import Kind, MovementId, Nominee, NomineeKind, Reason
from bot.domain.periods import read_period
from bot.lock import DatabaseHeld, hold_database
from bot.operations.erase_person import erase_again
from bot.operations.export_nominations import Ask
from storage import nominations, people
from storage.database import open_database
from storage.migrating import open_migrated

PEOPLE = "Mã,Họ tên,Đơn vị,Điện thoại\n"
UNITS = "Mã đơn vị,Tên đơn vị\nHC,Phòng HCTC\n"
SENT_AT = datetime.fromisoformat("2026-11-18T08:00:00")
EVIL = ('=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\tx", "<b>&", "'quoted")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def office_folder(folder, sqlite_template):
    """The data folder of an office with people in it."""
    (folder / "guongsang.db").write_bytes(sqlite_template.read_bytes())
    return folder


def write(folder: Path, *rows: str) -> list[str]:
    (folder / "people.csv").write_text(PEOPLE + "\n".join(rows), "utf-8")
    (folder / "units.csv").write_text(UNITS, "utf-8")
    return ["roster", "import", "people.csv", "units.csv", "--data", str(folder)]


def query(folder: Path, statement: str) -> list[dict[str, Any]]:
    async def ask() -> list[dict[str, Any]]:
        database = await open_database(f"sqlite:///{folder}/guongsang.db", read_only=True)
        try:
            async with database.reading() as session:
                return [dict(row) for row in await session.fetch(statement)]
        finally:
            await database.close()

    return asyncio.run(ask())


def nominate(folder: Path, *texts: str, erased: str = "") -> None:
    """Reasons with these stories for Đỗ Minh Đức in November, each by another person."""

    async def put() -> None:
        database = await open_migrated(f"sqlite:///{folder}/guongsang.db", synchronous="OFF")
        at = datetime(2026, 11, 18, 1, tzinfo=UTC)
        async with database.transaction() as session:
            everybody = await people.list_people(session)
            duc = next(person for person in everybody if person.code == "duc")
            nominee = Nominee(NomineeKind.PERSON, duc.full_name, duc.unit_id, duc.post, duc.id)
            joined = await nominations.join_or_add(session, nominee, "2026-11", at)
            others = [person for person in everybody if person.id != duc.id]
            for n, text in enumerate(texts):
                reason = Reason(text, Kind.GOOD_WAY, MovementId(1), lesson=text)
                await nominations.add_endorsement(
                    session, joined.id, others[n].id, reason, at + timedelta(hours=n)
                )
            if erased:
                await nominations.open_nominations(session, duc.unit_id, "2026-11", at)
                person = next(one for one in everybody if one.code == erased)
                assert await erase_again(session, [person.id], at) == [erased]
        await database.close()

    asyncio.run(put())


def export(folder: Path, style: str, period: str = "2026-11", *more: str) -> tuple[int, Path]:
    output = f"out.{style}"
    place = ["--data", str(folder), "--output", output]
    code = main(["export", "--period", period, "--format", style, *place, *more])
    return code, folder / output


# --- roster ---


def test_bad_rows_are_listed_and_nothing_is_made(folder, capsys):
    """Number, column and reason of each; the exit code says so to scripts."""
    assert main(write(folder, "CB1,Lê 5,HC,", "CB2,Lê Na,??,12")) == 1
    said = capsys.readouterr().err
    assert "people.csv, dòng 2, cột “Họ tên”" in said
    assert said.count("people.csv, dòng 3") == 2
    assert query(folder, "select * from people") == []


def test_a_dry_run_lists_what_would_change(folder, capsys):
    """Before there is a database and afterwards: each change is listed, none is made."""
    assert main([*write(folder, "CB1,Lê Na,HC,0912345678"), "--dry-run"]) == 0
    assert "+ CB1 Lê Na (HC)" in capsys.readouterr().out
    assert not (folder / "guongsang.db").exists()
    assert main(write(folder, "CB1,Lê Na,HC,0912345678")) == 0
    assert main([*write(folder, "CB1,Lê Nga,HC,0912345678"), "--dry-run"]) == 0
    assert "~ CB1 Lê Nga (HC): Họ và tên: Lê Na → Lê Nga" in capsys.readouterr().out
    assert query(folder, "select full_name from people") == [{"full_name": "Lê Na"}]


def test_complete_lists_who_leaves_first(folder, capsys):
    """The missing are named before they are marked as having left, and stay in the database."""
    main(write(folder, "CB1,Lê Na,HC,", "CB2,Lê Nam,HC,"))
    capsys.readouterr()
    assert main([*write(folder, "CB2,Lê Nam,HC,"), "--complete"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("- CB1 Lê Na (HC)")
    assert query(folder, "select code from people where left_at is not null") == [{"code": "CB1"}]


@pytest.mark.parametrize(
    "command",
    [
        ["roster", "import", "people.csv", "units.csv"],
        ["invite", "--all-missing", "--output", "s.html", "--base-link", "https://t.me/some_bot"],
    ],
)
def test_what_writes_refuses_while_the_bot_holds_the_file(folder, capsys, command):
    """It says what to do instead, and leaves nothing behind."""
    main(write(folder, "CB1,Lê Na,HC,"))
    with hold_database(f"sqlite:///{folder}/guongsang.db"):
        assert main([*command, "--data", str(folder)]) == 1
    assert "/nhansu" in capsys.readouterr().err
    assert not (folder / "s.html").exists()


def test_the_lock_is_for_one(folder):
    """A second holder is refused until the first lets go; a server needs no lock."""
    url = f"sqlite:///{folder}/x.db"
    with hold_database(url), pytest.raises(DatabaseHeld), hold_database(url):
        pass
    with hold_database(url), hold_database("postgresql://u@h/d"):
        pass


def test_what_reads_works_beside_the_bot(office_folder, capsys):
    """Exports and dry runs need no lock."""
    with hold_database(f"sqlite:///{office_folder}/guongsang.db"):
        assert export(office_folder, "csv")[0] == 0
        assert main(["roster", "export", "r.csv", "--data", str(office_folder)]) == 0
        assert main([*write(office_folder, "x,Lê Na,NC,"), "--dry-run"]) == 0


@pytest.mark.parametrize("name", ["r.xlsx", "r.csv"])
def test_an_exported_roster_comes_back_unchanged(office_folder, capsys, name):
    """What `roster export` writes, `roster import` reads as no change at all."""
    place = ["--data", str(office_folder)]
    assert main(["roster", "export", name, *place]) == 0
    files = [name] if name == "r.xlsx" else ["r.csv", "r.units.csv"]
    assert main(["roster", "import", *files, *place]) == 0
    assert "Nhân sự: thêm 0, đổi 0, trở lại 0" in capsys.readouterr().out


def test_the_template_is_understood(folder, capsys):
    """The empty workbook can be made before anything else is there, and its headings are known."""
    assert main(["roster", "template", "t.xlsx"]) == 0
    book = openpyxl.load_workbook(folder / "t.xlsx")
    book["Nhân sự"].append(["CB1", "Lê Na", "Chuyên viên", "HC", "Trưởng đơn vị", "0912 345 678"])
    book["Đơn vị"].append(["HC", "Phòng HCTC"])
    book.save(folder / "t.xlsx")
    assert main(["roster", "import", "t.xlsx", "--data", str(folder)]) == 0
    assert query(folder, "select phone from people") == [{"phone": "+84912345678"}]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["roster", "template", "t.csv"], ".xlsx"),
        (["roster", "export", "t.pdf", "--data", "."], ".csv"),
        (["roster", "import", "none.csv", "--data", "."], "none.csv"),
        (["export", "--period", "2026-13", "--format", "csv", "--output", "o", "--data", "."], "2026-Q4"),
        (["export", "--period", "all", "--format", "csv", "--output", "o", "--data", "."], "Chưa có dữ liệu"),
        (["export", "--period", "all", "--format", "csv", "--output", "o"], "config.toml"),
        (["invite", "--all-missing", "--output", "o"], "config.toml"),
        (["invite", "--all-missing", "--output", "o", "--data", "."], "--base-link"),
    ],
)
def test_what_cannot_be_done_is_explained(folder, capsys, command, said):
    """One sentence on stderr, exit code 1, no traceback, no file."""
    assert main(command) == 1
    assert said in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_check_tells_every_mistake_in_the_configuration(folder, capsys):
    """All at once; with a token and nothing wrong it says so."""
    (folder / "c.toml").write_text('[office]\ntimezone = "Mars"\nnmae = "x"\n', "utf-8")
    assert main(["check", "--config", "c.toml"]) == 1
    said = capsys.readouterr().err
    assert all(word in said for word in ("[office] timezone", "[office] nmae", "[telegram] token"))
    (folder / "c.toml").write_text(f'[telegram]\ntoken = "1:{"a" * 35}"\n', "utf-8")
    assert main(["check", "--config", "c.toml"]) == 0
    assert "Chưa ghi họ tên Chánh Văn phòng" in capsys.readouterr().out


# --- invitations ---


def test_the_sheet_has_a_card_for_everybody_outside(office_folder, capsys):
    """Those who are in get none; the links stand nowhere but on the sheet, which only its owner reads."""
    main(write(office_folder, "n1,Lý Ngoài,NC,", "n2,Lý Trong,NC,"))
    base = ["--base-link", "https://t.me/some_bot", "--data", str(office_folder), "--output", "s.html"]
    assert main(["invite", "--unit", "nc", *base]) == 0
    page = (office_folder / "s.html").read_text("utf-8")
    secrets = re.findall(r"https://t\.me/some_bot\?start=i([\w-]+)", page)
    assert page.count("<article>") == 2 == len(secrets)
    assert "Lý Ngoài" in page
    assert (office_folder / "s.html").stat().st_mode & 0o077 == 0
    hashes = {row["secret_hash"] for row in query(office_folder, "select secret_hash from invites")}
    assert len(hashes) == 2
    assert not hashes & set(secrets)


def test_one_person_gets_a_new_card_though_they_are_in(office_folder, capsys):
    """A new phone needs a new link; an unknown code is told."""
    base = ["--base-link", "https://t.me/some_bot", "--data", str(office_folder), "--output", "s.html"]
    assert main(["invite", "--person", "lan", *base]) == 0
    assert main(["invite", "--person", "nobody", *base]) == 1
    assert "nobody" in capsys.readouterr().err


# --- exports ---


def test_one_nominee_with_two_reasons(office_folder, capsys):
    """The three sheets say the same, and the overview counts the nominee once."""
    nominate(office_folder, "Việc thứ nhất", "Việc thứ hai")
    code, output = export(office_folder, "json", "2026-Q4", "--unit", "nc")
    assert code == 0
    made = json.loads(output.read_text("utf-8"))
    assert [(row["nominee"], row["reasons"], row["kinds"]) for row in made["nominees"]] == [
        ("Đỗ Minh Đức", 2, ["good_way"])
    ]
    assert [row["story"] for row in made["nominations"]] == ["Việc thứ nhất", "Việc thứ hai"]
    assert made["nominations"][0]["sent_at"] == "2026-11-18T08:00:00+07:00"
    assert [(unit["unit_code"], unit["good_way"]) for unit in made["overview"]["units"]] == [("NC", 1)]
    assert json.loads(export(office_folder, "json", "2026-10")[1].read_text("utf-8"))["nominees"] == []


@pytest.mark.parametrize("text", EVIL)
def test_no_cell_is_a_formula(office_folder, capsys, text):
    """What people typed stays text in a workbook, and is guarded in a .csv."""
    nominate(office_folder, text)
    _, output = export(office_folder, "xlsx")
    with zipfile.ZipFile(output) as package:
        sheets = b"".join(package.read(name) for name in package.namelist() if "sheet" in name)
    assert b"<f>" not in sheets
    assert b"hyperlink" not in sheets
    rows = list(openpyxl.load_workbook(output)["Đề cử và lý do"].iter_rows(values_only=True))
    assert rows[1][rows[0].index("Nội dung")] == text
    _, output = export(office_folder, "csv")
    assert output.read_bytes().startswith(b"\xef\xbb\xbf")
    cells = list(csv.reader(io.StringIO(output.read_text("utf-8-sig"), newline="")))[1]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]


def test_a_workbook_reads_well(office_folder, capsys):
    """Days are days, headers stay in sight, each table can be filtered."""
    nominate(office_folder, "Việc tốt")
    book = openpyxl.load_workbook(export(office_folder, "xlsx")[1])
    assert book.sheetnames[:4] == ["Tổng hợp", "Phong trào và xu thế", "Gương được đề cử", "Đề cử và lý do"]
    sheet = book["Đề cử và lý do"]
    headings = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, headings.index("Gửi lúc") + 1).value == SENT_AT
    assert sheet.cell(2, headings.index("Kỳ") + 1).value == "tháng 11/2026"
    assert sheet.freeze_panes == "F2"
    assert sheet.auto_filter.ref == "A1:T2"


@pytest.mark.parametrize(
    ("code", "name", "column"), [("duc", "Đỗ Minh Đức", "nominee"), ("hung", "Trần Văn Hùng", "nominator")]
)
def test_who_asked_for_deletion_appears_as_removed(office_folder, capsys, code, name, column):
    """Nominee or nominator: no name of theirs comes out in any form."""
    nominate(office_folder, *"12345678", erased=code)
    for style in ("json", "csv"):
        text = export(office_folder, style)[1].read_text("utf-8")
        assert name not in text
        assert "(đã xóa theo yêu cầu)" in text
    made = json.loads(export(office_folder, "json")[1].read_text("utf-8"))
    assert "(đã xóa theo yêu cầu)" in {row[column] for row in made["nominations"]}


@pytest.mark.parametrize("long", [True, False])
def test_an_export_beside_the_bot_is_the_same(office_folder, monkeypatch, capsys, long):
    """In a process of its own, or in a thread: the bytes of the command's."""
    nominate(office_folder, "Việc thứ nhất", "Việc thứ hai")
    monkeypatch.setattr(exports, "LONG", 1 if long else 1000)
    look = Look("vi", "Asia/Ho_Chi_Minh", "VP", "2026-11", datetime(2026, 11, 18, 1, tzinfo=UTC))
    path, url = office_folder / "aside.csv", f"sqlite:///{office_folder}/guongsang.db"
    job = exports.Job(url, Ask(read_period("2026-11")), "csv", look, path)
    told = []

    async def note(done: int, total: int) -> None:
        told.append((done, total))

    async def wanted() -> bool:
        return True

    assert asyncio.run(exports.export_aside(job, 2, note, wanted)) == 2
    assert path.read_bytes() == export(office_folder, "csv")[1].read_bytes()
    assert set(told) <= {(0, 0), (2, 2)}


def test_an_unfinished_export_replaces_nothing(office_folder, monkeypatch, capsys):
    """The old file stays whole, and no half of the new one is left."""
    output = export(office_folder, "csv")[1]
    before = output.read_bytes()

    def full_disk(*_):
        raise OSError("no space left")

    monkeypatch.setattr("bot.documents.export_csv._write", full_disk)
    nominate(office_folder, "Việc tốt")
    assert export(office_folder, "csv")[0] == 1
    assert "no space left" in capsys.readouterr().err
    assert output.read_bytes() == before
    assert sorted(path.suffix for path in office_folder.iterdir()) == [".csv", ".db", ".db-shm", ".db-wal"]


def test_an_unknown_unit_is_told_with_the_known_ones(office_folder, capsys):
    """A mistyped code does not give an empty export."""
    assert export(office_folder, "csv", "all", "--unit", "zz")[0] == 1
    assert "HCTC" in capsys.readouterr().err
