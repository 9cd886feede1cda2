"""Heads and the secretariat write down what was learnt; who wrote a lesson may take it back."""

from dataclasses import replace
from datetime import date, datetime

from bot.config import Config
from bot.domain.errors import Gone, NotAllowed, Refused
from bot.domain.lessons import LESSON_MAX, LESSON_MIN, Lesson, NewLesson, period_at_hand
from bot.domain.people import Person, UnitId
from bot.domain.periods import Period, period_of, read_period
from bot.domain.roles import Role
from bot.domain.writing import clean, length, problems_of_story
from bot.operations.find_exemplars import open_exemplar
from storage import access, lessons, nominations
from storage.database import Session


def may_write(me: Person, today: date) -> bool:
    """Whether the person writes lessons: heads, acting deputies, the secretariat."""
    return bool(me.heads(today)) or me.has(Role.SECRETARIAT, today)


def check_writer(me: Person, today: date) -> None:
    """Raises NotAllowed for everybody else."""
    if not may_write(me, today):
        raise NotAllowed("lessons.not_writer")


def review_of(named: str, config: Config, today: date) -> Period:
    """The review a lesson is kept for: the one named, if it runs or has just ended; else the one at hand."""
    period = read_period(named)
    if period is not None and period.months > 1:
        now = period_of(today, period.months)
        if period in {now, now.previous}:
            return period
    return period_at_hand(config.timetable, today)


def lesson_text(typed: str) -> str:
    """The lesson as it is kept. Raises Refused with what is wrong with it."""
    text = clean(typed)
    if not LESSON_MIN <= length(text) <= LESSON_MAX:
        raise Refused("lessons.bad_length", minimum=LESSON_MIN, maximum=LESSON_MAX, count=length(text))
    if problems_of_story(text, LESSON_MIN, LESSON_MAX):
        raise Refused("lessons.no_words")
    return text


async def add_lesson(session: Session, me: Person, new: NewLesson, config: Config, now: datetime) -> Lesson:
    """Keep a lesson for its review.

    Raises NotAllowed for who writes none, Refused for a text that is too short or too long, Gone where the
    exemplar, movement or event it is about is not there.
    """
    today = config.office.day_of(now)
    check_writer(me, today)
    if new.exemplar_id is not None:
        await open_exemplar(session, me, new.exemplar_id, today)
    if new.movement_id is not None:
        known = {movement.id for movement in await nominations.list_movements(session)}
        if new.movement_id not in known:
            raise Gone("stale")
    if new.event_id is not None and await lessons.find_event_title(session, new.event_id) is None:
        raise Gone("stale")
    kept = replace(new, text=lesson_text(new.text), unit_id=_unit_of(me, today))
    number = await lessons.add_lesson(session, kept, me.id, now)
    await access.note(session, me.id, "lesson", "lesson", number, now, detail=new.period)
    found = await lessons.find_lesson(session, number)
    assert found is not None  # noqa: S101 - it has been added
    return found


async def withdraw_lesson(session: Session, me: Person, lesson_id: int, now: datetime) -> None:
    """The author takes a lesson back. Raises NotAllowed for everybody else, Gone where it is back already."""
    lesson = await lessons.find_lesson(session, lesson_id)
    if lesson is None:
        raise Gone("lessons.gone")
    if lesson.person_id != me.id:
        raise NotAllowed("lessons.not_yours")
    if not await lessons.withdraw_lesson(session, lesson_id, now):
        raise Gone("lessons.gone")
    await access.note(session, me.id, "lesson_withdrawn", "lesson", lesson_id, now)


def _unit_of(me: Person, today: date) -> UnitId | None:
    """Whose lesson it is: of the unit headed; of the office where the secretariat heads none."""
    heads = me.heads(today)
    if me.unit_id in heads or not heads:
        return me.unit_id if heads else None
    return min(heads)
