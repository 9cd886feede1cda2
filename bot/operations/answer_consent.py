"""What was answered about publication; it holds for the version of the words and picture that was seen."""

from dataclasses import replace
from datetime import datetime

from bot.clock import to_us
from bot.domain.errors import Gone, NotAllowed, Refused
from bot.domain.exemplars import Consent, Exemplar, ExemplarState
from bot.domain.hours import Hours
from bot.domain.people import PersonId
from bot.domain.roles import Role
from bot.domain.writing import clean, length
from bot.operations.follow_articles import follow_exemplar
from bot.operations.take_down import take_down
from storage import access, exemplars, notices, people
from storage.database import Session
from storage.exemplars import ConsentNote

TOLD = "consent_told"
"""The kind of notice by which the secretariat hears of an answer."""
NOTE_MAX = 1000
_ANSWERS = frozenset({Consent.AGREED, Consent.CHANGE, Consent.DECLINED})


async def answer_consent(
    session: Session,
    exemplar: Exemplar,
    answer: Consent,
    person_id: PersonId,
    now: datetime,
    *,
    note: str = "",
    photo: str | None = None,
    entered_by: PersonId | None = None,
    paper_id: int | None = None,
) -> Exemplar:
    """Keep the answer and tell the secretariat; what was published is taken down when it is declined.

    `person_id` is who answers: the one who is asked, or from paper (`entered_by`, whose right the caller has
    checked) whoever speaks for a group nobody is named for yet. The same answer again changes nothing.

    Raises NotAllowed for somebody else, Refused for a wish without words or photo, and Gone where the row
    has changed meanwhile, nobody has been asked yet, or what was declined or published cannot be changed
    any more.
    """
    if answer not in _ANSWERS:
        raise Refused("stale")
    exemplar = _represented(exemplar, person_id, on_paper=entered_by is not None)
    if exemplar.consent is Consent.NONE and entered_by is None and answer is not Consent.DECLINED:
        raise Gone("consent.being_changed")
    said = clean(note)
    if answer is Consent.CHANGE:
        _check_wish(exemplar, said, photo)
    elif exemplar.consent is answer and exemplar.consent_version == exemplar.text_version:
        return exemplar
    state = exemplar.state
    if answer is Consent.AGREED and state is ExemplarState.REMOVED:
        state = ExemplarState.OPEN  # who has taken a consent back may give it again
    saved = await exemplars.save_exemplar(
        session,
        replace(exemplar, consent=answer, consent_version=exemplar.text_version, consent_at=now, state=state),
    )
    if saved is None:
        raise Gone("exemplar.changed")
    kept = ConsentNote(
        saved.text_version,
        answer,
        now,
        said,
        photo=photo,
        person_id=person_id,
        entered_by=entered_by,
        paper_id=paper_id,
    )
    await exemplars.note_consent(session, saved.id, kept)
    detail = f"{answer.value} v{saved.text_version}"
    await access.note(session, entered_by or person_id, "answer_consent", "exemplar", saved.id, now, detail)
    await follow_exemplar(session, saved, entered_by or person_id, now)
    if answer is Consent.DECLINED and saved.state is ExemplarState.HONOURED:
        saved = await take_down(session, saved, entered_by or person_id, now)
    await _tell_secretariat(session, saved, entered_by, now)
    return saved


async def take_back_all(session: Session, person_id: PersonId, now: datetime) -> None:
    """The person's data may be used no more: nothing is published on their word."""
    for exemplar in await exemplars.list_about(session, person_id):
        if exemplar.consent not in {Consent.NONE, Consent.DECLINED} and not exemplar.erased:
            await answer_consent(session, exemplar, Consent.DECLINED, person_id, now)


def _represented(exemplar: Exemplar, person_id: PersonId, *, on_paper: bool) -> Exemplar:
    if exemplar.erased:
        raise Gone("exemplar.gone")
    if exemplar.representative_id is None and on_paper:
        return replace(exemplar, representative_id=person_id)
    if exemplar.representative_id != person_id:
        raise NotAllowed("consent.not_yours")
    return exemplar


def _check_wish(exemplar: Exemplar, said: str, photo: str | None) -> None:
    if exemplar.state is not ExemplarState.OPEN or exemplar.consent is Consent.DECLINED:
        raise Gone("consent.too_late_to_change")
    if not (said or photo) or length(said) > NOTE_MAX:
        raise Refused("consent.bad_note", most=NOTE_MAX)


async def _tell_secretariat(
    session: Session, exemplar: Exemplar, entered_by: PersonId | None, now: datetime
) -> None:
    clerks = await people.list_with_role(session, Role.SECRETARIAT)
    told = [clerk.id for clerk in clerks if clerk.is_reached and clerk.id != entered_by]
    at = to_us(now)
    body = {"exemplar_id": exemplar.id, "at": at}
    await notices.plan_for(
        session,
        TOLD,
        f"{exemplar.id}:{exemplar.version}",
        told,
        body,
        now,
        hours=Hours.WORK,
        urgency=1,
    )
