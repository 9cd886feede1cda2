"""Weeks from Monday to Sunday, by their Monday; written as ISO 8601 does: 2026-W48."""

import re
from datetime import date, timedelta


def monday_of(on: date) -> date:
    """The Monday of the week in which a day falls."""
    return on - timedelta(days=on.weekday())


def sunday_of(on: date) -> date:
    """The last day of the week in which a day falls."""
    return monday_of(on) + timedelta(days=6)


def write_week(on: date) -> str:
    """The week in which a day falls."""
    year, number, _ = on.isocalendar()
    return f"{year:04}-W{number:02}"


def read_week(text: str) -> date | None:
    """The Monday of the week that a person or a command names; None of anything else."""
    match = re.fullmatch(r"(\d{4})-[Ww](\d{2})", text.strip())
    if not match or int(match[1]) < 1900:
        return None
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None
