"""What the secretariat reads when an exemplar of an article may not be published any more."""

from bot.domain.articles import ArticleState, Loss
from bot.domain.roles import Role
from bot.messages import Body, Button, Call, body
from bot.operations.articles import look_at
from bot.operations.follow_articles import LOST, TAKE_OFF
from bot.operations.notice_case import Case, Make
from bot.texts import N_, Texts, join_html
from storage import articles, exemplars
from storage.database import Session

FLOW, PUBLISHING = "ar", "ap"
"""The conversations: the articles, and /dadang."""
LOSSES = {
    Loss.ERASED: N_("article.loss_erased"),
    Loss.DECLINED: N_("article.loss_declined"),
    Loss.REMOVED: N_("article.loss_removed"),
    Loss.CHANGED: N_("article.loss_changed"),
}
"""Why an exemplar may not stand in an article."""


async def _take_off(case: Case) -> Body | None:
    article = await articles.find_article(case.session, case.values["article_id"])
    if article is None or article.state is not ArticleState.PUBLISHED:
        return None
    opened = await look_at(case.session, article)
    if not opened.lost or not case.person.has(Role.SECRETARIAT, case.today):
        return None
    lines = [case.texts.say("article.take_off", number=article.id, url=article.url)]
    for number, loss in opened.lost.items():
        lines.append(
            case.texts.say(
                "article.loss",
                who=await lost_name(case.session, number, case.texts),
                why=case.texts.plain(LOSSES[loss]),
            )
        )
    down = Call(FLOW, article.id, article.version, "down")
    look = Call(FLOW, article.id, article.version, "show")
    row = [
        Button(case.texts.plain("button.article_down"), str(down)),
        Button(case.texts.plain("button.look"), str(look)),
    ]
    return body(join_html(lines), [row])


async def _lost(case: Case) -> Body | None:
    article = await articles.find_article(case.session, case.values["article_id"])
    if article is None or not case.person.has(Role.SECRETARIAT, case.today):
        return None
    who = await lost_name(case.session, case.values["exemplar_id"], case.texts)
    if article.state is ArticleState.WITHDRAWN:
        return body(case.texts.say("article.lost_all", number=article.id, who=who))
    look = Button(case.texts.plain("button.look"), str(Call(FLOW, article.id, article.version, "show")))
    return body(case.texts.say("article.lost_one", number=article.id, who=who), [[look]])


async def lost_name(session: Session, exemplar_id: int, texts: Texts) -> str:
    """Whom an article has lost; nobody's name where they are erased."""
    exemplar = await exemplars.find_exemplar(session, exemplar_id)
    named = exemplar is not None and not exemplar.erased
    return (exemplar.nominee.name if exemplar and named else "") or texts.plain("person.erased")


KINDS: dict[str, Make] = {TAKE_OFF: _take_off, LOST: _lost}
"""What makes each kind of notice."""
