"""What the secretariat types for a message to many: its text, when it goes, an item of the library."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.errors import Refused
from bot.domain.writing import clean, length

TEXT_MIN, TEXT_MAX = 10, 3500
CAPTION_MAX = 900
"""How long a text with a picture may be: of Telegram's 1,024 the secretariat's heading takes some."""
TITLE_MIN, TITLE_MAX = 5, 120
BODY_MIN, BODY_MAX = 50, 2500
_SOURCE = re.compile(r"(?i)^(?:nguồn|source)\s*:\s*")
_FARTHEST = timedelta(days=366)
_MOMENT = re.compile(
    r"(?:(?P<h1>\d{1,2})[:hg.](?P<m1>\d{2})?\s*(?:ngày|,)?\s*)?"
    r"(?:(?P<d>\d{1,2})[/.-](?P<mo>\d{1,2})(?:[/.-](?P<y>\d{4}))?)?"
    r"(?:\s*(?:lúc|,)?\s*(?P<h2>\d{1,2})[:hg](?P<m2>\d{2})?)?",
    re.IGNORECASE,
)
_EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]")


@dataclass(frozen=True)
class TypedItem:
    """An item of the library as it was typed: first line, what follows, and the last line behind “Nguồn:”."""

    title: str
    text: str
    source: str


def has_emoji(text: str) -> bool:
    """Whether a picture sign stands in the text: none may in a solemn one."""
    return _EMOJI.search(text) is not None


def read_text(typed: str, *, picture: bool, solemn: bool = False) -> str:
    """The text of a message to many. Raises Refused with what is wrong with it."""
    text = clean(typed)
    over = _units(text) - (CAPTION_MAX if picture else TEXT_MAX)
    most = CAPTION_MAX if picture else TEXT_MAX
    if length(text) < TEXT_MIN:
        raise Refused("post.too_short", minimum=TEXT_MIN)
    if over > 0:
        raise Refused(
            "post.too_long_for_picture" if picture else "post.too_long",
            maximum=most,
            over=over,
        )
    if solemn and has_emoji(text):
        raise Refused("post.solemn")
    return text


def read_item(typed: str) -> TypedItem:
    """An item of the library. Raises Refused with what is wrong with it."""
    lines = clean(typed).split("\n")
    title, rest = lines[0].strip(), lines[1:]
    source = ""
    if rest and _SOURCE.match(rest[-1]):
        source = _SOURCE.sub("", rest.pop()).strip()[:300]
    text = "\n".join(rest).strip()
    if not TITLE_MIN <= length(title) <= TITLE_MAX:
        raise Refused("library.bad_title", minimum=TITLE_MIN, maximum=TITLE_MAX)
    if length(text) < BODY_MIN or _units(text) > BODY_MAX:
        raise Refused("library.bad_body", minimum=BODY_MIN, maximum=BODY_MAX)
    if not source:
        raise Refused("library.no_source")
    return TypedItem(title, text, source)


def read_moment(typed: str, now: datetime) -> datetime:
    """The instant somebody means by “15:30 28/11”, “28/11/2026 15:30” or “15:30”.

    `now` is the office's own time, and so is the answer. A day without its year is the next one of that name,
    half a year ahead at most. Raises Refused for what is past, too far off or not understood.
    """
    found = _MOMENT.fullmatch(clean(typed, multiline=False))
    hours = [(found["h1"], found["m1"]), (found["h2"], found["m2"])] if found else []
    said = [(hour, minute) for hour, minute in hours if hour]
    if found is None or len(said) != 1:
        raise Refused("announce.bad_time")
    try:
        at = time(int(said[0][0]), int(said[0][1] or 0))
        on = _day(found["d"], found["mo"], found["y"], now)
    except ValueError:
        raise Refused("announce.bad_time") from None
    meant = datetime.combine(on, at, now.tzinfo)
    if meant <= now:
        raise Refused("announce.past")
    if meant - now > _FARTHEST:
        raise Refused("announce.too_far")
    return meant


def _day(day: str | None, month: str | None, year: str | None, now: datetime) -> date:
    if not day or not month:
        return now.date()
    if year:
        return date(int(year), int(month), int(day))
    on = date(now.year, int(month), int(day))
    following = on.replace(year=on.year + 1) if (on.month, on.day) != (2, 29) else on
    ahead = on < now.date() and following - now.date() <= _FARTHEST / 2
    return following if ahead else on


def _units(text: str) -> int:
    """How long Telegram finds a text."""
    return len(text.encode("utf-16-le")) // 2
