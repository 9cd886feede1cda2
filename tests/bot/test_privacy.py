"""What the logs of a whole conversation show: each update with its cost, and nothing anybody said or is."""

import contextlib
import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from typing import Any

import structlog

from bot.logs import configure_logs
from bot.sandbox.faults import Fault
from tests.emulator_request import TOKEN
from tests.nominating import STORY
from tests.office import PEOPLE, Office
from tests.phones import Phone

PHONE = "+84912000001"
UNREADABLE = {"message": {"message_id": "một", "text": STORY, "chat": {"id": 1001, "first_name": "Lan"}}}


@contextlib.contextmanager
def written(office: Office) -> Iterator[list[dict[str, Any]]]:
    """What the bot logs meanwhile, as `guongsang run` sets logging up, with everything it may say."""
    stream, lines, root = io.StringIO(), list[dict[str, Any]](), logging.getLogger()
    before = root.handlers[:], root.level, sys.excepthook, threading.excepthook
    try:
        config = office.config
        configure_logs(config.logging, config.secrets(), stream, office.clock)
        yield lines
    finally:
        root.handlers[:], level, sys.excepthook, threading.excepthook = before
        root.setLevel(level)
        structlog.reset_defaults()
    lines += [json.loads(line) for line in stream.getvalue().splitlines()]


def spoken_of(lines: list[dict[str, Any]]) -> list[str]:
    """Which of the words that no log may hold stand in these lines."""
    text = json.dumps(lines, ensure_ascii=False).casefold()
    names = [part for row in PEOPLE for part in (row[1], row[5], row[5][3:])]
    secrets = [TOKEN, TOKEN.partition(":")[2], PHONE, *STORY.split(", "), "hướng dẫn người dân"]
    return [words for words in (*names, *secrets) if words.casefold() in text]


async def test_a_conversation_leaves_no_word_in_the_logs(office: Office):
    """Coming in by phone, nominating, editing, a file, a stranger, an outage, a notice: no word of it."""
    with written(office) as lines:
        lan, hung = office.phone("lan"), office.phone("hung")
        await lan.start()
        await lan.contact(PHONE, user_id=lan.user_id, first_name="Nguyễn Thị Lan")
        await lan.send(f"Đề cử anh Tuấn, phòng TH, vì {STORY}")
        await lan.photo(STORY)
        office.telegram.add_fault(Fault("429", retry_after=0, method="sendMessage", times=1))
        await lan.tap("Gửi")
        await lan.send("/dulieucuatoi")
        await hung.send("/tonghop")
        await hung.document(f"Mã,Họ tên\n{STORY},Nguyễn Thị Lan\n".encode(), "Nguyễn Thị Lan.csv")
        await office.stranger(name="Nguyễn Thị Lan").send(STORY)
    updates = [line for line in lines if line["event"] == "update"]
    assert len(updates) >= 9
    assert spoken_of(lines) == []


async def test_a_mistake_of_ours_quotes_nobody(office: Office, monkeypatch):
    """The line says what failed and where, though the error's own text is what somebody wrote."""

    async def broken(turn: Any, *_rest: object) -> None:
        raise KeyError(turn.incoming.text, turn.me.full_name, turn.me.phone)

    with written(office) as lines, monkeypatch.context() as patched:
        patched.setattr("handlers.nominate.try_sentence", broken)
        await office.phone("lan").send(f"Đề cử anh Tuấn vì {STORY}")
    (mistake,) = [line for line in lines if line["event"] == "mistake"]
    assert mistake["error"] == "KeyError"
    assert any(frame.startswith("handlers/turn.py:") for frame in mistake["way"])
    assert mistake["way"][-1].endswith(" broken")
    assert spoken_of(lines) == []


async def test_a_failing_task_quotes_nobody(office: Office, monkeypatch):
    """Work on a file of people: the line says where it failed, not at whom."""

    async def broken(*_args: object, **_named: object) -> None:
        raise ValueError(STORY, "Nguyễn Thị Lan")

    with written(office) as lines:
        for kind in office.bot.tasks._works:
            monkeypatch.setitem(office.bot.tasks._works, kind, broken)
        hung = office.phone("hung")
        await hung.send("/nhansu")
        await hung.document(b"x,y\n", "people.csv")
    assert [line["error"] for line in lines if line["event"] == "task_failed"] == ["ValueError"]
    assert spoken_of(lines) == []


async def test_an_unreadable_update_is_not_quoted(office: Office):
    """It is kept in the database for the developers; the log says only which one it was."""
    with written(office) as lines:
        update_id = office.telegram.world.queue_raw(UNREADABLE)
        await office.settle()
    (line,) = [line for line in lines if line["event"] == "update_unreadable"]
    assert line["update_id"] == update_id
    assert spoken_of(lines) == []
    async with office.database.reading() as session:
        (kept,) = await session.fetch("select body from unread_updates")
    assert json.loads(kept["body"])["message"]["text"] == STORY


async def test_each_update_has_one_line_with_its_cost(office: Office):
    """Whatever came of it: done, refused or failed."""
    with written(office) as lines:
        lan = office.phone("lan")
        quiet = Phone(office.telegram, lan.user_id)
        for text in ("/decu", "/binhchon", "/khongco", "xin chào", "🙂"):
            await quiet.send(text)
        sent = [update["update_id"] for update in await office.bot.poller._ask(0)]
        await office.settle()
    updates = [line for line in lines if line["event"] == "update"]
    assert sorted(line["update_id"] for line in updates) == sorted(sent)
    assert len(sent) == 5
    assert all(line["cost_ms"] > 0 for line in updates)
    assert {line["outcome"] for line in updates} <= {"done", "refused"}
