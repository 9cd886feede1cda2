"""The secretariat's word about a message to many: once, about the version that was seen."""

from dataclasses import replace
from datetime import date, datetime
from typing import NoReturn

from bot.config import Config
from bot.domain.big_days import Tone
from bot.domain.errors import Gone, Refused
from bot.domain.people import Person
from bot.domain.typed_posts import CAPTION_MAX, read_text
from bot.operations.secretariat import check_secretariat
from bot.texts import N_
from storage import access, contents, people, posts
from storage.contents import ContentState
from storage.database import Session
from storage.posts import Post, PostKind, PostState

_GONE = {
    PostState.WAITING: N_("post.gone_changed"),
    PostState.APPROVED: N_("post.gone_approved"),
    PostState.SKIPPED: N_("post.gone_skipped"),
    PostState.MISSED: N_("post.gone_missed"),
    PostState.SENDING: N_("post.gone_sending"),
    PostState.DONE: N_("post.gone_done"),
    PostState.CANCELLED: N_("post.gone_cancelled"),
}


async def approve(session: Session, me: Person, post: Post, today: date, now: datetime) -> Post:
    """It may go. Raises NotAllowed, and Gone where somebody else has decided or it is too late."""
    await _check(session, me, post, PostState.WAITING, today)
    if post.expires_at and post.expires_at <= now:
        raise Gone("post.too_late")
    decided = await _decide(session, me, post, PostState.APPROVED, now)
    item = await contents.find(session, post.content_id) if post.content_id else None
    if item and item.state is ContentState.DRAFT:
        await contents.change(session, replace(item, state=ContentState.APPROVED), now)
    return decided


async def skip(session: Session, me: Person, post: Post, today: date, now: datetime) -> Post:
    """It does not go this time. Raises as `approve` does."""
    await _check(session, me, post, PostState.WAITING, today)
    return await _decide(session, me, post, PostState.SKIPPED, now)


async def cancel(session: Session, me: Person, post: Post, today: date, now: datetime) -> Post:
    """What was approved does not go after all, as long as it has not begun. Raises as `approve` does."""
    await _check(session, me, post, PostState.APPROVED, today)
    return await _decide(session, me, post, PostState.CANCELLED, now)


async def edit_text(
    session: Session, me: Person, post: Post, typed: str, config: Config, today: date, now: datetime
) -> Post:
    """It says something else, to everybody in the same words. Raises as `approve` does, and Refused."""
    await _check(session, me, post, PostState.WAITING, today)
    text = read_text(typed, picture=post.picture is not None, solemn=is_solemn(post, config))
    return await _change(session, me, replace(post, text=text), "edit", now)


async def set_picture(
    session: Session, me: Person, post: Post, picture: str | None, today: date, now: datetime
) -> Post:
    """A picture (a Telegram file_id) goes with it, or none. Raises as `approve` does, and Refused."""
    await _check(session, me, post, PostState.WAITING, today)
    if picture and len(post.text.encode("utf-16-le")) // 2 > CAPTION_MAX:
        raise Refused("post.text_too_long_for_picture", maximum=CAPTION_MAX)
    detail = "picture" if picture else "no picture"
    return await _change(session, me, replace(post, picture=picture), detail, now)


def is_solemn(post: Post, config: Config) -> bool:
    """Whether it marks a day on which no emoji is fit."""
    if post.kind is not PostKind.BIG_DAY:
        return False
    day = config.timetable.find_big_day(post.key.rsplit(":", maxsplit=1)[-1])
    return day is not None and day.tone is Tone.SOLEMN


async def refuse_decided(session: Session, post: Post) -> NoReturn:
    """Say what has become of it, and by whom. Raises Gone."""
    by = await people.get_person(session, post.decided_by) if post.decided_by else None
    raise Gone(_GONE[post.state], name=(by.full_name or by.code) if by else "…")


async def _check(session: Session, me: Person, post: Post, state: PostState, today: date) -> None:
    check_secretariat(me, today)
    if post.state is not state:
        await refuse_decided(session, post)


async def _decide(session: Session, me: Person, post: Post, state: PostState, now: datetime) -> Post:
    decided = replace(post, state=state, decided_by=me.id, decided_at=now)
    return await _change(session, me, decided, state.value, now)


async def _change(session: Session, me: Person, post: Post, detail: str, now: datetime) -> Post:
    changed = await posts.change(session, post)
    if changed is None:
        await refuse_decided(session, await posts.find(session, post.id) or post)
    await access.note(session, me.id, "post", "post", post.id, now, f"{detail} v{changed.version}")
    return changed
