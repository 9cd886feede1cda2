"""The emulator itself does not break: on odd calls, on odd updates, on being killed."""

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.telegram import METHODS, Telegram
from tests.phones import Phone
from tests.schema import SchemaChecker, check

_NAMES = [
    "chat_id",
    "text",
    "message_id",
    "reply_markup",
    "reply_parameters",
    "entities",
    "parse_mode",
    "caption",
    "media",
    "photo",
    "document",
    "message_ids",
    "callback_query_id",
    "action",
    "reaction",
    "commands",
    "scope",
    "user_id",
    "language_code",
    "name",
    "file_id",
    "url",
    "link_preview_options",
    "offset",
    "limit",
    "allowed_updates",
]
_NUMBERS = [None, True, 0, 1, 1001, -5, 10**30, 1.5]
_TEXTS = ["", "1", "x", "[]", "{}", "[1]", "--1", "\ud83d", "<b>x</b>", "chat", "HTML"]
_LEAVES = st.sampled_from(_NUMBERS + _TEXTS)
_KEYS = st.sampled_from(
    ["type", "offset", "length", "text", "media", "inline_keyboard", "message_id", "emoji", "chat_id"]
)
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(METHODS)), st.dictionaries(st.sampled_from(_NAMES), _VALUES, max_size=6))
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_odd_calls_are_answered_or_refused(emulator, method, params):
    """Whatever a bot sends, it gets a result of the right type or a refusal in Telegram's form."""
    if emulator.world.find_person(1001) is None:
        emulator.people.put(1001, "Lan", started=True)
        await emulator.call("sendMessage", {"chat_id": 1001, "text": "một"})
    status, body = await emulator.call(method, {"chat_id": 1001, **params})
    assert body["ok"] == (status == 200)
    if status != 200:
        assert body["error_code"] == status < 500
        assert body["description"].startswith(("Bad Request: ", "Forbidden: "))


async def test_half_a_character_goes_through_the_queue(emulator):
    """An update no Telegram would send can be kept and given out, so that bots can be tried with it."""
    emulator.world.queue_raw({"message": {"text": "\ud83d"}})
    _, body = await emulator.call("getUpdates", {})
    assert body["result"][0]["message"]["text"] == "\ud83d"


async def test_the_schema_checker_finds_what_is_wrong(emulator):
    """A field of the wrong type, an unknown field and a missing one are found where they are said."""
    user = {"id": 1, "is_bot": False, "first_name": "Lan"}
    check("TelegramUser", user)
    for wrong in ({**user, "id": "1"}, {**user, "colour": "red"}, {"id": 1}):
        with pytest.raises(jsonschema.ValidationError):
            check("TelegramUser", wrong)
    checker = SchemaChecker()
    checker.watch(emulator)
    await Phone(emulator, 7).start()
    await emulator.call("getMe")
    assert checker.checked == 2
    with pytest.raises(AssertionError):
        checker.check_answer("setMyCommands", result={})


_CHILD = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.sandbox.telegram import Telegram

telegram = Telegram(Path(sys.argv[1]), lambda: datetime(2026, 11, 22, tzinfo=UTC))
telegram.people.put(7, "Lan")
for number in range(50):
    telegram.people.send(7, str(number))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
async def test_nothing_is_lost_when_the_sandbox_is_killed(tmp_path):
    """What was accepted is there after SIGKILL, in order."""
    root = Path(__file__).parents[2]
    child = subprocess.run([sys.executable, "-c", _CHILD, tmp_path], cwd=root, check=False)  # noqa: S603, ASYNC221
    assert child.returncode == -signal.SIGKILL
    telegram = Telegram(tmp_path, lambda: datetime(2026, 11, 22, tzinfo=UTC))
    _, body = await telegram.call("getUpdates", {})
    assert [update["message"]["text"] for update in body["result"]] == [str(number) for number in range(50)]
    telegram.close()
