"""A choice being made: whom a head has picked, which criteria are confirmed, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.domain.errors import Refused
from bot.domain.exemplars import Answer, Choice, Criterion
from bot.domain.nominations import NominationId
from bot.domain.people import UnitId
from bot.domain.writing import clean


class Step(StrEnum):
    """What a draft still needs."""

    LIST = "list"
    CRITERIA = "criteria"
    SENTENCE = "sentence"
    PREVIEW = "preview"


@dataclass(frozen=True)
class ChoiceDraft:
    """What a head has put together for a unit and period. Every change makes a new one.

    `version` is that of the answer it would take the place of (0: there is none). `sentence` serves all who
    are picked but those with a sentence of their `own`.
    """

    unit_id: UnitId
    period: str
    version: int = 0
    picked: tuple[NominationId, ...] = ()
    criteria: frozenset[Criterion] = frozenset()
    sentence: str = ""
    own: Mapping[NominationId, str] = field(default_factory=dict)

    @property
    def step(self) -> Step:
        """The first thing that is missing."""
        if not self.picked:
            return Step.LIST
        if self.criteria != frozenset(Criterion):
            return Step.CRITERIA
        return Step.PREVIEW if all(map(self.reason_for, self.picked)) else Step.SENTENCE

    def pick(self, nomination_id: NominationId, most: int) -> "ChoiceDraft":
        """With one more; the criteria are to be confirmed anew. Raises Refused beyond `most`."""
        if nomination_id in self.picked:
            return self
        if len(self.picked) >= most:
            raise Refused("choose.too_many", most=most)
        return replace(self, picked=(*self.picked, nomination_id), criteria=frozenset())

    def drop(self, nomination_id: NominationId) -> "ChoiceDraft":
        """Without one; what was written for it is kept, should it be picked again."""
        return replace(self, picked=tuple(one for one in self.picked if one != nomination_id))

    def only(self, known: frozenset[NominationId]) -> "ChoiceDraft":
        """Without those who are no longer there."""
        return replace(self, picked=tuple(one for one in self.picked if one in known))

    def confirm(self, *criteria: Criterion, on: bool = True) -> "ChoiceDraft":
        """With some criteria confirmed, or not any more."""
        given = frozenset(criteria)
        return replace(self, criteria=self.criteria | given if on else self.criteria - given)

    def reason_for(self, nomination_id: NominationId) -> str:
        """Why that one is chosen."""
        return self.own.get(nomination_id) or self.sentence

    def write(self, sentence: str) -> "ChoiceDraft":
        """With one sentence for all."""
        return replace(self, sentence=sentence, own={})

    def write_own(self, nomination_id: NominationId, sentence: str) -> "ChoiceDraft":
        """With a sentence for one of them."""
        return replace(self, own={**self.own, nomination_id: sentence})

    @property
    def choices(self) -> list[Choice]:
        """What would be kept."""
        return [Choice(one, self.reason_for(one), self.criteria) for one in self.picked]


def draft_of_answer(answer: Answer) -> ChoiceDraft:
    """An answer that is there, to be changed."""
    reasons = {choice.nomination_id: choice.reason for choice in answer.choices}
    one_for_all = len(set(reasons.values())) == 1
    return ChoiceDraft(
        answer.unit_id,
        answer.period,
        answer.version,
        tuple(reasons),
        frozenset(),
        next(iter(reasons.values())) if one_for_all else "",
        {} if one_for_all else reasons,
    )


def check_sentence(text: str, most: int) -> str:
    """The sentence as it is kept. Raises Refused for none, and for more than `most` characters."""
    sentence = clean(text, multiline=False)
    if not any(char.isalpha() for char in sentence):
        raise Refused("choose.reason_missing", most=most)
    if len(sentence) > most:
        raise Refused("choose.reason_too_long", most=most, n=len(sentence), over=len(sentence) - most)
    return sentence
