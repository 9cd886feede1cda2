"""The secretariat keeps the library: items are written, approved, sorted by topics, and taken away."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.errors import Gone
from bot.domain.people import Person
from bot.domain.timetable import OccasionKind, Timetable
from bot.domain.typed_posts import read_item
from bot.operations.plan_posts import next_contents
from bot.operations.secretariat import check_secretariat
from bot.texts import N_
from storage import access, contents, posts
from storage.contents import Content, ContentId, ContentState
from storage.database import Session
from storage.posts import PostState

TAGS = {
    "tư tưởng": N_("tag.thought"),
    "pháp luật": N_("tag.law"),
    "chính sách": N_("tag.policy"),
    "phong trào": N_("tag.movement"),
}
"""What items may be about, as rows keep it, and the ids of the words for it."""
_LOOKED_AHEAD = timedelta(days=800)
_CALLED_OFF = {PostState.WAITING: PostState.SKIPPED, PostState.APPROVED: PostState.CANCELLED}
_OPEN_MAX = 100
_SENT, _COMING = {PostState.SENDING, PostState.DONE}, {PostState.WAITING, PostState.APPROVED}


@dataclass(frozen=True)
class Sending:
    """When an item went out, or will."""

    at: datetime
    sent: bool


async def add_content(session: Session, me: Person, typed: str, today: date, now: datetime) -> Content:
    """A new item, a draft. Raises NotAllowed and Refused."""
    check_secretariat(me, today)
    item = read_item(typed)
    content = await contents.add(session, item.title, item.text, (), item.source, now)
    await _note(session, me, content, "add", now)
    return content


async def edit_content(
    session: Session, me: Person, content: Content, typed: str, today: date, now: datetime
) -> Content:
    """Other words for it: a draft again, until they are approved. Raises NotAllowed, Refused and Gone."""
    item = read_item(typed)
    edited = replace(content, title=item.title, body=item.text, source=item.source, state=ContentState.DRAFT)
    return await _change(session, me, edited, "edit", today, now)


async def set_state(
    session: Session, me: Person, content: Content, state: ContentState, today: date, now: datetime
) -> Content:
    """Approved, a draft again, or taken away: then it is not sent either. Raises NotAllowed and Gone."""
    changed = await _change(session, me, replace(content, state=state), state.value, today, now)
    if state is ContentState.REMOVED:
        await _call_off(session, me, content, now)
    return changed


async def toggle_tag(
    session: Session, me: Person, content: Content, tag: str, today: date, now: datetime
) -> Content:
    """About one thing more, or less. Raises NotAllowed and Gone."""
    chosen = set(content.tags) ^ {tag}
    tags = tuple(known for known in TAGS if known in chosen)
    return await _change(session, me, replace(content, tags=tags), "tags", today, now)


async def list_sendings(session: Session, timetable: Timetable, now: datetime) -> Mapping[ContentId, Sending]:
    """When each item went out last or will go out, as things stand: the unsent ones take the next slots."""
    found: dict[ContentId, Sending] = {}
    taken = set()
    for use in await contents.list_uses(session):
        if use.state in _SENT | _COMING:
            found[use.content_id] = Sending(use.send_at, use.state in _SENT)
            taken.add(use.send_at)
    ahead = timetable.between(now, now + _LOOKED_AHEAD)
    slots = [one.due_at for one in ahead if one.kind is OccasionKind.CONTENT and one.due_at not in taken]
    waiting = await next_contents(session)
    return found | {item.id: Sending(at, sent=False) for item, at in zip(waiting, slots, strict=False)}


async def _change(
    session: Session, me: Person, content: Content, act: str, today: date, now: datetime
) -> Content:
    check_secretariat(me, today)
    changed = await contents.change(session, content, now)
    if changed is None:
        raise Gone("library.changed")
    await _note(session, me, changed, act, now)
    return changed


async def _call_off(session: Session, me: Person, content: Content, now: datetime) -> None:
    for post in await posts.list_open(session, _OPEN_MAX):
        if post.content_id == content.id and post.state in _CALLED_OFF:
            state = _CALLED_OFF[post.state]
            await posts.change(session, replace(post, state=state, decided_by=me.id, decided_at=now))


async def _note(session: Session, me: Person, content: Content, act: str, now: datetime) -> None:
    await access.note(session, me.id, "content", "content", content.id, now, act)
