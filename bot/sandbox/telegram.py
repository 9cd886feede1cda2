"""Telegram emulated: one object that answers the Bot API and lets people act, in-process or behind HTTP."""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot.sandbox import methods, profile_methods
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.params import Params, Upload
from bot.sandbox.people import People
from bot.sandbox.refusals import Json, LeftWaiting, Refused
from bot.sandbox.world import World

_TOKEN: Final = re.compile(r"(\d{1,16}):[A-Za-z0-9_-]{20,}")
_LONGEST_POLL_S: Final = 50
METHODS: Final[Mapping[str, Callable[[World, Params], Any]]] = {
    function.__name__.replace("_", ""): function
    for function in (
        methods.send_message,
        methods.send_photo,
        methods.send_document,
        methods.send_media_group,
        methods.edit_message_text,
        methods.edit_message_caption,
        methods.edit_message_media,
        methods.edit_message_reply_markup,
        methods.delete_message,
        methods.delete_messages,
        methods.answer_callback_query,
        methods.send_chat_action,
        methods.set_message_reaction,
        profile_methods.get_me,
        profile_methods.set_my_commands,
        profile_methods.get_my_commands,
        profile_methods.delete_my_commands,
        profile_methods.set_my_name,
        profile_methods.set_my_description,
        profile_methods.set_my_short_description,
        profile_methods.get_my_name,
        profile_methods.get_my_description,
        profile_methods.get_my_short_description,
        profile_methods.get_chat,
        profile_methods.get_chat_member,
        profile_methods.get_file,
        profile_methods.get_webhook_info,
        profile_methods.delete_webhook,
        profile_methods.set_webhook,
    )
}


class Telegram:
    """One bot's Telegram, kept in `folder`; no threads, one event loop.

    Args:
        folder: holds `telegram.db` and `files/`; made if it is not there.
        now: the instant it is, aware.
        bot_id: until a token names another.
        limits: whether Telegram's limits on sending hold from the start.

    Attributes:
        people: what people do.
        faults: what fails on purpose; add by `add_fault`, so that a waiting `getUpdates` notices.
        stopped: set by `stop`.
        answer_watchers: called with (method, result) of every call that is accepted.
    """

    def __init__(
        self,
        folder: Path,
        now: Callable[[], datetime],
        *,
        bot_id: int = 8_540_000_854,
        username: str = "guongsang_bot",
        name: str = "Gương Sáng",
        limits: bool = False,
    ) -> None:
        self.world = World(folder, now, bot_id=bot_id, username=username, name=name)
        self.people = People(self.world)
        self.faults = Faults(now, limits=limits)
        self.answer_watchers: list[Callable[[str, Any], None]] = []
        self._poll = 0
        self.stopped = asyncio.Event()

    def stop(self) -> None:
        """Let every waiting `getUpdates` and listener end; call this before a server shuts down."""
        self.stopped.set()
        self.world.arrived.set()
        self.world.end_listening()

    def close(self) -> None:
        """Stop, and close the files."""
        self.stop()
        self.world.close()

    def clear(self) -> None:
        """Forget everything, as if Telegram had never been used; those who listen have to listen anew."""
        self.faults.clear()
        self.world.clear()
        self.world.arrived.set()
        self.world.end_listening()

    def admit(self, token: str) -> None:
        """Check a token; the first one names the bot.

        Raises:
            Refused: 404 for one not of Telegram's form, 401 for another bot's.
        """
        match = _TOKEN.fullmatch(token)
        if match is None:
            raise Refused(404, "Not Found")
        bot_id = int(match.group(1))
        if self.world.bot.get("named"):
            if bot_id != self.world.bot["id"]:
                raise Refused(401, "Unauthorized")
            return
        with self.world.store.together():
            self.world.store.run(
                "update members set user_id = ? where user_id = ?", bot_id, self.world.bot["id"]
            )
            self.world.keep_bot(id=bot_id, named=True)

    def add_fault(self, fault: Fault) -> None:
        """Bring a fault into force at once."""
        self.faults.add(fault)
        self.world.arrived.set()

    async def call(
        self, method: str, params: Mapping[str, Any] | None = None, files: Mapping[str, Upload] | None = None
    ) -> tuple[int, Json]:
        """Carry out a method of the Bot API; answers HTTP status and body.

        Args:
            params: values as JSON or as the texts of a form.
            files: uploads, by the name of their part.

        Raises:
            Unreachable, LeftWaiting: no answer comes, on purpose.
        """
        name = method.lower()
        try:
            if name == "getupdates":
                result = await self._get_updates(Params(params or {}, {}))
            else:
                result = self._carry_out(method, Params(params or {}, files or {}))
        except Refused as refusal:
            return refusal.code, refusal.payload()
        for watcher in self.answer_watchers:
            watcher(method, result)
        return 200, {"ok": True, "result": result}

    def _carry_out(self, method: str, params: Params) -> Any:
        name = method.lower()
        chat_id = _chat_id(params)
        try:
            self.faults.before(name, chat_id)
            with self.world.store.together():
                result = METHODS.get(name, _unknown)(self.world, params)
                self._log(method, chat_id, params, result)
        except Refused as refusal:
            self._log(method, chat_id, params, refusal)
            raise
        seconds = self.faults.after(name, chat_id)
        if seconds is not None:
            raise LeftWaiting(seconds)
        return result

    def _log(self, method: str, chat_id: int | None, params: Params, result: Any) -> None:
        first = result[0] if isinstance(result, list) and result else result
        message = first if isinstance(first, dict) and "message_id" in first else {}
        text = message.get("text") or message.get("caption") or params.text("text") or params.text("caption")
        self.world.store.run(
            "insert into calls (method, chat_id, accepted, message_id, text, at) values (?, ?, ?, ?, ?, ?)",
            method,
            chat_id,
            not isinstance(result, Refused),
            message.get("message_id") or params.text("message_id"),
            text,
            self.world.seconds(),
        )

    async def _get_updates(self, params: Params) -> list[Json]:
        self.faults.before("getupdates", None)
        limit = min(max(params.whole("limit") or 100, 1), 100)
        patience = min(max(params.whole("timeout") or 0, 0), _LONGEST_POLL_S)
        if "allowed_updates" in params:
            self.world.store.keep_fact("allowed_updates", params.array("allowed_updates"))
        first = self._confirm(params.whole("offset") or 0)
        self._poll += 1
        turn = self._poll
        self.world.arrived.set()
        deadline = asyncio.get_running_loop().time() + patience
        while True:
            updates = self._pending(first, limit)
            left = deadline - asyncio.get_running_loop().time()
            if updates or left <= 0 or self.stopped.is_set():
                return updates
            self.world.arrived.clear()
            try:
                await asyncio.wait_for(self.world.arrived.wait(), left)
            except TimeoutError:
                return []
            if turn != self._poll:
                raise Refused(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance "
                    "is running",
                )
            self.faults.before("getupdates", None)

    def _confirm(self, offset: int) -> int:
        """Forget what is before `offset`; a negative one counts from the end. Answers the first id left."""
        if offset < 0:
            row = self.world.store.row(
                "select min(update_id) as first from "
                "(select update_id from updates order by update_id desc limit ?)",
                -offset,
            )
            offset = row["first"] if row and row["first"] else 0
        if offset:
            self.world.store.run("delete from updates where update_id < ?", offset)
        return offset

    def _pending(self, first: int, limit: int) -> list[Json]:
        rows = self.world.store.rows(
            "select update_id, body from updates where update_id >= ? order by update_id limit ?",
            first,
            limit,
        )
        return [{"update_id": row["update_id"], **json.loads(row["body"])} for row in rows]


def _chat_id(params: Params) -> int | None:
    try:
        return params.whole("chat_id")
    except Refused:
        return None


def _unknown(_: World, __: Params) -> Any:
    raise Refused(404, "Not Found: method not found")
