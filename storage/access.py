"""Who may come in, what they ask about their data, and the log of who saw, changed and exported what."""

from datetime import datetime

from bot.clock import to_us
from bot.domain.people import PersonId
from storage.database import Row, Session


async def note(
    session: Session,
    actor_id: PersonId | None,
    act: str,
    subject: str,
    subject_id: int | None,
    now: datetime,
    detail: str = "",
) -> None:
    """Add a line to the audit log: ids and counts, never names or stories. `actor_id` None is the program."""
    await session.run(
        "access.note",
        at=to_us(now),
        actor_id=actor_id,
        act=act,
        subject=subject,
        subject_id=subject_id,
        detail=detail,
    )


async def list_audit(session: Session, *, after: int = 0, most: int = 1000) -> list[Row]:
    """Lines of the audit log in order, behind line `after`."""
    return await session.all("access.list_audit", after=after, most=most)


async def add_invite(
    session: Session,
    secret_hash: str,
    person_id: PersonId,
    made_by: PersonId | None,
    now: datetime,
    expires_at: datetime,
) -> None:
    """Keep an invitation by the hash of its secret."""
    await session.run(
        "access.add_invite",
        secret_hash=secret_hash,
        person_id=person_id,
        made_by=made_by,
        made_at=to_us(now),
        expires_at=to_us(expires_at),
    )


async def use_invite(session: Session, secret_hash: str, now: datetime) -> PersonId | None:
    """Whom a secret lets in, once and while it holds; None otherwise."""
    row = await session.one("access.use_invite", secret_hash=secret_hash, now=to_us(now))
    return PersonId(row["person_id"]) if row else None


async def add_data_request(
    session: Session, person_id: PersonId, kind: str, body: str, now: datetime
) -> None:
    """Keep what a person asks about their data."""
    await session.run("access.add_data_request", person_id=person_id, kind=kind, body=body, at=to_us(now))


async def empty_access(session: Session, person_id: PersonId, now: datetime) -> None:
    """Empty a person's requests and take back their invitations."""
    await session.run("access.empty_data_requests", person_id=person_id, at=to_us(now))
    await session.run("access.drop_invites", person_id=person_id)
