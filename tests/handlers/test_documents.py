"""/vanban: drafts for the secretariat and for leaders, as files; nothing for anybody else."""

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from bot.documents.exemplar_card import card_of
from bot.documents.picture_card import draw_small
from bot.domain.documents import DocumentKind
from bot.tasks import TryLater
from storage import access, exemplars
from tests.documents.cards import stand_in
from tests.documents.filed import pictures_in
from tests.documents.papers import declined, whole
from tests.exemplars import a_picture, agreed, honoured, taken_over
from tests.filing import call, names
from tests.posting import documents, said

KINDS = [
    "Báo cáo",
    "Danh sách đề nghị biểu dương",
    "Tờ trình",
    "Biên bản họp xét",
    "Báo cáo thành tích",
    "Bảng tổng hợp",
    "Tài liệu họp giao ban",
]
PERIODS = [
    "Tháng 11/2026",
    "Tháng 10/2026",
    "Quý 4/2026",
    "Quý 3/2026",
    "6 tháng cuối năm 2026",
    "6 tháng đầu năm 2026",
    "Năm 2026",
    "Năm 2025",
]


@pytest.fixture
def config(config_with_files):
    """A configuration that names the test's own database; files go to the test's own folder."""
    return config_with_files


@pytest.fixture(autouse=True)
def without_libreoffice(monkeypatch, request):
    """No PDF is made, but where a test is about it."""
    if "libreoffice" not in request.node.name:
        monkeypatch.setattr("handlers.documents.to_pdf", lambda _docx: None)


# --- typed behind the command ---


@pytest.mark.parametrize(
    ("typed", "file"),
    [
        ("báo cáo tháng 10", "bao-cao-2026-10.docx"),
        ("Tờ trình quý III", "to-trinh-2026-Q3.docx"),
        ("giao ban tuần trước", "giao-ban-2026-W46.docx"),
        ("tuần này", "giao-ban-2026-W47.docx"),
    ],
)
async def test_what_is_typed_whole_is_made_at_once(office, typed, file):
    """The kind and the period behind the command are not asked again."""
    phone = office.phone("chanh")
    await phone.send(f"/vanban {typed}")
    assert [name for name, _ in documents(office, phone)] == [file]


async def test_what_is_typed_in_part_is_asked_for_the_rest(office):
    """A kind alone is asked about which period, a period alone which kind, a dossier whose."""
    await honoured(office)
    phone = office.phone("hung")
    await phone.send("/vanban biên bản")
    assert phone.last.labels[:-1] == PERIODS
    await phone.send("/vanban tháng 10")
    assert "Văn bản tháng 10/2026" in phone.last.text
    assert phone.last.labels == KINDS
    await phone.send("/vanban báo cáo thành tích")
    assert "Của gương nào?" in phone.last.text


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("báo cáo của chị Lan", "chưa hiểu “báo cáo của chị Lan”"),
        ("báo cáo tuần này", "Chỉ tài liệu họp giao ban lập theo tuần"),
        ("báo cáo tháng 12/2026", "Kỳ tháng 12/2026 chưa đến"),
        ("giao ban 2026-W52", "chưa bắt đầu"),
    ],
)
async def test_what_cannot_be_made_is_said(office, typed, why):
    """In a sentence, without the words of the command line; nothing is made."""
    phone = office.phone("hung")
    await phone.send(f"/vanban {typed}")
    assert why in phone.last.text
    assert "--" not in phone.last.text
    assert not documents(office, phone)


# --- the two roles ---


async def test_every_button_leads_to_a_file(office):
    """Each kind about each period comes as a .docx of that name that opens; so does a dossier."""
    exemplar = await honoured(office)
    phone = office.phone("hung")
    await phone.send("/vanban")
    assert phone.last.labels == KINDS
    for kind in KINDS:
        await phone.send("/vanban")
        await phone.tap(kind)
        labels = phone.last.labels
        assert labels[-1] == "Văn bản khác"
        for label in labels[:-1]:
            await phone.send("/vanban")
            await phone.tap(kind)
            await phone.tap(label)
            name, content = documents(office, phone)[-1]
            assert name.startswith(f"{list(DocumentKind)[KINDS.index(kind)].value}-"), (kind, label, name)
            assert Document(io.BytesIO(content)).sections
    got = names(office, phone)
    assert f"thanh-tich-{exemplar.id}.docx" in got
    assert "giao-ban-2026-W47.docx" in got
    assert len(set(got)) == len(got) == 5 * len(PERIODS) + len(PERIODS) + 2 + 1


async def test_a_leader_has_every_kind(office):
    """As the secretariat has them."""
    await honoured(office)
    chanh = office.phone("chanh")
    for kind in KINDS:
        await chanh.send("/vanban")
        await chanh.tap(kind)
        await chanh.tap(chanh.last.labels[0])
    got = names(office, chanh)
    assert [name.startswith(kind.value) for name, kind in zip(got, DocumentKind, strict=True)] == [True] * 7


async def test_the_periods_offered_are_this_one_and_the_last_of_each_length(office):
    """Month, quarter, half year and year; a meeting may be about a week as well."""
    hung = office.phone("hung")
    await hung.send("/documents")
    await hung.tap("Tờ trình")
    assert hung.last.labels == [*PERIODS, "Văn bản khác"]
    await hung.tap("Văn bản khác")
    await hung.tap("Tài liệu họp giao ban")
    assert hung.last.labels[:2] == ["Tuần 16/11–22/11/2026", "Tuần 09/11–15/11/2026"]


async def test_what_comes_is_about_what_was_asked(office):
    """The words on the screen, the file and its caption say the same."""
    await agreed(office)
    hung = office.phone("hung")
    await hung.send("/vanban")
    await hung.tap("Danh sách đề nghị biểu dương")
    await hung.tap("Tháng 11/2026")
    assert "Đã soạn xong dự thảo: Danh sách đề nghị biểu dương, tháng 11/2026" in "\n".join(said(hung))
    assert "Danh sách đề nghị biểu dương, tháng 11/2026 (dự thảo)" in hung.last.text
    (name, content), *more = documents(office, hung)
    assert (name, more) == ("danh-sach-2026-11.docx", [])
    assert "Nguyễn Thị Lan" in whole(Document(io.BytesIO(content)))


async def test_the_next_document_about_the_same_period_is_a_tap_away(office):
    """The screen that says it is done leads to the other kinds; of a dossier, to all of them."""
    exemplar = await honoured(office)
    hung = office.phone("hung")
    await hung.send("/vanban")
    await hung.tap("Tờ trình")
    await hung.tap("Quý 4/2026")
    await hung.tap("Văn bản khác")
    await hung.tap("Biên bản họp xét")
    assert names(office, hung) == ["to-trinh-2026-Q4.docx", "bien-ban-2026-Q4.docx"]
    await hung.send("/vanban")
    await hung.tap_data(call("make", "thanh-tich,", row=exemplar.id))
    await hung.tap("Văn bản khác")
    assert "Bảng tổng hợp" in [label for message in hung.messages() for label in message.labels]


async def test_another_part_may_lead_here_with_the_period_chosen(office):
    """As /summary does: the kinds for that period, the dossiers of its months."""
    await honoured(office, "lan2", period="2026-10")
    await honoured(office, "tuan", period="2026-07")
    chanh = office.phone("chanh")
    await chanh.send("/trogiup")
    await chanh.tap_data(call("period", "2026-Q4"))
    assert "quý 4/2026" in chanh.last.text
    assert chanh.last.labels == KINDS
    await chanh.tap("Tờ trình")
    assert names(office, chanh) == ["to-trinh-2026-Q4.docx"]
    await chanh.send("/trogiup")
    await chanh.tap_data(call("period", "2026-Q4"))
    await chanh.tap("Báo cáo thành tích")
    assert [label.partition(" · ")[0] for label in chanh.last.labels] == ["Nguyễn Thị Lan", "Văn bản khác"]


async def test_a_leader_has_dossiers_of_those_who_are_public(office):
    """The secretariat of everybody of whom may be told; neither of who declined."""
    public, quiet = await honoured(office, "lan2"), await taken_over(office, "tuan")
    await declined(office, await taken_over(office, "duc"))
    for code, seen in (("hung", {"Nguyễn Thị Lan", "Bùi Anh Tuấn"}), ("chanh", {"Nguyễn Thị Lan"})):
        phone = office.phone(code)
        await phone.send("/vanban")
        await phone.tap("Báo cáo thành tích")
        assert {label.partition(" · ")[0] for label in phone.last.labels[:-1]} == seen
    chanh = office.phone("chanh")
    await chanh.tap_data(call("make", "thanh-tich,", row=quiet.id))
    assert "Không có gương này" in (chanh.toast or "")
    await chanh.tap_data(call("make", "thanh-tich,", row=public.id))
    assert names(office, chanh) == [f"thanh-tich-{public.id}.docx"]


async def test_many_exemplars_are_on_pages(office):
    """Eight a page, the newest first; there and back."""
    for number in range(10):
        await taken_over(office, "lan2", name=f"Tổ {number}")
    hung = office.phone("hung")
    await hung.send("/vanban")
    await hung.tap("Báo cáo thành tích")
    assert hung.last.labels[0].startswith("Tổ 9 · ")
    assert len(hung.last.labels) == 8 + 2
    await hung.tap("Sau ›" if "Sau ›" in hung.last.labels else hung.last.labels[8])
    assert [label.partition(" · ")[0] for label in hung.last.labels[:2]] == ["Tổ 1", "Tổ 0"]
    await hung.tap(hung.last.labels[2])
    assert hung.last.labels[0].startswith("Tổ 9 · ")


async def test_where_there_is_nobody_that_is_said(office):
    """No exemplar yet: words and the way back, no empty list."""
    hung = office.phone("hung")
    await hung.send("/vanban")
    await hung.tap("Báo cáo thành tích")
    assert "Chưa có gương nào" in hung.last.text
    assert hung.last.labels == ["Văn bản khác"]


async def test_in_english_the_words_are_english_and_the_document_is_not(office):
    """What is filed is Vietnamese, whoever asks."""
    hung = office.phone("hung")
    await hung.send("/language")
    await hung.tap("English")
    await hung.send("/documents")
    await hung.tap("Submission")
    await hung.tap("11/2026")
    assert "Submission, 11/2026 (draft)" in hung.last.text
    assert "TỜ TRÌNH" in whole(Document(io.BytesIO(documents(office, hung)[-1][1])))


async def test_a_reviews_pack_has_cards_with_photos(office):
    """The photo is fetched from where it was sent; a card whose photo Telegram no longer has is without."""
    with_photo, without = await honoured(office), await honoured(office, "tuan", nominator="lan")
    async with office.database.transaction() as session:
        for exemplar, photo in ((with_photo, a_picture(office, stand_in())), (without, "gone")):
            assert await exemplars.save_exemplar(session, replace(exemplar, photo=photo))
    office.may_be_refused += ("invalid file_id",)
    hung = office.phone("hung")
    await hung.send("/vanban giao ban năm 2026")
    (name, content), *_ = documents(office, hung)
    assert name == "giao-ban-2026.docx"
    cards = [card_of(with_photo, stand_in(), office.config), card_of(without, None, office.config)]
    shown = pictures_in(Document(io.BytesIO(content)))
    assert shown[1:] == draw_small(cards)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
async def test_with_libreoffice_a_pdf_comes_behind_it(office):
    """To read on a phone, once, beside the file to be edited."""
    hung = office.phone("hung")
    await hung.send("/vanban")
    await hung.tap("Biên bản họp xét")
    await hung.tap("Tháng 11/2026")
    found = documents(office, hung)  # planned by now both, so that either may be the first
    assert sorted(name for name, _ in found) == ["bien-ban-2026-11.docx", "bien-ban-2026-11.pdf"]
    assert dict(found)["bien-ban-2026-11.pdf"].startswith(b"%PDF")


async def test_what_is_to_be_edited_does_not_wait_for_the_pdf(office, monkeypatch):
    """It is on its way before LibreOffice begins; a crash in between sends neither of them twice."""
    tries = []

    def die_once(docx: Path) -> None:
        tries.append(docx)
        if len(tries) == 1:
            raise TryLater

    monkeypatch.setattr("handlers.documents.to_pdf", die_once)
    hung = office.phone("hung")
    await hung.send("/vanban")
    await hung.tap("Tờ trình")
    await hung.tap("Tháng 11/2026")
    await office.settle()
    assert len(tries) == 2
    assert names(office, hung) == ["to-trinh-2026-11.docx"]
    async with office.database.reading() as session:
        assert [line["act"] for line in await access.list_audit(session, most=100)].count("document") == 1
