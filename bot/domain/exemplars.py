"""A chosen nomination on its way: the unit's answer, the consent to publication, the honour."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.nominations import Kind, MovementId, NominationId, Nominee
from bot.domain.people import PersonId, UnitId

ExemplarId = NewType("ExemplarId", int)


class Criterion(StrEnum):
    """What an exemplar worth copying is, in the words of plan 854/KH-VP, I.2."""

    TYPICAL = "typical"
    SPREADING = "spreading"
    POSITIVE = "positive"


class AnswerState(StrEnum):
    """How far the secretariat is with a unit's answer; the unit may change it until it is accepted."""

    GIVEN = "given"
    RETURNED = "returned"
    ACCEPTED = "accepted"


@dataclass(frozen=True)
class Choice:
    """A nominee whom a unit chose for a period, why, and which criteria the head has confirmed."""

    nomination_id: NominationId
    reason: str
    criteria: frozenset[Criterion]


@dataclass(frozen=True)
class Answer:
    """What a unit answered for a period; `answer` is NONE or CHOSEN, `reason` the one of NONE.

    `person_id` answered, in the name of `for_id` where that is somebody else. `question` is the office's.
    """

    unit_id: UnitId
    period: str
    answer: str
    person_id: PersonId
    at: datetime
    reason: str = ""
    for_id: PersonId | None = None
    state: AnswerState = AnswerState.GIVEN
    version: int = 0
    question: str = ""
    choices: tuple[Choice, ...] = ()


class Consent(StrEnum):
    """What was said about publication: not asked, asked, a change is wanted, agreed, declined."""

    NONE = "none"
    ASKED = "asked"
    CHANGE = "change"
    AGREED = "agreed"
    DECLINED = "declined"


class ExemplarState(StrEnum):
    """Taken over, honoured in public, or taken down again."""

    OPEN = "open"
    HONOURED = "honoured"
    REMOVED = "removed"


class Place(StrEnum):
    """Where an exemplar is honoured."""

    UNIT = "unit"
    OFFICE = "office"
    EVERYONE = "everyone"


@dataclass(frozen=True)
class Exemplar:
    """A chosen nomination that the secretariat has taken over.

    `text`, `photo` (a Telegram file_id) and `card` (the picture made of them, a file_id, of `card_version`)
    are what is published; `text_version` counts their changes. `representative_id` is who is asked to
    agree: the nominee, or who speaks for a group or a model. `period` is the month of the nomination.
    """

    id: ExemplarId
    nomination_id: NominationId
    nominee: Nominee
    unit_name: str
    kind: Kind
    period: str
    text: str
    made_at: datetime
    movement_id: MovementId | None = None
    movement_name: str = ""
    field: str = ""
    text_version: int = 1
    photo: str | None = None
    card: str | None = None
    card_version: int = 0
    representative_id: PersonId | None = None
    consent: Consent = Consent.NONE
    consent_version: int = 0
    consent_at: datetime | None = None
    state: ExemplarState = ExemplarState.OPEN
    version: int = 1
    honoured_at: datetime | None = None
    erased: bool = False

    @property
    def may_be_published(self) -> bool:
        """Only what was agreed to, as it was agreed to."""
        agreed = self.consent is Consent.AGREED and self.consent_version == self.text_version
        return agreed and not self.erased

    @property
    def is_public(self) -> bool:
        """Whether everybody of the office may see it."""
        return self.state is ExemplarState.HONOURED and self.may_be_published

    @property
    def has_card(self) -> bool:
        """Whether there is a picture of what would be published now."""
        return self.card is not None and self.card_version == self.text_version
