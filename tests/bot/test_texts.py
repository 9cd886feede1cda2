"""The office's voice: the right language, everything escaped, dates and numbers as they are written there."""

import re
from datetime import UTC, date, datetime
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import Html, Texts, catalog, join_html, known_locale

OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
VI, EN = Texts("vi", OFFICE), Texts("en", OFFICE)


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        *(("vi", "vi"), ("vi-VN", "vi"), ("VI_vn", "vi"), ("en", "en"), ("en-GB", "en")),
        *(("fr", "vi"), ("", "vi"), (None, "vi"), ("english", "vi"), ("-", "vi")),
    ],
)
def test_a_language_tag_finds_the_nearest_locale(tag, locale):
    """What Telegram says of a phone; anything else is the office's first language."""
    assert known_locale(tag) == locale


@given(st.text())
def test_whatever_people_write_is_shown_and_never_markup(text):
    """A value cannot open a tag; it reads as it was written."""
    said, plain = VI.say("nominate.nobody_found", typed=text), VI.say("nominate.nobody_found", typed="x")
    assert re.findall("<[^>]*>", said) == re.findall("<[^>]*>", plain)
    assert text in unescape(said)


def test_what_is_html_already_stays():
    """A text put into another is not escaped twice."""
    inner = VI.say("nominate.nobody_found", typed="<b>")
    assert "&lt;b&gt;" in inner
    assert inner in VI.say("nominate.nobody_found", typed=inner)


def test_braces_in_a_value_are_only_braces():
    """What people write is never a field."""
    assert "{you} {0} {typed}" in VI.say("nominate.nobody_found", typed="{you} {0} {typed}")


def test_a_missing_field_is_a_mistake_of_ours():
    """It is not shown as braces."""
    with pytest.raises(KeyError):
        VI.say("nominate.nobody_found")


def test_the_form_of_address_is_the_offices():
    """“đồng chí” unless the office says otherwise, and with a capital where a sentence begins."""
    addressed = [Texts("vi", OFFICE), Texts("vi", OFFICE, "anh/chị")]
    said = [texts.say("stranger", agency="Văn phòng") for texts in addressed]
    assert "đồng chí" in said[0].lower()
    assert "đồng chí" not in said[1].lower()
    assert "anh/chị" in said[1].lower()


@pytest.mark.parametrize(
    ("texts", "n", "said"),
    [(VI, 1, "1"), (VI, 1234, "1.234"), (EN, 1, "1"), (EN, 1234, "1,234")],
    ids=["vi one", "vi many", "en one", "en many"],
)
def test_numbers_are_written_as_the_language_does(texts, n, said):
    """A point between thousands in Vietnamese, a comma in English."""
    assert texts.number(n) == said
    assert said in texts.count("config.heading", n)


def test_plural_forms():
    """English has two, Vietnamese one."""
    assert EN.count("config.heading", 1).replace("1", "2") != EN.count("config.heading", 2)
    assert VI.count("config.heading", 1).replace("1", "2") == VI.count("config.heading", 2)


def test_days_and_moments_are_the_offices():
    """The evening before in Greenwich is that morning here."""
    assert VI.day(date(2026, 11, 5)) == "05/11/2026"
    assert VI.moment(datetime(2026, 11, 4, 17, 5, tzinfo=UTC)) == "00:05 05/11/2026"


@pytest.mark.parametrize(
    ("period", "vi"),
    [("2026-11", "tháng 11/2026"), ("2026-Q4", "quý 4/2026"), ("2026", "năm 2026"), ("bao giờ", "bao giờ")],
)
def test_periods_are_read_aloud(period, vi):
    """What is none is shown as it is."""
    assert VI.period(period) == vi


def test_lines_are_joined_without_escaping():
    """They are HTML already."""
    assert join_html([Html("<b>1</b>"), Html("2")]) == "<b>1</b>\n2"


def test_a_catalog_is_compiled_once():
    """Every person's voice shares it."""
    assert catalog("vi") is catalog("vi")
