"""Counting a period for somebody who may see it, and for what is filed: one way for all of them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.nominations import Kind
from bot.domain.people import Person, UnitId
from bot.domain.periods import Period, first_instant, last_day, periods_within
from bot.domain.roles import Role
from bot.domain.summary import Summary, UnitLine, sum_up, trend_periods
from storage import figures, nominations, units
from storage.database import Session

ALL_TIME = ("0000-00", "9999-99")


class Scope(StrEnum):
    """How much of the office's figures a person sees."""

    OFFICE = "office"
    UNITS = "units"
    PUBLIC = "public"


def scope_of(person: Person, today: date) -> Scope:
    """Leaders and the secretariat see the office, heads and acting deputies their units."""
    if person.has(Role.LEADER, today) or person.has(Role.SECRETARIAT, today):
        return Scope.OFFICE
    return Scope.UNITS if person.heads(today) else Scope.PUBLIC


@dataclass(frozen=True)
class Span:
    """What is counted: a period, or all there ever was (None), as it stands at an instant in a zone."""

    period: Period | None
    now: datetime
    zone: ZoneInfo

    @property
    def months(self) -> tuple[str, str]:
        """The first and the last month."""
        names = self.period.month_names if self.period else ALL_TIME
        return names[0], names[-1]

    @property
    def day(self) -> date:
        """The day whose units and names count: the period's last one, or today."""
        today = self.now.astimezone(self.zone).date()
        return min(today, last_day(self.period)) if self.period else today

    @property
    def until(self) -> datetime:
        """The instant until which somebody has to have been here to be counted."""
        return min(self.now, first_instant(self.period.until_on, self.zone)) if self.period else self.now

    @property
    def over(self) -> bool:
        """Whether the period has ended."""
        return self.period is not None and self.now >= first_instant(self.period.until_on, self.zone)


async def summarise(
    session: Session, period: Period, now: datetime, zone: ZoneInfo, only: Collection[UnitId] | None = None
) -> Summary:
    """The period of the office, or of some units, as it stands now."""
    span = Span(period, now, zone)
    lines = await count_units(session, span, only)
    shown = {line.unit.id for line in lines}
    back = trend_periods(period)
    months: dict[str, int] = defaultdict(int)
    counted = await figures.tally_months(session, back[0].month_names[0], span.months[1])
    for (month, unit_id), n in counted.items():
        if only is None or unit_id in only:
            months[month] += n
    names = {int(movement.id): movement.name for movement in await nominations.list_movements(session)}
    movements: dict[str, int] = defaultdict(int)
    for (unit_id, movement_id), n in (await figures.tally_movements(session, *span.months)).items():
        if movement_id and unit_id in shown:
            movements[names[movement_id]] += n
    ranked = sorted(movements.items(), key=lambda item: (-item[1], item[0]))
    return Summary(period, now, tuple(lines), tuple(ranked), sum_up(months, back), span.over)


async def summarise_public(
    session: Session, period: Period, now: datetime, zone: ZoneInfo, only: Collection[UnitId] | None = None
) -> Summary:
    """What everybody may see of the period: its nominees are the exemplars that are public, nothing else.

    Units without any are left out, unless they are asked for.
    """
    span = Span(period, now, zone)
    back = trend_periods(period)
    kinds: dict[UnitId, dict[Kind, int]] = defaultdict(lambda: defaultdict(int))
    months: dict[str, int] = defaultdict(int)
    for one in await figures.count_public(session, back[0].month_names[0], span.months[1]):
        if only is not None and one.unit_id not in only:
            continue
        months[one.period] += one.n
        if one.period >= span.months[0]:
            kinds[one.unit_id][one.kind] += one.n
    named = await units.list_named(session, span.day)
    shown = kinds if only is None else only
    lines = tuple(UnitLine(unit, dict(kinds[unit.id])) for unit in named if unit.id in shown)
    return Summary(period, now, lines, (), sum_up(months, back), span.over)


async def count_units(session: Session, span: Span, only: Collection[UnitId] | None = None) -> list[UnitLine]:
    """A line for each unit that exists on the span's day or has nominees in it, by the name of that day."""
    first, last = span.months
    kinds: dict[UnitId, dict[Kind, int]] = defaultdict(dict)
    reasons: dict[UnitId, int] = defaultdict(int)
    for tally in await figures.tally_kinds(session, first, last):
        kinds[tally.unit_id][tally.kind] = tally.nominees
        reasons[tally.unit_id] += tally.reasons
    people = await figures.count_people(session, span.until)
    took_part = await figures.count_nominators(session, first, last, span.until)
    within = [str(period) for period in periods_within(span.period)] if span.period else None
    chosen = await figures.count_chosen(session, within)
    lived = await figures.count_exemplars(session, first, last)
    answers = await nominations.list_answers(session, str(span.period)) if span.period else {}
    named = await units.list_named(session, span.day)
    in_force = {unit.id for unit in named if unit.exists_on(span.day)}
    nothing = figures.Honoured(0, 0, 0)
    return [
        UnitLine(
            unit=unit,
            kinds=kinds.get(unit.id, {}),
            reasons=reasons.get(unit.id, 0),
            people=people.get(unit.id, 0) if unit.id in in_force else 0,
            took_part=took_part.get(unit.id, 0) if unit.id in in_force else 0,
            answer=answers.get(unit.id, ""),
            chosen=chosen.get(unit.id, 0),
            honoured=lived.get(unit.id, nothing).honoured,
            copied=lived.get(unit.id, nothing).copied,
            copies=lived.get(unit.id, nothing).copies,
            in_force=unit.id in in_force,
        )
        for unit in named
        if (only is None or unit.id in only)
        and (unit.id in in_force or unit.id in kinds or unit.id in chosen)
    ]
