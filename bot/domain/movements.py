"""Phong trào thi đua and cuộc vận động as the secretariat keeps them, and the days of their reviews."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.errors import Refused
from bot.domain.names import fold
from bot.domain.nominations import Movement, MovementId
from bot.domain.writing import clean, length

NAME_MIN, NAME_MAX = 5, 300
NOTE_MIN, NOTE_MAX = 2, 1000
REVIEWS_MAX = 12
LEVELS = ("Trung ương", "tỉnh", "cơ quan")
"""Who a movement is of, as rows keep it."""
_YEARS = range(1948, 2200)
_DAY = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})")


@dataclass(frozen=True)
class Review:
    """A day on which a movement is reviewed (sơ kết, tổng kết), and what was found once that is done."""

    movement_id: MovementId
    review_on: date
    done_at: datetime | None = None
    note: str = ""


def read_name(typed: str) -> str:
    """A name on one line, without the quotation marks around it. Raises Refused."""
    name = clean(typed, multiline=False).strip("“”\"'«» ")
    if length(name) < NAME_MIN or not fold(name):
        raise Refused("event.too_short", minimum=NAME_MIN)
    if length(name) > NAME_MAX:
        raise Refused("event.too_long", maximum=NAME_MAX, over=length(name) - NAME_MAX)
    return name


def read_day(typed: str, *, last: bool = False) -> date:
    """A day as dd/mm/yyyy; of mm/yyyy and yyyy the first day, or the last. Raises Refused."""
    found = _DAY.fullmatch(clean(typed, multiline=False).strip(" ."))
    if found is None:
        raise Refused("movement.bad_day")
    day, month, year = found.groups()
    if int(year) not in _YEARS:
        raise Refused("movement.bad_day")
    try:
        in_month = int(month or (12 if last else 1))
        return date(int(year), in_month, int(day or (monthrange(int(year), in_month)[1] if last else 1)))
    except ValueError:
        raise Refused("movement.bad_day") from None


def read_days(typed: str) -> tuple[date, ...]:
    """Days with commas, semicolons or line ends between them, in order. Raises Refused."""
    parts = [part for part in re.split(r"[,;\n]|\bvà\b", clean(typed)) if part.strip()]
    if not parts:
        raise Refused("movement.bad_day")
    if len(parts) > REVIEWS_MAX:
        raise Refused("movement.too_many_days", most=REVIEWS_MAX)
    return tuple(sorted({read_day(part, last=True) for part in parts}))


def check_name(name: str, known: Iterable[Movement], own: int = 0) -> None:
    """Raises Refused where another movement bears that name, however it is written."""
    for movement in known:
        if movement.id != own and fold(movement.name) == fold(name):
            raise Refused("movement.taken", name=movement.name)


def check_days(from_on: date | None, to_on: date | None) -> None:
    """Raises Refused for an end before the beginning."""
    if from_on and to_on and to_on < from_on:
        raise Refused("movement.ends_before")
