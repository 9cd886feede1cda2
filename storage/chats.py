"""Groups and channels as rows."""

from datetime import datetime

from bot.clock import to_us
from bot.domain.chats import Chat, ChatState
from bot.domain.people import PersonId, UnitId
from storage.database import Row, Session


async def come(session: Session, chat_id: int, kind: str, title: str, now: datetime) -> Chat:
    """The bot is in a chat; one that it had left is new again."""
    row = await session.one("chats.come", chat_id=chat_id, kind=kind, title=title, at=to_us(now))
    assert row is not None  # noqa: S101 - an upsert always answers
    return _chat(row)


async def find(session: Session, chat_id: int) -> Chat | None:
    """The chat of that number."""
    row = await session.one("chats.get", chat_id=chat_id)
    return _chat(row) if row else None


async def list_all(session: Session) -> list[Chat]:
    """Every chat, those that the bot has left last."""
    return [_chat(row) for row in await session.all("chats.list_all")]


async def find_linked(session: Session, unit_id: UnitId | None) -> Chat | None:
    """The unit's chat, or with None the office's."""
    found = [_chat(row) for row in await session.all("chats.list_linked")]
    return next((chat for chat in found if chat.unit_id == unit_id), None)


async def set_state(
    session: Session,
    chat: Chat,
    state: ChatState,
    unit_id: UnitId | None,
    linked_by: PersonId | None,
    now: datetime,
) -> None:
    """What the chat is used for from now on."""
    await session.run(
        "chats.set_state",
        chat_id=chat.chat_id,
        state=state.value,
        unit_id=unit_id,
        linked_by=linked_by,
        at=to_us(now),
    )


async def move(session: Session, old_id: int, new_id: int) -> bool:
    """Telegram has given a group another number; False if it is not known under the old one."""
    if await find(session, old_id) is None:
        return False
    await session.run("chats.forget", chat_id=new_id)
    await session.run("chats.move", old_id=old_id, new_id=new_id)
    await session.run("chats.move_honours", old_id=old_id, new_id=new_id)
    await session.run("chats.move_notices", old_id=old_id, new_id=new_id)
    return True


def _chat(row: Row) -> Chat:
    unit_id = row["unit_id"]
    return Chat(
        row["chat_id"],
        row["kind"],
        row["title"],
        ChatState(row["state"]),
        UnitId(unit_id) if unit_id is not None else None,
    )
