"""An announcement that is being written, as a row: its text and picture, for whom, and when."""

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.clock import from_us
from bot.domain.audience import Audience
from bot.domain.errors import Gone
from bot.domain.roles import Role
from bot.messages import Button, Call
from handlers.turn import Turn
from storage import conversations
from storage.conversations import StoredDraft

FLOW = "an"


class Step(StrEnum):
    """What is asked."""

    TEXT = "text"
    AUDIENCE = "audience"
    UNITS = "units"
    PREVIEW = "preview"
    TIME = "time"
    CONFIRM = "confirm"


@dataclass(frozen=True)
class Announcement:
    """What is written so far. `send_at` is microseconds since 1970, 0 for at once; `units` are codes."""

    text: str = ""
    picture: str = ""
    units: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    send_at: int = 0
    page: int = 0

    @property
    def begun(self) -> bool:
        """Whether there is something to be kept."""
        return bool(self.text or self.picture)

    @property
    def audience(self) -> Audience:
        """For whom it is."""
        return Audience(units=self.units, roles=tuple(Role(role) for role in self.roles))

    @property
    def at(self) -> datetime | None:
        """When it is to go; None for at once."""
        return from_us(self.send_at) if self.send_at else None


@dataclass(frozen=True)
class Writing:
    """The draft as it is stored; its buttons hold for this version alone."""

    stored: StoredDraft
    step: Step
    draft: Announcement = field(default_factory=Announcement)

    def button(self, label: str, act: str, arg: str = "") -> Button:
        """A button of the conversation."""
        return Button(label, str(Call(FLOW, self.stored.id, self.stored.version, act, arg)))


async def find_writing(turn: Turn) -> Writing | None:
    """What the person is writing."""
    stored = await turn.draft(FLOW)
    return _writing(stored) if stored else None


async def the_writing(turn: Turn, call: Call) -> Writing:
    """What the button was shown for. Raises Gone."""
    writing = await find_writing(turn)
    if writing is None or (writing.stored.id, writing.stored.version) != (call.row, call.version):
        raise Gone("stale")
    return writing


async def keep(turn: Turn, draft: Announcement, step: Step) -> Writing:
    """Save what is written, and what is asked next."""
    fields = asdict(draft)
    stored = await conversations.put_draft(turn.session, turn.person.id, FLOW, step.value, fields, turn.now)
    return Writing(stored, step, draft)


def with_units(draft: Announcement, code: str) -> Announcement:
    """With one unit more, or less."""
    return replace(draft, units=_toggled(draft.units, code))


def with_roles(draft: Announcement, role: str) -> Announcement:
    """With those who hold one role more, or less."""
    return replace(draft, roles=_toggled(draft.roles, role))


def _toggled(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(one for one in values if one != value) if value in values else (*values, value)


def _writing(stored: StoredDraft) -> Writing:
    fields: dict[str, Any] = {**stored.fields}
    for name in ("units", "roles"):
        fields[name] = tuple(fields.get(name, ()))
    return Writing(stored, Step(stored.step), Announcement(**fields))
