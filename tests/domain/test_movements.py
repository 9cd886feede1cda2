"""Movements: their names, their days as they are typed, and when one is offered."""

from datetime import date

import pytest

from bot.domain.errors import Refused
from bot.domain.movements import check_days, check_name, read_day, read_days, read_name
from bot.domain.nominations import Movement, MovementId

ONE = Movement(MovementId(1), "Vì người nghèo - không để ai bị bỏ lại phía sau")


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("14/05/2025", "2025-05-14", "2025-05-14"),
        ("1-2-2024.", "2024-02-01", "2024-02-01"),
        ("02/2024", "2024-02-01", "2024-02-29"),
        (" 2025 ", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_day_a_month_and_a_year_are_days(typed, first, last):
    """Of a month or year the first day begins a movement, and the last ends it."""
    assert read_day(typed).isoformat() == first
    assert read_day(typed, last=True).isoformat() == last


@pytest.mark.parametrize(
    "typed", ["", "31/02/2025", "14/05", "14/05/25", "năm sau", "1/1/1900", "9999", "0/2025"]
)
def test_what_is_no_day_is_refused(typed):
    """Days that do not exist, years that cannot be meant, words."""
    with pytest.raises(Refused, match=r"movement\.bad_day"):
        read_day(typed)


def test_several_days_come_in_order_and_once():
    """With commas, semicolons, line ends or “và” between them; not more than twelve."""
    typed = "15/12/2026; 30/6/2026, 15/12/2026\n06/2027 và 2028"
    assert [day.isoformat() for day in read_days(typed)] == [
        "2026-06-30",
        "2026-12-15",
        "2027-06-30",
        "2028-12-31",
    ]
    with pytest.raises(Refused, match=r"movement\.bad_day"):
        read_days("30/06/2026, mai")
    with pytest.raises(Refused, match=r"movement\.too_many_days"):
        read_days(",".join(f"{day}/1/2027" for day in range(1, 14)))


def test_a_name_is_unique_however_it_is_written():
    """Accents, case, dashes and quotation marks make no other name; a movement may keep its own."""
    assert read_name(" “Vì người nghèo” ") == "Vì người nghèo"
    with pytest.raises(Refused, match=r"movement\.taken"):
        check_name("VI NGUOI NGHEO – không để ai bị bỏ lại phía sau", [ONE])
    check_name(ONE.name, [ONE], own=1)
    for typed in ("", "…", "abc"):
        with pytest.raises(Refused, match=r"event\.too_short"):
            read_name(typed)
    with pytest.raises(Refused, match=r"event\.too_long"):
        read_name("a" * 301)


def test_it_does_not_end_before_it_begins():
    """One day is enough; an open end is none."""
    check_days(date(2026, 1, 1), date(2026, 1, 1))
    check_days(date(2026, 1, 1), None)
    with pytest.raises(Refused, match=r"movement\.ends_before"):
        check_days(date(2026, 1, 2), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("movement", "offered", "over"),
    [
        (Movement(MovementId(1), "a"), True, False),
        (Movement(MovementId(1), "a", from_on=date(2026, 11, 19)), False, False),
        (Movement(MovementId(1), "a", to_on=date(2026, 11, 18)), True, False),
        (Movement(MovementId(1), "a", to_on=date(2026, 11, 17)), False, True),
        (Movement(MovementId(1), "a", ended_on=date(2026, 11, 18)), False, True),
        (Movement(MovementId(1), "a", ended_on=date(2026, 11, 19)), True, False),
    ],
)
def test_a_movement_is_offered_within_its_days_until_it_is_ended(movement, offered, over):
    """The last day belongs to it; the day on which it was ended does not."""
    today = date(2026, 11, 18)
    assert (movement.offered_on(today), movement.is_over(today)) == (offered, over)
