"""A head puts two nominations of one deed together, and apart again: the reasons stay where they are."""

from datetime import datetime

from bot.config import Config
from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import AnswerState
from bot.domain.mending import check_merge, is_same_nominee
from bot.domain.people import Person, UnitId
from bot.domain.periods import Period, read_period
from bot.operations.answer_for_unit import check_head, check_period
from storage import access, choices, entries, exemplars, nominations
from storage.database import Session
from storage.entries import Entry


async def merge(
    session: Session, me: Person, nomination_id: int, into_id: int, config: Config, now: datetime
) -> Entry:
    """Let one nomination be read as part of another of the same unit and month; answers the other.

    Raises NotAllowed for who does not head the unit, Refused and Gone as `hold_mendable` and `check_merge`.
    """
    one, _ = await hold_mendable(session, me, nomination_id, config, now)
    other = await get_entry(session, into_id)
    if await exemplars.find_by_nomination(session, other.id) is not None:
        raise Gone("choose.accepted")
    check_merge(
        same=one.id == other.id,
        together=(one.nominee.unit_id, one.period) == (other.nominee.unit_id, other.period),
        is_part=one.merged_into is not None or other.merged_into is not None,
        has_parts=bool(await entries.list_merged(session, [one.id])),
        chosen=await choices.is_chosen(session, one.id),
    )
    await entries.set_merged(session, one.id, other.id)
    await access.note(session, me.id, "merge", "nomination", one.id, now, detail=str(other.id))
    return other


async def split(session: Session, me: Person, nomination_id: int, config: Config, now: datetime) -> Entry:
    """Let a merged nomination stand for itself again; answers the one it was part of. Raises as `merge`."""
    part, _ = await hold_mendable(session, me, nomination_id, config, now)
    if part.merged_into is None:
        raise Gone("mend.split_already")
    other = await get_entry(session, part.merged_into)
    if not may_split(part, other):
        raise Refused("mend.one_nominee")
    await entries.set_merged(session, part.id, None)
    await access.note(session, me.id, "split", "nomination", part.id, now, detail=str(other.id))
    return other


def may_split(part: Entry, whole: Entry) -> bool:
    """Whether two merged nominations can stand beside each other: not where both honour the same nominee."""
    return part.period == whole.period and not is_same_nominee(part.nominee, whole.nominee)


async def get_entry(session: Session, nomination_id: int) -> Entry:
    """The nomination. Raises Gone where there is none."""
    found = await entries.find_entry(session, nomination_id)
    if found is None:
        raise Gone("choose.no_longer")
    return found


async def hold_mendable(
    session: Session, me: Person, nomination_id: int, config: Config, now: datetime
) -> tuple[Entry, Period]:
    """A nomination that this head may put right now, and its month; its unit is held until the end.

    Raises NotAllowed for who does not head its unit, Refused for a month that has closed, Gone for one whose
    answer has been accepted.
    """
    seen = await get_entry(session, nomination_id)
    await nominations.hold_unit(session, seen.nominee.unit_id)
    entry = await get_entry(session, nomination_id)
    if entry.nominee.unit_id != seen.nominee.unit_id:
        raise Gone("choose.no_longer")
    today = config.office.day_of(now)
    check_head(me, UnitId(entry.nominee.unit_id), today)
    period = read_period(entry.period)
    if period is None:
        raise Refused("stale")
    check_period(config, period, today)
    answer = await choices.find_answer(session, entry.nominee.unit_id, entry.period)
    if answer is not None and answer.state is AnswerState.ACCEPTED:
        raise Gone("choose.accepted")
    return entry, period
