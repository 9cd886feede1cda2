"""What was published about an exemplar is taken down, everywhere."""

from dataclasses import replace
from datetime import datetime

from bot.config import Config
from bot.domain.errors import Gone
from bot.domain.exemplars import Exemplar, ExemplarState
from bot.domain.people import Person, PersonId
from bot.domain.roles import Role
from bot.operations.dispatch_posts import POST
from bot.operations.follow_articles import follow_exemplar
from bot.operations.secretariat import check_secretariat
from storage import access, exemplars, honours, notices, people, posts
from storage.database import Session
from storage.honours import Honour
from storage.notices import State
from storage.posts import PostState

HONOUR, HONOUR_COUNT, HONOUR_DELETE, BY_HAND = "honour", "honour_count", "honour_delete", "honour_by_hand"
"""The kinds of notice: the post in a chat, its button's count, its removal, the plea to remove it by hand."""


async def take_back_honour(
    session: Session, me: Person, exemplar: Exemplar, config: Config, now: datetime
) -> Exemplar:
    """The office itself takes an honour down. Raises NotAllowed, and Gone for what is not honoured."""
    check_secretariat(me, config.office.day_of(now))
    if exemplar.state is not ExemplarState.HONOURED:
        raise Gone("exemplar.changed")
    return await take_down(session, exemplar, me.id, now)


async def take_down(
    session: Session, exemplar: Exemplar, person_id: PersonId | None, now: datetime
) -> Exemplar:
    """It is published nowhere any more: what waits is cancelled, what was sent is deleted.

    `person_id` is who caused it, None the program; the right to it is the caller's cause: a consent taken
    back, an erasure, the office's decision. Done before, nothing happens. Raises Gone where the row has
    changed since `exemplar` was read.
    """
    if exemplar.state is ExemplarState.REMOVED:
        return exemplar
    removed = await exemplars.save_exemplar(session, replace(exemplar, state=ExemplarState.REMOVED))
    if removed is None:
        raise Gone("exemplar.changed")
    placed = await honours.list_of(session, exemplar.id)
    for honour in placed:
        if honour.post_id is not None:
            await _take_back_post(session, honour, now)
        elif honour.chat_id is not None:
            await _take_back_in_chat(session, honour, now)
    await honours.remove_of(session, exemplar.id, now)
    await follow_exemplar(session, removed, person_id, now)
    await access.note(session, person_id, "take_down", "exemplar", exemplar.id, now, str(len(placed)))
    return removed


async def _take_back_in_chat(session: Session, honour: Honour, now: datetime) -> None:
    await honours.cancel(session, HONOUR, honour.occurrence, now)
    delivered = await honours.find_delivery(session, honour)
    if delivered is None or delivered.state not in {State.SENT, State.SENDING, State.UNKNOWN}:
        return
    sender = await a_clerk(session) or honour.person_id
    await notices.plan(
        session,
        HONOUR_DELETE,
        honour.occurrence,
        sender,
        {"honour_id": honour.id},
        now,
        chat_id=delivered.chat_id,
    )


async def _take_back_post(session: Session, honour: Honour, now: datetime) -> None:
    post = await posts.find(session, honour.post_id or 0)
    if post is None:
        return
    await honours.cancel(session, POST, post.occurrence, now)
    if post.state in {PostState.WAITING, PostState.APPROVED}:
        await posts.change(session, replace(post, state=PostState.CANCELLED))
    await honours.forget_title(session, post.id)
    told = await honours.list_copies(session, post.occurrence)
    body = {"post_id": post.id}
    await notices.plan_for(session, HONOUR_DELETE, post.occurrence, told, body, now, urgency=2)


async def a_clerk(session: Session) -> PersonId | None:
    """In whose name it is removed: who honoured it may have left."""
    clerks = await people.list_with_role(session, Role.SECRETARIAT)
    return next((clerk.id for clerk in clerks if clerk.is_reached and not clerk.left), None)
