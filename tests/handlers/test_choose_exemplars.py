"""A head chooses exemplars: for a month, and for the longer periods from what the months chose."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.exemplars import Answer, AnswerState, Consent
from bot.domain.people import UnitId
from bot.domain.roles import Role
from storage import access, choices, exemplars
from tests.choosing import WHY, choose
from tests.exemplars import honoured
from tests.handlers.test_choose import answers, give, unit_id
from tests.nominating import nominate
from tests.office import Office
from tests.phones import Phone

DECEMBER = datetime(2026, 12, 2, 3, tzinfo=UTC)
CLOSED = datetime(2026, 12, 8, 3, tzinfo=UTC)
"""November closes on the fifth working day of December, Monday the 7th."""
JANUARY = datetime(2027, 1, 6, 3, tzinfo=UTC)


async def turn_to(office: Office, at: datetime) -> None:
    """Let the time pass, and all that falls due be sent."""
    office.clock.at = at
    await office.settle()


async def chosen(office: Office, unit: UnitId, period: str) -> int:
    """How many the unit has chosen."""
    async with office.database.reading() as session:
        return len(await choices.list_chosen(session, unit, period))


async def the_answer(office: Office, code: str = "TH", period: str = "2026-11") -> Answer:
    """What the unit has answered."""
    unit = await unit_id(office, code)
    async with office.database.reading() as session:
        found = await choices.find_answer(session, unit, period)
    assert found is not None
    return found


async def check(office: Office, state: AnswerState, question: str = "") -> None:
    """The secretariat has looked at the answer of TH for November."""
    hung = await office.person_id("hung")
    answer = await the_answer(office)
    async with office.database.transaction() as session:
        assert await choices.check_answer(session, answer, state, question, hung, office.clock())


async def groups(office: Office, *names: str) -> None:
    """Groups of TH are nominated."""
    for name in names:
        await nominate(office.phone("lan"), f"tập thể Tổ {name}, phòng Tổng hợp")


async def begin(office: Office, who: str = "hoa") -> Phone:
    """The head opens the list."""
    phone = office.phone(who)
    await phone.send("/binhchon")
    return phone


def data_of(phone: Phone, label: str) -> str:
    """What the button on the newest screen claims."""
    buttons = [button for row in phone.last.raw["buttons"] for button in row]
    return str(next(button["data"] for button in buttons if button["label"] == label))


# --- step by step ---


async def test_a_choice_is_picked_confirmed_reasoned_seen_and_kept(office: Office):
    """Nothing is kept before the preview is confirmed; then: the row, the answer, a line of the log."""
    unit = await unit_id(office, "TH")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    hoa = await begin(office)
    await hoa.tap("☐ Chọn 1")
    assert hoa.last.labels == ["✓ Bùi Anh Tuấn", "☑ Đã chọn 1", "Tiếp tục (1 gương)"]
    await hoa.tap("Tiếp tục (1 gương)")
    assert "xác nhận gương được chọn đạt cả ba tiêu chí" in hoa.screen
    await hoa.tap("Đạt cả ba tiêu chí")
    assert "viết một câu nêu lý do chọn Bùi Anh Tuấn (không quá 300 ký tự)" in hoa.screen
    await hoa.send(WHY)
    assert hoa.last.text == (
        "Xem lại trước khi xác nhận\nPhòng Tổng hợp chọn gương tiêu biểu kỳ tháng 11/2026:\n"
        f"1. Bùi Anh Tuấn, Chuyên viên\nLý do: “{WHY}”\n"
        "Tiêu chí: ✓ tiêu biểu ✓ có sức lan tỏa ✓ có tác động tích cực\n"
        "Người chọn: Trưởng phòng Võ Thị Hoa"
    )
    assert hoa.last.labels == ["Xác nhận", "Sửa câu", "Chọn lại", "Hủy"]
    assert await answers(office, "2026-11") == {}
    await hoa.tap("Xác nhận")
    assert "Phòng Tổng hợp chọn Bùi Anh Tuấn là gương tiêu biểu kỳ tháng 11/2026" in hoa.screen
    assert "đến hết ngày 07/12/2026" in hoa.screen
    assert hoa.last.labels == ["Sửa kết quả", "Về danh sách"]
    answer = await the_answer(office)
    assert [(one.reason, len(one.criteria)) for one in answer.choices] == [(WHY, 3)]
    async with office.database.reading() as session:
        lines = [line for line in await access.list_audit(session) if line["act"] == "choose"]
    detail = f"2026-11: {answer.choices[0].nomination_id}"
    hoa_id = await office.person_id("hoa")
    assert [(line["actor_id"], line["subject"], line["subject_id"], line["detail"]) for line in lines] == [
        (hoa_id, "unit", unit, detail)
    ]


async def test_the_criteria_can_be_confirmed_one_by_one(office: Office):
    """Two of three do not lead on; one can be taken back; the third leads to the sentence."""
    await groups(office, "Một")
    hoa = await begin(office)
    await hoa.tap("☐ Chọn 1")
    await hoa.tap("Tiếp tục (1 gương)")
    for label in ("☐ Tiêu biểu", "☐ Có sức lan tỏa", "☑ Tiêu biểu", "☐ Có tác động tích cực"):
        await hoa.tap(label)
        assert "đạt cả ba tiêu chí" in hoa.screen
    await hoa.tap("☐ Tiêu biểu")
    assert "viết một câu" in hoa.screen


async def test_one_sentence_serves_several(office: Office):
    """Two are picked on the list; the preview names both, and both are kept with the sentence."""
    await groups(office, "Một", "Hai", "Ba")
    hoa = await begin(office)
    await hoa.tap("☐ Chọn 1")
    await hoa.tap("☐ Chọn 3")
    await hoa.tap("Tiếp tục (2 gương)")
    assert "1. tập thể Tổ Một\n2. tập thể Tổ Ba" in hoa.screen
    await hoa.tap("Đạt cả ba tiêu chí")
    await hoa.send(WHY)
    await hoa.tap("Xác nhận")
    assert "chọn tập thể Tổ Một, tập thể Tổ Ba là gương" in hoa.screen
    assert [one.reason for one in (await the_answer(office)).choices] == [WHY, WHY]
    await hoa.tap("Về danh sách")
    assert "✓ tập thể Tổ Ba" in hoa.last.labels
    assert "Đơn vị đã chọn 2 gương (✓)." in hoa.screen


async def test_each_may_have_a_sentence_of_its_own(office: Office):
    """From the preview: one after the other, the common one may stay; the preview shows each."""
    await groups(office, "Một", "Hai")
    hoa = await begin(office)
    await hoa.tap("☐ Chọn 1")
    await hoa.tap("☐ Chọn 2")
    await hoa.tap("Tiếp tục (2 gương)")
    await hoa.tap("Đạt cả ba tiêu chí")
    await hoa.send(WHY)
    await hoa.tap("Viết riêng cho từng người")
    assert "(1/2)" in hoa.screen
    assert WHY in hoa.screen
    await hoa.tap("Giữ câu này")
    assert "(2/2)" in hoa.screen
    await hoa.send("Câu riêng cho Tổ Hai, rất xứng đáng")
    assert f"1. tập thể Tổ Một\n“{WHY}”\n2. tập thể Tổ Hai\n“Câu riêng cho Tổ Hai" in hoa.screen
    await hoa.tap("Xác nhận")
    reasons = [one.reason for one in (await the_answer(office)).choices]
    assert reasons == [WHY, "Câu riêng cho Tổ Hai, rất xứng đáng"]


async def test_no_more_than_the_office_allows(office: Office):
    """The fourth pick is refused with the number; nothing picked before is lost."""
    await groups(office, "Một", "Hai", "Ba", "Bốn")
    hoa = await begin(office)
    for number in (1, 2, 3):
        await hoa.tap(f"☐ Chọn {number}")
    await hoa.tap("☐ Chọn 4")
    assert "nhiều nhất 3 gương" in (hoa.toast or "")
    assert "Tiếp tục (3 gương)" in hoa.last.labels
    await hoa.tap("☑ Đã chọn 2")
    await hoa.tap("☐ Chọn 4")
    assert "Tiếp tục (3 gương)" in hoa.last.labels


async def at_the_sentence(office: Office) -> Phone:
    """The head is asked for the sentence."""
    await groups(office, "Một")
    hoa = await begin(office)
    await hoa.tap("☐ Chọn 1")
    await hoa.tap("Tiếp tục (1 gương)")
    await hoa.tap("Đạt cả ba tiêu chí")
    return hoa


async def test_what_cannot_be_a_sentence_is_said_and_asked_again(office: Office):
    """Too long with the numbers, no words, a picture, a voice: then a good one goes on."""
    hoa = await at_the_sentence(office)
    await hoa.send("a" * 320)
    assert "Câu này dài 320 ký tự, nhiều hơn 20 so với mức 300" in hoa.screen
    await hoa.send("...")
    assert "Xin viết một câu nêu lý do" in hoa.screen
    await hoa.photo()
    assert "cần viết bằng chữ" in hoa.screen
    await hoa.voice()
    assert "cần viết bằng chữ" in hoa.screen
    await hoa.send(WHY)
    assert f"Lý do: “{WHY}”" in hoa.screen


async def test_a_draft_survives_leaving_and_a_restart(office: Office):
    """/huy says that it is kept; after a restart the list has the mark, and [Tiếp tục] goes on."""
    hoa = await at_the_sentence(office)
    await hoa.send("/huy")
    assert "vẫn được giữ" in hoa.screen
    await office.restart()
    await hoa.send("/binhchon")
    assert "☑ Đã chọn 1" in hoa.last.labels
    await hoa.tap("Tiếp tục (1 gương)")
    await hoa.send(WHY)
    await hoa.tap("Xác nhận")
    assert await chosen(office, await unit_id(office, "TH"), "2026-11") == 1


async def test_the_sentence_can_be_written_again_and_all_be_thrown_away(office: Office):
    """[Sửa câu] shows the old one; [Chọn lại] goes to the list; [Hủy] keeps nothing."""
    hoa = await at_the_sentence(office)
    await hoa.send(WHY)
    await hoa.tap("Sửa câu")
    assert f"Câu đã viết:\n“{WHY}”" in hoa.screen
    await hoa.send("Một câu khác hẳn")
    assert "Lý do: “Một câu khác hẳn”" in hoa.screen
    await hoa.tap("Chọn lại")
    assert "☑ Đã chọn 1" in hoa.last.labels
    await hoa.tap("Tiếp tục (1 gương)")
    await hoa.tap("Hủy")
    assert "Đã bỏ phần đang chọn" in hoa.screen
    assert "☐ Chọn 1" in hoa.last.labels
    assert await answers(office, "2026-11") == {}


# --- changing ---


async def test_an_answer_is_changed_through_the_same_steps(office: Office):
    """[Sửa kết quả] has the earlier picks and sentence; until it is confirmed the earlier answer stands."""
    await groups(office, "Một", "Hai")
    hoa = await begin(office)
    await choose(hoa, "tập thể Tổ Một")
    await hoa.tap("Sửa kết quả")
    assert "đang sửa kết quả đã gửi" in hoa.screen
    await hoa.tap("☑ Đã chọn 1")
    await hoa.tap("☐ Chọn 2")
    assert [one.reason for one in (await the_answer(office)).choices] == [WHY]
    await hoa.tap("Tiếp tục (1 gương)")
    await hoa.tap("Đạt cả ba tiêu chí")
    assert f"Lý do: “{WHY}”" in hoa.screen
    await hoa.tap("Xác nhận")
    answer = await the_answer(office)
    assert answer.version == 2
    async with office.database.reading() as session:
        (before,) = await session.all("choices.list_revisions", unit_id=answer.unit_id, period="2026-11")
    assert before["act"] == "changed"


async def test_nobody_becomes_a_choice_and_a_choice_nobody(office: Office):
    """Both ways, each through [Sửa kết quả]."""
    unit = await unit_id(office, "TH")
    await groups(office, "Một")
    hoa = await begin(office)
    await hoa.tap("Kỳ này không có gương")
    await hoa.tap("Chưa có đề cử phù hợp")
    assert "Lý do: Chưa có đề cử phù hợp" in hoa.screen
    await hoa.tap("Sửa kết quả")
    await hoa.tap("☐ Chọn 1")
    await hoa.tap("Tiếp tục (1 gương)")
    await hoa.tap("Đạt cả ba tiêu chí")
    await hoa.send(WHY)
    await hoa.tap("Xác nhận")
    assert await answers(office, "2026-11") == {unit: "chosen"}
    await hoa.tap("Sửa kết quả")
    await hoa.tap("☑ Đã chọn 1")
    await hoa.tap("Kỳ này không có gương")
    await hoa.tap("Dành cho kỳ sau")
    assert await answers(office, "2026-11") == {unit: "none"}
    assert await chosen(office, unit, "2026-11") == 0


async def test_a_change_made_elsewhere_meanwhile_is_not_overwritten(office: Office):
    """The deputy answered while the head was choosing: [Xác nhận] says so, the deputy's answer stands."""
    await give(office, "tuan", Role.DEPUTY, "TH")
    hoa = await at_the_sentence(office)
    await hoa.send(WHY)
    tuan = await begin(office, "tuan")
    await tuan.tap("Kỳ này không có gương")
    await tuan.tap("Xác nhận, không nêu lý do")
    await hoa.tap("Xác nhận")
    assert "vừa được thay đổi ở nơi khác" in (hoa.toast or "")
    assert (await the_answer(office)).answer == "none"


async def test_two_changes_of_one_answer_take_one(office: Office):
    """Head and deputy both press [Sửa kết quả]: the second to confirm reads that it has changed."""
    await give(office, "tuan", Role.DEPUTY, "TH")
    await groups(office, "Một", "Hai")
    hoa = await begin(office)
    await choose(hoa, "tập thể Tổ Một")
    await hoa.tap("Sửa kết quả")
    await hoa.tap("Tiếp tục (1 gương)")
    await hoa.tap("Đạt cả ba tiêu chí")
    tuan = await begin(office, "tuan")
    await tuan.tap("Sửa kết quả")
    await tuan.tap("☑ Đã chọn 1")
    await tuan.tap("Kỳ này không có gương")
    await tuan.tap("Xác nhận, không nêu lý do")
    await hoa.tap("Xác nhận")
    assert "vừa được thay đổi ở nơi khác" in (hoa.toast or "")
    assert (await the_answer(office)).answer == "none"


async def test_a_question_of_the_secretariat_stands_on_top(office: Office):
    """Returned: the list and the preview show it; the same answer may be given once more."""
    await groups(office, "Một")
    hoa = await begin(office)
    await choose(hoa, "tập thể Tổ Một")
    await check(office, AnswerState.RETURNED, "Xin nêu rõ kết quả cụ thể.")
    await hoa.send("/binhchon")
    assert hoa.last.text.startswith(
        "Phòng Hành chính - Tổ chức đề nghị đồng chí xem lại:\nXin nêu rõ kết quả cụ thể."
    )
    await hoa.tap("Sửa kết quả")
    await hoa.tap("Tiếp tục (1 gương)")
    await hoa.tap("Đạt cả ba tiêu chí")
    assert "Xin nêu rõ kết quả cụ thể." in hoa.screen
    await hoa.tap("Xác nhận")
    assert (await the_answer(office)).state is AnswerState.GIVEN


async def test_what_has_been_accepted_does_not_change(office: Office):
    """The list says so and offers nothing; old buttons of every step say so."""
    await groups(office, "Một", "Hai")
    hoa = await begin(office)
    await choose(hoa, "tập thể Tổ Một")
    await hoa.tap("Sửa kết quả")
    old = {label: data_of(hoa, label) for label in ("☐ Chọn 2", "Tiếp tục (1 gương)")}
    await hoa.tap("Tiếp tục (1 gương)")
    await hoa.tap("Đạt cả ba tiêu chí")
    old |= {label: data_of(hoa, label) for label in ("Xác nhận", "Sửa câu")}
    await check(office, AnswerState.ACCEPTED)
    unit = await unit_id(office, "TH")
    for data in (*old.values(), f"h:{unit}:0:edit:2026-11", f"h:{unit}:1:none_sure:2026-11"):
        await hoa.tap_data(data)
        assert "đã tiếp nhận kết quả" in (hoa.toast or ""), data
    await hoa.send("một câu gõ muộn")
    assert "đã tiếp nhận kết quả" in hoa.screen
    await hoa.send("/binhchon")
    assert "đã tiếp nhận kết quả" in hoa.screen
    assert hoa.last.labels == ["✓ tập thể Tổ Một", "tập thể Tổ Hai"]
    assert len((await the_answer(office)).choices) == 1


async def test_pressed_twice_it_is_chosen_once(office: Office):
    """The second press says that the unit has answered; the log has one line."""
    hoa = await at_the_sentence(office)
    await hoa.send(WHY)
    sure = data_of(hoa, "Xác nhận")
    await hoa.tap("Xác nhận")
    await hoa.tap_data(sure)
    assert hoa.toast == "Đơn vị đã trả lời cho kỳ này rồi."
    async with office.database.reading() as session:
        assert [line["act"] for line in await access.list_audit(session)].count("choose") == 1


async def test_an_old_preview_is_not_confirmed(office: Office):
    """The sentence was changed since: what is kept is what was seen."""
    hoa = await at_the_sentence(office)
    await hoa.send(WHY)
    old = data_of(hoa, "Xác nhận")
    await hoa.tap("Sửa câu")
    await hoa.send("Một câu khác hẳn")
    await hoa.tap_data(old)
    assert "Bản xem trước này đã cũ" in (hoa.toast or "")
    assert await answers(office, "2026-11") == {}


# --- nobody ---


@pytest.mark.parametrize(
    "reason", ["Chưa có đề cử phù hợp", "Dành cho kỳ sau", "Đơn vị không có việc nổi bật trong kỳ"]
)
async def test_a_ready_reason_why_there_is_nobody_is_kept(office: Office, reason):
    """One press; the answer has the words, and the list shows them."""
    hoa = await begin(office)
    await hoa.tap("Kỳ này không có gương")
    await hoa.tap(reason)
    assert (await the_answer(office)).reason == reason
    await hoa.tap("Về danh sách")
    assert f"Lý do: {reason}" in hoa.screen


async def test_a_typed_reason_why_there_is_nobody(office: Office):
    """[Lý do khác]: a picture is refused and asked again, a sentence is kept."""
    hoa = await begin(office)
    await hoa.tap("Kỳ này không có gương")
    await hoa.tap("Lý do khác")
    await hoa.photo()
    assert "cần viết bằng chữ" in hoa.screen
    await hoa.send("Cả phòng đi học tập trung suốt tháng.")
    assert "Lý do: Cả phòng đi học tập trung suốt tháng." in hoa.screen
    assert (await the_answer(office)).reason == "Cả phòng đi học tập trung suốt tháng."


# --- periods ---


async def test_last_month_is_offered_until_it_closes(office: Office):
    """/binhchon opens this month, with a button for last month while it is open and unanswered."""
    hoa = office.phone("hoa")
    await turn_to(office, DECEMBER)
    await hoa.send("/binhchon")
    assert "kỳ tháng 12/2026" in hoa.screen
    await hoa.tap("Kỳ tháng 11/2026: chưa trả lời")
    assert "Phòng Tổng hợp, kỳ tháng 11/2026" in hoa.screen
    assert "Kỳ tháng 12/2026: chưa trả lời" in hoa.last.labels
    await hoa.tap("Kỳ này không có gương")
    await hoa.tap("Xác nhận, không nêu lý do")
    await hoa.send("/binhchon")
    assert hoa.last.labels == ["Kỳ này không có gương"]
    minh = office.phone("minh")
    await turn_to(office, CLOSED)
    await minh.send("/binhchon")
    assert minh.last.labels == ["Kỳ này không có gương"]


async def test_after_the_close_nothing_is_offered_and_old_buttons_say_so(office: Office):
    """A forgotten preview is not confirmed any more, a typed sentence not taken."""
    hoa = await at_the_sentence(office)
    await hoa.send(WHY)
    await turn_to(office, CLOSED)
    await hoa.tap("Xác nhận")
    assert "Kỳ này đã đóng hết ngày 07/12/2026" in (hoa.toast or "")
    await hoa.send("một câu gõ muộn")
    assert "Kỳ này đã đóng hết ngày 07/12/2026" in hoa.screen
    await hoa.tap_data(f"h:{await unit_id(office, 'TH')}:0:list:2026-11")
    assert "Kỳ đã đóng hết ngày 07/12/2026" in hoa.screen
    assert "☐ Chọn 1" not in hoa.last.labels
    assert await answers(office, "2026-11") == {}


async def test_a_quarter_chooses_from_what_its_months_chose(office: Office):
    """In January the last quarter offers the months' choices alone, and closes on the 25th."""
    unit = await unit_id(office, "TH")
    await groups(office, "Một", "Hai")
    hoa = await begin(office)
    await choose(hoa, "tập thể Tổ Một")
    await turn_to(office, DECEMBER)
    await groups(office, "Ba")
    await hoa.send("/binhchon")
    await choose(hoa, "tập thể Tổ Ba")
    await turn_to(office, JANUARY)
    await hoa.send("/binhchon")
    await hoa.tap("Kỳ quý 4/2026: chưa trả lời")
    assert "Phòng Tổng hợp, kỳ quý 4/2026: 2 gương đã chọn trong các tháng" in hoa.screen
    assert hoa.last.labels[:4:2] == ["tập thể Tổ Một", "tập thể Tổ Ba"]
    await hoa.tap("tập thể Tổ Ba")
    assert f"Được chọn kỳ tháng 12/2026: “{WHY}”" in hoa.screen
    assert "Gộp với đề cử khác" not in hoa.last.labels
    await hoa.tap("Về danh sách")
    await choose(hoa, "tập thể Tổ Ba")
    assert "chọn tập thể Tổ Ba là gương tiêu biểu kỳ quý 4/2026" in hoa.screen
    assert "đến hết ngày 25/01/2027" in hoa.screen
    assert await answers(office, "2026-Q4") == {unit: "chosen"}
    await hoa.send("/binhchon")
    await hoa.tap("Kỳ năm 2026: chưa trả lời")
    assert hoa.last.labels[:4:2] == ["tập thể Tổ Một", "tập thể Tổ Ba"]


async def test_who_was_chosen_in_two_months_stands_once_in_the_quarter(office: Office):
    """The latest nomination stands for the nominee; the card has both months' sentences and reasons."""
    lan, mai = office.phone("lan"), office.phone("mai")
    await nominate(
        lan, "anh Bùi Anh Tuấn", "đã làm việc thứ nhất rất tốt cho người dân trong phòng, ai cũng biết"
    )
    hoa = await begin(office)
    await choose(hoa, "Bùi Anh Tuấn", why="Câu của tháng mười một")
    await turn_to(office, DECEMBER)
    await nominate(mai, "anh Bùi Anh Tuấn", "đã làm việc thứ hai còn tốt hơn nữa cho người dân, ai cũng khen")
    await hoa.send("/binhchon")
    await hoa.tap("Bùi Anh Tuấn")
    assert "Đã được đơn vị chọn kỳ tháng 11/2026: “Câu của tháng mười một”" in hoa.screen
    await hoa.tap("Về danh sách")
    await choose(hoa, "Bùi Anh Tuấn", why="Câu của tháng mười hai")
    latest = (await the_answer(office, period="2026-12")).choices[0].nomination_id
    await turn_to(office, JANUARY)
    await hoa.send("/binhchon")
    await hoa.tap("Kỳ quý 4/2026: chưa trả lời")
    assert "1 gương đã chọn trong các tháng" in hoa.screen
    assert "2 người đề cử" in hoa.screen
    await hoa.tap("Bùi Anh Tuấn")
    card = hoa.last.text
    while "Xem thêm ›" in hoa.last.labels:
        await hoa.tap("Xem thêm ›")
        card += hoa.last.text
    for words in ("Câu của tháng mười một", "Câu của tháng mười hai", "việc thứ nhất", "việc thứ hai"):
        assert words in card
    await hoa.tap("Về danh sách")
    await choose(hoa, "Bùi Anh Tuấn")
    assert [one.nomination_id for one in (await the_answer(office, period="2026-Q4")).choices] == [latest]


async def test_nobody_for_a_quarter(office: Office):
    """Without a choice in its months a quarter offers nobody and takes that answer."""
    hoa, unit = office.phone("hoa"), await unit_id(office, "TH")
    await turn_to(office, JANUARY)
    await hoa.send("/binhchon")
    await hoa.tap("Kỳ quý 4/2026: chưa trả lời")
    assert "các tháng trong kỳ chưa chọn gương nào" in hoa.screen
    await hoa.tap("Kỳ này không có gương")
    assert "Đồng chí xác nhận Phòng Tổng hợp không có gương trong kỳ quý 4/2026?" in hoa.screen
    await hoa.tap("Xác nhận, không nêu lý do")
    assert "Đã ghi nhận: Phòng Tổng hợp không có gương trong kỳ quý 4/2026." in hoa.screen
    await hoa.tap("Về danh sách")
    assert "Đơn vị đã trả lời: kỳ này không có gương." in hoa.screen
    assert await answers(office, "2026-Q4") == {unit: "none"}


@pytest.mark.parametrize(
    ("period", "why"),
    [
        ("2026-12", "Kỳ này bắt đầu bình chọn từ ngày 01/12/2026."),
        ("2026-Q4", "Kỳ này bắt đầu bình chọn từ ngày 01/01/2027."),
        ("2026", "Kỳ này bắt đầu bình chọn từ ngày 01/01/2027."),
        ("2026-H1", "Kỳ này đã đóng hết ngày 24/07/2026"),
        ("2026-H2", "Nút này đã cũ"),
        ("2026-10", "Kỳ này đã đóng hết ngày 06/11/2026"),
    ],
)
async def test_a_period_that_takes_no_answer_is_refused(office: Office, period, why):
    """What has not begun, what is over, and the second half, which has no review of its own."""
    unit = await unit_id(office, "TH")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    hoa = await begin(office)
    for act in ("none", "none_sure", "none_other", "go", "sure", "pre", "say", "own", "edit"):
        await hoa.tap_data(f"h:{unit}:0:{act}:{period}")
        assert why in (hoa.toast or ""), act
    for act in ("pick", "this", "crit", "merge_sure", "move_sure"):
        await hoa.tap_data(f"h:{unit}:0:{act}:{period}.1.2")
        assert hoa.toast, act
    assert await answers(office, period) == {}
    assert await chosen(office, unit, period) == 0


async def test_a_quarter_the_office_does_not_keep_is_not_asked(office: Office):
    """Switched off in the configuration, it is neither offered nor taken from a forged button."""
    hoa, unit = office.phone("hoa"), await unit_id(office, "TH")
    await office.reconfigure(quarter=office.config.quarter.__class__(on=False))
    await turn_to(office, JANUARY)
    await hoa.send("/binhchon")
    assert "Kỳ quý 4/2026: chưa trả lời" not in hoa.last.labels
    await hoa.tap_data(f"h:{unit}:0:none_sure:2026-Q4")
    assert "Nút này đã cũ" in (hoa.toast or "")


# --- who may ---


async def test_nominees_of_another_unit_cannot_be_chosen(office: Office):
    """The number in a button is a claim: it must be one of the unit's own nominees of that period."""
    minh = office.phone("minh")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    hoa = await begin(office)
    pick = data_of(hoa, "☐ Chọn 1")
    th, nc = await unit_id(office, "TH"), await unit_id(office, "NC")
    await minh.send("/binhchon")
    await minh.tap_data(pick)
    assert "Mục này dành cho" in (minh.toast or "")
    for act in ("pick", "this", "card", "ev", "merge", "move"):
        await minh.tap_data(pick.replace(f"h:{th}:", f"h:{nc}:").replace(":pick:", f":{act}:"))
        assert "Đề cử này không còn" in (minh.toast or ""), act
    assert await answers(office, "2026-11") == {}


async def test_another_heads_or_an_employees_confirmation_is_nothing(office: Office):
    """A forwarded [Xác nhận] does not work for who does not head the unit, nor for who drafted nothing."""
    await give(office, "tuan", Role.DEPUTY, "TH")
    hoa = await at_the_sentence(office)
    await hoa.send(WHY)
    sure = data_of(hoa, "Xác nhận")
    for code in ("minh", "lan", "chanh"):
        phone = office.phone(code)
        await phone.send("/cuatoi")
        await phone.tap_data(sure)
        assert "Mục này dành cho" in (phone.toast or "")
    tuan = await begin(office, "tuan")
    await tuan.tap_data(sure)
    assert tuan.toast
    assert await answers(office, "2026-11") == {}


async def test_a_deputy_chooses_in_the_heads_name_and_is_named(office: Office):
    """In the preview and, for all who answer for the unit, in the list."""
    await give(office, "tuan", Role.DEPUTY, "TH")
    await groups(office, "Một")
    tuan = await begin(office, "tuan")
    await tuan.tap("☐ Chọn 1")
    await tuan.tap("Tiếp tục (1 gương)")
    await tuan.tap("Đạt cả ba tiêu chí")
    await tuan.send(WHY)
    assert "Chuyên viên Bùi Anh Tuấn trả lời thay Trưởng phòng Võ Thị Hoa" in tuan.screen
    await tuan.tap("Xác nhận")
    hoa = await begin(office)
    assert "Chuyên viên Bùi Anh Tuấn trả lời thay Trưởng phòng Võ Thị Hoa" in hoa.screen
    answer = await the_answer(office)
    assert (answer.person_id, answer.for_id) == (
        await office.person_id("tuan"),
        await office.person_id("hoa"),
    )


async def test_a_deputy_chooses_while_appointed(office: Office):
    """On the last day it holds; the day after neither a button nor a sentence does."""
    unit = await unit_id(office, "TH")
    await give(office, "tuan", Role.DEPUTY, "TH", to_on=date(2026, 11, 18))
    await groups(office, "Một")
    tuan = await begin(office, "tuan")
    await tuan.tap("☐ Chọn 1")
    await tuan.tap("Tiếp tục (1 gương)")
    await tuan.tap("Đạt cả ba tiêu chí")
    office.clock.turn(days=1)
    await tuan.send(WHY)
    assert "Mục này dành cho" in tuan.screen
    assert await chosen(office, unit, "2026-11") == 0


async def test_a_hundred_nominees_page_well(office: Office):
    """Twenty pages of one screen each; picks of different pages come together."""
    names = [f"Số {number}" for number in range(1, 101)]
    await groups(office, *names)
    hoa = await begin(office)
    assert "100 gương được đề cử" in hoa.screen
    assert "5. tập thể Tổ Số 5" in hoa.screen
    await hoa.tap("☐ Chọn 2")
    seen = 1
    while "Xem thêm ›" in hoa.last.labels:
        assert len(hoa.last.text) < 1200
        await hoa.tap("Xem thêm ›")
        seen += 1
    assert seen == 20
    assert "100. tập thể Tổ Số 100" in hoa.screen
    await hoa.tap("☐ Chọn 99")
    assert "100. tập thể Tổ Số 100" in hoa.screen
    await hoa.tap("Tiếp tục (2 gương)")
    assert "1. tập thể Tổ Số 2\n2. tập thể Tổ Số 99" in hoa.screen
    unit = await unit_id(office, "TH")
    await hoa.tap_data(f"h:{unit}:99999:list:2026-11")
    assert "100. tập thể Tổ Số 100" in hoa.screen


async def test_earlier_honours_stand_on_the_card(office: Office):
    """What everybody may see of the nominee, of any unit; a choice that is not public is the unit's alone."""
    exemplar = await honoured(office, "tuan", nominator="lan", period="2026-08")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    hoa = await begin(office)
    await hoa.tap("Bùi Anh Tuấn")
    assert f"Đã được biểu dương, kỳ tháng 8/2026: “{exemplar.text}”" in hoa.screen
    async with office.database.transaction() as session:
        await exemplars.save_exemplar(session, replace(exemplar, consent=Consent.DECLINED))
    await hoa.send("/binhchon")
    await hoa.tap("Bùi Anh Tuấn")
    assert "Đã được biểu dương" not in hoa.screen
    assert "Đã được đơn vị chọn kỳ tháng 8/2026" in hoa.screen


async def test_the_evidence_is_shown_one_by_one(office: Office):
    """A picture and a file: each as it was sent, with whose it is, and the way back."""
    lan = office.phone("lan")
    await lan.send("Đề cử anh Bùi Anh Tuấn, vì đã ba tháng hướng dẫn người dân nộp hồ sơ trực tuyến tận tình")
    await lan.photo()
    await lan.document(b"%PDF-1.4 minh chung", "giay-khen.pdf")
    await lan.tap("Gửi")
    hoa = await begin(office)
    await hoa.tap("Bùi Anh Tuấn")
    await hoa.tap("Xem minh chứng (2)")
    assert "Minh chứng 1/2: Bùi Anh Tuấn\nNgười đề cử: Nguyễn Thị Lan" in hoa.screen
    assert hoa.last.raw["photo"]
    await hoa.tap("Xem thêm ›")
    assert "Minh chứng 2/2" in hoa.screen
    assert hoa.last.raw["document"]
    await hoa.tap("Về phiếu đề cử")
    assert "Người đề cử: Nguyễn Thị Lan" in hoa.screen
    assert "Chọn gương này" in hoa.last.labels


async def test_choosing_in_english(office: Office):
    """The whole way in the head's own language."""
    hoa = office.phone("hoa")
    await nominate(office.phone("lan"), "anh Bùi Anh Tuấn")
    await hoa.send("/language")
    await hoa.tap("English")
    await hoa.send("/choose")
    await hoa.tap("Bùi Anh Tuấn")
    await hoa.tap("Choose this one")
    assert "☐ Outstanding" in hoa.last.labels
    await hoa.tap("Meets all three")
    await hoa.send("He helped the public for three months")
    assert "Chosen by: Trưởng phòng Võ Thị Hoa" in hoa.screen
    await hoa.tap("Confirm")
    assert "Recorded: Phòng Tổng hợp chooses Bùi Anh Tuấn for 11/2026." in hoa.screen
