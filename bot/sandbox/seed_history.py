"""What the invented office has nominated before the sandbox's day, told to the operations of any day."""

import random
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.config import Config
from bot.domain.nominations import ADDED_FIELDS, Draft, Kind, NomineeKind
from bot.domain.periods import Period
from bot.operations.answer_for_unit import answer_nobody, open_unit
from bot.operations.send_nomination import send_nomination
from bot.sandbox.invented import Deed, Invented
from bot.sandbox.seed_life import UNDRAWN, list_deeds
from storage import nominations, people, process, units
from storage.database import Session

_SEED = 854
_OPENED_ON, _ANSWERED_ON = 21, 24
_RECENT = timedelta(hours=1)


async def seed_history(
    session: Session,
    history: Mapping[str, Any],
    life: Mapping[str, Any],
    movements: Mapping[str, str],
    config: Config,
    now: datetime,
) -> None:
    """Let everything that `history` and `life` (office/*.toml) tell happen until an hour before `now`.

    `movements` are the movements' names by their keys there. The same files and day make the same rows.
    """
    rows = {movement.name: movement.id for movement in await nominations.list_movements(session)}
    office = Invented(
        session,
        config,
        now,
        {person.code: person for person in await people.list_people(session)},
        {unit.code: unit for unit in await units.list_units(session)},
        {key: rows[name] for key, name in movements.items()},
        random.Random(_SEED),  # noqa: S311 - the same minutes every time are wanted
    )
    events = [event for told in history["nominations"] for event in _nomination(office, told)]
    events += list_deeds(office, life)
    events += _of_units(office, history["opened"], _OPENED_ON, _open)
    events += _of_units(office, history["none"], _ANSWERED_ON, _answer)
    for event in sorted(events, key=lambda event: event.at):
        if event.at < now - _RECENT:
            await event.act(event.at)
    await process.let_be_past(session, UNDRAWN, now)


def _nomination(office: Invented, told: Mapping[str, Any]) -> Iterator[Deed]:
    """A nomination and the reasons that joined it later."""
    for reason in (told, *told.get("joined", ())):
        at = office.instant(told["month"], reason["day"])
        yield Deed(at, partial(_send, office, reason["by"], _draft(office, told, reason)))


def _draft(office: Invented, about: Mapping[str, Any], reason: Mapping[str, Any]) -> Draft:
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
    office: Invented, told: Iterable[Mapping[str, Any]], day: int, act: "_OfUnit"
) -> Iterator[Deed]:
    for of_month in told:
        for unit in of_month["units"]:
            at = office.instant(of_month["month"], day)
            yield Deed(at, partial(act, office, unit, office.month(of_month["month"])))


_OfUnit = Callable[[Invented, str, Period, datetime], Awaitable[None]]


async def _send(office: Invented, by: str, draft: Draft, at: datetime) -> None:
    await send_nomination(office.session, office.people[by], draft, office.config, at)


async def _open(office: Invented, unit: str, month: Period, at: datetime) -> None:
    await open_unit(office.session, office.head(unit), office.units[unit].id, month, office.config, at)


async def _answer(office: Invented, unit: str, month: Period, at: datetime) -> None:
    head, unit_id = office.head(unit), office.units[unit].id
    await answer_nobody(office.session, head, unit_id, month, "", office.config, at)
