"""The composition root: the only module that knows everything, and the bot's life from start to stop."""

import asyncio
from types import TracebackType
from typing import Any

import structlog
from telegram.ext import Application, ApplicationBuilder

from bot.clock import Clock
from bot.config import Config
from bot.ingress import InOrderOfPeople, Poller
from bot.outbox import Screens
from bot.pace import Pace
from bot.request import TelegramRequest
from handlers import routes
from handlers.turn import House
from storage.database import Database

log = structlog.get_logger("app")

_TICK_S = 1.0


class Bot:
    """The whole bot on an open, migrated database. `request` is the way to Telegram; tests give their own."""

    def __init__(
        self, config: Config, database: Database, clock: Clock, request: TelegramRequest | None = None
    ) -> None:
        self.config, self.database, self.clock = config, database, clock
        telegram = config.telegram
        self._calls = request or TelegramRequest(proxy=telegram.proxy or None)
        self._polls = request or TelegramRequest(proxy=telegram.proxy or None, max_connections=2)
        self.application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder()
            .token(telegram.token.reveal())
            .base_url(telegram.base_url)
            .base_file_url(telegram.base_file_url)
            .request(self._calls)
            .get_updates_request(self._polls)
            .concurrent_updates(InOrderOfPeople())
            .updater(None)
            .build()
        )
        delivery = config.delivery
        pace = Pace(delivery.per_second, delivery.per_chat_per_second)
        self.screens = Screens(self.application.bot, database, clock, pace)
        self.wake = asyncio.Event()
        self.house = House(
            database, clock, config, self.screens, lambda: self.application.bot.username, self.wake.set
        )
        self.application.add_handlers(routes(self.house))
        self.poller = Poller(self.application, self._polls, database, clock, telegram.poll_timeout_s)

    async def __aenter__(self) -> "Bot":
        await self.application.initialize()
        await self.screens.show_unshown()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.screens.close()
        await self.application.shutdown()

    async def do_what_waits(self) -> bool:
        """One round of everything, for those who drive the bot step by step; False when there was nothing."""
        updates = await self.poller.poll_once()
        await self.screens.idle()
        return updates > 0

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until told to stop; what is in hand then is finished."""
        log.info("serving", bot=self.application.bot.username)
        await self.poller.run(stop)
        log.info("stopped")
