"""The big days of the year: when each falls, how many years it is, and what kind of anniversary that is."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.audience import Audience
from bot.domain.lunar import FIRST_YEAR, LAST_YEAR, solar_of


class Tone(StrEnum):
    """How a day is spoken of; a solemn one without emoji."""

    FESTIVE = "festive"
    SOLEMN = "solemn"


class Anniversary(StrEnum):
    """Kinds of anniversaries by the years N (NĐ 145/2013, Điều 3)."""

    ROUND = "round"
    """Năm tròn: N ends in 0."""
    FIVE = "five"
    """Năm lẻ 5: N ends in 5."""
    OTHER = "other"
    """Năm khác."""


def classify(years: int) -> Anniversary:
    """Which kind of anniversary so many years are."""
    return {0: Anniversary.ROUND, 5: Anniversary.FIVE}.get(years % 10, Anniversary.OTHER)


@dataclass(frozen=True)
class BigDay:
    """A day of the data file.

    `day` and `month` are of the solar year, or of the lunar one where `lunar`; with `eve` the day before it
    is meant. `text_id` names the catalog's words; `text` are the office's own and go before them. `send` is
    whether anything is sent.
    """

    id: str
    name: str
    name_en: str
    day: int
    month: int
    lunar: bool = False
    eve: bool = False
    base_year: int | None = None
    tone: Tone = Tone.FESTIVE
    text_id: str = "big_day.festive_plain"
    text: str = ""
    audience: Audience = Audience()
    send: bool = True

    def on_in(self, year: int) -> date | None:
        """When it is marked in a year (for a lunar day, the lunar year that begins in it).

        None outside the years for which the lunar calendar is known, and before the first anniversary.
        """
        if self.lunar and not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        if self.base_year is not None and self.years(year) is None:
            return None
        on = solar_of(year, self.month, self.day) if self.lunar else date(year, self.month, self.day)
        return on - timedelta(days=1) if self.eve else on

    def year_of(self, on: date) -> int:
        """The year of which it is the day on `on`: the lunar one, and for an eve the one it ushers in."""
        return next((y for y in range(on.year - 1, on.year + 2) if self.on_in(y) == on), on.year)

    def years(self, year: int) -> int | None:
        """How many years it is since the first; None where there is no base year, or it has not come."""
        return year - self.base_year if self.base_year is not None and year > self.base_year else None

    @property
    def written(self) -> str:
        """The day as it is written in running text: 02/9, 11/6, 27/02."""
        return f"{self.day:02}/{self.month:02}" if self.month < 3 else f"{self.day:02}/{self.month}"

    def fields(self, year: int) -> dict[str, object]:
        """What its words are filled in with; a name differs by language. No years where there are none."""
        years = self.years(year)
        name = {"vi": self.name, "en": self.name_en}
        found: dict[str, object] = {"name": name, "year": year, "day": self.written}
        return found if years is None else {**found, "years": years, "base_year": self.base_year}
