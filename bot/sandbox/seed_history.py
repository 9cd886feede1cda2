"""What the invented office has nominated before the sandbox's day, told to the operations of any day."""

import random
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from bot.config import Config
from bot.domain.nominations import ADDED_FIELDS, Draft, Kind, MovementId, NomineeKind
from bot.domain.people import Person, Unit
from bot.domain.periods import Period, month_of
from bot.domain.roles import Role
from bot.operations.answer_for_unit import answer_nobody, open_unit
from bot.operations.send_nomination import send_nomination
from storage import nominations, people, units
from storage.database import Session

_SEED = 854
_OPENED_ON, _ANSWERED_ON = 21, 24
_RECENT = timedelta(hours=1)


@dataclass(frozen=True)
class _Event:
    """Something that somebody did at an instant."""

    at: datetime
    act: Callable[[datetime], Awaitable[None]]


@dataclass(frozen=True)
class _Office:
    """Whom and what the history names, by code, and the months and hours in which it happens."""

    session: Session
    config: Config
    now: datetime
    people: Mapping[str, Person]
    units: Mapping[str, Unit]
    movements: Mapping[str, MovementId]
    dice: random.Random

    def month(self, back: int) -> Period:
        """The month so many months from the present one: -1 is the last."""
        period = month_of(self.now, self.config.office.timezone)
        for _ in range(-back):
            period = period.previous
        return period

    def instant(self, back: int, day: int) -> datetime:
        """Some minute of the working hours of a working day."""
        on = self.config.timetable.calendar.working_day_until(self.month(back).first_on.replace(day=day))
        minute = self.dice.randrange(7 * 60 + 45, 16 * 60 + 15)
        return datetime.combine(on, time(minute // 60, minute % 60), self.config.office.timezone)

    def head(self, unit: str) -> Person:
        """Who answers for a unit."""
        return next(
            person
            for person in self.people.values()
            for post in person.posts
            if post.role is Role.UNIT_HEAD and post.unit_id == self.units[unit].id
        )


async def seed_history(
    session: Session, history: Mapping[str, Any], movements: Mapping[str, str], config: Config, now: datetime
) -> None:
    """Let everything that `history` (office/history.toml) tells happen until an hour before `now`.

    `movements` are the movements' names by their keys in the file. The same file and day make the same rows.
    """
    rows = {movement.name: movement.id for movement in await nominations.list_movements(session)}
    office = _Office(
        session,
        config,
        now,
        {person.code: person for person in await people.list_people(session)},
        {unit.code: unit for unit in await units.list_units(session)},
        {key: rows[name] for key, name in movements.items()},
        random.Random(_SEED),  # noqa: S311 - the same minutes every time are wanted
    )
    events = [event for told in history["nominations"] for event in _nomination(office, told)]
    events += _of_units(office, history["opened"], _OPENED_ON, _open)
    events += _of_units(office, history["none"], _ANSWERED_ON, _answer)
    for event in sorted(events, key=lambda event: event.at):
        if event.at < now - _RECENT:
            await event.act(event.at)


def _nomination(office: _Office, told: Mapping[str, Any]) -> Iterator[_Event]:
    """A nomination and the reasons that joined it later."""
    for reason in (told, *told.get("joined", ())):
        at = office.instant(told["month"], reason["day"])
        yield _Event(at, partial(_send, office, reason["by"], _draft(office, told, reason)))


def _draft(office: _Office, about: Mapping[str, Any], reason: Mapping[str, Any]) -> Draft:
    movement = about.get("movement")
    draft = Draft(
        kind=Kind(about.get("kind", Kind.GOOD_DEED)),
        movement_id=office.movements[movement] if movement else None,
        story=reason["story"],
    )
    for name in ADDED_FIELDS:
        draft = draft.with_added(name, reason.get(name, ""))
    if "nominee" in about:
        return replace(draft, nominee_id=office.people[about["nominee"]].id)
    kind = NomineeKind.GROUP if "group" in about else NomineeKind.MODEL
    unit_id = office.units[about["unit"]].id
    return replace(draft, nominee_kind=kind, nominee_name=about[kind.value], unit_id=unit_id)


def _of_units(
    office: _Office, told: Iterable[Mapping[str, Any]], day: int, act: "_OfUnit"
) -> Iterator[_Event]:
    for of_month in told:
        for unit in of_month["units"]:
            at = office.instant(of_month["month"], day)
            yield _Event(at, partial(act, office, unit, office.month(of_month["month"])))


_OfUnit = Callable[[_Office, str, Period, datetime], Awaitable[None]]


async def _send(office: _Office, by: str, draft: Draft, at: datetime) -> None:
    await send_nomination(office.session, office.people[by], draft, office.config, at)


async def _open(office: _Office, unit: str, month: Period, at: datetime) -> None:
    await open_unit(office.session, office.head(unit), office.units[unit].id, month, at)


async def _answer(office: _Office, unit: str, month: Period, at: datetime) -> None:
    head, unit_id = office.head(unit), office.units[unit].id
    await answer_nobody(office.session, head, unit_id, month, "", office.config, at)
