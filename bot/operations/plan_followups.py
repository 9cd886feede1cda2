"""What was to be looked at again has come due: who is told is decided now."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from bot.config import Config
from bot.operations import (
    adopt,
    ask_consent,
    congratulate,
    digest,
    event_occasions,
    follow_articles,
    foster,
    keep_movements,
)
from bot.operations.take_down import HONOUR_COUNT
from storage import followups
from storage.database import Session
from storage.followups import Followup

log = structlog.get_logger("followups")

Plan = Callable[[Session, Followup, datetime, Config], Awaitable[None]]
"""Puts into the outbox what a followup asks for, as things stand now; nothing if it has become pointless."""

_PLANS: dict[str, Plan] = {
    foster.FOSTER_STEP: foster.plan_step,
    adopt.ADOPTION_RESULT: adopt.plan_result,
    event_occasions.DAY_BEFORE: event_occasions.plan_reminder,
    event_occasions.HOUR: event_occasions.plan_reminder,
    event_occasions.OUTCOME: event_occasions.plan_outcome,
    keep_movements.REVIEW: keep_movements.plan_review,
    ask_consent.WAIT: ask_consent.plan_waiting,
    follow_articles.TAKE_OFF: follow_articles.plan_take_off,
    HONOUR_COUNT: congratulate.plan_counts,
    congratulate.PRAISE: congratulate.plan_praise,
    digest.DIGEST: digest.plan_digest,
}


async def plan_followups(session: Session, now: datetime, config: Config) -> int:
    """Deal with everything that is due; answers how much that was."""
    due = await followups.list_due(session, now)
    for followup in due:
        plan = _PLANS.get(followup.kind)
        if plan is None:
            log.error("followup_unknown", kind=followup.kind)
        else:
            await plan(session, followup, now, config)
        await followups.settle_followup(session, followup, now)
    return len(due)
