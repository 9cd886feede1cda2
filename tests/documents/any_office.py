"""Offices and histories by dice: rows as the office's people leave them, in all their combinations."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import to_us
from bot.domain.exemplars import AnswerState, Consent, Criterion, ExemplarState, Place
from bot.domain.nominations import Kind, NomineeKind
from bot.domain.periods import Period, first_instant, last_day, period_of
from bot.domain.summary import CHOSEN, NONE
from storage.database import Database, Session

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOWS = (
    datetime(2026, 11, 18, 1, tzinfo=UTC),
    datetime(2026, 12, 31, 16, 59, tzinfo=UTC),
    datetime(2026, 12, 31, 17, tzinfo=UTC),
    datetime(2027, 2, 3, 9, tzinfo=UTC),
)
MONTHS = [Period(date(2024 + n // 12, n % 12 + 1, 1), 1) for n in range(8, 35)]
"""From September 2024 to November 2026."""
MADE = (
    "adoptions",
    "honours",
    "exemplars",
    "choices",
    "unit_answers",
    "endorsements",
    "nominations",
    "tallies",
    "roles",
    "consents",
    "name_keys",
    "people",
    "unit_names",
    "units",
)
"""Tables whose rows are thrown: who points comes before what is pointed at."""
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Size:
    """How much there is of everything, at most."""

    units: int
    people: int
    nominations: int
    answers: int
    exemplars: int


class AnyOffice:
    """An office out of dice. `rows` are what stands in each table; movements are those that are there."""

    def __init__(self, chance: Random, size: Size, movements: Sequence[int]) -> None:
        self.chance, self.size, self.movements = chance, size, movements
        self.rows: Rows = {table: [] for table in MADE}
        self.now = chance.choice(NOWS)
        self._units()
        self._people()
        self._nominations()
        self._answers()
        self._exemplars()

    def _add(self, table: str, **values: Any) -> dict[str, Any]:
        self.rows[table].append(values)
        return values

    def _pick(self, table: str) -> dict[str, Any]:
        return self.chance.choice(self.rows[table])

    def _sometimes(self, part: float) -> bool:
        return self.chance.random() < part

    def _day(self) -> str:
        """Often the first or the last of a month."""
        month = self.chance.choice(MONTHS)
        days = (month.first_on, last_day(month), month.first_on + timedelta(days=self.chance.randrange(28)))
        return self.chance.choice(days).isoformat()

    def _instant(self) -> int:
        """Often the very beginning of a month."""
        begins = to_us(first_instant(self.chance.choice(MONTHS).first_on, ZONE))
        return begins + self.chance.choice((0, -1, self.chance.randrange(27 * 86_400_000_000)))

    def _units(self) -> None:
        for number in range(1, self.size.units + 1):
            since = self._day() if self._sometimes(0.2) else None
            until = self._day() if self._sometimes(0.25) else None
            if since and until and until < since:
                since, until = until, since
            self._add(
                "units",
                id=number,
                code=f"D{number}",
                name=f"Phòng Số {number}",
                short_names=json.dumps([f"P{number}"] if self._sometimes(0.6) else []),
                from_on=since,
                to_on=until,
            )
            for day in {self._day() for _ in range(self.chance.choice((0, 0, 0, 1, 2)))}:
                self._add("unit_names", unit_id=number, until_on=day, name=f"Ban {number} trước {day}")

    def _people(self) -> None:
        for number in range(1, self.size.people + 1):
            erased = self._instant() if self._sometimes(0.1) else None
            self._add(
                "people",
                id=number,
                code=f"N{number}",
                full_name="" if erased else f"Người {number}",
                folded_name="" if erased else f"nguoi {number}",
                unit_id=self._pick("units")["id"],
                left_at=erased or (self._instant() if self._sometimes(0.2) else None),
                erased_at=erased,
            )

    def _nominations(self) -> None:
        for number in range(1, self.size.nominations + 1):
            unit, month = self._pick("units"), self.chance.choice(MONTHS[-14:] if number % 3 else MONTHS)
            whom = self._pick("people") if self._sometimes(0.7) else None
            gone = whom is not None and whom["erased_at"] is not None
            alike = [
                one["id"]
                for one in self.rows["nominations"]
                if (one["unit_id"], one["period"], one["merged_into"]) == (unit["id"], str(month), None)
            ]
            kind = NomineeKind.PERSON if whom else self.chance.choice((NomineeKind.GROUP, NomineeKind.MODEL))
            self._add(
                "nominations",
                id=number,
                nominee_kind=kind.value,
                nominee_id=whom["id"] if whom else None,
                nominee_key=f"k:{number}",
                nominee_name="" if gone else f"Gương số {number}",
                nominee_post="" if gone else f"Chức vụ số {number}",
                unit_id=unit["id"],
                period=str(month),
                made_at=number,
                opened_at=5 if self._sometimes(0.5) else None,
                merged_into=self.chance.choice(alike) if alike and self._sometimes(0.5) else None,
            )
            crowd = [person["id"] for person in self.rows["people"]]
            for nominator in self.chance.sample(crowd, min(len(crowd), self.chance.choice((0, 1, 1, 2, 4)))):
                self._reason(number, nominator)

    def _reason(self, nomination_id: int, nominator_id: int) -> None:
        self._add(
            "endorsements",
            id=len(self.rows["endorsements"]) + 1,
            nomination_id=nomination_id,
            nominator_id=nominator_id,
            kind=self.chance.choice(list(Kind)).value,
            movement_id=self.chance.choice([None, None, *self.movements]),
            story=f"Việc làm của số {nomination_id}",
            hide_name=int(self._sometimes(0.2)),
            sent_at=self.chance.randrange(9),
            withdrawn_at=5 if self._sometimes(0.25) else None,
        )

    def _answers(self) -> None:
        asked = {
            (self._pick("units")["id"], period_of(self.chance.choice(MONTHS[-14:]).first_on, months))
            for months in (1, 1, 1, 3, 3, 6, 12)
            for _ in range(self.size.answers)
        }
        for unit_id, period in sorted(asked):
            standing = [
                one["id"]
                for one in self.rows["nominations"]
                if one["unit_id"] == unit_id and one["period"] in period.month_names
            ]
            picked = self.chance.sample(standing, min(len(standing), self.chance.randrange(4)))
            person_id = self._pick("people")["id"]
            self._add(
                "unit_answers",
                unit_id=unit_id,
                period=str(period),
                answer=CHOSEN if picked else NONE,
                reason="" if picked else "Chưa có",
                person_id=person_id,
                at=9,
                state=self.chance.choice(list(AnswerState)).value,
            )
            for nomination_id in picked:
                self._add(
                    "choices",
                    unit_id=unit_id,
                    period=str(period),
                    nomination_id=nomination_id,
                    person_id=person_id,
                    at=9,
                    reason=f"Vì số {nomination_id}",
                    criteria=json.dumps([one.value for one in Criterion]),
                )

    def _exemplars(self) -> None:
        chosen = sorted({one["nomination_id"] for one in self.rows["choices"]})
        for number, nomination_id in enumerate(
            self.chance.sample(chosen, len(chosen))[: self.size.exemplars], 1
        ):
            nomination = self.rows["nominations"][nomination_id - 1]
            state = self.chance.choice(list(ExemplarState))
            honoured = state is ExemplarState.HONOURED
            consent = Consent.AGREED if honoured else self.chance.choice(list(Consent))
            self._add(
                "exemplars",
                id=number,
                nomination_id=nomination_id,
                kind=self.chance.choice(list(Kind)).value,
                movement_id=self.chance.choice([None, *self.movements]),
                period=nomination["period"],
                text=f"Tấm gương số {number}",
                text_version=2,
                consent=consent.value,
                consent_version=1 if self._sometimes(0.1) else 2,
                state=state.value,
                made_at=9,
                honoured_at=self._instant() if honoured else None,
            )
            if honoured:
                self._add(
                    "honours",
                    id=number,
                    exemplar_id=number,
                    place=self.chance.choice(list(Place)).value,
                    text_version=2,
                    person_id=self._pick("people")["id"],
                    at=9,
                )
            for place in range(self.chance.choice((0, 0, 1, 3))):
                inside = self._pick("units")["id"] if place == 0 else None
                self._add(
                    "adoptions",
                    id=len(self.rows["adoptions"]) + 1,
                    exemplar_id=number,
                    unit_id=inside,
                    body="" if inside else f"Cơ quan {place}",
                    state=self.chance.choice(("pledged", "done", "dropped")),
                    person_id=self._pick("people")["id"],
                    pledged_at=self._instant(),
                )


async def put_office(database: Database, chance: Random, size: Size) -> AnyOffice:
    """Let an office out of dice be all that there is."""
    async with database.transaction() as session:
        for table in MADE:
            await session.execute(f"delete from {table}")  # noqa: S608 - a name of ours
        movements = [row["id"] for row in await session.fetch("select id from movements order by id")]
        office = AnyOffice(chance, size, movements[:4])
        for table in reversed(MADE):
            await _put(session, table, office.rows[table])
    return office


async def _put(session: Session, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        cells = ", ".join(f"({', '.join(map(_literal, row.values()))})" for row in rows)
        await session.execute(f"insert into {table} ({', '.join(rows[0])}) values {cells}")  # noqa: S608


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"
