"""The template of giao-ban: the pack of a weekly or monthly meeting, and of the meetings that review."""

from collections.abc import Mapping

from bot.documents.document_frame import TENSE_SAMPLE
from bot.documents.document_layout import Column, Paper
from bot.documents.document_measures import Part

_TITLE = "{% if review %}TÀI LIỆU HỘI NGHỊ {{ review|upper }}{% else %}TÀI LIỆU GIAO BAN{% endif %}"
_ABOUT = "Công tác phát hiện, biểu dương và nhân rộng điển hình tiên tiến"
_MORE = "{% if MORE %} và {{ MORE|so }} đơn vị khác{% endif %}"


def build() -> Paper:
    """The template."""
    paper = Paper("Tài liệu giao ban")
    paper.head(number="")
    paper.title(_TITLE, _ABOUT, "{{ about }}")
    paper.add("(Số liệu tính đến {{ taken_at }})", Part.APPENDIX_OF)
    _week(paper)
    _figures(paper)
    _answers(paper)
    _exemplars(paper)
    _review(paper)
    _ahead(paper)
    _decide(paper)
    _cards(paper)
    return paper


def _week(paper: Paper) -> None:
    paper.tag("if week")
    paper.heading("I. TRONG TUẦN")
    paper.repeat("line in week", "- {{ line }}.")
    paper.tag("endif")


def _figures(paper: Paper) -> None:
    paper.heading(
        "{{ numeral.figures }}. {% if week %}TỪ ĐẦU {% else %}KẾT QUẢ {% endif %}{{ period_name|upper }}"
    )
    paper.body(
        "- Đề cử: {% if total %}{{ total|so }} gương, {{ reasons|so }} lượt giới thiệu"
        "{% else %}{{ not_yet }} có gương được đề cử{% endif %}"
        "{% for one in compared if one.n %}; {% if one.by %}{{ one.way }} {{ one.by|so }} gương so với"
        " {{ one.name }}{% else %}bằng {{ one.name }}{% endif %}{% endfor %}.",
        "- Tham gia: {% if took_part %}{{ took_part|so }}/{{ people|so }} người, đạt {{ coverage }}%"
        "{% else %}{{ not_yet }} có người giới thiệu gương{% endif %}.",
    )
    paper.tag("if total")
    paper.body(
        "- Theo loại: {% for one in kinds %}{{ one.name|lower }} {{ one.n|so }}{{ '.' if loop.last else '; ' }}"
        "{% endfor %}",
        "- Theo đơn vị: {% for one in top_units %}{{ one.name }} {{ one.n|so }}{{ '' if loop.last else '; ' }}"
        f"{{% endfor %}}{_MORE.replace('MORE', 'more_units')}.",
    )
    paper.tag("endif")
    paper.tag("if top_movements")
    paper.body(
        "- Theo phong trào: {% for one in top_movements %}{{ one.name }} {{ one.n|so }}"
        "{{ '' if loop.last else '; ' }}{% endfor %}"
        "{% if more_movements %} và {{ more_movements|so }} phong trào khác{% endif %}."
    )
    paper.tag("endif")
    paper.body(
        "- {% if chosen %}Các đơn vị lựa chọn {{ chosen|so }} gương"
        "{% else %}{{ not_yet_chosen|capitalize }} có gương được đơn vị lựa chọn{% endif %};"
        " {% if honoured %}{{ honoured|so }} gương đã được biểu dương{% else %}chưa có gương được biểu dương{% endif %};"
        " {% if copied %}{{ copied|so }} gương được nhân rộng ở {{ copies|so }} nơi"
        "{% else %}chưa có gương được nhân rộng{% endif %}."
    )


def _answers(paper: Paper) -> None:
    paper.heading("{{ numeral.answers }}. ĐƠN VỊ TRẢ LỜI KẾT QUẢ LỰA CHỌN")
    paper.repeat(
        "one in asked_periods",
        "- {{ one.name }} (hạn {{ one.due }}): {{ one.answered|so }}/{{ one.asked|so }} đơn vị đã trả lời"
        "{% if one.none %}, trong đó {{ one.none|so }} đơn vị không có gương{% endif %}."
        "{% if one.silent %} Chưa trả lời: {{ one.silent|join('; ') }}"
        f"{_MORE.replace('MORE', 'one.more')}.{{% endif %}}",
    )

    paper.tag("if chart")
    paper.add("{{ chart }}", Part.CELL_NUMBER)
    paper.tag("endif")


def _exemplars(paper: Paper) -> None:
    paper.tag("if exemplars or unnamed")
    paper.heading(
        "{{ numeral.exemplars }}. GƯƠNG {% if week %}BIỂU DƯƠNG TRONG TUẦN{% else %}ĐƯỢC LỰA CHỌN{% endif %}"
    )
    paper.tag("for one in exemplars if review")
    paper.subheading("{{ loop.index }}. {{ one.name }}")
    paper.body("{{ one.who }} ({{ one.kind|lower }}, {{ one.period }}). {{ one.text }}")
    paper.tag("endfor")
    paper.repeat(
        "one in exemplars if not review",
        "- {{ one.name }}{% if one.who %}, {{ one.who }}{% endif %}: {{ one.text }}",
    )
    paper.tag("if more_exemplars or unnamed")
    paper.body(
        "{% if more_exemplars %}… và {{ more_exemplars|so }} gương khác. {% endif %}"
        "{% if unnamed %}Không nêu tên {{ unnamed|so }} gương chưa có hoặc không có đồng ý công bố.{% endif %}"
    )
    paper.tag("endif")
    paper.tag("endif")


def _review(paper: Paper) -> None:
    """What only the meetings that review look at: copying, lessons."""
    paper.tag("if review")
    paper.heading("{{ numeral.spread }}. NHÂN RỘNG")
    paper.repeat(
        "one in spread",
        "- {{ one.by }} làm theo {{ one.nominee }}{% if one.plan %}: {{ one.plan }}{% endif %}."
        "{% if one.result %} Kết quả: {{ one.result }}.{% endif %}",
    )
    paper.tag("if more_spread")
    paper.body("… và {{ more_spread|so }} nơi khác.")
    paper.tag("endif")
    paper.tag("if not spread")
    paper.body("Chưa có nơi nào làm theo gương của kỳ này.")
    paper.tag("endif")
    paper.heading("{{ numeral.lessons }}. BÀI HỌC KINH NGHIỆM")
    for number, (key, of) in enumerate(
        (("movement_lessons", "tổ chức phong trào"), ("exemplar_lessons", "xây dựng, nhân rộng điển hình")), 1
    ):
        paper.subheading(f"{number}. Về {of}")
        paper.repeat(f"one in {key}", "- {{ one.text }}{% if one.of %} ({{ one.of }}){% endif %}.")
        paper.tag(f"if not {key}")
        paper.body("{{ not_yet|capitalize }} có bài học nào được ghi.")
        paper.tag("endif")
    paper.tag("endif")


def _ahead(paper: Paper) -> None:
    paper.heading("{{ numeral.ahead }}. HAI TUẦN TỚI (TỪ {{ ahead_from }} ĐẾN {{ ahead_until }})")
    paper.tag("if ahead")
    paper.table((Column("Ngày", 42, "{{ one.day }}"), Column("Việc", 123, "{{ one.what }}")), "one in ahead")
    paper.body("{% if more_ahead %}… và {{ more_ahead|so }} việc khác.{% endif %}")
    paper.tag("else")
    paper.body("Chưa có việc nào được ấn định.")
    paper.tag("endif")


def _decide(paper: Paper) -> None:
    paper.heading("{{ numeral.decide }}. VIỆC CẦN CHO Ý KIẾN, QUYẾT ĐỊNH")
    paper.repeat("line in decide", "- {{ line }}.")
    paper.blank(2)


def _cards(paper: Paper) -> None:
    """The picture cards of those named above, in a review."""
    paper.tag("if cards")
    paper.appendix(
        "",
        "THẺ GƯƠNG ĐƯỢC LỰA CHỌN {{ period_name|upper }}",
        "(Kèm theo tài liệu hội nghị {{ review|lower }} {{ period_name }})",
    )
    paper.repeat("row in cards", "{{ row.left }} {{ row.right }}", Part.CELL_NUMBER)
    paper.tag("if more_cards")
    paper.body("… và {{ more_cards|so }} thẻ khác.")
    paper.tag("endif")
    paper.tag("endif")


SAMPLE: Mapping[str, object] = {
    **TENSE_SAMPLE,
    "review": "Sơ kết",
    "about": "6 tháng đầu năm 2026",
    "taken_at": "08 giờ 00 ngày 20/11/2026",
    "week": ["05 lượt giới thiệu gương"],
    "numeral": {
        "figures": "II",
        "answers": "III",
        "exemplars": "IV",
        "spread": "V",
        "lessons": "VI",
        "ahead": "VII",
        "decide": "VIII",
    },
    "total": 14,
    "reasons": 20,
    "compared": [{"name": "tháng 10/2026", "n": 10, "way": "tăng", "by": 4}],
    "took_part": 12,
    "people": 45,
    "coverage": "26,7",
    "kinds": [{"name": "Người tốt, việc tốt", "n": 14}],
    "top_units": [{"name": "Phòng Nội chính", "n": 4}],
    "more_units": 2,
    "top_movements": [{"name": "“Vì người nghèo”", "n": 2}],
    "more_movements": 1,
    "chosen": 4,
    "honoured": 3,
    "copied": 1,
    "copies": 2,
    "chart": "",
    "asked_periods": [
        {
            "name": "Tháng 11/2026",
            "due": "25/11/2026",
            "answered": 6,
            "asked": 11,
            "none": 1,
            "silent": ["Phòng Tổng hợp"],
            "more": 3,
        }
    ],
    "exemplars": [
        {
            "name": "Lê Thị Mai",
            "who": "Chuyên viên, Phòng Tổng hợp",
            "kind": "Người tốt, việc tốt",
            "period": "tháng 11/2026",
            "text": "Hướng dẫn người dân nộp hồ sơ trực tuyến.",
        }
    ],
    "more_exemplars": 2,
    "cards": [{"left": "", "right": ""}],
    "more_cards": 1,
    "unnamed": 1,
    "spread": [{"by": "Phòng Nội chính", "nominee": "Lê Thị Mai", "plan": "Lập sổ", "result": "Nhanh hơn"}],
    "more_spread": 3,
    "movement_lessons": [{"text": "Giao việc rõ người, rõ hạn", "of": "Phòng Tổng hợp"}],
    "exemplar_lessons": [{"text": "Chọn việc nhỏ để dễ làm theo", "of": ""}],
    "ahead_from": "27/11/2026",
    "ahead_until": "10/12/2026",
    "ahead": [{"day": "thứ Sáu 27/11", "what": "Hạn các đơn vị trả lời kỳ tháng 11/2026"}],
    "more_ahead": 1,
    "decide": ["03 gương đã đồng ý công bố, chờ biểu dương"],
}
"""What it may use beside the frame, to check templates with."""
