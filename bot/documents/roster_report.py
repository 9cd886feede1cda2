"""What is wrong with a roster file, and what importing it would change, in words."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from io import StringIO

from bot.documents.guarding import guarded
from bot.documents.roster_workbook import WORDS, shown_phone
from bot.domain.roles import Role
from bot.domain.roster import PersonChange, PersonRow, RosterPlan, RowProblem, UnitChange, UnitRow
from bot.texts import N_, Texts

_ROLES = {
    Role.EMPLOYEE: N_("roster.words.role.employee"),
    Role.UNIT_HEAD: N_("roster.words.role.unit_head"),
    Role.DEPUTY: N_("roster.words.role.deputy"),
    Role.SECRETARIAT: N_("roster.words.role.secretariat"),
    Role.LEADER: N_("roster.words.role.leader"),
}
_WORDS = {
    "sheet.units": N_("roster.words.sheet.units"),
    "sheet.people": N_("roster.words.sheet.people"),
    "sheet.guide": N_("roster.words.sheet.guide"),
    "units.code": N_("roster.words.units.code"),
    "units.name": N_("roster.words.units.name"),
    "units.short_names": N_("roster.words.units.short_names"),
    "units.parent": N_("roster.words.units.parent"),
    "units.from": N_("roster.words.units.from"),
    "units.to": N_("roster.words.units.to"),
    "people.code": N_("roster.words.people.code"),
    "people.full_name": N_("roster.words.people.full_name"),
    "people.post": N_("roster.words.people.post"),
    "people.unit": N_("roster.words.people.unit"),
    "people.role": N_("roster.words.people.role"),
    "people.phone": N_("roster.words.people.phone"),
    "people.telegram_id": N_("roster.words.people.telegram_id"),
    "people.deputy_of": N_("roster.words.people.deputy_of"),
    "people.from": N_("roster.words.people.from"),
    "people.to": N_("roster.words.people.to"),
    **{f"role.{role}": message_id for role, message_id in _ROLES.items()},
    "guide": N_("roster.words.guide"),
}
_UNIT_FIELDS = {
    "name": "units.name",
    "short_names": "units.short_names",
    "parent": "units.parent",
    "from_on": "units.from",
    "to_on": "units.to",
}
_PERSON_FIELDS = {
    "full_name": "people.full_name",
    "post": "people.post",
    "unit": "people.unit",
    "roles": "people.role",
    "phone": "people.phone",
    "telegram_id": "people.telegram_id",
    "deputy_of": "people.deputy_of",
    "deputy_from": "people.from",
    "deputy_to": "people.to",
}
_REPORT = (
    N_("roster.report.sheet"),
    N_("roster.report.row"),
    N_("roster.report.column"),
    N_("roster.report.what"),
)
_NEEDED = {
    "code": N_("roster.column.code"),
    "name": N_("roster.column.name"),
    "full_name": N_("roster.column.full_name"),
    "unit": N_("roster.column.unit"),
    "deputy_of": N_("roster.column.deputy_of"),
    "nominator": N_("paper_file.words.nominator"),
    "nominee": N_("paper_file.words.nominee"),
    "story": N_("paper_file.words.story"),
    "dated_on": N_("paper_file.words.dated_on"),
}


def sheet_words(texts: Texts) -> dict[str, str]:
    """The words of roster workbooks in the language of `texts`."""
    return {key: texts.plain(_WORDS[key]) for key in WORDS}


def problem_line(texts: Texts, problem: RowProblem) -> str:
    """One thing to mend, with the place where it stands."""
    place = {"sheet": problem.sheet, "row": problem.row, "column": problem.column}
    what = problem_text(texts, problem)
    if problem.row is None:
        return texts.plain("roster.at_sheet", what=what, **place) if problem.sheet else what
    if problem.column is None:
        return texts.plain("roster.at_row", what=what, **place)
    return texts.plain("roster.at_cell", what=what, **place)


def problem_text(texts: Texts, problem: RowProblem) -> str:
    """What is wrong, without the place."""
    values = dict(problem.values)
    if "field" in values:
        values["field"] = texts.plain(_NEEDED[str(values["field"])])
    return texts.plain(problem.message_id, **values)


def problems_csv(texts: Texts, problems: Sequence[RowProblem]) -> bytes:
    """Every problem as a .csv with its mark: sheet, row, column, what is wrong."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(texts.plain(heading) for heading in _REPORT)
    for problem in problems:
        what = problem_text(texts, problem)
        writer.writerow(
            [guarded(problem.sheet), problem.row or "", guarded(problem.column or ""), guarded(what)]
        )
    return text.getvalue().encode("utf-8-sig")


def count_lines(texts: Texts, plan: RosterPlan) -> list[str]:
    """How much importing would change, a line for units, for people and for what is passed over."""
    lines = [
        texts.plain(
            "roster.counts.units",
            new=texts.number(len(plan.units_new)),
            changed=texts.number(len(plan.units_changed)),
            same=texts.number(plan.units_unchanged),
        ),
        texts.plain(
            "roster.counts.people",
            new=texts.number(len(plan.people_new)),
            changed=texts.number(len(plan.people_changed)),
            back=texts.number(len(plan.people_back)),
            same=texts.number(plan.people_unchanged),
        ),
    ]
    if plan.people_leaving:
        lines.append(texts.plain("roster.counts.leaving", n=texts.number(len(plan.people_leaving))))
    elif plan.missing:
        lines.append(texts.plain("roster.counts.missing", n=texts.number(len(plan.missing))))
    if plan.skipped_erased:
        lines.append(texts.plain("roster.counts.erased", codes=", ".join(plan.skipped_erased)))
    return lines


def change_lines(texts: Texts, plan: RosterPlan) -> Iterator[str]:
    """Each unit and person that importing would change, and how."""
    for unit in plan.units_new:
        yield texts.plain("roster.change.unit_new", code=unit.code, name=unit.name)
    for unit_change in plan.units_changed:
        what = "; ".join(_differences(texts, unit_change))
        yield texts.plain("roster.change.unit", code=unit_change.after.code, what=what)
    for person in plan.people_new:
        yield texts.plain("roster.change.person_new", who=person_line(person))
    for person in plan.people_back:
        yield texts.plain("roster.change.person_back", who=person_line(person))
    for change in plan.people_changed:
        what = "; ".join(_differences(texts, change))
        yield texts.plain("roster.change.person", who=person_line(change.after), what=what)


def person_line(person: PersonRow) -> str:
    """Whom a line is about."""
    return f"{person.code} {person.full_name} ({person.unit})"


def _differences(texts: Texts, change: UnitChange | PersonChange) -> Iterator[str]:
    fields = _UNIT_FIELDS if isinstance(change.after, UnitRow) else _PERSON_FIELDS
    for field, heading in fields.items():
        before, after = getattr(change.before, field), getattr(change.after, field)
        if before != after:
            values = {"before": _shown(texts, field, before), "after": _shown(texts, field, after)}
            yield texts.plain("roster.change.field", field=texts.plain(_WORDS[heading]), **values)


def _shown(texts: Texts, field: str, value: object) -> str:
    if not value:
        return texts.plain("roster.change.empty")
    if isinstance(value, date):
        return texts.day(value)
    if isinstance(value, frozenset):
        return ", ".join(texts.plain(_ROLES[role]) for role in sorted(value))
    if isinstance(value, tuple):
        return ", ".join(value)
    return shown_phone(str(value)) if field == "phone" else str(value)
