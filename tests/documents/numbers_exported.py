"""The numbers of exports, in every form, beside what a ledger comes to, and beside their own details."""

import csv
import io
import json
import tempfile
import zipfile
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from bot.documents.export_files import Style
from bot.documents.export_look import Look
from bot.documents.export_overview import FIGURES, OVERVIEW
from bot.documents.export_process import NOMINATIONS, NOMINEES
from bot.domain.people import UnitId
from bot.domain.periods import read_period
from bot.exports import Job, write_from
from bot.operations.export_nominations import Ask
from bot.texts import Texts
from storage.database import Database
from tests.documents.any_office import ZONE
from tests.documents.counted import KINDS, Ledger, Line, Stretch

Rows = list[dict[str, Any]]
NUMBERS = ("reasons", "people", "nominators", "chosen", "honoured", "copied", "copies")
TEXTS = Texts("vi", ZONE)


class Ever(Stretch):
    """All the time there was; nobody answers for it."""

    def __str__(self) -> str:
        return "all"

    @property
    def ends(self) -> date:
        return date(9999, 1, 1)


def ever(ledger: Ledger) -> Stretch:
    """From the first month to the last that the rows know."""
    months = sorted(row["period"] for row in ledger.nominations.values()) or ["2026-01"]
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (months[0], months[-1]))
    first = first // 12 * 12
    return Ever(first, (last // 12 + 1) * 12 - first)


async def check_exports(database: Database, ledger: Ledger, stretch: Stretch, unit_id: UnitId | None) -> None:
    """JSON, a workbook and an archive of .csv."""
    with tempfile.TemporaryDirectory() as folder:
        made = {}
        for style in ("json", "xlsx", "zip"):
            made[style] = Path(folder) / f"export.{style}"
            await _export(database, ledger, stretch, unit_id, style, made[style])
        only = None if unit_id is None else [unit_id]
        lines = {line.code: _numbers(line) for line in ledger.lines(stretch, only)}
        whole = _whole(list(lines.values()))
        told = json.loads(made["json"].read_text("utf-8"))
        _check_json(told, ledger, stretch, only, lines, whole)
        _check_details(told, ledger, stretch, lines)
        _check_book(made["xlsx"], told, lines, whole)
        _check_archive(made["zip"], told, lines)


async def _export(
    database: Database,
    ledger: Ledger,
    stretch: Stretch,
    unit_id: UnitId | None,
    style: Style,
    path: Path,
) -> None:
    period = read_period(str(stretch))
    look = Look("vi", ZONE.key, "Văn phòng", str(period) if period else None, ledger.now)
    job = Job("", Ask(period, unit_id, ZONE.key), style, look, path)
    await write_from(database, job, lambda _done, _total: None)


def _numbers(line: Line) -> dict[str, Any]:
    """A line as exports name its numbers."""
    return {
        "unit": line.name,
        **{kind: line.kinds[kind] for kind in KINDS},
        "nominees": line.kinds.total(),
        "reasons": line.reasons,
        "people": line.people,
        "nominators": line.took_part,
        "coverage": line.took_part / line.people if line.people else None,
        "answer": line.answer,
        "chosen": line.chosen,
        "honoured": line.honoured,
        "copied": line.copied,
        "copies": line.copies,
    }


def _whole(lines: list[dict[str, Any]]) -> dict[str, Any]:
    sums = {name: sum(line[name] for line in lines) for name in (*KINDS, "nominees", *NUMBERS)}
    coverage = sums["nominators"] / sums["people"] if sums["people"] else None
    return {**sums, "coverage": coverage, "answer": "", "unit": TEXTS.plain("export.total")}


def _check_json(
    told: dict[str, Any],
    ledger: Ledger,
    stretch: Stretch,
    only: list[UnitId] | None,
    lines: dict[str, dict[str, Any]],
    whole: dict[str, Any],
) -> None:
    overview = told["overview"]
    assert {line.pop("unit_code"): line for line in overview["units"]} == lines
    assert overview["total"].pop("unit_code") == ""
    assert overview["total"] == whole
    if isinstance(stretch, Ever):
        return
    movements = {line["name"]: line["nominees"] for line in overview["movements"]}
    assert movements == dict(ledger.movements(stretch, only))
    assert [(line["period"], line["nominees"]) for line in overview["trend"]] == ledger.trend(stretch, only)


def _check_details(
    told: dict[str, Any], ledger: Ledger, stretch: Stretch, lines: dict[str, dict[str, Any]]
) -> None:
    """What the detail tables come to is what the overview says."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    reasons: Counter[str] = Counter()
    for row in told["nominees"]:
        kinds[row["unit_code"]][row["kinds"][0]] += 1
        reasons[row["unit_code"]] += row["reasons"]
    given = Counter(row["unit_code"] for row in told["nominations"])
    answers = {row["unit_code"]: row["answer"] for row in told["answers"] if row["period"] == str(stretch)}
    honoured = Counter(row["unit_code"] for row in told["exemplars"] if row["state"] == "honoured")
    copied = Counter(row["unit_code"] for row in told["exemplars"] if row["adoptions"])
    copies: Counter[str] = Counter()
    for row in told["exemplars"]:
        copies[row["unit_code"]] += row["adoptions"]
    chosen: dict[str, set[int]] = defaultdict(set)
    for row in told["choices"]:
        chosen[row["unit_code"]].add(ledger.root(row["nomination_id"]))
    for code, line in lines.items():
        assert {kind: kinds[code][kind] for kind in KINDS} == {kind: line[kind] for kind in KINDS}
        assert (reasons[code], given[code]) == (line["reasons"], line["reasons"])
        assert answers.get(code, "") == line["answer"]
        assert (honoured[code], copied[code], copies[code]) == (
            line["honoured"],
            line["copied"],
            line["copies"],
        )
        assert len(chosen[code]) == line["chosen"]
    assert kinds.keys() | chosen.keys() <= lines.keys()


def _check_book(
    path: Path, told: dict[str, Any], lines: dict[str, dict[str, Any]], whole: dict[str, Any]
) -> None:
    book = openpyxl.load_workbook(path, read_only=True)
    keys = [column.key for column in OVERVIEW.columns]
    rows = list(book[TEXTS.plain(OVERVIEW.sheet)].iter_rows(values_only=True))
    cells = [dict(zip(keys, row, strict=False)) for row in rows if row[1] is not None][1:]
    numbers = [*KINDS, "nominees", *NUMBERS]
    assert {line["unit_code"]: [line[key] for key in numbers] for line in cells[:-1]} == {
        code: [line[key] for key in numbers] for code, line in lines.items()
    }
    assert [cells[-1][key] for key in numbers] == [whole[key] for key in numbers]
    assert [_share(line["coverage"]) for line in cells] == [
        _share(line["coverage"]) for line in (*lines.values(), whole)
    ]
    figures = list(book[TEXTS.plain(FIGURES.sheet)].iter_rows(values_only=True))[1:]
    assert [row[2] for row in figures if row[2] is not None] == _figures(told)
    for table in (NOMINEES, NOMINATIONS):
        sheet = [row for row in book[TEXTS.plain(table.sheet)].iter_rows(values_only=True) if any(row)]
        assert len(sheet) - 1 == len(told[table.key])
    book.close()


def _check_archive(path: Path, told: dict[str, Any], lines: dict[str, dict[str, Any]]) -> None:
    with zipfile.ZipFile(path) as archive:
        overview, figures = (
            list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))[1:]
            for name in sorted(archive.namelist())[:2]
        )
    keys = [column.key for column in OVERVIEW.columns]
    numbers = [*KINDS, "nominees", *NUMBERS]
    assert {row[0]: [int(dict(zip(keys, row, strict=True))[key]) for key in numbers] for row in overview} == {
        code: [line[key] for key in numbers] for code, line in lines.items()
    }
    assert [int(row[2]) for row in figures] == _figures(told)


def _figures(told: dict[str, Any]) -> list[int]:
    overview = told["overview"]
    return [line["nominees"] for line in (*overview["movements"], *overview["trend"])]


def _share(value: Any) -> float | None:
    return round(value, 6) if value is not None else None
