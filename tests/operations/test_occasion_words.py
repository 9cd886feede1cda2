"""What occasions and notices are called."""

from datetime import UTC, datetime

import pytest

from bot.domain.timetable import OccasionKind
from bot.operations.compose_notice import _KINDS
from bot.operations.occasion_words import notice_title, occasion_title, title_of
from bot.texts import Texts
from tests.conftest import office_config

TIMETABLE = office_config().timetable


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_every_occasion_of_two_years_has_a_title(locale):
    """With its period or its day by name, and never a key or an empty place."""
    texts = Texts(locale, UTC)
    first, last = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    occasions = TIMETABLE.between(first, last)
    assert {one.kind for one in occasions} == set(OccasionKind)
    for one in occasions:
        title = occasion_title(texts, one, TIMETABLE)
        assert title == title.strip(" :,")
        assert "  " not in title
        assert not one.day_id or not title.endswith(f": {one.day_id}")
        assert "2026-" not in title
        assert title == title_of(texts, one.kind.value, one.key, TIMETABLE)


@pytest.mark.parametrize(
    ("kind", "occurrence", "title"),
    [
        ("reminder", "2026-11:1:5", "Nhắc chọn gương kỳ tháng 11/2026"),
        ("reminder", "2026-11:1:5:again:2026-11-20T02:00:00+00:00", "Nhắc chọn gương kỳ tháng 11/2026"),
        ("overdue", "2026-Q4:5", "Nhắc quá hạn kỳ quý 4/2026"),
        ("overdue", "2026-11:asked:2026-11-27:5", "Nhắc quá hạn kỳ tháng 11/2026"),
        ("unreachable", "reminder:2026-H1:1", "Báo đơn vị không nhận được lời nhắc kỳ 6 tháng đầu năm 2026"),
        ("post", "post:7", "Tin gửi chung"),
        ("post_review", "post:7:1", "Trình duyệt tin: Tin gửi chung"),
        ("made up", "x", "made up"),
    ],
)
def test_notices_are_named_by_kind_and_occurrence(kind, occurrence, title):
    """As lists of what failed and what is in doubt show them."""
    assert notice_title(Texts("vi", UTC), kind, occurrence) == title


@pytest.mark.parametrize("kind", sorted(_KINDS))
def test_every_kind_of_notice_has_a_title(kind):
    """A kind that is added needs its words here too."""
    assert notice_title(Texts("vi", UTC), kind, "2026-11") != kind


def test_a_day_that_left_the_data_file_keeps_its_id():
    """What was missed is shown even if the office has struck the day since."""
    title = title_of(Texts("vi", UTC), "greeting", "2026-06-11:struck", TIMETABLE)
    assert title == "Tin ngày lễ: struck"
    assert title_of(Texts("vi", UTC), "made up", "2026", TIMETABLE) == "made up"
