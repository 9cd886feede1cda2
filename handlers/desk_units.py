"""The desk's silent units and the people whom nothing reaches: who heads them, why, and [Nhắc lại]."""

from bot.domain.errors import Gone, Refused
from bot.domain.people import Person, UnitId
from bot.domain.periods import Period, read_period
from bot.domain.writing import abridge
from bot.messages import Button, Call
from bot.operations.desk import ask_unit_again, find_silent, list_asked
from bot.operations.plan_reminders import list_silent
from bot.texts import Html, join_html
from handlers.answer_card import to_desk
from handlers.desk_lists import A_PAGE, FLOW, button, show_list
from handlers.pages import known_page, page_buttons, pages_of
from handlers.turn import Turn
from storage import desk

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
    show_list(turn, title, lines, call, *([remind] if found else []))


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
    back = button(turn.plain("button.to_list"), "silent", str(period))
    turn.show(join_html(lines), [[remind] if one.reached else [], [back], [to_desk(turn.texts)]])


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
    show_list(turn, title, lines, call)


async def _tap_away_in(turn: Turn, call: Call) -> None:
    found = [one for one in await desk.list_unreachable(turn.session) if one.unit_id == call.row]
    if not found:
        raise Gone("desk.list_empty")
    pages = pages_of(len(found), A_PAGE)
    page = known_page(call.version, pages)
    lines = [
        turn.say(
            "desk.person_blocked" if one.blocked else "desk.person_outside",
            name=f"{one.full_name}, {one.post}" if one.post else one.full_name,
            phone=f" – {one.phone}" if one.phone else "",
        )
        for one in found[page * A_PAGE :][:A_PAGE]
    ]

    def to(other: int) -> str:
        return str(Call(FLOW, call.row, other, "away_in"))

    title = turn.say("desk.away_in", unit=found[0].unit_name)
    back = button(turn.plain("button.to_list"), "away")
    turn.show(join_html([title, *lines]), [page_buttons(turn.texts, page, pages, to), [back]])


TAPS = {
    "silent": _tap_silent,
    "unit": _tap_unit,
    "remind": _tap_remind,
    "away": _tap_away,
    "away_in": _tap_away_in,
}
"""Silent units and unreachable people, by what their buttons say."""
