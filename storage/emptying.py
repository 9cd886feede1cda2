"""What an exemplar's life holds of somebody who is erased, emptied; numbers, periods and counts stay."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import to_us
from bot.domain.people import PersonId
from storage.database import Session, each


@dataclass(frozen=True)
class About:
    """What is about a person: nominations (and those read as part of them), and what became of them."""

    person_id: PersonId
    nominations: tuple[int, ...]
    exemplars: tuple[int, ...]


async def find_about(session: Session, person_id: PersonId) -> About:
    """What is about the person."""
    found = await session.all("emptying.list_about", person_id=person_id)
    ids = tuple(int(row["id"]) for row in found)
    rows = await session.all("emptying.list_exemplars", ids=each(ids))
    return About(person_id, ids, tuple(int(row["id"]) for row in rows))


async def count_life(session: Session, person_id: PersonId) -> dict[str, int]:
    """How much there is: `exemplars` about or for whom the person speaks, and what the person gave:
    `suggestions`, `lessons`, `congratulations`, `replies` to invitations.
    """
    row = await session.one("emptying.count_life", person_id=person_id)
    assert row is not None  # noqa: S101 - counts always answer
    return {
        key: int(row[key]) for key in ("exemplars", "suggestions", "lessons", "congratulations", "replies")
    }


async def list_words(session: Session, about: About) -> list[str]:
    """Every text that was written about them, as long as it is not emptied."""
    ids, exemplars = each(about.nominations), each(about.exemplars)
    rows = await session.all("emptying.list_words", ids=ids, exemplars=exemplars)
    return [row["body"] for row in rows if row["body"]]


async def empty_life(session: Session, about: About, now: datetime) -> None:
    """Empty choices, exemplars, consents, papers, fostering, events and suggestions of the person.

    What stays says that something was: which nomination was chosen and honoured, of which version of a text
    a consent was given, when. What units wrote about their copying a model stays: it is their work.
    """
    ids, exemplars, person_id = each(about.nominations), each(about.exemplars), about.person_id
    await session.run("emptying.empty_questions", ids=ids)
    await session.run("emptying.empty_papers", person_id=person_id, ids=ids, exemplars=exemplars)
    await _empty_answers_before(session, about.nominations)
    await session.run("emptying.empty_reasons", ids=ids)
    await session.run("emptying.empty_office_notes", ids=ids)
    await session.run("emptying.empty_consents", person_id=person_id, exemplars=exemplars)
    await session.run("emptying.empty_exemplars", exemplars=exemplars)
    await session.run("emptying.leave_represented", person_id=person_id, exemplars=exemplars)
    await session.run("emptying.empty_steps", exemplars=exemplars)
    await session.run("emptying.end_fosterings", exemplars=exemplars, at=to_us(now))
    await session.run("emptying.drop_congratulations", person_id=person_id)
    await session.run("emptying.drop_replies", person_id=person_id)
    await session.run("emptying.drop_speakers", exemplars=exemplars)
    await session.run("emptying.leave_speakers", person_id=person_id)
    await session.run("emptying.empty_suggestions", person_id=person_id, at=to_us(now))
    await session.run(
        "emptying.drop_pictures", keys=each([f"honour:{number}:" for number in about.exemplars])
    )


async def _empty_answers_before(session: Session, nominations: Sequence[int]) -> None:
    """What answers said before their changes about some nominations; of the others it stays."""
    marks = each([f'"nomination_id": {number},' for number in nominations])
    for row in await session.all("emptying.list_answers_before", marks=marks):
        before = json.loads(row["before"])
        for choice in before.get("choices", ()):
            if choice.get("nomination_id") in nominations:
                choice["reason"] = ""
        kept = json.dumps(before, ensure_ascii=False)
        await session.run("emptying.set_answer_before", id=row["id"], before=kept)
