"""What the page and scripts see: messages and chats as docs/sandbox.md describes them."""

import json
import sqlite3
from datetime import datetime
from typing import Final

from bot.sandbox.entities import safe_html
from bot.sandbox.refusals import Json
from bot.sandbox.store import Store
from bot.sandbox.world import Person, World

_WORDLESS: Final = (
    "new_chat_members",
    "left_chat_member",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "sticker",
    "voice",
)


def person_view(person: Person) -> Json:
    """Somebody, as `GET /sandbox/people` lists them."""
    names = ("user_id", "name", "unit", "post", "roles", "phone", "language", "linked", "started", "blocked")
    return {name: getattr(person, name) for name in names}


def message_view(world: World, message: Json, hidden: Json) -> Json:
    """A message of the Bot API as the page shows it; `html` is built by escaping."""
    text, caption = message.get("text"), message.get("caption")
    entities = message.get("entities") or message.get("caption_entities") or []
    sender = message.get("from") or {
        **message["chat"],
        "first_name": message["chat"]["title"],
        "is_bot": False,
    }
    document, photo = message.get("document"), message.get("photo")
    service = {name: message[name] for name in _WORDLESS if name in message}
    return {
        "message_id": message["message_id"],
        "chat_id": message["chat"]["id"],
        "from": {"id": sender["id"], "name": sender["first_name"], "is_bot": sender["is_bot"]},
        "at": datetime.fromtimestamp(message["date"], world.now().tzinfo).isoformat(),
        "text": text,
        "html": safe_html(text or caption or "", entities),
        "edited": "edit_date" in message,
        "reply_to": message.get("reply_to_message", {}).get("message_id"),
        "caption": caption,
        "buttons": _buttons(message.get("reply_markup")),
        "reply_keyboard": _reply_keyboard(hidden.get("keyboard")),
        "photo": photo and {name: photo[-1][name] for name in ("file_id", "width", "height")},
        "document": document
        and {
            "file_id": document["file_id"],
            "name": document["file_name"],
            "size": document["file_size"],
            "mime": document["mime_type"],
        },
        "contact": message.get("contact"),
        "forwarded": message.get("forward_origin") and _origin(message["forward_origin"]),
        "media_group_id": message.get("media_group_id"),
        "reaction": hidden.get("reaction"),
        "service": service or None,
    }


def _channel(chat: Json) -> Json:
    """What stands in a channel has no sender but the channel."""
    return {"id": chat["id"], "first_name": chat["title"], "is_bot": False}


def _buttons(markup: Json | None) -> list[list[Json]]:
    rows = markup["inline_keyboard"] if markup else []
    return [
        [
            {"label": button["text"], "data": button.get("callback_data"), "url": button.get("url")}
            for button in row
        ]
        for row in rows
    ]


def _reply_keyboard(markup: Json | None) -> Json | None:
    if markup is None:
        return None
    if "keyboard" not in markup:
        return {"remove": True} if markup.get("remove_keyboard") else {"force_reply": True}
    rows = [
        [{"label": button["text"], "request_contact": bool(button.get("request_contact"))} for button in row]
        for row in markup["keyboard"]
    ]
    return {"rows": rows, "one_time": bool(markup.get("one_time_keyboard"))}


def _origin(origin: Json) -> Json:
    user = origin.get("sender_user", {})
    return {"name": user.get("first_name") or origin.get("sender_user_name"), "user_id": user.get("id")}


def list_messages(world: World, chat_id: int, after: int = 0) -> list[Json]:
    """The messages of a chat after an id, oldest first."""
    rows = world.store.rows(
        "select body, hidden from messages where chat_id = ? and message_id > ? order by message_id",
        chat_id,
        after,
    )
    return [_of_row(world, row) for row in rows]


def _of_row(world: World, row: sqlite3.Row) -> Json:
    return message_view(world, json.loads(row["body"]), json.loads(row["hidden"]))


def tell_of(world: World, kind: str, message: Json) -> None:
    """Tell the pages, if there are any, of a new (`message`) or changed message (`edit`)."""
    if world.is_heard():
        chat_id, message_id = message["chat"]["id"], message["message_id"]
        hidden = hidden_of(world.store, chat_id, message_id)
        world.tell(kind, chat_id, message=message_view(world, message, hidden))


def hidden_of(store: Store, chat_id: int, message_id: int) -> Json:
    """What phones know of a message beyond the Bot API; empty where it was deleted."""
    row = store.row("select hidden from messages where chat_id = ? and message_id = ?", chat_id, message_id)
    found: Json = json.loads(row["hidden"]) if row else {}
    return found


def list_chats(world: World, user_id: int) -> list[Json]:
    """The chats on somebody's phone, the one spoken in last first."""
    rows = world.store.rows(
        "select c.chat_id, c.type, c.title, m.read_to from members m join chats c using (chat_id) "
        "where m.user_id = ? and m.status = 'member' order by c.last_at desc, c.chat_id desc",
        user_id,
    )
    return [_chat_view(world, row, user_id) for row in rows]


def _chat_view(world: World, chat: sqlite3.Row, user_id: int) -> Json:
    unread = world.store.row(
        "select count(*) as n from messages where chat_id = ? and message_id > ? and from_id <> ?",
        chat["chat_id"],
        chat["read_to"],
        user_id,
    )
    last = world.store.row(
        "select body, hidden from messages where chat_id = ? order by message_id desc limit 1",
        chat["chat_id"],
    )
    return {
        "chat_id": chat["chat_id"],
        "type": chat["type"],
        "title": chat["title"] or world.bot["first_name"],
        "unread": unread["n"] if unread else 0,
        "last": _of_row(world, last) if last else None,
    }


def list_calls(world: World, after: int = 0) -> list[Json]:
    """What the bot called, in order, refused calls too."""
    rows = world.store.rows("select * from calls where n > ? order by n", after)
    return [
        {
            **dict(row),
            "accepted": bool(row["accepted"]),
            "at": datetime.fromtimestamp(row["at"], world.now().tzinfo).isoformat(),
        }
        for row in rows
    ]
