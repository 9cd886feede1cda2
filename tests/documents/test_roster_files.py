"""Roster files as people really send them: read whole, refused kindly, written to come back equal."""

import re
import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.documents.guarding import guarded
from bot.documents.roster_files import UnreadableFile, read_roster
from bot.documents.roster_workbook import (
    WORDS,
    write_people_csv,
    write_roster,
    write_template,
    write_units_csv,
)
from bot.domain.roles import Role
from bot.domain.roster import ExistingRoster, PersonRow, RawTable, UnitRow, check_roster
from bot.domain.writing import clean

VI = dict(
    zip(
        WORDS,
        (
            *("Đơn vị", "Nhân sự", "Hướng dẫn"),
            *("Mã đơn vị", "Tên đơn vị", "Tên tắt", "Trực thuộc", "Từ ngày", "Đến ngày"),
            *("Mã cán bộ", "Họ và tên", "Chức vụ", "Đơn vị", "Vai trò", "Điện thoại", "Telegram ID"),
            *("Phó cho đơn vị", "Từ ngày", "Đến ngày"),
            *("Nhân viên", "Trưởng đơn vị", "Cấp phó", "Thư ký", "Lãnh đạo"),
            "Mỗi người một dòng.\nVí dụ: CB001 | Nguyễn Thị Lan",
        ),
        strict=True,
    )
)
EN = dict(
    zip(
        WORDS,
        (
            *("Units", "People", "How to fill in"),
            *("code", "name", "short_names", "parent", "from", "to"),
            *("code", "full_name", "post", "unit", "role", "phone", "telegram_id", "deputy_of", "from", "to"),
            *("employee", "unit_head", "deputy", "secretariat", "leader"),
            "One person a row.",
        ),
        strict=True,
    )
)
HEADER = ["Mã", "Họ tên", "Đơn vị"]
ROW = ["CB01", "Nguyễn Thị Lan", "TH"]
CSV = "Mã,Họ tên,Đơn vị\nCB01,Nguyễn Thị Lan,TH\n"
UNITS = {
    "VP": UnitRow("VP", "Văn phòng", ("VP", "V/P"), None, date(2025, 7, 1)),
    "TH": UnitRow("TH", "Phòng Tổng hợp", (), "VP", None, date(2030, 12, 31)),
}
PEOPLE = {
    "001": PersonRow(
        "001", "Nguyễn Thị Lan", "=SUM(A1)", "TH", phone="+84912345678", telegram_id=7_000_000_001
    ),
    "-2": PersonRow("-2", "Trần Nam", "", "VP", frozenset({Role.EMPLOYEE, Role.LEADER}), "+66812345678"),
    "3": PersonRow(
        "3",
        "Lê Hoà",
        "Phó Trưởng phòng",
        "VP",
        frozenset(Role),
        "+842513822501",
        None,
        "TH",
        date(2026, 11, 5),
        date(2026, 12, 31),
    ),
}


def read(*files: tuple[str, bytes], max_rows: int = 100, max_bytes: int = 2_000_000) -> list[RawTable]:
    return read_roster(files, max_rows=max_rows, max_cells_bytes=max_bytes)


def refused(data: bytes, *, max_bytes: int = 2_000_000) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(("roster.xlsx", data), max_bytes=max_bytes)
    assert caught.value.values["file"] == "roster.xlsx"
    return caught.value.message_id


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def repacked(data: bytes, **replaced: bytes) -> bytes:
    """The package with parts added or replaced; `__` stands for `/` and `_DOT_` for a dot."""
    names = {name.replace("__", "/").replace("_DOT_", "."): part for name, part in replaced.items()}
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in names:
                new.writestr(name, old.read(name))
        for name, part in names.items():
            new.writestr(name, part)
    return kept.getvalue()


def assert_unchanged(tables: list[RawTable]) -> None:
    existing = ExistingRoster(UNITS, PEOPLE)
    found = check_roster(tables, existing, max_rows=100, today=date(2026, 11, 22), complete=True)
    assert found.problems == ()
    assert found.plan is not None
    assert found.plan.is_empty
    assert (found.plan.units_unchanged, found.plan.people_unchanged) == (len(UNITS), len(PEOPLE))


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        CSV.replace(",", ";").encode(),
        CSV.replace(",", "\t").encode("utf-16"),
        ("sep=;\r\n" + CSV.replace(",", ";")).encode(),
        "Ma\u0303,Ho\u0323 tên,Đơn vi\u0323\nCB01,Nguyê\u0303n Thi\u0323 Lan,TH\n".encode("cp1258"),
    ],
    ids=["utf-8", "bom", "utf-16", "semicolons", "tabs", "sep", "windows-1258"],
)
def test_text_in_every_usual_dress(data):
    """Encoding and delimiter are found from the content, whatever the file is called."""
    (table,) = read(("danh sach.xlsx", data))
    found = check_roster([table], ExistingRoster({"TH": UNITS["TH"]}), max_rows=9, today=date(2026, 11, 22))
    assert found.plan is not None
    assert found.plan.people_new == (PersonRow("CB01", "Nguyễn Thị Lan", "", "TH"),)
    assert (table.kind, table.rows[0][0]) == ("people", 2)


def test_a_workbook_as_clerks_make_them():
    """A title above, blank rows between, unknown sheets aside; rows keep the numbers Excel shows."""
    data = workbook(
        Sheet1=[["DANH SÁCH CÁN BỘ"], [], HEADER, ROW, [], ["CB02 ", "Nam", "TH"], [" ", None]],
        Ghichu=[["tùy ý"], ["x"]],
        donvi=[["Mã", "Tên"], ["TH", "Phòng Tổng hợp"]],
    )
    people, units = read(("a.csv", data))
    assert (people.kind, people.sheet, people.header, people.header_row) == ("people", "Sheet1", HEADER, 3)
    assert [(number, cells[:3]) for number, cells in people.rows] == [(4, ROW), (6, ["CB02 ", "Nam", "TH"])]
    assert (units.kind, units.sheet) == ("units", "donvi")


def test_numbers_dates_and_text_come_as_excel_keeps_them():
    """A phone typed as a number, a day, a number typed as text: the check gets what the cell holds."""
    header = ["Mã", "Họ tên", "Đơn vị", "SĐT", "Telegram", "Phó cho đơn vị", "Từ ngày"]
    data = workbook(People=[header, [1, "Lan Anh", "VP", 912345678, "1001", "TH", date(2026, 11, 5)]])
    found = check_roster(read(("a.xlsx", data)), ExistingRoster(UNITS), max_rows=9, today=date(2026, 11, 22))
    assert found.plan is not None
    (lan,) = found.plan.people_new
    assert (lan.code, lan.phone, lan.telegram_id) == ("1", "+84912345678", 1001)
    assert (lan.deputy_of, lan.deputy_from) == ("TH", date(2026, 11, 5))


def test_formulas_give_their_value_or_are_named():
    """What Excel computed is read; a formula that was never computed is a problem, not an empty cell."""
    kept = BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet("People")
        for row, cells in enumerate([HEADER, ROW]):
            sheet.write_row(row, 0, cells)
        sheet.write_formula(1, 1, '="Lan "&"Anh"', None, "Lan Anh")
    (table,) = read(("a.xlsx", kept.getvalue()))
    assert table.rows[0][1][:3] == ["CB01", "Lan Anh", "TH"]
    (table,) = read(("a.xlsx", workbook(People=[HEADER, ["CB01", '="Lan "&"Anh"', "TH"]])))
    found = check_roster([table], ExistingRoster(UNITS), max_rows=9, today=date(2026, 11, 22))
    assert [(p.row, p.column, p.message_id) for p in found.problems] == [(2, "Họ tên", "roster.cell.formula")]


def test_a_unit_merged_over_several_people_is_everyones():
    """A cell merged downwards stands in each row beside it, and makes no row out of a blank one."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEADER, ["CB01", "Lan Anh", "TH"], ["CB02", "Trần Nam"], [], ["CB03", "Lê Hoa", "VP"]):
        sheet.append(row)
    sheet.merge_cells("C2:C4")
    (table,) = read(("a.xlsx", saved(book)))
    assert [(number, cells[2]) for number, cells in table.rows] == [(2, "TH"), (3, "TH"), (5, "VP")]


def test_an_unrecognised_table_is_read_as_people():
    """So that what is missing in its header gets explained."""
    (table,) = read(("a.csv", "Tên gọi,Lương\nLan,1\n".encode()))
    assert (table.kind, table.header) == ("people", ["Tên gọi", "Lương"])
    (table,) = read(("units.csv", "Mã,Lương\nTH,1\n".encode()))
    assert table.kind == "units"


@pytest.mark.parametrize(
    ("data", "message_id"),
    [
        (b"", "roster.file.empty"),
        (b"\n ,\n", "roster.file.no_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "roster.file.old_excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "roster.file.encrypted",
        ),
        (b"PK\x03\x04 and then nothing", "roster.file.damaged"),
        (b"%PDF-1.7 ...", "roster.file.not_spreadsheet"),
        (b"<html><table><tr><td>M\xc3\xa3</td></tr></table>", "roster.file.not_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "roster.file.not_spreadsheet"),
        (b"\xff\xfe\x00", "roster.file.not_spreadsheet"),
        (b'M\xc3\xa3,T\xc3\xaan\n"' + b"x" * 140_000 + b'",y\n', "roster.file.damaged"),
    ],
)
def test_what_is_no_roster_is_refused_with_a_reason(data, message_id):
    """By its content: an old .xls, a password, a picture, a page, half a file."""
    assert refused(data) == message_id


def test_packages_that_are_refused():
    """Macros, a document that is no workbook, a part that is broken XML or an explosion of entities."""
    good = workbook(People=[HEADER, ROW])
    assert refused(repacked(good, xl__vbaProject_DOT_bin=b"x")) == "roster.file.macros"
    document = BytesIO()
    with zipfile.ZipFile(document, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<w/>")
    assert refused(document.getvalue()) == "roster.file.not_spreadsheet"
    assert refused(repacked(good, xl__worksheets__sheet1_DOT_xml=b"<sheet")) == "roster.file.damaged"
    lines = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)]
    laughs = f'<!DOCTYPE w [<!ENTITY e0 "ha">{"".join(lines)}]><w>&e11;</w>'.encode()
    assert refused(repacked(good, xl__worksheets__sheet1_DOT_xml=laughs)) == "roster.file.damaged"
    assert refused(good[: len(good) // 2]) == "roster.file.damaged"


def test_sizes_are_capped_before_unpacking():
    """What unpacks to much, text over the limit, rows over the limit: none is read to its end."""
    bomb = repacked(workbook(People=[HEADER]), xl__media__image1_DOT_png=b"\0" * 3_000_000)
    assert len(bomb) < 20_000
    assert refused(bomb) == "roster.file.too_large"
    assert refused(CSV.encode() * 10, max_bytes=100) == "roster.file.too_large"
    (table,) = read(("a.csv", (CSV + "CB01,Lan Anh,TH\n" * 500).encode()), max_rows=10)
    assert 10 < len(table.rows) < 50


def test_a_row_at_the_end_of_the_world_is_reached_and_not_beyond():
    """A cell in Excel's last row is read with its number; a row number that cannot be is passed over."""
    good = workbook(People=[HEADER, ROW])
    with zipfile.ZipFile(BytesIO(good)) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
    for number, expected in ((1_048_576, [1_048_576]), (999_999_999_999, [])):
        moved = re.sub(
            r'<row r="2"', f'<row r="{number}"', re.sub(r'r="([A-C])2"', rf'r="\g<1>{number}"', xml)
        )
        data = repacked(good, xl__worksheets__sheet1_DOT_xml=moved.encode())
        (table,) = read(("a.xlsx", data))
        assert [row for row, _ in table.rows] == expected


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
def test_what_is_written_comes_back_equal(tmp_path: Path, words):
    """Export and import again, as a workbook or as .csv: nothing changes."""
    book, people_csv, units_csv = (tmp_path / name for name in ("a.xlsx", "b.csv", "c.csv"))
    write_roster(book, UNITS.values(), PEOPLE.values(), words)
    write_people_csv(people_csv, PEOPLE.values(), words)
    write_units_csv(units_csv, UNITS.values(), words)
    assert_unchanged(read((book.name, book.read_bytes())))
    assert_unchanged(read(*((path.name, path.read_bytes()) for path in (people_csv, units_csv))))


def test_nothing_written_is_a_formula(tmp_path: Path):
    """In the workbook all is text, in the .csv no cell begins as a formula does."""
    book, text = tmp_path / "a.xlsx", tmp_path / "b.csv"
    write_roster(book, UNITS.values(), PEOPLE.values(), VI)
    write_people_csv(text, PEOPLE.values(), VI)
    cells = [cell for row in openpyxl.load_workbook(book)["Nhân sự"].rows for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not re.search(r"(^|,|\")[=+\-@\t\r]", text.read_text("utf-8-sig"), re.MULTILINE)


def test_the_template_is_ready_to_fill_in(tmp_path: Path):
    """It is understood as it stands, offers roles and units, and holds no example as data."""
    path = tmp_path / "template.xlsx"
    write_template(path, VI)
    tables = read((path.name, path.read_bytes()))
    assert [(table.kind, table.rows) for table in tables] == [("people", []), ("units", [])]
    book = openpyxl.load_workbook(path)
    sheet = book["Nhân sự"]
    assert sheet.freeze_panes == "C2"
    assert sheet.column_dimensions["A"].number_format == "@"
    offered = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert offered["E2:E501"] == '"Nhân viên,Trưởng đơn vị,Cấp phó,Thư ký,Lãnh đạo"'
    assert offered["D2:D501"] == "'Đơn vị'!$A$2:$A$500"
    assert book["Hướng dẫn"]["A2"].value == "Ví dụ: CB001 | Nguyễn Thị Lan"


TEXTS = st.text("aăđêộ'=+-@,;\"/\n", max_size=8).map(lambda text: clean(text, multiline=False))
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2090, 12, 31))
CODES = st.text("AĐ019=+-@'", min_size=1, max_size=4)


@st.composite
def rosters(draw: st.DrawFn) -> ExistingRoster:
    """A database's roster: codes that need guarding, odd posts, deputies with and without days."""
    units: dict[str, UnitRow] = {}
    for code in draw(st.lists(CODES, min_size=1, max_size=3, unique=True)):
        name, parent = f"Phòng {draw(TEXTS)}".strip(), next(iter(units), None)
        units[code] = UnitRow(code, name, (f"P.{code}",), parent, draw(DAYS))
    people: dict[str, PersonRow] = {}
    for number, code in enumerate(draw(st.lists(CODES, max_size=4, unique=True))):
        phones = [f"+8491234567{number}", f"+84251382250{number}", f"+6681234567{number}"]
        deputy_of = draw(st.none() | st.sampled_from(list(units)))
        roles = draw(st.frozensets(st.sampled_from([Role.EMPLOYEE, Role.SECRETARIAT, Role.LEADER])))
        people[code] = PersonRow(
            code,
            draw(st.sampled_from(["Nguyễn Thị Lan", "Lê Hoà (A)", "Đỗ-Vũ Ý"])),
            draw(TEXTS),
            draw(st.sampled_from(list(units))),
            roles | {Role.EMPLOYEE} | ({Role.DEPUTY} if deputy_of else set()),
            draw(st.none() | st.sampled_from(phones)),
            draw(st.none() | st.integers(number * 10**9 + 1, number * 10**9 + 10**8)),
            deputy_of,
            draw(DAYS) if deputy_of else None,
        )
    return ExistingRoster(units, people)


@settings(max_examples=60, deadline=None)
@given(rosters())
def test_any_roster_comes_back_equal(roster):
    """What the database can hold, written in any way and imported again, is an empty plan."""
    with TemporaryDirectory() as folder:
        book, people, units = (Path(folder, name) for name in ("a.xlsx", "people.csv", "units.csv"))
        write_roster(book, roster.units.values(), roster.people.values(), VI)
        write_people_csv(people, roster.people.values(), VI)
        write_units_csv(units, roster.units.values(), VI)
        for paths in ([book], [people, units]):
            tables = read(*((path.name, path.read_bytes()) for path in paths))
            found = check_roster(tables, roster, max_rows=100, today=date(2026, 11, 22), complete=True)
            assert found.problems == ()
            assert found.plan is not None
            assert found.plan.is_empty


@given(st.text("'=+-@\t\rax", max_size=6))
def test_a_guard_is_taken_away_exactly_once(text):
    """Whatever text goes out into a .csv comes back the same."""
    written = guarded(text)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    (table,) = read(("people.csv", f'Mã,Họ tên,Đơn vị\nCB01,"{written}",TH\n'.encode()))
    assert table.rows[0][1][1] == text


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_file_is_refused_or_read(data):
    """Bytes changed at random in a workbook never end in anything but tables or a refusal."""
    good = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        tables = read(("a.xlsx", bytes(good)))
    except UnreadableFile:
        return
    assert tables


GOOD = workbook(People=[HEADER, ROW])
