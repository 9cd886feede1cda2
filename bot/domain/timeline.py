"""The life of an exemplar as dated entries, and who may read which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Sight(StrEnum):
    """From where somebody looks at an exemplar."""

    EVERYBODY = "everybody"
    """Who may read it once it is public."""
    OWN = "own"
    """The nominee, or who speaks for a group or a way of working."""
    GUIDE = "guide"
    """The mentor."""
    OFFICE = "office"
    """The secretariat, and the head of the exemplar's unit."""


class Event(StrEnum):
    """What happens to an exemplar, in the order in which it usually does."""

    NOMINATED = "nominated"
    CHOSEN = "chosen"
    ACCEPTED = "accepted"
    ON_LIST = "on_list"
    ASKED = "asked"
    CHANGE = "change"
    AGREED = "agreed"
    DECLINED = "declined"
    HONOURED = "honoured"
    ON_PORTAL = "on_portal"
    CONGRATULATED = "congratulated"
    FOSTERED = "fostered"
    STEP_DONE = "step_done"
    FOSTERING_ENDED = "fostering_ended"
    COPIED = "copied"
    COPY_RESULT = "copy_result"
    SPOKE = "spoke"
    LESSON = "lesson"
    REMOVED = "removed"


_ORDER = {event: nth for nth, event in enumerate(Event)}
_OFFICE_OR_OWN = frozenset({Sight.OFFICE, Sight.OWN})
_WITH_GUIDE = _OFFICE_OR_OWN | {Sight.GUIDE}
_SEEN_BY: Mapping[Event, frozenset[Sight]] = {
    Event.ASKED: _OFFICE_OR_OWN,
    Event.CHANGE: _OFFICE_OR_OWN,
    Event.AGREED: _OFFICE_OR_OWN,
    Event.DECLINED: _OFFICE_OR_OWN,
    Event.REMOVED: _OFFICE_OR_OWN,
    Event.STEP_DONE: _WITH_GUIDE,
    Event.FOSTERING_ENDED: _WITH_GUIDE,
}
"""Who reads what is not for everybody."""


@dataclass(frozen=True)
class Entry:
    """Something that happened; `values` are what it is told with, `n` what is counted in it."""

    at: datetime
    event: Event
    values: Mapping[str, str] = field(default_factory=dict)
    n: int = 0


def told(entries: Iterable[Entry], sights: frozenset[Sight]) -> list[Entry]:
    """The entries somebody with these sights may read, in order; of one instant, as a life usually runs."""
    seen = [entry for entry in entries if _SEEN_BY.get(entry.event, sights) & sights]
    return sorted(seen, key=lambda entry: (entry.at, _ORDER[entry.event]))
