"""Writing: what people type is kept as they wrote it, and cannot disturb anybody."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.writing import (
    Problem,
    abridge,
    clean,
    length,
    plain_html,
    problems_of_name,
    problems_of_short,
    problems_of_story,
)

STORY = "Đã ba tháng hướng dẫn người dân nộp hồ sơ trực tuyến, kể cả ngoài giờ; thuở ấy quạ quà quả quã quá."
VIETNAMESE = st.text(
    st.sampled_from(
        "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịkmnoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựvxyỳỷỹýỵ ,.ĐƯ"
    ),
    max_size=60,
)
FAMILY = "👩‍👩‍👧"
NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\u202e\u2066\u200b\u200d\ufe0f\u0301\u0323\u0302\r\n\t \u3164ae👩❤🏽"),
    ),
    max_size=80,
)
FORBIDDEN = frozenset(
    "\u200b\u200c\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)


@given(VIETNAMESE)
def test_vietnamese_stays(text):
    """Vietnamese words are kept to the letter, whether typed composed or decomposed."""
    wanted = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    assert clean(text) == wanted
    assert clean(unicodedata.normalize("NFD", text)) == wanted


@given(NASTY)
def test_cleaning(text):
    """Cleaning twice is cleaning once, never lengthens, and leaves no control, direction or stacked marks."""
    for multiline in (True, False):
        done = clean(text, multiline=multiline)
        assert clean(done, multiline=multiline) == done
        assert len(done) <= len(unicodedata.normalize("NFC", text))
        assert unicodedata.is_normalized("NFC", done)
        assert not FORBIDDEN & set(done)
        left = {unicodedata.category(char) for char in done if char not in "\n\u200d"}
        assert not left & {"Cc", "Cf", "Cs", "Co", "Cn"}
        marks = "".join("m" if unicodedata.category(char).startswith("M") else "." for char in done)
        assert "mmm" not in marks.replace("\n", ".")
        assert multiline or "\n" not in done


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Lan \u202eevil\u202c  ", "Lan evil"),
        ("L\u200ba\u200cn\ufeff", "Lan"),
        ("a\u0301\u0302\u0303\u0304\u0305\u0306\u0307b", "á\u0302\u0303b"),
        ("\u0301\u0302Lan", "Lan"),
        ("một\tdòng\u00a0khác", "một dòng khác"),
        ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
        ("trên\n\n\n\n \n\ndưới", "trên\n\n\ndưới"),
        (f"gia đình {FAMILY}!", f"gia đình {FAMILY}!"),
        ("tim ❤️ và 1️⃣", "tim ❤️ và 1️⃣"),
        ("a\u200db", "ab"),
        ("\x00\x07\x1b[31mđỏ", "[31mđỏ"),
        ("lẻ \ud800 loi", "lẻ  loi"),
        ("\ue000\U000e0041\U0010ffff", ""),
        ("\u3164\u2800", ""),
    ],
)
def test_what_is_taken_away(typed, kept):
    """Each kind of trouble is removed, and only it."""
    assert clean(typed) == kept


def test_one_line():
    """A name comes on one line, its words apart by one space."""
    assert clean(" Tổ \n\n  xe\t số 1 ", multiline=False) == "Tổ xe số 1"


def test_counting():
    """A person counts letters, not code points."""
    assert length(unicodedata.normalize("NFD", "thuở ấy")) == 7
    assert length(FAMILY) == 1
    assert length("👍🏽") == 1
    assert length("🇻🇳🇱🇦") == 2
    assert length("") == 0


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (STORY, []),
        ("", [Problem("story.empty", {"minimum": 50, "maximum": 200})]),
        ("\u200b \n", [Problem("story.empty", {"minimum": 50, "maximum": 200})]),
        ("Chị làm tốt lắm", [Problem("story.too_short", {"count": 15, "minimum": 50, "missing": 35})]),
        (STORY + STORY + STORY, [Problem("story.too_long", {"count": 297, "maximum": 200, "over": 97})]),
        ("😀" * 60, [Problem("story.no_letters")]),
        (
            "12345!",
            [
                Problem("story.too_short", {"count": 6, "minimum": 50, "missing": 44}),
                Problem("story.no_letters"),
            ],
        ),
        ("a" * 60, [Problem("story.repeated")]),
        ("tốt " * 20, [Problem("story.repeated")]),
        (
            "ha" * 150,
            [
                Problem("story.too_long", {"count": 300, "maximum": 200, "over": 100}),
                Problem("story.repeated"),
            ],
        ),
    ],
)
def test_a_story_is_told_all_its_problems(text, problems):
    """Everything wrong is said at once, with the counts."""
    assert problems_of_story(text, 50, 200) == problems


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Tổ xe", []),
        ("", ["name.empty"]),
        ("X", ["name.too_short"]),
        ("Một cửa " * 20, ["name.too_long"]),
        ("Tổ xe\nsố 1", ["name.many_lines"]),
        ("🌟\n🌟", ["name.many_lines", "name.no_letters"]),
        ("7", ["name.too_short", "name.no_letters"]),
    ],
)
def test_a_name_is_told_all_its_problems(text, ids):
    """A group or a way of working has a name of 2 to 120 characters on one line, with letters."""
    assert [problem.id for problem in problems_of_name(text)] == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("95%", []),
        ("Giảm\n2 ngày", []),
        (" ", ["short.empty"]),
        ("!!!", ["short.no_words"]),
        ("?" * 301, ["short.too_long", "short.no_words"]),
    ],
)
def test_a_short_field_is_told_its_problems(text, ids):
    """An optional field may be figures alone, but not signs alone, and has its limit."""
    assert [problem.id for problem in problems_of_short(text, 300)] == ids


def test_abridging():
    """A long text ends after a word, a very long word anywhere."""
    assert abridge("Đã ba tháng hướng dẫn", 21) == "Đã ba tháng hướng dẫn"
    assert abridge("Đã ba tháng,\nhướng dẫn người dân", 14) == "Đã ba tháng…"
    assert abridge("x" * 30, 10) == "x" * 9 + "…"
    assert abridge(FAMILY + FAMILY, 3) == "…"


@given(NASTY, st.integers(min_value=1, max_value=50))
def test_abridged_texts_fit(text, limit):
    """Whatever the text, it fits, and a short one is only put on one line."""
    assert len(abridge(text, limit)) <= limit
    assert abridge(" ".join(text.split())[:limit], limit) == " ".join(" ".join(text.split())[:limit].split())


def test_html():
    """What a person typed is never markup."""
    assert plain_html('<b>Lan</b> & "Hùng\'s"') == '&lt;b&gt;Lan&lt;/b&gt; &amp; "Hùng\'s"'
