"""A person asks that their data be erased, and it is, at once and in one transaction."""

from collections.abc import Collection
from datetime import date, datetime

from bot.domain.people import Person, PersonId
from bot.operations.erase_traces import empty_screens, mend_drafts
from bot.operations.find_mentions import keep_mentions
from bot.operations.secretariat import check_secretariat, list_secretariat
from bot.operations.take_down import take_down
from bot.texts import N_
from storage import access, digests, emptying, exemplars, nominations, notices, people, traces
from storage.database import Session

ERASED = "erased"
"""The kind of notice; its body is ``{"person_id"}``."""


async def erase_person(session: Session, me: Person, today: date, now: datetime) -> None:
    """Empty all that says who the person is; they are a stranger from then on.

    What stays holds their number and code alone: reasons that a head has opened, because they are about
    somebody else's work; the proof of consents; the audit log. The secretariat is told by the code, and
    shown where texts of others still name them. Raises Gone where what is published of them changes just now.
    """
    await _empty(session, me, now)
    await access.note(session, me.id, "erase", "person", me.id, now)
    for clerk in await list_secretariat(session, today):
        if clerk.id != me.id:
            occurrence = f"{me.id}:{now.isoformat()}"
            await notices.plan(session, ERASED, occurrence, clerk.id, {"person_id": me.id}, now)


async def erase_again(session: Session, person_ids: Collection[PersonId], now: datetime) -> list[str]:
    """A backup has brought people back who had been erased: they are erased again; answers their codes."""
    everybody = await people.list_people(session)
    back = [person for person in everybody if person.id in person_ids and not person.erased]
    for person in back:
        await _empty(session, person, now)
        await access.note(session, None, "erase", "person", person.id, now)
    return [person.code for person in back]


async def ask_correction(session: Session, me: Person, text: str, today: date, now: datetime) -> None:
    """Keep what a person says is wrong in their data and tell the secretariat."""
    request_id = await access.add_data_request(session, me.id, "correct", text, now)
    await access.note(session, me.id, "ask_correction", "data_request", request_id, now)
    for clerk in await list_secretariat(session, today):
        body = {"request_id": request_id}
        await notices.plan(session, "data_request", str(request_id), clerk.id, body, now)


async def settle_request(session: Session, me: Person, request_id: int, today: date, now: datetime) -> bool:
    """The secretariat has dealt with a request: the person is told; False if it was dealt with before.

    Raises NotAllowed.
    """
    check_secretariat(me, today)
    asked_by = await access.settle_data_request(session, request_id, now)
    if asked_by is None:
        return False
    await access.note(session, me.id, "settle_request", "data_request", request_id, now)
    told = {"id": N_("data.request_settled")}
    await notices.plan(session, "text", f"data_request:{request_id}", asked_by, told, now)
    return True


async def _empty(session: Session, me: Person, now: datetime) -> None:
    about = await emptying.find_about(session, me.id)
    words = await emptying.list_words(session, about)
    await empty_screens(session, me.full_name, words)
    await traces.empty_traces(session, me, now)
    await mend_drafts(session, me.full_name, about)
    await nominations.erase_person(session, me.id, about.nominations, now)
    await access.empty_access(session, me.id, now)
    await digests.remove_digest(session, me.id)
    await people.erase(session, me.id, now)
    for exemplar in await exemplars.list_exemplars(session, about.exemplars):
        await take_down(session, exemplar, me.id, now)
    await emptying.empty_life(session, about, now)
    await keep_mentions(session, me, now)
