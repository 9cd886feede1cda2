"""Sending a nomination: a new one, another reason for one that stands, or a changed reason."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.config import Config
from bot.domain.errors import BadInput, Gone, NotAllowed, Refused
from bot.domain.nominations import (
    ADDED_FIELDS,
    Attachment,
    Draft,
    Endorsement,
    EndorsementId,
    Kind,
    MovementId,
    Nominee,
    NomineeKind,
    Reason,
    period_for,
)
from bot.domain.paper import month_on_paper
from bot.domain.people import Person, PersonId, UnitId
from bot.domain.periods import Period, month_of, period_of, read_period
from bot.domain.writing import Problem, problems_of_story
from storage import access, entries, nominations, people
from storage.database import Session
from storage.mentions import EMPTIED


@dataclass(frozen=True)
class Receipt:
    """What a nominator is told: `others` think so too; `moved` if it went to a later month than today's."""

    endorsement: Endorsement
    others: bool = False
    moved: bool = False
    added: bool = False
    changed: bool = False


async def send_nomination(
    session: Session,
    me: Person,
    draft: Draft,
    config: Config,
    now: datetime,
    *,
    entered_by: Person | None = None,
    dated_on: date | None = None,
) -> Receipt:
    """Send what the draft says, in the nominator's name.

    `entered_by` enters it from a sheet of the day `dated_on`: it belongs to that day's month while the unit
    may answer for it, and never takes the place of what the nominator sent before.

    Raises BadInput for a story that cannot be used, Refused for a nominee who cannot be nominated, and Gone
    for a change that comes too late.
    """
    problems = problems_of_draft(draft, config)
    if problems:
        raise BadInput(problems)
    nominee = await nominee_of(session, draft, me, config)
    if draft.editing is not None:
        return await _change(session, me, draft, nominee, config, now)
    await nominations.hold_unit(session, nominee.unit_id)
    answered = await nominations.list_answered(session, nominee.unit_id)
    month = month_of(now, config.office.timezone)
    if dated_on is None:
        period = period_for(month, answered)
    else:
        closed_on = config.office.day_of(now)
        period = month_on_paper(
            dated_on, month, answered, lambda of: config.timetable.cycle(of).is_closed(closed_on)
        )
        month = period_of(dated_on, 1)
    period = await _still_read(session, nominee, period, answered)
    receipt = await _join(session, me, draft.reason(), nominee, period, config, now, entered_by)
    return replace(receipt, moved=period != month)


async def _still_read(session: Session, nominee: Nominee, period: Period, answered: frozenset[str]) -> Period:
    """The month, or a later one: the nominee's nomination may have gone to a unit that has answered."""
    while True:
        found = await entries.find_entry_of(session, nominee.key, str(period))
        whole = await entries.find_entry(session, found.merged_into) if found and found.merged_into else found
        if whole is None or (whole.nominee.unit_id, whole.period) == (nominee.unit_id, str(period)):
            return period
        await nominations.hold_unit(session, whole.nominee.unit_id)
        if whole.period not in await nominations.list_answered(session, whole.nominee.unit_id):
            return period
        period = period_for(period.next, answered)


def problems_of_draft(draft: Draft, config: Config) -> list[Problem]:
    """Everything that keeps the draft's story from being sent."""
    rules = config.nominations
    return problems_of_story(draft.story, rules.story_min, rules.story_max)


async def nominee_of(session: Session, draft: Draft, me: Person, config: Config) -> Nominee:
    """Whom the draft is about, as the roster has them now. Raises Refused for oneself and for who left."""
    if draft.nominee_id is not None:
        person = await people.get_person(session, draft.nominee_id)
        check_nominee(person, me, config)
        return Nominee(NomineeKind.PERSON, person.full_name, person.unit_id, person.post, person.id)
    if draft.unit_id is None or not draft.nominee_name:
        raise Refused("nominate.no_nominee")
    return Nominee(draft.nominee_kind, draft.nominee_name, draft.unit_id)


def check_nominee(person: Person, me: Person, config: Config) -> None:
    """Raises Refused for oneself, where the office does not allow it, and for somebody who left."""
    if person.id == me.id and not config.nominations.allow_self:
        raise Refused("nominate.self")
    if person.erased:
        raise Refused("nominate.no_nominee")
    if person.left:
        raise Refused("nominate.left", name=person.full_name)


def may_be_withdrawn(sent: Endorsement, config: Config, now: datetime) -> bool:
    """Whether its nominator may take it back: nobody has opened it, whatever month it is of."""
    return sent.may_change(now, config.nominations.edit_hours)


def may_be_changed(sent: Endorsement, config: Config, now: datetime) -> bool:
    """Whether its nominator may say something else in it: as long as its month has not closed, either."""
    return may_be_withdrawn(sent, config, now) and not _is_closed(sent, config, now)


def check_may_withdraw(sent: Endorsement, config: Config, now: datetime) -> None:
    """Raises Gone, with why it cannot be taken back any more."""
    if sent.withdrawn_at is not None:
        raise Gone("mine.withdrawn_already")
    if not may_be_withdrawn(sent, config, now):
        raise Gone("mine.too_late" if sent.opened_at is not None else "mine.time_over")


def check_may_change(sent: Endorsement, config: Config, now: datetime) -> None:
    """The same for saying something else: what a closed month was judged by stays as it was."""
    check_may_withdraw(sent, config, now)
    if _is_closed(sent, config, now):
        raise Gone("mine.closed")


def _is_closed(sent: Endorsement, config: Config, now: datetime) -> bool:
    period = read_period(sent.period)
    return period is not None and config.timetable.cycle(period).is_closed(config.office.day_of(now))


async def withdraw_nomination(
    session: Session, me: Person, endorsement_id: EndorsementId, config: Config, now: datetime
) -> Endorsement:
    """Take one's own reason back while the head has not opened it. Raises NotAllowed and Gone."""
    endorsement = await _own_held(session, me, endorsement_id)
    check_may_withdraw(endorsement, config, now)
    await nominations.withdraw(session, endorsement, "withdrawn", now)
    await access.note(session, me.id, "withdraw", "endorsement", endorsement.id, now)
    return endorsement


async def undo_nomination(
    session: Session, me: Person, endorsement_id: EndorsementId, config: Config, now: datetime
) -> Draft:
    """Take back the last sending for some seconds, as a draft again, unless the unit has answered by it.

    Raises NotAllowed, Gone.
    """
    sent = await _own_held(session, me, endorsement_id)
    last_at = sent.changed_at or sent.sent_at
    if not replace(sent, sent_at=last_at).may_undo(now, config.nominations.undo_seconds):
        raise Gone("nominate.undo_too_late")
    if sent.period in await nominations.list_answered(session, sent.nominee.unit_id):
        raise Gone("nominate.answered_by")
    before = await nominations.last_revision(session, sent.id)
    if before is not None and (before[0] == "undone" or before[1] == EMPTIED):
        raise Gone("nominate.undo_too_late")
    if before is None or before[0] == "withdrawn":
        await nominations.withdraw(session, sent, "undone", now)
        draft = draft_of(sent, await _restore_moved(session, me, sent, now))
    else:
        reason = read_reason(before[1])
        await nominations.restore(session, sent, reason, now)
        draft = _added_alone(sent, reason) if before[0] == "added" else draft_of(sent, sent.id)
    await access.note(session, me.id, "undo", "endorsement", sent.id, now)
    return draft


async def _restore_moved(
    session: Session, me: Person, sent: Endorsement, now: datetime
) -> EndorsementId | None:
    """A change of the nominee withdrew the reason for another in the same instant: it stands again."""
    for other in await nominations.list_by_nominator(session, me.id, most=20):
        if other.withdrawn_at != (sent.changed_at or sent.sent_at):
            continue
        last = await nominations.last_revision(session, other.id)
        if last and last[0] == "moved":
            await nominations.restore(session, other, other.reason, now)
            return other.id
    return None


def _added_alone(sent: Endorsement, before: Reason) -> Draft:
    """What was added to a reason that cannot be changed any more, to be added once more."""
    story = sent.reason.story.removeprefix(before.story).strip()
    evidence = tuple(file for file in sent.reason.evidence if file not in before.evidence)
    return replace(draft_of(sent, None), story=story, evidence=evidence)


async def own_endorsement(session: Session, me: Person, endorsement_id: EndorsementId) -> Endorsement:
    """A reason of one's own. Raises NotAllowed for anybody else's and for none."""
    try:
        endorsement = await nominations.get_endorsement(session, endorsement_id)
    except nominations.NoSuchEndorsement:
        raise NotAllowed("mine.not_yours") from None
    if endorsement.nominator_id != me.id:
        raise NotAllowed("mine.not_yours")
    return endorsement


async def _own_held(
    session: Session, me: Person, endorsement_id: EndorsementId, *also: UnitId
) -> Endorsement:
    """The same, with its unit held and another: nobody answers for them until the transaction ends."""
    sent = await own_endorsement(session, me, endorsement_id)
    for unit_id in sorted({sent.nominee.unit_id, *also}):  # two that wait for each other do so in order
        await nominations.hold_unit(session, unit_id)
    return await own_endorsement(session, me, endorsement_id)


def draft_of(sent: Endorsement, editing: EndorsementId | None) -> Draft:
    """A reason that was sent, as a draft again."""
    reason = sent.reason
    return Draft(
        nominee_kind=sent.nominee.kind,
        nominee_id=sent.nominee.person_id,
        nominee_name=sent.nominee.name,
        nominee_post=sent.nominee.post,
        unit_id=sent.nominee.unit_id,
        unit_name=sent.unit_name,
        kind=reason.kind,
        movement_id=reason.movement_id,
        movement_name=sent.movement_name,
        story=reason.story,
        result=reason.result,
        spread=reason.spread,
        lesson=reason.lesson,
        field=reason.field,
        deed_period=reason.deed_period,
        hide_name=reason.hide_name,
        evidence=reason.evidence,
        editing=editing,
    )


def read_reason(text: str) -> Reason:
    """A reason as a revision keeps it."""
    values = json.loads(text)
    values["kind"] = Kind(values["kind"])
    values["movement_id"] = MovementId(values["movement_id"]) if values["movement_id"] is not None else None
    values["evidence"] = tuple(Attachment(**attachment) for attachment in values["evidence"])
    return Reason(**values)


async def _change(
    session: Session, me: Person, draft: Draft, nominee: Nominee, config: Config, now: datetime
) -> Receipt:
    sent = await _own_held(session, me, EndorsementId(draft.editing or 0), nominee.unit_id)
    check_may_change(sent, config, now)
    if nominee.key != sent.nominee.key:
        await nominations.withdraw(session, sent, "moved", now)
        return await send_nomination(session, me, replace(draft, editing=None), config, now)
    await nominations.change_endorsement(session, sent, draft.reason(), "changed", now)
    return await _received(session, me.id, sent.id, "change", now, changed=True)


async def _join(
    session: Session,
    me: Person,
    reason: Reason,
    nominee: Nominee,
    period: Period,
    config: Config,
    now: datetime,
    entered_by: Person | None,
) -> Receipt:
    mine = await nominations.find_endorsement(session, me.id, nominee.key, str(period))
    actor = (entered_by or me).id
    if mine is None or mine.withdrawn_at is not None:
        joined = await nominations.join_or_add(session, nominee, str(period), now)
        others = joined.standing > 0
        if mine is None:
            added = await nominations.add_endorsement(session, joined.id, me.id, reason, now)
            return await _received(session, actor, added, "nominate", now, others=others)
        await nominations.change_endorsement(session, mine, reason, "withdrawn", now, sent_again=True)
        return await _received(session, actor, mine.id, "nominate", now, others=others)
    if entered_by is None and may_be_changed(mine, config, now):
        changed = _over(mine.reason, reason, config)
        await nominations.change_endorsement(session, mine, changed, "changed", now)
        return await _received(session, actor, mine.id, "change", now, changed=True)
    longer = replace(
        _over(mine.reason, reason, config),
        story=f"{mine.reason.story}\n\n{reason.story}",
        kind=mine.reason.kind,
        movement_id=mine.reason.movement_id or reason.movement_id,
    )
    await nominations.change_endorsement(session, mine, longer, "added", now)
    return await _received(session, actor, mine.id, "add", now, added=True)


def _over(old: Reason, new: Reason, config: Config) -> Reason:
    """A reason told anew: what is not told again stays as it was told first."""
    kept = {name: getattr(new, name) or getattr(old, name) for name in ADDED_FIELDS}
    known = {file.file_unique_id for file in old.evidence}
    evidence = (*old.evidence, *(file for file in new.evidence if file.file_unique_id not in known))
    return replace(
        new,
        **kept,
        movement_id=new.movement_id or old.movement_id,
        hide_name=new.hide_name or old.hide_name,
        evidence=evidence[: config.nominations.evidence_max],
    )


async def _received(
    session: Session,
    actor: PersonId,
    endorsement_id: EndorsementId,
    act: str,
    now: datetime,
    *,
    others: bool = False,
    added: bool = False,
    changed: bool = False,
) -> Receipt:
    await access.note(session, actor, act, "endorsement", endorsement_id, now)
    endorsement = await nominations.get_endorsement(session, endorsement_id)
    return Receipt(endorsement, others=others, added=added, changed=changed)
