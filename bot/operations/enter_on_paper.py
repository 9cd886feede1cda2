"""The secretariat enters what came on paper in somebody's name: a nomination, a unit's answer, a consent.

Who entered it stands in the audit log and beside the sheet (`papers`); the person in whose name it was done
is told, so that they can object.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.config import Config
from bot.domain.cycles import open_periods
from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Answer, AnswerState, Choice, Consent, Exemplar
from bot.domain.hours import Hours
from bot.domain.nominations import Draft
from bot.domain.paper import Sheet, Subject, check_day
from bot.domain.people import Person, UnitId
from bot.domain.periods import Period, last_day
from bot.domain.roles import Role
from bot.operations.answer_consent import answer_consent
from bot.operations.answer_for_unit import answer_nobody, begins_on
from bot.operations.choose_exemplars import choose
from bot.operations.secretariat import check_secretariat
from bot.operations.send_nomination import Receipt, nominee_of, send_nomination
from storage import choices, nominations, notices, papers, people, units
from storage.database import Session

NOMINATED, ANSWERED, CONSENTED = "paper_nominated", "paper_answered", "paper_consented"
"""Kinds of notices: to the nominator, the head, the nominee in whose name something was entered."""
MANY = "paper_many"
"""To a nominator in whose name a file brought several nominations."""


@dataclass(frozen=True)
class EnteredNomination:
    """A nomination that was entered, and the number of its sheet."""

    receipt: Receipt
    paper_id: int


async def enter_nomination(
    session: Session,
    clerk: Person,
    nominator: Person,
    draft: Draft,
    sheet: Sheet,
    config: Config,
    now: datetime,
    *,
    tell: bool = True,
) -> EnteredNomination:
    """Enter a nomination in the nominator's name; with `tell` they hear of it.

    Raises NotAllowed for who is not of the secretariat, Refused for a sheet of an impossible day, a nominator
    who is not there any more or nominates themselves, and a sheet that has been entered before; else as
    `send_nomination` does.
    """
    _check(clerk, sheet, config, now)
    if nominator.left or nominator.erased:
        raise Refused("paper.not_here", name=nominator.full_name)
    if draft.nominee_id == nominator.id and not config.nominations.allow_self:
        raise Refused("paper.self", name=nominator.full_name)
    nominee = await nominee_of(session, draft, nominator, config)
    await nominations.hold_unit(session, nominee.unit_id)
    if await papers.is_entered(session, nominator.id, nominee.key, sheet.dated_on):
        raise Refused("paper.already", name=nominator.full_name, nominee=nominee.name, day=_day(sheet))
    new = replace(draft, editing=None)
    receipt = await send_nomination(
        session, nominator, new, config, now, entered_by=clerk, dated_on=sheet.dated_on
    )
    sent = receipt.endorsement
    paper_id = await papers.add_paper(
        session, Subject.NOMINATION, sent.id, sheet, nominator.id, clerk.id, now, period=sent.period
    )
    if tell and nominator.id != clerk.id:
        values = {"endorsement_id": sent.id, "paper_id": paper_id}
        await notices.plan(
            session, NOMINATED, str(paper_id), nominator.id, values, now, hours=Hours.WORK, urgency=1
        )
    return EnteredNomination(receipt, paper_id)


async def enter_answer(
    session: Session,
    clerk: Person,
    head: Person,
    unit_id: UnitId,
    period: Period,
    picked: Sequence[Choice],
    reason: str,
    sheet: Sheet,
    config: Config,
    now: datetime,
    *,
    version: int,
) -> Answer:
    """Enter what a unit answered in the head's name: whom it chose, or (none picked) nobody, with a reason.

    Raises NotAllowed for who is not of the secretariat, Refused for a sheet of an impossible day, else as
    `choose` and `answer_nobody` do.
    """
    _check(clerk, sheet, config, now)
    on = sheet.dated_on
    if picked:
        answer = await choose(
            session,
            head,
            unit_id,
            period,
            picked,
            config,
            now,
            version=version,
            entered_by=clerk,
            signed_on=on,
        )
    else:
        answer = await answer_nobody(
            session,
            head,
            unit_id,
            period,
            reason,
            config,
            now,
            version=version,
            entered_by=clerk,
            signed_on=on,
        )
    paper_id = await papers.add_paper(
        session, Subject.ANSWER, unit_id, sheet, head.id, clerk.id, now, period=str(period)
    )
    if head.id != clerk.id:
        values = {
            "unit_id": unit_id,
            "period": str(period),
            "version": answer.version,
            "paper_id": paper_id,
        }
        await notices.plan(
            session, ANSWERED, str(paper_id), head.id, values, now, hours=Hours.WORK, urgency=1
        )
    return answer


async def enter_consent(
    session: Session,
    clerk: Person,
    exemplar: Exemplar,
    signer: Person,
    sheet: Sheet,
    config: Config,
    now: datetime,
    *,
    agreed: bool,
    text_version: int,
) -> Exemplar:
    """Enter what the nominee, or who speaks for a group or a way of working, said about publication.

    Raises NotAllowed for who is not of the secretariat, Refused for a sheet of an impossible day or without
    its photo, a signer who is not the nominee, or what has been said already, Gone where the words have
    changed since `text_version`; else as `answer_consent` does.
    """
    _check(clerk, sheet, config, now)
    if sheet.file is None:
        raise Refused("paper.file_needed")
    if exemplar.nominee.person_id not in (None, signer.id):
        raise Refused("paper.not_the_nominee")
    if signer.left or signer.erased:
        raise Refused("paper.not_here", name=signer.full_name)
    if exemplar.text_version != text_version:
        raise Gone("paper.text_changed")
    answer = Consent.AGREED if agreed else Consent.DECLINED
    if exemplar.consent is answer and exemplar.consent_version == text_version:
        raise Refused("paper.consent_same")
    paper_id = await papers.add_paper(session, Subject.CONSENT, exemplar.id, sheet, signer.id, clerk.id, now)
    saved = await answer_consent(
        session,
        replace(exemplar, representative_id=signer.id),
        answer,
        signer.id,
        now,
        entered_by=clerk.id,
        paper_id=paper_id,
    )
    if signer.id != clerk.id:
        values = {"exemplar_id": saved.id, "paper_id": paper_id, "answer": answer.value}
        await notices.plan(
            session, CONSENTED, str(paper_id), signer.id, values, now, hours=Hours.WORK, urgency=1
        )
    return saved


async def list_answerable(session: Session, unit_id: UnitId, config: Config, today: date) -> list[Period]:
    """The periods for which a unit may answer on the day, or change its answer, the latest first."""
    timetable, found = config.timetable, []
    for kind, rules in timetable.cycles.items():
        for period in open_periods(kind, rules, timetable.calendar, today):
            there = await units.list_units(session, min(today, last_day(period)))
            if begins_on(period) > today or unit_id not in {unit.id for unit in there}:
                continue
            answer = await choices.find_answer(session, unit_id, str(period))
            if answer is None or answer.state is not AnswerState.ACCEPTED:
                found.append(period)
    return sorted(found, reverse=True)


async def list_heads(session: Session, unit_id: UnitId, on: date) -> list[Person]:
    """Who could answer for the unit on the sheet's day; the head before deputies."""
    known = {
        person.id: person
        for role in (Role.UNIT_HEAD, Role.DEPUTY)
        for person in await people.list_with_role(session, role)
    }
    return [person for person in known.values() if unit_id in person.heads(on) and not person.left]


def _check(clerk: Person, sheet: Sheet, config: Config, now: datetime) -> None:
    today = config.office.day_of(now)
    check_secretariat(clerk, today)
    check_day(sheet.dated_on, today)


def _day(sheet: Sheet) -> str:
    return f"{sheet.dated_on:%d/%m/%Y}"
