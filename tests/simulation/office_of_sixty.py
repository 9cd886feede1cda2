"""An office of many units and people, by dice: as rows of a bot's database, and as the judge knows it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.people import PersonId, Post, UnitId
from bot.domain.roles import Role
from bot.sandbox.telegram import Telegram
from storage import people, units
from storage.database import Database

_FIRST_CHAT = 70_000
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ")
_MIDDLE = ("Văn", "Thị", "Minh", "Quang", "Thanh", "Ngọc", "Đức", "Thu")
_GIVEN = (
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hạnh",
    "Khôi",
    "Lan",
    "Mai",
    "Nam",
    "Phúc",
    "Quân",
    "Sơn",
    "Yến",
)


@dataclass(frozen=True)
class Colleague:
    """Somebody of the office; `chat_id` is None for who has not come in."""

    id: PersonId
    name: str
    unit_id: UnitId
    chat_id: int | None
    posts: tuple[Post, ...]

    def has(self, roles: frozenset[Role], day: date, unit_id: UnitId | None = None) -> bool:
        """Whether they hold one of the roles on a day (for that unit)."""
        return any(
            post.role in roles and post.held_on(day) and unit_id in {None, post.unit_id}
            for post in self.posts
        )


@dataclass(frozen=True)
class Staff:
    """The office: numbers of its units, and its people by number."""

    units: tuple[UnitId, ...]
    people: dict[PersonId, Colleague]

    def by_chat(self, chat_id: int) -> Colleague:
        """Whose phone it is."""
        return self._chats[chat_id]

    @property
    def _chats(self) -> dict[int, Colleague]:
        return {one.chat_id: one for one in self.people.values() if one.chat_id is not None}


async def found_an_office(
    database: Database, telegram: Telegram, seed: object, begin: datetime, n_units: int, n_people: int
) -> Staff:
    """Put units and people into an empty, migrated database and their phones into the emulator.

    Every twentieth unit has no head, every twelfth head and four in five others have no Telegram; some
    units have an acting deputy or a change of heads by date.
    """
    dice = random.Random(f"{seed}:office")  # noqa: S311 - a simulation's
    staff: dict[PersonId, Colleague] = {}
    unit_ids: list[UnitId] = []
    async with database.transaction() as session:
        for n in range(n_units):
            values: dict[str, object] = {"code": f"D{n:02}", "name": f"Phòng số {n}", "parent_id": None}
            values |= {"short_names": units.write_short_names([f"P{n}"]), "from_on": None, "to_on": None}
            unit_ids.append(await units.add_unit(session, values))
        posts = _posts(unit_ids, n_people, begin.date(), dice)
        for n in range(n_people):
            name = f"{dice.choice(_FAMILY)} {dice.choice(_MIDDLE)} {dice.choice(_GIVEN)} {n}"
            unit_id = posts[n][0].unit_id if posts[n] else dice.choice(unit_ids)
            heads = any(post.role in {Role.UNIT_HEAD, Role.SECRETARIAT, Role.LEADER} for post in posts[n])
            has_phone = dice.random() < (11 / 12 if heads else 0.2) or n < 4
            chat_id = _FIRST_CHAT + n if has_phone else None
            person_id = await people.add_person(
                session,
                code=f"N{n:03}",
                full_name=name,
                post="Trưởng phòng" if heads else "Chuyên viên",
                unit_id=unit_id,
                phone=None,
                telegram_id=chat_id,
            )
            held = (Post(Role.EMPLOYEE, unit_id), *posts[n])
            await people.set_posts(session, person_id, held)
            if chat_id is not None:
                await people.note_consent(session, person_id, "processing", 1, begin, given=True)
                telegram.people.put(chat_id, name, started=True)
            staff[person_id] = Colleague(person_id, name, unit_id, chat_id, held)
    return Staff(tuple(unit_ids), staff)


def _posts(unit_ids: list[UnitId], n_people: int, begin: date, dice: random.Random) -> list[list[Post]]:
    """The roles beyond an employee's: the first three are the secretariat, the fourth leads, then heads."""
    posts: list[list[Post]] = [[] for _ in range(n_people)]
    for n in range(min(4, n_people)):
        posts[n].append(Post(Role.LEADER if n == 3 else Role.SECRETARIAT, unit_ids[0]))
    free = iter(range(4, n_people))
    for n, unit_id in enumerate(unit_ids):
        if n % 20 == 19:
            continue
        until = begin + timedelta(days=dice.randint(30, 330)) if dice.random() < 0.1 else None
        posts[_next(free, dice, n_people)].append(Post(Role.UNIT_HEAD, unit_id, None, until))
        if until is not None and dice.random() < 0.8:
            after = until + timedelta(days=dice.choice((1, 1, 20)))
            posts[_next(free, dice, n_people)].append(Post(Role.UNIT_HEAD, unit_id, after, None))
        if dice.random() < 0.2:
            from_on = begin + timedelta(days=dice.randint(0, 300))
            to_on = from_on + timedelta(days=dice.randint(5, 90))
            posts[_next(free, dice, n_people)].append(Post(Role.DEPUTY, unit_id, from_on, to_on))
    return posts


def _next(free: Iterator[int], dice: random.Random, n_people: int) -> int:
    """Somebody without a role yet, or where there is none any more, anybody behind the first."""
    return next(free, None) or dice.randrange(4, n_people)
