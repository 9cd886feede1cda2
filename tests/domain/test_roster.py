"""The roster a file brings: what is refused, row by row, and what importing it would change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.phones import normal_phone
from bot.domain.role_words import parse_roles
from bot.domain.roles import Role
from bot.domain.roster import (
    ExistingRoster,
    PersonRow,
    RawTable,
    RosterCheck,
    RosterPlan,
    UnitRow,
    check_roster,
)
from bot.domain.roster_columns import Kind, kind_of_sheet, kind_of_table

Cells = Sequence[object]

TODAY = date(2026, 11, 22)
HCTC = UnitRow("HCTC", "Phòng Hành chính - Tổ chức", ("HCTC", "P. HCTC"))
TH = UnitRow("TH", "Phòng Tổng hợp", ("PTH",))
OFFICE = ExistingRoster(units={"HCTC": HCTC, "TH": TH})
UNIT_HEADER = ["code", "name", "short_names", "parent", "from", "to"]
HEADER = ["code", "full_name", "post", "unit", "role", "phone", "telegram_id"]
LAN = PersonRow("CB01", "Nguyễn Thị Lan", "Chuyên viên", "HCTC", phone="+84912345678", telegram_id=1001)
LAN_CELLS = ["CB01", "Nguyễn Thị Lan", "Chuyên viên", "HCTC", "employee", "0912345678", 1001]


def table(kind: Kind, header: list[str], *rows: Cells) -> RawTable:
    return RawTable(kind, list(header), list(enumerate(map(list, rows), start=2)), kind)


def people(*rows: Cells, header: list[str] = HEADER) -> RawTable:
    return table("people", header, *rows)


def check(
    *tables: RawTable, existing: ExistingRoster = OFFICE, max_rows: int = 1000, complete: bool = False
) -> RosterCheck:
    return check_roster(tables, existing, max_rows=max_rows, today=TODAY, complete=complete)


def problems(*tables: RawTable, **options: Any) -> list[tuple[str, int | None, str | None, str]]:
    found = check(*tables, **options)
    assert found.plan is None or not found.problems
    return [(p.sheet, p.row, p.column, p.message_id) for p in found.problems]


def plan(*tables: RawTable, **options: Any) -> RosterPlan:
    found = check(*tables, **options)
    assert found.problems == ()
    assert found.plan is not None
    return found.plan


def with_people(*existing: PersonRow, **more: frozenset[str]) -> ExistingRoster:
    return ExistingRoster(OFFICE.units, {person.code: person for person in existing}, **more)


def test_new_people_come_as_the_file_says():
    """Everyone is an employee too, and the unit may be named by code, name or short name, however written."""
    found = plan(
        people(
            LAN_CELLS,
            ["CB02", "Trần Văn Nam", "Trưởng phòng", "phong tong hop", "Trưởng đơn vị", "", ""],
            ["CB03", "Lê Hòa", None, "p.hctc", "thư ký; CẤP PHÓ", None, None],
        )
    )
    assert found.people_new == (
        LAN,
        PersonRow("CB02", "Trần Văn Nam", "Trưởng phòng", "TH", frozenset({Role.EMPLOYEE, Role.UNIT_HEAD})),
        PersonRow(
            "CB03",
            "Lê Hòa",
            "",
            "HCTC",
            frozenset({Role.EMPLOYEE, Role.SECRETARIAT, Role.DEPUTY}),
            deputy_of="HCTC",
        ),
    )


def test_vietnamese_headers_are_understood():
    """Headers as a clerk writes them, decomposed accents, stars and a running number among them."""
    header = ["STT", "Mã cán bộ", "Họ và tên (*)", "CHỨC VỤ", "Phòng ban", "Vai trò", "SĐT", "Telegram ID"]
    found = plan(people([1, *LAN_CELLS], header=header))
    assert found.people_new == (LAN,)


@pytest.mark.parametrize(
    ("cell", "message_id"),
    [
        ({"code": ""}, "roster.cell.missing"),
        ({"code": "X" * 33}, "roster.cell.too_long"),
        ({"full_name": None}, "roster.cell.missing"),
        ({"full_name": "Lan 2"}, "roster.cell.name_digits"),
        ({"full_name": "L"}, "roster.cell.name_short"),
        ({"full_name": "Lan <b>"}, "roster.cell.name_characters"),
        ({"full_name": "Lan" * 40}, "roster.cell.too_long"),
        ({"full_name": "=…"}, "roster.cell.formula"),
        ({"full_name": "#REF!"}, "roster.cell.formula"),
        ({"post": "x" * 201}, "roster.cell.too_long"),
        ({"unit": ""}, "roster.cell.missing"),
        ({"unit": "Phòng Không Có"}, "roster.cell.unknown_unit"),
        ({"role": "vua"}, "roster.cell.unknown_role"),
        ({"phone": "12345"}, "roster.cell.bad_phone"),
        ({"phone": "0912345678, 0987654321"}, "roster.cell.bad_phone"),
        ({"phone": True}, "roster.cell.bad_phone"),
        ({"telegram_id": "@lan"}, "roster.cell.bad_telegram_id"),
        ({"telegram_id": 12.5}, "roster.cell.bad_telegram_id"),
        ({"telegram_id": -7}, "roster.cell.bad_telegram_id"),
        ({"telegram_id": 2**52}, "roster.cell.bad_telegram_id"),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(cell, message_id):
    """Each bad cell is one problem, with the row's number and the heading as the person sees them."""
    (field,) = cell
    cells = dict(zip(HEADER, LAN_CELLS, strict=True)) | cell
    assert problems(people(list(cells.values()))) == [("people", 2, field, message_id)]


def test_every_problem_of_every_row_is_listed():
    """A clerk mends a file once: all that is wrong with a row, and all wrong rows, in the file's order."""
    found = problems(
        table("units", UNIT_HEADER, ["VP", "", "", "XX", "31/12/2026", "1/1/2026"]),
        people(
            ["CB01", "Lan 1", "", "??", "", "09", "x"],
            ["", "", "", "", "", "", ""],
            ["", "Nam", "", "TH", "", "", ""],
        ),
    )
    assert found == [
        ("units", 2, "name", "roster.cell.missing"),
        ("units", 2, "to", "roster.row.from_after_to"),
        ("units", 2, "parent", "roster.cell.unknown_unit"),
        ("people", 2, "full_name", "roster.cell.name_digits"),
        ("people", 2, "unit", "roster.cell.unknown_unit"),
        ("people", 2, "phone", "roster.cell.bad_phone"),
        ("people", 2, "telegram_id", "roster.cell.bad_telegram_id"),
        ("people", 4, "code", "roster.cell.missing"),
    ]


def test_headers_are_checked():
    """A missing, an unknown, a doubled heading and a column without one are told, not guessed."""
    header = ["Mã", "Mã số", "Lương", "", "Họ tên"]
    found = check(people(["CB01", "CB01", "1", "x", "Lan"], header=header)).problems
    assert [(p.row, p.column, p.message_id, dict(p.values)) for p in found] == [
        (1, "Mã số", "roster.header.duplicate", {"other": "Mã"}),
        (1, "Lương", "roster.header.unknown", {}),
        (1, None, "roster.header.missing", {"field": "unit"}),
        (1, "D", "roster.header.unnamed", {}),
    ]


def test_an_unreadable_units_table_does_not_blame_every_person():
    """When the units' header is wrong, that alone is reported, not an unknown unit for each person."""
    found = problems(table("units", ["name"], ["Ban Mới"]), people([*LAN_CELLS[:3], "Ban Mới", "", "", ""]))
    assert found == [("units", 1, None, "roster.header.missing")]


def test_too_many_rows_and_nothing_to_read():
    """Over the cap a table is refused as a whole; blank rows do not count; no table at all is said too."""
    rows = [[f"CB{n}", "Lan Anh", "", "TH", "", "", ""] for n in range(3)]
    assert problems(people(*rows), max_rows=2) == [("people", None, None, "roster.table.too_many_rows")]
    assert problems(people(*rows, [None] * 7), max_rows=3) == []
    assert problems() == [("", None, None, "roster.table.none")]
    assert problems(table("units", UNIT_HEADER), complete=True) == [
        ("", None, None, "roster.table.no_people")
    ]


def test_two_people_cannot_share():
    """A code, a phone number however written, a Telegram account or the headship of a unit."""
    found = check(
        people(
            ["CB01", "Lan", "", "HCTC", "unit_head", 912345678.0, 1001],
            ["cb01", "Nam", "", "TH", "", "", ""],
            ["CB03", "Hoa", "", "HCTC", "thủ trưởng", "+84 912 345 678", "1001"],
        )
    ).problems
    assert [(p.row, p.message_id, dict(p.values)) for p in found] == [
        (3, "roster.row.duplicate_code", {"value": "cb01", "row": 2}),
        (4, "roster.row.duplicate_phone", {"value": "+84912345678", "other": "Lan (CB01)"}),
        (4, "roster.row.duplicate_telegram_id", {"value": "1001", "other": "Lan (CB01)"}),
        (4, "roster.row.duplicate_role", {"value": "HCTC", "other": "Lan (CB01)"}),
    ]


def test_what_the_database_holds_counts_as_well():
    """A second head is refused while the first stays, and welcome once the file replaces them."""
    head = replace(LAN, roles=frozenset({Role.EMPLOYEE, Role.UNIT_HEAD}))
    new = ["CB02", "Nam Anh", "", "HCTC", "unit_head", "0912345678", ""]
    found = check(people(new), existing=with_people(head)).problems
    assert [p.message_id for p in found] == ["roster.row.duplicate_phone", "roster.row.duplicate_role"]
    new[5] = ""
    assert plan(people(new, LAN_CELLS), existing=with_people(head)).people_changed[0].after == LAN
    assert plan(people(new), existing=with_people(head), complete=True).people_leaving == (head,)
    assert plan(people(new), existing=with_people(head, left=frozenset({"CB01"}))).people_new


def test_phones_swapped_within_the_file_are_no_clash():
    """What counts is who has which number once the file is imported."""
    nam = PersonRow("CB02", "Trần Nam", "", "TH", phone="+84987654321")
    rows: list[list[object]] = [
        [*LAN_CELLS[:5], "0987654321", 1001],
        ["CB02", "Trần Nam", "", "TH", "", "0912345678", ""],
    ]
    assert len(plan(people(*rows), existing=with_people(LAN, nam)).people_changed) == 2


def test_units_parents_dates_and_order():
    """Parents are found by name too, come before their children, and dates are read in every usual form."""
    found = plan(
        table(
            "units",
            ["Mã đơn vị", "Tên đơn vị", "Viết tắt", "Trực thuộc", "Từ ngày", "Đến ngày"],
            ["T1", "Tổ Một", "T.1, Tổ 1\nT1", "Trung tâm Mới", "2026-01-02", "31/12/2026"],
            ["TTM", "Trung tâm Mới", None, None, datetime(2025, 7, 1, tzinfo=UTC), 46387.0],
        )
    )
    assert found.units_new == (
        UnitRow("TTM", "Trung tâm Mới", (), None, date(2025, 7, 1), date(2026, 12, 31)),
        UnitRow("T1", "Tổ Một", ("T.1", "Tổ 1", "T1"), "TTM", date(2026, 1, 2), date(2026, 12, 31)),
    )


@pytest.mark.parametrize("cell", ["31/02/2026", "hôm nay", 1.5, "1/1/26", "01/01/1700", 99999])
def test_a_bad_date_is_refused(cell):
    """A day that does not exist, or is no day of this office, is never turned into another one."""
    found = problems(table("units", UNIT_HEADER, ["A", "Ban A", "", "", cell, ""]))
    assert found == [("units", 2, "from", "roster.cell.bad_date")]


def test_circular_parents_are_refused_wherever_they_close():
    """Within the file, through the database, and onto itself; a unit below a circle is not in it."""
    rows = [
        ["A", "Ban A", "", "B"],
        ["B", "Ban B", "", "A"],
        ["C", "Ban C", "", "A"],
        ["D", "Ban D", "", "D"],
    ]
    found = problems(table("units", UNIT_HEADER[:4], *rows))
    assert [(row, message) for _, row, _, message in found] == [
        (row, "roster.row.circular_parent") for row in (2, 3, 5)
    ]
    below = ExistingRoster(units={"HCTC": HCTC, "TO": UnitRow("TO", "Tổ", parent="HCTC")})
    again = table("units", UNIT_HEADER[:4], ["HCTC", HCTC.name, "", "TO"])
    assert [p[3] for p in problems(again, existing=below)] == ["roster.row.circular_parent"]


def test_a_shared_name_means_the_unit_that_stands_today():
    """After a merger the old unit keeps its name; only two standing units make the name ambiguous."""
    old = UnitRow("TH0", "Phòng Tổng hợp", to_on=date(2025, 6, 30))
    row = ["CB01", "Lan Anh", "", "Phòng Tổng hợp", "", "", ""]
    merged = ExistingRoster(units={"TH0": old, "TH": TH})
    assert plan(people(row), existing=merged).people_new[0].unit == "TH"
    both = ExistingRoster(units={"TH0": replace(old, to_on=None), "TH": TH})
    assert problems(people(row), existing=both) == [("people", 2, "unit", "roster.cell.ambiguous_unit")]


def test_nobody_comes_into_a_unit_that_has_ended():
    """Someone who is still written there may stay, as old records do."""
    old = UnitRow("CU", "Phòng Cũ", to_on=date(2025, 6, 30))
    row = ["CB01", "Lan Anh", "", "CU", "", "", ""]
    assert problems(people(row), existing=ExistingRoster(units={"CU": old})) == [
        ("people", 2, "unit", "roster.cell.unit_ended")
    ]
    there = ExistingRoster({"CU": old}, {"CB01": PersonRow("CB01", "Lan Anh", "", "CU")})
    assert plan(people(row), existing=there).is_empty


def test_deputies_by_column_and_by_table():
    """Both ways say the same, and the second reaches people the file does not otherwise name."""
    nam = PersonRow("CB02", "Trần Nam", "", "TH")
    as_deputy = replace(
        nam,
        roles=frozenset({Role.EMPLOYEE, Role.DEPUTY}),
        deputy_of="HCTC",
        deputy_from=date(2026, 11, 1),
        deputy_to=date(2026, 11, 30),
    )
    header = ["code", "full_name", "unit", "deputy_of", "from", "to"]
    columns = people(["CB02", "Trần Nam", "TH", "hctc", "1/11/2026", "30/11/2026"], header=header)
    own = table(
        "deputies",
        ["Mã cán bộ", "Phó cho đơn vị", "Từ ngày", "Đến ngày"],
        ["CB02", "P. HCTC", "1/11/2026", "30/11/2026"],
    )
    for tables in ([columns], [own]):
        (change,) = plan(*tables, existing=with_people(nam)).people_changed
        assert change.after == as_deputy
    gone = plan(
        people(["CB02", "Trần Nam", "TH"], header=header[:3]),
        table("deputies", ["code", "unit"]),
        existing=with_people(as_deputy),
    )
    assert gone.people_changed[0].after == nam


def test_bad_deputies():
    """An unknown person or unit, a person named twice or differently, dates without a unit."""
    header = ["code", "full_name", "unit", "deputy_of", "from", "to"]
    found = problems(
        people(["CB02", "Trần Nam", "TH", "HCTC", "", ""], header=header),
        table("deputies", ["code", "unit"], ["CB09", "TH"], ["CB02", "TH"], ["CB02", ""]),
    )
    assert [(row, message) for sheet, row, _, message in found if sheet == "deputies"] == [
        (2, "roster.row.unknown_person"),
        (3, "roster.row.deputy_twice"),
        (4, "roster.row.duplicate_code"),
        (4, "roster.cell.missing"),
    ]
    dated = people(["CB02", "Trần Nam", "TH", "", "2/11/2026", "1/11/2026"], header=header)
    assert [p[3] for p in problems(dated)] == [
        "roster.row.from_after_to",
        "roster.row.deputy_without_unit",
    ]


def test_an_empty_cell_empties_but_never_unbinds():
    """Phone and Telegram account stay; post goes; a column that is not there says nothing."""
    head = replace(LAN, roles=frozenset({Role.EMPLOYEE, Role.UNIT_HEAD}))
    emptied = plan(people(["CB01", LAN.full_name, "", "HCTC", "", "", ""]), existing=with_people(head))
    assert emptied.people_changed[0].after == replace(LAN, post="")
    brief = people(["cb01", LAN.full_name, "HCTC"], header=["code", "full_name", "unit"])
    assert plan(brief, existing=with_people(head)).is_empty


def test_a_column_of_roles_without_deputies():
    """A role that says deputy keeps the unit in the database; one that does not ends it."""
    deputy = replace(LAN, roles=frozenset({Role.EMPLOYEE, Role.DEPUTY}), deputy_of="TH")
    said = people([*LAN_CELLS[:4], "phó", "", ""])
    assert plan(said, existing=with_people(deputy)).is_empty
    assert plan(people(LAN_CELLS), existing=with_people(deputy)).people_changed[0].after == LAN


def test_importing_twice_changes_nothing():
    """What the plan brought in, read again from the same file, is all unchanged."""
    tables = [
        table("units", UNIT_HEADER, ["VP", "Văn phòng", "VP", "", "", ""], ["T1", "Tổ 1", "", "VP", "", ""]),
        people(LAN_CELLS, ["CB02", "Trần Nam", "", "T1", "phó / lãnh đạo", "", ""]),
    ]
    first = plan(*tables)
    after = ExistingRoster(
        {**OFFICE.units, **{unit.code: unit for unit in first.units_new}},
        {person.code: person for person in first.people_new},
    )
    again = plan(*tables, existing=after)
    assert again.is_empty
    assert (again.units_unchanged, again.people_unchanged) == (2, 2)


def test_missing_back_and_erased():
    """Who is missing leaves only if the file is complete; who left comes back; the erased stay erased."""
    nam = PersonRow("CB02", "Trần Nam", "", "TH")
    existing = with_people(LAN, nam, erased=frozenset({"CB03"}), left=frozenset({"CB02"}))
    rows = people(["CB02", "Trần Nam", "", "TH", "", "", ""], ["cb03", "Người Cũ 1", "", "??", "", "", ""])
    found = plan(rows, existing=existing)
    assert (found.missing, found.people_leaving) == ((LAN,), ())
    assert (found.people_back, found.skipped_erased) == ((nam,), ("CB03",))
    assert plan(rows, existing=existing, complete=True).people_leaving == (LAN,)
    assert "Người Cũ" not in repr(found)


def test_control_characters_and_decomposed_accents_are_cleaned():
    """What is kept is composed and visible, whatever Excel or a web page left in the cell."""
    row = [
        "CB\u200b01\n",
        " Nguye\u0302\u0303n\u00a0 Thi\u0323 Lan\u202e ",
        "Chuyên\x07 viên",
        "HCTC",
        "",
        "",
        "",
    ]
    assert plan(people(row)).people_new == (replace(LAN, phone=None, telegram_id=None),)


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("0912345678", "+84912345678"),
        ("912345678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("+84 (0)912.345-678", "+84912345678"),
        ("0084912345678", "+84912345678"),
        ("841234567", "+84841234567"),
        ("0251 3822 501", "+842513822501"),
        ("2513822501", "+842513822501"),
        ("+66 81 234 5678", "+66812345678"),
        ("01681234567", None),
        ("1900 1234", None),
        ("+84 12", None),
        ("", None),
        ("\u0660912345678", None),
    ],
)
def test_phone_numbers_are_written_one_way(written, phone):
    """Every way an office writes a number gives the same one; what is no number gives none."""
    assert normal_phone(written) == phone


def test_role_words():
    """Accents, case and language do not matter; every unknown word is named."""
    assert parse_roles("Thu ky/NHÂN VIÊN\nleader") == (
        frozenset({Role.EMPLOYEE, Role.SECRETARIAT, Role.LEADER}),
        (),
    )
    assert parse_roles("vua; phó, chúa") == (frozenset({Role.EMPLOYEE, Role.DEPUTY}), ("vua", "chúa"))


def test_kinds_by_name_and_by_header():
    """A sheet is recognised by its name, else by its headings."""
    assert [kind_of_sheet(name) for name in ("ĐƠN VỊ", "Nhân sự", "deputies", "Sheet1")] == [
        "units",
        "people",
        "deputies",
        None,
    ]
    assert kind_of_table("", ["Mã", "Họ tên", "Đơn vị"]) == "people"
    assert kind_of_table("", ["Mã đơn vị", "Tên đơn vị"]) == "units"
    assert kind_of_table("", ["Mã cán bộ", "Phó cho đơn vị", "Từ ngày"]) == "deputies"
    assert kind_of_table("Cấp phó", ["Mã", "Đơn vị"]) == "deputies"
    assert kind_of_table("Cấp phó", ["a", "b"]) is None


CELLS = st.one_of(
    st.none(), st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes()
)


@given(st.lists(st.lists(CELLS, max_size=9), max_size=5), st.sampled_from(["units", "people", "deputies"]))
def test_no_cell_breaks_the_check(rows, kind):
    """Whatever stands in a file, the answer is problems or a plan, and never an exception."""
    headers = {
        "units": UNIT_HEADER,
        "people": [*HEADER, "deputy_of", "from"],
        "deputies": ["code", "unit", "to"],
    }
    found = check(table(kind, headers[kind], *rows))
    assert (found.plan is None) == bool(found.problems)
