"""/cuatoi: what I nominated, what became of it, and changing my mind while nobody has opened it."""

from datetime import datetime

from bot.domain.errors import Refused
from bot.domain.nominations import Endorsement, EndorsementId
from bot.domain.outcomes import Outcome
from bot.domain.paper import Subject
from bot.domain.writing import abridge
from bot.messages import Button, Call
from bot.operations.exemplar_words import DEEP_LINK
from bot.operations.see_outcome import Seen, see_outcomes
from bot.operations.send_nomination import (
    check_may_withdraw,
    may_be_changed,
    may_be_withdrawn,
    own_endorsement,
    withdraw_nomination,
)
from bot.texts import N_, Html, Texts, join_html
from handlers import nominate
from handlers.nomination_card import period_name
from handlers.pages import in_pages, known_page, page_buttons, pages_of
from handlers.paper_shown import lines_of
from handlers.reason_card import nominee_line, nominee_name, reason_blocks
from handlers.turn import Turn
from storage import nominations

FLOW = "m"
_A_PAGE = 5
_HISTORY = {
    "sent": N_("history.sent"),
    "sent_again": N_("history.sent_again"),
    "changed": N_("history.changed"),
    "added": N_("history.added"),
    "restored": N_("history.restored"),
    "withdrawn": N_("history.withdrawn"),
    "moved": N_("history.moved"),
    "undone": N_("history.undone"),
}
_OUTCOMES = {
    Outcome.WAITING: N_("mine.waiting"),
    Outcome.OPENED: N_("mine.opened"),
    Outcome.CHOSEN: N_("mine.chosen"),
    Outcome.NOT_CHOSEN: N_("mine.not_chosen"),
    Outcome.HONOURED: N_("mine.honoured"),
    Outcome.WITHDRAWN: N_("mine.withdrawn"),
}


# --- the list ---


async def start(turn: Turn) -> None:
    """/cuatoi: the newest first."""
    await _list(turn, 0)


async def _list(turn: Turn, wanted: int) -> None:
    total = await nominations.count_by_nominator(turn.session, turn.person.id)
    nominate_ = Button(turn.plain("button.nominate"), str(Call("n", 0, 0, "more")))
    if total == 0:
        turn.show(turn.say("mine.nothing"), [[nominate_]])
        return
    pages = pages_of(total, _A_PAGE)
    page = known_page(wanted, pages)
    found = await nominations.list_by_nominator(
        turn.session, turn.person.id, skip=page * _A_PAGE, most=_A_PAGE
    )
    seen = await see_outcomes(turn.session, found, turn.config, turn.now)
    lines = [turn.texts.count("mine.title", total)]
    lines += [_line(turn.texts, sent, seen[sent.id]) for sent in found]
    rows = [
        *([_open_button(turn.texts, sent)] for sent in found),
        page_buttons(turn.texts, page, pages, lambda to: str(Call(FLOW, 0, 0, "list", str(to)))),
        [nominate_],
    ]
    turn.show(join_html(lines, "\n\n"), rows)


def _line(texts: Texts, sent: Endorsement, seen: Seen) -> Html:
    return texts.say(
        "mine.line",
        code=sent.code,
        name=nominee_name(texts, sent.nominee),
        unit=sent.unit_name,
        period=period_name(texts, sent.period),
        state=_state(texts, seen),
    )


def _open_button(texts: Texts, sent: Endorsement) -> Button:
    label = f"{sent.code} · {nominee_name(texts, sent.nominee)}"
    return Button(abridge(label, 60), str(Call(FLOW, sent.id, 0, "card")))


def _state(texts: Texts, seen: Seen) -> str:
    state = texts.plain(_OUTCOMES[seen.outcome])
    if seen.outcome is Outcome.WITHDRAWN:
        return state
    if seen.moved:
        state = texts.plain("mine.passed_on", state=state)
    return texts.plain("mine.merged", state=state) if seen.merged else state


# --- one nomination ---


async def tap(turn: Turn, call: Call) -> None:
    """A button of the list or of a card."""
    act = _TAPS.get(call.act)
    if act is None:
        raise Refused("stale")
    await act(turn, call)


async def _tap_list(turn: Turn, call: Call) -> None:
    await _list(turn, call.number)


async def _tap_card(turn: Turn, call: Call) -> None:
    await _card(turn, await _own(turn, call), call.version)


async def _card(turn: Turn, sent: Endorsement, wanted: int = 0, said: Html | None = None) -> None:
    texts = turn.texts
    seen = (await see_outcomes(turn.session, [sent], turn.config, turn.now))[sent.id]
    history = [
        texts.say(_HISTORY[act], at=texts.moment(at))
        for act, at in history_of(sent, await nominations.list_revisions(turn.session, sent.id))
    ]
    pages = in_pages(
        [
            texts.say("mine.card", code=sent.code, period=period_name(texts, sent.period)),
            nominee_line(texts, sent.nominee, sent.unit_name),
            texts.say("mine.state", state=_state(texts, seen)),
            Html(""),
            *reason_blocks(texts, sent),
            Html(""),
            *history,
            *await lines_of(turn, Subject.NOMINATION, sent.id),
        ]
    )
    page = known_page(wanted, len(pages))
    rows = [
        page_buttons(texts, page, len(pages), lambda to: str(Call(FLOW, sent.id, to, "card"))),
        _change_buttons(turn, sent),
        _exemplar_button(turn, seen),
        [Button(texts.plain("button.to_list"), str(Call(FLOW, 0, 0, "list", "0")))],
    ]
    turn.show(join_html([said, pages[page]], "\n\n") if said else pages[page], rows)


def _exemplar_button(turn: Turn, seen: Seen) -> list[Button]:
    """The way to what everybody may see."""
    if seen.exemplar_id is None:
        return []
    url = f"https://t.me/{turn.house.bot_name()}?start={DEEP_LINK}{seen.exemplar_id}"
    return [Button(turn.plain("button.see_exemplar"), url=url)]


def _change_buttons(turn: Turn, sent: Endorsement) -> list[Button]:
    if not may_be_withdrawn(sent, turn.config, turn.now):
        return []
    edit = Button(turn.plain("button.edit"), str(Call(FLOW, sent.id, 0, "edit")))
    withdraw = Button(turn.plain("button.withdraw"), str(Call(FLOW, sent.id, 0, "withdraw")))
    may_edit = sent.nominee.name and may_be_changed(sent, turn.config, turn.now)
    return [edit, withdraw] if may_edit else [withdraw]


async def _tap_edit(turn: Turn, call: Call) -> None:
    await nominate.edit_sent(turn, call)


async def _tap_withdraw(turn: Turn, call: Call) -> None:
    sent = await _own(turn, call)
    check_may_withdraw(sent, turn.config, turn.now)
    sure = Button(turn.plain("button.withdraw_nomination"), str(Call(FLOW, sent.id, 0, "withdraw_sure")))
    keep = Button(turn.plain("button.keep"), str(Call(FLOW, sent.id, 0, "card")))
    name = nominee_name(turn.texts, sent.nominee)
    turn.show(turn.say("mine.ask_withdraw", code=sent.code, name=name), [[sure], [keep]])


async def _tap_withdraw_sure(turn: Turn, call: Call) -> None:
    number = EndorsementId(call.row)
    sent = await withdraw_nomination(turn.session, turn.person, number, turn.config, turn.now)
    await _card(turn, await _own(turn, call), said=turn.say("mine.now_withdrawn", code=sent.code))


async def _own(turn: Turn, call: Call) -> Endorsement:
    return await own_endorsement(turn.session, turn.person, EndorsementId(call.row))


def history_of(sent: Endorsement, revisions: list[tuple[str, datetime]]) -> list[tuple[str, datetime]]:
    """What happened to a reason, in order, out of the acts of its revisions.

    A revision "withdrawn" of a reason that was withdrawn already is its being sent again; "undone" takes back
    the last change, or the sending itself where there was none.
    """
    resent = [at for act, at in revisions if act == "withdrawn" and at == sent.sent_at]
    events = [] if resent else [("sent", sent.sent_at)]
    standing, changed = True, False
    for act, at in revisions:
        if act == "withdrawn" and not standing:
            events.append(("sent_again", at))
            standing, changed = True, False
        elif act == "undone" and changed:
            events.append(("restored", at))
            changed = False
        else:
            events.append((act, at))
            standing = standing and act not in {"withdrawn", "moved", "undone"}
            changed = act in {"changed", "added"}
    return events


_TAPS = {
    "list": _tap_list,
    "card": _tap_card,
    "edit": _tap_edit,
    "withdraw": _tap_withdraw,
    "withdraw_sure": _tap_withdraw_sure,
}
