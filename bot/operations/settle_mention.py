"""The secretariat looks at a text that names somebody who was erased: the name goes, or is another's."""

from dataclasses import replace
from datetime import date, datetime

from bot.domain.errors import Gone, Refused
from bot.domain.mentions import Outcome, digest, without
from bot.domain.nominations import Nominee
from bot.domain.people import Person
from bot.operations.secretariat import check_secretariat
from storage import access, entries, exemplars, mentions, nominations
from storage.database import Session
from storage.mentions import Mention, Place


async def drop_name(
    session: Session, me: Person, mention_id: int, instead: str, today: date, now: datetime
) -> Mention:
    """Put other words in place of the name.

    Raises NotAllowed; Gone where somebody of the secretariat was quicker, or the text has changed since it
    was found to name the person.
    """
    mention = await _open(session, me, mention_id, today)
    text = await mentions.find_text(session, mention.place)
    if text is None or digest(text.body) != mention.digest:
        raise Gone("mention.changed")
    await _put(session, mention.place, without(text.body, mention.spans, instead))
    await _settle(session, me, mention, Outcome.DROPPED, now)
    return mention


async def keep_name(session: Session, me: Person, mention_id: int, today: date, now: datetime) -> Mention:
    """It is somebody else's name. Raises NotAllowed, and Gone where somebody was quicker."""
    mention = await _open(session, me, mention_id, today)
    text = await mentions.find_text(session, mention.place)
    as_found = text is not None and digest(text.body) == mention.digest
    await _settle(session, me, mention, Outcome.KEPT if as_found else Outcome.CHANGED, now)
    return mention


async def _open(session: Session, me: Person, mention_id: int, today: date) -> Mention:
    check_secretariat(me, today)
    mention = await mentions.find_mention(session, mention_id)
    if mention is None or mention.settled:
        raise Gone("mention.settled")
    return mention


async def _settle(session: Session, me: Person, mention: Mention, outcome: Outcome, now: datetime) -> None:
    if not await mentions.settle(session, mention, outcome, me.id, now):
        raise Gone("mention.settled")
    detail = f"{mention.place.subject} {mention.place.key} {mention.place.field} {outcome.value}"
    await access.note(session, me.id, "settle_mention", "name_mention", mention.id, now, detail)


async def _put(session: Session, place: Place, body: str) -> None:
    if place.subject == "exemplars":
        await _put_published(session, int(place.key), body)
    elif place.subject == "nominations":
        await _put_nominee(session, int(place.key), body)
    else:
        await mentions.set_text(session, place, body)


async def _put_published(session: Session, exemplar_id: int, text: str) -> None:
    """The consent to what is published holds: nothing new is said. The picture is to be drawn anew."""
    exemplar = await exemplars.find_exemplar(session, exemplar_id)
    changed = replace(exemplar, text=text, card=None) if exemplar else None
    if changed is None or await exemplars.save_exemplar(session, changed) is None:
        raise Gone("mention.changed")


async def _put_nominee(session: Session, nomination_id: int, name: str) -> None:
    entry = await entries.find_entry(session, nomination_id)
    if entry is None:
        raise Gone("mention.changed")
    renamed: Nominee = replace(entry.nominee, name=name)
    if await entries.find_entry_of(session, renamed.key, entry.period) is not None:
        raise Refused("mention.name_taken")
    await nominations.rename_nominee(session, nomination_id, name, renamed.key)
