"""The template of thanh-tich: one exemplar's dossier. What the office does not ask in chat stays dotted lines."""

from collections.abc import Mapping

from bot.documents.document_layout import Column, Paper
from bot.documents.document_measures import Part
from bot.documents.paper_parts import dotted, space_below, two_sign

_HAND = "……"


def build() -> Paper:
    """The template."""
    paper = Paper("Báo cáo thành tích")
    paper.head("")
    paper.title("BÁO CÁO THÀNH TÍCH", "Đề nghị biểu dương {{ commended }}", "{{ period_name }}")
    _who(paper)
    _achieved(paper)
    _honoured(paper)
    paper.body(
        "{% if is_person %}Tôi{% else %}Chúng tôi{% endif %} xin cam đoan những nội dung trên đây là đúng sự thật và"
        " chịu trách nhiệm trước pháp luật về nội dung báo cáo./."
    )
    two_sign(
        paper,
        "XÁC NHẬN CỦA\nTHỦ TRƯỞNG ĐƠN VỊ",
        "{% if is_person %}NGƯỜI BÁO CÁO{% else %}ĐẠI DIỆN BÁO CÁO{% endif %}",
        "{% if is_person %}{{ name }}{% endif %}",
    )
    return paper


def _who(paper: Paper) -> None:
    paper.heading("I. SƠ LƯỢC LÝ LỊCH")
    paper.tag("if is_person")
    paper.body("- Họ và tên: {{ name }}")
    dotted(paper, "- Sinh ngày, tháng, năm: ")
    dotted(paper, "- Giới tính: ")
    dotted(paper, "- Quê quán: ")
    dotted(paper, "- Nơi thường trú: ")
    paper.body("- Chức vụ: {{ post or '……………………' }}", "- Đơn vị công tác: {{ unit }}")
    dotted(paper, "- Trình độ chuyên môn, nghiệp vụ: ")
    paper.tag("else")
    paper.body(
        "- Tên {% if is_group %}tập thể{% else %}mô hình, cách làm{% endif %}: {{ name }}",
        "- Đơn vị: {{ unit }}",
        "- Người đại diện: {{ speaker or '……………………' }}",
    )
    dotted(paper, "- {% if is_group %}Số lượng thành viên{% else %}Thời điểm bắt đầu áp dụng{% endif %}: ")
    dotted(paper, "- Đặc điểm, tình hình: ", 2)
    paper.tag("endif")


def _achieved(paper: Paper) -> None:
    paper.heading("II. THÀNH TÍCH")
    paper.subheading("1. Chức năng, nhiệm vụ được giao")
    dotted(paper, lines=2)
    paper.subheading("2. Việc làm, thành tích tiêu biểu")
    paper.body(
        "Loại gương: {{ exemplar_kind }}{% if field %}; lĩnh vực: {{ field }}{% endif %}"
        "{% if movement %}; thuộc phong trào {{ movement }}{% endif %}."
    )
    paper.repeat("line in deed", "{{ line }}")
    for title, name in (
        ("Kết quả cụ thể:", "results"),
        ("Sức lan tỏa, ảnh hưởng:", "spread"),
        ("Kinh nghiệm, điều có thể học tập:", "lessons"),
        ("Đã được nhân rộng, học tập tại:", "copied_by"),
    ):
        paper.tag(f"if {name}")
        paper.body(title)
        paper.repeat(f"line in {name}", "- {{ line }}")
        paper.tag("endif")
    paper.subheading("3. Đánh giá của đơn vị khi bình chọn")
    paper.tag("if why_chosen")
    paper.repeat("line in why_chosen", "- {{ line }}")
    paper.tag("else")
    dotted(paper)
    paper.tag("endif")


def _honoured(paper: Paper) -> None:
    paper.heading("III. DANH HIỆU, KHEN THƯỞNG ĐÃ ĐƯỢC TẶNG")
    paper.tag("if honours")
    paper.body("Biểu dương trong công tác phát hiện, nhân rộng điển hình tiên tiến của cơ quan:")
    paper.repeat("line in honours", "- {{ line }}")
    paper.tag("endif")
    paper.body("Danh hiệu thi đua, hình thức khen thưởng theo quyết định của cấp có thẩm quyền:")
    space_below(paper)
    paper.table(
        (
            Column("Năm", 22, _HAND, Part.CELL_NUMBER),
            Column("Danh hiệu thi đua, hình thức khen thưởng", 68, ""),
            Column("Số, ngày, tháng, năm của quyết định; cơ quan ban hành", 70, ""),
        ),
        "_ in range(3)",
    )


SAMPLE: Mapping[str, object] = {
    "is_person": True,
    "is_group": False,
    "name": "Lê Thị Mai",
    "post": "Chuyên viên",
    "unit": "Phòng Tổng hợp",
    "speaker": "",
    "exemplar_kind": "người tốt, việc tốt",
    "commended": "gương người tốt, việc tốt",
    "movement": "“Vì người nghèo - không để ai bị bỏ lại phía sau”",
    "field": "cải cách hành chính",
    "deed": ["Hướng dẫn người dân nộp hồ sơ trực tuyến."],
    "results": ["Giảm một nửa thời gian chờ."],
    "spread": ["Các phòng cùng áp dụng."],
    "lessons": ["Ghi chép từng câu hỏi."],
    "copied_by": ["Phòng Nội chính: đang áp dụng."],
    "why_chosen": ["Tháng 11/2026: Việc làm thiết thực."],
    "honours": ["Được biểu dương tại đơn vị ngày 20/11/2026."],
}
"""What it may use beside the frame, to check templates with."""
