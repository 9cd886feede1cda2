"""The template of bao-cao: the report about a month, quarter, half year (sơ kết) or year (tổng kết)."""

from collections.abc import Mapping

from bot.documents.document_frame import TENSE_SAMPLE
from bot.documents.document_layout import Column, Paper
from bot.documents.document_measures import Part

_ABOUT = (
    "{% if review %}{{ review }} công tác phát hiện, bồi dưỡng, biểu dương"
    "{% else %}Kết quả phát hiện, lựa chọn, biểu dương{% endif %}",
    "và nhân rộng điển hình tiên tiến {{ period_name }}",
)
_REFERENCE = "(Kèm theo Báo cáo số ……/{{ symbol }} ngày …… tháng …… năm {{ year }} của {{ drafted_by }})"


def build() -> Paper:
    """The template, from the head to the second appendix."""
    paper = Paper("Báo cáo")
    paper.head()
    paper.title("BÁO CÁO", *_ABOUT)
    paper.addressee()
    paper.body(
        "{% if plan %}Thực hiện Kế hoạch số {{ plan.number }} {{ plan.dated }} của {{ plan.of }} {{ plan.about }},"
        "{% else %}Về công tác thi đua, khen thưởng,{% endif %}"
        " {{ drafted_by }} báo cáo kết quả {{ period_name }}"
        " (số liệu tính đến {{ taken_at }}) như sau:"
    )
    _participation(paper)
    _results(paper)
    _lessons(paper)
    _outlook(paper)
    paper.body(
        "Trên đây là báo cáo {% if review %}{{ review|lower }} công tác điển hình tiên tiến{% else %}kết quả{% endif %}"
        " {{ period_name }}, kính trình {{ head_post }} xem xét, chỉ đạo./."
    )
    paper.foot()
    _appendices(paper)
    return paper


def _participation(paper: Paper) -> None:
    paper.heading("I. TÌNH HÌNH TRIỂN KHAI")
    paper.body(
        "{{ agency_short }} có {{ asked|so }} đơn vị với {{ people|so }} công chức, viên chức và người lao động."
        "{% if took_part %} Đã có {{ took_part|so }} người tham gia phát hiện, giới thiệu gương, đạt {{ coverage }}%."
        "{% else %} Trong kỳ {{ not_yet }} có người tham gia giới thiệu gương.{% endif %}",
        "{% if answered %}Có {{ answered|so }}/{{ asked|so }} đơn vị đã báo cáo kết quả lựa chọn {{ period_name }}"
        "{% if none_units %}, trong đó {{ none_units|length|so }} đơn vị báo cáo không có gương trong kỳ"
        " ({{ none_units|join('; ') }}){% endif %}."
        "{% else %}{{ not_yet_chosen|capitalize }} có đơn vị báo cáo kết quả lựa chọn {{ period_name }}"
        "{% if chosen %}; gương được tổng hợp từ kết quả lựa chọn hằng tháng, hằng quý{% endif %}.{% endif %}"
        "{% if silent_units and answered %} Còn {{ silent_units|length|so }} đơn vị chưa báo cáo:"
        " {{ silent_units|join('; ') }}.{% endif %}",
    )


def _results(paper: Paper) -> None:
    paper.heading("II. KẾT QUẢ THỰC HIỆN")
    paper.subheading("1. Phát hiện, đề cử")
    paper.body(
        "{% if total %}Có {{ total|so }} gương được đề cử với {{ reasons|so }} lượt giới thiệu"
        "{% else %}Trong kỳ {{ not_yet }} có gương được đề cử{% endif %}"
        "{% for one in compared if total or one.n %}{{ '; ' if loop.index > 1 else ', ' }}"
        "{% if one.by %}{{ one.way }} {{ one.by|so }} gương so với {{ one.name }}{% else %}bằng {{ one.name }}{% endif %}"
        " ({% if one.n %}{{ one.n|so }} gương{% else %}không có gương{% endif %}){% endfor %}."
    )
    paper.tag("if kinds")
    paper.body(
        "Theo loại gương: {% for one in kinds %}{{ one.name }} {{ one.n|so }} gương"
        "{{ '.' if loop.last else '; ' }}{% endfor %}"
    )
    paper.tag("endif")
    paper.tag("if total")
    paper.body(
        "{% if movements %}Theo phong trào thi đua, cuộc vận động: {% for one in movements %}{{ one.name }}"
        " {{ one.n|so }} gương{{ '.' if loop.last else '; ' }}{% endfor %}"
        "{% else %}{{ not_yet|capitalize }} có gương được đề cử gắn với phong trào thi đua, cuộc vận động cụ thể.{% endif %}"
    )
    paper.tag("endif")
    paper.subheading("2. Lựa chọn, biểu dương")
    paper.body(
        "{% if chosen %}Các đơn vị đã lựa chọn {{ chosen|so }} gương thực sự tiêu biểu, có sức lan tỏa, tác động"
        " tích cực (danh sách tại Phụ lục II).{% else %}Trong kỳ {{ not_yet_chosen }} có gương được các đơn vị lựa chọn.{% endif %}"
        "{% if honoured %} Trong số gương được đề cử, {{ honoured|so }} gương đã được biểu dương, tôn vinh."
        "{% elif total %} Chưa có gương được biểu dương, tôn vinh.{% endif %}"
    )
    _copying(paper)


def _copying(paper: Paper) -> None:
    paper.subheading("3. Bồi dưỡng điển hình")
    paper.body(
        "{% if fostered %}Có {{ fostering|so }} gương được phân công người bồi dưỡng, giúp đỡ"
        "{% if steps %}; đã thực hiện {{ steps_done|so }}/{{ steps|so }} việc đề ra{% endif %}:"
        "{% else %}Trong kỳ {{ not_yet }} có gương được phân công bồi dưỡng.{% endif %}"
    )
    paper.repeat(
        "one in fostered",
        "- {{ one.nominee }}{% if one.unit %} ({{ one.unit }}){% endif %}"
        "{% if one.aim %}: {{ one.aim }}{% endif %}.{% if one.outcome %} Kết quả: {{ one.outcome }}.{% endif %}",
    )
    _more(paper, "more_fostered", "gương khác được bồi dưỡng")
    paper.subheading("4. Nhân rộng")
    paper.body(
        "{% if copied %}Trong số gương được đề cử, {{ copied|so }} gương đã được học tập, nhân rộng với"
        " {{ copies|so }} lượt áp dụng:{% else %}Chưa có gương của kỳ này được đơn vị khác nhân rộng.{% endif %}"
    )
    paper.repeat(
        "one in spread",
        "- {{ one.by }}: học tập {{ one.nominee }}.{% if one.result %} Kết quả: {{ one.result }}."
        "{% elif one.plan %} Cách làm: {{ one.plan }}.{% endif %}",
    )
    _more(paper, "more_spread", "lượt áp dụng khác")
    paper.subheading("5. Giao lưu, hoạt động văn hóa, văn nghệ; sơ kết, tổng kết phong trào")
    paper.body(
        "{% if events %}Đã tổ chức {{ events|length|so }} hoạt động:{% else %}Trong kỳ {{ not_yet }} tổ chức hoạt động"
        " giao lưu, văn hóa, văn nghệ.{% endif %}"
    )
    paper.repeat(
        "one in events",
        "- {{ one.title }} ({{ one.day }}, {{ one.place }})"
        "{% if one.attended %}, {{ one.attended|so }} người dự{% endif %}."
        "{% if one.outcome %} Kết quả: {{ one.outcome }}.{% endif %}",
    )
    paper.repeat(
        "one in reviews",
        "- Đã sơ kết, tổng kết {{ one.movement }} ({{ one.day }}){% if one.note %}: {{ one.note }}{% endif %}.",
    )


def _more(paper: Paper, name: str, what: str) -> None:
    paper.tag(f"if {name}")
    paper.body(f"- Và {{{{ {name}|so }}}} {what}.")
    paper.tag("endif")


def _lessons(paper: Paper) -> None:
    paper.heading("III. BÀI HỌC KINH NGHIỆM")
    for title, name in (
        ("1. Về tổ chức triển khai các phong trào thi đua", "movement_lessons"),
        ("2. Về xây dựng và nhân rộng điển hình tiên tiến", "exemplar_lessons"),
    ):
        paper.subheading(title)
        paper.repeat(f"one in {name}", "- {{ one.text }}{% if one.of %} ({{ one.of }}){% endif %}.")
        paper.tag(f"if not {name}")
        paper.body("Trong kỳ {{ not_yet }} ghi nhận bài học kinh nghiệm.")
        paper.tag("endif")


def _outlook(paper: Paper) -> None:
    """What people judge, left to them; a review judges all of it and looks to the next period by its name."""
    paper.tag("if review")
    paper.heading("IV. ĐÁNH GIÁ CHUNG")
    paper.subheading("1. Ưu điểm")
    paper.blank()
    paper.subheading("2. Khó khăn, hạn chế và nguyên nhân")
    paper.blank()
    paper.heading("V. PHƯƠNG HƯỚNG, NHIỆM VỤ {{ next_period_name|upper }}")
    paper.blank(3)
    paper.heading("VI. ĐỀ XUẤT, KIẾN NGHỊ")
    paper.blank()
    paper.tag("else")
    paper.heading("IV. KHÓ KHĂN, HẠN CHẾ VÀ NGUYÊN NHÂN")
    paper.blank()
    paper.heading("V. NHIỆM VỤ THỜI GIAN TỚI; ĐỀ XUẤT, KIẾN NGHỊ")
    paper.blank()
    paper.tag("endif")


def _appendices(paper: Paper) -> None:
    paper.appendix("I", "TỔNG HỢP KẾT QUẢ THEO ĐƠN VỊ {{ period_name|upper }}", _REFERENCE)
    number = Part.CELL_NUMBER
    paper.table(
        (
            Column("STT", 12, "{{ loop.index }}", number),
            Column("Đơn vị", 48, "{{ row.name }}", total="Tổng cộng"),
            Column("Số người", 15, "{{ row.people|n }}", number, "{{ people|n }}"),
            Column("Người tham gia", 15, "{{ row.took_part|n }}", number, "{{ took_part|n }}"),
            Column("Được đề cử", 14, "{{ row.nominees|n }}", number, "{{ total|n }}"),
            Column("Lượt giới thiệu", 15, "{{ row.reasons|n }}", number, "{{ reasons|n }}"),
            Column("Được chọn", 14, "{{ row.chosen|n }}", number, "{{ chosen|n }}"),
            Column("Biểu dương", 14, "{{ row.honoured|n }}", number, "{{ honoured|n }}"),
            Column("Nhân rộng", 15, "{{ row.copied|n }}", number, "{{ copied|n }}"),
        ),
        "row in rows",
    )
    paper.tag("if chosen")
    paper.appendix("II", "DANH SÁCH GƯƠNG ĐƯỢC LỰA CHỌN {{ period_name|upper }}", _REFERENCE)
    paper.table(
        (
            Column("STT", 12, "{{ loop.index }}", number),
            Column("Họ và tên, chức vụ", 38, "{{ one.nominee }}{% if one.post %}, {{ one.post }}{% endif %}"),
            Column("Đơn vị", 31, "{{ one.unit }}"),
            Column("Loại gương", 24, "{{ one.kind }}"),
            Column("Lý do lựa chọn", 48, "{{ one.reason }}"),
            Column("Ghi chú", 19, "{{ one.note }}"),
        ),
        "one in chosen_list",
    )
    paper.tag("endif")


SAMPLE: Mapping[str, object] = {
    **TENSE_SAMPLE,
    "review": "Sơ kết",
    "next_period_name": "6 tháng cuối năm 2026",
    "drafted_by": "Phòng Hành chính - Tổ chức",
    "plan": {
        "number": "854/KH-VP",
        "dated": "ngày 02 tháng 4 năm 2024",
        "of": "Văn phòng Ủy ban nhân dân tỉnh Đồng Nai",
        "about": "về tuyên truyền các phong trào thi đua yêu nước",
    },
    "taken_at": "08:00 ngày 20/11/2026",
    "asked": 11,
    "people": 45,
    "took_part": 12,
    "coverage": "26,7",
    "answered": 6,
    "none_units": ["Phòng Nội chính"],
    "silent_units": ["Phòng Tổng hợp"],
    "total": 14,
    "reasons": 20,
    "compared": [{"name": "tháng 10/2026", "n": 10, "way": "tăng", "by": 4}],
    "kinds": [{"name": "Người tốt, việc tốt", "n": 14}],
    "movements": [{"name": "“Vì người nghèo - không để ai bị bỏ lại phía sau”", "n": 2}],
    "chosen": 4,
    "honoured": 3,
    "copied": 1,
    "copies": 2,
    "fostered": [
        {"nominee": "Lê Thị Mai", "unit": "Phòng Tổng hợp", "aim": "Phụ trách tổ", "outcome": "Đạt"}
    ],
    "fostering": 1,
    "more_fostered": 2,
    "steps": 3,
    "steps_done": 1,
    "spread": [{"by": "Phòng Nội chính", "nominee": "Lê Thị Mai", "plan": "Lập sổ", "result": "Nhanh hơn"}],
    "more_spread": 3,
    "events": [
        {"title": "Giao lưu", "day": "05/11/2026", "place": "Hội trường", "attended": 40, "outcome": "Tốt"}
    ],
    "reviews": [{"movement": "phong trào “Vì người nghèo”", "day": "05/11/2026", "note": "Đạt"}],
    "movement_lessons": [{"text": "Giao việc rõ người, rõ hạn.", "of": "Phòng Tổng hợp"}],
    "exemplar_lessons": [{"text": "Chọn việc nhỏ để dễ làm theo.", "of": ""}],
    "rows": [
        {
            "name": "Phòng Nội chính",
            "people": 4,
            "took_part": 2,
            "nominees": 3,
            "reasons": 5,
            "chosen": 1,
            "honoured": 1,
            "copied": 0,
        }
    ],
    "chosen_list": [
        {
            "nominee": "Lê Thị Mai",
            "post": "Chuyên viên",
            "unit": "Phòng Tổng hợp",
            "kind": "Người tốt, việc tốt",
            "reason": "Tiêu biểu",
            "note": "Đã biểu dương",
        }
    ],
}
"""What it may use beside the frame, to check templates with."""
