"""A consent that came on paper: for the words as they are now, with the photo of the sheet."""

from dataclasses import replace

import pytest

from bot.domain.exemplars import Consent, Exemplar
from bot.domain.paper import Subject
from storage import exemplars, papers
from tests.exemplars import taken_over
from tests.office import Office


@pytest.fixture
def hung(office):
    """The secretariat's phone."""
    return office.phone("hung")


async def now_of(office: Office, exemplar: Exemplar) -> Exemplar:
    async with office.database.reading() as session:
        found = await exemplars.find_exemplar(session, exemplar.id)
    assert found is not None
    return found


async def test_the_nominee_agrees_on_paper(office, hung):
    """The nominee signs, the photo is needed, the consent holds for the words shown, the nominee is told."""
    exemplar = await taken_over(office)
    lan2 = office.phone("lan2")
    await hung.send("/nhapgiay")
    await hung.tap("Ý kiến đồng ý công bố")
    await hung.tap("Nguyễn Thị Lan · chưa hỏi")
    assert exemplar.text in hung.screen
    await hung.tap("Đồng ý công bố")
    await hung.tap("Hôm qua")
    assert "Không có ảnh" not in hung.last.labels
    await hung.tap_data("pp:1:5:nofile:")
    await hung.photo()
    assert "đồng ý công bố" in hung.screen
    await hung.tap("Ghi nhận")
    assert "Đã ghi nhận: đồng ý công bố" in hung.screen
    after = await now_of(office, exemplar)
    assert after.may_be_published
    async with office.database.reading() as session:
        (note,) = await exemplars.list_consents(session, exemplar.id)
        (paper,) = await papers.list_papers(session, Subject.CONSENT, exemplar.id)
    assert (note.paper_id, note.entered_by) == (paper.id, paper.entered_by)
    assert note.person_id == exemplar.representative_id
    assert paper.sheet.file is not None
    assert "đã ghi nhận đồng chí đồng ý công bố" in lan2.last.text


async def test_a_group_is_spoken_for(office, hung):
    """Who signed for a group is named from the roster, and speaks for it from now on."""
    exemplar = await taken_over(office, "thao", name="Tổ tiếp nhận hồ sơ")
    await hung.send("/nhapgiay")
    await hung.tap("Ý kiến đồng ý công bố")
    await hung.send("to tiep nhan")
    await hung.tap("Không đồng ý")
    assert "Ai thay mặt “Tổ tiếp nhận hồ sơ”" in hung.screen
    await hung.send("Hoàng Trung Kiên")
    await hung.tap("Hôm nay")
    await hung.document(b"%PDF-1.4", "y-kien.pdf")
    await hung.tap("Ghi nhận")
    after = await now_of(office, exemplar)
    assert after.consent is Consent.DECLINED
    assert after.representative_id == await office.person_id("kien")
    assert not after.may_be_published


async def test_words_changed_meanwhile_are_not_agreed_to(office, hung):
    """The sheet held for the old words: it is said, and the new ones are shown before it is chosen again."""
    exemplar = await taken_over(office)
    await hung.send("/nhapgiay")
    await hung.tap("Ý kiến đồng ý công bố")
    await hung.tap("Nguyễn Thị Lan · chưa hỏi")
    await hung.tap("Đồng ý công bố")
    await hung.tap("Hôm nay")
    await hung.photo()
    async with office.database.transaction() as session:
        new = replace(exemplar, text="Nội dung mới " * 6, text_version=2)
        assert await exemplars.save_exemplar(session, new)
    await hung.tap("Ghi nhận")
    assert "vừa được sửa" in (hung.toast or hung.screen)
    assert (await now_of(office, exemplar)).consent is Consent.NONE
    await hung.tap("Sửa")
    await hung.tap("Ý kiến")
    assert "Nội dung mới" in hung.screen
    await hung.tap("Đồng ý công bố")
    await hung.tap("Ghi nhận")
    assert (await now_of(office, exemplar)).may_be_published


async def test_what_is_known_is_not_entered_again(office, hung):
    """The same word for the same words is refused; an unknown name, or nobody waiting, is said."""
    await hung.send("/nhapgiay")
    await hung.tap("Ý kiến đồng ý công bố")
    assert "không có gương nào đang chờ" in hung.screen
    await hung.send("Không Ai Cả")
    assert "Không có gương nào tên" in hung.screen
    await taken_over(office)
    for again in (False, True):
        await hung.send("lan")
        await hung.tap("Đồng ý công bố")
        await hung.tap("Hôm nay")
        await hung.photo()
        await hung.tap("Ghi nhận")
        if not again:
            await hung.tap("Nhập phiếu khác")
            await hung.tap("Ý kiến đồng ý công bố")
    assert "đã có đúng ý kiến đó" in (hung.toast or "")


async def test_from_the_exemplars_card_it_is_known_whose_consent_it_is(office, hung):
    """The card's button leads to what the sheet says."""
    exemplar = await taken_over(office)
    await hung.start()
    await hung.tap_data(f"pp:{exemplar.id}:0:new:consent")
    assert exemplar.text in hung.screen
    await hung.tap_data("pp:999:0:new:consent")
    assert "đang nhập dở" in hung.screen
