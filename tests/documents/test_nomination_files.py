"""Files of many nominations: the template comes back as it went out, and every bad row is found at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from bot.documents.nomination_workbook import COLUMNS, Lists, headings, write_nomination_template
from bot.documents.roster_files import UnreadableFile, read_roster
from bot.documents.roster_report import problem_line
from bot.domain.nomination_table import Known, NominationCheck, check_nominations
from bot.domain.nominations import Kind, Movement, MovementId, NomineeKind
from bot.domain.people import PersonId, UnitId
from bot.domain.periods import Period
from bot.domain.roster import ExistingRoster, PersonRow, RowProblem, UnitRow
from bot.domain.roster_columns import field_of
from bot.texts import KINDS, Texts

VI = Texts("vi", ZoneInfo("Asia/Ho_Chi_Minh"))
EN = Texts("en", ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY = date(2026, 11, 18)
NOVEMBER = Period(date(2026, 11, 1), 1)
STORY = "Ba tháng qua đã hướng dẫn hơn 200 lượt người dân nộp hồ sơ trực tuyến, giảm nửa thời gian chờ."
UNITS = {
    "NC": UnitRow("NC", "Phòng Nội chính", ("NC",)),
    "TH": UnitRow("TH", "Phòng Tổng hợp", ("TH",)),
    "NC2": UnitRow("NC2", "Phòng Nội chính", (), None, date(2020, 1, 1), date(2021, 1, 1)),
}
PEOPLE = {
    "lan": PersonRow("lan", "Nguyễn Thị Lan", "Chuyên viên", "TH"),
    "lan2": PersonRow("lan2", "Nguyễn Thị Lan", "Văn thư", "NC"),
    "duc": PersonRow("duc", "Đỗ Minh Đức", "Chuyên viên", "NC"),
    "tuan": PersonRow("tuan", "Bùi Anh Tuấn", "Chuyên viên", "TH"),
    "cu": PersonRow("cu", "Phan Văn Cũ", "Chuyên viên", "NC"),
}
KNOWN = Known(
    ExistingRoster(UNITS, PEOPLE, frozenset({"xoa"}), frozenset({"cu"})),
    {code: PersonId(number) for number, code in enumerate([*PEOPLE, "xoa"], 1)},
    {code: UnitId(number) for number, code in enumerate(UNITS, 1)},
    (
        Movement(
            MovementId(1), "Vì người nghèo - không để ai bị bỏ lại phía sau", "", None, date(2025, 12, 31)
        ),
        Movement(MovementId(2), "Thi đua thực hiện văn hóa công sở"),
    ),
)
HEADER = list(headings(VI).values())


def row(**cells: object) -> list[object]:
    """A good row, but for what is said otherwise."""
    usual: dict[str, object] = {
        "nominator": "Bùi Anh Tuấn",
        "nominee": "Đỗ Minh Đức",
        "story": STORY,
        "dated_on": "10/11/2026",
    }
    return [{**usual, **cells}.get(column) for column in COLUMNS]


def book(*rows: Sequence[object]) -> bytes:
    """A filled-in workbook."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Đề cử"
    for cells in (HEADER, *rows):
        sheet.append(list(cells))
    held = BytesIO()
    made.save(held)
    return held.getvalue()


def check(*rows: Sequence[object], known: Known = KNOWN) -> NominationCheck:
    """The check of such a workbook on the 18th of November."""
    return check_file(book(*rows), "de-cu.xlsx", known)


def check_file(content: bytes, name: str, known: Known = KNOWN) -> NominationCheck:
    tables = read_roster([(name, content)], max_rows=200, max_cells_bytes=2**24, kinds=("nominations",))
    return check_nominations(
        tables, known, today=TODAY, this_month=NOVEMBER, is_closed=lambda period: period < NOVEMBER
    )


def place(problem: RowProblem) -> tuple[int | None, str | None, str]:
    return problem.row, problem.column, problem.message_id


def test_good_rows_are_read_as_people_write_them():
    """Names and kinds without accents, titles, codes, an Excel date, a movement by a part of its name."""
    result = check(
        row(nominator="bui anh tuan", nominee="đ/c Đỗ Minh Đức", kind="nguoi tot, viec tot"),
        row(nominator="TUAN", nominee="lan2", kind="DIEN HINH TIEN TIEN", dated_on=date(2026, 11, 9)),
        row(nominee="Nguyen Thi Lan", nominee_unit="phong tong hop", kind="Nhân tố mới"),
        row(form="tap the", nominee="Tổ tiếp nhận hồ sơ", nominee_unit="NC", movement="van hoa cong so"),
        row(form="Tập thể", nominee="Phòng Tổng hợp", kind="cách làm hay"),
        row(form="mô hình, cách làm", nominee="Một cửa thân thiện", nominee_unit="TH"),
    )
    assert not result.problems
    drafts = [one.draft for one in result.good]
    assert [draft.kind for draft in drafts] == [
        *(Kind.GOOD_DEED, Kind.EXEMPLAR, Kind.NEW_FACTOR),
        *(Kind.GOOD_DEED, Kind.GOOD_WAY, Kind.NEW_MODEL),
    ]
    assert [draft.nominee_id for draft in drafts[:3]] == [3, 2, 1]
    assert drafts[3].movement_id == 2
    assert (drafts[4].nominee_kind, drafts[4].unit_id) == (NomineeKind.GROUP, 2)
    assert result.good[1].dated_on == date(2026, 11, 9)


BAD = {
    "nobody called so": (row(nominator="Không Có Ai"), "Người đề cử", "paper_file.unknown_person"),
    "two called so": (row(nominator="Nguyễn Thị Lan"), "Người đề cử", "paper_file.ambiguous_person"),
    "nominee: two called so": (
        row(nominee="Lan Nguyễn Thị"),
        "Người được đề cử",
        "paper_file.unknown_person",
    ),
    "no nominator": (row(nominator=""), "Người đề cử", "roster.cell.missing"),
    "no nominee": (row(nominee=None), "Người được đề cử", "roster.cell.missing"),
    "not of that unit": (
        row(nominator_unit="NC"),
        "Người đề cử",
        "paper_file.other_unit",
    ),
    "no such unit": (row(nominee_unit="Phòng Trăng"), "Đơn vị được đề cử", "roster.cell.unknown_unit"),
    "has left": (row(nominee="Phan Văn Cũ"), "Người được đề cử", "paper_file.left"),
    "asked for deletion": (row(nominator="xoa"), "Người đề cử", "paper_file.erased"),
    "oneself": (row(nominee="Bùi Anh Tuấn"), "Người được đề cử", "paper_file.self"),
    "no such kind": (row(kind="Giỏi việc nước"), "Loại gương", "paper_file.unknown_kind"),
    "no such form": (row(form="Con mèo"), "Đối tượng", "paper_file.unknown_form"),
    "no such movement": (row(movement="Phong trào lạ"), "Phong trào", "paper_file.unknown_movement"),
    "movement over": (row(movement="Vì người nghèo"), "Phong trào", "paper_file.movement_not_then"),
    "no story": (row(story="  "), "Việc làm, kết quả", "roster.cell.missing"),
    "story too short": (row(story="Giúp dân."), "Việc làm, kết quả", "paper_file.story_too_short"),
    "story too long": (row(story="Giúp dân nộp. " * 120), "Việc làm, kết quả", "paper_file.story_too_long"),
    "story says nothing": (row(story="tốt " * 20), "Việc làm, kết quả", "story.repeated"),
    "story of figures": (row(story="123 " * 20), "Việc làm, kết quả", "story.no_letters"),
    "a day to come": (row(dated_on="19/11/2026"), "Ngày ghi phiếu", "paper.day_ahead"),
    "a day long ago": (row(dated_on=date(2025, 1, 2)), "Ngày ghi phiếu", "paper.day_too_old"),
    "no such day": (row(dated_on="31/02/2026"), "Ngày ghi phiếu", "roster.cell.bad_date"),
    "no day": (row(dated_on=""), "Ngày ghi phiếu", "roster.cell.missing"),
    "group without unit": (
        row(form="Tập thể", nominee="Tổ một cửa"),
        "Đơn vị được đề cử",
        "paper_file.unit_needed",
    ),
    "group of one letter": (
        row(form="Tập thể", nominee="A", nominee_unit="NC"),
        "Người được đề cử",
        "name.too_short",
    ),
    "formula": (row(nominee="=A2"), "Người được đề cử", "roster.cell.formula"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_is_told_by_its_cell(name):
    """Where it is, and what to do; nothing of it is entered."""
    cells, column, message_id = BAD[name]
    result = check(cells)
    assert [place(problem) for problem in result.problems] == [(2, column, message_id)]
    assert result.good == ()
    for texts in (VI, EN):
        line = problem_line(texts, result.problems[0])
        assert "dòng 2" in line or "2" in line
        assert message_id not in line


def test_every_bad_row_of_a_file_is_found_at_once():
    """All of them, each at its row, and the good ones between them can be entered."""
    rows = [cells for cells, _, _ in BAD.values()]
    result = check(row(), *rows, row(nominator="duc", nominee="tuan"))
    assert [problem.row for problem in result.problems] == list(range(3, 3 + len(rows)))
    assert [one.number for one in result.good] == [2, 3 + len(rows)]


def test_a_row_with_several_mistakes_names_each():
    """Nothing has to be mended twice."""
    result = check(row(nominator="Ai Đó", kind="lạ", story="ngắn", dated_on="hôm nào"))
    assert [problem.message_id for problem in result.problems] == [
        "paper_file.unknown_person",
        "roster.cell.bad_date",
        "paper_file.unknown_kind",
        "paper_file.story_too_short",
    ]


def test_the_codes_of_homonyms_are_said():
    """With the unit of each, so that the clerk can choose."""
    (problem,) = check(row(nominee="Nguyễn Thị Lan")).problems
    assert "lan (Phòng Tổng hợp), lan2 (Phòng Nội chính)" in problem_line(VI, problem)


def test_rows_that_say_the_same_are_entered_once():
    """Same nominator, nominee and period: the later row is told; another nominee is another nomination."""
    result = check(row(), row(dated_on="11/11/2026"), row(nominee="lan"), row(nominator="lan2"))
    assert [place(problem) for problem in result.problems] == [
        (3, "Người được đề cử", "paper_file.duplicate")
    ]
    assert [one.number for one in result.good] == [2, 4, 5]


def test_what_is_there_already_is_passed_over():
    """By the period; by the sheet's day where the unit has answered since, so that it would be another."""
    tuan = KNOWN.person_ids["tuan"]
    by_period = replace(KNOWN, entered=frozenset({(tuan, "p:3", "2026-11")}))
    assert check(row(), known=by_period).already == (2,)
    answered = {UnitId(1): frozenset({"2026-11"})}
    by_day = replace(KNOWN, entered=frozenset({(tuan, "p:3", "2026-11-10")}), answered=answered)
    assert check(row(), known=by_day).already == (2,)
    assert check(row(nominator="lan"), known=by_day).good


@pytest.mark.parametrize("texts", [VI, EN])
def test_the_template_is_read_back(tmp_path: Path, texts: Texts):
    """Its headings are understood, its lists are what the check takes, and empty it brings nothing."""
    path = tmp_path / "mau.xlsx"
    lists = Lists([unit.name for unit in UNITS.values()], [one.name for one in KNOWN.movements])
    limits = {"minimum": "50", "maximum": "1.500", "rows": "500"}
    write_nomination_template(path, texts, lists, limits)
    result = check_file(path.read_bytes(), "mau.xlsx")
    assert (result.problems, result.good) == ((), ())
    opened = openpyxl.load_workbook(path)
    sheet = opened.worksheets[0]
    named = [str(cell.value) for cell in sheet[1]]
    assert [field_of("nominations", heading) for heading in named] == list(COLUMNS)
    offered = opened.worksheets[2]
    assert len(sheet.data_validations.dataValidation) == 5
    kinds = [cell.value for cell in offered["D"][1:] if cell.value]
    assert kinds == [texts.plain(message_id) for message_id in KINDS.values()]
    forms = [cell.value for cell in offered["B"][1:] if cell.value]
    for kind in kinds:
        assert not check(row(kind=kind)).problems
    for form in forms:
        assert not check(row(form=form, nominee="lan", nominee_unit="TH")).problems


def test_a_csv_of_excel_is_read_too():
    """With semicolons and a mark, and commas in the story."""
    lines = [";".join(HEADER), ";".join(str(cell or "") for cell in row())]
    result = check_file("\r\n".join(lines).encode("utf-8-sig"), "de-cu.csv")
    assert [one.draft.story for one in result.good] == [STORY]


def test_other_files_are_explained():
    """A file without its columns says which are missing; what is no table is refused."""
    result = check_file("Họ tên,Tuổi\nLan,30\n".encode(), "la.csv")
    missing = [problem.values["field"] for problem in result.problems if "field" in problem.values]
    assert missing == ["nominator", "nominee", "story", "dated_on"]
    assert all(problem_line(VI, problem) for problem in result.problems)
    with pytest.raises(UnreadableFile):
        check_file(b"%PDF-1.4 ...", "de-cu.xlsx")


def test_a_file_is_not_longer_than_can_be_entered_at_once():
    """More than two hundred rows are refused as a whole."""
    result = check(*(row(nominator="lan", nominee="duc") for _ in range(201)))
    assert [problem.message_id for problem in result.problems][-1] == "roster.table.too_many_rows"
    assert result.good == ()
