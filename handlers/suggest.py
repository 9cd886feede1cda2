"""/gopy: a suggestion to the secretariat, which answers it or puts it on file.

Everybody writes one, looks at it, sends it, and sees what was answered; the secretariat has the year's list.
"""

from collections.abc import Callable

from bot.domain.errors import Gone, Refused
from bot.domain.roles import Role
from bot.domain.writing import abridge, plain_html
from bot.messages import Button, Call, Rows
from bot.operations import compose_suggestions
from bot.operations.compose_suggestions import STATES, suggestion_text, ways_to_settle
from bot.operations.suggest import (
    TEXT_MAX,
    TEXT_MIN,
    answer_suggestion,
    check_may_suggest,
    file_suggestion,
    read_answer,
    read_suggestion,
    suggest,
)
from bot.texts import Html, join_html
from handlers.incoming import Sort
from handlers.pages import known_page, page_buttons, pages_of
from handlers.turn import Turn
from handlers.workshop import only_secretariat
from storage import conversations, suggestions
from storage.conversations import StoredDraft
from storage.suggestions import Suggestion, SuggestionState

FLOW = compose_suggestions.FLOW
ANSWERING = "sa"
"""The conversation in which an answer is written."""
_A_PAGE = 6
_STATES = (SuggestionState.OPEN, SuggestionState.ANSWERED, SuggestionState.FILED)


# --- writing one ---


async def start(turn: Turn) -> None:
    """/gopy: what was being written, or the question; the secretariat sees its list first."""
    draft = await turn.draft(FLOW)
    if draft is not None:
        _show_preview(turn, draft)
    elif _is_clerk(turn):
        await _list(turn, SuggestionState.OPEN, turn.today.year, 0)
    else:
        await _ask(turn)


async def receive(turn: Turn) -> None:
    """What is suggested, as it is typed."""
    await check_may_suggest(turn.session, turn.person)
    text = read_suggestion(_typed(turn))
    draft = await conversations.put_draft(
        turn.session, turn.person.id, FLOW, "preview", {"text": text}, turn.now
    )
    _show_preview(turn, draft)


async def leave(turn: Turn) -> None:
    """/huy: nothing is sent."""
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    turn.show(turn.say("suggest.left"))


async def _ask(turn: Turn) -> None:
    await check_may_suggest(turn.session, turn.person)
    text = turn.say("suggest.ask", minimum=TEXT_MIN, maximum=turn.texts.number(TEXT_MAX))
    turn.show(text, await _way_to_own(turn), flow=FLOW)


async def _way_to_own(turn: Turn) -> Rows:
    n = len(await suggestions.list_of(turn.session, turn.person.id))
    label = turn.plain("button.own_suggestions", n=turn.texts.number(n))
    return [[Button(label, str(Call(FLOW, 0, 0, "own", "0")))]] if n else []


def _show_preview(turn: Turn, draft: StoredDraft) -> None:
    rows = [
        [Button(turn.plain("button.send"), _of(draft, "send"))],
        [
            Button(turn.plain("button.rewrite"), _of(draft, "anew")),
            Button(turn.plain("button.cancel"), _of(draft, "leave")),
        ],
    ]
    turn.show(turn.say("suggest.preview", text=draft.fields["text"]), rows, flow=FLOW)


def _of(draft: StoredDraft, act: str) -> str:
    return str(Call(draft.flow, draft.id, draft.version, act))


async def _tap_draft(turn: Turn, call: Call) -> None:
    draft = await turn.draft(FLOW)
    if draft is None or (draft.id, draft.version) != (call.row, call.version):
        raise Gone("stale")
    if call.act == "leave":
        await leave(turn)
        return
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    if call.act == "anew":
        await _ask(turn)
        return
    await suggest(turn.session, turn.person, draft.fields["text"], turn.today, turn.now)
    turn.session.after_commit(turn.house.wake)
    turn.show(turn.say("suggest.sent"), await _way_to_own(turn))


# --- lists ---


async def _list(turn: Turn, state: SuggestionState, year: int, wanted: int) -> None:
    """The secretariat's: of a year, by what became of them."""
    only_secretariat(turn)
    known = await suggestions.list_suggestions(turn.session, year, turn.config.office.timezone)
    shown = [one for one in known if one.state is state]

    def to(page: int, of: SuggestionState = state, in_year: int = year) -> str:
        return str(Call(FLOW, 0, 0, "list", f"{_STATES.index(of)},{in_year},{page}"))

    tabs = [
        Button(
            turn.plain(
                "suggest.tab",
                mark="✓ " if one is state else "",
                state=turn.plain(STATES[one]),
                n=sum(other.state is one for other in known),
            ),
            to(0, one),
        )
        for one in _STATES
    ]
    others = [Button(str(other), to(0, state, other)) for other in (year - 1, year + 1)]
    years = [button for button in others if 2024 <= int(button.label) <= turn.today.year]
    write = Button(turn.plain("button.write_suggestion"), str(Call(FLOW, 0, 0, "write")))
    rows = [*_page(turn, shown, wanted, to), tabs, years, [write]]
    turn.show(turn.texts.count("suggest.list", len(shown), state=turn.plain(STATES[state]), year=year), rows)


async def _own(turn: Turn, wanted: int) -> None:
    """One's own, with what was answered."""
    mine = await suggestions.list_of(turn.session, turn.person.id)
    rows = _page(turn, mine, wanted, lambda page: str(Call(FLOW, 0, 0, "own", str(page))))
    write = Button(turn.plain("button.write_suggestion"), str(Call(FLOW, 0, 0, "write")))
    turn.show(turn.texts.count("suggest.own", len(mine)), [*rows, [write]])


def _page(turn: Turn, shown: list[Suggestion], wanted: int, to: Callable[[int], str]) -> list[list[Button]]:
    pages = pages_of(len(shown), _A_PAGE)
    page = known_page(wanted, pages)
    return [
        *([_line(turn, one)] for one in shown[page * _A_PAGE : (page + 1) * _A_PAGE]),
        page_buttons(turn.texts, page, pages, to),
    ]


def _line(turn: Turn, one: Suggestion) -> Button:
    day = f"{one.at.astimezone(turn.config.office.timezone):%d/%m}"
    return Button(abridge(f"{day} · {one.text}", 55), str(Call(FLOW, one.id, 0, "show")))


def _show(turn: Turn, one: Suggestion, note: Html | None = None) -> None:
    parts = [*([note] if note else []), suggestion_text(one, turn.texts)]
    if _is_clerk(turn):
        year = one.at.astimezone(turn.config.office.timezone).year
        back = Call(FLOW, 0, 0, "list", f"{_STATES.index(one.state)},{year},0")
        ways = ways_to_settle(one, turn.texts)
    else:
        back, ways = Call(FLOW, 0, 0, "own", "0"), []
    turn.show(join_html(parts, "\n\n"), [*ways, [Button(turn.plain("button.to_list"), str(back))]])


# --- answering ---


async def receive_answer(turn: Turn) -> None:
    """What the secretariat answers, as it is typed."""
    only_secretariat(turn)
    draft = await turn.draft(ANSWERING)
    if draft is None:
        raise Refused("stale")
    answer = read_answer(_typed(turn))
    draft = await conversations.put_draft(
        turn.session, turn.person.id, ANSWERING, "preview", {**draft.fields, "answer": answer}, turn.now
    )
    rows = [
        [Button(turn.plain("button.send"), _of(draft, "send"))],
        [Button(turn.plain("button.cancel"), _of(draft, "leave"))],
    ]
    turn.show(turn.say("suggest.preview_answer", answer=answer), rows, flow=ANSWERING)


async def leave_answer(turn: Turn) -> None:
    """/huy: nothing is answered."""
    await conversations.drop_draft(turn.session, turn.person.id, ANSWERING)
    turn.show(turn.say("suggest.left_answer"))


async def _ask_answer(turn: Turn, one: Suggestion) -> None:
    fields = {"suggestion_id": one.id}
    await conversations.put_draft(turn.session, turn.person.id, ANSWERING, "ask", fields, turn.now)
    back = Button(turn.plain("button.back"), str(Call(FLOW, one.id, 0, "show")))
    turn.show(turn.say("suggest.ask_answer", text=Html(plain_html(one.text))), [[back]], flow=ANSWERING)


async def tap_answer(turn: Turn, call: Call) -> None:
    """[Gửi] and [Hủy] below an answer."""
    only_secretariat(turn)
    draft = await turn.draft(ANSWERING)
    if draft is None or (draft.id, draft.version) != (call.row, call.version) or "answer" not in draft.fields:
        raise Gone("stale")
    if call.act == "leave":
        await leave_answer(turn)
        return
    number, answer = draft.fields["suggestion_id"], draft.fields["answer"]
    one = await answer_suggestion(turn.session, turn.person, number, answer, turn.today, turn.now)
    await conversations.drop_draft(turn.session, turn.person.id, ANSWERING)
    turn.session.after_commit(turn.house.wake)
    _show(turn, one, turn.say("suggest.answer_sent"))


# --- taps ---


async def tap(turn: Turn, call: Call) -> None:
    """A page, a suggestion, or what is to become of it."""
    if call.act in {"send", "anew", "leave"}:
        await _tap_draft(turn, call)
    elif call.act == "write":
        await conversations.drop_draft(turn.session, turn.person.id, FLOW)
        await _ask(turn)
    elif call.act == "own":
        await _own(turn, call.number)
    elif call.act == "list":
        await _list(turn, *_read_list(call.arg))
    else:
        await _tap_one(turn, call)


def _read_list(arg: str) -> tuple[SuggestionState, int, int]:
    parts = arg.split(",")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        raise Gone("stale")
    state, year, page = map(int, parts)
    if state >= len(_STATES) or not 2000 <= year <= 2200:
        raise Gone("stale")
    return _STATES[state], year, page


async def _tap_one(turn: Turn, call: Call) -> None:
    one = await suggestions.find_suggestion(turn.session, call.row)
    if one is None or not (_is_clerk(turn) or one.person_id == turn.person.id):
        raise Gone("stale")
    if call.act == "show":
        _show(turn, one)
        return
    only_secretariat(turn)
    if one.state is not SuggestionState.OPEN:
        raise Gone("suggest.settled")
    if call.act == "answer":
        await _ask_answer(turn, one)
    elif call.act == "file":
        filed = await file_suggestion(turn.session, turn.person, one.id, turn.today, turn.now)
        turn.session.after_commit(turn.house.wake)
        _show(turn, filed, turn.say("suggest.filed"))
    else:
        raise Gone("stale")


def _typed(turn: Turn) -> str:
    if turn.incoming.sort is not Sort.TEXT:
        raise Refused("suggest.only_text")
    return turn.incoming.text


def _is_clerk(turn: Turn) -> bool:
    return turn.person.has(Role.SECRETARIAT, turn.today)
