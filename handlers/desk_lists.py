"""The desk's lists of what belongs to other conversations: each line leads to its card there."""

from collections.abc import Sequence

from bot.domain.errors import Gone
from bot.domain.exemplars import Consent
from bot.domain.writing import abridge
from bot.messages import Button, Call
from bot.operations import exemplar_words, post_words
from bot.operations.desk import pledged_until
from bot.texts import N_, Html
from handlers.answer_card import to_desk
from handlers.pages import known_page, page_buttons, pages_of
from handlers.turn import Turn
from storage import access, desk, exemplars, posts
from storage.posts import PostState

FLOW = "dk"
A_PAGE = 8
UNASKED, READY = "unasked", "ready"
"""Exemplars that wait for the secretariat; the others wait for what was said about consent."""
_POSTS_MAX = 500
_TITLES = {
    UNASKED: N_("desk.list_unasked"),
    Consent.ASKED.value: N_("desk.list_asked"),
    Consent.CHANGE.value: N_("desk.list_change"),
    READY: N_("desk.list_ready"),
}


def show_list(turn: Turn, title: Html, lines: Sequence[Button], call: Call, *more: Button) -> None:
    """A page of buttons, each to its card, and the way back; `call.version` is the page."""
    pages = pages_of(len(lines), A_PAGE)
    page = known_page(call.version, pages)

    def to(other: int) -> str:
        return str(Call(FLOW, call.row, other, call.act, call.arg))

    rows = [
        *([line] for line in lines[page * A_PAGE :][:A_PAGE]),
        page_buttons(turn.texts, page, pages, to),
        list(more),
        [to_desk(turn.texts)],
    ]
    turn.show(title if lines else turn.say("desk.list_empty"), rows)


def button(label: str, act: str, arg: str = "") -> Button:
    """A button of the desk."""
    return Button(label, str(Call(FLOW, 0, 0, act, arg)))


async def _tap_posts(turn: Turn, call: Call) -> None:
    found = await posts.list_open(turn.session, _POSTS_MAX)
    waiting = [post for post in found if post.state is PostState.WAITING]
    lines = [
        post_words.button(post, abridge(post_words.name_of(post, turn.texts), 60), "card") for post in waiting
    ]
    show_list(turn, turn.texts.count("desk.list_posts", len(waiting)), lines, call)


async def _tap_those(turn: Turn, call: Call) -> None:
    ids = await _exemplar_ids(turn, call.arg)
    found = await exemplars.list_exemplars(turn.session, ids)
    lines = [
        Button(
            abridge(f"{one.nominee.name} · {one.unit_name}", 60),
            str(Call(exemplar_words.CARD, one.id, 0, "open")),
        )
        for one in found
    ]
    show_list(turn, turn.texts.count(_TITLES[call.arg], len(found)), lines, call)


async def _exemplar_ids(turn: Turn, which: str) -> list[int]:
    if which not in _TITLES:
        raise Gone("stale")
    if which == UNASKED:
        return await desk.list_unasked(turn.session)
    if which == READY:
        return await desk.list_ready(turn.session)
    return await desk.list_of_consent(turn.session, Consent(which))


async def _tap_requests(turn: Turn, call: Call) -> None:
    lines = []
    for number in await desk.list_requests(turn.session):
        request = await access.find_data_request(turn.session, number)
        if request is not None:
            label = abridge(f"{request.full_name}: {request.body}", 60)
            lines.append(Button(label, str(Call(FLOW, request.id, 0, "request"))))
    show_list(turn, turn.texts.count("desk.list_requests", len(lines)), lines, call)


async def _tap_request(turn: Turn, call: Call) -> None:
    request = await access.find_data_request(turn.session, call.row)
    if request is None or request.settled:
        raise Gone("data.settled_already")
    values = {"name": request.full_name, "code": request.code, "unit": request.unit_name}
    settle = Button(turn.plain("button.settled"), str(Call("d", request.id, 0, "settle")))
    back = button(turn.plain("button.to_list"), "requests")
    turn.show(turn.say("data.asked", **values, body=request.body), [[settle], [back]])


async def _tap_suggestions(turn: Turn, call: Call) -> None:
    found = await desk.list_suggestions(turn.session)
    zone = turn.config.office.timezone
    lines = [
        Button(
            abridge(f"{one.at.astimezone(zone):%d/%m} · {one.text}", 60), str(Call("su", one.id, 0, "show"))
        )
        for one in found
    ]
    show_list(turn, turn.texts.count("desk.list_suggestions", len(found)), lines, call)


async def _tap_adoptions(turn: Turn, call: Call) -> None:
    found = await desk.list_due_adoptions(turn.session, pledged_until(turn.config, turn.now))
    lines = [
        Button(
            abridge(f"{one.who} · {_name(turn, one.nominee_name)}", 60), str(Call("ad", one.id, 0, "card"))
        )
        for one in found
    ]
    show_list(turn, turn.texts.count("desk.list_adoptions", len(found)), lines, call)


async def _tap_steps(turn: Turn, call: Call) -> None:
    found = await desk.list_overdue_steps(turn.session, turn.today)
    lines = [
        Button(
            abridge(f"{one.due_on:%d/%m} · {_name(turn, one.nominee_name)}: {one.text}", 60),
            str(Call("fo", one.exemplar_id, 0, "card")),
        )
        for one in found
    ]
    show_list(turn, turn.texts.count("desk.list_steps", len(found)), lines, call)


async def _tap_reviews(turn: Turn, call: Call) -> None:
    found = await desk.list_reviews(turn.session, turn.today)
    lines = [
        Button(
            abridge(f"{one.review_on:%d/%m} · {one.name}", 60), str(Call("mo", one.movement_id, 0, "show"))
        )
        for one in found
    ]
    show_list(turn, turn.texts.count("desk.list_reviews", len(found)), lines, call)


async def _tap_outcomes(turn: Turn, call: Call) -> None:
    found = await desk.list_outcomes(turn.session, turn.now)
    zone = turn.config.office.timezone
    lines = [
        Button(
            abridge(f"{one.starts_at.astimezone(zone):%d/%m} · {one.title}", 60),
            str(Call("ev", one.id, 0, "show")),
        )
        for one in found
    ]
    show_list(turn, turn.texts.count("desk.list_outcomes", len(found)), lines, call)


def _name(turn: Turn, name: str) -> str:
    return name or turn.plain("person.erased")


TAPS = {
    "posts": _tap_posts,
    "those": _tap_those,
    "requests": _tap_requests,
    "request": _tap_request,
    "suggestions": _tap_suggestions,
    "adoptions": _tap_adoptions,
    "steps": _tap_steps,
    "reviews": _tap_reviews,
    "outcomes": _tap_outcomes,
}
"""The lists, by what their buttons say."""
