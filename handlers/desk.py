"""/banlam: what waits for the secretariat, each a button that leads to a list and from there to a card.

What does not wait is not shown. Silent units and people whom nothing reaches are looked after here; all the
rest belongs to conversations of its own.
"""

from collections.abc import Callable, Sequence

from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import AnswerState, Consent
from bot.domain.people import Person, UnitId
from bot.domain.periods import Period, read_period
from bot.domain.writing import abridge
from bot.messages import Button, Call
from bot.operations import exemplar_words, post_words
from bot.operations.desk import Waiting, ask_unit_again, find_silent, list_asked, look_at_desk, pledged_until
from bot.operations.plan_reminders import list_silent
from bot.texts import N_, Html, join_html
from handlers import answer_card, office_list_views
from handlers.pages import known_page, page_buttons
from handlers.turn import Turn
from handlers.workshop import only_secretariat
from storage import access, desk, exemplars, posts
from storage.posts import PostState

FLOW = "dk"
_CHECKS, _LISTS = answer_card.FLOW, office_list_views.FLOW
_A_PAGE = 8
_POSTS_MAX = 500
_UNASKED, _READY = "unasked", "ready"
_TITLES = {
    _UNASKED: N_("desk.list_unasked"),
    Consent.ASKED.value: N_("desk.list_asked"),
    Consent.CHANGE.value: N_("desk.list_change"),
    _READY: N_("desk.list_ready"),
}


async def start(turn: Turn) -> None:
    """/banlam: everything that waits now."""
    waiting = await look_at_desk(turn.session, turn.person, turn.config, turn.now)
    rows = [[button] for button in _rows(turn, waiting)]
    title = turn.texts.count("desk.title", len(rows)) if rows else turn.say("desk.nothing")
    turn.show(title, [*rows, [_button(turn.plain("button.look_again"), "show")]])


def _rows(turn: Turn, waiting: Waiting) -> list[Button]:
    """A button for all that waits: what has a day first, then what somebody waits for."""
    counts, texts = waiting.counts, turn.texts
    year = turn.today.year
    silent = [
        _counted(turn, N_("desk.row_silent"), n, Call(FLOW, 0, 0, "silent", str(period)), str(period))
        for period, n in waiting.silent.items()
    ]
    lists = [
        _counted(turn, N_("desk.row_list"), n, Call(_LISTS, 0, 0, "pick", str(period)), str(period))
        for period, n in waiting.lists.items()
    ]
    plain = (
        (N_("desk.row_posts"), counts.posts, Call(FLOW, 0, 0, "posts")),
        (N_("desk.row_given"), counts.given, Call(_CHECKS, 0, 0, "list", AnswerState.GIVEN)),
        (
            N_("desk.row_returned"),
            counts.returned,
            Call(_CHECKS, 0, 0, "list", AnswerState.RETURNED),
        ),
        (N_("desk.row_change"), counts.change, Call(FLOW, 0, 0, "those", Consent.CHANGE)),
        (N_("desk.row_unasked"), counts.unasked, Call(FLOW, 0, 0, "those", _UNASKED)),
        (N_("desk.row_ready"), counts.ready, Call(FLOW, 0, 0, "those", _READY)),
        (N_("desk.row_asked"), counts.asked, Call(FLOW, 0, 0, "those", Consent.ASKED)),
        (N_("desk.row_requests"), counts.requests, Call(FLOW, 0, 0, "requests")),
        (N_("desk.row_mentions"), counts.mentions, Call("nm", 0, 0, "next")),
        (N_("desk.row_suggestions"), counts.suggestions, Call(FLOW, 0, 0, "suggestions")),
        (N_("desk.row_adoptions"), counts.adoptions, Call(FLOW, 0, 0, "adoptions")),
        (N_("desk.row_steps"), counts.steps, Call(FLOW, 0, 0, "steps")),
        (N_("desk.row_events"), counts.events, Call("ev", 0, 0, "list", str(year))),
        (N_("desk.row_unreachable"), counts.unreachable, Call(FLOW, 0, 0, "away")),
    )
    rest = [Button(texts.plain(label, n=texts.number(n)), str(call)) for label, n, call in plain if n]
    return [*rest[:1], *silent, *rest[1:], *lists] if counts.posts else [*silent, *rest, *lists]


def _counted(turn: Turn, label: str, n: int, call: Call, period: str) -> Button:
    named = {"period": turn.texts.period(period), "n": turn.texts.number(n)}
    return Button(turn.plain(label, **named), str(call))


async def tap(turn: Turn, call: Call) -> None:
    """A button of the desk or of one of its lists."""
    only_secretariat(turn)
    act = _TAPS.get(call.act)
    if act is None:
        raise Gone("stale")
    await act(turn, call)


async def _tap_show(turn: Turn, _call: Call) -> None:
    await start(turn)


def _list(turn: Turn, title: Html, lines: Sequence[Button], call: Call, *more: Button) -> None:
    """A page of buttons, each to its card, and the way back; `call.version` is the page."""
    pages = max(1, -(-len(lines) // _A_PAGE))
    page = known_page(call.version, pages)

    def to(other: int) -> str:
        return str(Call(FLOW, call.row, other, call.act, call.arg))

    rows = [
        *([line] for line in lines[page * _A_PAGE :][:_A_PAGE]),
        page_buttons(turn.texts, page, pages, to),
        list(more),
        [_to_desk(turn)],
    ]
    turn.show(title if lines else turn.say("desk.list_empty"), rows)


def _button(label: str, act: str, arg: str = "") -> Button:
    return Button(label, str(Call(FLOW, 0, 0, act, arg)))


def _to_desk(turn: Turn) -> Button:
    return answer_card.to_desk(turn.texts)


# --- messages, exemplars, requests, suggestions, copies, steps ---


async def _tap_posts(turn: Turn, call: Call) -> None:
    found = await posts.list_open(turn.session, _POSTS_MAX)
    waiting = [post for post in found if post.state is PostState.WAITING]
    lines = [
        post_words.button(post, abridge(post_words.name_of(post, turn.texts), 60), "card") for post in waiting
    ]
    _list(turn, turn.texts.count("desk.list_posts", len(waiting)), lines, call)


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
    _list(turn, turn.texts.count(_TITLES[call.arg], len(found)), lines, call)


async def _exemplar_ids(turn: Turn, which: str) -> list[int]:
    if which not in _TITLES:
        raise Gone("stale")
    if which == _UNASKED:
        return await desk.list_unasked(turn.session)
    if which == _READY:
        return await desk.list_ready(turn.session)
    return await desk.list_of_consent(turn.session, Consent(which))


async def _tap_requests(turn: Turn, call: Call) -> None:
    lines = []
    for number in await desk.list_requests(turn.session):
        request = await access.find_data_request(turn.session, number)
        if request is not None:
            label = abridge(f"{request.full_name}: {request.body}", 60)
            lines.append(Button(label, str(Call(FLOW, request.id, 0, "request"))))
    _list(turn, turn.texts.count("desk.list_requests", len(lines)), lines, call)


async def _tap_request(turn: Turn, call: Call) -> None:
    request = await access.find_data_request(turn.session, call.row)
    if request is None or request.settled:
        raise Gone("data.settled_already")
    values = {"name": request.full_name, "code": request.code, "unit": request.unit_name}
    settle = Button(turn.plain("button.settled"), str(Call("d", request.id, 0, "settle")))
    back = _button(turn.plain("button.to_list"), "requests")
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
    _list(turn, turn.texts.count("desk.list_suggestions", len(found)), lines, call)


async def _tap_adoptions(turn: Turn, call: Call) -> None:
    found = await desk.list_due_adoptions(turn.session, pledged_until(turn.config, turn.now))
    lines = [
        Button(
            abridge(f"{one.who} · {_name(turn, one.nominee_name)}", 60), str(Call("ad", one.id, 0, "card"))
        )
        for one in found
    ]
    _list(turn, turn.texts.count("desk.list_adoptions", len(found)), lines, call)


async def _tap_steps(turn: Turn, call: Call) -> None:
    found = await desk.list_overdue_steps(turn.session, turn.today)
    lines = [
        Button(
            abridge(f"{one.due_on:%d/%m} · {_name(turn, one.nominee_name)}: {one.text}", 60),
            str(Call("fo", one.exemplar_id, 0, "card")),
        )
        for one in found
    ]
    _list(turn, turn.texts.count("desk.list_steps", len(found)), lines, call)


def _name(turn: Turn, name: str) -> str:
    return name or turn.plain("person.erased")


# --- silent units ---


async def _tap_silent(turn: Turn, call: Call) -> None:
    period = _period(call)
    if period not in list_asked(turn.config, turn.today):
        raise Refused("desk.not_asked")
    found = await list_silent(turn.session, period, turn.today, turn.config)
    lines = [
        Button(
            abridge(one.unit.name if one.reached else f"⚠ {one.unit.name}", 60),
            str(Call(FLOW, one.unit.id, 0, "unit", str(period))),
        )
        for one in found
    ]
    remind = Button(turn.plain("button.remind_all"), str(Call("rm", 0, 0, "all", str(period))))
    cycle = turn.config.timetable.cycle(period)
    title = turn.texts.count(
        "desk.list_silent",
        len(found),
        period=turn.texts.period(str(period)),
        due=turn.texts.day(cycle.due.on),
        close=turn.texts.day(cycle.close.on),
    )
    _list(turn, title, lines, call, *([remind] if found else []))


async def _tap_unit(turn: Turn, call: Call) -> None:
    await _unit(turn, _period(call), UnitId(call.row))


async def _unit(turn: Turn, period: Period, unit_id: UnitId, heading: Html | None = None) -> None:
    one = await find_silent(turn.session, period, unit_id, turn.config, turn.today)
    cycle = turn.config.timetable.cycle(period)
    lines = [
        *([heading, Html("")] if heading else []),
        turn.say(
            "desk.unit",
            unit=one.unit.name,
            period=turn.texts.period(str(period)),
            due=turn.texts.day(cycle.due.on),
            close=turn.texts.day(cycle.close.on),
        ),
        *(turn.say("desk.head_reached", name=person.label) for person in one.reached),
        *(_why(turn, person) for person in one.unreached),
        *([] if one.reached or one.unreached else [turn.say("desk.no_head")]),
    ]
    remind = Button(turn.plain("button.remind_unit"), str(Call(FLOW, unit_id, 0, "remind", str(period))))
    back = _button(turn.plain("button.to_list"), "silent", str(period))
    turn.show(join_html(lines), [[remind] if one.reached else [], [back], [_to_desk(turn)]])


def _why(turn: Turn, person: Person) -> Html:
    phone = f" – {person.phone}" if person.phone else ""
    if person.blocked:
        return turn.say("desk.head_blocked", name=person.label, phone=phone)
    return turn.say("desk.head_outside", name=person.label, phone=phone)


async def _tap_remind(turn: Turn, call: Call) -> None:
    period, unit_id = _period(call), UnitId(call.row)
    n = await ask_unit_again(turn.session, turn.person, period, unit_id, turn.config, turn.now)
    turn.session.after_commit(turn.house.wake)
    said = turn.texts.count("desk.reminded", n) if n else turn.say("desk.reminded_today")
    await _unit(turn, period, unit_id, said)


def _period(call: Call) -> Period:
    period = read_period(call.arg)
    if period is None:
        raise Gone("stale")
    return period


# --- people whom nothing reaches ---


async def _tap_away(turn: Turn, call: Call) -> None:
    found = await desk.list_unreachable(turn.session)
    units = list(dict.fromkeys((one.unit_id, one.unit_name) for one in found))
    lines = [
        Button(
            f"{abridge(name, 50)}: {sum(one.unit_id == unit_id for one in found)}",
            str(Call(FLOW, unit_id, 0, "away_in")),
        )
        for unit_id, name in units
    ]
    blocked = sum(one.blocked for one in found)
    title = turn.texts.count("desk.list_away", len(found), blocked=blocked, outside=len(found) - blocked)
    _list(turn, title, lines, call)


async def _tap_away_in(turn: Turn, call: Call) -> None:
    found = [one for one in await desk.list_unreachable(turn.session) if one.unit_id == call.row]
    if not found:
        raise Gone("desk.list_empty")
    pages = -(-len(found) // _A_PAGE)
    page = known_page(call.version, pages)
    lines = [
        turn.say(
            "desk.person_blocked" if one.blocked else "desk.person_outside",
            name=f"{one.full_name}, {one.post}" if one.post else one.full_name,
            phone=f" – {one.phone}" if one.phone else "",
        )
        for one in found[page * _A_PAGE :][:_A_PAGE]
    ]
    to: Callable[[int], str] = lambda other: str(Call(FLOW, call.row, other, "away_in"))  # noqa: E731
    title = turn.say("desk.away_in", unit=found[0].unit_name)
    back = _button(turn.plain("button.to_list"), "away")
    turn.show(join_html([title, *lines]), [page_buttons(turn.texts, page, pages, to), [back]])


_TAPS = {
    "show": _tap_show,
    "posts": _tap_posts,
    "those": _tap_those,
    "requests": _tap_requests,
    "request": _tap_request,
    "suggestions": _tap_suggestions,
    "adoptions": _tap_adoptions,
    "steps": _tap_steps,
    "silent": _tap_silent,
    "unit": _tap_unit,
    "remind": _tap_remind,
    "away": _tap_away,
    "away_in": _tap_away_in,
}
