"""What a function that makes a notice's message is given, and what several of them share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.config import Config
from bot.domain.people import Person, UnitId
from bot.messages import Body, Button, Call
from bot.texts import Texts
from storage import units
from storage.database import Session
from storage.notices import Notice


@dataclass(frozen=True)
class Context:
    """What composing needs of the house."""

    config: Config
    texts_for: Callable[[str | None], Texts]
    bot_name: Callable[[], str] = lambda: ""


@dataclass(frozen=True)
class Case:
    """A claimed notice to a person at the moment of sending; `values` is its body."""

    session: Session
    notice: Notice
    values: dict[str, Any]
    person: Person
    now: datetime
    today: date
    texts: Texts
    context: Context

    @property
    def config(self) -> Config:
        """The office's configuration."""
        return self.context.config


Make = Callable[[Case], Awaitable[Body | None]]
"""Makes the message, or None where it has become pointless."""


def nominate_button(texts: Texts) -> Button:
    """The way to nominate somebody."""
    return Button(texts.plain("button.nominate"), str(Call("n", 0, 0, "more")))


async def unit_name(session: Session, unit_id: UnitId) -> str:
    """The unit's name. Raises KeyError."""
    return {unit.id: unit.name for unit in await units.list_units(session)}[unit_id]
