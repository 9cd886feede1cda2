"""`guongsang demo`: the sandbox on one's own machine, without a token and without a network."""

import argparse
import asyncio
import os
import sys
import threading
import webbrowser
from contextlib import suppress
from pathlib import Path

from bot.cli.common import tell, tell_failure
from bot.cli.signals import told_to_stop
from bot.clock import system_clock
from bot.config import Config, Logging
from bot.logs import configure_logs
from bot.sandbox.demo import Demo
from bot.sandbox.tour import play_tour
from bot.texts import LOCALES, N_, Texts, known_locale

LANGUAGE_VARIABLE = "GUONGSANG_LANG"
_USUAL_PORT = 8765


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Put `demo` on the command line."""
    parser = commands.add_parser("demo", help="try everything on this machine, without Telegram")
    parser.add_argument("--port", type=int, default=_USUAL_PORT, help=f"default: {_USUAL_PORT}; 0: any free")
    parser.add_argument("--data", type=Path, default=Path("demo"), metavar="DIR", help="default: demo")
    parser.add_argument("--empty", action="store_true", help="units and secretariat only")
    parser.add_argument("--no-browser", action="store_true", help="do not open the page")
    parser.add_argument("--tour", action="store_true", help="play the main job by itself and exit")
    parser.add_argument("--lang", choices=LOCALES, help=f"of the tour; also by {LANGUAGE_VARIABLE}")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C, or play the tour; answers 0, or 1 where the tour found something amiss."""
    configure_logs(Logging(level="WARNING"), (), sys.stderr, system_clock)
    if args.tour:
        return play_tour(_texts(known_locale(args.lang or os.environ.get(LANGUAGE_VARIABLE))), _say)
    asyncio.run(_serve(args))
    return 0


async def _serve(args: argparse.Namespace) -> None:
    stop = told_to_stop()
    async with Demo(args.data, args.port, empty=args.empty) as demo:
        demo.bot.given_up = lambda: _tell_failure(_GIVEN_UP, log=str(args.data / "bot.log"))
        _tell(_READY, address=demo.address, folder=str(args.data.absolute()))
        if not args.no_browser:
            threading.Thread(target=_open_page, args=(demo.address,), daemon=True).start()
        told, ended = asyncio.create_task(stop.wait()), asyncio.create_task(demo.ended())
        await asyncio.wait([told, ended], return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        ended.cancel()
        _tell(_STOPPING)
    _tell(_STOPPED, folder=str(args.data))


_READY, _STOPPING, _STOPPED = N_("demo.ready"), N_("demo.stopping"), N_("demo.stopped")
_GIVEN_UP = N_("demo.bot_given_up")


def _open_page(address: str) -> None:
    """In a window only: a browser of the terminal would take it over."""
    windows = os.name == "nt" or sys.platform == "darwin"
    if windows or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        with suppress(webbrowser.Error, OSError):
            webbrowser.open(address)


def _tell(message_id: str, **values: object) -> None:
    """Tell it in every language: who tries the demo has not chosen one yet."""
    _say("\n\n".join(_texts(locale).plain(message_id, **values) for locale in LOCALES))


def _tell_failure(message_id: str, **values: object) -> None:
    tell_failure("\n".join(_texts(locale).plain(message_id, **values) for locale in LOCALES))


def _say(text: str) -> None:
    tell(text)
    sys.stdout.flush()


def _texts(locale: str) -> Texts:
    office = Config().office
    return Texts(locale, office.timezone, office.address_form)
