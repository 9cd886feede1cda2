"""The bot's rows as the judge reads them: which message each notice is, in the judge's own words."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import from_us
from bot.domain.people import PersonId, UnitId
from tests.simulation.expecting import PostRow


@dataclass(frozen=True)
class Row:
    """A notice. `kind` and `key` are the judge's: a reminder that was asked for is a `snooze` or `asked`."""

    id: int
    kind: str
    key: tuple[object, ...]
    occurrence: str
    person_id: PersonId
    state: str
    error: str
    copy: int
    due_at: datetime
    changed_at: datetime
    unit_id: UnitId | None
    period: str
    post: PostRow | None


def read_posts(connection: sqlite3.Connection) -> list[PostRow]:
    """Every message to many."""
    return [
        PostRow(
            row["id"],
            row["kind"],
            row["key"],
            row["state"],
            from_us(row["send_at"]),
            from_us(row["expires_at"]) if row["expires_at"] else None,
            row["decided_by"],
        )
        for row in connection.execute("select * from posts order by id")
    ]


def read_rows(connection: sqlite3.Connection, posts: Sequence[PostRow]) -> dict[int, Row]:
    """Every notice, by number."""
    by_id = {post.id: post for post in posts}
    return {row["id"]: _read(row, by_id) for row in connection.execute("select * from notices order by id")}


def _read(row: sqlite3.Row, posts: dict[int, PostRow]) -> Row:
    body = json.loads(row["body"])
    unit_id, period = body.get("unit_id"), str(body.get("period", ""))
    post = posts.get(body.get("post_id", 0))
    kind, key = _named(row["kind"], row["occurrence"], unit_id, period, post)
    return Row(
        row["id"],
        kind,
        key,
        row["occurrence"],
        row["person_id"],
        row["state"],
        row["error"] or "",
        row["copy"],
        from_us(row["due_at"]),
        from_us(row["changed_at"]),
        unit_id,
        period,
        post,
    )


def _named(
    kind: str, occurrence: str, unit_id: UnitId | None, period: str, post: PostRow | None
) -> tuple[str, tuple[object, ...]]:
    if kind in {"reminder", "overdue"}:
        if ":again:" in occurrence:
            return "snooze", (unit_id, period, datetime.fromisoformat(occurrence.rpartition(":again:")[2]))
        if ":asked:" in occurrence:
            return "asked", (occurrence,)
        about, _, _ = occurrence.rpartition(":")
        return kind, (about, unit_id)
    if post is not None and kind in {"post", "post_review", "post_warning"}:
        if post.kind == "announcement":
            return "announcement", (post.id,)
        return kind, (post.key,)
    if post is not None and kind == "post_report":
        return kind, (post.id,)
    return kind, (occurrence,)
