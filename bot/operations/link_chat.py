"""Groups and channels: the bot comes in, the secretariat says whose it is, the bot is put out again."""

from datetime import date, datetime

from bot.config import Config
from bot.domain.chats import Chat, ChatState
from bot.domain.errors import Gone
from bot.domain.hours import Hours
from bot.domain.people import Person, UnitId
from bot.domain.roles import Role
from bot.operations.secretariat import check_secretariat
from storage import access, chats, notices, people, units
from storage.database import Session

NEW, LEFT = "chat_new", "chat_left"
"""The kinds of notice by which the secretariat hears of it."""


async def come_into(
    session: Session, chat_id: int, kind: str, title: str, by: Person | None, now: datetime
) -> None:
    """The bot is in a chat. The secretariat is asked whose it is, unless a stranger has put the bot there."""
    before = await chats.find(session, chat_id)
    chat = await chats.come(session, chat_id, kind, title, now)
    if before is not None and before.state is not ChatState.LEFT:
        return
    await access.note(session, by.id if by else None, "come_into", "chat", chat_id, now)
    if by is not None:
        await _tell(session, NEW, chat, now)


async def go_out_of(session: Session, chat_id: int, now: datetime) -> None:
    """The bot is in the chat no more; the secretariat hears of it where it was somebody's."""
    chat = await chats.find(session, chat_id)
    if chat is None or chat.state is ChatState.LEFT:
        return
    await chats.set_state(session, chat, ChatState.LEFT, chat.unit_id, None, now)
    await access.note(session, None, "go_out_of", "chat", chat_id, now)
    if chat.state is ChatState.LINKED:
        await _tell(session, LEFT, chat, now)


async def link_chat(
    session: Session, me: Person, chat: Chat, unit_id: UnitId | None, config: Config, now: datetime
) -> None:
    """It is the unit's from now on, with None the office's, in place of the one that was.

    Raises NotAllowed, and Gone for a chat that the bot has left and for a unit that is no more.
    """
    today = _check(me, chat, config, now)
    if unit_id is not None and all(unit.id != unit_id for unit in await units.list_units(session, today)):
        raise Gone("stale")
    before = await chats.find_linked(session, unit_id)
    if before is not None and before.chat_id != chat.chat_id:
        await chats.set_state(session, before, ChatState.UNUSED, None, me.id, now)
    await chats.set_state(session, chat, ChatState.LINKED, unit_id, me.id, now)
    whose = f"unit {unit_id}" if unit_id is not None else "office"
    await access.note(session, me.id, "link_chat", "chat", chat.chat_id, now, whose)


async def leave_unused(session: Session, me: Person, chat: Chat, config: Config, now: datetime) -> None:
    """Nothing is published there (any more). Raises as `link_chat` does."""
    _check(me, chat, config, now)
    await chats.set_state(session, chat, ChatState.UNUSED, None, me.id, now)
    await access.note(session, me.id, "unlink_chat", "chat", chat.chat_id, now)


def _check(me: Person, chat: Chat, config: Config, now: datetime) -> date:
    today = config.office.day_of(now)
    check_secretariat(me, today)
    if chat.state is ChatState.LEFT:
        raise Gone("chats.has_left")
    return today


async def _tell(session: Session, kind: str, chat: Chat, now: datetime) -> None:
    clerks = await people.list_with_role(session, Role.SECRETARIAT)
    told = [clerk.id for clerk in clerks if clerk.is_reached]
    body = {"chat_id": chat.chat_id}
    occurrence = f"{chat.chat_id}:{now.isoformat()}"
    await notices.plan_for(session, kind, occurrence, told, body, now, hours=Hours.ANY, urgency=0)
