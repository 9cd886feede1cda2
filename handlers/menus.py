"""Menus as Telegram takes them."""

import structlog
from telegram import Bot, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.operations.register_menus import CHAT_SCOPE, Menu, Put, Taken

log = structlog.get_logger("menus")


def putter(bot: Bot) -> Put:
    """What tells Telegram a menu, and answers what became of it instead of raising."""

    async def put(menu: Menu) -> Taken:
        scope = _scope(menu.scope)
        language = menu.language or None
        try:
            if menu.commands:
                await bot.set_my_commands(menu.commands, scope, language)
            else:
                await bot.delete_my_commands(scope, language)
        except (BadRequest, Forbidden) as refusal:
            log.info("menu_refused", error=type(refusal).__name__)
            return Taken.NO
        except TelegramError as failure:
            log.warning("menu_delayed", error=type(failure).__name__)
            return Taken.LATER
        return Taken.YES

    return put


def _scope(scope: str) -> BotCommandScopeChat | BotCommandScopeDefault:
    if scope.startswith(CHAT_SCOPE):
        return BotCommandScopeChat(int(scope.removeprefix(CHAT_SCOPE)))
    return BotCommandScopeDefault()
