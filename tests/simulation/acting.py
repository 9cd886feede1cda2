"""What the people of the office do in a year, by dice: they answer, put off, decide, nominate, block."""

import random
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.config import Config
from bot.domain.audience import Audience
from bot.domain.cycles import CycleKind, open_periods
from bot.domain.people import PersonId, UnitId
from bot.domain.periods import period_of
from bot.domain.roles import Role
from bot.messages import Call, read_call
from bot.operations.announce import announce
from bot.operations.answer_for_unit import begins_on
from bot.sandbox.people import Impossible
from bot.sandbox.telegram import Telegram
from storage import nominations, people
from storage.database import Session
from tests.simulation.knowledge import Announced, Block, Decision, Deed, Knowledge, Snooze
from tests.simulation.life import Accepted
from tests.simulation.office_of_sixty import Colleague, Staff

HEADS = frozenset({Role.UNIT_HEAD, Role.DEPUTY})
_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86400.0
_STORY = "đã ba tháng hướng dẫn người dân nộp hồ sơ trực tuyến, giảm một nửa thời gian chờ"


class Stage(Protocol):
    """What acting needs of the year."""

    def after(self, seconds: float, act: Callable[[], Awaitable[None]]) -> None:
        """Have something done later, in true time."""

    async def operate(self, work: Callable[[Session], Awaitable[None]], *, wake: bool = False) -> None:
        """Carry something out in a transaction of its own, past the bot; with `wake` the bot looks up."""

    def when_handled(self, deed: Deed, holds: Callable[[sqlite3.Connection], bool] | None = None) -> None:
        """Note in the deed when the bot had handled what was just sent to it, unless `holds` says no then."""

    def now(self) -> datetime:
        """What the clock shows."""

    def now_s(self) -> float:
        """True time."""


@dataclass
class Acting:
    """Everybody's doings; `hear` is told of every message that arrives."""

    stage: Stage
    config: Config
    telegram: Telegram
    staff: Staff
    known: Knowledge
    dice: random.Random

    def __post_init__(self) -> None:
        self._chats = {one.chat_id: one for one in self.staff.people.values() if one.chat_id is not None}
        self._announced = 0

    # --- what people do when something arrives ---

    def hear(self, message: Accepted) -> None:
        """Somebody's phone rang."""
        who = self._chats[message.chat_id]
        calls = [read_call(data) for data in message.buttons]
        for data, call in zip(message.buttons, calls, strict=True):
            if call is None:
                continue
            inner = read_call(call.arg) if call.flow == "x" else call
            if inner is not None:
                self._consider(who, message, data, inner)
        self._maybe_block(who)

    def _consider(self, who: Colleague, message: Accepted, data: str, call: Call) -> None:
        dice = self.dice.random()
        match call.flow, call.act:
            case "h", "none" if message.notice_id:
                self._react(who, message, data, call, dice)
            case "h", "none_sure" if not message.notice_id and "." not in call.arg:  # no reason given
                self._soon(lambda: self._answer_by_tap(who, message, data, call))
            case "rm", "ask" if dice < 0.06:
                self._later(lambda: self._tap(who, message, data))
            case "rm", "at" if not message.notice_id and dice < 0.5:
                self._soon(lambda: self._snooze(who, message, data, call))
            case "rm", "all" if dice < 0.12:
                self._later(lambda: self._ask_all(who, message, data, call))
            case "in", "off" if dice < 0.01:
                self._later(lambda: self._opt_out(who, message, data))
            case "po", "approve" | "skip" if message.notice_id:
                if dice < (0.2 if call.act == "approve" else 0.05):
                    self._later(lambda: self._decide(who, message, data, call))

    def _react(self, who: Colleague, message: Accepted, data: str, call: Call, dice: float) -> None:
        """A head who is reminded: taps, answers in another way, or is silent."""
        unit_id, period = UnitId(call.row), call.arg
        if dice < 0.12:
            self._later(lambda: self._tap(who, message, data))
        elif dice < 0.6:
            self._later(lambda: self._answer(who.id, unit_id, period))

    # --- what people do by themselves ---

    async def begin(self) -> None:
        """Set everything going."""
        self.stage.after(self.dice.uniform(0, 2 * _DAY), self._some_answer_early)
        self.stage.after(self.dice.uniform(0, 20 * _DAY), self._announce)
        self.stage.after(self.dice.uniform(0, 10 * _DAY), self._nominate)

    async def _some_answer_early(self) -> None:
        """Heads who do not wait to be reminded."""
        self.stage.after(self.dice.uniform(_DAY, 4 * _DAY), self._some_answer_early)
        today = self.stage.now().astimezone(self.config.office.timezone).date()
        table = self.config.timetable
        for kind in CycleKind:
            for period in open_periods(kind, table.cycles[kind], table.calendar, today):
                if begins_on(period) <= today and self.dice.random() < 0.5:
                    unit_id = self.dice.choice(self.staff.units)
                    heads = [p for p in self.staff.people.values() if p.has(HEADS, today, unit_id)]
                    if heads:
                        await self._answer(self.dice.choice(heads).id, unit_id, str(period))

    async def _nominate(self) -> None:
        self.stage.after(self.dice.uniform(2 * _DAY, 20 * _DAY), self._nominate)
        one, other = self.dice.sample(sorted(self._chats), 2)
        text = f"Đề cử {self._chats[other].name}, vì {_STORY}"
        month = str(period_of(self._today(), 1))
        if self._send(one, text):
            self.known.nominated.setdefault((one, month), Deed(self.stage.now()))
            self.stage.after(self.dice.uniform(60, 600), lambda: self._press_send(one))

    async def _press_send(self, chat_id: int) -> None:
        rows = self.telegram.world.store.rows(
            "select message_id, body from messages where chat_id = ? order by message_id desc limit 1",
            chat_id,
        )
        if rows and '"G\\u1eedi"' in rows[0]["body"]:  # [Gửi], as the emulator keeps it
            try:
                self.telegram.people.tap(chat_id, rows[0]["message_id"], label="Gửi")
            except Impossible:
                return
            month = str(period_of(self._today(), 1))
            deed = self.known.nominated.setdefault((chat_id, month), Deed(self.stage.now()))
            self.stage.when_handled(deed)

    async def _announce(self) -> None:
        self.stage.after(self.dice.uniform(5 * _DAY, 60 * _DAY), self._announce)
        now, self._announced = self.stage.now(), self._announced + 1
        clerks = [
            one for one in self.staff.people.values() if one.has(frozenset({Role.SECRETARIAT}), self._today())
        ]
        send_at = now + timedelta(minutes=self.dice.choice((1, 1, 30, 600)))
        some = self.dice.sample(range(len(self.staff.units)), 5)
        audience = Audience(tuple(f"D{n:02}" for n in some))
        circle = frozenset(
            one.id for one in self._chats.values() if one.unit_id in {self.staff.units[n] for n in some}
        )

        async def put(session: Session) -> None:
            me = await people.get_person(session, self.dice.choice(clerks).id)
            text = f"Mời các đồng chí họp lúc 14 giờ, lần thứ {self._announced}."
            post = await announce(session, me, text, None, audience, send_at, self._today(), now)
            self.known.announced[post.id] = Announced(send_at, send_at + timedelta(days=2), circle)

        await self.stage.operate(put, wake=True)

    def _maybe_block(self, who: Colleague) -> None:
        chat_id = who.chat_id
        if (
            chat_id is not None
            and self.dice.random() < 0.006
            and not who.has(frozenset({Role.SECRETARIAT}), self._today())
        ):
            self._later(lambda: self._block(chat_id))

    # --- acts ---

    async def _tap(self, who: Colleague, message: Accepted, data: str) -> bool:
        assert who.chat_id is not None
        try:
            self.telegram.people.tap(who.chat_id, message.message_id, data=data)
        except Impossible:
            return False
        return True

    async def _answer_by_tap(self, who: Colleague, message: Accepted, data: str, call: Call) -> None:
        key = (UnitId(call.row), call.arg)
        if await self._tap(who, message, data) and key not in self.known.answers:
            self.known.answers[key] = deed = Deed(self.stage.now())
            self.stage.when_handled(deed, lambda rows: self._has_answered(rows, key))

    def _has_answered(self, rows: sqlite3.Connection, key: tuple[UnitId, str]) -> bool:
        found = rows.execute("select 1 from unit_answers where unit_id = ? and period = ?", key).fetchone()
        if found is None:
            del self.known.answers[key]
        return found is not None

    async def _answer(self, person_id: PersonId, unit_id: UnitId, period: str) -> None:
        """In another way than by this message's buttons."""
        now = self.stage.now()

        async def put(session: Session) -> None:
            if await nominations.add_answer(session, unit_id, period, "none", "", person_id, now):
                self.known.answers.setdefault((unit_id, period), Deed(now, now, self.stage.now_s()))

        await self.stage.operate(put)

    async def _snooze(self, who: Colleague, message: Accepted, data: str, call: Call) -> None:
        if await self._tap(who, message, data):
            due_at = datetime.fromtimestamp(call.number, self.stage.now().tzinfo)
            snooze = Snooze(self.stage.now(), person_id=who.id, notice_id=call.row, due_at=due_at)
            self.known.snoozes.append(snooze)
            self.stage.when_handled(snooze)

    async def _ask_all(self, who: Colleague, message: Accepted, data: str, call: Call) -> None:
        if await self._tap(who, message, data):
            self.known.asked_all.append((call.arg, self.stage.now()))

    async def _opt_out(self, who: Colleague, message: Accepted, data: str) -> None:
        assert who.chat_id is not None
        if await self._tap(who, message, data):
            deed = self.known.opted_out.setdefault(who.chat_id, Deed(self.stage.now()))
            self.stage.when_handled(deed)

    async def _decide(self, who: Colleague, message: Accepted, data: str, call: Call) -> None:
        if call.row not in self.known.decisions and await self._tap(who, message, data):
            decision = Decision(self.stage.now(), verdict=call.act)
            self.known.decisions[call.row] = decision
            self.stage.when_handled(decision, lambda rows: self._has_decided(rows, call.row))

    def _has_decided(self, rows: sqlite3.Connection, post_id: int) -> bool:
        found = rows.execute("select decided_at from posts where id = ?", (post_id,)).fetchone()
        if found is None or found[0] is None:
            del self.known.decisions[post_id]
            return False
        return True

    async def _block(self, chat_id: int) -> None:
        if self.telegram.people.get(chat_id).blocked:
            return
        if self.dice.random() < 0.5:
            self.telegram.people.block(chat_id, blocked=True)
        else:  # the update is lost: Telegram keeps it for a day
            self.telegram.people.put(chat_id, blocked=True)
        block = Block(self.stage.now())
        self.known.blocks.setdefault(chat_id, []).append(block)
        self.stage.after(self.dice.uniform(_HOUR, 60 * _DAY), lambda: self._unblock(chat_id, block))

    async def _unblock(self, chat_id: int, block: Block) -> None:
        self.telegram.people.block(chat_id, blocked=False)
        block.back = Deed(self.stage.now())
        self.stage.when_handled(block.back)

    # --- parts ---

    def _send(self, chat_id: int, text: str) -> bool:
        try:
            self.telegram.people.send(chat_id, text)
        except Impossible:
            return False
        return True

    def _soon(self, act: Callable[[], Awaitable[object]]) -> None:
        self._after(self.dice.uniform(2, 90), act)

    def _later(self, act: Callable[[], Awaitable[object]]) -> None:
        """In a minute or in days, mostly within hours."""
        self._after(_MINUTE * (4 * 24 * 60) ** self.dice.random(), act)

    def _after(self, seconds: float, act: Callable[[], Awaitable[object]]) -> None:
        async def acted() -> None:
            await act()

        self.stage.after(seconds, acted)

    def _today(self) -> date:
        return self.stage.now().astimezone(self.config.office.timezone).date()
