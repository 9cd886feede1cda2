"""Messages to many go: what is approved and due is planned for everybody, followed, and reported."""

from dataclasses import replace
from datetime import datetime

from bot.config import Config
from bot.domain.hours import Hours
from bot.domain.people import PersonId
from bot.operations.find_audience import find_audience
from bot.operations.report_post import OPEN_STATES
from bot.operations.secretariat import list_secretariat
from storage import notices, posts
from storage.database import Session
from storage.posts import Post, PostKind, PostState

POST, PROGRESS, REPORT = "post", "progress", "post_report"
"""The kinds of notice: the message itself, how far it is, and what has become of it."""
_HOURS = {
    PostKind.BIG_DAY: Hours.DAYTIME,
    PostKind.CONTENT: Hours.WORK,
    PostKind.ANNOUNCEMENT: Hours.ANY,
    PostKind.HONOUR: Hours.DAYTIME,
}
_FOLLOWED = frozenset({PostKind.ANNOUNCEMENT, PostKind.HONOUR})
_TOLD_PER_POST = 20


async def is_anything_due(session: Session, now: datetime, config: Config) -> bool:
    """Whether `dispatch_due` may have something to do: one look at an index."""
    return any(_is_ripe(post, now, config) for post in await posts.list_due(session, now))


async def dispatch_due(session: Session, now: datetime, config: Config) -> int:
    """Move on every message whose time has come; answers with how many something happened.

    Deliveries have unique keys, so this may be called as often as one likes, and by several at once.
    """
    moved = 0
    for post in await posts.list_due(session, now):
        if post.state is PostState.SENDING:
            moved += await _follow(session, post, now, config)
        elif _is_ripe(post, now, config):
            if post.expires_at and post.expires_at <= now:
                moved += await _miss(session, post, now, config)
            else:
                moved += await _begin(session, post, now, config)
    return moved


def _is_ripe(post: Post, now: datetime, config: Config) -> bool:
    unasked = post.state is PostState.WAITING and config.big_days.unanswered == "skip"
    return not unasked or (post.expires_at is not None and post.expires_at <= now)


async def _miss(session: Session, post: Post, now: datetime, config: Config) -> bool:
    """Nobody decided in time, or the bot was down for as long as it made sense."""
    missed = await posts.change(session, replace(post, state=PostState.MISSED))
    if missed and post.state is PostState.APPROVED:
        await _report(session, missed, now, config)
    return missed is not None


async def _begin(session: Session, post: Post, now: datetime, config: Config) -> bool:
    sending = await posts.change(session, replace(post, state=PostState.SENDING))
    if sending is None:
        return False
    today = config.office.day_of(now)
    circle = await find_audience(session, post.audience, today)
    hours = _HOURS[post.kind]
    await notices.plan_for(
        session,
        POST,
        post.occurrence,
        [person.id for person in circle.reached],
        {"post_id": post.id},
        now,
        due_at=max(post.send_at, post.decided_at or post.send_at),
        expires_at=post.expires_at,
        hours=hours,
        urgency=2,
    )
    await _tell_author(session, sending, "0", now)
    return True


async def _follow(session: Session, post: Post, now: datetime, config: Config) -> bool:
    counts = await notices.count_of(session, POST, post.occurrence)
    total = sum(counts.values())
    ended = total - sum(counts.get(state, 0) for state in OPEN_STATES)
    if await posts.is_telling(session, post):
        return False  # the next word takes the place of this one, whose number is not known yet
    if ended == total:
        done = await posts.change(session, replace(post, state=PostState.DONE))
        if done:
            await _tell_author(session, done, "end", now)
            await _report(session, done, now, config)
        return done is not None
    if ended - post.told < max(1, total // _TOLD_PER_POST):
        return False
    await posts.set_told(session, post, ended)
    return await _tell_author(session, post, str(ended), now)


async def _tell_author(session: Session, post: Post, step: str, now: datetime) -> bool:
    """How far it is, in one message that changes, to who announces or honours."""
    if post.kind not in _FOLLOWED or post.author_id is None:
        return False
    body = {"post_id": post.id}
    return await notices.plan(session, PROGRESS, f"{post.occurrence}:{step}", post.author_id, body, now)


async def _report(session: Session, post: Post, now: datetime, config: Config) -> None:
    """To who wrote it and who approved it; to the whole secretariat where nobody did."""
    told: set[PersonId] = {one for one in (post.author_id, post.decided_by) if one is not None}
    if not told:
        today = config.office.day_of(now)
        told = {clerk.id for clerk in await list_secretariat(session, today)}
    hours = Hours.ANY if post.kind is PostKind.ANNOUNCEMENT else Hours.WORK
    body = {"post_id": post.id}
    await notices.plan_for(session, REPORT, post.occurrence, told, body, now, hours=hours, urgency=1)
