"""The bots that are measured, each in a process of its own.

To each line of its standard input it answers the CPU it has used and the memory it holds; it stops gracefully
when that is closed.
"""

import argparse
import asyncio
import json
import os
import sys
import threading
import time
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
)
from telegram.ext.filters import TEXT

Context = ContextTypes.DEFAULT_TYPE
Stock = Application[Any, Any, Any, Any, Any, Any]


async def ours(given: argparse.Namespace, stop: asyncio.Event) -> None:
    """Gương Sáng as it is served, without pacing unless told so; its log is written, to nowhere."""
    from bot.app import serve  # noqa: PLC0415 - the others do without
    from bot.clock import system_clock  # noqa: PLC0415
    from bot.config import Config, Secret  # noqa: PLC0415
    from bot.logs import configure_logs  # noqa: PLC0415

    usual = Config()
    unpaced = replace(usual.delivery, per_second=0.0, per_chat_per_second=0.0, per_group_per_minute=0.0)
    config = replace(
        usual,
        telegram=replace(usual.telegram, token=Secret(given.token), base_url=given.base_url),
        storage=replace(usual.storage, url=given.database),
        delivery=usual.delivery if given.paced else unpaced,
        logging=replace(usual.logging, format="json"),
    )
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:  # noqa: ASYNC230
        configure_logs(config.logging, config.secrets(), nowhere, system_clock)
        await serve(config, system_clock, stop)


async def echo(given: argparse.Namespace, stop: asyncio.Event) -> None:
    """The least that python-telegram-bot can be asked to do."""
    builder = ApplicationBuilder().token(given.token).base_url(given.base_url)
    if given.at_once > 1:
        builder = builder.concurrent_updates(given.at_once)
    application = builder.build()
    application.add_handler(MessageHandler(TEXT, _echo))
    await _poll(application, stop)


async def _echo(update: Update, _context: Context) -> None:
    assert update.message
    assert update.message.text
    await update.message.reply_text(update.message.text)


async def conversation(given: argparse.Namespace, stop: asyncio.Event) -> None:
    """The same six steps by `ConversationHandler`, kept by `PicklePersistence`."""
    warnings.simplefilter("ignore")  # about per_message, which it does not need
    kept = PicklePersistence(f"{given.database}.pickle")
    application = ApplicationBuilder().token(given.token).base_url(given.base_url).persistence(kept).build()
    steps = [CallbackQueryHandler(_next, pattern=f".*:{name}:") for name in ("who", "kind", "movement")]
    states: dict[object, list[Any]] = {nth: [step] for nth, step in enumerate(steps)}
    states[3] = [MessageHandler(TEXT, _receive_story)]
    states[4] = [CallbackQueryHandler(_send)]
    start: Any = CommandHandler("decu", _start)
    application.add_handler(ConversationHandler([start], states, [start], name="nomination", persistent=True))
    await _poll(application, stop)


_ASKED = ("who", "kind", "movement")


async def _start(update: Update, context: Context) -> int:
    assert update.message
    assert context.user_data is not None
    context.user_data["draft"] = {}
    await update.message.reply_text("Xin cho biết người được đề cử.", reply_markup=_keyboard("who", 8))
    return 0


async def _next(update: Update, context: Context) -> int:
    assert update.callback_query
    assert update.callback_query.data
    assert context.user_data is not None
    _flow, _row, _version, name, chosen = update.callback_query.data.split(":")
    context.user_data["draft"][name] = chosen
    nth = _ASKED.index(name) + 1
    await update.callback_query.answer()
    if nth < len(_ASKED):
        await update.callback_query.edit_message_text("Xin chọn.", reply_markup=_keyboard(_ASKED[nth], 5))
    else:
        await update.callback_query.edit_message_text("Xin nêu việc làm, kết quả và điều có thể học tập.")
    return nth


async def _receive_story(update: Update, context: Context) -> int:
    assert update.message
    assert context.user_data is not None
    context.user_data["draft"]["story"] = update.message.text
    await update.message.reply_text(f"Đề cử\n\n{update.message.text}", reply_markup=_keyboard("send", 1))
    return 4


async def _send(update: Update, context: Context) -> int:
    assert update.callback_query
    assert context.user_data is not None
    context.user_data.setdefault("sent", []).append(context.user_data.pop("draft"))
    await update.callback_query.answer()
    await update.callback_query.edit_message_text("Đã ghi nhận.")
    return ConversationHandler.END


def _keyboard(name: str, count: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(f"Lựa chọn {nth}", callback_data=f"n:0:0:{name}:{nth}")]
            for nth in range(count)
        ]
    )


async def _poll(application: Stock, stop: asyncio.Event) -> None:
    assert application.updater
    async with application:
        await application.start()
        await application.updater.start_polling()
        await stop.wait()
        await application.updater.stop()
        await application.stop()


def _state() -> dict[str, float]:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return {"cpu_s": time.process_time(), "memory_mb": pages * os.sysconf("SC_PAGE_SIZE") / 2**20}


def _answer_lines(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    for _line in sys.stdin:
        print(json.dumps(_state()), flush=True)
    loop.call_soon_threadsafe(stop.set)


async def _main(given: argparse.Namespace) -> None:
    stop = asyncio.Event()
    threading.Thread(target=_answer_lines, args=(asyncio.get_running_loop(), stop), daemon=True).start()
    print("here", flush=True)
    await {"ours": ours, "echo": echo, "conversation": conversation}[given.sort](given, stop)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("sort", choices=("ours", "echo", "conversation"))
    options.add_argument("--base-url", required=True)
    options.add_argument("--token", required=True)
    options.add_argument("--database", default="")
    options.add_argument("--at-once", type=int, default=1)
    options.add_argument("--paced", action="store_true")
    asyncio.run(_main(options.parse_args()))
