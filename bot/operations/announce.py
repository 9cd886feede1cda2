"""Somebody of the secretariat announces something of their own: approved by who writes it."""

from datetime import date, datetime, timedelta

from bot.clock import to_us
from bot.domain.audience import Audience
from bot.domain.errors import Refused
from bot.domain.people import Person
from bot.domain.typed_posts import read_text
from bot.operations.secretariat import check_secretariat
from storage import access, posts
from storage.database import Session
from storage.posts import NewPost, Post, PostKind, PostState

REGRET = timedelta(seconds=60)
"""How long something sent at once may be taken back."""
_MAKES_SENSE = timedelta(days=2)


async def announce(
    session: Session,
    me: Person,
    text: str,
    picture: str | None,
    audience: Audience,
    send_at: datetime,
    today: date,
    now: datetime,
) -> Post:
    """Let it go at `send_at`; it may be cancelled until then. Raises NotAllowed and Refused.

    What could not go within two days, because the bot was off, goes no more.
    """
    check_secretariat(me, today)
    if send_at <= now:
        raise Refused("announce.past")
    new = NewPost(
        PostKind.ANNOUNCEMENT,
        f"announcement:{me.id}:{to_us(now)}",
        send_at,
        send_at + _MAKES_SENSE,
        text=read_text(text, picture=picture is not None),
        picture=picture,
        audience=audience,
        state=PostState.APPROVED,
        author_id=me.id,
        decided_by=me.id,
        decided_at=now,
    )
    post = await posts.add(session, new, now)
    if post is None:
        raise Refused("stale")
    await access.note(session, me.id, "post", "post", post.id, now, "announce")
    return post
