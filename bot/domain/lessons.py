"""Lessons: what movements, and building and copying exemplars, have taught (plan 854/KH-VP, I.2)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.cycles import CycleKind
from bot.domain.people import PersonId, UnitId
from bot.domain.periods import Period, period_of
from bot.domain.timetable import Timetable

LESSON_MIN, LESSON_MAX = 20, 1000


class LessonKind(StrEnum):
    """The two kinds that the plan names."""

    MOVEMENT = "movement"
    EXEMPLAR = "exemplar"


@dataclass(frozen=True)
class NewLesson:
    """A lesson before it is a row, perhaps about a movement, an exemplar or an event."""

    kind: LessonKind
    text: str
    period: str
    unit_id: UnitId | None = None
    exemplar_id: int | None = None
    movement_id: int | None = None
    event_id: int | None = None


@dataclass(frozen=True)
class Lesson:
    """A lesson with who wrote it (`author` is "" of somebody erased) and what it is about."""

    id: int
    kind: LessonKind
    text: str
    period: str
    unit_name: str
    person_id: PersonId
    author: str
    at: datetime
    exemplar_id: int | None = None
    movement_name: str = ""
    event_title: str = ""
    withdrawn: bool = False


def period_at_hand(timetable: Timetable, today: date) -> Period:
    """The review that is due: of the year or half year where its answers are being taken, else of a quarter.

    While none is under way, the quarter that runs.
    """
    for kind in (CycleKind.YEAR, CycleKind.HALF_YEAR, CycleKind.QUARTER):
        period = period_of(today, kind.months).previous
        reviewed = kind is not CycleKind.HALF_YEAR or period.first_on.month == 1
        if timetable.cycles[kind].on and reviewed and not timetable.cycle(period).is_closed(today):
            return period
    return period_of(today, CycleKind.QUARTER.months)
