"""An office in which things are done and then exported."""

import json
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

from bot.documents.export_files import Style
from bot.documents.export_look import Look
from bot.domain.exemplars import Choice, Consent, Criterion, Exemplar, Place
from bot.domain.nominations import Draft, Kind, NominationId
from bot.domain.people import Person
from bot.domain.periods import Period, read_period
from bot.exports import Job, write_from
from bot.operations.answer_consent import answer_consent
from bot.operations.ask_consent import ask_consent
from bot.operations.check_answer import accept_answer
from bot.operations.choose_exemplars import choose
from bot.operations.export_nominations import Ask
from bot.operations.honour import honour
from bot.operations.prepare_exemplar import keep_card
from bot.operations.send_nomination import send_nomination
from storage import exports, people, units
from storage.database import Database, Session
from tests.conftest import office_config
from tests.nominating import KEPT
from tests.office import START

CONFIG = office_config()
SECRET = "Cả phòng còn nhắc mãi chuyện ấy"
MONTH = Period(date(2026, 11, 1), 1)


class Done:
    """The office in which things are done at START, by people named by their codes."""

    def __init__(self, database: Database) -> None:
        self.database, self.now = database, START

    async def person(self, session: Session, code: str) -> Person:
        """Somebody, by code."""
        found = await people.find_by_code(session, code)
        assert found is not None
        return found

    async def act(self, code: str, doing: Callable[[Session, Person], Awaitable[Any]]) -> Any:
        """Let somebody do it, in a transaction."""
        async with self.database.transaction() as session:
            return await doing(session, await self.person(session, code))

    async def nominate(self, by: str, whom: str, story: str = KEPT) -> NominationId:
        """Somebody nominates a colleague; answers the nomination's number."""

        async def doing(session: Session, me: Person) -> NominationId:
            nominee = await self.person(session, whom)
            draft = Draft(nominee_id=nominee.id, story=story, kind=Kind.GOOD_WAY, result=story)
            sent = await send_nomination(session, me, draft, CONFIG, self.now)
            return sent.endorsement.nomination_id

        number: NominationId = await self.act(by, doing)
        return number

    async def choose(self, head: str, *picked: tuple[NominationId, str], period: Period = MONTH) -> None:
        """A head chooses, each with a sentence."""

        async def doing(session: Session, me: Person) -> None:
            chosen = [Choice(number, reason, frozenset(Criterion)) for number, reason in picked]
            await choose(session, me, me.unit_id, period, chosen, CONFIG, self.now)

        await self.act(head, doing)

    async def accept(self, code: str, version: int = 1) -> list[Exemplar]:
        """The secretariat accepts a unit's answer for November."""

        async def doing(session: Session, me: Person) -> list[Exemplar]:
            unit = next(unit for unit in await units.list_units(session) if unit.code == code)
            return await accept_answer(session, me, unit.id, MONTH, version, CONFIG, self.now)

        made: list[Exemplar] = await self.act("hung", doing)
        return made

    async def consent(self, exemplar: Exemplar, said: Consent) -> Exemplar:
        """The nominee is asked, and says that."""

        async def doing(session: Session, me: Person) -> Exemplar:
            drawn = await keep_card(session, exemplar, "a picture")
            assert drawn is not None
            asked = await ask_consent(session, me, drawn, CONFIG, self.now)
            assert asked.representative_id is not None
            return await answer_consent(session, asked, said, asked.representative_id, self.now, note=SECRET)

        answered: Exemplar = await self.act("hung", doing)
        return answered

    async def honour(self, exemplar: Exemplar) -> Exemplar:
        """The secretariat honours in the unit and before everybody."""

        async def doing(session: Session, me: Person) -> Exemplar:
            return await honour(session, me, exemplar, {Place.UNIT, Place.EVERYONE}, CONFIG, self.now)

        public: Exemplar = await self.act("hung", doing)
        return public

    async def honoured(self, whom: str, head: str, unit: str, reason: str) -> Exemplar:
        """All the way from the nomination."""
        number = await self.nominate("lan", whom)
        await self.choose(head, (number, reason))
        (exemplar,) = await self.accept(unit)
        return await self.honour(await self.consent(exemplar, Consent.AGREED))

    async def file(self, folder: Path, style: Style, period: str = "", unit: str = "") -> Path:
        """The export in a form, of everything or of a period and unit."""
        async with self.database.reading() as session:
            found = [one for one in await units.list_units(session) if one.code == unit]
        ask = Ask(read_period(period), found[0].id if found else None)
        look = Look("vi", "Asia/Ho_Chi_Minh", "Văn phòng", period or None, self.now)
        path = folder / f"export.{style}"
        await write_from(self.database, Job("", ask, style, look, path), lambda _n, _of: None)
        return path

    async def tables(self, folder: Path, period: str = "", unit: str = "") -> dict[str, list[dict[str, Any]]]:
        """The export's tables, as JSON has them."""
        made = await self.whole(folder, period, unit)
        assert list(made) == ["overview", *exports.TABLES, "dictionary"]
        return {name: made[name] for name in exports.TABLES}

    async def whole(self, folder: Path, period: str = "", unit: str = "") -> dict[str, Any]:
        """Everything, as JSON has it."""
        made: dict[str, Any] = json.loads((await self.file(folder, "json", period, unit)).read_text("utf-8"))
        return made
