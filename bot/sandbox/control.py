"""The control interface `/sandbox/…` for the page, scripts and tests, as docs/sandbox.md describes it."""

import asyncio
import base64
import binascii
import json
import mimetypes
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.sandbox import views
from bot.sandbox.bodies import read_body
from bot.sandbox.faults import FAULT_KINDS, Fault
from bot.sandbox.params import Params, Upload
from bot.sandbox.people import Impossible
from bot.sandbox.refusals import Json, Refused
from bot.sandbox.telegram import Telegram

_T = TypeVar("_T")
Reset = Callable[[bool, datetime | None], Awaitable[None]]
"""Makes the office anew: whether the clock stays where it is, else what it shows (None: as at first)."""
_FILE_KINDS: Final = ("photo", "document", "voice", "sticker")
_HEARTBEAT_S: Final = 15
_LIVE: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_SHOWN_IN_PLACE: Final = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/ogg")


@dataclass(frozen=True)
class BotControl:
    """The bot's process; `status` answers `{"running", "pid", "starts"}`."""

    status: Callable[[], Json]
    start: Callable[[], Awaitable[None]]
    stop: Callable[[], Awaitable[None]]
    kill: Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class ClockControl:
    """The sandbox's clock; `read` answers `{"now", "speed", "offset_us", "jumps"}`.

    `turn` shows an aware instant from now on (None: the one it shows), `speed` times as fast as real time
    (None: as before), and raises `Impossible(409, …)` for one that is past.
    """

    read: Callable[[], Json]
    turn: Callable[[datetime | None, float | None], None]


class Control:
    """The endpoints. Errors are `{"ok": false, "error"}` with status 400, 404 or 409."""

    def __init__(
        self, telegram: Telegram, bot: BotControl | None, clock: ClockControl | None, on_reset: Reset | None
    ) -> None:
        self._telegram = telegram
        self._people = telegram.people
        self._bot = bot
        self._clock = clock
        self._on_reset = on_reset

    def routes(self) -> list[BaseRoute]:
        """What stands under `/sandbox`."""
        gets: dict[str, Callable[[Request], Awaitable[Any]]] = {
            "/people": self.list_people,
            "/chats": self.list_chats,
            "/chats/{chat_id}/messages": self.list_messages,
            "/taps/{callback_query_id}": self.show_tap,
            "/commands": self.list_commands,
            "/files/{file_id}": self.show_file,
            "/events": self.stream_events,
            "/faults": self.list_faults,
            "/log": self.list_log,
            "/bot": self.show_bot,
            "/clock": self.show_clock,
        }
        posts: dict[str, Callable[[Params], Awaitable[Any]]] = {
            "/people": self.put_person,
            "/chats": self.make_group,
            "/send": self.send,
            "/edit": self.edit,
            "/tap": self.tap,
            "/start": self.start,
            "/share-contact": self.share_contact,
            "/read": self.read,
            "/block": self.block,
            "/upgrade": self.upgrade_group,
            "/update": self.queue_update,
            "/faults": self.change_faults,
            "/bot": self.change_bot,
            "/clock": self.turn_clock,
            "/reset": self.reset,
        }
        reading = [Route(path, _answering(endpoint), methods=["GET"]) for path, endpoint in gets.items()]
        writing = [Route(path, _answering(_with_body(act)), methods=["POST"]) for path, act in posts.items()]
        return [*reading, *writing]

    # People and chats

    async def list_people(self, _: Request) -> Any:
        return [views.person_view(person) for person in self._telegram.world.list_people()]

    async def put_person(self, body: Params) -> Any:
        texts = ("unit", "post", "phone", "language", "username")
        details: Json = {name: body.text(name) for name in texts if name in body}
        if "roles" in body:
            details["roles"] = body.array("roles")
        if "linked" in body:
            details["linked"] = body.flag("linked")
        user_id = body.whole("user_id") or self._next_user_id()
        return views.person_view(self._people.put(user_id, body.text("name"), **details))

    def _next_user_id(self) -> int:
        return max((person.user_id for person in self._telegram.world.list_people()), default=1000) + 1

    async def list_chats(self, request: Request) -> Any:
        user_id = _needed(_query(request).whole("user_id"), "user_id")
        self._people.get(user_id)
        return views.list_chats(self._telegram.world, user_id)

    async def make_group(self, body: Params) -> Any:
        members = body.array("members") or []
        if not all(isinstance(user_id, int) for user_id in members):
            raise Impossible(400, "members must be a list of user ids")
        title = _needed(body.text("title"), "title")
        return {"chat_id": self._people.add_group(title, members, channel=body.flag("channel"))}

    async def list_messages(self, request: Request) -> Any:
        chat_id = _path_number(request, "chat_id")
        if self._telegram.world.find_chat(chat_id) is None:
            raise Impossible(404, f"no chat {chat_id}")
        user_id = _query(request).whole("user_id")
        if user_id is not None and user_id not in self._telegram.world.members(chat_id):
            raise Impossible(404, f"person {user_id} is not in chat {chat_id}")
        return views.list_messages(self._telegram.world, chat_id, _query(request).whole("after") or 0)

    async def list_commands(self, request: Request) -> Any:
        query = _query(request)
        return self._people.commands(_needed(query.whole("user_id"), "user_id"), query.whole("chat_id"))

    async def show_file(self, request: Request) -> Any:
        file = self._telegram.world.find_file(request.path_params["file_id"])
        content = self._telegram.world.file_bytes(file["path"]) if file else None
        if file is None or content is None:
            raise Impossible(404, "no such file")
        guessed = mimetypes.guess_type(file["name"])[0]
        mime = guessed if guessed in _SHOWN_IN_PLACE else "application/octet-stream"
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return Response(content, media_type=mime, headers=headers)

    # Acting

    async def send(self, body: Params) -> Any:
        sent = self._people.send(
            _person(body),
            body.text("text"),
            chat_id=body.whole("chat_id"),
            reply_to=body.whole("reply_to"),
            caption=body.text("caption"),
            contact=body.object("contact"),
            forward_from=body.object("forward_from"),
            media_group_id=body.text("media_group_id"),
            **{kind: _upload(body, kind) for kind in _FILE_KINDS},
        )
        return _sent(sent)

    async def edit(self, body: Params) -> Any:
        text = _needed(body.text("text"), "text")
        message_id = _needed(body.whole("message_id"), "message_id")
        edited = self._people.edit(_person(body), message_id, text, chat_id=body.whole("chat_id"))
        return {"message_id": edited["message_id"]}

    async def tap(self, body: Params) -> Any:
        outcome = self._people.tap(
            _person(body),
            _needed(body.whole("message_id"), "message_id"),
            label=body.text("label"),
            data=body.text("data"),
            chat_id=body.whole("chat_id"),
            forged=body.flag("forged"),
        )
        return {"ok": True, **outcome}

    async def show_tap(self, request: Request) -> Any:
        return self._people.answer_to(request.path_params["callback_query_id"])

    async def start(self, body: Params) -> Any:
        return _sent(self._people.start(_person(body), body.text("payload")))

    async def share_contact(self, body: Params) -> Any:
        return _sent(self._people.share_contact(_person(body)))

    async def read(self, body: Params) -> Any:
        self._people.read(_person(body), _needed(body.whole("chat_id"), "chat_id"))
        return {"ok": True}

    async def block(self, body: Params) -> Any:
        self._people.block(_person(body), blocked=body.flag("blocked"))
        return {"ok": True}

    async def upgrade_group(self, body: Params) -> Any:
        chat_id = _needed(body.whole("chat_id"), "chat_id")
        return {"chat_id": self._people.upgrade_group(_person(body), chat_id)}

    async def queue_update(self, body: Params) -> Any:
        update = dict(body.values())
        if "update_id" in update:
            raise Impossible(400, "the queue numbers its updates by itself")
        return {"update_id": self._telegram.world.queue_raw(update)}

    # The machinery

    async def list_faults(self, _: Request) -> Any:
        return {"faults": self._telegram.faults.listed()}

    async def change_faults(self, body: Params) -> Any:
        if body.flag("clear"):
            self._telegram.faults.clear()
        else:
            self._telegram.add_fault(_fault(body))
        return {"faults": self._telegram.faults.listed()}

    async def list_log(self, request: Request) -> Any:
        return views.list_calls(self._telegram.world, _query(request).whole("after") or 0)

    async def show_bot(self, _: Request) -> Any:
        return _present(self._bot, "bot").status()

    async def change_bot(self, body: Params) -> Any:
        bot = _present(self._bot, "bot")
        actions = {"start": bot.start, "stop": bot.stop, "kill": bot.kill}
        action = actions.get(body.text("do") or "")
        if action is None:
            raise Impossible(400, "do must be kill, start or stop")
        await action()
        status = bot.status()
        self._telegram.world.tell("bot", None, **status)
        return status

    async def show_clock(self, _: Request) -> Any:
        return _present(self._clock, "clock").read()

    async def turn_clock(self, body: Params) -> Any:
        clock = _present(self._clock, "clock")
        speed = _number(body, "speed") if "speed" in body else None
        written = body.text("now")
        clock.turn(_instant(written) if written else None, speed)
        self._telegram.world.tell("clock", None, **clock.read())
        return clock.read()

    async def reset(self, body: Params) -> Any:
        reset = _present(self._on_reset, "office to make anew")
        written = body.text("now")
        await reset(body.flag("keep_clock"), _instant(written) if written else None)
        return {"ok": True}

    async def stream_events(self, request: Request) -> Any:
        user_id = _query(request).whole("user_id")
        return StreamingResponse(self._events(user_id), media_type="text/event-stream", headers=_LIVE)

    async def _events(self, user_id: int | None) -> AsyncIterator[str]:
        with self._telegram.world.listening() as events:
            yield ": listening\n\n"
            while not self._telegram.stopped.is_set():
                try:
                    event = await asyncio.wait_for(events.get(), _HEARTBEAT_S)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if event is None:
                    return
                if user_id is None or event.for_users is None or user_id in event.for_users:
                    yield f"event: {event.kind}\ndata: {json.dumps(event.data)}\n\n"


# Reading requests, writing answers


def _answering(endpoint: Callable[[Request], Awaitable[Any]]) -> Callable[[Request], Awaitable[Response]]:
    """What an endpoint returns as a response, and what it raises as an error of the interface."""

    async def answer(request: Request) -> Response:
        try:
            result = await endpoint(request)
        except Impossible as error:
            return JSONResponse({"ok": False, "error": str(error)}, error.status)
        except Refused as error:
            return JSONResponse({"ok": False, "error": error.description}, 400)
        return result if isinstance(result, Response) else _json(result)

    return answer


def _json(value: Any) -> Response:
    """JSON in ASCII, so that half a character in a test's update can be shown too."""
    return Response(json.dumps(value), media_type="application/json")


def _with_body(act: Callable[[Params], Awaitable[Any]]) -> Callable[[Request], Awaitable[Any]]:
    async def endpoint(request: Request) -> Any:
        return await act(Params(*await read_body(request)))

    return endpoint


def _query(request: Request) -> Params:
    return Params(dict(request.query_params), {})


def _path_number(request: Request, name: str) -> int:
    return _needed(Params(request.path_params, {}).whole(name), name)


def _needed(value: _T | None, name: str) -> _T:
    if value is None:
        raise Impossible(400, f"{name} is missing")
    return value


def _present(part: _T | None, name: str) -> _T:
    if part is None:
        raise Impossible(404, f"this sandbox has no {name}")
    return part


def _person(body: Params) -> int:
    return _needed(body.whole("user_id"), "user_id")


def _sent(message: Json) -> Json:
    return {"message_id": message["message_id"], "chat_id": message["chat"]["id"]}


def _upload(body: Params, kind: str) -> Upload | None:
    if kind in body.files:
        return body.files[kind]
    given = body.object(kind)
    if given is None:
        return None
    try:
        content = base64.b64decode(given.get("base64", ""), validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise Impossible(400, f"{kind}.base64 is not base64") from None
    name = str(given.get("name") or kind)
    return Upload(name, content, mimetypes.guess_type(name)[0] or "application/octet-stream")


def _instant(written: str) -> datetime:
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise Impossible(
            400, "now must be an instant in ISO 8601, such as 2026-12-18T07:59:00+07:00"
        ) from None
    if at.tzinfo is None:
        raise Impossible(400, "now must say its offset from UTC, such as +07:00")
    return at


def _fault(body: Params) -> Fault:
    kind = body.text("kind")
    if kind not in FAULT_KINDS:
        raise Impossible(400, f"kind must be one of {', '.join(FAULT_KINDS)}")
    fault = Fault(kind, chat_id=body.whole("chat_id"), method=body.text("method"), times=body.whole("times"))
    if "retry_after" in body:
        fault.retry_after = body.whole("retry_after") or fault.retry_after
    if "seconds" in body:
        fault.seconds = _number(body, "seconds")
    return fault


def _number(body: Params, name: str) -> float:
    try:
        return float(body.text(name) or "")
    except ValueError:
        raise Impossible(400, f"{name} must be a number") from None
