"""A notice becomes a message at the moment of sending: rights, role and row are looked at again.

Every button of a notice carries the notice's number around what it does: ``x:<notice>:0::<call>``. Pressing
it proves that the notice arrived (`arrived`), and then does what the inner call says (`open_envelope`).

Kinds for everybody's use, besides those that have a function of their own here:

- ``text``: ``{"id": message id, "values"?: {…}, "rows"?: [[{"label": message id, "call": "flow:row:…"}]],
  "role"?: only for who still holds that role}``. A value may itself be ``{"id", "values"?}``: it is put into
  the person's language too.
- ``file``: the same without rows, and ``{"file": {"path", "name"}}``.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import structlog

from bot.config import Config
from bot.domain.calendar import years_since_call
from bot.domain.people import Person, UnitId
from bot.domain.periods import read_period
from bot.domain.roles import Role
from bot.logs import log_mistake
from bot.messages import Body, Button, Call, Rows, body, read_call
from bot.operations import plan_big_day, plan_month_reminders
from bot.texts import Texts
from storage import access, nominations, notices, units
from storage.database import Session
from storage.notices import Notice

log = structlog.get_logger("notices")

ENVELOPE = "x"
"""The flow of a button that carries a notice's number."""


@dataclass(frozen=True)
class Context:
    """What composing needs of the house."""

    config: Config
    texts_for: Callable[[str | None], Texts]


@dataclass(frozen=True)
class _Case:
    session: Session
    values: dict[str, Any]
    person: Person
    today: date
    texts: Texts


async def compose(
    session: Session, notice: Notice, person: Person, now: datetime, context: Context
) -> Body | None:
    """The message of a notice as things stand now; None if it has become pointless or cannot be made."""
    if person.consent_version == 0:
        return None
    today = now.astimezone(context.config.office.timezone).date()
    case = _Case(session, notice.body, person, today, context.texts_for(person.language))
    make = _KINDS.get(notice.kind)
    if make is None:
        log.error("notice_unknown", kind=notice.kind)
        return None
    try:
        made = await make(case)
    except (LookupError, TypeError, ValueError) as mistake:
        log_mistake(log, "notice_unreadable", mistake, id=notice.id, kind=notice.kind)
        return None
    return _in_envelopes(made, notice) if made else None


def open_envelope(call: Call) -> Call | None:
    """What a button of a notice does."""
    return read_call(call.arg)


async def arrived(session: Session, call: Call, person: Person, now: datetime) -> None:
    """A button of a notice to this person was pressed."""
    await notices.delivered_by_tap(session, call.row, person.id, now)


async def _month_ping(case: _Case) -> Body | None:
    unit_id, period = UnitId(case.values["unit_id"]), str(case.values["period"])
    answers = await nominations.list_answers(case.session, period)
    month = read_period(period)
    if unit_id not in case.person.heads(case.today) or unit_id in answers or month is None:
        return None
    n = await nominations.count_for_unit(case.session, unit_id, period)
    values = {
        "to": f"{case.person.post} {case.person.full_name}".strip(),
        "month": f"{month.first_on.month}/{month.first_on.year}",
        "unit": await _unit_name(case.session, unit_id),
        "due": case.texts.day(date.fromisoformat(case.values["due_on"])),
    }
    look = Button(case.texts.plain("button.look"), str(Call("h", unit_id, 0, "list", period)))
    none = Button(case.texts.plain("button.nobody"), str(Call("h", unit_id, 0, "none", period)))
    if n == 0:
        return body(case.texts.say("ping.month_empty", **values), [[_nominate(case)], [none]])
    return body(case.texts.count("ping.month", n, **values), [[look], [none]])


async def _big_day(case: _Case) -> Body:
    on = date.fromisoformat(case.values["on"])
    text = case.texts.say("big_day.call", years=years_since_call(on), year=on.year)
    return body(text, [[_nominate(case)]])


async def _data_request(case: _Case) -> Body | None:
    request = await access.find_data_request(case.session, case.values["request_id"])
    if request is None or request.settled or not case.person.has(Role.SECRETARIAT, case.today):
        return None
    text = case.texts.say(
        "data.asked",
        name=request.full_name,
        code=request.code,
        unit=request.unit_name,
        body=request.body,
    )
    settle = Button(case.texts.plain("button.settled"), str(Call("d", request.id, 0, "settle")))
    return body(text, [[settle]])


async def _text(case: _Case) -> Body | None:
    role = case.values.get("role")
    if role and not case.person.has(Role(role), case.today):
        return None
    return body(case.texts.say(case.values["id"], **_values(case)), _rows(case))


async def _file(case: _Case) -> Body | None:
    made = await _text(replace(case, values={**case.values, "rows": []}))
    file = case.values["file"]
    if made is None or not await asyncio.to_thread(Path(file["path"]).is_file):
        return None
    return {**made, "file": {"path": file["path"], "name": file["name"]}}


_Make = Callable[[_Case], Awaitable[Body | None]]
_KINDS: dict[str, _Make] = {
    plan_month_reminders.KIND: _month_ping,
    plan_big_day.KIND: _big_day,
    "data_request": _data_request,
    "text": _text,
    "file": _file,
}


def _nominate(case: _Case) -> Button:
    return Button(case.texts.plain("button.nominate"), str(Call("n", 0, 0, "more")))


def _values(case: _Case) -> dict[str, Any]:
    given: dict[str, Any] = case.values.get("values", {})
    return {
        key: case.texts.plain(value["id"], **value.get("values", {})) if isinstance(value, dict) else value
        for key, value in given.items()
    }


def _rows(case: _Case) -> Rows:
    rows = case.values.get("rows", [])
    return [
        [Button(case.texts.plain(b["label"], **b.get("values", {})), b["call"]) for b in row] for row in rows
    ]


def _in_envelopes(made: Body, notice: Notice) -> Body:
    for row in made.get("reply_markup", {}).get("inline_keyboard", []):
        for button in row:
            if "callback_data" in button:
                button["callback_data"] = str(Call(ENVELOPE, notice.id, 0, "", button["callback_data"]))
    return made


async def _unit_name(session: Session, unit_id: UnitId) -> str:
    return {unit.id: unit.name for unit in await units.list_units(session)}[unit_id]
