"""The template of to-trinh: the submission to the head of the office, with the list as its appendix."""

from collections.abc import Mapping

from bot.documents.document_layout import Paper
from bot.documents.paper_parts import ANSWERS_SAMPLE, PROPOSED_SAMPLE, list_proposed

_SUBJECT = "biểu dương gương người tốt, việc tốt, điển hình tiên tiến {{ period_name }}"
_REFERENCE = "(Kèm theo Tờ trình số ……/{{ symbol }} ngày …… tháng …… năm {{ year }} của {{ drafted_by }})"


def build() -> Paper:
    """The template."""
    paper = Paper("Tờ trình")
    paper.head()
    paper.title("TỜ TRÌNH", f"Về việc đề nghị {_SUBJECT}")
    paper.addressee()
    paper.bases()
    paper.body("{{ drafted_by }} kính trình {{ head_post }} như sau:")
    paper.heading("I. KẾT QUẢ BÌNH CHỌN CỦA CÁC ĐƠN VỊ")
    paper.body(
        "Tính đến thời điểm trình, có {{ answered }}/{{ asked }} đơn vị đã báo cáo kết quả bình chọn"
        "{% if with_nobody != '0' %}, trong đó {{ with_nobody }} đơn vị không có gương trong kỳ{% endif %}."
        " Toàn cơ quan có {{ nominated }} gương được đề cử, {{ chosen }} gương được các đơn vị lựa chọn theo ba"
        " tiêu chí: thực sự tiêu biểu, có sức lan tỏa, tác động tích cực."
    )
    paper.heading("II. NỘI DUNG ĐỀ NGHỊ")
    paper.tag("if proposed")
    paper.body(
        f"Đề nghị {{{{ head_post }}}} xem xét, {_SUBJECT} đối với {{{{ n }}}} gương ({{{{ composed }}}}), gồm:"
    )
    paper.repeat("form in forms", "- {{ form }} gương;")
    paper.body(
        "Danh sách và tóm tắt thành tích tại Phụ lục kèm theo. Việc khen thưởng (nếu có) thực hiện theo quy định"
        " của pháp luật về thi đua, khen thưởng."
    )
    paper.tag("else")
    paper.body("Trong kỳ chưa có gương nào được đề nghị biểu dương.")
    paper.tag("endif")
    paper.body("{{ drafted_by }} kính trình {{ head_post }} xem xét, cho ý kiến chỉ đạo./.")
    paper.foot()
    paper.appendix("", "DANH SÁCH ĐỀ NGHỊ BIỂU DƯƠNG {{ period_name|upper }}", _REFERENCE, wide=True)
    list_proposed(paper)
    return paper


SAMPLE: Mapping[str, object] = {
    **PROPOSED_SAMPLE,
    **ANSWERS_SAMPLE,
    "drafted_by": "Phòng Hành chính - Tổ chức",
    "bases": ["Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022."],
    "forms": ["Biểu dương: 01"],
}
"""What it may use beside the frame, to check templates with."""
