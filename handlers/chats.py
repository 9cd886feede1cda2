"""Groups and channels: the bot comes in or is put out, and /nhom says whose each of them is."""

from bot.domain.chats import Chat, ChatState
from bot.domain.errors import Gone
from bot.domain.people import UnitId
from bot.messages import Button, Call
from bot.operations.compose_honours import whose_rows
from bot.operations.exemplar_words import CHATS as FLOW
from bot.operations.follow_chat import chat_moved
from bot.operations.link_chat import come_into, go_out_of, leave_unused, link_chat
from bot.texts import N_
from handlers.pages import known_page, page_buttons, pages_of
from handlers.turn import Turn
from handlers.workshop import only_secretariat
from storage import chats, people, units

__all__ = ["FLOW", "membership", "moved", "start", "tap"]

_PAGE = 8
_STATES = {
    ChatState.NEW: N_("chats.state_new"),
    ChatState.UNUSED: N_("chats.state_unused"),
    ChatState.LEFT: N_("chats.state_left"),
}


# --- what happens in them ---


async def membership(turn: Turn) -> None:
    """The bot was put into a group or channel, or out of it. It says nothing there."""
    incoming = turn.incoming
    if incoming.left_chat:
        await go_out_of(turn.session, incoming.chat_id, turn.now)
    else:
        by = await people.find_by_telegram(turn.session, incoming.user_id) if incoming.user_id else None
        kind, title = incoming.chat_kind, incoming.chat_title
        await come_into(turn.session, incoming.chat_id, kind, title, by, turn.now)
    turn.session.after_commit(turn.house.wake)


async def moved(turn: Turn) -> None:
    """A group has become a supergroup: its link stays."""
    incoming = turn.incoming
    if incoming.moved_to:
        await chat_moved(turn.session, incoming.chat_id, incoming.moved_to)
    elif incoming.moved_from:
        await chat_moved(turn.session, incoming.moved_from, incoming.chat_id)


# --- whose they are ---


async def start(turn: Turn) -> None:
    """/nhom: all of them."""
    only_secretariat(turn)
    await _show(turn, 0)


async def _show(turn: Turn, page: int) -> None:
    known = await chats.list_all(turn.session)
    if not known:
        turn.show(turn.say("chats.none"))
        return
    pages = pages_of(len(known), _PAGE)
    page = known_page(page, pages)
    rows = [
        [_button(f"{chat.title} · {await _whose(turn, chat)}"[:60], "open", chat)]
        for chat in known[page * _PAGE : (page + 1) * _PAGE]
    ]
    turning = page_buttons(turn.texts, page, pages, lambda to: str(Call(FLOW, 0, 0, "list", str(to))))
    turn.show(turn.texts.count("chats.list", len(known)), [*rows, turning])


async def _whose(turn: Turn, chat: Chat) -> str:
    if chat.state is not ChatState.LINKED:
        return turn.plain(_STATES[chat.state])
    if chat.unit_id is None:
        return turn.plain("chats.of_office")
    names = {unit.id: unit.name for unit in await units.list_units(turn.session)}
    return names.get(chat.unit_id, "…")


async def tap(turn: Turn, call: Call) -> None:
    """Whose a chat is; buttons hold as long as the bot is in it."""
    only_secretariat(turn)
    if call.act == "list":
        await _show(turn, call.number)
        return
    act = _TAPS.get(call.act)
    chat = await chats.find(turn.session, -call.row)
    if act is None or chat is None:
        raise Gone("stale")
    await act(turn, chat, call)


async def _tap_open(turn: Turn, chat: Chat, _call: Call) -> None:
    if chat.state is ChatState.LEFT:
        text = turn.say("chats.left", title=chat.title)
        turn.show(text, [[_back(turn)]])
        return
    await _ask_whose(turn, chat, 0)


async def _tap_whose(turn: Turn, chat: Chat, call: Call) -> None:
    await _ask_whose(turn, chat, max(call.number, 0))


async def _ask_whose(turn: Turn, chat: Chat, page: int) -> None:
    known = await units.list_units(turn.session, turn.today)
    text = turn.say("chats.ask_whose", title=chat.title, whose=await _whose(turn, chat))
    turn.show(text, [*whose_rows(chat, known, page, turn.texts), [_back(turn)]])


async def _tap_office(turn: Turn, chat: Chat, _call: Call) -> None:
    await _link(turn, chat, None)


async def _tap_unit(turn: Turn, chat: Chat, call: Call) -> None:
    await _link(turn, chat, UnitId(call.number))


async def _link(turn: Turn, chat: Chat, unit_id: UnitId | None) -> None:
    await link_chat(turn.session, turn.person, chat, unit_id, turn.config, turn.now)
    now_is = await chats.find(turn.session, chat.chat_id)
    whose = await _whose(turn, now_is or chat)
    turn.show(turn.say("chats.linked", title=chat.title, whose=whose), [[_back(turn)]])


async def _tap_unused(turn: Turn, chat: Chat, _call: Call) -> None:
    await leave_unused(turn.session, turn.person, chat, turn.config, turn.now)
    turn.show(turn.say("chats.unused", title=chat.title), [[_back(turn)]])


def _back(turn: Turn) -> Button:
    return Button(turn.plain("button.all_chats"), str(Call(FLOW, 0, 0, "list", "0")))


def _button(label: str, act: str, chat: Chat) -> Button:
    return Button(label, str(Call(FLOW, chat.number, 0, act)))


_TAPS = {
    "open": _tap_open,
    "whose": _tap_whose,
    "office": _tap_office,
    "unit": _tap_unit,
    "unused": _tap_unused,
}
