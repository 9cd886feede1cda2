"""The buttons of a reminder and of the list of silent units: [Nhắc lại] and [Nhắc tất cả]."""

from datetime import UTC, datetime

from bot.domain.errors import Refused
from bot.domain.periods import read_period
from bot.messages import Button, Call
from bot.operations.choose_exemplars import is_asked
from bot.operations.plan_reminders import list_silent, remind_all
from bot.operations.snooze import Reminded, find_reminded, list_offers, snooze
from handlers.nomination_card import period_name
from handlers.turn import Turn
from handlers.workshop import only_secretariat

FLOW = "rm"
_LATEST_S = 4_102_444_800
"""The year 2100: no button of ours says a later instant."""


async def tap(turn: Turn, call: Call) -> None:
    """A button; the reminder it speaks of is looked at again."""
    act = _TAPS.get(call.act)
    if act is None:
        raise Refused("stale")
    await act(turn, call)


# --- again later ---


async def _tap_ask(turn: Turn, call: Call) -> None:
    _ask(turn, await find_reminded(turn.session, turn.person, call.row, turn.config, turn.now))


def _ask(turn: Turn, reminded: Reminded) -> None:
    offers = list_offers(reminded, turn.config, turn.now)
    morning = turn.texts.weekday(offers.morning_on)
    labelled = (
        (turn.plain("button.in_an_hour"), offers.in_an_hour),
        (turn.plain("button.in_the_afternoon"), offers.in_the_afternoon),
        (turn.plain("button.in_the_morning", day=morning), offers.in_the_morning),
    )
    rows = [
        [Button(label, str(Call(FLOW, reminded.notice.id, 0, "at", str(int(at.timestamp())))))]
        for label, at in labelled
        if at is not None
    ]
    if not rows:
        close = turn.config.timetable.cycle(reminded.period).close.on
        raise Refused("snooze.too_late", close=turn.texts.day(close))
    turn.show(turn.say("snooze.ask", period=period_name(turn.texts, str(reminded.period))), rows)


async def _tap_at(turn: Turn, call: Call) -> None:
    if not 0 <= call.number < _LATEST_S:
        raise Refused("stale")
    due_at = datetime.fromtimestamp(call.number, UTC)
    if due_at <= turn.now:  # the screen is an old one: what is offered now
        turn.toast = turn.plain("snooze.past")
        await _tap_ask(turn, call)
        return
    await snooze(turn.session, turn.person, call.row, due_at, turn.config, turn.now)
    turn.session.after_commit(turn.house.wake)
    turn.show(turn.say("snooze.kept", at=turn.texts.moment(due_at)))


# --- all silent units ---


async def _tap_all(turn: Turn, call: Call) -> None:
    only_secretariat(turn)
    period = read_period(call.arg)
    if period is None or not is_asked(turn.config.timetable, period):
        raise Refused("stale")
    cycle = turn.config.timetable.cycle(period)
    if not cycle.reminders or turn.today < cycle.reminders[0].on:
        raise Refused("stale")
    if cycle.is_closed(turn.today):
        raise Refused("choose.closed", close=turn.texts.day(cycle.close.on))
    silent = await list_silent(turn.session, period, turn.today, turn.config)
    named = {"period": period_name(turn.texts, str(period))}
    if not silent:
        turn.show(turn.say("remind_all.none_silent", **named))
        return
    n = await remind_all(turn.session, turn.person, period, turn.now, turn.config)
    reached = sum(bool(one.reached) for one in silent)
    turn.session.after_commit(turn.house.wake)
    if n:
        turn.show(turn.texts.count("remind_all.done", n, units=turn.texts.number(reached), **named))
    elif reached:
        turn.show(turn.say("remind_all.done_today", **named))
    else:
        turn.show(turn.say("remind_all.nobody_reached", **named))


_TAPS = {"ask": _tap_ask, "at": _tap_at, "all": _tap_all}
