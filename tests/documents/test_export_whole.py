"""The export as a whole: what is asked for, in which form, in pieces."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest

from bot.documents.export_tables import SHEETS
from bot.domain.nominations import NominationId
from bot.domain.people import Person
from bot.domain.periods import Period
from bot.operations import foster
from bot.operations.answer_for_unit import answer_nobody
from bot.operations.erase_person import erase_person
from storage.database import Session
from tests.documents.export_office import CONFIG, SECRET, Done
from tests.office import START

SHOWN_AT = datetime(2026, 11, 18, 8)  # noqa: DTZ001 - cells have no zone


@pytest.fixture
def done(database) -> Done:
    """The office before anything is done."""
    return Done(database)


def said(rows: list[dict[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    """Some columns of rows."""
    return [tuple(row[column] for column in columns) for row in rows]


async def test_periods_and_units_are_filtered(done, tmp_path):
    """A month does not tell of its quarter, a unit not of another; a quarter tells of its months."""
    number = await done.nominate("lan", "lan2")
    await done.choose("minh", (number, "Số hóa trọn vẹn kho lưu trữ của phòng."))
    await done.nominate("lan", "tuan")
    done.now = datetime(2027, 1, 6, 2, tzinfo=UTC)
    quarter = Period(date(2026, 10, 1), 3)
    await done.choose("minh", (number, "Cả quý giữ được nếp làm ấy."), period=quarter)

    async def nobody(session: Session, me: Person) -> None:
        await answer_nobody(session, me, me.unit_id, quarter, "", CONFIG, done.now)

    await done.act("hoa", nobody)
    for period, unit, expected in (
        ("2026-11", "", [("NC", "2026-11")]),
        ("2026-Q4", "", [("NC", "2026-11"), ("NC", "2026-Q4"), ("TH", "2026-Q4")]),
        ("2026", "TH", [("TH", "2026-Q4")]),
        ("2026-10", "", []),
        ("", "NC", [("NC", "2026-11"), ("NC", "2026-Q4")]),
    ):
        made = await done.tables(tmp_path, period, unit)
        assert said(made["answers"], "unit_code", "period") == expected
    assert said(made["choices"], "period", "reason") == [
        ("2026-11", "Số hóa trọn vẹn kho lưu trữ của phòng."),
        ("2026-Q4", "Cả quý giữ được nếp làm ấy."),
    ]


async def test_every_table_is_a_sheet_and_a_file(done, tmp_path):
    """In a workbook days are days, each sheet has headings and a filter; in the archive each is a .csv."""
    exemplar = await done.honoured("lan2", "minh", "NC", "=1+1 Số hóa trọn vẹn kho lưu trữ.")

    async def guide(session: Session, me: Person) -> None:
        mentor = await done.person(session, "duc")
        begun = await foster.begin(session, me, exemplar, mentor.id, "Hướng dẫn phòng khác", CONFIG, done.now)
        await foster.add_step(session, me, begun.id, "Soạn tài liệu", date(2026, 11, 25), CONFIG, done.now)

    await done.act("minh", guide)
    book = openpyxl.load_workbook(await done.file(tmp_path, "xlsx"))
    assert len(book.sheetnames) == len(SHEETS)
    for table, sheet in zip(SHEETS[1:], book.worksheets[1:], strict=True):
        assert sheet.max_column == len(table.columns)
        assert all(cell.value for cell in sheet[1])
        assert sheet.auto_filter.ref
    steps = book["Bồi dưỡng"]
    headings = [cell.value for cell in steps[1]]
    assert steps.cell(2, headings.index("Hạn") + 1).value == datetime(2026, 11, 25)  # noqa: DTZ001 - cells have no zone
    shown = book["Gương điển hình"]
    headings = [cell.value for cell in shown[1]]
    assert shown.cell(2, headings.index("Biểu dương lúc") + 1).value == SHOWN_AT
    assert shown.cell(2, headings.index("Nơi biểu dương") + 1).value == "gửi toàn cơ quan, trong đơn vị"
    with zipfile.ZipFile(await done.file(tmp_path, "zip")) as archive:
        names = archive.namelist()
        assert names[0] == "01-tong-hop.csv"
        assert len(names) == len(SHEETS)
        entry = next(name for name in names if "guong-duoc-chon" in name)
        rows = list(csv.DictReader(io.StringIO(archive.read(entry).decode("utf-8-sig"))))
    assert [row["Lý do chọn"] for row in rows] == ["'=1+1 Số hóa trọn vẹn kho lưu trữ."]
    assert rows[0]["Lúc"] == "2026-11-18 08:00"


async def test_long_tables_come_in_pieces(done, tmp_path, monkeypatch):
    """However short a piece is, every row comes once and in order."""
    for whom in ("lan2", "duc", "minh"):
        await done.nominate("lan", whom)
    numbers = [row["id"] for row in await _rows(done, "select id from nominations order by id")]
    await done.choose("minh", *((NominationId(number), f"Lý do thứ {number}") for number in numbers))
    whole = await done.tables(tmp_path)
    for size in (1, 2, 3):
        monkeypatch.setattr("bot.operations.export_nominations.PIECE", size)
        assert await done.tables(tmp_path) == whole


async def _rows(done: Done, statement: str) -> list[dict[str, Any]]:
    async with done.database.reading() as session:
        return [dict(row) for row in await session.fetch(statement)]


async def test_who_was_erased_is_told_as_removed(done, tmp_path):
    """The name and the words of who asked for deletion are nowhere; what was decided stays."""
    exemplar = await done.honoured("lan2", "minh", "NC", "Số hóa trọn vẹn kho lưu trữ của phòng.")

    async def leave(session: Session, me: Person) -> None:
        await erase_person(session, me, START.date(), done.now)

    await done.act("lan2", leave)
    made = await done.tables(tmp_path)
    gone = "(đã xóa theo yêu cầu)"
    assert said(made["exemplars"], "code", "nominee", "representative") == [(exemplar.id, gone, gone)]
    assert {row["nominee"] for table in ("choices", "consents", "honours") for row in made[table]} == {gone}
    assert "Số hóa trọn vẹn" not in json.dumps(made, ensure_ascii=False)
    assert SECRET not in json.dumps(made, ensure_ascii=False)
