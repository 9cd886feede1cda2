"""An event's file, read back as a calendar program reads it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from bot.documents.event_files import CalendarEntry, event_calendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ENTRY = CalendarEntry(
    number=7,
    version=3,
    title="Giao lưu: số hóa, cách làm hay; điển hình \\ mới",
    place="Hội trường tầng 2, số 2 Nguyễn Văn Trị",
    description="Chủ trì: Phòng Nội chính\nMang theo sổ; đến sớm 10 phút, xin cảm ơn.",
    starts_at=datetime(2026, 12, 4, 7, tzinfo=UTC),
    ends_at=datetime(2026, 12, 4, 9, tzinfo=UTC),
    changed_at=datetime(2026, 11, 18, 1, tzinfo=UTC),
    cancelled=False,
)


def read(entry: CalendarEntry) -> tuple[Calendar, Event]:
    """The calendar and its one event."""
    calendar = Calendar.from_ical(event_calendar(entry, "Văn phòng UBND tỉnh", ZONE).decode())
    (event,) = calendar.walk("VEVENT")
    assert isinstance(calendar, Calendar)
    assert isinstance(event, Event)
    return calendar, event


def test_it_says_what_when_and_where():
    """Every word comes back with its commas, semicolons and line ends; the time is the office's."""
    calendar, event = read(ENTRY)
    assert calendar["method"] == "PUBLISH"
    assert (event["summary"], event["location"]) == (ENTRY.title, ENTRY.place)
    assert event["description"] == ENTRY.description
    assert event.decoded("dtstart") == ENTRY.starts_at
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=2)
    assert event["dtstart"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert f"{event.decoded('dtstart'):%H:%M}" == "14:00"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]


def test_a_later_file_takes_the_place_of_the_one_before():
    """The UID stays, the sequence is the version, the state is said."""
    _, before = read(ENTRY)
    _, after = read(replace(ENTRY, version=4, place="Phòng họp số 1", cancelled=True))
    assert before["uid"] == after["uid"] == "event-7@guongsang"
    assert (before["sequence"], after["sequence"]) == (3, 4)
    assert (before["status"], after["status"]) == ("CONFIRMED", "CANCELLED")


@pytest.mark.parametrize("title", ["Ngày hội " * 15, "Tên có dấu xuống dòng\nở giữa", "BEGIN:VEVENT"])
def test_no_title_breaks_the_file(title):
    """Long lines are folded, and words that look like the format stay words."""
    content = event_calendar(replace(ENTRY, title=title), "VP", ZONE)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    _, event = read(replace(ENTRY, title=title))
    assert event["summary"] == title
