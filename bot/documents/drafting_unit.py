"""The unit that drafts (Phòng Hành chính - Tổ chức): its own head signs what goes to the office's head."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.people import Person, Unit, UnitId
from bot.domain.records import Signature
from bot.domain.roles import Role
from storage import people, units
from storage.database import Session

_HEAD, _DEPUTY = "TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"


@dataclass(frozen=True)
class DraftingUnit:
    """The secretariat's unit under its name of a day, and who signs for it: its head, or a deputy (KT.)."""

    unit: Unit
    signature: Signature


async def find_drafting_unit(session: Session, day: date) -> DraftingUnit | None:
    """The unit whose people are the secretariat on that day; None where there is none."""
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
    unit = known[held[0]]
    heads = _holders(await people.list_with_role(session, Role.UNIT_HEAD), Role.UNIT_HEAD, unit.id, day)
    deputies = _holders(await people.list_with_role(session, Role.DEPUTY), Role.DEPUTY, unit.id, day)
    if not heads and deputies:
        return DraftingUnit(unit, Signature((f"KT. {_HEAD}", _DEPUTY), deputies[0].full_name))
    return DraftingUnit(unit, Signature((_HEAD,), heads[0].full_name if heads else ""))


async def drafted_by(
    session: Session, day: date, frame: Mapping[str, object], abbreviation: str
) -> dict[str, object]:
    """What of a frame is another's where the unit that drafts speaks for itself, below the office.

    What goes to the office's head is not signed by the office's head. The frame's own where no unit is known.
    """
    found = await find_drafting_unit(session, day)
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


def _holders(found: Sequence[Person], role: Role, unit_id: UnitId, day: date) -> list[Person]:
    return [
        one
        for one in found
        if not one.erased
        and any(post.role is role and post.unit_id == unit_id and post.held_on(day) for post in one.posts)
    ]
