"""Messages to many, for tests: their days come, and the bot does what is due."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.timetable import Occasion, OccasionKind
from storage import posts
from storage.posts import Post
from tests.office import TELEGRAM_IDS, Office
from tests.phones import Phone

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def everybody(office: Office) -> dict[str, Phone]:
    """Everybody's phone, by code, in the office's language."""
    return {code: office.phone(code) for code in TELEGRAM_IDS}


async def come(office: Office, kind: OccasionKind, day_id: str) -> Occasion:
    """The next such occasion has come, and the bot has done what it asks for."""
    await office.settle()  # the first tick plans nothing of before
    at = office.clock()
    while True:
        found = office.config.timetable.next_after(at)
        assert found is not None
        if found.kind is kind and found.day_id == day_id:
            break
        at = found.due_at
    await at_instant(office, found.due_at)
    return found


async def at_instant(office: Office, at: datetime) -> None:
    """It is that instant, and the bot has done what is due."""
    office.clock.at = max(at, office.clock.at)
    await pass_time(office)


async def pass_time(office: Office, **by: float) -> None:
    """The clock goes on, the bot does what is due and brings what waits."""
    office.clock.turn(**by)
    await office.settle()


def local(day: int, month: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    """An instant of the office's time."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def said(phone: Phone) -> list[str]:
    """Everything the bot has said to somebody, oldest first."""
    return [message.text for message in phone.messages() if message.from_bot]


async def the_post(office: Office, post_id: int = 1) -> Post:
    """A message to many as it stands."""
    async with office.database.reading() as session:
        found = await posts.find(session, post_id)
    assert found is not None
    return found


def documents(office: Office, phone: Phone) -> list[tuple[str, bytes]]:
    """The files the bot sent to somebody, newest last: (name, bytes)."""
    found = []
    for message in phone.messages():
        if message.from_bot and message.raw["document"]:
            world = office.telegram.world
            held = world.find_file(message.raw["document"]["file_id"])
            assert held is not None
            found.append((message.raw["document"]["name"], world.file_bytes(held["path"]) or b""))
    return found
