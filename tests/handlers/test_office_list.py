"""The office's list of a quarter or a year, composed from the units' choices."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.errors import Gone
from bot.domain.exemplars import Consent
from bot.domain.periods import read_period
from bot.domain.roles import Role
from bot.operations.check_answer import accept_answer
from bot.operations.office_list import close_list
from storage import access, choices, exemplars, office_lists, people
from storage.office_lists import ListState
from tests.answering import WHY, answered, nominated, unit_of
from tests.handlers.test_choose import give
from tests.office import Office
from tests.phones import Phone
from tests.posting import said

QUARTER = "2026-Q4"
NOVEMBER = datetime(2026, 11, 30, 3, tzinfo=UTC)
JANUARY = datetime(2027, 1, 6, 3, tzinfo=UTC)
MAY = datetime(2027, 5, 31, 3, tzinfo=UTC)
"""Behind the close of the first quarter of 2027."""


async def accept(office: Office, unit: str, period: str) -> None:
    """The secretariat accepts a unit's answer."""
    unit_id, known = await unit_of(office, unit), read_period(period)
    assert known is not None
    async with office.database.transaction() as session:
        clerk = await people.find_by_code(session, "hung")
        answer = await choices.find_answer(session, unit_id, period)
        assert clerk is not None
        assert answer is not None
        await accept_answer(session, clerk, unit_id, known, answer.version, office.config, office.clock())


async def the_quarter(office: Office) -> dict[str, int]:
    """Two units have chosen for November and for the quarter, all accepted: numbers by whom they honour."""
    office.clock.at = NOVEMBER
    chosen = {
        "hoa": [await nominated(office, "tuan"), await nominated(office, "chanh")],
        "minh": [await nominated(office, "duc")],
    }
    units = {"hoa": "TH", "minh": "NC"}
    for period in ("2026-11", QUARTER):
        for head, numbers in chosen.items():
            await answered(office, head, *numbers, period=period)
            await accept(office, units[head], period)
        office.clock.at = JANUARY
    return {"tuan": chosen["hoa"][0], "chanh": chosen["hoa"][1], "duc": chosen["minh"][0]}


async def decline(office: Office, nomination_id: int, consent: Consent = Consent.DECLINED) -> None:
    """What they say about publication."""
    async with office.database.transaction() as session:
        found = await exemplars.find_by_nomination(session, nomination_id)
        assert found is not None
        said = replace(found, consent=consent, consent_version=found.text_version)
        assert await exemplars.save_exemplar(session, said)


async def open_list(office: Office) -> Phone:
    """From the desk: one tap."""
    hung = office.phone("hung")
    await hung.send("/banlam")
    await hung.tap("Lập danh sách quý 4/2026: 3 gương")
    return hung


async def listed(office: Office) -> dict[str, tuple[str, str]]:
    """Who is on the list, with form and note."""
    async with office.database.reading() as session:
        found = await office_lists.list_candidates(session, QUARTER)
    return {one.exemplar.nominee.name: (one.form, one.note) for one in found if one.listed}


async def test_a_quarters_answer_makes_no_second_exemplar(office: Office):
    """The months' exemplars are those of the quarter."""
    await the_quarter(office)
    async with office.database.reading() as session:
        assert len(await exemplars.list_standing(session)) == 3


async def test_who_goes_on_the_list_is_toggled_and_kept(office: Office):
    """A tap puts somebody on, another takes them off; the units' choices stay as they are."""
    await the_quarter(office)
    hung = await open_list(office)
    assert "Các đơn vị chọn 3 gương, đã đưa vào danh sách 0" in hung.screen
    assert f"Bùi Anh Tuấn, Phòng Tổng hợp\n{WHY}" in hung.screen
    await hung.tap("☐ Bùi Anh Tuấn")
    await hung.tap("☐ Đỗ Minh Đức")
    assert "đã đưa vào danh sách 2" in hung.screen
    assert set(await listed(office)) == {"Bùi Anh Tuấn", "Đỗ Minh Đức"}
    await hung.tap("☑ Bùi Anh Tuấn")
    assert set(await listed(office)) == {"Đỗ Minh Đức"}
    async with office.database.reading() as session:
        acts = [line["act"] for line in await access.list_audit(session)]
    assert acts.count("put_on_list") == 2
    assert acts.count("take_off_list") == 1


async def test_a_form_and_a_note_are_proposed(office: Office):
    """Ready words or typed ones; the card shows the reason, the unit, the consent and all reasons."""
    await the_quarter(office)
    hung = await open_list(office)
    await hung.tap("Mở 1")
    assert "Phòng Nội chính chọn" in hung.screen
    assert "Công bố: chưa xin ý kiến" in hung.screen
    await hung.tap("Đọc lý do đề cử")
    assert "1. Người đề cử: Nguyễn Thị Lan" in hung.screen
    await hung.tap("Quay lại")
    await hung.tap("Đề nghị tặng Giấy khen")
    assert "✓ Đề nghị tặng Giấy khen" in hung.last.labels
    await hung.tap("Ghi chú")
    await office.restart()
    await hung.send("Hai tháng liền được chọn")
    assert "Ghi chú: Hai tháng liền được chọn" in hung.screen
    assert await listed(office) == {"Đỗ Minh Đức": ("Đề nghị tặng Giấy khen", "Hai tháng liền được chọn")}
    await hung.tap("Hình thức khác…")
    await hung.send("x" * 101)
    assert "thừa 1" in hung.screen
    await hung.send("Giới thiệu trên Cổng Thông tin điện tử")
    await hung.tap("Bỏ ghi chú")
    assert await listed(office) == {"Đỗ Minh Đức": ("Giới thiệu trên Cổng Thông tin điện tử", "")}
    await hung.tap("Bỏ khỏi danh sách")
    assert await listed(office) == {}


async def test_who_declined_is_shown_and_cannot_be_put_on(office: Office):
    """The line says so; a forged button is refused; who declines later leaves the list."""
    numbers = await the_quarter(office)
    await decline(office, numbers["tuan"])
    hung = await open_list(office)
    assert "Bùi Anh Tuấn, Phòng Tổng hợp: không đồng ý công bố" in hung.screen
    async with office.database.reading() as session:
        tuan = await exemplars.find_by_nomination(session, numbers["tuan"])
    assert tuan is not None
    for data in (f"ol:{tuan.id}:0:on:{QUARTER}", f"ol:{tuan.id}:0:set:{QUARTER}.0"):
        await hung.tap_data(data)
        assert "không đồng ý công bố" in (hung.toast or "")
    await hung.tap("– Bùi Anh Tuấn")
    assert "Đề nghị tặng Giấy khen" not in hung.last.labels
    await hung.tap("Về danh sách")
    await hung.tap("☐ Đỗ Minh Đức")
    await hung.tap("☐ Nguyễn Đức Chánh")
    await decline(office, numbers["duc"])
    assert set(await listed(office)) == {"Nguyễn Đức Chánh"}
    await hung.tap("Xem danh sách, chốt")
    assert "Đỗ Minh Đức" not in hung.screen


async def test_a_closed_list_is_told_to_leaders_who_read_names_of_those_who_agreed(office: Office):
    """They hear a number; the names they read are of who may be published; then it can be opened again."""
    numbers = await the_quarter(office)
    await decline(office, numbers["duc"], Consent.AGREED)
    chanh, hung = office.phone("chanh"), await open_list(office)
    await hung.tap("☐ Đỗ Minh Đức")
    await hung.tap("☐ Bùi Anh Tuấn")
    await hung.tap("Xem danh sách, chốt")
    assert "Danh sách của cơ quan, quý 4/2026: 2 gương" in hung.screen
    await hung.tap("Chốt danh sách")
    assert "Lãnh đạo cơ quan sẽ được báo" in hung.screen
    await hung.tap("Xác nhận chốt")
    assert any("Đã chốt danh sách" in text for text in said(hung))
    assert "đã lập xong, gồm 2 gương" in chanh.last.text
    await chanh.tap("Xem danh sách")
    assert "Đỗ Minh Đức" in chanh.last.text
    assert "Bùi Anh Tuấn" not in chanh.last.text
    assert "Và 1 gương đang chờ ý kiến" in chanh.last.text
    await hung.send("/banlam")
    assert not any("Lập danh sách" in label for label in hung.last.labels)
    await hung.tap("Danh sách của cơ quan")
    await hung.tap("quý 4/2026: đã chốt")
    await hung.tap("Mở lại danh sách")
    assert "Đã mở lại" in hung.screen
    await chanh.tap("Xem danh sách")
    assert "đang được sửa" in (chanh.toast or "")


async def test_a_closed_list_does_not_change_until_it_is_opened_again(office: Office):
    """Buttons of before say so; what is being typed is not kept either."""
    await give(office, "mai", Role.SECRETARIAT, "HCTC")
    await the_quarter(office)
    hung, mai = await open_list(office), office.phone("mai")
    await hung.tap("☐ Đỗ Minh Đức")
    await mai.send("/banlam")
    await mai.tap("Lập danh sách quý 4/2026: 3 gương")
    await hung.tap("Mở 1")
    await hung.tap("Ghi chú")
    await mai.tap("Xem danh sách, chốt")
    await mai.tap("Chốt danh sách")
    sure = mai.last.raw["buttons"][0][0]["data"]
    await mai.tap("Xác nhận chốt")
    await hung.send("Một ghi chú")
    assert "đã được chốt" in hung.screen
    await mai.tap_data(sure)
    assert "đã được chốt" in (mai.toast or "")
    async with office.database.reading() as session:
        tuan = (await office_lists.list_candidates(session, QUARTER))[1].exemplar
    for act in ("on", "off"):
        await hung.tap_data(f"ol:{tuan.id}:0:{act}:{QUARTER}")
        assert "đã được chốt" in (hung.toast or "")
    assert await listed(office) == {"Đỗ Minh Đức": ("", "")}


async def test_a_list_that_grew_meanwhile_is_not_closed_unseen(office: Office):
    """The number that was confirmed is the number that is closed."""
    await the_quarter(office)
    hung = await open_list(office)
    await hung.tap("☐ Đỗ Minh Đức")
    await hung.tap("Xem danh sách, chốt")
    await hung.tap("Chốt danh sách")
    async with office.database.transaction() as session:
        tuan = (await office_lists.list_candidates(session, QUARTER))[1].exemplar
        await office_lists.put_on(
            session, QUARTER, tuan.nomination_id, await office.person_id("hung"), office.clock()
        )
    await hung.tap("Xác nhận chốt")
    assert "vừa thay đổi" in (hung.toast or "")
    assert await state(office) is ListState.OPEN


async def test_of_two_clerks_at_once_one_closes(office: Office):
    """Leaders are told once."""
    await the_quarter(office)
    hung, period = await open_list(office), read_period(QUARTER)
    await hung.tap("☐ Đỗ Minh Đức")
    assert period is not None

    async def close() -> str:
        try:
            async with office.database.transaction() as session:
                me = await people.find_by_code(session, "hung")
                assert me is not None
                await close_list(session, me, period, office.config, office.clock())
        except Gone:
            return "gone"
        return "closed"

    assert sorted(await asyncio.gather(close(), close())) == ["closed", "gone"]
    assert await state(office) is ListState.CLOSED


async def test_an_empty_list_is_not_closed(office: Office):
    """There is no button for it, and a forged one is refused."""
    await the_quarter(office)
    hung = await open_list(office)
    await hung.tap("Xem danh sách, chốt")
    assert "Chốt danh sách" not in hung.last.labels
    for act in ("close", "close_sure"):
        await hung.tap_data(f"ol:0:0:{act}:{QUARTER}")
        assert "chưa chốt được" in (hung.toast or "")


async def test_behind_the_next_periods_close_nothing_changes(office: Office):
    """The list of a past quarter is neither changed nor opened again, and the desk no longer asks for it."""
    await the_quarter(office)
    hung = await open_list(office)
    await hung.tap("☐ Đỗ Minh Đức")
    await office.settle()
    office.clock.at = MAY
    await office.settle()
    await hung.tap_data(f"ol:0:0:reopen:{QUARTER}")
    assert "không thay đổi nữa" in (hung.toast or "")
    await hung.tap_data(f"ol:0:0:pick:{QUARTER}")
    assert "không thay đổi nữa" in (hung.toast or "")
    await hung.send("/banlam")
    assert not any("Lập danh sách" in text for text in hung.last.labels)


async def test_a_month_has_no_list_of_the_office(office: Office):
    """Nor has a quarter that is not over."""
    hung = office.phone("hung")
    await hung.start()
    for period in ("2026-11", "2026-Q4"):
        await hung.tap_data(f"ol:0:0:pick:{period}")
        assert "khi kỳ đã hết" in (hung.toast or "")


@pytest.mark.parametrize("code", ["lan", "chanh", "minh"])
async def test_nobody_else_composes_it(office: Office, code: str):
    """An employee, a leader, a head: forged buttons are refused; only leaders may look, at a closed one."""
    await the_quarter(office)
    phone = office.phone(code)
    await phone.start()
    for act in ("all", "pick", "on", "off", "set", "ask", "see", "close_sure", "reopen", "item", "who"):
        await phone.tap_data(f"ol:1:0:{act}:{QUARTER}.0")
        assert "bộ phận thư ký" in (phone.toast or "")
    await phone.tap_data(f"ol:0:0:look:{QUARTER}")
    assert phone.toast
    assert await listed(office) == {}


async def test_leaving_changes_nothing(office: Office):
    """/huy while a note is typed."""
    await the_quarter(office)
    hung = await open_list(office)
    await hung.tap("Mở 1")
    await hung.tap("Ghi chú")
    await hung.send("/huy")
    assert "Danh sách giữ nguyên" in hung.screen
    await hung.tap("Về danh sách")
    assert "đã đưa vào danh sách 0" in hung.screen


async def state(office: Office) -> ListState | None:
    """How the list stands."""
    async with office.database.reading() as session:
        found = await office_lists.find_list(session, QUARTER)
    return found.state if found else None


async def test_the_review_looks_at_lessons_and_suggestions_too(office: Office):
    """Beside the quarter's list its lessons; beside the year's also what people have suggested."""
    lan = office.phone("lan")
    await lan.send("/gopy")
    await lan.send("Nên nêu gương ngay trong giao ban đầu tuần.")
    await lan.tap("Gửi")
    office.phone("hung")
    await the_quarter(office)
    await office.settle()
    hung = await open_list(office)
    await hung.tap("Xem danh sách, chốt")
    assert "Góp ý trong năm" not in hung.last.labels
    await hung.tap("Bài học của kỳ")
    assert "quý 4/2026" in hung.screen
    await hung.tap_data("ol:0:0:see:2026")
    await hung.tap("Góp ý trong năm")
    assert "Nên nêu gương ngay" in " ".join([hung.screen, *hung.last.labels])
