"""Big days and lunar days: when they fall, and what may be said of them."""

from datetime import date

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.big_day_files import read_big_days
from bot.config import Config
from bot.domain.big_days import Anniversary, BigDay, Tone, classify
from bot.domain.lunar import FIRST_YEAR, LAST_YEAR, lunar_of, months_of, solar_of
from bot.texts import LOCALES, Texts

SHIPPED = read_big_days(None)


def named(year: int, name: str) -> list[date]:
    """The days of a name in the package `holidays`."""
    known = holidays.country_holidays("VN", language="vi", years=year)
    return [day for day, names in known.items() if name in names.split("; ")]


def filled(day: BigDay, year: int, locale: str) -> str:
    """What is read on a day."""
    values = day.fields(year)
    name = values["name"]
    assert isinstance(name, dict)
    return Texts(locale, Config().office.timezone).plain(day.text_id, **{**values, "name": name[locale]})


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_tet_and_gio_to_are_those_of_the_published_tables(year):
    """Every Tết 1976–2099 and every Giỗ Tổ since it is a day off (2007)."""
    assert [solar_of(year, 1, 1)] == named(year, "Tết Nguyên Đán")
    if year >= 2007:
        assert [solar_of(year, 3, 10)] == named(year, "Ngày Giỗ Tổ Hùng Vương")


def test_vietnams_calendar_is_not_chinas():
    """Tết of 1985 came a month earlier than in China; 2031 has a leap third month."""
    assert solar_of(1985, 1, 1) == date(1985, 1, 21)
    assert solar_of(2030, 1, 1) == date(2030, 2, 2)
    assert solar_of(2031, 3, 10) == date(2031, 4, 1)
    assert solar_of(2031, 3, 10, leap=True) == date(2031, 5, 1)


@given(st.dates(date(1976, 2, 1), date(2099, 12, 31)))
def test_every_day_has_one_lunar_day(day):
    """There and back again."""
    year, month, number, leap = lunar_of(day)
    assert solar_of(year, month, number, leap=leap) == day


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_a_lunar_year_is_whole(year):
    """Twelve months or thirteen of 29 or 30 days, without a gap to the next year."""
    months = months_of(year)
    assert [month.number for month in months if not month.leap] == list(range(1, 13))
    assert sum(month.leap for month in months) <= 1
    assert {month.days for month in months} <= {29, 30}
    assert months[0].first_on.toordinal() + sum(month.days for month in months) == (
        solar_of(year + 1, 1, 1).toordinal()
        if year < LAST_YEAR
        else months_of(year + 1)[0].first_on.toordinal()
    )


@pytest.mark.parametrize(
    ("day", "month", "year"), [(30, 12, 2026), (31, 1, 2026), (0, 1, 2026), (1, 13, 2026)]
)
def test_a_lunar_day_that_does_not_exist_is_refused(day, month, year):
    """Many years have no "30 Tết"."""
    with pytest.raises(ValueError, match="no lunar day"):
        solar_of(year, month, day)


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
