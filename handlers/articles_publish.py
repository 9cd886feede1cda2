"""/dadang: an approved article has appeared. Which, where, on which day; in one message or in three."""

from datetime import date
from typing import Any

from bot.documents.article_words import title_of
from bot.domain.articles import Article, ArticleState, read_published, read_published_on
from bot.domain.errors import Gone, NotAllowed, Refused
from bot.domain.writing import abridge, clean
from bot.messages import Button, Call, Rows
from bot.operations.articles import Opened, check_publishable, look_at, open_article, publish
from bot.operations.compose_articles import PUBLISHING
from bot.operations.exemplar_words import published_in
from bot.texts import Html, join_html
from handlers import articles as shown
from handlers.articles_pick import to_articles
from handlers.ask_period import behind
from handlers.incoming import Sort
from handlers.turn import Turn
from handlers.workshop import only_secretariat
from storage import articles, conversations
from storage.conversations import StoredDraft

_MOST = 20
_WHICH, _URL, _DAY = "which", "url", "day"


async def start(turn: Turn) -> None:
    """/dadang, alone or with a number, an address and a day behind it."""
    only_secretariat(turn)
    await conversations.drop_draft(turn.session, turn.person.id, PUBLISHING)
    rest = behind(turn)
    if rest:
        await _take(turn, rest)
    else:
        await _ask_which(turn)


async def _take(turn: Turn, said: str) -> None:
    """A number, an address, or both and a day."""
    number, _, typed = said.partition(" ")
    if number.isascii() and number.isdigit() and len(number) < 10:
        opened = await _approved(turn, int(number))
        if typed:
            await _take_all(turn, opened, typed)
        else:
            await _ask_about(turn, opened)
    elif "://" in number:
        await _take_address_alone(turn, said)
    else:
        await _ask_which(turn, turn.say("article.how_published"))


async def _take_all(turn: Turn, opened: Opened, typed: str) -> None:
    try:
        url, on = read_published(typed, turn.today)
    except Refused as refusal:
        await _ask_url(turn, opened, turn.say(refusal.message_id, **refusal.values))
        return
    await _publish(turn, opened, url, on)


async def _take_address_alone(turn: Turn, typed: str) -> None:
    """Whose it is, is clear where one article waits."""
    url, on = read_published(typed, turn.today)
    said = {"url": url, "on": on.isoformat()}
    waiting, _ = await articles.list_in_state(turn.session, ArticleState.APPROVED, most=_MOST)
    if len(waiting) == 1:
        await _ask_day(turn, await look_at(turn.session, waiting[0]), said)
        return
    await _keep(turn, _WHICH, {**said, "told": [told for one in waiting for told in _told(one)]})
    await _ask_which(turn)


# --- which ---


async def _ask_which(turn: Turn, note: Html | None = None) -> None:
    waiting, _ = await articles.list_in_state(turn.session, ArticleState.APPROVED, most=_MOST)
    text = turn.say("article.ask_which" if waiting else "article.none_approved")
    rows: Rows = [[Button(await _label(turn, one), _data(one))] for one in waiting]
    words = join_html([*([note] if note else []), text], "\n\n")
    turn.show(words, [*rows, [_to_list(turn)]], flow=PUBLISHING if waiting else "")


async def _label(turn: Turn, article: Article) -> str:
    opened = await look_at(turn.session, article)
    return abridge(f"{article.id}. {title_of(article, opened.told, published_in(turn.config))}", 60)


def _data(article: Article) -> str:
    return str(Call(PUBLISHING, article.id, article.version, "pick"))


async def _approved(turn: Turn, number: int) -> Opened:
    opened = await open_article(turn.session, turn.person, number, turn.today)
    state = opened.article.state
    if state is ArticleState.DRAFT:
        raise Refused("article.not_approved", number=number)
    if state is ArticleState.PUBLISHED:
        raise Gone("article.published_already", number=number)
    if state is ArticleState.WITHDRAWN:
        raise Gone("article.gone")
    check_publishable(opened)
    return opened


async def tap(turn: Turn, call: Call) -> None:
    """Which one; or that all is right as it is shown."""
    only_secretariat(turn)
    if call.act == "list":
        await conversations.drop_draft(turn.session, turn.person.id, PUBLISHING)
        await _ask_which(turn)
    elif call.act == "pick":
        opened = await _approved(turn, call.row)
        if opened.article.version != call.version:
            raise Gone("article.changed")
        await _ask_about(turn, opened)
    elif call.act == "go":
        draft = await turn.draft(PUBLISHING)
        if draft is None or draft.step != _DAY or (draft.id, draft.version) != (call.row, call.version):
            raise Gone("stale")
        on = date.fromisoformat(draft.fields["on"])
        await _publish(turn, await _of(turn, draft), draft.fields["url"], on)
    else:
        raise Gone("stale")


async def _ask_about(turn: Turn, opened: Opened) -> None:
    """Where it appeared, unless that was said before which one it is."""
    draft = await turn.draft(PUBLISHING)
    if draft is not None and draft.step == _WHICH:
        await _ask_day(turn, opened, {"url": draft.fields["url"], "on": draft.fields["on"]})
    else:
        await _ask_url(turn, opened)


# --- where and when ---


async def receive(turn: Turn) -> None:
    """The address, perhaps with the day behind it; or another day; or, of which it is, the number."""
    only_secretariat(turn)
    draft = await turn.draft(PUBLISHING)
    typed = clean(turn.incoming.text, multiline=False) if turn.incoming.sort is Sort.TEXT else ""
    if draft is None or draft.step == _WHICH:
        await _take(turn, typed)
        return
    opened = await _of(turn, draft)
    try:
        if draft.step == _DAY and "://" not in typed:
            url, on = draft.fields["url"], read_published_on(typed, turn.today)
        else:
            url, on = read_published(typed, turn.today)
    except (Gone, NotAllowed):
        raise
    except Refused as refusal:
        turn.show(turn.say(refusal.message_id, **refusal.values), _below(turn, draft), flow=PUBLISHING)
        return
    await _ask_day(turn, opened, {"url": url, "on": on.isoformat()})


async def _ask_url(turn: Turn, opened: Opened, note: Html | None = None) -> None:
    await _keep(turn, _URL, _fields(opened))
    title = title_of(opened.article, opened.told, published_in(turn.config))
    ask = turn.say("article.ask_url", number=opened.article.id, title=title)
    text = join_html([*([note] if note else []), ask], "\n\n")
    turn.show(text, [[_to_list(turn)]], flow=PUBLISHING)


async def _ask_day(turn: Turn, opened: Opened, said: dict[str, Any]) -> None:
    draft = await _keep(turn, _DAY, {**_fields(opened), **said})
    on = date.fromisoformat(said["on"])
    text = turn.say(
        "article.ask_sure",
        number=opened.article.id,
        title=title_of(opened.article, opened.told, published_in(turn.config)),
        url=said["url"],
        day=turn.texts.day(on),
    )
    turn.show(text, _below(turn, draft), flow=PUBLISHING)


def _below(turn: Turn, draft: StoredDraft) -> Rows:
    go = Button(turn.plain("button.article_sure"), str(Call(PUBLISHING, draft.id, draft.version, "go")))
    return [[go] if draft.step == _DAY else [], [_to_list(turn)]]


async def _publish(turn: Turn, opened: Opened, url: str, on: date) -> None:
    done = await publish(turn.session, turn.person, opened.article, url, on, turn.config, turn.now)
    await conversations.drop_draft(turn.session, turn.person.id, PUBLISHING)
    await shown.show(turn, done, turn.say("article.published"))


async def leave(turn: Turn) -> None:
    """/huy: nothing is changed."""
    await conversations.drop_draft(turn.session, turn.person.id, PUBLISHING)
    turn.show(turn.say("article.left"), [[_to_list(turn)]])


def _fields(opened: Opened) -> dict[str, Any]:
    article = opened.article
    return {"article_id": article.id, "version": article.version, "told": _told(article)}


def _told(article: Article) -> list[dict[str, int]]:
    """Its exemplars are named in the draft, so that a draft about somebody who is erased goes too."""
    return [{"exemplar_id": one.exemplar_id} for one in article.told]


async def _of(turn: Turn, draft: StoredDraft) -> Opened:
    opened = await _approved(turn, draft.fields["article_id"])
    if opened.article.version != draft.fields["version"]:
        raise Gone("article.changed")
    return opened


async def _keep(turn: Turn, step: str, fields: dict[str, Any]) -> StoredDraft:
    return await conversations.put_draft(turn.session, turn.person.id, PUBLISHING, step, fields, turn.now)


def _to_list(turn: Turn) -> Button:
    return to_articles(turn.texts, ArticleState.APPROVED)
