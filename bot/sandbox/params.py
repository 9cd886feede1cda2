"""The parameters of one call, as a form, a query or JSON brings them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.sandbox.refusals import Json, Refused, bad_request

_WHOLE: Final = re.compile(r"-?[0-9]{1,18}")


@dataclass(frozen=True)
class Upload:
    """A file that came with a call or from a phone."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


class Params:
    """Reads values that may be native or, as in forms, text holding JSON."""

    def __init__(self, values: Mapping[str, Any], files: Mapping[str, Upload]) -> None:
        self._values = {name: value for name, value in values.items() if value is not None}
        self.files = files

    def __contains__(self, name: str) -> bool:
        return name in self._values or name in self.files

    def values(self) -> Mapping[str, Any]:
        """All values, as they came."""
        return self._values

    def text(self, name: str) -> str | None:
        """The value as text; None where it is missing.

        Raises:
            Refused: it holds half a character.
        """
        value = self._values.get(name)
        if value is None or isinstance(value, int):
            return value if value is None else str(value)
        text = value if isinstance(value, str) else json.dumps(value)
        try:
            text.encode()
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
        return text

    def whole(self, name: str) -> int | None:
        """The value as an integer; None where it is missing or empty.

        Raises:
            Refused: it is not a number, or has more than 18 digits.
        """
        value = self._values.get(name)
        if value is None or value == "":
            return None
        written = str(value)
        if not _WHOLE.fullmatch(written):
            raise bad_request(f'parameter "{name}" must be an integer')
        return int(written)

    def flag(self, name: str) -> bool:
        """The value as Telegram reads booleans out of forms."""
        return str(self._values.get(name, "")).lower() in {"true", "1", "yes", "t", "y"}

    def object(self, name: str) -> Json | None:
        """A JSON object; None where it is missing.

        Raises:
            Refused: it is something else.
        """
        value = self._nested(name)
        if value is not None and not isinstance(value, dict):
            raise _unparsable(name)
        return value

    def objects(self, name: str) -> list[Json]:
        """A list of JSON objects; empty where it is missing.

        Raises:
            Refused: it is something else.
        """
        items = self.array(name) or []
        if not all(isinstance(item, dict) for item in items):
            raise _unparsable(name)
        return items

    def array(self, name: str) -> list[Any] | None:
        """A JSON array; None where it is missing.

        Raises:
            Refused: it is something else.
        """
        value = self._nested(name)
        if value is not None and not isinstance(value, list):
            raise _unparsable(name)
        return value

    def _nested(self, name: str) -> Any:
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise _unparsable(name) from None

    def file(self, name: str) -> Upload | str | None:
        """The file sent as the part `name`, or by `attach://`, or the text of a `file_id` or address."""
        return self.files.get(name) or self.attached(self.text(name))

    def attached(self, reference: str | None) -> Upload | str | None:
        """What an `InputFile` field of a nested object stands for.

        Raises:
            Refused: `attach://` names a part that did not come.
        """
        if reference is None or not reference.startswith("attach://"):
            return reference
        upload = self.files.get(reference.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f'file "{reference.removeprefix("attach://")}" not found')
        return upload


def _unparsable(name: str) -> Refused:
    return bad_request(f"can't parse {name.replace('_', ' ')} JSON object")
