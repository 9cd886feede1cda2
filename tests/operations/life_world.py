"""An office whose people do anything at any time, and what must be true of its rows whatever they did.

What the office should hold is kept beside it, by different means: posts as they were given, answers as they
were accepted by the operations, the words of every reason that was sent.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.config import Config
from bot.domain.errors import BadInput, Refused
from bot.domain.exemplars import Answer
from bot.domain.people import Person, PersonId, Post, UnitId
from bot.domain.periods import Period, month_of, period_of
from bot.domain.roles import Role
from storage import people, units
from storage.database import Database, Session, open_database
from tests.conftest import office_config
from tests.office import PEOPLE, START, TELEGRAM_IDS

Act = Callable[[Session], Awaitable[None]]
Row = dict[str, Any]

CLOSED_TABLES = {
    "unit_answers": "unit_id, period, answer, reason, person_id, for_id, at",
    "choices": "unit_id, period, nomination_id, criteria, person_id, at",
    "nominations": "id, period, unit_id, nominee_key, merged_into",
}
"""What of a closed period stays as it is; the secretariat may still mend a reason's words."""


SEEN = {
    **{table: f"select {columns} from {table}" for table, columns in CLOSED_TABLES.items()},  # noqa: S608
    "reasons": "select unit_id, period, nomination_id, reason from choices",
    "answer_revisions": "select unit_id, period, before from answer_revisions order by id",
    "endorsements": "select id, nomination_id, nominator_id, story, withdrawn_at from endorsements",
    "revisions": "select endorsement_id, before from revisions",
    "withdrawals": "select subject_id, actor_id from audit where act in ('withdraw', 'undo')",
    "said": "select exemplar_id, text_version, answer, at from publication_consents order by id",
    "honours": "select exemplar_id, text_version, at from honours",
    "wrongly_public": "select x.id from exemplars x"
    " where (x.consent <> 'agreed' or x.consent_version <> x.text_version)"
    " and (x.state = 'honoured' or exists (select 1 from honours h where h.exemplar_id = x.id"
    " and h.removed_at is null))",
    "wrongly_waiting": "select n.id from notices n"
    " join honours h on n.kind = 'honour' and n.occurrence like h.id || ':%'"
    " where n.state = 'pending' and h.removed_at is not null",
}
"""What is looked at after everything that is done."""

Right = Callable[["World", Row], bool]
"""Whether who did what a line of the audit log says might do it."""

Told = tuple[str, str, frozenset[tuple[int, str]]]
"""An answer: what it says, why there is nobody, and whom it chose with what words."""


@dataclass
class Known:
    """What the office should hold, as far as the people who act know."""

    posts: dict[int, list[Post]] = field(default_factory=dict)
    sent: list[tuple[int, str]] = field(default_factory=list)
    answers: dict[tuple[int, str], list[Told]] = field(default_factory=dict)
    closed: dict[str, list[tuple[object, ...]]] = field(default_factory=dict)
    audited: int = 0
    done: int = 0
    refused: int = 0


class World:
    """The office on a database of its own, with its clock; every act is a transaction."""

    def __init__(self, url: str, rights: Mapping[str, Right]) -> None:
        self.rights = rights
        self.runner = asyncio.Runner()
        self.database: Database = self.run(open_database(url, synchronous="OFF"))
        self.config: Config = office_config()
        self.now: datetime = START
        self.known = Known()
        self.people: dict[str, PersonId] = {}
        self.units: list[UnitId] = []
        self.last: Act | None = None
        self.seen: dict[str, list[Row]] = {}
        self.run(self._meet())
        self.turn(START)

    def close(self) -> None:
        """Let go of the database."""
        self.run(self.database.close())
        self.runner.close()

    def run(self, doing: Any) -> Any:
        """Do something to its end, on the world's own loop."""
        return self.runner.run(doing)

    @property
    def today(self) -> date:
        """The office's day."""
        return self.now.astimezone(self.config.office.timezone).date()

    @property
    def periods(self) -> list[Period]:
        """Those that people would answer for: most of them open, some not begun or closed."""
        month = month_of(self.now, self.config.office.timezone)
        longer = (period_of(month.previous.first_on, months) for months in (3, 6, 12))
        return [month, month.previous, month.previous.previous, month.next, *longer]

    def act(self, act: Act) -> bool:
        """Let somebody act; False where it was refused. It can be done again by `self.last`."""
        self.last = act
        return bool(self.run(self._act(act)))

    async def me(self, session: Session, code: str) -> Person:
        """Who sends an update: nobody who has left. Raises Refused."""
        found = await people.find_by_telegram(session, TELEGRAM_IDS[code])
        if found is None:
            raise Refused("access.unknown")
        return found

    def rows(self, statement: str, **values: object) -> list[Row]:
        """What a statement answers; `{name}` in it is one of `values`."""
        found: list[Row] = self.run(self._rows(statement.format(**values)))
        return found

    def look(self) -> None:
        """See everything that is judged, in one steady view."""
        self.seen = self.run(self._look())

    def turn(self, to: datetime) -> None:
        """Time passes; of what closes meanwhile is noted how it stands."""
        self.now = to
        closed = self._closed() - self.known.closed.keys()
        self.known.closed |= {period: [] for period in closed}
        self.look()
        self.known.closed |= {period: rows for period, rows in self._closing().items() if period in closed}

    async def _meet(self) -> None:
        async with self.database.reading() as session:
            for row in PEOPLE:
                person = await people.find_by_code(session, row[0])
                assert person is not None
                self.people[row[0]] = person.id
                self.known.posts[person.id] = list(person.posts)
            self.units = [unit.id for unit in await units.list_units(session)]

    async def _act(self, act: Act) -> bool:
        try:
            async with self.database.transaction() as session:
                await act(session)
        except (Refused, BadInput):
            self.known.refused += 1
            return False
        self.known.done += 1
        return True

    async def _rows(self, statement: str) -> list[Row]:
        async with self.database.reading() as session:
            return [dict(row) for row in await session.fetch(statement)]

    async def _look(self) -> dict[str, list[Row]]:
        audit = f"select * from audit where id > {self.known.audited} order by id"  # noqa: S608 - a number
        async with self.database.reading() as session:
            asked = {**SEEN, "audit": audit}
            return {
                name: [dict(row) for row in await session.fetch(statement)]
                for name, statement in asked.items()
            }

    def _closed(self) -> set[str]:
        timetable = self.config.timetable
        periods = {period for at in (START, self.now) for period in self._near(at)}
        return {str(period) for period in periods if timetable.cycle(period).is_closed(self.today)}

    def _near(self, at: datetime) -> Sequence[Period]:
        month = month_of(at, self.config.office.timezone)
        found = [month.previous.previous, month.previous, month, month.next]
        return [*found, *(period_of(one.first_on, months) for one in found for months in (3, 6, 12))]

    def _closing(self) -> dict[str, list[tuple[object, ...]]]:
        """What there is of each closed period, in an order of its own."""
        found: dict[str, list[tuple[object, ...]]] = {period: [] for period in self.known.closed}
        for table in CLOSED_TABLES:
            for row in self.seen[table]:
                if row["period"] in found:
                    found[row["period"]].append((table, *row.values()))
        return {period: sorted(rows, key=repr) for period, rows in found.items()}

    # --- what must be true ---

    def check(self) -> None:
        """Raises AssertionError for what must never be."""
        self.look()
        self._one_answer()
        self._no_answer_lost()
        self._no_reason_lost()
        self._nothing_closed_changed()
        self._published_only_what_was_agreed()
        self._decided_by_who_may()

    def _one_answer(self) -> None:
        """One answer a unit and period; it chose somebody where it says so, and nobody where it says so."""
        keys = [_key(row) for row in self.seen["unit_answers"]]
        assert len(keys) == len(set(keys)), "two answers"
        said = {_key(row) for row in self.seen["unit_answers"] if row["answer"] == "chosen"}
        assert {_key(row) for row in self.seen["choices"]} == said, "an answer does not fit its choices"

    def _no_answer_lost(self) -> None:
        """What was answered last stands, what was answered before is kept in order."""
        picked: dict[tuple[int, str], set[tuple[int, str]]] = {}
        for row in self.seen["reasons"]:
            picked.setdefault(_key(row), set()).add((row["nomination_id"], row["reason"]))
        stands = {
            _key(row): (row["answer"], row["reason"], frozenset(picked.get(_key(row), ())))
            for row in self.seen["unit_answers"]
        }
        kept: dict[tuple[int, str], list[Told]] = {}
        for row in self.seen["answer_revisions"]:
            kept.setdefault(_key(row), []).append(_as_told(json.loads(row["before"])))
        assert stands.keys() == self.known.answers.keys(), "an answer that nobody gave, or one lost"
        for key, told in self.known.answers.items():
            assert stands[key] == told[-1], "not what was answered last"
            assert kept.get(key, []) == told[:-1], "an earlier answer is lost"

    def _no_reason_lost(self) -> None:
        """Every word that was sent stands, or stood until its author changed or withdrew it."""
        stories = {row["id"]: row["story"] for row in self.seen["endorsements"]}
        for row in self.seen["revisions"]:
            stories[row["endorsement_id"]] += "\n" + str(json.loads(row["before"]).get("story", ""))
        for endorsement_id, words in self.known.sent:
            assert words in stories.get(endorsement_id, ""), "a reason is lost"
        withdrawn = {
            (row["id"], row["nominator_id"]) for row in self.seen["endorsements"] if row["withdrawn_at"]
        }
        by = {(row["subject_id"], row["actor_id"]) for row in self.seen["withdrawals"]}
        assert withdrawn <= by, "a reason withdrawn by another"
        part_of = {row["id"]: row["merged_into"] for row in self.seen["nominations"]}
        assert all(part_of[into] is None for into in part_of.values() if into), "a merged reason is lost"

    def _nothing_closed_changed(self) -> None:
        stands = self._closing()
        for period, before in self.known.closed.items():
            assert stands[period] == before, f"{period} was changed after its close"

    def _published_only_what_was_agreed(self) -> None:
        """No honour of words that nobody agreed to, and none that stands or waits of what was declined."""
        said = self.seen["said"]
        for row in self.seen["honours"]:
            fits = [
                one["answer"]
                for one in said
                if one["exemplar_id"] == row["exemplar_id"] and one["at"] <= row["at"]
                if one["text_version"] == row["text_version"]
            ]
            assert "agreed" in fits, "honoured without consent"
        assert not self.seen["wrongly_public"], "public without consent"
        assert not self.seen["wrongly_waiting"], "an honour is about to go out of what was taken down"

    def _decided_by_who_may(self) -> None:
        for line in self.seen["audit"]:
            self.known.audited = line["id"]
            may = self.rights.get(line["act"])
            assert may is not None, f"who may {line['act']}?"
            assert may(self, line), f"{line['act']} by who has no right to it"

    # --- who may do what, by the posts that were given ---

    def holds(
        self, person_id: int | None, role: Role, unit_id: int | None = None, on: date | None = None
    ) -> bool:
        """Whether the person holds the role today (or on a day), for that unit where one is named."""
        return any(
            post.role is role and post.held_on(on or self.today) and unit_id in (None, post.unit_id)
            for post in self.known.posts.get(person_id or 0, ())
        )

    def heads(self, person_id: int | None, unit_id: int, on: date | None = None) -> bool:
        """Whether the person answers for the unit today, or on a day."""
        return any(self.holds(person_id, role, unit_id, on) for role in (Role.UNIT_HEAD, Role.DEPUTY))

    def with_role(self, *roles: Role) -> list[str]:
        """The codes of who holds one of the roles today."""
        return [
            code for code, person in self.people.items() if any(self.holds(person, role) for role in roles)
        ]

    def heads_of(self, unit_id: int) -> list[str]:
        """The codes of who answers for the unit today."""
        return [code for code, person in self.people.items() if self.heads(person, unit_id)]


def _key(row: Row) -> tuple[int, str]:
    return row["unit_id"], row["period"]


def _as_told(before: Row) -> Told:
    picked = frozenset((one["nomination_id"], one["reason"]) for one in before["choices"])
    return before["answer"], before["reason"], picked


def told_of(answer: Answer) -> Told:
    """An answer as `Known.answers` keeps it."""
    picked = frozenset((int(one.nomination_id), one.reason) for one in answer.choices)
    return answer.answer, answer.reason, picked
