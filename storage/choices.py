"""What units answer for a period, as rows: an answer, the nominees it chose, and what it was before."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import from_us, to_us
from bot.domain.exemplars import Answer, AnswerState, Choice, Criterion
from bot.domain.nominations import NominationId
from bot.domain.people import PersonId, UnitId
from bot.domain.periods import Period
from storage.database import Row, Session, each


@dataclass(frozen=True)
class ChosenBefore:
    """A nominee was chosen for a period; `exemplar_id` where the secretariat has taken that over."""

    unit_id: UnitId
    period: str
    reason: str
    nomination_id: NominationId
    exemplar_id: int | None


async def list_chosen(session: Session, unit_id: UnitId, period: str) -> list[int]:
    """The nominations that a unit has chosen for a period."""
    rows = await session.all("choices.list_of", unit_id=unit_id, period=period)
    return [row["nomination_id"] for row in rows]


async def list_within(session: Session, unit_id: UnitId, period: Period) -> list[int]:
    """The nominations that a unit chose for the months of a longer period: what that one chooses from."""
    rows = await session.all("choices.list_within", unit_id=unit_id, periods=each(period.month_names))
    return [row["nomination_id"] for row in rows]


async def count_within(session: Session, unit_id: UnitId, period: Period) -> int:
    """How many those are."""
    return len(await list_within(session, unit_id, period))


async def list_of_nominee(session: Session, nominee_key: str) -> list[ChosenBefore]:
    """Every choice of a nominee, the newest first."""
    rows = await session.all("choices.list_of_nominee", nominee_key=nominee_key)
    return [
        ChosenBefore(
            UnitId(row["unit_id"]),
            row["period"],
            row["reason"],
            NominationId(row["nomination_id"]),
            row["exemplar_id"],
        )
        for row in rows
    ]


async def is_chosen(session: Session, nomination_id: int) -> bool:
    """Whether some period's answer names the nomination."""
    return bool(await session.all("choices.list_of_nomination", nomination_id=nomination_id))


async def find_answer(session: Session, unit_id: UnitId, period: str) -> Answer | None:
    """What a unit answered for a period, with whom it chose."""
    row = await session.one("choices.find_answer", unit_id=unit_id, period=period)
    if row is None:
        return None
    found = await session.all("choices.list_of", unit_id=unit_id, period=period)
    return _answer(row, [_choice(one) for one in found])


async def list_answers_in_state(session: Session, state: AnswerState) -> list[Answer]:
    """Every unit's answers in a state, the earliest first."""
    rows = await session.all("choices.list_answers_in_state", state=state.value)
    return await _with_choices(session, rows)


async def list_answers_of(session: Session, periods: Sequence[str]) -> list[Answer]:
    """Every unit's answers for some periods."""
    return await _with_choices(
        session, await session.all("choices.list_answers_of", periods=each(list(periods)))
    )


async def put_answer(session: Session, answer: Answer) -> Answer | None:
    """Keep an answer in place of the one of `answer`'s version (0: there is none) and whom it chose.

    None where it has been changed or accepted meanwhile. What was there is kept as a revision.
    """
    before = await find_answer(session, answer.unit_id, answer.period)
    row = await session.one(
        "choices.put_answer",
        unit_id=answer.unit_id,
        period=answer.period,
        version=answer.version,
        answer=answer.answer,
        reason=answer.reason,
        person_id=answer.person_id,
        for_id=answer.for_id,
        at=to_us(answer.at),
    )
    if row is None or (before is None and row["version"] != 1):
        return None
    if before is not None:
        await add_revision(session, before, "changed", answer.person_id, answer.at)
    await session.run("choices.drop_of", unit_id=answer.unit_id, period=answer.period)
    for choice in answer.choices:
        await session.run(
            "choices.add",
            unit_id=answer.unit_id,
            period=answer.period,
            nomination_id=choice.nomination_id,
            reason=choice.reason,
            criteria=json.dumps(sorted(choice.criteria)),
            person_id=answer.person_id,
            at=to_us(answer.at),
        )
    return await find_answer(session, answer.unit_id, answer.period)


async def check_answer(
    session: Session, answer: Answer, state: AnswerState, question: str, checked_by: PersonId, now: datetime
) -> bool:
    """The secretariat accepts an answer or gives it back with a question; False if it has changed since."""
    row = await session.one(
        "choices.check_answer",
        unit_id=answer.unit_id,
        period=answer.period,
        version=answer.version,
        state=state.value,
        question=question,
        checked_by=checked_by,
        at=to_us(now),
    )
    return row is not None


async def set_reason(
    session: Session, answer: Answer, nomination_id: int, reason: str, person_id: PersonId, now: datetime
) -> None:
    """Correct why a nominee was chosen, as the answer's next version; what it said before is kept."""
    await add_revision(session, answer, "corrected", person_id, now)
    await session.run(
        "choices.set_reason",
        unit_id=answer.unit_id,
        period=answer.period,
        nomination_id=nomination_id,
        reason=reason,
    )
    await session.run("choices.raise_version", unit_id=answer.unit_id, period=answer.period)


async def add_revision(
    session: Session, before: Answer, act: str, person_id: PersonId, now: datetime
) -> None:
    """Keep an answer as it was before `act`."""
    kept = {
        "answer": before.answer,
        "reason": before.reason,
        "by": before.person_id,
        "for": before.for_id,
        "at": to_us(before.at),
        "choices": [{"nomination_id": one.nomination_id, "reason": one.reason} for one in before.choices],
    }
    await session.run(
        "choices.add_revision",
        unit_id=before.unit_id,
        period=before.period,
        act=act,
        before=json.dumps(kept, ensure_ascii=False),
        person_id=person_id,
        at=to_us(now),
    )


async def _with_choices(session: Session, rows: Sequence[Row]) -> list[Answer]:
    found: dict[tuple[int, str], list[Choice]] = {}
    periods = sorted({row["period"] for row in rows})
    for row in await session.all("choices.list_of_periods", periods=each(periods)) if periods else ():
        found.setdefault((row["unit_id"], row["period"]), []).append(_choice(row))
    return [_answer(row, found.get((row["unit_id"], row["period"]), [])) for row in rows]


def _choice(row: Row) -> Choice:
    criteria = frozenset(Criterion(name) for name in json.loads(row["criteria"]))
    return Choice(NominationId(row["nomination_id"]), row["reason"], criteria)


def _answer(row: Row, choices: Sequence[Choice]) -> Answer:
    return Answer(
        UnitId(row["unit_id"]),
        row["period"],
        row["answer"],
        PersonId(row["person_id"]),
        from_us(row["at"]),
        row["reason"],
        PersonId(row["for_id"]) if row["for_id"] is not None else None,
        AnswerState(row["state"]),
        row["version"],
        row["question"],
        tuple(choices),
    )
