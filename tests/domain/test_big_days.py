"""Big days: when they fall, and what may be said of them."""

from datetime import date

import pytest

from bot.big_day_files import read_big_days
from bot.config import Config
from bot.domain.big_days import Anniversary, BigDay, Tone, classify
from bot.domain.lunar import FIRST_YEAR, LAST_YEAR, lunar_of
from bot.texts import LOCALES, Texts

SHIPPED = read_big_days(None)


def filled(day: BigDay, year: int, locale: str) -> str:
    """What is read on a day."""
    values = day.fields(year)
    name = values["name"]
    assert isinstance(name, dict)
    return Texts(locale, Config().office.timezone).plain(day.text_id, **{**values, "name": name[locale]})


def test_the_eve_is_the_day_before():
    """Giao thừa is the day before the first, whatever its number."""
    eve = next(day for day in SHIPPED if day.id == "tet_eve")
    assert eve.on_in(2030) == date(2030, 2, 1)
    assert eve.on_in(2027) == date(2027, 2, 5)
    assert lunar_of(date(2027, 2, 5))[2] == 29


def test_the_plans_own_day_says_76_years():
    """11/6/2024, as the plan has it; the years are counted, never written."""
    call = next(day for day in SHIPPED if day.id == "call")
    assert call.on_in(2024) == date(2024, 6, 11)
    assert call.years(2024) == 76
    assert (
        "kỷ niệm 76 năm Ngày Chủ tịch Hồ Chí Minh ra Lời kêu gọi thi đua ái quốc (11/6/1948 - 11/6/2024)"
        in (filled(call, 2024, "vi"))
    )
    assert call.years(1948) is None


@pytest.mark.parametrize(
    ("years", "kind"),
    [(80, Anniversary.ROUND), (75, Anniversary.FIVE), (76, Anniversary.OTHER), (100, Anniversary.ROUND)],
)
def test_anniversaries_are_classified(years, kind):
    """Năm tròn, năm lẻ 5, năm khác (NĐ 145/2013, Điều 3)."""
    assert classify(years) is kind


@pytest.mark.parametrize("day", SHIPPED, ids=lambda day: day.id)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_day_that_comes_along_can_be_said(day, locale):
    """In both languages, every year; a solemn one without emoji; none announces a ceremony."""
    for year in range(2024, 2036):
        said = filled(day, year, locale)
        assert "{" not in said
        assert "lễ kỷ niệm" not in said
        if day.base_year and day.text_id != "big_day.festive_plain":
            assert f"{year - day.base_year} " in said
        if day.tone is Tone.SOLEMN:
            assert all(ord(sign) < 0x2190 for sign in said), said


@pytest.mark.parametrize("day", SHIPPED, ids=lambda day: day.id)
def test_every_day_falls_once_a_year(day):
    """And the lunar ones end with the calendar instead of failing."""
    assert all(day.on_in(year) for year in range(FIRST_YEAR, LAST_YEAR + 1))
    assert (day.on_in(2101) is None) == day.lunar
