"""Anybody suggests something to the secretariat, which answers it or puts it on file; the author hears."""

from datetime import date, datetime

from bot.domain.errors import Gone, Refused
from bot.domain.hours import Hours
from bot.domain.people import Person
from bot.domain.writing import clean, length
from bot.operations.secretariat import check_secretariat, list_secretariat
from storage import access, notices, suggestions
from storage.database import Session
from storage.suggestions import Suggestion, SuggestionState

SUGGESTION, ANSWER = "suggestion", "suggestion_answer"
"""Kinds of notices."""
TEXT_MIN, TEXT_MAX = 10, 1000
ANSWER_MIN, ANSWER_MAX = 2, 1000
OPEN_MAX = 5
"""How many of a person's may wait at a time."""


def read_suggestion(typed: str) -> str:
    """What is suggested. Raises Refused with what is wrong with it."""
    return _read(typed, TEXT_MIN, TEXT_MAX)


def read_answer(typed: str) -> str:
    """What is answered. Raises Refused with what is wrong with it."""
    return _read(typed, ANSWER_MIN, ANSWER_MAX)


async def check_may_suggest(session: Session, me: Person) -> None:
    """Raises Refused while too many of the person's suggestions wait."""
    if await suggestions.count_open(session, me.id) >= OPEN_MAX:
        raise Refused("suggest.too_many", most=OPEN_MAX)


async def suggest(session: Session, me: Person, typed: str, today: date, now: datetime) -> int:
    """Send it to everybody of the secretariat; answers its number. Raises Refused."""
    await check_may_suggest(session, me)
    suggestion_id = await suggestions.add_suggestion(session, me.id, read_suggestion(typed), now)
    for clerk in await list_secretariat(session, today):
        await notices.plan(
            session,
            SUGGESTION,
            str(suggestion_id),
            clerk.id,
            {"suggestion_id": suggestion_id},
            now,
            hours=Hours.WORK,
            urgency=1,
        )
    await access.note(session, me.id, "suggest", "suggestion", suggestion_id, now)
    return suggestion_id


async def answer_suggestion(
    session: Session, me: Person, suggestion_id: int, typed: str, today: date, now: datetime
) -> Suggestion:
    """Answer one that waits; its author hears. Raises NotAllowed, Refused and Gone."""
    answer = read_answer(typed)
    return await _settle(session, me, suggestion_id, SuggestionState.ANSWERED, answer, today, now)


async def file_suggestion(
    session: Session, me: Person, suggestion_id: int, today: date, now: datetime
) -> Suggestion:
    """Put one that waits on file; its author hears. Raises NotAllowed and Gone."""
    return await _settle(session, me, suggestion_id, SuggestionState.FILED, "", today, now)


async def _settle(
    session: Session,
    me: Person,
    suggestion_id: int,
    state: SuggestionState,
    answer: str,
    today: date,
    now: datetime,
) -> Suggestion:
    check_secretariat(me, today)
    if not await suggestions.settle_suggestion(session, suggestion_id, state, answer, me.id, now):
        raise Gone("suggest.settled")
    settled = await suggestions.find_suggestion(session, suggestion_id)
    assert settled is not None  # noqa: S101 - it has just been changed
    body = {"suggestion_id": suggestion_id}
    await notices.plan(session, ANSWER, str(suggestion_id), settled.person_id, body, now, hours=Hours.DAYTIME)
    await access.note(session, me.id, state.value, "suggestion", suggestion_id, now)
    return settled


def _read(typed: str, least: int, most: int) -> str:
    text = clean(typed)
    if length(text) < least:
        raise Refused("suggest.too_short", minimum=least)
    if length(text) > most:
        raise Refused("suggest.too_long", maximum=most, over=length(text) - most)
    return text
