"""What the secretariat is asked to look to in the records: gaps that a draft would show."""

from datetime import date

import pytest

from bot.config import Config
from bot.domain.records import Agency, Plan, Records, Signer
from bot.operations.record_words import record_hints
from bot.texts import Texts

OFFICE = Agency(name="Văn phòng")
PLAN = Plan(date(2026, 1, 1), number="12/KH-VP", dated_on=date(2026, 2, 27))
HEAD = Signer(post="Chánh Văn phòng", name="Trịnh Quang Vinh")


@pytest.mark.parametrize(
    ("records", "day", "asked"),
    [
        (Records(OFFICE, (), (PLAN,), (HEAD,)), date(2026, 11, 18), []),
        (Records(OFFICE, (), (PLAN,), (HEAD,)), date(2027, 1, 1), ["12/KH-VP của năm 2026"]),
        (Records(OFFICE, (), (PLAN,), (HEAD,)), date(2025, 12, 31), ["Ngày 31/12/2025 chưa có kế hoạch"]),
        (Records(OFFICE, (), (PLAN,), (Signer(post="Giám đốc"),)), date(2026, 11, 18), ["họ tên Giám đốc"]),
        (Records(OFFICE), date(2026, 11, 18), ["chưa có kế hoạch", "họ tên Chánh Văn phòng"]),
    ],
)
def test_each_gap_has_a_line(records, day, asked):
    """No plan, a plan of a year that is over, a vacant post; nothing where all is there."""
    hints = record_hints(records, day, Texts("vi", Config().office.timezone))
    assert len(hints) == len(asked)
    assert all(words in hint for words, hint in zip(asked, hints, strict=True))
