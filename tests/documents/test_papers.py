"""The list, the submission, the minutes and the dossier: what they say, and of whom they say nothing."""

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from bot.documents.proposals import gist
from bot.domain.documents import DocumentKind
from bot.domain.errors import Gone, Refused
from bot.operations.erase_person import erase_again
from storage import office_lists
from tests.choosing import choose
from tests.documents.papers import MONTH, choose_for, declined, lines, made, table_rows, whole
from tests.exemplars import TEXT, agreed, honoured, taken_over
from tests.nominating import nominate

ABOUT_PERIOD = (DocumentKind.LIST, DocumentKind.SUBMISSION, DocumentKind.MINUTES)
DEED = "Thành tích tóm tắt"


# --- whom they tell of ---


async def test_the_list_says_what_was_chosen(office):
    """A row for each in the columns of the plan's list: who they are, what for, under which movement."""
    await agreed(office, "lan2", movement_id=1)
    await taken_over(office, "tuan", name="Tổ một cửa")
    document = await made(office, DocumentKind.LIST)
    movement = "Toàn tỉnh chung sức xây dựng nông thôn mới"
    rows = table_rows(document, DEED)
    assert [row[:5] for row in rows] == [
        ["1", "Nguyễn Thị Lan", "Văn thư", "Phòng Nội chính", TEXT],
        ["2", "Tổ một cửa", "Tập thể", "Phòng Tổng hợp", TEXT],
    ]
    assert movement in rows[0][5]
    assert [row[6:] for row in rows] == [["Biểu dương", ""], ["Biểu dương", ""]]
    assert "Danh sách có 02 gương (01 cá nhân, 01 tập thể)./." in lines(document)


@pytest.mark.parametrize("kind", ABOUT_PERIOD)
async def test_of_who_declined_nothing_is_told_but_that_there_is_one(office, kind):
    """Neither name, post nor deed stands anywhere; the others keep their numbers without a gap."""
    await declined(office, await taken_over(office, "lan2", text="Việc riêng không ai được biết đâu nhé."))
    await agreed(office, "tuan")
    document = await made(office, kind)
    assert "Nguyễn Thị Lan" not in whole(document)
    assert "Văn thư" not in whole(document)
    assert "không ai được biết" not in whole(document)
    assert "01 trường hợp (không đồng ý công bố)" in whole(document)
    assert "Bùi Anh Tuấn" in whole(document)


@pytest.mark.parametrize("kind", ABOUT_PERIOD)
async def test_who_asked_for_deletion_is_a_number(office, kind):
    """They are counted as erased, once, and never named."""
    exemplar = await honoured(office, "lan2")
    async with office.database.transaction() as session:
        assert exemplar.nominee.person_id is not None
        await erase_again(session, [exemplar.nominee.person_id], office.clock())
    said = whole(await made(office, kind))
    assert "Nguyễn Thị Lan" not in said
    assert TEXT not in said
    assert "01 trường hợp (đã xóa theo yêu cầu)" in said


@pytest.mark.parametrize("how", ["declined", "erased", "unknown"])
async def test_no_dossier_tells_of_them(office, how):
    """Declined, erased and never been there are answered alike."""
    exemplar = await taken_over(office, "lan2")
    if how == "declined":
        await declined(office, exemplar)
    elif how == "erased":
        async with office.database.transaction() as session:
            assert exemplar.nominee.person_id is not None
            await erase_again(session, [exemplar.nominee.person_id], office.clock())
    with pytest.raises(Gone, match=r"document\.no_exemplar"):
        await made(office, DocumentKind.ACHIEVEMENTS, of=999 if how == "unknown" else exemplar.id)


@pytest.mark.parametrize("kind", ABOUT_PERIOD)
async def test_nobody_chosen_is_said(office, kind):
    """A draft of a month without anybody has no empty table, and says so in words."""
    document = await made(office, kind)
    said = whole(document)
    assert table_rows(document, "Số TT") == []
    assert "không có gương đưa ra xét" in said or "Trong kỳ chưa có gương" in said


async def test_many_chosen_break_well(office):
    """Forty rows: numbered through, the head repeated on each page, no row torn."""
    for number in range(40):
        await taken_over(office, "lan2", name=f"Tổ công tác số {number:02}")
    document = await made(office, DocumentKind.LIST)
    table = next(table for table in document.tables if len(table.rows) > 30)
    assert [row.cells[0].text for row in table.rows[1:]] == [str(n) for n in range(1, 41)]
    assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows)
    assert "40 gương (40 tập thể)" in whole(document)


async def test_the_last_of_a_list_stands_with_the_signature(office):
    """Last rows, remarks, count and signature go to the next page together: nobody signs below nothing."""
    await agreed(office, "lan2")
    await declined(office, await taken_over(office, "tuan"))
    document = await made(office, DocumentKind.LIST)
    table = next(table for table in document.tables if table.rows[0].cells[0].text == "Số TT")
    last = [*table.rows[-1].cells[0].paragraphs, *table.rows[0].cells[0].paragraphs]
    behind = [paragraph for paragraph in document.paragraphs if paragraph.text][-2:]
    assert behind[0].text.startswith("Không nêu tên")
    assert behind[1].text.endswith("./.")
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in (*last, *behind))
    summed = (await made(office, DocumentKind.TABLE)).tables[0]
    assert not summed.rows[-1].cells[0].paragraphs[0].paragraph_format.keep_with_next


async def test_nominators_are_never_named(office):
    """Who gave a reason stands in no document."""
    exemplar = await honoured(office, "lan2", nominator="thao")
    for kind in ABOUT_PERIOD:
        assert "Đặng Phương Thảo" not in whole(await made(office, kind))
    assert "Đặng Phương Thảo" not in whole(await made(office, DocumentKind.ACHIEVEMENTS, of=exemplar.id))


@pytest.mark.parametrize("kind", ABOUT_PERIOD)
async def test_what_is_not_accepted_yet_is_counted_beside_the_list(office, kind):
    """The secretariat is still looking at a unit's answer: nobody of it is proposed, and that is said."""
    await agreed(office, "lan2")
    hoa = office.phone("hoa")
    await nominate(office.phone("thao"), "anh Bùi Anh Tuấn, phòng Tổng hợp")
    await hoa.send("/binhchon")
    await choose(hoa, "Bùi Anh Tuấn")
    said = whole(await made(office, kind))
    assert "Bùi Anh Tuấn" not in said
    assert "Chưa đưa vào danh sách: 01 gương" in said


# --- longer periods ---


async def test_the_offices_list_goes_before_the_units_choices(office):
    """Who was picked is proposed with the form and note of the office; who was not is left out."""
    picked, left_out = await agreed(office, "lan2"), await agreed(office, "tuan")
    await choose_for(office, "minh", picked, "2026-Q4")
    await choose_for(office, "hoa", left_out, "2026-Q4")
    me, now = await office.person_id("hung"), office.clock()
    async with office.database.transaction() as session:
        await office_lists.open_list(session, "2026-Q4", me, now)
        await office_lists.put_on(session, "2026-Q4", picked.nomination_id, me, now)
        form = "Đề nghị tặng Giấy khen"
        await office_lists.set_words(session, "2026-Q4", picked.nomination_id, form, "Gương của quý", me, now)
    rows = table_rows(await made(office, DocumentKind.LIST, "2026-Q4"), DEED)
    assert [(row[1], *row[6:]) for row in rows] == [("Nguyễn Thị Lan", "Tặng Giấy khen", "Gương của quý")]


async def test_without_a_list_of_the_office_the_units_choices_are_proposed(office):
    """Whom they chose for the quarter, not everybody of its months."""
    of_quarter, of_month = await agreed(office, "lan2"), await agreed(office, "duc")
    await choose_for(office, "minh", of_quarter, "2026-Q4")
    said = whole(await made(office, DocumentKind.LIST, "2026-Q4"))
    assert "Nguyễn Thị Lan" in said
    assert of_month.nominee.name not in said


async def test_before_units_have_chosen_for_it_a_quarter_has_those_of_its_months(office):
    """Somebody chosen in two months stands there once, with both deeds."""
    await agreed(office, "lan2", period="2026-10", text="Việc của tháng mười đã làm xong.")
    await agreed(office, "lan2", period="2026-11", text="Việc của tháng mười một cũng xong.")
    rows = table_rows(await made(office, DocumentKind.LIST, "2026-Q4"), DEED)
    assert len(rows) == 1
    submission = whole(await made(office, DocumentKind.SUBMISSION, "2026-Q4"))
    assert "Các đơn vị chưa báo cáo kết quả bình chọn quý IV/2026; gương được tổng hợp" in submission
    assert rows[0][4].split("\n") == [
        "Việc của tháng mười đã làm xong.",
        "Việc của tháng mười một cũng xong.",
    ]


# --- each of them ---


async def test_the_submission_rests_on_law_plan_and_answers(office):
    """Each basis ends with “;”, the last with “.”; what is proposed is commended, never decided."""
    await agreed(office, "lan2")
    document = await made(office, DocumentKind.SUBMISSION)
    bases = [line for line in lines(document) if line.startswith("Căn cứ")]
    assert "Luật Thi đua, khen thưởng" in bases[0]
    assert "854/KH-VP ngày 02 tháng 4 năm 2024" in bases[1]
    assert [basis[-1] for basis in bases] == [";", ";", "."]
    said = whole(document)
    assert "01/04 đơn vị đã báo cáo" in said
    assert "quyết định khen thưởng" not in said.lower()
    assert said.index("cho ý kiến chỉ đạo./.") < said.index("Nơi nhận:") < said.index("\nPhụ lục\n")
    lying = [section.orientation for section in document.sections]
    assert lying == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]


async def test_only_forms_that_differ_are_listed(office):
    """Where all are to be commended the sentence says so; other forms are counted one by one."""
    picked, other = await agreed(office, "lan2"), await agreed(office, "tuan")
    assert "tiêu biểu tháng 11/2026 (02 cá nhân)." in whole(await made(office, DocumentKind.SUBMISSION))
    me, now = await office.person_id("hung"), office.clock()
    async with office.database.transaction() as session:
        await office_lists.open_list(session, "2026-Q4", me, now)
        for one, form in ((picked, "Đề nghị tặng Giấy khen"), (other, "")):
            await office_lists.put_on(session, "2026-Q4", one.nomination_id, me, now)
            await office_lists.set_words(session, "2026-Q4", one.nomination_id, form, "", me, now)
    for exemplar, head in ((picked, "minh"), (other, "hoa")):
        await choose_for(office, head, exemplar, "2026-Q4")
    said = whole(await made(office, DocumentKind.SUBMISSION, "2026-Q4"))
    assert "tiêu biểu quý IV/2026 (02 cá nhân), gồm:" in said
    assert "- Tặng Giấy khen: 01 gương;\n- Biểu dương: 01 gương." in said


async def test_a_group_has_no_post_in_the_minutes(office):
    """What it is stands in brackets; a person's post behind a comma."""
    await agreed(office, "lan2")
    await agreed(office, "tuan", name="Tổ một cửa")
    rows = table_rows(await made(office, DocumentKind.MINUTES), "Số phiếu đồng ý")
    assert [row[1] for row in rows] == ["Nguyễn Thị Lan, Văn thư", "Tổ một cửa (tập thể)"]


async def test_copies_of_the_minutes_are_named_where_they_are_signed(office):
    """In the cell of who signs on the left, so that they never stand on a page of their own."""
    document = await made(office, DocumentKind.MINUTES)
    left = document.tables[-1].cell(0, 0).text.split("\n")
    assert left[-4:] == [
        "Nơi nhận:",
        "- Chánh, các Phó Chánh VP UBND tỉnh;",
        "- Các thành viên dự họp;",
        "- Lưu: VT, HCTC.",
    ]
    assert document.paragraphs[-1].text == ""


async def test_minutes_of_a_period_without_anybody_vote_on_nobody(office):
    """No votes are asked for and no noughts are told; what was said is left to be written."""
    said = whole(await made(office, DocumentKind.MINUTES))
    assert "chưa có gương được đề cử; không có gương đưa ra xét." in said
    assert "Số phiếu phát ra" not in said


@pytest.mark.parametrize(
    ("period", "title", "outlook"),
    [
        ("2026-11", "Kết quả phát hiện", "V. NHIỆM VỤ THỜI GIAN TỚI; ĐỀ XUẤT, KIẾN NGHỊ"),
        ("2026-Q4", "Kết quả phát hiện", "V. NHIỆM VỤ THỜI GIAN TỚI; ĐỀ XUẤT, KIẾN NGHỊ"),
        ("2026-H1", "Sơ kết công tác", "V. PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2026"),
        ("2026", "Tổng kết công tác", "V. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2027"),
    ],
)
async def test_a_review_judges_and_looks_ahead(office, period, title, outlook):
    """Sơ kết and tổng kết have merits, limits, directions by the next period's name and proposals, blank."""
    said = lines(await made(office, DocumentKind.REPORT, period))
    assert any(line.startswith(title) for line in said)
    assert outlook in said
    parts = (
        "IV. ĐÁNH GIÁ CHUNG",
        "1. Ưu điểm",
        "2. Khó khăn, hạn chế và nguyên nhân",
        "VI. ĐỀ XUẤT, KIẾN NGHỊ",
    )
    assert [part in said for part in parts] == [title[0] in "ST"] * len(parts)


async def test_the_minutes_leave_to_the_meeting_what_the_meeting_knows(office):
    """Time, place, people, votes and the conclusion are blank; secretary and chair sign."""
    await agreed(office, "lan2")
    document = await made(office, DocumentKind.MINUTES)
    assert [row[4:] for row in table_rows(document, "Số phiếu đồng ý")] == [["", "", ""]]
    said = lines(document)
    for blank in ("Thời gian bắt đầu: …… giờ", "Địa điểm:", "Chủ trì:", "Thư ký:"):
        assert [line for line in said if line.startswith(blank)], blank
    signed = document.tables[-1]
    assert [cell.text.split("\n")[0] for cell in signed.rows[0].cells] == ["THƯ KÝ", "CHỦ TRÌ"]
    assert "Lê" not in signed.cell(0, 1).text


async def test_the_dossier_of_a_person_asks_by_hand_what_was_never_asked_in_chat(office):
    """Name, post and unit are filled in; birth, home and schooling are dots. What was done follows."""
    exemplar = await honoured(office, "lan2", field="cải cách hành chính")
    said = lines(await made(office, DocumentKind.ACHIEVEMENTS, of=exemplar.id))
    assert "- Họ và tên: Nguyễn Thị Lan" in said
    assert "- Chức vụ: Văn thư" in said
    assert "- Đơn vị công tác: Phòng Nội chính" in said
    for dots in ("- Sinh ngày, tháng, năm:", "- Quê quán:", "- Trình độ chuyên môn, nghiệp vụ:"):
        assert dots in said
    assert TEXT in said
    assert "- Được biểu dương tại đơn vị ngày 18/11/2026." in said
    order = ["I. SƠ LƯỢC LÝ LỊCH", "II. THÀNH TÍCH"]
    places = [said.index(head) for head in order]
    places.append(next(n for n, line in enumerate(said) if line.startswith("III. DANH HIỆU")))
    places.append(next(n for n, line in enumerate(said) if "cam đoan" in line))
    places.append(said.index("THỦ TRƯỞNG ĐƠN VỊ"))
    assert places == sorted(places)


async def test_the_dossier_of_a_group_names_who_speaks_for_it(office):
    """A group has no birth date: it has a name, a unit and a speaker."""
    exemplar = await agreed(office, "lan2", name="Tổ tiếp dân")
    said = lines(await made(office, DocumentKind.ACHIEVEMENTS, of=exemplar.id))
    assert "- Tên tập thể: Tổ tiếp dân" in said
    assert "- Người đại diện: Nguyễn Thị Lan, Văn thư" in said
    assert not [line for line in said if "Sinh ngày" in line]
    assert "ĐẠI DIỆN BÁO CÁO" in said


async def test_earlier_choices_stand_in_the_dossier(office):
    """What the nominee was chosen for before is told, unless they declined that."""
    await agreed(office, "lan2", period="2026-09")
    await declined(office, await taken_over(office, "lan2", period="2026-10"))
    exemplar = await agreed(office, "lan2")
    said = whole(await made(office, DocumentKind.ACHIEVEMENTS, of=exemplar.id))
    assert "lựa chọn, biểu dương tháng 9/2026" in said
    assert "tháng 10/2026" not in said


@pytest.mark.parametrize(
    ("kind", "period", "of", "why"),
    [
        (DocumentKind.LIST, "", None, "document.needs_period"),
        (DocumentKind.LIST, MONTH, 1, "document.needs_period"),
        (DocumentKind.ACHIEVEMENTS, MONTH, None, "document.needs_exemplar"),
        (DocumentKind.MINUTES, "2026-12", None, "document.not_begun"),
    ],
)
async def test_a_kind_is_about_what_it_is_about(office, kind, period, of, why):
    """What does not fit, or has not begun, is refused before anything is read."""
    with pytest.raises(Refused, match=why):
        await made(office, kind, period, of=of)


def test_a_gist_is_whole_sentences():
    """A long deed ends with a sentence, not in the middle of a word."""
    text = "Câu thứ nhất đã xong. " * 20
    short = gist(text, 100)
    assert short == "Câu thứ nhất đã xong. Câu thứ nhất đã xong. Câu thứ nhất đã xong. Câu thứ nhất đã xong."
    assert gist("một từ " * 30, 50).endswith("…")
    assert gist("Ngắn.", 50) == "Ngắn."


async def test_what_people_typed_stands_as_typed(office):
    """Signs of XML and of Jinja are letters in a document."""
    await agreed(office, "lan2", text="Giảm <b>50%</b> & {{ name }} {% if x %} ngày chờ.")
    rows = table_rows(await made(office, DocumentKind.LIST), DEED)
    assert rows[0][4] == "Giảm <b>50%</b> & {{ name }} {% if x %} ngày chờ."
