"""An exemplar may not be published as it was: the articles that tell of it follow at once.

What has not appeared loses it and has to be approved anew, or is withdrawn where nothing is left. What stands
on the portal only a person can take off: the secretariat is told, again every few days until that is done.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import to_us
from bot.config import Config
from bot.domain.articles import Article, ArticleState, Told, loss_of, losses
from bot.domain.errors import Gone
from bot.domain.exemplars import Exemplar
from bot.domain.hours import Hours
from bot.domain.people import PersonId
from bot.domain.roles import Role
from storage import access, articles, exemplars, followups, notices, people
from storage.database import Session
from storage.followups import Followup

TAKE_OFF, LOST = "article_take_off", "article_lost"
"""The kinds of notice: a published article has to go (a followup too); another has lost an exemplar."""
_AGAIN_AFTER = timedelta(days=3)
_TRIES = 3


async def follow_exemplar(
    session: Session, exemplar: Exemplar, person_id: PersonId | None, now: datetime
) -> None:
    """Look at the articles about an exemplar that has just changed; `person_id` is who changed it."""
    for _ in range(_TRIES):  # the secretariat may be changing an article just now
        followed = [
            await _follow(session, article, exemplar, person_id, now)
            for article in await articles.list_telling(session, exemplar.id)
        ]
        if all(followed):
            return
    raise Gone("exemplar.changed")


async def plan_take_off(session: Session, followup: Followup, now: datetime, _config: Config) -> None:
    """The article still stands on the portal, and still may not."""
    article = await articles.find_article(session, followup.args["article_id"])
    if article is not None and await must_be_taken_off(session, article):
        await _tell_take_off(session, article, now)


async def must_be_taken_off(session: Session, article: Article) -> bool:
    """Whether it stands on the portal and tells of somebody it may not tell of."""
    if article.state is not ArticleState.PUBLISHED:
        return False
    ids = [one.exemplar_id for one in article.told]
    known = {one.id: one for one in await exemplars.list_exemplars(session, ids)}
    return bool(losses(article, known))


async def _follow(
    session: Session, article: Article, exemplar: Exemplar, person_id: PersonId | None, now: datetime
) -> bool:
    """False where the article has changed meanwhile."""
    told = next(one for one in article.told if one.exemplar_id == exemplar.id)
    if loss_of(exemplar, told) is None:
        return True
    if article.state is ArticleState.PUBLISHED:
        await _tell_take_off(session, article, now)
        return True
    return await _lose(session, article, told, person_id, now)


async def _tell_take_off(session: Session, article: Article, now: datetime) -> None:
    body = {"article_id": article.id, "version": article.version}
    await _tell(session, TAKE_OFF, f"{article.id}:{to_us(now)}", body, now, Hours.DAYTIME)
    key = f"{article.id}:{to_us(now)}"
    await followups.add_followup(session, TAKE_OFF, key, now + _AGAIN_AFTER, {"article_id": article.id})


async def _lose(
    session: Session, article: Article, told: Told, person_id: PersonId | None, now: datetime
) -> bool:
    left = tuple(one for one in article.told if one != told)
    changed = replace(
        article,
        state=ArticleState.DRAFT if left else ArticleState.WITHDRAWN,
        told=left,
        approved_by=None,
        approved_at=None,
    )
    saved = await articles.save_article(session, changed, now)
    if saved is None:
        return False
    detail = f"-{told.exemplar_id} {saved.state.value} v{saved.version}"
    await access.note(session, person_id, "lose_exemplar", "article", article.id, now, detail)
    body = {"article_id": article.id, "exemplar_id": told.exemplar_id, "version": saved.version}
    await _tell(session, LOST, f"{article.id}:{told.exemplar_id}:{to_us(now)}", body, now, Hours.WORK)
    return True


async def _tell(
    session: Session, kind: str, occurrence: str, body: dict[str, int], now: datetime, hours: Hours
) -> None:
    clerks = await people.list_with_role(session, Role.SECRETARIAT)
    told = [clerk.id for clerk in clerks if clerk.is_reached and not clerk.left]
    await notices.plan_for(session, kind, occurrence, told, body, now, hours=hours, urgency=0)
