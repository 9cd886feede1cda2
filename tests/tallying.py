"""Counting nominees from the rows in plain Python, beside what the database keeps of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from storage.database import Database, Session

Row = Mapping[str, Any]
Tallies = dict[tuple[str, str, int, str], tuple[int, int]]
"""(sort, month, unit, key): nominees and their reasons."""

ROWS = {
    "nominations": "select id, unit_id, period, merged_into, standing, first_kind, first_movement_id"
    " from nominations",
    "endorsements": "select id, nomination_id, nominator_id, kind, movement_id, sent_at, withdrawn_at"
    " from endorsements",
    "tallies": "select * from tallies",
}


def reasons_of(nominations: Iterable[Row], endorsements: Iterable[Row]) -> dict[int, list[Row]]:
    """What stands for each nomination, with what was merged into it, the first first."""
    into = {one["id"]: one["merged_into"] for one in nominations}
    found: dict[int, list[Row]] = {number: [] for number in into}
    for reason in sorted(endorsements, key=lambda one: (one["sent_at"], one["id"])):
        if reason["withdrawn_at"] is None:
            own = reason["nomination_id"]
            for number in {own, into[own] or own}:
                found[number].append(reason)
    return found


def recount(nominations: Iterable[Row], endorsements: Iterable[Row]) -> Tallies:
    """The tallies as they must be."""
    known = list(nominations)
    standing = reasons_of(known, endorsements)
    found: Tallies = {}
    for one in known:
        reasons = standing[one["id"]]
        if one["merged_into"] is not None or not reasons:
            continue
        for sort, key in (("kind", reasons[0]["kind"]), ("movement", str(reasons[0]["movement_id"] or 0))):
            place = sort, one["period"], one["unit_id"], key
            nominees, given = found.get(place, (0, 0))
            found[place] = nominees + 1, given + len(reasons)
    return found


def check_rows(rows: Mapping[str, Iterable[Row]]) -> int:
    """Raises AssertionError where what is kept is not what the rows come to; answers how many there are."""
    nominations, endorsements = list(rows["nominations"]), list(rows["endorsements"])
    kept = {
        (one["sort"], one["period"], one["unit_id"], one["key"]): (one["nominees"], one["reasons"])
        for one in rows["tallies"]
    }
    assert kept == recount(nominations, endorsements), "the tallies are wrong"
    standing = reasons_of(nominations, endorsements)
    for one in nominations:
        if one["merged_into"] is not None:
            continue  # counted anew when it stands for itself again
        reasons = standing[one["id"]]
        first = (reasons[0]["kind"], reasons[0]["movement_id"]) if reasons else (None, None)
        told = one["standing"], one["first_kind"], one["first_movement_id"]
        assert told == (len(reasons), *first), "a nomination's own figures are wrong"
    return len(kept)


async def check_tallies(session: Session) -> int:
    """The same for what a session sees."""
    return check_rows({name: await session.fetch(statement) for name, statement in ROWS.items()})


async def check_tallies_of(database: Database) -> int:
    """The same for what is committed."""
    async with database.reading() as session:
        return await check_tallies(session)
