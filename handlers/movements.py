"""/phongtrao: the movements and campaigns that run, those that are over, and each one's card.

Everybody reads; the secretariat adds, changes, reviews and ends them (handlers/movements_edit.py).
"""

from dataclasses import replace

from bot.domain.errors import Gone
from bot.domain.movements import LEVELS
from bot.domain.nominations import Movement, MovementKind
from bot.domain.roles import Role
from bot.domain.writing import abridge
from bot.messages import Button, Call, in_rows
from bot.operations import compose_movements
from bot.operations.compose_movements import (
    KINDS,
    LEVEL_WORDS,
    lesson_button,
    movement_text,
    reviewed_button,
)
from bot.operations.keep_movements import change_movement, resume_movement
from bot.texts import Html, join_html
from handlers import movements_edit
from handlers.lessons_below import lesson_rows
from handlers.pages import in_pages, known_page, page_buttons, pages_of, ticked
from handlers.turn import Turn
from handlers.workshop import only_secretariat
from storage import movements

FLOW = compose_movements.FLOW
_A_PAGE = 8
_RUNNING, _OVER = 0, 1


# --- the list ---


async def start(turn: Turn) -> None:
    """/phongtrao: what runs."""
    await _list(turn, _RUNNING, 0)


async def _list(turn: Turn, tab: int, wanted: int) -> None:
    known = await movements.list_movements(turn.session)
    over = [movement for movement in known if movement.is_over(turn.today)]
    running = [movement for movement in known if movement not in over]
    shown = over if tab == _OVER else running
    pages = pages_of(len(shown), _A_PAGE)
    page = known_page(wanted, pages)

    def to(other: int, of: int = tab) -> str:
        return str(Call(FLOW, 0, 0, "list", f"{of},{other}"))

    rows = [
        *([_line(one)] for one in shown[page * _A_PAGE : (page + 1) * _A_PAGE]),
        page_buttons(turn.texts, page, pages, to),
        [
            Button(
                ticked(turn.plain("button.running", n=len(running)), chosen=tab == _RUNNING), to(0, _RUNNING)
            ),
            Button(ticked(turn.plain("button.over", n=len(over)), chosen=tab == _OVER), to(0, _OVER)),
        ],
        *await movements_edit.ways_in(turn),
    ]
    if tab == _OVER:
        turn.show(turn.texts.count("movement.list_over", len(shown)), rows)
    else:
        turn.show(turn.texts.count("movement.list", len(shown)), rows)


def _line(movement: Movement) -> Button:
    return Button(abridge(movement.name, 60), str(Call(FLOW, movement.id, 0, "show")))


# --- the card ---


async def show(turn: Turn, movement: Movement, note: Html | None = None) -> None:
    """The movement as everybody reads it; the secretariat sees what may be done."""
    reviews = await movements.list_reviews(turn.session, movement.id)
    n = await movements.count_nominations(turn.session, movement.id)
    text = movement_text(movement, reviews, n, turn.texts)
    rows: list[list[Button]] = []
    if turn.person.has(Role.SECRETARIAT, turn.today):
        due = [one.review_on for one in reviews if one.done_at is None and one.review_on <= turn.today]
        rows = [[reviewed_button(movement, day, turn.texts)] for day in due[:3]]
        rows.append([lesson_button(movement, turn.texts)])
        ways = [_button(movement, turn.plain("button.edit"), "edit")]
        if not movement.is_over(turn.today):
            ways.append(_button(movement, turn.plain("button.end_movement"), "end"))
        elif movement.ended_on:
            ways.append(_button(movement, turn.plain("button.resume_movement"), "resume"))
        rows.append(ways)
    rows += await lesson_rows(turn, movement_id=movement.id)
    if any(one.note for one in reviews):
        notes = Call(FLOW, movement.id, 0, "notes", "0")
        rows.append([Button(turn.plain("button.review_notes"), str(notes))])
    tab = _OVER if movement.is_over(turn.today) else _RUNNING
    rows.append([Button(turn.plain("button.to_list"), str(Call(FLOW, 0, 0, "list", f"{tab},0")))])
    turn.show(join_html([*([note] if note else []), text], "\n\n"), rows)


async def _show_edit(turn: Turn, movement: Movement) -> None:
    """What of it is to change?"""
    only_secretariat(turn)
    kinds = [
        _button(movement, ticked(turn.plain(name), chosen=kind is movement.kind), "kind", kind.value)
        for kind, name in KINDS.items()
    ]
    levels = [
        _button(
            movement, ticked(turn.plain(LEVEL_WORDS[level]), chosen=level == movement.level), "level", str(n)
        )
        for n, level in enumerate(LEVELS)
    ]
    fields = [
        _button(movement, turn.plain(name), "field", step) for step, name in movements_edit.FIELDS.items()
    ]
    reviews = await movements.list_reviews(turn.session, movement.id)
    text = movement_text(movement, reviews, None, turn.texts)
    rows = [kinds, levels, *in_rows(fields, 2)]
    rows.append([Button(turn.plain("button.back"), str(Call(FLOW, movement.id, 0, "show")))])
    turn.show(join_html([text, turn.say("event.ask_field")], "\n\n"), rows)


async def _show_notes(turn: Turn, movement: Movement, wanted: int) -> None:
    """What each review found, in full, on pages."""
    reviews = await movements.list_reviews(turn.session, movement.id)
    blocks = [
        turn.say("movement.review_found", day=turn.texts.day(one.review_on), note=one.note)
        for one in reviews
        if one.note
    ]
    pages = in_pages([turn.say("movement.notes", name=movement.name), *blocks])
    page = known_page(wanted, len(pages))
    rows = [
        page_buttons(
            turn.texts, page, len(pages), lambda to: str(Call(FLOW, movement.id, 0, "notes", str(to)))
        ),
        [Button(turn.plain("button.back"), str(Call(FLOW, movement.id, 0, "show")))],
    ]
    turn.show(pages[page], rows)


def _button(movement: Movement, label: str, act: str, arg: str = "") -> Button:
    return Button(label, str(Call(FLOW, movement.id, movement.version, act, arg)))


# --- taps ---


async def tap(turn: Turn, call: Call) -> None:
    """A page, a movement, or what is to become of it."""
    if call.act == "list":
        tab, _, page = call.arg.partition(",")
        if tab not in {"0", "1"} or not (page.isascii() and page.isdigit() and len(page) < 6):
            raise Gone("stale")
        await _list(turn, int(tab), int(page))
        return
    if call.act == "add":
        await movements_edit.start(turn)
        return
    movement = await movements.find_movement(turn.session, call.row)
    if movement is None:
        raise Gone("stale")
    if call.act == "show":
        await show(turn, movement)
    elif call.act == "notes":
        await _show_notes(turn, movement, call.number)
    elif call.act == "review":
        await movements_edit.ask_review(turn, movement, call.arg)
    else:
        await _tap_change(turn, movement, call)


async def _tap_change(turn: Turn, movement: Movement, call: Call) -> None:
    only_secretariat(turn)
    if movement.version != call.version:
        raise Gone("movement.changed_meanwhile")
    if call.act == "edit":
        await _show_edit(turn, movement)
    elif call.act == "end":
        await movements_edit.ask_end(turn, movement)
    elif call.act == "resume":
        resumed = await resume_movement(turn.session, turn.person, movement, turn.config, turn.now)
        await show(turn, resumed, turn.say("movement.resumed"))
    elif call.act == "field" and call.arg in movements_edit.FIELDS:
        await movements_edit.ask_field(turn, movement, call.arg)
    elif call.act == "kind" and call.arg in set(MovementKind):
        await _change(turn, replace(movement, kind=MovementKind(call.arg)))
    elif call.act == "level" and 0 <= call.number < len(LEVELS):
        await _change(turn, replace(movement, level=LEVELS[call.number]))
    else:
        raise Gone("stale")


async def _change(turn: Turn, wished: Movement) -> None:
    changed = await change_movement(turn.session, turn.person, wished, turn.config, turn.now)
    await _show_edit(turn, changed)
