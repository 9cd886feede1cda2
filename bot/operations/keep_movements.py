"""The secretariat keeps the movements and campaigns: adds, changes, reviews and ends them, deletes none."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.config import Config
from bot.domain.errors import Gone
from bot.domain.hours import Hours
from bot.domain.movements import NOTE_MAX, check_days, check_name, read_name
from bot.domain.nominations import Movement, MovementKind
from bot.domain.people import Person
from bot.domain.typed_events import read_words
from bot.operations.secretariat import check_secretariat, list_secretariat
from storage import access, followups, movements, notices
from storage.database import Session
from storage.followups import Followup

REVIEW = "movement_review"
"""The kind of its followups and notices."""
_DAYS_BEFORE = (7, 0)
_AT = time(8)
_MAKES_SENSE = timedelta(days=14)


async def add_movement(
    session: Session,
    me: Person,
    new: Movement,
    reviews: Collection[date],
    config: Config,
    now: datetime,
) -> Movement:
    """Put a new one on the list; `new`'s number and version do not matter. Raises NotAllowed and Refused."""
    check_secretariat(me, config.office.day_of(now))
    name = read_name(new.name)
    check_name(name, await movements.list_movements(session))
    check_days(new.from_on, new.to_on)
    added = await movements.add_movement(session, new.kind, name, new.level, new.from_on, new.to_on)
    await movements.add_reviews(session, added.id, reviews)
    await _look_again(session, added, reviews, config, now)
    await access.note(session, me.id, "add", "movement", added.id, now, f"reviews={len(reviews)}")
    return added


async def change_movement(
    session: Session, me: Person, movement: Movement, config: Config, now: datetime
) -> Movement:
    """Give it these values; `movement` is of the version the person saw. Raises NotAllowed, Refused, Gone."""
    check_secretariat(me, config.office.day_of(now))
    renamed = replace(movement, name=read_name(movement.name), kind=MovementKind(movement.kind))
    check_name(renamed.name, await movements.list_movements(session), movement.id)
    check_days(renamed.from_on, renamed.to_on)
    return await _save(session, me, renamed, "change", now)


async def set_reviews(
    session: Session, me: Person, movement: Movement, days: Collection[date], config: Config, now: datetime
) -> Movement:
    """Review it on these days and, of those before, on no other that has not been held.

    Raises NotAllowed and Gone.
    """
    check_secretariat(me, config.office.day_of(now))
    saved = await _save(session, me, movement, "reviews", now)
    known = {review.review_on for review in await movements.list_reviews(session, movement.id)}
    await movements.drop_reviews(session, movement.id, known - set(days))
    await movements.add_reviews(session, movement.id, days)
    await _look_again(session, movement, days, config, now)
    return saved


async def note_review(
    session: Session, me: Person, movement: Movement, day: date, typed: str, config: Config, now: datetime
) -> None:
    """It has been reviewed; the note may be changed later. Raises NotAllowed, Refused and Gone."""
    check_secretariat(me, config.office.day_of(now))
    known = {review.review_on for review in await movements.list_reviews(session, movement.id)}
    if day not in known:
        raise Gone("movement.review_gone")
    await movements.note_review(session, movement.id, day, read_words(typed, 0, NOTE_MAX), now)
    await access.note(session, me.id, "review", "movement", movement.id, now, day.isoformat())


async def end_movement(
    session: Session, me: Person, movement: Movement, typed: str, config: Config, now: datetime
) -> Movement:
    """End it today, with what its last review found: it is not offered any more and stays in the history.

    Raises NotAllowed, Refused and Gone.
    """
    today = config.office.day_of(now)
    check_secretariat(me, today)
    if movement.is_over(today):
        raise Gone("movement.over")
    note = read_words(typed, 0, NOTE_MAX)
    saved = await _save(session, me, replace(movement, ended_on=today), "end", now)
    if note:
        await movements.note_review(session, movement.id, today, note, now)
    return saved


async def resume_movement(
    session: Session, me: Person, movement: Movement, config: Config, now: datetime
) -> Movement:
    """It goes on after all. Raises NotAllowed and Gone."""
    check_secretariat(me, config.office.day_of(now))
    if movement.ended_on is None:
        raise Gone("stale")
    return await _save(session, me, replace(movement, ended_on=None), "resume", now)


async def plan_review(session: Session, followup: Followup, now: datetime, config: Config) -> None:
    """REVIEW: a week before and on the day, to the secretariat, if the day still stands."""
    day = date.fromisoformat(followup.args["day"])
    if not await is_review_due(session, followup.args["movement_id"], day, config.office.day_of(now)):
        return
    clerks = await list_secretariat(session, config.office.day_of(now))
    await notices.plan_for(
        session,
        REVIEW,
        followup.key,
        [clerk.id for clerk in clerks],
        followup.args,
        now,
        due_at=followup.due_at,
        expires_at=followup.due_at + _MAKES_SENSE,
        hours=Hours.WORK,
        urgency=1,
    )


async def is_review_due(session: Session, movement_id: int, day: date, today: date) -> bool:
    """Whether a review of that day still is to be held."""
    movement = await movements.find_movement(session, movement_id)
    if movement is None or (movement.ended_on is not None and movement.ended_on <= today):
        return False
    reviews = await movements.list_reviews(session, movement_id)
    return any(review.review_on == day and review.done_at is None for review in reviews)


async def _look_again(
    session: Session, movement: Movement, days: Collection[date], config: Config, now: datetime
) -> None:
    for day in days:
        for ahead in _DAYS_BEFORE:
            on = config.timetable.calendar.working_day_until(day - timedelta(days=ahead))
            due_at = datetime.combine(on, _AT, config.office.timezone)
            if due_at > now:
                key = f"{movement.id}:{day.isoformat()}:{ahead}"
                args = {"movement_id": movement.id, "day": day.isoformat()}
                await followups.add_followup(session, REVIEW, key, due_at, args)


async def _save(session: Session, me: Person, movement: Movement, act: str, now: datetime) -> Movement:
    saved = await movements.save_movement(session, movement)
    if saved is None:
        raise Gone("movement.changed_meanwhile")
    await access.note(session, me.id, act, "movement", movement.id, now)
    return saved
