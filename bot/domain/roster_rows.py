"""The shapes a roster goes through: tables as read, rows as understood, what is wrong, what would change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.roles import Role
from bot.domain.roster_columns import Kind


@dataclass(frozen=True)
class RawTable:
    """One table as it was read. `rows` are (number, cells), numbered as Excel shows them; so is `header_row`.

    `sheet` is how the person knows the table: the name of the sheet or of the file.
    """

    kind: Kind
    header: list[str]
    rows: list[tuple[int, list[object]]]
    sheet: str = ""
    header_row: int = 1


@dataclass(frozen=True)
class UnitRow:
    """A unit by its code; `parent` is a code too. It stands from a day to a day, both
    included, None is open.
    """

    code: str
    name: str
    short_names: tuple[str, ...] = ()
    parent: str | None = None
    from_on: date | None = None
    to_on: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether the unit exists on `day`."""
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True)
class PersonRow:
    """A person by their code; `unit` and `deputy_of` are codes of units, `phone` is written `+84…`."""

    code: str
    full_name: str
    post: str
    unit: str
    roles: frozenset[Role] = frozenset({Role.EMPLOYEE})
    phone: str | None = None
    telegram_id: int | None = None
    deputy_of: str | None = None
    deputy_from: date | None = None
    deputy_to: date | None = None


@dataclass(frozen=True)
class RowProblem:
    """One thing to mend. `row` and `column` are as the person sees them; None where it concerns all of them.

    `message_id` takes `values`; the value `field`, where there is one, is a key of `roster_columns.COLUMNS`.
    """

    sheet: str
    row: int | None
    column: str | None
    message_id: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class ExistingRoster:
    """What the database holds, by code. `people` has those who left too, but need not have the `erased`.

    Who left should have been freed of phone and Telegram account: somebody else may have them now.
    """

    units: Mapping[str, UnitRow] = field(default_factory=dict)
    people: Mapping[str, PersonRow] = field(default_factory=dict)
    erased: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()


@dataclass(frozen=True)
class UnitChange:
    """A unit as the database has it and as the file has it."""

    before: UnitRow
    after: UnitRow


@dataclass(frozen=True)
class PersonChange:
    """A person as the database has them and as the file has them."""

    before: PersonRow
    after: PersonRow


@dataclass(frozen=True)
class RosterPlan:
    """What importing would do. Units come parents first. `missing` are in the database and not in the file.

    Store units new, then units changed, then people: a changed unit may have a new one for a parent.
    `people_leaving` is `missing` where the file was said to be complete, else empty. `skipped_erased` are
    codes of people who asked for deletion: nothing the file says of them is kept.
    """

    units_new: tuple[UnitRow, ...] = ()
    units_changed: tuple[UnitChange, ...] = ()
    people_new: tuple[PersonRow, ...] = ()
    people_changed: tuple[PersonChange, ...] = ()
    people_back: tuple[PersonRow, ...] = ()
    people_leaving: tuple[PersonRow, ...] = ()
    missing: tuple[PersonRow, ...] = ()
    skipped_erased: tuple[str, ...] = ()
    units_unchanged: int = 0
    people_unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether importing would change nothing."""
        writes = (self.units_new, self.units_changed, self.people_new, self.people_changed, self.people_back)
        return not any(writes) and not self.people_leaving


@dataclass(frozen=True)
class RosterCheck:
    """All that is wrong with the files, or the plan; never both."""

    problems: tuple[RowProblem, ...]
    plan: RosterPlan | None
