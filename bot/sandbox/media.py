"""Pictures, documents and other files as parts of messages."""

from typing import Any, Final

from bot.sandbox.images import measured
from bot.sandbox.params import Upload
from bot.sandbox.refusals import Json, Refused, bad_request
from bot.sandbox.world import World

PHOTO_BYTES: Final = 10 * 1024**2
UPLOAD_BYTES: Final = 50 * 1024**2
DOWNLOAD_BYTES: Final = 20 * 1024**2
_FOLDERS: Final = {"photo": "photos", "document": "documents", "voice": "voice", "sticker": "stickers"}


def media_content(world: World, kind: str, source: Upload | str | None) -> Json:
    """The part of a message that holds a bot's file: `{"photo": [...]}` or `{"document": {...}}`.

    Args:
        source: an upload, or a `file_id` that was given out before.

    Raises:
        Refused: nothing there, too large, not known, of another kind, or not a picture.
    """
    if source is None or source == "":
        raise bad_request(f"there is no {kind} in the request")
    if isinstance(source, Upload):
        return {kind: store_upload(world, kind, source)}
    file = world.find_file(source)
    if file is None:
        fetched = source.startswith(("http://", "https://"))
        raise bad_request(
            "failed to get HTTP URL content" if fetched else "wrong file identifier/HTTP URL specified"
        )
    if file["kind"] != kind:
        raise bad_request(f"can't use file of type {file['kind'].title()} as {kind.title()}")
    return {kind: file["shown"]}


def store_upload(world: World, kind: str, upload: Upload) -> Any:
    """Keep a file and answer what a message says of it.

    Raises:
        Refused: it is empty, too large, or, as a photo, not a picture.
    """
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > UPLOAD_BYTES:
        raise Refused(413, "Request Entity Too Large")
    if kind == "photo":
        return _photo_sizes(world, upload)
    file = world.add_file(upload, _FOLDERS[kind])
    shown = {name: file[name] for name in ("file_id", "file_unique_id", "file_size")}
    if kind == "document":
        shown |= {"file_name": file["name"], "mime_type": file["mime"]}
    elif kind == "voice":
        shown |= {"duration": 1, "mime_type": "audio/ogg"}
    elif kind == "sticker":
        shown |= {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    world.keep_file({**file, "kind": kind, "shown": shown})
    return shown


def _photo_sizes(world: World, upload: Upload) -> list[Json]:
    """A picture as Telegram offers it, small to large.

    The emulator cannot draw: the smaller sizes have smaller numbers and the same bytes.
    """
    size = measured(upload.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if len(upload.content) > PHOTO_BYTES:
        raise bad_request("too big for a photo")
    if sum(size) > 10_000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    files = []
    sizes = []
    for side in [side for side in (90, 320) if side < max(size)] + [max(size)]:
        file = world.add_file(upload, _FOLDERS["photo"])
        width, height = (max(round(length * side / max(size)), 1) for length in size)
        known = {name: file[name] for name in ("file_id", "file_unique_id", "file_size")}
        sizes.append({**known, "width": width, "height": height})
        files.append(file)
    for file in files:
        world.keep_file({**file, "kind": "photo", "shown": sizes})
    return sizes
