"""Lessons: written at reviews and after events, kept by period and kind, read by everybody."""

from datetime import date

import pytest

from bot.domain.lessons import period_at_hand
from storage import lessons
from tests.exemplars import honoured, taken_over
from tests.office import Office
from tests.phones import Phone
from tests.posting import at_instant, local, said

LESSON = "Giao chỉ tiêu theo tuần thì phong trào chạy đều; giao theo quý thì dồn vào cuối kỳ."


@pytest.fixture
def minh(office: Office) -> Phone:
    return office.phone("minh")


async def written(phone: Phone, text: str = LESSON) -> None:
    """A lesson on running movements, about none in particular, is kept."""
    await phone.send("/baihoc")
    await phone.tap("Thêm bài học")
    await phone.tap("Tổ chức phong trào thi đua")
    await phone.tap("Không gắn phong trào cụ thể")
    await phone.send(text)
    await phone.tap("Ghi lại")


async def test_a_head_writes_a_lesson(office, minh):
    """Kind, what it is about, the text, how it reads; kept for the quarter that runs, read by everybody."""
    await minh.send("/baihoc")
    assert "Chưa có bài học kinh nghiệm nào" in minh.screen
    await minh.tap("Thêm bài học")
    assert "Bài học cho quý 4/2026" in minh.screen
    await minh.tap("Tổ chức phong trào thi đua")
    movement = minh.last.labels[1]
    await minh.tap(movement)
    await minh.send(LESSON)
    assert f"Gắn với: {movement[:20]}" in minh.screen
    await minh.tap("Ghi lại")
    assert "Đã ghi bài học cho quý 4/2026" in minh.screen

    lan = office.phone("lan")
    await lan.send("/lessons")
    assert "1 bài" in lan.screen
    assert "Phòng Nội chính, quý 4/2026" in lan.screen
    assert "Thêm bài học" not in lan.last.labels
    await lan.tap("Bài 1")
    assert LESSON in lan.screen
    assert "Người ghi: Phạm Quang Minh, Phòng Nội chính" in lan.screen
    assert "Rút bài học" not in lan.last.labels


async def test_a_lesson_about_an_exemplar(office, minh):
    """The exemplar is chosen or searched for, and its timeline shows the lesson."""
    exemplar = await honoured(office, "lan2")
    await honoured(office, "tuan", nominator="lan")
    await minh.send("/baihoc")
    await minh.tap("Thêm bài học")
    await minh.tap("Xây dựng, nhân rộng điển hình")
    await minh.send("nguyen thi lan")
    assert "Bùi Anh Tuấn, Phòng Tổng hợp" not in minh.last.labels
    await minh.tap("Nguyễn Thị Lan, Phòng Nội chính")
    await minh.send("Mời người làm hay kể lại ngay tại giao ban thì các phòng khác dễ làm theo.")
    await minh.tap("Ghi lại")

    await minh.start(f"g_{exemplar.id}")
    await minh.tap("Hành trình")
    assert "Bài học rút ra: Mời người làm hay kể lại" in minh.screen


async def test_the_register_is_read_by_kind_and_period(office, minh):
    """Buttons narrow it, together; pages hold five."""
    for nth in range(7):
        await written(minh, f"Bài học số {nth}: họp ngắn hằng tuần thì việc không dồn lại cuối kỳ.")
    await at_instant(office, local(20, 4, 9, year=2027))
    await minh.send("/baihoc")
    await minh.tap("Thêm bài học")
    await minh.tap("Xây dựng, nhân rộng điển hình")
    await minh.tap("Không gắn gương cụ thể")
    await minh.send(LESSON)
    await minh.tap("Ghi lại")

    await minh.send("/baihoc")
    assert "8 bài" in minh.screen
    await minh.tap("Xem thêm ›")
    assert "Bài học số 0" in minh.screen
    await minh.tap("Tổ chức phong trào thi đua")
    assert "7 bài" in minh.screen
    await minh.tap("quý 4/2026")
    assert "(tổ chức phong trào thi đua, quý 4/2026): 7 bài" in minh.screen
    await minh.tap("Bỏ lọc, xem tất cả")
    assert "8 bài" in minh.screen


@pytest.mark.parametrize(
    ("text", "why"),
    [("Ngắn quá", "dài từ 20 đến 1000 ký tự"), ("x" * 1001, "có 1001 ký tự"), ("ha " * 20, "chưa thành câu")],
)
async def test_what_is_no_lesson_is_said(office, minh, text, why):
    """Too short, too long or nothing said: the text is asked for again."""
    await minh.send("/baihoc")
    await minh.tap("Thêm bài học")
    await minh.tap("Tổ chức phong trào thi đua")
    await minh.tap("Không gắn phong trào cụ thể")
    await minh.send(text)
    assert why in minh.screen
    await minh.send(LESSON)

    assert "Bài học sẽ được ghi như sau" in minh.screen


async def test_the_text_may_be_mended_before_it_is_kept(office, minh):
    """[Sửa] asks for it again; a button of the preview before keeps nothing."""
    await minh.send("/baihoc")
    await minh.tap("Thêm bài học")
    await minh.tap("Tổ chức phong trào thi đua")
    await minh.tap("Không gắn phong trào cụ thể")
    await minh.send(LESSON)
    old = minh.last
    await minh.send("Câu khác: mỗi tổ tự chọn việc làm của mình thì bền hơn.")
    await minh.tap("Ghi lại", message_id=old.message_id)
    async with office.database.reading() as session:
        assert not (await lessons.list_lessons(session))[0]
    await minh.tap("Ghi lại")
    await minh.tap_data("le:1:5:save:")

    async with office.database.reading() as session:
        found, n = await lessons.list_lessons(session)
    assert n == 1
    assert found[0].text.startswith("Câu khác")


async def test_only_heads_and_the_secretariat_write(office):
    """Employees and leaders read; whatever they press, nothing is kept."""
    for code in ("lan", "chanh"):
        phone = office.phone(code)
        await phone.send("/baihoc")
        for act in ("add", "kind", "about", "edit", "save"):
            await phone.tap_data(f"le:1:1:{act}:movement")
            assert "Bài học do trưởng đơn vị" in str(phone.toast)
    hung = office.phone("hung")
    await written(hung)

    assert "Đã ghi bài học" in hung.screen


async def test_the_author_withdraws(office, minh):
    """Who wrote it may take it back; nobody else."""
    hung = office.phone("hung")
    await written(minh)
    await minh.send("/baihoc")
    await hung.send("/baihoc")
    await hung.tap_data("le:1:0:withdraw_sure:")
    assert hung.toast == "Chỉ người ghi bài học này mới rút được."
    await minh.tap("Bài 1")
    await minh.tap("Rút bài học")
    await minh.tap("Đúng, rút bài học")

    await hung.send("/baihoc")
    assert "Chưa có bài học" in hung.screen
    await hung.tap_data("le:1:0:show:")
    assert hung.toast == "Bài học này không còn nữa."


async def test_an_event_asks_for_its_lesson(office, minh):
    """What an event taught is kept with it."""
    await office.person_id("minh")
    async with office.database.transaction() as session:
        await session.execute(
            "insert into events (kind, title, place, starts_at, made_by, made_at, changed_at) "
            "values ('exchange', 'Giao lưu điển hình quý IV', 'Hội trường', 1, 2, 1, 1)"
        )
    await minh.send("/baihoc")
    await minh.tap_data("le:1:0:event:")
    await minh.tap("Xây dựng, nhân rộng điển hình")
    await minh.send(LESSON)
    assert "Gắn với: Giao lưu điển hình quý IV" in minh.screen
    await minh.tap("Ghi lại")
    async with office.database.reading() as session:
        assert (await lessons.list_lessons(session, event_id=1))[1] == 1
    await minh.tap_data("le:99:0:event:")

    assert minh.answered


async def test_the_review_reminds_of_lessons(office, minh):
    """The quarter's reminder has [Thêm bài học], for that quarter."""
    await office.settle()
    await at_instant(office, local(8, 1, 8, 1, year=2027))
    reminded = [message for message in minh.messages() if "Thêm bài học" in message.labels]
    assert reminded, said(minh)
    assert all("tháng 1" not in message.text for message in reminded)
    await minh.tap("Thêm bài học", message_id=reminded[-1].message_id)

    assert "Bài học cho" in minh.screen


async def test_a_lesson_tells_nothing_of_what_is_not_public(office, minh):
    """A head writes about an exemplar of the own unit before it is public: others do not read its name."""
    exemplar = await taken_over(office, "lan2")
    await minh.send("/baihoc")
    await minh.tap_data(f"le:{exemplar.id}:0:exemplar:")
    await minh.send(LESSON)
    await minh.tap("Ghi lại")
    lan = office.phone("lan")
    await lan.send("/baihoc")
    await lan.tap("Bài 1")

    assert LESSON in lan.screen
    assert "Nguyễn Thị Lan" not in lan.screen


async def test_what_is_being_written_survives_a_restart(office, minh):
    """The draft is a row; /huy drops it."""
    await minh.send("/baihoc")
    await minh.tap("Thêm bài học")
    await office.restart()
    await minh.tap("Tổ chức phong trào thi đua")
    await office.crash()
    await minh.tap("Không gắn phong trào cụ thể")
    await minh.send(LESSON)
    assert "Bài học sẽ được ghi như sau" in minh.screen
    await minh.send("/huy")

    assert "chưa ghi bài học" in minh.screen


@pytest.mark.parametrize(
    ("today", "period"),
    [
        (date(2026, 11, 18), "2026-Q4"),
        (date(2027, 1, 4), "2026"),
        (date(2027, 4, 6), "2027-Q1"),
        (date(2026, 7, 6), "2026-H1"),
        (date(2026, 10, 6), "2026-Q3"),
        (date(2027, 3, 30), "2027-Q1"),
    ],
)
def test_the_review_at_hand(config, today, period):
    """The year's and half year's before the quarter's while answers are taken; else the quarter that runs."""
    assert str(period_at_hand(config.timetable, today)) == period


async def test_a_review_answered_offers_its_lessons(office, minh):
    """Behind the quarter's answer: add a lesson for that quarter, and read those there are."""
    await office.settle()
    await at_instant(office, local(8, 1, 9, year=2027))
    await minh.tap_data("h:2:0:none:2026-Q4")
    await minh.tap("Xác nhận, không nêu lý do")
    assert "Xem bài học kỳ này" in minh.last.labels
    await minh.tap("Thêm bài học")

    assert "Bài học cho quý 4/2026" in minh.screen
