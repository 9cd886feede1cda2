"""Messages to many come up: each is a row some working days ahead, and the secretariat sees it."""

from datetime import date, datetime, timedelta

from bot.config import Config
from bot.domain.big_days import BigDay
from bot.domain.hours import Hours
from bot.domain.periods import first_instant, period_of
from bot.domain.roles import Role
from bot.domain.timetable import CONTENT, Occasion, OccasionKind
from bot.domain.writing import capital
from bot.operations.secretariat import list_secretariat
from bot.texts import N_, Texts, known_locale
from storage import contents, notices, posts
from storage.contents import Content, ContentState
from storage.database import Session
from storage.posts import NewPost, Post, PostKind, PostState

REVIEW, WARNING = "post_review", "post_warning"
"""The kinds of notice by which the secretariat sees one, and hears that it has not decided."""
_USED = {PostState.WAITING, PostState.APPROVED, PostState.SENDING, PostState.DONE}


async def plan_post(session: Session, occasion: Occasion, now: datetime, config: Config) -> Post | None:
    """What an occasion REVIEW, WARNING, GREETING or CONTENT asks for; answers the message it is about.

    The message is made by whichever comes first. Sending is `dispatch_due`'s.
    """
    post = await posts.find_by_key(session, _key(occasion))
    if post is None:
        post = await _make(session, occasion, now, config)
    if post and occasion.kind is OccasionKind.WARNING:
        await warn(session, post, now, config)
    return post


async def warn(session: Session, post: Post, now: datetime, config: Config) -> None:
    """Tell the secretariat that it has not decided about a message, if it has not."""
    if post.state is PostState.WAITING:
        await _tell(session, WARNING, post, post.send_at, now, config)


async def tell_for_review(session: Session, post: Post, now: datetime, config: Config) -> None:
    """Show a message to everybody of the secretariat."""
    await _tell(session, REVIEW, post, post.expires_at, now, config)


async def next_contents(session: Session) -> list[Content]:
    """The library's items that have not been sent, in the order in which they will be.

    Approved ones go before drafts, what the secretariat has passed over comes last.
    """
    uses = await contents.list_uses(session)
    used = {use.content_id for use in uses if use.state in _USED}
    passed = [use.content_id for use in uses if use.state is PostState.SKIPPED]
    waiting = [
        item
        for item in await contents.list_contents(session)
        if item.state is not ContentState.REMOVED and item.id not in used
    ]
    return sorted(
        waiting, key=lambda item: (passed.count(item.id), item.state is ContentState.DRAFT, item.id)
    )


async def _make(session: Session, occasion: Occasion, now: datetime, config: Config) -> Post | None:
    on = occasion.day_on or occasion.on
    if occasion.day_id == CONTENT:
        new = await _content_post(session, occasion, on, now, config)
    else:
        day = config.timetable.find_big_day(occasion.day_id)
        new = _big_day_post(occasion, day, on, config) if day else None
    post = await posts.add(session, new, now) if new else None
    if post:
        await tell_for_review(session, post, now, config)
    return post


def _big_day_post(occasion: Occasion, day: BigDay, on: date, config: Config) -> NewPost:
    send_at = datetime.combine(on, config.timetable.big_day_rules.hour, config.office.timezone)
    return NewPost(
        PostKind.BIG_DAY,
        _key(occasion),
        send_at,
        first_instant(on + timedelta(days=1), config.office.timezone),
        title=day.name,
        text=_own_words(day, on, config),
        words={"id": day.text_id, "values": day.fields(day.year_of(on))},
        audience=day.audience,
    )


def _own_words(day: BigDay, on: date, config: Config) -> str:
    """What the office has written into its data file, filled in; "" where it has written nothing."""
    fields = day.fields(day.year_of(on)) | {"name": day.name}
    form = config.office.address_form
    return day.text.format_map({**fields, "you": form, "You": capital(form)})


async def _content_post(
    session: Session, occasion: Occasion, on: date, now: datetime, config: Config
) -> NewPost | None:
    waiting = await next_contents(session)
    if not waiting:
        told = {"id": N_("library.used_up"), "role": Role.SECRETARIAT.value}
        clerks = await list_secretariat(session, config.office.day_of(now))
        for clerk in clerks:
            await notices.plan(
                session, "text", _key(occasion), clerk.id, told, now, hours=Hours.WORK, urgency=1
            )
        return None
    item = waiting[0]
    return NewPost(
        PostKind.CONTENT,
        _key(occasion),
        datetime.combine(on, config.timetable.content.hour, config.office.timezone),
        first_instant(period_of(on, 1).until_on, config.office.timezone),
        title=item.title,
        text=_with_source(item, config),
        content_id=item.id,
    )


def _with_source(item: Content, config: Config) -> str:
    """The item as it is posted, in the office's language: it is the office's own text."""
    office = config.office
    texts = Texts(known_locale(office.locale), office.timezone, office.address_form)
    return f"{item.body}\n\n{texts.plain('library.source', source=item.source)}" if item.source else item.body


def _key(occasion: Occasion) -> str:
    kind = PostKind.CONTENT if occasion.day_id == CONTENT else PostKind.BIG_DAY
    return f"{kind.value}:{occasion.key}"


async def _tell(
    session: Session, kind: str, post: Post, expires_at: datetime | None, now: datetime, config: Config
) -> None:
    today = config.office.day_of(now)
    await notices.plan_for(
        session,
        kind,
        f"{post.occurrence}:{post.version}",
        [clerk.id for clerk in await list_secretariat(session, today)],
        {"post_id": post.id},
        now,
        expires_at=expires_at,
        hours=Hours.WORK,
        urgency=1,
    )
