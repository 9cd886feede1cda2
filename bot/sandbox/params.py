"""The parameters of one call, as a form, a query or JSON brings them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.refusals import bad_request


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
        """The value as text; None where it is missing."""
        value = self._values.get(name)
        return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def whole(self, name: str) -> int | None:
        """The value as an integer; None where it is missing or empty.

        Raises:
            Refused: it is not a number.
        """
        value = self._values.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f'parameter "{name}" must be an integer') from None

    def flag(self, name: str) -> bool:
        """The value as Telegram reads booleans out of forms."""
        return str(self._values.get(name, "")).lower() in {"true", "1", "yes", "t", "y"}

    def nested(self, name: str) -> Any:
        """An object or a list; None where it is missing.

        Raises:
            Refused: the text is not JSON.
        """
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

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
