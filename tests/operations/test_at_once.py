"""What two people do at the same instant: nothing is doubled or lost, and each learns how it ended."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

from bot.domain.errors import Gone, Refused
from bot.domain.nominations import Draft, Kind
from bot.domain.people import Person, Post
from bot.domain.periods import read_period
from bot.domain.roles import Role
from bot.operations.answer_for_unit import answer_nobody
from bot.operations.come_in import INVITATION, use_invitation
from bot.operations.erase_person import ask_correction, settle_request
from bot.operations.make_invites import make_invites
from bot.operations.send_nomination import Receipt, send_nomination
from storage import access, conversations, nominations, people
from storage.database import Database, Session
from tests.conftest import office_config
from tests.nominating import KEPT
from tests.office import START

CONFIG = office_config()


class Starts:
    """Lets transactions begin together: on SQLite only one can be open, so there nobody waits."""

    def __init__(self, database: Database, parties: int) -> None:
        self._missing = parties if database.dialect == "postgresql" else 0
        self._all_there = asyncio.Event()

    async def wait(self, session: Session) -> None:
        """Until all have begun and seen the state before any of them."""
        await conversations.list_noted(session, [1])
        self._missing -= 1
        if self._missing <= 0:
            self._all_there.set()
        await self._all_there.wait()


async def together(database: Database, *acts: Callable[[Session], Awaitable[Any]]) -> list[Any]:
    """Each in a transaction of its own, begun before any is committed; results or what was raised."""
    starts = Starts(database, len(acts))

    async def carry_out(act: Callable[[Session], Awaitable[Any]]) -> Any:
        async with database.transaction() as session:
            await starts.wait(session)
            return await act(session)

    return await asyncio.gather(*(carry_out(act) for act in acts), return_exceptions=True)


async def somebody(database: Database, code: str) -> Person:
    async with database.reading() as session:
        found = await people.find_by_code(session, code)
    assert found is not None
    return found


def nominating(me: Person, nominee: Person, story: str = KEPT) -> Callable[[Session], Awaitable[Receipt]]:
    draft = Draft(nominee_id=nominee.id, nominee_name=nominee.full_name, kind=Kind.GOOD_DEED, story=story)
    return lambda session: send_nomination(session, me, draft, CONFIG, START)


async def test_two_who_nominate_the_same_person_share_one_nomination(database):
    """One nomination with both reasons, and whoever came second learns that others think so too."""
    lan, mai, duc = [await somebody(database, code) for code in ("lan", "mai", "duc")]
    receipts = await together(
        database, nominating(lan, duc, f"{KEPT} một"), nominating(mai, duc, f"{KEPT} hai")
    )
    assert sorted(receipt.others for receipt in receipts) == [False, True]
    assert len({receipt.endorsement.nomination_id for receipt in receipts}) == 1
    async with database.reading() as session:
        standing = await nominations.list_standing(session, "2026-11", "2026-11")
        assert await nominations.count_for_unit(session, duc.unit_id, "2026-11") == 1
    assert {row.endorsement.reason.story for row in standing} == {f"{KEPT} một", f"{KEPT} hai"}


async def test_many_who_nominate_many_wait_for_nobody_for_ever(database):
    """Everybody nominates everybody else at the same time: each reason is there once."""
    crowd = [await somebody(database, code) for code in ("lan", "mai", "duc", "tuan")]
    pairs = [(me, nominee) for me in crowd for nominee in crowd if me is not nominee]
    ends = await asyncio.gather(*(together(database, nominating(me, nominee)) for me, nominee in pairs))
    assert all(isinstance(end, Receipt) for (end,) in ends)
    async with database.reading() as session:
        standing = await nominations.list_standing(session, "2026-11", "2026-11")
    assert len(standing) == len(pairs)
    assert len({row.endorsement.nomination_id for row in standing}) == len(crowd)


async def test_an_invitation_lets_in_one_of_two_accounts(database):
    """Opened on two phones at the same instant it binds one; the other is told that it is over."""
    lan = await somebody(database, "lan")
    async with database.transaction() as session:
        (invitation,) = await make_invites(session, [lan], CONFIG, None, START)
    secret = invitation.payload.removeprefix(INVITATION)
    ends = await together(
        database,
        lambda session: use_invitation(session, secret, 5001, None, START),
        lambda session: use_invitation(session, secret, 5002, None, START),
    )
    let_in = [end for end in ends if isinstance(end, Person)]
    refused = [end for end in ends if isinstance(end, Refused)]
    assert [end.message_id for end in refused] == ["come_in.invitation_over"]
    assert [person.telegram_id for person in let_in] == [(await somebody(database, "lan")).telegram_id]


async def test_a_unit_answers_once(database):
    """Head and deputy answer at the same instant: one answer is kept, the other learns that there is one."""
    minh, duc = await somebody(database, "minh"), await somebody(database, "duc")
    async with database.transaction() as session:
        deputy = [Post(Role.EMPLOYEE, duc.unit_id), Post(Role.DEPUTY, duc.unit_id)]
        await people.set_posts(session, duc.id, deputy)
    duc = await somebody(database, "duc")
    november = read_period("2026-11")
    assert november is not None

    def answer(me: Person) -> Callable[[Session], Awaitable[object]]:
        return lambda session: answer_nobody(session, me, minh.unit_id, november, "", CONFIG, START)

    ends = await together(database, answer(minh), answer(duc))
    assert sorted(type(end).__name__ for end in ends) == ["Answer", Gone.__name__]
    async with database.reading() as session:
        assert await nominations.list_answers(session, "2026-11") == {minh.unit_id: "none"}
        lines = [row["act"] for row in await access.list_audit(session)]
    assert lines.count("answer_none") == 1


async def test_a_request_is_settled_once(database):
    """Two clerks press the button together: the person hears of it once."""
    lan, hung = await somebody(database, "lan"), await somebody(database, "hung")
    async with database.transaction() as session:
        await ask_correction(session, lan, "Xin sửa họ tên", date(2026, 11, 18), START)
        (line,) = await access.list_audit(session)
        request_id = line["subject_id"]
    later = START + timedelta(hours=1)
    ends = await together(
        database,
        lambda session: settle_request(session, hung, request_id, later.date(), later),
        lambda session: settle_request(session, hung, request_id, later.date(), later),
    )
    assert sorted(ends) == [False, True]
