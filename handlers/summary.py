"""/tonghop: where a month stands, on one screen of a phone."""

import re
from datetime import datetime
from html import unescape

from bot.domain.errors import Refused
from bot.domain.periods import Period, month_of, read_period
from bot.domain.summary import Summary, listed, short_name
from bot.domain.writing import abridge
from bot.messages import Button, Call
from bot.operations.summarise import Scope, scope_of, summarise
from bot.texts import KINDS, Html, Texts, join_html
from handlers.nomination_card import period_name
from handlers.turn import Turn
from storage import figures

FLOW = "s"
LONGEST = 1000
"""Characters of a summary, at most: what fits one screen of a phone."""
_IN_A_LIST = 8


async def start(turn: Turn) -> None:
    """/tonghop: this month."""
    await _show(turn, _this_month(turn))


async def tap(turn: Turn, call: Call) -> None:
    """The month before or after."""
    period = read_period(call.arg)
    if call.act != "month" or period is None or period.months != 1 or period > _this_month(turn):
        raise Refused("stale")
    await _show(turn, period)


async def _show(turn: Turn, period: Period) -> None:
    scope = scope_of(turn.person, turn.today)
    if scope is Scope.PUBLIC:
        await _show_own(turn, period)
        return
    only = None if scope is Scope.OFFICE else turn.person.heads(turn.today)
    summary = await summarise(turn.session, period, turn.now, turn.config.office.timezone, only)
    to = abridge(turn.person.post or turn.person.full_name, 80)
    turn.show(render(turn.texts, summary, to, turn.now), [_months(turn, period)])


async def _show_own(turn: Turn, period: Period) -> None:
    sent = await figures.count_sent(turn.session, turn.person.id, str(period))
    name = period_name(turn.texts, str(period))
    own = (
        turn.texts.count("summary.own", sent, period=name)
        if sent
        else turn.say("summary.own_none", period=name)
    )
    nominate = [Button(turn.plain("button.nominate"), str(Call("n", 0, 0, "more")))]
    turn.show(join_html([turn.say("summary.public"), own], "\n\n"), [_months(turn, period), nominate])


def render(texts: Texts, summary: Summary, to: str, now: datetime) -> Html:
    """The summary in at most LONGEST characters: long lists of units are cut shorter until it fits."""
    for most in range(_IN_A_LIST, 0, -1):
        text = join_html(_lines(texts, summary, to, now, most))
        if len(unescape(re.sub(r"<[^>]*>", "", text))) <= LONGEST:
            break
    return text


def _lines(texts: Texts, summary: Summary, to: str, now: datetime, most: int) -> list[Html]:
    moment, day = texts.moment(now).split(" ")
    lines = [
        texts.say(
            "summary.first",
            time=moment,
            day=day,
            to=to,
            period=period_name(texts, str(summary.period)),
            nominations=texts.number(summary.total),
            chosen=texts.number(summary.chosen),
            answered=texts.number(len(summary.answered)),
            units=texts.number(len(summary.asked)),
            silent=listed([short_name(one.unit) for one in summary.silent], most)
            or texts.plain("summary.nobody"),
        ),
        texts.say(
            "summary.change",
            before=period_name(texts, str(summary.period.previous)),
            n=texts.number(summary.before),
            change=_signed(texts, summary.total - summary.before),
        ),
    ]
    kinds = "; ".join(f"{texts.plain(KINDS[kind])} {texts.number(n)}" for kind, n in summary.by_kind)
    by_unit = listed(
        [f"{short_name(one.unit)} {texts.number(one.nominees)}" for one in summary.by_unit], most
    )
    if kinds:
        lines.append(texts.say("summary.by_kind", list=kinds))
        lines.append(texts.say("summary.by_unit", list=by_unit))
    if summary.none:
        nobody = [short_name(one.unit) for one in summary.none]
        lines.append(texts.say("summary.none", n=len(nobody), list=listed(nobody, most)))
    lines.append(_coverage(texts, summary))
    return lines


def _coverage(texts: Texts, summary: Summary) -> Html:
    return texts.say(
        "summary.coverage",
        nominators=texts.number(summary.took_part),
        people=texts.number(summary.people),
        share=texts.number(round(100 * summary.coverage, 1)),
    )


def _signed(texts: Texts, change: int) -> str:
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{texts.number(abs(change))}"


def _months(turn: Turn, period: Period) -> list[Button]:
    row = [Button(turn.plain("button.month_before"), str(Call(FLOW, 0, 0, "month", str(period.previous))))]
    if period < _this_month(turn):
        row.append(Button(turn.plain("button.month_after"), str(Call(FLOW, 0, 0, "month", str(period.next)))))
    return row


def _this_month(turn: Turn) -> Period:
    return month_of(turn.now, turn.config.office.timezone)
