"""What of the invented history lies with Telegram: the pictures of exemplars, the groups and the channel."""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.config import Config
from bot.documents.exemplar_card import card_of
from bot.documents.picture_card import draw_card
from bot.domain.chats import ChatState
from bot.domain.exemplars import Consent
from bot.domain.people import Person
from bot.sandbox.media import store_upload
from bot.sandbox.params import Upload
from bot.sandbox.telegram import Telegram
from storage import chats, exemplars, people, process, units
from storage.database import Database

_SHOWN = frozenset({Consent.AGREED, Consent.ASKED, Consent.CHANGE})


async def draw_cards(telegram: Telegram, database: Database, config: Config) -> None:
    """Draw the picture of everybody who was asked, and let Telegram have it."""
    async with database.reading() as session:
        known = await exemplars.list_standing(session)
    drawn = []
    for exemplar in known:
        if exemplar.consent in _SHOWN and not exemplar.has_card:
            picture = await asyncio.to_thread(draw_card, card_of(exemplar, None, config))
            upload = Upload(f"{exemplar.id}.png", picture, "image/png")
            drawn.append((exemplar, str(store_upload(telegram.world, "photo", upload)[-1]["file_id"])))
    async with database.transaction() as session:
        for exemplar, file_id in drawn:
            await process.set_card(session, exemplar.id, file_id)


async def open_chats(
    telegram: Telegram, database: Database, told: Iterable[dict[str, Any]], now: datetime
) -> None:
    """Make the groups and channels, with the bot in them, whose they are known."""
    async with database.transaction() as session:
        by_code = {person.code: person for person in await people.list_people(session)}
        unit_ids = {unit.code: unit.id for unit in await units.list_units(session)}
        for one in told:
            kind = "channel" if one.get("channel") else "supergroup"
            members = _in_chat(by_code[code] for code in one["members"])
            chat_id = _open(telegram, one["title"], kind, members)
            chat = await chats.come(session, chat_id, kind, one["title"], now)
            unit_id = unit_ids[one["unit"]] if "unit" in one else None
            await chats.set_state(session, chat, ChatState.LINKED, unit_id, None, now)


def _open(telegram: Telegram, title: str, kind: str, members: list[int]) -> int:
    with telegram.world.store.together():
        chat_id = telegram.world.add_group(title, kind)
        for user_id in members:
            telegram.world.join(chat_id, user_id)
    return chat_id


def _in_chat(known: Iterable[Person]) -> list[int]:
    return [person.telegram_id for person in known if person.telegram_id is not None]
