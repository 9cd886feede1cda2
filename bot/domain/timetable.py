"""Everything that will happen, and when: the year out of the office's rules, without a look at any row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.big_days import BigDay
from bot.domain.cycles import Cycle, CycleKind, CycleRules, Day, cycle_of, kind_of, periods_reminded_in
from bot.domain.hours import Hours, QuietHours, open_hours
from bot.domain.periods import Period, first_instant, period_of
from bot.domain.working_days import WorkCalendar

CONTENT = "content"
"""The `day_id` of a slot of the library."""


class OccasionKind(StrEnum):
    """What happens."""

    REMINDER = "reminder"
    """Heads whose unit has not answered are asked to choose."""
    OVERDUE = "overdue"
    """A gentle second, behind the day due."""
    SILENT = "silent"
    """The secretariat gets the list of units that are silent."""
    CLOSE = "close"
    """No more late answers from then on; nothing is sent."""
    INVITATION = "invitation"
    """Everybody is invited to nominate."""
    REVIEW = "review"
    """The secretariat sees a coming message to many."""
    WARNING = "warning"
    """The secretariat is told that it has not decided about one."""
    GREETING = "greeting"
    """A big day."""
    CONTENT = "content"
    """Something out of the library."""


@dataclass(frozen=True, order=True)
class Occasion:
    """Something that falls due at `due_at` and makes no sense any more at `expires_at` (instants in UTC).

    `key` names it among its kind; `on` is the office's day, `wanted_on` the one it would be if that were
    worked. `period` is a cycle's; `day_id` and `day_on` are the big day's (or CONTENT's) that it is about.
    """

    due_at: datetime
    kind: OccasionKind
    key: str
    expires_at: datetime
    on: date
    wanted_on: date
    period: Period | None = None
    day_id: str = ""
    day_on: date | None = None


@dataclass(frozen=True)
class BigDayRules:
    """When big days are shown (`review_days` working days ahead), told to be undecided, and sent."""

    hour: time = time(7, 30)
    review_hour: time = time(8)
    review_days: int = 3


@dataclass(frozen=True)
class MonthlyRules:
    """Something on some days of every month; no days, and it never happens."""

    days: tuple[int, ...]
    hour: time = time(9)


@dataclass(frozen=True)
class Timetable:
    """The office's rules about time. `big_days` are those of the data file, sent or not."""

    zone: ZoneInfo
    calendar: WorkCalendar = WorkCalendar()
    quiet: QuietHours = QuietHours()
    cycles: Mapping[CycleKind, CycleRules] = field(default_factory=dict)
    big_days: tuple[BigDay, ...] = ()
    big_day_rules: BigDayRules = BigDayRules()
    content: MonthlyRules = MonthlyRules((8,))
    invitations: MonthlyRules = MonthlyRules((5,))
    _years: dict[int, list[Occasion]] = field(default_factory=dict, compare=False, repr=False)

    def between(self, after: datetime, until: datetime) -> list[Occasion]:
        """What falls due behind `after` and not later than `until`, in the order of time."""
        years = range(after.astimezone(self.zone).year, until.astimezone(self.zone).year + 1)
        return [found for year in years for found in self._year(year) if after < found.due_at <= until]

    def next_after(self, at: datetime) -> Occasion | None:
        """What falls due next, within two years."""
        year = at.astimezone(self.zone).year
        return next(
            (found for y in range(year, year + 3) for found in self._year(y) if found.due_at > at), None
        )

    def open_hours(self, at: datetime) -> frozenset[Hours]:
        """Which messages may go at an instant."""
        return open_hours(at.astimezone(self.zone), self.calendar, self.quiet)

    def cycle(self, period: Period) -> Cycle:
        """The days of a period."""
        return cycle_of(period, self.cycles[kind_of(period)], self.calendar)

    def closes_at(self, period: Period) -> datetime:
        """The first instant at which no answer for the period is taken."""
        return self._end(self.cycle(period).close.on)

    def find_big_day(self, day_id: str) -> BigDay | None:
        """The day of that name in the data file."""
        return next((day for day in self.big_days if day.id == day_id), None)

    def _year(self, year: int) -> list[Occasion]:
        if year not in self._years:
            found = (*self._of_cycles(year), *self._of_big_days(year), *self._of_months(year))
            self._years[year] = sorted(occasion for occasion in found if occasion.on.year == year)
        return self._years[year]

    def _of_cycles(self, year: int) -> Iterator[Occasion]:
        for kind, rules in self.cycles.items():
            for period in periods_reminded_in(year, kind) if rules.on else ():
                yield from self._of_cycle(cycle_of(period, rules, self.calendar), rules.hour)

    def _of_cycle(self, cycle: Cycle, hour: time) -> Iterator[Occasion]:
        name, due_over, closed = str(cycle.period), self._end(cycle.due.on), self._end(cycle.close.on)
        for nth, day in enumerate(cycle.reminders, 1):
            yield self._at(OccasionKind.REMINDER, f"{name}:{nth}", day, hour, due_over, period=cycle.period)
        if cycle.overdue:
            yield self._at(OccasionKind.OVERDUE, name, cycle.overdue, hour, closed, period=cycle.period)
        if cycle.report:
            yield self._at(OccasionKind.SILENT, name, cycle.report, hour, closed, period=cycle.period)
        yield self._at(OccasionKind.CLOSE, name, cycle.close, self.quiet.begin, closed, period=cycle.period)

    def _of_big_days(self, year: int) -> Iterator[Occasion]:
        rules = self.big_day_rules
        for day in self.big_days:
            for on in map(day.on_in, range(year - 1, year + 2)) if day.send else ():
                if on is not None:
                    greeting = self._at(
                        OccasionKind.GREETING,
                        f"{on}:{day.id}",
                        Day(on, on),
                        rules.hour,
                        self._end(on),
                        day_id=day.id,
                        day_on=on,
                    )
                    yield from (greeting, *self._asked_before(greeting))

    def _of_months(self, year: int) -> Iterator[Occasion]:
        for month in range(1, 13):
            first = date(year, month, 1)
            over = first_instant(period_of(first, 1).until_on, self.zone)
            for n in self.invitations.days:
                day = self._worked(first.replace(day=n))
                yield self._at(OccasionKind.INVITATION, str(first)[:7], day, self.invitations.hour, over)
            for n in self.content.days:
                day = self._worked(first.replace(day=n))
                slot = self._at(
                    OccasionKind.CONTENT,
                    f"{day.wanted}:{CONTENT}",
                    day,
                    self.content.hour,
                    over,
                    day_id=CONTENT,
                    day_on=day.on,
                )
                yield from (slot, *self._asked_before(slot))

    def _asked_before(self, sent: Occasion) -> Iterator[Occasion]:
        """The secretariat sees it some working days ahead, and hears the day before if it has not decided."""
        rules = self.big_day_rules
        for kind, ahead in ((OccasionKind.REVIEW, rules.review_days), (OccasionKind.WARNING, 1)):
            on = self.calendar.add_working_days(sent.on, -ahead)
            yield self._at(
                kind,
                sent.key,
                Day(on, on),
                rules.review_hour,
                sent.expires_at if kind is OccasionKind.REVIEW else sent.due_at,
                day_id=sent.day_id,
                day_on=sent.on,
            )

    def _at(
        self,
        kind: OccasionKind,
        key: str,
        day: Day,
        hour: time,
        expires_at: datetime,
        *,
        period: Period | None = None,
        day_id: str = "",
        day_on: date | None = None,
    ) -> Occasion:
        due_at = datetime.combine(day.on, hour, self.zone).astimezone(UTC)
        return Occasion(due_at, kind, key, expires_at, day.on, day.wanted, period, day_id, day_on)

    def _worked(self, day: date) -> Day:
        """Moved to the working day before, or behind where that would be another month's."""
        before = self.calendar.working_day_until(day)
        return Day(before if before.month == day.month else self.calendar.working_day_from(day), day)

    def _end(self, on: date) -> datetime:
        return first_instant(on + timedelta(days=1), self.zone)
