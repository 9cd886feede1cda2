"""/tonghop: where a period stands, as a picture and a few lines; buttons lead through time and into it."""

from collections.abc import Awaitable, Callable

from bot.domain.errors import Refused
from bot.domain.roles import Role
from bot.domain.summary import Summary
from bot.messages import Button, Call
from bot.operations.compose_digest import SUBSCRIBING
from bot.operations.file_documents import FILERS, check_filer
from bot.operations.summarise import Scope
from bot.operations.summary_words import (
    Reader,
    addressed,
    is_asked,
    render,
    render_public,
    render_public_unit,
    render_unit,
)
from handlers import documents, export
from handlers.ask_period import behind, typed_period
from handlers.summary_parts import show_answers, show_kinds, show_movements, show_units
from handlers.summary_people import show_card, show_nominees, show_people
from handlers.summary_view import FLOW, OPEN, View, read_view, this_month
from handlers.turn import Turn
from storage import figures

__all__ = ["FLOW", "start", "tap"]


async def start(turn: Turn) -> None:
    """/tonghop: this month, or the period that is typed behind it."""
    typed = behind(turn)
    await _see(View(turn, typed_period(turn, typed) if typed else this_month(turn)))


async def tap(turn: Turn, call: Call) -> None:
    """A button of the summary. What has become somebody else's to see is answered with one's own summary."""
    view = read_view(turn, call)
    act = _ACTS.get(call.act)
    if view is None or act is None:
        raise Refused("stale")
    if not view.is_allowed or call.act.startswith(OPEN) is not (view.scope is Scope.PUBLIC):
        turn.toast = turn.plain("summary.other_scope")
        await _see(view.of(None))
        return
    await act(view, call)


async def _tap_see(view: View, _call: Call) -> None:
    await _see(view)


async def _see(view: View) -> None:
    if view.scope is Scope.PUBLIC:
        await _see_public(view)
        return
    turn, summary = view.turn, await view.summary()
    asked = is_asked(turn.config.timetable, view.period, turn.today)
    reader = Reader(turn.texts, addressed(turn.person), asked=asked)
    line = view.line_of_unit(summary)
    text = render_unit(summary, line, reader) if line else render(summary, reader)
    ways = _into_unit(view, summary) if line else _into_office(view, summary, asked=asked)
    rows = [*await view.ways_through_time(), *ways, _beside(view)]
    view.show(text, rows, view.chart(summary))


async def _see_public(view: View) -> None:
    turn, summary = view.turn, await view.summary()
    line = view.line_of_unit(summary)
    if view.unit_id is not None and line is None:
        raise Refused("stale")
    people = [view.button(turn.plain("button.public_people"), "people")] if summary.total else []
    if line:
        text = render_public_unit(summary, line, turn.texts)
        rows = [people, _beside(view)]
    else:
        months = view.period.month_names
        sent = await figures.count_sent(turn.session, turn.person.id, months[0], months[-1])
        text = render_public(summary, sent, turn.texts)
        parts = [
            view.button(turn.plain("button.units"), "units"),
            view.button(turn.plain("button.kinds"), "kinds"),
        ]
        nominate = Button(turn.plain("button.nominate"), str(Call("n", 0, 0, "more")))
        rows = [parts if summary.total else [], [*people, nominate]]
    view.show(text, [*await view.ways_through_time(), *rows], view.chart(summary))


def _into_office(view: View, summary: Summary, *, asked: bool) -> list[list[Button]]:
    turn = view.turn
    if not summary.lines:
        return []
    parts = [
        view.button(turn.plain("button.units"), "units"),
        view.button(turn.plain("button.kinds"), "kinds"),
        view.button(turn.plain("button.movements"), "movements"),
    ]
    row = [_people(view, summary)]
    if asked or summary.answered:
        row.append(view.button(turn.plain("button.answers"), "answers"))
    return [parts, row]


def _into_unit(view: View, summary: Summary) -> list[list[Button]]:
    turn, unit_id = view.turn, summary.lines[0].unit.id
    within = view.of(unit_id)
    row = [_people(within, summary)]
    if view.asker.knows_nominees_of(unit_id):
        row.append(
            within.button(turn.plain("button.nominees", n=turn.texts.number(summary.total)), "nominees")
        )
    parts = [
        within.button(turn.plain("button.kinds"), "kinds"),
        within.button(turn.plain("button.movements"), "movements"),
    ]
    return [parts, row]


def _people(view: View, summary: Summary) -> Button:
    n = view.turn.texts.number(summary.chosen)
    return view.button(view.turn.plain("button.chosen_people", n=n), "people")


def _beside(view: View) -> list[Button]:
    """[Tệp] and [Nhận định kỳ], or the way back to the units."""
    turn = view.turn
    if not view.is_whole:
        return view.of(None).back("units", row=view.unit_id or 0)
    digest = Button(turn.plain("button.digest"), str(Call(SUBSCRIBING, 0, 0, "open")))
    if any(turn.person.has(role, turn.today) for role in FILERS):
        return [view.button(turn.plain("button.files"), "files"), digest]
    return [digest]


async def _tap_files(view: View, _call: Call) -> None:
    """What there is to take away of the period."""
    turn = view.turn
    check_filer(turn.person, turn.today)
    period = str(view.period)
    rows = [[Button(turn.plain("button.documents"), str(Call(documents.FLOW, 0, 0, "period", period)))]]
    if turn.person.has(Role.SECRETARIAT, turn.today):
        rows.append([Button(turn.plain("button.export"), str(Call(export.FLOW, 0, 0, "period", period)))])
    summary = await view.summary()
    view.show(turn.say("summary.files", period=view.name), [*rows, view.back()], view.chart(summary))


_OF_EVERYBODY: dict[str, Callable[[View, Call], Awaitable[None]]] = {
    "see": _tap_see,
    "units": show_units,
    "kinds": show_kinds,
    "people": show_people,
    "card": show_card,
}
_ACTS: dict[str, Callable[[View, Call], Awaitable[None]]] = {
    **_OF_EVERYBODY,
    "movements": show_movements,
    "answers": show_answers,
    "nominees": show_nominees,
    "files": _tap_files,
    **{f"{OPEN}{act}": step for act, step in _OF_EVERYBODY.items()},
}
