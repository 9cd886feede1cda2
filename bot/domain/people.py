"""The office's units and people, and who may act for whom on a day."""

from dataclasses import dataclass, field
from datetime import date
from typing import NewType

from bot.domain.roles import Role

UnitId = NewType("UnitId", int)
PersonId = NewType("PersonId", int)


@dataclass(frozen=True)
class Unit:
    """A phòng, ban, trung tâm or the Cổng Thông tin điện tử.

    It exists from a day to a day (both included, None is open).
    """

    id: UnitId
    code: str
    name: str
    short_names: tuple[str, ...] = ()
    from_on: date | None = None
    to_on: date | None = None

    def exists_on(self, day: date) -> bool:
        """Whether there is such a unit on `day`."""
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True)
class Post:
    """A role somebody holds for a unit, from a day to a day (both included, None is open)."""

    role: Role
    unit_id: UnitId
    from_on: date | None = None
    to_on: date | None = None

    def held_on(self, day: date) -> bool:
        """Whether it is in force on `day`."""
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True)
class Person:
    """Somebody on the roster. `telegram_id`, None until they come in, is also their private chat's id."""

    id: PersonId
    code: str
    full_name: str
    post: str
    unit_id: UnitId
    unit_name: str
    phone: str | None = None
    telegram_id: int | None = None
    language: str | None = None
    consent_version: int = 0
    blocked: bool = False
    left: bool = False
    erased: bool = False
    posts: tuple[Post, ...] = field(default=())

    def has(self, role: Role, day: date) -> bool:
        """Whether the person holds `role` for any unit on `day`."""
        return any(post.role is role and post.held_on(day) for post in self.posts)

    def heads(self, day: date) -> frozenset[UnitId]:
        """The units for which the person may answer on `day`, as head or as acting deputy."""
        acting = (Role.UNIT_HEAD, Role.DEPUTY)
        return frozenset(post.unit_id for post in self.posts if post.role in acting and post.held_on(day))

    @property
    def is_reached(self) -> bool:
        """Whether a message can reach the person: in chat, having agreed, not having blocked the bot."""
        return self.telegram_id is not None and self.consent_version > 0 and not self.blocked

    @property
    def label(self) -> str:
        """Name and post as a button shows them."""
        return f"{self.full_name} · {self.post}" if self.post else self.full_name
