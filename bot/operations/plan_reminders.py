"""Heads are reminded while their unit is silent; those who answered are left alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.config import Config
from bot.domain.cycles import CycleRules, kind_of
from bot.domain.hours import Hours
from bot.domain.people import Person, PersonId, Unit, UnitId
from bot.domain.periods import Period, last_day
from bot.domain.roles import Role
from bot.domain.timetable import Occasion, OccasionKind
from bot.operations.secretariat import check_secretariat, list_secretariat
from storage import access, nominations, notices, people, units
from storage.database import Session
from storage.notices import Notice

REMINDER, OVERDUE, SILENT, UNREACHABLE, INVITATION = (
    "reminder",
    "overdue",
    "silent",
    "unreachable",
    "invitation",
)
"""Kinds of notices."""
DEADLINES = (REMINDER, OVERDUE)
"""Those that are sent once more, labelled, where it is in doubt whether they arrived."""

_KINDS = {OccasionKind.REMINDER: REMINDER, OccasionKind.OVERDUE: OVERDUE}
_LONGEST_OPEN = timedelta(days=60)


@dataclass(frozen=True)
class SilentUnit:
    """A unit that has not answered: who answers for it and can be reached, and who cannot."""

    unit: Unit
    reached: tuple[Person, ...] = field(default=())
    unreached: tuple[Person, ...] = field(default=())


async def plan_reminder(session: Session, occasion: Occasion, now: datetime, config: Config) -> None:
    """REMINDER, OVERDUE: to who answers for a silent unit; the secretariat hears whom nothing reaches."""
    assert occasion.period is not None  # noqa: S101 - a cycle's occasion has one
    today = config.office.day_of(now)
    silent = await list_silent(session, occasion.period, today, config)
    for one in silent:
        await _remind(session, one, [person.id for person in one.reached], occasion, now)
    if not all(one.reached for one in silent):
        secretariat = [clerk.id for clerk in await list_secretariat(session, today)]
        body = {"period": str(occasion.period)}
        await _plan(
            session, UNREACHABLE, f"{_KINDS[occasion.kind]}:{occasion.key}", secretariat, body, occasion, now
        )


async def plan_silent_list(session: Session, occasion: Occasion, now: datetime, config: Config) -> None:
    """SILENT: which units are silent, to the secretariat, and to leaders where the office wants it."""
    assert occasion.period is not None  # noqa: S101 - a cycle's occasion has one
    today = config.office.day_of(now)
    if not await list_silent(session, occasion.period, today, config):
        return
    told = {clerk.id for clerk in await list_secretariat(session, today)}
    if _rules(config, occasion.period).tell_leader:
        leaders = await people.list_with_role(session, Role.LEADER)
        told |= {one.id for one in leaders if one.has(Role.LEADER, today) and one.is_reached}
    body = {"period": str(occasion.period)}
    await _plan(session, SILENT, occasion.key, told, body, occasion, now)


async def plan_invitations(session: Session, occasion: Occasion, now: datetime) -> None:
    """INVITATION: to everybody who has not nominated this month and does not mind, once a month at most."""
    invited = await people.list_to_invite(session, occasion.key)
    await notices.plan_for(
        session,
        INVITATION,
        occasion.key,
        invited,
        {"period": occasion.key},
        now,
        due_at=occasion.due_at,
        expires_at=occasion.expires_at,
        hours=Hours.WORK,
    )


async def plan_for_newcomer(session: Session, person: Person, now: datetime, config: Config) -> None:
    """Whoever comes in after the reminder of their unit went out gets the latest too, under the same key."""
    today = config.office.day_of(now)
    latest = {
        occasion.period: occasion
        for occasion in config.timetable.between(now - _LONGEST_OPEN, now)
        if occasion.kind in _KINDS and occasion.period and now < occasion.expires_at
    }
    for period, occasion in latest.items():
        for one in await list_silent(session, period, today, config):
            if any(person.id == head.id for head in one.reached):
                await _remind(session, one, [person.id], occasion, now)


async def remind_all(session: Session, me: Person, period: Period, now: datetime, config: Config) -> int:
    """The secretariat asks every silent unit once more, once a day; answers how many people that reaches.

    Raises NotAllowed.
    """
    today = config.office.day_of(now)
    silent = await list_silent(session, period, today, config)
    return sum([await remind_unit(session, me, one, period, now, config) for one in silent])


async def remind_unit(
    session: Session, me: Person, one: SilentUnit, period: Period, now: datetime, config: Config
) -> int:
    """One silent unit is asked once more, once a day; answers how many people that reaches.

    Raises NotAllowed.
    """
    today = config.office.day_of(now)
    check_secretariat(me, today)
    n = await notices.plan_for(
        session,
        OVERDUE,
        f"{period}:asked:{today}:{one.unit.id}",
        [person.id for person in one.reached],
        {"unit_id": one.unit.id, "period": str(period)},
        now,
        expires_at=config.timetable.closes_at(period),
        hours=Hours.WORK,
        urgency=1,
    )
    if n:
        await access.note(session, me.id, "remind_unit", "unit", one.unit.id, now, detail=f"{period}: {n}")
    return n


async def tell_of_unreached_head(session: Session, notice: Notice, now: datetime, zone: ZoneInfo) -> None:
    """A reminder could not reach its reader after all: the secretariat hears of the unit."""
    if notice.kind in DEADLINES:
        secretariat = await list_secretariat(session, now.astimezone(zone).date())
        await notices.plan_for(
            session,
            UNREACHABLE,
            f"{notice.kind}:{notice.occurrence}",
            [clerk.id for clerk in secretariat],
            {"period": notice.body["period"]},
            now,
            expires_at=notice.expires_at,
            hours=Hours.WORK,
            urgency=1,
        )


async def list_silent(session: Session, period: Period, today: date, config: Config) -> list[SilentUnit]:
    """The units that existed in the period, exist today and have not answered for it."""
    answered = await nominations.list_answers(session, str(period))
    on = min(today, last_day(period))
    existed = {unit.id for unit in await units.list_units(session, on)}
    heads = await _heads(session, today, _rules(config, period).to)
    return [
        SilentUnit(
            unit,
            tuple(person for person in heads.get(unit.id, ()) if person.is_reached),
            tuple(person for person in heads.get(unit.id, ()) if not person.is_reached),
        )
        for unit in await units.list_units(session, today)
        if unit.id in existed and unit.id not in answered
    ]


def answers_for(person: Person, unit_id: UnitId, roles: Collection[Role], today: date) -> bool:
    """Whether the person holds one of the reminded roles for the unit on the day."""
    return any(
        post.role in roles and post.unit_id == unit_id and post.held_on(today) for post in person.posts
    )


async def _heads(session: Session, today: date, roles: Collection[Role]) -> Mapping[UnitId, list[Person]]:
    found: dict[UnitId, dict[PersonId, Person]] = {}
    for role in sorted(roles):
        for person in await people.list_with_role(session, role):
            for post in person.posts:
                if post.role is role and post.held_on(today):
                    found.setdefault(post.unit_id, {})[person.id] = person
    return {unit_id: list(persons.values()) for unit_id, persons in found.items()}


async def _remind(
    session: Session, one: SilentUnit, whom: Collection[PersonId], occasion: Occasion, now: datetime
) -> None:
    body = {"unit_id": one.unit.id, "period": str(occasion.period)}
    kind, occurrence = _KINDS[occasion.kind], f"{occasion.key}:{one.unit.id}"
    await _plan(session, kind, occurrence, whom, body, occasion, now)


async def _plan(
    session: Session,
    kind: str,
    occurrence: str,
    person_ids: Collection[PersonId],
    body: dict[str, Any],
    occasion: Occasion,
    now: datetime,
) -> None:
    await notices.plan_for(
        session,
        kind,
        occurrence,
        person_ids,
        body,
        now,
        due_at=occasion.due_at,
        expires_at=occasion.expires_at,
        hours=Hours.WORK,
        urgency=1,
    )


def _rules(config: Config, period: Period) -> CycleRules:
    return config.timetable.cycles[kind_of(period)]
