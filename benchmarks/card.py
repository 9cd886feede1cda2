"""A picture card, from its words to the PNG, beside the same sheet drawn without a word.

python -m benchmarks.card [--quick]
"""

import re
import time
from collections.abc import Callable

from benchmarks.measuring import Place, median, run_alone
from bot.documents.picture import rendered
from bot.documents.picture_card import Card, draw_card, picture

_SENTENCE = (
    "Soạn bộ hỏi đáp về thủ tục đất đai; số lượt phải bổ sung giảm từ 31 xuống còn 9 trong một tháng. "
)


def benchmark(place: Place) -> None:
    """Print both, for a sentence and for 1,500 letters, each in turns."""
    turns = place.size(20, 2)
    for letters in (140, 1500):
        card = Card(
            name="Nguyễn Thị Hồng Lan",
            post="Chuyên viên",
            unit="Phòng Hành chính - Tổ chức",
            kind="Người tốt, việc tốt",
            period="Tháng 01/2024",
            text=(_SENTENCE * 16)[:letters].strip(),
            office="Văn phòng Ủy ban nhân dân tỉnh Đồng Nai",
        )
        bare = re.sub("<text.*?</text>", "", picture(card))
        drawn_s, bare_s = [], []
        for _ in range(turns):
            drawn_s.append(_seconds(lambda card=card: draw_card(card)))  # type: ignore[misc]
            bare_s.append(_seconds(lambda bare=bare: rendered(bare)))  # type: ignore[misc]
        print(
            f"{letters} letters: {1e3 * median(drawn_s):.0f} ms, {len(draw_card(card)) / 1e3:.0f} KB;"
            f" without a word {1e3 * median(bare_s):.0f} ms"
        )
        print(f"  ratio {median(drawn_s) / median(bare_s):.1f}")


def _seconds(work: Callable[[], bytes]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    run_alone(benchmark)
