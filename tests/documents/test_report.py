"""The report and the appendix table: what they say of a period, and of whom they say nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.documents.document_files import collect
from bot.documents.make_templates import TEMPLATES
from bot.domain.audience import Audience
from bot.domain.copying import AdoptionState
from bot.domain.documents import DocumentAsk, DocumentKind, name_period
from bot.domain.events import EventKind, EventState
from bot.domain.exemplars import Exemplar
from bot.domain.lessons import LessonKind, NewLesson
from bot.domain.nominations import Kind, Nominee, NomineeKind, Reason
from bot.domain.periods import read_period
from bot.operations.erase_person import erase_again
from bot.operations.summarise import summarise
from storage import adoptions, events, fosterings, lessons, movements, nominations, people, units
from storage.events import NewEvent
from tests.documents import filed
from tests.documents.papers import choose_for, declined, made, whole
from tests.exemplars import TEXT, agreed, honoured, taken_over
from tests.office import Office

MONTH, NEXT = "2026-11", date(2026, 12, 1)


async def text_of(office: Office, period: str = MONTH) -> str:
    """The report as one text."""
    document = await made(office, DocumentKind.REPORT, period)
    filed.check_layout(document)
    return filed.whole_text(document)


async def nominate(office: Office, code: str, story: str, by: str = "duc") -> None:
    """Somebody is nominated and not chosen."""
    async with office.database.transaction() as session:
        person, giver = await people.find_by_code(session, code), await people.find_by_code(session, by)
        assert person is not None
        assert giver is not None
        nominee = Nominee(NomineeKind.PERSON, person.full_name, person.unit_id, person.post, person.id)
        joined = await nominations.join_or_add(session, nominee, MONTH, office.clock())
        await nominations.add_endorsement(session, joined.id, giver.id, Reason(story), office.clock())


async def copy(office: Office, exemplar: Exemplar, by: str | None, body: str, result: str) -> None:
    """A unit, or a body outside, has taken an exemplar's way over."""
    async with office.database.transaction() as session:
        clerk = await people.find_by_code(session, "hung")
        head = await people.find_by_code(session, by) if by else None
        assert clerk is not None
        adoption = await adoptions.add_adoption(
            session,
            exemplar.id,
            head.unit_id if head else None,
            body,
            "Lập sổ theo dõi.",
            clerk.id,
            office.clock(),
        )
        assert adoption is not None
        done = replace(adoption, state=AdoptionState.DONE if result else AdoptionState.PLEDGED, result=result)
        await adoptions.save_adoption(session, done)


async def foster(office: Office, exemplar: Exemplar, aim: str) -> None:
    """Somebody guides an exemplar, in two steps."""
    async with office.database.transaction() as session:
        mentor = await people.find_by_code(session, "minh")
        assert mentor is not None
        found = await fosterings.add_fostering(
            session, exemplar.id, mentor.id, aim, mentor.id, office.clock()
        )
        assert found is not None
        first = await fosterings.add_step(session, found.id, "Trình bày ở giao ban", date(2026, 11, 30))
        await fosterings.add_step(session, found.id, "Hướng dẫn phòng khác", date(2026, 12, 30))
        await fosterings.save_step(session, replace(first, done_at=office.clock()), office.clock())


async def learn(office: Office, kind: LessonKind, text: str, **about: int) -> None:
    """A lesson of the month."""
    async with office.database.transaction() as session:
        clerk = await people.find_by_code(session, "hung")
        assert clerk is not None
        new = NewLesson(kind, text, MONTH, clerk.unit_id, **about)
        await lessons.add_lesson(session, new, clerk.id, office.clock())


async def hold(office: Office, title: str, state: EventState, day: int = 5) -> None:
    """An event of November."""
    async with office.database.transaction() as session:
        clerk = await people.find_by_code(session, "hung")
        assert clerk is not None
        at = datetime(2026, 11, day, 1, tzinfo=UTC)
        new = NewEvent(EventKind.EXCHANGE, title, None, "Hội trường A", at, Audience())
        event = await events.add_event(session, new, clerk.id, office.clock())
        held = replace(event, state=state, attended=42, outcome="Hai phòng cùng làm.")
        assert await events.save_event(session, held, office.clock())


# --- what it says ---


async def test_the_report_tells_what_was_done(office):
    """Found, chosen, honoured, fostered, copied, met, learnt: each with its number and in a sentence."""
    one = await honoured(office, "lan2", movement_id=1)
    await taken_over(office, "tuan", name="Tổ một cửa", kind=Kind.GOOD_WAY)
    await nominate(office, "thao", "Việc chưa được chọn")
    await foster(office, one, "Trở thành báo cáo viên.")
    await copy(office, one, "hoa", "", "Hồ sơ nhanh gấp đôi.")
    await copy(office, one, None, "Sở Nội vụ", "")
    await hold(office, "Giao lưu điển hình", EventState.HELD)
    await hold(office, "Buổi bị hoãn", EventState.CANCELLED)
    await hold(office, "Buổi sắp tới", EventState.PLANNED, day=28)
    await learn(office, LessonKind.MOVEMENT, "Phát động gắn với việc hằng ngày.")
    await learn(office, LessonKind.EXEMPLAR, "Chọn việc nhỏ, dễ làm theo.", exemplar_id=int(one.id))
    said = await text_of(office)
    for sentence in (
        "Tổ chức báo cáo kết quả tháng 11/2026 (số liệu tính đến 08 giờ 00 ngày 18/11/2026)",
        "có 04 đơn vị với 12 công chức, viên chức và người lao động. Đã có 01 người tham gia",
        "đạt 8,3%.",
        "Có 02/04 đơn vị đã báo cáo kết quả lựa chọn tháng 11/2026. Còn 02 đơn vị chưa báo cáo:",
        "chưa báo cáo: Phòng Hành chính - Tổ chức; Trung tâm Phục vụ hành chính công.",
        "Có 03 gương được đề cử với 03 lượt giới thiệu, tăng 03 gương so với tháng 10/2026",
        " (không có gương); tăng 03 gương so với tháng 11/2025 (không có gương).",
        "Theo loại gương: Người tốt, việc tốt 01 gương; Điển hình tiên tiến 01 gương; Cách làm hay 01 gương.",
        "“Toàn tỉnh chung sức xây dựng nông thôn mới” 01 gương.",
        "Các đơn vị đã lựa chọn 02 gương",
        "01 gương đã được biểu dương, tôn vinh.",
        "Có 01 gương được phân công người bồi dưỡng, giúp đỡ; đã thực hiện 01/02 việc đề ra:",
        "- Nguyễn Thị Lan (Phòng Nội chính): Trở thành báo cáo viên.",
        "01 gương đã được học tập, nhân rộng với 02 lượt áp dụng:",
        "- Phòng Tổng hợp: học tập Nguyễn Thị Lan. Kết quả: Hồ sơ nhanh gấp đôi.",
        "- Sở Nội vụ: học tập Nguyễn Thị Lan. Cách làm: Lập sổ theo dõi.",
        "Đã tổ chức 01 hoạt động:",
        "- Giao lưu điển hình (05/11/2026, Hội trường A), 42 người dự. Kết quả: Hai phòng cùng làm.",
        "- Phát động gắn với việc hằng ngày (Phòng Hành chính - Tổ chức).",
        "- Chọn việc nhỏ, dễ làm theo (Phòng Hành chính - Tổ chức).",
        "Tổ một cửa",
    ):
        assert sentence in said
    assert "Buổi" not in said
    notes = [row[-1] for row in filed.table_under(await made(office, DocumentKind.REPORT), "Lý do lựa chọn")]
    assert notes == ["Đã biểu dương", "Chưa có ý kiến về công bố"]


@pytest.mark.parametrize(
    ("about", "days", "over", "closed"),
    [
        ("2026-11", 0, "chưa", "chưa"),
        ("2026-11", 14, "không", "chưa"),
        ("2026-09", 0, "không", "không"),
    ],
)
async def test_a_period_without_anything_reads_well(office, about: str, days: int, over: str, closed: str):
    """Every part says that there is nothing: not yet, or not at all of what cannot come any more.

    The month is over before the answers about it are; honouring and copying go on.
    """
    office.clock.turn(days=days)
    said = await text_of(office, about)
    period = read_period(about)
    assert period is not None
    for sentence in (
        f"Trong kỳ {over} có người tham gia giới thiệu gương.",
        f"{closed.capitalize()} có đơn vị báo cáo kết quả lựa chọn {name_period(period)}.",
        f"Trong kỳ {over} có gương được đề cử.",
        f"Trong kỳ {closed} có gương được các đơn vị lựa chọn.",
        f"Trong kỳ {over} có gương được phân công bồi dưỡng.",
        "Chưa có gương của kỳ này được đơn vị khác nhân rộng.",
        f"Trong kỳ {over} tổ chức hoạt động giao lưu, văn hóa, văn nghệ.",
    ):
        assert sentence in said
    assert said.count(f"Trong kỳ {over} ghi nhận bài học kinh nghiệm.") == 2
    assert "Phụ lục II" not in said
    assert "Theo loại gương" not in said


async def test_people_are_those_of_units_that_exist(office):
    """Who still stands on the list of a unit that has ended is counted nowhere: sentence, share, table."""
    await nominate(office, "lan2", "Lập sổ theo dõi", by="duc")
    await nominate(office, "tuan", "Lập tổ hướng dẫn", by="lan")
    async with office.database.transaction() as session:
        await session.execute("update units set to_on = '2026-11-10' where code = 'NC'")
    document = await made(office, DocumentKind.REPORT)
    assert "có 03 đơn vị với 08 công chức, viên chức và người lao động. Đã có 01 người" in whole(document)
    assert "đạt 12,5%." in whole(document)
    rows = {row[1]: row[2:6] for row in filed.table_under(document, "Số người")}
    assert rows["Phòng Nội chính"] == ["0", "0", "1", "1"]
    assert rows["Tổng cộng"] == ["8", "1", "2", "2"]


@pytest.mark.parametrize(
    ("period", "title"),
    [
        (
            "2026-11",
            "Kết quả phát hiện, lựa chọn, biểu dương\nvà nhân rộng điển hình tiên tiến tháng 11/2026",
        ),
        ("2026-Q4", "và nhân rộng điển hình tiên tiến quý IV/2026"),
        (
            "2026-H2",
            "Sơ kết công tác phát hiện, bồi dưỡng, biểu dương\nvà nhân rộng điển hình tiên tiến 6 tháng cuối",
        ),
        (
            "2026",
            "Tổng kết công tác phát hiện, bồi dưỡng, biểu dương\nvà nhân rộng điển hình tiên tiến năm 2026",
        ),
    ],
)
async def test_longer_periods_are_reviewed(office, period, title):
    """A month and a quarter are reported, a half year is “sơ kết”, a year “tổng kết”."""
    await agreed(office)
    said = await text_of(office, period)
    assert title in said
    assert "Có 01 gương được đề cử" in said


async def test_movements_that_were_reviewed_are_told(office):
    """A movement's review that was held in the period, with what was found."""
    async with office.database.transaction() as session:
        movement = (await movements.list_movements(session))[0]
        await movements.add_reviews(session, movement.id, [date(2026, 11, 10), date(2026, 11, 25)])
        await movements.note_review(session, movement.id, date(2026, 11, 10), "Đạt yêu cầu.", office.clock())
    said = await text_of(office)
    assert f"- Đã sơ kết, tổng kết “{movement.name}” (10/11/2026): Đạt yêu cầu." in said
    assert "25/11/2026" not in said


async def test_a_long_list_is_cut_and_counted(office):
    """Of what fills pages the first are told, and how many more there are."""
    one = await agreed(office)
    for n in range(33):
        await copy(office, one, None, f"Sở số {n}", "")
    said = await text_of(office)
    assert "với 33 lượt áp dụng" in said
    assert said.count(": học tập Nguyễn Thị Lan") == 30
    assert "- Và 03 lượt áp dụng khác." in said


# --- of whom it says nothing ---


async def test_who_declined_is_counted_and_not_told_of(office):
    """No name, post, reason or deed of theirs stands anywhere; nor a lesson of them."""
    one = await taken_over(office, "tuan", text="Chuyện riêng của người không đồng ý.")
    await foster(office, one, "Mục tiêu riêng")
    await copy(office, one, "hoa", "", "Kết quả riêng")
    await learn(office, LessonKind.EXEMPLAR, "Bài học riêng của họ, kể rõ là ai.", exemplar_id=int(one.id))
    await declined(office, one)
    document = await made(office, DocumentKind.REPORT)
    said = filed.whole_text(document)
    assert "riêng" not in said
    assert "Bùi Anh Tuấn" not in said
    assert "Các đơn vị đã lựa chọn 01 gương" in said
    row = filed.table_under(document, "Lý do lựa chọn")[0]
    assert row == ["1", "(không đồng ý công bố)", "Phòng Tổng hợp", "Điển hình tiên tiến", "", ""]


async def test_who_asked_for_deletion_is_nowhere(office):
    """Their line says only that."""
    one = await honoured(office, "lan2")
    await foster(office, one, "Mục tiêu")
    async with office.database.transaction() as session:
        person = await people.find_by_code(session, "lan2")
        assert person is not None
        await erase_again(session, [person.id], office.clock())
    said = await text_of(office)
    assert "Nguyễn Thị Lan" not in said
    assert TEXT not in said
    assert "(đã xóa theo yêu cầu)" in said
    assert "Các đơn vị đã lựa chọn 01 gương" in said


async def test_who_is_not_chosen_is_a_number(office):
    """A nominee is private until chosen, and so is who nominated."""
    await nominate(office, "thao", "Chuyện chưa ai được biết", by="mai")
    said = await text_of(office)
    assert "Có 01 gương được đề cử với 01 lượt giới thiệu" in said
    assert not [name for name in ("Đặng Phương Thảo", "Lê Thị Mai", "Chuyện chưa") if name in said]


async def test_an_old_period_carries_old_names(office):
    """A unit that has another name since stands under the one of then, in every part."""
    one = await honoured(office, "lan2")
    await copy(office, one, "hoa", "", "Nhanh hơn")
    async with office.database.transaction() as session:
        for row in await units.list_unit_rows(session):
            kept = {key: row[key] for key in ("short_names", "parent_id", "from_on", "to_on")}
            await units.change_unit(session, row["id"], {"name": f"{row['name']} mới", **kept}, NEXT)
    office.clock.turn(days=60)
    said = await text_of(office)
    assert " mới;" not in said
    assert "Phòng Nội chính mới" not in said
    assert "- Phòng Tổng hợp: học tập" in said
    assert "Phòng Nội chính mới" in await text_of(office, "2027-01")


# --- the appendix table ---


async def test_the_table_shows_units_by_months(office):
    """Rows are units, columns months and the whole; each total is the sum, and all are one Summary's."""
    await honoured(office, "lan2", period="2026-10")
    one = await agreed(office, "duc", period="2026-10", kind=Kind.NEW_FACTOR, movement_id=1)
    await taken_over(office, "tuan")
    await copy(office, one, "hoa", "", "Nhanh hơn")
    document = await made(office, DocumentKind.TABLE, "2026-Q4")
    filed.check_layout(document)
    nominees, chosen, honoured_, copied, kinds, by_movement = (
        [[cell.text for cell in row.cells] for row in table.rows] for table in document.tables
    )
    assert nominees[0] == ["STT", "Đơn vị", "Tháng 10", "Tháng 11", "Cả kỳ"]
    assert nominees[2][1:] == ["Phòng Nội chính", "2", "0", "2"]
    assert nominees[-1][1:] == ["Tổng cộng", "2", "1", "3"]
    assert chosen[-1][1:] == ["Tổng cộng", "2", "1", "3"]
    assert honoured_[-1][1:] == ["Tổng cộng", "1", "0", "1"]
    assert copied[-1][1:] == ["Tổng cộng", "1", "0", "1"]
    assert kinds[1:] == [
        ["1", "Điển hình tiên tiến", "1", "1", "2"],
        ["2", "Nhân tố mới", "1", "0", "1"],
        ["", "Tổng cộng", "2", "1", "3"],
    ]
    assert by_movement[1][2:] == ["1", "0", "1"]
    async with office.database.reading() as session:
        period = read_period("2026-Q4")
        assert period is not None
        summary = await summarise(session, period, office.clock(), office.config.office.timezone)
    assert [row[-1] for row in nominees[1:]] == [
        str(n) for n in (*(x.nominees for x in summary.lines), summary.total)
    ]
    assert [row[-1] for row in chosen[1:]] == [
        str(n) for n in (*(x.chosen for x in summary.lines), summary.chosen)
    ]


async def test_who_is_chosen_again_for_the_quarter_counts_once(office):
    """The whole is no sum of the months: somebody chosen for October and for the quarter is one."""
    one = await agreed(office, "lan2", period="2026-10")
    await choose_for(office, "minh", one, "2026-Q4")
    document = await made(office, DocumentKind.TABLE, "2026-Q4")
    chosen = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert chosen[2][1:] == ["Phòng Nội chính", "1", "0", "1"]
    listed = filed.table_under(await made(office, DocumentKind.REPORT, "2026-Q4"), "Lý do lựa chọn")
    assert [row[4] for row in listed] == ["Tiêu biểu"]


async def test_a_table_of_nothing_says_so(office):
    """No kinds and no movements: a sentence in the place of the table."""
    said = whole(await made(office, DocumentKind.TABLE, "2026-09"))
    assert said.count("Không có.") == 2
    assert "Tổng cộng" in said


async def test_names_in_templates_are_those_of_the_contents(office):
    """A sample promises an office's own templates exactly what a report and a table are filled with."""
    await honoured(office, "lan2")
    for kind in (DocumentKind.REPORT, DocumentKind.TABLE):
        async with office.database.reading() as session:
            ask = DocumentAsk(read_period(MONTH))
            found = await collect(session, kind, ask, office.config, office.clock())
        assert found.context.keys() == TEMPLATES[kind].sample.keys()
