"""Files that people send to be checked, and what they are told of them: shared by roster and nominations."""

from pathlib import Path
from typing import Any

from bot.tasks import occurrence
from handlers.incoming import Sort
from handlers.turn import Turn
from handlers.workshop import UPLOAD_BYTES_MAX, Workshop, ask_for
from storage import notices
from storage.database import Session
from storage.jobs import Task

UNPACKED_BYTES_MAX = 200 * 2**20
LINES_SHOWN, LINE_MAX = 20, 150
"""How many lines of what is wrong stand in a message, and how long each may be."""


async def take_file(turn: Turn, check: str, flow: str) -> None:
    """Let the file that was sent be checked by a task of that kind; say why where it is none."""
    file = turn.incoming.file
    if turn.incoming.sort is not Sort.FILE or file is None or file.kind != "document":
        turn.show(turn.say("roster.send_a_file"), flow=flow)
    elif (file.size or 0) > UPLOAD_BYTES_MAX:
        turn.show(turn.say("roster.too_heavy", most=UPLOAD_BYTES_MAX // 10**6), flow=flow)
    else:
        await ask_for(turn, check, {"file_id": file.file_id, "name": file.name[:100] or "file"})
        turn.show(turn.say("roster.checking", file=file.name[:100]), flow=flow)


async def also_file(
    shop: Workshop,
    session: Session,
    task: Task,
    message_id: str,
    path: Path,
    name_id: str,
    values: dict[str, str],
) -> None:
    """Send a file behind what its person is told."""
    name = shop.house.texts_for(None).plain(name_id)
    body = file_body(message_id, path, name, **values)
    await notices.plan(session, "file", occurrence(task), task.person_id, body, shop.house.clock())


def file_body(message_id: str, path: Path, name: str, **values: str) -> dict[str, Any]:
    """The body of a file for the secretariat."""
    file = {"path": str(path), "name": name}
    return {"id": message_id, "values": values, "file": file, "role": "secretariat"}


def drop(fields: dict[str, Any]) -> None:
    """The file is not needed any more."""
    Path(fields["path"]).unlink(missing_ok=True)


def keep(path: Path, content: bytes) -> None:
    """Keep a file for the owner's eyes only."""
    path.touch(mode=0o600)
    path.write_bytes(content)
