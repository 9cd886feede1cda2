"""Exchanges, culture and arts, commendation meetings: what one is, who leads it, who is named in it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.audience import Audience
from bot.domain.errors import NotAllowed
from bot.domain.exemplars import Consent, Exemplar, ExemplarId, ExemplarState
from bot.domain.people import Person, PersonId, UnitId
from bot.domain.roles import Role

EventId = NewType("EventId", int)
SPEAKERS_MAX = 6
"""How many exemplars may speak at one."""
LASTS = timedelta(hours=2)
"""How long an event is taken to last."""
HOUR_BEFORE = timedelta(hours=1)


class EventKind(StrEnum):
    """Plan 854/KH-VP, II: exchanges between units, cultural activities; and the meetings that commend."""

    EXCHANGE = "exchange"
    CULTURE = "culture"
    MEETING = "meeting"


class EventState(StrEnum):
    """Coming (or not told about yet), held, called off."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Reply(StrEnum):
    """What somebody answered to an invitation, or to being asked to speak."""

    ASKED = "asked"
    YES = "yes"
    NO = "no"


class Part(StrEnum):
    """What of an event may change once people are invited."""

    TITLE = "title"
    TIME = "time"
    PLACE = "place"
    NOTE = "note"
    SPEAKERS = "speakers"


@dataclass(frozen=True)
class Speaker:
    """An exemplar who is to speak; `person_id` is who is asked: the nominee or the representative."""

    exemplar_id: ExemplarId
    person_id: PersonId | None
    answer: Reply = Reply.ASKED


@dataclass(frozen=True)
class Event:
    """An event. `host_id` None is the office itself; `reason` says why it was called off.

    `version` rises with every change of what is kept here; lists leave `speakers` out.
    """

    id: EventId
    kind: EventKind
    title: str
    host_id: UnitId | None
    place: str
    starts_at: datetime
    audience: Audience
    note: str
    state: EventState
    version: int
    made_by: PersonId
    changed_at: datetime
    outcome: str = ""
    attended: int | None = None
    reason: str = ""
    speakers: tuple[Speaker, ...] = ()

    def is_open(self, now: datetime) -> bool:
        """Whether it will still begin: until then people answer, and it may change."""
        return self.state is EventState.PLANNED and now < self.starts_at

    def awaits_outcome(self, now: datetime) -> bool:
        """Whether it has begun and nobody has said what came of it."""
        return self.state is EventState.PLANNED and now >= self.starts_at


def is_led_by(event: Event, person: Person, today: date) -> bool:
    """Whether the person may see who comes and say what came of it: the secretariat, and the host's head."""
    return person.has(Role.SECRETARIAT, today) or event.host_id in person.heads(today)


def check_leads(event: Event, person: Person, today: date) -> None:
    """Raises NotAllowed for everybody else."""
    if not is_led_by(event, person, today):
        raise NotAllowed("event.not_yours")


def may_speak(exemplar: Exemplar) -> bool:
    """Whether an exemplar may be asked: not who declined to be published, was taken down or erased."""
    declined = exemplar.consent is Consent.DECLINED or exemplar.state is ExemplarState.REMOVED
    return not (declined or exemplar.erased)


def is_named(exemplar: Exemplar, speaker: Speaker) -> bool:
    """Whether an invitation may name the speaker: published already, or having accepted to speak."""
    if not may_speak(exemplar) or speaker.answer is Reply.NO:
        return False
    return exemplar.is_public or speaker.answer is Reply.YES
