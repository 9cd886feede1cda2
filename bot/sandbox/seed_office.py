"""The invented office of the sandbox: its units, people and movements, out of the files in `office/`.

The roster is imported as any office's is, from the CSV files that the secretariat would send.
"""

import csv
import io
import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from bot.config import Config
from bot.documents.roster_files import read_roster
from bot.domain.people import Person, UnitId
from bot.domain.roster import RosterCheck
from bot.operations.come_in import consent
from bot.operations.import_roster import import_roster
from bot.sandbox.seed_chats import draw_cards, open_chats
from bot.sandbox.seed_history import seed_history
from bot.sandbox.telegram import Telegram
from bot.scheduler import JOB
from storage import exemplars, jobs, nominations, people, units
from storage.database import Database, Session

_CAME_IN = timedelta(days=130)
"""How long before the sandbox's own day everybody came in."""
_MAX_BYTES = 1_000_000


async def is_seeded(database: Database) -> bool:
    """Whether there is an office in the database."""
    async with database.reading() as session:
        return bool(await people.list_people(session))


async def seed_office(database: Database, config: Config, now: datetime, *, empty: bool) -> None:
    """Make the office and its history, in one transaction; `empty`: only units and the secretariat."""

    async def also(session: Session, check: RosterCheck) -> None:
        if check.problems:
            raise ValueError(f"the sandbox's roster is wrong: {check.problems}")
        await _rename_units(session)
        for person in await people.list_people(session):
            if person.telegram_id is not None:
                version = config.privacy.notice_version
                await consent(session, person, version, now - _CAME_IN, given=True)
        movements = await _add_movements(session)
        # Or what the clock is turned to before the bot's first tick would be the past.
        await jobs.set_watermark(session, JOB, now)
        if not empty:
            await _speak_english(session)
            await seed_history(session, _read("history.toml"), _read("life.toml"), movements, config, now)
            await _let_leave(session, now)

    roster = [("units.csv", _units_of_before())]
    if empty:
        roster.append(("people.csv", _secretariat()))
    else:
        roster += [(name, _bytes(name)) for name in ("people.csv", "deputies.csv")]
    rows = config.roster.max_rows
    tables = read_roster(roster, max_rows=rows, max_cells_bytes=_MAX_BYTES)
    await import_roster(database, tables, config, now, actor=None, also=also)


async def furnish_telegram(telegram: Telegram, database: Database, config: Config, now: datetime) -> None:
    """Everybody's phone, the groups, and the pictures of those who are honoured."""
    await hand_out_phones(telegram, database, config.office.day_of(now))
    async with database.reading() as session:
        lived = bool(await exemplars.list_standing(session))
    if lived:
        await draw_cards(telegram, database, config)
        await open_chats(telegram, database, _read("life.toml")["chats"], now)


async def hand_out_phones(telegram: Telegram, database: Database, today: date) -> None:
    """Give everybody who uses Telegram a phone there, in chat with the bot where they have come in."""
    async with database.reading() as session:
        known = [person for person in await people.list_people(session) if not person.left]
    by_code = {person.code: person for person in known}
    with telegram.world.store.together():
        for person in known:
            if person.telegram_id is not None:
                _hand_out(telegram, person.telegram_id, person, today, came_in=True)
        for newcomer in _office()["newcomers"]:
            if newcomer["code"] in by_code:
                _hand_out(telegram, newcomer["user_id"], by_code[newcomer["code"]], today, came_in=False)
        for outsider in _office()["outsiders"]:
            telegram.people.put(**outsider)


def _hand_out(telegram: Telegram, user_id: int, person: Person, today: date, *, came_in: bool) -> None:
    held = {post.role.value: None for post in person.posts if post.held_on(today)}
    telegram.people.put(
        user_id,
        person.full_name,
        unit=person.unit_name,
        post=person.post,
        roles=sorted(held, key=lambda role: role != "employee"),
        phone=person.phone,
        language=person.language or "vi",
        linked=came_in,
        started=came_in,
    )


def _units_of_before() -> bytes:
    """The table of units with the names from which `_rename_units` leads to today's."""
    written = _bytes("units.csv").decode()
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(written))}
    for old in _office()["renamed"]:
        rows[old["code"]] |= {"name": old["was"], "short_names": "; ".join(old["short_names"])}
    kept = io.StringIO()
    table = csv.DictWriter(kept, written.splitlines()[0].split(","))
    table.writeheader()
    table.writerows(rows.values())
    return kept.getvalue().encode()


async def _rename_units(session: Session) -> None:
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(_bytes("units.csv").decode()))}
    known = {unit["code"]: unit for unit in await units.list_unit_rows(session)}
    for old in _office()["renamed"]:
        row, unit = rows[old["code"]], known[old["code"]]
        names = {"name": row["name"], "short_names": units.write_short_names(row["short_names"].split("; "))}
        values = {key: unit[key] for key in ("parent_id", "from_on", "to_on")}
        await units.change_unit(session, UnitId(unit["id"]), {**values, **names}, old["on"])


async def _add_movements(session: Session) -> dict[str, str]:
    """Put the plan's movements on the list; answers their names by the keys that the history uses."""
    known: list[dict[str, Any]] = _office()["movements"]
    for movement in known:
        await nominations.add_movement(
            session, movement["name"], movement["level"], movement.get("from"), movement.get("to")
        )
    return {movement["key"]: movement["name"] for movement in known}


async def _speak_english(session: Session) -> None:
    for code in _office()["english"]:
        person = await people.find_by_code(session, code)
        if person is not None:
            await people.set_language(session, person.id, "en")


async def _let_leave(session: Session, now: datetime) -> None:
    for leaver in _office()["left"]:
        person = await people.find_by_code(session, leaver["code"])
        if person is not None:
            await people.set_left(session, person.id, now - timedelta(days=leaver["days_ago"]))


def _secretariat() -> bytes:
    """The people's table with the secretariat alone."""
    rows = list(csv.reader(io.StringIO(_bytes("people.csv").decode())))
    role = rows[0].index("role")
    kept = io.StringIO()
    csv.writer(kept).writerows([rows[0], *(row for row in rows[1:] if "secretariat" in row[role])])
    return kept.getvalue().encode()


@cache
def _office() -> dict[str, Any]:
    return _read("office.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(_bytes(name).decode())


def _bytes(name: str) -> bytes:
    return files("bot.sandbox").joinpath("office", name).read_bytes()
