"""/baiviet: the articles for the portal, each as it will read, and what the secretariat may do with it.

Every button holds for the version of the article it stood below; who has agreed is looked at again each time.
"""

from bot.documents.article_words import (
    agreed_by,
    agreed_line,
    article_text,
    list_agreed,
    state_line,
    title_of,
)
from bot.domain.articles import Article, ArticleState
from bot.domain.errors import Gone
from bot.domain.writing import abridge
from bot.messages import Button, Call, Rows
from bot.operations import articles as operations
from bot.operations.articles import Opened, check_publishable, open_article
from bot.operations.compose_articles import FLOW, LOSSES, PUBLISHING, lost_name
from bot.operations.exemplar_words import published_in
from bot.texts import N_, Html
from handlers import articles_package, articles_pick
from handlers.articles_pick import to_articles
from handlers.pages import in_pages, known_page, page_buttons, pages_of, pieces, ticked
from handlers.turn import Turn
from handlers.workshop import ask_for, only_secretariat
from storage import articles

_A_PAGE = 8
_TABS = {
    ArticleState.DRAFT: N_("button.articles_draft"),
    ArticleState.APPROVED: N_("button.articles_approved"),
    ArticleState.PUBLISHED: N_("button.articles_published"),
    ArticleState.WITHDRAWN: N_("button.articles_withdrawn"),
}


# --- the list ---


async def start(turn: Turn) -> None:
    """/baiviet: what is being written; where nothing is, what is furthest."""
    only_secretariat(turn)
    counted = await articles.count_states(turn.session)
    await _list(turn, next((state for state in _TABS if counted.get(state)), ArticleState.DRAFT), 0)


async def tap(turn: Turn, call: Call) -> None:
    """A button of the list, of picking or of an article."""
    only_secretariat(turn)
    if call.act in articles_pick.TAPS:
        kept = await articles_pick.TAPS[call.act](turn, call)
        if kept is not None:
            await show(turn, kept, turn.say("article.kept"))
        return
    if call.act == "list":
        state, _, page = call.arg.partition(",")
        if state not in set(ArticleState) or not page.isdecimal():
            raise Gone("stale")
        await _list(turn, ArticleState(state), int(page[:6]))
        return
    act = _TAPS.get(call.act)
    if act is None:
        raise Gone("stale")
    opened = await open_article(turn.session, turn.person, call.row, turn.today)
    if call.act != "show" and call.version != opened.article.version:
        raise Gone("article.changed")
    await act(turn, opened, call)


async def _list(turn: Turn, state: ArticleState, wanted: int) -> None:
    texts, counted = turn.texts, await articles.count_states(turn.session)
    pages = pages_of(counted.get(state, 0), _A_PAGE)
    page = known_page(wanted, pages)
    shown, n = await articles.list_in_state(turn.session, state, most=_A_PAGE, skip=page * _A_PAGE)
    tabs = [
        Button(
            ticked(turn.plain(label, n=texts.number(counted.get(one, 0))), chosen=one is state),
            str(Call(FLOW, 0, 0, "list", f"{one},0")),
        )
        for one, label in _TABS.items()
    ]
    labels = [[Button(await _label(turn, one), _data(one, "show"))] for one in shown]
    published = Button(turn.plain("button.note_published"), str(Call(PUBLISHING, 0, 0, "list")))
    rows = [
        *labels,
        page_buttons(texts, page, pages, lambda to: str(Call(FLOW, 0, 0, "list", f"{state},{to}"))),
        tabs[:2],
        tabs[2:],
        [Button(turn.plain("button.new_article"), str(Call(FLOW, 0, 0, "new")))],
        [published] if counted.get(ArticleState.APPROVED) else [],
    ]
    turn.show(texts.count("article.list", n) if n else turn.say("article.none"), rows)


async def _label(turn: Turn, article: Article) -> str:
    opened = await operations.look_at(turn.session, article)
    title = title_of(article, opened.told, published_in(turn.config))
    mark = "! " if opened.lost and article.state is not ArticleState.WITHDRAWN else ""
    return abridge(f"{mark}{article.id}. {title}", 60)


# --- an article ---


async def show(turn: Turn, opened: Opened, note: Html | None = None, wanted: int = 0) -> None:
    """As it will read, and who has agreed to it."""
    blocks = [*([note, Html("")] if note else []), *await _blocks(turn, opened)]
    pages = in_pages(blocks)
    page = known_page(wanted, len(pages))
    article = opened.article
    turns = page_buttons(turn.texts, page, len(pages), lambda to: _data(article, "page", str(to)))
    turn.show(pages[page], [turns, *_ways(turn, opened), [to_articles(turn.texts, article.state)]])


async def _blocks(turn: Turn, opened: Opened) -> list[Html]:
    texts, article, zone = turn.texts, opened.article, turn.config.office.timezone
    head = [turn.say("article.head", number=article.id, state=state_line(article, texts, zone))]
    if article.url:
        head.append(turn.say("article.at", url=article.url))
    if article.state is ArticleState.WITHDRAWN:
        return head
    for number, loss in opened.lost.items():
        who = await lost_name(turn.session, number, texts)
        head.append(turn.say("article.lost", who=who, why=turn.plain(LOSSES[loss])))
    text = article_text(opened, turn.config, turn.now)
    blocks = [*head, Html(""), turn.say("article.line_title", title=text.title), Html("")]
    blocks += [turn.say("article.line", text=text.lead)]
    for story in text.stories:
        blocks += [Html(""), turn.say("article.line_story", name=story.name, who=story.who)]
        blocks += [
            turn.say("article.line", text=piece)
            for paragraph in story.paragraphs
            for piece in pieces(paragraph)
        ]
    agreed = await list_agreed(turn.session, opened, texts)
    lines = [
        turn.say("article.line_agreed", name=agreed_by(one, texts), said=agreed_line(one, texts, zone))
        for one in agreed
    ]
    return [*blocks, Html(""), turn.say("article.who_agreed"), *lines]


def _ways(turn: Turn, opened: Opened) -> Rows:
    article = opened.article

    def button(label: str, act: str) -> Button:
        return Button(turn.plain(label), _data(article, act))

    package = [button(N_("button.article_package"), "package")] if opened.told and not opened.lost else []
    approve = [button(N_("button.article_approve"), "approve")] if package else []
    published = Button(
        turn.plain("button.article_published"), str(Call(PUBLISHING, article.id, article.version, "pick"))
    )
    edit, drop = button(N_("button.article_edit"), "edit"), button(N_("button.article_drop"), "drop")
    return {
        ArticleState.DRAFT: [package, approve, [edit, drop]],
        ArticleState.APPROVED: [package, [published], [button(N_("button.article_reopen"), "reopen"), drop]],
        ArticleState.PUBLISHED: [package, [button(N_("button.article_down"), "down")]],
        ArticleState.WITHDRAWN: [],
    }[article.state]


def _data(article: Article, act: str, arg: str = "") -> str:
    return str(Call(FLOW, article.id, article.version, act, arg))


async def _tap_show(turn: Turn, opened: Opened, _call: Call) -> None:
    await show(turn, opened)


async def _tap_page(turn: Turn, opened: Opened, call: Call) -> None:
    await show(turn, opened, wanted=call.number)


async def _tap_approve(turn: Turn, opened: Opened, _call: Call) -> None:
    done = await operations.approve(turn.session, turn.person, opened.article, turn.config, turn.now)
    await show(turn, done, turn.say("article.approved"))


async def _tap_reopen(turn: Turn, opened: Opened, _call: Call) -> None:
    done = await operations.reopen(turn.session, turn.person, opened.article, turn.config, turn.now)
    await show(turn, done, turn.say("article.reopened"))


async def _tap_edit(turn: Turn, opened: Opened, _call: Call) -> None:
    await articles_pick.pick_again(turn, opened)


async def _tap_package(turn: Turn, opened: Opened, _call: Call) -> None:
    check_publishable(opened)
    args: dict[str, object] = {"article_id": opened.article.id, "version": opened.article.version}
    await ask_for(turn, articles_package.MAKE, args)
    back = Button(turn.plain("button.back"), _data(opened.article, "show"))
    turn.show(turn.say("article.packing", number=opened.article.id), [[back]])


async def _tap_drop(turn: Turn, opened: Opened, _call: Call) -> None:
    sure = Button(turn.plain("button.article_drop_sure"), _data(opened.article, "sure"))
    back = Button(turn.plain("button.back"), _data(opened.article, "show"))
    turn.show(turn.say("article.ask_drop", number=opened.article.id), [[sure], [back]])


async def _tap_down(turn: Turn, opened: Opened, call: Call) -> None:
    """[Đã gỡ]: asked once more, unless it has to go anyhow."""
    if opened.lost:
        await _tap_sure(turn, opened, call)
        return
    sure = Button(turn.plain("button.article_down_sure"), _data(opened.article, "sure"))
    back = Button(turn.plain("button.back"), _data(opened.article, "show"))
    turn.show(turn.say("article.ask_down", number=opened.article.id), [[sure], [back]])


async def _tap_sure(turn: Turn, opened: Opened, _call: Call) -> None:
    was_up = opened.article.state is ArticleState.PUBLISHED
    done = await operations.withdraw(turn.session, turn.person, opened.article, turn.config, turn.now)
    await show(turn, done, turn.say("article.taken_off" if was_up else "article.dropped"))


_TAPS = {
    "show": _tap_show,
    "page": _tap_page,
    "approve": _tap_approve,
    "reopen": _tap_reopen,
    "edit": _tap_edit,
    "package": _tap_package,
    "drop": _tap_drop,
    "down": _tap_down,
    "sure": _tap_sure,
}
