"""The secretariat prepares what will be published: its words, its photo, and who is asked to agree."""

from dataclasses import replace
from datetime import datetime

from bot.config import Config
from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Consent, Exemplar, ExemplarState
from bot.domain.nominations import NomineeKind
from bot.domain.people import Person
from bot.domain.writing import clean, length
from bot.operations.follow_articles import follow_exemplar
from bot.operations.secretariat import check_secretariat
from storage import access, exemplars
from storage.database import Session

_TRIES = 3


def may_be_changed(exemplar: Exemplar) -> bool:
    """Whether its words, photo and representative are still open: neither published nor declined."""
    return (
        exemplar.state is ExemplarState.OPEN
        and exemplar.consent is not Consent.DECLINED
        and not exemplar.erased
    )


async def set_text(
    session: Session, me: Person, exemplar: Exemplar, typed: str, config: Config, now: datetime
) -> Exemplar:
    """Other words: a consent given for those before holds no more.

    Raises NotAllowed, Refused for words that are none or too long, and Gone where it is published, declined
    or changed meanwhile.
    """
    _check(me, exemplar, config, now)
    text = clean(typed)
    most = config.honours.text_max
    if not 1 <= length(text) <= most:
        raise Refused("exemplar.bad_text", most=most, now=length(text))
    changed = replace(_unasked(exemplar), text=text, text_version=exemplar.text_version + 1)
    return await _save(session, me, changed, "text", now)


async def set_photo(
    session: Session, me: Person, exemplar: Exemplar, photo: str | None, config: Config, now: datetime
) -> Exemplar:
    """Another photo (a Telegram file_id) on the picture, or none. Raises as `set_text` does."""
    _check(me, exemplar, config, now)
    if photo == exemplar.photo:
        raise Refused("exemplar.same_photo")
    changed = replace(_unasked(exemplar), photo=photo, text_version=exemplar.text_version + 1)
    return await _save(session, me, changed, "photo", now)


async def set_representative(
    session: Session, me: Person, exemplar: Exemplar, person: Person, config: Config, now: datetime
) -> Exemplar:
    """Who is asked for a group or a way of working; what somebody else said holds no more.

    Raises as `set_text` does, and Refused for a person's exemplar: nobody speaks for a person.
    """
    _check(me, exemplar, config, now)
    if exemplar.nominee.kind is NomineeKind.PERSON or person.left or person.erased:
        raise Refused("exemplar.not_representative")
    if person.id == exemplar.representative_id:
        return exemplar
    changed = replace(_unasked(exemplar), representative_id=person.id)
    return await _save(session, me, changed, f"representative {person.id}", now)


async def keep_card(session: Session, exemplar: Exemplar, card: str) -> Exemplar | None:
    """The picture (a Telegram file_id) of what `exemplar` says; None where that has changed meanwhile."""
    for _ in range(_TRIES):  # somebody else's change of the row may come between
        now_is = await exemplars.find_exemplar(session, exemplar.id)
        if now_is is None or now_is.text_version != exemplar.text_version:
            return None
        kept = replace(now_is, card=card, card_version=exemplar.text_version)
        saved = await exemplars.save_exemplar(session, kept)
        if saved is not None:
            return saved
    return None


def _check(me: Person, exemplar: Exemplar, config: Config, now: datetime) -> None:
    check_secretariat(me, config.office.day_of(now))
    if exemplar.consent is Consent.DECLINED:
        raise Gone("exemplar.declined")
    if not may_be_changed(exemplar):
        raise Gone("exemplar.fixed")


def _unasked(exemplar: Exemplar) -> Exemplar:
    return replace(exemplar, consent=Consent.NONE, consent_version=0, consent_at=None)


async def _save(session: Session, me: Person, changed: Exemplar, detail: str, now: datetime) -> Exemplar:
    saved = await exemplars.save_exemplar(session, changed)
    if saved is None:
        raise Gone("exemplar.changed")
    detail = f"{detail} v{saved.text_version}"
    await access.note(session, me.id, "prepare_exemplar", "exemplar", saved.id, now, detail)
    await follow_exemplar(session, saved, me.id, now)
    return saved
