"""Export of 100,000 nominations by `guongsang export`, beside a plain script with the csv module.

    python -m benchmarks.exporting [--quick]

The script reads the same nominations with SQL and writes them with the csv module, and does nothing else;
the export tells all its other tables too. Each is a process of its own, from its start to its end, and memory
is the most that it held. Then the writers alone: the same rows, which are in memory already.
"""

import csv
import json
import random
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measuring import HERE, STORY, Place, median, run_alone
from bot.documents.export_files import STYLES, write_file
from bot.documents.export_look import Look, Source
from bot.operations.export_nominations import PIECE, Figures
from storage.database import Row
from storage.exports import TABLES

_MINUTE_US = 60_000_000
_START_US = 1_760_000_000_000_000
_ROWS = """
select e.id as code, n.period, u.code as unit_code, u.name as unit, n.id as nomination_id,
  n.nominee_name as nominee, n.nominee_post as post, q.erased_at as nominee_erased_at, e.kind,
  m.name as movement, e.story, e.result, e.spread, e.lesson, e.field, e.deed_period,
  (select count(*) from evidence v where v.endorsement_id = e.id) as evidence,
  p.full_name as nominator, e.hide_name, e.sent_at, e.changed_at,
  case when own.merged_into is not null then own.id end as merged_from
from endorsements e join nominations own on own.id = e.nomination_id
join nominations n on n.id = coalesce(own.merged_into, own.id) join units u on u.id = n.unit_id
join people p on p.id = e.nominator_id left join people q on q.id = n.nominee_id
left join movements m on m.id = e.movement_id
where e.withdrawn_at is null order by e.id
"""
_PLAIN = """
import csv, sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute(sys.argv[3])
with open(sys.argv[2], "w", encoding="utf-8-sig", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(column[0] for column in rows.description)
    writer.writerows(rows)
"""
# A process counts as its own what the one that started it held: so a small one starts it.
_STARTER = """
import json, os, subprocess, sys, time
began = time.perf_counter()
running = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_pid, status, used = os.wait4(running.pid, 0)
took = time.perf_counter() - began
cpu, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
print(json.dumps([os.waitstatus_to_exitcode(status), took, cpu, megabytes]))
"""


def benchmark(place: Place) -> None:
    """Print time and memory of each form."""
    reasons, rounds = place.size(100_000, 200), place.size(5, 1)
    path = _office_with_nominations(place, reasons)
    config = place.folder / "export.toml"
    config.write_text(f'[storage]\nurl = "sqlite:///{path}"\n', encoding="utf-8")
    seen: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for _ in range(rounds):
        out = place.folder / "plain.csv"
        seen["plain"].append(_measured(sys.executable, "-c", _PLAIN, str(path), str(out), _ROWS))
        for style in STYLES:
            command = ["-m", "bot", "export", "--config", str(config), "--period", "all", "--format", style]
            seen[style].append(
                _measured(sys.executable, *command, "--output", str(place.folder / f"out.{style}"))
            )
    plain, plain_cpu = _middle(seen["plain"], 0), _middle(seen["plain"], 1)
    print(f"{reasons} nominations; SQL and the csv module alone: {plain:.2f} s, {plain_cpu:.2f} s of CPU")
    for style in STYLES:
        took, cpu = _middle(seen[style], 0), _middle(seen[style], 1)
        print(
            f"  guongsang export, {style}: {took:.1f} s, {took / plain:.1f} times that; "
            f"{cpu:.1f} s of CPU, {cpu / plain_cpu:.1f} times; peak {_middle(seen[style], 2):.0f} MB"
        )
    _writers_alone(path, place.folder, rounds)


def _measured(*command: str) -> tuple[float, float, float]:
    """Seconds, seconds of CPU and megabytes of a process."""
    told = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _STARTER, *command], cwd=HERE.parent, check=True, capture_output=True
    )
    code, *measured = json.loads(told.stdout)
    assert code == 0, "it failed"
    return tuple(measured)


def _middle(seen: Sequence[tuple[float, float, float]], which: int) -> float:
    return median([one[which] for one in seen])


def _writers_alone(path: Path, folder: Path, rounds: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        bare = connection.execute(_ROWS).fetchall()
        connection.row_factory = sqlite3.Row
        named = connection.execute(_ROWS).fetchall()

    def pieces(table: str) -> Iterator[Sequence[Row]]:
        of_table = named if table == "nominations" else []
        return (of_table[start : start + PIECE] for start in range(0, len(of_table), PIECE))

    sizes = {table: len(named) if table == "nominations" else 0 for table in TABLES}
    source = Source(Figures(()), sizes, frozenset(), {}, pieces)
    look = Look("vi", "Asia/Ho_Chi_Minh", "Văn phòng", None, datetime(2026, 11, 18, tzinfo=UTC))
    by_csv, by_book = [], []
    for _ in range(rounds):
        began = time.perf_counter()
        with (folder / "alone.csv").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(bare)
        by_csv.append(time.perf_counter() - began)
        began = time.perf_counter()
        write_file(folder / "alone.xlsx", "xlsx", look, source)
        by_book.append(time.perf_counter() - began)
    alone, book = median(by_csv), median(by_book)
    print(
        f"  the writers alone: csv module {alone:.2f} s, workbook {book:.1f} s, {book / alone:.1f} times that"
    )


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
