"""A whole year of the bot in virtual time: its office, its weather, its deaths; and what came of it.

Nothing runs between the instants at which something can happen: an occasion, a message that may go, an act of
somebody, a change of the weather. Everything follows from the seed.
"""

import asyncio
import heapq
import random
import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.config import Config
from bot.sandbox.telegram import Telegram
from storage.database import Session
from tests.simulation.acting import Acting
from tests.simulation.inline_database import InlineDatabase
from tests.simulation.knowledge import Deed, Good, Knowledge
from tests.simulation.life import Life, Record, note_accepted
from tests.simulation.office_of_sixty import found_an_office
from tests.simulation.outcome import Outcome, Size
from tests.simulation.virtual_time import VirtualLoop, Wall, seconds_of
from tests.simulation.waking import next_wake
from tests.simulation.weather import Sky, Weather

DAYS = 365
_TICK_GAP_S = 61.0
_MOST_ROUNDS = 12_000


class Immortal:
    """The seam of those who stand outside: the judge and the people."""

    dead = False

    def is_over(self) -> bool:
        return False

    def gives_way(self) -> bool:
        return False

    async def rest(self) -> None:
        raise AssertionError


class Year:
    """Call `run` once."""

    def __init__(self, seed: int, config: Config, template: Path, folder: Path, size: Size) -> None:
        self._seed, self._config, self._size = seed, config, size
        self._dice = random.Random(f"{seed}:year")  # noqa: S311 - a simulation's
        self.begin = datetime(self._dice.randint(2024, 2034), 1, 1, 3, tzinfo=UTC)
        self.begin += timedelta(days=self._dice.randrange(365))
        self.end = self.begin + timedelta(days=size.days)
        self.path = folder / "guongsang.db"
        shutil.copy(template, self.path)
        self.wall = Wall(self.begin)
        self.weather = Weather(
            seed, self.begin, self.end, [one.due_at for one in config.timetable.between(self.begin, self.end)]
        )
        self.record, self.known = Record(), Knowledge()
        self.telegram = Telegram(folder / "telegram", self.wall)
        self.telegram.world.store.run("pragma journal_mode = memory")
        self._agenda: list[tuple[float, int, Callable[[], Awaitable[None]]]] = []
        self._n = self.rounds = 0
        self._lives: list[Life] = []
        self._ever: list[Life] = []
        self._down = self._replicas = False
        self._wake_s = 0.0
        self._last_tick_s = 0.0
        self._is_busy = False
        self._waiting: list[tuple[int, Deed, Any]] = []
        self._last_update = 0
        self._latest = self.begin
        self._good_from: datetime | None = None

    def run(self) -> Outcome:
        """Live through it."""
        loop = VirtualLoop(seconds_of(self.begin))
        asyncio.set_event_loop(loop)
        self.wall.follow(loop)
        try:
            return loop.run_until_complete(self._live(loop))
        finally:
            for life in self._ever:
                life.dead = True
                life.database.die()
            self._outside.die()
            self._rows.close()
            self.telegram.close()
            loop.drop()
            asyncio.set_event_loop(None)

    async def _live(self, loop: VirtualLoop) -> Outcome:
        self._loop = loop
        self._outside = InlineDatabase(self.path, Immortal())
        self._rows = sqlite3.connect(self.path, isolation_level=None)
        size = self._size
        staff = await found_an_office(
            self._outside, self.telegram, self._seed, self.begin, size.units, size.people
        )
        acting = Acting(
            self,
            self._config,
            self.telegram,
            staff,
            self.known,
            random.Random(f"{self._seed}:people"),  # noqa: S311
        )
        self.telegram.world.update_watchers.append(self._note_update)
        note_accepted(self.telegram, self.wall, self.record, acting.hear)
        await self._start_one(mortal=False)
        first_tick = self.wall()
        await acting.begin()
        self._expect_the_weather()
        ends_s = seconds_of(self.end)
        while self.wall.now_s < ends_s:
            await self._go_on(ends_s)
        await self._settle_in_peace()
        self._good_ends()
        return Outcome(
            self._seed,
            self._config,
            staff,
            self.known,
            self.record,
            self.path,
            self.begin,
            self.end,
            first_tick,
            self.rounds,
            [
                f"update {update_id} of {deed.at} was lost"
                for update_id, deed, _ in self._waiting
                if deed.at < self.end - timedelta(days=5)
            ],
        )

    # --- what the people of the simulation need (Stage) ---

    def after(self, seconds: float, act: Callable[[], Awaitable[None]]) -> None:
        """Put something on the agenda."""
        self._at(self.wall.now_s + seconds, act)

    async def operate(self, work: Callable[[Session], Awaitable[None]], *, wake: bool = False) -> None:
        """A transaction past the bot."""
        async with self._outside.transaction() as session:
            await work(session)
        if wake:
            self._wake_within(1.0)

    def when_handled(self, deed: Deed, holds: Callable[[sqlite3.Connection], bool] | None = None) -> None:
        """Watch for the bot's note of the update that was queued last."""
        self._waiting.append((self._last_update, deed, holds))

    def now(self) -> datetime:
        """What the clock shows."""
        return self.wall()

    def now_s(self) -> float:
        """True time."""
        return self.wall.now_s

    def _note_update(self, update: dict[str, Any]) -> None:
        self._last_update = update["update_id"]
        self._wake_within(self._dice.uniform(0.1, 2.0))

    # --- time ---

    async def _go_on(self, ends_s: float) -> None:
        next_s = self._agenda[0][0] if self._agenda else ends_s
        at_s = min(next_s, self._wake_s, ends_s)
        if at_s > self.wall.now_s:
            await asyncio.sleep(at_s - self.wall.now_s)
        now_s = self.wall.now_s
        if self._agenda and self._agenda[0][0] <= now_s:
            await heapq.heappop(self._agenda)[2]()
        elif self._wake_s <= now_s:
            await self._wake(next_s)

    async def _wake(self, next_s: float) -> None:
        self._lives = [life for life in self._lives if not life.dead]
        if not self._lives:
            self._wake_s = float("inf")
            return
        self.rounds += 1
        assert self.rounds < _MOST_ROUNDS, "it goes round in circles"
        for life in list(self._lives):
            rounds = self._size.rounds_a_death // (8 if self._is_busy else 1)
            if self._dice.randrange(max(1, rounds)) == 0 and self._is_mortal():
                life.doom(int(3000 ** self._dice.random()))
            life.begin()
        ended = [await life.until(max(next_s, self.wall.now_s)) for life in list(self._lives)]
        self._last_tick_s = self.wall.now_s
        self._note_handled()
        self._lives = [life for life in self._lives if not life.dead]
        started = [life for life in self._lives if life.started]
        if started and len(started) == len(self._lives):
            self._good_begins()
        if not all(ended):
            self._wake_s = next_s
        else:
            self._wake_s = self._next_wake()
        self._is_busy = True

    def _is_mortal(self) -> bool:
        return self.wall.now_s < seconds_of(self.end) - 12 * 86400

    def _next_wake(self) -> float:
        """When there is something to do again; a tick may be late."""
        now_s, now = self.wall.now_s, self.wall()
        due = next_wake(self._rows, self._config.timetable, now)
        if not all(life.started for life in self._lives):
            return now_s + 5.0 * float(400 ** self._dice.random())
        occasion = self._config.timetable.next_after(now)
        late_s = self._dice.choice((0.0, 0.5, 1.0, 2.0, 2.0, 30.0, self._dice.uniform(0, 600)))
        waits_s = [86400.0]
        if occasion is not None:
            waits_s.append((occasion.due_at - now).total_seconds() + late_s)
        if due is not None:
            pause_s = 0.2 if self.weather.sky(now_s) is Sky.FAIR else self._dice.uniform(300, 3600)
            waits_s.append(max((due.at - now).total_seconds() + 0.1, pause_s))
            if due.by_tick:
                waits_s[-1] = max(waits_s[-1], self._last_tick_s + _TICK_GAP_S - now_s)
        return now_s + max(0.05, min(waits_s))

    def _wake_within(self, seconds: float) -> None:
        self._is_busy &= self.wall.now_s + seconds > self._wake_s
        self._wake_s = min(self._wake_s, self.wall.now_s + seconds)

    def _at(self, at_s: float, act: Callable[[], Awaitable[None]]) -> None:
        self._n += 1
        heapq.heappush(self._agenda, (at_s, self._n, act))

    def _note_handled(self) -> None:
        if not self._waiting:
            return
        still = []
        for update_id, deed, holds in self._waiting:
            if self._rows.execute("select 1 from updates where update_id = ?", (update_id,)).fetchone():
                if holds is None or holds(self._rows):
                    deed.handled, deed.handled_s = self.wall(), self.wall.now_s
            else:
                still.append((update_id, deed, holds))
        self._waiting = still

    # --- lives ---

    async def _start_one(self, *, mortal: bool = True) -> None:
        if self._down or len(self._lives) >= (2 if self._replicas else 1):
            return
        config, dice = self._config, random.Random(self._dice.random())  # noqa: S311
        life = Life(
            config, self.path, self.telegram, self.wall, self.weather, self.record, dice, self._one_died
        )
        self._lives.append(life)
        self._ever.append(life)
        if mortal and self._is_mortal() and self._dice.random() < 0.1:
            life.doom(self._dice.randint(1, 60))
        self._wake_s = self.wall.now_s

    def _one_died(self) -> None:
        self._good_ends()
        self._lives = [life for life in self._lives if not life.dead]
        self._start_later(1.0 * 10_000 ** self._dice.random())

    def _start_later(self, seconds: float) -> None:
        self.after(seconds, self._start_one)

    async def _machine_goes_off(self, *, told: bool) -> None:
        self._good_ends()
        self._down = True
        for life in list(self._lives):
            if told:
                await life.stop()
            life.die()
        self._lives.clear()
        self._note_handled()

    async def _machine_comes_up(self) -> None:
        self._down = False
        await self._start_one()
        if self._replicas:
            self._start_later(self._dice.uniform(0, 60))

    async def _second_comes(self) -> None:
        self._replicas = True
        await self._start_one()

    async def _second_goes(self) -> None:
        self._replicas = False
        if len(self._lives) > 1:
            life = self._lives.pop(self._dice.randrange(2))
            await life.stop() if self._dice.random() < 0.5 else life.die()

    async def _set_clock(self, by: timedelta) -> None:
        self._good_ends()
        before = self.wall()
        self.wall.wrong = by
        self.known.jumps.append((before, self.wall()))
        self._wake_s = self.wall.now_s
        self._good_begins()

    async def _sky_changes(self) -> None:
        if self.weather.sky(self.wall.now_s) is Sky.FAIR:
            self._good_begins()
        else:
            self._good_ends()

    def _expect_the_weather(self) -> None:
        for off in self.weather.machine:
            self._at(off.from_s, partial(self._machine_goes_off, told=self._dice.random() < 0.3))
            self._at(off.to_s, self._machine_comes_up)
        for two in self.weather.replicas:
            self._at(two.from_s, self._second_comes)
            self._at(two.to_s, self._second_goes)
        for wrong in self.weather.wrong:
            self._at(wrong.from_s, partial(self._set_clock, wrong.by))
            self._at(wrong.to_s, partial(self._set_clock, timedelta(0)))
        for at_s in self.weather.changes():
            self._at(at_s, self._sky_changes)

    async def _settle_in_peace(self) -> None:
        """What is under way comes to its end."""
        for life in list(self._lives):
            if life.round is not None:
                await life.until(self.wall.now_s + 3600)
            await life.stop()
        self._note_handled()

    # --- when everything is well ---

    def _good_begins(self) -> None:
        up = any(life.started and not life.dead for life in self._lives)
        if self._good_from is None and up and self.weather.sky(self.wall.now_s) is Sky.FAIR:
            self._good_from = self.wall()

    def _good_ends(self) -> None:
        now = self.wall()
        if self._good_from is not None:
            self.known.good.append(Good(self._good_from, now, self._latest))
            self._good_from = None
        self._latest = max(self._latest, now)
