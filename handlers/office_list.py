"""The office's list of a quarter, half year or year: who of the units' choices, and what is proposed.

The secretariat picks on pages, looks at the list as it stands, closes it, and may open it again; leaders look
at a closed one. Who has declined stands there without a button that puts them on.
"""

from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import ExemplarId
from bot.domain.periods import Period, read_period
from bot.messages import Button, Call, Rows
from bot.operations import office_list as listing
from bot.texts import KINDS, N_, Html, join_html
from handlers.answer_card import list_reasons, to_desk, typed
from handlers.office_list_views import (
    CONSENTS,
    FLOW,
    FORM,
    NOTE,
    data,
    form_of,
    line_of,
    look_line,
    name_of,
    of_the_review,
    open_button,
    standing_title,
    toggle,
    ways,
    ways_back,
)
from handlers.pages import in_pages, known_page, page_buttons, pages_of
from handlers.turn import Turn
from handlers.workshop import only_secretariat
from storage import conversations, office_lists
from storage.office_lists import Candidate, ListState, OfficeList

_A_PAGE = 6
_LISTS_A_PAGE = 8


async def tap(turn: Turn, call: Call) -> None:
    """A button of a list; leaders have [Xem danh sách] alone."""
    if call.act == "all":
        await _lists(turn, call)
        return
    period = read_period(call.arg.partition(".")[0])
    act = _TAPS.get(call.act)
    if act is None or period is None:
        raise Gone("stale")
    if call.act != "look":
        only_secretariat(turn)
    await act(turn, call, period)


async def leave(turn: Turn) -> None:
    """/huy: nothing is changed."""
    draft = await turn.draft(FLOW)
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    back = [Button(turn.plain("button.to_list"), data("pick", draft.fields["period"]))] if draft else []
    turn.show(turn.say("office_list.left"), [back])


async def _lists(turn: Turn, call: Call) -> None:
    """Every list there is, also those that are closed or of long ago."""
    only_secretariat(turn)
    found = await office_lists.list_lists(turn.session)
    pages = pages_of(len(found), _LISTS_A_PAGE)
    page = known_page(call.version, pages)
    rows = [
        [Button(_list_label(turn, one), data("see", one.period))]
        for one in found[page * _LISTS_A_PAGE :][:_LISTS_A_PAGE]
    ]
    turns = page_buttons(turn.texts, page, pages, lambda to: str(Call(FLOW, 0, to, "all")))
    turn.show(turn.say("office_list.all"), [*rows, turns, [to_desk(turn.texts)]])


def _list_label(turn: Turn, one: OfficeList) -> str:
    closed = one.state is ListState.CLOSED
    label = N_("office_list.label_closed") if closed else N_("office_list.label_open")
    return turn.plain(label, period=turn.texts.period(one.period))


# --- picking ---


async def _tap_pick(turn: Turn, call: Call, period: Period) -> None:
    await _pick(turn, period, call.version)


async def _pick(turn: Turn, period: Period, wanted: int) -> None:
    listing.check_time(turn.config, period, turn.today)
    if await _is_closed(turn, period):
        await _see(turn, period, 0)
        return
    found = await office_lists.list_candidates(turn.session, str(period))
    if not found:
        raise Gone("office_list.nothing")
    texts, pages = turn.texts, pages_of(len(found), _A_PAGE)
    page = known_page(wanted, pages)
    shown = found[page * _A_PAGE :][:_A_PAGE]
    lines = [
        turn.say(
            "office_list.title",
            period=texts.period(str(period)),
            all=texts.number(len(found)),
            n=texts.number(sum(one.listed for one in found)),
        ),
        *await _unchecked(turn, period),
        *(line_of(texts, number, one) for number, one in enumerate(shown, page * _A_PAGE + 1)),
    ]
    rows: list[list[Button]] = [
        [toggle(texts, period, one, page), open_button(turn.texts, period, one, number)]
        for number, one in enumerate(shown, page * _A_PAGE + 1)
    ]
    rows += [
        page_buttons(texts, page, pages, lambda to: data("pick", period, page=to)),
        [Button(turn.plain("button.see_list"), data("see", period))],
        [to_desk(texts)],
    ]
    turn.show(join_html(lines, "\n\n"), rows)


async def _is_closed(turn: Turn, period: Period) -> bool:
    found = await office_lists.find_list(turn.session, str(period))
    return found is not None and found.state is ListState.CLOSED


async def _unchecked(turn: Turn, period: Period) -> list[Html]:
    n = await office_lists.count_unchecked(turn.session, str(period))
    return [turn.texts.count("office_list.unchecked", n)] if n else []


async def _tap_on(turn: Turn, call: Call, period: Period) -> None:
    exemplar_id = ExemplarId(call.row)
    await listing.put_on(turn.session, turn.person, period, exemplar_id, turn.config, turn.now)
    await _pick(turn, period, call.version)


async def _tap_off(turn: Turn, call: Call, period: Period) -> None:
    exemplar_id = ExemplarId(call.row)
    await listing.take_off(turn.session, turn.person, period, exemplar_id, turn.config, turn.now)
    await _pick(turn, period, call.version)


# --- one of them ---


async def _tap_item(turn: Turn, call: Call, period: Period) -> None:
    await _item(turn, period, await listing.find_candidate(turn.session, period, call.row))


async def _item(turn: Turn, period: Period, one: Candidate, heading: Html | None = None) -> None:
    texts, exemplar = turn.texts, one.exemplar
    closed = await _is_closed(turn, period)
    lines = [
        *([heading] if heading else []),
        turn.say(
            "office_list.item",
            name=name_of(texts, one),
            post=f", {exemplar.nominee.post}" if exemplar.nominee.post else "",
            unit=one.by_unit,
            kind=texts.plain(KINDS[exemplar.kind]),
            consent=texts.plain(CONSENTS[exemplar.consent]),
            reason=one.reason,
        ),
    ]
    if one.listed:
        lines.append(
            turn.say(
                "office_list.proposed",
                form=form_of(texts, one.form) or texts.plain("office_list.no_form"),
                note=one.note or texts.plain("office_list.no_note"),
            )
        )
    elif one.declined:
        lines.append(turn.say("office_list.declined"))
    rows = [
        *([] if closed or one.declined else ways(turn.texts, period, one)),
        *ways_back(turn.texts, period, one),
    ]
    turn.show(join_html(lines, "\n\n"), rows)


async def _tap_who(turn: Turn, call: Call, period: Period) -> None:
    one = await listing.find_candidate(turn.session, period, call.row)
    pages = in_pages(await list_reasons(turn, one.exemplar.nomination_id))
    page = known_page(call.version, len(pages))
    turns = page_buttons(turn.texts, page, len(pages), lambda to: data("who", period, row=call.row, page=to))
    turn.show(pages[page], [turns, *_back(turn, period, call.row)])


def _back(turn: Turn, period: Period, exemplar_id: int) -> Rows:
    return [[Button(turn.plain("button.back"), data("item", period, row=exemplar_id))]]


async def _tap_set(turn: Turn, call: Call, period: Period) -> None:
    number = call.arg.partition(".")[2]
    forms = list(listing.FORMS)
    if not number.isdecimal() or int(number[:4]) >= len(forms):
        raise Gone("stale")
    one = await listing.set_form(
        turn.session, turn.person, period, ExemplarId(call.row), forms[int(number)], turn.config, turn.now
    )
    await _item(turn, period, one, turn.say("office_list.kept"))


async def _tap_unnote(turn: Turn, call: Call, period: Period) -> None:
    one = await listing.set_note(
        turn.session, turn.person, period, ExemplarId(call.row), "", turn.config, turn.now
    )
    await _item(turn, period, one, turn.say("office_list.kept"))


async def _tap_ask(turn: Turn, call: Call, period: Period) -> None:
    step = call.arg.partition(".")[2]
    one = await listing.find_candidate(turn.session, period, call.row)
    if step not in {FORM, NOTE}:
        raise Gone("stale")
    if await _is_closed(turn, period):
        raise Gone("office_list.closed_already")
    if one.declined:
        raise Refused("office_list.declined")
    fields = {"period": str(period), "exemplar_id": call.row}
    await conversations.put_draft(turn.session, turn.person.id, FLOW, step, fields, turn.now)
    name = name_of(turn.texts, one)
    if step == FORM:
        ask = turn.say("office_list.ask_form", name=name, most=listing.FORM_MAX)
    else:
        ask = turn.say("office_list.ask_note", name=name, most=listing.NOTE_MAX)
    turn.show(ask, _back(turn, period, call.row), flow=FLOW)


async def receive(turn: Turn) -> None:
    """Another form of commendation, or a note, as it is typed."""
    only_secretariat(turn)
    draft = await turn.draft(FLOW)
    period = read_period(str(draft.fields["period"])) if draft else None
    if draft is None or period is None:
        raise Gone("stale")
    exemplar_id = ExemplarId(int(draft.fields["exemplar_id"]))
    save = listing.set_form if draft.step == FORM else listing.set_note
    try:
        one = await save(turn.session, turn.person, period, exemplar_id, typed(turn), turn.config, turn.now)
    except Gone:
        raise
    except Refused as refusal:
        why = turn.say(refusal.message_id, **refusal.values)
        turn.show(why, _back(turn, period, exemplar_id), flow=FLOW)
        return
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    await _item(turn, period, one, turn.say("office_list.kept"))


# --- the list as it stands ---


async def _tap_see(turn: Turn, call: Call, period: Period) -> None:
    await _see(turn, period, call.version)


async def _see(turn: Turn, period: Period, wanted: int, heading: Html | None = None) -> None:
    candidates = await office_lists.list_candidates(turn.session, str(period))
    listed = [one for one in candidates if one.listed]
    found = await office_lists.find_list(turn.session, str(period))
    closed = found is not None and found.state is ListState.CLOSED
    texts = turn.texts
    blocks = [
        *([heading, Html("")] if heading else []),
        standing_title(turn.texts, period, found, len(listed)),
        *(line_of(texts, number, one) for number, one in enumerate(listed, 1)),
    ]
    pages = in_pages(blocks)
    page = known_page(wanted, len(pages))
    rows: list[list[Button]] = [
        page_buttons(texts, page, len(pages), lambda to: data("see", period, page=to))
    ]
    if closed:
        rows.append([Button(turn.plain("button.reopen_list"), data("reopen", period))])
    else:
        close = [Button(turn.plain("button.close_list"), data("close", period))] if listed else []
        rows += [close, [Button(turn.plain("button.go_on_picking"), data("pick", period))]]
    turn.show(pages[page], [*rows, of_the_review(texts, period), [to_desk(texts)]])


async def _tap_close(turn: Turn, _call: Call, period: Period) -> None:
    if await _is_closed(turn, period):
        raise Gone("office_list.closed_already")
    candidates = await office_lists.list_candidates(turn.session, str(period))
    n = sum(one.listed for one in candidates)
    if not n:
        raise Refused("office_list.nobody")
    text = [
        turn.texts.count("office_list.ask_close", n, period=turn.texts.period(str(period))),
        *_unsaid(turn, candidates),
        *await _unchecked(turn, period),
    ]
    sure = Button(turn.plain("button.close_list_sure"), data("close_sure", period, arg=str(n)))
    turn.show(join_html(text, "\n\n"), [[sure], [Button(turn.plain("button.back"), data("see", period))]])


def _unsaid(turn: Turn, candidates: list[Candidate]) -> list[Html]:
    n = sum(one.listed and not one.exemplar.may_be_published for one in candidates)
    return [turn.texts.count("office_list.unsaid", n)] if n else []


async def _tap_close_sure(turn: Turn, call: Call, period: Period) -> None:
    n = await listing.close_list(turn.session, turn.person, period, turn.config, turn.now)
    if call.arg.partition(".")[2] != str(n):
        raise Gone("check.list_changed")
    turn.session.after_commit(turn.house.wake)
    await _see(turn, period, 0, turn.say("office_list.closed_now"))


async def _tap_reopen(turn: Turn, _call: Call, period: Period) -> None:
    await listing.reopen_list(turn.session, turn.person, period, turn.config, turn.now)
    await _see(turn, period, 0, turn.say("office_list.opened_now"))


async def _tap_look(turn: Turn, call: Call, period: Period) -> None:
    """What leaders read: names of those alone who have agreed to publication."""
    found, listed = await listing.look_at(turn.session, turn.person, period, turn.today)
    shown = [one for one in listed if one.exemplar.may_be_published]
    blocks = [
        standing_title(turn.texts, period, found, len(listed)),
        *(look_line(turn.texts, number, one) for number, one in enumerate(shown, 1)),
    ]
    if len(listed) > len(shown):
        blocks.append(turn.texts.count("office_list.not_agreed", len(listed) - len(shown)))
    pages = in_pages(blocks)
    page = known_page(call.version, len(pages))
    pager = page_buttons(turn.texts, page, len(pages), lambda to: data("look", period, page=to))
    turn.show(pages[page], [pager, of_the_review(turn.texts, period, clerk=False)])


_TAPS = {
    "pick": _tap_pick,
    "on": _tap_on,
    "off": _tap_off,
    "item": _tap_item,
    "who": _tap_who,
    "set": _tap_set,
    "unnote": _tap_unnote,
    "ask": _tap_ask,
    "see": _tap_see,
    "close": _tap_close,
    "close_sure": _tap_close_sure,
    "reopen": _tap_reopen,
    "look": _tap_look,
}
