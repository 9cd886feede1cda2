"""The template of danh-sach: the list of those proposed for commendation, on its side."""

from collections.abc import Mapping

from bot.documents.document_frame import TENSE_SAMPLE
from bot.documents.document_layout import Paper
from bot.documents.paper_parts import PROPOSED_SAMPLE, list_proposed, space_below


def build() -> Paper:
    """The template."""
    paper = Paper("Danh sách đề nghị biểu dương", wide=True)
    paper.head("")
    paper.title(
        "DANH SÁCH",
        "Đề nghị biểu dương gương người tốt, việc tốt, điển hình tiên tiến",
        "{{ period_name }}",
    )
    space_below(paper)
    list_proposed(paper)
    paper.body("Danh sách có {{ n|so }} gương{% if composed %} ({{ composed }}){% endif %}./.")
    paper.foot()
    return paper


SAMPLE: Mapping[str, object] = {**TENSE_SAMPLE, **PROPOSED_SAMPLE}
"""What it may use beside the frame, to check templates with."""
