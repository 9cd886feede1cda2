"""Copying an exemplar: a pledge, the question for its result, bodies outside, how far it has spread."""

from dataclasses import replace

import pytest

from bot.domain.exemplars import ExemplarState
from bot.domain.people import Post
from bot.domain.roles import Role
from storage import adoptions, exemplars, people
from tests.exemplars import honoured, taken_over, the_exemplar
from tests.office import Office
from tests.phones import Phone
from tests.posting import at_instant, local, pass_time, said

RESULT = "Thời gian xử lý văn bản giảm từ ba ngày còn một ngày"


@pytest.fixture
def hoa(office: Office) -> Phone:
    return office.phone("hoa")


async def pledged(office: Office, hoa: Phone) -> int:
    """Hoa's unit copies lan2's way, as she said; answers the exemplar's number."""
    exemplar = await honoured(office, "lan2")
    await hoa.start(f"g_{exemplar.id}")
    await hoa.tap("Đơn vị tôi áp dụng")
    await hoa.tap("Nhận áp dụng")
    return exemplar.id


def asked(phone: Phone) -> list[str]:
    """How somebody has been asked for a result."""
    return [words for words in said(phone) if "Đến nay kết quả ra sao?" in words]


async def test_two_taps_pledge(office, hoa):
    """The head's unit copies; her own head and the secretariat of the exemplar hear of it."""
    minh, hung = office.phone("minh"), office.phone("hung")
    await pledged(office, hoa)

    assert "Đã ghi nhận" in hoa.screen
    assert "Phòng Tổng hợp áp dụng gương Nguyễn Thị Lan" in hoa.screen
    for phone in (minh, hung):
        assert "Phòng Tổng hợp nhận áp dụng gương Nguyễn Thị Lan, Phòng Nội chính" in phone.screen


async def test_a_sentence_says_how(office, hoa):
    """What is typed instead of the tap is how it will be copied."""
    minh = office.phone("minh")
    exemplar = await honoured(office, "lan2")
    await hoa.start(f"g_{exemplar.id}")
    await hoa.tap("Đơn vị tôi áp dụng")
    await hoa.send("ngắn")
    assert "viết từ 10 đến 500 ký tự" in hoa.screen
    await hoa.send("Mỗi sáng dành ba mươi phút hướng dẫn người dân")

    assert "Cách áp dụng: Mỗi sáng dành ba mươi phút" in hoa.screen
    assert "Cách áp dụng: Mỗi sáng dành ba mươi phút" in minh.screen


async def test_once_a_unit(office, hoa):
    """A second pledge shows the first; a repeated button adds nothing."""
    exemplar_id = await pledged(office, hoa)
    await hoa.start(f"g_{exemplar_id}")
    assert "1 nơi áp dụng" in hoa.last.text
    await hoa.tap("Kết quả áp dụng của đơn vị tôi")
    assert "Đang áp dụng, chưa có kết quả" in hoa.screen
    await hoa.tap_data(f"ad:{exemplar_id}:0:pledge:3")

    assert hoa.toast == "Đơn vị đồng chí đã nhận áp dụng gương này rồi."


async def test_the_own_unit_is_refused_kindly(office):
    """Copying is for others: the own head has no button, and a forged one is answered kindly."""
    exemplar = await honoured(office, "lan2")
    minh = office.phone("minh")
    await minh.start(f"g_{exemplar.id}")

    assert "Đơn vị tôi áp dụng" not in minh.last.labels
    await minh.tap_data(f"ad:{exemplar.id}:0:begin:")
    assert "gương của chính đơn vị" in str(minh.toast)


@pytest.mark.parametrize("code", ["lan", "tuan", "chanh", "hung"])
async def test_who_heads_no_such_unit_cannot_pledge_for_it(office, code):
    """Employees, leaders and heads of other units are refused, whatever they press."""
    exemplar = await honoured(office, "lan2")
    phone = office.phone(code)
    await phone.start(f"g_{exemplar.id}")
    await phone.tap_data(f"ad:{exemplar.id}:0:pledge:3")

    assert "dành cho trưởng, phó đơn vị" in str(phone.toast)
    async with office.database.reading() as session:
        assert not await adoptions.list_adoptions(session, exemplar.id)


async def test_what_is_not_public_cannot_be_copied(office, hoa):
    """A forged button about somebody chosen tells nothing."""
    exemplar = await taken_over(office, "lan2")
    await hoa.send("/guong")
    for act in ("begin", "unit", "pledge", "body"):
        await hoa.tap_data(f"ad:{exemplar.id}:0:{act}:3")
        assert "Hiện không mở được" in str(hoa.toast)
    for act in ("card", "result", "later", "drop", "drop_sure"):
        await hoa.tap_data(f"ad:77:0:{act}:1")
        assert "Hiện không mở được" in str(hoa.toast)


async def test_the_result_is_asked_for_after_a_while(office, hoa):
    """Sixty days on, on a working day at eight; answered with a sentence; shown on card and timeline."""
    exemplar_id = await pledged(office, hoa)
    await at_instant(office, local(18, 1, 7, 59, year=2027))  # 17/01 is a Sunday
    assert not asked(hoa)
    await at_instant(office, local(18, 1, 8, 1, year=2027))
    assert len(asked(hoa)) == 1
    assert "Ngày 18/11/2026, Phòng Tổng hợp nhận áp dụng" in asked(hoa)[0]

    await hoa.tap("Gửi kết quả")
    await hoa.send(RESULT)
    assert f"Kết quả: {RESULT}" in hoa.screen
    await pass_time(office, days=90)
    assert len(asked(hoa)) == 1

    lan = office.phone("lan")
    await lan.start(f"g_{exemplar_id}")
    assert "1 nơi áp dụng, 1 nơi đã có kết quả" in lan.last.text
    await lan.tap("Hành trình")
    assert "Phòng Tổng hợp nhận áp dụng" in lan.screen
    assert f"18/01/2027 – Kết quả áp dụng tại Phòng Tổng hợp: {RESULT}" in lan.screen


async def test_silence_is_asked_once_more_and_then_left_to_the_desk(office, hoa):
    """Thirty days later once more; never a third time."""
    await pledged(office, hoa)
    await at_instant(office, local(18, 1, 8, 1, year=2027))
    await at_instant(office, local(17, 2, 8, 1, year=2027))
    assert len(asked(hoa)) == 2
    await pass_time(office, days=100)

    assert len(asked(hoa)) == 2


async def test_asked_for_more_time(office, hoa):
    """[Chưa có, hỏi lại sau] says the day; after the second time too."""
    await pledged(office, hoa)
    await at_instant(office, local(18, 1, 8, 1, year=2027))
    await hoa.tap("Chưa có, hỏi lại sau")
    assert "trợ lý sẽ hỏi lại vào ngày 17/02/2027" in hoa.screen
    await at_instant(office, local(17, 2, 8, 1, year=2027))
    assert len(asked(hoa)) == 2
    await hoa.tap("Chưa có, hỏi lại sau")
    assert "trợ lý sẽ hỏi lại vào ngày 19/03/2027" in hoa.screen
    await at_instant(office, local(19, 3, 8, 1, year=2027))

    assert len(asked(hoa)) == 3


async def test_given_up_and_taken_up_again(office, hoa):
    """What is given up is not asked about and does not count; it can be pledged anew."""
    exemplar_id = await pledged(office, hoa)
    await hoa.tap("Không áp dụng nữa")
    await hoa.tap("Đúng, không áp dụng nữa")
    await pass_time(office, days=120)
    assert not asked(hoa)
    await hoa.start(f"g_{exemplar_id}")
    assert "nơi áp dụng" not in hoa.last.text

    await hoa.tap_data(f"ad:{exemplar_id}:0:begin:")
    await hoa.tap("Nhận áp dụng")
    await pass_time(office, days=70)

    assert len(asked(hoa)) == 1


async def test_a_result_is_said_in_other_words(office, hoa):
    """It may be changed later; the exemplar's head hears of the first one alone."""
    minh = office.phone("minh")
    await pledged(office, hoa)
    await hoa.tap("Gửi kết quả")
    await hoa.send(RESULT)
    assert f"đã có kết quả áp dụng gương Nguyễn Thị Lan, Phòng Nội chính:\n{RESULT}" in minh.screen
    heard = len(said(minh))
    await hoa.tap("Sửa kết quả")
    await hoa.send("Không còn văn bản nào quá hạn trong quý")

    assert "Kết quả: Không còn văn bản nào quá hạn trong quý" in hoa.screen
    assert len(said(minh)) == heard


async def test_who_heads_the_unit_by_then_is_asked(office, hoa):
    """The head of the day on which it is asked answers; the one before has no say any more."""
    tuan = office.phone("tuan")
    await pledged(office, hoa)
    async with office.database.transaction() as session:
        heads = await people.get_person(session, await office.person_id("hoa"))
        unit = next(post.unit_id for post in heads.posts if post.role is Role.UNIT_HEAD)
        await people.set_posts(session, heads.id, [Post(Role.EMPLOYEE, unit)])
        posts = [Post(Role.EMPLOYEE, unit), Post(Role.UNIT_HEAD, unit)]
        await people.set_posts(session, await office.person_id("tuan"), posts)
    await at_instant(office, local(18, 1, 8, 1, year=2027))

    assert len(asked(tuan)) == 1
    assert not asked(hoa)
    await hoa.tap_data("ad:1:0:result:")
    assert "dành cho trưởng đơn vị áp dụng" in str(hoa.toast)


async def test_a_body_outside_is_entered_by_the_secretariat(office, hoa):
    """By its name, with its result; nobody is asked about it."""
    exemplar = await honoured(office, "lan2")
    hung = office.phone("hung")
    await hung.start(f"g_{exemplar.id}")
    await hung.tap("Nơi khác áp dụng")
    await hung.send("UBND xã Tân An")
    assert "UBND xã Tân An áp dụng gương Nguyễn Thị Lan" in hung.screen
    await hung.tap("Gửi kết quả")
    await hung.send(RESULT)
    await hung.start(f"g_{exemplar.id}")
    assert "1 nơi áp dụng, 1 nơi đã có kết quả" in hung.last.text
    await hung.tap("Nơi khác áp dụng")
    await hung.send("UBND xã Tân An")
    assert "đã được ghi nhận rồi" in hung.screen

    await hoa.start(f"g_{exemplar.id}")
    assert "Nơi khác áp dụng" not in hoa.last.labels
    await hoa.tap_data(f"ad:{exemplar.id}:0:body:")
    assert "bộ phận thư ký" in str(hoa.toast)


async def test_nobody_is_asked_about_what_was_taken_down(office, hoa):
    """Once it is not public any more, its copies are not asked about, and tell nothing."""
    exemplar_id = await pledged(office, hoa)
    async with office.database.transaction() as session:
        now = await the_exemplar(office, exemplar_id)
        assert await exemplars.save_exemplar(session, replace(now, state=ExemplarState.REMOVED))
    await pass_time(office, days=100)
    assert not asked(hoa)
    await hoa.tap_data("ad:1:0:card:")

    assert "Hiện không mở được" in str(hoa.toast)


async def test_the_question_survives_a_restart(office, hoa):
    """What is being asked is a row."""
    await pledged(office, hoa)
    await hoa.tap("Gửi kết quả")
    await office.restart()
    await hoa.send(RESULT)

    assert f"Kết quả: {RESULT}" in hoa.screen


async def test_cancel_keeps_nothing(office, hoa):
    """/huy while a sentence is asked for."""
    exemplar = await honoured(office, "lan2")
    await hoa.start(f"g_{exemplar.id}")
    await hoa.tap("Đơn vị tôi áp dụng")
    await hoa.send("/huy")

    assert "Đã dừng" in hoa.screen
    async with office.database.reading() as session:
        assert not await adoptions.list_adoptions(session, exemplar.id)


async def test_what_a_unit_copies_is_found_again(office, hoa):
    """[Việc của tôi với các gương] leads the head to what her unit copies; others have no such button."""
    await pledged(office, hoa)
    await hoa.send("/guong")
    await hoa.tap("Việc của tôi với các gương")
    await hoa.tap("Áp dụng: Nguyễn Thị Lan (chưa có kết quả)")
    assert "Phòng Tổng hợp áp dụng gương Nguyễn Thị Lan" in hoa.screen
    tuan = office.phone("tuan")
    await tuan.send("/guong")

    assert "Việc của tôi với các gương" not in tuan.last.labels
