"""What the secretariat types: texts, items, times, read as they are meant or refused with a reason."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Refused
from bot.domain.typed_posts import has_emoji, read_item, read_moment, read_text

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 18, 8, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15:30 28/11", "2026-11-28 15:30"),
        ("28/11 15:30", "2026-11-28 15:30"),
        ("28/11 lúc 15h30", "2026-11-28 15:30"),
        ("15h ngày 28/11/2026", "2026-11-28 15:00"),
        (" 9:05 ", "2026-11-18 09:05"),
        ("08:00 01/03", "2027-03-01 08:00"),
        ("8:00 29/2/2028", None),
        ("8:00 30/2", None),
        ("08:00 17/11", None),
        ("24:00 28/11", None),
        ("8 28/11", None),
        ("", None),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, meant):
    """In either order, with or without the year; what is past, too far or unreadable is refused."""
    if meant is None:
        with pytest.raises(Refused):
            read_moment(typed, NOW)
    else:
        assert f"{read_moment(typed, NOW):%Y-%m-%d %H:%M}" == meant


@given(st.text())
def test_no_text_is_a_time_of_the_past_or_far_off(typed):
    """Whatever is typed is a time within a year, or refused."""
    try:
        meant = read_moment(typed, NOW)
    except Refused:
        return
    assert timedelta(0) < meant - NOW <= timedelta(days=366)


@given(st.integers(1, 365 * 24 * 60))
def test_a_whole_time_is_read_back(minutes):
    """Every minute of the coming year can be said."""
    meant = NOW + timedelta(minutes=minutes)
    assert read_moment(f"{meant:%H:%M %d/%m/%Y}", NOW) == meant


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tri ân 🌹", True),
        ("Chúc mừng ❤️", True),
        ("⭐", True),
        ("40 °C, № 5 – “tốt”", False),
        ("Điều 17 §4", False),
    ],
)
def test_picture_signs_are_seen(text, found):
    """Emoji, and no other sign."""
    assert has_emoji(text) is found


@given(st.text(max_size=60), st.booleans())
def test_a_text_is_clean_or_refused(typed, picture):
    """What is taken is taken as it is taken again."""
    try:
        text = read_text(typed, picture=picture)
    except Refused:
        return
    assert read_text(text, picture=picture) == text


def test_an_item_is_read_by_its_lines():
    """First the title, last the source, in either language; the text keeps its paragraphs."""
    item = read_item(
        "Tiêu đề của bài\nĐoạn một của bài viết này.\n\nĐoạn hai của bài viết này.\nSource:  Luật X"
    )
    assert item.title == "Tiêu đề của bài"
    assert item.text == "Đoạn một của bài viết này.\n\nĐoạn hai của bài viết này."
    assert item.source == "Luật X"
