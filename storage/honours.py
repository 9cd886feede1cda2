"""Honours as rows: where an exemplar was honoured, what arrived there, and who has congratulated."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import from_us, to_us
from bot.domain.exemplars import ExemplarId, Place
from bot.domain.people import PersonId
from storage.database import Row, Session
from storage.notices import State
from storage.posts import PostId


@dataclass(frozen=True)
class Honour:
    """An exemplar honoured in a place: by a message in a chat, or by a message to many."""

    id: int
    exemplar_id: ExemplarId
    place: Place
    chat_id: int | None
    post_id: PostId | None
    person_id: PersonId
    at: datetime

    @property
    def occurrence(self) -> str:
        """What its message in a chat is called in the outbox; honoured again, it has another name."""
        return f"{self.id}:{to_us(self.at)}"


@dataclass(frozen=True)
class Delivered:
    """What has become of the message in a chat; `message_id` None: not known, or not there."""

    notice_id: int
    chat_id: int
    message_id: int | None
    state: State


async def put(
    session: Session,
    exemplar_id: ExemplarId,
    place: Place,
    text_version: int,
    person_id: PersonId,
    now: datetime,
    *,
    chat_id: int | None = None,
    post_id: PostId | None = None,
) -> Honour | None:
    """Keep that it is honoured there; None where it is already."""
    row = await session.one(
        "honours.put",
        exemplar_id=exemplar_id,
        place=place.value,
        chat_id=chat_id,
        post_id=post_id,
        text_version=text_version,
        person_id=person_id,
        at=to_us(now),
    )
    return _honour(row) if row else None


async def list_of(session: Session, exemplar_id: ExemplarId) -> list[Honour]:
    """Where it is honoured and has not been taken down."""
    return [_honour(row) for row in await session.all("honours.list_of", exemplar_id=exemplar_id)]


async def find(session: Session, honour_id: int) -> Honour | None:
    """The honour of that number."""
    row = await session.one("honours.get", id=honour_id)
    return _honour(row) if row else None


async def remove_of(session: Session, exemplar_id: ExemplarId, now: datetime) -> None:
    """It is taken down everywhere."""
    await session.run("honours.remove_of", exemplar_id=exemplar_id, at=to_us(now))


async def remove(session: Session, honour_id: int, now: datetime) -> None:
    """It did not come to that."""
    await session.run("honours.remove", id=honour_id, at=to_us(now))


async def find_delivery(session: Session, honour: Honour) -> Delivered | None:
    """What has become of its message in a chat; None where it is not honoured by one."""
    row = await session.one("honours.find_delivery", occurrence=honour.occurrence)
    return Delivered(row["id"], row["chat_id"], row["message_id"], State(row["state"])) if row else None


async def note_delivery(
    session: Session, notice_id: int, chat_id: int, message_id: int, now: datetime
) -> None:
    """A button below a post of which nobody knew was pressed, so it did arrive, and this is where."""
    await session.run(
        "honours.note_delivery", id=notice_id, chat_id=chat_id, message_id=message_id, now=to_us(now)
    )


async def cancel(session: Session, kind: str, occurrence: str, now: datetime) -> None:
    """Send nothing more of what waits of an occurrence."""
    await session.run("honours.cancel", kind=kind, occurrence=occurrence, now=to_us(now))


async def forget_title(session: Session, post_id: PostId) -> None:
    """Whom a message to many was about is no longer said."""
    await session.run("honours.forget_title", post_id=post_id)


async def list_copies(session: Session, post_occurrence: str) -> list[PersonId]:
    """To whom a message to many is known to have gone."""
    rows = await session.all("honours.list_copies", occurrence=post_occurrence)
    return [PersonId(row["person_id"]) for row in rows]


async def find_copy(session: Session, post_occurrence: str, person_id: PersonId) -> int | None:
    """The number of a person's copy of a message to many."""
    row = await session.one("honours.find_copy", occurrence=post_occurrence, person_id=person_id)
    return int(row["message_id"]) if row and row["message_id"] is not None else None


async def congratulate(session: Session, exemplar_id: ExemplarId, person_id: PersonId, now: datetime) -> bool:
    """Count a person's congratulation; False if it counts already."""
    row = await session.one(
        "honours.congratulate", exemplar_id=exemplar_id, person_id=person_id, at=to_us(now)
    )
    return row is not None


async def count_congratulations(session: Session, exemplar_id: ExemplarId) -> int:
    """How many have congratulated."""
    row = await session.one("honours.count_congratulations", exemplar_id=exemplar_id)
    return int(row["n"]) if row else 0


def _honour(row: Row) -> Honour:
    return Honour(
        row["id"],
        ExemplarId(row["exemplar_id"]),
        Place(row["place"]),
        row["chat_id"],
        PostId(row["post_id"]) if row["post_id"] is not None else None,
        PersonId(row["person_id"]),
        from_us(row["at"]),
    )
