"""The pack of a meeting: of a week, of a month on two pages, of a review at length; nobody unasked."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from docx.document import Document

from bot.clock import to_us
from bot.documents.document_files import make_document
from bot.domain.documents import DocumentAsk, DocumentKind
from bot.domain.exemplars import Consent, ExemplarState
from bot.domain.lessons import LessonKind, NewLesson
from bot.domain.periods import read_period
from bot.domain.weeks import read_week
from bot.operations.erase_person import erase_person
from bot.operations.summarise import summarise
from storage import adoptions, exemplars, lessons, people
from tests.documents.a_long_office import LONG_TEXT, sixty_units
from tests.documents.filed import (
    check_layout,
    needs_libreoffice,
    opened,
    pages_of,
    table_under,
    texts,
    whole_text,
)
from tests.exemplars import TEXT, agreed, honoured, taken_over
from tests.office import Office

MONTH, WEEK, HALF, YEAR = "2026-11", "2026-W47", "2026-H2", "2026"


async def pack(office: Office, about: str) -> bytes:
    """The pack of a period or a week."""
    ask = DocumentAsk(read_period(about), read_week(about))
    async with office.database.reading() as session:
        made = await make_document(session, DocumentKind.MEETING, ask, office.config, office.clock())
    assert made.file_name == f"giao-ban-{about}.docx"
    return made.content


async def read(office: Office, about: str) -> tuple[Document, str]:
    """It as a document that is laid out as it has to be, and as one text."""
    document = opened(await pack(office, about))
    check_layout(document)
    return document, "\n".join(texts(document))


def part(said: str, heading: str) -> str:
    """What stands below a heading, up to the next."""
    lines = said.split("\n")
    at = next(n for n, line in enumerate(lines) if re.match(rf"[IVX]+\. {heading}", line))
    rest = lines[at + 1 :]
    end = next((n for n, line in enumerate(rest) if re.match(r"[IVX]+\. ", line)), len(rest))
    return "\n".join(rest[:end])


async def test_a_month(office):
    """Figures, who is silent, whom units chose, the next two weeks, what waits: numbered in order."""
    await honoured(office)
    await taken_over(office, "tuan", nominator="lan")
    document, said = await read(office, MONTH)
    assert "TÀI LIỆU GIAO BAN\nCông tác phát hiện" in said
    assert "\ntháng 11/2026\n" in said
    assert "(Số liệu tính đến 08 giờ 00 ngày 18/11/2026)" in said
    headings = [line.split(".")[0] for line in said.split("\n") if re.match(r"[IVX]+\. ", line)]
    assert headings == ["I", "II", "III", "IV", "V"]
    figures = part(said, "KẾT QUẢ THÁNG 11/2026")
    assert "- Đề cử: 02 gương, 02 lượt giới thiệu" in figures
    assert "- Theo đơn vị: Phòng Nội chính 01; Phòng Tổng hợp 01." in figures
    assert (
        "Các đơn vị lựa chọn 02 gương; 01 gương đã được biểu dương; chưa có gương được nhân rộng" in figures
    )
    answers = part(said, "ĐƠN VỊ TRẢ LỜI")
    assert "- Tháng 11/2026 (hạn 25/11/2026): 02/04 đơn vị đã trả lời." in answers
    assert "Chưa trả lời: Phòng Hành chính - Tổ chức; Trung tâm Phục vụ hành chính công." in answers
    chosen = part(said, "GƯƠNG ĐƯỢC LỰA CHỌN")
    assert f"- Nguyễn Thị Lan, Văn thư, Phòng Nội chính: {TEXT}" in chosen
    assert "Không nêu tên 01 gương chưa có hoặc không có đồng ý công bố." in chosen
    assert "Tuấn" not in said
    assert "HAI TUẦN TỚI (TỪ 18/11/2026 ĐẾN 01/12/2026)" in said
    ahead = table_under(document, "Việc")
    assert ["thứ Tư 25/11", "Hạn các đơn vị trả lời kết quả lựa chọn tháng 11/2026"] in ahead
    assert "- 01 gương chờ hoàn thiện nội dung, xin ý kiến công bố." in part(said, "VIỆC CẦN CHO Ý KIẾN")


async def test_its_figures_are_the_summarys(office):
    """Every number of the month is one that the summary says."""
    for code, giver in (("lan2", "duc"), ("duc", "lan"), ("tuan", "lan"), ("thao", "tuan")):
        await honoured(office, code, nominator=giver)
    _, said = await read(office, MONTH)
    period = read_period(MONTH)
    assert period is not None
    async with office.database.reading() as session:
        counted = await summarise(session, period, office.clock(), office.config.office.timezone)
    figures = part(said, "KẾT QUẢ")
    assert f"{counted.total:02} gương, {counted.reasons:02} lượt" in figures
    assert f"{counted.took_part:02}/{counted.people:02} người" in figures
    assert f"lựa chọn {counted.chosen:02} gương; {counted.honoured:02} gương" in figures
    assert f"{len(counted.answered):02}/{len(counted.asked):02} đơn vị" in said


async def test_a_week(office):
    """What happened in it and only in it, the month so far, what is being chased."""
    await honoured(office)
    office.clock.turn(days=7)
    await agreed(office, "tuan", nominator="lan")
    _, said = await read(office, WEEK)
    assert "tuần 47 (từ ngày 16/11/2026 đến ngày 22/11/2026)" in said
    assert part(said, "TRONG TUẦN") == "\n".join(
        (
            "- 01 lượt giới thiệu gương.",
            "- 01 lượt đơn vị trả lời kết quả lựa chọn.",
            "- 01 gương được biểu dương.",
        )
    )
    assert "- Đề cử: 02 gương" in part(said, "TỪ ĐẦU THÁNG 11/2026")
    assert "Nguyễn Thị Lan" in part(said, "GƯƠNG BIỂU DƯƠNG TRONG TUẦN")
    assert "Tuấn" not in said, "nobody was honoured in that week but Lan"
    assert "TỪ 25/11/2026 ĐẾN 08/12/2026" in said, "the meeting is today"
    _, quiet = await read(office, "2026-W40")
    assert part(quiet, "TRONG TUẦN") == "- Không có việc mới."
    assert "GƯƠNG BIỂU DƯƠNG" not in quiet


async def test_who_is_not_named(office):
    """Who declined, was taken down, or is erased is a number; nor do words of theirs stand there."""
    told = "Việc chỉ một người làm: lập sổ theo dõi hồ sơ của cả xã."
    for consent, state in ((Consent.DECLINED, ExemplarState.OPEN), (Consent.AGREED, ExemplarState.REMOVED)):
        code = "lan2" if consent is Consent.DECLINED else "duc"
        exemplar = await agreed(office, code, nominator="minh", text=told)
        async with office.database.transaction() as session:
            assert await exemplars.save_exemplar(session, replace(exemplar, consent=consent, state=state))
    await honoured(office, "thao", nominator="lan", text=told)
    async with office.database.transaction() as session:
        thao = await people.find_by_code(session, "thao")
        assert thao is not None
        await erase_person(session, thao, office.clock().date(), office.clock())
    for about in (MONTH, WEEK, HALF, YEAR):
        document, said = await read(office, about)
        whole = whole_text(document)
        assert not [name for name in ("Nguyễn Thị Lan", "Đỗ Minh Đức", "Thảo", told) if name in whole], about
        assert "Không nêu tên 0" in said or about == WEEK


async def test_a_review(office):
    """The chart, whom units chose with all that is said of them, who copies, both kinds of lessons, cards."""
    mine = await honoured(office, text=LONG_TEXT * 4)
    async with office.database.transaction() as session:
        hung, kien = [await people.find_by_code(session, code) for code in ("hung", "kien")]
        assert hung is not None
        assert kien is not None
        for kind, text in (
            (LessonKind.MOVEMENT, "Giao việc rõ người, rõ hạn."),
            (LessonKind.EXEMPLAR, "Chọn việc nhỏ."),
        ):
            await lessons.add_lesson(
                session, NewLesson(kind, text, MONTH, kien.unit_id), hung.id, office.clock()
            )
        done = await adoptions.add_adoption(
            session, mine.id, kien.unit_id, "", "Lập tổ hướng dẫn.", kien.id, office.clock()
        )
        assert done is not None
    document, said = await read(office, YEAR)
    assert "TÀI LIỆU HỘI NGHỊ TỔNG KẾT" in said
    assert len(document.inline_shapes) == 2, "the chart, and a card"
    chosen = part(said, "GƯƠNG ĐƯỢC LỰA CHỌN")
    assert "1. Nguyễn Thị Lan" in chosen
    assert " ".join((LONG_TEXT * 4).split()) in chosen, "nothing is cut in a review"
    assert "Trung tâm Phục vụ hành chính công làm theo Nguyễn Thị Lan: Lập tổ hướng dẫn." in said
    learnt = part(said, "BÀI HỌC KINH NGHIỆM")
    assert learnt.index("Giao việc rõ người, rõ hạn (Trung tâm") < learnt.index("Chọn việc nhỏ (Trung tâm")
    assert "TÀI LIỆU HỘI NGHỊ SƠ KẾT" in (await read(office, HALF))[1]


async def test_nothing_at_all(office):
    """An office in which nothing has happened has a pack too, which says so."""
    for about in (MONTH, WEEK, "2026-Q4", HALF, YEAR):
        _, said = await read(office, about)
        assert "chưa có gương được đề cử" in said
        assert "0 gương" not in said


async def full(office: Office) -> None:
    """As much of everything as an office can have: sixty units, events every day, all that can wait."""
    await sixty_units(office, MONTH)
    at, hung = office.clock(), await office.person_id("hung")
    async with office.database.transaction() as session:
        for day in range(1, 13):
            begins = to_us(at + timedelta(days=day))
            await session.execute(
                "insert into events (kind, title, place, starts_at, made_by, made_at, changed_at) values"  # noqa: S608
                f" ('exchange', '{'Giao lưu điển hình ' * 8}', '{'Hội trường lớn ' * 13}', {begins},"
                f" {hung}, {begins}, {begins})"
            )
            await session.execute(
                f"insert into suggestions (person_id, text, at) values ({hung}, 'x', {to_us(at)})"  # noqa: S608
            )
            await session.execute(
                "insert into articles (period, state, made_by, made_at, changed_at) values"  # noqa: S608
                f" ('2026-11', 'approved', {hung}, {to_us(at)}, {to_us(at)})"
            )
        for exemplar in (await exemplars.list_standing(session))[:6]:
            unasked = replace(exemplar, consent=Consent.NONE)
            assert await exemplars.save_exemplar(session, unasked)


async def test_cut_honestly(office):
    """What has no room is counted, and every list keeps to its bound: that is what two pages rest on."""
    await full(office)
    for about in (MONTH, "2026-Q4", WEEK):
        document, said = await read(office, about)
        assert "đơn vị khác" in said
        assert len([line for line in said.split("\n") if line.startswith("- ")]) <= 28, about
        assert len(table_under(document, "Việc")) <= 7
        assert "việc khác." in said
        assert max(len(line) for line in said.split("\n")) <= 620, about
    assert "… và 20 gương khác. Không nêu tên 06 gương" in part((await read(office, MONTH))[1], "GƯƠNG ĐƯỢC")


@needs_libreoffice
async def test_two_pages_whatever_there_is(office, tmp_path: Path):
    """A month, a quarter, a week of the fullest office: LibreOffice lays out two pages at most."""
    await full(office)
    for about in (MONTH, "2026-Q4", WEEK):
        pages = pages_of(await pack(office, about), tmp_path)
        assert len(pages.texts) <= 2, about
        ends = [page.rstrip().split("\n")[-1].strip() for page in pages.texts]
        assert not [line for line in ends if re.match(r"[IVX]+\. ", line)], "a heading stays with its text"
    assert len(pages_of(await pack(office, YEAR), tmp_path).texts) > 2
