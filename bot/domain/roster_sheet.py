"""The rows of one table of a roster: each cell read by its field, and what is wrong noted where it stands."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from bot.domain.roster_cells import BadCell, is_blank
from bot.domain.roster_columns import REQUIRED, field_of
from bot.domain.roster_rows import RawTable, RowProblem

T = TypeVar("T")


class SheetRow:
    """One row that is not blank."""

    def __init__(
        self,
        table: RawTable,
        fields: Mapping[str, int],
        number: int,
        cells: list[object],
        problems: list[RowProblem],
    ) -> None:
        self.number = number
        self._table = table
        self._fields = fields
        self._cells = cells
        self._problems = problems

    def says(self, field: str) -> bool:
        """Whether the table has a column for the field."""
        return field in self._fields

    def is_blank(self, field: str) -> bool:
        """Whether the row says nothing in that field."""
        return is_blank(self._cell(field))

    def read(self, field: str, reader: Callable[[object], T], otherwise: T) -> T:
        """What `reader` makes of the cell; `otherwise` where there is no such column or it is bad (noted)."""
        if not self.says(field):
            return otherwise
        try:
            return reader(self._cell(field))
        except BadCell as bad:
            self.blame(bad.message_id, field, **bad.values)
            return otherwise

    def need(self, field: str, reader: Callable[[object], str]) -> str:
        """The same for a cell that may not be empty; "" where it is, or is bad (noted)."""
        if self.is_blank(field):
            self.blame("roster.cell.missing", field)
            return ""
        return self.read(field, reader, "")

    def blame(self, message_id: str, field: str, **values: str | int) -> None:
        """Note that something is wrong with the row, in the column of `field` where the table has it."""
        column = self._table.header[self._fields[field]] if self.says(field) else None
        self._problems.append(RowProblem(self._table.sheet, self.number, column, message_id, values))

    def _cell(self, field: str) -> object:
        place = self._fields.get(field, len(self._cells))
        return self._cells[place] if place < len(self._cells) else None


def sheet_rows(table: RawTable, max_rows: int, problems: list[RowProblem]) -> list[SheetRow] | None:
    """The table's rows that are not blank; None where header or size makes them unreadable (noted)."""
    fields = _fields(table, problems)
    filled = [(number, cells) for number, cells in table.rows if not all(map(is_blank, cells))]
    if len(filled) > max_rows:
        problems.append(
            RowProblem(table.sheet, None, None, "roster.table.too_many_rows", {"limit": max_rows})
        )
        return None
    _note_unnamed_columns(table, filled, problems)
    if fields is None:
        return None
    return [SheetRow(table, fields, number, cells, problems) for number, cells in filled]


def _fields(table: RawTable, problems: list[RowProblem]) -> dict[str, int] | None:
    """Which column holds which field; None where one that is needed is missing or stands twice (noted)."""
    fields: dict[str, int] = {}
    usable = True
    for place, heading in enumerate(table.header):
        field = "" if is_blank(heading) else field_of(table.kind, heading)
        if field is None:
            problems.append(RowProblem(table.sheet, table.header_row, heading, "roster.header.unknown"))
        elif field in fields:
            usable = False
            first = table.header[fields[field]]
            problems.append(
                RowProblem(
                    table.sheet, table.header_row, heading, "roster.header.duplicate", {"other": first}
                )
            )
        elif field:
            fields[field] = place
    for field in REQUIRED[table.kind]:
        if field not in fields:
            usable = False
            values = {"field": field}
            problems.append(RowProblem(table.sheet, table.header_row, None, "roster.header.missing", values))
    return fields if usable else None


def _note_unnamed_columns(
    table: RawTable, rows: list[tuple[int, list[object]]], problems: list[RowProblem]
) -> None:
    named = {place for place, heading in enumerate(table.header) if not is_blank(heading)}
    used = {place for _, cells in rows for place, cell in enumerate(cells) if not is_blank(cell)}
    problems.extend(
        RowProblem(table.sheet, table.header_row, _letters(place), "roster.header.unnamed")
        for place in sorted(used - named)
    )


def _letters(place: int) -> str:
    """A column as Excel calls it: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
