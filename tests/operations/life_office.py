"""What the secretariat and the nominees try, and how time and posts pass; many things in a busy hour."""

import inspect
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from bot.domain.errors import Refused
from bot.domain.exemplars import Consent, Place
from bot.domain.nominations import NominationId
from bot.domain.paper import Sheet
from bot.domain.people import Post
from bot.domain.periods import read_period
from bot.domain.roles import Role
from bot.operations.answer_consent import answer_consent
from bot.operations.ask_consent import ask_consent
from bot.operations.check_answer import accept_answer, correct_reason, return_answer
from bot.operations.congratulate import congratulate
from bot.operations.enter_on_paper import enter_answer
from bot.operations.honour import honour
from bot.operations.prepare_exemplar import keep_card, set_representative, set_text
from bot.operations.secretariat import check_secretariat
from bot.operations.take_down import take_down
from storage import choices, people
from storage.database import Session
from tests.operations.life_units import CODES, MOSTLY, NUMBERS, SELDOM, STAFF, UnitLife

HOUR, BEFORE = 6, 40
SEEDS = st.integers(0, 2**32 - 1)


class Life(UnitLife):
    """Everybody's life together."""

    @initialize(turned=st.integers(0, 3), seed=SEEDS)
    def begin(self, *, turned: int, seed: int) -> None:
        """The office is found at work, each unit further on than the one before it, after some busy hours."""
        for n in range(9):
            self.nominate(who=n + 3, whom=n, group=n > 5)
        for n in range(turned, turned + len(self.world.units)):
            depth = n - turned
            if depth > 0:
                self.choose(unit=n, period=0, who=0, rightly=True, picks={0, 1}, stale=False)
            if depth > 1:
                self.check(which=0, unit=n, who=0, rightly=True, stale=False, how="accept")
        for n in range(turned):
            self.prepare(which=n, who=n, rightly=True, stale=False, drawn=True)
            self.ask(which=n, who=0, rightly=True, stale=False)
            self.answer(which=n, who=n, rightly=True, stale=False, paper=False, said=Consent.AGREED)
        self.world.check()
        self._live(seed, BEFORE)

    # --- the secretariat ---

    @rule(
        which=NUMBERS,
        unit=NUMBERS,
        who=NUMBERS,
        rightly=MOSTLY,
        stale=SELDOM,
        how=st.sampled_from(("accept", "accept", "return", "correct")),
    )
    def check(self, *, which: int, unit: int, who: int, rightly: bool, stale: bool, how: str) -> None:
        """Somebody accepts a unit's answer, gives it back, or mends the words of a reason."""
        world, words = self.world, self._words()
        found = self._pick(
            which,
            "select unit_id, period, version from unit_answers where unit_id = {of}",
            of=self._unit(unit),
        )
        if found is None:
            return
        period, unit_id = read_period(found["period"]), found["unit_id"]
        assert period is not None
        version, code = found["version"] - stale, self._clerk(who, rightly=rightly)
        config, now = world.config, world.now

        async def act(session: Session) -> None:
            me = await world.me(session, code)
            if how == "accept":
                await accept_answer(session, me, unit_id, period, version, config, now)
            elif how == "return":
                await return_answer(session, me, unit_id, period, version, words, config, now)
            else:
                picked = await choices.list_chosen(session, unit_id, str(period))
                number = NominationId(picked[who % len(picked)] if picked else 0)
                corrected = await correct_reason(
                    session, me, unit_id, period, version, number, words, config, now
                )
                self._note(corrected)

        world.act(act)

    @rule(unit=NUMBERS, period=NUMBERS, who=NUMBERS, one=NUMBERS, rightly=MOSTLY, days=st.integers(-1, 9))
    def from_paper(self, *, unit: int, period: int, who: int, one: int, rightly: bool, days: int) -> None:
        """Somebody enters from paper that a unit has nobody, mostly a clerk in its head's name."""
        world, unit_id, asked, words = self.world, self._unit(unit), self._period(period), self._words()
        code, head = self._clerk(who, rightly=rightly), self._head(one, unit_id, rightly=rightly)
        sheet, version = Sheet(world.today - timedelta(days=days)), self._version(unit_id, asked, stale=False)

        async def act(session: Session) -> None:
            me = await world.me(session, code)
            signer = await people.get_person(session, world.people[head])
            config, now = world.config, world.now
            given = await enter_answer(
                session, me, signer, unit_id, asked, (), words, sheet, config, now, version=version
            )
            self._note(given)

        world.act(act)

    @rule(which=NUMBERS, who=NUMBERS, rightly=MOSTLY, stale=SELDOM, drawn=MOSTLY)
    def prepare(self, *, which: int, who: int, rightly: bool, stale: bool, drawn: bool) -> None:
        """Somebody changes what would be published; mostly its picture is made."""
        world, words, code = self.world, self._words(), self._clerk(who, rightly=rightly)

        async def act(session: Session) -> None:
            me = await world.me(session, code)
            exemplar = await self._exemplar(session, which, stale=stale)
            if exemplar.representative_id is None and rightly:
                speaker = await people.get_person(session, world.people[STAFF[who % len(STAFF)]])
                exemplar = await set_representative(session, me, exemplar, speaker, world.config, world.now)
            changed = await set_text(session, me, exemplar, words, world.config, world.now)
            if drawn:
                await keep_card(session, changed, "a picture")

        world.act(act)

    @rule(which=NUMBERS)
    def draw(self, *, which: int) -> None:
        """The program makes the picture of what would be published."""

        async def act(session: Session) -> None:
            await keep_card(session, await self._exemplar(session, which, stale=False), "a picture")

        self.world.act(act)

    @rule(which=NUMBERS, who=NUMBERS, rightly=MOSTLY, stale=SELDOM)
    def ask(self, *, which: int, who: int, rightly: bool, stale: bool) -> None:
        """Somebody asks for consent."""
        world, code = self.world, self._clerk(who, rightly=rightly)

        async def act(session: Session) -> None:
            me = await world.me(session, code)
            exemplar = await self._exemplar(session, which, stale=stale)
            await ask_consent(session, me, exemplar, world.config, world.now)

        world.act(act)

    @rule(
        which=NUMBERS,
        who=NUMBERS,
        rightly=MOSTLY,
        stale=SELDOM,
        paper=SELDOM,
        said=st.sampled_from((Consent.AGREED, Consent.AGREED, Consent.CHANGE, Consent.DECLINED)),
    )
    def answer(self, *, which: int, who: int, rightly: bool, stale: bool, paper: bool, said: Consent) -> None:
        """Somebody answers about publication: mostly who is asked, or a clerk from paper."""
        world, words, code = self.world, self._words(), CODES[who]

        async def act(session: Session) -> None:
            exemplar = await self._exemplar(session, which, stale=stale)
            speaker = exemplar.representative_id if rightly else world.people[code]
            if speaker is None:
                raise Refused("nobody is asked")
            clerk = None
            if paper:
                me = await world.me(session, self._clerk(who, rightly=rightly))
                check_secretariat(me, world.today)
                clerk = me.id
            elif (await people.get_person(session, speaker)).left:
                raise Refused("access.unknown")
            await answer_consent(session, exemplar, said, speaker, world.now, note=words, entered_by=clerk)

        world.act(act)

    @rule(
        which=NUMBERS,
        who=NUMBERS,
        rightly=MOSTLY,
        stale=SELDOM,
        places=st.sets(st.sampled_from(tuple(Place)), min_size=1),
    )
    def honour(self, *, which: int, who: int, rightly: bool, stale: bool, places: set[Place]) -> None:
        """Somebody honours an exemplar, consent or not."""
        world, code = self.world, self._clerk(who, rightly=rightly)
        wanted = places - {Place.OFFICE} or {Place.UNIT}

        async def act(session: Session) -> None:
            me = await world.me(session, code)
            exemplar = await self._exemplar(session, which, stale=stale, ripe=which % 3 > 0)
            await honour(session, me, exemplar, wanted, world.config, world.now)

        world.act(act)

    @rule(which=NUMBERS, who=NUMBERS)
    def congratulate(self, *, which: int, who: int) -> None:
        """Somebody congratulates."""
        world = self.world

        async def act(session: Session) -> None:
            me = await world.me(session, CODES[who])
            await congratulate(session, me, await self._exemplar(session, which, stale=False), world.now)

        world.act(act)

    @rule(which=NUMBERS, who=NUMBERS, stale=SELDOM)
    def remove(self, *, which: int, who: int, stale: bool) -> None:
        """A clerk takes an exemplar down."""
        world, code = self.world, self._clerk(who, rightly=True)

        async def act(session: Session) -> None:
            me = await world.me(session, code)
            check_secretariat(me, world.today)
            await take_down(session, await self._exemplar(session, which, stale=stale), me.id, world.now)

        world.act(act)

    # --- the office itself ---

    @rule(days=st.sampled_from((0, 0, 1, 1, 3, 10, 20)), hours=st.integers(0, 23))
    def pass_time(self, *, days: int, hours: int) -> None:
        """Time passes, now and then over the close of a period."""
        self.world.turn(self.world.now + timedelta(days=days, hours=hours))

    @rule(
        who=NUMBERS,
        unit=NUMBERS,
        role=st.sampled_from((Role.UNIT_HEAD, Role.DEPUTY, Role.SECRETARIAT)),
        since=st.integers(-2, 5),
        days=st.integers(0, 30),
    )
    def appoint(self, *, who: int, unit: int, role: Role, since: int, days: int) -> None:
        """Somebody is given a post for some days."""
        world, code = self.world, STAFF[who % len(STAFF)]
        from_on = world.today + timedelta(days=since)
        posts = world.known.posts[world.people[code]]
        kept = [post for post in posts if (post.role, post.unit_id) != (role, self._unit(unit))]
        self._hold(code, [*kept, Post(role, self._unit(unit), from_on, from_on + timedelta(days=days))])

    @rule(who=NUMBERS, which=NUMBERS)
    def dismiss(self, *, who: int, which: int) -> None:
        """A post of somebody's ends yesterday; one clerk stays, so that life goes on."""
        world, code = self.world, STAFF[who % len(STAFF)]
        posts = list(world.known.posts[world.people[code]])
        if code == "hung" or not posts:
            return
        ended = posts.pop(which % len(posts))
        self._hold(code, [*posts, replace(ended, to_on=world.today - timedelta(days=1))])

    @rule()
    def again(self) -> None:
        """What was done last is done once more, as by a button pressed twice."""
        if self.world.last is not None:
            self.world.act(self.world.last)

    def _hold(self, code: str, posts: list[Post]) -> None:
        world = self.world
        world.known.posts[world.people[code]] = posts

        async def put() -> None:
            async with world.database.transaction() as session:
                await people.set_posts(session, world.people[code], posts)

        world.run(put())

    @rule(seed=SEEDS)
    def busy_hour(self, *, seed: int) -> None:
        """Several things happen one after the other."""
        self._live(seed, HOUR)

    def _live(self, seed: int, acts: int) -> None:
        """So many things at random, more than one would think of."""
        dice = random.Random(f"{self.nth}:{seed}")  # noqa: S311 - the same every time is wanted
        for _ in range(acts):
            act = getattr(self, dice.choice(ACTS))
            asked = [name for name in inspect.signature(act).parameters if name in DICE]
            act(**{name: DICE[name](dice) for name in asked})
            self.world.check()


ACTS = (
    "nominate",
    "nominate",
    "say_more",
    "withdraw",
    "choose",
    "choose",
    "nobody",
    "look",
    "from_paper",
    "put_together",
    "put_together",
    "pass_on",
    "check",
    "check",
    "prepare",
    "draw",
    "ask",
    "answer",
    "answer",
    "honour",
    "honour",
    "congratulate",
    "remove",
    "pass_time",
    "appoint",
    "dismiss",
    "again",
)
"""What happens in a busy hour; what leads further, more often."""


def _number(dice: random.Random) -> int:
    return dice.randrange(12)


def _mostly(dice: random.Random) -> bool:
    return dice.random() < 0.85


def _seldom(dice: random.Random) -> bool:
    return dice.random() < 0.15


DICE: dict[str, Callable[[random.Random], Any]] = {
    **dict.fromkeys(("who", "whom", "which", "one", "other", "unit"), _number),
    "period": lambda dice: dice.choice((0, 0, 0, 0, 1, 2, 3, 4, 5, 6)),
    **dict.fromkeys(("rightly", "own", "drawn"), _mostly),
    **dict.fromkeys(("stale", "paper"), _seldom),
    **dict.fromkeys(("group", "apart"), lambda dice: dice.random() < 0.4),
    "picks": lambda dice: set(dice.sample(range(12), dice.choice((1, 1, 2, 4)))),
    "how": lambda dice: dice.choice(("accept", "return", "correct")),
    "said": lambda dice: dice.choice((Consent.AGREED, Consent.AGREED, Consent.CHANGE, Consent.DECLINED)),
    "places": lambda dice: {dice.choice(tuple(Place))},
    "days": lambda dice: dice.choice((0, 0, 0, 1, 3, 12)),
    "hours": lambda dice: dice.randrange(24),
    "since": lambda dice: dice.randrange(-2, 4),
    "role": lambda dice: dice.choice((Role.UNIT_HEAD, Role.DEPUTY, Role.SECRETARIAT)),
}
"""How each thing is drawn for a busy hour."""
