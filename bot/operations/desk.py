"""What waits for the secretariat, all of it on one screen, and asking one silent unit again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.config import Config
from bot.domain.cycles import open_periods
from bot.domain.errors import Gone, Refused
from bot.domain.people import Person, UnitId
from bot.domain.periods import Period, read_period
from bot.operations.answer_for_unit import begins_on
from bot.operations.office_list import check_time
from bot.operations.plan_reminders import SilentUnit, list_silent, remind_unit
from bot.operations.secretariat import check_secretariat
from storage import desk, office_lists
from storage.database import Session
from storage.desk import Counts


@dataclass(frozen=True)
class Waiting:
    """Everything that waits: `silent` counts units by period, `lists` whom the office picks from."""

    counts: Counts
    silent: Mapping[Period, int]
    lists: Mapping[Period, int]


async def look_at_desk(session: Session, me: Person, config: Config, now: datetime) -> Waiting:
    """What waits now. Raises NotAllowed for who is not of the secretariat."""
    today = config.office.day_of(now)
    check_secretariat(me, today)
    counts = await desk.count_waiting(session, now, today, pledged_until(config, now))
    silent: dict[Period, int] = {}
    for period in list_asked(config, today):
        n = len(await list_silent(session, period, today, config))
        silent |= {period: n} if n else {}
    return Waiting(counts, silent, await count_lists(session, config, today))


def pledged_until(config: Config, now: datetime) -> datetime:
    """The latest instant of a pledge whose result is waited for by now."""
    return now - timedelta(days=config.copying.ask_after_days)


def list_asked(config: Config, today: date) -> list[Period]:
    """The periods of which units have been reminded, or that are due, and that are still open."""
    timetable = config.timetable
    found = []
    for kind, rules in timetable.cycles.items():
        for period in open_periods(kind, rules, timetable.calendar, today):
            cycle = timetable.cycle(period)
            first = min([day.on for day in cycle.reminders], default=cycle.due.on)
            found += [period] if begins_on(period) <= today and first <= today else []
    return sorted(found)


async def find_silent(
    session: Session, period: Period, unit_id: UnitId, config: Config, today: date
) -> SilentUnit:
    """A unit that has not answered for a period that is asked for.

    Raises Refused for a period that is not asked for, Gone where the unit has answered.
    """
    if period not in list_asked(config, today):
        raise Refused("desk.not_asked")
    for one in await list_silent(session, period, today, config):
        if one.unit.id == unit_id:
            return one
    raise Gone("desk.has_answered")


async def ask_unit_again(
    session: Session, me: Person, period: Period, unit_id: UnitId, config: Config, now: datetime
) -> int:
    """Remind who answers for one silent unit, once a day; answers how many that reaches now.

    Raises NotAllowed, and what `find_silent` raises.
    """
    today = config.office.day_of(now)
    check_secretariat(me, today)
    silent = await find_silent(session, period, unit_id, config, today)
    return await remind_unit(session, me, silent, period, now, config)


async def count_lists(session: Session, config: Config, today: date) -> Mapping[Period, int]:
    """Of how many the office may pick for its list of each period, while it may be composed."""
    found = {}
    for name, n in (await office_lists.list_composable(session)).items():
        period = read_period(name)
        try:
            if period is not None:
                check_time(config, period, today)
                found[period] = n
        except Refused:  # long ago: nothing is composed any more
            continue
    return found
