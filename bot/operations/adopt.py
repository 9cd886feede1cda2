"""A unit copies an exemplar: its head pledges it, and says later with what result.

Bodies outside the office that copy are entered by the secretariat, by their names.
"""

from dataclasses import replace
from datetime import date, datetime, time

from bot.config import Config
from bot.domain.copying import Adoption, AdoptionState, asked_on
from bot.domain.errors import Gone, NotAllowed, Refused
from bot.domain.exemplars import Exemplar
from bot.domain.hours import Hours
from bot.domain.people import Person, UnitId
from bot.domain.roles import Role
from bot.domain.writing import clean, length, problems_of_name
from bot.operations.check_answer import list_heads
from bot.operations.secretariat import check_secretariat, list_secretariat
from storage import access, adoptions, exemplars, followups, notices
from storage.database import Session
from storage.followups import Followup

ADOPTION_RESULT, ADOPTION_TOLD = "adoption_result", "adoption_told"
"""Kinds of notices: the result is asked for (its followup too); a unit copies, or has a result."""
RESULT_MIN, RESULT_MAX = 10, 500
_HOUR = time(8)
_LATER_DAYS = 30
"""When who asks for more time is asked again, where the office does not ask twice by itself."""


async def pledge(
    session: Session,
    me: Person,
    exemplar: Exemplar,
    unit_id: UnitId,
    plan: str,
    config: Config,
    now: datetime,
) -> Adoption:
    """The head's unit copies an exemplar, perhaps with a sentence how; once a unit.

    Raises Gone for what is not public or is copied already, NotAllowed for who does not head the unit,
    Refused for the exemplar's own unit.
    """
    check_may_copy(me, exemplar, unit_id, config.office.day_of(now))
    said = sentence(plan) if plan else ""
    made = await adoptions.add_adoption(session, exemplar.id, unit_id, "", said, me.id, now)
    if made is None:
        made = await _again(session, exemplar, unit_id, said)
    due_on = asked_on(config.office.day_of(now), config.copying.ask_after_days, config.timetable.calendar)
    await _ask_on(session, made, 1, due_on, config)
    await access.note(session, me.id, "copy", "exemplar", exemplar.id, now, detail=str(unit_id))
    await _tell(session, made, exemplar, "pledged", config, now)
    return made


def check_may_copy(me: Person, exemplar: Exemplar, unit_id: UnitId, today: date) -> None:
    """Whether the person's unit may copy it. Raises as `pledge` does."""
    if not exemplar.is_public:
        raise Gone("exemplars.not_open")
    if unit_id not in me.heads(today):
        raise NotAllowed("adopt.not_head")
    if unit_id == exemplar.nominee.unit_id:
        raise Refused("adopt.own_unit")


async def enter_body(
    session: Session, me: Person, exemplar: Exemplar, name: str, config: Config, now: datetime
) -> Adoption:
    """A body outside the office copies. Raises NotAllowed, Refused for no name, Gone where it is known."""
    check_secretariat(me, config.office.day_of(now))
    if not exemplar.is_public:
        raise Gone("exemplars.not_open")
    body = clean(name, multiline=False)
    if problems_of_name(body):
        raise Refused("adopt.bad_name")
    made = await adoptions.add_adoption(session, exemplar.id, None, body, "", me.id, now)
    if made is None:
        raise Gone("adopt.body_known")
    await access.note(session, me.id, "copy_outside", "exemplar", exemplar.id, now, detail=str(made.id))
    return made


async def give_result(
    session: Session, me: Person, adoption_id: int, result: str, config: Config, now: datetime
) -> Adoption:
    """What copying has brought; may be said in other words later.

    Raises NotAllowed for who is neither the unit's head nor of the secretariat, Gone where it is not copied,
    Refused for too few or many words.
    """
    found = await open_adoption(session, me, adoption_id, config, now)
    first = found.state is not AdoptionState.DONE
    ended_at = now if first else found.ended_at
    done = replace(found, result=sentence(result), state=AdoptionState.DONE, ended_at=ended_at)
    saved = await _save(session, done)
    await access.note(session, me.id, "copy_result", "adoption", saved.id, now)
    exemplar = await exemplars.find_exemplar(session, saved.exemplar_id)
    if first and exemplar is not None:
        await _tell(session, saved, exemplar, "result", config, now)
    return saved


async def give_up(session: Session, me: Person, adoption_id: int, config: Config, now: datetime) -> Adoption:
    """It is copied no more. Raises as `give_result` does."""
    found = await open_adoption(session, me, adoption_id, config, now)
    if found.state is AdoptionState.DROPPED:
        raise Gone("adopt.given_up_already")
    saved = await _save(session, replace(found, state=AdoptionState.DROPPED, ended_at=now))
    await access.note(session, me.id, "copy_given_up", "adoption", saved.id, now)
    return saved


async def ask_later(
    session: Session, me: Person, adoption_id: int, nth: int, config: Config, now: datetime
) -> date:
    """No result yet: the day on which the unit is asked again. Raises as `give_result` does."""
    found = await open_adoption(session, me, adoption_id, config, now)
    if found.state is not AdoptionState.PLEDGED:
        raise Gone("adopt.not_awaited")
    days = config.copying.ask_again_days or _LATER_DAYS
    due_on = asked_on(config.office.day_of(now), days, config.timetable.calendar)
    await _ask_on(session, found, nth + 1, due_on, config)
    await access.note(session, me.id, "copy_later", "adoption", found.id, now)
    return due_on


async def open_adoption(
    session: Session, me: Person, adoption_id: int, config: Config, now: datetime
) -> Adoption:
    """What somebody may answer for: the unit's head, and the secretariat. Raises NotAllowed and Gone."""
    found = await adoptions.find_adoption(session, adoption_id)
    if found is None:
        raise Gone("exemplars.not_open")
    today = config.office.day_of(now)
    if not (found.unit_id in me.heads(today) or me.has(Role.SECRETARIAT, today)):
        raise NotAllowed("adopt.not_yours")
    return found


async def plan_result(session: Session, followup: Followup, now: datetime, config: Config) -> None:
    """The head who is in office now is asked for the result, and once more after a while."""
    found = await adoptions.find_adoption(session, followup.args["adoption_id"])
    exemplar = await exemplars.find_exemplar(session, found.exemplar_id) if found else None
    if found is None or exemplar is None or not is_awaited(found, exemplar):
        return
    nth, again = followup.args["nth"], config.copying.ask_again_days
    if nth == 1 and again:
        due_on = asked_on(config.office.day_of(now), again, config.timetable.calendar)
        await _ask_on(session, found, 2, due_on, config)
    heads = await list_heads(session, UnitId(found.unit_id or 0), config.office.day_of(now))
    told = [head.id for head in heads if head.is_reached]
    await notices.plan_for(
        session, ADOPTION_RESULT, followup.key, told, followup.args, now, hours=Hours.WORK, urgency=1
    )


def is_awaited(adoption: Adoption, exemplar: Exemplar) -> bool:
    """Whether a result is to be asked for: of a unit that has said nothing, about what is still public."""
    return adoption.state is AdoptionState.PLEDGED and not adoption.is_outside and exemplar.is_public


def sentence(typed: str) -> str:
    """How it is copied, or with what result. Raises Refused for one that is too short or too long."""
    text = clean(typed, multiline=False)
    if not RESULT_MIN <= length(text) <= RESULT_MAX:
        raise Refused("adopt.bad_sentence", minimum=RESULT_MIN, maximum=RESULT_MAX)
    return text


async def _again(session: Session, exemplar: Exemplar, unit_id: UnitId, plan: str) -> Adoption:
    """A unit that had given up copies after all."""
    known = await adoptions.find_of_unit(session, exemplar.id, unit_id)
    if known is None or known.state is not AdoptionState.DROPPED:
        raise Gone("adopt.already")
    return await _save(session, replace(known, state=AdoptionState.PLEDGED, plan=plan, ended_at=None))


async def _save(session: Session, adoption: Adoption) -> Adoption:
    saved = await adoptions.save_adoption(session, adoption)
    if saved is None:
        raise Gone("adopt.changed")
    return saved


async def _ask_on(session: Session, adoption: Adoption, nth: int, due_on: date, config: Config) -> None:
    at = datetime.combine(due_on, _HOUR, config.office.timezone)
    key = f"{adoption.id}:{adoption.version}:{nth}"
    args = {"adoption_id": adoption.id, "nth": nth}
    await followups.add_followup(session, ADOPTION_RESULT, key, at, args)


async def _tell(
    session: Session, adoption: Adoption, exemplar: Exemplar, what: str, config: Config, now: datetime
) -> None:
    """The exemplar's head and the secretariat hear of it."""
    today = config.office.day_of(now)
    heads = await list_heads(session, exemplar.nominee.unit_id, today)
    told = {person.id for person in (*heads, *await list_secretariat(session, today)) if person.is_reached}
    await notices.plan_for(
        session,
        ADOPTION_TOLD,
        f"{adoption.id}:{what}:{adoption.version}",
        told,
        {"adoption_id": adoption.id, "what": what},
        now,
        hours=Hours.WORK,
        urgency=1,
    )
