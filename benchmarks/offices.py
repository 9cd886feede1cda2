"""Offices for benchmarks: invented people with names as frequent as in Vietnam, in units of a dozen."""

import itertools
import random
import tomllib
from collections.abc import Sequence
from pathlib import Path

from bot.clock import system_clock
from bot.domain.names import fold
from bot.domain.roles import Role
from bot.domain.roster import ExistingRoster, PersonRow
from storage import nominations, people, roster, units
from storage.database import Database

PEOPLE_A_UNIT = 12
_NAMES = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
_LETTERS = "abcdeghiklmnopqrstuvxy"
MOVEMENTS = ("Cán bộ, công chức thi đua thực hiện văn hóa công sở", "Cả nước thi đua đổi mới sáng tạo")


def full_names(count: int, seed: int = 1) -> list[str]:
    """Names of so many people, homonyms among them as in life; the same for the same seed."""
    chance = random.Random(seed)
    families = chance.choices(*_weighted("family"), k=count)
    middles = chance.choices(*_weighted("middle"), k=count)
    known = _NAMES["given"].split()
    given = chance.choices(known, [1 / (rank + 8) for rank in range(len(known))], k=count)
    return [" ".join(" ".join(parts).split()) for parts in zip(families, middles, given, strict=True)]


def _weighted(part: str) -> tuple[list[str], list[float]]:
    return list(_NAMES[part]), list(_NAMES[part].values())


def with_slip(full_name: str, chance: random.Random) -> str:
    """The name without accents and with one letter changed, lost, put in or swapped with the next."""
    name = fold(full_name)
    at = chance.choice([place for place, letter in enumerate(name) if letter != " "])
    before, after = name[:at], name[at + 1 :]
    slip = chance.randrange(4)
    if slip == 0:
        return before + chance.choice(_LETTERS.replace(name[at], "")) + after
    if slip == 1:
        return before + after
    if slip == 2:
        return before + chance.choice(_LETTERS) + name[at:]
    return before + after[:1] + name[at] + after[1:]


async def fill(database: Database, names: Sequence[str], first_user_id: int | None) -> None:
    """Put these people on an empty roster; with accounts from `first_user_id` on they have agreed to all."""
    accounts = itertools.count(first_user_id) if first_user_id else itertools.repeat(None)
    unit_codes = [f"U{nth}" for nth in range(-(-len(names) // PEOPLE_A_UNIT))]
    rows = [
        PersonRow(
            code=f"P{nth}",
            full_name=name,
            post="Chuyên viên",
            unit=unit_codes[nth // PEOPLE_A_UNIT],
            roles=frozenset({Role.EMPLOYEE}),
            phone=None,
            telegram_id=account,
            deputy_of=None,
            deputy_from=None,
            deputy_to=None,
        )
        for nth, (name, account) in enumerate(zip(names, accounts, strict=False))
    ]
    ready = roster.make_ready(rows, ExistingRoster(units={}, people={}, erased=frozenset(), left=frozenset()))
    async with database.transaction() as session:
        for code in unit_codes:
            await units.add_unit(
                session,
                {
                    "code": code,
                    "name": f"Phòng {code}",
                    "short_names": "[]",
                    "parent_id": None,
                    "from_on": None,
                    "to_on": None,
                },
            )
        await roster.put_people(session, ready)
        for name in MOVEMENTS:
            await nominations.add_movement(session, name, "", None, None)
        if first_user_id:
            for person in await people.list_people(session):
                await people.note_consent(session, person.id, "processing", 1, system_clock(), given=True)
