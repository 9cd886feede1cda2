"""What the secretariat files: the kinds of documents, and what one is asked about."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.periods import Period, last_day


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
