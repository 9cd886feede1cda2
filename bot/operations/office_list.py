"""The office's list of a quarter, half year or year: the secretariat picks it from the units' choices.

For each it notes which form of commendation is proposed. It proposes and never decides.
"""

from datetime import date, datetime

from bot.config import Config
from bot.domain.errors import Gone, NotAllowed, Refused
from bot.domain.exemplars import ExemplarId
from bot.domain.people import Person
from bot.domain.periods import Period
from bot.domain.roles import Role
from bot.domain.writing import clean, length
from bot.operations.answer_for_unit import begins_on
from bot.operations.secretariat import check_secretariat
from bot.texts import N_
from storage import access, notices, office_lists, people
from storage.database import Session
from storage.office_lists import Candidate, ListState, OfficeList

CLOSED = "office_list"
"""The kind of the notice to leaders."""
FORM_MAX = 100
NOTE_MAX = 300
FORMS = {
    "Biểu dương toàn cơ quan": N_("form.office"),
    "Đề nghị tặng Giấy khen": N_("form.certificate"),
    "Đề nghị tặng Bằng khen": N_("form.diploma"),
    "Đề nghị giới thiệu nhân rộng": N_("form.spread"),
}
"""What is proposed most, as rows and documents keep it, and the ids of the words for it."""


async def put_on(
    session: Session, me: Person, period: Period, exemplar_id: ExemplarId, config: Config, now: datetime
) -> Candidate:
    """Put somebody whom a unit has chosen on the list; once.

    Raises NotAllowed, Refused for who has declined, and Gone where the list is closed or they are not chosen.
    """
    candidate = await _open_candidate(session, me, period, exemplar_id, config, now)
    if candidate.declined:
        raise Refused("office_list.declined")
    if not candidate.chosen:
        nomination_id = candidate.exemplar.nomination_id
        await office_lists.put_on(session, str(period), nomination_id, me.id, now)
        await _note(session, me, "put_on_list", exemplar_id, period, now)
    return await find_candidate(session, period, exemplar_id)


async def take_off(
    session: Session, me: Person, period: Period, exemplar_id: ExemplarId, config: Config, now: datetime
) -> Candidate:
    """They are not on the list any more. Raises NotAllowed, and Gone as `put_on` does."""
    candidate = await _open_candidate(session, me, period, exemplar_id, config, now)
    if candidate.chosen:
        await office_lists.take_off(session, str(period), candidate.exemplar.nomination_id)
        await _note(session, me, "take_off_list", exemplar_id, period, now)
    return await find_candidate(session, period, exemplar_id)


async def set_form(
    session: Session,
    me: Person,
    period: Period,
    exemplar_id: ExemplarId,
    form: str,
    config: Config,
    now: datetime,
) -> Candidate:
    """Which form of commendation is proposed. Raises as `put_on` does, and Refused for one too long."""
    candidate = await put_on(session, me, period, exemplar_id, config, now)
    written = _written(form, FORM_MAX)
    return await _put_words(session, me, period, candidate, written, candidate.note, now)


async def set_note(
    session: Session,
    me: Person,
    period: Period,
    exemplar_id: ExemplarId,
    note: str,
    config: Config,
    now: datetime,
) -> Candidate:
    """A note beside the name; "" takes it away. Raises as `put_on` does, and Refused for one too long."""
    candidate = await put_on(session, me, period, exemplar_id, config, now)
    written = _written(note, NOTE_MAX)
    return await _put_words(session, me, period, candidate, candidate.form, written, now)


async def close_list(session: Session, me: Person, period: Period, config: Config, now: datetime) -> int:
    """The list stands; leaders hear how many are on it. Answers that number.

    Who has declined since is taken off. Raises NotAllowed, Refused where nobody is on it, and Gone.
    """
    await _check_open(session, me, period, config, now)
    candidates = await office_lists.list_candidates(session, str(period))
    for one in candidates:
        if one.chosen and one.declined:
            await office_lists.take_off(session, str(period), one.exemplar.nomination_id)
    n = sum(one.listed for one in candidates)
    if not n:
        raise Refused("office_list.nobody")
    if not await office_lists.set_state(session, str(period), ListState.CLOSED, me.id, now):
        raise Gone("office_list.closed_already")
    await access.note(session, me.id, "close_list", "office_list", None, now, detail=f"{period}: {n}")
    today = config.office.day_of(now)
    leaders = [
        one.id
        for one in await people.list_with_role(session, Role.LEADER)
        if one.has(Role.LEADER, today) and one.is_reached
    ]
    occurrence = f"{period}:{now.isoformat()}"
    body = {"period": str(period)}
    await notices.plan_for(session, CLOSED, occurrence, leaders, body, now, urgency=1)
    return n


async def reopen_list(session: Session, me: Person, period: Period, config: Config, now: datetime) -> None:
    """A closed list may be changed again, until the next period closes. Raises NotAllowed, Refused, Gone."""
    check_secretariat(me, config.office.day_of(now))
    check_time(config, period, config.office.day_of(now))
    if not await office_lists.set_state(session, str(period), ListState.OPEN, me.id, now):
        raise Gone("office_list.open_already")
    await access.note(session, me.id, "reopen_list", "office_list", None, now, detail=str(period))


async def look_at(
    session: Session, me: Person, period: Period, today: date
) -> tuple[OfficeList, list[Candidate]]:
    """A closed list as leaders and the secretariat read it.

    Raises NotAllowed for everybody else, and Gone where it is not closed.
    """
    if not (me.has(Role.LEADER, today) or me.has(Role.SECRETARIAT, today)):
        raise NotAllowed("office_list.not_yours")
    found = await office_lists.find_list(session, str(period))
    if found is None or found.state is not ListState.CLOSED:
        raise Gone("office_list.not_closed")
    return found, [one for one in await office_lists.list_candidates(session, str(period)) if one.listed]


async def find_candidate(session: Session, period: Period, exemplar_id: int) -> Candidate:
    """Somebody whom a unit has chosen for the period. Raises Gone."""
    for one in await office_lists.list_candidates(session, str(period)):
        if one.exemplar.id == exemplar_id:
            return one
    raise Gone("office_list.not_chosen")


def check_time(config: Config, period: Period, today: date) -> None:
    """Raises Refused for a month, for a period that is not over, and behind the next one's close."""
    if period.months == 1 or today < begins_on(period):
        raise Refused("office_list.no_list")
    following = config.timetable.cycle(period.next)
    if following.is_closed(today):
        raise Refused("office_list.past", close=f"{following.close.on:%d/%m/%Y}")


async def _open_candidate(
    session: Session, me: Person, period: Period, exemplar_id: ExemplarId, config: Config, now: datetime
) -> Candidate:
    await _check_open(session, me, period, config, now)
    return await find_candidate(session, period, exemplar_id)


async def _check_open(session: Session, me: Person, period: Period, config: Config, now: datetime) -> None:
    """Also begins the list, whose row keeps everybody else out until the transaction ends."""
    check_secretariat(me, config.office.day_of(now))
    check_time(config, period, config.office.day_of(now))
    if await office_lists.open_list(session, str(period), me.id, now) is ListState.CLOSED:
        raise Gone("office_list.closed_already")


async def _put_words(
    session: Session, me: Person, period: Period, candidate: Candidate, form: str, note: str, now: datetime
) -> Candidate:
    exemplar = candidate.exemplar
    await office_lists.set_words(session, str(period), exemplar.nomination_id, form, note, me.id, now)
    await _note(session, me, "propose", exemplar.id, period, now)
    return await find_candidate(session, period, exemplar.id)


async def _note(
    session: Session, me: Person, act: str, exemplar_id: int, period: Period, now: datetime
) -> None:
    await access.note(session, me.id, act, "exemplar", exemplar_id, now, detail=str(period))


def _written(text: str, most: int) -> str:
    written = clean(text, multiline=False)
    if length(written) > most:
        raise Refused("check.too_long", most=most, over=length(written) - most)
    return written
