"""What the judge knows: what people did and when, and when everything was well enough for a message to go.

Instants are what the machine's clock showed.
"""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.people import PersonId, UnitId

_NOBODY = PersonId(0)

Handled = datetime | None
"""When the bot had surely dealt with something; None while it is not known to have."""


@dataclass
class Deed:
    """Something somebody did at an instant; between it and `handled` either may hold.

    `handled_s` is when in true time.
    """

    at: datetime
    handled: Handled = None
    handled_s: float = float("inf")


@dataclass
class Block(Deed):
    """The bot blocked from an instant on, and let in again."""

    back: Deed | None = None


@dataclass
class Snooze(Deed):
    """A head who got a notice wants to be reminded again at `due_at`."""

    person_id: PersonId = _NOBODY
    notice_id: int = 0
    due_at: datetime = datetime.max  # noqa: DTZ901 - never read


@dataclass
class Decision(Deed):
    """The secretariat's word about a post: `approve` or `skip`."""

    verdict: str = ""


@dataclass(frozen=True)
class Announced:
    """An announcement of the secretariat's own: when it is to go, and to whom."""

    send_at: datetime
    expires_at: datetime
    people: frozenset[PersonId]


@dataclass(frozen=True)
class Good:
    """A while in which the bot ran, Telegram was there, and the clock went steadily.

    `latest` is the latest instant that the clock had shown before.
    """

    begin: datetime
    end: datetime
    latest: datetime


@dataclass
class Knowledge:
    """By whom or what it is about."""

    answers: dict[tuple[UnitId, str], Deed] = field(default_factory=dict)
    blocks: dict[int, list[Block]] = field(default_factory=dict)
    opted_out: dict[int, Deed] = field(default_factory=dict)
    nominated: dict[tuple[int, str], Deed] = field(default_factory=dict)
    snoozes: list[Snooze] = field(default_factory=list)
    asked_all: list[tuple[str, datetime]] = field(default_factory=list)
    decisions: dict[int, Decision] = field(default_factory=dict)
    announced: dict[int, Announced] = field(default_factory=dict)
    good: list[Good] = field(default_factory=list)
    jumps: list[tuple[datetime, datetime]] = field(default_factory=list)

    def may_be_blocked(self, chat_id: int, begin: datetime, end: datetime) -> bool:
        """Whether the bot may have been shut out at any instant between the two."""
        for block in self.blocks.get(chat_id, ()):
            back = block.back.handled if block.back else None
            if block.at <= end and (back is None or begin <= back):
                return True
        return False
