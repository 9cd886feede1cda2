"""The secretariat checks what a unit has answered: accepts it, asks the unit, or mends the wording.

Each names the version of the answer it has seen, so that of two clerks one acts and the other hears of it.
"""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from bot.config import Config
from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Answer, AnswerState, Choice, Exemplar
from bot.domain.nominations import Kind, NominationId
from bot.domain.people import Person, UnitId
from bot.domain.periods import Period, read_period
from bot.domain.roles import Role
from bot.domain.writing import clean, length
from bot.operations.secretariat import check_secretariat
from bot.texts import N_
from storage import access, choices, desk, exemplars, nominations, notices, people
from storage.database import Session
from storage.exemplars import NewExemplar

RETURNED = "answer_returned"
"""The kind of the notice to who answers for the unit."""
QUESTION_MAX = 500


async def accept_answer(
    session: Session, me: Person, unit_id: UnitId, period: Period, version: int, config: Config, now: datetime
) -> list[Exemplar]:
    """Take an answer over: each chosen nomination is an exemplar from now on; answers them, new or not.

    Nothing is doubled where a longer period's answer names those of its months. Also after the close.
    Raises NotAllowed, and Gone where the answer has been accepted, returned or changed meanwhile.
    """
    answer = await _seen(session, me, unit_id, period, version, config, now)
    if not await choices.check_answer(session, answer, AnswerState.ACCEPTED, answer.question, me.id, now):
        raise Gone("check.changed")
    found = [await _take_over(session, choice, now) for choice in answer.choices]
    numbers = ", ".join(str(choice.nomination_id) for choice in answer.choices)
    detail = f"{period}: {numbers}" if numbers else str(period)
    await access.note(session, me.id, "accept_answer", "unit", unit_id, now, detail=detail)
    return list({exemplar.id: exemplar for exemplar in found}.values())


def digest_of(answers: Sequence[Answer]) -> str:
    """What tells that some answers are still those that somebody has seen."""
    seen = ";".join(f"{one.unit_id},{one.period},{one.version}" for one in answers)
    return sha256(seen.encode()).hexdigest()[:16]


async def accept_all(
    session: Session, me: Person, digest: str, config: Config, now: datetime
) -> list[tuple[Answer, list[Exemplar]]]:
    """Take over every answer that waits, if they are the ones of that digest.

    Raises NotAllowed, and Gone where one has come, gone or changed since.
    """
    check_secretariat(me, config.office.day_of(now))
    waiting = await choices.list_answers_in_state(session, AnswerState.GIVEN)
    if not waiting or digest_of(waiting) != digest:
        raise Gone("check.list_changed")
    done = []
    for one in sorted(waiting, key=lambda answer: (answer.unit_id, answer.period)):
        period = read_period(one.period)
        assert period is not None  # noqa: S101 - answers are given for periods
        taken = await accept_answer(session, me, one.unit_id, period, one.version, config, now)
        done.append((one, taken))
    return done


async def return_answer(
    session: Session,
    me: Person,
    unit_id: UnitId,
    period: Period,
    version: int,
    question: str,
    config: Config,
    now: datetime,
) -> int:
    """Give an answer back with a question; who may answer for the unit hears of it at once.

    Answers how many people that reaches. Raises NotAllowed, Refused for a closed period and a question that
    is empty or too long, and Gone as `accept_answer` does.
    """
    answer = await _seen(session, me, unit_id, period, version, config, now)
    today = config.office.day_of(now)
    check_open(config, period, today)
    asked = _written(question, QUESTION_MAX, N_("check.question_empty"))
    if not await choices.check_answer(session, answer, AnswerState.RETURNED, asked, me.id, now):
        raise Gone("check.changed")
    await access.note(session, me.id, "return_answer", "unit", unit_id, now, detail=str(period))
    heads = [person.id for person in await list_heads(session, unit_id, today) if person.is_reached]
    return await notices.plan_for(
        session,
        RETURNED,
        f"{unit_id}:{period}:{version + 1}",
        heads,
        {"unit_id": unit_id, "period": str(period), "version": version + 1},
        now,
        expires_at=config.timetable.closes_at(period),
        urgency=0,
    )


async def correct_reason(
    session: Session,
    me: Person,
    unit_id: UnitId,
    period: Period,
    version: int,
    nomination_id: NominationId,
    text: str,
    config: Config,
    now: datetime,
) -> Answer:
    """Mend the wording of why a nominee was chosen, without telling anybody; answers what stands now.

    What it said before is kept. Raises NotAllowed, Refused for a sentence that is empty or too long, and Gone
    as `accept_answer` does or where the nominee is not among the chosen.
    """
    answer = await _seen(session, me, unit_id, period, version, config, now)
    if nomination_id not in {choice.nomination_id for choice in answer.choices}:
        raise Gone("check.changed")
    written = _written(text, config.choosing.reason_max, N_("check.reason_empty"))
    await choices.set_reason(session, answer, nomination_id, written, me.id, now)
    detail = f"{period}: {nomination_id}"
    await access.note(session, me.id, "correct_reason", "unit", unit_id, now, detail=detail)
    corrected = await choices.find_answer(session, unit_id, str(period))
    assert corrected is not None  # noqa: S101 - it was there
    return corrected


def check_open(config: Config, period: Period, today: date) -> None:
    """Raises Refused where the unit cannot answer a question any more."""
    cycle = config.timetable.cycle(period)
    if cycle.is_closed(today):
        raise Refused("check.closed", close=f"{cycle.close.on:%d/%m/%Y}")


async def list_heads(session: Session, unit_id: UnitId, today: date) -> list[Person]:
    """Who may answer for a unit on a day: the head, and a deputy who acts."""
    found = {
        person.id: person
        for role in (Role.UNIT_HEAD, Role.DEPUTY)
        for person in await people.list_with_role(session, role)
        if unit_id in person.heads(today)
    }
    return list(found.values())


async def _seen(
    session: Session, me: Person, unit_id: UnitId, period: Period, version: int, config: Config, now: datetime
) -> Answer:
    """The answer as the clerk has seen it; nobody else acts on it until the transaction ends."""
    check_secretariat(me, config.office.day_of(now))
    await nominations.hold_unit(session, unit_id)
    answer = await choices.find_answer(session, unit_id, str(period))
    if answer is None:
        raise Gone("stale")
    if answer.state is AnswerState.ACCEPTED:
        raise Gone("check.accepted_already")
    if answer.version != version:
        raise Gone("check.changed")
    return answer


async def _take_over(session: Session, choice: Choice, now: datetime) -> Exemplar:
    chosen = (await desk.find_chosen(session, [choice.nomination_id]))[choice.nomination_id]
    first = await desk.find_first_reason(session, chosen.target)
    new = NewExemplar(
        chosen.target,
        first.kind if first else Kind.GOOD_DEED,
        chosen.period,
        choice.reason,
        first.movement_id if first else None,
        first.field if first else "",
        chosen.nominee.person_id,
    )
    return await exemplars.add_exemplar(session, new, now)


def _written(text: str, most: int, empty: str) -> str:
    written = clean(text, multiline=False)
    if not written:
        raise Refused(empty)
    if length(written) > most:
        raise Refused("check.too_long", most=most, over=length(written) - most)
    return written
