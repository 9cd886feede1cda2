"""Messages to somebody else, as rows: planned once, claimed before they are sent, settled after.

``pending → sending → sent | pending | failed | unknown``, and ``expired``, ``cancelled`` without a call;
``held`` was due before the data was restored from a backup, and waits for the secretariat's word.
`sending` is committed before the call is made, so that a crash leaves a row in doubt and never sends twice
what may have arrived (docs/delivery.md).
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from bot.clock import from_us, to_us
from bot.domain.hours import Hours
from bot.domain.people import PersonId
from storage.database import Row, Session, each

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
    HELD = "held"


@dataclass(frozen=True)
class Notice:
    """A claimed row. `body` is the message; `token` is the claim's proof when it is settled.

    `copy` is 2 for one that is sent once more because the first is in doubt. `chat_id` is the group or
    channel it goes to; `person_id` is then who sends it there.
    """

    id: NoticeId
    kind: str
    occurrence: str
    person_id: PersonId
    body: dict[str, Any]
    due_at: datetime
    expires_at: datetime | None
    attempts: int
    token: str
    copy: int = 1
    chat_id: int | None = None


@dataclass(frozen=True)
class Trouble:
    """A notice that somebody should look at: what it was, to whom, and what went wrong."""

    id: NoticeId
    kind: str
    occurrence: str
    error: str
    due_at: datetime
    full_name: str
    unit_name: str


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
    hours: Hours = Hours.ANY,
    urgency: int = 0,
    chat_id: int | None = None,
) -> bool:
    """Put a message to a person in the outbox; False if that occurrence is there already.

    With `chat_id` it goes to that group or channel, in the person's name.

    `urgency`: 0 follows from what a person did, 1 is a deadline or the secretariat's, 2 a broadcast.
    """
    planned = await plan_for(
        session,
        kind,
        occurrence,
        [person_id],
        body,
        now,
        due_at=due_at,
        expires_at=expires_at,
        hours=hours,
        urgency=urgency,
        chat_id=chat_id,
    )
    return planned > 0


async def plan_for(
    session: Session,
    kind: str,
    occurrence: str,
    person_ids: Collection[PersonId],
    body: dict[str, Any],
    now: datetime,
    *,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    hours: Hours = Hours.ANY,
    urgency: int = 2,
    chat_id: int | None = None,
) -> int:
    """Put a message to several people in the outbox, once an occurrence each; answers how many are new."""
    rows = await session.all(
        "notices.plan",
        kind=kind,
        occurrence=occurrence,
        person_ids=each(sorted(person_ids)),
        body=json.dumps(body, ensure_ascii=False),
        due_at=to_us(due_at or now),
        expires_at=to_us(expires_at) if expires_at else None,
        hours=hours.value,
        urgency=urgency,
        chat_id=chat_id,
        at=to_us(now),
    )
    return len(rows)


async def list_waiting(
    session: Session, now: datetime, hours: Collection[Hours], most: int
) -> list[tuple[NoticeId, int]]:
    """The notices that may go now, what goes first first, each with its chat (0 where there is none)."""
    rows = await session.all("notices.list_waiting", now=to_us(now), hours=each(sorted(hours)), most=most)
    return [(NoticeId(row["id"]), row["to_chat"] or 0) for row in rows]


async def claim(
    session: Session, notice_id: NoticeId, token: str, now: datetime, hours: Collection[Hours]
) -> Notice | None:
    """Take a notice, as `sending`; None if it waits no longer or may not go now."""
    row = await session.one(
        "notices.claim", id=notice_id, now=to_us(now), hours=each(sorted(hours)), token=token
    )
    return _notice(row) if row else None


async def get(session: Session, notice_id: int) -> Notice | None:
    """A notice in whatever state; None where there is none."""
    row = await session.one("notices.get", id=notice_id)
    return _notice(row) if row else None


def _notice(row: Row) -> Notice:
    return Notice(
        NoticeId(row["id"]),
        row["kind"],
        row["occurrence"],
        PersonId(row["person_id"]),
        json.loads(row["body"]),
        from_us(row["due_at"]),
        from_us(row["expires_at"]) if row["expires_at"] is not None else None,
        row["attempts"],
        row["token"] or "",
        row["copy"],
        row["chat_id"],
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


async def park_sending(session: Session, before: datetime, now: datetime) -> None:
    """What has been on its way since `before` is in doubt: who sent it is gone."""
    await session.run("notices.park_sending", before=to_us(before), now=to_us(now))


async def expire(session: Session, now: datetime) -> None:
    """What waits and makes no sense any more is not sent; a second copy's first stays in doubt."""
    await session.run("notices.expire", now=to_us(now))


async def send_again(session: Session, kinds: Sequence[str], before: datetime, now: datetime) -> None:
    """Let those of some kinds that have been in doubt since `before` go once more, and never a third time."""
    await session.run("notices.send_again", kinds=each(kinds), before=to_us(before), now=to_us(now))


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


async def count_of(session: Session, kind: str, occurrence: str) -> dict[State, int]:
    """How many notices of one occurrence are in each state."""
    rows = await session.all("notices.count_of", kind=kind, occurrence=occurrence)
    return {State(row["state"]): row["n"] for row in rows}


async def list_in_state(session: Session, state: State, since: datetime, most: int) -> list[Trouble]:
    """The notices that came into a state since an instant, the latest first."""
    rows = await session.all("notices.list_in_state", state=state.value, since=to_us(since), most=most)
    return [
        Trouble(
            NoticeId(row["id"]),
            row["kind"],
            row["occurrence"],
            row["error"] or "",
            from_us(row["due_at"]),
            row["full_name"],
            row["unit_name"],
        )
        for row in rows
    ]


async def release_held(session: Session, now: datetime) -> None:
    """What was due before a restore may go."""
    await session.run("notices.release_held", now=to_us(now))


async def drop_held(session: Session, now: datetime) -> None:
    """What was due before a restore is not sent."""
    await session.run("notices.drop_held", now=to_us(now))


async def cancel_for(session: Session, person_id: PersonId) -> None:
    """Send nothing more of what waits for a person."""
    await session.run("notices.cancel_for", person_id=person_id)
