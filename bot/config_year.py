"""The tables of config.toml about the year: its days, its hours, who is reminded and how often."""

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from bot import config_values as read
from bot.big_day_files import read_big_days
from bot.config_values import Mistake, Unfit
from bot.domain.cycles import CycleKind, CycleRules
from bot.domain.hours import QuietHours
from bot.domain.roles import Role
from bot.domain.timetable import BigDayRules, MonthlyRules, Timetable
from bot.domain.working_days import WorkCalendar

if TYPE_CHECKING:
    from bot.config import Config

EIGHT = time(8)
HALF_PAST_SEVEN = time(7, 30)
NINE = time(9)
HEADS = frozenset({Role.UNIT_HEAD, Role.DEPUTY})


@dataclass(frozen=True, slots=True)
class Calendar:
    """The office's own days off and days worked, and the hours in which nothing goes by itself."""

    days_off: Annotated[frozenset[date], read.dates] = frozenset()
    days_worked: Annotated[frozenset[date], read.dates] = frozenset()
    quiet_from: Annotated[time, read.hour] = time(20)
    quiet_until: Annotated[time, read.hour] = time(7)


@dataclass(frozen=True, slots=True)
class MonthCycle:
    """How a month runs; see `bot.domain.cycles.CycleRules`."""

    on: Annotated[bool, read.flag] = True
    remind_days: Annotated[tuple[int, ...], read.days_of_month] = (20,)
    due_day: Annotated[int, read.whole(1, 28)] = 25
    close_day: Annotated[int, read.whole(0, 28)] = 0
    close_working_day: Annotated[int, read.whole(0, 15)] = 5
    hour: Annotated[time, read.hour] = EIGHT
    overdue_after: Annotated[int, read.whole(0, 10)] = 1
    report_after: Annotated[int, read.whole(0, 10)] = 2
    to: Annotated[frozenset[Role], read.roles(Role.UNIT_HEAD, Role.DEPUTY)] = HEADS
    tell_leader: Annotated[bool, read.flag] = False


@dataclass(frozen=True, slots=True)
class LongCycle(MonthCycle):
    """How a quarter, a half year or a year runs: the same, in the month after it."""

    remind_days: Annotated[tuple[int, ...], read.days_of_month] = (10,)
    due_day: Annotated[int, read.whole(1, 28)] = 15
    close_day: Annotated[int, read.whole(0, 28)] = 25
    close_working_day: Annotated[int, read.whole(0, 15)] = 0


@dataclass(frozen=True, slots=True)
class BigDays:
    """Messages on big days: the data file ("" is the one that comes along), when, and what silence means."""

    file: Annotated[str, read.text(0, 1000)] = ""
    hour: Annotated[time, read.hour] = HALF_PAST_SEVEN
    review_days: Annotated[int, read.whole(2, 15)] = 3
    review_hour: Annotated[time, read.hour] = EIGHT
    unanswered: Annotated[str, read.one_of("skip", "send")] = "skip"


@dataclass(frozen=True, slots=True)
class Content:
    """Items of the library: on these days of each month the one that has waited longest."""

    on: Annotated[bool, read.flag] = True
    days: Annotated[tuple[int, ...], read.days_of_month] = (8,)
    hour: Annotated[time, read.hour] = NINE


@dataclass(frozen=True, slots=True)
class Invitations:
    """The monthly invitation to nominate, for those who have not and do not mind."""

    on: Annotated[bool, read.flag] = True
    day: Annotated[int, read.whole(1, 28)] = 5
    hour: Annotated[time, read.hour] = NINE


@dataclass(frozen=True, slots=True)
class Backup:
    """The nightly copy: when, how many are kept, and where ("" is beside the data)."""

    on: Annotated[bool, read.flag] = True
    hour: Annotated[time, read.hour] = time(2)
    keep: Annotated[int, read.whole(1, 1000)] = 7
    folder: Annotated[str, read.text(0, 1000)] = ""


def build_timetable(config: "Config") -> Timetable:
    """The rules about time that a configuration makes. Raises BigDayMistakes."""
    calendar, content, big_days = config.calendar, config.content, config.big_days
    return Timetable(
        config.office.timezone,
        WorkCalendar(calendar.days_off, calendar.days_worked),
        QuietHours(calendar.quiet_from, calendar.quiet_until),
        {kind: CycleRules(**asdict(getattr(config, kind.value))) for kind in CycleKind},
        read_big_days(Path(big_days.file) if big_days.file else None),
        BigDayRules(big_days.hour, big_days.review_hour, big_days.review_days),
        MonthlyRules(content.days if content.on else (), content.hour),
        MonthlyRules((config.invitations.day,) if config.invitations.on else (), config.invitations.hour),
    )


def year_contradictions(config: "Config", wrong: Collection[str]) -> Iterator[Mistake]:
    """Values that are right alone and wrong together; what is already wrong alone is not told twice."""
    found = (*_of_days(config), *_of_cycles(config), *_of_hours(config))
    yield from (mistake for mistake in found if mistake.where not in wrong)


def _of_days(config: "Config") -> Iterator[Mistake]:
    calendar = config.calendar
    if both := calendar.days_off & calendar.days_worked:
        unfit = Unfit("config.expected.not_both", "days that are not in days_off")
        yield unfit.at("calendar", "days_worked", min(both).isoformat())
    if calendar.quiet_until >= calendar.quiet_from:
        value = f"{calendar.quiet_from:%H:%M}"
        unfit = Unfit("config.expected.less", "less than {key} = {value}", key="quiet_from", value=value)
        yield unfit.at("calendar", "quiet_until", f"{calendar.quiet_until:%H:%M}")


def _of_cycles(config: "Config") -> Iterator[Mistake]:
    for kind in CycleKind:
        rules: MonthCycle = getattr(config, kind.value)
        late = [day for day in rules.remind_days if day >= rules.due_day]
        if late:
            value = rules.due_day
            unfit = Unfit("config.expected.less", "less than {key} = {value}", key="due_day", value=value)
            yield unfit.at(kind.value, "remind_days", str(late[0]))
        if bool(rules.close_day) == bool(rules.close_working_day):
            english = "close_day or close_working_day, one of them above 0"
            yield Unfit("config.expected.one_close", english).at(
                kind.value, "close_day", str(rules.close_day)
            )
        elif kind is not CycleKind.MONTH and rules.close_day and rules.close_day <= rules.due_day:
            value = rules.due_day
            unfit = Unfit(
                "config.expected.before", "a day behind {key} = {value}", key="due_day", value=value
            )
            yield unfit.at(kind.value, "close_day", str(rules.close_day))


def _of_hours(config: "Config") -> Iterator[Mistake]:
    quiet = QuietHours(config.calendar.quiet_from, config.calendar.quiet_until)
    if quiet.end >= quiet.begin:
        return
    hours = [(kind.value, "hour", getattr(config, kind.value).hour) for kind in CycleKind]
    hours += [
        ("big_days", "hour", config.big_days.hour),
        ("big_days", "review_hour", config.big_days.review_hour),
    ]
    hours += [("content", "hour", config.content.hour), ("invitations", "hour", config.invitations.hour)]
    for table, key, hour in hours:
        if quiet.hold(hour):
            unfit = Unfit(
                "config.expected.loud_hour",
                "an hour outside the quiet hours, from {end} and before {begin}",
                begin=f"{quiet.begin:%H:%M}",
                end=f"{quiet.end:%H:%M}",
            )
            yield unfit.at(table, key, f"{hour:%H:%M}")
