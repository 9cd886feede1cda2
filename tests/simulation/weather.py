"""What goes wrong in a year, thrown by dice: with the machine, its clock, the connection, and Telegram."""

import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tests.simulation.virtual_time import seconds_of

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86400.0


class Sky(StrEnum):
    """What meets a call to Telegram."""

    FAIR = "fair"
    """Nearly nothing."""
    REFUSED = "refused"
    """No connection can be made."""
    GATEWAY = "gateway"
    """5xx: half of the calls have been accepted all the same."""
    SILENT = "silent"
    """No answer comes: half of the calls have been accepted."""
    STORM = "storm"
    """Most calls are answered with 429."""


class Fate(StrEnum):
    """What becomes of one call."""

    ANSWERED = "answered"
    NOT_SENT = "not_sent"
    TOO_MANY = "429"
    LOST = "lost"
    """Neither accepted nor answered."""
    UNANSWERED = "unanswered"
    """Accepted, and the answer gets lost."""


_FATES = {
    Sky.FAIR: ((0.994, Fate.ANSWERED), (0.996, Fate.UNANSWERED), (0.998, Fate.LOST), (0.999, Fate.NOT_SENT)),
    Sky.REFUSED: ((0.0, Fate.ANSWERED), (1.0, Fate.NOT_SENT)),
    Sky.GATEWAY: ((0.2, Fate.ANSWERED), (0.6, Fate.LOST), (1.0, Fate.UNANSWERED)),
    Sky.SILENT: ((0.2, Fate.ANSWERED), (0.6, Fate.UNANSWERED), (1.0, Fate.LOST)),
    Sky.STORM: ((0.3, Fate.ANSWERED),),
}


@dataclass(frozen=True)
class Spell:
    """Something that lasts from one second to another (as `Wall.now_s` counts)."""

    from_s: float
    to_s: float


@dataclass(frozen=True)
class WrongClock(Spell):
    """The machine's clock is wrong by so much meanwhile, and is put right behind."""

    by: timedelta = timedelta(0)


class Weather:
    """A year's, by its own dice; fair in its last days, so that what was left can be done.

    `aims` are instants at which it strikes by preference.

    Attributes:
        machine: when the machine is off (the bot dies), and whether it was told to stop before.
        wrong: when its clock is wrong.
        replicas: when two bots run on the one database.
    """

    def __init__(self, seed: object, begin: datetime, end: datetime, aims: Sequence[datetime]) -> None:
        self._dice = random.Random(f"{seed}:weather")  # noqa: S311 - a simulation's
        self._aims = [seconds_of(at) for at in aims]
        self._begin, self._end = seconds_of(begin), seconds_of(end)
        self.machine = list(self._spells(14, 10 * _MINUTE, 7 * _DAY))
        self.wrong = [
            WrongClock(spell.from_s, spell.to_s, self._jump()) for spell in self._spells(6, _HOUR, 2 * _DAY)
        ]
        self.replicas = list(self._spells(2, 7 * _DAY, 21 * _DAY))
        self._changes: list[tuple[float, Sky]] = [(self._begin, Sky.FAIR)]
        for sky, times, least_s, most_s in (
            (Sky.REFUSED, 12, 5 * _MINUTE, 3 * _DAY),
            (Sky.GATEWAY, 5, 4 * _MINUTE, 3 * _HOUR),
            (Sky.SILENT, 5, 4 * _MINUTE, 3 * _HOUR),
            (Sky.STORM, 7, 2 * _MINUTE, 40 * _MINUTE),
        ):
            for spell in self._spells(times, least_s, most_s):
                self._changes += [(spell.from_s, sky), (spell.to_s, Sky.FAIR)]
        self._changes.sort()
        self._instants = [at_s for at_s, _ in self._changes]

    def changes(self) -> list[float]:
        """When the sky over Telegram changes."""
        return self._instants[1:]

    def sky(self, at_s: float) -> Sky:
        """What it is like."""
        return self._changes[max(0, bisect_right(self._instants, at_s) - 1)][1]

    def fate(self, at_s: float) -> Fate:
        """What becomes of a call made now."""
        thrown = self._dice.random()
        return next((fate for below, fate in _FATES[self.sky(at_s)] if thrown < below), Fate.TOO_MANY)

    def latency_s(self) -> float:
        """How long one way to Telegram takes."""
        return self._dice.uniform(0.02, 0.15)

    def silence_s(self, at_s: float) -> int:
        """What a 429 asks for."""
        return self._dice.randint(1, 60) if self.sky(at_s) is Sky.STORM else self._dice.randint(1, 8)

    def _jump(self) -> timedelta:
        minutes = self._dice.choice((5, 20, 60, 180, 400))
        return timedelta(minutes=self._dice.choice((-1, 1)) * self._dice.uniform(1, minutes))

    def _spells(self, about: int, least_s: float, most_s: float) -> Iterator[Spell]:
        """About so many, often short, seldom long, apart from each other; most of them around an aim."""
        quiet_from = self._end - 12 * _DAY
        taken: list[Spell] = []
        for _ in range(self._dice.randint(about // 2, about + about // 2)):
            from_s = self._dice.uniform(self._begin + _HOUR, quiet_from)
            if self._dice.random() < 0.7:
                from_s = self._dice.choice(self._aims) + self._dice.uniform(-_HOUR, 5 * _MINUTE)
            to_s = from_s + least_s * (most_s / least_s) ** self._dice.random()
            apart = all(to_s + _HOUR < one.from_s or one.to_s + _HOUR < from_s for one in taken)
            if self._begin + _HOUR < from_s and to_s < quiet_from and apart:
                taken.append(Spell(from_s, to_s))
        yield from sorted(taken, key=lambda one: one.from_s)
