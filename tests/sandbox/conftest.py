"""An emulated Telegram with a clock that tests turn, a bot of python-telegram-bot, and a phone."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import telegram as ptb

from bot.sandbox.telegram import Telegram
from tests.emulator_request import BASE_FILE_URL, BASE_URL, TOKEN, EmulatorRequest
from tests.phones import Phone
from tests.schema import SchemaChecker


class Hands:
    """A clock that stands still until a test turns it."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def turn(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def emulator(tmp_path, clock) -> Iterator[Telegram]:
    emulator = Telegram(tmp_path, clock)
    SchemaChecker().watch(emulator)
    yield emulator
    emulator.close()


@pytest.fixture
async def bot(emulator) -> AsyncIterator[ptb.Bot]:
    request = EmulatorRequest(emulator)
    bot = ptb.Bot(
        TOKEN, base_url=BASE_URL, base_file_url=BASE_FILE_URL, request=request, get_updates_request=request
    )
    async with bot:
        yield bot


@pytest.fixture
def lan(emulator) -> Phone:
    return Phone(emulator, 1001, name="Nguyễn Thị Lan", phone="+84912345678")
