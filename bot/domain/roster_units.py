"""The units of a roster: read from their table, and found again by whatever people call them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.domain.names import fold
from bot.domain.roster_cells import BadCell, read_code, read_date, read_short_names, read_text
from bot.domain.roster_rows import ExistingRoster, UnitRow
from bot.domain.roster_sheet import SheetRow


def read_units(rows: list[SheetRow], existing: ExistingRoster, today: date) -> dict[str, UnitRow]:
    """The file's units by code, parents found among themselves and the database's."""
    codes = Codes(existing.units)
    of_code: dict[str, SheetRow] = {}
    units: dict[str, UnitRow] = {}
    for row in rows:
        code = codes.read(row, of_code)
        unit = _read_unit(row, existing.units.get(code, UnitRow(code, "")))
        if code:
            units[code] = unit
    finder = UnitFinder({**existing.units, **units}, today)
    for code, row in of_code.items():
        if row.says("parent"):
            units[code] = replace(units[code], parent=row.read("parent", finder.find, None))
    circular = _circular({**existing.units, **units})
    for code, row in of_code.items():
        if code in circular:
            row.blame("roster.row.circular_parent", "parent", value=units[code].parent or "")
    return units


def _read_unit(row: SheetRow, before: UnitRow) -> UnitRow:
    unit = UnitRow(
        before.code,
        row.need("name", read_text),
        row.read("short_names", read_short_names, before.short_names),
        before.parent,
        *read_dates(row, before.from_on, before.to_on),
    )
    if unit.name and not any(map(str.isalpha, unit.name)):
        row.blame("roster.cell.name_short", "name", value=unit.name)
    return unit


def read_dates(row: SheetRow, since: date | None, until: date | None) -> tuple[date | None, date | None]:
    """The cells `from` and `to`, or what stood before where there are no such columns."""
    since, until = row.read("from", read_date, since), row.read("to", read_date, until)
    if since and until and since > until:
        row.blame("roster.row.from_after_to", "to", since=f"{since:%d/%m/%Y}", until=f"{until:%d/%m/%Y}")
    return since, until


def _circular(units: dict[str, UnitRow]) -> set[str]:
    """The codes of the units that stand above themselves; each unit is walked over once."""
    found: set[str] = set()
    walked: set[str] = set()
    for start in units:
        path: dict[str, int] = {}
        code: str | None = start
        while code in units and code not in walked and code not in path:
            path[code] = len(path)
            code = units[code].parent
        if code in path:
            found.update(list(path)[path[code] :])
        walked.update(path)
    return found


class Codes:
    """Codes compare without case; the spelling of the database stays."""

    def __init__(self, existing: Iterable[str]) -> None:
        self._spelling = {code.casefold(): code for code in existing}

    def read(self, row: SheetRow, taken: dict[str, SheetRow]) -> str:
        """The row's code, now taken by it; "" where it is missing, bad or taken before (noted)."""
        written = row.need("code", read_code)
        code = self.spell(written)
        if code in taken:
            row.blame("roster.row.duplicate_code", "code", value=written, row=taken[code].number)
            return ""
        if code:
            taken[code] = row
        return code

    def spell(self, written: str) -> str:
        """The code as it was first written."""
        return self._spelling.setdefault(written.casefold(), written)


class UnitFinder:
    """Units by code, name or short name. Where a name is shared, the unit that stands today is meant.

    `sure` is False where a table of units could not be read: then an unknown unit is nobody's fault.
    """

    def __init__(self, units: dict[str, UnitRow], today: date, *, sure: bool = True) -> None:
        self.units = units
        self._today = today
        self._sure = sure
        self._by_code = {code.casefold(): code for code in units}
        self._by_name: dict[str, list[UnitRow]] = {}
        for unit in units.values():
            for name in {fold(name) for name in (unit.name, *unit.short_names)} - {""}:
                self._by_name.setdefault(name, []).append(unit)

    def find(self, cell: object) -> str | None:
        """The code of the unit a cell names, None for an empty one. Raises BadCell."""
        text = read_text(cell)
        if not text:
            return None
        if read_code(text).casefold() in self._by_code:
            return self._by_code[read_code(text).casefold()]
        named = self._by_name.get(fold(text), [])
        named = [unit for unit in named if unit.stands_on(self._today)] or named
        if len(named) > 1:
            raise BadCell("roster.cell.ambiguous_unit", value=text, codes=", ".join(u.code for u in named))
        if named:
            return named[0].code
        if self._sure:
            raise BadCell("roster.cell.unknown_unit", value=text)
        return None
