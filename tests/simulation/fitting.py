"""Whether a message that arrived was fit to: not early, at an hour of its sort, to whom it was for."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from bot.domain.hours import Hours
from bot.domain.people import PersonId
from tests.simulation.acting import HEADS
from tests.simulation.expecting import CLERKS, LEADERS, Expected, PostRow
from tests.simulation.knowledge import Deed
from tests.simulation.life import Accepted
from tests.simulation.outcome import Outcome
from tests.simulation.rows import Row

SLACK = timedelta(minutes=2)
"""What was claimed in time may arrive a little later."""
_WORK = frozenset(
    {"reminder", "overdue", "asked", "silent", "unreachable", "invitation", "post_review", "post_warning"}
)


class Fitting:
    """`expected` by kind, key and person; what is not in there, and not of a kind that is never, is unfit."""

    def __init__(
        self,
        outcome: Outcome,
        posts: list[PostRow],
        expected: Mapping[tuple[str, tuple[object, ...], PersonId], Expected],
    ) -> None:
        self._outcome, self._posts, self._expected = outcome, posts, expected
        self._table, self._zone = outcome.config.timetable, outcome.config.office.timezone

    def what_is_wrong(self, row: Row, message: Accepted) -> Iterator[str]:
        """Each sort of mistake with a message that arrived."""
        at, true_s = message.at, message.true_s
        if any(after <= at <= after + 3 * SLACK for _, after in self._outcome.known.jumps):
            return  # the clock was set while it was on its way
        hours = self._hours(row)
        if not any(hours in self._table.open_hours(when) for when in (at, at - SLACK)):
            local = at.astimezone(self._zone)
            quiet = self._table.quiet.hold(local.time())
            yield "in quiet hours" if quiet else "on a day off"
        one = self._expected.get((row.kind, row.key, row.person_id))
        if one is not None:
            if at < one.due_at and row.kind != "post":
                yield "early"
            if at >= one.expires_at + SLACK:
                yield "too late"
        elif row.kind in {"reminder", "overdue", "silent", "invitation", "post_warning"}:
            yield "unexpected"
        yield from self._of_person(row, at, true_s)

    def _hours(self, row: Row) -> Hours:
        if row.kind in _WORK:
            return Hours.WORK
        if row.kind == "post" and row.post:
            return Hours.WORK if row.post.kind == "content" else Hours.DAYTIME
        if row.kind == "post_report" and row.post and row.post.kind != "announcement":
            return Hours.WORK
        return Hours.ANY

    def _of_person(self, row: Row, at: datetime, true_s: float) -> Iterator[str]:
        one, known, day = (
            self._outcome.staff.people[row.person_id],
            self._outcome.known,
            self._day(at - SLACK),
        )
        if row.unit_id is not None:
            heads = any(one.has(HEADS, on, row.unit_id) for on in (day, self._day(at)))
            if not heads:
                yield "to one who is no head"
            if _done(known.answers.get((row.unit_id, row.period)), true_s):
                yield "to one who answered"
        elif row.kind == "invitation":
            assert one.chat_id is not None
            if _done(known.opted_out.get(one.chat_id), true_s):
                yield "to one who opted out"
            if _done(known.nominated.get((one.chat_id, row.period)), true_s):
                yield "to one who nominated"
        elif row.kind in {"unreachable", "post_review", "post_warning"}:
            if not one.has(CLERKS, day):
                yield "to one who is no clerk"
        elif row.kind == "silent" and not one.has(CLERKS | LEADERS, day):
            yield "to one who is no clerk"
        elif row.kind == "post" and row.post:
            yield from self._of_post(row.post, at, true_s)

    def _of_post(self, post: PostRow, at: datetime, true_s: float) -> Iterator[str]:
        if at < post.send_at:
            yield "early"
        decision = self._outcome.known.decisions.get(post.id)
        unasked = self._outcome.config.big_days.unanswered == "send"
        if (decision is None and not unasked) or (
            decision and decision.verdict == "skip" and _done(decision, true_s)
        ):
            yield "unapproved"

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()


def _done(deed: Deed | None, true_s: float) -> bool:
    return deed is not None and deed.handled_s + SLACK.total_seconds() < true_s
