"""Who nominated hears what has become of it: when the unit's answer is accepted, and at the honour."""

from datetime import datetime

from bot.domain.exemplars import Answer, Exemplar
from bot.domain.hours import Hours
from bot.domain.periods import read_period
from storage import exemplars, notices
from storage.database import Session

OUTCOME, HONOURED = "outcome", "honoured"
"""The kinds of notice."""


async def tell_chosen(session: Session, answer: Answer, now: datetime) -> None:
    """A unit's answer is accepted: everybody whose reason stands hears whether their nominee was chosen.

    For a quarter or a year they hear only of those chosen: of the others they heard at their month. The
    nominee, who may have nominated oneself, is asked and not told.
    """
    period = read_period(answer.period)
    if period is None:
        return
    chosen = {choice.nomination_id for choice in answer.choices}
    found = await exemplars.list_answered_nominators(session, answer.unit_id, period.month_names)
    for nomination_id, person_id in found:
        if period.months > 1 and nomination_id not in chosen:
            continue
        body = {"nomination_id": nomination_id, "unit_id": answer.unit_id, "period": answer.period}
        await notices.plan(
            session,
            OUTCOME,
            f"{nomination_id}:{answer.period}",
            person_id,
            body,
            now,
            hours=Hours.WORK,
            urgency=1,
        )


async def tell_honoured(session: Session, exemplar: Exemplar, now: datetime) -> None:
    """The exemplar is public: everybody who nominated it gets the way to its card, once."""
    told = await exemplars.list_nominators(session, exemplar.nomination_id)
    body = {"exemplar_id": exemplar.id}
    occurrence = str(exemplar.id)
    await notices.plan_for(session, HONOURED, occurrence, told, body, now, hours=Hours.WORK, urgency=1)
