"""An exemplar is fostered: a mentor, an aim, steps with their days, and in the end an outcome.

The secretariat and the head of the exemplar's unit arrange it; the mentor deals with the steps.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.config import Config
from bot.domain.errors import Gone, NotAllowed, Refused
from bot.domain.exemplars import Exemplar
from bot.domain.fostering import (
    STEPS_MOST,
    Fostering,
    FosteringState,
    Step,
    check_day,
    late_at,
    reminded_at,
)
from bot.domain.hours import Hours
from bot.domain.people import Person, PersonId
from bot.domain.writing import clean, length
from bot.operations.check_answer import list_heads
from bot.operations.find_exemplars import is_withdrawn, may_care
from storage import access, exemplars, followups, fosterings, notices, people
from storage.database import Session
from storage.followups import Followup

FOSTER_STEP, FOSTER_TOLD = "foster_step", "foster_told"
"""Kinds of notices: a step comes due or is late (its followup too); it began, was passed on, ended."""
SENTENCE_MIN, SENTENCE_MAX = 10, 500
_SETTLES = timedelta(minutes=10)
"""When mentor and nominee are told: by then the first steps are written, and a slip is mended."""


async def begin(
    session: Session,
    me: Person,
    exemplar: Exemplar,
    mentor_id: PersonId,
    aim: str,
    config: Config,
    now: datetime,
) -> Fostering:
    """Name a mentor and an aim. Raises NotAllowed, Refused for what cannot be, Gone where it is fostered."""
    check_manager(me, exemplar, config, now)
    if is_withdrawn(exemplar):
        raise Refused("foster.withdrawn")
    await _check_mentor(session, exemplar, mentor_id)
    made = await fosterings.add_fostering(session, exemplar.id, mentor_id, sentence(aim), me.id, now)
    if made is None:
        raise Gone("foster.begun_already")
    await access.note(session, me.id, "foster", "exemplar", exemplar.id, now)
    await _tell(session, made, exemplar, "began", now, now + _SETTLES)
    return made


async def change_mentor(
    session: Session, me: Person, seen: Fostering, mentor_id: PersonId, config: Config, now: datetime
) -> Fostering:
    """Give the exemplar another mentor, who hears of it. Raises as `begin` does."""
    exemplar = await _open_for_manager(session, me, seen, config, now)
    await _check_mentor(session, exemplar, mentor_id)
    changed = await _save(session, replace(seen, mentor_id=mentor_id))
    await access.note(session, me.id, "foster_mentor", "exemplar", exemplar.id, now)
    await _tell(session, changed, exemplar, "mentor", now, now)
    return changed


async def change_aim(
    session: Session, me: Person, seen: Fostering, aim: str, config: Config, now: datetime
) -> Fostering:
    """Put the aim in other words. Raises as `begin` does."""
    exemplar = await _open_for_manager(session, me, seen, config, now)
    await access.note(session, me.id, "foster_aim", "exemplar", exemplar.id, now)
    return await _save(session, replace(seen, aim=sentence(aim)))


async def end(
    session: Session, me: Person, seen: Fostering, outcome: str, config: Config, now: datetime
) -> Fostering:
    """It ends with an outcome; mentor and nominee hear of it. Raises as `begin` does."""
    exemplar = await _open_for_manager(session, me, seen, config, now)
    ended = replace(seen, state=FosteringState.ENDED, outcome=sentence(outcome), ended_at=now)
    saved = await _save(session, ended)
    await access.note(session, me.id, "foster_end", "exemplar", exemplar.id, now)
    await _tell(session, saved, exemplar, "ended", now, now)
    return saved


async def add_step(
    session: Session, me: Person, fostering_id: int, text: str, due_on: date, config: Config, now: datetime
) -> Step:
    """One more step; its mentor is reminded before its day.

    Raises NotAllowed for who neither arranges nor guides it, Gone where it has ended, Refused for a day that
    is past and for too many steps.
    """
    found = await fosterings.find_fostering(session, fostering_id)
    fostering = await _open_for_guide(session, me, found, config, now)
    if len(fostering.standing) >= STEPS_MOST:
        raise Refused("foster.too_many_steps", most=STEPS_MOST)
    check_day(due_on, config.office.day_of(now))
    step = await fosterings.add_step(session, fostering.id, text, due_on)
    await _follow(session, step, config, now)
    await access.note(
        session, me.id, "foster_step", "exemplar", fostering.exemplar_id, now, detail=str(step.id)
    )
    return step


async def finish_step(session: Session, me: Person, step_id: int, config: Config, now: datetime) -> Fostering:
    """A step is done. Raises as `add_step` does, and Gone where it is done or dropped already."""
    fostering, step = await open_step(session, me, step_id, config, now)
    return await _put(session, me, fostering, replace(step, done_at=now), "foster_step_done", now)


async def note_result(
    session: Session, me: Person, step_id: int, result: str, config: Config, now: datetime
) -> Fostering:
    """What a step that is done has brought. Raises as `add_step` does."""
    found = await fosterings.find_of_step(session, step_id)
    if found is None or found[1].done_at is None:
        raise Gone("foster.step_gone")
    fostering = await _open_for_guide(session, me, found[0], config, now)
    step = replace(found[1], result=sentence(result))
    return await _put(session, me, fostering, step, "foster_step_result", now)


async def move_step(
    session: Session, me: Person, step_id: int, due_on: date, config: Config, now: datetime
) -> Fostering:
    """Another day for a step. Raises as `add_step` and `finish_step` do."""
    fostering, step = await open_step(session, me, step_id, config, now)
    moved = replace(step, due_on=check_day(due_on, config.office.day_of(now)))
    await _follow(session, moved, config, now)
    return await _put(session, me, fostering, moved, "foster_step_moved", now)


async def drop_step(session: Session, me: Person, step_id: int, config: Config, now: datetime) -> Fostering:
    """A step is not needed any more. Raises as `add_step` and `finish_step` do."""
    fostering, step = await open_step(session, me, step_id, config, now)
    return await _put(session, me, fostering, replace(step, dropped=True), "foster_step_dropped", now)


async def open_step(
    session: Session, me: Person, step_id: int, config: Config, now: datetime
) -> tuple[Fostering, Step]:
    """A step that is to be done, for who arranges or guides. Raises NotAllowed, and Gone where it is not."""
    found = await fosterings.find_of_step(session, step_id)
    fostering = await _open_for_guide(session, me, found[0] if found else None, config, now)
    step = found[1] if found else None
    if step is None or not step.is_open:
        raise Gone("foster.step_done_already" if step and step.done_at else "foster.step_gone")
    return fostering, step


async def plan_step(session: Session, followup: Followup, now: datetime, config: Config) -> None:
    """A step comes due or is late: its mentor hears of it, or else the unit's head."""
    found = await fosterings.find_of_step(session, followup.args["step_id"])
    if found is None or not is_awaited(*found, followup.args["due_on"]):
        return
    fostering = found[0]
    exemplar = await exemplars.find_exemplar(session, fostering.exemplar_id)
    mentor = await people.get_person(session, fostering.mentor_id)
    told = [mentor.id] if mentor.is_reached and not mentor.left else []
    if not told and exemplar is not None:
        heads = await list_heads(session, exemplar.nominee.unit_id, config.office.day_of(now))
        told = [head.id for head in heads if head.is_reached]
    await notices.plan_for(
        session, FOSTER_STEP, followup.key, told, followup.args, now, hours=Hours.WORK, urgency=1
    )


def is_awaited(fostering: Fostering, step: Step, due_on: str) -> bool:
    """Whether a step still is to be done on the day for which something was planned."""
    return fostering.is_open and step.is_open and step.due_on.isoformat() == due_on


def check_manager(me: Person, exemplar: Exemplar, config: Config, now: datetime) -> None:
    """Raises NotAllowed for who is neither of the secretariat nor head of the exemplar's unit."""
    if not may_care(me, exemplar, config.office.day_of(now)):
        raise NotAllowed("foster.not_yours")


def sentence(typed: str) -> str:
    """An aim, a result or an outcome. Raises Refused for one that is too short or too long."""
    text = clean(typed, multiline=False)
    if not SENTENCE_MIN <= length(text) <= SENTENCE_MAX:
        raise Refused("foster.bad_sentence", minimum=SENTENCE_MIN, maximum=SENTENCE_MAX)
    return text


async def _check_mentor(session: Session, exemplar: Exemplar, mentor_id: PersonId) -> None:
    try:
        mentor = await people.get_person(session, mentor_id)
    except people.NoSuchPerson:
        raise Gone("stale") from None
    if mentor.left or mentor.erased:
        raise Refused("foster.mentor_left")
    if mentor.id in {exemplar.nominee.person_id, exemplar.representative_id}:
        raise Refused("foster.mentor_self")


async def _open_for_manager(
    session: Session, me: Person, seen: Fostering, config: Config, now: datetime
) -> Exemplar:
    exemplar = await exemplars.find_exemplar(session, seen.exemplar_id)
    if exemplar is None:
        raise Gone("foster.ended_already")
    check_manager(me, exemplar, config, now)
    if not seen.is_open:
        raise Gone("foster.ended_already")
    return exemplar


async def _open_for_guide(
    session: Session, me: Person, fostering: Fostering | None, config: Config, now: datetime
) -> Fostering:
    exemplar = await exemplars.find_exemplar(session, fostering.exemplar_id) if fostering else None
    if fostering is None or exemplar is None:
        raise Gone("foster.step_gone")
    if fostering.mentor_id != me.id:
        check_manager(me, exemplar, config, now)
    if not fostering.is_open:
        raise Gone("foster.ended_already")
    return fostering


async def _save(session: Session, fostering: Fostering) -> Fostering:
    if await fosterings.save_fostering(session, fostering) is None:
        raise Gone("foster.changed")
    saved = await fosterings.find_fostering(session, fostering.id)
    assert saved is not None  # noqa: S101 - it has been saved
    return saved


async def _put(
    session: Session, me: Person, fostering: Fostering, step: Step, act: str, now: datetime
) -> Fostering:
    await fosterings.save_step(session, step, now)
    await access.note(session, me.id, act, "exemplar", fostering.exemplar_id, now, detail=str(step.id))
    found = await fosterings.find_fostering(session, fostering.id)
    assert found is not None  # noqa: S101 - it is there
    return found


async def _follow(session: Session, step: Step, config: Config, now: datetime) -> None:
    """Look at it before its day, and once more behind it."""
    rules, zone = config.fostering, config.office.timezone
    calendar = config.timetable.calendar
    before = reminded_at(step.due_on, now, rules.days_before, rules.hour, calendar, zone)
    args = {"step_id": step.id, "due_on": step.due_on.isoformat()}
    key = f"{step.id}:{step.due_on}"
    if before is not None:
        await followups.add_followup(session, FOSTER_STEP, f"{key}:before", before, {**args, "late": False})
    after = late_at(step.due_on, rules.hour, calendar, zone)
    await followups.add_followup(session, FOSTER_STEP, f"{key}:late", after, {**args, "late": True})


async def _tell(
    session: Session, fostering: Fostering, exemplar: Exemplar, what: str, now: datetime, due_at: datetime
) -> None:
    ids = {fostering.mentor_id, exemplar.representative_id or exemplar.nominee.person_id}
    told = [await people.get_person(session, one) for one in ids if one is not None]
    await notices.plan_for(
        session,
        FOSTER_TOLD,
        f"{fostering.id}:{what}:{fostering.version}",
        [person.id for person in told if person.is_reached and not person.left],
        {"fostering_id": fostering.id, "what": what},
        now,
        due_at=due_at,
        hours=Hours.WORK,
        urgency=0,
    )
