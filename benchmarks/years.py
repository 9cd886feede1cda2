"""Offices of many years for benchmarks: units that answer every month, and what became of whom they chose.

They are put straight into an SQLite file, with the triggers away and what they keep counted in the end; a
PostgreSQL database gets the same rows out of the file, as a restored backup does.
"""

import asyncio
import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.measuring import STORY
from benchmarks.offices import full_names
from benchmarks.stub_api import FIRST_PERSON
from bot.clock import system_clock, to_us
from bot.domain.exemplars import AnswerState, Consent, ExemplarState
from bot.domain.names import fold
from bot.domain.nominations import Kind
from bot.domain.periods import Period, first_instant, month_of
from bot.domain.roles import Role
from bot.domain.summary import CHOSEN
from storage import backup_rows
from storage.migrating import open_migrated

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
UNITS, MOVEMENTS = 60, 8
CHOSEN_A_MONTH, HONOURED_A_MONTH = 3, 1
"""By each unit."""
_MERGED, _WITHDRAWN, _TWO_REASONS, _COPIED = 0.01, 0.03, 0.5, 0.3
_PUBLIC = (ExemplarState.HONOURED.value, Consent.AGREED.value)
_STANDING = """
update nominations set (standing, first_kind, first_movement_id) = (
  select count(*) over (), e.kind, e.movement_id
  from nominations own join endorsements e on e.nomination_id = own.id
  where (own.id = nominations.id or own.merged_into = nominations.id) and e.withdrawn_at is null
  order by e.sent_at, e.id limit 1
)
where exists (
  select 1 from nominations own join endorsements e on e.nomination_id = own.id
  where (own.id = nominations.id or own.merged_into = nominations.id) and e.withdrawn_at is null
)
"""
_TALLIES = """
insert into tallies (sort, period, unit_id, key, nominees, reasons)
select 'kind', period, unit_id, first_kind, count(*), sum(standing) from nominations
where standing > 0 and merged_into is null group by period, unit_id, first_kind
union all
select 'movement', period, unit_id, cast(coalesce(first_movement_id, 0) as text), count(*), sum(standing)
from nominations where standing > 0 and merged_into is null
group by period, unit_id, coalesce(first_movement_id, 0)
"""


def months_until_now(count: int) -> list[Period]:
    """So many months, the last is this one."""
    found = [month_of(system_clock(), ZONE)]
    while len(found) < count:
        found.append(found[-1].previous)
    return found[::-1]


def fill_sqlite(path: Path, people: int, months: Sequence[tuple[Period, int]]) -> None:
    """An office with so many nominations in each of these months; its first person leads it."""
    asyncio.run(_migrate(f"sqlite:///{path}"))
    with closing(sqlite3.connect(path)) as connection:
        for pragma in ("synchronous = off", "cache_size = -200000", "foreign_keys = off"):
            connection.execute(f"pragma {pragma}")
        triggers = connection.execute(
            "select name, sql from sqlite_master where type = 'trigger' and tbl_name in"
            " ('nominations', 'endorsements')"
        ).fetchall()
        with connection:
            for name, _ in triggers:
                connection.execute(f"drop trigger {name}")
            _put_people(connection, people)
            _put_years(connection, people, months)
            connection.execute(_STANDING)
            connection.execute(_TALLIES)
            for _, text in triggers:
                connection.execute(text)


def fill_postgres(path: Path, url: str) -> None:
    """The same office in a fresh database."""
    asyncio.run(_fill_postgres(path, url))


async def _migrate(url: str) -> None:
    await (await open_migrated(url, synchronous="OFF")).close()


async def _fill_postgres(path: Path, url: str) -> None:
    await _migrate(url)
    await backup_rows.fill_postgres(path, url)
    database = await open_migrated(url)
    async with database.transaction() as session:
        await session.execute("analyze")
    await database.close()


def _put_people(connection: sqlite3.Connection, people: int) -> None:
    put = connection.executemany
    put(
        "insert into units (id, code, name, short_names) values (?, ?, ?, ?)",
        [(n, f"U{n}", f"Phòng Nghiệp vụ số {n}", f'["Phòng {n}"]') for n in range(1, UNITS + 1)],
    )
    rows = [
        (n, f"P{n}", name, fold(name), n % UNITS + 1, FIRST_PERSON + n - 1, 1)
        for n, name in enumerate(full_names(people), 1)
    ]
    put(
        "insert into people (id, code, full_name, folded_name, unit_id, telegram_id, consent_version)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    put(
        "insert into roles (person_id, role, unit_id) values (?, ?, ?)",
        [(row[0], Role.EMPLOYEE.value, row[4]) for row in rows] + [(1, Role.LEADER.value, rows[0][4])],
    )
    put(
        "insert into movements (name) select ? where (select count(*) from movements) < ?",
        [(f"Phong trào thi đua số {n}", MOVEMENTS) for n in range(MOVEMENTS)],
    )


def _put_years(connection: sqlite3.Connection, people: int, months: Sequence[tuple[Period, int]]) -> None:
    chance = random.Random(4)
    first = 1
    for month, count in months:
        _put_month(connection, chance, month, range(first, first + count), people)
        first += count


def _put_month(
    connection: sqlite3.Connection, chance: random.Random, month: Period, numbers: range, people: int
) -> None:
    at = to_us(first_instant(month.first_on, ZONE))
    by_unit: dict[int, list[int]] = {n: [] for n in range(1, UNITS + 1)}
    nominations = list(_nominations(chance, str(month), numbers, people, by_unit))
    put = connection.executemany
    put(
        "insert into nominations (id, nominee_kind, nominee_id, nominee_key, nominee_name, unit_id, period,"
        " made_at, opened_at, merged_into) values (?, 'person', ?, ?, ?, ?, ?, ?, 1, ?)",
        nominations,
    )
    put(
        "insert into endorsements (nomination_id, nominator_id, kind, movement_id, story, sent_at,"
        " withdrawn_at) values (?, ?, ?, ?, ?, ?, ?)",
        _reasons(chance, numbers, people, at),
    )
    put(
        "insert into unit_answers (unit_id, period, answer, person_id, at, state) values (?, ?, ?, 1, ?, ?)",
        [(unit, str(month), CHOSEN, at, AnswerState.ACCEPTED.value) for unit in by_unit],
    )
    chosen = [(unit, number) for unit, found in by_unit.items() for number in found[:CHOSEN_A_MONTH]]
    put(
        "insert into choices (unit_id, period, nomination_id, person_id, at, reason)"
        " values (?, ?, ?, 1, ?, ?)",
        [(unit, str(month), number, at, STORY) for unit, number in chosen],
    )
    honoured = [number for found in by_unit.values() for number in found[:HONOURED_A_MONTH]]
    put(
        "insert into exemplars (id, nomination_id, kind, period, text, state, consent, consent_version,"
        " made_at) values (?, ?, ?, ?, ?, ?, ?, 1, ?)",
        [(n, n, chance.choice(list(Kind)).value, str(month), STORY, *_PUBLIC, at) for n in honoured],
    )
    put(
        "insert into adoptions (exemplar_id, unit_id, person_id, pledged_at) values (?, ?, 1, ?)",
        [(number, number % UNITS + 1, at) for number in honoured if chance.random() < _COPIED],
    )


def _nominations(
    chance: random.Random, month: str, numbers: range, people: int, by_unit: dict[int, list[int]]
) -> Iterator[tuple[object, ...]]:
    for number in numbers:
        nominee, into = chance.randrange(1, people + 1), None
        alike = by_unit[nominee % UNITS + 1]
        if alike and chance.random() < _MERGED:
            into = alike[-1]
        else:
            alike.append(number)
        unit_id = nominee % UNITS + 1
        yield number, nominee, f"bench:{number}", f"Gương số {number}", unit_id, month, number, into


def _reasons(chance: random.Random, numbers: range, people: int, at: int) -> Iterator[tuple[object, ...]]:
    kinds = [kind.value for kind in Kind]
    for number in numbers:
        for nth in range(1 + (chance.random() < _TWO_REASONS)):
            nominator = (number * 7 + nth * 13) % people + 1
            movement = chance.randrange(MOVEMENTS + 1) or None
            withdrawn = at if chance.random() < _WITHDRAWN else None
            yield number, nominator, chance.choice(kinds), movement, STORY, at + number, withdrawn
