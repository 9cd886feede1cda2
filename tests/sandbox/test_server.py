"""The sandbox over HTTP: the Bot API, the control interface, who is let in, and how it fails."""

import asyncio
import base64
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx
import pytest
import telegram as ptb
import uvicorn

from bot.request import TelegramRequest, Unanswered
from bot.sandbox.control import BotControl, ClockControl
from bot.sandbox.faults import Fault
from bot.sandbox.people import Impossible
from bot.sandbox.server import create_app
from tests.emulator_request import TOKEN
from tests.phones import PICTURE


class Machinery:
    """Stands for the process runner and the clock."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.at = datetime(2026, 11, 22, tzinfo=UTC)

    def bot(self):
        def act(name: str):
            async def action() -> None:
                self.done.append(name)

            return action

        return BotControl(
            lambda: {"running": True, "pid": 5, "starts": len(self.done)},
            act("start"),
            act("stop"),
            act("kill"),
        )

    def clock(self):
        def turn(at, speed):
            if at < self.at:
                raise Impossible(409, "the clock does not go back")
            self.at = at

        return ClockControl(lambda: {"now": self.at.isoformat(), "speed": 1, "offset_us": 0}, turn)

    async def reset(self, keep_clock, begin):
        self.done.append(f"reset {keep_clock} {begin}")


@pytest.fixture
def machinery():
    return Machinery()


@pytest.fixture
def app(emulator, machinery, tmp_path):
    page = tmp_path / "page"
    page.mkdir()
    (page / "index.html").write_text("<title>Gương Sáng</title>", encoding="utf-8")
    return create_app(
        emulator,
        bot_control=machinery.bot(),
        clock=machinery.clock(),
        page_dir=page,
        on_reset=machinery.reset,
    )


@pytest.fixture
async def http(app):
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8765") as client:
        yield client


@asynccontextmanager
async def served(app, emulator):
    """A real server on a free port of this machine."""
    held = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
    task = asyncio.create_task(server.serve([held]))
    try:
        yield f"http://127.0.0.1:{held.getsockname()[1]}"
    finally:
        emulator.stop()
        server.should_exit = True
        await task
        held.close()


# The Bot API


async def test_parameters_come_as_query_form_json_or_multipart(http, lan):
    """Values are read alike, however they come."""
    await lan.start()
    url = f"/bot{TOKEN}/sendMessage"
    markup = json.dumps({"inline_keyboard": [[{"text": "x", "callback_data": "y"}]]})
    values = {"chat_id": "1001", "text": "một", "reply_markup": markup}
    for request in (
        {"params": values},
        {"data": values},
        {"json": {**values, "chat_id": 1001, "reply_markup": json.loads(markup)}},
        {"data": values, "files": {"unused": ("a.txt", b"x")}},
    ):
        answer = (await http.post(url, **request)).json()
        assert answer["ok"], answer
        assert answer["result"]["reply_markup"] == json.loads(markup)
    assert (await http.get(f"/bot{TOKEN}/getme")).json()["result"]["username"] == "guongsang_bot"


async def test_tokens(http):
    """A token must look like one; the first names the bot, and another bot's is refused."""
    assert (await http.get("/botabc/getMe")).status_code == 404
    assert (await http.get("/bot")).status_code == 404
    named = await http.get(f"/bot{TOKEN.replace('854000', '111000')}/getMe")
    assert named.json()["result"]["id"] == 1110000854
    other = await http.get(f"/bot{TOKEN}/getMe")
    assert (other.status_code, other.json()["description"]) == (401, "Unauthorized")


async def test_broken_bodies_are_refused(http):
    """What is not JSON, not an object, or a form without its boundary is 400."""
    headers = {"Content-Type": "application/json"}
    for content in (b"{", b"[]"):
        answer = await http.post(f"/bot{TOKEN}/getMe", content=content, headers=headers)
        assert answer.status_code == 400
    broken = {"Content-Type": "multipart/form-data"}
    answer = await http.post(f"/bot{TOKEN}/getMe", content=b"--x\r\nnonsense", headers=broken)
    assert answer.status_code == 400


async def test_the_bots_own_client_over_a_real_server(app, emulator, lan):
    """Sending, uploading, downloading and polling work through sockets."""
    await lan.start()
    async with served(app, emulator) as address:
        request = TelegramRequest()
        bot = ptb.Bot(
            TOKEN,
            base_url=f"{address}/bot",
            base_file_url=f"{address}/file/bot",
            request=request,
            get_updates_request=TelegramRequest(),
        )
        async with bot:
            sent = await bot.send_document(lan.user_id, b"a,b", filename="bảng.csv", caption="Bảng")
            assert sent.document
            assert sent.document.file_name == "bảng.csv"
            assert await (await sent.document.get_file()).download_as_bytearray() == b"a,b"
            waiting = asyncio.create_task(bot.get_updates(offset=-1, timeout=20))
            assert [update.message and update.message.text for update in await waiting] == ["/start"]


async def test_a_connection_is_cut_when_offline_or_left_waiting(app, emulator, lan):
    """Over sockets both end without an answer; only the second was carried out."""
    await lan.start()
    async with served(app, emulator) as address:
        request = TelegramRequest()
        async with ptb.Bot(TOKEN, base_url=f"{address}/bot", request=request) as bot:
            emulator.add_fault(Fault("offline", method="sendMessage", times=1))
            with pytest.raises(Unanswered):
                await bot.send_message(lan.user_id, "một")
            emulator.add_fault(Fault("timeout_after_accept", seconds=0, times=1))
            with pytest.raises(Unanswered):
                await bot.send_message(lan.user_id, "hai")
            await bot.send_message(lan.user_id, "ba")
    assert [message.text for message in lan.messages()] == ["/start", "hai", "ba"]


async def test_a_stop_ends_polls_and_streams(app, emulator, lan):
    """A server can shut down while a bot waits for updates and a page for events."""
    async with served(app, emulator) as address, httpx.AsyncClient(base_url=address, timeout=60) as client:
        poll = asyncio.create_task(client.get(f"/bot{TOKEN}/getUpdates?timeout=50", timeout=60))
        async with client.stream("GET", "/sandbox/events?user_id=1001") as events:
            lines = events.aiter_lines()
            assert await anext(lines) == ": listening"
            await lan.start()
            heard = [line async for line in _until_blank(lines)]
            assert (await poll).json()["result"][0]["message"]["text"] == "/start"
            idle = asyncio.create_task(client.get(f"/bot{TOKEN}/getUpdates?offset=-1", timeout=60))
            await idle
            emulator.stop()
            assert [line async for line in lines] == []
    assert heard[0] == "event: message"
    said = json.loads(heard[1].removeprefix("data: "))
    assert (said["chat_id"], said["message"]["text"]) == (1001, "/start")


async def _until_blank(lines) -> AsyncIterator[str]:
    await anext(lines)
    async for line in lines:
        if not line:
            return
        yield line


# Who is let in


@pytest.mark.parametrize("path", ["/", "/sandbox/people", f"/bot{TOKEN}/getMe"])
async def test_only_loopback_names_are_answered(http, path):
    """A name that a foreign page made point here is refused, everywhere."""
    assert (await http.get(path)).status_code == 200
    assert (await http.get(path, headers={"Host": "evil.example"})).status_code == 403
    assert (await http.get(path, headers={"Host": "[::1]:8765"})).status_code == 200


async def test_pages_from_elsewhere_cannot_write(http, lan):
    """A POST with another site's origin is refused, one from the own page is not."""
    body = {"user_id": 1001, "text": "chào"}
    for origin in ("https://evil.example", "null", "http://127.0.0.1:9999"):
        answer = await http.post("/sandbox/send", json=body, headers={"Origin": origin})
        assert answer.status_code == 403
    own = await http.post("/sandbox/send", json=body, headers={"Origin": "http://127.0.0.1:8765"})
    assert own.status_code == 200
    assert len(lan.messages()) == 1


# The control interface


async def test_people_are_made_listed_and_changed(http):
    """A person keeps what is not named in a change."""
    made = await http.post("/sandbox/people", json={"name": "Lan", "unit": "HCTC", "roles": ["secretariat"]})
    user_id = made.json()["user_id"]
    await http.post("/sandbox/people", json={"user_id": user_id, "language": "en"})
    (person,) = (await http.get("/sandbox/people")).json()
    assert (person["name"], person["unit"], person["roles"]) == ("Lan", "HCTC", ["secretariat"])
    assert (person["language"], person["linked"], person["started"]) == ("en", False, False)
    assert (await http.post("/sandbox/people", json={"unit": "X"})).status_code == 400


async def test_a_conversation_by_the_interface_alone(http, bot, lan):
    """Send, see, tap, learn the answer, edit, share, read, block."""
    assert (await http.post("/sandbox/start", json={"user_id": 1001, "payload": "moi"})).json()[
        "message_id"
    ] == 1
    button = ptb.InlineKeyboardButton("Gửi", callback_data="v1")
    sent = await bot.send_message(1001, "Thẻ", reply_markup=ptb.InlineKeyboardMarkup.from_button(button))
    (_, card) = (await http.get("/sandbox/chats/1001/messages")).json()
    assert card["buttons"] == [[{"label": "Gửi", "data": "v1", "url": None}]]
    assert (await http.get("/sandbox/chats/1001/messages?after=1&user_id=1001")).json() == [card]
    tap = {"user_id": 1001, "message_id": sent.message_id, "label": "Gửi"}
    tapped = (await http.post("/sandbox/tap", json=tap)).json()
    await bot.answer_callback_query(tapped["callback_query_id"], "Xong", show_alert=True)
    answer = (await http.get(f"/sandbox/taps/{tapped['callback_query_id']}")).json()
    assert answer == {"answered": True, "text": "Xong", "show_alert": True, "url": None}
    assert (await http.get("/sandbox/chats?user_id=1001")).json()[0]["unread"] == 1
    await http.post("/sandbox/read", json={"user_id": 1001, "chat_id": 1001})
    assert (await http.get("/sandbox/chats?user_id=1001")).json()[0]["unread"] == 0
    await http.post("/sandbox/edit", json={"user_id": 1001, "message_id": 1, "text": "sửa"})
    await http.post("/sandbox/share-contact", json={"user_id": 1001})
    await http.post("/sandbox/block", json={"user_id": 1001, "blocked": True})
    kinds = [
        next(kind for kind in update.to_dict() if kind != "update_id") for update in await bot.get_updates()
    ]
    assert kinds == ["message", "callback_query", "edited_message", "message", "my_chat_member"]
    log = (await http.get("/sandbox/log")).json()
    assert [call["method"] for call in log][-2:] == ["sendMessage", "answerCallbackQuery"]
    assert (await http.get(f"/sandbox/log?after={log[-1]['n']}")).json() == []


async def test_files_both_ways(http, lan):
    """A picture as base64, a document as a part; the bytes come back, but never as a page."""
    picture = {"name": "a.png", "base64": base64.b64encode(PICTURE).decode()}
    await http.post("/sandbox/send", json={"user_id": 1001, "photo": picture, "caption": "ảnh"})
    page = {"document": ("a.html", b"<script>alert(1)</script>", "text/html")}
    await http.post("/sandbox/send", data={"user_id": "1001", "caption": "tệp"}, files=page)
    photo, document = (await http.get("/sandbox/chats/1001/messages")).json()
    shown = await http.get(f"/sandbox/files/{photo['photo']['file_id']}")
    assert (shown.content, shown.headers["content-type"]) == (PICTURE, "image/png")
    kept = await http.get(f"/sandbox/files/{document['document']['file_id']}")
    assert (kept.content, kept.headers["content-type"]) == (page["document"][1], "application/octet-stream")
    broken = {"user_id": 1001, "photo": {"name": "a.png", "base64": "%"}}
    assert (await http.post("/sandbox/send", json=broken)).status_code == 400


async def test_groups_commands_and_raw_updates(http, bot, lan):
    """A group is made, a menu is shown, any update can be put in the queue."""
    group = (await http.post("/sandbox/chats", json={"title": "Phòng", "members": [1001]})).json()["chat_id"]
    assert {chat["chat_id"] for chat in (await http.get("/sandbox/chats?user_id=1001")).json()} == {
        1001,
        group,
    }
    await bot.set_my_commands([("decu", "Đề cử")])
    commands = (await http.get("/sandbox/commands?user_id=1001")).json()
    assert commands == [{"command": "decu", "description": "Đề cử"}]
    put = await http.post("/sandbox/update", json={"poll_answer": {"x": 1}})
    (*_, last) = (await http.get(f"/bot{TOKEN}/getUpdates")).json()["result"]
    assert last == {"update_id": put.json()["update_id"], "poll_answer": {"x": 1}}
    assert (await http.post("/sandbox/update", json={"update_id": 1})).status_code == 400


async def test_faults_by_the_interface(http, bot, lan):
    """A fault is set, listed and cleared."""
    await lan.start()
    fault = {"kind": "429", "retry_after": 9, "times": 1, "method": "sendMessage"}
    (listed,) = (await http.post("/sandbox/faults", json=fault)).json()["faults"]
    assert listed.items() >= fault.items()
    with pytest.raises(ptb.error.RetryAfter):
        await bot.send_message(1001, "một")
    await http.post("/sandbox/faults", json={"kind": "limits"})
    assert (await http.get("/sandbox/faults")).json()["faults"][0]["kind"] == "limits"
    assert (await http.post("/sandbox/faults", json={"clear": True})).json() == {"faults": []}
    assert (await http.post("/sandbox/faults", json={"kind": "rain"})).status_code == 400


async def test_the_bot_the_clock_and_the_reset_are_handed_on(http, machinery):
    """Each reaches what was injected; the clock's refusal is 409."""
    assert (await http.get("/sandbox/bot")).json()["pid"] == 5
    for do in ("kill", "start", "stop"):
        await http.post("/sandbox/bot", json={"do": do})
    assert machinery.done == ["kill", "start", "stop"]
    turned = await http.post("/sandbox/clock", json={"now": "2026-12-18T07:59:00+07:00"})
    assert turned.json()["now"] == "2026-12-18T07:59:00+07:00"
    assert (await http.get("/sandbox/clock")).json() == turned.json()
    assert (await http.post("/sandbox/clock", json={"now": "2026-12-01T00:00:00+07:00"})).status_code == 409
    assert (await http.post("/sandbox/clock", json={"now": "2026-12-19T00:00:00"})).status_code == 400
    assert (await http.post("/sandbox/clock", json={"speed": "x"})).status_code == 400
    await http.post("/sandbox/reset", json={"keep_clock": True})
    assert machinery.done[-1] == "reset True None"
    await http.post("/sandbox/reset", json={"now": "2026-12-01T00:00:00+07:00"})
    assert machinery.done[-1] == "reset False 2026-12-01 00:00:00+07:00"
    assert (await http.post("/sandbox/reset", json={"now": "gestern"})).status_code == 400


async def test_what_a_sandbox_has_not(emulator):
    """Without a runner, a clock or a reset those calls are 404, in a sentence."""
    transport = httpx.ASGITransport(create_app(emulator))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
        for path in ("/sandbox/bot", "/sandbox/clock"):
            assert (await http.get(path)).json()["error"].startswith("this sandbox has no ")
        assert (await http.post("/sandbox/reset", json={})).status_code == 404


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("send", {"text": "x"}, 400),
        ("send", {"user_id": 5, "text": "x"}, 404),
        ("send", {"user_id": 1001}, 400),
        ("send", {"user_id": 1001, "contact": [1]}, 400),
        ("send", {"user_id": "ai", "text": "x"}, 400),
        ("edit", {"user_id": 1001, "message_id": 9, "text": "x"}, 404),
        ("tap", {"user_id": 1001, "message_id": 9, "label": "x"}, 404),
        ("tap", {"user_id": 1001, "message_id": 9, "data": "x"}, 404),
        ("share-contact", {"user_id": 1002}, 404),
        ("chats", {"title": "x", "members": "lan"}, 400),
        ("chats", {"title": "x", "members": []}, 400),
        ("bot", {"do": "dance"}, 400),
    ],
)
async def test_wrong_requests_are_told_so(http, lan, path, body, status):
    """An error is a sentence with its status, never a traceback."""
    answer = await http.post(f"/sandbox/{path}", json=body)
    assert answer.status_code == status
    assert answer.json()["ok"] is False
    assert answer.json()["error"]


async def test_questions_about_nothing(http):
    """What is not there is 404."""
    for path in ("chats/5/messages", "taps/5", "files/5", "chats?user_id=5", "commands?user_id=5"):
        assert (await http.get(f"/sandbox/{path}")).status_code == 404


async def test_the_page_is_served(http):
    """The page stands at /."""
    assert "Gương Sáng" in (await http.get("/")).text
