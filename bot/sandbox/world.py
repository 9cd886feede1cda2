"""What there is in the emulated Telegram: people, chats, messages, files, and the queue of updates."""

import asyncio
import json
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot.sandbox.params import Upload
from bot.sandbox.refusals import Json
from bot.sandbox.store import Store, packed

_FIRST_UPDATE_ID: Final = 854_000_001
_FIRST_GROUP_ID: Final = -1_000_000_854_000
NOT_SENT_UNASKED: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of update a bot gets only when it names them in `allowed_updates`."""


@dataclass
class Person:
    """Somebody with a phone. `name` is the name Telegram shows; `language` an IETF tag."""

    user_id: int
    name: str
    unit: str | None = None
    post: str | None = None
    roles: list[str] = field(default_factory=list)
    phone: str | None = None
    language: str = "vi"
    username: str | None = None
    linked: bool = False
    started: bool = False
    blocked: bool = False

    def user(self) -> Json:
        """The Bot API's `User`."""
        user: Json = {"id": self.user_id, "is_bot": False, "first_name": self.name}
        if self.username:
            user["username"] = self.username
        return {**user, "language_code": self.language}


@dataclass(frozen=True)
class Event:
    """Something a page wants to know at once; `for_users` None means everybody."""

    kind: str
    data: Json
    for_users: frozenset[int] | None


class World:
    """The state, kept in `folder` (`telegram.db`, `files/`), and who is told when it changes.

    Args:
        now: the instant it is, aware; dates of messages come from it.
    """

    def __init__(
        self, folder: Path, now: Callable[[], datetime], *, bot_id: int, username: str, name: str
    ) -> None:
        self.now = now
        self.store = Store(folder / "telegram.db")
        self.arrived = asyncio.Event()
        self.update_watchers: list[Callable[[Json], None]] = []
        self._files = folder / "files"
        self._files.mkdir(parents=True, exist_ok=True)
        self._listeners: list[asyncio.Queue[Event | None]] = []
        if self.store.fact("bot") is None:
            self._begin({"id": bot_id, "username": username, "first_name": name})
        self.bot: Json = self.store.fact("bot")

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def clear(self) -> None:
        """Forget everything but who the bot is; update ids go on, as a bot remembers the last one."""
        row = self.store.row("select seq from sqlite_sequence where name = 'updates'")
        self.store.clear()
        self._begin(self.bot, row["seq"] if row else _FIRST_UPDATE_ID - 1)
        shutil.rmtree(self._files)
        self._files.mkdir()

    def _begin(self, bot: Json, last_update_id: int = _FIRST_UPDATE_ID - 1) -> None:
        with self.store.together():
            self.store.keep_fact("bot", bot)
            self.store.run("insert into sqlite_sequence (name, seq) values ('updates', ?)", last_update_id)

    def seconds(self) -> int:
        """The instant it is, as Telegram writes dates."""
        return int(self.now().timestamp())

    # People and chats

    def bot_user(self) -> Json:
        """The bot as `User`."""
        return {
            "id": self.bot["id"],
            "is_bot": True,
            "first_name": self.bot["first_name"],
            "username": self.bot["username"],
        }

    def keep_bot(self, **changes: Any) -> None:
        """Change what is known of the bot."""
        self.bot = {**self.bot, **changes}
        self.store.keep_fact("bot", self.bot)

    def find_person(self, user_id: int) -> Person | None:
        """The person, or None."""
        row = self.store.row("select body from people where user_id = ?", user_id)
        return None if row is None else Person(**json.loads(row["body"]))

    def list_people(self) -> list[Person]:
        """Everybody, in the order of their ids."""
        rows = self.store.rows("select body from people order by user_id")
        return [Person(**json.loads(row["body"])) for row in rows]

    def keep_person(self, person: Person) -> None:
        """Add or change somebody; their private chat with the bot exists from the first time on."""
        self.store.run("insert or replace into people values (?, ?)", person.user_id, packed(asdict(person)))
        self.store.run("insert or ignore into chats (chat_id, type) values (?, 'private')", person.user_id)
        self.join(person.user_id, person.user_id)

    def add_group(self, title: str, kind: str = "supergroup") -> int:
        """A new supergroup (or `channel`) with the bot in it; answers its chat id."""
        row = self.store.row("select min(chat_id) as lowest from chats where chat_id < 0")
        chat_id = (row["lowest"] if row and row["lowest"] else _FIRST_GROUP_ID) - 1
        self.store.run("insert into chats (chat_id, type, title) values (?, ?, ?)", chat_id, kind, title)
        self.join(chat_id, self.bot["id"])
        return chat_id

    def upgrade_group(self, chat_id: int) -> int:
        """Give a group another chat id, as Telegram does when it becomes a supergroup; its members follow."""
        chat = self.find_chat(chat_id)
        assert chat is not None  # noqa: S101 - callers hold a chat that exists
        new_id = self.add_group(chat["title"])
        self.store.run("update or replace members set chat_id = ? where chat_id = ?", new_id, chat_id)
        self.store.run("update chats set type = 'group' where chat_id = ?", chat_id)
        self.store.keep_fact("upgraded", {**self.store.fact("upgraded", {}), str(chat_id): new_id})
        return new_id

    def upgraded_to(self, chat_id: int) -> int | None:
        """The id of the supergroup that a group has become."""
        found: int | None = self.store.fact("upgraded", {}).get(str(chat_id))
        return found

    def join(self, chat_id: int, user_id: int) -> None:
        """Make somebody a member; nothing changes for one who is."""
        self.store.run(
            "insert into members (chat_id, user_id) values (?, ?) "
            "on conflict do update set status = 'member' where status <> 'member'",
            chat_id,
            user_id,
        )

    def set_member(self, chat_id: int, user_id: int, status: str) -> None:
        """Note that somebody left or was removed (`left`, `kicked`)."""
        self.store.run(
            "update members set status = ? where chat_id = ? and user_id = ?", status, chat_id, user_id
        )

    def member_status(self, chat_id: int, user_id: int) -> str | None:
        """`member`, `left` or `kicked`; None for one who never was in the chat."""
        row = self.store.row("select status from members where chat_id = ? and user_id = ?", chat_id, user_id)
        return None if row is None else str(row["status"])

    def members(self, chat_id: int) -> frozenset[int]:
        """Who is in the chat, the bot too."""
        rows = self.store.rows("select user_id from members where chat_id = ? and status = 'member'", chat_id)
        return frozenset(row["user_id"] for row in rows)

    def find_chat(self, chat_id: int) -> Json | None:
        """The chat as in a message, or None."""
        row = self.store.row("select type, title from chats where chat_id = ?", chat_id)
        if row is None:
            return None
        if row["type"] != "private":
            return {"id": chat_id, "type": row["type"], "title": row["title"]}
        person = self.find_person(chat_id)
        chat: Json = {"id": chat_id, "type": "private", "first_name": person.name if person else ""}
        return {**chat, "username": person.username} if person and person.username else chat

    # Messages

    def add_message(self, chat: Json, sender: Json, content: Json, hidden: Json | None = None) -> Json:
        """Put a message into a chat; answers it as a Bot API `Message`. `hidden` is for phones only.

        What stands in a channel is the channel's, whoever posted it.
        """
        row = self.store.row(
            "update chats set last_message_id = last_message_id + 1, last_at = ? where chat_id = ? "
            "returning last_message_id",
            self.seconds(),
            chat["id"],
        )
        assert row is not None  # noqa: S101 - callers hold a chat that exists
        by = {"sender_chat": chat} if chat["type"] == "channel" else {"from": sender}
        message: Json = {"message_id": row["last_message_id"], **by, "chat": chat}
        message |= {"date": self.seconds(), **content}
        self.store.run(
            "insert into messages values (?, ?, ?, ?, ?)",
            chat["id"],
            message["message_id"],
            sender["id"],
            packed(message),
            packed(hidden or {}),
        )
        return message

    def find_message(self, chat_id: int, message_id: int) -> Json | None:
        """The message as it stands, or None where it never was or was deleted."""
        row = self.store.row(
            "select body from messages where chat_id = ? and message_id = ?", chat_id, message_id
        )
        return None if row is None else json.loads(row["body"])

    def keep_message(self, message: Json) -> None:
        """Replace a message by its edited form."""
        self.store.run(
            "update messages set body = ? where chat_id = ? and message_id = ?",
            packed(message),
            message["chat"]["id"],
            message["message_id"],
        )

    def remove_message(self, chat_id: int, message_id: int) -> None:
        """Delete a message for everybody in the chat."""
        self.store.run("delete from messages where chat_id = ? and message_id = ?", chat_id, message_id)

    # Files

    def add_file(self, upload: Upload, kind: str) -> Json:
        """Keep bytes; answers `{"file_id", "file_unique_id", "file_size", "name", "mime", "path"}`."""
        number = self.store.fact("files", 0) + 1
        self.store.keep_fact("files", number)
        name = Path(upload.name).name or "file"
        path = f"{kind}/file_{number}{Path(name).suffix}"
        body: Json = {
            "path": path,
            "file_id": secrets.token_urlsafe(36),
            "file_unique_id": secrets.token_urlsafe(10),
            "file_size": len(upload.content),
            "name": name,
            "mime": upload.mime,
        }
        (self._files / kind).mkdir(exist_ok=True)
        (self._files / path).write_bytes(upload.content)
        self.store.run("insert into files values (?, ?)", body["file_id"], packed(body))
        return body

    def keep_file(self, body: Json) -> None:
        """Note more about a file."""
        self.store.run("update files set body = ? where file_id = ?", packed(body), body["file_id"])

    def find_file(self, file_id: str) -> Json | None:
        """What `add_file` answered, or None."""
        row = self.store.row("select body from files where file_id = ?", file_id)
        return None if row is None else json.loads(row["body"])

    def file_bytes(self, path: str) -> bytes | None:
        """The bytes kept under a `file_path`, or None; never from outside the folder."""
        place = (self._files / path).resolve()
        inside = place.is_relative_to(self._files.resolve())
        return place.read_bytes() if inside and place.is_file() else None

    # Updates and events

    def queue(self, kind: str, content: Json) -> int | None:
        """Put an update in the bot's queue, if it wants this kind; answers its id."""
        wanted = self.store.fact("allowed_updates")
        if kind not in wanted if wanted else kind in NOT_SENT_UNASKED:
            return None
        update_id = self.queue_raw({kind: content})
        for watcher in self.update_watchers:
            watcher({"update_id": update_id, kind: content})
        return update_id

    def queue_raw(self, update: Json) -> int:
        """Put an update in the queue as it is, under the next id."""
        update_id = self.store.run("insert into updates (body) values (?)", packed(update)).lastrowid
        assert update_id is not None  # noqa: S101 - an insert has one
        self.arrived.set()
        return update_id

    def is_heard(self) -> bool:
        """Whether anybody listens to events."""
        return bool(self._listeners)

    def tell(self, kind: str, chat_id: int | None, *, only: Iterable[int] | None = None, **data: Any) -> None:
        """Tell the pages; those of the chat's members, of `only`, or of everybody."""
        if not self._listeners:
            return
        if only is not None:
            users: frozenset[int] | None = frozenset(only)
        else:
            users = None if chat_id is None else self.members(chat_id)
        for listener in self._listeners:
            listener.put_nowait(Event(kind, {"chat_id": chat_id, **data}, users))

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[Event | None]]:
        """A queue that gets every event while the context lasts; None means that it is over."""
        listener: asyncio.Queue[Event | None] = asyncio.Queue()
        self._listeners.append(listener)
        try:
            yield listener
        finally:
            self._listeners.remove(listener)

    def end_listening(self) -> None:
        """Tell all listeners that nothing will follow."""
        for listener in self._listeners:
            listener.put_nowait(None)
