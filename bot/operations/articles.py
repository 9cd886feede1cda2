"""The secretariat makes articles for the portal of what was agreed to, and keeps where they stand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.config import Config
from bot.domain.articles import (
    TOLD_MAX,
    Article,
    ArticleState,
    Loss,
    Told,
    check_published_on,
    losses,
    may_be_told,
    read_url,
)
from bot.domain.errors import Gone, NotAllowed, Refused
from bot.domain.exemplars import Exemplar, ExemplarId
from bot.domain.people import Person
from bot.domain.periods import Period, read_period
from bot.operations.secretariat import check_secretariat
from storage import access, articles, exemplars
from storage.database import Session


@dataclass(frozen=True)
class Opened:
    """An article as it stands: the exemplars it may tell of, in order, and why it may not tell of others."""

    article: Article
    told: tuple[Exemplar, ...]
    lost: dict[ExemplarId, Loss]


async def open_article(session: Session, me: Person, article_id: int, today: date) -> Opened:
    """An article, looked at anew. Raises NotAllowed, and Gone where there is none."""
    check_secretariat(me, today)
    article = await articles.find_article(session, article_id)
    if article is None:
        raise Gone("article.gone")
    return await look_at(session, article)


async def look_at(session: Session, article: Article) -> Opened:
    """What an article tells of, as its exemplars are now."""
    ids = [one.exemplar_id for one in article.told]
    known = {one.id: one for one in await exemplars.list_exemplars(session, ids)}
    lost = losses(article, known)
    return Opened(article, tuple(known[one] for one in ids if one not in lost), lost)


def check_publishable(opened: Opened) -> None:
    """Raises NotAllowed where somebody told of has not agreed (any more), Refused where nobody is told of."""
    if opened.lost:
        raise NotAllowed("article.lost_consent")
    if not opened.told:
        raise Refused("article.nobody")


async def list_tellable(session: Session, period: Period) -> list[Exemplar]:
    """The exemplars of a period that an article may tell of, those of the latest month first."""
    months = set(period.month_names)
    ids = [number for number, month in await articles.list_tellable(session) if month in months]
    known = {one.id: one for one in await exemplars.list_exemplars(session, ids)}
    return [known[one] for one in ids if may_be_told(known[one])]


async def make_article(
    session: Session, me: Person, period: Period, picked: Sequence[int], config: Config, now: datetime
) -> Opened:
    """A draft about those exemplars of the period, in that order.

    Raises NotAllowed for who is not of the secretariat and for what nobody has agreed to, Refused for nobody
    and too many.
    """
    check_secretariat(me, config.office.day_of(now))
    told = await _told(session, period, picked)
    article = await articles.add_article(session, str(period), told, me.id, now)
    await _note(session, me, "make_article", article, now, f"{period} {len(told)}")
    return await look_at(session, article)


async def set_told(
    session: Session, me: Person, article: Article, picked: Sequence[int], config: Config, now: datetime
) -> Opened:
    """A draft is about others, or about them in another order. Raises as `make_article` does, and Gone."""
    check_secretariat(me, config.office.day_of(now))
    _check_state(article, {ArticleState.DRAFT})
    told = await _told(session, _period(article), picked)
    saved = await _save(session, replace(article, told=told), now)
    await _note(session, me, "change_article", saved, now, f"{len(told)} v{saved.version}")
    return await look_at(session, saved)


async def approve(session: Session, me: Person, article: Article, config: Config, now: datetime) -> Opened:
    """A draft is what the office wants to say. Raises NotAllowed, Refused, Gone."""
    check_secretariat(me, config.office.day_of(now))
    _check_state(article, {ArticleState.DRAFT})
    check_publishable(await look_at(session, article))
    approved = replace(article, state=ArticleState.APPROVED, approved_by=me.id, approved_at=now)
    saved = await _save(session, approved, now)
    await _note(session, me, "approve_article", saved, now, f"v{saved.version}")
    return await look_at(session, saved)


async def reopen(session: Session, me: Person, article: Article, config: Config, now: datetime) -> Opened:
    """What was approved is a draft again, and may be changed. Raises NotAllowed and Gone."""
    check_secretariat(me, config.office.day_of(now))
    _check_state(article, {ArticleState.APPROVED})
    again = replace(article, state=ArticleState.DRAFT, approved_by=None, approved_at=None)
    saved = await _save(session, again, now)
    await _note(session, me, "reopen_article", saved, now, f"v{saved.version}")
    return await look_at(session, saved)


async def publish(
    session: Session, me: Person, article: Article, url: str, on: date, config: Config, now: datetime
) -> Opened:
    """An approved article stands on the portal since a day. Raises NotAllowed, Refused, Gone."""
    today = config.office.day_of(now)
    check_secretariat(me, today)
    if article.state is ArticleState.DRAFT:
        raise Refused("article.not_approved", number=article.id)
    if article.state is ArticleState.PUBLISHED:
        raise Gone("article.published_already", number=article.id)
    _check_state(article, {ArticleState.APPROVED})
    check_publishable(await look_at(session, article))
    check_published_on(on, today)
    stands = replace(article, state=ArticleState.PUBLISHED, url=read_url(url), published_on=on)
    saved = await _save(session, stands, now)
    await _note(session, me, "publish_article", saved, now, f"{on} v{saved.version}")
    return await look_at(session, saved)


async def withdraw(session: Session, me: Person, article: Article, config: Config, now: datetime) -> Opened:
    """It is thrown away, or has been taken off the portal: its address, which may hold a name, is forgotten.

    Raises NotAllowed, and Gone where it is withdrawn or changed already.
    """
    check_secretariat(me, config.office.day_of(now))
    _check_state(article, set(ArticleState) - {ArticleState.WITHDRAWN})
    saved = await _save(session, replace(article, state=ArticleState.WITHDRAWN, url=""), now)
    await _note(session, me, "withdraw_article", saved, now, f"{article.state.value} v{saved.version}")
    return await look_at(session, saved)


async def _told(session: Session, period: Period, picked: Sequence[int]) -> tuple[Told, ...]:
    chosen = list(dict.fromkeys(picked))
    if not chosen:
        raise Refused("article.pick_one")
    if len(chosen) > TOLD_MAX:
        raise Refused("article.too_many", most=TOLD_MAX)
    known = {one.id: one for one in await exemplars.list_exemplars(session, chosen)}
    told = [known[ExemplarId(number)] for number in chosen if number in known]
    if len(told) < len(chosen) or not all(may_be_told(one) for one in told):
        raise NotAllowed("article.lost_consent")
    if not all(one.period in period.month_names for one in told):
        raise Gone("stale")
    return tuple(Told(one.id, one.text_version) for one in told)


def _period(article: Article) -> Period:
    period = read_period(article.period)
    assert period is not None  # noqa: S101 - written by us
    return period


def _check_state(article: Article, wanted: Collection[ArticleState]) -> None:
    if article.state not in wanted:
        raise Gone("article.changed")


async def _save(session: Session, article: Article, now: datetime) -> Article:
    saved = await articles.save_article(session, article, now)
    if saved is None:
        raise Gone("article.changed")
    return saved


async def _note(session: Session, me: Person, act: str, article: Article, now: datetime, detail: str) -> None:
    await access.note(session, me.id, act, "article", article.id, now, detail)
