"""A head puts nominations right: two of one deed become one, one goes to its right unit."""

from datetime import UTC, datetime

import pytest

from bot.domain.exemplars import AnswerState
from storage import access, entries, exports, figures, nominations
from storage.entries import Entry
from tests.choosing import choose
from tests.handlers.test_choose import unit_id
from tests.handlers.test_choose_exemplars import begin, check, data_of, groups, the_answer, turn_to
from tests.nominating import nominate
from tests.office import Office
from tests.phones import Phone
from tests.posting import said

MONDAY = datetime(2026, 12, 8, 3, tzinfo=UTC)


async def entry(office: Office, number: int) -> Entry:
    """A nomination as it stands."""
    async with office.database.reading() as session:
        found = await entries.find_entry(session, number)
    assert found is not None
    return found


async def merge(hoa: Phone, one: str, into: str) -> None:
    """From the list: one becomes part of another."""
    await hoa.tap(one)
    await hoa.tap("Gộp với đề cử khác")
    await hoa.tap(into)
    await hoa.tap("Gộp hai đề cử")


async def two_of_one_deed(office: Office) -> Phone:
    """A person and a group of TH are nominated by two people; the head looks at the list."""
    await nominate(
        office.phone("lan"),
        "anh Bùi Anh Tuấn",
        "đã cùng tổ làm xong việc CHUYỆN-MỘT, bà con không phải chờ lâu như trước nữa",
    )
    await nominate(
        office.phone("mai"),
        "tập thể Tổ Một, phòng Tổng hợp",
        "đã làm xong việc CHUYỆN-HAI, bà con không phải chờ lâu như trước nữa",
    )
    return await begin(office)


# --- two of one deed ---


async def test_two_nominations_of_one_deed_are_read_and_counted_as_one(office: Office):
    """Previewed first; then one line with both nominators, both stories on the card, every count with one."""
    hoa = await two_of_one_deed(office)
    await hoa.tap("Bùi Anh Tuấn")
    await hoa.tap("Gộp với đề cử khác")
    assert "Chỉ gộp khi hai đề cử nói về cùng một việc" in hoa.screen
    await hoa.tap("tập thể Tổ Một")
    assert "Gộp đề cử Bùi Anh Tuấn vào đề cử tập thể Tổ Một?" in hoa.screen
    assert (await entry(office, 1)).merged_into is None
    await hoa.tap("Gộp hai đề cử")
    assert "Đã gộp đề cử Bùi Anh Tuấn vào đây." in hoa.screen
    for words in (
        "tập thể Tổ Một, Phòng Tổng hợp",
        "CHUYỆN-MỘT",
        "CHUYỆN-HAI",
        "Đã gộp vào đây: Bùi Anh Tuấn",
    ):
        assert words in hoa.screen
    await hoa.tap("Về danh sách")
    assert "1 gương được đề cử" in hoa.screen
    assert "2 người đề cử" in hoa.screen
    unit = await unit_id(office, "TH")
    async with office.database.reading() as session:
        assert await nominations.count_for_unit(session, unit, "2026-11") == 1
        (tally,) = await figures.tally_kinds(session, "2026-11", "2026-11")
        assert (tally.nominees, tally.reasons) == (1, 2)
        took_part = await figures.count_nominators(session, "2026-11", "2026-11", office.clock.at)
        assert sum(took_part.values()) == 2
        scope = exports.Scope("2026-11", "2026-11", unit_id=unit)
        assert await exports.count_rows(session, "nominations", scope) == 2
        ((row,),) = [rows async for rows in exports.read_rows(session, "nominees", scope, 9)]
        rows = await nominations.list_standing(session, "2026-11", "2026-11", unit_id=unit)
    assert (row["nomination_id"], row["reasons"]) == (2, 2)
    assert [one.endorsement.nomination_id for one in rows] == [2, 2]


async def test_merged_by_mistake_they_are_separated_again(office: Office):
    """[Tách ra] on the card: two lines as before, nothing of either lost."""
    hoa = await two_of_one_deed(office)
    await merge(hoa, "Bùi Anh Tuấn", "tập thể Tổ Một")
    await hoa.tap("Tách ra: Bùi Anh Tuấn")
    assert "Đã tách đề cử Bùi Anh Tuấn ra." in hoa.screen
    assert "2 gương được đề cử" in hoa.screen
    await hoa.tap("Bùi Anh Tuấn")
    assert "CHUYỆN-MỘT" in hoa.screen
    assert "CHUYỆN-HAI" not in hoa.screen
    async with office.database.reading() as session:
        acts = [line["act"] for line in await access.list_audit(session)]
    assert (acts.count("merge"), acts.count("split")) == (1, 1)


async def test_a_withdrawn_reason_leaves_what_stands_of_a_merged_pair(office: Office):
    """All reasons of the one that stands are withdrawn: the other's reason still is read there."""
    hoa = await two_of_one_deed(office)
    await merge(hoa, "Bùi Anh Tuấn", "tập thể Tổ Một")
    await office.phone("mai").tap("Hoàn tác (60 giây)")
    await hoa.send("/binhchon")
    assert "1 gương được đề cử" in hoa.screen
    assert "1 người đề cử" in hoa.screen
    async with office.database.reading() as session:
        assert [one.nominees for one in await figures.tally_kinds(session, "2026-11", "2026-11")] == [1]
    await office.phone("lan").tap("Hoàn tác (60 giây)")
    await hoa.send("/binhchon")
    assert "chưa có đề cử nào" in hoa.screen


async def test_no_cycles_and_no_chains(office: Office):
    """Into itself, into a part, a part or a holder into a third: refused, and nothing changes."""
    await groups(office, "Một", "Hai", "Ba")
    hoa = await begin(office)
    await merge(hoa, "tập thể Tổ Một", "tập thể Tổ Hai")
    unit = await unit_id(office, "TH")
    for one, other in ((2, 2), (2, 1), (3, 1), (1, 3), (2, 3), (3, 99)):
        await hoa.tap_data(f"h:{unit}:0:merge_sure:2026-11.{one}.{other}")
        assert hoa.toast, (one, other)
    stand = [(await entry(office, number)).merged_into for number in (1, 2, 3)]
    assert stand == [2, None, None]


async def test_only_within_a_unit_and_a_month(office: Office):
    """Another unit's and another month's nominations are not taken, whatever the button says."""
    await groups(office, "Một")
    await nominate(office.phone("lan"), "anh Đỗ Minh Đức")
    await turn_to(office, datetime(2026, 12, 2, 3, tzinfo=UTC))
    await groups(office, "Hai")
    hoa, unit = await begin(office), await unit_id(office, "TH")
    for month in ("2026-11", "2026-12"):
        for one, other in ((1, 2), (2, 1), (1, 3), (3, 1)):
            await hoa.tap_data(f"h:{unit}:0:merge_sure:{month}.{one}.{other}")
            assert hoa.toast
    assert [(await entry(office, number)).merged_into for number in (1, 2, 3)] == [None, None, None]


async def test_what_was_chosen_is_not_merged_away_and_may_hold_another(office: Office):
    """A chosen nominee is not offered to be merged; another may become part of it."""
    await groups(office, "Một", "Hai")
    hoa, unit = await begin(office), await unit_id(office, "TH")
    await choose(hoa, "tập thể Tổ Một")
    await hoa.tap("Về danh sách")
    await hoa.tap("✓ tập thể Tổ Một")
    assert "Gộp với đề cử khác" not in hoa.last.labels
    for act in ("merge_sure:2026-11.1.2", f"move_sure:2026-11.1.{await unit_id(office, 'NC')}"):
        await hoa.tap_data(f"h:{unit}:0:{act}")
        assert "đã được chọn" in (hoa.toast or "")
    await hoa.tap("Về danh sách")
    await merge(hoa, "tập thể Tổ Hai", "tập thể Tổ Một")
    assert (await entry(office, 2)).merged_into == 1
    assert [one.nomination_id for one in (await the_answer(office)).choices] == [1]


@pytest.mark.parametrize("why", ["accepted", "closed"])
async def test_after_acceptance_or_the_close_nothing_is_put_right(office: Office, why):
    """Old buttons say so."""
    await groups(office, "Một", "Hai", "Ba")
    hoa, unit = await begin(office), await unit_id(office, "TH")
    await merge(hoa, "tập thể Tổ Ba", "tập thể Tổ Hai")
    await hoa.tap("Về danh sách")
    await choose(hoa, "tập thể Tổ Một")
    if why == "accepted":
        await check(office, AnswerState.ACCEPTED)
    else:
        await turn_to(office, MONDAY)
    nc = await unit_id(office, "NC")
    for act in ("merge_sure:2026-11.2.1", "split:2026-11.3", f"move_sure:2026-11.2.{nc}"):
        await hoa.tap_data(f"h:{unit}:0:{act}")
        assert ("đã tiếp nhận" if why == "accepted" else "đã đóng") in (hoa.toast or "")
    assert [(await entry(office, number)).merged_into for number in (2, 3)] == [None, 2]


async def test_who_does_not_head_the_unit_puts_nothing_right(office: Office):
    """A forwarded button, and one with one's own unit put in."""
    hoa = await two_of_one_deed(office)
    await hoa.tap("Bùi Anh Tuấn")
    await hoa.tap("Gộp với đề cử khác")
    await hoa.tap("tập thể Tổ Một")
    sure = data_of(hoa, "Gộp hai đề cử")
    th, nc = await unit_id(office, "TH"), await unit_id(office, "NC")
    for code in ("minh", "lan"):
        phone = office.phone(code)
        await phone.send("/cuatoi")
        for data in (sure, sure.replace(f"h:{th}:", f"h:{nc}:")):
            await phone.tap_data(data)
            assert phone.toast
    assert (await entry(office, 1)).merged_into is None


async def test_a_later_reason_for_a_merged_nominee_is_read_with_the_other(office: Office):
    """Somebody else nominates the one that is part by now: one line still, three nominators."""
    hoa = await two_of_one_deed(office)
    await merge(hoa, "Bùi Anh Tuấn", "tập thể Tổ Một")
    await nominate(office.phone("duc"), "anh Bùi Anh Tuấn")
    await hoa.send("/binhchon")
    assert "1 gương được đề cử" in hoa.screen
    assert "3 người đề cử" in hoa.screen


# --- to its right unit ---


async def test_a_nomination_is_passed_on_to_its_right_unit(office: Office):
    """Previewed; then it is on the other unit's list, whose head is told with a button to it; logged."""
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    minh, hoa = office.phone("minh"), await begin(office)
    await hoa.tap("Bùi Anh Tuấn")
    await hoa.tap("Chuyển đơn vị khác")
    assert "Phòng Tổng hợp" not in hoa.last.labels
    await hoa.tap("Phòng Nội chính")
    assert "Chuyển đề cử Bùi Anh Tuấn đến Phòng Nội chính?" in hoa.screen
    assert said(minh) == []
    await hoa.tap("Chuyển đề cử")
    assert "Đã chuyển đề cử Bùi Anh Tuấn đến Phòng Nội chính, kỳ tháng 11/2026." in hoa.screen
    assert "chưa có đề cử nào" in hoa.screen
    assert "Phòng Tổng hợp vừa chuyển đến Phòng Nội chính một đề cử: Bùi Anh Tuấn" in minh.screen
    await minh.tap("Chọn")
    await minh.tap("Bùi Anh Tuấn")
    assert "Do Phòng Tổng hợp chuyển sang" in minh.screen
    async with office.database.reading() as session:
        (line,) = [line for line in await access.list_audit(session) if line["act"] == "move"]
    th, nc = await unit_id(office, "TH"), await unit_id(office, "NC")
    assert (line["subject"], line["subject_id"], line["detail"]) == ("nomination", 1, f"{th} > {nc}")
    lan = office.phone("lan")
    await lan.send("/cuatoi")
    assert "Phòng Nội chính" in lan.screen
    assert "đã chuyển đến đơn vị phù hợp" in lan.screen


async def test_where_that_unit_has_answered_it_goes_to_its_next_month(office: Office):
    """The preview names the month."""
    minh = await begin(office, "minh")
    await minh.tap("Kỳ này không có gương")
    await minh.tap("Xác nhận, không nêu lý do")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    hoa = await begin(office)
    await hoa.tap("Bùi Anh Tuấn")
    await hoa.tap("Chuyển đơn vị khác")
    await hoa.tap("Phòng Nội chính")
    assert "kỳ tháng 12/2026" in hoa.screen
    await hoa.tap("Chuyển đề cử")
    moved = await entry(office, 1)
    assert (moved.unit_name, moved.period) == ("Phòng Nội chính", "2026-12")


async def test_a_group_that_is_nominated_there_already_is_joined(office: Office):
    """The same name in the right unit: one nomination with both reasons, which cannot be taken apart."""
    await nominate(office.phone("lan"), "tập thể Tổ Một, phòng Tổng hợp")
    await nominate(office.phone("mai"), "tập thể tổ một, phòng Nội chính")
    hoa, minh = await begin(office), office.phone("minh")
    await hoa.tap("tập thể Tổ Một")
    await hoa.tap("Chuyển đơn vị khác")
    await hoa.tap("Phòng Nội chính")
    assert "Ở đó gương này đã được đề cử" in hoa.screen
    await hoa.tap("Chuyển đề cử")
    await minh.send("/binhchon")
    assert "1 gương được đề cử" in minh.screen
    assert "2 người đề cử" in minh.screen
    await minh.tap("tập thể tổ một")
    assert not [label for label in minh.last.labels if label.startswith("Tách ra")]
    await minh.tap_data(f"h:{await unit_id(office, 'NC')}:0:split:2026-11.1")
    assert minh.toast
    await hoa.send("/binhchon")
    assert "chưa có đề cử nào" in hoa.screen
    async with office.database.reading() as session:
        (tally,) = await figures.tally_kinds(session, "2026-11", "2026-11")
    assert tally.nominees == 1


async def test_a_group_passed_on_has_the_key_of_its_unit(office: Office):
    """Nominated once more under its right unit, it is the same nomination; under the old one, another."""
    await nominate(office.phone("lan"), "tập thể Tổ Một, phòng Tổng hợp")
    hoa = await begin(office)
    await hoa.tap("tập thể Tổ Một")
    await hoa.tap("Chuyển đơn vị khác")
    await hoa.tap("Phòng Nội chính")
    await hoa.tap("Chuyển đề cử")
    await nominate(office.phone("mai"), "tập thể Tổ Một, phòng Nội chính")
    minh = await begin(office, "minh")
    assert "2 người đề cử" in minh.screen


async def test_a_reason_that_comes_after_that_unit_answered_is_not_lost(office: Office):
    """The nominee's own unit has not answered, the one it was passed on to has: the next month reads it."""
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    hoa = await begin(office)
    await hoa.tap("Bùi Anh Tuấn")
    await hoa.tap("Chuyển đơn vị khác")
    await hoa.tap("Phòng Nội chính")
    await hoa.tap("Chuyển đề cử")
    await nominate(office.phone("mai"), "anh Bùi Anh Tuấn")
    minh = await begin(office, "minh")
    assert "2 người đề cử" in minh.screen
    await minh.tap("Kỳ này không có gương")
    await minh.tap("Xác nhận, không nêu lý do")
    duc = office.phone("duc")
    await nominate(duc, "anh Bùi Anh Tuấn")
    assert "kỳ tháng 12/2026" in duc.screen
    async with office.database.reading() as session:
        (row,) = await nominations.list_standing(session, "2026-12", "2026-12")
    assert row.unit_code == "TH"


async def test_it_is_passed_on_to_no_unknown_unit(office: Office):
    """Nor to its own; a second press finds it gone."""
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    hoa = await begin(office)
    th, nc = await unit_id(office, "TH"), await unit_id(office, "NC")
    for to in (th, 99999, 0):
        await hoa.tap_data(f"h:{th}:0:move_sure:2026-11.1.{to}")
        assert hoa.toast
    await hoa.tap_data(f"h:{th}:0:move_sure:2026-11.1.{nc}")
    await hoa.tap_data(f"h:{th}:0:move_sure:2026-11.1.{nc}")
    assert "Đề cử này không còn" in (hoa.toast or "")
    async with office.database.reading() as session:
        assert [line["act"] for line in await access.list_audit(session)].count("move") == 1


async def test_putting_right_in_english(office: Office):
    """The screens of merging and passing on in the head's own language."""
    hoa = await two_of_one_deed(office)
    await hoa.send("/language")
    await hoa.tap("English")
    await hoa.send("/choose")
    await hoa.tap("Bùi Anh Tuấn")
    await hoa.tap("Merge with another nomination")
    await hoa.tap("tập thể Tổ Một")
    assert "Merge Bùi Anh Tuấn into tập thể Tổ Một?" in hoa.screen
    await hoa.tap("Merge the two")
    await hoa.tap("Separate: Bùi Anh Tuấn")
    await hoa.tap("Bùi Anh Tuấn")
    await hoa.tap("Pass on to another unit")
    await hoa.tap("Phòng Nội chính")
    await hoa.tap("Pass it on")
    assert "is passed on to Phòng Nội chính, for 11/2026." in hoa.screen
