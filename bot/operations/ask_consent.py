"""The nominee, or who speaks for a group or way of working, is asked to agree to publication."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from bot.clock import to_us
from bot.config import Config
from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Consent, Exemplar, ExemplarState
from bot.domain.hours import Hours
from bot.domain.people import Person
from bot.domain.roles import Role
from bot.operations.secretariat import check_secretariat
from storage import access, exemplars, followups, notices, people
from storage.database import Session
from storage.exemplars import ConsentNote
from storage.followups import Followup

ASK, WAIT = "consent_ask", "consent_wait"
"""The kinds of notice: the question, and the one quiet reminder of it. WAIT is the followup's kind too."""
UNREACHED = "consent_unreached"
"""By which the secretariat hears that the question could not be brought."""
_ASKED_AGAIN_AFTER = 3
_HOUR = time(8, 30)


async def ask_consent(
    session: Session, me: Person, exemplar: Exemplar, config: Config, now: datetime
) -> Exemplar:
    """Ask, with the picture as it will appear; once more after three working days without an answer.

    Raises NotAllowed, Refused where there is no picture yet or nobody who can be asked in chat, and Gone
    where it has been asked, agreed to, declined, published or changed meanwhile.
    """
    today = config.office.day_of(now)
    check_secretariat(me, today)
    if exemplar.state is ExemplarState.REMOVED or exemplar.consent not in {Consent.NONE, Consent.CHANGE}:
        raise Gone("consent.asked_already")
    if not exemplar.has_card:
        raise Refused("exemplar.no_card")
    if await find_asked(session, exemplar) is None:
        raise Refused("consent.not_in_chat")
    asked = replace(exemplar, consent=Consent.ASKED, consent_version=exemplar.text_version, consent_at=now)
    saved = await exemplars.save_exemplar(session, asked)
    if saved is None:
        raise Gone("exemplar.changed")
    note = ConsentNote(saved.text_version, Consent.ASKED, now, person_id=saved.representative_id)
    await exemplars.note_consent(session, saved.id, note)
    await _plan(session, ASK, saved, now)
    again_on = config.timetable.calendar.add_working_days(today, _ASKED_AGAIN_AFTER)
    again_at = datetime.combine(again_on, _HOUR, config.office.timezone)
    await followups.add_followup(session, WAIT, _occurrence(saved), again_at, _body(saved))
    await access.note(session, me.id, "ask_consent", "exemplar", saved.id, now, f"v{saved.text_version}")
    return saved


async def plan_waiting(session: Session, followup: Followup, now: datetime, _config: Config) -> None:
    """Nobody has answered for three working days: the question comes once more."""
    exemplar = await exemplars.find_exemplar(session, followup.args["exemplar_id"])
    if exemplar and is_asked(exemplar, followup.args["text_version"], followup.args["asked_at"]):
        await _plan(session, WAIT, exemplar, now)


async def not_asked(session: Session, values: Mapping[str, Any], now: datetime) -> None:
    """The question did not reach who is asked, for certain: it is open again, and the secretariat hears that.

    `values` is the body of the notice.
    """
    exemplar = await exemplars.find_exemplar(session, values["exemplar_id"])
    if exemplar is None or not is_asked(exemplar, values["text_version"], values["asked_at"]):
        return
    unasked = replace(exemplar, consent=Consent.NONE, consent_version=0, consent_at=None)
    saved = await exemplars.save_exemplar(session, unasked)
    if saved is None:
        return
    clerks = await people.list_with_role(session, Role.SECRETARIAT)
    told = [clerk.id for clerk in clerks if clerk.is_reached]
    body = {"exemplar_id": exemplar.id}
    occurrence = _occurrence(exemplar)
    await notices.plan_for(session, UNREACHED, occurrence, told, body, now, hours=Hours.WORK, urgency=1)


def is_asked(exemplar: Exemplar, text_version: int, asked_at: int) -> bool:
    """Whether the question put at that instant (in microseconds) about that version waits for its answer."""
    unchanged = (exemplar.text_version, _asked_at(exemplar)) == (text_version, asked_at)
    return unchanged and exemplar.consent is Consent.ASKED and exemplar.state is not ExemplarState.REMOVED


async def find_asked(session: Session, exemplar: Exemplar) -> Person | None:
    """Who is asked in chat; None where nobody is named or the person is not in chat."""
    if exemplar.representative_id is None or exemplar.erased:
        return None
    person = await people.get_person(session, exemplar.representative_id)
    return person if person.is_reached and not (person.left or person.erased) else None


async def _plan(session: Session, kind: str, exemplar: Exemplar, now: datetime) -> None:
    assert exemplar.representative_id is not None  # noqa: S101 - somebody is asked
    hours = Hours.WORK if kind == WAIT else Hours.ANY
    urgency = 1 if kind == WAIT else 0
    await notices.plan(
        session,
        kind,
        _occurrence(exemplar),
        exemplar.representative_id,
        _body(exemplar),
        now,
        hours=hours,
        urgency=urgency,
    )


def _occurrence(exemplar: Exemplar) -> str:
    return f"{exemplar.id}:{exemplar.text_version}:{_asked_at(exemplar)}"


def _body(exemplar: Exemplar) -> dict[str, int]:
    return {
        "exemplar_id": exemplar.id,
        "text_version": exemplar.text_version,
        "asked_at": _asked_at(exemplar),
    }


def _asked_at(exemplar: Exemplar) -> int:
    return to_us(exemplar.consent_at) if exemplar.consent_at else 0
