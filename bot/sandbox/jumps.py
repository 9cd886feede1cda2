"""Where the sandbox's clock is worth turning to: what falls due next, by the office's own timetable."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.timetable import Occasion, OccasionKind, Timetable
from bot.sandbox.refusals import Json

_AHEAD = timedelta(days=800)
_APPEAL = (6, 11)


def list_jumps(timetable: Timetable, now: datetime) -> list[Json]:
    """Moments to come, each `{"name", "at", "kind"}`; those that this office does not have are left out.

    `name`: `next` (whatever is sent next), `month`, `quarter` (heads are asked to choose), `review` (the
    secretariat is shown the message of 11 June), `appeal` (it goes out). `kind` is the occasion's.
    """
    coming = [one for one in timetable.between(now, now + _AHEAD) if one.kind is not OccasionKind.CLOSE]
    asked: dict[str, Callable[[Occasion], bool]] = {
        "next": lambda _: True,
        "month": lambda one: _is_reminder(one, months=1),
        "quarter": lambda one: _is_reminder(one, months=3),
        "review": lambda one: one.kind is OccasionKind.REVIEW and _is_of_appeal(one),
        "appeal": lambda one: one.kind is OccasionKind.GREETING and _is_of_appeal(one),
    }
    zone = timetable.zone
    found = ((name, next(filter(fits, coming), None)) for name, fits in asked.items())
    return [
        {"name": name, "at": one.due_at.astimezone(zone).isoformat(), "kind": one.kind.value}
        for name, one in found
        if one is not None
    ]


def _is_reminder(occasion: Occasion, *, months: int) -> bool:
    is_reminder = occasion.kind is OccasionKind.REMINDER
    return is_reminder and occasion.period is not None and occasion.period.months == months


def _is_of_appeal(occasion: Occasion) -> bool:
    return occasion.day_on is not None and (occasion.day_on.month, occasion.day_on.day) == _APPEAL
