"""After Gửi: others join, one's own is changed or added to, it is taken back, and months are the office's."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.people import PersonId
from storage import nominations, people, units
from tests.handlers.test_nominate import CARD, STORY, standing
from tests.office import Office
from tests.phones import Phone

OTHER = "đã chủ động nhận thêm phần việc của đồng nghiệp nghỉ thai sản suốt sáu tháng liền"


async def nominated(phone: Phone, whom: str = "anh Tuấn, phòng Tổng hợp", story: str = STORY) -> str:
    """One message and one tap; answers the receipt."""
    await phone.send(f"Đề cử {whom}, vì {story}")
    assert phone.last.text.startswith(CARD), phone.screen
    await phone.tap("Gửi")
    return phone.last.text


async def open_month(office: Office, unit: str, period: str) -> None:
    """The head opens the unit's nominations."""
    async with office.database.transaction() as session:
        unit_id = next(known.id for known in await units.list_units(session) if known.code == unit)
        await nominations.open_nominations(session, unit_id, period, office.clock())


async def answer_month(office: Office, unit: str, period: str) -> None:
    """The unit answers for the month."""
    async with office.database.transaction() as session:
        unit_id = next(known.id for known in await units.list_units(session) if known.code == unit)
        await nominations.open_nominations(session, unit_id, period, office.clock())
        await nominations.add_answer(session, unit_id, period, "none", "", PersonId(7), office.clock())


async def test_a_second_reason_joins_the_first(office: Office):
    """The second nominator learns that others think so, not who; one nominee has two reasons."""
    first = await nominated(office.phone("lan"))
    assert "đồng đề cử" not in first
    second = await nominated(office.phone("mai"), story=OTHER)
    assert "Cũng có đồng nghiệp khác giới thiệu gương này" in second
    assert "đồng đề cử" in second
    assert "Nguyễn Thị Lan" not in second
    rows = await standing(office)
    assert len({row.endorsement.nomination_id for row in rows}) == 1
    assert sorted(row.nominator_code for row in rows) == ["lan", "mai"]


async def test_the_same_nominator_again_changes_the_first(office: Office):
    """Until the head has opened it the new text takes its place, and what is not said again stays."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử anh Tuấn vì {STORY}")
    await lan.photo()
    await lan.tap("Gửi")
    office.clock.turn(hours=5)
    receipt = await nominated(lan, story=OTHER)
    assert receipt.startswith("Đã cập nhật đề cử số 0001 đối với Bùi Anh Tuấn, Phòng Tổng hợp")
    assert "Nội dung mới thay cho nội dung đồng chí đã gửi trước." in receipt
    (row,) = await standing(office)
    assert row.endorsement.reason.story == f"Đ{OTHER[1:]}"
    assert len(row.endorsement.reason.evidence) == 1
    await lan.tap("Hoàn tác (60 giây)")
    (row,) = await standing(office)
    assert row.endorsement.reason.story == f"Đ{STORY[1:]}"


async def test_once_opened_the_new_reason_is_added(office: Office):
    """The receipt says so; taking the addition back leaves the first, and it can be sent again."""
    lan = office.phone("lan")
    await nominated(lan)
    await open_month(office, "TH", "2026-11")
    office.clock.turn(hours=5)
    receipt = await nominated(lan, story=OTHER)
    assert "Đơn vị đã mở xem đề cử số 0001" in receipt
    both = f"Đ{STORY[1:]}\n\nĐ{OTHER[1:]}"
    assert (await standing(office))[0].endorsement.reason.story == both
    await lan.tap("Hoàn tác (60 giây)")
    assert f"Nội dung: Đ{OTHER[1:]}" in lan.screen
    assert (await standing(office))[0].endorsement.reason.story == f"Đ{STORY[1:]}"
    await lan.tap("Gửi")
    assert (await standing(office))[0].endorsement.reason.story == both


async def test_a_unit_that_has_answered_gets_it_next_month(office: Office):
    """The receipt says which month it counts for."""
    await answer_month(office, "TH", "2026-11")
    receipt = await nominated(office.phone("lan"))
    assert "trong kỳ tháng 12/2026" in receipt
    assert "Tháng này đơn vị đã trả lời xong, nên đề cử được tính cho kỳ tháng 12/2026." in receipt


async def test_undo_within_sixty_seconds(office: Office):
    """The nomination stands no more and its card is back; sent again it has its old number."""
    lan = office.phone("lan")
    await nominated(lan)
    office.clock.turn(seconds=59)
    await lan.tap("Hoàn tác (60 giây)")
    assert "Đã thu lại đề cử vừa gửi." in lan.screen
    assert CARD in lan.screen
    assert await standing(office) == []
    await lan.tap("Gửi")
    assert "đề cử số 0001" in lan.screen
    assert len(await standing(office)) == 1


async def test_undo_too_late_and_twice(office: Office):
    """After a minute, or a second time, the button only explains; nothing changes."""
    lan = office.phone("lan")
    await nominated(lan)
    receipt = lan.last.message_id
    office.clock.turn(seconds=61)
    await lan.tap("Hoàn tác (60 giây)")
    assert "Đã quá thời gian hoàn tác" in (lan.toast or "")
    assert len(await standing(office)) == 1
    await nominated(lan, "chị Hoa")
    undo = lan.last.raw["buttons"][0][0]["data"]
    await lan.tap_data(undo)
    await lan.tap("Hủy")
    await lan.tap("Bỏ hẳn")
    await lan.tap_data(undo, message_id=receipt)
    assert "Đã quá thời gian hoàn tác" in (lan.toast or "")
    assert len(await standing(office)) == 1


async def test_what_a_unit_has_answered_by_is_not_undone(office: Office):
    """The head answers within the minute: the reason stands, and the button explains."""
    lan, hoa = office.phone("lan"), office.phone("hoa")
    await nominated(lan)
    undo, receipt = lan.last.raw["buttons"][0][0]["data"], lan.last.message_id
    await hoa.send("/binhchon")
    await hoa.tap("Kỳ này không có gương")
    await hoa.tap("Xác nhận, không nêu lý do")
    await lan.tap_data(undo, message_id=receipt)
    assert "Không hoàn tác được nữa" in (lan.toast or "")
    assert len(await standing(office)) == 1


async def test_undo_while_writing_another(office: Office):
    """The draft in hand is not pushed away: the person is told to finish it first."""
    lan = office.phone("lan")
    await nominated(lan)
    await lan.send(f"Đề cử chị Hoa vì {STORY}")
    await lan.tap("Hoàn tác (60 giây)")
    assert "Đồng chí đang viết một đề cử khác" in (lan.toast or "")
    assert "Võ Thị Hoa" in lan.screen
    assert len(await standing(office)) == 1


async def test_undo_of_a_changed_nominee_restores_the_first(office: Office):
    """Changing whom a sent nomination is about, and taking that back, leaves it as it was."""
    lan = office.phone("lan")
    await nominated(lan)
    office.clock.turn(minutes=5)
    await lan.send("/cuatoi")
    await lan.tap(next(label for label in lan.last.labels if label.startswith("0001")))
    await lan.tap("Sửa")
    await lan.tap("Sửa")
    await lan.tap("Người được đề cử")
    await lan.send("chị Hoa")
    await lan.tap("Gửi")
    assert [row.endorsement.nominee.name for row in await standing(office)] == ["Võ Thị Hoa"]
    await lan.tap("Hoàn tác (60 giây)")
    assert [row.endorsement.nominee.name for row in await standing(office)] == ["Bùi Anh Tuấn"]


async def test_a_change_that_comes_too_late_becomes_an_addition(office: Office):
    """The head opens it while it is being changed: the person is told, and Gửi adds."""
    lan = office.phone("lan")
    await nominated(lan)
    await lan.send("/cuatoi")
    await lan.tap(next(label for label in lan.last.labels if label.startswith("0001")))
    await lan.tap("Sửa")
    await lan.send(OTHER)
    await lan.tap("Thay nội dung")
    await open_month(office, "TH", "2026-11")
    await lan.tap("Gửi")
    assert "Thủ trưởng đơn vị đã mở xem đề cử này" in lan.screen
    await lan.tap("Gửi")
    assert "nội dung mới được ghi thêm vào sau nội dung cũ" in lan.screen
    assert len(await standing(office)) == 1


@pytest.mark.parametrize(
    ("at", "month"),
    [
        (datetime(2026, 11, 30, 16, 59, 59, tzinfo=UTC), "tháng 11/2026"),
        (datetime(2026, 11, 30, 17, 0, 1, tzinfo=UTC), "tháng 12/2026"),
        (datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC), "tháng 12/2026"),
        (datetime(2026, 12, 31, 17, 0, 1, tzinfo=UTC), "tháng 1/2027"),
    ],
)
async def test_months_are_the_office_s(office: Office, at: datetime, month: str):
    """A nomination belongs to the month of its day in Asia/Ho_Chi_Minh, not of UTC."""
    office.clock.at = at
    assert f"trong kỳ {month}." in await nominated(office.phone("lan"))


async def test_another_month_is_another_nomination(office: Office):
    """The same nominee next month is nominated anew."""
    lan = office.phone("lan")
    await nominated(lan)
    office.clock.turn(days=14)
    assert "Đã ghi nhận đề cử số 0002" in await nominated(lan)
    assert len(await standing(office)) == 2


async def test_a_nominee_who_moves_units(office: Office):
    """The nomination belongs to the unit of the day it is sent on; an older one stays where it was."""
    lan = office.phone("lan")
    await nominated(lan)
    await lan.send(f"Đề cử chị Thảo vì {STORY}")
    async with office.database.transaction() as session:
        noi_chinh = next(unit.id for unit in await units.list_units(session) if unit.code == "NC")
        for code in ("tuan", "thao"):
            person = await people.find_by_code(session, code)
            assert person
            await people.change_person(
                session,
                person.id,
                full_name=person.full_name,
                post=person.post,
                unit_id=noi_chinh,
                phone=person.phone,
                telegram_id=person.telegram_id,
            )
    await lan.tap("Gửi")
    assert "đối với Đặng Phương Thảo, Phòng Nội chính" in lan.screen
    old, new = await standing(office)
    assert (old.unit_code, new.unit_code) == ("TH", "NC")


async def test_an_office_may_do_without_undo(office: Office):
    """With no time to undo there is no such button."""
    await office.reconfigure(nominations=replace(office.config.nominations, undo_seconds=0))
    lan = office.phone("lan")
    await nominated(lan)
    assert lan.last.labels == ["Đề cử tiếp", "Đề cử của tôi"]
