"""How an export reads, and what it is made from."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.documents.export_cells import Form, Voice
from bot.domain.nominations import NominationId
from bot.operations.export_nominations import Figures
from bot.texts import Texts
from storage.database import Row


@dataclass(frozen=True)
class Look:
    """How an export reads. `period` is written as in `Period`, None for everything there ever was."""

    locale: str
    timezone: str
    office: str
    period: str | None
    made_at: datetime

    @property
    def texts(self) -> Texts:
        """The voice it is written in."""
        return Texts(self.locale, ZoneInfo(self.timezone))

    @property
    def period_name(self) -> str:
        """The period as people say it."""
        return self.texts.period(self.period) if self.period else self.texts.plain("export.all_time")


@dataclass(frozen=True)
class Source:
    """What an export tells. `pieces` are the rows of a table by its name; `sizes` how many there are.

    Of the nominations `withheld` nothing is told; `unit_names` are by code.
    """

    figures: Figures
    sizes: Mapping[str, int]
    withheld: frozenset[NominationId]
    unit_names: Mapping[str, str]
    pieces: Callable[[str], Iterator[Sequence[Row]]]

    def voice(self, look: Look, form: Form) -> Voice:
        """How its cells are written."""
        zone = ZoneInfo(look.timezone)
        return Voice(look.texts, zone, form, frozenset(self.withheld), self.unit_names)
