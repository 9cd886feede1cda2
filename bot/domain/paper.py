"""What came on paper: of which day a sheet may be, and to which month its nomination belongs."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.errors import Refused
from bot.domain.names import fold
from bot.domain.nominations import Attachment, period_for
from bot.domain.periods import Period, period_of
from bot.domain.roster_cells import BadCell, read_date

_OLDEST = timedelta(days=366)
_WITHOUT_YEAR = re.compile(r"(?:ng[aà]y\s*)?(\d{1,2})\s*[/.\-]\s*(\d{1,2})")
_DAYS_AGO = {"hom nay": 0, "today": 0, "nay": 0, "hom qua": 1, "yesterday": 1, "qua": 1}


class Subject(StrEnum):
    """What a sheet says: a nomination, a unit's answer, an exemplar's consent to publication."""

    NOMINATION = "endorsement"
    ANSWER = "answer"
    CONSENT = "consent"


@dataclass(frozen=True)
class Sheet:
    """The sheet: the day written on it, and its photo or scan where there is one."""

    dated_on: date
    file: Attachment | None = None


def oldest_day(today: date) -> date:
    """The earliest day a sheet that is entered today may bear: about a year back."""
    return today - _OLDEST


def check_day(day: date, today: date) -> None:
    """Raises Refused for a sheet of a day to come, and for one that is too old."""
    if day > today:
        raise Refused("paper.day_ahead", day=f"{day:%d/%m/%Y}")
    if day < oldest_day(today):
        raise Refused("paper.day_too_old", day=f"{day:%d/%m/%Y}", since=f"{oldest_day(today):%d/%m/%Y}")


def read_day(typed: str, today: date) -> date | None:
    """The day that was typed: hôm qua, 20/11/2026, 20/11 (the last one there was). None for anything else."""
    ago = _DAYS_AGO.get(fold(typed))
    if ago is not None:
        return today - timedelta(days=ago)
    short = _WITHOUT_YEAR.fullmatch(typed.strip().lower())
    try:
        if short:
            day = date(today.year, int(short[2]), int(short[1]))
            return day if day <= today else day.replace(year=today.year - 1)
        return read_date(re.sub(r"(?i)^ng[aà]y\s+", "", typed.strip()))
    except (BadCell, ValueError):
        return None


def month_on_paper(
    dated_on: date, this_month: Period, answered: frozenset[str], is_closed: Callable[[Period], bool]
) -> Period:
    """The month of a nomination that came on paper: the sheet's, while the unit may still answer for it.

    Where it is closed or answered, the nomination belongs where one sent today would.
    """
    month = period_of(dated_on, 1)
    if month < this_month and not is_closed(month) and str(month) not in answered:
        return month
    return period_for(this_month, answered)
