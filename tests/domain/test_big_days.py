"""Big days: when they fall, and what may be said of them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.big_day_files import read_big_days
from bot.config import Config
from bot.domain.big_days import Anniversary, BigDay, Tone, classify
from bot.domain.lunar import FIRST_YEAR, LAST_YEAR, lunar_of
from bot.domain.timetable import OccasionKind
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


def test_the_words_of_the_plan_are_said_as_they_stand():
    """Texts 6 to 8 of the office; the day as it is written in documents: 02/9."""
    said = {day.id: filled(day, 2026, "vi") for day in SHIPPED}
    assert said["call"] == (
        "Chào mừng kỷ niệm 78 năm Ngày Chủ tịch Hồ Chí Minh ra Lời kêu gọi thi đua ái quốc (11/6/1948 - "
        "11/6/2026). “Thi đua là yêu nước, yêu nước thì phải thi đua.” Mời đồng chí giới thiệu một gương tốt."
    )
    assert said["martyrs"] == (
        "Kỷ niệm 79 năm Ngày Thương binh - Liệt sĩ (27/7/1947 - 27/7/2026), chúng ta thành kính tưởng nhớ "
        "các Anh hùng liệt sĩ; tri ân thương binh, bệnh binh, người có công với cách mạng."
    )
    assert said["national"] == (
        "Nhiệt liệt chào mừng kỷ niệm 81 năm Quốc khánh nước Cộng hòa xã hội chủ nghĩa Việt Nam (02/9/1945 - "
        "02/9/2026). Kính chúc đồng chí và gia đình sức khỏe, hạnh phúc."
    )


def test_what_is_sent_is_what_a_source_was_read_for():
    """The days of the plan and 27/7; the others wait in the file for the office to switch on."""
    sent = {day.id for day in SHIPPED if day.send}
    assert sent == {
        "tet", "party", "ancestors", "reunification", "dien_bien_phu", "uncle_ho", "call", "martyrs",
        "august", "office", "national", "culture",
    }  # fmt: skip
    assert len(SHIPPED) == 30


@pytest.mark.parametrize("day", SHIPPED, ids=lambda day: day.id)
def test_every_day_falls_once_a_year(day):
    """From its first anniversary on; the lunar ones end with the calendar instead of failing."""
    first = max(FIRST_YEAR, (day.base_year or 0) + 1)
    for year in range(first, LAST_YEAR + 1):
        on = day.on_in(year)
        assert on is not None
        assert day.year_of(on) == year
    assert (day.on_in(2101) is None) == day.lunar


def test_there_is_no_anniversary_before_the_first():
    """A day that begins next year is not marked with words that have no number."""
    day = BigDay("founding", "Ngày thành lập", "founding", 5, 9, base_year=2027)
    assert day.on_in(2026) is day.on_in(2027) is None
    assert day.years(2027) is None
    assert (day.on_in(2028), day.years(2028)) == (date(2028, 9, 5), 1)


def test_a_day_late_in_the_lunar_year_is_of_that_year_and_is_not_missed():
    """23 tháng Chạp of 2030 is in January of 2031: it goes then, and says 2030."""
    kitchen_gods = BigDay("kitchen_gods", "ngày ông Công, ông Táo", "Kitchen Gods' Day", 23, 12, lunar=True)
    assert kitchen_gods.on_in(2030) == date(2031, 1, 16)
    assert kitchen_gods.year_of(date(2031, 1, 16)) == 2030
    timetable = replace(Config().timetable, big_days=(kitchen_gods,))
    sent = timetable.between(datetime(2030, 12, 1, tzinfo=UTC), datetime(2031, 12, 1, tzinfo=UTC))
    assert [one.on for one in sent if one.kind is OccasionKind.GREETING] == [date(2031, 1, 16)]


def test_the_eve_of_a_solar_year_ushers_in_the_next():
    """31 December says the year to come."""
    eve = BigDay("eve", "Giao thừa", "eve", 1, 1, eve=True)
    assert eve.on_in(2031) == date(2030, 12, 31)
    assert eve.year_of(date(2030, 12, 31)) == 2031
