"""The demo as real processes: what is done in it outlives the bot's death, the demo's own, and a restart."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from bot.cli import run
from bot.cli.common import of_folder
from bot.clock import system_clock
from bot.config import Config
from bot.lock import DatabaseHeld, hold_database
from bot.sandbox.demo import Demo
from bot.sandbox.refusals import Json
from bot.sandbox.remote import Control, Refusal, RemotePhone, wait_for
from tests.conftest import PATIENCE_S

SENTENCE = (
    "Đề cử chị Lan, phòng HCTC, vì ba tháng qua đã hướng dẫn hơn 200 lượt người dân nộp hồ sơ trực tuyến."
)
Start = Callable[..., tuple[subprocess.Popen[str], Control]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "demo"


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """Starts `guongsang demo` on the folder; whatever still runs in the end is ended."""
    running: list[subprocess.Popen[str]] = []

    def start_demo(*options: str) -> tuple[subprocess.Popen[str], Control]:
        command = [sys.executable, "-m", "bot", "demo", "--data", str(folder), "--no-browser", *options]
        pipe, both = subprocess.PIPE, subprocess.STDOUT
        process = subprocess.Popen(command, stdout=pipe, stderr=both, encoding="utf-8")  # noqa: S603
        running.append(process)
        assert process.stdout is not None
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address is not None
        return process, Control(address[0])

    yield start_demo
    for process in running:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=PATIENCE_S)


def bot_is_gone(folder: Path) -> bool:
    """Nobody holds the database any more."""
    try:
        with hold_database(of_folder(folder).storage.url):
            return True
    except DatabaseHeld:
        return False


def told_to_stop(process: subprocess.Popen[str]) -> str:
    """Ctrl-C; answers what was printed."""
    process.send_signal(signal.SIGINT)
    return process.communicate(timeout=PATIENCE_S)[0]


def anything(message: dict[str, object]) -> bool:
    return bool(message["text"])


def long(control: Control) -> RemotePhone:
    return control.phone("Đặng Hoàng Long")


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process there")
def test_a_nomination_outlives_the_death_of_the_bot_and_a_restart_of_the_demo(start, folder):
    """A card shown before kill -9 is sent after it; stopped by Ctrl-C and started again, all is there."""
    process, control = start("--port", "0")
    phone = long(control)
    phone.send(SENTENCE)
    card = phone.wait_button("Gửi")
    assert control.post("/bot", do="kill") == {"running": False, "pid": None, "starts": 1}
    phone.tap(card, "Gửi")
    assert control.post("/bot", do="start")["running"]
    phone.wait(lambda message: "Đã ghi nhận đề cử" in message["text"])
    assert "Đã dừng" in told_to_stop(process)
    assert process.returncode == 0
    assert bot_is_gone(folder)

    _process, control = start("--port", "0")
    assert any("Đã ghi nhận đề cử" in message["text"] for message in long(control).messages())
    sent = long(control).send("/cuatoi")
    assert "Nguyễn Thị Lan" in long(control).wait(anything, after=sent)["text"]


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL there")
def test_the_bot_does_not_outlive_a_demo_that_was_killed(start, folder):
    """SIGKILL leaves no orphan that would hold the database."""
    process, control = start("--port", "0", "--empty")
    assert wait_for(lambda: not bot_is_gone(folder))
    assert control.get("/bot")["running"]
    process.kill()
    process.wait(timeout=PATIENCE_S)
    assert wait_for(lambda: bot_is_gone(folder))


@pytest.mark.parametrize("busy", ["port", "folder"])
def test_what_is_taken_is_said_in_one_sentence(start, folder, tmp_path, busy):
    """A second demo on the same port or folder says what to do, and exits 1."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = str(door.getsockname()[1]) if busy == "port" else "0"
        if busy == "folder":
            start("--port", "0", "--empty")
        data = folder if busy == "folder" else tmp_path / "other"
        command = [sys.executable, "-m", "bot", "demo", "--no-browser", "--port", port, "--data", str(data)]
        second = subprocess.run(  # noqa: S603
            command, capture_output=True, encoding="utf-8", timeout=PATIENCE_S, check=False
        )
    assert second.returncode == 1
    assert ("--port" if busy == "port" else "--data") in second.stderr
    assert len(second.stderr.splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL there")
async def test_a_bot_that_crashes_is_shown_as_stopped_and_started_again(folder):
    """Whoever ended it from outside, the demo says so and brings it back."""
    async with Demo(folder, 0, empty=True) as demo:
        told: list[Json] = []
        again = asyncio.Event()
        tell = demo.bot.changed

        def note() -> None:
            tell()
            told.append(demo.bot.status())
            if told[-1]["running"]:
                again.set()

        demo.bot.changed = note
        os.kill(pid := demo.bot.status()["pid"], signal.SIGKILL)
        await asyncio.wait_for(again.wait(), PATIENCE_S)
        back = await asyncio.to_thread(Control(demo.address).get, "/bot")
    assert told == [{"running": False, "pid": None, "starts": 1}, back]
    assert (back["running"], back["starts"]) == (True, 2)
    assert back["pid"] != pid


async def test_the_clock_goes_forward_only(folder):
    """It can be turned to a day to come and sped up; back is a conflict, and nonsense is refused."""
    async with Demo(folder, 0, empty=True) as demo:
        control = Control(demo.address)
        ask = asyncio.to_thread
        turned = await ask(control.post, "/clock", now="2090-06-11T07:30:00+07:00", speed=60)
        assert turned["now"].startswith("2090-06-11T07:3")
        assert turned["speed"] == 60
        running = await ask(control.post, "/clock", speed=1440)
        slower = await ask(control.post, "/clock", speed=1)
        assert (running["speed"], slower["speed"]) == (1440, 1)
        assert turned["now"] < running["now"] < slower["now"]
        for wrong, status in (
            ({"now": "2026-01-01T00:00:00+07:00"}, 409),
            ({"now": "2500-01-01T00:00:00+07:00"}, 400),
            ({"speed": -1}, 400),
            ({"speed": "nan"}, 400),
        ):
            with pytest.raises(Refusal, match=str(status)):
                await ask(control.post, "/clock", **wrong)


async def test_the_clock_leads_to_what_falls_due(folder):
    """The jumps are the next things of the office's timetable, on its working days."""
    begin = datetime.fromisoformat("2026-12-01T09:00:00+07:00")
    async with Demo(folder, 0, empty=True, begin=begin) as demo:
        jumps = (await asyncio.to_thread(Control(demo.address).get, "/clock"))["jumps"]
    at = {jump["name"]: (jump["at"][:16], jump["kind"]) for jump in jumps}
    assert at.pop("next")[0] < "2026-12-20"
    assert at == {
        "month": ("2026-12-18T08:00", "reminder"),
        "quarter": ("2027-01-08T08:00", "reminder"),
        "review": ("2027-06-08T08:00", "review"),
        "appeal": ("2027-06-11T07:30", "greeting"),
    }


async def test_every_scheduled_thing_is_seen_soon_after_the_clock_was_turned_to_it(folder):
    """From one thing that falls due to the next, for more than a month: each time somebody gets a message."""
    begin = datetime.fromisoformat("2026-11-12T09:00:00+07:00")
    wanted = {"reminder", "overdue", "silent", "invitation", "review", "warning"}
    seen: set[str] = set()
    async with Demo(folder, 0, begin=begin) as demo:
        control, ask = Control(demo.address), asyncio.to_thread
        while not wanted <= seen:
            jump = (await ask(control.get, "/clock"))["jumps"][0]
            assert jump["at"] < "2027-01", f"not seen: {wanted - seen}"
            await ask(control.post, "/clock", now=jump["at"])
            if jump["kind"] in wanted - seen:
                assert await ask(wait_for, partial(_has_written, control, since=jump["at"])), jump
                seen.add(jump["kind"])


def _has_written(control: Control, *, since: str) -> bool:
    return any(call["method"].startswith("send") and call["at"] >= since for call in control.get("/log"))


async def test_back_is_a_reset_to_that_moment_and_the_time_outlives_a_restart(folder):
    """Begun anew in an earlier year the office stands there, and still does when the demo starts again."""
    async with Demo(folder, 0, empty=True) as demo:
        control, ask = Control(demo.address), asyncio.to_thread
        await ask(control.post, "/reset", now="2025-06-05T08:00:00+07:00")
        assert (await ask(control.get, "/clock"))["now"].startswith("2025-06-05T08:0")
        with pytest.raises(Refusal, match="400"):
            await ask(control.post, "/reset", now="1948-06-11T08:00:00+07:00")
    async with Demo(folder, 0, empty=True) as demo:
        assert (await ask(Control(demo.address).get, "/clock"))["now"].startswith("2025-06-05T08:0")


async def test_the_bot_that_an_office_runs_has_no_such_door(monkeypatch):
    """`guongsang run` loads nothing of the sandbox, and the clock that it serves by is the machine's."""
    ours = "[name for name in sys.modules if name.startswith('bot.sandbox')]"
    look = f"import sys; import bot.cli.run; print({ours})"
    seen = await asyncio.create_subprocess_exec(sys.executable, "-c", look, stdout=subprocess.PIPE)
    assert (await seen.communicate())[0] == b"[]\n"
    clocks = []

    async def serve(_config, clock, _stop):
        clocks.append(clock)

    monkeypatch.setattr(run, "serve", serve)
    monkeypatch.setattr(run, "told_to_stop", asyncio.Event)
    await run.serve_until_told(Config())
    assert clocks == [system_clock]


async def test_an_empty_office_has_its_secretariat_and_is_made_anew_by_a_reset(folder):
    """Two people; what was done is thrown away, and the bot serves again."""
    async with Demo(folder, 0, empty=True) as demo:
        control, ask = Control(demo.address), asyncio.to_thread
        people = await ask(control.get, "/people")
        assert [person["roles"] for person in people if person["linked"]] == [["employee", "secretariat"]] * 2
        phone = await ask(control.phone, "Đỗ Thị Bích Ngọc")
        await ask(phone.send, "/help")
        await ask(phone.wait, anything)
        await ask(control.post, "/reset")
        assert await ask(phone.messages) == []
        await ask(phone.send, "/help")
        assert await ask(phone.wait, anything)
        assert (await ask(control.get, "/bot"))["running"]
