"""An export as JSON: the overview, a list for each table, and the data dictionary; codes instead of words."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from bot.documents.export_look import Look, Source
from bot.documents.export_overview import total_line, unit_lines
from bot.documents.export_tables import DICTIONARY, TABLES, dictionary_lines

_encode = json.JSONEncoder(ensure_ascii=False).encode


def write_json(path: Path, look: Look, source: Source) -> None:
    """Write the file. Raises OSError."""
    voice = source.voice(look, "codes")
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f'{{"overview": {_encode(_overview(look, source))}')
        for table in TABLES:
            keys = [column.key for column in table.columns]
            cells = voice.cells(table, source.pieces(table.key))
            _write_list(file, table.key, (dict(zip(keys, row, strict=True)) for row in cells))
        told = {str(line.pop("key")): line for line in dictionary_lines(look.texts)}
        file.write(f',\n"{DICTIONARY.key}": {_encode(told)}}}\n')


def _write_list(file: TextIO, name: str, values: Iterable[dict[str, object]]) -> None:
    file.write(f',\n"{name}": [')
    comma = ""
    for value in values:
        file.write(f"{comma}\n{_encode(value)}")
        comma = ","
    file.write("\n]")


def _overview(look: Look, source: Source) -> dict[str, object]:
    figures = source.figures
    made_at = look.made_at.astimezone(ZoneInfo(look.timezone))
    return {
        "office": look.office,
        "period": look.period or "all",
        "made_at": made_at.isoformat(timespec="seconds"),
        "units": unit_lines(figures.lines),
        "total": total_line(figures.lines, look.texts),
        "movements": [{"name": name, "nominees": n} for name, n in figures.movements],
        "trend": [{"period": period, "nominees": n} for period, n in figures.trend],
    }
