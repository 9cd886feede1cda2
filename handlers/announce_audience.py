"""For whom an announcement is: everybody, or some units, or those who hold some roles."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.domain.errors import Gone
from bot.domain.people import Unit
from bot.domain.roles import Role
from bot.domain.writing import abridge
from bot.messages import Button, Call, in_rows
from bot.operations.find_audience import find_audience
from bot.operations.post_words import ROLES, audience_words
from bot.texts import Html
from handlers.announcement import FLOW, Announcement, Step, Writing, with_roles, with_units
from handlers.pages import known_page, page_buttons, pages_of, ticked
from handlers.turn import Turn
from storage import units

Go = Callable[[Turn, Announcement, Step], Awaitable[None]]
Act = Callable[[Turn, Writing, Call], Awaitable[None]]
_UNITS_A_PAGE = 8


async def show(turn: Turn, writing: Writing, note: Html | None = None) -> None:
    """Who is chosen, how many that reaches, and what may be changed."""
    circle = await find_audience(turn.session, writing.draft.audience, turn.today)
    text = turn.say(
        "announce.ask_audience",
        audience=await audience_words(turn.session, writing.draft.audience, turn.texts),
        n=turn.texts.number(len(circle.reached)),
        others=turn.texts.number(len(circle.others)),
    )
    rows = await (_unit_rows if writing.step is Step.UNITS else _role_rows)(turn, writing)
    turn.show(Html(f"{note}\n\n{text}") if note else text, rows, flow=FLOW)


async def _role_rows(turn: Turn, writing: Writing) -> list[list[Button]]:
    draft = writing.draft
    everybody = not draft.units and not draft.roles
    roles = [
        writing.button(ticked(turn.plain(name), chosen=role.value in draft.roles), "role", role.value)
        for role, name in ROLES.items()
    ]
    some = turn.plain("button.choose_units", n=turn.texts.number(len(draft.units)))
    return [
        [writing.button(ticked(turn.plain("button.everybody"), chosen=everybody), "everybody")],
        *in_rows(roles, 2),
        [writing.button(some if draft.units else turn.plain("button.choose_unit"), "units", "0")],
        [writing.button(turn.plain("button.go_on"), "preview")],
    ]


async def _unit_rows(turn: Turn, writing: Writing) -> list[list[Button]]:
    known = await units.list_units(turn.session, turn.today)
    pages = pages_of(len(known), _UNITS_A_PAGE)
    page = known_page(writing.draft.page, pages)
    shown = known[page * _UNITS_A_PAGE : (page + 1) * _UNITS_A_PAGE]

    def to(other: int) -> str:
        return writing.button("", "units", str(other)).data

    return [
        *([_unit_button(writing, unit)] for unit in shown),
        page_buttons(turn.texts, page, pages, to),
        [writing.button(turn.plain("button.chosen"), "audience")],
    ]


def _unit_button(writing: Writing, unit: Unit) -> Button:
    label = ticked(abridge(unit.name, 50), chosen=unit.code in writing.draft.units)
    return writing.button(label, "unit", str(unit.id))


def taps(go: Go) -> dict[str, Act]:
    """What the buttons do; `go` keeps what is chosen and asks again."""

    async def everybody(turn: Turn, writing: Writing, _call: Call) -> None:
        if not writing.draft.units and not writing.draft.roles:
            turn.again("")
            return
        await go(turn, replace(writing.draft, units=(), roles=()), Step.AUDIENCE)

    async def role(turn: Turn, writing: Writing, call: Call) -> None:
        if call.arg not in {known.value for known in ROLES}:
            raise Gone("stale")
        await go(turn, with_roles(writing.draft, Role(call.arg).value), Step.AUDIENCE)

    async def page(turn: Turn, writing: Writing, call: Call) -> None:
        await go(turn, replace(writing.draft, page=max(0, call.number)), Step.UNITS)

    async def unit(turn: Turn, writing: Writing, call: Call) -> None:
        known = await units.list_units(turn.session, turn.today)
        chosen = next((one for one in known if one.id == call.number), None)
        if chosen is None:
            raise Gone("stale")
        await go(turn, with_units(writing.draft, chosen.code), Step.UNITS)

    return {"everybody": everybody, "role": role, "units": page, "unit": unit}
