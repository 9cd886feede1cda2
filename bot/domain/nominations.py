"""Nominations: what one is, when it may still be changed, to which month it belongs."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NewType

from bot.domain.names import fold
from bot.domain.people import PersonId, UnitId
from bot.domain.periods import Period

NominationId = NewType("NominationId", int)
EndorsementId = NewType("EndorsementId", int)
MovementId = NewType("MovementId", int)


class MovementKind(StrEnum):
    """Phong trào thi đua, or cuộc vận động."""

    MOVEMENT = "movement"
    CAMPAIGN = "campaign"


class NomineeKind(StrEnum):
    """Who or what is nominated."""

    PERSON = "person"
    GROUP = "group"
    MODEL = "model"


class Kind(StrEnum):
    """Kinds of exemplar. The law does not define them; docs/terms.md has the working definitions."""

    GOOD_DEED = "good_deed"
    EXEMPLAR = "exemplar"
    NEW_FACTOR = "new_factor"
    NEW_MODEL = "new_model"
    GOOD_WAY = "good_way"


@dataclass(frozen=True)
class Movement:
    """A phong trào thi đua or a cuộc vận động with the days on which it begins and ends.

    `ended_on` is the day on which the secretariat ended it; `version` rises with every change.
    """

    id: MovementId
    name: str
    level: str = ""
    from_on: date | None = None
    to_on: date | None = None
    kind: MovementKind = MovementKind.MOVEMENT
    ended_on: date | None = None
    version: int = 1

    def offered_on(self, day: date) -> bool:
        """A movement outside its years stays in old records and is not offered for new nominations."""
        return (self.from_on is None or self.from_on <= day) and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        """Whether it was ended, or its years are over."""
        ended = self.ended_on is not None and self.ended_on <= day
        return ended or (self.to_on is not None and self.to_on < day)


@dataclass(frozen=True)
class Attachment:
    """A photo or file that shows the deed; the bytes stay with Telegram, `file_id` fetches them."""

    kind: str
    file_id: str
    file_unique_id: str
    name: str = ""
    size: int | None = None


@dataclass(frozen=True)
class Nominee:
    """Whom a nomination honours, as the roster had them; `person_id` is None of groups, models."""

    kind: NomineeKind
    name: str
    unit_id: UnitId
    post: str = ""
    person_id: PersonId | None = None

    @property
    def key(self) -> str:
        """What makes two nominations of one month the same one."""
        if self.person_id is not None:
            return f"p:{self.person_id}"
        return f"{self.kind.value[0]}:{self.unit_id}:{fold(self.name)}"


@dataclass(frozen=True)
class Reason:
    """What a nominator tells: the story, and what may be added to it."""

    story: str
    kind: Kind = Kind.GOOD_DEED
    movement_id: MovementId | None = None
    result: str = ""
    spread: str = ""
    lesson: str = ""
    field: str = ""
    deed_period: str = ""
    hide_name: bool = False
    evidence: tuple[Attachment, ...] = ()


ADDED_FIELDS = ("result", "spread", "lesson", "field", "deed_period")
"""The optional texts of a reason, in the order in which a card shows them."""


@dataclass(frozen=True)
class Endorsement:
    """One person's reason for a nomination, with what has become of it."""

    id: EndorsementId
    nomination_id: NominationId
    nominator_id: PersonId
    nominee: Nominee
    unit_name: str
    period: str
    reason: Reason
    sent_at: datetime
    changed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    opened_at: datetime | None = None
    movement_name: str = ""

    @property
    def code(self) -> str:
        """The number under which the nominator finds it again."""
        return f"{self.id:04}"

    def may_change(self, now: datetime, edit_hours: int) -> bool:
        """Until the head has opened it; and within `edit_hours` of sending, where that is not 0."""
        in_time = edit_hours == 0 or now < self.sent_at + timedelta(hours=edit_hours)
        return self.withdrawn_at is None and self.opened_at is None and in_time

    def may_undo(self, now: datetime, undo_seconds: int) -> bool:
        """For `undo_seconds` after sending, whoever has opened it meanwhile."""
        return self.withdrawn_at is None and now < self.sent_at + timedelta(seconds=undo_seconds)


@dataclass(frozen=True)
class Draft:
    """A nomination being written. Every change makes a new one.

    Names stand beside the ids so that a step shows itself without looking them up; what is sent is looked up
    anew. `quick` was begun by a sentence, so kind and movement keep their defaults unasked. `editing` is the
    endorsement it will replace. `waiting` and `waiting_evidence` came where it was not clear what the person
    wants with them, kept until they say; `album` is the one whose pictures are still coming.
    """

    nominee_kind: NomineeKind = NomineeKind.PERSON
    nominee_id: PersonId | None = None
    nominee_name: str = ""
    nominee_post: str = ""
    unit_id: UnitId | None = None
    unit_name: str = ""
    kind: Kind = Kind.GOOD_DEED
    movement_id: MovementId | None = None
    movement_name: str = ""
    story: str = ""
    result: str = ""
    spread: str = ""
    lesson: str = ""
    field: str = ""
    deed_period: str = ""
    hide_name: bool = False
    evidence: tuple[Attachment, ...] = ()
    quick: bool = False
    editing: EndorsementId | None = None
    waiting: str = ""
    waiting_evidence: tuple[Attachment, ...] = ()
    album: str = ""

    @property
    def has_nominee(self) -> bool:
        """Whether it is clear whom it is about."""
        return self.nominee_id is not None or bool(self.nominee_name and self.unit_id)

    @property
    def begun(self) -> bool:
        """Whether there is anything in it that a person would be sorry to lose."""
        return self.has_nominee or bool(self.story or self.evidence)

    def with_added(self, name: str, text: str) -> "Draft":
        """With one of ADDED_FIELDS given another text."""
        changes: dict[str, Any] = {name: text}
        return replace(self, **changes)

    def reason(self) -> Reason:
        """What will be sent."""
        return Reason(**{f.name: getattr(self, f.name) for f in fields(Reason)})


def period_for(now_month: Period, answered: frozenset[str]) -> Period:
    """A nomination belongs to its calendar month, or to the next for which the unit has not answered yet."""
    period = now_month
    while str(period) in answered:
        period = period.next
    return period
