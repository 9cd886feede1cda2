"""What a summary says, at its largest: sixty units with long names, many movements, in both languages."""

from datetime import UTC

import pytest

from bot.documents.summary_chart import chart_of, kind_chart_of, movement_chart_of
from bot.domain.nominations import Kind
from bot.domain.people import Unit, UnitId
from bot.domain.periods import read_period
from bot.domain.summary import CHOSEN, NONE, Summary, UnitLine, listed, trend_periods
from bot.operations.summary_words import LONGEST, Reader, render, render_public, render_unit
from bot.texts import Texts, visible_length
from tests.office import START

POST = "Phó Chánh Văn phòng phụ trách công tác thi đua, khen thưởng, cải cách hành chính và chuyển đổi số"
LANGUAGES = pytest.mark.parametrize("locale", ["vi", "en"])
PERIODS = pytest.mark.parametrize("name", ["2026-11", "2026-Q4", "2026-H2", "2026"])


def sixty_units(name: str = "2026-11", silent: int = 20) -> Summary:
    """An office of sixty units with much to tell; the first ones are silent."""
    period = read_period(name)
    assert period is not None
    lines = tuple(
        UnitLine(
            Unit(UnitId(n), f"U{n}", f"Trung tâm <Phát triển> & Chuyển giao công nghệ số {n} tỉnh Đồng Nai"),
            kinds=dict.fromkeys(Kind, 1000 * n) if n <= 30 else {},
            people=99_999,
            took_part=33_333,
            answer="" if n <= silent else NONE if n % 2 else CHOSEN,
            chosen=9_999,
            honoured=9_999,
            copied=9_999,
            copies=99_999,
        )
        for n in range(1, 61)
    )
    movements = tuple((f"Phong trào “{'Toàn tỉnh chung sức xây dựng ' * 8}” {n}", 100 - n) for n in range(30))
    trend = tuple((one, 1_234_567 + n) for n, one in enumerate(trend_periods(period)))
    return Summary(period, START, lines, movements, trend)


@LANGUAGES
@PERIODS
@pytest.mark.parametrize("silent", [60, 20, 0])
def test_sixty_units_with_long_names_fit_below_a_picture(locale: str, name: str, silent: int):
    """At most 1,000 characters on nine lines at most, every one there; lists say how many they leave out."""
    texts = Texts(locale, UTC)
    text = render(sixty_units(name, silent), Reader(texts, POST, asked=True))
    assert visible_length(text) <= LONGEST
    lines = text.splitlines()
    assert len(lines) == (8 if silent < 60 else 7)
    assert f"{texts.number(60 - silent)}/60" in lines[0]
    for left_out in (silent - 4, (60 - silent) // 2 - 4):
        assert left_out <= 0 or {"vi": "đơn vị khác", "en": "more"}[locale] in text


@LANGUAGES
def test_numbers_are_written_as_the_language_does(locale: str):
    """2.325.000 in Vietnamese, 2,325,000 in English."""
    text = render(sixty_units(), Reader(Texts(locale, UTC), POST, asked=True))
    assert {"vi": "2.325.000", "en": "2,325,000"}[locale] in text
    assert {"vi": "33,3%", "en": "33.3%"}[locale] in text


@LANGUAGES
def test_a_unit_and_what_is_public_fit_as_well(locale: str):
    """At most 1,000 characters."""
    texts, whole = Texts(locale, UTC), sixty_units()
    one = Summary(whole.period, START, whole.lines[29:30], whole.movements, whole.trend)
    of_unit = render_unit(one, one.lines[0], Reader(texts, POST, asked=True))
    assert visible_length(of_unit) <= LONGEST
    assert "số 30" in of_unit
    assert visible_length(render_public(whole, 1_000_000, texts)) <= LONGEST


def test_units_that_all_answered_are_not_listed():
    """Nobody is silent: nothing stands behind the number."""
    text = render(sixty_units(silent=0), Reader(Texts("vi", UTC), POST, asked=True))
    assert "60/60 đơn vị đã báo cáo." in text
    assert "chưa báo cáo" not in text


def test_a_list_shows_eight_and_says_that_there_are_more():
    """Exactly eight are shown whole; a ninth becomes "…"."""
    names = [f"Đơn vị {n}" for n in range(1, 10)]
    assert listed(names[:8], 8) == "; ".join(names[:8])
    assert listed(names, 8) == "; ".join(names[:8]) + "; …"
    assert listed([], 8) == ""


def test_the_parts_of_a_summary_add_up():
    """By kind, by unit and in all it is the same number; every unit has answered or is silent."""
    whole = sixty_units()
    assert sum(n for _, n in whole.by_kind) == sum(one.nominees for one in whole.by_unit) == whole.total
    assert whole.total == 5 * 1000 * sum(range(1, 31))
    assert len(whole.silent) + len(whole.answered) == len(whole.asked) == 60


@LANGUAGES
@PERIODS
def test_the_chart_shows_the_same_numbers(locale: str, name: str):
    """Its bars of units, of kinds and of periods come to what the summary says, though the last are one."""
    whole, texts = sixty_units(name), Texts(locale, UTC)
    chart = chart_of(whole, texts)
    assert sum(n for _, n in chart.units) == whole.total
    assert len(chart.units) == 8
    assert "23" in chart.units[-1][0]
    assert [n for _, n in chart.trend] == [n for _, n in whole.trend]
    assert sum(n for _, n in kind_chart_of(whole, texts, "NC").units) == whole.total
    assert sum(n for _, n in movement_chart_of(whole, texts).units) == sum(n for _, n in whole.movements)
    assert chart.footer.endswith(texts.moment(START))


def test_the_year_stands_below_the_first_period_of_it():
    """Thirteen months, the same one of last year and this one among them, can be told apart."""
    labels = [label for label, _ in chart_of(sixty_units(), Texts("vi", UTC)).trend]
    assert labels == ["11\n2025", "12", "1\n2026", *map(str, range(2, 12))]
    quarters = [label for label, _ in chart_of(sixty_units("2026-Q4"), Texts("vi", UTC)).trend]
    assert quarters == ["Q4\n2024", "Q1\n2025", "Q2", "Q3", "Q4", "Q1\n2026", "Q2", "Q3", "Q4"]
