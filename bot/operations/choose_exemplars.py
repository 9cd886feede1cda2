"""A head chooses: for a month among its nominees, for a longer period among those its months chose."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.config import Config
from bot.domain.cycles import open_periods, periods_reminded_in
from bot.domain.errors import Refused
from bot.domain.exemplars import Answer, Choice, Criterion
from bot.domain.nominations import NominationId
from bot.domain.people import Person, UnitId
from bot.domain.periods import Period, last_day
from bot.domain.summary import CHOSEN
from bot.domain.timetable import Timetable
from bot.operations.answer_for_unit import begins_on, check_head, check_period, give_answer
from storage import choices, nominations, units
from storage.database import Session
from storage.nominations import StandingRow

Nominee = list[StandingRow]
"""The reasons that stand for one nominee; see `list_nominees`."""

_LAST_YEAR = 2999
"""No period of anybody's is later; the calendar ends in 9999."""


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


async def list_nominees(session: Session, unit_id: UnitId, period: Period) -> list[Nominee]:
    """Whom the unit chooses from, in the order in which they came.

    For a longer period these are the nominees its months chose, each once: the latest nomination stands for
    it and comes first, the reasons of the others follow.
    """
    months = period.month_names
    standing = await nominations.list_for_unit(session, unit_id, months[0], months[-1])
    if period.months > 1:
        chosen = set(await choices.list_within(session, unit_id, period))
        standing = [row for row in standing if row.endorsement.nomination_id in chosen]
    return group_nominees(standing)


def group_nominees(standing: Sequence[StandingRow]) -> list[Nominee]:
    """Reasons by nominee, in the order in which the nominees came, the latest nomination's first."""
    found: dict[str, Nominee] = {}
    for row in sorted(standing, key=lambda row: row.endorsement.id):
        found.setdefault(row.endorsement.nominee.key, []).append(row)
    for rows in found.values():
        latest = max(rows, key=lambda row: (row.endorsement.period, row.endorsement.nomination_id))
        rows.sort(key=lambda row: row.endorsement.nomination_id != latest.endorsement.nomination_id)
    return list(found.values())


def number_of(nominee: Nominee) -> NominationId:
    """The nomination that stands for a nominee."""
    return nominee[0].endorsement.nomination_id


def count_nominators(nominee: Nominee) -> int:
    """How many people gave a reason."""
    return len({row.endorsement.nominator_id for row in nominee})


async def choose(
    session: Session,
    me: Person,
    unit_id: UnitId,
    period: Period,
    picked: Sequence[Choice],
    config: Config,
    now: datetime,
    *,
    version: int = 0,
    entered_by: Person | None = None,
    signed_on: date | None = None,
) -> Answer:
    """The unit chooses nominees who meet the three criteria, each with a sentence of reason.

    Raises Refused for none or too many, for a criterion not confirmed, a reason missing or too long, and a
    nominee who is not there; else as `give_answer` does.
    """
    today = config.office.day_of(now)
    check_head(me, unit_id, signed_on or today)
    check_period(config, period, today)
    rules = config.choosing
    if not picked:
        raise Refused("choose.none_picked")
    if len(picked) > rules.most:
        raise Refused("choose.too_many", most=rules.most)
    if any(choice.criteria != frozenset(Criterion) for choice in picked):
        raise Refused("choose.criteria_missing")
    if any(not choice.reason.strip() or len(choice.reason) > rules.reason_max for choice in picked):
        raise Refused("choose.reason_missing", most=rules.reason_max)
    await nominations.hold_unit(session, unit_id)
    nominees = await list_nominees(session, unit_id, period)
    known = {number_of(rows) for rows in nominees if not rows[0].nominee_erased}
    if not {choice.nomination_id for choice in picked} <= known:
        raise Refused("choose.no_longer")
    answer = Answer(unit_id, str(period), CHOSEN, me.id, now, version=version, choices=tuple(picked))
    return await give_answer(
        session, me, answer, period, config, now, entered_by=entered_by, signed_on=signed_on
    )


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
