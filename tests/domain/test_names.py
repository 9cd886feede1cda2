"""Names: found however they are typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.names import (
    MOST_KEYS,
    accented,
    expand,
    fold,
    name_keys,
    rank_key,
    strip_title,
    syllables,
    tonal,
    words,
)

VOCABULARY = [
    "nguyen",
    "thi",
    "lan",
    "loan",
    "tuan",
    "anh",
    "hung",
    "hoang",
    "ha",
    "thanh",
    "tran",
    "van",
    "linh",
    "my",
    "thu",
]
FAMILIES = st.sampled_from(["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ"])
MIDDLES = st.lists(
    st.sampled_from(["Thị", "Văn", "Hữu", "Ngọc", "Minh", "Đức", "Thuỳ", "Quốc", "Hoà"]), max_size=3
)
GIVEN = st.sampled_from(["Lan", "Tuấn", "Thúy", "Anh", "Vi", "Đào", "Hòa", "Phượng", "Ý", "Em"])
FULL_NAMES = st.builds(
    lambda family, middle, name: " ".join([family, *middle, name]), FAMILIES, MIDDLES, GIVEN
)


def near(syllable: str) -> list[str]:
    """The vocabulary at one inserted, lost, changed or swapped letter, nearest first."""
    exact = [word for word in VOCABULARY if word == syllable]
    return exact + [word for word in VOCABULARY if word != syllable and _one_apart(word, syllable)]


def _one_apart(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) == 1:
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    if len(long) != len(short):
        return False
    differ = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    swapped = len(differ) == 2 and one[differ[0]] == other[differ[1]] and one[differ[1]] == other[differ[0]]
    return len(differ) == 1 or swapped


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đỗ Thị Hoà", "do thi hoa"),
        ("ĐỖ  THỊ HÒA.", "do thi hoa"),
        (unicodedata.normalize("NFD", "Nguyễn Thuỳ Dương"), "nguyen thuy duong"),
        ("  Trần-Văn_Đức\n", "tran van duc"),
        ("H'Hen Niê", "h hen nie"),
        ("La\u200bn", "lan"),
        ("𝐋𝐚𝐧", "lan"),
        ("…!", ""),
    ],
)
def test_folding(typed, folded):
    """Case, accents, composition, tone placement and punctuation do not matter."""
    assert fold(typed) == folded
    assert syllables(typed) == tuple(folded.split())


@given(st.text())
def test_folding_is_stable(text):
    """Folding what is folded changes nothing, and composition never matters."""
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == fold(text)


def test_tones_may_stand_on_either_vowel():
    """hòa and hoà are one word; hóa and hoa are others."""
    assert tonal("Hòa") == tonal("hoà") == tonal(unicodedata.normalize("NFD", "HOÀ"))
    assert len({tonal("hoà"), tonal("hoá"), tonal("hoa"), tonal("hoạ")}) == 4


def test_words_know_their_place():
    """A word is where it stands in the text."""
    text = "đ/c  Lan, Hoà!"
    assert [text[word.start : word.end] for word in words(text)] == ["đ", "c", "Lan", "Hoà"]
    assert accented(text)
    assert not accented("Lan, OK ✓")


@pytest.mark.parametrize(
    ("typed", "title", "name"),
    [
        ("chị Lan", "chị", "Lan"),
        ("đ/c anh Hùng", "đ/c anh", "Hùng"),
        ("Đ/C Nguyễn Văn Hùng", "Đ/C", "Nguyễn Văn Hùng"),
        ("ĐC. Lan", "ĐC", "Lan"),
        ("đồng chí: Lan", "đồng chí", "Lan"),
        ("dong chi anh hung", "dong chi anh", "hung"),
        ("ĐỒNG CHÍ ANH HÙNG", "ĐỒNG CHÍ ANH", "HÙNG"),
        (unicodedata.normalize("NFD", "đồng chí Lân"), "đồng chí", "Lân"),
        ("Ms. Lan", "Ms", "Lan"),
        ("c.Lan", "c", "Lan"),
        ("thầy Bình", "thầy", "Bình"),
        ("đồng chí Trưởng phòng Hùng", "đồng chí Trưởng phòng", "Hùng"),
        ("anh lái xe Tuấn", "anh lái xe", "Tuấn"),
        ("chị Anh", "chị", "Anh"),
        ("chị Anh Thư", "chị", "Anh Thư"),
        ("đ/c Anh Thư", "đ/c", "Anh Thư"),
        ("anh Văn Thư", "anh", "Văn Thư"),
        ("Lan Anh", None, "Lan Anh"),
        ("Nguyễn Thị Anh", None, "Nguyễn Thị Anh"),
        ("Nguyễn Văn Em", None, "Nguyễn Văn Em"),
        ("Bá Hùng", None, "Bá Hùng"),
        ("Chu Văn An", None, "Chu Văn An"),
        ("Anh", None, "Anh"),
        ("cô", None, "cô"),
        ("", None, ""),
    ],
)
def test_titles(typed, title, name):
    """A title is taken from the front only, and only while a name is left."""
    assert strip_title(typed) == (title, name)


def test_keys_of_a_name():
    """One is found by given name, by its end, by family and given name, and without spaces."""
    assert name_keys("Nguyễn Thị Mỹ Lan") == {
        "lan",
        "my lan",
        "thi my lan",
        "nguyen thi my lan",
        "nguyen lan",
        "nguyen my lan",
        "nguyenthimylan",
    }
    assert name_keys("Lan") == {"lan"}
    assert name_keys(" . ") == frozenset()


@given(st.text())
def test_keys_are_few(name):
    """However long a name, it is kept under at most 12 keys, none empty."""
    assert len(name_keys(name)) <= 12
    assert all(name_keys(name))


@given(FULL_NAMES, st.sampled_from(["", "chị ", "anh ", "đ/c ", "đồng chí ", "ông "]))
def test_a_name_as_written_is_found_first(full_name, title):
    """With any title, with or without accents and spaces, the name typed is among the keys tried."""
    for typed in (full_name, full_name.upper(), fold(full_name), unicodedata.normalize("NFD", full_name)):
        assert set(expand(title + typed, lambda _: [])[:2]) & name_keys(full_name)
    assert set(expand("".join(syllables(full_name)), lambda _: [])) & name_keys(full_name)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Lan Nguyễn", "nguyen lan"),
        ("Lan Thi Nguyen", "nguyen thi lan"),
        ("nguyne thi lan", "nguyen thi lan"),
        ("nguyen thi laan", "nguyen thi lan"),
        ("nguyne thi lam", "nguyen thi lan"),
        ("chị lna", "lan"),
        ("thilan", "thi lan"),
        ("hoanganh", "hoang anh"),
        ("nguyenthi lan", "nguyen thi lan"),
        ("Anh Thư", "anh thu"),
        ("Anh Thư", "thu"),
        ("Đ/C Anh Thư", "anh thu"),
        ("loan", "lan"),
    ],
)
def test_what_a_typed_name_may_mean(typed, key):
    """Order, slips of a letter, missing spaces and doubtful titles still lead to the person."""
    assert key in expand(typed, near)


def test_the_likeliest_is_tried_first():
    """As typed comes before corrected; nothing is corrected into what the roster does not have."""
    keys = expand("nguyen thi lan", near)
    assert keys[0] == "nguyen thi lan"
    assert keys.index("lan nguyen thi") < keys.index("nguyen thi loan")
    assert expand("zzz", near) == ["zzz"]
    assert expand(" ?! ", near) == []


@given(st.text(max_size=400), st.integers(min_value=0, max_value=40))
def test_expansion_is_bounded(query, neighbours):
    """Anything may be typed: at most 200 keys come of it, each once, none empty."""
    keys = expand(query, lambda syllable: [f"{syllable}{n}" for n in range(neighbours)])
    assert len(keys) <= MOST_KEYS
    assert len(set(keys)) == len(keys)
    assert all(keys)


def test_ranking():
    """The name typed, in the unit said, with the accents typed, near the asker: in this order."""

    def rank(
        name: str,
        *,
        unit: bool = False,
        near_asker: bool = False,
        similarity: float = 90.0,
        query: str = "chị Lân",
    ) -> tuple[int, int, int, int, float, str]:
        return rank_key(query, name, unit_match=unit, same_unit_as_asker=near_asker, similarity=similarity)

    best_first = [
        rank("Trần Lan", unit=True),
        rank("Trần Lân", near_asker=True),
        rank("Trần Lân"),
        rank("Trần Lân", similarity=80.0),
        rank("Trần Lan", near_asker=True),
        rank("Trần Loan", unit=True, near_asker=True, similarity=99.0),
    ]
    assert best_first == sorted(best_first)
    assert rank("Lê Hoà", query="hòa")[2] == rank("Lê Hoà", query="hoa")[2] == 0
