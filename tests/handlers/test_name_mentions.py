"""The secretariat goes through the texts of others that name somebody who was erased."""

from dataclasses import replace

import pytest

from bot.domain.errors import Gone
from bot.domain.nominations import EndorsementId
from bot.operations.send_nomination import undo_nomination
from storage import access, mentions, nominations, people
from storage.mentions import Place
from tests.exemplars import the_exemplar
from tests.nominating import nominate
from tests.office import Office
from tests.operations.erasing import NAME, OTHERS, live
from tests.operations.test_erase_person import erase

INSTEAD = "(một đồng nghiệp đã rút tên)"
DROP, KEEP = "Xóa tên trong đoạn này", "Giữ nguyên, là người khác"


async def story_of(office: Office, number: int = 1) -> str:
    async with office.database.reading() as session:
        found = await mentions.find_text(session, Place("endorsements", str(number), "story"))
    assert found is not None
    return found.body


async def test_one_message_says_how_many_and_leads_to_each(office: Office):
    """Each text once, its name marked; after the last there is no more, and no table names them."""
    _, other = await live(office)
    hung = office.phone("hung")
    await erase(office)
    told = [said for said in hung.messages() if said.from_bot and "Nhân sự mã duc" in said.text]
    assert len(told) == 1
    assert f"còn {len(OTHERS) + 1} đoạn nêu đúng họ tên này" in told[0].text
    assert "Đức" not in told[0].text
    await hung.tap("Xem từng đoạn")
    seen = []
    while waiting := [said for said in hung.messages() if DROP in said.labels]:
        seen.append(waiting[-1].html)
        assert "trùng họ tên: xin đồng chí đọc kỹ" in seen[-1]
        await hung.tap(DROP)
    assert len(seen) == len(OTHERS) + 1
    assert sum("<b>Đỗ Minh Đức</b>" in html for html in seen) == len(OTHERS) - 1
    assert [said for said in hung.messages() if "không còn đoạn nào" in said.text]
    assert INSTEAD in hung.last.text  # the picture, drawn anew
    left = await the_exemplar(office, other.id)
    assert left.text == f"Cùng {INSTEAD} trực đêm."
    assert left.is_public
    async with office.database.reading() as session:
        assert await mentions.list_texts(session, ["Đức", "duc", "ĐỨC"]) == []
        group = await session.fetch(
            "select nominee_name, nominee_key from nominations where nominee_kind = 'group'"
        )
    assert group[0]["nominee_name"] == f"Nhóm {INSTEAD}"
    assert "duc" not in group[0]["nominee_key"]


async def test_a_namesakes_text_is_left_as_it_is(office: Office):
    """[Giữ nguyên, là người khác] changes nothing and does not come again."""
    lan, hung = office.phone("tuan"), office.phone("hung")
    await nominate(
        lan, "chị Võ Thị Hoa", f"đã cùng chị Nguyễn Thị Lan hướng dẫn {5} lượt người dân nộp hồ sơ"
    )
    await erase(office, "lan")
    await hung.tap("Xem từng đoạn")
    assert "Võ Thị Hoa" in hung.screen
    await hung.tap(KEEP)
    assert "Đã giữ nguyên" in hung.screen
    assert "Nguyễn Thị Lan" in await story_of(office)
    async with office.database.reading() as session:
        assert await mentions.count_open(session) == 0


async def test_nothing_is_said_of_texts_where_nobody_names_them(office: Office):
    """The notice stays as it was."""
    hung = office.phone("hung")
    await erase(office)
    assert "Nhân sự mã duc đã xóa" in hung.screen
    assert hung.last.labels == []


async def test_a_text_changed_meanwhile_is_not_cut_at_the_old_place(office: Office):
    """Its author has rewritten it: the clerk reads it and is told so."""
    lan, hung = office.phone("lan"), office.phone("hung")
    await nominate(lan, "chị Võ Thị Hoa", f"đã cùng {NAME} hướng dẫn người dân nộp hồ sơ suốt cả tháng qua")
    await erase(office)
    await hung.tap("Xem từng đoạn")
    async with office.database.transaction() as session:
        await mentions.set_text(session, Place("endorsements", "1", "story"), "Đã viết lại hoàn toàn.")
    await hung.tap(DROP)
    assert "vừa được sửa" in (hung.toast or "")
    assert await story_of(office) == "Đã viết lại hoàn toàn."
    await hung.send("/banlam")
    await hung.tap("Đoạn nêu tên người đã xóa dữ liệu: 1")
    assert "đã được sửa sau khi" in hung.screen
    assert hung.last.labels == ["Đã xem"]
    await hung.tap("Đã xem")
    assert "không còn đoạn nào" in hung.screen


async def test_only_the_secretariat_reads_and_settles(office: Office):
    """A forged button of anybody else is refused, and a second tap of a clerk changes nothing."""
    lan, hung = office.phone("lan"), office.phone("hung")
    await nominate(lan, "chị Võ Thị Hoa", f"đã cùng {NAME} hướng dẫn người dân nộp hồ sơ suốt cả tháng qua")
    await erase(office)
    for act in ("next", "drop", "keep"):
        await lan.tap_data(f"nm:1:0:{act}:")
        assert "bộ phận thư ký" in (lan.toast or "")
    assert NAME in await story_of(office)
    await hung.tap("Xem từng đoạn")
    shown = hung.last.message_id
    await hung.tap(DROP)
    assert INSTEAD in await story_of(office)
    await hung.tap_data("nm:1:0:drop:", message_id=shown)
    assert "đã được xử lý trước đó" in (hung.toast or "")
    async with office.database.reading() as session:
        last = (await access.list_audit(session))[-1]
    assert (last["act"], last["detail"]) == ("settle_mention", "endorsements 1 story dropped")


async def test_what_was_emptied_is_not_brought_back(office: Office):
    """A nominator changed a text that names the erased: [Hoàn tác] comes too late, and nothing is lost."""
    lan = office.phone("lan")
    await nominate(lan, "chị Võ Thị Hoa", f"đã cùng {NAME} hướng dẫn người dân nộp hồ sơ cả tháng qua")
    lan_id = await office.person_id("lan")
    async with office.database.transaction() as session:
        sent = await nominations.get_endorsement(session, EndorsementId(1))
        changed = replace(sent.reason, story="Hướng dẫn người dân nộp hồ sơ suốt cả tháng qua, không nghỉ.")
        await nominations.change_endorsement(session, sent, changed, "changed", office.clock())
    await erase(office)
    async with office.database.transaction() as session:
        me = await people.get_person(session, lan_id)
        with pytest.raises(Gone):
            await undo_nomination(session, me, EndorsementId(1), office.config, office.clock())
    assert await story_of(office) == changed.story
