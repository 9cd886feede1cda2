"""What a person typed, made safe to keep and to show, and what is wrong with it, all of it at once."""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from bot.domain.names import fold

NAME_MIN, NAME_MAX = 2, 120
_MARKS_KEPT = 2

_ZWJ = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_REMOVED = frozenset(("Cc", "Cf", "Co", "Cn", "Cs"))
_MARKS = frozenset(("Mn", "Mc", "Me"))
_SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
# Letters, marks and symbols that draw nothing, or a blank.
_INVISIBLE = frozenset("\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f\ufffc") | frozenset(
    map(chr, (*range(0xFE00, 0xFE0F), *range(0xE0100, 0xE01F0)))
)
_BLANKS = frozenset("\t\u115f\u1160\u2800\u3164\uffa0")
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n{4,}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a text: the id of a message, and the values for its fields."""

    id: str
    values: Mapping[str, int] = field(default_factory=dict)


def clean(text: str, *, multiline: bool = True) -> str:
    """The text in NFC without what cannot be seen or only disturbs.

    Control, direction, zero-width, tag, private and unassigned characters go, and marks beyond two on a
    letter; an emoji sequence keeps its joiners. Blanks become spaces, at most two empty lines follow each
    other, the ends are stripped. With multiline=False all comes on one line, words apart by one space.
    """
    lines = _LINE_ENDS.sub("\n", text)
    seen = "".join(_spaced(char) for char in lines if _is_seen(char))
    kept = unicodedata.normalize("NFC", "".join(_in_place(unicodedata.normalize("NFC", seen))))
    if not multiline:
        return " ".join(kept.split())
    return _BLANK_LINES.sub("\n\n\n", "\n".join(line.rstrip() for line in kept.split("\n"))).strip()


def _is_seen(char: str) -> bool:
    if char in "\n\t" or char == _ZWJ:
        return True
    return char not in _INVISIBLE and unicodedata.category(char) not in _REMOVED


def _spaced(char: str) -> str:
    return " " if char in _BLANKS or unicodedata.category(char) == "Zs" else char


def _in_place(text: str) -> Iterator[str]:
    """Joiners only between emoji, the emoji style only after a sign, at most two marks, none on nothing."""
    last, marks = "\n", 0
    for char, following in pairwise((*text, "\n")):
        if char == _ZWJ:
            wanted = _is_emoji(last) and _is_emoji(following)
        elif unicodedata.category(char) in _MARKS:
            marks += 1
            wanted = marks <= _MARKS_KEPT and not last.isspace()
            if char == _EMOJI_STYLE:
                wanted = wanted and not last.isalpha() and last not in (_ZWJ, _EMOJI_STYLE)
        else:
            wanted, marks = True, 0
        if wanted:
            last = char
            yield char


def _is_emoji(char: str) -> bool:
    return char == _EMOJI_STYLE or char in _SKIN_TONES or unicodedata.category(char) == "So"


def length(text: str) -> int:
    """How many characters a person would count: marks, joined emoji, skin tones and flags are not twice."""
    count, joined, flag = 0, False, False
    for char in unicodedata.normalize("NFC", text):
        extends = joined or char == _ZWJ or char in _SKIN_TONES or unicodedata.category(char) in _MARKS
        second_of_flag = flag and char in _FLAG_LETTERS
        count += not (extends or second_of_flag)
        joined = char == _ZWJ
        flag = char in _FLAG_LETTERS and not second_of_flag
    return count


def problems_of_story(text: str, minimum: int, maximum: int) -> list[Problem]:
    """What is wrong with the story of a deed that should have minimum to maximum characters."""
    text = clean(text)
    if not text:
        return [Problem("story.empty", {"minimum": minimum, "maximum": maximum})]
    problems = _too_short("story.too_short", text, minimum) or _too_long("story.too_long", text, maximum)
    if not _has_letters(text):
        problems.append(Problem("story.no_letters"))
    elif _repeats(text):
        problems.append(Problem("story.repeated"))
    return problems


def problems_of_name(text: str) -> list[Problem]:
    """What is wrong with the name of a group or of a way of working (2–120 characters on one line)."""
    text = clean(text)
    if not text:
        return [Problem("name.empty")]
    problems = _too_short("name.too_short", text, NAME_MIN) or _too_long("name.too_long", text, NAME_MAX)
    if "\n" in text:
        problems.append(Problem("name.many_lines"))
    if not _has_letters(text):
        problems.append(Problem("name.no_letters"))
    return problems


def problems_of_short(text: str, maximum: int) -> list[Problem]:
    """What is wrong with an optional field (result, spread, lesson …): figures alone are fine there."""
    text = clean(text)
    if not text:
        return [Problem("short.empty")]
    problems = _too_long("short.too_long", text, maximum)
    if not fold(text):
        problems.append(Problem("short.no_words"))
    return problems


def _too_short(message_id: str, text: str, minimum: int) -> list[Problem]:
    missing = minimum - length(text)
    values = {"count": minimum - missing, "minimum": minimum, "missing": missing}
    return [Problem(message_id, values)] if missing > 0 else []


def _too_long(message_id: str, text: str, maximum: int) -> list[Problem]:
    over = length(text) - maximum
    values = {"count": maximum + over, "maximum": maximum, "over": over}
    return [Problem(message_id, values)] if over > 0 else []


def _has_letters(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _repeats(text: str) -> bool:
    """Whether nothing is said but a few letters, or one word, again and again ("aaaa", "tốt tốt tốt")."""
    said = fold(text).split()
    letters = Counter("".join(said))
    few_letters = letters.total() >= 10 and len(letters) <= 3
    one_word = len(said) >= 6 and Counter(said).most_common(1)[0][1] * 3 > len(said) * 2
    return few_letters or one_word


def capital(text: str) -> str:
    """The text with its first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def abridge(text: str, limit: int) -> str:
    """The text on one line in at most limit (≥ 1) code points; a longer one is cut after a word, with "…"."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    end = limit - 1
    while end > 0 and (
        text[end] == _ZWJ or text[end - 1] == _ZWJ or unicodedata.category(text[end]) in _MARKS
    ):
        end -= 1
    space = text.rfind(" ", 0, end + 1)
    return text[: space if space * 2 > end else end].rstrip(" ,;:.–-") + "…"


def plain_html(text: str) -> str:
    """The text as Telegram's HTML shows it literally."""
    return html.escape(text, quote=False)
