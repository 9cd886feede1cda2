"""The schedule as a text to read, as JSON, and as a calendar (RFC 5545) for a calendar program."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from bot.documents.schedule_entries import Entry
from bot.domain.writing import capital
from bot.texts import Texts

_LASTS = timedelta(minutes=15)
"""How long an entry is in a calendar: something of no length is shown by few."""


@dataclass(frozen=True)
class Frame:
    """What stands around the entries: whose they are, from when to when, in which time, as of when."""

    office: str
    first: date
    last: date
    zone: ZoneInfo
    made_at: datetime


def as_text(entries: Sequence[Entry], frame: Frame, texts: Texts) -> str:
    """A block for each day, and in it a line with the hour for each entry."""
    first, last = texts.day(frame.first), texts.day(frame.last)
    lines = [texts.plain("schedule.heading", office=frame.office, first=first, last=last)]
    for day, of_day in groupby(entries, lambda entry: entry.at.astimezone(frame.zone).date()):
        named = f"{texts.weekday(day)}/{day.year}"
        lines += ["", capital(named)]
        for entry in of_day:
            lines.append(f"  {entry.at.astimezone(frame.zone):%H:%M}  {entry.title}")
            lines.append(f"         {texts.plain('schedule.to', whom=entry.whom)}")
            lines.append(f"         {texts.plain('schedule.why', why=entry.why)}")
    return "\n".join([*lines, "", texts.count("schedule.total", len(entries)), ""])


def as_json(entries: Sequence[Entry], frame: Frame) -> str:
    """A list of objects; `at` is an instant and `moved_from` a day or null, both in ISO 8601."""
    objects = [
        {
            "at": entry.at.astimezone(frame.zone).isoformat(),
            "kind": entry.kind,
            "key": entry.key,
            "title": entry.title,
            "to": entry.whom,
            "why": entry.why,
            "moved_from": entry.moved_from.isoformat() if entry.moved_from else None,
        }
        for entry in entries
    ]
    return json.dumps(objects, ensure_ascii=False, indent=1) + "\n"


def as_calendar(entries: Sequence[Entry], frame: Frame, texts: Texts) -> str:
    """An event for each entry, which a later export brings up to date by the same UID."""
    calendar = Calendar()
    calendar.add("prodid", "-//Guong Sang//guongsang schedule//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", frame.office)
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.kind}-{entry.key.replace(':', '-')}@guongsang")
        event.add("dtstamp", frame.made_at)
        event.add("dtstart", entry.at)
        event.add("dtend", entry.at + _LASTS)
        event.add("summary", entry.title)
        whom, why = texts.plain("schedule.to", whom=entry.whom), texts.plain("schedule.why", why=entry.why)
        event.add("description", f"{whom}\n{why}")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode()
