"""The judge: what Telegram accepted, held against what had to be delivered. The bot is not asked."""

import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from bot.messages import read_call
from tests.simulation.expecting import Expectations, Expected, PostRow
from tests.simulation.fitting import Fitting
from tests.simulation.life import Accepted
from tests.simulation.outcome import Outcome
from tests.simulation.rows import Row, read_posts, read_rows

DEADLINES = frozenset({"reminder", "overdue", "snooze", "asked"})
"""What is sent once more, labelled, where it is in doubt."""
LABEL = "có thể đồng chí đã nhận"
LATE = timedelta(hours=1)
_MOST_TOLD = 12


@dataclass
class Tally:
    """Of one kind: numbers of messages to one person each."""

    expected: int = 0
    delivered: int = 0
    in_doubt: int = 0
    expired: int = 0
    lost: int = 0
    doubled: int = 0
    late: int = 0

    def add(self, other: "Tally") -> None:
        """Both together."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


@dataclass
class Verdict:
    """By kind, and every story that should not have happened (`wrong`, counted by its sort)."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    wrong: Counter[str] = field(default_factory=Counter)
    stories: list[str] = field(default_factory=list)

    def blame(self, sort: str, story: str) -> None:
        """Something that should not have happened."""
        self.wrong[sort] += 1
        if self.wrong[sort] <= _MOST_TOLD:
            self.stories.append(f"{sort}: {story}")

    def add(self, other: "Verdict") -> None:
        """Several years together."""
        for kind, tally in other.tallies.items():
            self.tallies[kind].add(tally)
        self.wrong += other.wrong
        self.stories += other.stories


def judge(outcome: Outcome) -> Verdict:
    """One year."""
    with sqlite3.connect(outcome.path) as connection:
        connection.row_factory = sqlite3.Row
        posts = read_posts(connection)
        rows = read_rows(connection, posts)
        missed = {
            (row["kind"], row["key"])
            for row in connection.execute("select kind, key from occurrences where state = 'missed'")
        }
    connection.close()
    return _Judge(outcome, rows, posts, missed).verdict()


class _Judge:
    def __init__(
        self, outcome: Outcome, rows: dict[int, Row], posts: list[PostRow], missed: set[tuple[str, str]]
    ) -> None:
        self._outcome, self._rows, self._posts, self._missed = outcome, rows, posts, missed
        self._verdict = Verdict()
        self._arrived: dict[tuple[object, ...], list[Accepted]] = defaultdict(list)
        self._by_notice: dict[int, list[Accepted]] = defaultdict(list)
        self._by_key: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        for row in rows.values():
            self._by_key[row.kind, row.key, row.person_id].append(row)

    def verdict(self) -> Verdict:
        for mistake in self._outcome.mistakes:
            self._verdict.blame("mistake logged", mistake)
        for message in self._outcome.record.accepted:
            if message.notice_id:
                self._take(message)
        snoozed = {row.id: (row.unit_id, row.period) for row in self._rows.values() if row.unit_id}
        expected = list(Expectations(self._outcome, self._posts, snoozed).all())
        self._look_at_messages(expected)
        self._look_at_copies()
        for one in expected:
            self._look_for(one)
        self._look_at_rows()
        self._look_at_posts()
        return self._verdict

    # --- what arrived ---

    def _take(self, message: Accepted) -> None:
        row = self._rows.get(message.notice_id)
        if row is None:
            self._verdict.blame(
                "without a row", f"{message.text[:60]!r} to {message.chat_id} at {message.at}"
            )
            return
        self._arrived[row.kind, row.key, row.person_id].append(message)
        self._by_notice[row.id].append(message)
        if self._outcome.staff.people[row.person_id].chat_id != message.chat_id:
            self._verdict.blame("to somebody else", self._story(row, message))
        for data in message.buttons:
            call = read_call(data)
            if call and call.flow == "x" and call.row != row.id:
                self._verdict.blame("another's button", self._story(row, message))

    def _look_at_messages(self, expected: list[Expected]) -> None:
        by_key = {(one.kind, one.key, one.person_id): one for one in expected}
        fitting = Fitting(self._outcome, self._posts, by_key)
        for notice_id, messages in self._by_notice.items():
            row = self._rows[notice_id]
            for message in messages:
                for sort in fitting.what_is_wrong(row, message):
                    self._verdict.blame(sort, self._story(row, message))

    def _look_at_copies(self) -> None:
        for (kind, _key, _person_id), messages in self._arrived.items():
            messages.sort(key=lambda message: message.true_s)
            labelled = [LABEL in message.text for message in messages]
            row = self._rows[messages[0].notice_id]
            most = 2 if kind in DEADLINES else 1
            if len(messages) > most:
                self._verdict.tallies[str(kind)].doubled += len(messages) - most
                self._verdict.blame("doubled", self._story(row, messages[-1]))
            elif len(messages) == 2 and labelled != [False, True]:
                self._verdict.blame("unlabelled copy", self._story(row, messages[-1]))
            elif any(labelled) and kind not in DEADLINES:
                self._verdict.blame("label", self._story(row, messages[-1]))

    # --- what had to arrive ---

    def _look_for(self, one: Expected) -> None:
        tally = self._verdict.tallies[one.kind]
        messages = self._arrived.get((one.kind, one.key, one.person_id), [])
        rows = self._by_key.get((one.kind, one.key, one.person_id), [])
        if messages:
            tally.expected += 1
            tally.delivered += 1
            tally.late += messages[0].at > one.due_at + LATE
        elif one.sure is not None:
            tally.expected += 1
            if self._is_in_doubt(one, rows):
                tally.in_doubt += 1
            else:
                tally.lost += 1
                states = ", ".join(f"{row.state} {row.error}" for row in rows) or "no row"
                self._verdict.blame(
                    "lost", f"{one.kind} {one.key} to {one.person_id}, sure by {one.sure}: {states}"
                )
        elif any(row.state == "expired" for row in rows) or (
            not rows and any((kind, one.key[0]) in self._missed for kind in (one.kind, "greeting", "content"))
        ):
            tally.expired += 1
        elif any(row.state == "unknown" for row in rows):
            tally.expected += 1
            tally.in_doubt += 1

    def _is_in_doubt(self, one: Expected, rows: list[Row]) -> bool:
        for row in rows:
            doubts = self._outcome.record.doubts.get(row.id, [])
            if len(doubts) > 1 or (doubts and one.kind not in DEADLINES):
                return True
            if doubts and one.again(doubts[0]) is None:
                return True
        return False

    # --- what the bot believes ---

    def _look_at_rows(self) -> None:
        end = self._outcome.end
        for row in self._rows.values():
            arrived = len(self._by_notice.get(row.id, ()))
            doubts = self._outcome.record.doubts.get(row.id, [])
            if row.state == "sent" and not arrived:
                self._verdict.blame("believed sent", self._story(row))
            if arrived and row.state not in {"sent", "unknown"} and row.copy == 1:
                self._verdict.blame("arrived, not believed", self._story(row))
            if row.state == "unknown" and not doubts:
                self._verdict.blame("doubt without cause", self._story(row))
            if row.state == "failed" and not self._outcome.known.may_be_blocked(
                self._outcome.staff.people[row.person_id].chat_id or 0, row.changed_at, row.changed_at
            ):
                self._verdict.blame("given up", f"{self._story(row)}: {row.error}")
            if row.state in {"pending", "sending"} and row.due_at < end - timedelta(days=5):
                self._verdict.blame("stuck", self._story(row))

    def _look_at_posts(self) -> None:
        reported = {row.key for row in self._rows.values() if row.kind == "post_report"}
        for post in self._posts:
            old = post.send_at < self._outcome.end - timedelta(days=12)
            if old and post.state in {"approved", "sending"}:
                self._verdict.blame("post stuck", f"{post.key} {post.state}")
            if post.state == "done" and (post.id,) not in reported:
                self._verdict.blame("no report", post.key)

    def _story(self, row: Row, message: Accepted | None = None) -> str:
        at = f", arrived {message.at:%Y-%m-%d %H:%M:%S}" if message else ""
        return (
            f"#{row.id} {row.kind} {row.key} ({row.occurrence}) to {row.person_id}, {row.state}"
            f" {row.changed_at:%Y-%m-%d %H:%M:%S}, copy {row.copy}{at}"
        )
