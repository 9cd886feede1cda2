"""The Bot API's methods that write into chats."""

from typing import Final

from bot.sandbox.entities import formatted, utf16_length
from bot.sandbox.markup import inline_only, read_markup
from bot.sandbox.media import media_content
from bot.sandbox.params import Params
from bot.sandbox.refusals import Json, bad_request, forbidden
from bot.sandbox.store import packed
from bot.sandbox.views import hidden_of, tell_of
from bot.sandbox.world import World

TEXT_LENGTH: Final = 4096
CAPTION_LENGTH: Final = 1024
_DELETABLE_S: Final = 48 * 3600
_ANSWERABLE_S: Final = 15 * 60
_TOAST_LENGTH: Final = 200
_CHAT_ACTIONS: Final = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
_NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


# Chats


def known_chat(world: World, params: Params, name: str = "chat_id") -> Json:
    """The chat a call names.

    Raises:
        Refused: none is named, there is none such, or it has become a supergroup with another id.
    """
    written = params.text(name)
    if not written:
        raise bad_request("chat_id is empty")
    chat_id = None if written.startswith("@") else params.whole(name)
    chat = None if chat_id is None else world.find_chat(chat_id)
    if chat is None:
        raise bad_request("chat not found")
    moved_to = world.upgraded_to(chat["id"]) if chat["type"] == "group" else None
    if moved_to is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=moved_to)
    return chat


def writable_chat(world: World, params: Params) -> Json:
    """The chat a call names, if the bot may write there.

    Raises:
        Refused: 400 for an unknown chat; 403 where the person never came or blocked, or the bot is no member.
    """
    chat = known_chat(world, params)
    if chat["type"] == "private":
        person = world.find_person(chat["id"])
        if person is None or not person.started:
            raise forbidden("bot can't initiate conversation with a user")
        if person.blocked:
            raise forbidden("bot was blocked by the user")
        return chat
    status = world.member_status(chat["id"], world.bot["id"])
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {chat['type']} chat")
    if status != "member":
        raise forbidden(f"bot is not a member of the {chat['type']} chat")
    return chat


# Sending


def send_message(world: World, params: Params) -> Json:
    """sendMessage"""
    chat = writable_chat(world, params)
    content = _text_content(params)
    return _send(world, params, chat, content)


def send_photo(world: World, params: Params) -> Json:
    """sendPhoto"""
    chat = writable_chat(world, params)
    content = media_content(world, "photo", params.file("photo")) | _caption(params)
    return _send(world, params, chat, content)


def send_document(world: World, params: Params) -> Json:
    """sendDocument"""
    chat = writable_chat(world, params)
    content = media_content(world, "document", params.file("document")) | _caption(params)
    return _send(world, params, chat, content)


def send_media_group(world: World, params: Params) -> list[Json]:
    """sendMediaGroup, of photos or of documents"""
    chat = writable_chat(world, params)
    media = params.objects("media")
    if not 2 <= len(media) <= 10:
        raise bad_request("media group must include 2-10 items")
    if len({item.get("type") for item in media}) > 1:
        raise bad_request("Document can't be mixed with other media types")
    contents = [_input_media(world, params, item) for item in media]
    group = str(world.store.fact("media_groups", 0) + 1)
    world.store.keep_fact("media_groups", int(group))
    return [_send(world, params, chat, {**content, "media_group_id": group}) for content in contents]


def _send(world: World, params: Params, chat: Json, content: Json) -> Json:
    inline, keyboard = read_markup(params.object("reply_markup"))
    content = _reply(world, params, chat) | content
    if inline:
        content["reply_markup"] = inline
    if params.flag("protect_content"):
        content["has_protected_content"] = True
    message = world.add_message(chat, world.bot_user(), content, {"keyboard": keyboard} if keyboard else None)
    if keyboard:
        shown = packed(keyboard) if "keyboard" in keyboard else None
        world.store.run("update chats set keyboard = ? where chat_id = ?", shown, chat["id"])
    tell_of(world, "message", message)
    return message


def _reply(world: World, params: Params, chat: Json) -> Json:
    reply = params.object("reply_parameters") or {}
    message_id = Params(reply, {}).whole("message_id") or params.whole("reply_to_message_id")
    if not message_id:
        return {}
    replied = world.find_message(chat["id"], message_id)
    if replied is not None:
        return {"reply_to_message": {name: replied[name] for name in replied if name != "reply_to_message"}}
    if reply.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _text_content(params: Params) -> Json:
    written = params.text("text")
    if not written:
        raise bad_request("message text is empty")
    text, entities = formatted(written, params.text("parse_mode"), params.objects("entities"))
    if not text:
        raise bad_request("text must be non-empty")
    if utf16_length(text) > TEXT_LENGTH:
        raise bad_request("message is too long")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    preview = params.object("link_preview_options")
    if preview:
        content["link_preview_options"] = preview
    return content


def _caption(params: Params) -> Json:
    written = params.text("caption")
    if not written:
        return {}
    text, entities = formatted(written, params.text("parse_mode"), params.objects("caption_entities"))
    if utf16_length(text) > CAPTION_LENGTH:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    return {"caption": text, "caption_entities": entities} if entities else {"caption": text}


def _input_media(world: World, params: Params, item: Json) -> Json:
    if item.get("type") not in {"photo", "document"}:
        raise bad_request("can't parse InputMedia: type of InputMedia is invalid")
    content = media_content(world, item["type"], params.attached(Params(item, {}).text("media")))
    return content | _caption(Params(item, {}))


# Editing and deleting


def edit_message_text(world: World, params: Params) -> Json:
    """editMessageText"""
    message = _own_message(world, params)
    content = _text_content(params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, params, message, content, ("text", "entities", "link_preview_options"))


def edit_message_caption(world: World, params: Params) -> Json:
    """editMessageCaption"""
    message = _own_message(world, params)
    if not {"photo", "document"} & message.keys():
        raise bad_request("there is no caption in the message to edit")
    return _edit(world, params, message, _caption(params), ("caption", "caption_entities"))


def edit_message_media(world: World, params: Params) -> Json:
    """editMessageMedia"""
    message = _own_message(world, params)
    content = _input_media(world, params, params.object("media") or {})
    parts = ("text", "entities", "photo", "document", "caption", "caption_entities", "link_preview_options")
    return _edit(world, params, message, content, parts)


def edit_message_reply_markup(world: World, params: Params) -> Json:
    """editMessageReplyMarkup"""
    return _edit(world, params, _own_message(world, params), {}, ())


def _own_message(world: World, params: Params) -> Json:
    chat = writable_chat(world, params)
    message = world.find_message(chat["id"], params.whole("message_id") or 0)
    if message is None:
        raise bad_request("message to edit not found")
    if not _is_own(world, message):
        raise bad_request("message can't be edited")
    return message


def _is_own(world: World, message: Json) -> bool:
    """Whether the bot has written it; nobody else writes in channels."""
    return bool(message["chat"]["type"] == "channel" or message["from"]["id"] == world.bot["id"])


def _edit(world: World, params: Params, message: Json, content: Json, parts: tuple[str, ...]) -> Json:
    inline = inline_only(params.object("reply_markup"))
    kept = {name: message[name] for name in message if name not in {*parts, "reply_markup"}}
    edited = kept | content | ({"reply_markup": inline} if inline else {})
    if edited == message:
        raise bad_request(_NOT_MODIFIED)
    edited["edit_date"] = world.seconds()
    world.keep_message(edited)
    tell_of(world, "edit", edited)
    return edited


def delete_message(world: World, params: Params) -> bool:
    """deleteMessage"""
    chat = known_chat(world, params)
    message = world.find_message(chat["id"], params.whole("message_id") or 0)
    if message is None:
        raise bad_request("message to delete not found")
    if not _deletable(world, message):
        raise bad_request("message can't be deleted for everyone")
    _delete(world, message)
    return True


def delete_messages(world: World, params: Params) -> bool:
    """deleteMessages; those that cannot be found are passed over"""
    chat = known_chat(world, params)
    ids = params.array("message_ids") or []
    if not 1 <= len(ids) <= 100 or not all(isinstance(message_id, int) for message_id in ids):
        raise bad_request("message_ids must contain 1-100 identifiers")
    found = [message for message_id in ids if (message := world.find_message(chat["id"], message_id))]
    if not all(_deletable(world, message) for message in found):
        raise bad_request("message can't be deleted for everyone")
    for message in found:
        _delete(world, message)
    return True


def _deletable(world: World, message: Json) -> bool:
    own = _is_own(world, message)
    young: bool = world.seconds() - message["date"] < _DELETABLE_S
    private: bool = message["chat"]["type"] == "private"
    return young and (own or private)


def _delete(world: World, message: Json) -> None:
    chat_id, message_id = message["chat"]["id"], message["message_id"]
    world.remove_message(chat_id, message_id)
    world.tell("delete", chat_id, message_id=message_id)


# Signs


def answer_callback_query(world: World, params: Params) -> bool:
    """answerCallbackQuery, once and in time"""
    text = params.text("text")
    if text and utf16_length(text) > _TOAST_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    tap_id = params.text("callback_query_id")
    tap = world.store.row("select * from taps where callback_query_id = ?", tap_id)
    if tap is None or tap["answer"] is not None or world.seconds() - tap["at"] > _ANSWERABLE_S:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    answer = {"text": text or None, "show_alert": params.flag("show_alert"), "url": params.text("url")}
    world.store.run("update taps set answer = ? where callback_query_id = ?", packed(answer), tap_id)
    said = {"callback_query_id": tap_id, "user_id": tap["user_id"], **answer}
    world.tell("answer", tap["chat_id"], only=[tap["user_id"]], **said)
    return True


def send_chat_action(world: World, params: Params) -> bool:
    """sendChatAction"""
    chat = writable_chat(world, params)
    action = params.text("action")
    if action not in _CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.tell("typing", chat["id"], action=action)
    return True


def set_message_reaction(world: World, params: Params) -> bool:
    """setMessageReaction, of one emoji or none"""
    chat = writable_chat(world, params)
    message = world.find_message(chat["id"], params.whole("message_id") or 0)
    if message is None:
        raise bad_request("message to react not found")
    reactions = params.objects("reaction")
    if len(reactions) > 1 or any(not reaction.get("emoji") for reaction in reactions):
        raise bad_request("REACTION_INVALID")
    hidden = hidden_of(world.store, chat["id"], message["message_id"])
    hidden["reaction"] = reactions[0]["emoji"] if reactions else None
    world.store.run(
        "update messages set hidden = ? where chat_id = ? and message_id = ?",
        packed(hidden),
        chat["id"],
        message["message_id"],
    )
    tell_of(world, "edit", message)
    return True
