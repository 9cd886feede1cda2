"""What became of the nominations a person sent, as far as they may know it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.config import Config
from bot.domain.exemplars import ExemplarId
from bot.domain.nominations import Endorsement, EndorsementId
from bot.domain.outcomes import Outcome, outcome_of
from bot.domain.periods import read_period
from storage import entries, exemplars
from storage.database import Session
from storage.entries import FateRow


@dataclass(frozen=True)
class Seen:
    """An outcome; `merged` and `moved` by a head; `exemplar_id` where everybody may see it."""

    outcome: Outcome
    merged: bool = False
    moved: bool = False
    exemplar_id: ExemplarId | None = None


async def see_outcomes(
    session: Session, sent: Sequence[Endorsement], config: Config, now: datetime
) -> dict[EndorsementId, Seen]:
    """Where each of these reasons stands; a unit's choice is told when it does not change any more."""
    fates = await entries.list_fates(session, sorted({one.nomination_id for one in sent}))
    public = await _public(session, list(fates.values()))
    found = {}
    for one in sent:
        fate = fates[one.nomination_id]
        outcome = outcome_of(
            withdrawn=one.withdrawn_at is not None,
            opened=fate.opened or one.opened_at is not None,
            answered=bool(fate.answer),
            chosen=fate.chosen,
            final=fate.accepted or _is_closed(fate.period, config, now),
            public=fate.exemplar_id in public,
        )
        shown = public.get(fate.exemplar_id) if outcome is Outcome.HONOURED else None
        found[one.id] = Seen(outcome, fate.merged, fate.moved, shown)
    return found


async def _public(session: Session, fates: Sequence[FateRow]) -> dict[int | None, ExemplarId]:
    numbers = sorted({fate.exemplar_id for fate in fates if fate.exemplar_id is not None})
    if not numbers:
        return {}
    return {one.id: one.id for one in await exemplars.list_exemplars(session, numbers) if one.is_public}


def _is_closed(month: str, config: Config, now: datetime) -> bool:
    period = read_period(month)
    today = config.office.day_of(now)
    return period is not None and config.timetable.cycle(period).is_closed(today)
