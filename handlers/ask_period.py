"""Which period: those that buttons offer, and what is typed behind a command (/tonghop quý 3)."""

from bot.domain.errors import Refused
from bot.domain.periods import Period, period_of
from bot.domain.typed_periods import read_typed_period
from bot.domain.writing import abridge, clean
from handlers.turn import Turn

SHOWN = 40
"""How much of what was typed is said again where it is not understood."""


def offered(turn: Turn) -> list[Period]:
    """This month and the last, and so on to the year; those that stand beside each other in rows of two."""
    return [
        one
        for months in (1, 3, 6, 12)
        for this in (period_of(turn.today, months),)
        for one in (this, this.previous)
    ]


def behind(turn: Turn) -> str:
    """What stands behind the command, on one line; "" where nothing does."""
    return clean(turn.incoming.text, multiline=False).partition(" ")[2].strip()


def typed_period(turn: Turn, typed: str) -> Period:
    """The period that somebody has typed. Raises Refused for what is none, and for one to come."""
    period = read_typed_period(typed, turn.today)
    if period is None:
        raise Refused("period.not_understood", typed=abridge(typed, SHOWN))
    if period.first_on > turn.today:
        raise Refused("period.not_begun", period=turn.texts.period(str(period)))
    return period
