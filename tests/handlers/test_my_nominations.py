"""/cuatoi, as a nominator uses it."""

import re
from dataclasses import replace

import pytest

from bot.domain.exemplars import AnswerState, Consent
from storage import choices, exemplars, nominations
from tests.choosing import choose
from tests.exemplars import honoured
from tests.handlers.test_choose import unit_id
from tests.nominating import KEPT, STORY, nominate
from tests.office import Office
from tests.phones import Phone


async def open_by_head(office: Office, unit: str) -> None:
    """The head looks at the unit's nominations."""
    await office.phone({"TH": "hoa", "NC": "minh"}[unit]).send("/binhchon")


async def test_who_nominated_nobody_is_invited_to(office: Office):
    """An empty list says what to do, and its button begins a nomination."""
    lan = office.phone("lan")
    await lan.send("/cuatoi")
    assert "chưa gửi đề cử nào" in lan.screen
    await lan.tap("Đề cử gương tốt")
    assert "họ tên đồng nghiệp" in lan.screen


async def test_the_list_is_newest_first_five_a_page(office: Office):
    """Each line has number, nominee, period and state; the rest is a page further."""
    lan = office.phone("lan")
    numbers = []
    women = ("chị Lê Thị Mai", "chị Võ Thị Hoa", "chị Đặng Phương Thảo")
    for whom in ("anh Bùi Anh Tuấn", "anh Đỗ Minh Đức", "anh Phạm Quang Minh", *women):
        numbers.append(await nominate(lan, whom))
        office.clock.turn(minutes=1)
    await lan.send("/mine")
    assert "Đề cử của tôi (6)" in lan.last.text
    assert re.findall(r"(?m)^(\d{4}) ·", lan.last.text) == numbers[:0:-1]
    assert "Kỳ tháng 11/2026 · chờ đơn vị xem" in lan.screen
    await lan.tap("Xem thêm ›")
    assert "Bùi Anh Tuấn" in lan.screen
    assert "Đặng Phương Thảo" not in lan.screen
    await lan.tap("‹ Trước")
    assert "Đặng Phương Thảo" in lan.screen


async def test_a_card_shows_the_whole_story_and_its_history(office: Office):
    """Nothing of a long text is cut off: it goes on, on the next page."""
    lan = office.phone("lan")
    ending = "Đây là câu cuối cùng của câu chuyện."
    story = STORY + " " + "Chị còn chỉ từng bước cho bà con. " * 38 + ending
    number = await nominate(lan, "anh Bùi Anh Tuấn", story)
    await lan.send("/cuatoi")
    await lan.tap(f"{number} · Bùi Anh Tuấn")
    assert ending in lan.screen
    assert "Đã gửi: 08:00 18/11/2026" in lan.screen
    assert "Tình trạng: chờ đơn vị xem" in lan.screen


async def test_a_text_longer_than_a_message_goes_on_another_page(office: Office):
    """What was added again and again is longer than Telegram takes at once; all of it can be read."""
    lan = office.phone("lan")
    number = ""
    for part in range(4):
        number = await nominate(
            lan, "anh Bùi Anh Tuấn", f"{STORY}. " + "Việc làm này rất có ích. " * 50 + f"Hết phần {part}."
        )
        await open_by_head(office, "TH")
    await lan.send("/cuatoi")
    await lan.tap(f"{number} · Bùi Anh Tuấn")
    assert "Hết phần 0." in lan.screen
    assert "Hết phần 3." not in lan.screen
    await lan.tap("Xem thêm ›")
    assert "Hết phần 3." in lan.screen
    assert "Đã bổ sung nội dung" in lan.screen


async def test_withdrawing_asks_first_and_happens_once(office: Office):
    """[Rút] asks, [Giữ lại] keeps; a confirmed withdrawal has its moment; a second tap is too late."""
    lan = office.phone("lan")
    number = await nominate(lan, "anh Bùi Anh Tuấn")
    await lan.send("/cuatoi")
    await lan.tap(f"{number} · Bùi Anh Tuấn")
    await lan.tap("Rút đề cử")
    assert "muốn rút đề cử số" in lan.screen
    await lan.tap("Giữ lại đề cử")
    assert "chờ đơn vị xem" in lan.screen
    await lan.tap("Rút đề cử")
    sure = lan.last.raw["buttons"][0][0]["data"]
    office.clock.turn(minutes=5)
    await lan.tap("Đồng ý rút")
    assert f"Đã rút đề cử số {number}" in lan.screen
    assert "Đã rút: 08:05 18/11/2026" in lan.screen
    assert "Sửa" not in lan.last.labels
    await lan.tap_data(sure)
    assert lan.toast == "Đề cử này đã được rút trước đó."
    hoa = office.phone("hoa")
    await hoa.send("/binhchon")
    assert "Bùi Anh Tuấn" not in hoa.screen


async def test_editing_goes_through_the_card_of_nominating(office: Office):
    """[Sửa] opens what was sent, and sending it again changes it in place."""
    lan = office.phone("lan")
    number = await nominate(lan, "anh Bùi Anh Tuấn")
    await lan.send("/cuatoi")
    await lan.tap(f"{number} · Bùi Anh Tuấn")
    await lan.tap("Sửa")
    assert "Sửa đề cử đã gửi" in lan.screen
    await lan.send("Đã tự viết một hướng dẫn dễ hiểu cho người cao tuổi, hơn hai trăm người đã dùng.")
    await lan.tap("Thay nội dung")
    await lan.tap("Gửi")
    assert f"Đã cập nhật đề cử số {number}" in lan.screen
    await lan.send("/cuatoi")
    await lan.tap(f"{number} · Bùi Anh Tuấn")
    assert "hơn hai trăm người đã dùng" in lan.screen
    assert "Đã sửa: 08:00 18/11/2026" in lan.screen


async def test_what_the_head_has_opened_cannot_be_changed(office: Office):
    """The card loses its buttons, and old ones say why."""
    lan = office.phone("lan")
    number = await nominate(lan, "anh Bùi Anh Tuấn")
    await lan.send("/cuatoi")
    await lan.tap(f"{number} · Bùi Anh Tuấn")
    edit, withdraw = (button["data"] for button in lan.last.raw["buttons"][0])
    await open_by_head(office, "TH")
    for old in (edit, withdraw, withdraw.replace(":withdraw:", ":withdraw_sure:")):
        await lan.tap_data(old)
        assert "đã mở xem đề cử này" in (lan.toast or "")
    await lan.send("/cuatoi")
    assert "đơn vị đã xem" in lan.screen
    await lan.tap(f"{number} · Bùi Anh Tuấn")
    assert lan.last.labels == ["Về danh sách"]


@pytest.mark.parametrize("act", ["card", "edit", "withdraw", "withdraw_sure"])
async def test_somebody_elses_nomination_is_refused(office: Office, act):
    """A forged number opens nothing: neither another's nomination nor one that is not there."""
    lan, mai = office.phone("lan"), office.phone("mai")
    number = int(await nominate(lan, "anh Bùi Anh Tuấn"))
    await mai.send("/cuatoi")
    for forged in (number, 999_999):
        await mai.tap_data(f"m:{forged}:0:{act}:")
        assert mai.toast == "Đề cử này không phải của đồng chí."
        assert "Tuấn" not in mai.screen
    lan_id = await office.person_id("lan")
    async with office.database.reading() as session:
        (mine,) = await nominations.list_by_nominator(session, lan_id)
    assert mine.withdrawn_at is None


@pytest.mark.parametrize(
    "data", ["m:0:0:nothing:", "m:0:0:list:-7", "m:0:0:list:99999999999999999999", "m:x:0:card:"]
)
async def test_forged_buttons_of_the_list_do_no_harm(office: Office, data):
    """Pages and acts that do not exist end on a screen that does."""
    lan = office.phone("lan")
    number = await nominate(lan, "anh Bùi Anh Tuấn")
    await lan.send("/cuatoi")
    await lan.tap_data(data)
    assert lan.answered
    assert f"{number} · Bùi Anh Tuấn" in lan.screen


async def test_the_history_tells_what_was_done_in_order(office: Office):
    """Withdrawn, sent again, changed, the change undone: each with its moment."""
    lan = office.phone("lan")
    number = await nominate(lan, "anh Bùi Anh Tuấn")
    await lan.send("/cuatoi")
    await lan.tap(f"{number} · Bùi Anh Tuấn")
    await lan.tap("Rút đề cử")
    office.clock.turn(minutes=10)
    await lan.tap("Đồng ý rút")
    office.clock.turn(minutes=10)
    assert await nominate(lan, "anh Bùi Anh Tuấn") == number
    office.clock.turn(minutes=10)
    assert await nominate(lan, "anh Bùi Anh Tuấn", STORY + ", và còn hơn thế nữa") == number
    await lan.tap("Hoàn tác (60 giây)")
    await lan.send("/cuatoi")
    await lan.tap(f"{number} · Bùi Anh Tuấn")
    told = [line for line in lan.last.text.splitlines() if re.search(r"\d\d:\d\d 18/11/2026$", line)]
    assert told == [
        "Đã rút: 08:10 18/11/2026",
        "Đã gửi lại: 08:20 18/11/2026",
        "Đã sửa: 08:30 18/11/2026",
        "Đã hoàn tác lần sửa: 08:30 18/11/2026",
    ]


async def test_a_nomination_taken_back_at_once_says_so(office: Office):
    """Undo within the minute is in the history too, and the nomination counts as withdrawn."""
    lan = office.phone("lan")
    number = await nominate(lan, "anh Bùi Anh Tuấn")
    await lan.tap("Hoàn tác (60 giây)")
    await lan.send("/cuatoi")
    assert "đã rút" in lan.screen
    await lan.tap(f"{number} · Bùi Anh Tuấn")
    assert "Đã thu lại ngay sau khi gửi: 08:00 18/11/2026" in lan.screen


# --- what became of it ---


async def state_of(phone: Phone) -> str:
    """How the newest nomination stands on the list."""
    await phone.send("/cuatoi")
    return phone.last.text.splitlines()[3].partition(" · ")[2]


async def accept(office: Office, unit: str) -> None:
    """The secretariat has taken the unit's answer over."""
    hung, unit_row = await office.person_id("hung"), await unit_id(office, unit)
    async with office.database.transaction() as session:
        answer = await choices.find_answer(session, unit_row, "2026-11")
        assert answer is not None
        assert await choices.check_answer(session, answer, AnswerState.ACCEPTED, "", hung, office.clock())


async def test_a_choice_is_told_when_it_is_final(office: Office):
    """As long as the unit may change its mind the nomination is seen; accepted, it is chosen or not."""
    lan, mai, hoa = (office.phone(code) for code in ("lan", "mai", "hoa"))
    await nominate(lan, "anh Bùi Anh Tuấn")
    await nominate(mai, "tập thể Tổ Một, phòng Tổng hợp")
    await hoa.send("/binhchon")
    await choose(hoa, "Bùi Anh Tuấn")
    assert await state_of(lan) == await state_of(mai) == "đơn vị đã xem"
    await accept(office, "TH")
    assert await state_of(lan) == "đã được đơn vị chọn, ghi nhận"
    assert await state_of(mai) == "kỳ này đơn vị chưa chọn"


async def test_a_closed_month_is_final_too(office: Office):
    """Nobody was chosen and the month is over."""
    lan, hoa = office.phone("lan"), office.phone("hoa")
    await nominate(lan, "anh Bùi Anh Tuấn")
    await hoa.send("/binhchon")
    await hoa.tap("Kỳ này không có gương")
    await hoa.tap("Dành cho kỳ sau")
    assert await state_of(lan) == "đơn vị đã xem"
    office.clock.turn(days=20)
    await office.settle()
    assert await state_of(lan) == "kỳ này đơn vị chưa chọn"


async def test_what_a_silent_unit_left_unread_may_be_withdrawn_but_not_rewritten(office: Office):
    """The month has closed: [Sửa] is gone, an old one says what to do instead, [Rút đề cử] still works."""
    lan = office.phone("lan")
    number = await nominate(lan, "anh Bùi Anh Tuấn")
    await lan.send("/cuatoi")
    await lan.tap(f"{number} · Bùi Anh Tuấn")
    assert {"Sửa", "Rút đề cử"} <= set(lan.last.labels)
    edit = lan.last.raw["buttons"][0][0]["data"]
    office.clock.turn(days=40)
    await office.settle()
    await lan.tap_data(edit)
    assert "Kỳ của đề cử này đã khép lại" in (lan.toast or "")
    assert "xin đề cử lại cho kỳ này" in (lan.toast or "")
    await lan.send("/cuatoi")
    await lan.tap(f"{number} · Bùi Anh Tuấn")
    assert "Sửa" not in lan.last.labels
    await lan.tap("Rút đề cử")
    await lan.tap("Đồng ý rút")
    assert f"Đã rút đề cử số {number}." in lan.screen


async def test_a_change_begun_before_the_close_becomes_a_nomination_of_this_month(office: Office):
    """[Sửa] was pressed in time, [Gửi] comes too late: it says so, and what was written is sent anew."""
    lan = office.phone("lan")
    number = await nominate(lan, "anh Bùi Anh Tuấn")
    await lan.send("/cuatoi")
    await lan.tap(f"{number} · Bùi Anh Tuấn")
    await lan.tap("Sửa")
    assert lan.last.buttons[0][0] == "Gửi"
    send = lan.last.raw["buttons"][0][0]["data"]
    office.clock.turn(days=40)
    await office.settle()
    await lan.tap_data(send)
    assert "Kỳ của đề cử này đã khép lại" in lan.screen
    await lan.tap("Gửi")
    assert "tháng 12/2026" in lan.screen
    async with office.database.reading() as session:
        standing = await nominations.list_standing(session, "2026-11", "2026-12")
    assert [row.endorsement.reason.story for row in standing] == [KEPT, KEPT]
    assert standing[0].endorsement.changed_at is None


async def test_what_was_merged_shares_the_outcome(office: Office):
    """The part reads what became of the whole, and that it is read together."""
    lan, hoa = office.phone("lan"), office.phone("hoa")
    await nominate(office.phone("mai"), "tập thể Tổ Một, phòng Tổng hợp")
    await nominate(lan, "anh Bùi Anh Tuấn")
    await hoa.send("/binhchon")
    await hoa.tap("Bùi Anh Tuấn")
    await hoa.tap("Gộp với đề cử khác")
    await hoa.tap("tập thể Tổ Một")
    await hoa.tap("Gộp hai đề cử")
    await hoa.tap("Về danh sách")
    await choose(hoa, "tập thể Tổ Một")
    await accept(office, "TH")
    assert await state_of(lan) == "đã được đơn vị chọn, ghi nhận (gộp chung với một đề cử khác)"


async def test_an_honoured_one_leads_to_what_everybody_may_see(office: Office):
    """The link is there while the exemplar is public; declined, the words are those of any chosen one."""
    duc = office.phone("duc")
    exemplar = await honoured(office, "lan2")
    assert await state_of(duc) == "đã được biểu dương"
    await duc.tap(duc.last.labels[0])
    assert "Xem gương" in duc.last.labels
    link = next(b["url"] for row in duc.last.raw["buttons"] for b in row if b.get("url"))
    assert link.endswith(f"?start=g_{exemplar.id}")
    async with office.database.transaction() as session:
        shown = await exemplars.find_exemplar(session, exemplar.id)
        assert shown is not None
        await exemplars.save_exemplar(session, replace(shown, consent=Consent.DECLINED))
    assert await state_of(duc) == "đã được đơn vị chọn, ghi nhận"
    await duc.tap(duc.last.labels[0])
    assert "Xem gương" not in duc.last.labels
