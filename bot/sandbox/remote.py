"""People acting in a running sandbox over its control interface: what scripts and the tour do."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

_REST_S = 0.05
_PATIENCE_S = 60.0
_NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class NotSeen(Exception):
    """What was waited for did not come; holds what was there instead."""


class Refusal(Exception):
    """The control interface said no."""


class Control:
    """The control interface at an address (docs/sandbox.md), for programs that may wait."""

    def __init__(self, address: str) -> None:
        self._address = f"{address}/sandbox"

    def get(self, path: str, **query: object) -> Any:
        """The answer as plain values. Raises Refusal."""
        return json.loads(self.read(path, **query))

    def read(self, path: str, **query: object) -> bytes:
        """The answer as it is. Raises Refusal."""
        asked = f"?{urlencode(query)}" if query else ""
        return _answer(urllib.request.Request(f"{self._address}{path}{asked}"))  # noqa: S310 - loopback

    def post(self, path: str, **body: object) -> Any:
        """Do something; the answer as plain values. Raises Refusal."""
        headers = {"Content-Type": "application/json"}
        data = json.dumps(body).encode()
        return json.loads(_answer(urllib.request.Request(f"{self._address}{path}", data, headers)))  # noqa: S310

    def phone(self, name: str, unit: str = "") -> "RemotePhone":
        """The phone of somebody, by name and perhaps a part of the unit's name. Raises LookupError."""
        for person in self.get("/people"):
            if person["name"] == name and unit in (person["unit"] or ""):
                return RemotePhone(self, person["user_id"], person)
        raise LookupError(name)


@dataclass(frozen=True)
class RemotePhone:
    """Somebody's private chat with the bot. `person` is as `GET /sandbox/people` lists them."""

    control: Control
    user_id: int
    person: dict[str, Any]

    def send(self, text: str) -> int:
        """Type a message; answers its id."""
        sent: int = self.control.post("/send", user_id=self.user_id, text=text)["message_id"]
        return sent

    def tap(self, message: dict[str, Any], label: str) -> None:
        """Press a button under a message. Raises Refusal where there is none."""
        self.control.post("/tap", user_id=self.user_id, message_id=message["message_id"], label=label)

    def messages(self) -> list[dict[str, Any]]:
        """What the bot has written in this chat, oldest first."""
        listed = self.control.get(f"/chats/{self.user_id}/messages")
        return [message for message in listed if message["from"]["is_bot"]]

    def wait(self, wanted: Callable[[dict[str, Any]], object], *, after: int = 0) -> dict[str, Any]:
        """The newest message of the bot behind message `after` that is as wanted, once there is one.

        Raises NotSeen.
        """
        found = wait_for(lambda: [m for m in self.messages() if m["message_id"] > after and wanted(m)])
        if not found:
            said = [str(message["text"] or message["caption"]) for message in self.messages()[-2:]]
            raise NotSeen("\n\n".join(said))
        newest: dict[str, Any] = found[-1]
        return newest

    def wait_button(self, label: str, *, after: int = 0) -> dict[str, Any]:
        """The newest message with a button. Raises NotSeen."""
        return self.wait(lambda message: label in labels(message), after=after)


def labels(message: dict[str, Any]) -> list[str]:
    """The labels of a message's buttons."""
    return [button["label"] for row in message["buttons"] for button in row]


def wait_for(look: Callable[[], Any]) -> Any:
    """What `look` finds, asked again and again; what it found last when patience has an end."""
    for _ in range(round(_PATIENCE_S / _REST_S)):
        found = look()
        if found:
            return found
        time.sleep(_REST_S)
    return look()


def _answer(request: urllib.request.Request) -> bytes:
    try:
        with _NO_PROXY.open(request, timeout=_PATIENCE_S) as response:
            answer: bytes = response.read()
            return answer
    except urllib.error.HTTPError as error:
        with error:
            raise Refusal(f"{error.code}: {error.read().decode()}") from None
