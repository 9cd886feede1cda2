"""Whom a message to many is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain.people import Person, UnitId
from bot.domain.roles import Role


@dataclass(frozen=True)
class Audience:
    """People of some units (their codes) who hold one of some roles; empty is everybody."""

    units: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()

    def includes(self, person: Person, codes: Mapping[UnitId, str], day: date) -> bool:
        """Whether the person is in it on a day: of a unit's people, or of those who hold a role for it.

        `codes` are the units' codes; everybody is an employee of the own unit.
        """
        if not self.roles or Role.EMPLOYEE in self.roles:
            return self._has(person.unit_id, codes)
        held = (post for post in person.posts if post.role in self.roles and post.held_on(day))
        return any(self._has(post.unit_id, codes) for post in held)

    def as_json(self) -> dict[str, list[str]]:
        """As it is written down, the same for the same people."""
        return {"units": sorted(self.units), "roles": sorted(role.value for role in self.roles)}

    def _has(self, unit_id: UnitId, codes: Mapping[UnitId, str]) -> bool:
        return not self.units or codes.get(unit_id) in self.units


def read_audience(written: Mapping[str, Any]) -> Audience:
    """What `as_json` wrote; a missing part is everybody. Raises ValueError for a role that is none."""
    roles = (Role(role) for role in written.get("roles", ()))
    return Audience(tuple(written.get("units", ())), tuple(roles))
