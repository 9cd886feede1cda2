"""Places where people's texts name somebody, as rows: kept without the name, settled once."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.clock import to_us
from bot.domain.mentions import Outcome, Span
from bot.domain.names import fold
from bot.domain.people import PersonId
from storage.database import Row, Session, each

EMPTIED: Final = "{}"
"""What an earlier text holds once it is emptied: it cannot be brought back."""


@dataclass(frozen=True)
class Place:
    """Where a text stands: the table, its row's key (numbers and periods), the column."""

    subject: str
    key: str
    field: str


@dataclass(frozen=True)
class Text:
    """What somebody wrote; `about` says whom or what it is about, "" where that is not known."""

    place: Place
    about: str
    body: str


@dataclass(frozen=True)
class Mention:
    """A place that named `person_id` in `spans` when the text's digest was `digest`."""

    id: int
    person_id: PersonId
    place: Place
    spans: tuple[Span, ...]
    digest: str
    settled: bool


async def list_texts(session: Session, forms: Sequence[str]) -> list[Text]:
    """Every text that has one of some pieces, as it is or in small letters."""
    rows = await session.all("mentions.list_texts", forms=each(list(forms)), subject="", subject_key="")
    return [_text(row) for row in rows] if forms else []


async def find_text(session: Session, place: Place) -> Text | None:
    """What stands in a place now; None where nothing does."""
    rows = await session.all("mentions.list_texts", forms="[]", subject=place.subject, subject_key=place.key)
    return next((text for text in map(_text, rows) if text.place == place), None)


async def set_text(session: Session, place: Place, body: str) -> None:
    """Put another text in a place; names of groups and what is published have operations of their own."""
    await session.run(f"mentions.set_{place.subject}", subject_key=place.key, field=place.field, body=body)


async def list_earlier(session: Session, forms: Sequence[str]) -> list[tuple[tuple[str, int], str]]:
    """What reasons and answers were before their changes, with one of some pieces: where, and the text."""
    rows = await session.all("mentions.list_earlier", forms=each(list(forms))) if forms else []
    return [((row["kept"], row["id"]), row["before"]) for row in rows]


async def empty_earlier(session: Session, kept: Iterable[tuple[str, int]]) -> None:
    """Empty some of those."""
    ids: dict[str, list[int]] = {"revisions": [], "answer_revisions": []}
    for table, number in kept:
        ids[table].append(number)
    await session.run("mentions.empty_revisions", ids=each(ids["revisions"]))
    await session.run("mentions.empty_answer_revisions", ids=each(ids["answer_revisions"]))


async def list_event_changes(
    session: Session, forms: Sequence[str]
) -> list[tuple[tuple[int, int, str], str]]:
    """What events were before their changes: event, version, field, and the text."""
    rows = await session.all("mentions.list_event_changes", forms=each(list(forms))) if forms else []
    return [((row["event_id"], row["version"], row["field"]), row["before"]) for row in rows]


async def empty_event_change(session: Session, event_id: int, version: int, field: str) -> None:
    """Empty one of those."""
    await session.run("mentions.empty_event_change", event_id=event_id, version=version, field=field)


async def put_mention(
    session: Session, person_id: PersonId, place: Place, spans: Sequence[Span], digest: str, now: datetime
) -> None:
    """Keep a place for the secretariat to look at; one that was settled before is open again."""
    await session.run(
        "mentions.put",
        person_id=person_id,
        subject=place.subject,
        subject_key=place.key,
        field=place.field,
        spans=json.dumps(spans),
        digest=digest,
        at=to_us(now),
    )


async def count_open(session: Session, person_id: int = 0) -> int:
    """How many places wait to be looked at: somebody's, or all."""
    row = await session.one("mentions.count_open", person_id=person_id)
    return int(row["n"]) if row else 0


async def next_open(session: Session, person_id: int = 0) -> Mention | None:
    """The first of those."""
    row = await session.one("mentions.next_open", person_id=person_id)
    return _mention(row) if row else None


async def find_mention(session: Session, mention_id: int) -> Mention | None:
    """The place of that number."""
    row = await session.one("mentions.get", id=mention_id)
    return _mention(row) if row else None


async def settle(
    session: Session, mention: Mention, outcome: Outcome, settled_by: PersonId, now: datetime
) -> bool:
    """The secretariat has looked at it; False if it had before."""
    row = await session.one(
        "mentions.settle", id=mention.id, outcome=outcome.value, settled_by=settled_by, at=to_us(now)
    )
    return row is not None


async def has_namesake(session: Session, full_name: str, person_id: PersonId) -> bool:
    """Whether somebody else of the office is called so."""
    row = await session.one("mentions.count_namesakes", folded_name=fold(full_name), person_id=person_id)
    return bool(row and row["n"])


def _text(row: Row) -> Text:
    return Text(Place(row["subject"], row["subject_key"], row["field"]), row["about"], row["body"])


def _mention(row: Row) -> Mention:
    return Mention(
        row["id"],
        PersonId(row["person_id"]),
        Place(row["subject"], row["subject_key"], row["field"]),
        tuple((start, end) for start, end in json.loads(row["spans"])),
        row["digest"],
        row["settled_at"] is not None,
    )
