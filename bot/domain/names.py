"""How people are called, and the keys by which they are found.

Nobody types a colleague's name as the roster spells it: accents are missing, tones stand on the other
vowel (hòa, hoà), the family name is left out, "đ/c" comes before it, a letter is wrong. A person is therefore
kept under a few folded keys (`name_keys`), and what was typed becomes a short list of such keys (`expand`):
looking up a key is then an equality, on every database. Nothing here knows the roster; the near syllables
come from it through a function.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

MOST_KEYS = 200
_MOST_SYLLABLES = 8
_MOST_SPLITS = 24
_LONGEST_JOINED = 48
_LONGEST_SYLLABLE = 7

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_D = str.maketrans("đĐðÐɖƉ", "dddddd")
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


def fold(text: str) -> str:
    """Small letters without marks, đ as d, words apart by one space: "Đỗ  Thị Hoà." → "do thi hoa"."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_D)
    return " ".join("".join(_kept(char) for char in plain).split())


def _kept(char: str) -> str:
    if char.isalnum():
        return char
    return "" if unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf") else " "


_folded = lru_cache(maxsize=1024)(fold)


def syllables(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return tuple(fold(text).split())


@lru_cache(maxsize=4096)
def tonal(word: str) -> str:
    """A word with its accents, wherever the tone was put: hòa and hoà are equal, hóa is another."""
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(char for char in letters if char not in _TONES) + "".join(sorted(_TONES & set(letters)))


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands in a text: text[start:end]."""

    start: int
    end: int
    raw: str
    folded: str

    @property
    def plain(self) -> bool:
        """Whether it was typed without any accent (which says nothing about the word meant)."""
        return self.raw.isascii()

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.raw[0].isupper()

    def means(self, spelled: str) -> bool:
        """Whether this is the word so spelled, or could be: typed with its accents, or with none."""
        return tonal(self.raw) == tonal(spelled) or (self.plain and self.folded == _folded(spelled))


def words(text: str) -> list[Word]:
    """The words of a text in NFC, with their places. "đ/c" is two, "H'Hen" too."""
    found = (Word(m.start(), m.end(), m[0], fold(m[0])) for m in _WORD.finditer(text))
    return [word for word in found if word.folded]


def accented(text: str) -> bool:
    """Whether the writer uses accents at all, so that a word without one is meant so."""
    return any(char in "đĐ" or unicodedata.combining(char) for char in unicodedata.normalize("NFD", text))


# --- what is put before a name ---

_COMRADE = ("đồng chí", "đ c", "đc")
_ADDRESS = (
    *("anh", "chị", "cô", "chú", "bác", "ông", "bà", "em", "thầy", "bạn", "cậu", "dì", "cụ", "cháu"),
    *("a", "c", "e", "mr", "ms", "mrs", "miss", "mister", "ts", "ths", "bs", "comrade"),
)
_POSTS = (
    *("phó trưởng phòng", "trưởng phòng", "phó phòng", "phó trưởng ban", "trưởng ban", "phó ban"),
    *(
        "phó chánh văn phòng",
        "chánh văn phòng",
        "phó giám đốc",
        "giám đốc",
        "chuyên viên chính",
        "chuyên viên",
    ),
    *("nhân viên", "cán bộ", "công chức", "viên chức", "đồng nghiệp", "biên tập viên", "phóng viên"),
    *("lái xe", "bảo vệ", "tạp vụ", "văn thư", "kế toán trưởng", "kế toán", "thủ quỹ", "lễ tân"),
)
POSTS: tuple[tuple[str, ...], ...] = tuple(tuple(post.split()) for post in _POSTS)
_FORMAL = (*(tuple(title.split()) for title in _COMRADE), *POSTS)
_PERSONAL = tuple(tuple(title.split()) for title in _ADDRESS)


def strip_title(text: str) -> tuple[str | None, str]:
    """What is put before a name, as typed, and the name: "đ/c anh Hùng" → ("đ/c anh", "Hùng").

    Anh, Bà, Cô, Em are names too: only what stands in front is taken, and only while a name is left
    ("chị Anh" → "Anh", "Lan Anh" and "Anh" stay whole).
    """
    text = unicodedata.normalize("NFC", text).strip()
    found = words(text)
    count = title_length(found, spelled_out=accented(text))
    if not count or count >= len(found):
        return None, text
    return text[: found[count - 1].end], text[found[count].start :]


def title_length(found: Sequence[Word], *, spelled_out: bool) -> int:
    """How many of the first words are titles; at least one word is always left.

    spelled_out: whether the whole text has accents ("Chu Văn An" is then no "chú").
    """
    count = _first_of(_FORMAL, found, 0, spelled_out=spelled_out)
    second = _first_of(_FORMAL, found, count, spelled_out=spelled_out) if count else 0
    count += second
    personal = _first_of(_PERSONAL, found, count, spelled_out=spelled_out)
    if personal and not (count and _is_name(found, count)):
        count += personal
        if count == personal:
            count += _first_of(_FORMAL, found, count, spelled_out=spelled_out)
    return count


def _first_of(titles: Iterable[tuple[str, ...]], found: Sequence[Word], at: int, *, spelled_out: bool) -> int:
    for title in titles:
        if len(found) > at + len(title) and all(
            _titles(word, spelled, spelled_out=spelled_out)
            for word, spelled in zip(found[at:], title, strict=False)
        ):
            return len(title)
    return 0


def _titles(word: Word, spelled: str, *, spelled_out: bool) -> bool:
    if tonal(word.raw) == tonal(spelled):
        return True
    return word.means(spelled) and (not spelled_out or not word.capital)


def _is_name(found: Sequence[Word], at: int) -> bool:
    """In "đ/c Anh Thư" the capital says that Anh is a part of the name."""
    return at + 1 < len(found) and found[at].capital and not found[at - 1].capital


# --- keys ---


def name_keys(full_name: str) -> frozenset[str]:
    """The keys a person is found under, at most 12: "Nguyễn Thị Lan" → lan, thi lan, nguyen thi lan,
    nguyen lan, nguyenthilan."""
    name = syllables(full_name)
    if not name:
        return frozenset()
    endings = {name[-count:] for count in range(1, min(len(name), _MOST_SYLLABLES) + 1)}
    family = {(name[0], name[-1]), (name[0], *name[-2:])} if len(name) > 2 else set()
    return frozenset(" ".join(key) for key in endings | family | {name}) | {"".join(name)}


def expand(query: str, neighbours: Callable[[str], Sequence[str]]) -> list[str]:
    """The keys a typed name may mean, likeliest first, at most 200.

    neighbours: the syllables of the roster near a given one, nearest first, itself among them when it is
    in the roster.
    Order: as typed (without its title, then with it), joined and split anew, the family name last ("Lan
    Nguyễn"), then with one more syllable corrected. A syllable the roster does not have is always corrected.
    """
    forms = _forms(query)
    bare = forms[0]
    choices = [list(dict.fromkeys(neighbours(one))) for one in bare]
    keys: dict[str, None] = {}
    for key in (
        *(" ".join(form) for form in forms),
        "".join(bare),
        *(" ".join(split) for split in _resplit(bare)),
        *(" ".join(form) for form in _turned(bare)),
        *islice(_corrected(bare, choices), MOST_KEYS),
    ):
        keys.setdefault(key)
    return [key for key in islice(keys, MOST_KEYS) if key]


def expand_whole(query: str, neighbours: Callable[[str], Sequence[str]]) -> list[str]:
    """Corrected keys where what looks like a title is the family name: "chu minh linm" → chu minh linh.

    Empty where `expand` has taken every word for a part of the name.
    """
    name = syllables(query)[:_MOST_SYLLABLES]
    if len(name) < 3 or name == _forms(query)[0]:
        return []
    choices = [list(dict.fromkeys(neighbours(one))) for one in name]
    return list(dict.fromkeys(islice(_corrected(name, choices), MOST_KEYS)))


def _forms(query: str) -> list[tuple[str, ...]]:
    """The name without its titles, then with the last of them ("Anh Thư" may be all name), and so on."""
    whole = syllables(query)
    bare = syllables(strip_title(query)[1])
    return [whole[start:][:_MOST_SYLLABLES] for start in range(len(whole) - len(bare), -1, -1)]


def _turned(name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if len(name) > 1:
        yield (name[-1], *name[:-1])
        yield tuple(reversed(name))
        yield (*name[1:], name[0])


def _corrected(name: tuple[str, ...], choices: Sequence[Sequence[str]]) -> Iterator[str]:
    """Unknown syllables replaced, nearest first; then each known one as well, one at a time."""
    unknown = [at for at, near in enumerate(choices) if name[at] not in near]
    if any(not choices[at] for at in unknown):
        return
    width = max(2, int(MOST_KEYS ** (1 / len(unknown)))) if unknown else 1
    ranked = sorted(product(*(range(min(width, len(choices[at]))) for at in unknown)), key=sum)
    mended = [_replaced(name, choices, dict(zip(unknown, ranks, strict=True))) for ranks in ranked]
    for form in mended:
        yield " ".join(form)
        yield from (" ".join(turned) for turned in islice(_turned(form), 1))
    for form in mended:
        for at, near in enumerate(choices):
            if at not in unknown:
                yield from (" ".join((*form[:at], one, *form[at + 1 :])) for one in near if one != form[at])


def _replaced(
    name: tuple[str, ...], choices: Sequence[Sequence[str]], ranks: dict[int, int]
) -> tuple[str, ...]:
    return tuple(choices[at][ranks[at]] if at in ranks else one for at, one in enumerate(name))


# --- "nguyenthilan" ---

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|kh|ph|th|tr|ch|gh|gi|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)


def _resplit(name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A query typed without (some of) its spaces, split where Vietnamese syllables may end."""
    joined = "".join(name)
    run_together = any(len(one) > _LONGEST_SYLLABLE for one in name) or len(name) == 1
    if not run_together or len(joined) > _LONGEST_JOINED or all(_SYLLABLE.fullmatch(one) for one in name):
        return
    yield from islice((parts for parts in _splits(joined) if len(parts) > 1), _MOST_SPLITS)


def _splits(joined: str) -> list[tuple[str, ...]]:
    """All the ways (the shortest few of each prefix) to cut a word into syllables, fewest syllables first."""
    ways: list[list[tuple[str, ...]]] = [[()]]
    for end in range(1, len(joined) + 1):
        here = [
            (*way, joined[start:end])
            for start in range(max(0, end - _LONGEST_SYLLABLE), end)
            if _SYLLABLE.fullmatch(joined, start, end)
            for way in ways[start]
        ]
        ways.append(sorted(here, key=len)[:_MOST_SPLITS])
    return ways[-1]


# --- order ---


def rank_key(
    query: str, full_name: str, *, unit_match: bool, same_unit_as_asker: bool, similarity: float
) -> tuple[int, int, int, int, float, str]:
    """A sort key for the people found, best first.

    Named as typed before named nearly so; in the unit that was said; with the very accents typed (Lân, not
    Lan); in the asker's own unit; then by similarity (0–100, larger is nearer) and by name.
    """
    return (
        int(not names(query, full_name)),
        int(not unit_match),
        int(not accents_agree(query, full_name)),
        int(not same_unit_as_asker),
        -similarity,
        fold(full_name),
    )


def names(query: str, full_name: str) -> bool:
    """Whether a query, title or not, accents or not, is a way to call the person of that name."""
    return bool({" ".join(form) for form in _forms(query)} & name_keys(full_name))


def accents_agree(query: str, full_name: str) -> bool:
    """Whether no syllable of the query carries other accents than the name's."""
    spelled = {tonal(word.raw) for word in words(unicodedata.normalize("NFC", full_name))}
    typed = words(unicodedata.normalize("NFC", strip_title(query)[1]))
    return not accented(query) or all(tonal(word.raw) in spelled for word in typed)
