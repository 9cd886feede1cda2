"""The life of an exemplar, read from the rows of everything that befell it."""

from datetime import UTC, datetime, time

from bot.domain.articles import ArticleState
from bot.domain.copying import AdoptionState
from bot.domain.exemplars import Consent, Exemplar
from bot.domain.timeline import Entry, Event, Sight, told
from bot.operations.follow_articles import must_be_taken_off
from storage import adoptions, articles, exemplars, fosterings, lessons, published
from storage.database import Session

_CONSENTS = {
    Consent.ASKED: Event.ASKED,
    Consent.CHANGE: Event.CHANGE,
    Consent.AGREED: Event.AGREED,
    Consent.DECLINED: Event.DECLINED,
}
_OPEN_LIST = "open"
_NOON = time(5)
"""Of the office's day, as an instant."""


async def list_life(
    session: Session, exemplar: Exemplar, sights: frozenset[Sight], now: datetime
) -> list[Entry]:
    """What befell an exemplar, in order, as far as somebody with these sights may read it."""
    entries = [
        *await _found(session, exemplar),
        *await _asked(session, exemplar),
        *await _honoured(session, exemplar),
        *await _on_portal(session, exemplar),
        *await _fostered(session, exemplar),
        *await _copied(session, exemplar),
        *await _spoken_of(session, exemplar, now),
    ]
    return told(entries, sights)


async def _found(session: Session, exemplar: Exemplar) -> list[Entry]:
    number = exemplar.nomination_id
    reasons = await published.list_reasons(session, number)
    found = [Entry(reasons[0], Event.NOMINATED, n=len(reasons))] if reasons else []
    for period, at in await published.list_choices(session, number):
        found.append(Entry(at, Event.CHOSEN, {"period": period, "unit": exemplar.unit_name}))
    found.append(Entry(exemplar.made_at, Event.ACCEPTED))
    for period, at, state in await published.list_office_choices(session, number):
        if state != _OPEN_LIST:
            found.append(Entry(at, Event.ON_LIST, {"period": period}))
    return found


async def _asked(session: Session, exemplar: Exemplar) -> list[Entry]:
    notes = await exemplars.list_consents(session, exemplar.id)
    return [Entry(note.at, _CONSENTS[note.answer]) for note in notes if note.answer in _CONSENTS]


async def _honoured(session: Session, exemplar: Exemplar) -> list[Entry]:
    places = await published.list_places(session, exemplar.id)
    found = [
        Entry(one.at, Event.REMOVED if one.removed else Event.HONOURED, {"place": one.place.value})
        for one in places
    ]
    n, last_at = await published.count_congratulations(session, exemplar.id)
    return [*found, Entry(last_at, Event.CONGRATULATED, n=n)] if last_at else found


async def _on_portal(session: Session, exemplar: Exemplar) -> list[Entry]:
    """Where articles about it stand; not one that has to go, whose address may name somebody."""
    return [
        Entry(datetime.combine(one.published_on, _NOON, UTC), Event.ON_PORTAL, {"url": one.url})
        for one in await articles.list_telling(session, exemplar.id)
        if one.state is ArticleState.PUBLISHED and one.published_on is not None
        if not await must_be_taken_off(session, one)
    ]


async def _fostered(session: Session, exemplar: Exemplar) -> list[Entry]:
    fostering = await fosterings.find_of(session, exemplar.id)
    if fostering is None:
        return []
    found = [Entry(fostering.made_at, Event.FOSTERED, {"mentor": fostering.mentor_name})]
    found += [
        Entry(step.done_at, Event.STEP_DONE, {"step": step.text, "result": step.result})
        for step in fostering.standing
        if step.done_at is not None
    ]
    if fostering.ended_at is not None:
        found.append(Entry(fostering.ended_at, Event.FOSTERING_ENDED, {"outcome": fostering.outcome}))
    return found


async def _copied(session: Session, exemplar: Exemplar) -> list[Entry]:
    found = []
    for one in await adoptions.list_adoptions(session, exemplar.id):
        if one.state is AdoptionState.DROPPED:
            continue
        found.append(Entry(one.pledged_at, Event.COPIED, {"who": one.name, "plan": one.plan}))
        if one.state is AdoptionState.DONE and one.ended_at is not None:
            values = {"who": one.name, "result": one.result}
            found.append(Entry(one.ended_at, Event.COPY_RESULT, values))
    return found


async def _spoken_of(session: Session, exemplar: Exemplar, now: datetime) -> list[Entry]:
    speeches = await published.list_speeches(session, exemplar.id, now)
    found = [Entry(began_at, Event.SPOKE, {"title": title}) for title, began_at in speeches]
    learnt, _ = await lessons.list_lessons(session, exemplar_id=exemplar.id)
    return [*found, *(Entry(one.at, Event.LESSON, {"text": one.text}) for one in learnt)]
