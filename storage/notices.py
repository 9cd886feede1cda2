"""Messages to somebody else, as rows: planned once, claimed before they are sent, settled after.

``pending → sending → sent | pending | failed | unknown``, and ``expired``, ``cancelled`` without a call.
`sending` is committed before the call is made, so that a crash leaves a row in doubt and never sends twice
what may have arrived (docs/delivery.md).
"""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from bot.clock import from_us, to_us
from bot.domain.people import PersonId
from storage.database import Session

NoticeId = NewType("NoticeId", int)


class State(StrEnum):
    """What has become of a notice."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Notice:
    """A claimed row. `body` is the message; `token` is the claim's proof when it is settled."""

    id: NoticeId
    kind: str
    occurrence: str
    person_id: PersonId
    body: dict[str, Any]
    due_at: datetime
    expires_at: datetime | None
    attempts: int
    token: str


async def plan(
    session: Session,
    kind: str,
    occurrence: str,
    person_id: PersonId,
    body: dict[str, Any],
    now: datetime,
    *,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> bool:
    """Put a message to a person in the outbox; False if that occurrence is there already."""
    row = await session.one(
        "notices.plan",
        kind=kind,
        occurrence=occurrence,
        person_id=person_id,
        body=json.dumps(body, ensure_ascii=False),
        due_at=to_us(due_at or now),
        expires_at=to_us(expires_at) if expires_at else None,
        at=to_us(now),
    )
    return row is not None


async def plan_for_everybody(
    session: Session,
    kind: str,
    occurrence: str,
    body: dict[str, Any],
    now: datetime,
    *,
    due_at: datetime,
    expires_at: datetime,
) -> None:
    """Put a message to everybody who can be reached and has agreed in the outbox, once an occurrence."""
    await session.run(
        "notices.plan_for_everybody",
        kind=kind,
        occurrence=occurrence,
        body=json.dumps(body, ensure_ascii=False),
        due_at=to_us(due_at),
        expires_at=to_us(expires_at),
        at=to_us(now),
    )


async def claim(session: Session, token: str, now: datetime) -> Notice | None:
    """Take the notice that has been due longest, as `sending`."""
    row = await session.one("notices.claim", now=to_us(now), token=token)
    if row is None:
        return None
    return Notice(
        NoticeId(row["id"]),
        row["kind"],
        row["occurrence"],
        PersonId(row["person_id"]),
        json.loads(row["body"]),
        from_us(row["due_at"]),
        from_us(row["expires_at"]) if row["expires_at"] is not None else None,
        row["attempts"],
        token,
    )


async def settle(
    session: Session,
    notice: Notice,
    state: State,
    now: datetime,
    *,
    message_id: int | None = None,
    error: str | None = None,
    due_at: datetime | None = None,
) -> bool:
    """Record what became of a claimed notice; False if the claim is no longer ours."""
    row = await session.one(
        "notices.settle",
        id=notice.id,
        token=notice.token,
        state=state.value,
        message_id=message_id,
        error=error,
        due_at=to_us(due_at or notice.due_at),
        now=to_us(now),
    )
    return row is not None


async def park_sending(session: Session, now: datetime) -> None:
    """After a crash: what was being sent is in doubt."""
    await session.run("notices.park_sending", now=to_us(now))


async def delivered_by_tap(session: Session, notice_id: int, person_id: PersonId, now: datetime) -> None:
    """A button of it was pressed, so it did arrive."""
    await session.run("notices.delivered_by_tap", id=notice_id, person_id=person_id, now=to_us(now))


async def next_due(session: Session) -> datetime | None:
    """When the next pending notice is due."""
    row = await session.one("notices.next_due")
    return from_us(row["due_at"]) if row and row["due_at"] is not None else None


async def count_by_state(session: Session) -> dict[State, int]:
    """How many notices are in each state."""
    return {State(row["state"]): row["n"] for row in await session.all("notices.count_by_state")}


async def cancel_for(session: Session, person_id: PersonId) -> None:
    """Send nothing more of what waits for a person."""
    await session.run("notices.cancel_for", person_id=person_id)
