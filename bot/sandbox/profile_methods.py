"""The Bot API's methods about the bot, its commands, chats and files."""

import json
import re
from typing import Final

from bot.sandbox.media import DOWNLOAD_BYTES
from bot.sandbox.methods import known_chat
from bot.sandbox.params import Params
from bot.sandbox.refusals import Json, bad_request
from bot.sandbox.store import packed
from bot.sandbox.world import World

_COMMAND: Final = re.compile(r"/?([a-z0-9_]{1,32})")
_SCOPES: Final = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
_LANGUAGE: Final = re.compile(r"|[a-z]{2}")


def get_me(world: World, _: Params) -> Json:
    """getMe"""
    return {
        **world.bot_user(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


# Commands


def set_my_commands(world: World, params: Params) -> bool:
    """setMyCommands"""
    commands = params.objects("commands")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    checked = [_command(command) for command in commands]
    scope, language = _scope(world, params), _language(params)
    world.store.run("insert or replace into commands values (?, ?, ?)", scope, language, packed(checked))
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    """getMyCommands: exactly those of this scope and language"""
    row = world.store.row(
        "select body from commands where scope = ? and language = ?", _scope(world, params), _language(params)
    )
    return json.loads(row["body"]) if row else []


def delete_my_commands(world: World, params: Params) -> bool:
    """deleteMyCommands"""
    world.store.run(
        "delete from commands where scope = ? and language = ?", _scope(world, params), _language(params)
    )
    return True


def commands_for(world: World, chat: Json, user_id: int, language: str) -> list[Json]:
    """The commands a phone shows in a chat: the narrowest scope that has any ("BotCommandScope")."""
    if chat["type"] == "private":
        scopes: list[Json] = [{"type": "chat", "chat_id": chat["id"]}, {"type": "all_private_chats"}]
    else:
        member = {"type": "chat_member", "chat_id": chat["id"], "user_id": user_id}
        scopes = [member, {"type": "chat", "chat_id": chat["id"]}, {"type": "all_group_chats"}]
    for scope in [*scopes, {"type": "default"}]:
        for tongue in (language[:2], ""):
            row = world.store.row(
                "select body from commands where scope = ? and language = ?", _scope_key(scope), tongue
            )
            if row is not None and row["body"] != "[]":
                found: list[Json] = json.loads(row["body"])
                return found
    return []


def _command(command: Json) -> Json:
    match = _COMMAND.fullmatch(str(command.get("command", "")))
    if match is None:
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(str(command.get("description", "")).strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": match.group(1), "description": command["description"]}


def _scope(world: World, params: Params) -> str:
    scope = params.object("scope") or {"type": "default"}
    kind = str(scope.get("type"))
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if _SCOPES[kind]:
        known_chat(world, Params(scope, {}))
    return _scope_key(scope)


def _scope_key(scope: Json) -> str:
    return ":".join([scope["type"], *(str(scope.get(name)) for name in _SCOPES[scope["type"]])])


def _language(params: Params) -> str:
    language = params.text("language_code") or ""
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


# The bot's own words


def set_my_name(world: World, params: Params) -> bool:
    """setMyName"""
    return _keep_words(world, params, "name", 64)


def set_my_description(world: World, params: Params) -> bool:
    """setMyDescription"""
    return _keep_words(world, params, "description", 512)


def set_my_short_description(world: World, params: Params) -> bool:
    """setMyShortDescription"""
    return _keep_words(world, params, "short_description", 120)


def get_my_name(world: World, params: Params) -> Json:
    """getMyName"""
    return _words(world, params, "name", world.bot["first_name"])


def get_my_description(world: World, params: Params) -> Json:
    """getMyDescription"""
    return _words(world, params, "description", "")


def get_my_short_description(world: World, params: Params) -> Json:
    """getMyShortDescription"""
    return _words(world, params, "short_description", "")


def _keep_words(world: World, params: Params, name: str, length: int) -> bool:
    words = params.text(name) or ""
    if len(words) > length:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    language = _language(params)
    world.store.keep_fact(f"{name}:{language}", words)
    if name == "name" and words and not language:
        world.keep_bot(first_name=words)
    return True


def _words(world: World, params: Params, name: str, otherwise: str) -> Json:
    facts = (world.store.fact(f"{name}:{tongue}") for tongue in (_language(params), ""))
    return {name: next((fact for fact in facts if fact), otherwise)}


# Chats and files


def get_chat(world: World, params: Params) -> Json:
    """getChat"""
    return {
        **known_chat(world, params),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def get_chat_member(world: World, params: Params) -> Json:
    """getChatMember"""
    chat = known_chat(world, params)
    user_id = params.whole("user_id") or 0
    person = world.find_person(user_id)
    if user_id == world.bot["id"]:
        user = world.bot_user()
    elif person is not None:
        user = person.user()
    else:
        raise bad_request("PARTICIPANT_ID_INVALID")
    channel = chat["type"] == "channel" and user_id == world.bot["id"]
    return member_view(user, world.member_status(chat["id"], user_id) or "left", channel=channel)


_MAY = ("can_manage_chat", "can_delete_messages", "can_post_messages", "can_edit_messages")
_MAY_NOT = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)


def member_view(user: Json, status: str, *, channel: bool = False) -> Json:
    """A `ChatMember` of status `member`, `left` or `kicked`; a bot in a channel is an administrator."""
    member: Json = {"status": status, "user": user}
    if channel and status == "member":
        rights = dict.fromkeys(_MAY, True) | dict.fromkeys(_MAY_NOT, False)
        return {**member, "status": "administrator", **rights}
    return {**member, "until_date": 0} if status == "kicked" else member


def get_file(world: World, params: Params) -> Json:
    """getFile"""
    file = world.find_file(params.text("file_id") or "")
    if file is None:
        raise bad_request("invalid file_id")
    if file["file_size"] > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    known = {name: file[name] for name in ("file_id", "file_unique_id", "file_size")}
    return {**known, "file_path": file["path"]}


# Webhooks: there are none


def get_webhook_info(world: World, _: Params) -> Json:
    """getWebhookInfo"""
    row = world.store.row("select count(*) as n from updates")
    return {"url": "", "has_custom_certificate": False, "pending_update_count": row["n"] if row else 0}


def delete_webhook(world: World, params: Params) -> bool:
    """deleteWebhook"""
    if params.flag("drop_pending_updates"):
        world.store.run("delete from updates")
    return True


def set_webhook(_: World, params: Params) -> bool:
    """setWebhook: only the removal of one is carried out"""
    url = params.text("url")
    if not url:
        return True
    if not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    raise bad_request("bad webhook: Failed to resolve host: Name or service not known")
