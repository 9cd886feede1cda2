"""The unit that drafts (Phòng Hành chính - Tổ chức): its own head signs what goes to the office's head."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.headship import is_deputy_post, sign_for
from bot.domain.people import Unit, UnitId
from bot.domain.records import Records, Signature
from bot.domain.roles import Role
from storage import people, units
from storage.database import Session


@dataclass(frozen=True)
class DraftingUnit:
    """The secretariat's unit under its name of a day, and who signs for it: its head, or a deputy (KT.)."""

    unit: Unit
    signature: Signature


async def find_drafting_unit(session: Session, day: date, records: Records) -> DraftingUnit | None:
    """The unit where most of the secretariat is on that day; None where there is none.

    Who signs for it is whom the records name, else who heads it on the roster.
    """
    clerks = await people.list_with_role(session, Role.SECRETARIAT)
    held = [
        post.unit_id
        for one in clerks
        for post in one.posts
        if post.role is Role.SECRETARIAT and post.held_on(day)
    ]
    known = {unit.id: unit for unit in await units.list_named(session, day)}
    if not held:
        return None
    unit = known[Counter(held).most_common(1)[0][0]]
    return DraftingUnit(unit, records.signature_of(unit.code, day) or await _by_roster(session, unit, day))


async def drafted_by(
    session: Session, day: date, records: Records, frame: Mapping[str, object], abbreviation: str
) -> dict[str, object]:
    """What of a frame is another's where the unit that drafts speaks for itself, below the office.

    What goes to the office's head is not signed by the office's head. The frame's own where no unit is known.
    """
    found = await find_drafting_unit(session, day, records)
    if found is None:
        return {"drafted_by": frame["agency_short"]}
    return {
        "parent": frame["agency_name"],
        "agency": found.unit.name,
        "symbol": f"{abbreviation}-{found.unit.code}",
        "drafted_by": found.unit.name,
        "sign_lines": list(found.signature.lines),
        "sign_name": found.signature.name,
    }


async def _by_roster(session: Session, unit: Unit, day: date) -> Signature:
    """The unit's head, else a deputy who acts for one (KT.), else a head's post that nobody holds."""
    heads = await _holders(session, Role.UNIT_HEAD, unit.id, day)
    deputies = await _holders(session, Role.DEPUTY, unit.id, day)
    acting = [(name, post) for name, post in deputies if is_deputy_post(post)]
    name, post = next(iter(heads or acting), ("", ""))
    return sign_for(unit.name, name, post)


async def _holders(session: Session, role: Role, unit_id: UnitId, day: date) -> list[tuple[str, str]]:
    """Who holds a role on that day, by name and post: the roster knows the post of who holds it still."""
    return [
        (one.full_name, one.post if held.to_on is None else "")
        for one in await people.list_with_role(session, role)
        for held in one.posts
        if held.role is role and held.unit_id == unit_id and held.held_on(day)
    ]
