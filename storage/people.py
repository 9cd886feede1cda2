"""People as rows: loading, changing, and finding by name however it is typed."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.clock import from_us, to_us
from bot.domain.names import expand, expand_whole, fold, name_keys, rank_key, strip_title, syllables
from bot.domain.people import Person, PersonId, Post, UnitId
from bot.domain.roles import Role
from storage.database import Row, Session, each


class NoSuchPerson(LookupError):
    """There is no such row."""


@dataclass(frozen=True)
class Consent:
    """A person's word about their data: to what, which version of the notice, and when."""

    purpose: str
    version: int
    given: bool
    at: datetime


async def get_person(session: Session, person_id: PersonId) -> Person:
    """The person with the posts they hold. Raises NoSuchPerson."""
    row = await session.one("people.get", id=person_id)
    if row is None:
        raise NoSuchPerson(person_id)
    return _with_posts(row)


async def find_by_telegram(session: Session, telegram_id: int) -> Person | None:
    """Who uses that Telegram account; None of a stranger and of those who left."""
    row = await session.one("people.find_by_telegram", telegram_id=telegram_id)
    return _with_posts(row) if row else None


async def find_by_phone(session: Session, phone: str) -> Person | None:
    """Whose number (as +84…) it is on the roster."""
    row = await session.one("people.find_by_phone", phone=phone)
    return _with_posts(row) if row else None


async def find_by_code(session: Session, code: str) -> Person | None:
    """The person with that code, whatever became of them."""
    row = await session.one("people.find_by_code", code=code)
    return _with_posts(row) if row else None


async def list_people(session: Session) -> list[Person]:
    """Everybody ever on the roster with their posts, by code."""
    return [_with_posts(row) for row in await session.all("people.list_all")]


async def list_in_unit(session: Session, unit_id: UnitId) -> list[Person]:
    """The unit's people who are there now, without their posts."""
    return [_person(row) for row in await session.all("people.list_in_unit", unit_id=unit_id)]


async def list_with_role(session: Session, role: Role) -> list[Person]:
    """Those who hold, held or will hold a role, with their posts."""
    rows = await session.all("people.list_with_role", role=role.value)
    return [_with_posts(row) for row in rows]


async def list_with_own_menu(session: Session) -> list[Person]:
    """Those who have come in and either hold a role beyond an employee's or have chosen a language."""
    return [_with_posts(row) for row in await session.all("people.list_with_own_menu")]


async def list_to_invite(session: Session, period: str) -> list[PersonId]:
    """Whom an invitation to nominate reaches who has not nominated in the month and does not mind."""
    rows = await session.all("people.list_to_invite", period=period, person_id=0)
    return [PersonId(row["id"]) for row in rows]


async def may_be_invited(session: Session, person_id: PersonId, period: str) -> bool:
    """Whether the person is still among them."""
    return bool(await session.all("people.list_to_invite", period=period, person_id=person_id))


async def wants_invitations(session: Session, person_id: PersonId) -> bool:
    """Whether the person has not asked for no more invitations."""
    row = await session.one("people.get_no_invitations", id=person_id)
    return row is not None and not row["no_invitations"]


async def set_no_invitations(session: Session, person_id: PersonId, *, off: bool) -> None:
    """Whether the person wants no invitations any more."""
    await session.run("people.set_no_invitations", id=person_id, value=int(off))


async def list_recent_nominees(session: Session, nominator_id: PersonId, most: int) -> list[Person]:
    """Whom the nominator nominated last, newest first."""
    rows = await session.all("people.list_recent_nominees", nominator_id=nominator_id, most=most)
    return [_person(row) for row in rows]


async def search(
    session: Session, query: str, *, unit_id: UnitId | None, asker_unit_id: UnitId | None, most: int = 8
) -> list[Person]:
    """The people a typed name may mean, the likeliest first; those who left are among them.

    Names are looked up by keys (docs/decisions/0004-names.md): the query as typed, and where that does not
    name enough people, with a syllable corrected to a near one on the roster.
    """
    typed = expand(query, lambda _syllable: ())
    if not typed:
        return []

    def rank(person: Person) -> Any:
        return rank_key(
            query,
            person.full_name,
            unit_match=person.unit_id == unit_id,
            same_unit_as_asker=person.unit_id == asker_unit_id,
            similarity=fuzz.ratio(fold(query), fold(person.full_name)),
        )

    scope = unit_id or asker_unit_id
    found = await _named_in_unit(session, typed, scope)
    if unit_id is None and len(found) < most:
        found |= await _named(session, typed, most)
    named = sorted(found.values(), key=rank)[:most]
    if len(named) == most:
        return named
    vocabulary = [row["syllable"] for row in await session.all("people.list_syllables")]
    spelled = partial(near_syllables, vocabulary=vocabulary)
    corrected = [key for key in expand(query, spelled) if key not in set(typed)]
    near = await _named_in_unit(session, corrected, scope)
    if unit_id is None:
        wholes = [*corrected, *expand_whole(query, spelled)]
        near |= await _nearly_named(session, query, corrected, wholes, most - len(named))
    others = [person for person in near.values() if person.id not in found]
    return [*named, *sorted(others, key=rank)][:most]


async def _named_in_unit(
    session: Session, keys: Sequence[str], unit_id: UnitId | None
) -> dict[PersonId, Person]:
    if unit_id is None or not keys:
        return {}
    rows = await session.all("people.list_by_keys_in_unit", keys=each(keys), unit_id=unit_id)
    return {row["id"]: _person(row) for row in rows}


async def _named(session: Session, keys: Sequence[str], most: int) -> dict[PersonId, Person]:
    """A few of each key."""
    ids = await _ids_by_key(session, keys, most)
    return await _by_ids(session, [some for key in keys for some in ids.get(key, ())][: 4 * most])


async def _nearly_named(
    session: Session, query: str, parts: Sequence[str], wholes: Sequence[str], most: int
) -> dict[PersonId, Person]:
    """People under the keys nearest to what was typed, `most` at most.

    The likelier slip goes before the others, whole names before parts of names. Each name that is equally
    near gets a place, the rest goes to rare names first: a common one needs its unit said anyway.
    """
    joined = {key.replace(" ", ""): key for key in wholes}  # a key without spaces is a whole name's
    whole, bare = fold(query), " ".join(syllables(strip_title(query)[1]))
    orders: dict[int, tuple[int, ...]] = {}
    for key, ids in (await _ids_by_key(session, [*joined, *parts], most + 1)).items():
        distance, unlikely = min(_slip(typed, joined.get(key, key)) for typed in {whole, bare})
        for nth, one in enumerate(ids):
            homonym, common = nth > 0, nth > 0 and len(ids) > most
            order = (distance, common, unlikely, key not in joined, homonym, len(ids))
            orders[one] = min(order, orders.get(one, order))
    return await _by_ids(session, sorted(orders, key=orders.__getitem__)[:most])


def _slip(typed: str, name: str) -> tuple[int, bool]:
    """How unlikely `typed` is for somebody who means `name`.

    A letter is lost, or swapped with the next, in one way; another letter put there is one of twenty.
    """
    specific = len(typed) < len(name) or sorted(typed) == sorted(name)
    return OSA.distance(typed, name), not specific


async def _ids_by_key(session: Session, keys: Sequence[str], most: int) -> dict[str, list[int]]:
    rows = await session.all("people.list_named", keys=each(keys), most=most)
    return {row["name_key"]: [int(some) for some in row["ids"].split(",")] for row in rows}


async def _by_ids(session: Session, ids: Sequence[int]) -> dict[PersonId, Person]:
    rows = await session.all("people.list_by_ids", ids=each(ids)) if ids else []
    return {row["id"]: _person(row) for row in rows}


def near_syllables(syllable: str, vocabulary: Sequence[str]) -> list[str]:
    """Syllables of the roster within one slip (two in long ones), itself first, then the nearest."""
    most = 1 if len(syllable) < 6 else 2
    near = process.extract(syllable, vocabulary, scorer=OSA.distance, score_cutoff=most, limit=40)
    return [str(found) for found, _distance, _index in near]


async def add_person(
    session: Session,
    *,
    code: str,
    full_name: str,
    post: str,
    unit_id: UnitId,
    phone: str | None,
    telegram_id: int | None,
) -> PersonId:
    """Put a new person on the roster."""
    row = await session.one(
        "people.add",
        code=code,
        full_name=full_name,
        folded_name=fold(full_name),
        post=post,
        unit_id=unit_id,
        phone=phone,
        telegram_id=telegram_id,
    )
    assert row is not None  # noqa: S101 - an insert always answers
    person_id = PersonId(row["id"])
    await _index_name(session, person_id, full_name)
    return person_id


async def change_person(
    session: Session,
    person_id: PersonId,
    *,
    full_name: str,
    post: str,
    unit_id: UnitId,
    phone: str | None,
    telegram_id: int | None,
) -> None:
    """Give a person other values."""
    await session.run(
        "people.change",
        id=person_id,
        full_name=full_name,
        folded_name=fold(full_name),
        post=post,
        unit_id=unit_id,
        phone=phone,
        telegram_id=telegram_id,
    )
    await session.run("people.drop_keys", person_id=person_id)
    await _index_name(session, person_id, full_name)


async def set_posts(session: Session, person_id: PersonId, posts: Iterable[Post]) -> None:
    """The roles a person holds, in place of those they held."""
    await session.run("people.drop_posts", person_id=person_id)
    for post in posts:
        await session.run(
            "people.add_post",
            person_id=person_id,
            role=post.role.value,
            unit_id=post.unit_id,
            from_on=_iso(post.from_on),
            to_on=_iso(post.to_on),
        )


async def bind(session: Session, person_id: PersonId, telegram_id: int) -> None:
    """Let a Telegram account be this person, and nobody else any more."""
    await session.run("people.unbind", telegram_id=telegram_id)
    await session.run("people.bind", id=person_id, telegram_id=telegram_id)


async def set_language(session: Session, person_id: PersonId, language: str) -> None:
    """The language the person reads."""
    await session.run("people.set_language", id=person_id, language=language)


async def set_blocked(session: Session, telegram_id: int, at: datetime | None) -> None:
    """The person blocked the bot at an instant, or (None) let it in again."""
    await session.run("people.set_blocked", telegram_id=telegram_id, at=to_us(at) if at else None)


async def set_left(session: Session, person_id: PersonId, at: datetime | None) -> None:
    """The person left the office, or (None) is back."""
    await session.run("people.set_left", id=person_id, at=to_us(at) if at else None)


async def note_consent(
    session: Session, person_id: PersonId, purpose: str, version: int, now: datetime, *, given: bool
) -> None:
    """Keep the proof of a consent or of its withdrawal; for processing it takes effect at once."""
    await session.run(
        "people.note_consent",
        person_id=person_id,
        purpose=purpose,
        version=version,
        given=int(given),
        at=to_us(now),
    )
    if purpose == "processing":
        await session.run("people.set_consent", id=person_id, version=version if given else 0)


async def list_consents(session: Session, person_id: PersonId) -> list[Consent]:
    """Every word the person gave about their data, oldest first."""
    rows = await session.all("people.list_consents", person_id=person_id)
    return [Consent(row["purpose"], row["version"], bool(row["given"]), from_us(row["at"])) for row in rows]


async def erase(session: Session, person_id: PersonId, now: datetime) -> None:
    """Empty the person's row: only its code and unit remain."""
    await session.run("people.erase", id=person_id, at=to_us(now))
    await session.run("people.drop_keys", person_id=person_id)
    await session.run("people.drop_posts", person_id=person_id)


async def _index_name(session: Session, person_id: PersonId, full_name: str) -> None:
    await session.run("people.add_keys", person_id=person_id, keys=json.dumps(sorted(name_keys(full_name))))
    await session.run("people.add_syllables", syllables=json.dumps(list(syllables(full_name))))


def _with_posts(row: Row) -> Person:
    return _person(row, [_post(post) for post in (row["posts"] or "").split(";") if post])


def _person(row: Row, posts: Sequence[Post] = ()) -> Person:
    return Person(
        id=PersonId(row["id"]),
        code=row["code"],
        full_name=row["full_name"],
        post=row["post"],
        unit_id=UnitId(row["unit_id"]),
        unit_name=row["unit_name"],
        phone=row["phone"],
        telegram_id=row["telegram_id"],
        language=row["language"],
        consent_version=row["consent_version"],
        blocked=row["blocked_at"] is not None,
        left=row["left_at"] is not None,
        erased=row["erased_at"] is not None,
        posts=tuple(posts),
    )


def _post(text: str) -> Post:
    role, unit_id, from_on, to_on = text.split(",")
    return Post(Role(role), UnitId(int(unit_id)), _date(from_on), _date(to_on))


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
