"""A message was refused, or its group has another number now: what follows from that."""

from datetime import datetime

from bot.operations.ask_consent import ASK, not_asked
from bot.operations.compose_honours import FAILED
from bot.operations.take_down import BY_HAND, HONOUR, HONOUR_DELETE, a_clerk
from storage import chats, honours, notices
from storage.database import Session
from storage.notices import Notice


async def not_delivered(session: Session, notice: Notice, now: datetime) -> None:
    """Telegram refused it: who honours hears that and may try again, or somebody removes a post by hand."""
    if notice.kind == ASK:
        await not_asked(session, notice.body, now)
    if notice.chat_id is None:
        return
    if notice.kind == HONOUR:
        await honours.remove(session, notice.body["honour_id"], now)
        body = {"exemplar_id": notice.body["exemplar_id"], "chat_id": notice.chat_id}
        await notices.plan(session, FAILED, notice.occurrence, notice.person_id, body, now)
    elif notice.kind == HONOUR_DELETE:
        clerk = await a_clerk(session) or notice.person_id
        body = {"honour_id": notice.body["honour_id"], "chat_id": notice.chat_id}
        await notices.plan(session, BY_HAND, notice.occurrence, clerk, body, now, urgency=1)


async def chat_moved(session: Session, old_id: int, new_id: int) -> None:
    """A group has become a supergroup: it keeps its link, and what waits for it goes there."""
    await chats.move(session, old_id, new_id)
