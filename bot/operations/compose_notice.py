"""A notice becomes a message at the moment of sending: rights, role and row are looked at again.

Every button of a notice carries the notice's number around what it does: ``x:<notice>:0::<call>``. Pressing
it proves that the notice arrived (`arrived`), and then does what the inner call says (`open_envelope`).

Kinds for everybody's use, besides those that have a function of their own:

- ``text``: ``{"id": message id, "values"?: {…}, "rows"?: [[{"label": message id, "call": "flow:row:…"}]],
  "role"?: only for who still holds that role}``. A value may itself be ``{"id", "values"?}``: it is put into
  the person's language too.
- ``file``: the same without rows, and ``{"file": {"path", "name"}}``.
"""

import asyncio
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from bot.domain.people import Person
from bot.domain.roles import Role
from bot.logs import log_mistake
from bot.messages import Body, Button, Call, Rows, body, read_call
from bot.operations import (
    compose_articles,
    compose_checks,
    compose_choosing,
    compose_consents,
    compose_copying,
    compose_digest,
    compose_documents,
    compose_erasures,
    compose_events,
    compose_fostering,
    compose_honours,
    compose_movements,
    compose_papers,
    compose_posts,
    compose_reminders,
    compose_suggestions,
)
from bot.operations.notice_case import Case, Context, Make
from bot.texts import Html, join_html
from storage import access, notices
from storage.database import Session
from storage.notices import Notice

log = structlog.get_logger("notices")

ENVELOPE = "x"
"""The flow of a button that carries a notice's number."""


async def compose(
    session: Session, notice: Notice, person: Person, now: datetime, context: Context
) -> Body | None:
    """The message of a notice as things stand now; None if it has become pointless or cannot be made."""
    if person.consent_version == 0:
        return None
    today = context.config.office.day_of(now)
    texts = context.texts_for(person.language)
    case = Case(session, notice, notice.body, person, now, today, texts, context)
    make = _KINDS.get(notice.kind)
    if make is None:
        log.error("notice_unknown", kind=notice.kind)
        return None
    try:
        made = await make(case)
    except (LookupError, TypeError, ValueError) as mistake:
        log_mistake(log, "notice_unreadable", mistake, id=notice.id, kind=notice.kind)
        return None
    if made and notice.copy > 1 and "text" in made:
        made["text"] = join_html([texts.say("notice.perhaps_again"), Html(made["text"])], "\n\n")
    return _in_envelopes(made, notice) if made else None


def open_envelope(call: Call) -> Call | None:
    """What a button of a notice does."""
    return read_call(call.arg)


async def arrived(session: Session, call: Call, person: Person, now: datetime) -> None:
    """A button of a notice to this person was pressed."""
    await notices.delivered_by_tap(session, call.row, person.id, now)


async def _data_request(case: Case) -> Body | None:
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


async def _text(case: Case) -> Body | None:
    role = case.values.get("role")
    if role and not case.person.has(Role(role), case.today):
        return None
    return body(case.texts.say(case.values["id"], **_values(case)), _rows(case))


async def _file(case: Case) -> Body | None:
    made = await _text(replace(case, values={**case.values, "rows": []}))
    file = case.values["file"]
    if made is None or not await asyncio.to_thread(Path(file["path"]).is_file):
        return None
    return {**made, "file": {"path": file["path"], "name": file["name"]}}


_KINDS: dict[str, Make] = {
    **compose_reminders.KINDS,
    **compose_articles.KINDS,
    **compose_checks.KINDS,
    **compose_choosing.KINDS,
    **compose_posts.KINDS,
    **compose_consents.KINDS,
    **compose_erasures.KINDS,
    **compose_honours.KINDS,
    **compose_papers.KINDS,
    **compose_suggestions.KINDS,
    **compose_movements.KINDS_OF_NOTICES,
    **compose_fostering.KINDS,
    **compose_copying.KINDS,
    **compose_digest.KINDS,
    **compose_documents.KINDS,
    **compose_events.KINDS,
    "data_request": _data_request,
    "text": _text,
    "file": _file,
}


def _values(case: Case) -> dict[str, Any]:
    given: dict[str, Any] = case.values.get("values", {})
    return {
        key: case.texts.plain(value["id"], **value.get("values", {})) if isinstance(value, dict) else value
        for key, value in given.items()
    }


def _rows(case: Case) -> Rows:
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
