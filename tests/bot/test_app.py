"""The bot's life, from its start to its stop, with an emulated Telegram over HTTP and a real file."""

import asyncio
import contextlib
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import serve
from bot.backups import nightly_folder
from bot.clock import system_clock
from bot.config import Config, Secret
from bot.domain.errors import Refused
from bot.domain.people import Post
from bot.domain.roles import Role
from bot.sandbox.faults import Fault
from bot.sandbox.refusals import Json
from storage import conversations, jobs, people
from storage.backups import BACKUP, check_backup
from storage.database import open_database
from storage.migrating import DatabaseTooNew, open_migrated
from tests.conftest import PATIENCE_S, office_config
from tests.emulator_request import TOKEN
from tests.office import PEOPLE, TELEGRAM_IDS
from tests.simulation.served_telegram import ServedTelegram

HOUSE = Path(__file__).parents[2]
LAN = TELEGRAM_IDS["lan"]


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[ServedTelegram]:
    """A Telegram that knows the office's people; all of them have pressed Start."""
    served = ServedTelegram(tmp_path / "telegram", system_clock)
    for row in PEOPLE:
        served.telegram.people.put(TELEGRAM_IDS[row[0]], row[1], started=True)
    async with served:
        yield served


@pytest.fixture
def settings(telegram: ServedTelegram, tmp_path: Path, sqlite_template: Path) -> Config:
    """The configuration of an office with people in it, kept in a file."""
    shutil.copy(sqlite_template, tmp_path / "guongsang.db")
    config = office_config()
    address = telegram.address
    return replace(
        config,
        telegram=replace(config.telegram, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot"),
        storage=replace(config.storage, url=f"sqlite:///{tmp_path / 'guongsang.db'}"),
    )


class Calls:
    """What the bot called and was answered, to be waited for."""

    def __init__(self, telegram: ServedTelegram) -> None:
        self.answered: list[tuple[str, Json]] = []
        self._more = asyncio.Event()
        telegram.telegram.ears.append(self._hear)

    def _hear(self, method: str, _params: Mapping[str, Any], body: Json | None) -> None:
        if body is not None:
            self.answered.append((method, body))
            self._more.set()

    def count(self, method: str) -> int:
        """How often a method was answered well."""
        return sum(called == method and body["ok"] for called, body in self.answered)

    async def wait(self, wanted: Callable[[], bool]) -> None:
        """Until the calls are as wanted."""
        async with asyncio.timeout(PATIENCE_S):
            while not wanted():
                self._more.clear()
                await self._more.wait()


@asynccontextmanager
async def bot(config: Config) -> AsyncIterator[asyncio.Event]:
    """The bot serving meanwhile, and stopped gracefully."""
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(config, system_clock, stop))
    try:
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(serving, PATIENCE_S)


def waiting(telegram: ServedTelegram) -> int:
    """How many updates the bot has not confirmed."""
    return int(telegram.telegram.world.store.rows("select count(*) as n from updates")[0]["n"])


async def asked_and_answered(telegram: ServedTelegram, calls: Calls) -> None:
    """Somebody asks for help and gets it."""
    before = calls.count("sendMessage")
    telegram.telegram.people.send(LAN, "/trogiup")
    await calls.wait(lambda: calls.count("sendMessage") > before)


async def test_it_answers_and_stops(telegram, settings):
    """What waited when it started is answered; a stop is clean, and the next start has nothing to repeat."""
    calls = Calls(telegram)
    telegram.telegram.people.send(LAN, "/trogiup")
    async with bot(settings):
        await calls.wait(lambda: calls.count("sendMessage") == 1)
    assert waiting(telegram) == 0
    async with bot(settings):
        await asked_and_answered(telegram, calls)
    assert calls.count("sendMessage") == 2


async def test_what_is_in_hand_at_a_stop_is_finished(telegram, settings):
    """Told to stop while the first of three answers is in the air: all are answered, confirmed, recorded."""
    calls = Calls(telegram)
    for code in ("lan", "mai", "duc"):
        telegram.telegram.people.send(TELEGRAM_IDS[code], "/trogiup")
    async with bot(settings) as stop:
        telegram.telegram.ears.append(lambda method, *_: stop.set() if method == "sendMessage" else None)
        await asyncio.wait_for(stop.wait(), PATIENCE_S)
    assert calls.count("sendMessage") == 3
    assert waiting(telegram) == 0
    opened = await open_database(settings.storage.url, read_only=True)
    async with opened.reading() as session:
        screens = [await conversations.find_screen(session, TELEGRAM_IDS[code]) for code in ("lan", "mai")]
    await opened.close()
    assert all(screen and screen.shown_version == screen.version for screen in screens)


async def test_a_stop_does_not_wait_for_a_poll_to_end(telegram, settings):
    """The long poll in the air is let go of."""
    calls = Calls(telegram)
    patient = replace(settings, telegram=replace(settings.telegram, poll_timeout_s=50))
    async with bot(patient):
        await asked_and_answered(telegram, calls)


async def test_menus_are_told_once_and_again_only_when_changed(telegram, settings):
    """The first start tells all, the second none, and after a change of post one person's alone."""
    calls = Calls(telegram)
    async with bot(settings):
        await calls.wait(lambda: calls.count("setMyCommands") == 18)
        await asked_and_answered(telegram, calls)
    async with bot(settings):
        await asked_and_answered(telegram, calls)
    assert calls.count("setMyCommands") == 18
    opened = await open_database(settings.storage.url)
    async with opened.transaction() as session:
        lan = await people.find_by_code(session, "lan")
        assert lan
        await people.set_posts(session, lan.id, [Post(Role.UNIT_HEAD, lan.unit_id)])
    await opened.close()
    async with bot(settings):
        await calls.wait(lambda: calls.count("setMyCommands") == 21)
    assert "binhchon" in [row["command"] for row in telegram.telegram.people.commands(LAN)]


async def test_a_telegram_that_is_away_at_the_start_is_waited_for(telegram, settings, monkeypatch):
    """It asks again until it is answered, and then serves as ever."""
    monkeypatch.setattr("bot.app._FIRST_PAUSE_S", 0.001)
    telegram.telegram.add_fault(Fault("offline", method="getMe", times=2))
    telegram.telegram.add_fault(Fault("5xx", method="getMe", times=1))
    calls = Calls(telegram)
    async with bot(settings):
        await asked_and_answered(telegram, calls)
    assert telegram.telegram.faults.listed() == []


async def test_a_stop_while_telegram_is_away_is_a_stop(telegram, settings):
    """Nobody waits for it then."""
    telegram.telegram.add_fault(Fault("offline"))
    asked = asyncio.Event()
    admit = telegram.telegram.admit

    def hear(token: str) -> None:
        asked.set()
        admit(token)

    telegram.telegram.admit = hear
    async with bot(settings):
        await asyncio.wait_for(asked.wait(), PATIENCE_S)


async def test_a_token_that_telegram_refuses_ends_it(telegram, settings):
    """With a sentence for the person at the terminal, and without the token in it."""
    telegram.telegram.admit(TOKEN)
    other = "1234567:AAAnotherTokenThanTheOneTelegramKnows01"
    settings = replace(settings, telegram=replace(settings.telegram, token=Secret(other)))
    with pytest.raises(Refused) as refused:
        await asyncio.wait_for(serve(settings, system_clock, asyncio.Event()), PATIENCE_S)
    assert refused.value.message_id == "cli.token_refused"
    assert other not in repr(refused.value.__cause__)


async def test_a_newer_database_is_not_served(telegram, settings):
    """Nothing is asked of Telegram before the data is known to be understood."""
    opened = await open_database(settings.storage.url)
    async with opened.transaction() as session:
        await session.execute("insert into migrations values (999, 'later')")
    await opened.close()
    calls = Calls(telegram)
    with pytest.raises(DatabaseTooNew):
        await serve(settings, system_clock, asyncio.Event())
    assert calls.answered == []


CONFIG = """
[telegram]
token = "{token}"
base_url = "{address}/bot"
base_file_url = "{address}/file/bot"
[storage]
url = "sqlite:///guongsang.db"
"""


@asynccontextmanager
async def command(folder: Path, *words: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`guongsang …` as a process of its own in a folder."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=folder,
        env={"PYTHONPATH": str(HOUSE), "PYTHONWARNINGS": "error"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


async def ended(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    """Its exit code, and what it said on both streams."""
    out, err = await asyncio.wait_for(process.communicate(), PATIENCE_S)
    return process.returncode, (out + err).decode()


async def test_run_holds_its_file_until_it_is_told_to_stop(telegram, settings, tmp_path):
    """A second bot and an import are refused while it runs; SIGTERM ends it with 0, no token in its log."""
    (tmp_path / "config.toml").write_text(CONFIG.format(token=TOKEN, address=telegram.address), "utf-8")
    (tmp_path / "people.csv").write_text("Mã,Họ tên,Đơn vị\nnew,Lê Na,NC\n", "utf-8")
    calls = Calls(telegram)
    async with command(tmp_path, "run") as running:
        await asked_and_answered(telegram, calls)
        for words in (["run"], ["roster", "import", "people.csv"]):
            async with command(tmp_path, *words) as refused:
                code, said = await ended(refused)
            assert code == 1
            assert "Trợ lý đang chạy và giữ tệp dữ liệu guongsang.db" in said
            assert "Traceback" not in said
        await asked_and_answered(telegram, calls)
        running.terminate()
        code, said = await ended(running)
    assert code == 0
    assert '"event": "stopped"' in said
    assert TOKEN not in said
    async with command(tmp_path, "roster", "import", "people.csv") as imported:
        assert (await ended(imported))[0] == 0


async def test_run_with_a_refused_token_says_so(telegram, settings, tmp_path):
    """A sentence and exit code 1, not a traceback."""
    telegram.telegram.admit(TOKEN)
    other = "1234567:AAAnotherTokenThanTheOneTelegramKnows01"
    (tmp_path / "config.toml").write_text(CONFIG.format(token=other, address=telegram.address), "utf-8")
    async with command(tmp_path, "run") as process:
        code, said = await ended(process)
    assert code == 1
    assert "Telegram không nhận token này" in said
    assert "Traceback" not in said
    assert other not in said


async def test_it_backs_up_at_night_by_itself(telegram, settings):
    """The slot of a night that passed while it was down is made up for while it serves, and once."""
    calls = Calls(telegram)
    settings = replace(settings, backup=replace(settings.backup, on=True))
    opened = await open_migrated(settings.storage.url, synchronous="OFF")
    async with opened.transaction() as session:
        await jobs.set_watermark(session, BACKUP, system_clock() - timedelta(days=3))
    await opened.close()
    folder = nightly_folder(settings)
    async with bot(settings):
        await asked_and_answered(telegram, calls)
    async with bot(settings):
        await asked_and_answered(telegram, calls)
    (made,) = folder.glob("guongsang-*.db")
    assert (await check_backup(made)).rows["people"] == len(PEOPLE)
