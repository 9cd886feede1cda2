"""Where a text names somebody, and the text without the name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.mentions import digest, find_name, overlaps, spellings, without

NAME = "Đỗ Minh Đức"
SAID = ("đồng chí", "Nam", "(", ").", ",", "Đức", "ở phòng", "minh", "họp 3 lần", "\n", "– Lan")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cùng Đỗ Minh Đức làm.", ["Đỗ Minh Đức"]),
        ("ĐỖ MINH ĐỨC và do minh duc", ["ĐỖ MINH ĐỨC", "do minh duc"]),
        (unicodedata.normalize("NFD", "Anh Đỗ Minh Đức."), ["Đỗ Minh Đức"]),
        ("Đỗ  Minh\nĐức", ["Đỗ  Minh\nĐức"]),
        ("Đỗ Minh Đức-Đỗ Minh Đức", ["Đỗ Minh Đức", "Đỗ Minh Đức"]),
        ("Lê Đỗ Minh Đức Anh", ["Đỗ Minh Đức"]),
        ("Đỗ Minh, Đức và Lan", []),
        ("Đỗ Minh Đứcx", []),
        ("Anh Đức, phòng Nội chính", []),
        ("", []),
    ],
)
def test_a_full_name_is_found_as_whole_words(text, found):
    """With accents or without, in any case; not a part of it, not across a comma."""
    known = unicodedata.normalize("NFC", text)
    assert [known[start:end] for start, end in find_name(text, NAME)] == found


def test_nobody_is_called_nothing():
    """An erased person has no name: nothing is found."""
    assert find_name("Đỗ Minh Đức", "") == ()
    assert spellings("") == []


@given(st.lists(st.sampled_from((*SAID, NAME, NAME.upper(), "do minh duc"))).map(" ".join))
def test_without_its_names_a_text_has_none_and_keeps_the_rest(text):
    """All places go, all else stays."""
    spans = find_name(text, NAME)
    left = without(text, spans, "…")
    assert find_name(left, NAME) == ()
    assert left.count("…") == len(spans)
    assert without(text, (), "…") == text
    cut = sum(end - start for start, end in spans)
    assert len(left) == len(text) - cut + len(spans)


@pytest.mark.parametrize("name", ["Đỗ Minh Đức", "Võ Thị Hoa", "Nguyễn Thị Hồng", "Lý Ẩn", "Trần Á"])
@pytest.mark.parametrize(
    "change", [str, str.upper, str.lower, lambda text: unicodedata.normalize("NFD", text)]
)
def test_the_first_look_overlooks_nothing(name, change):
    """Every spelling that is found has one of the pieces the database is asked for."""
    text = f"Cùng {change(name)} làm."
    assert find_name(text, name)
    assert [piece for piece in spellings(name) if piece in text or piece in text.lower()]


def test_a_screen_that_shows_a_piece_of_a_text_is_known():
    """A cut story is known by any longer piece; another text is not."""
    story = "Ba tháng liền hướng dẫn người dân nộp hồ sơ trực tuyến, giảm một nửa thời gian chờ đợi."
    assert overlaps(f"1. …{story[17:70]}…", [story])
    assert overlaps("Tận tụy", ["Tận tụy"])
    assert not overlaps("Ba tháng liền trực đêm ở trung tâm, không một lần vắng mặt.", [story])
    assert not overlaps("Bất kỳ", [""])


def test_a_digest_tells_a_changed_text_and_not_its_words():
    """The same in NFC and NFD, another for another text."""
    assert digest(NAME) == digest(unicodedata.normalize("NFD", NAME)) != digest(NAME + ".")
    assert len(digest(NAME)) == 32
