"""People for benchmarks: each does the next thing of a script as soon as the answer to the last is there.

A script is a list of what a person types, or ``tap who``: the button whose data says ``:who:``.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Update = dict[str, Any]
Rows = Sequence[Sequence[dict[str, Any]]]

_TAP = "tap "


class Stuck(Exception):
    """A bot's answer had not the button that the script wants pressed."""


class Person:
    """One who acts by the script; `due` are the instants at which the next things were to be done."""

    def __init__(self, user_id: int, script: Sequence[str]) -> None:
        self.user_id = user_id
        self._script = script
        self._step = 0
        self._round = user_id
        self._message_id = 0
        self._rows: Rows = ()
        self.due: deque[float] = deque()
        self.acting_since: float | None = None

    def act(self, update_id: int) -> Update:
        """The next thing of the script, as the update that tells the bot."""
        said = self._script[self._step]
        self._step = (self._step + 1) % len(self._script)
        self._round += self._step == 0
        self.acting_since = self.due.popleft()
        if said.startswith(_TAP):
            return self._tap(update_id, said.removeprefix(_TAP))
        return {"update_id": update_id, "message": self._message(update_id, said)}

    def look(self, message_id: int, rows: Rows) -> None:
        """See the answer."""
        self._message_id, self._rows = message_id, rows

    def _tap(self, update_id: int, act: str) -> Update:
        fitting = [
            str(button["callback_data"])
            for row in self._rows
            for button in row
            if f":{act}:" in button.get("callback_data", "")
        ]
        if not fitting:
            raise Stuck(f"nothing to {act} among {self._rows}")
        message = self._message(self._message_id, "…") | {"reply_markup": {"inline_keyboard": self._rows}}
        query = {
            "id": str(update_id),
            "from": self._self(),
            "chat_instance": "1",
            "data": fitting[self._round % len(fitting)],
            "message": message,
        }
        return {"update_id": update_id, "callback_query": query}

    def _message(self, message_id: int, text: str) -> dict[str, Any]:
        chat = {"id": self.user_id, "type": "private", "first_name": "Lan"}
        message = {
            "message_id": message_id,
            "date": 1_795_000_000,
            "chat": chat,
            "from": self._self(),
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        return message

    def _self(self) -> dict[str, Any]:
        return {"id": self.user_id, "is_bot": False, "first_name": "Lan", "language_code": "vi"}


class Crowd:
    """People acting until `acts` things are done; `say` gets each update, `done` follows the last answer.

    With `per_second` things fall due at that rate, people in turn; otherwise each acts without a pause.
    """

    def __init__(
        self,
        people: Sequence[Person],
        acts: int,
        per_second: float,
        say: Callable[[Update], None],
        update_ids: Iterator[int],
    ) -> None:
        self._people = {person.user_id: person for person in people}
        self._acts, self._per_second = acts, per_second
        self._say, self._update_ids = say, update_ids
        self._begun = self._ended = 0
        self._loop = asyncio.get_running_loop()
        self.latencies_s: list[float] = []
        self.done: asyncio.Future[None] = self._loop.create_future()

    def begin(self) -> None:
        """Let the first things be done."""
        people = list(self._people.values())
        if not self._per_second:
            for person in people[: self._acts]:
                self._fall_due(person)
            return
        started = self._loop.time()
        for nth in range(self._acts):
            at = started + nth / self._per_second
            self._loop.call_at(at, self._fall_due, people[nth % len(people)])

    def answered(self, chat_id: int, message_id: int, rows: Rows) -> None:
        """A message for the person was accepted."""
        person = self._people.get(chat_id)
        if person is None or person.acting_since is None:
            return
        person.look(message_id, rows)
        self.latencies_s.append(self._loop.time() - person.acting_since)
        person.acting_since = None
        self._ended += 1
        if self._ended == self._acts:
            self.done.set_result(None)
        elif person.due:
            self._act(person)
        elif not self._per_second and self._begun < self._acts:
            self._fall_due(person)

    def _fall_due(self, person: Person) -> None:
        self._begun += 1
        person.due.append(self._loop.time())
        if person.acting_since is None:
            self._act(person)

    def _act(self, person: Person) -> None:
        try:
            self._say(person.act(next(self._update_ids)))
        except Stuck as stuck:
            if not self.done.done():
                self.done.set_exception(stuck)
