"""The template of to-trinh: the submission to the head of the office, with the list as its appendix."""

from collections.abc import Mapping

from bot.documents.document_frame import TENSE_SAMPLE
from bot.documents.document_layout import Paper
from bot.documents.paper_parts import ANSWERS, ANSWERS_SAMPLE, PROPOSED_SAMPLE, list_proposed

_SUBJECT = ("Đề nghị biểu dương gương người tốt, việc tốt,", "điển hình tiên tiến {{ period_name }}")
_REFERENCE = "(Kèm theo Tờ trình số ……/{{ symbol }} ngày …… tháng …… năm {{ year }} của {{ drafted_by }})"


def build() -> Paper:
    """The template."""
    paper = Paper("Tờ trình")
    paper.head()
    paper.title("TỜ TRÌNH", *_SUBJECT)
    paper.addressee()
    paper.bases()
    paper.body("{{ drafted_by }} kính trình {{ head_post }} như sau:")
    paper.heading("I. KẾT QUẢ BÌNH CHỌN CỦA CÁC ĐƠN VỊ")
    paper.body(
        f"{ANSWERS}."
        " {% if total %}Toàn cơ quan có {{ total|so }} gương{% else %}Trong kỳ {{ not_yet }} có gương{% endif %} được đề cử"
        "{% if chosen %}, {{ chosen|so }} gương được các đơn vị lựa chọn theo ba tiêu chí: thực sự tiêu biểu,"
        " có sức lan tỏa, tác động tích cực{% endif %}."
    )
    paper.heading("II. NỘI DUNG ĐỀ NGHỊ")
    paper.tag("if proposed")
    paper.body(
        "Đề nghị {{ head_post }} xem xét, biểu dương {{ n|so }} gương tiêu biểu {{ period_name }} ({{ composed }})"
        "{% if forms %}, gồm:{% else %}.{% endif %}"
    )
    paper.repeat("form in forms", "- {{ form.name }}: {{ form.n|so }} gương{{ '.' if loop.last else ';' }}")
    paper.body(
        "Danh sách và tóm tắt thành tích tại Phụ lục kèm theo. Việc khen thưởng (nếu có) thực hiện theo quy định"
        " của pháp luật về thi đua, khen thưởng."
    )
    paper.tag("else")
    paper.body("Trong kỳ {{ not_yet_chosen }} có gương nào được đề nghị biểu dương.")
    paper.tag("endif")
    paper.body("{{ drafted_by }} kính trình {{ head_post }} xem xét, cho ý kiến chỉ đạo./.")
    paper.foot()
    paper.appendix("", "DANH SÁCH ĐỀ NGHỊ BIỂU DƯƠNG {{ period_name|upper }}", _REFERENCE, wide=True)
    list_proposed(paper)
    return paper


SAMPLE: Mapping[str, object] = {
    **TENSE_SAMPLE,
    **PROPOSED_SAMPLE,
    **ANSWERS_SAMPLE,
    "drafted_by": "Phòng Hành chính - Tổ chức",
    "bases": ["Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022."],
    "forms": [{"name": "Biểu dương", "n": 1}],
}
"""What it may use beside the frame, to check templates with."""
