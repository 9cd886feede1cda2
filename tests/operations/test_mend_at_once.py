"""Heads and deputies who put nominations right, or choose, at the same instant."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.domain.errors import Refused
from bot.domain.exemplars import Answer, Choice, Criterion
from bot.domain.nominations import Draft, Kind, NominationId, NomineeKind
from bot.domain.people import Person, UnitId
from bot.domain.periods import read_period
from bot.operations.choose_exemplars import choose
from bot.operations.merge_nominations import merge
from bot.operations.move_nomination import move
from bot.operations.send_nomination import send_nomination
from storage import choices, entries
from storage.database import Database, Session
from tests.nominating import KEPT
from tests.office import START
from tests.operations.test_at_once import CONFIG, somebody, together

NOVEMBER = read_period("2026-11")
Act = Callable[[Session], Awaitable[Any]]


async def groups(database: Database, head: Person, n: int) -> list[NominationId]:
    """Groups of the head's unit, nominated by lan."""
    lan, found = await somebody(database, "lan"), []
    for number in range(n):
        name = f"tập thể Tổ {number} của đơn vị {head.unit_id}"
        draft = Draft(NomineeKind.GROUP, None, name, "", head.unit_id, "", Kind.GOOD_DEED, story=KEPT)
        async with database.transaction() as session:
            receipt = await send_nomination(session, lan, draft, CONFIG, START)
        found.append(receipt.endorsement.nomination_id)
    return found


def merging(head: Person, one: int, other: int) -> Act:
    return lambda session: merge(session, head, one, other, CONFIG, START)


def moving(head: Person, one: int, to: UnitId) -> Act:
    return lambda session: move(session, head, one, to, CONFIG, START)


def choosing(head: Person, one: NominationId) -> Act:
    assert NOVEMBER is not None
    period, picked = NOVEMBER, [Choice(one, "Vì dân", frozenset(Criterion))]
    return lambda session: choose(session, head, head.unit_id, period, picked, CONFIG, START)


async def parts(database: Database, ids: list[NominationId]) -> list[NominationId | None]:
    async with database.reading() as session:
        found = [await entries.find_entry(session, one) for one in ids]
    return [one.merged_into if one else None for one in found]


async def test_two_merged_into_each_other_end_as_one(database):
    """One of the two merges is refused: no ring."""
    hoa = await somebody(database, "hoa")
    one, two = ids = await groups(database, hoa, 2)
    ends = await together(database, merging(hoa, one, two), merging(hoa, two, one))
    assert sum(isinstance(end, Refused) for end in ends) == 1
    assert sorted(map(bool, await parts(database, ids))) == [False, True]


async def test_merging_into_what_is_just_merged_makes_no_chain(database):
    """One becomes part of two while three becomes part of one: only one of these happens."""
    hoa = await somebody(database, "hoa")
    one, two, three = ids = await groups(database, hoa, 3)
    ends = await together(database, merging(hoa, one, two), merging(hoa, three, one))
    assert sum(isinstance(end, Refused) for end in ends) == 1
    assert sum(map(bool, await parts(database, ids))) == 1


async def test_what_is_chosen_is_not_merged_away_at_that_instant(database):
    """Either it is chosen, or it is part of another."""
    hoa = await somebody(database, "hoa")
    one, two = await groups(database, hoa, 2)
    ends = await together(database, choosing(hoa, one), merging(hoa, one, two))
    assert sum(isinstance(end, Refused) for end in ends) == 1
    async with database.reading() as session:
        answer = await choices.find_answer(session, hoa.unit_id, "2026-11")
    chosen = isinstance(answer, Answer)
    assert chosen is not bool((await parts(database, [one]))[0])


async def test_what_is_chosen_is_not_passed_on_at_that_instant(database):
    """Either the unit chose it, or it is another unit's."""
    hoa, minh = await somebody(database, "hoa"), await somebody(database, "minh")
    (one,) = await groups(database, hoa, 1)
    ends = await together(database, choosing(hoa, one), moving(hoa, one, minh.unit_id))
    assert sum(isinstance(end, Refused) for end in ends) == 1
    async with database.reading() as session:
        entry = await entries.find_entry(session, one)
        answer = await choices.find_answer(session, hoa.unit_id, "2026-11")
    assert entry is not None
    assert (entry.nominee.unit_id == hoa.unit_id) is (answer is not None)


async def test_two_heads_who_pass_on_to_each_other_wait_for_neither_for_ever(database):
    """Both go where they belong."""
    hoa, minh = await somebody(database, "hoa"), await somebody(database, "minh")
    (one,) = await groups(database, hoa, 1)
    (two,) = await groups(database, minh, 1)
    ends = await together(database, moving(hoa, one, minh.unit_id), moving(minh, two, hoa.unit_id))
    assert not [end for end in ends if isinstance(end, BaseException)]
