"""The composition root: the only module that knows everything, and the bot's life from start to stop."""

import asyncio
import contextlib
from datetime import date, datetime
from functools import partial
from types import TracebackType
from typing import Any

import structlog
from telegram.error import InvalidToken, NetworkError, RetryAfter
from telegram.ext import Application, ApplicationBuilder

from bot.backups import Nightly
from bot.clock import Clock
from bot.config import Config
from bot.domain.errors import Refused
from bot.domain.people import Person
from bot.ingress import InOrderOfPeople, Poller
from bot.messages import Body
from bot.notices import Notices
from bot.operations.after_restore import tell_of_restore
from bot.operations.compose_notice import compose
from bot.operations.notice_case import Context
from bot.operations.register_menus import register_menus
from bot.outbox import Screens
from bot.pace import Pace
from bot.request import CallingRequest, TelegramRequest
from bot.rounds import every
from bot.scheduler import Schedule
from bot.tasks import Tasks, files_folder
from handlers import routes
from handlers.menus import putter
from handlers.turn import House
from handlers.works import SLOW, works
from handlers.workshop import Workshop
from storage.database import Database, Session
from storage.migrating import open_migrated
from storage.notices import Notice

log = structlog.get_logger("app")

_NOTICES_REST_S, _MENUS_REST_S, _BACKUPS_REST_S = 1.0, 600.0, 60.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 60.0


class Bot:
    """The whole bot on an open, migrated database. `request` is the way to Telegram; tests give their own."""

    def __init__(
        self, config: Config, database: Database, clock: Clock, request: CallingRequest | None = None
    ) -> None:
        self.config, self.database, self.clock = config, database, clock
        telegram, delivery = config.telegram, config.delivery
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
        bot = self.application.bot
        per_group = delivery.per_group_per_minute / 60
        pace = Pace(
            delivery.per_second,
            delivery.per_chat_per_second,
            per_group,
            kept=delivery.kept_for_replies_per_second,
        )
        rounds = ("notices", "tasks", *SLOW, "menus", "backups")
        self._alarms = {name: asyncio.Event() for name in rounds}
        self.screens = Screens(bot, database, clock, pace)
        self.house = House(database, clock, config, self.screens, lambda: bot.username, self.wake)
        self.notices = Notices(bot, database, clock, pace, config.timetable, self._compose)
        workshop = Workshop(self.house, bot, pace, files_folder(config.storage))
        self.tasks = Tasks(database, clock, works(workshop), workshop.folder)
        self.schedule = Schedule(database, clock, config, self.wake)
        self.backups = Nightly(database, clock, config)
        self.application.add_handlers(routes(self.house))
        self.poller = Poller(self.application, self._polls, database, clock, telegram.poll_timeout_s)

    async def __aenter__(self) -> "Bot":
        await self.application.initialize()
        await self.poller.forget_old_notes()
        await self.notices.recover()
        async with self.database.transaction() as session:
            await tell_of_restore(session, self.clock(), self._today())
        await self.screens.show_unshown()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.screens.close()
        await self.application.shutdown()

    async def do_what_waits(self) -> bool:
        """One round of everything, for those who drive the bot step by step; False when there was nothing."""
        done = await self.schedule.tick()
        done += await self.poller.poll_once()
        await self.screens.idle()
        done += await self.tasks.run_due()
        await self.screens.idle()
        done += await self.notices.send_due()
        return done > 0

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until told to stop; what is in hand then is finished."""
        log.info("serving", bot=self.application.bot.username)
        self.schedule.start()
        try:
            async with asyncio.TaskGroup() as together:
                for name, rest_s, work in (
                    ("notices", _NOTICES_REST_S, partial(self.notices.send_due, stop)),
                    ("tasks", _NOTICES_REST_S, partial(self.tasks.run_due, self.tasks.kinds - set(SLOW))),
                    ("menus", _MENUS_REST_S, self._register_menus),
                    ("backups", _BACKUPS_REST_S, self.backups.run_due),
                ):
                    together.create_task(every(rest_s, self._alarms[name], stop, work))
                for kind in SLOW:
                    slowly = partial(self.tasks.run_due, [kind])
                    together.create_task(every(_NOTICES_REST_S, self._alarms[kind], stop, slowly))
                try:
                    await self.poller.run(stop)
                finally:
                    stop.set()
                    self.wake()
            await self.screens.finish()
        finally:
            self.schedule.stop()
        log.info("stopped")

    def wake(self) -> None:
        """There may be something to send, to do or to register."""
        for alarm in self._alarms.values():
            alarm.set()

    async def _register_menus(self) -> bool:
        put = putter(self.application.bot)
        return await register_menus(self.database, self.house.texts_for, put, self._today())

    def _today(self) -> date:
        return self.config.office.day_of(self.clock())

    async def _compose(self, session: Session, notice: Notice, person: Person, now: datetime) -> Body | None:
        context = Context(self.config, self.house.texts_for, self.house.bot_name)
        return await compose(session, notice, person, now, context)


async def serve(config: Config, clock: Clock, stop: asyncio.Event) -> None:
    """Open the database, bring it up to date, and serve until told to stop.

    Raises DatabaseTooNew, what opening a database raises, and Refused for a token that Telegram refuses.
    """
    storage = config.storage
    database = await open_migrated(storage.url, synchronous=storage.synchronous, backups=storage.backups)
    try:
        bot = Bot(config, database, clock)
        if await _reached(bot, stop):
            async with bot:
                await bot.run(stop)
    finally:
        await database.close()


async def _reached(bot: Bot, stop: asyncio.Event) -> bool:
    """Wait until Telegram answers; False when told to stop before. Raises Refused."""
    pause_s = _FIRST_PAUSE_S
    while not stop.is_set():
        try:
            await bot.application.initialize()
        except InvalidToken:
            raise Refused("cli.token_refused") from None
        except (NetworkError, RetryAfter) as failure:
            log.warning("telegram_unreachable", error=type(failure).__name__, pause_s=pause_s)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)
        else:
            return True
    return False
