"""A head answers for the unit: whom it chooses for a period, or that there is nobody to honour.

An answer may be changed until the secretariat has accepted it or the period has closed. A deputy acts in the
head's name and is kept beside it; the secretariat enters what came on paper (`entered_by`).
"""

from dataclasses import replace
from datetime import date, datetime

from bot.config import Config
from bot.domain.errors import Gone, NotAllowed, Refused
from bot.domain.exemplars import Answer, AnswerState
from bot.domain.people import Person, PersonId, UnitId
from bot.domain.periods import Period
from bot.domain.roles import Role
from bot.domain.summary import NONE
from bot.operations.secretariat import check_secretariat
from storage import access, choices, nominations, people
from storage.database import Session


def check_head(me: Person, unit_id: UnitId, today: date) -> None:
    """Raises NotAllowed for who is neither head nor acting deputy of the unit on the day."""
    if unit_id not in me.heads(today):
        raise NotAllowed("choose.not_head")


def begins_on(period: Period) -> date:
    """From when a unit answers for a period: a longer one is looked at when its months are over."""
    return period.first_on if period.months == 1 else period.until_on


def check_period(config: Config, period: Period, today: date) -> None:
    """Raises Refused for a period that has not begun or has closed."""
    if today < begins_on(period):
        raise Refused("choose.not_begun", begin=f"{begins_on(period):%d/%m/%Y}")
    cycle = config.timetable.cycle(period)
    if cycle.is_closed(today):
        raise Refused("choose.closed", close=f"{cycle.close.on:%d/%m/%Y}")


async def open_unit(
    session: Session, me: Person, unit_id: UnitId, period: Period, config: Config, now: datetime
) -> None:
    """The head sees the unit's nominations of a month: from now on their nominators cannot change them.

    Raises NotAllowed for who does not head the unit on the day.
    """
    check_head(me, unit_id, config.office.day_of(now))
    await nominations.open_nominations(session, unit_id, str(period), now)
    await access.note(session, me.id, "open_nominations", "unit", unit_id, now, detail=str(period))


async def answer_nobody(
    session: Session,
    me: Person,
    unit_id: UnitId,
    period: Period,
    reason: str,
    config: Config,
    now: datetime,
    *,
    version: int = 0,
    entered_by: Person | None = None,
    signed_on: date | None = None,
) -> Answer:
    """Keep that there is nobody; nominations that come later belong to the next month.

    Raises as `give_answer` does.
    """
    answer = Answer(unit_id, str(period), NONE, me.id, now, reason, version=version)
    return await give_answer(
        session, me, answer, period, config, now, entered_by=entered_by, signed_on=signed_on
    )


async def give_answer(
    session: Session,
    me: Person,
    answer: Answer,
    period: Period,
    config: Config,
    now: datetime,
    *,
    entered_by: Person | None = None,
    signed_on: date | None = None,
) -> Answer:
    """Keep the unit's answer in place of the one of its version (0: there is none).

    What is entered from paper was signed by who headed the unit on the day `signed_on`.

    Raises NotAllowed for who does not head the unit on the day, Refused for a period that takes no answer,
    and Gone where the answer has been changed or accepted meanwhile.
    """
    today = config.office.day_of(now)
    check_head(me, answer.unit_id, signed_on or today)
    if entered_by is not None:
        check_secretariat(entered_by, today)
    check_period(config, period, today)
    await nominations.hold_unit(session, answer.unit_id)
    before = await choices.find_answer(session, answer.unit_id, answer.period)
    if before is not None and before.state is AnswerState.ACCEPTED:
        raise Gone("choose.accepted")
    if (before.version if before else 0) != answer.version:
        raise Gone("choose.changed")
    head = await head_for(session, me, answer.unit_id, signed_on or today)
    kept = await choices.put_answer(session, replace(answer, for_id=head))
    if kept is None:
        raise Gone("choose.changed")
    await nominations.open_nominations(session, answer.unit_id, answer.period, now)
    actor = entered_by or me
    act = "answer_none" if answer.answer == NONE else "choose"
    detail = answer.period if not answer.choices else f"{answer.period}: {_numbers(answer)}"
    await access.note(session, actor.id, act, "unit", answer.unit_id, now, detail=detail)
    return kept


def _numbers(answer: Answer) -> str:
    return ", ".join(str(choice.nomination_id) for choice in answer.choices)


async def head_for(session: Session, me: Person, unit_id: UnitId, today: date) -> PersonId | None:
    """The head in whose name a deputy acts; None for the head, and where the post is vacant."""
    heads = [
        person.id
        for person in await people.list_with_role(session, Role.UNIT_HEAD)
        for post in person.posts
        if post.role is Role.UNIT_HEAD and post.unit_id == unit_id and post.held_on(today)
    ]
    return None if me.id in heads else next(iter(heads), None)
