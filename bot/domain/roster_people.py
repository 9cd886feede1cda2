"""The people of a roster: read from their tables, appointed deputies, and compared with each other."""

from dataclasses import replace
from datetime import date

from bot.domain.roles import Role
from bot.domain.roster_cells import (
    read_full_name,
    read_phone,
    read_roles,
    read_telegram_id,
    read_text,
)
from bot.domain.roster_rows import ExistingRoster, PersonRow
from bot.domain.roster_sheet import SheetRow
from bot.domain.roster_units import Codes, UnitFinder, read_dates


class PeopleReader:
    """The file's people, and those of the database whom its deputies concern."""

    def __init__(
        self, existing: ExistingRoster, finder: UnitFinder, today: date, *, deputies_given: bool
    ) -> None:
        self.people: dict[str, PersonRow] = {}
        self.rows: dict[str, SheetRow] = {}
        self.erased: list[str] = []
        self._existing = existing
        self._codes = Codes([*existing.people, *existing.erased, *existing.left])
        self._finder = finder
        self._today = today
        self._deputies_given = deputies_given

    def read(self, rows: list[SheetRow]) -> None:
        """Read the people tables; of those who asked for deletion, the code alone."""
        for row in rows:
            code = self._codes.read(row, self.rows)
            if code in self._existing.erased:
                self.erased.append(code)
                continue
            person = self._read_person(row, self._existing.people.get(code, PersonRow(code, "", "", "")))
            if code:
                self.people[code] = person

    def _read_person(self, row: SheetRow, before: PersonRow) -> PersonRow:
        person = replace(
            before,
            full_name=row.need("full_name", read_full_name),
            post=row.read("post", read_text, before.post),
            unit=self._read_unit(row, before),
            roles=row.read("role", read_roles, before.roles - {Role.DEPUTY}),
            phone=row.read("phone", read_phone, None) or before.phone,
            telegram_id=row.read("telegram_id", read_telegram_id, None) or before.telegram_id,
        )
        return self._as_deputy(row, person, before)

    def _read_unit(self, row: SheetRow, before: PersonRow) -> str:
        code = row.need("unit", lambda cell: self._finder.find(cell) or "")
        unit = self._finder.units.get(code)
        moved = before.unit != code or before.code in self._existing.left
        if unit and moved and unit.to_on and unit.to_on < self._today:
            row.blame("roster.cell.unit_ended", "unit", value=unit.name, until=f"{unit.to_on:%d/%m/%Y}")
        return code

    def _as_deputy(self, row: SheetRow, person: PersonRow, before: PersonRow) -> PersonRow:
        said_no = self._deputies_given or (row.says("role") and Role.DEPUTY not in person.roles)
        unit = row.read("deputy_of", self._finder.find, None if said_no else before.deputy_of)
        same = before.deputy_of is not None and before.deputy_of == (unit or person.unit)
        dates = read_dates(row, *((before.deputy_from, before.deputy_to) if same else (None, None)))
        if unit or Role.DEPUTY in person.roles:
            return _deputy(person, unit, *dates)
        if row.says("deputy_of") and row.is_blank("deputy_of") and any(dates) and not self._deputies_given:
            row.blame("roster.row.deputy_without_unit", "deputy_of")
        return _deputy(person, None, None, None)

    def appoint(self, rows: list[SheetRow], *, complete: bool, sure: bool) -> None:
        """Read the tables of deputies. `sure` is False where a table of people could not be read."""
        known = self._everyone(complete=complete)
        taken: dict[str, SheetRow] = {}
        for row in rows:
            code = self._codes.read(row, taken)
            unit = row.need("deputy_of", lambda cell: self._finder.find(cell) or "")
            dates = read_dates(row, None, None)
            person = known.get(code)
            if code in self._existing.erased:
                self.erased.append(code)
            elif code and person is None and sure:
                row.blame("roster.row.unknown_person", "code", value=code)
            elif person and code in self.people and person.deputy_of not in (None, unit):
                row.blame("roster.row.deputy_twice", "deputy_of", other=person.deputy_of or "")
            elif person:
                self.people[code] = _deputy(person, unit or None, *dates)
        for code in self.rows.keys() & self.people.keys():
            person = self.people[code]
            if Role.DEPUTY in person.roles and not person.deputy_of:
                self.people[code] = replace(person, deputy_of=person.unit or None)

    def compare(self, *, complete: bool) -> None:
        """Note what two people cannot share: a phone number, a Telegram account, the headship of a unit."""
        holders: dict[tuple[str, str | int], PersonRow] = {}
        for person in self._everyone(complete=complete).values():
            head_of = person.unit if Role.UNIT_HEAD in person.roles else None
            claims = {"phone": person.phone, "telegram_id": person.telegram_id, "role": head_of}
            for field, value in claims.items():
                other = holders.setdefault((field, value), person) if value else person
                if other is not person and person.code in self.rows:
                    self._blame_claim(person, field, str(value), f"{other.full_name} ({other.code})")

    def _blame_claim(self, person: PersonRow, field: str, value: str, other: str) -> None:
        self.rows[person.code].blame(
            "roster.row.duplicate_phone"
            if field == "phone"
            else "roster.row.duplicate_telegram_id"
            if field == "telegram_id"
            else "roster.row.duplicate_role",
            field,
            value=value,
            other=other,
        )

    def absent(self) -> list[PersonRow]:
        """Those of the database who are still here and whom the people tables do not name."""
        gone = self._existing.erased | self._existing.left | self.rows.keys()
        return [person for code, person in self._existing.people.items() if code not in gone]

    def _everyone(self, *, complete: bool) -> dict[str, PersonRow]:
        """All who are here once the file is imported, those of the file last and in its order."""
        staying = {} if complete else {person.code: person for person in self.absent()}
        return staying | self.people


def _deputy(person: PersonRow, unit: str | None, since: date | None, until: date | None) -> PersonRow:
    roles = person.roles | {Role.DEPUTY} if unit else person.roles
    return replace(person, roles=roles, deputy_of=unit, deputy_from=since, deputy_to=until)
