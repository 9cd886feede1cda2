"""What the secretariat is entering from paper, between two updates: written after every step, as a draft."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.nominations import Attachment, Draft
from bot.domain.paper import Sheet, Subject
from bot.domain.people import PersonId, UnitId
from bot.operations.write_draft import read_draft
from storage import conversations
from storage.conversations import StoredDraft
from storage.database import Session

FLOW = "pp"


class Step(StrEnum):
    """Where the conversation stands, named by what is asked."""

    PERSON = "person"
    DATE = "date"
    FILE = "file"
    NOMINEE = "nominee"
    GROUP = "group"
    MODEL = "model"
    UNIT = "unit"
    KIND = "kind"
    MOVEMENT = "movement"
    STORY = "story"
    FROM_UNIT = "from_unit"
    PERIOD = "period"
    PICK = "pick"
    CRITERIA = "criteria"
    REASON = "reason"
    NOBODY = "nobody"
    EXEMPLAR = "exemplar"
    CONSENT = "consent"
    PREVIEW = "preview"
    EDIT = "edit"


ORDER: dict[Subject, tuple[Step, ...]] = {
    Subject.NOMINATION: (Step.PERSON, Step.DATE, Step.FILE, Step.NOMINEE, Step.KIND, Step.STORY),
    Subject.ANSWER: (
        Step.FROM_UNIT,
        Step.PERIOD,
        Step.DATE,
        Step.PERSON,
        Step.FILE,
        Step.PICK,
        Step.CRITERIA,
        Step.REASON,
        Step.NOBODY,
    ),
    Subject.CONSENT: (Step.EXEMPLAR, Step.CONSENT, Step.PERSON, Step.DATE, Step.FILE),
}
"""What is asked for each sort of sheet, in the order of the sheet; what is known already is passed over."""


@dataclass(frozen=True)
class Entry:
    """A sheet being entered. Names stand beside the ids, so that a step shows itself without looking them up.

    `draft` is the nomination; `kind_asked` says that its kind was. An answer has `unit_id`, `period`, the
    `version` of what the unit answered before, and either `picked` nominations with their `names` and
    `reasons`, `picked_all` once they are complete, or `nobody` with a `reason` ("" where the sheet has none).
    A consent has `exemplar_id`, the `version` of its text, and `agreed`.
    """

    subject: Subject
    person_id: PersonId | None = None
    person_name: str = ""
    dated_on: date | None = None
    file: Attachment | None = None
    without_file: bool = False
    draft: Draft = field(default_factory=Draft)
    kind_asked: bool = False
    unit_id: UnitId | None = None
    unit_name: str = ""
    period: str = ""
    version: int = 0
    picked: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    picked_all: bool = False
    confirmed: bool = False
    reasons: tuple[str, ...] = ()
    nobody: bool = False
    reason: str | None = None
    exemplar_id: int | None = None
    exemplar_name: str = ""
    agreed: bool | None = None

    @property
    def sheet(self) -> Sheet:
        """The sheet. Raises ValueError before its day is known."""
        if self.dated_on is None:
            raise ValueError("the sheet has no day yet")
        return Sheet(self.dated_on, self.file)

    @property
    def begun(self) -> bool:
        """Whether there is anything in it that a person would be sorry to lose."""
        return self != Entry(self.subject)

    def is_known(self, step: Step) -> bool:
        """Whether what the step asks has been answered, or is not to be asked."""
        known: dict[Step, bool] = {
            Step.PERSON: self.person_id is not None,
            Step.DATE: self.dated_on is not None,
            Step.FILE: self.file is not None or self.without_file,
            Step.NOMINEE: self.draft.has_nominee,
            Step.KIND: self.kind_asked,
            Step.STORY: bool(self.draft.story),
            Step.FROM_UNIT: self.unit_id is not None,
            Step.PERIOD: bool(self.period),
            Step.PICK: self.nobody or self.picked_all,
            Step.CRITERIA: self.nobody or self.confirmed,
            Step.REASON: self.nobody or (self.picked_all and len(self.reasons) == len(self.picked)),
            Step.NOBODY: not self.nobody or self.reason is not None,
            Step.EXEMPLAR: self.exemplar_id is not None,
            Step.CONSENT: self.agreed is not None,
        }
        return known.get(step, True)

    def next_step(self) -> Step:
        """The first thing that is still missing, else the preview."""
        nominee = self.draft
        if nominee.nominee_id is None and nominee.nominee_name and nominee.unit_id is None:
            return Step.UNIT
        return next((step for step in ORDER[self.subject] if not self.is_known(step)), Step.PREVIEW)

    def step_before(self, step: Step) -> Step | None:
        """What was asked before a step; None at the first one."""
        above = {Step.GROUP: Step.NOMINEE, Step.MODEL: Step.NOMINEE, Step.UNIT: Step.NOMINEE}
        if step in above:
            return above[step]
        asked = [one for one in ORDER[self.subject] if one is step or self._was_asked(one)]
        if step not in asked:
            return Step.PREVIEW
        place = asked.index(step)
        return asked[place - 1] if place else None

    def _was_asked(self, step: Step) -> bool:
        if step in {Step.CRITERIA, Step.REASON}:
            return not self.nobody
        return step is not Step.NOBODY or self.nobody

    def without_picks(self) -> "Entry":
        """With nothing said about whom the unit chose."""
        return replace(
            self,
            picked=(),
            names=(),
            picked_all=False,
            confirmed=False,
            reasons=(),
            nobody=False,
            reason=None,
        )


@dataclass(frozen=True)
class Writing:
    """An entry with the step it is at and the row it is kept in."""

    stored: StoredDraft
    step: Step
    entry: Entry


async def find_writing(session: Session, owner_id: PersonId) -> Writing | None:
    """The owner's half-entered sheet."""
    stored = await conversations.find_draft(session, owner_id, FLOW)
    return Writing(stored, Step(stored.step), read_entry(stored.fields)) if stored else None


async def write(session: Session, owner_id: PersonId, entry: Entry, step: Step, now: datetime) -> Writing:
    """Keep the entry as it is now; its version rises."""
    fields = asdict(entry)
    fields["dated_on"] = entry.dated_on.isoformat() if entry.dated_on else None
    stored = await conversations.put_draft(session, owner_id, FLOW, step.value, fields, now)
    return Writing(stored, step, entry)


async def throw_away(session: Session, owner_id: PersonId) -> None:
    """The sheet is entered, or not wanted any more."""
    await conversations.drop_draft(session, owner_id, FLOW)


def read_entry(fields: Mapping[str, Any]) -> Entry:
    """An entry as its row keeps it."""
    values = dict(fields)
    values["subject"] = Subject(values["subject"])
    values["dated_on"] = date.fromisoformat(values["dated_on"]) if values["dated_on"] else None
    values["file"] = Attachment(**values["file"]) if values["file"] else None
    values["draft"] = read_draft(values["draft"])
    for name in ("picked", "names", "reasons"):
        values[name] = tuple(values[name])
    return Entry(**values)
