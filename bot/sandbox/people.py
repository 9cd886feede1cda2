"""What people do on their phones: it becomes messages in chats and updates for the bot."""

import json
import secrets
from dataclasses import replace
from typing import Any

from bot.sandbox.entities import utf16_length, with_found
from bot.sandbox.media import store_upload
from bot.sandbox.params import Upload
from bot.sandbox.profile_methods import commands_for, member_view
from bot.sandbox.refusals import Json, Refused
from bot.sandbox.views import tell_of
from bot.sandbox.world import Person, World

_COPIED = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "photo",
    "document",
    "voice",
    "sticker",
    "contact",
)
_ALWAYS_SEEN = {"new_chat_members", "migrate_to_chat_id", "migrate_from_chat_id"}


class Impossible(Exception):
    """A person cannot do that on a phone; `status` is 400 (wrong), 404 (no such thing) or 409 (not now)."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class People:
    """The people of one emulated Telegram, by what they can do. Each action is kept as a whole.

    Raises (all actions):
        Impossible: no such person, chat, message or button, or the person blocked the bot.
    """

    def __init__(self, world: World) -> None:
        self._world = world

    def put(self, user_id: int, name: str | None = None, **details: Any) -> Person:
        """Add somebody, or change what is given; `details` are fields of `Person`."""
        with self._world.store.together():
            person = self._world.find_person(user_id)
            if person is None and name is None:
                raise Impossible(400, "a new person needs a name")
            person = replace(person or Person(user_id, ""), **details)
            person = replace(person, name=name or person.name)
            self._world.keep_person(person)
        return person

    def get(self, user_id: int) -> Person:
        """Somebody who is there."""
        person = self._world.find_person(user_id)
        if person is None:
            raise Impossible(404, f"no person {user_id}")
        return person

    def add_group(self, title: str, members: list[int], *, channel: bool = False) -> int:
        """Make a group of these people and the bot, who may post in a channel; answers its chat id."""
        people = [self.get(user_id) for user_id in members]
        if not people:
            raise Impossible(400, "a group needs a member")
        with self._world.store.together():
            chat_id = self._world.add_group(title, "channel" if channel else "supergroup")
            for person in people:
                self._world.join(chat_id, person.user_id)
            self._bot_member_changed(chat_id, people[0], "left", "member")
            if not channel:
                self._put(people[0], chat_id, {"new_chat_members": [self._world.bot_user()]})
        return chat_id

    def upgrade_group(self, user_id: int, chat_id: int) -> int:
        """Turn a group into a supergroup; answers the new chat id. The old one is refused from then on."""
        person, chat = self._place(user_id, chat_id)
        if chat["type"] == "private" or self._world.upgraded_to(chat_id):
            raise Impossible(409, f"chat {chat_id} cannot become a supergroup")
        with self._world.store.together():
            new_id = self._world.upgrade_group(chat_id)
            self._put(person, chat_id, {"migrate_to_chat_id": new_id})
            self._put(person, new_id, {"migrate_from_chat_id": chat_id})
        return new_id

    def remove_bot(self, user_id: int, chat_id: int) -> None:
        """Put the bot out of a group."""
        person, _ = self._place(user_id, chat_id)
        with self._world.store.together():
            self._bot_member_changed(chat_id, person, "member", "kicked")

    # Writing

    def send(
        self,
        user_id: int,
        text: str | None = None,
        *,
        chat_id: int | None = None,
        reply_to: int | None = None,
        photo: Upload | None = None,
        document: Upload | None = None,
        voice: Upload | None = None,
        sticker: Upload | None = None,
        caption: str | None = None,
        contact: Json | None = None,
        forward_from: Json | None = None,
        media_group_id: str | None = None,
    ) -> Json:
        """Send one message; answers it as the bot gets it.

        Args:
            chat_id: the private chat with the bot where it is missing.
            contact: `{"phone_number", "first_name", "user_id"?}`.
            forward_from: `{"chat_id", "message_id"}` of a message seen, or `{"name"}` of somebody outside
                whose words `text` (or file) is.
        """
        person, chat = self._place(user_id, chat_id)
        if chat["type"] == "channel":
            raise Impossible(409, "only the bot posts in a channel")
        files = {"photo": photo, "document": document, "voice": voice, "sticker": sticker}
        with self._world.store.together():
            content = self._reply(chat, reply_to) | self._forwarded(person, forward_from)
            for kind, upload in files.items():
                if upload is not None:
                    content[kind] = self._uploaded(kind, upload)
            content |= _words("text", "entities", text) | _words("caption", "caption_entities", caption)
            if contact is not None:
                content["contact"] = contact
            if not content.keys() & set(_COPIED):
                raise Impossible(400, "there is nothing to send")
            if media_group_id is not None:
                content["media_group_id"] = media_group_id
            return self._put(person, chat["id"], content)

    def edit(self, user_id: int, message_id: int, text: str, *, chat_id: int | None = None) -> Json:
        """Change the words of one's own message."""
        person, chat = self._place(user_id, chat_id)
        with self._world.store.together():
            message = self._message(chat["id"], message_id)
            if message.get("from", {}).get("id") != person.user_id:
                raise Impossible(409, "only one's own messages can be edited")
            if "text" in message:
                changed = {**message, **_words("text", "entities", text)}
            else:
                changed = {**message, **_words("caption", "caption_entities", text)}
            changed["edit_date"] = self._world.seconds()
            self._world.keep_message(changed)
            tell_of(self._world, "edit", changed)
            if self._bot_sees(changed):
                self._world.queue("edited_message", changed)
        return changed

    def start(self, user_id: int, payload: str | None = None) -> Json:
        """Press Start, or open the deep link with `payload`; someone who had blocked the bot comes back."""
        if self.get(user_id).blocked:
            self.block(user_id, blocked=False)
        return self.send(user_id, f"/start {payload}" if payload else "/start")

    def share_contact(self, user_id: int) -> Json:
        """Share one's own number with the contact button."""
        person = self.get(user_id)
        if person.phone is None:
            raise Impossible(409, f"{person.name} has no phone number")
        contact = {"phone_number": person.phone, "first_name": person.name, "user_id": user_id}
        return self.send(user_id, contact=contact)

    # Tapping

    def tap(
        self,
        user_id: int,
        message_id: int,
        *,
        label: str | None = None,
        data: str | None = None,
        chat_id: int | None = None,
        forged: bool = False,
    ) -> Json:
        """Tap a button of a message as it stands, or, with `forged`, send `data` that is on no button.

        Answers:
            `{"callback_query_id"}`; `{"url"}` for a button that only opens an address; `{"message_id"}` where
            the label is one of the keyboard below, which sends a message.
        """
        person, chat = self._place(user_id, chat_id)
        message = self._world.find_message(chat["id"], message_id)
        if not forged:
            button = self._button(chat["id"], message, label, data)
            if button is None:
                return {"message_id": self._press_below(person, chat["id"], label or "")["message_id"]}
            if "url" in button:
                return {"url": button["url"]}
            data = button.get("callback_data", "")
        query_id = str(secrets.randbits(62))
        gone = {"chat": chat, "message_id": message_id, "date": 0}
        with self._world.store.together():
            values = (query_id, chat["id"], user_id, self._world.seconds())
            self._world.store.run("insert into taps values (?, ?, ?, ?, null)", *values)
            query = {"id": query_id, "from": person.user(), "message": message or gone}
            query |= {"chat_instance": str(abs(chat["id"])), "data": data or ""}
            self._world.queue("callback_query", query)
        return {"callback_query_id": query_id}

    def answer_to(self, callback_query_id: str) -> Json:
        """What the bot answered to a tap: `{"answered", "text", "show_alert", "url"}`."""
        tap = self._world.store.row("select answer from taps where callback_query_id = ?", callback_query_id)
        if tap is None:
            raise Impossible(404, f"no tap {callback_query_id}")
        answer = (
            json.loads(tap["answer"]) if tap["answer"] else {"text": None, "show_alert": False, "url": None}
        )
        return {"answered": tap["answer"] is not None, **answer}

    def keyboard(self, chat_id: int) -> Json | None:
        """The `ReplyKeyboardMarkup` below the input field of a chat, or None."""
        row = self._world.store.row("select keyboard from chats where chat_id = ?", chat_id)
        return json.loads(row["keyboard"]) if row and row["keyboard"] else None

    # Leaving and looking

    def block(self, user_id: int, *, blocked: bool) -> None:
        """Block the bot, or let it in again; `my_chat_member` follows."""
        person = self.get(user_id)
        if person.blocked == blocked:
            return
        with self._world.store.together():
            self._world.keep_person(replace(person, blocked=blocked))
            statuses = ("member", "kicked") if blocked else ("kicked", "member")
            self._bot_member_changed(user_id, person, *statuses)

    def read(self, user_id: int, chat_id: int) -> None:
        """Mark a chat as read."""
        self._place(user_id, chat_id, writing=False)
        self._world.store.run(
            "update members set read_to = (select last_message_id from chats where chat_id = ?) "
            "where chat_id = ? and user_id = ?",
            chat_id,
            chat_id,
            user_id,
        )

    def commands(self, user_id: int, chat_id: int | None = None) -> list[Json]:
        """The command menu of that phone, scope and language resolved."""
        person, chat = self._place(user_id, chat_id, writing=False)
        return commands_for(self._world, chat, user_id, person.language)

    # Parts

    def _place(self, user_id: int, chat_id: int | None, *, writing: bool = True) -> tuple[Person, Json]:
        person = self.get(user_id)
        chat = self._world.find_chat(user_id if chat_id is None else chat_id)
        if chat is None or self._world.member_status(chat["id"], user_id) != "member":
            raise Impossible(404, f"{person.name} has no chat {chat_id}")
        if writing and person.blocked and chat["type"] == "private":
            raise Impossible(409, f"{person.name} has blocked the bot")
        return person, chat

    def _put(self, person: Person, chat_id: int, content: Json) -> Json:
        chat = self._world.find_chat(chat_id)
        assert chat is not None  # noqa: S101 - looked up by `_place`
        if chat["type"] == "private" and not person.started:
            self._world.keep_person(replace(person, started=True))
        message = self._world.add_message(chat, person.user(), content)
        tell_of(self._world, "message", message)
        if self._bot_sees(message):
            self._world.queue("message", message)
        return message

    def _bot_sees(self, message: Json) -> bool:
        """Privacy mode: in groups a bot gets commands, mentions, replies to itself and service messages."""
        chat, bot = message["chat"], self._world.bot
        if chat["type"] == "private" or _ALWAYS_SEEN & message.keys():
            return True
        if self._world.member_status(chat["id"], bot["id"]) != "member":
            return False
        if message.get("reply_to_message", {}).get("from", {}).get("id") == bot["id"]:
            return True
        text = message.get("text") or message.get("caption") or ""
        command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
        _, at, addressee = command.partition("@")
        if command and (not at or addressee.lower() == bot["username"].lower()):
            return True
        return f"@{bot['username']}".lower() in text.lower()

    def _message(self, chat_id: int, message_id: int) -> Json:
        message = self._world.find_message(chat_id, message_id)
        if message is None:
            raise Impossible(404, f"no message {message_id} in chat {chat_id}")
        return message

    def _reply(self, chat: Json, reply_to: int | None) -> Json:
        if reply_to is None:
            return {}
        replied = self._message(chat["id"], reply_to)
        return {"reply_to_message": {name: replied[name] for name in replied if name != "reply_to_message"}}

    def _forwarded(self, person: Person, source: Json | None) -> Json:
        if source is None:
            return {}
        if "name" in source:
            origin = {
                "type": "hidden_user",
                "sender_user_name": source["name"],
                "date": self._world.seconds(),
            }
            return {"forward_origin": origin}
        _, chat = self._place(person.user_id, source.get("chat_id"), writing=False)
        original = self._message(chat["id"], source.get("message_id", 0))
        origin = {"type": "user", "sender_user": original.get("from"), "date": original["date"]}
        if chat["type"] == "channel":
            origin = {
                "type": "channel",
                "chat": chat,
                "message_id": original["message_id"],
                "date": original["date"],
            }
        copied = {name: original[name] for name in _COPIED if name in original}
        return {"forward_origin": original.get("forward_origin", origin), **copied}

    def _uploaded(self, kind: str, upload: Upload) -> Any:
        try:
            return store_upload(self._world, kind, upload)
        except Refused as refusal:
            raise Impossible(400, refusal.description) from None

    def _button(self, chat_id: int, message: Json | None, label: str | None, data: str | None) -> Json | None:
        rows = (message or {}).get("reply_markup", {}).get("inline_keyboard", [])
        for button in (button for row in rows for button in row):
            if button["text"] == label or (data is not None and button.get("callback_data") == data):
                found: Json = button
                return found
        if data is None and label in _labels(self.keyboard(chat_id)):
            return None
        raise Impossible(404, f"no button {label or data!r} on that message")

    def _press_below(self, person: Person, chat_id: int, label: str) -> Json:
        keyboard = self.keyboard(chat_id)
        if keyboard and keyboard.get("one_time_keyboard"):
            self._world.store.run("update chats set keyboard = null where chat_id = ?", chat_id)
        if _labels(keyboard)[label].get("request_contact"):
            return self.share_contact(person.user_id)
        return self.send(person.user_id, label, chat_id=chat_id)

    def _bot_member_changed(self, chat_id: int, by: Person, old: str, new: str) -> None:
        if chat_id < 0:
            self._world.set_member(chat_id, self._world.bot["id"], new)
        bot = self._world.bot_user()
        chat = self._world.find_chat(chat_id)
        assert chat is not None  # noqa: S101 - callers hold a chat that exists
        change: Json = {"chat": chat, "from": by.user(), "date": self._world.seconds()}
        channel = chat["type"] == "channel"
        change |= {"old_chat_member": member_view(bot, old, channel=channel)}
        change |= {"new_chat_member": member_view(bot, new, channel=channel)}
        self._world.queue("my_chat_member", change)


def _labels(keyboard: Json | None) -> dict[str, Json]:
    rows = keyboard["keyboard"] if keyboard else []
    return {button["text"]: button for row in rows for button in row}


def _words(name: str, entities_name: str, written: str | None) -> Json:
    if written is None:
        return {}
    written = written.strip()
    if not written:
        raise Impossible(400, "an empty message cannot be sent")
    limit = 4096 if name == "text" else 1024
    if utf16_length(written) > limit:
        raise Impossible(400, f"a phone sends at most {limit} characters at once")
    entities = with_found(written, [])
    return {name: written, entities_name: entities} if entities else {name: written}
