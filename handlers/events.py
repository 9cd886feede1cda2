"""/sukien: what is coming and what was held; an event's card, who comes, and its file for the calendar.

Everybody sees them and answers where they are invited; the secretariat makes them (handlers/events_make.py).
"""

from bot.domain.errors import Gone
from bot.domain.events import Event, EventState, Reply, is_led_by
from bot.domain.roles import Role
from bot.domain.writing import abridge
from bot.messages import Button, Call
from bot.operations import event_words
from bot.operations.event_occasions import find_guests
from bot.operations.event_words import event_text, ics_button, reply_rows, speaker_states
from bot.operations.reply_to_event import answer_to_speak, may_reply, reply_to_event
from bot.texts import Html, join_html
from handlers import events_file, events_make, events_outcome
from handlers.lessons_below import lesson_rows
from handlers.pages import in_pages, known_page, page_buttons, pages_of, ticked
from handlers.turn import Turn
from handlers.workshop import ask_for
from storage import events

FLOW = event_words.FLOW
_A_PAGE = 6
_COMING, _PAST = 0, 1


# --- the list ---


async def start(turn: Turn) -> None:
    """/sukien: what is coming."""
    await _list(turn, _COMING, 0)


async def _list(turn: Turn, tab: int, wanted: int) -> None:
    known = [event for event in await events.list_events(turn.session) if _is_listed(turn, event)]
    coming = [event for event in known if event.is_open(turn.now)]
    past = [event for event in reversed(known) if not event.is_open(turn.now)]
    shown = coming if tab == _COMING else past
    pages = pages_of(len(shown), _A_PAGE)
    page = known_page(wanted, pages)

    def to(other: int, of: int = tab) -> str:
        return str(Call(FLOW, 0, 0, "list", f"{of},{other}"))

    tabs = [
        Button(ticked(turn.plain("button.coming", n=len(coming)), chosen=tab == _COMING), to(0, _COMING)),
        Button(ticked(turn.plain("button.past", n=len(past)), chosen=tab == _PAST), to(0, _PAST)),
    ]
    rows = [
        *([_line(turn, event)] for event in shown[page * _A_PAGE : (page + 1) * _A_PAGE]),
        page_buttons(turn.texts, page, pages, to),
        tabs,
        *await events_make.ways_in(turn),
    ]
    if shown:
        text = turn.say("event.list_coming" if tab == _COMING else "event.list_past")
    else:
        text = turn.say("event.none_coming" if tab == _COMING else "event.none_past")
    turn.show(text, rows)


def _is_listed(turn: Turn, event: Event) -> bool:
    return event.state is not EventState.CANCELLED or _is_clerk(turn)


def _line(turn: Turn, event: Event) -> Button:
    at = event.starts_at.astimezone(turn.config.office.timezone)
    label = f"{at:%d/%m %H:%M} · {event.title}"
    if event.state is EventState.CANCELLED:
        label = turn.plain("event.line_off", label=label)
    elif event.awaits_outcome(turn.now) and is_led_by(event, turn.person, turn.today):
        label = turn.plain("event.line_waits", label=label)
    return Button(abridge(label, 60), str(Call(FLOW, event.id, 0, "show")))


# --- the card ---


async def show(turn: Turn, event: Event, note: Html | None = None) -> None:
    """The event as everybody reads it; who leads it sees the answers and what may be done."""
    blocks = [*([note] if note else []), await event_text(turn.session, event, turn.texts, turn.config)]
    rows: list[list[Button]] = []
    if event.is_open(turn.now) and await may_reply(turn.session, turn.person, event, turn.today):
        mine = await events.find_reply(turn.session, event.id, turn.person.id)
        rows += reply_rows(event, turn.texts, answer=mine[0] if mine else None)
    elif event.state is EventState.PLANNED:
        rows.append([ics_button(event, turn.texts)])
    if is_led_by(event, turn.person, turn.today):
        blocks.append(await _counts(turn, event))
        rows += _ways(turn, event)
    rows += await lesson_rows(turn, event_id=event.id)
    tab = _COMING if event.is_open(turn.now) else _PAST
    rows.append([Button(turn.plain("button.to_list"), str(Call(FLOW, 0, 0, "list", f"{tab},0")))])
    turn.show(join_html(blocks, "\n\n"), rows)


async def _counts(turn: Turn, event: Event) -> Html:
    circle = await find_guests(turn.session, event, turn.now, turn.config)
    replies = await events.list_replies(turn.session, event.id)
    yes = sum(one.answer is Reply.YES for one in replies)
    answered = {one.person_id for one in replies}
    silent = sum(person.id not in answered for person in circle.reached)
    number = turn.texts.number
    counted = turn.say(
        "event.counts",
        yes=number(yes),
        no=number(len(replies) - yes),
        silent=number(silent),
        others=number(len(circle.others)),
    )
    if not _is_clerk(turn):  # who is not published yet is not for the host's head to read
        return counted
    return join_html([counted, *await speaker_states(turn.session, event, turn.texts)])


def _ways(turn: Turn, event: Event) -> list[list[Button]]:
    comers = [_button(event, turn.plain("button.comers"), "who", "0")]
    clerk = _is_clerk(turn)
    if event.is_open(turn.now):
        ways = [
            _button(event, turn.plain("button.change_event"), "change"),
            _button(event, turn.plain("button.cancel_event"), "cancel"),
        ]
        return [comers, ways if clerk else []]
    if event.state is EventState.CANCELLED:
        return []
    again = event.state is EventState.HELD
    hold = _button(event, turn.plain("button.edit_outcome" if again else "button.write_outcome"), "hold")
    lesson = Button(turn.plain("button.add_lesson"), str(Call("le", event.id, 0, "event")))
    off = _button(event, turn.plain("button.not_held"), "cancel")
    return [comers, [hold], [lesson], [off] if clerk and not again else []]


def _button(event: Event, label: str, act: str, arg: str = "") -> Button:
    return Button(label, str(Call(FLOW, event.id, event.version, act, arg)))


async def _show_comers(turn: Turn, event: Event, wanted: int) -> None:
    """Who comes, by unit, on pages."""
    if not is_led_by(event, turn.person, turn.today):
        raise Gone("event.not_yours")
    lines: list[Html] = []
    unit = ""
    coming = [one for one in await events.list_replies(turn.session, event.id) if one.answer is Reply.YES]
    for one in coming:
        if one.unit_name != unit:
            unit = one.unit_name
            lines.append(turn.say("event.comers_of", unit=unit))
        lines.append(turn.say("event.comer", name=one.full_name or turn.plain("suggest.nobody")))
    pages = in_pages(lines)
    page = known_page(wanted, len(pages))
    heading = turn.texts.count("event.comers", len(coming), title=event.title)
    rows = [
        page_buttons(turn.texts, page, len(pages), lambda to: _button(event, "", "who", str(to)).data),
        [Button(turn.plain("button.back"), str(Call(FLOW, event.id, 0, "show")))],
    ]
    turn.show(join_html([heading, pages[page]], "\n\n"), rows)


# --- taps ---


async def tap(turn: Turn, call: Call) -> None:
    """A page, an event, an answer to it, or what is to become of it."""
    if call.act == "list":
        tab, _, page = call.arg.partition(",")
        if tab not in {"0", "1"} or not (page.isascii() and page.isdigit() and len(page) < 6):
            raise Gone("stale")
        await _list(turn, int(tab), int(page))
        return
    if call.act == "make":
        await events_make.start(turn)
        return
    event = await events.find_event(turn.session, call.row)
    act = _TAPS.get(call.act)
    if event is None or act is None:
        raise Gone("stale")
    await act(turn, event, call)


async def _tap_show(turn: Turn, event: Event, _call: Call) -> None:
    if not _is_listed(turn, event):
        raise Gone("event.is_off")
    await show(turn, event)


async def _tap_reply(turn: Turn, event: Event, call: Call) -> None:
    answer = Reply(call.act)
    await reply_to_event(turn.session, turn.person, event, answer, turn.today, turn.now)
    note = turn.say("event.you_come" if answer is Reply.YES else "event.you_do_not_come")
    await show(turn, event, note)


async def _tap_speak(turn: Turn, event: Event, call: Call) -> None:
    answer = Reply.YES if call.act == "speak" else Reply.NO
    await answer_to_speak(turn.session, turn.person, event, call.number, answer, turn.now)
    turn.session.after_commit(turn.house.wake)
    fresh = await events.find_event(turn.session, event.id)
    note = turn.say("event.you_speak" if answer is Reply.YES else "event.you_do_not_speak")
    await show(turn, fresh or event, note)


async def _tap_ics(turn: Turn, event: Event, _call: Call) -> None:
    await ask_for(turn, events_file.MAKE, {"event_id": event.id})
    turn.toast = turn.plain("event.ics_comes")


async def _tap_who(turn: Turn, event: Event, call: Call) -> None:
    await _show_comers(turn, event, call.number)


async def _tap_change(turn: Turn, event: Event, call: Call) -> None:
    _check_version(event, call)
    await events_make.begin_change(turn, event)


async def _tap_hold(turn: Turn, event: Event, call: Call) -> None:
    _check_version(event, call)
    await events_outcome.ask_attended(turn, event)


async def _tap_cancel(turn: Turn, event: Event, call: Call) -> None:
    _check_version(event, call)
    await events_outcome.ask_reason(turn, event)


def _check_version(event: Event, call: Call) -> None:
    if event.version != call.version:
        raise Gone("event.changed_meanwhile")


_TAPS = {
    "show": _tap_show,
    "yes": _tap_reply,
    "no": _tap_reply,
    "speak": _tap_speak,
    "silent": _tap_speak,
    "ics": _tap_ics,
    "who": _tap_who,
    "change": _tap_change,
    "hold": _tap_hold,
    "cancel": _tap_cancel,
}


def _is_clerk(turn: Turn) -> bool:
    return turn.person.has(Role.SECRETARIAT, turn.today)
