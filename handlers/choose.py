"""/binhchon: the head reads a unit's nominees of a period, chooses, or says that there is nobody."""

from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Choice, Criterion
from bot.domain.people import Unit, UnitId
from bot.domain.periods import Period, month_of, read_period
from bot.domain.summary import CHOSEN, NONE
from bot.domain.writing import abridge
from bot.messages import Button, Call, Rows
from bot.operations.answer_for_unit import answer_nobody, begins_on, check_head, check_period, open_unit
from bot.operations.choose_exemplars import (
    Nominee,
    choose,
    is_asked,
    is_open,
    list_nominees,
    list_unanswered,
)
from bot.texts import N_, Html, Texts, join_html
from handlers.nomination_card import period_name
from handlers.pages import in_pages, known_page, page_buttons
from handlers.reason_card import nominee_line, nominee_name, reason_blocks
from handlers.turn import Turn
from storage import choices, nominations, units
from storage.nominations import StandingRow

FLOW = "h"
_A_PAGE = 5
_EXCERPT = 90


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
    if act is None or period is None or not is_asked(turn.config.timetable, period):
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
    if begins_on(period) > turn.today:
        raise Refused("choose.not_begun", begin=turn.texts.day(begins_on(period)))
    nominees = await list_nominees(turn.session, unit.id, period)
    await open_unit(turn.session, turn.person, unit.id, period, turn.now)
    chosen = await choices.list_chosen(turn.session, unit.id, str(period))
    answer = (await nominations.list_answers(turn.session, str(period))).get(unit.id)
    pages = max(1, -(-len(nominees) // _A_PAGE))
    page = known_page(wanted, pages)
    shown = nominees[page * _A_PAGE : (page + 1) * _A_PAGE]
    lines = [
        _title(turn.texts, unit, period, len(nominees)),
        *(_line(turn.texts, reasons, chosen) for reasons in shown),
        *_standing(turn, period, answer, len(chosen)),
    ]
    rows = [
        *([_card_button(unit, period, reasons, chosen, turn.texts)] for reasons in shown),
        page_buttons(turn.texts, page, pages, lambda to: str(Call(FLOW, unit.id, to, "list", str(period)))),
    ]
    if answer is None and is_open(turn.config.timetable, period, turn.today):
        rows.append([Button(turn.plain("button.nobody"), str(Call(FLOW, unit.id, 0, "none", str(period))))])
    turn.show(join_html(lines, "\n\n"), [*rows, *await _other_periods(turn, unit, period)])


def _title(texts: Texts, unit: Unit, period: Period, n: int) -> Html:
    values = {"unit": unit.name, "period": period_name(texts, str(period))}
    if period.months > 1:
        return (
            texts.count("choose.title_long", n, **values) if n else texts.say("choose.nothing_long", **values)
        )
    return texts.count("choose.title", n, **values) if n else texts.say("choose.nothing", **values)


def _standing(turn: Turn, period: Period, answer: str | None, n_chosen: int) -> list[Html]:
    """What the unit has answered, and whether the period is over."""
    lines = []
    open_ = is_open(turn.config.timetable, period, turn.today)
    close = turn.texts.day(turn.config.timetable.cycle(period).close.on)
    if answer == NONE and period.months > 1:
        lines.append(turn.say("choose.said_nobody_long"))
    elif answer == NONE:
        lines.append(turn.say("choose.said_nobody", next=period_name(turn.texts, str(period.next))))
    elif answer == CHOSEN:
        lines.append(
            turn.texts.count("choose.said_chosen", n_chosen, close=close)
            if open_
            else turn.texts.count("choose.chose", n_chosen)
        )
    return lines if open_ else [*lines, turn.say("choose.is_closed", close=close)]


async def _other_periods(turn: Turn, unit: Unit, period: Period) -> Rows:
    """What the unit has not answered either: last month before it closes, the quarter behind it."""
    open_periods = await list_unanswered(turn.session, unit.id, turn.config.timetable, turn.today)
    return [
        [
            Button(
                turn.plain("button.other_period", period=period_name(turn.texts, str(other))),
                str(Call(FLOW, unit.id, 0, "list", str(other))),
            )
        ]
        for other in open_periods
        if other != period
    ]


def _line(texts: Texts, reasons: Nominee, chosen: list[int]) -> Html:
    first = reasons[0].endorsement
    post = f", {first.nominee.post}" if first.nominee.post else ""
    return texts.count(
        "choose.line",
        len(reasons),
        name=_marked(nominee_name(texts, first.nominee), first.nomination_id, chosen),
        post=post,
        excerpt=abridge(first.reason.story or texts.plain("story.erased"), _EXCERPT),
    )


def _marked(name: str, nomination_id: int, chosen: list[int]) -> str:
    return f"✓ {name}" if nomination_id in chosen else name


def _card_button(unit: Unit, period: Period, reasons: Nominee, chosen: list[int], texts: Texts) -> Button:
    first = reasons[0].endorsement
    name = _marked(nominee_name(texts, first.nominee), first.nomination_id, chosen)
    return Button(abridge(name, 60), _data(unit, period, "card", first.nomination_id))


def _data(unit: Unit, period: Period, act: str, nomination_id: int, page: int = 0) -> str:
    return str(Call(FLOW, unit.id, page, act, f"{period}.{nomination_id}"))


# --- one nominee ---


async def _tap_card(turn: Turn, call: Call, unit: Unit, period: Period) -> None:
    reasons = await _find_nominee(turn, call, unit, period)
    await open_unit(turn.session, turn.person, unit.id, period, turn.now)
    texts, first = turn.texts, reasons[0].endorsement
    chosen = first.nomination_id in await choices.list_chosen(turn.session, unit.id, str(period))
    blocks = [
        nominee_line(texts, first.nominee, unit.name),
        texts.count("choose.reasons", len(reasons), period=period_name(texts, str(period))),
    ]
    if chosen:
        blocks.append(texts.say("choose.is_chosen", period=period_name(texts, str(period))))
    for number, row in enumerate(reasons, 1):
        blocks += [Html(""), texts.say("choose.by", number=number, name=_nominator(texts, row))]
        blocks += reason_blocks(texts, row.endorsement)
    pages = in_pages(blocks)
    page = known_page(call.version, len(pages))
    rows = [
        page_buttons(
            texts, page, len(pages), lambda to: _data(unit, period, "card", first.nomination_id, page=to)
        ),
        [Button(texts.plain("button.to_list"), str(Call(FLOW, unit.id, 0, "list", str(period))))],
    ]
    answer = (await nominations.list_answers(turn.session, str(period))).get(unit.id)
    if not chosen and answer != NONE and is_open(turn.config.timetable, period, turn.today):
        choose_this = _data(unit, period, "choose", first.nomination_id)
        rows.insert(0, [Button(texts.plain("button.choose_this"), choose_this)])
    turn.show(pages[page], rows)


async def _find_nominee(turn: Turn, call: Call, unit: Unit, period: Period) -> Nominee:
    wanted = call.arg.partition(".")[2]
    for reasons in await list_nominees(turn.session, unit.id, period):
        if str(reasons[0].endorsement.nomination_id) == wanted:
            return reasons
    raise Refused("choose.no_longer")


def _nominator(texts: Texts, row: StandingRow) -> str:
    if row.endorsement.reason.hide_name:
        return texts.plain("choose.hidden")
    return row.nominator_name or texts.plain("person.erased")


# --- choosing ---


async def _tap_choose(turn: Turn, call: Call, unit: Unit, period: Period) -> None:
    check_period(turn.config, period, turn.today)
    if (await nominations.list_answers(turn.session, str(period))).get(unit.id) == NONE:
        raise Gone("choose.answered")
    first = (await _find_nominee(turn, call, unit, period))[0].endorsement
    text = turn.say(
        "choose.criteria",
        name=nominee_name(turn.texts, first.nominee),
        post=f", {first.nominee.post}" if first.nominee.post else "",
        unit=unit.name,
        period=period_name(turn.texts, str(period)),
    )
    sure = Button(turn.plain("button.meets_all"), _data(unit, period, "chosen", first.nomination_id))
    back = Button(turn.plain("button.back"), _data(unit, period, "card", first.nomination_id))
    turn.show(text, [[sure], [back]])


async def _tap_chosen(turn: Turn, call: Call, unit: Unit, period: Period) -> None:
    first = (await _find_nominee(turn, call, unit, period))[0].endorsement
    before = await choices.find_answer(turn.session, unit.id, str(period))
    kept = before.choices if before else ()
    new = first.nomination_id not in [choice.nomination_id for choice in kept]
    if new:
        picked = Choice(first.nomination_id, first.reason.story[:300], frozenset(Criterion))
        version = before.version if before else 0
        chosen = [*kept, picked]
        me = turn.person
        await choose(turn.session, me, unit.id, period, chosen, turn.config, turn.now, version=version)
    turn.show(
        turn.say(
            "choose.kept" if new else "choose.kept_already",
            unit=unit.name,
            name=nominee_name(turn.texts, first.nominee),
            period=period_name(turn.texts, str(period)),
            close=turn.texts.day(turn.config.timetable.cycle(period).close.on),
        ),
        [[Button(turn.plain("button.to_list"), str(Call(FLOW, unit.id, 0, "list", str(period))))]],
    )


# --- nobody this time ---


async def _tap_none(turn: Turn, _call: Call, unit: Unit, period: Period) -> None:
    check_period(turn.config, period, turn.today)
    if unit.id in await nominations.list_answers(turn.session, str(period)):
        raise Gone("choose.answered")
    sure = Button(turn.plain("button.nobody_sure"), str(Call(FLOW, unit.id, 0, "none_sure", str(period))))
    look = Button(turn.plain("button.to_list"), str(Call(FLOW, unit.id, 0, "list", str(period))))
    turn.show(await _ask_nobody(turn, unit, period), [[sure], [look]])


async def _ask_nobody(turn: Turn, unit: Unit, period: Period) -> Html:
    values = _named(turn, unit, period)
    if period.months > 1:
        n = await choices.count_within(turn.session, unit.id, period)
        many = turn.texts.count("choose.ask_nobody_long", n, **values)
        return many if n else turn.say("choose.ask_empty_long", **values)
    n = await nominations.count_for_unit(turn.session, unit.id, str(period))
    many = turn.texts.count("choose.ask_nobody", n, **values)
    return many if n else turn.say("choose.ask_empty", **values)


async def _tap_none_sure(turn: Turn, _call: Call, unit: Unit, period: Period) -> None:
    check_period(turn.config, period, turn.today)
    await answer_nobody(turn.session, turn.person, unit.id, period, "", turn.config, turn.now)
    kept = N_("choose.nobody_kept") if period.months == 1 else N_("choose.nobody_kept_long")
    look = Button(turn.plain("button.to_list"), str(Call(FLOW, unit.id, 0, "list", str(period))))
    turn.show(turn.say(kept, **_named(turn, unit, period)), [[look]])


def _named(turn: Turn, unit: Unit, period: Period) -> dict[str, str]:
    return {
        "unit": unit.name,
        "period": period_name(turn.texts, str(period)),
        "next": period_name(turn.texts, str(period.next)),
    }


_TAPS = {
    "list": _tap_list,
    "card": _tap_card,
    "choose": _tap_choose,
    "chosen": _tap_chosen,
    "none": _tap_none,
    "none_sure": _tap_none_sure,
}


def _this_month(turn: Turn) -> Period:
    return month_of(turn.now, turn.config.office.timezone)
