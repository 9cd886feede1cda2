"""An export as a workbook: what programs that open it find, and what every column means."""

import csv
import re
import shutil
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from bot.documents import export_sheets
from bot.documents.export_files import write_file
from bot.documents.export_look import Look, Source
from bot.documents.export_tables import SHEETS, TABLES, dictionary_lines
from bot.operations.export_nominations import Figures
from bot.texts import Texts
from storage import exports
from tests.documents.export_office import Done
from tests.office import START

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LOOK = Look("vi", "Asia/Ho_Chi_Minh", "Văn phòng", None, START)
LONG = "A" * 32_760 + "𝔸" * 10
"""Longer than Excel counts letters: those outside the first 65,536 count twice."""


def row(**cells: Any) -> dict[str, Any]:
    """A reason as its query gives it."""
    usual = {column.key: "" for column in next(one for one in TABLES if one.key == "nominations").columns}
    numbers = {"code": 1, "nomination_id": 1, "evidence": 0, "sent_at": 1_763_424_000_000_000}
    marks = {"nominee_erased_at": None, "hide_name": 0, "changed_at": None, "merged_from": None}
    return {**usual, **numbers, "kind": "good_way", "period": "2026-11", **marks, **cells}


class Values(dict[str, Any]):
    """A row that gives its values when it is walked through, as drivers' rows do."""

    def __iter__(self) -> Any:
        return iter(self.values())


def write(path: Path, rows: list[dict[str, Any]], table: str = "nominations") -> Path:
    """A workbook with these rows in one table."""

    def pieces(name: str) -> Any:
        return iter([[Values(one) for one in rows]] if name == table and rows else [])

    sizes = {name: len(rows) if name == table else 0 for name in exports.TABLES}
    write_file(path, "xlsx", LOOK, Source(Figures(()), sizes, frozenset(), {}, pieces))
    return path


def cells_of(path: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by their headings."""
    headings, *rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, headings), cells, strict=True)) for cells in rows]


def test_cells_are_what_they_are(tmp_path):
    """An instant is one in the office's time, a number a number, what only looks like something is text."""
    path = write(tmp_path / "x.xlsx", [row(story="=1+1", nominee="007", result="https://a.vn", evidence=12)])
    (told,) = cells_of(path, "Đề cử và lý do")
    assert told["Gửi lúc"] == datetime(2025, 11, 18, 7)  # noqa: DTZ001 - cells have no zone
    assert (told["Nội dung"], told["Gương được đề cử"], told["Số minh chứng"]) == ("=1+1", "007", 12)
    cell = openpyxl.load_workbook(path)["Đề cử và lý do"]["I2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == ("=1+1", "s", None)


def test_a_text_is_told_as_it_was_typed(tmp_path):
    """With its marks, its spaces and its lines; what XML cannot hold is written as Excel writes it."""
    typed = {"story": " <b>Trà & bánh</b>\nhai dòng ", "result": "a\x01b\uffff", "spread": "_x0001_"}
    (told,) = cells_of(write(tmp_path / "x.xlsx", [row(**typed)]), "Đề cử và lý do")
    shown = (told["Nội dung"], told["Kết quả đo được"], told["Sức lan tỏa"])
    assert shown == (typed["story"], "a_x0001_b_xFFFF_", "_x005F_x0001_")


def test_every_sheet_is_whole(tmp_path):
    """Each row stands once, as far down as the sheet says it goes, and each cell has a look that is there."""
    path = write(tmp_path / "x.xlsx", [row(code=number) for number in range(1, 4)])
    with zipfile.ZipFile(path) as archive:
        assert all(entry.extract_version < 45 for entry in archive.infolist()), "Excel would mend it"
        styles = archive.read("xl/styles.xml").decode()
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/" in name]
    looks = int(re.findall(r'<cellXfs count="(\d+)"', styles)[0])
    assert len(sheets) == len(SHEETS)
    for sheet in sheets:
        numbers = [int(number) for number in re.findall(r'<row r="(\d+)"', sheet)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) <= int(re.findall(r'<dimension ref="A1:[A-Z]+(\d+)"', sheet)[0])
        assert all(int(look) < looks for look in re.findall(r'<c r="[A-Z]+\d+" s="([^"]*)"', sheet))


def test_a_text_that_no_cell_holds_is_shortened(tmp_path):
    """Excel counts some letters twice; what it would refuse ends in "…"."""
    (told,) = cells_of(write(tmp_path / "x.xlsx", [row(story=LONG)]), "Đề cử và lý do")
    assert told["Nội dung"].endswith("…")
    assert len(told["Nội dung"].encode("utf-16-le")) <= 2 * 32_767


def test_a_day_that_excel_does_not_know_is_text(tmp_path):
    """Its calendar begins with 1900: an older day is written as it is kept."""
    shown = {"name": "Phong trào", "kind": "movement", "level": "", "to_on": "1890-05-19", "ended_on": None}
    reviews = {"review_on": None, "done_at": None, "note": ""}
    path = write(tmp_path / "x.xlsx", [{**shown, "from_on": "2024-03-01", **reviews}], "movements")
    (told,) = cells_of(path, "Phong trào")
    assert (told["Từ ngày"], told["Đến ngày"]) == (datetime(2024, 3, 1), "1890-05-19")  # noqa: DTZ001


def test_a_table_longer_than_a_sheet_goes_on(tmp_path, monkeypatch):
    """In "(2)" and "(3)", with the same headings, and no row twice or nowhere."""
    monkeypatch.setattr(export_sheets, "SHEET_ROWS_MAX", 2)
    path = write(tmp_path / "x.xlsx", [row(code=number) for number in range(1, 6)])
    sheets = [name for name in openpyxl.load_workbook(path).sheetnames if name.startswith("Đề cử và lý do")]
    assert sheets == ["Đề cử và lý do", "Đề cử và lý do (2)", "Đề cử và lý do (3)"]
    assert [one["Số"] for name in sheets for one in cells_of(path, name)] == [
        f"{number:04}" for number in range(1, 6)
    ]


async def test_office_programs_open_it(database, tmp_path):
    """LibreOffice reads the workbook of an office and finds its sheet of nominations as it was written."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    done = Done(database)
    await done.honoured("lan2", "minh", "NC", "Số hóa trọn vẹn kho lưu trữ của phòng.")
    path = await done.file(tmp_path, "xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,true,false,false,-1"
    command = ["soffice", "--headless", profile, "--convert-to", every_sheet, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)  # noqa: ASYNC221, S603
    with (tmp_path / "export-Đề cử và lý do.csv").open(encoding="utf-8", newline="") as file:
        (told,) = csv.DictReader(file)
    assert (told["Gương được đề cử"], told["Kỳ"]) == ("Nguyễn Thị Lan", "tháng 11/2026")
    assert told["Gửi lúc"] == "18/11/2026 08:00"
    assert len(list(tmp_path.glob("export-*.csv"))) == len(SHEETS)


# --- the data dictionary ---


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_every_column_has_a_meaning(locale):
    """A sentence for each, and headings and sheets that can be told apart."""
    texts = Texts(locale, ZONE)
    lines = dictionary_lines(texts)
    assert len(lines) == sum(len(table.columns) for table in SHEETS)
    for line in lines:
        meaning = str(line["meaning"])
        assert meaning.endswith("."), line
        assert not meaning.startswith("export."), line
        assert line["sort"]
    for table in SHEETS:
        headings = [texts.plain(column.heading) for column in table.columns]
        assert len(set(headings)) == len(headings), table.key
    sheets = [texts.plain(table.sheet) for table in SHEETS]
    assert len({name.casefold() for name in sheets}) == len(sheets)
    assert all(len(name) <= 31 - len(" (9)") for name in sheets)


async def test_every_query_has_the_columns_of_its_table(database):
    """What a table shows is what its query gives, whether there are rows or not; each can be counted."""
    assert [table.key for table in TABLES] == list(exports.TABLES)
    done = Done(database)
    await done.honoured("lan2", "minh", "NC", "Số hóa trọn vẹn kho lưu trữ của phòng.")
    scope = exports.Scope("0000-00", "9999-99")
    async with database.reading() as session:
        for table in TABLES:
            rows = [one async for piece in exports.read_rows(session, table.key, scope, 3) for one in piece]
            assert len(rows) == await exports.count_rows(session, table.key, scope)
            for one in rows[:1]:
                assert {column.of or column.key for column in table.columns} <= set(one.keys()), table.key


async def test_the_dictionary_stands_in_every_form(database, tmp_path):
    """A sheet, a .csv of the archive, an object of JSON: what a code means is found there."""
    done = Done(database)
    rows = cells_of(await done.file(tmp_path, "xlsx"), "Từ điển dữ liệu")
    state = next(one for one in rows if one["Tên trong JSON"] == "nominees.state")
    assert "honoured = Đã biểu dương" in state["Mã và nghĩa"]
    assert state["Cột"] == "Tình trạng"
    told = await done.whole(tmp_path)
    assert told["dictionary"]["nominees.state"]["codes"] == state["Mã và nghĩa"]
    assert len(told["dictionary"]) == len(rows)
