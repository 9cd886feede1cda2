"""The office that tests play in: its units, its people, and the bot that serves them."""

import asyncio
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any

from bot.app import Bot
from bot.config import Config
from bot.documents.export_acts import ACTS, SUBJECTS
from bot.domain.mentions import find_name
from bot.domain.people import PersonId, Post, UnitId
from bot.domain.roles import Role
from bot.sandbox.telegram import Telegram
from storage import access, people, units
from storage.database import Database
from tests.emulator_request import EmulatorRequest
from tests.phones import Phone
from tests.schema import SchemaChecker

START = datetime(2026, 11, 18, 1, tzinfo=UTC)
"""08:00 on a Wednesday in the office's time."""

UNITS = (
    ("HCTC", "Phòng Hành chính - Tổ chức", ["HCTC", "Phòng HCTC"]),
    ("NC", "Phòng Nội chính", ["NC"]),
    ("TH", "Phòng Tổng hợp", ["TH"]),
    ("PVHCC", "Trung tâm Phục vụ hành chính công", ["TTPVHCC", "Một cửa"]),
)
PEOPLE = (
    ("lan", "Nguyễn Thị Lan", "Chuyên viên", "HCTC", (), "+84912000001"),
    ("hung", "Trần Văn Hùng", "Trưởng phòng", "HCTC", (Role.UNIT_HEAD, Role.SECRETARIAT), "+84912000002"),
    ("mai", "Lê Thị Mai", "Chuyên viên", "HCTC", (), "+84912000003"),
    ("minh", "Phạm Quang Minh", "Trưởng phòng", "NC", (Role.UNIT_HEAD,), "+84912000004"),
    ("lan2", "Nguyễn Thị Lan", "Văn thư", "NC", (), "+84912000005"),
    ("duc", "Đỗ Minh Đức", "Chuyên viên", "NC", (), "+84912000006"),
    ("hoa", "Võ Thị Hoa", "Trưởng phòng", "TH", (Role.UNIT_HEAD,), "+84912000007"),
    ("tuan", "Bùi Anh Tuấn", "Chuyên viên", "TH", (), "+84912000008"),
    ("kien", "Hoàng Trung Kiên", "Giám đốc", "PVHCC", (Role.UNIT_HEAD,), "+84912000009"),
    ("thao", "Đặng Phương Thảo", "Viên chức", "PVHCC", (), "+84912000010"),
    ("chanh", "Nguyễn Đức Chánh", "Chánh Văn phòng", "TH", (Role.LEADER,), "+84912000011"),
    ("cu", "Phan Văn Cũ", "Chuyên viên", "NC", (), "+84912000012"),
)
TELEGRAM_IDS = {row[0]: 1001 + index for index, row in enumerate(PEOPLE)}


EXPECTED_REFUSALS = (
    "message is not modified",  # an old button asks a message to become what it is
    "chat not found",  # a notice to somebody whose phone no test has taken up
    "Too Many Requests",  # what tests do to the bot
    "bot was blocked by the user",
)


AUDIT_DETAIL_MAX = 200


class Hands:
    """A clock that stands still until a test turns it."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def turn(self, **by: float) -> None:
        """Forward by some days, hours, seconds."""
        self.at += timedelta(**by)


class ListeningRequest(EmulatorRequest):
    """Notes why Telegram refused a call."""

    def __init__(self, telegram: Telegram, refusals: list[str]) -> None:
        super().__init__(telegram)
        self._refusals = refusals

    async def _exchange(self, url: str, *args: Any) -> tuple[int, bytes]:
        status, answer = await super()._exchange(url, *args)
        if status != HTTPStatus.OK:
            self._refusals.append(f"{url.rsplit('/', maxsplit=1)[-1]}: {json.loads(answer)['description']}")
        return status, answer


class Office:
    """The bot and its Telegram in one process; `settle` lets the bot do all there is to do.

    In the end Telegram may have refused nothing the bot asked but what EXPECTED_REFUSALS and `may_be_refused`
    name: a method, or words of why. The audit log holds numbers and codes: nobody's name or phone, no words.
    """

    def __init__(self, database: Database, config: Config, folder: Path, clock: Hands) -> None:
        self.database, self.config, self.clock = database, config, clock
        self.telegram = Telegram(folder, clock)
        SchemaChecker().watch(self.telegram)
        self.refusals: list[str] = []
        self.may_be_refused: tuple[str, ...] = ()
        self.bot = self._new_bot()

    async def __aenter__(self) -> "Office":
        await self.bot.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.bot.__aexit__(kind, raised, trace)
        self.telegram.close()
        if raised is None:
            await self._check_audit()
        expected = (*EXPECTED_REFUSALS, *self.may_be_refused)
        unexpected = [why for why in self.refusals if not any(word in why for word in expected)]
        assert raised or not unexpected, f"Telegram refuses: {unexpected}"

    def phone(self, code: str) -> Phone:
        """Somebody's phone; those in PEOPLE have agreed to the privacy notice."""
        row = next(row for row in PEOPLE if row[0] == code)
        user_id = TELEGRAM_IDS[code]
        self.telegram.people.put(user_id, row[1], started=True)
        return Phone(self.telegram, user_id, settle=self.settle, phone=row[5])

    def stranger(self, user_id: int = 9001, name: str = "Người Lạ", **details: object) -> Phone:
        """The phone of somebody the office does not know."""
        return Phone(self.telegram, user_id, name=name, settle=self.settle, **details)

    async def settle(self) -> None:
        """Let the bot handle every update, send every screen and notice, do every task."""
        while await self.bot.do_what_waits():
            pass

    async def restart(self) -> None:
        """Stop the bot and start another on the same database."""
        await self.bot.__aexit__(None, None, None)
        self.bot = self._new_bot()
        await self.bot.__aenter__()

    async def crash(self) -> None:
        """Start another bot as after `kill -9`: the one before sends and records nothing more."""
        screens = self.bot.screens
        tasks = [*screens._busy.values(), *screens._answers]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if screens._idle_marks:
            screens._idle_marks.cancel()
        self.bot = self._new_bot()
        await self.bot.__aenter__()

    async def reconfigure(self, **tables: object) -> None:
        """Start the bot anew with other tables of the configuration."""
        self.config = replace(self.config, **tables)  # type: ignore[arg-type]
        await self.restart()

    async def person_id(self, code: str) -> PersonId:
        """The row of somebody."""
        async with self.database.reading() as session:
            found = await people.find_by_code(session, code)
        assert found is not None
        return found.id

    async def _check_audit(self) -> None:
        async with self.database.reading() as session:
            lines = await access.list_audit(session, most=100_000)
        for line in lines:
            said = f"{line['act']} {line['subject']} {line['detail']}"
            assert said.isascii(), said
            assert line["act"] in ACTS, said
            assert line["subject"] in SUBJECTS, said
            assert len(line["detail"]) <= AUDIT_DETAIL_MAX, said
            assert not [name for _, name, *_ in PEOPLE if find_name(said, name)], said
            assert not re.search(r"\d{9}", said), said

    def _new_bot(self) -> Bot:
        return Bot(self.config, self.database, self.clock, ListeningRequest(self.telegram, self.refusals))


async def people_an_office(database: Database) -> None:
    """Put UNITS, PEOPLE (bound and consenting) into an empty database; the movements are there already."""
    async with database.transaction() as session:
        unit_ids: dict[str, UnitId] = {}
        for code, name, short_names in UNITS:
            values: dict[str, object] = {
                "code": code,
                "name": name,
                "short_names": units.write_short_names(short_names),
                "parent_id": None,
                "from_on": None,
                "to_on": None,
            }
            unit_ids[code] = await units.add_unit(session, values)
        for code, full_name, post, unit, roles, phone in PEOPLE:
            person_id = await people.add_person(
                session,
                code=code,
                full_name=full_name,
                post=post,
                unit_id=unit_ids[unit],
                phone=phone,
                telegram_id=TELEGRAM_IDS[code],
            )
            held = (Role.EMPLOYEE, *roles)
            await people.set_posts(session, person_id, [Post(role, unit_ids[unit]) for role in held])
            await people.note_consent(session, person_id, "processing", 1, START, given=True)
            if code == "cu":
                await people.set_left(session, person_id, START)
