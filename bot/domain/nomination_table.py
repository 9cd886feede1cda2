"""Nominations from a file: every bad row found at once, then those that can be entered.

A person is named by code, or by full name and, where several are called so, by unit. What has been entered
before (the same sheet, or the same nominator, nominee and period) is passed over, so that a file sent twice
doubles nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.names import accents_agree, fold, strip_title
from bot.domain.nominations import Draft, Kind, Movement, Nominee, NomineeKind
from bot.domain.paper import month_on_paper, oldest_day
from bot.domain.people import PersonId, UnitId
from bot.domain.periods import Period
from bot.domain.roster import ExistingRoster, PersonRow, RawTable, RowProblem
from bot.domain.roster_cells import BadCell, read_code, read_date, read_text
from bot.domain.roster_sheet import SheetRow, sheet_rows
from bot.domain.roster_units import UnitFinder
from bot.domain.writing import Problem, clean, problems_of_name, problems_of_story

MOST_ROWS = 200
"""How many nominations one file may bring: they are entered in one transaction, for which others wait."""
_LONGEST_CELL = 32_767
_MOST_CODES = 6

_KINDS = {
    Kind.GOOD_DEED: "nguoi tot viec tot; nguoi tot; viec tot; ntvt; good deed; a good deed",
    Kind.EXEMPLAR: "dien hinh tien tien; dien hinh; dhtt; exemplar; sustained excellence",
    Kind.NEW_FACTOR: "nhan to moi; ntm; new factor; emerging talent",
    Kind.NEW_MODEL: "mo hinh moi; mo hinh; new model; new way of organising",
    Kind.GOOD_WAY: "cach lam hay; sang kien; good practice; good way; practical solution",
}
_FORMS = {
    NomineeKind.PERSON: "ca nhan; nguoi; mot nguoi; person; individual",
    NomineeKind.GROUP: "tap the; mot tap the; nhom; don vi; group; team",
    NomineeKind.MODEL: "mo hinh; cach lam; mo hinh cach lam; mot mo hinh cach lam; giai phap; model; "
    "way of working; practice",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split("; ")}
_FORM_OF = {word: form for form, words in _FORMS.items() for word in words.split("; ")}


@dataclass(frozen=True)
class Known:
    """What the database holds: the file is compared with it.

    `person_ids` and `unit_ids` go by code, `answered` is by unit. `entered` has (nominator, nominee's key,
    period) of every nomination and (nominator, nominee's key, day) of every sheet.
    """

    roster: ExistingRoster
    person_ids: Mapping[str, PersonId]
    unit_ids: Mapping[str, UnitId]
    movements: Sequence[Movement] = ()
    answered: Mapping[UnitId, frozenset[str]] = field(default_factory=dict)
    entered: frozenset[tuple[PersonId, str, str]] = frozenset()
    allow_self: bool = False
    story_min: int = 50
    story_max: int = 1500


@dataclass(frozen=True)
class NominationRow:
    """A nomination that can be entered, from the row of that number."""

    number: int
    nominator_id: PersonId
    draft: Draft
    dated_on: date


@dataclass(frozen=True)
class NominationCheck:
    """What is wrong with a file, the rows of what is there already, and what can be entered."""

    problems: tuple[RowProblem, ...]
    already: tuple[int, ...]
    good: tuple[NominationRow, ...]


def check_nominations(
    tables: Sequence[RawTable],
    known: Known,
    *,
    today: date,
    this_month: Period,
    is_closed: Callable[[Period], bool],
    max_rows: int = MOST_ROWS,
) -> NominationCheck:
    """Check every row of the tables, with each other and against what is there."""
    problems: list[RowProblem] = []
    rows = [row for table in tables for row in sheet_rows(table, max_rows, problems) or []]
    if not tables:
        problems.append(RowProblem("", None, None, "roster.table.none"))
    if len(rows) > max_rows:
        problems.append(RowProblem("", None, None, "roster.table.too_many_rows", {"limit": max_rows}))
        return NominationCheck(tuple(problems), (), ())
    reader = _Reader(known, today)
    already: list[int] = []
    good: list[NominationRow] = []
    seen: dict[tuple[PersonId, str, str], int] = {}
    for row in rows:
        before = len(problems)
        read = reader.read(row)
        if read is None or len(problems) > before:
            continue
        key = reader.key_of(read)
        unit_id = read.draft.unit_id or UnitId(0)
        answered = known.answered.get(unit_id, frozenset())
        month = str(month_on_paper(read.dated_on, this_month, answered, is_closed))
        if {(*key, month), (*key, str(read.dated_on))} & known.entered:
            already.append(row.number)
        elif (*key, month) in seen:
            row.blame("paper_file.duplicate", "nominee", row=seen[(*key, month)])
        else:
            seen[(*key, month)] = row.number
            good.append(read)
    order = {table.sheet: place for place, table in enumerate(tables)}
    problems.sort(key=lambda problem: (order.get(problem.sheet, -1), problem.row or 0))
    return NominationCheck(tuple(problems), tuple(already), tuple(good))


class _Reader:
    def __init__(self, known: Known, today: date) -> None:
        self._known, self._today = known, today
        self._people = PeopleFinder(known.roster)
        self._units = UnitFinder(dict(known.roster.units), today)

    def read(self, row: SheetRow) -> NominationRow | None:
        """The row as a nomination; None where something is wrong with it (noted)."""
        nominator = self._person(row, "nominator", "nominator_unit")
        dated_on = self._day(row)
        form = row.read("form", _read_form, NomineeKind.PERSON)
        nominee = self._nominee(row, form)
        usual = Kind.NEW_MODEL if form is NomineeKind.MODEL else Kind.GOOD_DEED
        kind = row.read("kind", lambda cell: _read_kind(cell, usual), usual)
        movement = row.read("movement", lambda cell: self._movement(cell, dated_on), None)
        story = self._story(row)
        if nominator is None or nominee is None or dated_on is None:
            return None
        if nominee.person_id == self._known.person_ids[nominator.code] and not self._known.allow_self:
            row.blame("paper_file.self", "nominee")
            return None
        draft = Draft(
            nominee_kind=form,
            nominee_id=nominee.person_id,
            nominee_name=nominee.name,
            unit_id=nominee.unit_id,
            kind=kind,
            movement_id=movement.id if movement else None,
            story=story,
        )
        return NominationRow(row.number, self._known.person_ids[nominator.code], draft, dated_on)

    def key_of(self, row: NominationRow) -> tuple[PersonId, str]:
        """What makes two rows of one month the same nomination."""
        draft = row.draft
        unit_id = draft.unit_id or UnitId(0)
        nominee = Nominee(draft.nominee_kind, draft.nominee_name, unit_id, "", draft.nominee_id)
        return row.nominator_id, nominee.key

    def _person(self, row: SheetRow, column: str, unit_column: str) -> PersonRow | None:
        unit = row.read(unit_column, self._units.find, None)
        bad_unit = row.says(unit_column) and not row.is_blank(unit_column) and unit is None
        if row.is_blank(column):
            row.blame("roster.cell.missing", column)
            return None
        if bad_unit:
            return None
        return row.read(column, lambda cell: self._people.find(cell, unit), None)

    def _nominee(self, row: SheetRow, form: NomineeKind) -> Nominee | None:
        if form is NomineeKind.PERSON:
            person = self._person(row, "nominee", "nominee_unit")
            if person is None:
                return None
            unit_id = self._known.unit_ids[person.unit]
            return Nominee(form, person.full_name, unit_id, "", self._known.person_ids[person.code])
        name = clean(row.need("nominee", lambda cell: read_text(cell, 500)), multiline=False)
        for problem in problems_of_name(name) if name else ():
            row.blame(problem.id, "nominee", **problem.values)
        unit = row.read("nominee_unit", self._units.find, None) or self._unit_called(name, form)
        if unit is None and row.is_blank("nominee_unit"):
            row.blame("paper_file.unit_needed", "nominee_unit")
        return Nominee(form, name, self._known.unit_ids[unit]) if name and unit else None

    def _unit_called(self, name: str, form: NomineeKind) -> str | None:
        """A whole unit that is nominated by its own name."""
        try:
            return self._units.find(name) if form is NomineeKind.GROUP else None
        except BadCell:
            return None

    def _day(self, row: SheetRow) -> date | None:
        if row.is_blank("dated_on"):
            row.blame("roster.cell.missing", "dated_on")
            return None
        day = row.read("dated_on", read_date, None)
        if day and day > self._today:
            row.blame("paper.day_ahead", "dated_on", day=f"{day:%d/%m/%Y}")
            return None
        if day and day < oldest_day(self._today):
            since = f"{oldest_day(self._today):%d/%m/%Y}"
            row.blame("paper.day_too_old", "dated_on", day=f"{day:%d/%m/%Y}", since=since)
            return None
        return day

    def _story(self, row: SheetRow) -> str:
        story = row.need("story", lambda cell: clean(read_text(cell, _LONGEST_CELL, multiline=True)))
        if story:
            for problem in problems_of_story(story, self._known.story_min, self._known.story_max):
                _blame_story(row, problem)
        return story

    def _movement(self, cell: object, dated_on: date | None) -> Movement | None:
        text = read_text(cell, 500)
        wanted = fold(text)
        if not wanted or wanted in _NO_MOVEMENT:
            return None
        known = {fold(movement.name): movement for movement in self._known.movements}
        near = [movement for name, movement in known.items() if len(wanted) >= 6 and wanted in name]
        found = known.get(wanted) or (near[0] if len(near) == 1 else None)
        if found is None:
            raise BadCell("paper_file.unknown_movement", value=text[:80])
        if dated_on and not found.offered_on(dated_on):
            raise BadCell("paper_file.movement_not_then", value=found.name, day=f"{dated_on:%d/%m/%Y}")
        return found


_NO_MOVEMENT = {"khong", "khong co", "khong gan phong trao", "none", "no movement"}


def _blame_story(row: SheetRow, problem: Problem) -> None:
    """In a sheet nothing is kept to be gone on with, as in a conversation."""
    if problem.id == "story.too_short":
        row.blame("paper_file.story_too_short", "story", **problem.values)
    elif problem.id == "story.too_long":
        row.blame("paper_file.story_too_long", "story", **problem.values)
    else:
        row.blame(problem.id, "story", **problem.values)


class PeopleFinder:
    """People of the roster by code, or by full name and unit, accents or not, with or without a title."""

    def __init__(self, roster: ExistingRoster) -> None:
        self._roster = roster
        self._by_code = {code.casefold(): person for code, person in roster.people.items()}
        self._erased = {code.casefold() for code in roster.erased}
        self._by_name: dict[str, list[PersonRow]] = {}
        for person in roster.people.values():
            self._by_name.setdefault(fold(person.full_name), []).append(person)

    def find(self, cell: object, unit: str | None) -> PersonRow:
        """Whom the cell names, in the unit of that code where one is named. Raises BadCell."""
        text = " ".join(read_text(cell).split())
        code = read_code(text).casefold()
        if code in self._erased:
            raise BadCell("paper_file.erased", value=text)
        person = self._by_code.get(code) or self._named(text, unit)
        if person.code in self._roster.left:
            raise BadCell("paper_file.left", value=f"{person.full_name} ({person.code})")
        return person

    def _named(self, text: str, unit: str | None) -> PersonRow:
        named = self._by_name.get(fold(text)) or self._by_name.get(fold(strip_title(text)[1]), [])
        if not named:
            raise BadCell("paper_file.unknown_person", value=text[:80])
        there = [person for person in named if unit is None or person.unit == unit]
        if not there:
            raise BadCell("paper_file.other_unit", value=text[:80], codes=self._codes(named))
        spelled = [person for person in there if accents_agree(text, person.full_name)]
        present = [person for person in there if person.code not in self._roster.left]
        both = [person for person in spelled if person in present]
        for sure in (there, both, spelled, present):
            if len(sure) == 1:
                return sure[0]
        raise BadCell("paper_file.ambiguous_person", value=text[:80], codes=self._codes(present or there))

    def _codes(self, named: Sequence[PersonRow]) -> str:
        units = self._roster.units
        shown = [
            f"{person.code} ({units[person.unit].name if person.unit in units else person.unit})"
            for person in named[:_MOST_CODES]
        ]
        return ", ".join([*shown, "…"] if len(named) > _MOST_CODES else shown)


def _read_kind(cell: object, usual: Kind) -> Kind:
    text = read_text(cell)
    if not text:
        return usual
    kind = _KIND_OF.get(fold(text))
    if kind is None:
        raise BadCell("paper_file.unknown_kind", value=text[:80])
    return kind


def _read_form(cell: object) -> NomineeKind:
    text = read_text(cell)
    if not text:
        return NomineeKind.PERSON
    form = _FORM_OF.get(fold(text))
    if form is None:
        raise BadCell("paper_file.unknown_form", value=text[:80])
    return form
