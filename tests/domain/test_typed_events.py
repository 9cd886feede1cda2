"""When an event begins and how many came, as people type it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.errors import Refused
from bot.domain.typed_events import read_attended, read_line, read_start, read_words

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 18, 9, 0, tzinfo=ZONE)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("05/12/2026 14:00", "2026-12-05 14:00"),
        ("14:00 5/12", "2026-12-05 14:00"),
        ("5-12-2026 lúc 8h", "2026-12-05 08:00"),
        ("8h30 sáng mai", "2026-11-19 08:30"),
        ("8 giờ rưỡi sáng ngày mai", "2026-11-19 08:30"),
        ("chiều nay 2h", "2026-11-18 14:00"),
        ("2 giờ chiều thứ Sáu", "2026-11-20 14:00"),
        ("14h thứ 6 tuần này", "2026-11-20 14:00"),
        ("2 giờ chiều thứ sáu tuần sau", "2026-11-27 14:00"),
        ("Thứ Tư 8h", "2026-11-25 08:00"),
        ("thứ tư 10h", "2026-11-18 10:00"),
        ("chủ nhật 19 giờ", "2026-11-22 19:00"),
        ("7h tối thứ bảy", "2026-11-21 19:00"),
        ("trưa ngày kia 12h", "2026-11-20 12:00"),
        ("8h ngày 5 tháng 12", "2026-12-05 08:00"),
        ("8 giờ 15 phút ngày 5 tháng 12 năm 2026", "2026-12-05 08:15"),
        ("08:00 10/01", "2027-01-10 08:00"),
        ("lúc 15 giờ thứ năm 26/11", "2026-11-26 15:00"),
    ],
)
def test_an_instant_is_read_as_it_is_meant(typed, meant):
    """Days by number, by weekday and by distance; hours by the clock and by the part of the day."""
    assert read_start(typed, NOW) == datetime.fromisoformat(meant).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    "typed",
    ["", "mai", "5/12", "lúc nào cũng được 8h", "25h mai", "sáng 15h mai", "31/02/2027 8h", "8h tuần sau"],
)
def test_what_is_no_instant_is_refused(typed):
    """A day without its hour, an hour that is none, words that mean no day."""
    with pytest.raises(Refused) as refused:
        read_start(typed, NOW)
    assert refused.value.message_id == "event.bad_time"


@pytest.mark.parametrize(
    ("typed", "why"), [("8h hôm nay", "past"), ("18/11/2025 8:00", "past"), ("8h 1/1/2029", "too_far")]
)
def test_the_past_and_the_far_future_are_refused(typed, why):
    """Each with its own words."""
    with pytest.raises(Refused) as refused:
        read_start(typed, NOW)
    assert refused.value.message_id == f"announce.{why}"


@pytest.mark.parametrize(("typed", "n"), [("45", 45), (" 1.200 người ", 1200), ("0", 0), ("100000", 100_000)])
def test_how_many_came(typed, n):
    """A number as people write it."""
    assert read_attended(typed) == n


@pytest.mark.parametrize("typed", ["", "nhiều", "-3", "4,5", "100001", "9" * 30, "٣"])
def test_what_is_no_number_is_refused(typed):
    """Words, signs, and more people than there are."""
    with pytest.raises(Refused, match=r"event\.bad_number"):
        read_attended(typed)


def test_texts_are_measured():
    """Too short and too long are said with the numbers; blank lines end with the text."""
    assert read_line("  Hội trường\n tầng 2 ", 2, 50) == "Hội trường tầng 2"
    assert read_words("a\n\nb ", 1, 10) == "a\n\nb"
    with pytest.raises(Refused, match=r"event\.too_short"):
        read_line("a", 2, 5)
    with pytest.raises(Refused, match=r"event\.too_long"):
        read_words("a" * 11, 1, 10)
