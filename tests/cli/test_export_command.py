"""`guongsang export` at a terminal: interrupted, watched, and a worker whose starter is killed."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.cli.test_commands import nominate

# The first piece is told of, and comes when the interruption has.
INTERRUPTED = """
import asyncio
import sys
from bot import exports
from bot.__main__ import main

ask_next = exports._next

async def tell(rows):
    print("reading", flush=True)
    writing = next(task for task in asyncio.all_tasks() if task.get_coro().__name__ == "write_export")
    while not writing.cancelling():
        await asyncio.sleep(0)
    return await ask_next(rows)

exports._next = tell
sys.exit(main(sys.argv[1:]))
"""
# A worker that cannot go on: nobody reads what it writes.
LEFT_ALONE = """
import asyncio, multiprocessing, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.documents.export_look import Look
from bot.exports import Job, export_aside
from bot.operations.export_nominations import Ask

async def say(_done, _total):
    for child in multiprocessing.active_children():
        print(child.pid, flush=True)

async def wanted():
    return True

if __name__ == "__main__":
    look = Look("vi", "Asia/Ho_Chi_Minh", "VP", None, datetime.now(UTC))
    job = Job(f"sqlite:///{sys.argv[1]}", Ask(), "csv", look, Path(sys.argv[2]))
    asyncio.run(export_aside(job, 10**6, say, wanted))
"""


@pytest.fixture
def office_folder(tmp_path, sqlite_template):
    """The data folder of an office with people in it."""
    folder: Path = tmp_path / "office"
    folder.mkdir()
    (folder / "guongsang.db").write_bytes(sqlite_template.read_bytes())
    return folder


@pytest.mark.parametrize("style", ["xlsx", "csv", "json", "zip"])
def test_an_interrupted_export_leaves_nothing(office_folder, style):
    """Ctrl-C while it reads: the exit code says so, no half file, and not a word of Python's."""
    nominate(office_folder, *(f"Việc thứ {n}" for n in range(8)))
    before = sorted(office_folder.iterdir())
    place = ["--data", str(office_folder), "--output", str(office_folder / f"out.{style}")]
    command = [sys.executable, "-c", INTERRUPTED, "export", "--period", "all", "--format", style, *place]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:  # noqa: S603
        assert running.stdout is not None
        assert running.stdout.readline() == "reading\n"
        running.send_signal(signal.SIGINT)
        _out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert err == ""
    assert {path.name for path in office_folder.iterdir()} <= {
        *(path.name for path in before),
        *("guongsang.db-wal", "guongsang.db-shm"),
    }


def test_who_watches_is_told_how_far_it_is(office_folder, monkeypatch, capsys):
    """At a terminal a line counts the rows, to the end; a script reads nothing of it."""
    nominate(office_folder, "Việc thứ nhất", "Việc thứ hai")
    command = ["export", "--period", "2026-11", "--format", "csv", "--data", str(office_folder)]
    output = ["--output", str(office_folder / "out.csv")]
    assert main([*command, *output]) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main([*command, *output]) == 0
    assert "Đang lập tệp: 2/2 dòng." in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux tells of others' processes")
def test_a_worker_does_not_outlive_who_asked(office_folder, tmp_path):
    """The bot is killed while a process makes a file: the process ends too, and no two write to one file."""
    nominate(office_folder, "Việc thứ nhất")
    held = tmp_path / "held.csv"
    os.mkfifo(held)
    script = tmp_path / "alone.py"
    script.write_text(LEFT_ALONE, encoding="utf-8")
    command = [sys.executable, str(script), str(office_folder / "guongsang.db"), str(held)]
    place = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=place) as running:  # noqa: S603
        assert running.stdout is not None
        worker = os.pidfd_open(int(running.stdout.readline()))
        try:
            running.kill()
            ended, _, _ = select.select([worker], [], [], 60)
        finally:
            os.close(worker)
    assert ended
