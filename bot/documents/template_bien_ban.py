"""The template of bien-ban: the minutes of the meeting that considers who is proposed (NĐ 30/2020, Mẫu 1.10)."""

from collections.abc import Mapping

from bot.documents.document_frame import TENSE_SAMPLE
from bot.documents.document_layout import Column, Paper
from bot.documents.document_measures import Part
from bot.documents.paper_parts import (
    ANSWERS,
    ANSWERS_SAMPLE,
    PROPOSED_SAMPLE,
    dotted,
    space_below,
    two_sign,
    undated,
)

_VOTES = (
    Column("Số TT", 11, "{{ one.n }}", Part.CELL_NUMBER),
    Column("Họ và tên, chức vụ", 43, "{{ one.who }}"),
    Column("Đơn vị", 33, "{{ one.unit }}"),
    Column("Hình thức đề nghị", 25, "{{ one.form }}"),
    Column("Số phiếu đồng ý", 16, "", Part.CELL_NUMBER),
    Column("Số phiếu không đồng ý", 16, "", Part.CELL_NUMBER),
    Column("Tỷ lệ đồng ý (%)", 16, "", Part.CELL_NUMBER),
)


def build() -> Paper:
    """The template."""
    paper = Paper("Biên bản họp xét")
    paper.head()
    undated(paper.document.tables[-1])
    paper.title(
        "BIÊN BẢN",
        "Họp xét, đề nghị biểu dương gương người tốt, việc tốt,",
        "điển hình tiên tiến {{ period_name }}",
    )
    paper.body("Thời gian bắt đầu: …… giờ ……, ngày …… tháng …… năm {{ year }}.")
    dotted(paper, "Địa điểm: ")
    paper.body("Thành phần tham dự:")
    dotted(paper, "- Có mặt (……/…… thành viên): ", 2)
    dotted(paper, "- Vắng mặt (lý do): ")
    dotted(paper, "Chủ trì: ")
    dotted(paper, "Thư ký: ")
    _discussed(paper)
    _voted(paper)
    paper.heading("III. KẾT LUẬN CỦA CHỦ TRÌ")
    dotted(paper, lines=3)
    paper.body(
        "Cuộc họp kết thúc vào …… giờ …… cùng ngày. Biên bản đã được đọc lại cho các thành viên dự họp cùng nghe,"
        " thống nhất và lập thành …… bản có giá trị như nhau./."
    )
    two_sign(paper, "THƯ KÝ", "CHỦ TRÌ", received=True)
    return paper


def _discussed(paper: Paper) -> None:
    paper.heading("I. NỘI DUNG CUỘC HỌP")
    paper.subheading("1. Báo cáo kết quả bình chọn của các đơn vị")
    paper.body(
        f"{ANSWERS};"
        " {% if total %}{{ total|so }} gương được đề cử,"
        " {% if chosen %}{{ chosen|so }} gương{% else %}{{ not_yet_chosen }} có gương{% endif %} được các đơn vị lựa chọn"
        "{% else %}{{ not_yet }} có gương được đề cử{% endif %};"
        " {% if proposed %}đưa ra xét {{ n|so }} gương ({{ composed }}).{% else %}không có gương đưa ra xét.{% endif %}"
    )
    paper.subheading("2. Ý kiến thảo luận")
    dotted(paper, lines=4)


def _voted(paper: Paper) -> None:
    paper.heading("II. KẾT QUẢ BIỂU QUYẾT")
    paper.tag("if proposed")
    paper.body("Số phiếu phát ra: ……; số phiếu thu về: ……; số phiếu hợp lệ: ……; số phiếu không hợp lệ: …….")
    space_below(paper)
    paper.table(_VOTES, "one in proposed")
    paper.tag("else")
    dotted(paper)
    paper.tag("endif")
    paper.repeat("remark in remarks", "{{ remark }}", Part.NOTE)


SAMPLE: Mapping[str, object] = {**TENSE_SAMPLE, **PROPOSED_SAMPLE, **ANSWERS_SAMPLE}
"""What it may use beside the frame, to check templates with."""
