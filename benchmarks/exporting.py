"""Export of 100,000 nominations by `guongsang export`, beside the csv module writing the same rows.

    python -m benchmarks.exporting [--quick]

Seconds are from the start of the command to its end; memory is the largest its process held.
"""

import csv
import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from benchmarks.measuring import HERE, STORY, Place, median, run_alone

_MINUTE_US = 60_000_000
_START_US = 1_760_000_000_000_000


def benchmark(place: Place) -> None:
    """Print time and memory of each form."""
    reasons, rounds = place.size(100_000, 200), place.size(3, 1)
    path = _office_with_nominations(place, reasons)
    config = place.folder / "export.toml"
    config.write_text(f'[storage]\nurl = "sqlite:///{path}"\n', encoding="utf-8")
    seconds: dict[str, list[float]] = {"xlsx": [], "csv": [], "csv module": []}
    megabytes: dict[str, float] = {}
    for _ in range(rounds):
        for style in ("xlsx", "csv"):
            took, megabytes[style] = _export(config, style, place.folder / f"out.{style}")
            seconds[style].append(took)
        seconds["csv module"].append(_write_again(place.folder / "out.csv", reasons))
    bare = median(seconds["csv module"])
    print(f"{reasons} nominations; the csv module writes their rows, already read, in {bare:.2f} s")
    for style, peak in megabytes.items():
        took = median(seconds[style])
        print(f"  guongsang export, {style}: {took:.1f} s, {took / bare:.1f} times that; peak {peak:.0f} MB")


def _export(config: Path, style: str, output: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "bot", "export", "--config", str(config)]
    wanted = ["--period", "all", "--format", style, "--output", str(output)]
    began = time.perf_counter()
    with subprocess.Popen([*command, *wanted], cwd=HERE.parent, stdout=subprocess.DEVNULL) as running:  # noqa: S603
        _pid, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == 0, "the export failed"
    return time.perf_counter() - began, used.ru_maxrss / 1024


def _write_again(exported: Path, reasons: int) -> float:
    with exported.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == reasons + 1, "not every reason is in the file"
    began = time.perf_counter()
    with exported.with_suffix(".again").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return time.perf_counter() - began


def _office_with_nominations(place: Place, reasons: int) -> Path:
    people = place.size(5_000, 60)
    path = Path(place.office(place.databases()["SQLite"], people).removeprefix("sqlite:///"))
    chance = random.Random(3)
    with closing(sqlite3.connect(path)) as connection, connection:
        known = connection.execute("select id, full_name, unit_id from people").fetchall()
        for nth in range(0, reasons, 2):  # two reasons for each nominee
            nominee_id, name, unit_id = chance.choice(known)
            period, at = f"{2000 + nth % 1200 // 12}-{nth % 12 + 1:02}", _START_US + nth * _MINUTE_US
            nomination_id = connection.execute(
                "insert into nominations"
                " (nominee_kind, nominee_id, nominee_key, nominee_name, unit_id, period, made_at)"
                " values ('person', ?, ?, ?, ?, ?, ?) returning id",
                (nominee_id, f"bench:{nth}", name, unit_id, period, at),
            ).fetchone()[0]
            connection.executemany(
                "insert into endorsements (nomination_id, nominator_id, kind, story, sent_at)"
                " values (?, ?, 'good_deed', ?, ?)",
                [(nomination_id, one, STORY, at) for one, *_ in chance.sample(known, 2)],
            )
    return path


if __name__ == "__main__":
    run_alone(benchmark)
