"""A head answers for the unit: this month there is nobody to honour."""

from datetime import date, datetime

from bot.domain.errors import Gone, NotAllowed, Refused
from bot.domain.people import Person, UnitId
from bot.domain.periods import Period
from bot.domain.summary import NONE
from storage import access, nominations
from storage.database import Session


def check_head(me: Person, unit_id: UnitId, today: date) -> None:
    """Raises NotAllowed for who is neither head nor acting deputy of the unit on the day."""
    if unit_id not in me.heads(today):
        raise NotAllowed("choose.not_head")


async def open_unit(session: Session, me: Person, unit_id: UnitId, period: Period, now: datetime) -> None:
    """The head sees the unit's nominations of a month: from now on their nominators cannot change them."""
    await nominations.open_nominations(session, unit_id, str(period), now)
    await access.note(session, me.id, "open_nominations", "unit", unit_id, now, detail=str(period))


async def answer_nobody(
    session: Session, me: Person, unit_id: UnitId, period: Period, this_month: Period, now: datetime
) -> None:
    """Keep the answer; nominations that come later belong to the next month.

    Raises Refused for a month that has not begun and Gone if the unit has answered.
    """
    if period > this_month:
        raise Refused("stale")
    await nominations.hold_unit(session, unit_id)
    if not await nominations.add_answer(session, unit_id, str(period), NONE, "", me.id, now):
        raise Gone("choose.answered")
    await access.note(session, me.id, "answer_none", "unit", unit_id, now, detail=str(period))
