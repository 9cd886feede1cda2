"""The rules of a choice being made, of putting nominations right, and of what a nominator may know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.choosing import ChoiceDraft, Step, check_sentence, draft_of_answer
from bot.domain.errors import Refused
from bot.domain.exemplars import Answer, Choice, Criterion
from bot.domain.mending import check_alone, check_merge, is_same_nominee
from bot.domain.nominations import NominationId, Nominee, NomineeKind
from bot.domain.outcomes import Outcome, outcome_of
from bot.domain.people import PersonId, UnitId
from tests.office import START

EMPTY = ChoiceDraft(UnitId(1), "2026-11")
ONE, TWO = NominationId(1), NominationId(2)
CRITERIA = frozenset(Criterion)


def test_a_draft_asks_for_what_is_missing_first():
    """Whom, then the criteria, then a sentence for each."""
    draft = EMPTY
    assert draft.step is Step.LIST
    draft = draft.pick(ONE, 3)
    assert draft.step is Step.CRITERIA
    draft = draft.confirm(*Criterion)
    assert draft.step is Step.SENTENCE
    draft = draft.write("Vì dân")
    assert draft.step is Step.PREVIEW
    assert draft.choices == [Choice(ONE, "Vì dân", CRITERIA)]


def test_who_is_picked_later_is_to_be_confirmed_too():
    """The criteria were confirmed of others."""
    draft = EMPTY.pick(ONE, 3).confirm(*Criterion)
    assert draft.pick(TWO, 3).criteria == frozenset()
    assert draft.pick(ONE, 3) == draft
    assert draft.drop(ONE).picked == ()


def test_no_more_than_the_most_are_picked():
    """One already picked is no further one."""
    draft = EMPTY.pick(ONE, 1)
    assert draft.pick(ONE, 1) == draft
    with pytest.raises(Refused, match=r"choose\.too_many"):
        draft.pick(TWO, 1)


def test_a_criterion_may_be_taken_back():
    """Off again, the draft asks for it."""
    draft = EMPTY.pick(ONE, 3).confirm(*Criterion).confirm(Criterion.TYPICAL, on=False)
    assert draft.criteria == CRITERIA - {Criterion.TYPICAL}
    assert draft.step is Step.CRITERIA


def test_a_sentence_of_ones_own_goes_before_the_common_one():
    """And a new common one replaces them all."""
    draft = EMPTY.pick(ONE, 3).pick(TWO, 3).write("chung").write_own(TWO, "riêng")
    assert [draft.reason_for(one) for one in draft.picked] == ["chung", "riêng"]
    assert draft.write("mới").reason_for(TWO) == "mới"


def test_an_answer_becomes_a_draft_with_its_sentences():
    """One sentence for all stays one; different ones stay each one's own; nobody is an empty draft."""
    answer = Answer(UnitId(1), "2026-11", "chosen", PersonId(1), START, version=4)
    one, two = Choice(ONE, "chung", CRITERIA), Choice(TWO, "riêng", CRITERIA)
    alone = draft_of_answer(Answer(**{**vars(answer), "choices": (one,)}))
    assert (alone.sentence, alone.own, alone.version) == ("chung", {}, 4)
    both = draft_of_answer(Answer(**{**vars(answer), "choices": (one, two)}))
    assert (both.sentence, both.own) == ("", {ONE: "chung", TWO: "riêng"})
    assert draft_of_answer(answer).step is Step.LIST


@given(st.text())
def test_a_sentence_is_one_line_of_words_within_its_measure(text):
    """Whatever is typed: kept on one line, not too long, with a letter in it; or refused."""
    try:
        kept = check_sentence(text, 50)
    except Refused as refusal:
        assert refusal.message_id in {"choose.reason_missing", "choose.reason_too_long"}  # noqa: PT017
        return
    assert "\n" not in kept
    assert len(kept) <= 50
    assert any(char.isalpha() for char in kept)


FINE = {"same": False, "together": True, "is_part": False, "has_parts": False, "chosen": False}


@pytest.mark.parametrize("wrong", ["same", "together", "is_part", "has_parts", "chosen"])
def test_what_keeps_two_nominations_apart(wrong):
    """Each by itself."""
    check_merge(**FINE)
    with pytest.raises(Refused):
        check_merge(**{**FINE, wrong: not FINE[wrong]})


def test_what_keeps_one_where_it_is():
    """Chosen, or holding others."""
    check_alone(has_parts=False, chosen=False)
    for has_parts, chosen in ((True, False), (False, True)):
        with pytest.raises(Refused):
            check_alone(has_parts=has_parts, chosen=chosen)


def test_the_same_nominee_in_two_units():
    """People by who they are, groups and ways of working by name, however it is written."""
    group = Nominee(NomineeKind.GROUP, "Tổ Một", UnitId(1))
    assert is_same_nominee(group, Nominee(NomineeKind.GROUP, "tổ  một", UnitId(2)))
    assert not is_same_nominee(group, Nominee(NomineeKind.MODEL, "Tổ Một", UnitId(1)))
    person = Nominee(NomineeKind.PERSON, "Lan", UnitId(1), "", PersonId(7))
    assert not is_same_nominee(person, Nominee(NomineeKind.PERSON, "Lan", UnitId(1), "", PersonId(8)))
    assert not is_same_nominee(person, Nominee(NomineeKind.GROUP, "Lan", UnitId(1)))


@pytest.mark.parametrize(
    ("known", "outcome"),
    [
        ({}, Outcome.WAITING),
        ({"opened": True}, Outcome.OPENED),
        ({"opened": True, "answered": True, "chosen": True}, Outcome.OPENED),
        ({"answered": True, "chosen": True, "final": True}, Outcome.CHOSEN),
        ({"answered": True, "final": True}, Outcome.NOT_CHOSEN),
        ({"final": True, "opened": True}, Outcome.OPENED),
        ({"answered": True, "chosen": True, "final": True, "public": True}, Outcome.HONOURED),
        ({"withdrawn": True, "answered": True, "chosen": True, "final": True}, Outcome.WITHDRAWN),
    ],
)
def test_what_a_nominator_may_know(known, outcome):
    """A choice only when it is final."""
    names = ("withdrawn", "opened", "answered", "chosen", "final", "public")
    assert outcome_of(**{name: known.get(name, False) for name in names}) is outcome
