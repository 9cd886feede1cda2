"""When two nominations are of one deed, and when one belongs to another unit: what a head may put right."""

from bot.domain.errors import Gone, Refused
from bot.domain.names import fold
from bot.domain.nominations import Nominee


def check_merge(*, same: bool, together: bool, is_part: bool, has_parts: bool, chosen: bool) -> None:
    """Raises Refused or Gone where one nomination may not become part of another.

    Args:
        same: they are one and the same.
        together: they are of one unit and one month.
        is_part: one of them is part of a nomination already.
        has_parts: the one that would become part has parts of its own.
        chosen: the one that would become part has been chosen.
    """
    if same or not together:
        raise Refused("mend.not_together")
    if is_part:
        raise Gone("mend.merged_already")
    check_alone(has_parts=has_parts, chosen=chosen)


def check_alone(*, has_parts: bool, chosen: bool) -> None:
    """Raises Refused for a nomination that has been chosen or holds others: these are let go first."""
    if chosen:
        raise Refused("mend.chosen")
    if has_parts:
        raise Refused("mend.has_parts")


def is_same_nominee(one: Nominee, other: Nominee) -> bool:
    """Whether two nominations honour the same, whatever unit they were sent to."""
    if one.person_id is not None or other.person_id is not None:
        return one.person_id == other.person_id
    return one.kind is other.kind and fold(one.name) == fold(other.name)
