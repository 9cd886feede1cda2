"""What the works of tasks share: the house, and the way to Telegram that no conversation needs."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from telegram import Bot, InlineKeyboardMarkup, InputFile
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.domain.people import Person
from bot.domain.roles import Role
from bot.messages import Rows, body
from bot.operations.secretariat import check_secretariat
from bot.pace import Pace
from bot.tasks import TryLater, end
from bot.texts import Html, Texts
from handlers.turn import House, Turn
from storage import conversations, jobs, people
from storage.jobs import Task

T = TypeVar("T")

UPLOAD_BYTES_MAX = 20_000_000
"""What the Bot API lets a bot fetch."""
SENT_BYTES_MAX = 50_000_000
"""What it lets a bot send."""


@dataclass(frozen=True)
class Workshop:
    """What every work needs, put together once by bot/app.py. `folder` keeps the files of tasks."""

    house: House
    bot: Bot
    pace: Pace
    folder: Path

    def texts_of(self, person: Person) -> Texts:
        """The office's voice in the person's language."""
        return self.house.texts_for(person.language)

    async def person_of(self, task: Task, roles: Collection[Role] = (Role.SECRETARIAT,)) -> Person | None:
        """Who asked, if they still have one of the roles; else the task is over and None is answered."""
        now = self.house.clock()
        today = self.house.config.office.day_of(now)
        async with self.house.database.transaction() as session:
            person = await people.get_person(session, task.person_id)
            if not person.left and any(person.has(role, today) for role in roles):
                return person
            await jobs.end_task(session, task.id, now, error="not allowed")
        return None

    async def tell(self, task: Task, person: Person, text: Html, rows: Rows = ()) -> None:
        """Another text on the screen of a task, as long as the chat still shows that screen."""
        house, chat_id = self.house, person.telegram_id
        if chat_id is None:
            return
        async with house.database.transaction() as session:
            screen = await conversations.find_screen(session, chat_id)
            if screen is None or screen.body.get("task") != task.id or screen.message_id is None:
                return
            shown = {**body(text, rows, edit=screen.message_id), "task": task.id}
            version = await conversations.change_screen(session, screen, shown, house.clock())
            if version is not None:
                session.after_commit(lambda: house.screens.show(chat_id, version, shown))

    async def end_told(self, task: Task, message_id: str, values: Mapping[str, object]) -> None:
        """The task is over, and its person is told this instead of what they asked for. Raises TryLater."""
        async with self.house.database.transaction() as session:
            await end(session, task, self.house.clock, "text", {"id": message_id, "values": values})

    async def fetch(self, file_id: str) -> bytes:
        """The bytes of a file somebody sent. Raises TryLater, and TelegramError if it cannot be had."""
        file = await self._call(lambda: self.bot.get_file(file_id))
        return bytes(await self._call(file.download_as_bytearray))

    async def fetch_kept(self, file_id: str) -> bytes | None:
        """The same, None where Telegram no longer has it. Raises TryLater."""
        try:
            return await self.fetch(file_id)
        except TelegramError:
            return None

    async def send(self, chat_id: int, text: Html) -> None:
        """A message that is kept nowhere. Raises TryLater and TelegramError."""
        with await self.pace.pass_(chat_id):
            await self._call(lambda: self.bot.send_message(chat_id, text, parse_mode="HTML"))

    async def send_file(self, chat_id: int, content: bytes, name: str, caption: Html) -> None:
        """A file that is kept nowhere. Raises TryLater and TelegramError."""
        document = InputFile(content, filename=name)
        with await self.pace.pass_(chat_id):
            await self._call(lambda: self.bot.send_document(chat_id, document, caption, parse_mode="HTML"))

    async def send_photo(self, chat_id: int, picture: bytes, caption: Html, rows: Rows = ()) -> str:
        """A picture that Telegram alone keeps; answers its file_id. Raises TryLater and TelegramError."""
        keyboard = body(caption, rows).get("reply_markup")
        markup = InlineKeyboardMarkup.de_json(keyboard, self.bot) if keyboard else None
        with await self.pace.pass_(chat_id):
            sent = await self._call(
                lambda: self.bot.send_photo(
                    chat_id, picture, caption, parse_mode="HTML", reply_markup=markup, filename="the.png"
                )
            )
        return max(sent.photo, key=lambda size: size.width * size.height).file_id

    async def _call(self, call: Callable[[], Awaitable[T]]) -> T:
        try:
            return await call()
        except RetryAfter as silence:
            after = silence.retry_after
            self.pace.shut(after.total_seconds() if isinstance(after, timedelta) else float(after))
            raise TryLater from silence
        except (BadRequest, Forbidden):
            raise
        except TelegramError as failure:
            raise TryLater from failure


def only_secretariat(turn: Turn) -> None:
    """Raises NotAllowed for everybody else."""
    check_secretariat(turn.person, turn.today)


async def ask_for(turn: Turn, kind: str, args: dict[str, object]) -> int:
    """Put a task in the turn's transaction; answers its number."""
    task_id = await jobs.add_task(turn.session, kind, turn.person.id, args, turn.now)
    turn.session.after_commit(turn.house.wake)
    return task_id
