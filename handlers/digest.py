"""[Nhận định kỳ]: the summary comes by itself, weekly or monthly, on a day and at an hour of one's choice."""

from bot.domain.digests import HOURS, LAST_DAY, Cadence, Digest, Wish, next_occasion
from bot.domain.errors import Gone, NotAllowed, Refused
from bot.messages import Button, Call, Rows, in_rows
from bot.operations import digest
from bot.operations.compose_digest import SUBSCRIBING
from bot.texts import N_, Html, Texts, join_html
from handlers.pages import ticked
from handlers.summary_view import FLOW as SUMMARY
from handlers.summary_view import this_month
from handlers.turn import Turn

FLOW = SUBSCRIBING
_CADENCES = {Cadence.WEEKLY: N_("button.weekly"), Cadence.MONTHLY: N_("button.monthly")}
_WHEN = {Cadence.WEEKLY: N_("digest.weekly"), Cadence.MONTHLY: N_("digest.monthly")}


async def tap(turn: Turn, call: Call) -> None:
    """A step of the choice; it all stands in the button: ``monthly.5.8`` is the 5th at 8 o'clock."""
    if not digest.may_subscribe(turn.person, turn.today):
        raise NotAllowed("digest.not_yours")
    now = await digest.digest_of(turn.session, turn.person.id)
    if call.act == "open":
        _show(turn, now)
        return
    if call.act == "stop":
        await _stop(turn, call)
        return
    wish = _read(call.arg)
    if call.act == "day":
        _ask_day(turn, wish, call.version)
    elif call.act == "hour":
        _ask_hour(turn, wish, call.version)
    elif call.act == "set":
        await _set(turn, wish, call.version)
    else:
        raise Refused("stale")


def when(texts: Texts, wish: Wish) -> Html:
    """Every Monday at 08:00."""
    day = texts.day_of_week(wish.day) if wish.cadence is Cadence.WEEKLY else wish.day
    return texts.say(_WHEN[wish.cadence], day=day, hour=_clock(wish.hour))


def _show(turn: Turn, now: Digest) -> None:
    ways = [
        _button(
            ticked(turn.plain(label), chosen=cadence is now.wish.cadence), now.version, "day", cadence.value
        )
        for cadence, label in _CADENCES.items()
    ]
    back = Button(turn.plain("button.back"), str(Call(SUMMARY, 0, 0, "see", str(this_month(turn)))))
    if not now.is_on:
        turn.show(turn.say("digest.choose_cadence"), [ways, [back]])
        return
    config = turn.config
    coming = next_occasion(now.wish, turn.now, config.timetable.calendar, config.office.timezone).at
    on = turn.texts.weekday(config.office.day_of(coming))
    lines = [
        turn.say("digest.is_on", when=when(turn.texts, now.wish), next=f"{_clock(now.wish.hour)} {on}"),
        turn.say("digest.looks_back" if now.wish.looks_back else "digest.looks_at"),
    ]
    stop = _button(turn.plain("button.digest_stop"), now.version, "stop")
    turn.show(join_html(lines, "\n\n"), [ways, [stop, back]])


def _ask_day(turn: Turn, wish: Wish, version: int) -> None:
    if wish.cadence is Cadence.WEEKLY:
        days = [(number, turn.texts.day_of_week(number)) for number in range(1, 8)]
        text, width = turn.say("digest.ask_week_day"), 2
    else:
        days = [(number, str(number)) for number in range(1, LAST_DAY + 1)]
        text, width = turn.say("digest.ask_month_day"), 7
    cadence = wish.cadence.value
    buttons = [_button(label, version, "hour", f"{cadence}.{number}") for number, label in days]
    turn.show(text, [*in_rows(buttons, width), _back(turn, version, "open")])


def _ask_hour(turn: Turn, wish: Wish, version: int) -> None:
    chosen = f"{wish.cadence.value}.{wish.day}"
    buttons = [_button(_clock(hour), version, "set", f"{chosen}.{hour}") for hour in HOURS]
    rows: Rows = [*in_rows(buttons, 4), _back(turn, version, "day", wish.cadence.value)]
    turn.show(turn.say("digest.ask_hour"), rows)


async def _set(turn: Turn, wish: Wish, version: int) -> None:
    try:
        now = await digest.subscribe(turn.session, turn.person, wish, version, turn.config, turn.now)
        turn.toast = turn.plain("digest.set")
    except Gone as changed:
        turn.toast, turn.alert = turn.plain(changed.message_id), True
        now = await digest.digest_of(turn.session, turn.person.id)
    _show(turn, now)


async def _stop(turn: Turn, call: Call) -> None:
    try:
        await digest.stop_digest(turn.session, turn.person, call.version, turn.now)
        turn.toast = turn.plain("digest.stopped")
    except Gone as changed:
        turn.toast, turn.alert = turn.plain(changed.message_id), True
    _show(turn, await digest.digest_of(turn.session, turn.person.id))


def _read(arg: str) -> Wish:
    """What a button says of cadence, day and hour, as far as that is chosen. Raises Refused for nonsense."""
    cadence, *rest = arg.split(".")
    numbers = [Call("", arg=part).number for part in rest]
    if cadence not in {known.value for known in _CADENCES} or len(numbers) > 2 or -1 in numbers:
        raise Refused("stale")
    day, hour = (*numbers, 0, 0)[:2]
    return Wish(Cadence(cadence), day, hour)


def _clock(hour: int) -> str:
    return f"{hour:02}:00"


def _back(turn: Turn, version: int, act: str, arg: str = "") -> list[Button]:
    return [_button(turn.plain("button.back"), version, act, arg)]


def _button(label: str, version: int, act: str, arg: str = "") -> Button:
    return Button(label, str(Call(FLOW, 0, version, act, arg)))
