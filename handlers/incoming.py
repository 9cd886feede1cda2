"""An update as plain values: what a conversation needs to know of it, and nothing of Telegram's."""

from dataclasses import dataclass, replace
from enum import StrEnum

from telegram import ChatMember, ChatMemberRestricted, InaccessibleMessage, Message, Update
from telegram.constants import ChatType

from bot.domain.nominations import Attachment


class Sort(StrEnum):
    """What came in."""

    TEXT = "text"
    TAP = "tap"
    FILE = "file"
    CONTACT = "contact"
    EDITED = "edited"
    UNUSABLE = "unusable"


@dataclass(frozen=True)
class Incoming:
    """One update. `user_id` 0 means nobody who could be answered; `text` is a text or a caption.

    `moved_to` and `moved_from` are the other number of a group that has become a supergroup, else 0.
    """

    update_id: int
    sort: Sort
    user_id: int
    chat_id: int
    private: bool
    language: str | None = None
    message_id: int | None = None
    text: str = ""
    data: str = ""
    query_id: str = ""
    reachable: bool = True
    file: Attachment | None = None
    album: str = ""
    phone: str = ""
    own_contact: bool = False
    forwarded: bool = False
    left_chat: bool = False
    chat_title: str = ""
    chat_kind: str = ""
    moved_to: int = 0
    moved_from: int = 0


class Unreadable(ValueError):
    """A value is not of the type that the Bot API gives it."""


_LARGEST = 2**63


def read_update(update: Update) -> Incoming:
    """The update as plain values that every database can keep. Raises Unreadable."""
    return _checked(_read(update))


def _read(update: Update) -> Incoming:
    user, chat = update.effective_user, update.effective_chat
    common = Incoming(
        update_id=update.update_id,
        sort=Sort.UNUSABLE,
        user_id=user.id if user and not user.is_bot else 0,
        chat_id=chat.id if chat else (user.id if user else 0),
        private=chat is None or chat.type == ChatType.PRIVATE,
        language=user.language_code if user else None,
        chat_title=(chat.title or "") if chat else "",
        chat_kind=str(chat.type) if chat else "",
    )
    if update.callback_query:
        query = update.callback_query
        return replace(
            common,
            sort=Sort.TAP,
            message_id=query.message.message_id if query.message else None,
            reachable=query.message is not None and not isinstance(query.message, InaccessibleMessage),
            data=query.data or "",
            query_id=query.id,
        )
    if update.message:
        return _message(update.message, common)
    if update.edited_message:
        return replace(common, sort=Sort.EDITED, message_id=update.edited_message.message_id)
    member = update.my_chat_member
    return replace(common, left_chat=member is not None and _is_out(member.new_chat_member))


def _is_out(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return not member.is_member
    return member.status in {ChatMember.BANNED, ChatMember.LEFT}


def _message(message: Message, common: Incoming) -> Incoming:
    known = replace(
        common,
        message_id=message.message_id,
        text=message.text or message.caption or "",
        forwarded=message.forward_origin is not None,
        album=message.media_group_id or "",
        moved_to=message.migrate_to_chat_id or 0,
        moved_from=message.migrate_from_chat_id or 0,
    )
    if message.contact:
        own = message.contact.user_id == common.user_id and not known.forwarded
        return replace(known, sort=Sort.CONTACT, phone=message.contact.phone_number, own_contact=own)
    attachment = _attachment(message)
    if attachment:
        return replace(known, sort=Sort.FILE, file=attachment)
    return replace(known, sort=Sort.TEXT if message.text else Sort.UNUSABLE)


def _attachment(message: Message) -> Attachment | None:
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Attachment("photo", largest.file_id, largest.file_unique_id, "", largest.file_size)
    document = message.document
    if document:
        return Attachment(
            "document",
            document.file_id,
            document.file_unique_id,
            document.file_name or "",
            document.file_size,
        )
    video = message.video
    if video:
        return Attachment(
            "video", video.file_id, video.file_unique_id, video.file_name or "", video.file_size
        )
    return None


def _checked(seen: Incoming) -> Incoming:
    numbers = (
        seen.update_id,
        seen.user_id,
        seen.chat_id,
        seen.message_id or 0,
        seen.moved_to,
        seen.moved_from,
    )
    if not all(type(number) is int and abs(number) < _LARGEST for number in numbers):
        raise Unreadable
    return replace(
        seen,
        language=_storable(seen.language) if seen.language else None,
        text=_storable(seen.text),
        data=_storable(seen.data),
        query_id=_storable(seen.query_id),
        album=_storable(seen.album),
        phone=_storable(seen.phone),
        chat_title=_storable(seen.chat_title),
        chat_kind=_storable(seen.chat_kind),
        file=_checked_file(seen.file) if seen.file else None,
    )


def _checked_file(file: Attachment) -> Attachment:
    if file.size is not None and not (type(file.size) is int and 0 <= file.size < _LARGEST):
        raise Unreadable
    return replace(
        file,
        file_id=_storable(file.file_id),
        file_unique_id=_storable(file.file_unique_id),
        name=_storable(file.name),
    )


def _storable(text: str) -> str:
    """Without NUL, which PostgreSQL refuses, and halves of characters, which are no UTF-8."""
    if not isinstance(text, str):
        raise Unreadable
    return text.replace("\0", "").encode("utf-8", "ignore").decode()
