"""The benchmarks run: what they say is for `make bench` on a quiet machine."""

import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
SAID = {
    "steps": ["ours, SQLite / echo, one at a time", "ours, PostgreSQL / echo, 12 in flight"],
    "conversations": ["ours, SQLite / ConversationHandler", "ours, PostgreSQL / ConversationHandler"],
    "latency": ["ours, SQLite, 100 updates/s", "ours, PostgreSQL, 100 updates/s"],
    "name_search": ["SQLite (filled", "PostgreSQL (filled", "recall@8"],
    "exporting": ["guongsang export, xlsx", "guongsang export, csv"],
    "summary": ["figures of a month, SQLite", "whole answers, PostgreSQL", "a reason written, SQLite"],
    "start": ["guongsang run to its first poll"],
    "memory": ["updates/s meanwhile"],
    "card": ["140 letters", "1500 letters"],
    "broadcast": ["broadcast, SQLite, 50 ms away", "broadcast, PostgreSQL, 50 ms away"],
}


@pytest.mark.parametrize("name", SAID)
def test_a_benchmark_runs_and_prints_its_figures(name):
    """With tiny sizes each comes to its end and says what it measured."""
    command = [sys.executable, "-m", f"benchmarks.{name}", "--quick"]
    run = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)  # noqa: S603
    assert run.returncode == 0, run.stdout + run.stderr
    assert [figure for figure in SAID[name] if figure not in run.stdout] == [], run.stdout


def test_every_benchmark_is_in_the_whole():
    """`make bench` leaves none out."""
    whole = (HOUSE / "benchmarks/__main__.py").read_text("utf-8")
    assert [name for name in SAID if name not in whole] == []
