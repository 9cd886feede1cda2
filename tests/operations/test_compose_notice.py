"""Notices of the kinds that everybody uses: text, file, and what cannot be made."""

from pathlib import Path

import pytest

from bot.config import Config
from bot.domain.hours import Hours
from bot.domain.people import Person
from bot.domain.roles import Role
from bot.operations.compose_notice import compose
from bot.operations.notice_case import Context
from bot.texts import Texts
from storage import notices, people
from storage.database import Database
from storage.notices import Notice
from tests.office import START, Office


def texts_for(language: str | None) -> Texts:
    return Texts(language or "vi", Config().office.timezone)


async def made(database: Database, code: str, kind: str, values: dict[str, object]):
    """What a notice to somebody becomes."""
    async with database.transaction() as session:
        person = await people.find_by_code(session, code)
        assert person is not None
        await notices.plan(session, kind, "once", person.id, values, START)
        ((waiting, _chat_id),) = await notices.list_waiting(session, START, list(Hours), 2)
        notice = await notices.claim(session, waiting, "token", START, list(Hours))
        assert notice is not None
        return notice, await _compose(session, notice, person)


async def _compose(session, notice: Notice, person: Person):
    return await compose(session, notice, person, START, Context(Config(), texts_for))


async def test_a_text_is_said_in_the_persons_language_with_its_buttons(database):
    """Values are escaped, a value may be a message itself, and every button carries the notice."""
    values: dict[str, object] = {
        "id": "choose.by",
        "values": {"number": {"id": "period.month", "values": {"month": 11, "year": 2026}}, "name": "<Lan>"},
        "rows": [[{"label": "button.choose", "call": "h:3:0:list:2026-11"}]],
    }
    notice, body = await made(database, "lan", "text", values)
    assert body is not None
    assert body["text"] == "<b>tháng 11/2026. Người đề cử: &lt;Lan&gt;</b>"
    button = body["reply_markup"]["inline_keyboard"][0][0]
    assert button == {"text": "Chọn", "callback_data": f"x:{notice.id}:0::h:3:0:list:2026-11"}
    assert len(button["callback_data"].encode()) <= 64


async def test_a_text_for_a_role_goes_to_who_still_holds_it(database):
    """The secretariat's notice is not for somebody who has left the secretariat."""
    values: dict[str, object] = {"id": "stale", "role": Role.SECRETARIAT.value}
    assert (await made(database, "hung", "text", values))[1] is not None
    assert (await made(database, "lan", "text", values))[1] is None


async def test_a_file_is_sent_while_it_is_there(database, tmp_path: Path):
    """With its name and a caption; a file that is gone sends nothing."""
    path = tmp_path / "made.xlsx"
    path.write_bytes(b"sheet")
    values: dict[str, object] = {"id": "stale", "file": {"path": str(path), "name": "Danh sách.xlsx"}}
    _, body = await made(database, "hung", "file", values)
    assert body is not None
    assert body["file"] == {"path": str(path), "name": "Danh sách.xlsx"}
    assert body["text"] == "Nút này đã cũ. Đây là nội dung hiện tại."
    path.unlink()
    _, body = await made(database, "lan", "file", values)
    assert body is None


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("no such kind", {}),
        ("text", {}),
        ("text", {"id": "choose.by", "values": {}}),
        ("text", {"id": "stale", "role": "king"}),
        ("file", {"id": "stale"}),
        ("reminder", {"unit_id": "x", "period": "2026-11"}),
        ("reminder", {"unit_id": 999, "period": "2026-11"}),
        ("overdue", {"unit_id": 1, "period": "soon"}),
        ("silent", {"period": "2026-13"}),
        ("unreachable", {}),
        ("invitation", {}),
        ("data_request", {"request_id": 4711}),
    ],
)
async def test_what_cannot_be_made_is_left_out(database, kind, values):
    """One bad row never stops those behind it: it becomes no message."""
    assert (await made(database, "hoa", kind, values))[1] is None


async def test_who_withdrew_consent_hears_nothing(database):
    """Whatever the kind."""
    async with database.transaction() as session:
        lan = await people.find_by_code(session, "lan")
        assert lan is not None
        await people.note_consent(session, lan.id, "processing", 1, START, given=False)
    assert (await made(database, "lan", "text", {"id": "stale"}))[1] is None


async def test_a_forged_envelope_opens_nothing(office: Office):
    """An empty envelope, one within another, nonsense: old buttons, all of them; a stranger stays one."""
    office.may_be_refused = ("editMessageText",)
    lan, stranger = office.phone("lan"), office.stranger()
    await lan.send("/cuatoi")
    for data in ("x:1:0::", "x:1:0::x:1:0::m:0:0:list:0", "x:999999999:0::nonsense"):
        await lan.tap_data(data)
        assert lan.toast == "Nút này đã cũ. Đây là nội dung hiện tại."
    await stranger.send("/start")
    await stranger.tap_data("x:1:0::m:0:0:list:0")
    assert "chưa gửi đề cử nào" not in stranger.screen
