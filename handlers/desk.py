"""/banlam: what waits for the secretariat, each a button that leads to a list and from there to a card.

What does not wait is not shown. Silent units and people whom nothing reaches are looked after here; all the
rest belongs to conversations of its own.
"""

from bot.domain.errors import Gone
from bot.domain.exemplars import AnswerState, Consent
from bot.messages import Button, Call
from bot.operations import write_paper
from bot.operations.compose_articles import FLOW as ARTICLES
from bot.operations.desk import Waiting, look_at_desk
from bot.texts import N_
from handlers import desk_lists, desk_units
from handlers.answer_card import FLOW as CHECKS
from handlers.desk_lists import READY, UNASKED
from handlers.office_list_views import FLOW as LISTS
from handlers.turn import Turn
from handlers.workshop import only_secretariat

FLOW = desk_lists.FLOW


async def start(turn: Turn) -> None:
    """/banlam: everything that waits now."""
    waiting = await look_at_desk(turn.session, turn.person, turn.config, turn.now)
    rows = [[button] for button in _rows(turn, waiting)]
    title = turn.texts.count("desk.title", len(rows)) if rows else turn.say("desk.nothing")
    paper = Button(turn.plain("button.from_paper"), str(Call(write_paper.FLOW, 0, 0, "start")))
    again = Button(turn.plain("button.look_again"), str(Call(FLOW, 0, 0, "show")))
    made = Button(turn.plain("button.office_lists"), str(Call(LISTS, 0, 0, "all")))
    turn.show(title, [*rows, [made] if waiting.counts.lists else [], [paper, again]])


def _rows(turn: Turn, waiting: Waiting) -> list[Button]:
    """A button for all that waits: what has a day first, then what somebody waits for."""
    counts, texts = waiting.counts, turn.texts
    silent = [
        _counted(turn, N_("desk.row_silent"), n, Call(FLOW, 0, 0, "silent", str(period)), str(period))
        for period, n in waiting.silent.items()
    ]
    lists = [
        _counted(turn, N_("desk.row_list"), n, Call(LISTS, 0, 0, "pick", str(period)), str(period))
        for period, n in waiting.lists.items()
    ]
    plain = (
        (N_("desk.row_posts"), counts.posts, Call(FLOW, 0, 0, "posts")),
        (N_("desk.row_to_take_off"), counts.to_take_off, Call(ARTICLES, 0, 0, "list", "published,0")),
        (N_("desk.row_given"), counts.given, Call(CHECKS, 0, 0, "list", AnswerState.GIVEN)),
        (
            N_("desk.row_returned"),
            counts.returned,
            Call(CHECKS, 0, 0, "list", AnswerState.RETURNED),
        ),
        (N_("desk.row_change"), counts.change, Call(FLOW, 0, 0, "those", Consent.CHANGE)),
        (N_("desk.row_unasked"), counts.unasked, Call(FLOW, 0, 0, "those", UNASKED)),
        (N_("desk.row_ready"), counts.ready, Call(FLOW, 0, 0, "those", READY)),
        (N_("desk.row_asked"), counts.asked, Call(FLOW, 0, 0, "those", Consent.ASKED)),
        (N_("desk.row_requests"), counts.requests, Call(FLOW, 0, 0, "requests")),
        (N_("desk.row_mentions"), counts.mentions, Call("nm", 0, 0, "next")),
        (N_("desk.row_suggestions"), counts.suggestions, Call(FLOW, 0, 0, "suggestions")),
        (N_("desk.row_adoptions"), counts.adoptions, Call(FLOW, 0, 0, "adoptions")),
        (N_("desk.row_steps"), counts.steps, Call(FLOW, 0, 0, "steps")),
        (N_("desk.row_reviews"), counts.reviews, Call(FLOW, 0, 0, "reviews")),
        (N_("desk.row_events"), counts.events, Call("ev", 0, 0, "list", "0,0")),
        (N_("desk.row_outcomes"), counts.outcomes, Call(FLOW, 0, 0, "outcomes")),
        (N_("desk.row_approved"), counts.approved, Call(ARTICLES, 0, 0, "list", "approved,0")),
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


_TAPS = {
    "show": _tap_show,
    **desk_lists.TAPS,
    **desk_units.TAPS,
}
