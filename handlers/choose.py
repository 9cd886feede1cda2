"""/binhchon: the head reads the unit's nominations of a month, or says that there is nobody this time."""

from itertools import groupby

from bot.domain.errors import Refused
from bot.domain.people import Unit, UnitId
from bot.domain.periods import Period, month_of, read_period
from bot.domain.summary import NONE
from bot.domain.writing import abridge
from bot.messages import Button, Call
from bot.operations.answer_for_unit import answer_nobody, check_head, open_unit
from bot.texts import Html, Texts, join_html
from handlers.nomination_card import period_name
from handlers.pages import in_pages, known_page, page_buttons
from handlers.reason_card import nominee_line, nominee_name, reason_blocks
from handlers.turn import Turn
from storage import nominations, units
from storage.nominations import StandingRow

FLOW = "h"
_A_PAGE = 5
_EXCERPT = 90

Nominee = list[StandingRow]
"""The reasons that stand for one nominee, the first that came first."""


# --- whose nominations ---


async def start(turn: Turn) -> None:
    """/binhchon: this month, of the unit one heads; of which one, where there are several."""
    mine = await _my_units(turn)
    if not mine:
        raise Refused("choose.not_head")
    this_month = _this_month(turn)
    if len(mine) == 1:
        await _list(turn, mine[0], this_month, 0)
        return
    rows = [
        [Button(abridge(unit.name, 60), str(Call(FLOW, unit.id, 0, "list", str(this_month))))]
        for unit in mine
    ]
    turn.show(turn.say("choose.which_unit"), rows)


async def tap(turn: Turn, call: Call) -> None:
    """A button: it holds while the person heads that unit."""
    act = _TAPS.get(call.act)
    period = read_period(call.arg.partition(".")[0])
    if act is None or period is None or period.months != 1:
        raise Refused("stale")
    check_head(turn.person, UnitId(call.row), turn.today)
    unit = next((unit for unit in await units.list_units(turn.session) if unit.id == call.row), None)
    if unit is None:
        raise Refused("stale")
    await act(turn, call, unit, period)


async def _my_units(turn: Turn) -> list[Unit]:
    heads = turn.person.heads(turn.today)
    return [unit for unit in await units.list_units(turn.session, turn.today) if unit.id in heads]


# --- the unit's nominees ---


async def _tap_list(turn: Turn, call: Call, unit: Unit, period: Period) -> None:
    await _list(turn, unit, period, call.version)


async def _list(turn: Turn, unit: Unit, period: Period, wanted: int) -> None:
    nominees = await _nominees(turn, unit, period)
    await open_unit(turn.session, turn.person, unit.id, period, turn.now)
    pages = max(1, -(-len(nominees) // _A_PAGE))
    page = known_page(wanted, pages)
    shown = nominees[page * _A_PAGE : (page + 1) * _A_PAGE]
    answers = await nominations.list_answers(turn.session, str(period))
    values = {"unit": unit.name, "period": period_name(turn.texts, str(period))}
    title = (
        turn.texts.count("choose.title", len(nominees), **values)
        if nominees
        else turn.say("choose.nothing", **values)
    )
    lines = [title, *(_line(turn.texts, reasons) for reasons in shown)]
    if answers.get(unit.id) == NONE:
        lines.append(turn.say("choose.said_nobody", next=period_name(turn.texts, str(period.next))))
    rows = [
        *([_card_button(turn.texts, unit, period, reasons)] for reasons in shown),
        page_buttons(turn.texts, page, pages, lambda to: str(Call(FLOW, unit.id, to, "list", str(period)))),
    ]
    if unit.id not in answers:
        rows.append([Button(turn.plain("button.nobody"), str(Call(FLOW, unit.id, 0, "none", str(period))))])
    turn.show(join_html(lines, "\n\n"), rows)


async def _nominees(turn: Turn, unit: Unit, period: Period) -> list[Nominee]:
    standing = await nominations.list_standing(turn.session, str(period), str(period), unit_id=unit.id)
    first_seen = {row.endorsement.nomination_id: row.endorsement.id for row in reversed(standing)}
    standing.sort(key=lambda row: (first_seen[row.endorsement.nomination_id], row.endorsement.id))
    return [list(rows) for _, rows in groupby(standing, key=lambda row: row.endorsement.nomination_id)]


def _line(texts: Texts, reasons: Nominee) -> Html:
    first = reasons[0].endorsement
    post = f", {first.nominee.post}" if first.nominee.post else ""
    return texts.count(
        "choose.line",
        len(reasons),
        name=nominee_name(texts, first.nominee),
        post=post,
        excerpt=abridge(first.reason.story or texts.plain("story.erased"), _EXCERPT),
    )


def _card_button(texts: Texts, unit: Unit, period: Period, reasons: Nominee) -> Button:
    first = reasons[0].endorsement
    call = Call(FLOW, unit.id, 0, "card", f"{period}.{first.nomination_id}")
    return Button(abridge(nominee_name(texts, first.nominee), 60), str(call))


# --- one nominee ---


async def _tap_card(turn: Turn, call: Call, unit: Unit, period: Period) -> None:
    nominees = await _nominees(turn, unit, period)
    wanted = call.arg.partition(".")[2]
    reasons = next((rows for rows in nominees if str(rows[0].endorsement.nomination_id) == wanted), None)
    if reasons is None:
        raise Refused("choose.no_longer")
    await open_unit(turn.session, turn.person, unit.id, period, turn.now)
    texts, first = turn.texts, reasons[0].endorsement
    blocks = [
        nominee_line(texts, first.nominee, unit.name),
        texts.count("choose.reasons", len(reasons), period=period_name(texts, str(period))),
    ]
    for number, row in enumerate(reasons, 1):
        blocks += [Html(""), texts.say("choose.by", number=number, name=_nominator(texts, row))]
        blocks += reason_blocks(texts, row.endorsement)
    pages = in_pages(blocks)
    page = known_page(call.version, len(pages))
    rows = [
        page_buttons(texts, page, len(pages), lambda to: str(Call(FLOW, unit.id, to, "card", call.arg))),
        [Button(texts.plain("button.to_list"), str(Call(FLOW, unit.id, 0, "list", str(period))))],
    ]
    turn.show(pages[page], rows)


def _nominator(texts: Texts, row: StandingRow) -> str:
    if row.endorsement.reason.hide_name:
        return texts.plain("choose.hidden")
    return row.nominator_name or texts.plain("person.erased")


# --- nobody this time ---


async def _tap_none(turn: Turn, _call: Call, unit: Unit, period: Period) -> None:
    if unit.id in await nominations.list_answers(turn.session, str(period)):
        raise Refused("choose.answered")
    n = await nominations.count_for_unit(turn.session, unit.id, str(period))
    sure = Button(turn.plain("button.nobody_sure"), str(Call(FLOW, unit.id, 0, "none_sure", str(period))))
    look = Button(turn.plain("button.to_list"), str(Call(FLOW, unit.id, 0, "list", str(period))))
    values = {
        "unit": unit.name,
        "period": period_name(turn.texts, str(period)),
        "next": period_name(turn.texts, str(period.next)),
    }
    ask = turn.texts.count("choose.ask_nobody", n, **values) if n else turn.say("choose.ask_empty", **values)
    turn.show(ask, [[sure], [look]])


async def _tap_none_sure(turn: Turn, _call: Call, unit: Unit, period: Period) -> None:
    await answer_nobody(turn.session, turn.person, unit.id, period, _this_month(turn), turn.now)
    values = {
        "unit": unit.name,
        "period": period_name(turn.texts, str(period)),
        "next": period_name(turn.texts, str(period.next)),
    }
    look = Button(turn.plain("button.to_list"), str(Call(FLOW, unit.id, 0, "list", str(period))))
    turn.show(turn.say("choose.nobody_kept", **values), [[look]])


_TAPS = {
    "list": _tap_list,
    "card": _tap_card,
    "none": _tap_none,
    "none_sure": _tap_none_sure,
}


def _this_month(turn: Turn) -> Period:
    return month_of(turn.now, turn.config.office.timezone)
