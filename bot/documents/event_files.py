"""An event as a file for a calendar program (RFC 5545), brought up to date by a later one of the same UID."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event


@dataclass(frozen=True)
class CalendarEntry:
    """What a calendar shows. `version` rises with every change; `ends_at` is a guess where nobody said it."""

    number: int
    version: int
    title: str
    place: str
    description: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    cancelled: bool


def event_calendar(entry: CalendarEntry, office: str, zone: ZoneInfo) -> bytes:
    """The file: one event in the office's time, published, or called off."""
    calendar = Calendar()
    calendar.add("prodid", "-//Guong Sang//guongsang event//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", office)
    event = Event()
    event.add("uid", f"event-{entry.number}@guongsang")
    event.add("sequence", entry.version)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("summary", entry.title)
    event.add("location", entry.place)
    event.add("description", entry.description)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    calendar.add_component(event)
    calendar.add_missing_timezones(last_date=(entry.ends_at + timedelta(days=366)).date())
    written: bytes = calendar.to_ical()
    return written
