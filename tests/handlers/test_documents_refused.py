"""/vanban: nothing for anybody else, nothing by forged buttons, nothing twice, and nothing left behind."""

from pathlib import Path

import pytest

from bot.domain.documents import DocumentAsk, DocumentKind
from bot.domain.periods import read_period
from bot.operations.compose_documents import DOCUMENT, write_ask
from bot.tasks import file_of
from storage import access, notices, people
from tests.documents.papers import declined
from tests.exemplars import agreed, honoured
from tests.filing import ask_for, call, names, take_role
from tests.phones import Phone

NOT_YOURS = "chỉ dành cho lãnh đạo cơ quan và bộ phận thư ký"
STALE = "Nút này đã cũ"


@pytest.fixture
def config(config_with_files):
    """A configuration that names the test's own database; files go to the test's own folder."""
    return config_with_files


@pytest.fixture(autouse=True)
def without_libreoffice(monkeypatch):
    """No PDF is made."""
    monkeypatch.setattr("handlers.documents.to_pdf", lambda _docx: None)


@pytest.mark.parametrize("code", ["lan", "minh"])
async def test_for_anybody_else_there_are_no_documents(office, code):
    """Neither the command nor a forged button of any step."""
    exemplar = await honoured(office)
    phone = office.phone(code)
    await phone.send("/vanban")
    assert NOT_YOURS in phone.last.text
    for data in (
        call("kinds"),
        call("kind", "bao-cao"),
        call("period", "2026-11"),
        call("people"),
        call("make", "danh-sach,2026-11"),
        call("make", "thanh-tich,", row=exemplar.id),
    ):
        await phone.tap_data(data)
        assert NOT_YOURS in (phone.toast or ""), data
    assert names(office, phone) == []


@pytest.mark.parametrize(
    ("data", "toast"),
    [
        (call("kind", "quyet-dinh"), STALE),
        (call("period", "2026-13"), STALE),
        (call("nothing"), STALE),
        (call("make", "quyet-dinh,2026-11"), STALE),
        (call("make", "danh-sach,"), "--period"),
        (call("make", "danh-sach,2026-W47"), "giao ban"),
        (call("make", "danh-sach,2027-01"), "chưa bắt đầu"),
        (call("make", "giao-ban,2027-W01"), "chưa bắt đầu"),
        (call("make", "thanh-tich,2026-11"), "Không có gương này"),
        (call("make", "thanh-tich,", row=10**16), "Không có gương này"),
        (call("people", "", version=10**16), None),
    ],
)
async def test_forged_buttons_make_nothing(office, data, toast):
    """A kind, period or exemplar that is not there is refused with a word why."""
    hung = office.phone("hung")
    await hung.send("/vanban")
    await hung.tap_data(data)
    assert toast is None or toast in (hung.toast or "")
    assert names(office, hung) == []


async def test_a_double_tap_counts_once(office):
    """The second press of the same button makes no second file."""
    hung = office.phone("hung")
    await hung.send("/vanban")
    await hung.tap("Tờ trình")
    on = hung.last.message_id
    hasty = Phone(office.telegram, hung.user_id)
    await hasty.tap("Tháng 11/2026", message_id=on)
    await hasty.tap("Tháng 11/2026", message_id=on)
    await office.settle()
    assert names(office, hung) == ["to-trinh-2026-11.docx"]


@pytest.mark.parametrize("code", ["hung", "chanh"])
async def test_who_loses_the_role_meanwhile_gets_nothing(office, code):
    """Asked for in time, made too late: no file, and no line in the audit log."""
    phone = office.phone(code)
    await ask_for(office, code, DocumentKind.LIST, DocumentAsk(read_period("2026-11")))
    await take_role(office, code)
    await office.settle()
    assert names(office, phone) == []
    async with office.database.reading() as session:
        assert [
            line for line in await access.list_audit(session, most=100) if line["act"] == "document"
        ] == []


async def test_who_loses_the_role_before_the_file_goes_out_gets_nothing(office):
    """Rights are looked at again at the moment of sending."""
    chanh = office.phone("chanh")
    async with office.database.transaction() as session:
        leader = await people.find_by_code(session, "chanh")
        assert leader is not None
        path = file_of(Path("files"), 1, "danh-sach-2026-11.docx")
        path.write_bytes(b"made")
        file = {"path": str(path), "name": path.name}
        values = write_ask(DocumentKind.LIST, DocumentAsk(read_period("2026-11")))
        await notices.plan(session, DOCUMENT, "task:1", leader.id, {**values, "file": file}, office.clock())
    await take_role(office, "chanh")
    await office.settle()
    assert names(office, chanh) == []


async def test_a_dossier_declined_meanwhile_is_not_made(office):
    """Who asked is told that there is none."""
    exemplar = await agreed(office)
    await ask_for(office, "hung", DocumentKind.ACHIEVEMENTS, DocumentAsk(exemplar_id=exemplar.id))
    await declined(office, exemplar)
    hung = office.phone("hung")
    await office.settle()
    assert names(office, hung) == []
    assert "Không có gương này" in hung.last.text


async def test_the_audit_log_says_who_took_which_document(office):
    """Kind and period, or the exemplar's number; no names."""
    exemplar = await honoured(office)
    hung = office.phone("hung")
    await hung.send("/vanban")
    await hung.tap_data(call("make", "bien-ban,2026-Q4"))
    await hung.send("/vanban")
    await hung.tap_data(call("make", "thanh-tich,", row=exemplar.id))
    async with office.database.reading() as session:
        lines = [line for line in await access.list_audit(session, most=100) if line["act"] == "document"]
    assert {(line["detail"], line["subject_id"]) for line in lines} == {
        ("bien-ban 2026-Q4", None),
        ("thanh-tich", exemplar.id),
    }


async def test_nothing_is_left_in_the_folder(office):
    """Once it has gone out, the file is removed."""
    hung = office.phone("hung")
    await hung.send("/vanban")
    await hung.tap_data(call("make", "danh-sach,2026-11"))
    assert names(office, hung) == ["danh-sach-2026-11.docx"]
    await hung.send("/vanban")
    await hung.tap_data(call("make", "to-trinh,2026-11"))
    await office.settle()
    left = [path.name for folder in Path().glob("*.files") for path in folder.iterdir()]  # noqa: ASYNC240
    assert [name for name in left if "danh-sach" in name] == []
