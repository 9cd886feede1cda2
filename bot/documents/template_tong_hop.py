"""The template of tong-hop: the appendix table, units by months, and by kind and movement; it lies on its side."""

from collections.abc import Mapping

from bot.documents.document_frame import TENSE_SAMPLE
from bot.documents.document_layout import Column, Columns, Paper
from bot.documents.document_measures import Part

_NUMBER = Part.CELL_NUMBER
_OF_UNITS = (
    ("nominees", "Số gương được đề cử"),
    ("chosen", "Số gương được các đơn vị lựa chọn"),
    ("honoured", "Số gương được biểu dương, tôn vinh"),
    ("copied", "Số gương được học tập, nhân rộng"),
)
_REFERENCE = "(Kèm theo Báo cáo số ……/{{ symbol }} ngày …… tháng …… năm {{ year }} của {{ drafted_by }})"


def build() -> Paper:
    """The template: four tables of units, one of kinds, one of movements."""
    paper = Paper("Bảng tổng hợp", wide=True)
    paper.mark()
    paper.name_appendix(
        "", "TỔNG HỢP KẾT QUẢ PHÁT HIỆN, LỰA CHỌN VÀ NHÂN RỘNG GƯƠNG {{ period_name|upper }}", _REFERENCE
    )
    for number, (name, caption) in enumerate(_OF_UNITS, 1):
        _table(paper, f"Bảng {number}. {caption}, theo đơn vị và theo tháng", name, "Đơn vị")
    _table(paper, "Bảng 5. Số gương được đề cử, theo loại gương và theo tháng", "kinds", "Loại gương")
    _table(
        paper,
        "Bảng 6. Số gương được đề cử, theo phong trào thi đua, cuộc vận động",
        "movements",
        "Phong trào",
    )
    paper.add(
        "Ghi chú: Số liệu tính đến {{ taken_at }}. Mỗi gương được tính một lần trong tháng được đề cử; cột “Cả kỳ” của"
        " Bảng 2 tính cả gương được lựa chọn trong đợt xét của quý, 6 tháng, năm và chỉ tính một lần.",
        Part.NOTE,
    )
    return paper


def _table(paper: Paper, caption: str, name: str, what: str) -> None:
    paper.add(caption, Part.CAPTION)
    paper.tag(f"if {name}.rows")
    month = Column("Tháng {{ month }}", 15, "{{ n|n }}", _NUMBER, "{{ n|n }}")
    paper.table(
        (
            Column("STT", 12, "{{ loop.index }}", _NUMBER),
            Column(what, 60, "{{ row.name }}", total="Tổng cộng"),
            Columns(month, "month in months", "n in row.months", f"n in {name}.totals"),
            Column("Cả kỳ", 16, "{{ row.whole|n }}", Part.CELL_TOTAL, f"{{{{ {name}.whole|n }}}}"),
        ),
        f"row in {name}.rows",
    )
    paper.tag("else")
    paper.body("{{ not_yet|capitalize }} có.")
    paper.tag("endif")


_SAMPLE_TABLE = {
    "rows": [{"name": "Phòng Nội chính", "months": [1, 2], "whole": 3}],
    "totals": [1, 2],
    "whole": 3,
}
SAMPLE: Mapping[str, object] = {
    **TENSE_SAMPLE,
    "drafted_by": "Phòng Hành chính - Tổ chức",
    "taken_at": "08 giờ 00 ngày 20/11/2026",
    "months": ["10", "11"],
    **dict.fromkeys(("nominees", "chosen", "honoured", "copied", "kinds", "movements"), _SAMPLE_TABLE),
}
"""What it may use beside the frame, to check templates with."""
