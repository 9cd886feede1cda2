"""What has become of a message to many, person by person."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.people import Person
from bot.operations.find_audience import find_audience
from bot.texts import N_
from storage import people, posts
from storage.database import Session
from storage.notices import State
from storage.posts import Delivery, Post

OPEN_STATES = frozenset({State.PENDING, State.SENDING, State.HELD})
"""The states of a notice that something more will become of."""


class Outcome(StrEnum):
    """What a message to many has come to for somebody."""

    DELIVERED = "delivered"
    DOUBTFUL = "doubtful"
    """Telegram's answer got lost: it may have arrived, and is not sent again."""
    UNREACHED = "unreached"


@dataclass(frozen=True)
class Line:
    """A person and, where the message did not arrive, the id of the words why."""

    person: Person
    why: str = ""


async def report_post(session: Session, post: Post, today: date) -> dict[Outcome, list[Line]]:
    """Everybody it was for, by what has become of it; who cannot be reached is asked of the audience now."""
    deliveries = {one.person_id: one for one in await posts.list_deliveries(session, post)}
    circle = await find_audience(session, post.audience, today)
    known = {person.id: person for person in await people.list_people(session)}
    report: dict[Outcome, list[Line]] = {outcome: [] for outcome in Outcome}
    for person_id, delivery in deliveries.items():
        person = known[person_id]
        outcome = _OUTCOMES.get(State(delivery.state), Outcome.UNREACHED)
        why = _why(person, delivery) if outcome is Outcome.UNREACHED else ""
        report[outcome].append(Line(person, why))
    report[Outcome.UNREACHED] += [
        Line(person, _why(person, None)) for person in circle.others if person.id not in deliveries
    ]
    for lines in report.values():
        lines.sort(key=lambda line: (line.person.unit_name, line.person.full_name, line.person.id))
    return report


_OUTCOMES = {State.SENT: Outcome.DELIVERED, State.UNKNOWN: Outcome.DOUBTFUL}


def _why(person: Person, delivery: Delivery | None) -> str:
    if delivery and delivery.state == State.EXPIRED:
        return N_("report.expired")
    if person.left or person.erased:
        return N_("report.left")
    if person.blocked or (delivery and delivery.error == "blocked"):
        return N_("report.blocked")
    if person.telegram_id is None:
        return N_("report.outside")
    if person.consent_version == 0:
        return N_("report.no_consent")
    if delivery and delivery.state == State.CANCELLED:
        return N_("report.called_off")
    return N_("report.refused")
