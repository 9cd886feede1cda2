"""What a period comes to, counted in plain Python out of the rows: beside what the program says."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from storage.database import Session

Row = dict[str, Any]
LENGTHS_BACK = {1: 13, 3: 9, 6: 5, 12: 5}
"""How many periods a summary looks at, the last is its own."""
KINDS = ("good_deed", "exemplar", "new_factor", "new_model", "good_way")
TABLES = (
    "units",
    "unit_names",
    "people",
    "movements",
    "nominations",
    "endorsements",
    "unit_answers",
    "choices",
    "exemplars",
    "adoptions",
)


@dataclass(frozen=True)
class Stretch:
    """A period: its first month, counted from the year 0, and how many it has."""

    first: int
    length: int

    @classmethod
    def around(cls, year: int, month: int, length: int) -> "Stretch":
        """The one of that length in which a month lies."""
        return cls((year * 12 + month - 1) // length * length, length)

    def __str__(self) -> str:
        year, month = divmod(self.first, 12)
        nth = month // self.length + 1
        return {1: f"{year}-{nth:02}", 3: f"{year}-Q{nth}", 6: f"{year}-H{nth}", 12: f"{year}"}[self.length]

    def back(self, months: int) -> "Stretch":
        """The one that began so many months before."""
        return Stretch(self.first - months, self.length)

    @property
    def months(self) -> list[str]:
        """Its months."""
        return [str(Stretch(self.first + n, 1)) for n in range(self.length)]

    @property
    def within(self) -> set[str]:
        """Every period that lies in it."""
        return {
            str(Stretch(self.first + n, length))
            for length in LENGTHS_BACK
            if length <= self.length
            for n in range(0, self.length, length)
        }

    @property
    def ends(self) -> date:
        """The first day after it."""
        year, month = divmod(self.first + self.length, 12)
        return date(year, month + 1, 1)


@dataclass
class Line:
    """What a unit comes to."""

    code: str
    name: str
    kinds: "Counter[str]" = field(default_factory=Counter)
    reasons: int = 0
    people: int = 0
    took_part: int = 0
    answer: str = ""
    chosen: int = 0
    honoured: int = 0
    copied: int = 0
    copies: int = 0
    in_force: bool = True


class Ledger:
    """The rows as they stand, and what can be counted of them at an instant."""

    def __init__(self, rows: dict[str, list[Row]], now: datetime, zone: ZoneInfo) -> None:
        self.rows, self.now, self.zone = rows, now, zone
        self.units = {row["id"]: row for row in rows["units"]}
        self.people = {row["id"]: row for row in rows["people"]}
        self.nominations = {row["id"]: row for row in rows["nominations"]}
        self.reasons: dict[int, list[Row]] = defaultdict(list)
        for reason in sorted(rows["endorsements"], key=lambda row: (row["sent_at"], row["id"])):
            if reason["withdrawn_at"] is None:
                self.reasons[self.root(reason["nomination_id"])].append(reason)

    def root(self, nomination_id: int) -> int:
        """What a nomination is read with."""
        return int(self.nominations[nomination_id]["merged_into"] or nomination_id)

    def nominees(self, months: Collection[str], only: Collection[int] | None) -> list[int]:
        """Who stands in the months, in the units."""
        return [
            number
            for number, row in self.nominations.items()
            if row["merged_into"] is None and self.reasons[number]
            if row["period"] in months and (only is None or row["unit_id"] in only)
        ]

    def first(self, nomination_id: int) -> Row:
        """The reason that came first."""
        return self.reasons[nomination_id][0]

    def day(self, stretch: Stretch) -> date:
        """The day whose units and names count."""
        return min(self.now.astimezone(self.zone).date(), stretch.ends - timedelta(days=1))

    def lines(self, stretch: Stretch, only: Collection[int] | None) -> list[Line]:
        """Unit by unit, those that exist or have somebody."""
        found = []
        for number in sorted(self.units):
            if only is None or number in only:
                line = self._line(number, stretch)
                if line.in_force or line.kinds or line.chosen:
                    found.append(line)
        return found

    def movements(self, stretch: Stretch, only: Collection[int] | None) -> "Counter[str]":
        """Nominees by the movement of the first reason."""
        names = {row["id"]: row["name"] for row in self.rows["movements"]}
        told = [self.first(one)["movement_id"] for one in self.nominees(stretch.months, only)]
        return Counter(names[one] for one in told if one is not None)

    def trend(self, stretch: Stretch, only: Collection[int] | None) -> list[tuple[str, int]]:
        """Nominees of the periods before it, the oldest first."""
        back = [stretch.back(n * stretch.length) for n in reversed(range(LENGTHS_BACK[stretch.length]))]
        return [(str(one), len(self.nominees(one.months, only))) for one in back]

    def public(self, months: Collection[str]) -> list[Row]:
        """The exemplars that everybody may see."""
        return [
            row
            for row in self.rows["exemplars"]
            if row["period"] in months and row["state"] == "honoured" and row["consent"] == "agreed"
            if row["consent_version"] == row["text_version"]
            if not self.erased(row["nomination_id"])
        ]

    def erased(self, nomination_id: int) -> bool:
        """Whether the nominee's data was removed."""
        row = self.nominations[nomination_id]
        person = self.people.get(row["nominee_id"] or 0)
        return row["nominee_name"] == "" or (person is not None and person["erased_at"] is not None)

    def _line(self, unit_id: int, stretch: Stretch) -> Line:
        unit, day = self.units[unit_id], self.day(stretch).isoformat()
        line = Line(unit["code"], self._name(unit_id, day))
        line.in_force = (unit["from_on"] is None or unit["from_on"] <= day) and (
            unit["to_on"] is None or unit["to_on"] >= day
        )
        for nominee in self.nominees(stretch.months, [unit_id]):
            line.kinds[self.first(nominee)["kind"]] += 1
            line.reasons += len(self.reasons[nominee])
        here = self._people(unit_id, stretch) if line.in_force else set()
        spoke = {
            reason["nominator_id"]
            for nominee in self.nominees(stretch.months, None)
            for reason in self.reasons[nominee]
        }
        line.people, line.took_part = len(here), len(here & spoke)
        for row in self.rows["unit_answers"]:
            if (row["unit_id"], row["period"]) == (unit_id, str(stretch)):
                line.answer = row["answer"]
        line.chosen = len(
            {
                self.root(row["nomination_id"])
                for row in self.rows["choices"]
                if row["unit_id"] == unit_id and row["period"] in stretch.within
            }
        )
        for row in self.rows["exemplars"]:
            if (
                row["period"] in stretch.months
                and self.nominations[row["nomination_id"]]["unit_id"] == unit_id
            ):
                copies = sum(
                    one["exemplar_id"] == row["id"] and one["state"] in {"pledged", "done"}
                    for one in self.rows["adoptions"]
                )
                line.honoured += row["state"] == "honoured"
                line.copied += copies > 0
                line.copies += copies
        return line

    def _people(self, unit_id: int, stretch: Stretch) -> set[int]:
        """Who was here until the end, or is."""
        ends = datetime.combine(stretch.ends, time(), tzinfo=self.zone)
        until = round(min(ends, self.now).timestamp() * 1_000_000)
        return {
            row["id"]
            for row in self.people.values()
            if row["unit_id"] == unit_id and row["erased_at"] is None
            if row["left_at"] is None or row["left_at"] >= until
        }

    def _name(self, unit_id: int, day: str) -> str:
        later = [
            (row["until_on"], row["name"])
            for row in self.rows["unit_names"]
            if row["unit_id"] == unit_id and row["until_on"] > day
        ]
        return str(min(later)[1] if later else self.units[unit_id]["name"])


async def read_ledger(session: Session, now: datetime, zone: ZoneInfo) -> Ledger:
    """What stands in the tables."""
    rows = {}
    for table in TABLES:
        rows[table] = [dict(row) for row in await session.fetch(f"select * from {table}")]  # noqa: S608
    return Ledger(rows, now, zone)
