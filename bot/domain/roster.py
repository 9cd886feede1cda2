"""The office's roster as a file brings it: every bad row found at once, then what importing it would change.

What a file says and what it leaves unsaid: a column it does not have says nothing, and what is in the
database stays; an empty cell empties, except that an empty `phone` or `telegram_id` never takes a bound one
away. A table of deputies speaks for those it names and for everyone in the people table. A deputy whose unit
is not named is a deputy of their own unit.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from graphlib import TopologicalSorter

from bot.domain.roster_columns import Kind
from bot.domain.roster_people import PeopleReader
from bot.domain.roster_rows import (
    ExistingRoster,
    PersonChange,
    PersonRow,
    RawTable,
    RosterCheck,
    RosterPlan,
    RowProblem,
    UnitChange,
    UnitRow,
)
from bot.domain.roster_sheet import SheetRow, sheet_rows
from bot.domain.roster_units import UnitFinder, read_units

__all__ = [
    "ExistingRoster",
    "PersonChange",
    "PersonRow",
    "RawTable",
    "RosterCheck",
    "RosterPlan",
    "RowProblem",
    "UnitChange",
    "UnitRow",
    "check_roster",
]


def check_roster(
    tables: Sequence[RawTable],
    existing: ExistingRoster,
    *,
    max_rows: int,
    today: date,
    complete: bool = False,
) -> RosterCheck:
    """Check the tables with each other and against the database; at most `max_rows` filled rows a table.

    `complete` says that the people tables name everybody: who is missing from them leaves.
    """
    problems: list[RowProblem] = []
    rows: dict[Kind, list[SheetRow]] = {"units": [], "people": [], "deputies": []}
    unreadable: set[Kind] = set()
    for table in tables:
        found = sheet_rows(table, max_rows, problems)
        rows[table.kind] += found or []
        unreadable |= {table.kind} if found is None else set()
    given = {table.kind for table in tables}
    if not given or (complete and "people" not in given):
        problems.append(
            RowProblem("", None, None, "roster.table.no_people" if given else "roster.table.none")
        )

    units = read_units(rows["units"], existing, today)
    finder = UnitFinder({**existing.units, **units}, today, sure="units" not in unreadable)
    roster = PeopleReader(existing, finder, today, deputies_given="deputies" in given)
    roster.read(rows["people"])
    roster.appoint(rows["deputies"], complete=complete, sure="people" not in unreadable)
    roster.compare(complete=complete)
    if problems:
        order = {table.sheet: place for place, table in enumerate(tables)}
        return RosterCheck(tuple(sorted(problems, key=lambda p: (order.get(p.sheet, -1), p.row or 0))), None)
    missing = tuple(roster.absent()) if "people" in given else ()
    return RosterCheck((), _plan(units, roster, existing, missing, missing if complete else ()))


def _plan(
    units: Mapping[str, UnitRow],
    roster: PeopleReader,
    existing: ExistingRoster,
    missing: tuple[PersonRow, ...],
    leaving: tuple[PersonRow, ...],
) -> RosterPlan:
    units_before = {code: existing.units[code] for code in units if code in existing.units}
    units_changed = [UnitChange(old, units[code]) for code, old in units_before.items() if old != units[code]]
    people, here = roster.people, existing.people.keys() - existing.left
    known = here | existing.left
    before = {code: existing.people[code] for code in people if code in here}
    changed = [PersonChange(old, people[code]) for code, old in before.items() if old != people[code]]
    return RosterPlan(
        units_new=_parents_first({code: unit for code, unit in units.items() if code not in units_before}),
        units_changed=tuple(units_changed),
        people_new=tuple(person for code, person in people.items() if code not in known),
        people_changed=tuple(changed),
        people_back=tuple(person for code, person in people.items() if code in existing.left),
        people_leaving=leaving,
        missing=missing,
        skipped_erased=tuple(dict.fromkeys(roster.erased)),
        units_unchanged=len(units_before) - len(units_changed),
        people_unchanged=len(before) - len(changed),
    )


def _parents_first(units: Mapping[str, UnitRow]) -> tuple[UnitRow, ...]:
    above = {code: [unit.parent] if unit.parent in units else [] for code, unit in units.items()}
    return tuple(units[code] for code in TopologicalSorter(above).static_order() if code)
