"""What documents carry, as of a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.records import Agency, Dated, Law, Plan, Recipients, Records, Signature, Signer, in_force

OFFICE = Agency(
    name="Văn phòng Ủy ban nhân dân tỉnh Đồng Nai",
    parent_name="Ủy ban nhân dân tỉnh Đồng Nai",
    place="Đồng Nai",
)
MARCH, JULY = date(2025, 3, 31), date(2025, 7, 1)
RECORDS = Records(
    OFFICE,
    (Agency(symbol="VPUB", archive="Lưu: VT."), Agency(JULY, name="Sở Ngoại vụ", symbol="SNgV")),
    (
        Plan(date(2024, 4, 2), number="854/KH-VP", recipients=("Chánh Văn phòng",)),
        Plan(date(2025, 1, 1), date(2025, 6, 30), number="12/KH-VP"),
    ),
    (
        Signer(post="Chánh Văn phòng"),
        Signer(JULY, post="Giám đốc", name="Trịnh Vinh"),
        Signer(
            date(2025, 3, 1),
            date(2025, 5, 31),
            post="Phó Chánh Văn phòng",
            name="Hồ Nguyên",
            in_place_of="Chánh Văn phòng",
        ),
        Signer(date(2026, 1, 1), post="Phó Giám đốc", in_place_of="Giám đốc"),
    ),
    (
        Recipients(kind="bao-cao", lines=("Như trên",)),
        Recipients(JULY, kind="bao-cao", lines=("Như trên", "Ban Thi đua")),
        Recipients(JULY, kind="", lines=("Các phòng",)),
    ),
)


def test_a_document_about_march_carries_the_names_of_march():
    """Whatever the agency is called since; what the file leaves out is the office's own."""
    before, after = RECORDS.agency_on(MARCH), RECORDS.agency_on(JULY)
    assert (before.name, before.symbol, before.place) == (OFFICE.name, "VPUB", "Đồng Nai")
    assert (after.name, after.short_name, after.symbol) == ("Sở Ngoại vụ", "Sở Ngoại vụ", "SNgV")
    assert after.parent_name == OFFICE.parent_name
    assert before.short_name == "Văn phòng UBND tỉnh Đồng Nai"


def test_a_new_name_does_not_lose_what_the_entry_before_said():
    """Symbol and last line of the recipients stay until an entry says another; the line is never blank."""
    agencies = (
        Agency(JULY, name="Sở Ngoại vụ"),
        Agency(symbol="VPUB", archive="Lưu: VT, HCTC."),
        Agency(date(2026, 1, 1), symbol="SNgV"),
    )
    records = Records(OFFICE, agencies)
    assert [records.agency_on(day).symbol for day in (MARCH, JULY, date(2026, 1, 1))] == [
        "VPUB",
        "VPUB",
        "SNgV",
    ]
    assert records.archive_on(date(2026, 1, 1)) == "Lưu: VT, HCTC."
    assert Records(OFFICE).archive_on(MARCH) == "Lưu: VT."


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2024, 4, 1), None),
        (date(2024, 4, 2), "854/KH-VP"),
        (date(2024, 12, 31), "854/KH-VP"),
        (date(2025, 1, 1), "12/KH-VP"),
        (date(2025, 6, 30), "12/KH-VP"),
        (JULY, None),
    ],
)
def test_the_plan_of_a_day(day, number):
    """A plan holds until the next one begins; one that is over does not give way to the one before it."""
    plan = RECORDS.plan_on(day)
    assert (plan and plan.number) == number


@pytest.mark.parametrize(
    ("day", "signature", "head"),
    [
        (date(2025, 2, 28), Signature(("CHÁNH VĂN PHÒNG",), ""), "Chánh Văn phòng UBND tỉnh Đồng Nai"),
        (
            MARCH,
            Signature(("KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"), "Hồ Nguyên"),
            "Chánh Văn phòng UBND tỉnh Đồng Nai",
        ),
        (date(2025, 6, 1), Signature(("CHÁNH VĂN PHÒNG",), ""), "Chánh Văn phòng UBND tỉnh Đồng Nai"),
        (JULY, Signature(("GIÁM ĐỐC",), "Trịnh Vinh"), "Giám đốc Sở Ngoại vụ"),
        (date(2026, 1, 1), Signature(("GIÁM ĐỐC",), "Trịnh Vinh"), "Giám đốc Sở Ngoại vụ"),
    ],
)
def test_who_signs(day, signature, head):
    """A deputy in the head's place while one is named, else the head; a vacant post has no name."""
    assert RECORDS.signature_on(day) == signature
    assert RECORDS.head_post_on(day) == head


def test_who_signs_for_a_unit():
    """Somebody of its own by date, a deputy (KT.) too; the office's signer is none of a unit's."""
    records = Records(
        OFFICE,
        signers=(
            Signer(post="Chánh Văn phòng", name="Lê Văn A"),
            Signer(date(2025, 1, 1), JULY, "Trưởng phòng", "Trần Văn B", unit="HCTC"),
            Signer(MARCH, MARCH, "Phó Trưởng phòng", "Lý Thị C", in_place_of="Trưởng phòng", unit="HCTC"),
        ),
    )
    assert records.signature_of("HCTC", date(2024, 12, 31)) is None
    assert records.signature_of("HCTC", JULY) == Signature(("TRƯỞNG PHÒNG",), "Trần Văn B")
    assert records.signature_of("HCTC", MARCH) == Signature(
        ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"), "Lý Thị C"
    )
    assert records.signature_of("TH", JULY) is None
    assert records.signature_on(MARCH) == Signature(("CHÁNH VĂN PHÒNG",), "Lê Văn A")


def test_who_receives():
    """The kind's own recipients, else those of every kind, else those of the plan, else nobody."""
    assert RECORDS.recipients_of("bao-cao", MARCH) == ("Như trên",)
    assert RECORDS.recipients_of("bao-cao", JULY) == ("Như trên", "Ban Thi đua")
    assert RECORDS.recipients_of("to-trinh", JULY) == ("Các phòng",)
    assert RECORDS.recipients_of("to-trinh", date(2024, 12, 1)) == ("Chánh Văn phòng",)
    assert RECORDS.recipients_of("to-trinh", date(2024, 1, 1)) == ()


def test_with_nothing_written_down_the_head_signs():
    """Documents can be made before anybody has written a record."""
    bare = Records(OFFICE)
    assert bare.signature_on(MARCH) == Signature(("CHÁNH VĂN PHÒNG",), "")
    assert bare.head_post_on(MARCH) == "Chánh Văn phòng UBND tỉnh Đồng Nai"
    assert bare.plan_on(MARCH) is None
    assert bare.agency_on(MARCH).name == OFFICE.name


days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(st.lists(days, unique=True, max_size=6), st.randoms(), days)
def test_the_order_of_entries_does_not_matter(begin, random, day):
    """At most one holds: the last that has begun."""
    entries = [Dated(since) for since in begin]
    random.shuffle(entries)
    expected = max((since for since in begin if since <= day), default=None)
    found = in_force(entries, day)
    assert (found and found.since) == expected


def test_laws_hold_from_their_day():
    """Before the first nothing is cited; a later entry takes the place of an earlier one."""
    laws = (Law(date(2024, 1, 1), None, ("Luật A",)), Law(date(2025, 7, 1), None, ("Luật A", "Nghị định B")))
    records = Records(OFFICE, laws=laws)
    assert records.laws_on(date(2023, 12, 31)) == ()
    assert records.laws_on(date(2025, 6, 30)) == ("Luật A",)
    assert records.laws_on(date(2025, 7, 1)) == ("Luật A", "Nghị định B")
