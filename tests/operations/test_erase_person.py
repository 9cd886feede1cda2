"""An erasure empties every table of the person, and lists where others still name them."""

import json
from dataclasses import replace

import pytest

from bot.clock import to_us
from bot.domain.exemplars import Consent, ExemplarState, Place
from bot.domain.mentions import find_name
from bot.domain.names import fold
from bot.operations.erase_person import erase_again
from bot.operations.honour import honour
from storage import choices, conversations, entries, exemplars, mentions, people
from storage.conversations import StoredDraft
from tests.exemplars import agreed, taken_over, the_exemplar
from tests.honouring import a_group
from tests.office import Office
from tests.operations.erasing import MARKS, NAME, OTHERS, PHONE, every_cell, live
from tests.posting import everybody, pass_time


async def erase(office: Office, code: str = "duc") -> None:
    phone = office.phone(code)
    await phone.send("/dulieucuatoi")
    await phone.tap("Xóa dữ liệu của tôi")
    await phone.tap("Tôi đã hiểu và muốn xóa")
    await phone.tap("Xóa vĩnh viễn")


async def places(office: Office) -> set[tuple[str, str]]:
    """The table and column of every mention that waits."""
    async with office.database.reading() as session:
        rows = await session.fetch("select subject, field from name_mentions where settled_at is null")
    return {(row["subject"], row["field"]) for row in rows}


async def test_no_table_holds_anything_of_an_erased_person(office: Office):
    """Name (folded too), phone, account and all texts about them are gone but from listed texts of others."""
    await live(office)
    before = "\n".join(str(value) for _, _, value in await every_cell(office))
    assert [mark for mark in (*MARKS, NAME, fold(NAME), PHONE) if mark not in before] == []

    await erase(office)

    cells = await every_cell(office)
    assert [(cell, mark) for cell in cells for mark in (*MARKS, PHONE) if mark in str(cell[2])] == []
    named = {(table, column) for table, column, value in cells if find_name(str(value), NAME)}
    listed = {*OTHERS, ("endorsements", "story")}
    assert await places(office) == listed
    found_by = {("exemplars", "folded"), ("nominations", "nominee_key"), ("drafts", "fields")}
    assert named - found_by == listed
    assert not [cell for cell in cells if cell[0] == "drafts" and find_name(str(cell[2]), NAME)]
    ours = {"updates", "migrations", "audit", "screens", "menus"}  # by update or chat, not by person
    assert not [cell for cell in cells if cell[0] not in ours and cell[2] == 1006]


async def test_what_was_published_of_them_is_taken_down_and_the_rest_stays(office: Office):
    """Their exemplar is removed; another's stands with its consent; proof and counts stay as numbers."""
    mine, other = await live(office)
    await erase(office)
    gone, left = await the_exemplar(office, mine.id), await the_exemplar(office, other.id)
    assert (gone.state, gone.text, gone.photo, gone.card) == (ExemplarState.REMOVED, "", None, None)
    assert gone.erased
    assert left.is_public
    assert left.text == OTHERS["exemplars", "text"]
    async with office.database.reading() as session:
        proof = await exemplars.list_consents(session, mine.id)
        answer = await choices.find_answer(session, mine.nominee.unit_id, mine.period)
        counted = await session.fetch("select exemplar_id from congratulations")
        replies = await session.fetch("select * from event_replies")
        speakers = await session.fetch("select exemplar_id from event_speakers")
    assert [(one.text_version, one.note) for one in proof] == [(1, ""), (1, "")]
    assert answer is not None
    assert [choice.nomination_id for choice in answer.choices] == [mine.nomination_id]
    assert answer.choices[0].criteria
    assert [row["exemplar_id"] for row in counted] == [mine.id]
    assert replies == []
    assert [row["exemplar_id"] for row in speakers] == [other.id]


async def put_draft(office: Office, code: str, flow: str, fields: dict[str, object]) -> None:
    owner = await office.person_id(code)
    async with office.database.transaction() as session:
        await conversations.put_draft(session, owner, flow, "step", fields, office.clock())


async def find_draft(office: Office, code: str, flow: str) -> StoredDraft | None:
    owner = await office.person_id(code)
    async with office.database.reading() as session:
        return await conversations.find_draft(session, owner, flow)


async def test_drafts_about_them_go_and_others_lose_the_name_alone(office: Office):
    """A head's other choices stay; a half-written story about somebody else keeps its words."""
    mine, other = await live(office)
    await put_draft(office, "minh", "ec", {"exemplar_id": mine.id, "text": "mới"})
    await put_draft(office, "hoa", "ec", {"exemplar_id": other.id, "text": f"Cùng {NAME} làm"})
    picked = {
        f"{number}:2026-11": {
            "version": 0,
            "picked": [nomination],
            "criteria": [],
            "sentence": "x",
            "own": {},
        }
        for number, nomination in ((1, mine.nomination_id), (2, other.nomination_id))
    }
    await put_draft(office, "hoa", "h", {"at": "2:2026-11", "of": picked})
    await put_draft(office, "minh", "h", {"at": "1:2026-11", "of": picked})
    await erase(office)
    assert await find_draft(office, "minh", "ec") is None
    assert await find_draft(office, "minh", "h") is None
    story, choice = await find_draft(office, "hoa", "ec"), await find_draft(office, "hoa", "h")
    assert story is not None
    assert story.fields["text"] == "Cùng … làm"
    assert choice is not None
    assert list(choice.fields["of"]) == ["2:2026-11"]


async def test_a_screen_that_shows_a_piece_of_their_story_is_forgotten(office: Office):
    """Without their name on it too: a later page of what was said about them."""
    await live(office)
    minh, hoa = office.phone("minh"), office.phone("hoa")
    await minh.send("/trogiup")
    await hoa.send("/trogiup")
    async with office.database.transaction() as session:
        body = '{"text": "<i>2/2</i> …-RIÊNG: ba đêm trực, LÝ-DO-CHỌN là thế."}'
        await session.execute(f"update screens set body = '{body}' where chat_id = {minh.user_id}")  # noqa: S608
    await erase(office)
    async with office.database.reading() as session:
        theirs = await conversations.find_screen(session, minh.user_id)
        others = await conversations.find_screen(session, hoa.user_id)
    assert theirs is not None
    assert theirs.body == {}
    assert others is not None
    assert others.body


async def test_a_restored_backup_lists_the_places_again(office: Office):
    """Erased again from the command line: the places wait on the desk."""
    await live(office)
    me = await office.person_id("duc")
    async with office.database.transaction() as session:
        assert await erase_again(session, [me], office.clock()) == ["duc"]
        n = await mentions.count_open(session)
    assert n == len(OTHERS) + 1
    assert ("adoptions", "result") in await places(office)


@pytest.mark.parametrize("code", ["duc", "minh"])
async def test_posts_that_honour_them_are_deleted_everywhere(office: Office, code):
    """In the unit's group and in everybody's chat, whatever the person's role; the rest of the chat stays."""
    phones = everybody(office)
    hung = phones["hung"]
    group = await a_group(office, "Nội chính", "hung", "minh", "duc", "lan2")
    await hung.tap("NC")
    exemplar = await agreed(office, code, nominator="lan")
    async with office.database.transaction() as session:
        clerk = await people.find_by_code(session, "hung")
        assert clerk is not None
        places = [Place.UNIT, Place.EVERYONE]
        await honour(session, clerk, exemplar, places, office.config, office.clock())
    await pass_time(office, minutes=5)
    assert [said for said in hung.messages(chat_id=group) if said.raw["photo"]]
    assert [said for said in phones["tuan"].messages() if said.raw["photo"]]
    await erase(office, code)
    await pass_time(office, minutes=5)
    assert not [said for said in hung.messages(chat_id=group) if said.raw["photo"]]
    assert not [said for said in phones["tuan"].messages() if said.raw["photo"]]


async def test_what_is_read_as_part_of_theirs_goes_and_other_choices_stay(office: Office):
    """A merged nomination tells of the same deed; of an earlier answer only the words about them go."""
    mine = await agreed(office, "duc", nominator="lan")
    part = await agreed(office, "lan2", nominator="lan", name="Tổ trực đêm", text="CHUYỆN-CỦA-TỔ suốt ba đêm")
    kept = {
        "choices": [
            {"nomination_id": mine.nomination_id, "reason": "VỀ-ĐỨC"},
            {"nomination_id": 99, "reason": "VỀ-NGƯỜI-KHÁC"},
        ]
    }
    minh = await office.person_id("minh")
    async with office.database.transaction() as session:
        await entries.set_merged(session, part.nomination_id, mine.nomination_id)
        await session.run(
            "choices.add_revision",
            unit_id=mine.nominee.unit_id,
            period=mine.period,
            act="changed",
            before=json.dumps(kept, ensure_ascii=False),
            person_id=minh,
            at=to_us(office.clock()),
        )
    await erase(office)
    cells = "\n".join(str(value) for _, _, value in await every_cell(office))
    assert "CHUYỆN-CỦA-TỔ" not in cells
    assert "VỀ-ĐỨC" not in cells
    assert "VỀ-NGƯỜI-KHÁC" in cells


async def test_a_group_whose_speaker_is_erased_is_asked_for_another(office: Office):
    """What it agreed to stands; a question that waits is nobody's any more, and the desk has it again."""
    asked = await taken_over(office, "duc", nominator="lan", name="Tổ một cửa", text="Đón tiếp tận tình.")
    async with office.database.transaction() as session:
        await exemplars.save_exemplar(session, replace(asked, consent=Consent.ASKED))
    said = await agreed(office, "duc", nominator="lan", name="Tổ hồ sơ", text="Trả hồ sơ trước hẹn.")
    await erase(office)
    waiting, standing = await the_exemplar(office, asked.id), await the_exemplar(office, said.id)
    assert (waiting.representative_id, waiting.consent) == (None, Consent.NONE)
    assert waiting.text
    assert standing.representative_id is None
    assert standing.may_be_published
