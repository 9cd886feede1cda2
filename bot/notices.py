"""Notices out: messages to somebody other than who acted (docs/delivery.md).

A row is `sending` in a commit of its own before the call is made, so that a crash leaves it in doubt, and
what may have arrived is not sent again by itself. Whether it may go at this hour, whether the person may
have it and what it says are looked at in that same commit.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

import structlog
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.domain.people import Person
from bot.domain.timetable import Timetable
from bot.messages import Body
from bot.operations.follow_chat import chat_moved, not_delivered
from bot.operations.plan_reminders import tell_of_unreached_head
from bot.pace import Pace
from bot.request import NotSent
from bot.sending import put, seconds_of
from storage import notices, people
from storage.database import Database, Session
from storage.notices import Notice, NoticeId, State

log = structlog.get_logger("notices")

Compose = Callable[[Session, Notice, Person, datetime], Awaitable[Body | None]]

IN_FLIGHT = 4
"""How many calls are under way at once: each may be in doubt after a crash. Where Telegram is 50 ms away two
reach three quarters of 25 a second on a busy machine, four all of it, and at 100 ms too."""
_A_SUPPLY = 20
_SUPPLY_HOLDS_S = 1.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 300.0
_MOST_DOUBLINGS = 12
_dice = secrets.SystemRandom()


class Notices:
    """Sends what waits. `compose` makes the message when it is sent, or None to cancel it.

    `jitter` answers a number from 0 to 1, so that rows which failed together are not tried together.
    """

    def __init__(
        self,
        bot: Bot,
        database: Database,
        clock: Clock,
        pace: Pace,
        timetable: Timetable,
        compose: Compose,
        jitter: Callable[[], float] = _dice.random,
    ) -> None:
        self._bot, self._database, self._clock, self._pace = bot, database, clock, pace
        self._timetable, self._compose, self._jitter = timetable, compose, jitter
        self._supply: deque[tuple[NoticeId, int]] = deque()
        self._supplied_s = 0.0
        self._in_hand: dict[NoticeId, int] = {}
        self._order: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._choosing = asyncio.Lock()
        self._away = False

    async def recover(self) -> None:
        """After a start: what was being sent is in doubt."""
        async with self._database.transaction() as session:
            now = self._clock()
            await notices.park_sending(session, now, now)

    async def send_due(self, stop: asyncio.Event | None = None) -> int:
        """Send everything that may go now, until told to stop; answers how many rows were dealt with.

        When Telegram cannot be reached the round ends: the next one tries again.
        """
        self._away = False
        self._supply.clear()
        ends = await asyncio.gather(*(self._work(stop) for _ in range(IN_FLIGHT)), return_exceptions=True)
        for end in ends:
            if isinstance(end, BaseException):
                raise end
        return sum(end for end in ends if isinstance(end, int))

    async def _work(self, stop: asyncio.Event | None) -> int:
        dealt = 0
        while not (self._away or (stop and stop.is_set())):
            await self._pace.opened()
            chosen = await self._choose()
            if chosen is None:
                break
            try:
                # A chat reads in the order of planning, though several are written to at once.
                async with self._order.setdefault(chosen[1], asyncio.Lock()):
                    dealt += await self._deal(*chosen)
            finally:
                del self._in_hand[chosen[0]]
        return dealt

    async def _choose(self) -> tuple[NoticeId, int] | None:
        """The one that goes next, passing over chats that are being written to or have had their measure."""
        async with self._choosing:
            now_s = asyncio.get_running_loop().time()
            if not self._supply or now_s - self._supplied_s > _SUPPLY_HOLDS_S:
                now = self._clock()
                async with self._database.reading() as session:
                    hours = self._timetable.open_hours(now)
                    listed = await notices.list_waiting(session, now, hours, _A_SUPPLY)
                self._supply = deque(one for one in listed if one[0] not in self._in_hand)
                self._supplied_s = now_s
            if not self._supply:
                return None
            busy = set(self._in_hand.values())
            free = (one for one in self._supply if one[1] not in busy and self._pace.chat_is_free(one[1]))
            chosen = next(free, self._supply[0])
            self._supply.remove(chosen)
            self._in_hand[chosen[0]] = chosen[1]
            return chosen

    async def _deal(self, notice_id: NoticeId, chat_id: int) -> bool:
        await self._pace.opened(chat_id)
        now, token = self._clock(), secrets.token_hex(8)
        async with self._database.transaction() as session:
            hours = self._timetable.open_hours(now)
            notice = await notices.claim(session, notice_id, token, now, hours)
            if notice is None:
                return False
            person = await people.get_person(session, notice.person_id)
            body = await self._body(session, notice, person, now)
        to_chat = notice.chat_id or person.telegram_id
        if body is not None and to_chat is not None:
            await self._send(notice, to_chat, body)
        return True

    async def _body(self, session: Session, notice: Notice, person: Person, now: datetime) -> Body | None:
        doubted = State.UNKNOWN if notice.copy > 1 else None  # its first copy may have arrived
        if notice.expires_at is not None and notice.expires_at <= now:
            await notices.settle(session, notice, doubted or State.EXPIRED, now)
            return None
        gone = person.telegram_id is None or person.blocked or person.left
        if person.erased or (gone and notice.chat_id is None):
            await notices.settle(session, notice, doubted or State.FAILED, now, error="unreachable")
            await tell_of_unreached_head(session, notice, now, self._timetable.zone)
            await not_delivered(session, notice, now)
            return None
        body = await self._compose(session, notice, person, now)
        if body is None:
            await notices.settle(session, notice, doubted or State.CANCELLED, now)
        return body

    async def _send(self, notice: Notice, chat_id: int, body: Body) -> None:
        passage = await self._pace.pass_broadcast(chat_id)
        if passage is None:  # a 429 came since the row was claimed
            await self._settle(notice, State.PENDING)
            return
        refused = State.UNKNOWN if notice.copy > 1 else State.FAILED  # its first copy may have arrived
        try:
            with passage:
                message_id = await put(self._bot, chat_id, body)
        except RetryAfter as silence:
            seconds = seconds_of(silence)
            self._pace.shut(seconds)
            await self._settle(notice, State.PENDING, due_in_s=seconds)
        except Forbidden:
            blocked = None if notice.chat_id else chat_id
            await self._settle(notice, refused, error="blocked", blocked=blocked, is_refused=True)
        except ChatMigrated as moved:
            await self._follow(notice, moved.new_chat_id)
        except BadRequest as refusal:
            await self._settle(notice, refused, error=str(refusal), is_refused=True)
        except (NotSent, InvalidToken) as failure:
            self._away = True
            pause_s = min(_FIRST_PAUSE_S * 2 ** min(notice.attempts, _MOST_DOUBLINGS), _LONGEST_PAUSE_S)
            pause_s *= 1 + self._jitter()
            await self._settle(notice, State.PENDING, due_in_s=pause_s, error=type(failure).__name__)
        except TelegramError as doubt:
            await self._settle(notice, State.UNKNOWN, error=type(doubt).__name__)
        else:
            await self._settle(notice, State.SENT, message_id=message_id)

    async def _follow(self, notice: Notice, new_chat_id: int) -> None:
        """A group has become a supergroup: the message goes there."""
        async with self._database.transaction() as session:
            await chat_moved(session, notice.chat_id or 0, new_chat_id)
        await self._settle(notice, State.PENDING)

    async def _settle(
        self,
        notice: Notice,
        state: State,
        *,
        message_id: int | None = None,
        error: str | None = None,
        due_in_s: float = 0.0,
        blocked: int | None = None,
        is_refused: bool = False,
    ) -> None:
        now = self._clock()
        due_at = now + timedelta(seconds=due_in_s) if state is State.PENDING else None
        async with self._database.transaction() as session:
            await notices.settle(
                session, notice, state, now, message_id=message_id, error=error, due_at=due_at
            )
            if is_refused:
                await not_delivered(session, notice, now)
            if blocked is not None:
                await people.set_blocked(session, blocked, now)
                await tell_of_unreached_head(session, notice, now, self._timetable.zone)
        log.info("notice", id=notice.id, kind=notice.kind, state=state.value, error=error)
