"""What will happen, an entry each: when, to whom, and why on that day, in the office's words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.config import Config
from bot.domain.audience import Audience
from bot.domain.big_days import Anniversary, classify
from bot.domain.cycles import LEAST_NOTICE, CycleRules, kind_of
from bot.domain.roles import Role
from bot.domain.timetable import CONTENT, Occasion, OccasionKind, Timetable
from bot.operations.occasion_words import occasion_title
from bot.operations.post_words import ROLES
from bot.texts import N_, Texts

_ANNIVERSARIES = {
    Anniversary.ROUND: N_("schedule.round"),
    Anniversary.FIVE: N_("schedule.five"),
    Anniversary.OTHER: N_("schedule.other"),
}
_SUNDAY_AND_SATURDAY = (5, 6)


@dataclass(frozen=True)
class Entry:
    """Something that will happen at `at`.

    `key` names it among its `kind`, the same in every run; `moved_from` is the day it would be if all days
    were worked, None where it is that day. `title`, `whom` and `why` are in the office's language.
    """

    at: datetime
    kind: str
    key: str
    title: str
    whom: str
    why: str
    moved_from: date | None = None


class Describer:
    """Puts occasions into words. `units` are the units' names by code, as far as they are known."""

    def __init__(self, config: Config, texts: Texts, units: Mapping[str, str]) -> None:
        self._config, self._texts, self._units = config, texts, units
        self._timetable: Timetable = config.timetable

    def entry(self, occasion: Occasion, state: str = "") -> Entry:
        """An occasion; `state` is what has been decided about its message."""
        moved = occasion.on != occasion.wanted_on
        why = [
            *self._why(occasion),
            *([self._moved(occasion)] if moved else []),
            *([state or self._condition()] if post_key(occasion) else []),
        ]
        return Entry(
            occasion.due_at,
            occasion.kind.value,
            occasion.key,
            occasion_title(self._texts, occasion, self._timetable),
            self._whom(occasion),
            "; ".join(why),
            occasion.wanted_on if moved else None,
        )

    def audience(self, audience: Audience) -> str:
        """Whom a message to many is for."""
        roles = self._roles(audience.roles)
        units = ", ".join(self._units.get(code, code) for code in audience.units)
        if roles and units:
            return self._texts.plain("audience.roles_of_units", roles=roles, units=units)
        return roles or units or self._texts.plain("audience.everybody")

    def _whom(self, occasion: Occasion) -> str:
        texts, kind = self._texts, occasion.kind
        secretariat = texts.plain("audience.secretariat")
        if kind in {OccasionKind.REMINDER, OccasionKind.OVERDUE}:
            roles = self._roles(self._rules(occasion).to)
            return texts.plain("schedule.whom_silent", roles=roles)
        if kind is OccasionKind.SILENT and self._rules(occasion).tell_leader:
            return texts.plain("schedule.whom_and", first=secretariat, second=texts.plain("audience.leaders"))
        if kind is OccasionKind.CLOSE:
            return texts.plain("schedule.whom_nobody")
        if kind is OccasionKind.INVITATION:
            return texts.plain("schedule.whom_invited")
        if kind is OccasionKind.CONTENT:
            return texts.plain("audience.everybody")
        if kind is OccasionKind.GREETING:
            day = self._timetable.find_big_day(occasion.day_id)
            return self.audience(day.audience if day else Audience())
        return secretariat

    def _roles(self, roles: "frozenset[Role] | tuple[Role, ...]") -> str:
        return ", ".join(self._texts.plain(name) for role, name in ROLES.items() if role in roles)

    def _why(self, occasion: Occasion) -> Iterator[str]:
        texts, kind, rules = self._texts, occasion.kind, self._timetable.big_day_rules
        if occasion.period is not None:
            yield self._why_of_cycle(occasion)
        elif kind in {OccasionKind.INVITATION, OccasionKind.CONTENT}:
            yield texts.plain("schedule.why_monthly", day=occasion.wanted_on.day)
        elif kind is OccasionKind.REVIEW:
            yield texts.count("schedule.why_review", rules.review_days, day=self._day_of(occasion))
        elif kind is OccasionKind.WARNING:
            yield texts.plain("schedule.why_warning", day=self._day_of(occasion))
        elif kind is OccasionKind.GREETING:
            yield from self._why_that_day(occasion)

    def _condition(self) -> str:
        """Whether a message about which nobody has decided yet goes."""
        unasked = self._config.big_days.unanswered == "send"
        return self._texts.plain("schedule.unless_skipped" if unasked else "schedule.if_approved")

    def _why_of_cycle(self, occasion: Occasion) -> str:
        texts, rules = self._texts, self._rules(occasion)
        assert occasion.period is not None  # noqa: S101 - a cycle's occasion has one
        due = texts.weekday(self._timetable.cycle(occasion.period).due.on)
        if occasion.kind is OccasionKind.REMINDER:
            return texts.plain("schedule.why_remind", day=occasion.wanted_on.day, due=due)
        if occasion.kind is OccasionKind.OVERDUE:
            return texts.count("schedule.why_overdue", rules.overdue_after, due=due)
        if occasion.kind is OccasionKind.SILENT:
            return texts.count("schedule.why_overdue", rules.report_after, due=due)
        if rules.close_day:
            return texts.plain("schedule.why_close_day", day=rules.close_day)
        return texts.plain("schedule.why_close_working_day", nth=rules.close_working_day)

    def _why_that_day(self, occasion: Occasion) -> Iterator[str]:
        texts, day = self._texts, self._timetable.find_big_day(occasion.day_id)
        if day is None:
            return
        if day.eve:
            yield texts.plain("schedule.why_eve", day=day.written)
        elif day.lunar:
            yield texts.plain("schedule.why_lunar_day", day=day.written)
        else:
            yield texts.plain("schedule.why_day", day=day.written)
        years = day.years(day.year_of(occasion.on))
        if years is not None:
            kind = texts.plain(_ANNIVERSARIES[classify(years)])
            yield texts.plain("schedule.why_years", years=years, kind=kind)

    def _moved(self, occasion: Occasion) -> str:
        """Why it is not on the day the rules name."""
        texts, calendar = self._texts, self._timetable.calendar
        wanted, on = occasion.wanted_on, texts.weekday(occasion.on)
        if occasion.on > wanted:
            return texts.plain("schedule.moved_on", wanted=_short(wanted), off=self._off(wanted), on=on)
        if occasion.on < calendar.working_day_until(wanted):
            return texts.count("schedule.moved_for_notice", LEAST_NOTICE, wanted=_short(wanted), on=on)
        return texts.plain("schedule.moved_back", wanted=_short(wanted), off=self._off(wanted), on=on)

    def _off(self, day: date) -> str:
        """What kind of day off it is."""
        name = self._timetable.calendar.name_of(day)
        if name:
            return self._texts.plain("schedule.off_named", name=name)
        if day.weekday() in _SUNDAY_AND_SATURDAY:
            return self._texts.weekday(day).rpartition(" ")[0]
        return self._texts.plain("schedule.off_office")

    def _day_of(self, occasion: Occasion) -> str:
        return self._texts.weekday(occasion.day_on or occasion.on)

    def _rules(self, occasion: Occasion) -> CycleRules:
        assert occasion.period is not None  # noqa: S101 - a cycle's occasion has one
        return self._timetable.cycles[kind_of(occasion.period)]


def post_key(occasion: Occasion) -> str | None:
    """The key of the message to many that an occasion sends; None for those that send none."""
    if occasion.kind is OccasionKind.GREETING:
        return f"big_day:{occasion.key}"
    return f"{CONTENT}:{occasion.key}" if occasion.kind is OccasionKind.CONTENT else None


def _short(day: date) -> str:
    return f"{day:%d/%m}"
