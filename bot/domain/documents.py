"""What the secretariat files: the kinds of documents, and what one is asked about."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.periods import Period, last_day

_ROMAN = ("I", "II", "III", "IV")


class DocumentKind(StrEnum):
    """A kind of document, by the name of its template and of the command."""

    REPORT = "bao-cao"
    LIST = "danh-sach"
    SUBMISSION = "to-trinh"
    MINUTES = "bien-ban"
    ACHIEVEMENTS = "thanh-tich"
    TABLE = "tong-hop"
    MEETING = "giao-ban"


@dataclass(frozen=True)
class DocumentAsk:
    """What a document is about: a period, a week by its Monday, or an exemplar by its number."""

    period: Period | None = None
    week: date | None = None
    exemplar_id: int | None = None

    def day(self, today: date) -> date:
        """The day whose names, posts and signers count: the last one of what is asked, or today."""
        if self.period is not None:
            return min(today, last_day(self.period))
        return min(today, self.week + timedelta(days=6)) if self.week is not None else today


def pad_day(number: int) -> str:
    """The number of a day as documents write it: 05 (NĐ 30/2020, Phụ lục I, II.4)."""
    return f"{number:02}"


def pad_month(number: int) -> str:
    """The number of a month as documents write it: 01, 02, 3 (NĐ 30/2020, Phụ lục I, II.4)."""
    return f"{number:02}" if number <= 2 else str(number)


def spell_day(on: date) -> str:
    """A day as documents write it out: ngày 05 tháng 01 năm 2026."""
    return f"ngày {pad_day(on.day)} tháng {pad_month(on.month)} năm {on.year}"


def short_day(on: date) -> str:
    """The same with strokes: 05/01/2026, 05/3/2026."""
    return f"{pad_day(on.day)}/{pad_month(on.month)}/{on.year}"


def name_period(period: Period) -> str:
    """A period as documents name it: tháng 01/2026, quý IV/2026, 6 tháng đầu năm 2026, năm 2026."""
    year, month = period.first_on.year, period.first_on.month
    if period.months == 1:
        return f"tháng {pad_month(month)}/{year}"
    if period.months == 3:
        return f"quý {_ROMAN[(month - 1) // 3]}/{year}"
    if period.months == 6:
        return f"6 tháng {'đầu' if month == 1 else 'cuối'} năm {year}"
    return f"năm {year}"


def figure(number: int) -> str:
    """A number as running text has it: below 10 with a nought before, thousands apart: 05, 12, 1.234; 0."""
    return f"{number:02,}".replace(",", ".") if number else "0"
