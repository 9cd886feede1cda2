"""Fostering an exemplar: a mentor, an aim, steps and their days, quiet reminders, an outcome."""

import pytest

from bot.domain.nominations import Kind
from storage import fosterings
from tests.exemplars import honoured, taken_over
from tests.office import Office
from tests.phones import Phone
from tests.posting import at_instant, local, pass_time, said

AIM = "Trở thành nòng cốt về chuyển đổi số của phòng"


@pytest.fixture
def hung(office: Office) -> Phone:
    return office.phone("hung")


def heard(phone: Phone) -> list[str]:
    """What the bot has said to somebody of its own accord about fostering."""
    return [
        words
        for words in said(phone)
        if words.startswith(("Sắp đến hạn", "Một bước bồi dưỡng", "Đồng chí được", "Kế hoạch bồi dưỡng"))
    ]


async def begun(office: Office, hung: Phone, mentor: str = "Đức") -> int:
    """lan2 is fostered, guided by that person; answers the exemplar's number."""
    exemplar = await honoured(office, "lan2", kind=Kind.NEW_FACTOR)
    await hung.start(f"g_{exemplar.id}")
    assert "chưa có kế hoạch bồi dưỡng" in hung.last.text
    await hung.tap("Bồi dưỡng")
    await hung.send(mentor)
    await hung.send(AIM)
    return exemplar.id


async def test_a_plan_is_made_in_a_few_words(office, hung):
    """Mentor by name, aim, steps with their days: all of it on one card."""
    await begun(office, hung)
    assert "Đã lập kế hoạch bồi dưỡng" in hung.screen

    await hung.send("15/12/2026 Trình bày cách làm tại giao ban")
    await hung.tap("Thêm bước")
    await hung.send("Viết tài liệu hướng dẫn cho cả phòng")
    assert "Đến ngày nào xong" in hung.screen
    await hung.tap("1 tháng nữa (18/12/2026)")

    assert "Người hướng dẫn: Đỗ Minh Đức" in hung.screen
    assert f"Mục tiêu: {AIM}" in hung.screen
    assert "1. · đến 15/12/2026: Trình bày cách làm tại giao ban" in hung.screen
    assert "2. · đến 18/12/2026: Viết tài liệu hướng dẫn cho cả phòng" in hung.screen


async def test_mentor_and_nominee_are_told(office, hung):
    """A little later, so that the first steps are written by then."""
    duc, lan2 = office.phone("duc"), office.phone("lan2")
    await begun(office, hung)
    await hung.send("15/12/2026 Trình bày cách làm tại giao ban")
    assert not said(duc)

    await pass_time(office, minutes=11)

    assert "phân công hướng dẫn, bồi dưỡng Nguyễn Thị Lan" in duc.screen
    assert "Trình bày cách làm tại giao ban" in duc.screen
    assert "Người hướng dẫn: Đỗ Minh Đức" in lan2.screen
    await lan2.tap("Xem")
    assert AIM in lan2.screen
    assert "Thêm bước" not in lan2.last.labels


async def test_homonyms_are_buttons_and_strangers_are_asked_for_again(office, hung):
    """Two of one name become buttons; a name nobody has is said."""
    exemplar = await honoured(office, "duc", nominator="lan2", kind=Kind.NEW_FACTOR)
    await hung.start(f"g_{exemplar.id}")
    await hung.tap("Bồi dưỡng")
    await hung.send("Ngô Bảo Quốc Khánh")
    assert "Chưa tìm thấy" in hung.screen
    await hung.send("Nguyễn Thị Lan")
    await hung.tap("Nguyễn Thị Lan · Văn thư · Phòng Nội chính")

    assert "Mục tiêu bồi dưỡng là gì?" in hung.screen


async def test_nobody_guides_themselves(office, hung):
    """The nominee, and who has left, cannot be the mentor."""
    exemplar = await honoured(office, "lan2")
    await hung.start(f"g_{exemplar.id}")
    await hung.tap("Bồi dưỡng")
    await hung.tap_data(f"fo:{exemplar.id}:0:who:{await office.person_id('lan2')}")
    await hung.send(AIM)
    assert "không tự hướng dẫn mình" in hung.screen

    await hung.tap_data(f"fo:{exemplar.id}:0:card:")
    await hung.tap_data(f"fo:{exemplar.id}:0:who:{await office.person_id('cu')}")
    await hung.send(AIM)
    assert "không còn công tác" in hung.screen


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("01/01/2026 Trình bày cách làm", "Ngày này đã qua"),
        ("31/02/2027 Trình bày cách làm", "Chưa đọc được ngày"),
        ("01/01/2040 Trình bày cách làm", "xa quá ba năm"),
        ("15/12/2026", "Nội dung một bước dài từ"),
        ("abc", "Nội dung một bước dài từ"),
    ],
)
async def test_what_is_no_step_is_said(office, hung, typed, why):
    """A day that is past, is none or is years away, and too few words, are refused; nothing is kept."""
    exemplar_id = await begun(office, hung)

    await hung.send(typed)

    assert why in hung.screen
    async with office.database.reading() as session:
        found = await fosterings.find_of(session, exemplar_id)
    assert found is not None
    assert not found.steps


async def test_the_mentor_hears_before_the_day_and_once_more_behind_it(office, hung):
    """Three days before, at eight, on a working day; and three working days after; then it is on the desk."""
    duc = office.phone("duc")
    await begun(office, hung)
    await hung.send("15/12/2026 Trình bày cách làm tại giao ban")
    await pass_time(office, minutes=11)

    await at_instant(office, local(11, 12, 7, 59))
    assert len(heard(duc)) == 1
    await at_instant(office, local(11, 12, 8, 1))  # 12/12 is a Saturday
    assert "Sắp đến hạn một bước" in heard(duc)[-1]
    await at_instant(office, local(18, 12, 8, 1))
    assert "đã đến hạn ngày 15/12/2026" in heard(duc)[-1]
    await pass_time(office, days=20)
    assert len(heard(duc)) == 3
    await hung.send("/desk")

    assert "bồi dưỡng" in hung.screen


async def test_done_with_one_tap_and_a_sentence(office, hung):
    """[Đã xong] is enough; a sentence may follow; nothing is asked about it any more."""
    duc = office.phone("duc")
    await begun(office, hung)
    await hung.send("15/12/2026 Trình bày cách làm tại giao ban")
    await at_instant(office, local(11, 12, 8, 1))

    await duc.tap("Đã xong")
    assert "Đã ghi nhận bước này xong" in duc.screen
    await duc.send("Cả phòng đã làm theo, hồ sơ trễ hạn giảm một nửa")
    assert "✓ xong 11/12/2026: Trình bày cách làm tại giao ban → Cả phòng đã làm theo" in duc.screen
    await duc.tap_data("fo:1:0:done:")
    assert duc.toast == "Bước này đã xong rồi."
    before = heard(duc)
    await pass_time(office, days=30)

    assert heard(duc) == before


async def test_a_moved_step_is_asked_about_on_its_new_day(office, hung):
    """What was planned for the day before is not sent any more."""
    duc = office.phone("duc")
    await begun(office, hung)
    await hung.send("15/12/2026 Trình bày cách làm tại giao ban")
    await at_instant(office, local(11, 12, 8, 1))

    await duc.tap("Dời ngày")
    await duc.send("20/01/2027")
    assert "Đã dời đến ngày 20/01/2027" in duc.screen
    before = heard(duc)
    await at_instant(office, local(5, 1, 9, year=2027))
    assert heard(duc) == before
    await at_instant(office, local(15, 1, 9, year=2027))  # 17/01 is a Sunday

    assert "ngày 20/01/2027" in heard(duc)[-1]


async def test_a_step_is_dropped(office, hung):
    """It is not on the card any more, and nobody hears of it."""
    await begun(office, hung)
    await hung.send("15/12/2026 Trình bày cách làm tại giao ban")
    await hung.tap("Bước 1")
    await hung.tap("Bỏ bước này")
    await hung.tap("Đúng, bỏ bước này")

    assert "Chưa có bước nào" in hung.screen
    duc = office.phone("duc")
    await pass_time(office, days=40)
    assert len(heard(duc)) == 1


async def test_another_mentor_is_told_and_the_first_has_no_say_any_more(office, hung):
    """The plan passes on whole."""
    exemplar_id = await begun(office, hung)
    await hung.send("15/12/2026 Trình bày cách làm tại giao ban")
    duc, tuan = office.phone("duc"), office.phone("tuan")
    await hung.tap("Đổi người hướng dẫn")
    await hung.send("Bùi Anh Tuấn")
    assert "Người hướng dẫn: Bùi Anh Tuấn" in hung.screen
    await pass_time(office, minutes=11)

    assert "phân công hướng dẫn, bồi dưỡng Nguyễn Thị Lan" in tuan.screen
    await duc.send("/guong")
    await duc.tap_data("fo:1:0:done:")
    assert "Việc này dành cho" in str(duc.toast)
    await duc.tap_data(f"fo:{exemplar_id}:0:card:")
    assert "Việc này dành cho" in str(duc.toast)


async def test_it_ends_with_an_outcome(office, hung):
    """Everybody with a part in it hears the outcome; what is ended changes no more."""
    exemplar_id = await begun(office, hung)
    await hung.send("15/12/2026 Trình bày cách làm tại giao ban")
    duc, lan2 = office.phone("duc"), office.phone("lan2")
    await hung.tap("Kết thúc bồi dưỡng")
    await hung.send("Đã đảm nhiệm nhóm chuyển đổi số của phòng")
    await pass_time(office, minutes=11)

    assert "Đã kết thúc: Đã đảm nhiệm nhóm chuyển đổi số của phòng" in hung.screen
    for phone in (duc, lan2):
        assert "Kết quả: Đã đảm nhiệm nhóm chuyển đổi số của phòng" in phone.screen
    await duc.tap_data("fo:1:0:done:")
    assert duc.toast == "Kế hoạch bồi dưỡng này đã kết thúc."
    await hung.tap_data(f"fo:{exemplar_id}:1:end:")
    assert "Kế hoạch vừa được người khác sửa" in str(hung.toast)
    before = heard(duc)
    await pass_time(office, days=40)
    assert heard(duc) == before


async def test_who_may_arrange_it(office):
    """The secretariat and the unit's head; nobody else, whatever they press."""
    exemplar = await taken_over(office, "lan2", kind=Kind.NEW_FACTOR)
    for code in ("hoa", "duc", "chanh", "lan2"):
        phone = office.phone(code)
        await phone.send("/guong")
        for act in ("card", "mentor", "who", "aim", "add", "in", "end"):
            await phone.tap_data(f"fo:{exemplar.id}:0:{act}:1")
            assert phone.toast
    minh = office.phone("minh")
    await minh.start(f"g_{exemplar.id}")
    await minh.tap("Bồi dưỡng")
    await minh.send("tôi")
    await minh.send(AIM)

    assert "Đã lập kế hoạch bồi dưỡng" in minh.screen


async def test_two_who_begin_at_once(office, hung):
    """One plan an exemplar: the second hears that there is one."""
    exemplar = await honoured(office, "lan2")
    minh = office.phone("minh")
    for phone in (hung, minh):
        await phone.start(f"g_{exemplar.id}")
        await phone.tap("Bồi dưỡng")
        await phone.send("Đức")
    await hung.send(AIM)
    await minh.send(AIM)

    assert "Gương này đã có kế hoạch bồi dưỡng" in minh.screen


async def test_what_is_being_asked_survives_a_restart(office, hung):
    """The question is a row."""
    exemplar = await honoured(office, "lan2")
    await hung.start(f"g_{exemplar.id}")
    await hung.tap("Bồi dưỡng")
    await office.restart()
    await hung.send("Đức")
    await office.crash()
    await hung.send(AIM)

    assert "Đã lập kế hoạch bồi dưỡng" in hung.screen


async def test_cancel_leaves_what_is_kept(office, hung):
    """/huy stops asking; the plan stands."""
    exemplar_id = await begun(office, hung)
    await hung.send("/huy")
    assert "Đã dừng" in hung.screen
    await hung.send("15/12/2026 Trình bày cách làm tại giao ban")

    async with office.database.reading() as session:
        found = await fosterings.find_of(session, exemplar_id)
    assert found is not None
    assert not found.steps


async def test_the_head_hears_where_the_mentor_cannot_be_reached(office, hung):
    """A mentor who is not in chat: the unit's head is reminded."""
    minh = office.phone("minh")
    duc = office.phone("duc")
    await begun(office, hung)
    await hung.send("15/12/2026 Trình bày cách làm tại giao ban")
    await duc.block()
    await at_instant(office, local(11, 12, 8, 1))

    assert "Sắp đến hạn một bước" in heard(minh)[-1]


async def test_the_mentor_finds_the_plan_again(office, hung):
    """It is under /guong for mentor and nominee, whatever became of the message."""
    await begun(office, hung)
    for code in ("duc", "lan2"):
        phone = office.phone(code)
        await phone.send("/guong")
        await phone.tap("Việc của tôi với các gương")
        await phone.tap("Bồi dưỡng: Nguyễn Thị Lan")
        assert AIM in phone.screen
