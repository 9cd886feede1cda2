"""The tables of config.toml about an exemplar's life: choosing, honouring, fostering, copying, events."""

from dataclasses import dataclass
from datetime import time
from typing import Annotated

from bot import config_values as read

EIGHT = time(8)


@dataclass(frozen=True, slots=True)
class Choosing:
    """How many a unit may choose for a period, and how long the sentence of reason may be."""

    most: Annotated[int, read.whole(1, 20)] = 3
    reason_max: Annotated[int, read.whole(50, 1000)] = 300


@dataclass(frozen=True, slots=True)
class Honours:
    """Where an exemplar is honoured by default; what is published may have `text_max` characters."""

    unit: Annotated[bool, read.flag] = True
    office: Annotated[bool, read.flag] = True
    everyone: Annotated[bool, read.flag] = False
    text_max: Annotated[int, read.whole(100, 1500)] = 1500


@dataclass(frozen=True, slots=True)
class Copying:
    """After how many days a unit that copies is asked for its result, and again if it has not said."""

    ask_after_days: Annotated[int, read.whole(1, 730)] = 60
    ask_again_days: Annotated[int, read.whole(0, 365)] = 30


@dataclass(frozen=True, slots=True)
class Fostering:
    """How many days before a step is due its mentor hears of it, and at what hour."""

    days_before: Annotated[int, read.whole(0, 30)] = 3
    hour: Annotated[time, read.hour] = EIGHT


@dataclass(frozen=True, slots=True)
class Events:
    """At what hour of the day before those who come to an event are reminded."""

    day_before_hour: Annotated[time, read.hour] = EIGHT
