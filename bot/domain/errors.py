"""What can go wrong for a person, each error with the message that tells them what to do.

GuongSangError
├── Refused          a rule says no; nothing was changed
│   ├── NotAllowed   the person has no right to this row
│   └── Gone         the row is not in the state the button was made for
└── BadInput         what was typed cannot be used; it is kept
"""

from bot.domain.writing import Problem


class GuongSangError(Exception):
    """Root of the errors a person can meet."""


class Refused(GuongSangError):
    """A rule says no. `message_id` and `values` are what the person reads."""

    def __init__(self, message_id: str, **values: object) -> None:
        super().__init__(message_id)
        self.message_id = message_id
        self.values = values


class NotAllowed(Refused):
    """The person has no right to do this to this row."""


class Gone(Refused):
    """The row has moved on: sent, withdrawn, opened, too late."""


class BadInput(GuongSangError):
    """What was typed cannot be used: everything that is wrong with it, at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(problem.id for problem in problems))
        self.problems = problems
