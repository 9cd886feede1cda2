"""The secretariat checks what units have answered."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.domain.errors import Gone
from bot.domain.exemplars import AnswerState
from bot.domain.nominations import Kind
from bot.domain.people import Post
from bot.domain.periods import read_period
from bot.domain.roles import Role
from bot.operations.check_answer import accept_answer
from storage import access, choices, exemplars, people
from tests.answering import MONTH, WHY, answered, nominated, the_answer, unit_of
from tests.handlers.test_choose import give
from tests.office import Office
from tests.phones import Phone
from tests.posting import said

CLOSED = datetime(2026, 12, 8, 3, tzinfo=UTC)
"""November closes on the fifth working day of December, Monday the 7th."""


async def open_card(office: Office, clerk: str = "hung", unit: str = "Phòng Tổng hợp") -> Phone:
    """From /banlam to a unit's answer: two taps."""
    phone = office.phone(clerk)
    await phone.send("/banlam")
    await phone.tap(next(label for label in phone.last.labels if "bình chọn cần xem" in label))
    await phone.tap(next(label for label in phone.last.labels if label.startswith(unit)))
    return phone


async def acts(office: Office) -> list[tuple[str, str]]:
    """What the audit log says was done, with its detail."""
    async with office.database.reading() as session:
        return [(line["act"], line["detail"]) for line in await access.list_audit(session)]


async def exemplar_texts(office: Office) -> list[str]:
    """The words of every exemplar."""
    async with office.database.reading() as session:
        return [one.text for one in await exemplars.list_standing(session)]


async def test_a_choice_is_two_taps_away_and_shows_who_answered_when_for_whom_and_why(office: Office):
    """The card has unit, period, who answered, the nominee with post and sort, and the sentence of reason."""
    number = await nominated(office, "tuan", by=("lan", "duc"))
    await answered(office, "hoa", number)
    hung = await open_card(office)
    assert "Phòng Tổng hợp, kỳ tháng 11/2026 (chờ xem)" in hung.screen
    assert "Võ Thị Hoa trả lời lúc 08:00 18/11/2026." in hung.screen
    assert f"1. Bùi Anh Tuấn, Chuyên viên – cá nhân\n{WHY}" in hung.screen
    await hung.tap("Lý do đề cử: Bùi Anh Tuấn")
    assert "Kỳ tháng 11/2026, 2 người đề cử" in hung.screen
    assert "1. Người đề cử: Nguyễn Thị Lan" in hung.screen
    assert "2. Người đề cử: Đỗ Minh Đức" in hung.screen
    await hung.tap("Quay lại")
    assert WHY in hung.screen


async def test_a_deputys_answer_names_the_head_too(office: Office):
    """Who answered and in whose name."""
    await give(office, "tuan", Role.DEPUTY, "TH")
    await answered(office, "tuan", reason="Tháng này đơn vị tập trung kiểm kê", unit="TH")
    hung = await open_card(office)
    assert "Bùi Anh Tuấn trả lời thay Võ Thị Hoa lúc" in hung.screen
    assert "Kỳ này không có gương. Lý do: Tháng này đơn vị tập trung kiểm kê." in hung.screen
    assert "Sửa lời" not in hung.last.labels


async def test_accepting_makes_an_exemplar_with_the_first_reasons_kind(office: Office):
    """The text is the choice's reason, who is asked is the nominee; the log has ids."""
    number = await nominated(office, "tuan", kind=Kind.NEW_FACTOR)
    group = await nominated(office, "tuan", name="Tổ Tiếp nhận", kind=Kind.GOOD_WAY)
    await answered(office, "hoa", number, group)
    hung = await open_card(office)
    await hung.tap("Nhận")
    assert "Đã nhận 1 kết quả, 2 gương" in "".join(said(hung))
    async with office.database.reading() as session:
        found = await exemplars.list_standing(session)
    tuan = await office.person_id("tuan")
    assert [(one.nomination_id, one.kind, one.text, one.representative_id, one.period) for one in found] == [
        (number, Kind.NEW_FACTOR, WHY, tuan, MONTH),
        (group, Kind.GOOD_WAY, WHY, None, MONTH),
    ]
    assert (await the_answer(office, "TH")).state is AnswerState.ACCEPTED
    assert ("accept_answer", f"{MONTH}: {number}, {group}") in await acts(office)


async def test_after_accepting_the_next_answer_is_on_the_screen(office: Office):
    """One clerk goes through all units with a tap each."""
    await answered(office, "hoa", await nominated(office, "tuan"))
    office.clock.turn(minutes=1)
    await answered(office, "minh", await nominated(office, "duc"))
    hung = await open_card(office)
    await hung.tap("Kết quả sau ›")
    assert "Phòng Nội chính" in hung.screen
    await hung.tap("‹ Kết quả trước")
    await hung.tap("Nhận")
    assert any("Phòng Nội chính" in text for text in said(hung))
    await hung.tap("Nhận")
    await hung.send("/banlam")
    assert not any("bình chọn cần xem" in label for label in hung.last.labels)


async def test_pressed_twice_it_is_accepted_once(office: Office):
    """The second press, of this clerk or another, says that it has been done."""
    await give(office, "mai", Role.SECRETARIAT, "HCTC")
    await answered(office, "hoa", await nominated(office, "tuan"))
    hung, mai = await open_card(office), await open_card(office, "mai")
    await hung.tap("Nhận")
    await mai.tap("Nhận")
    assert mai.toast == "Kết quả này đã được nhận rồi."
    assert len(await exemplar_texts(office)) == 1
    assert [act for act, _ in await acts(office)].count("accept_answer") == 1


async def test_of_two_clerks_at_once_one_accepts(office: Office):
    """Both transactions run together: one has the exemplar, the other Gone."""
    await answered(office, "hoa", await nominated(office, "tuan"))
    unit_id, period = await unit_of(office, "TH"), read_period(MONTH)
    assert period is not None

    async def accept() -> str:
        try:
            async with office.database.transaction() as session:
                me = await people.find_by_code(session, "hung")
                assert me is not None
                await accept_answer(session, me, unit_id, period, 1, office.config, office.clock())
        except Gone:
            return "gone"
        return "accepted"

    assert sorted(await asyncio.gather(accept(), accept())) == ["accepted", "gone"]


async def test_a_changed_answer_is_not_accepted_unseen(office: Office):
    """The head changes it while the card is open: the old button accepts nothing."""
    first, second = await nominated(office, "tuan"), await nominated(office, "chanh")
    await answered(office, "hoa", first)
    hung = await open_card(office)
    await answered(office, "hoa", second)
    await hung.tap("Nhận")
    assert "vừa thay đổi" in (hung.toast or "")
    assert await exemplar_texts(office) == []


async def test_all_that_need_no_question_are_accepted_at_once(office: Office):
    """With a word how many; what came in meanwhile is not accepted unseen."""
    await answered(office, "hoa", await nominated(office, "tuan"))
    await answered(office, "minh", reason="Chưa có")
    hung = office.phone("hung")
    await hung.send("/banlam")
    await hung.tap("Kết quả bình chọn cần xem: 2")
    await hung.tap("Nhận tất cả")
    assert "Nhận tất cả 2 kết quả đang chờ (1 gương)?" in hung.screen
    await answered(office, "kien", await nominated(office, "thao"))
    await hung.tap("Xác nhận nhận tất cả")
    assert "vừa thay đổi" in (hung.toast or "")
    assert await exemplar_texts(office) == []
    await hung.tap("Quay lại")
    await hung.tap("Nhận tất cả")
    await hung.tap("Xác nhận nhận tất cả")
    assert len(await exemplar_texts(office)) == 2
    assert "Đã nhận 3 kết quả, 2 gương" in "".join(said(hung))


async def test_a_question_goes_to_the_unit_at_once_with_the_way_to_its_answer(office: Office):
    """Head and acting deputy hear the question; the answer waits for them until it comes anew."""
    await give(office, "tuan", Role.DEPUTY, "TH")
    number = await nominated(office, "chanh")
    await answered(office, "hoa", number)
    hoa, tuan, hung = office.phone("hoa"), office.phone("tuan"), await open_card(office)
    await hung.tap("Trả lại kèm câu hỏi")
    await hung.send("Xin nêu rõ kết quả  cụ thể?")
    assert "Đã gửi câu hỏi đến 2 người phụ trách đơn vị." in hung.screen
    assert "(chờ đơn vị trả lời)" in hung.screen
    for phone in (hoa, tuan):
        assert "“Xin nêu rõ kết quả cụ thể?”" in phone.last.text
        assert "Mở kết quả của đơn vị" in phone.last.labels
    await hoa.tap("Mở kết quả của đơn vị")
    assert "Phòng Tổng hợp, kỳ tháng 11/2026" in hoa.screen
    await hung.send("/banlam")
    assert "Chờ đơn vị trả lời: 1" in hung.last.labels
    await answered(office, "hoa", number, reason="Giảm một nửa thời gian chờ của người dân")
    await hung.send("/banlam")
    assert "Kết quả bình chọn cần xem: 1" in hung.last.labels


async def test_a_question_half_typed_outlives_a_restart(office: Office):
    """What is typed after the bot was started anew is still the question."""
    await answered(office, "hoa", await nominated(office, "tuan"))
    hoa, hung = office.phone("hoa"), await open_card(office)
    await hung.tap("Trả lại kèm câu hỏi")
    await office.restart()
    await hung.send("Việc này làm từ tháng nào?")
    assert "Đã gửi câu hỏi đến 1 người" in hung.screen
    assert "“Việc này làm từ tháng nào?”" in hoa.last.text


async def test_after_the_close_no_question_is_asked_but_the_answer_is_accepted(office: Office):
    """The unit could not answer any more: the clerk is told to mend the wording and accept."""
    await answered(office, "hoa", await nominated(office, "tuan"))
    hung = await open_card(office)
    await hung.tap("Trả lại kèm câu hỏi")
    office.clock.at = CLOSED
    await hung.send("Có kết quả cụ thể không?")
    assert any("Kỳ đã khóa hết ngày 07/12/2026" in text for text in said(hung))
    await hung.tap("Quay lại")
    await hung.tap("Trả lại kèm câu hỏi")
    assert "Xin sửa lời rồi nhận" in (hung.toast or "")
    await hung.tap("Nhận")
    assert await exemplar_texts(office) == [WHY]


async def test_a_unit_whose_head_cannot_be_reached_is_named_to_the_clerk(office: Office):
    """The question is kept, and the clerk is asked to telephone."""
    await answered(office, "hoa", await nominated(office, "tuan"))
    hoa = office.phone("hoa")
    await hoa.block()
    hung = await open_card(office)
    await hung.tap("Trả lại kèm câu hỏi")
    await hung.send("Có kết quả cụ thể không?")
    assert "Xin đồng chí gọi điện giúp" in hung.screen
    assert (await the_answer(office, "TH")).state is AnswerState.RETURNED


async def test_wording_is_mended_without_noise_and_what_it_said_is_kept(office: Office):
    """The unit hears nothing; the exemplar has the new words; the old ones are a revision."""
    one, other = await nominated(office, "tuan"), await nominated(office, "chanh")
    await answered(office, "hoa", one, other)
    hoa, hung = office.phone("hoa"), await open_card(office)
    before = len(hoa.messages())
    await hung.tap("Sửa lời")
    await hung.tap("Bùi Anh Tuấn")
    assert f"“{WHY}”" in hung.screen
    await hung.send("x" * 301)
    assert "thừa 1" in hung.screen
    await hung.photo()
    assert "chỉ nhận chữ" in hung.screen
    await hung.send("Tận tụy với người dân.\nĐược cả phòng noi theo.")
    assert "Đã sửa lời" in hung.screen
    await hung.tap("Nhận")
    assert len([text for text in await exemplar_texts(office) if text == WHY]) == 1
    assert "Tận tụy với người dân. Được cả phòng noi theo." in await exemplar_texts(office)
    unit_id = await unit_of(office, "TH")
    async with office.database.reading() as session:
        kept = await session.all("choices.list_revisions", unit_id=unit_id, period=MONTH)
    assert [row["act"] for row in kept] == ["corrected"]
    assert WHY in kept[0]["before"]
    assert len(hoa.messages()) == before


async def test_leaving_sends_nothing(office: Office):
    """/huy while a question is asked: the answer waits as before."""
    await answered(office, "hoa", await nominated(office, "tuan"))
    hung = await open_card(office)
    await hung.tap("Trả lại kèm câu hỏi")
    await hung.send("/huy")
    assert "chưa gửi gì cho đơn vị" in hung.screen
    assert (await the_answer(office, "TH")).state is AnswerState.GIVEN


@pytest.mark.parametrize("code", ["lan", "chanh", "minh"])
async def test_nobody_else_checks(office: Office, code: str):
    """An employee, a leader, the head of another unit: a forged button is refused and changes nothing."""
    await answered(office, "hoa", await nominated(office, "tuan"))
    phone, unit_id = office.phone(code), await unit_of(office, "TH")
    await phone.start()
    for act in ("card", "accept", "ask", "fix", "who"):
        await phone.tap_data(f"ck:{unit_id}:1:{act}:{MONTH}")
        assert "bộ phận thư ký" in (phone.toast or "")
    await phone.tap_data("ck:0:0:all_sure:0")
    assert "bộ phận thư ký" in (phone.toast or "")
    assert (await the_answer(office, "TH")).state is AnswerState.GIVEN


async def test_a_former_clerks_card_does_nothing(office: Office):
    """The role is looked at when the button is pressed, and when the question is typed."""
    await give(office, "mai", Role.SECRETARIAT, "HCTC")
    await answered(office, "hoa", await nominated(office, "tuan"))
    mai = await open_card(office, "mai")
    await mai.tap("Trả lại kèm câu hỏi")
    async with office.database.transaction() as session:
        person = await people.find_by_code(session, "mai")
        assert person is not None
        await people.set_posts(session, person.id, [Post(Role.EMPLOYEE, person.unit_id)])
    await mai.send("Có kết quả cụ thể không?")
    assert "bộ phận thư ký" in mai.screen
    assert (await the_answer(office, "TH")).state is AnswerState.GIVEN


@pytest.mark.parametrize(
    "data", ["ck:99:1:accept:2026-11", "ck:1:1:accept:2026-13", "ck:1:1:accept:", "ck:1:1:nothing:2026-11"]
)
async def test_a_forged_button_changes_nothing(office: Office, data: str):
    """No such unit, no such period, no such act."""
    hung = office.phone("hung")
    await hung.start()
    await hung.tap_data(data)
    assert hung.toast
    async with office.database.reading() as session:
        assert await choices.list_answers_in_state(session, AnswerState.ACCEPTED) == []
