"""How the emulated Telegram says no, and how it fails to answer at all."""

from typing import Any

Json = dict[str, Any]


class Refused(Exception):
    """An answer with `ok: false`: HTTP status, Telegram's sentence, and `parameters` if any."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def payload(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class Unreachable(Exception):
    """No answer, and nothing was done: the fault `offline`."""


class LeftWaiting(Exception):
    """The call was carried out, but its answer does not come: the fault `timeout_after_accept`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no answer within {seconds} s")
        self.seconds = seconds


def bad_request(sentence: str, **parameters: int) -> Refused:
    """400, in Telegram's form."""
    return Refused(400, f"Bad Request: {sentence}", **parameters)


def forbidden(sentence: str) -> Refused:
    """403, in Telegram's form."""
    return Refused(403, f"Forbidden: {sentence}")
