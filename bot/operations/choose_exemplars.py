"""A head chooses: for a month among its nominees, for a longer period among those its months chose."""

from datetime import date, datetime
from itertools import groupby

from bot.config import Config
from bot.domain.cycles import open_periods, periods_reminded_in
from bot.domain.errors import Gone, Refused
from bot.domain.people import Person, UnitId
from bot.domain.periods import Period, last_day
from bot.domain.summary import CHOSEN, NONE
from bot.domain.timetable import Timetable
from bot.operations.answer_for_unit import check_head
from storage import access, choices, nominations, units
from storage.database import Session
from storage.nominations import StandingRow

Nominee = list[StandingRow]
"""The reasons that stand for one nominee, the first that came first."""

_LAST_YEAR = 2999
"""No period of anybody's is later; the calendar ends in 9999."""


def begins_on(period: Period) -> date:
    """From when a unit answers for a period: a longer one is looked at when its months are over."""
    return period.first_on if period.months == 1 else period.until_on


def is_asked(timetable: Timetable, period: Period) -> bool:
    """Whether units answer for such a period at all."""
    if period.first_on.year > _LAST_YEAR:
        return False
    kind = next(kind for kind in timetable.cycles if kind.months == period.months)
    known = period in periods_reminded_in(period.first_on.year, kind)
    return known and (period.months == 1 or timetable.cycles[kind].on)


def is_open(timetable: Timetable, period: Period, today: date) -> bool:
    """Whether an answer for the period is taken on the day."""
    return begins_on(period) <= today and not timetable.cycle(period).is_closed(today)


def check_period(config: Config, period: Period, today: date) -> None:
    """Raises Refused for a period that has not begun or has closed."""
    if today < begins_on(period):
        raise Refused("choose.not_begun", begin=f"{begins_on(period):%d/%m/%Y}")
    cycle = config.timetable.cycle(period)
    if cycle.is_closed(today):
        raise Refused("choose.closed", close=f"{cycle.close.on:%d/%m/%Y}")


async def list_nominees(session: Session, unit_id: UnitId, period: Period) -> list[Nominee]:
    """Whom the unit chooses from, in the order in which they came."""
    months = period.month_names
    standing = await nominations.list_standing(session, months[0], months[-1], unit_id=unit_id)
    if period.months > 1:
        chosen = set(await choices.list_within(session, unit_id, period))
        standing = [row for row in standing if row.endorsement.nomination_id in chosen]
    first_seen = {row.endorsement.nomination_id: row.endorsement.id for row in reversed(standing)}
    standing.sort(key=lambda row: (first_seen[row.endorsement.nomination_id], row.endorsement.id))
    return [list(rows) for _, rows in groupby(standing, key=lambda row: row.endorsement.nomination_id)]


async def choose(
    session: Session,
    me: Person,
    unit_id: UnitId,
    period: Period,
    nomination_id: int,
    config: Config,
    now: datetime,
) -> bool:
    """The unit chooses a nominee who meets the three criteria; False if it had chosen them before.

    Raises NotAllowed for who does not head the unit on the day, Refused for a period that takes no answer or
    a nominee who is not there, and Gone where the unit has said that there is nobody.
    """
    today = now.astimezone(config.office.timezone).date()
    check_head(me, unit_id, today)
    check_period(config, period, today)
    await nominations.hold_unit(session, unit_id)
    if (await nominations.list_answers(session, str(period))).get(unit_id) == NONE:
        raise Gone("choose.answered")
    known = {rows[0].endorsement.nomination_id for rows in await list_nominees(session, unit_id, period)}
    if nomination_id not in known:
        raise Refused("choose.no_longer")
    if nomination_id in await choices.list_chosen(session, unit_id, str(period)):
        return False
    await choices.add_choice(session, unit_id, str(period), nomination_id, me.id, now)
    await nominations.add_answer(session, unit_id, str(period), CHOSEN, "", me.id, now)
    await access.note(session, me.id, "choose", "nomination", nomination_id, now, detail=str(period))
    return True


async def list_unanswered(
    session: Session, unit_id: UnitId, timetable: Timetable, today: date
) -> list[Period]:
    """The periods for which the unit may answer on the day and has not, the earliest first."""
    answered = await nominations.list_answered(session, unit_id)
    found = []
    for kind, rules in timetable.cycles.items():
        for period in open_periods(kind, rules, timetable.calendar, today):
            if begins_on(period) <= today and str(period) not in answered:
                there = await units.list_units(session, min(today, last_day(period)))
                found += [period] if any(unit.id == unit_id for unit in there) else []
    return sorted(found)
