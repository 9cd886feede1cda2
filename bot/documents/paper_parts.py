"""Parts that only some documents have: the table of those proposed, dotted lines for a hand, two who sign."""

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from bot.documents import document_measures as measures
from bot.documents import document_xml as xml
from bot.documents.document_layout import Column, Paper
from bot.documents.document_measures import FORMS, Part

SIGN_HERE = "(Ký, ghi rõ họ và tên)"
PROPOSED = (
    Column("Số TT", 10, "{{ one.n }}", Part.CELL_NUMBER),
    Column("Họ và tên", 37, "{{ one.name }}"),
    Column("Chức vụ", 25, "{{ one.post }}"),
    Column("Đơn vị", 33, "{{ one.unit }}"),
    Column("Thành tích tóm tắt", 70, "{{ one.deed }}"),
    Column("Phong trào", 37, "{{ one.movement }}"),
    Column("Hình thức đề nghị", 22, "{{ one.form }}"),
    Column("Ghi chú", 18, "{{ one.note }}"),
)
"""The table of those proposed, on a page that lies on its side."""
PROPOSED_SAMPLE = {
    "proposed": [
        {
            "n": 1,
            "name": "Lê Thị Mai",
            "who": "Lê Thị Mai, Chuyên viên",
            "post": "Chuyên viên",
            "unit": "Phòng Tổng hợp",
            "deed": "Hướng dẫn người dân nộp hồ sơ trực tuyến.",
            "movement": "“Vì người nghèo - không để ai bị bỏ lại phía sau”",
            "form": "Biểu dương",
            "note": "Gương của quý",
        }
    ],
    "n": 1,
    "composed": "01 cá nhân",
    "remarks": ["Không nêu tên trong danh sách: 01 trường hợp (không đồng ý công bố)."],
}
"""What stands in it, to check templates with."""
ANSWERS = (
    "{% if answered %}Có {{ answered|so }}/{{ asked|so }} đơn vị đã báo cáo kết quả bình chọn"
    " {{ period_name }}"
    "{% if with_nobody %}, trong đó {{ with_nobody|so }} đơn vị không có gương trong kỳ{% endif %}"
    "{% else %}Các đơn vị chưa báo cáo kết quả bình chọn {{ period_name }}"
    "{% if proposed %}; gương được tổng hợp từ kết quả bình chọn hằng tháng{% endif %}{% endif %}"
)
"""What units have answered, without the mark that ends it."""
ANSWERS_SAMPLE = {"asked": 11, "answered": 9, "with_nobody": 2, "total": 14, "chosen": 5}

_RECEIVED = (
    "{%p for recipient in recipients %}",
    "- {{ recipient }};",
    "{%p endfor %}",
    "- {{ archive }}",
)


def space_below(paper: Paper) -> None:
    """Some room between what was added last and a table."""
    paper.document.paragraphs[-1].paragraph_format.space_after = Pt(6)


def list_proposed(paper: Paper) -> None:
    """Everybody who is proposed, or that nobody is; and how many are not named."""
    paper.tag("if proposed")
    paper.table(PROPOSED, "one in proposed")
    paper.tag("else")
    paper.add("Trong kỳ {{ not_yet_chosen }} có gương được đề nghị biểu dương.", Part.BODY)
    paper.tag("endif")
    paper.tag("for remark in remarks")
    paper.add("{{ remark }}", Part.NOTE).paragraph_format.keep_with_next = True
    paper.tag("endfor")


def dotted(paper: Paper, said: str = "", lines: int = 1) -> None:
    """Words, and dots after them to the end of the line; more lines of dots below."""
    for n in range(lines):
        paragraph = paper.add(f"{said}\t" if n == 0 else "\t")
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(paper.width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def two_sign(paper: Paper, left: str, right: str, under_right: str = "", *, received: bool = False) -> None:
    """Two who sign side by side, kept on one page; `received`: with whom copies go to, below the left one."""
    paper.add("", Part.GAP)
    table = paper.document.add_table(rows=1, cols=2)
    xml.set_widths(table, measures.TWO_SIGN_MM, ruled=False)
    xml.keep_whole(table.rows[0])
    for cell, who, name in zip(table.rows[0].cells, (left, right), ("", under_right), strict=True):
        _sign(cell, who, name)
    if received:
        left_cell = table.rows[0].cells[0]
        left_cell.add_paragraph("Nơi nhận:", style=FORMS[Part.RECIPIENTS].label)
        for line in _RECEIVED:
            left_cell.add_paragraph(line, style=FORMS[Part.RECIPIENT].label)


def undated(table: Table) -> None:
    """The head of a document that is not dated there: minutes say inside when they were taken."""
    table.rows[1].cells[1].paragraphs[0].text = ""


def _sign(cell: _Cell, who: str, name: str) -> None:
    first, *others = who.split("\n")
    cell.paragraphs[0].text, cell.paragraphs[0].style = first, FORMS[Part.SIGN_POST].label
    for line in others:
        cell.add_paragraph(line, style=FORMS[Part.SIGN_POST].label)
    how = cell.add_paragraph(style=FORMS[Part.SIGN_POST].label).add_run(SIGN_HERE)
    how.bold, how.italic = False, True
    for _ in range(measures.SIGNATURE_LINES):
        cell.add_paragraph(style=FORMS[Part.SIGN_POST].label)
    cell.add_paragraph(name, style=FORMS[Part.SIGN_NAME].label)
