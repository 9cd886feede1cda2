"""The drafts of choices as rows: one for each unit and period that a head is choosing for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.choosing import ChoiceDraft
from bot.domain.exemplars import Criterion
from bot.domain.nominations import NominationId
from bot.domain.people import PersonId, UnitId
from storage import conversations
from storage.conversations import StoredDraft
from storage.database import Session

FLOW = "h"
"""The conversation of choosing."""
_KEPT = 4
"""Of how many units and periods drafts are kept."""


@dataclass(frozen=True)
class Choosing:
    """A draft as it is kept: `mark` is another with every change, so that old buttons can be told."""

    draft: ChoiceDraft
    step: str
    mark: int


async def find_choosing(
    session: Session, owner_id: PersonId, unit_id: UnitId, period: str, version: int | None
) -> Choosing | None:
    """The person's draft for a unit and period, if it was made for that version of the answer (None: any)."""
    stored = await conversations.find_draft(session, owner_id, FLOW)
    held = stored.fields["of"].get(_key(unit_id, period)) if stored else None
    if stored is None or held is None or version not in (None, held["version"]):
        return None
    return Choosing(_read(unit_id, period, held), stored.step, stored.version)


async def find_current(session: Session, owner_id: PersonId) -> Choosing | None:
    """The draft that was worked on last: what is typed belongs to it."""
    stored = await conversations.find_draft(session, owner_id, FLOW)
    held = stored.fields["of"].get(stored.fields["at"]) if stored else None
    if stored is None or held is None:
        return None
    unit_id, _, period = stored.fields["at"].partition(":")
    return Choosing(_read(UnitId(int(unit_id)), period, held), stored.step, stored.version)


async def save_choosing(
    session: Session, owner_id: PersonId, draft: ChoiceDraft, step: str, now: datetime
) -> Choosing:
    """Keep the draft; `step` says what is asked."""
    stored = await conversations.find_draft(session, owner_id, FLOW)
    key = _key(draft.unit_id, draft.period)
    others = [(one, held) for one, held in stored.fields["of"].items() if one != key] if stored else []
    drafts = dict([*others[1 - _KEPT :], (key, _write(draft))])
    saved = await _put(session, owner_id, step, {"at": key, "of": drafts}, now)
    return Choosing(draft, step, saved.version)


async def drop_choosing(
    session: Session, owner_id: PersonId, unit_id: UnitId, period: str, now: datetime
) -> None:
    """The draft has become an answer, or is thrown away; those for other periods stay."""
    stored = await conversations.find_draft(session, owner_id, FLOW)
    if stored is None:
        return
    others = {key: held for key, held in stored.fields["of"].items() if key != _key(unit_id, period)}
    await _put(session, owner_id, "", {"at": "", "of": others}, now)


async def _put(
    session: Session, owner_id: PersonId, step: str, fields: dict[str, Any], now: datetime
) -> StoredDraft:
    return await conversations.put_draft(session, owner_id, FLOW, step, fields, now)


def _key(unit_id: UnitId, period: str) -> str:
    return f"{unit_id}:{period}"


def _write(draft: ChoiceDraft) -> dict[str, Any]:
    return {
        "version": draft.version,
        "picked": list(draft.picked),
        "criteria": sorted(draft.criteria),
        "sentence": draft.sentence,
        "own": {str(number): text for number, text in draft.own.items()},
    }


def _read(unit_id: UnitId, period: str, held: dict[str, Any]) -> ChoiceDraft:
    return ChoiceDraft(
        unit_id,
        period,
        held["version"],
        tuple(NominationId(number) for number in held["picked"]),
        frozenset(Criterion(name) for name in held["criteria"]),
        held["sentence"],
        {NominationId(int(number)): text for number, text in held["own"].items()},
    )
