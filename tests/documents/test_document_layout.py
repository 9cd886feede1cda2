"""Every kind of document stands on its pages as NĐ 30/2020 asks: numbers read from the .docx itself."""

import asyncio
from collections.abc import Mapping
from datetime import date

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from bot.documents.document_frame import end_bases, frame_of
from bot.documents.document_layout import Column, Paper
from bot.documents.document_measures import Part, rule_below
from bot.documents.make_templates import TEMPLATES, same_parts
from bot.documents.office_document import render, template_of
from bot.domain.documents import DocumentKind, figure, name_period, pad_day, pad_month, short_day, spell_day
from bot.domain.periods import Period, read_period
from bot.domain.records import Agency, Records, Signer
from tests.documents import filed
from tests.documents.pages import make_all

KINDS = list(TEMPLATES)
TEMPLATE_ROW = {
    "name": "",
    "people": 4,
    "took_part": 2,
    "nominees": 3,
    "reasons": 5,
    "chosen": 1,
    "honoured": 1,
    "copied": 0,
}
OFFICE = Agency(
    name="Văn phòng Ủy ban nhân dân tỉnh Đồng Nai",
    parent_name="Ủy ban nhân dân tỉnh Đồng Nai",
    place="Đồng Nai",
    symbol="VP",
    archive="Lưu: VT, HCTC.",
)


def sample(kind: DocumentKind, **other: object) -> bytes:
    """A document of a kind out of its sample."""
    return render(kind, {**TEMPLATES[kind].sample, **other}, None)


# --- what every kind has ---


@pytest.mark.parametrize("kind", KINDS)
def test_paper_letters_and_tables_are_as_asked(kind):
    """A4, margins, Times New Roman in black, sizes, weights, places, page numbers, tables: every line."""
    document = filed.opened(sample(kind))
    filed.check_layout(document)
    assert document.core_properties.title
    assert "{" not in filed.whole_text(document)


@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_along_is_what_is_built(kind):
    """The templates in the package are those that the building blocks make: who changes one makes it anew."""
    assert same_parts(TEMPLATES[kind].build().as_bytes(), template_of(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_says_so(kind):
    """DỰ THẢO stands there once, in a frame; number and day are blank."""
    document = filed.opened(sample(kind))
    (mark,) = filed.of_style(document, "DuThao")
    assert mark.text == "DỰ THẢO"
    assert {side.tag for side in mark._p.get_or_add_pPr().find(qn("w:pBdr"))} == {
        qn(f"w:{side}") for side in ("top", "left", "bottom", "right")
    }
    for dated in filed.of_style(document, "DiaDanhNgay"):
        assert dated.text in ("", "Đồng Nai, ngày …… tháng …… năm 2026")


# --- every kind, of the invented office ---


@pytest.fixture(scope="module")
def of_the_demo(tmp_path_factory) -> Mapping[DocumentKind, bytes]:
    """Every kind of document about the demo's office."""
    return asyncio.run(make_all(tmp_path_factory.mktemp("demo")))


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_the_demos_documents_are_laid_out_as_asked(kind, of_the_demo):
    """With real words in it every line still is as asked, no tag is left and no part is empty."""
    document = filed.opened(of_the_demo[kind])
    filed.check_layout(document)
    said = filed.whole_text(document)
    assert not [sign for sign in ("{{", "{%", "None", "()", "  ") if sign in said]


@filed.needs_libreoffice
@pytest.mark.parametrize("kind", list(DocumentKind))
def test_libreoffice_makes_pages_of_it(kind, of_the_demo, tmp_path):
    """It becomes a PDF: page one is neither blank nor black and has no number, the next ones have theirs."""
    pages = filed.pages_of(of_the_demo[kind], tmp_path)
    assert 0.005 < pages.ink < 0.2
    expected = 1
    for text in pages.texts:
        first = text.split()[0]
        if first.isdigit():
            assert int(first) == expected
        else:
            expected = 1
            assert first in {"Phụ", "DỰ"} or text == pages.texts[0]
        expected += 1


# --- the head ---


def test_the_head_is_in_order():
    """Agency and nation side by side, below them number and day on one line; mark, title, whom for."""
    document = filed.opened(sample(DocumentKind.REPORT))
    head = document.tables[0]
    left, right = ([one.text for one in cell.paragraphs if one.text] for cell in head.rows[0].cells)
    assert left == ["ỦY BAN NHÂN DÂN", "TỈNH ĐỒNG NAI", "VĂN PHÒNG"]
    assert right == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert [cell.text for cell in head.rows[1].cells] == [
        "Số: ……/BC-VP\nDỰ THẢO",
        "Đồng Nai, ngày …… tháng …… năm 2026",
    ]
    said = filed.texts(document)
    assert said[8:13] == [
        "BÁO CÁO",
        "Sơ kết công tác phát hiện, bồi dưỡng, biểu dương",
        "và nhân rộng điển hình tiên tiến tháng 11/2026",
        "Kính gửi: Chánh Văn phòng UBND tỉnh Đồng Nai",
        said[12],
    ]


def test_rules_are_as_long_as_asked():
    """Below the motto as long as it; below agency and title a third to a half of it; each in the middle."""
    document = filed.opened(sample(DocumentKind.REPORT))
    agency, motto, title = filed.of_style(document, "DuongKe")
    lengths = [rule_length(agency, 74), rule_length(motto, 91), rule_length(title, 165)]
    assert 26 / 3 <= lengths[0] <= 26 / 2
    assert 55 <= lengths[1] <= 58
    assert 115 / 3 <= lengths[2] <= 115 / 2


def rule_length(paragraph, within: float) -> float:
    """How long a rule is, in mm."""
    lines = paragraph.paragraph_format
    assert lines.left_indent == lines.right_indent
    assert paragraph._p.pPr.find(qn("w:pBdr")) is not None
    return within - float(lines.left_indent.mm) * 2


def test_a_long_agency_gets_a_longer_rule():
    """The rule follows the name that stands there, and stays within its column."""
    short, long = "VĂN PHÒNG", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"
    document = filed.opened(sample(DocumentKind.REPORT, agency=long))
    length = rule_length(filed.of_style(document, "DuongKe")[0], 74)
    assert rule_below(short, Part.AGENCY, 74) < length <= 74 / 2


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026", "05/01/2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026", "28/02/2026"),
        (date(2024, 4, 2), "ngày 02 tháng 4 năm 2024", "02/4/2024"),
        (date(2026, 10, 10), "ngày 10 tháng 10 năm 2026", "10/10/2026"),
    ],
)
def test_days_and_months_are_padded_as_the_decree_says(day, long, short):
    """Days below 10 and the months 1 and 2 get a nought, other months none."""
    assert (spell_day(day), short_day(day)) == (long, short)
    assert [pad_month(month) for month in range(1, 13)] == ["01", "02", *map(str, range(3, 13))]
    assert pad_day(9) == "09"


@pytest.mark.parametrize(
    ("period", "name"),
    [
        ("2026-01", "tháng 01/2026"),
        ("2026-3", ""),
        ("2026-03", "tháng 3/2026"),
        ("2026-Q4", "quý IV/2026"),
        ("2026-H1", "6 tháng đầu năm 2026"),
        ("2026-H2", "6 tháng cuối năm 2026"),
        ("2026", "năm 2026"),
    ],
)
def test_periods_are_named_as_offices_do(period, name):
    """Months padded, quarters in Roman numbers."""
    known = read_period(period)
    assert (name_period(known) if known else "") == name


def test_figures_below_ten_have_a_nought():
    """05, 12, 1.234; nothing is 0."""
    assert [figure(n) for n in (0, 5, 12, 1234, 1234567)] == ["0", "05", "12", "1.234", "1.234.567"]


# --- whom it is from and for ---


@pytest.mark.parametrize(
    ("signers", "lines", "name"),
    [
        ((Signer(post="Chánh Văn phòng", name="Nguyễn Kim Long"),), ["CHÁNH VĂN PHÒNG"], "Nguyễn Kim Long"),
        ((Signer(post="Chánh Văn phòng"),), ["CHÁNH VĂN PHÒNG"], ""),
        (
            (Signer(post="Phó Chánh Văn phòng", name="Lê An", in_place_of="Chánh Văn phòng"),),
            ["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"],
            "Lê An",
        ),
    ],
)
def test_who_signs(signers, lines, name):
    """The head; a blank where the post is vacant; KT. where a deputy signs. Room is left for the hand."""
    frame = frame_of(DocumentKind.REPORT, date(2026, 11, 20), Records(OFFICE, signers=signers))
    document = filed.opened(sample(DocumentKind.REPORT, **frame))
    cell = (
        next(table for table in document.tables if "Nơi nhận:" in table.rows[0].cells[0].text)
        .rows[0]
        .cells[1]
    )
    said = [paragraph.text for paragraph in cell.paragraphs]
    assert [text for text in said[:-1] if text] == lines
    assert said[-1] == name
    assert said.count("") >= 4
    looks = [filed.look_of(one) for one in cell.paragraphs if one.text]
    assert all(look.bold and 13 <= look.size <= 14 for look in looks)


def test_whom_copies_go_to():
    """“Nơi nhận:”, each line begins with a dash and ends with “;”, the last is where it is kept."""
    document = filed.opened(sample(DocumentKind.REPORT))
    said = [one.text for one in filed.of_style(document, "NoiNhanDong")]
    assert said == ["- Như trên;", "- Các phòng, ban, trung tâm;", "- Lưu: VT, HCTC."]
    assert filed.of_style(document, "NoiNhan")[0].text == "Nơi nhận:"


def test_the_frame_carries_the_names_of_the_day():
    """A document about March carries the agency of March and is dated in the year in which it is signed."""
    agencies = (
        Agency(until=date(2025, 6, 30), name="Văn phòng cũ"),
        Agency(since=date(2025, 7, 1), place="Trấn Biên"),
    )
    records = Records(OFFICE, agencies=agencies)
    before = frame_of(DocumentKind.REPORT, date(2025, 3, 31), records, today=date(2026, 1, 4))
    after = frame_of(DocumentKind.TABLE, date(2026, 3, 31), records, period=Period(date(2026, 3, 1), 1))
    assert (before["agency"], before["place"], before["year"], before["symbol"]) == (
        "Văn phòng cũ",
        "Đồng Nai",
        "2026",
        "BC-VP",
    )
    assert (after["agency"], after["place"], after["symbol"]) == ("Văn phòng", "Trấn Biên", "VP")
    assert (after["period_name"], after["month"]) == ("tháng 3/2026", "3")


def test_bases_end_as_asked():
    """Each with “;”, the last with “.”, whatever they ended with; none is none."""
    assert end_bases(["Căn cứ Luật;", "Căn cứ Nghị định.", " Căn cứ Kế hoạch "]) == [
        "Căn cứ Luật;",
        "Căn cứ Nghị định;",
        "Căn cứ Kế hoạch.",
    ]
    assert end_bases([]) == []


# --- pages ---


def test_appendices_begin_on_a_page_of_their_own():
    """Phụ lục I and II, numbered by themselves, each with its title and what it goes with."""
    document = filed.opened(sample(DocumentKind.REPORT))
    assert len(document.sections) == 3
    assert [one.text for one in filed.of_style(document, "PhuLuc")] == ["Phụ lục I", "Phụ lục II"]
    assert all(
        one.text.startswith("(Kèm theo Báo cáo số ……/BC-VP") for one in filed.of_style(document, "KemTheo")
    )
    numbers = [section._sectPr.find(qn("w:pgNumType")) for section in document.sections]
    assert all(number.get(qn("w:start")) == "1" for number in numbers)
    without = filed.opened(sample(DocumentKind.REPORT, chosen=0, chosen_list=[]))
    assert [one.text for one in filed.of_style(without, "PhuLuc")] == ["Phụ lục I"]
    assert len(without.sections) == 2


def test_the_table_of_months_lies_on_its_side():
    """Units by months need the width; a document may also turn in its middle."""
    (section,) = filed.opened(sample(DocumentKind.TABLE)).sections
    assert section.orientation == WD_ORIENT.LANDSCAPE
    paper = Paper("Thử")
    paper.body("Trước.")
    paper.appendix("", "BẢNG", "(Kèm theo)", wide=True)
    paper.table((Column("Tên", 1, "{{ x }}"), Column("Số", 3, "{{ x }}")), "x in xs")
    document = filed.opened(paper.as_bytes())
    assert [one.orientation for one in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    assert [round(column.width.mm) for column in document.tables[0].columns] == [63, 189]


def test_sixty_units_and_twelve_months_fit():
    """Twelve columns of months and 60 rows stay within the text; the head is repeated, totals stand last."""
    rows = [{"name": f"Phòng {n}", "months": list(range(12)), "whole": 66} for n in range(1, 61)]
    wide = {"rows": rows, "totals": [60 * n for n in range(12)], "whole": 3960}
    other = dict.fromkeys(("nominees", "chosen", "honoured", "copied", "kinds", "movements"), wide)
    document = filed.opened(sample(DocumentKind.TABLE, months=[str(n) for n in range(1, 13)], **other))
    filed.check_layout(document)
    table = document.tables[0]
    assert len(table.rows) == 62
    assert [cell.text for cell in table.rows[-1].cells][1:4] == ["Tổng cộng", "0", "60"]
    assert table.rows[-1].cells[-1].text == "3.960"
    widths = [column.width.mm for column in table.columns]
    assert min(widths) > 9
    assert abs(sum(widths) - 252) < 1


@filed.needs_libreoffice
def test_a_long_table_repeats_its_head_on_each_page(tmp_path):
    """60 units run over pages: the head stands on each of them, and no number of a row is lost."""
    row = TEMPLATE_ROW
    rows = [{**row, "name": f"Phòng số {n} có tên rất dài để phải xuống dòng trong ô"} for n in range(1, 61)]
    pages = filed.pages_of(sample(DocumentKind.REPORT, rows=rows, chosen=0, chosen_list=[]), tmp_path)
    table = [text for text in pages.texts if "đề cử" in text and "STT" in text]
    assert len(table) >= 2
    assert sum(text.count("Phòng số") for text in table) == 60


def test_what_belongs_together_stays_on_one_page():
    """Headings stay with their text, the end with the signature, what ends with a colon with its list."""
    document = filed.opened(sample(DocumentKind.REPORT))
    for style in ("DeMucI", "DeMuc1", "TenLoai", "PhuLuc", "TenPhuLuc"):
        assert filed.of_style(document, style)
        assert document.styles.element.xpath(f"//w:style[@w:styleId='{style}']/w:pPr/w:keepNext")
    body = filed.of_style(document, "NoiDung")
    leads = [one for one in body if one.text.endswith((":", "./."))]
    assert len(leads) >= 4
    assert all(one.paragraph_format.keep_with_next for one in leads)
    last = [one for one in body if one.text.endswith("./.")]
    assert len(last) == 1
