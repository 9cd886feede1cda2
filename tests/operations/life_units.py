"""What people of the units try: nominating, choosing, putting right."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain.errors import Refused
from bot.domain.exemplars import Answer, Choice, Criterion, Exemplar
from bot.domain.nominations import Draft, EndorsementId, Kind, NominationId, NomineeKind
from bot.domain.periods import Period
from bot.domain.roles import Role
from bot.operations.answer_for_unit import answer_nobody, open_unit
from bot.operations.choose_exemplars import choose
from bot.operations.merge_nominations import merge, split
from bot.operations.move_nomination import move
from bot.operations.send_nomination import send_nomination, withdraw_nomination
from storage import exemplars
from storage.database import Session
from tests.nominating import KEPT
from tests.office import PEOPLE
from tests.operations.life_rights import RIGHTS
from tests.operations.life_world import World, told_of
from tests.tallying import ROWS, check_rows

CODES = [row[0] for row in PEOPLE]
STAFF = [code for code in CODES if code != "cu"]
GROUPS = ("Tổ Một cửa", "Tổ Văn thư")
NUMBERS = st.integers(0, 11)
MOSTLY = st.sampled_from((True, True, True, False))
SELDOM = st.sampled_from((False, False, False, True))


class UnitLife(RuleBasedStateMachine):
    """Each rule is something that somebody tries; numbers pick from what is there at that moment."""

    new_url: Callable[[], str]
    nth: int
    seen: "Counter[str]"

    def __init__(self) -> None:
        super().__init__()
        self.world = World(type(self).new_url(), RIGHTS)
        self.said = 0

    def teardown(self) -> None:
        """The office is gone; what was done in it is counted, and its tallies were what its rows come to."""
        acts = self.world.rows("select act, count(*) as n from audit group by act")
        self.seen.update({row["act"]: row["n"] for row in acts})
        rows = {name: self.world.rows(statement) for name, statement in ROWS.items()}
        self.world.close()
        check_rows(rows)

    @invariant()
    def nothing_forbidden(self) -> None:
        """What must be true after everything."""
        self.world.check()

    # --- who acts, and on what ---

    def _who(self, n: int, entitled: Sequence[str], *, rightly: bool) -> str:
        among = list(entitled) if rightly and entitled else CODES
        return among[n % len(among)]

    def _clerk(self, n: int, *, rightly: bool) -> str:
        return self._who(n, self.world.with_role(Role.SECRETARIAT), rightly=rightly)

    def _head(self, n: int, unit_id: int, *, rightly: bool) -> str:
        return self._who(n, self.world.heads_of(unit_id), rightly=rightly)

    def _pick(self, n: int, statement: str, **values: object) -> dict[str, Any] | None:
        rows = sorted(self.world.rows(statement, **values), key=lambda row: list(row.values()))
        return rows[n % len(rows)] if rows else None

    def _words(self) -> str:
        self.said += 1
        return f"{KEPT} (lần {self.said})"

    # --- nominating ---

    @rule(who=NUMBERS)
    def say_more(self, *, who: int) -> None:
        """Somebody nominates once more whom a head has read about: it is added to the first reason."""
        found = self._pick(
            who,
            "select e.nominator_id, n.nominee_id"
            " from endorsements e join nominations n on n.id = e.nomination_id"
            " where n.opened_at is not null and n.nominee_id is not null and n.period = '{month}'",
            month=self.world.periods[0],
        )
        if found is not None:
            codes = {person_id: n for n, person_id in enumerate(self.world.people.values())}
            by, whom = codes[found["nominator_id"]], codes[found["nominee_id"]]
            self.nominate(who=by, whom=whom, group=False)

    @rule(who=NUMBERS, whom=NUMBERS, group=st.booleans())
    def nominate(self, *, who: int, whom: int, group: bool) -> None:
        """Somebody nominates a colleague or a group of some unit."""
        world, words = self.world, self._words()
        draft = Draft(nominee_id=world.people[CODES[whom]], story=words, kind=Kind.GOOD_DEED)
        if group:
            unit_id = world.units[whom % len(world.units)]
            name = GROUPS[whom % len(GROUPS)]
            draft = replace(
                draft, nominee_id=None, nominee_kind=NomineeKind.GROUP, nominee_name=name, unit_id=unit_id
            )

        async def act(session: Session) -> None:
            me = await world.me(session, CODES[who])
            sent = await send_nomination(session, me, draft, world.config, world.now)
            world.known.sent.append((sent.endorsement.id, words))

        world.act(act)

    @rule(who=NUMBERS, which=NUMBERS, own=MOSTLY)
    def withdraw(self, *, who: int, which: int, own: bool) -> None:
        """Somebody takes a reason back, mostly one of their own."""
        world, code = self.world, CODES[who]
        of = world.people[code] if own else "nominator_id"
        found = self._pick(which, "select id from endorsements where nominator_id = {of}", of=of)
        if found is None:
            return

        async def act(session: Session) -> None:
            me = await world.me(session, code)
            await withdraw_nomination(session, me, EndorsementId(found["id"]), world.config, world.now)

        world.act(act)

    # --- answering for a unit ---

    @rule(
        unit=NUMBERS,
        period=NUMBERS,
        who=NUMBERS,
        rightly=MOSTLY,
        picks=st.sets(NUMBERS, max_size=4),
        stale=SELDOM,
    )
    def choose(
        self, *, unit: int, period: int, who: int, rightly: bool, picks: set[int], stale: bool
    ) -> None:
        """Somebody chooses for a unit, among its nominees and now and then among others'."""
        world = self.world
        unit_id, asked = self._unit(unit), self._period(period)
        first, *_, last = asked.month_names * 2
        rows = world.rows(
            "select id from nominations where unit_id = {of} and period >= '{first}' and period <= '{last}'",
            of=unit_id if rightly else "unit_id",
            first=first,
            last=last,
        )
        ids = sorted({NominationId(rows[n % len(rows)]["id"]) for n in picks}) if rows else []
        criteria = frozenset(Criterion) if 11 not in picks else frozenset({Criterion.TYPICAL})
        picked = [Choice(number, self._words(), criteria) for number in ids]
        code, version = self._head(who, unit_id, rightly=rightly), self._version(unit_id, asked, stale=stale)

        async def act(session: Session) -> None:
            me = await world.me(session, code)
            given = await choose(
                session, me, unit_id, asked, picked, world.config, world.now, version=version
            )
            self._note(given)

        world.act(act)

    @rule(unit=NUMBERS, period=NUMBERS, who=NUMBERS, rightly=MOSTLY, stale=SELDOM)
    def nobody(self, *, unit: int, period: int, who: int, rightly: bool, stale: bool) -> None:
        """Somebody says that a unit has nobody to honour."""
        world, unit_id, asked, words = self.world, self._unit(unit), self._period(period), self._words()
        code, version = self._head(who, unit_id, rightly=rightly), self._version(unit_id, asked, stale=stale)

        async def act(session: Session) -> None:
            me = await world.me(session, code)
            config, now = world.config, world.now
            given = await answer_nobody(session, me, unit_id, asked, words, config, now, version=version)
            self._note(given)

        world.act(act)

    @rule(unit=NUMBERS, who=NUMBERS)
    def look(self, *, unit: int, who: int) -> None:
        """A head opens the month's nominations: from now on they are not withdrawn."""
        world, unit_id = self.world, self._unit(unit)
        heads = world.heads_of(unit_id)
        if not heads:
            return

        async def act(session: Session) -> None:
            me = await world.me(session, heads[who % len(heads)])
            await open_unit(session, me, unit_id, world.periods[0], world.config, world.now)

        world.act(act)

    @rule(one=NUMBERS, other=NUMBERS, who=NUMBERS, rightly=MOSTLY, apart=SELDOM)
    def put_together(self, *, one: int, other: int, who: int, rightly: bool, apart: bool) -> None:
        """Somebody merges two nominations, or takes a merged one apart."""
        world = self.world
        found = self._pick(
            one,
            "select id, unit_id, period from nominations where {some}",
            some="merged_into is not null" if apart else "merged_into is null",
        )
        if found is None:
            return
        into = self._pick(
            other,
            "select id from nominations where unit_id = {of} and period = '{period}'",
            of=found["unit_id"] if rightly else "unit_id",
            period=found["period"],
        )
        code = self._head(who, found["unit_id"], rightly=rightly)

        async def act(session: Session) -> None:
            me = await world.me(session, code)
            if apart:
                await split(session, me, found["id"], world.config, world.now)
            else:
                await merge(session, me, found["id"], into["id"] if into else 0, world.config, world.now)

        world.act(act)

    @rule(which=NUMBERS, unit=NUMBERS, who=NUMBERS, rightly=MOSTLY)
    def pass_on(self, *, which: int, unit: int, who: int, rightly: bool) -> None:
        """Somebody moves a nomination to another unit."""
        world, to_id = self.world, self._unit(unit)
        found = self._pick(which, "select id, unit_id from nominations order by id")
        if found is None:
            return
        code = self._head(who, found["unit_id"], rightly=rightly)

        async def act(session: Session) -> None:
            me = await world.me(session, code)
            await move(session, me, found["id"], to_id, world.config, world.now)

        world.act(act)

    # --- reading ---

    def _unit(self, n: int) -> Any:
        return self.world.units[n % len(self.world.units)]

    def _period(self, n: int) -> Period:
        periods = self.world.periods
        return periods[n % len(periods)] if n < len(periods) else periods[0]

    def _version(self, unit_id: int, period: Period, *, stale: bool) -> int:
        rows = self.world.rows(
            "select version from unit_answers where unit_id = {unit} and period = '{period}'",
            unit=unit_id,
            period=period,
        )
        return (rows[0]["version"] if rows else 0) - stale

    async def _exemplar(self, session: Session, which: int, *, stale: bool, ripe: bool = False) -> Exemplar:
        """One of those there are; `ripe`: of those agreed to, where there are any."""
        found = await exemplars.list_standing(session)
        found = [one for one in found if ripe and one.may_be_published] or found
        if not found:
            raise Refused("no exemplar")
        exemplar = found[which % len(found)]
        return replace(exemplar, version=exemplar.version - 1) if stale else exemplar

    def _note(self, given: Answer) -> None:
        told = self.world.known.answers.setdefault((given.unit_id, given.period), [])
        told.append(told_of(given))
