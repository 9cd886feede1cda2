"""What had to be delivered in a year, by the calendar and by what people did: to whom, when, once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.hours import Hours
from bot.domain.people import PersonId, UnitId
from bot.domain.periods import read_period
from bot.domain.roles import Role
from bot.domain.timetable import CONTENT, Occasion, OccasionKind
from tests.simulation.acting import HEADS
from tests.simulation.knowledge import Deed, Knowledge
from tests.simulation.office_of_sixty import Colleague
from tests.simulation.outcome import Outcome
from tests.simulation.windows import Windows

CLERKS, LEADERS = frozenset({Role.SECRETARIAT}), frozenset({Role.LEADER})

Holds = Callable[[datetime, datetime], bool]
"""Whether the reason to send held all the time from one instant to another."""


@dataclass(frozen=True)
class Expected:
    """A message that somebody had to get between two instants, at hours of a sort, if the weather let it.

    `key` names it for the judge: kind and what it is about. `sure` is the instant by which it must have
    arrived; None where there was not time enough in which all was well.
    """

    kind: str
    key: tuple[object, ...]
    person_id: PersonId
    due_at: datetime
    expires_at: datetime
    hours: Hours
    sure: datetime | None
    again: Callable[[datetime], datetime | None]
    """By when it must have gone once more if it was in doubt at an instant."""


@dataclass(frozen=True)
class PostRow:
    """A message to many as the table `posts` has it."""

    id: int
    kind: str
    key: str
    state: str
    send_at: datetime
    expires_at: datetime | None
    decided_by: int | None


class Expectations:
    """All of them, of one year."""

    def __init__(
        self, outcome: Outcome, posts: list[PostRow], snoozed: dict[int, tuple[UnitId, str]]
    ) -> None:
        self._outcome, self._known = outcome, outcome.known
        self._table, self._zone = outcome.config.timetable, outcome.config.office.timezone
        self._windows = Windows(outcome.known.good, self._table)
        self._posts = {post.key: post for post in posts}
        self._snoozed = snoozed
        self._heads = {
            unit_id: [one for one in outcome.staff.people.values() if _heads_sometime(one, unit_id)]
            for unit_id in outcome.staff.units
        }
        self._reached = [one for one in outcome.staff.people.values() if one.chat_id is not None]

    def all(self) -> Iterator[Expected]:
        """Everything that fell due in the year."""
        for occasion in self._table.between(self._outcome.first_tick, self._outcome.end):
            match occasion.kind:
                case OccasionKind.REMINDER | OccasionKind.OVERDUE:
                    yield from self._reminders(occasion)
                case OccasionKind.SILENT:
                    yield from self._silent(occasion)
                case OccasionKind.INVITATION:
                    yield from self._invitations(occasion)
                case OccasionKind.REVIEW | OccasionKind.WARNING:
                    yield from self._reviews(occasion)
                case OccasionKind.GREETING | OccasionKind.CONTENT:
                    yield from self._posts_of(occasion)
        yield from self._snoozes()
        yield from self._announcements()

    # --- cycles ---

    def _reminders(self, occasion: Occasion) -> Iterator[Expected]:
        period = str(occasion.period)
        anybody_alone = False
        for unit_id in self._outcome.staff.units:
            answer = self._known.answers.get((unit_id, period))
            heads = [one for one in self._heads[unit_id] if self._ever_heads(one, unit_id, occasion)]
            for one in heads:
                if one.chat_id is not None:
                    yield self._expect(
                        occasion.kind.value,
                        (occasion.key, unit_id),
                        one,
                        occasion.due_at,
                        occasion.expires_at,
                        self._while_heading(one, unit_id, answer),
                    )
            anybody_alone |= not any(one.chat_id is not None for one in heads) and answer is None
        if anybody_alone:
            for clerk in self._clerks():
                key = (f"{occasion.kind.value}:{occasion.key}",)
                yield self._expect("unreachable", key, clerk, occasion.due_at, occasion.expires_at, _always)

    def _silent(self, occasion: Occasion) -> Iterator[Expected]:
        period = str(occasion.period)
        answers = [self._known.answers.get((unit_id, period)) for unit_id in self._outcome.staff.units]
        last = None if None in answers else max((one for one in answers if one), key=lambda deed: deed.at)
        told = self._clerks()
        if self._outcome.config.month.tell_leader and occasion.period and occasion.period.months == 1:
            told += [one for one in self._reached if one.has(LEADERS, occasion.on)]
        for one in told:
            yield self._expect(
                "silent", (occasion.key,), one, occasion.due_at, occasion.expires_at, _before(last)
            )

    def _invitations(self, occasion: Occasion) -> Iterator[Expected]:
        for one in self._reached:
            assert one.chat_id is not None
            deeds = (
                self._known.opted_out.get(one.chat_id),
                self._known.nominated.get((one.chat_id, occasion.key)),
            )
            yield self._expect(
                "invitation", (occasion.key,), one, occasion.due_at, occasion.expires_at, _before(*deeds)
            )

    def _snoozes(self) -> Iterator[Expected]:
        for snooze in self._known.snoozes:
            if (
                snooze.notice_id not in self._snoozed
                or snooze.handled is None
                or snooze.handled >= snooze.due_at
            ):
                continue
            unit_id, period = self._snoozed[snooze.notice_id]
            one = self._outcome.staff.people[snooze.person_id]
            closes_at = self._closes_at(period)
            if snooze.due_at < closes_at:
                yield self._expect(
                    "snooze",
                    (unit_id, period, snooze.due_at),
                    one,
                    snooze.due_at,
                    closes_at,
                    self._while_heading(one, unit_id, self._known.answers.get((unit_id, period))),
                    hours=Hours.ANY,
                    holds_from=snooze.at,
                )

    # --- messages to many ---

    def _reviews(self, occasion: Occasion) -> Iterator[Expected]:
        kind = "post_review" if occasion.kind is OccasionKind.REVIEW else "post_warning"
        post = self._posts.get(_post_key(occasion))
        if post is None and occasion.day_id == CONTENT:
            return  # the library is used up
        decision = self._known.decisions.get(post.id) if post else None
        for clerk in self._clerks():
            yield self._expect(
                kind, (_post_key(occasion),), clerk, occasion.due_at, occasion.expires_at, _before(decision)
            )

    def _posts_of(self, occasion: Occasion) -> Iterator[Expected]:
        post = self._posts.get(_post_key(occasion))
        decision = self._known.decisions.get(post.id) if post else None
        unasked = self._outcome.config.big_days.unanswered == "send"
        if decision is None and not unasked:
            return
        if decision and (decision.verdict != "approve" or decision.handled is None):
            return
        begin = max(occasion.due_at, decision.handled) if decision and decision.handled else occasion.due_at
        hours = Hours.WORK if occasion.kind is OccasionKind.CONTENT else Hours.DAYTIME
        day = self._table.find_big_day(occasion.day_id)
        for one in self._reached:
            if day is None or _is_in(one, day.audience, occasion.on):
                yield self._expect(
                    "post", (_post_key(occasion),), one, begin, occasion.expires_at, _always, hours=hours
                )

    def _announcements(self) -> Iterator[Expected]:
        for post_id, announced in self._known.announced.items():
            for person_id in sorted(announced.people):
                one = self._outcome.staff.people[person_id]
                key, send_at, end = (post_id,), announced.send_at, announced.expires_at
                yield self._expect("announcement", key, one, send_at, end, _always, hours=Hours.ANY)

    # --- parts ---

    def _expect(
        self,
        kind: str,
        key: tuple[object, ...],
        one: Colleague,
        begin: datetime,
        end: datetime,
        holds: Holds,
        *,
        hours: Hours = Hours.WORK,
        holds_from: datetime | None = None,
    ) -> Expected:
        chat_id = one.chat_id
        assert chat_id is not None

        def sure_from(at: datetime, held_from: datetime) -> datetime | None:
            sure = self._windows.sure(at, min(end, self._outcome.end), hours)
            if sure is None or self._known.may_be_blocked(chat_id, held_from, sure):
                return None
            return sure if holds(held_from, sure) else None

        sure = sure_from(begin, holds_from or begin)
        return Expected(kind, key, one.id, begin, end, hours, sure, lambda at: sure_from(at, begin))

    def _ever_heads(self, one: Colleague, unit_id: UnitId, occasion: Occasion) -> bool:
        days = (self._day(occasion.expires_at) - occasion.on).days
        return any(one.has(HEADS, occasion.on + timedelta(days=n), unit_id) for n in range(days + 1))

    def _while_heading(self, one: Colleague, unit_id: UnitId, answer: Deed | None) -> Holds:
        def holds(begin: datetime, end: datetime) -> bool:
            heads = all(one.has(HEADS, self._day(at), unit_id) for at in (begin, end))
            return heads and (answer is None or answer.at > end)

        return holds

    def _clerks(self) -> list[Colleague]:
        return [one for one in self._reached if one.has(CLERKS, self._day(self._outcome.begin))]

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()

    def _closes_at(self, period: str) -> datetime:
        found = read_period(period)
        assert found is not None
        return self._table.closes_at(found)


def _heads_sometime(one: Colleague, unit_id: UnitId) -> bool:
    return any(post.role in HEADS and post.unit_id == unit_id for post in one.posts)


def _always(_begin: datetime, _end: datetime) -> bool:
    return True


def _before(*deeds: Deed | None) -> Holds:
    """Until the first of some deeds."""
    return lambda _begin, end: all(deed is None or deed.at > end for deed in deeds)


def _post_key(occasion: Occasion) -> str:
    return f"{'content' if occasion.day_id == CONTENT else 'big_day'}:{occasion.key}"


def _is_in(one: Colleague, audience: object, on: date) -> bool:
    units, roles = getattr(audience, "units", ()), frozenset(getattr(audience, "roles", ()))
    assert not units, "the judge knows no big day for some units alone"
    return not roles or Role.EMPLOYEE in roles or one.has(roles, on)


__all__ = ["Expectations", "Expected", "Knowledge", "PostRow"]
