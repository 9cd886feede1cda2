"""An event that is being made or changed, as a row: what is said so far, and what is asked next."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.clock import from_us
from bot.domain.audience import Audience
from bot.domain.errors import Gone
from bot.domain.events import EventKind
from bot.domain.people import UnitId
from bot.messages import Button, Call
from bot.operations.make_event import Wanted
from handlers.turn import Turn
from storage import conversations
from storage.conversations import StoredDraft

MAKING, CHANGING = "em", "eh"
"""The conversations: a new event, and changes of one that people are invited to."""
OFFICE = 0
"""The office as the host."""


class Step(StrEnum):
    """What is asked, in order; the last two are looked at."""

    KIND = "kind"
    TITLE = "title"
    HOST = "host"
    GUESTS = "guests"
    SPEAKERS = "speakers"
    TIME = "time"
    PLACE = "place"
    NOTE = "note"
    PREVIEW = "preview"
    EDIT = "edit"


ASKED = tuple(step for step in Step if step is not Step.EDIT)


@dataclass(frozen=True)
class Plan:
    """What is said so far. `host` is a unit's number; `guests` are codes, none is everybody.

    `editing`: it has been looked at, so that each step leads back there. `event_id` is what is changed.
    """

    kind: str = ""
    title: str = ""
    host: int = OFFICE
    guests: tuple[str, ...] = ()
    speakers: tuple[int, ...] = ()
    starts_us: int = 0
    place: str = ""
    note: str = ""
    page: int = 0
    editing: bool = False
    event_id: int = 0
    event_version: int = 0

    @property
    def starts_at(self) -> datetime:
        """When it begins."""
        return from_us(self.starts_us)

    @property
    def wanted(self) -> Wanted:
        """What the event is to be. Raises Gone where something is missing."""
        if not (self.kind and self.title and self.starts_us and self.place):
            raise Gone("stale")
        return Wanted(
            EventKind(self.kind),
            self.title,
            UnitId(self.host) if self.host else None,
            Audience(units=self.guests),
            self.starts_at,
            self.place,
            self.note,
            self.speakers,
        )


@dataclass(frozen=True)
class Writing:
    """The draft as it is stored; its buttons hold for this version alone."""

    stored: StoredDraft
    step: Step
    plan: Plan = field(default_factory=Plan)

    @property
    def flow(self) -> str:
        """MAKING or CHANGING."""
        return self.stored.flow

    def button(self, label: str, act: str, arg: str = "") -> Button:
        """A button of the conversation."""
        return Button(label, str(Call(self.flow, self.stored.id, self.stored.version, act, arg)))


async def find_writing(turn: Turn, flow: str) -> Writing | None:
    """What the person is making, or changing."""
    stored = await turn.draft(flow)
    if stored is None:
        return None
    fields: dict[str, Any] = {**stored.fields}
    for name in ("guests", "speakers"):
        fields[name] = tuple(fields.get(name, ()))
    return Writing(stored, Step(stored.step), Plan(**fields))


async def the_writing(turn: Turn, call: Call) -> Writing:
    """What the button was shown for. Raises Gone."""
    writing = await find_writing(turn, call.flow)
    if writing is None or (writing.stored.id, writing.stored.version) != (call.row, call.version):
        raise Gone("stale")
    return writing


async def keep(turn: Turn, flow: str, plan: Plan, step: Step) -> Writing:
    """Save what is said, and what is asked next."""
    stored = await conversations.put_draft(
        turn.session, turn.person.id, flow, step.value, asdict(plan), turn.now
    )
    return Writing(stored, step, plan)


def following(step: Step, plan: Plan) -> Step:
    """What is asked after a step."""
    return Step.PREVIEW if plan.editing else ASKED[ASKED.index(step) + 1]


def before(step: Step) -> Step:
    """What was asked before a step."""
    return ASKED[max(0, ASKED.index(step) - 1)]
