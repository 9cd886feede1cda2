"""Of whom an article tells: the period, then its exemplars one after another, in the order of the ticks."""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from bot.domain.articles import ArticleState
from bot.domain.errors import Gone
from bot.domain.exemplars import Exemplar, ExemplarId
from bot.domain.periods import Period, period_of, read_period
from bot.domain.writing import abridge, capital
from bot.messages import Button, Call, in_rows
from bot.operations import articles as operations
from bot.operations.articles import Opened, open_article
from bot.operations.compose_articles import FLOW
from bot.operations.exemplar_words import who
from bot.texts import Texts, join_html
from handlers.pages import known_page, page_buttons, pages_of
from handlers.turn import Turn
from storage import articles, conversations
from storage.conversations import StoredDraft

_A_PAGE = 6
_MONTHS_SHOWN = 6
_LONGER = (3, 6, 12)


# --- the period ---


async def _tap_new(turn: Turn, _call: Call) -> None:
    """Which period? Those in which somebody has agreed, the latest first."""
    months = [month for _, month in await articles.list_tellable(turn.session)]
    counted: Counter[Period] = Counter()
    for name in months:
        month = read_period(name)
        if month is not None:
            counted.update(period_of(month.first_on, length) for length in (1, *_LONGER))
    shown = sorted((one for one in counted if one.months == 1), reverse=True)[:_MONTHS_SHOWN]
    for length in _LONGER:
        shown += sorted((one for one in counted if one.months == length), reverse=True)[:1]
    buttons = [
        Button(turn.plain("article.period", period=name, n=n), str(Call(FLOW, 0, 0, "period", str(one))))
        for one in shown
        for said, n in [(turn.texts.period(str(one)), turn.texts.number(counted[one]))]
        for name in [capital(said)]
    ]
    text = turn.say("article.ask_period") if buttons else turn.say("article.nobody_agreed")
    turn.show(text, [*in_rows(buttons, 1), [to_articles(turn.texts)]])


async def _tap_period(turn: Turn, call: Call) -> None:
    period = read_period(call.arg)
    if period is None:
        raise Gone("stale")
    await _show(turn, await _keep(turn, {"period": str(period), "picked": [], "page": 0}))


async def pick_again(turn: Turn, opened: Opened) -> None:
    """Others, or another order: from what the draft holds now."""
    article = opened.article
    if article.state is not ArticleState.DRAFT:
        raise Gone("article.changed")
    fields = {
        "period": article.period,
        "picked": [{"exemplar_id": one.id} for one in opened.told],
        "page": 0,
        "article_id": article.id,
        "version": article.version,
    }
    await _show(turn, await _keep(turn, fields))


# --- the ticks ---


async def _keep(turn: Turn, fields: dict[str, Any]) -> StoredDraft:
    return await conversations.put_draft(turn.session, turn.person.id, FLOW, "pick", fields, turn.now)


async def _show(turn: Turn, draft: StoredDraft) -> None:
    texts, period = turn.texts, _period(draft)
    found = await operations.list_tellable(turn.session, period)
    known = {one.id: one for one in found}
    picked = [known[number] for number in picked_in(draft) if number in known]
    pages = pages_of(len(found), _A_PAGE)
    page = known_page(draft.fields["page"], pages)
    lines = [turn.say("article.ask_whom", period=texts.period(str(period)))]
    lines += [turn.say("article.picked", number=number, who=who(one)) for number, one in enumerate(picked, 1)]
    places = {one.id: number for number, one in enumerate(picked, 1)}
    done = Button(texts.plain("button.article_done", n=texts.number(len(picked))), _data(draft, "done"))
    rows = [
        *(
            [Button(_label(one, places.get(one.id, 0)), _data(draft, "tick", str(one.id)))]
            for one in found[page * _A_PAGE :][:_A_PAGE]
        ),
        page_buttons(texts, page, pages, lambda to: _data(draft, "turn", str(to))),
        [done] if picked else [],
        [Button(texts.plain("button.cancel"), _data(draft, "leave"))],
    ]
    text = join_html(lines) if found else turn.say("article.nobody_agreed")
    turn.show(text, rows, flow=FLOW)


def _label(exemplar: Exemplar, place: int) -> str:
    named = f"{exemplar.nominee.name} · {exemplar.unit_name}"
    return abridge(f"✓ {place}. {named}" if place else named, 60)


def _data(draft: StoredDraft, act: str, arg: str = "") -> str:
    return str(Call(FLOW, draft.id, draft.version, act, arg))


def picked_in(draft: StoredDraft) -> list[ExemplarId]:
    """The numbers of those who are ticked, in order."""
    return [ExemplarId(one["exemplar_id"]) for one in draft.fields["picked"]]


def _period(draft: StoredDraft) -> Period:
    period = read_period(draft.fields["period"])
    if period is None:
        raise Gone("stale")
    return period


async def _held(turn: Turn, call: Call) -> StoredDraft:
    draft = await turn.draft(FLOW)
    if draft is None or (draft.id, draft.version) != (call.row, call.version):
        raise Gone("stale")
    return draft


async def _tap_tick(turn: Turn, call: Call) -> None:
    draft = await _held(turn, call)
    picked = picked_in(draft)
    if call.number in picked:
        picked.remove(ExemplarId(call.number))
    elif call.number in {one.id for one in await operations.list_tellable(turn.session, _period(draft))}:
        picked.append(ExemplarId(call.number))
    else:
        raise Gone("stale")
    fields = {**draft.fields, "picked": [{"exemplar_id": number} for number in picked]}
    await _show(turn, await _keep(turn, fields))


async def _tap_turn(turn: Turn, call: Call) -> None:
    draft = await _held(turn, call)
    await _show(turn, await _keep(turn, {**draft.fields, "page": max(call.number, 0)}))


async def _tap_done(turn: Turn, call: Call) -> Opened:
    draft = await _held(turn, call)
    config, picked = turn.config, picked_in(draft)
    if "article_id" in draft.fields:
        opened = await open_article(turn.session, turn.person, draft.fields["article_id"], turn.today)
        if opened.article.version != draft.fields["version"]:
            raise Gone("article.changed")
        kept = await operations.set_told(turn.session, turn.person, opened.article, picked, config, turn.now)
    else:
        kept = await operations.make_article(
            turn.session, turn.person, _period(draft), picked, config, turn.now
        )
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    return kept


async def _tap_leave(turn: Turn, call: Call) -> None:
    await _held(turn, call)
    await leave(turn)


async def leave(turn: Turn) -> None:
    """/huy: nothing is changed."""
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    turn.show(turn.say("article.left"), [[to_articles(turn.texts)]])


def to_articles(texts: Texts, state: ArticleState = ArticleState.DRAFT) -> Button:
    """The way to the list of those in a state."""
    return Button(texts.plain("button.to_articles"), str(Call(FLOW, 0, 0, "list", f"{state},0")))


Pick = Callable[[Turn, Call], Awaitable[Opened | None]]

TAPS: dict[str, Pick] = {
    "new": _tap_new,
    "period": _tap_period,
    "tick": _tap_tick,
    "turn": _tap_turn,
    "done": _tap_done,
    "leave": _tap_leave,
}
"""What is pressed while picking; an article comes back where one is kept."""
