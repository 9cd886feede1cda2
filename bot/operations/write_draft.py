"""The draft of a nomination between two updates: written after every step, in its transaction."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.nominations import Attachment, Draft, EndorsementId, Kind, MovementId, NomineeKind
from bot.domain.people import PersonId, UnitId
from storage import conversations
from storage.conversations import StoredDraft
from storage.database import Session

FLOW = "n"


class Step(StrEnum):
    """Where the conversation stands, named by what the person is asked."""

    OFFER = "offer"
    NOMINEE = "nominee"
    GROUP = "group"
    MODEL = "model"
    UNIT = "unit"
    KIND = "kind"
    MOVEMENT = "movement"
    STORY = "story"
    CARD = "card"
    ASIDE = "aside"
    EDIT = "edit"
    EVIDENCE = "evidence"
    RESULT = "result"
    SPREAD = "spread"
    LESSON = "lesson"
    FIELD = "field"
    DEED_PERIOD = "deed_period"


@dataclass(frozen=True)
class Writing:
    """A draft with the step it is at and the row it is kept in."""

    stored: StoredDraft
    step: Step
    draft: Draft


async def find_writing(session: Session, owner_id: PersonId) -> Writing | None:
    """The owner's half-finished nomination."""
    stored = await conversations.find_draft(session, owner_id, FLOW)
    return Writing(stored, Step(stored.step), read_draft(stored.fields)) if stored else None


async def write(session: Session, owner_id: PersonId, draft: Draft, step: Step, now: datetime) -> Writing:
    """Keep the draft as it is now; its version rises."""
    stored = await conversations.put_draft(session, owner_id, FLOW, step.value, asdict(draft), now)
    return Writing(stored, step, draft)


async def throw_away(session: Session, owner_id: PersonId) -> None:
    """The draft is sent, or not wanted any more."""
    await conversations.drop_draft(session, owner_id, FLOW)


def read_draft(fields: Mapping[str, Any]) -> Draft:
    """A draft as its row keeps it."""
    ids: dict[str, Callable[[int], Any]] = {
        "nominee_id": PersonId,
        "unit_id": UnitId,
        "movement_id": MovementId,
        "editing": EndorsementId,
    }
    values: dict[str, Any] = {
        key: ids[key](value) if key in ids and value is not None else value for key, value in fields.items()
    }
    values["nominee_kind"] = NomineeKind(fields["nominee_kind"])
    values["kind"] = Kind(fields["kind"])
    for files in ("evidence", "waiting_evidence"):
        values[files] = tuple(Attachment(**attachment) for attachment in fields[files])
    return Draft(**values)
