"""For which periods the office has a list, and until when it changes."""

from datetime import date, timedelta

import pytest

from bot.config import Config
from bot.domain.errors import Refused
from bot.domain.periods import read_period
from bot.operations.office_list import FORMS, check_time
from bot.texts import Texts


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026-Q3", date(2026, 10, 1), date(2027, 1, 25)),
        ("2026-H1", date(2026, 7, 1), date(2027, 1, 25)),
        ("2026", date(2027, 1, 1), date(2028, 1, 21)),
    ],
)
def test_a_list_is_made_when_its_period_is_over_and_until_the_next_one_closes(period, first, last):
    """For quarters, half years and years; not a day earlier."""
    config, known = Config(), read_period(period)
    assert known is not None
    for day in (first, last):
        check_time(config, known, day)
    for day in (first - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(Refused):
            check_time(config, known, day)


def test_a_month_has_none():
    """Months are the units' own."""
    known = read_period("2026-11")
    assert known is not None
    with pytest.raises(Refused):
        check_time(Config(), known, date(2026, 12, 10))


def test_the_forms_are_proposals():
    """Rows keep the Vietnamese words; no form decides a commendation."""
    texts = Texts("vi", Config().office.timezone)
    for form, message_id in FORMS.items():
        assert texts.plain(message_id) == form
        assert "quyết định" not in form.lower()
