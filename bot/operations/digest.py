"""A person wants the summary by itself, at another time, or no more; what has come due is planned."""

from dataclasses import replace
from datetime import date, datetime

from bot.config import Config
from bot.domain.digests import Cadence, Digest, Occasion, Wish, last_occasion, next_occasion, told_period
from bot.domain.errors import Gone, NotAllowed, Refused
from bot.domain.hours import Hours
from bot.domain.people import Person, PersonId
from bot.operations.summarise import Scope, scope_of
from storage import access, digests, followups, notices, people
from storage.database import Session
from storage.followups import Followup

DIGEST = "digest"
"""The kind of followup and of notice."""


async def digest_of(session: Session, person_id: PersonId) -> Digest:
    """What a person has asked for; version 0 and nothing where they never have."""
    found = await digests.find_digest(session, person_id)
    return found or Digest(person_id, Wish(Cadence.NONE, 0, 0), 0)


def may_subscribe(me: Person, today: date) -> bool:
    """Whether there is more for the person than what everybody may see."""
    return scope_of(me, today) is not Scope.PUBLIC


async def subscribe(
    session: Session, me: Person, wish: Wish, version: int, config: Config, now: datetime
) -> Digest:
    """Send the summary by itself from now on, in place of what `version` asked for.

    The same wish once more changes nothing. Raises NotAllowed for who sees what is public alone, Refused for
    a day or hour that cannot be, Gone where it has been changed since.
    """
    if not may_subscribe(me, config.office.day_of(now)):
        raise NotAllowed("digest.not_yours")
    if not wish.is_known:
        raise Refused("stale")
    before = await digest_of(session, me.id)
    if before.wish == wish:
        return before
    saved = await digests.save_digest(session, me.id, wish, version, now)
    if saved is None:
        raise Gone("digest.changed")
    await _await(session, saved, next_occasion(wish, now, config.timetable.calendar, config.office.timezone))
    await access.note(session, me.id, "digest_set", "person", me.id, now, detail=wish.cadence.value)
    return saved


async def stop_digest(session: Session, me: Person, version: int, now: datetime) -> None:
    """Send nothing any more. Raises Gone where the wish has been changed since."""
    before = await digest_of(session, me.id)
    if not before.is_on:
        return
    if not await digests.save_digest(session, me.id, _ended(before.wish), version, now):
        raise Gone("digest.changed")
    await access.note(session, me.id, "digest_stop", "person", me.id, now)


async def plan_digest(session: Session, followup: Followup, now: datetime, config: Config) -> None:
    """A digest has come due: it is sent once, for the latest day that has come, and the next is awaited.

    Nothing of what has been changed or stopped since; who sees what is public alone gets none any more.
    """
    person_id, zone = PersonId(followup.args["person_id"]), config.office.timezone
    digest = await digest_of(session, person_id)
    if not digest.is_on or digest.version != followup.args["version"]:
        return
    person = await people.get_person(session, person_id)
    if person.left or not may_subscribe(person, config.office.day_of(now)):
        await digests.save_digest(session, person_id, _ended(digest.wish), digest.version, now)
        await access.note(session, None, "digest_end", "person", person_id, now)
        return
    calendar, wish = config.timetable.calendar, digest.wish
    first = Occasion(date.fromisoformat(followup.args["day"]), followup.due_at)
    due = last_occasion(first, wish, now, calendar, zone)
    following = next_occasion(wish, max(due.at, now), calendar, zone)
    await notices.plan(
        session,
        DIGEST,
        f"{person_id}:{digest.version}:{due.day}",
        person_id,
        {"version": digest.version, "period": str(told_period(wish, due.day))},
        now,
        expires_at=following.at,
        hours=Hours.ANY,
        urgency=0,
    )
    await _await(session, digest, following)


async def _await(session: Session, digest: Digest, occasion: Occasion) -> None:
    key = f"{digest.person_id}:{digest.version}:{occasion.at.isoformat()}"
    args = {"person_id": digest.person_id, "version": digest.version, "day": occasion.day.isoformat()}
    await followups.add_followup(session, DIGEST, key, occasion.at, args)


def _ended(wish: Wish) -> Wish:
    return replace(wish, cadence=Cadence.NONE)
