"""Of whom nothing is told, and what a made-up history leaves behind it."""

from datetime import datetime

from bot.clock import to_us
from bot.domain.exemplars import ExemplarId
from bot.domain.nominations import NominationId
from storage.database import Session


async def list_withheld(session: Session) -> frozenset[NominationId]:
    """The nominations of which an export tells neither whom nor why: consent was declined or withdrawn."""
    return frozenset(NominationId(row["id"]) for row in await session.all("process.list_withheld"))


async def let_be_past(session: Session, undrawn: str, now: datetime) -> None:
    """What a made-up history would have sent and looked at again is behind it; what it still asks is not.

    `undrawn` stood for its pictures, which are yet to be drawn.
    """
    await session.run("process.let_notices_be_sent", at=to_us(now))
    await session.run("process.let_posts_be_sent")
    await session.run("process.let_followups_be_past", at=to_us(now))
    await session.run("process.let_cards_be_drawn", card=undrawn)


async def set_card(session: Session, exemplar_id: ExemplarId, card: str) -> None:
    """The picture (a Telegram file_id) of what a made-up exemplar says; nothing else about it changes."""
    await session.run("process.set_card", id=exemplar_id, card=card)
