"""The numbers of a filed document: Nghị định 30/2020/NĐ-CP, Phụ lục I, chosen within its ranges.

Millimetres for lengths, points for letters and for the space between paragraphs.
"""

from dataclasses import dataclass
from enum import StrEnum

FONT = "Times New Roman"
PAGE_MM = (210, 297)
"""A4 (I.1)."""
FIRST_LINE_MM = 12.7
"""How far a paragraph's first line stands in (II.6: 1 cm or 1.27 cm)."""
BETWEEN_PT = 6
"""Between paragraphs, at least (II.6)."""


@dataclass(frozen=True)
class Margins:
    """From the edges of the paper to the text (I.3: top and bottom 20-25, left 30-35, right 15-20)."""

    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15


MARGINS = Margins()
PAGE_NUMBER_FROM_TOP_MM = 10
TEXT_MM = PAGE_MM[0] - MARGINS.left - MARGINS.right
WIDE_TEXT_MM = PAGE_MM[1] - MARGINS.left - MARGINS.right
"""Of a page that lies on its side."""
HEAD_MM = (74.0, 91.0)
"""The two columns of the head: the agency, the nation."""
FOOT_MM = (90.0, 75.0)
"""The two columns of the foot: the recipients, the signature."""
TWO_SIGN_MM = (82.5, 82.5)
"""The same where two sign."""
MOTTO_RULE_MM = 56.0
"""As long as “Độc lập - Tự do - Hạnh phúc” in its size (II.1)."""
RULE_SHARE = 0.4
"""Of the line above: a third to a half (II.2, II.5); `rule_below` is given what stands there."""
DRAFT_MM = 30.0
ABOVE_TABLE_PT = 4
SIGNATURE_LINES = 4
"""Lines left free for the hand that signs."""


class Align(StrEnum):
    """How a paragraph's lines stand."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"
    JUSTIFIED = "both"


@dataclass(frozen=True)
class Form:
    """How a part of the document looks; `label` is what Word calls the style: it reads a comma as "also"."""

    label: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: Align = Align.CENTRE
    before: float = 0
    after: float = 0
    first_line_mm: float = 0
    keep_next: bool = False


class Part(StrEnum):
    """The parts of a document, by the id of their style."""

    NATION = "QuocHieu"
    MOTTO = "TieuNgu"
    PARENT = "CoQuanChuQuan"
    AGENCY = "CoQuanBanHanh"
    NUMBER = "SoKyHieu"
    DATE = "DiaDanhNgay"
    DRAFT = "DuThao"
    RULE = "DuongKe"
    TYPE = "TenLoai"
    SUBJECT = "TrichYeu"
    ADDRESSEE = "KinhGui"
    BASIS = "CanCu"
    HEADING = "DeMucI"
    SUBHEADING = "DeMuc1"
    BODY = "NoiDung"
    RECIPIENTS = "NoiNhan"
    RECIPIENT = "NoiNhanDong"
    SIGN_POST = "ChucVuKy"
    SIGN_NAME = "HoTenKy"
    APPENDIX = "PhuLuc"
    APPENDIX_TITLE = "TenPhuLuc"
    APPENDIX_OF = "KemTheo"
    CAPTION = "TenBang"
    BLANK = "DongTrong"
    CELL_HEAD = "BangDauCot"
    CELL = "BangChu"
    CELL_NUMBER = "BangSo"
    CELL_TOTAL = "BangTong"
    NOTE = "GhiChu"
    GAP = "KhoangCach"
    PAGE_NUMBER = "SoTrang"


_LEFT, _BOTH = Align.LEFT, Align.JUSTIFIED
FORMS: dict[Part, Form] = {
    Part.NATION: Form("Quốc hiệu", 12, bold=True),
    Part.MOTTO: Form("Tiêu ngữ", 13, bold=True),
    Part.PARENT: Form("Cơ quan chủ quản", 12),
    Part.AGENCY: Form("Cơ quan ban hành", 12, bold=True),
    Part.NUMBER: Form("Số và ký hiệu", 13, before=6),
    Part.DATE: Form("Địa danh và ngày tháng", 13, italic=True, before=6),
    Part.DRAFT: Form("Dự thảo", 13, bold=True, before=2, after=6),
    Part.RULE: Form("Đường kẻ", 2),
    Part.TYPE: Form("Tên loại văn bản", 14, bold=True, before=18, keep_next=True),
    Part.SUBJECT: Form("Trích yếu", 14, bold=True, keep_next=True),
    Part.ADDRESSEE: Form("Kính gửi", 14, before=12, after=6),
    Part.BASIS: Form("Căn cứ", 14, italic=True, align=_BOTH, before=BETWEEN_PT, first_line_mm=FIRST_LINE_MM),
    Part.HEADING: Form(
        "Đề mục I", 14, bold=True, align=_BOTH, before=BETWEEN_PT, first_line_mm=FIRST_LINE_MM, keep_next=True
    ),
    Part.SUBHEADING: Form(
        "Đề mục 1", 14, bold=True, align=_BOTH, before=BETWEEN_PT, first_line_mm=FIRST_LINE_MM, keep_next=True
    ),
    Part.BODY: Form("Nội dung", 14, align=_BOTH, before=BETWEEN_PT, first_line_mm=FIRST_LINE_MM),
    Part.RECIPIENTS: Form("Nơi nhận", 12, bold=True, italic=True, align=_LEFT, keep_next=True),
    Part.RECIPIENT: Form("Nơi nhận - từng dòng", 11, align=_LEFT, keep_next=True),
    Part.SIGN_POST: Form("Chức vụ người ký", 14, bold=True, keep_next=True),
    Part.SIGN_NAME: Form("Họ tên người ký", 14, bold=True),
    Part.APPENDIX: Form("Phụ lục", 14, bold=True, keep_next=True),
    Part.APPENDIX_TITLE: Form("Tên phụ lục", 14, bold=True, keep_next=True),
    Part.APPENDIX_OF: Form("Kèm theo", 14, italic=True, after=6, keep_next=True),
    Part.CAPTION: Form("Tên bảng", 13, bold=True, align=_LEFT, before=10, after=4, keep_next=True),
    Part.BLANK: Form("Dòng để trống", 14, align=_LEFT, before=BETWEEN_PT, first_line_mm=FIRST_LINE_MM),
    Part.CELL_HEAD: Form("Bảng - đầu cột", 12, bold=True, before=2, after=2),
    Part.CELL: Form("Bảng - chữ", 12, align=_LEFT, before=2, after=2),
    Part.CELL_NUMBER: Form("Bảng - số", 12, before=2, after=2),
    Part.CELL_TOTAL: Form("Bảng - tổng", 12, bold=True, before=2, after=2),
    Part.NOTE: Form("Ghi chú", 12, italic=True, align=_BOTH, before=6),
    Part.GAP: Form("Khoảng cách", 12, keep_next=True),
    Part.PAGE_NUMBER: Form("Số trang", 13),
}
"""The size, weight and place of each part (II and the table of Phụ lục I, mục V)."""

_LETTER_EM = {"upper": 0.72, "lower": 0.47, " ": 0.25, "digit": 0.5, "other": 0.33}
"""How wide the letters of Times New Roman are, on average."""
_MM_PER_PT = 25.4 / 72


def rule_below(text: str, part: Part, within_mm: float) -> float:
    """How long the rule below a text is, in mm: where that needs several lines, of the longest."""
    return min(_width(text, FORMS[part].size), within_mm) * RULE_SHARE


def _width(text: str, size: float) -> float:
    return sum(_LETTER_EM[_sort(letter)] for letter in text) * size * _MM_PER_PT


def _sort(letter: str) -> str:
    if letter.isdigit():
        return "digit"
    if letter.isalpha():
        return "upper" if letter.isupper() else "lower"
    return " " if letter == " " else "other"
