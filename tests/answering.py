"""Units answer, for tests of what the secretariat does with it: somebody is nominated, the head chooses."""

from collections.abc import Sequence

from bot.domain.exemplars import Answer, Choice, Criterion
from bot.domain.nominations import Kind, NominationId, Nominee, NomineeKind, Reason
from bot.domain.people import UnitId
from bot.domain.periods import read_period
from bot.operations.answer_for_unit import answer_nobody
from bot.operations.choose_exemplars import choose
from storage import choices, nominations, people, units
from tests.nominating import KEPT
from tests.office import PEOPLE, Office

MONTH = "2026-11"
WHY = "Tận tụy với người dân, được cả phòng noi theo"


async def unit_of(office: Office, code: str) -> UnitId:
    """The row of a unit."""
    async with office.database.reading() as session:
        return next(unit.id for unit in await units.list_units(session) if unit.code == code)


async def nominated(
    office: Office,
    code: str,
    *,
    by: Sequence[str] = ("lan",),
    name: str = "",
    kind: Kind = Kind.EXEMPLAR,
    period: str = MONTH,
) -> NominationId:
    """Somebody, or a group `name` of their unit, is nominated by some; answers the nomination's number."""
    now = office.clock()
    async with office.database.transaction() as session:
        person = await people.find_by_code(session, code)
        assert person is not None
        nominee = Nominee(NomineeKind.PERSON, person.full_name, person.unit_id, person.post, person.id)
        if name:
            nominee = Nominee(NomineeKind.GROUP, name, person.unit_id)
        joined = await nominations.join_or_add(session, nominee, period, now)
        for giver_code in by:
            giver = await people.find_by_code(session, giver_code)
            assert giver is not None
            await nominations.add_endorsement(session, joined.id, giver.id, Reason(KEPT, kind), now)
    return joined.id


async def answered(
    office: Office, head: str, *chosen: int, period: str = MONTH, reason: str = WHY, unit: str = ""
) -> Answer:
    """Whoever heads a unit answers for it: those chosen, or nobody because of `reason`."""
    code = unit or next(row[3] for row in PEOPLE if row[0] == head)
    unit_id = await unit_of(office, code)
    known, config, now = read_period(period), office.config, office.clock()
    assert known is not None
    async with office.database.transaction() as session:
        me = await people.find_by_code(session, head)
        assert me is not None
        before = await choices.find_answer(session, unit_id, period)
        version = before.version if before else 0
        if not chosen:
            return await answer_nobody(session, me, unit_id, known, reason, config, now, version=version)
        picked = [Choice(NominationId(number), reason, frozenset(Criterion)) for number in chosen]
        return await choose(session, me, unit_id, known, picked, config, now, version=version)


async def the_answer(office: Office, unit: str, period: str = MONTH) -> Answer:
    """A unit's answer as it stands."""
    unit_id = await unit_of(office, unit)
    async with office.database.reading() as session:
        found = await choices.find_answer(session, unit_id, period)
    assert found is not None
    return found
