"""What is typed about an event: when it begins, its title, its place, how many came."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.errors import Refused
from bot.domain.names import fold
from bot.domain.typed_posts import read_moment
from bot.domain.writing import clean, length

TITLE_MIN, TITLE_MAX = 5, 150
PLACE_MIN, PLACE_MAX = 2, 200
NOTE_MAX = 500
OUTCOME_MIN, OUTCOME_MAX = 5, 1000
REASON_MIN, REASON_MAX = 5, 300
ATTENDED_MAX = 100_000

_DAY = re.compile(r"(\d{1,2})\s*(?:[/.-]|\s+tháng\s+)\s*(\d{1,2})(?:\s*(?:[/.-]|\s+năm\s+)\s*(\d{4}))?")
_HOUR = re.compile(r"(\d{1,2})\s*(?::|h|g(?!i)|giờ)\s*(\d{2}|rưỡi)?(?:\s*phút)?")
_WEEKDAYS = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4}
_WEEKDAYS |= {"bay": 5, "7": 5}
_PARTS = {"sang", "trua", "chieu", "toi"}
_NEAR = {"nay": 0, "mai": 1, "kia": 2, "mot": 2}
_FILLERS = {"luc", "vao", "ngay", "hom", "nay", "buoi", "khoang", "thu"}
_NOON = 12
_FARTHEST = timedelta(days=366)


def read_line(typed: str, least: int, most: int) -> str:
    """A short text on one line. Raises Refused with what is wrong with it."""
    return _measured(clean(typed, multiline=False), least, most)


def read_words(typed: str, least: int, most: int) -> str:
    """A text of several lines. Raises Refused with what is wrong with it."""
    return _measured(clean(typed), least, most)


def read_attended(typed: str) -> int:
    """How many came. Raises Refused."""
    digits = re.sub(r"[.\s]|người$", "", clean(typed, multiline=False).lower())
    if not (digits.isascii() and digits.isdigit() and len(digits) < 9 and int(digits) <= ATTENDED_MAX):
        raise Refused("event.bad_number")
    return int(digits)


def read_start(typed: str, now: datetime) -> datetime:
    """The instant meant by “05/12/2026 14:00”, “14h30 thứ sáu tuần sau”, “2 giờ chiều mai”.

    `now` is the office's own time, and so is the answer. Raises Refused for what is past, more than a year
    off or not understood.
    """
    try:
        at = read_moment(typed, now)
    except Refused as refusal:
        if refusal.message_id != "announce.bad_time":
            raise
        at = _natural(clean(typed, multiline=False).lower(), now)
    if at <= now:
        raise Refused("announce.past")
    if at - now > _FARTHEST:
        raise Refused("announce.too_far")
    return at


@dataclass(frozen=True)
class _Said:
    """The words of a moment: the part of the day, how many days ahead, the weekday, in how many weeks."""

    part: str = ""
    ahead: int | None = None
    weekday: int | None = None
    weeks: int | None = None


def _natural(text: str, now: datetime) -> datetime:
    dated = _DAY.search(text)
    rest = text[: dated.start()] + " " + text[dated.end() :] if dated else text
    houred = _HOUR.search(rest)
    if houred is None:
        raise Refused("event.bad_time")
    said = _said(fold(rest[: houred.start()] + " " + rest[houred.end() :]).split())
    try:
        at = _time(int(houred[1]), houred[2] or "0", said.part)
        on = _dated(dated, now) if dated else _near(said, at, now)
    except ValueError:
        raise Refused("event.bad_time") from None
    return datetime.combine(on, at, now.tzinfo)


def _said(words: Sequence[str]) -> _Said:
    part, ahead, weekday, weeks = "", None, None, None
    left = list(words)
    while left:
        word = left.pop(0)
        following = left[0] if left else ""
        if word == "thu" and following in _WEEKDAYS:
            weekday = _WEEKDAYS[left.pop(0)]
        elif word == "chu" and following == "nhat":
            left.pop(0)
            weekday = 6
        elif word == "tuan" and following in {"sau", "toi", "nay"}:
            weeks = int(left.pop(0) != "nay")
        elif word in _PARTS and not part:
            part = word
        elif word in _NEAR:
            ahead = _NEAR[word]
        elif word not in _FILLERS:
            raise Refused("event.bad_time")
    return _Said(part, ahead, weekday, weeks)


def _time(hour: int, minutes: str, part: str) -> time:
    if part in {"chieu", "toi"} and hour < _NOON:
        hour += _NOON
    if part == "sang" and hour > _NOON:
        raise ValueError
    return time(hour, 30 if minutes == "rưỡi" else int(minutes))


def _dated(found: re.Match[str], now: datetime) -> date:
    day, month = int(found[1]), int(found[2])
    if found[3]:
        return date(int(found[3]), month, day)
    on = date(now.year, month, day)
    return on if on >= now.date() else date(now.year + 1, month, day)


def _near(said: _Said, at: time, now: datetime) -> date:
    today = now.date()
    if said.weekday is None:
        if said.weeks is not None:
            raise ValueError
        return today + timedelta(days=said.ahead or 0)
    monday = today - timedelta(days=today.weekday())
    on = monday + timedelta(days=said.weekday + 7 * (said.weeks or 0))
    if said.weeks is None and datetime.combine(on, at, now.tzinfo) <= now:
        on += timedelta(days=7)
    return on


def _measured(text: str, least: int, most: int) -> str:
    if length(text) < least:
        raise Refused("event.too_short", minimum=least)
    if length(text) > most:
        raise Refused("event.too_long", maximum=most, over=length(text) - most)
    return text
