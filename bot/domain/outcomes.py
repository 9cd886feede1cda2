"""What became of a nomination, as its nominator may know it."""

from enum import StrEnum


class Outcome(StrEnum):
    """How far a nomination has come. What the nominee said about publication is in none of them."""

    WAITING = "waiting"
    OPENED = "opened"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    HONOURED = "honoured"
    WITHDRAWN = "withdrawn"


def outcome_of(
    *, withdrawn: bool, opened: bool, answered: bool, chosen: bool, final: bool, public: bool
) -> Outcome:
    """Where a nomination stands.

    Args:
        answered: its unit has answered for the month.
        chosen: the unit has chosen it.
        final: the answer will not change any more: it has been accepted, or the month has closed.
        public: everybody may see it honoured.
    """
    if withdrawn:
        return Outcome.WITHDRAWN
    if public:
        return Outcome.HONOURED
    if answered and final:
        return Outcome.CHOSEN if chosen else Outcome.NOT_CHOSEN
    return Outcome.OPENED if opened else Outcome.WAITING
