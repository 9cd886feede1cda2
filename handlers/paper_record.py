"""[Ghi nhận]: what was on the sheet is entered, and what the clerk reads of it."""

from bot.domain.errors import Refused
from bot.domain.exemplars import Choice, Criterion
from bot.domain.nominations import NominationId
from bot.domain.paper import Subject
from bot.domain.people import Person
from bot.domain.periods import read_period
from bot.operations.enter_on_paper import enter_answer, enter_consent, enter_nomination
from bot.operations.write_paper import Entry
from bot.texts import Html
from handlers.paper_consent_asks import find_exemplar
from handlers.turn import Turn


async def _nomination(turn: Turn, entry: Entry, signer: Person) -> Html:
    entered = await enter_nomination(
        turn.session, turn.person, signer, entry.draft, entry.sheet, turn.config, turn.now
    )
    turn.session.after_commit(turn.house.wake)
    receipt = entered.receipt
    sent = receipt.endorsement
    values = {
        "code": sent.code,
        "nominee": sent.nominee.name,
        "name": signer.full_name,
        "period": turn.texts.period(sent.period),
    }
    if receipt.added:
        return turn.say("paper.added", **values)
    return turn.say("paper.nominated_later" if receipt.moved else "paper.nominated", **values)


async def _answer(turn: Turn, entry: Entry, signer: Person) -> Html:
    period = read_period(entry.period)
    if period is None or entry.unit_id is None:
        raise Refused("stale")
    picked = [
        Choice(NominationId(number), reason, frozenset(Criterion))
        for number, reason in zip(entry.picked, entry.reasons, strict=True)
    ]
    await enter_answer(
        turn.session,
        turn.person,
        signer,
        entry.unit_id,
        period,
        picked,
        entry.reason or "",
        entry.sheet,
        turn.config,
        turn.now,
        version=entry.version,
    )
    turn.session.after_commit(turn.house.wake)
    values = {"unit": entry.unit_name, "period": turn.texts.period(entry.period)}
    return turn.say("paper.answered_nobody" if entry.nobody else "paper.answered", **values)


async def _consent(turn: Turn, entry: Entry, signer: Person) -> Html:
    exemplar = await find_exemplar(turn, entry)
    await enter_consent(
        turn.session,
        turn.person,
        exemplar,
        signer,
        entry.sheet,
        turn.config,
        turn.now,
        agreed=bool(entry.agreed),
        text_version=entry.version,
    )
    turn.session.after_commit(turn.house.wake)
    return turn.say(
        "paper.entered_agreed" if entry.agreed else "paper.entered_declined", name=entry.exemplar_name
    )


RECORD = {
    Subject.NOMINATION: _nomination,
    Subject.ANSWER: _answer,
    Subject.CONSENT: _consent,
}
"""Enters a sheet in the signer's name; by what it says."""
