"""The whole roster at once: read to be compared with a file, written in few statements however long it is."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from bot.clock import to_us
from bot.domain.names import fold, name_keys, syllables
from bot.domain.people import Person
from bot.domain.roles import Role
from bot.domain.roster import ExistingRoster, PersonRow, UnitRow
from storage import people, units
from storage.database import Session, each

_ROWS_AT_ONCE = 2000

Cells = tuple[object, ...]
T = TypeVar("T")


@dataclass(frozen=True)
class PeopleToPut:
    """People as the statements take them, made ready outside the transaction; codes stand for rows.

    `freed_phones` and `freed_accounts` are codes of people who hold what somebody else gets, or another
    number than they will: a number changes hands only once it is free.
    """

    rows: Sequence[Cells]
    posts: Sequence[Cells]
    renamed: Sequence[str]
    keys: Sequence[Cells]
    syllables: Sequence[str]
    freed_phones: Sequence[str]
    freed_accounts: Sequence[str]


async def load_roster(session: Session) -> ExistingRoster:
    """What the database holds, in the shape in which a file is compared with it."""
    unit_rows = await units.list_unit_rows(session)
    codes = {row["id"]: row["code"] for row in unit_rows}
    known = await people.list_people(session)
    return ExistingRoster(
        units={
            row["code"]: UnitRow(
                row["code"],
                row["name"],
                tuple(json.loads(row["short_names"])),
                row["parent_code"],
                _date(row["from_on"]),
                _date(row["to_on"]),
            )
            for row in unit_rows
        },
        people={person.code: _row(person, codes) for person in known if not person.erased},
        erased=frozenset(person.code for person in known if person.erased),
        left=frozenset(person.code for person in known if person.left and not person.erased),
    )


def make_ready(rows: Sequence[PersonRow], existing: ExistingRoster) -> PeopleToPut:
    """Everything that writing these people needs and that can be computed beforehand."""
    renamed = [row for row in rows if _name_before(row, existing) != row.full_name]
    phones = {row.phone: row.code for row in rows if row.phone}
    accounts = {row.telegram_id: row.code for row in rows if row.telegram_id}
    given = {row.code: row for row in rows}
    return PeopleToPut(
        rows=[
            (row.code, row.full_name, fold(row.full_name), row.post, row.unit, row.phone, row.telegram_id)
            for row in rows
        ],
        posts=[(row.code, *cells) for row in rows for cells in _posts(row)],
        renamed=[row.code for row in renamed],
        keys=[(row.code, key) for row in renamed for key in sorted(name_keys(row.full_name))],
        syllables=sorted({syllable for row in renamed for syllable in syllables(row.full_name)}),
        freed_phones=[
            before.code
            for before in existing.people.values()
            if before.phone
            and (
                phones.get(before.phone, before.code) != before.code
                or given.get(before.code, before).phone != before.phone
            )
        ],
        freed_accounts=[
            before.code
            for before in existing.people.values()
            if before.telegram_id
            and (
                accounts.get(before.telegram_id, before.code) != before.code
                or given.get(before.code, before).telegram_id != before.telegram_id
            )
        ],
    )


async def put_people(session: Session, ready: PeopleToPut) -> None:
    """Add those who are new, change the others, and let who had left be back."""
    for codes in _pieces(ready.freed_phones):
        await session.run("roster.release_phones", codes=each(codes))
    for codes in _pieces(ready.freed_accounts):
        await session.run("roster.release_accounts", codes=each(codes))
    for rows in _pieces(ready.rows):
        await session.run("roster.put_people", rows=each(rows))
        await session.run("roster.drop_posts", codes=each([code for code, *_ in rows]))
    for posts in _pieces(ready.posts):
        await session.run("roster.put_posts", rows=each(posts))
    for codes in _pieces(ready.renamed):
        await session.run("roster.drop_keys", codes=each(codes))
    for keys in _pieces(ready.keys, 5 * _ROWS_AT_ONCE):
        await session.run("roster.put_keys", rows=each(keys))
    await session.run("roster.put_syllables", syllables=each(ready.syllables))


async def mark_left(session: Session, codes: Sequence[str], at: datetime) -> None:
    """These people left the office. Their Telegram accounts stay with them, for the day they are back."""
    for some in _pieces(codes):
        await session.run("roster.mark_left", codes=each(some), at=to_us(at))


def _row(person: Person, unit_codes: dict[int, str]) -> PersonRow:
    deputy = next((post for post in person.posts if post.role is Role.DEPUTY), None)
    return PersonRow(
        code=person.code,
        full_name=person.full_name,
        post=person.post,
        unit=unit_codes[person.unit_id],
        roles=frozenset({Role.EMPLOYEE, *(post.role for post in person.posts)}),
        phone=person.phone,
        telegram_id=person.telegram_id,
        deputy_of=unit_codes[deputy.unit_id] if deputy else None,
        deputy_from=deputy.from_on if deputy else None,
        deputy_to=deputy.to_on if deputy else None,
    )


def _posts(row: PersonRow) -> Iterator[tuple[str, str, str | None, str | None]]:
    for role in sorted(row.roles | {Role.EMPLOYEE}):
        if role is not Role.DEPUTY:
            yield role.value, row.unit, None, None
        elif row.deputy_of:
            yield role.value, row.deputy_of, _iso(row.deputy_from), _iso(row.deputy_to)


def _name_before(row: PersonRow, existing: ExistingRoster) -> str:
    before = existing.people.get(row.code)
    return before.full_name if before else ""


def _pieces(values: Sequence[T], size: int = _ROWS_AT_ONCE) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
