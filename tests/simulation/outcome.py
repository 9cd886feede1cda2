"""What goes into a simulated year and what comes out of it for the judge."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.config import Config
from tests.simulation.knowledge import Knowledge
from tests.simulation.life import Record
from tests.simulation.office_of_sixty import Staff


@dataclass(frozen=True)
class Size:
    """How large the office is, and how often the bot dies: once in so many rounds."""

    units: int = 60
    people: int = 200
    rounds_a_death: int = 40
    days: int = 365


@dataclass
class Outcome:
    """What the judge gets: the rows as they are at the end, and what was noted on the way."""

    seed: int
    config: Config
    staff: Staff
    known: Knowledge
    record: Record
    path: Path
    begin: datetime
    end: datetime
    first_tick: datetime
    rounds: int
    mistakes: list[str]
