"""Who may come in, what they ask about their data, and the log of who saw, changed and exported what."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import to_us
from bot.domain.people import PersonId
from storage.database import Row, Session


@dataclass(frozen=True)
class DataRequest:
    """What somebody of a unit asks about their data."""

    id: int
    person_id: PersonId
    full_name: str
    code: str
    unit_name: str
    body: str
    settled: bool


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


async def add_data_request(session: Session, person_id: PersonId, kind: str, body: str, now: datetime) -> int:
    """Keep what a person asks about their data; answers its number."""
    row = await session.one(
        "access.add_data_request", person_id=person_id, kind=kind, body=body, at=to_us(now)
    )
    assert row is not None  # noqa: S101 - an insert always answers
    return int(row["id"])


async def find_data_request(session: Session, request_id: int) -> DataRequest | None:
    """A request with whose it is."""
    row = await session.one("access.find_data_request", id=request_id)
    if row is None:
        return None
    return DataRequest(
        row["id"],
        PersonId(row["person_id"]),
        row["full_name"],
        row["code"],
        row["unit_name"],
        row["body"],
        row["settled_at"] is not None,
    )


async def settle_data_request(session: Session, request_id: int, now: datetime) -> PersonId | None:
    """The request is dealt with; answers whose it is, None if it has been dealt with already."""
    row = await session.one("access.settle_data_request", id=request_id, at=to_us(now))
    return PersonId(row["person_id"]) if row else None


async def empty_access(session: Session, person_id: PersonId, now: datetime) -> None:
    """Empty a person's requests and take back their invitations."""
    await session.run("access.empty_data_requests", person_id=person_id, at=to_us(now))
    await session.run("access.drop_invites", person_id=person_id)
