"""A message as words in their places, and the signs in it: breaks, reasons, posts, units."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.names import Word, accented, fold, title_length, tonal, words
from bot.domain.phrases import (
    BARE_UNKNOWN_UNITS,
    CONNECTORS,
    DEEDS,
    GENERIC,
    LABELS,
    MARKERS,
    MIDDLES,
    POST,
    PRONOUNS,
    RANKS,
    REASON,
    REASONS,
    UNKNOWN_UNITS,
    Phrases,
)

LONGEST_NAME = 120
_QUOTES = {"“": "”", "‘": "’", "«": "»", '"': '"', "'": "'", "”": "”", "„": "“"}
_HARD = frozenset("\n:;–—!?…=>|•")
_SOFT = frozenset(",()[]/")
_DROPPED = {fold(phrase): dropped for phrase, dropped in REASONS.items()}


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit with everything it is called: its full name and its short names."""

    id: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    folded: tuple[str, ...]
    tonal: tuple[str, ...]
    unit_id: int
    bare: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit found among the words: it takes the words up to end, its own name begins at start."""

    start: int
    end: int
    id: int | None


@lru_cache(maxsize=16)
def _index(units: tuple[UnitName, ...]) -> dict[str, list[_Name]]:
    """The names of units by their first word, longest first, each also without its "phòng", "trung tâm"."""
    index: dict[str, list[_Name]] = {}
    for unit in units:
        for name in unit.names:
            found = words(unicodedata.normalize("NFC", name))
            generic = GENERIC.at(found, 0)
            for start in {0, generic} if generic < len(found) else {0}:
                spelled = found[start:]
                if spelled:
                    entry = _Name(
                        tuple(word.folded for word in spelled),
                        tuple(tonal(word.raw) for word in spelled),
                        unit.id,
                        bare=start > 0,
                    )
                    index.setdefault(entry.folded[0], []).append(entry)
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry.folded))
    return index


class Passage:
    """The text in NFC, its words, and how it is written. Words are named by their number."""

    def __init__(self, text: str, found: list[Word], units: tuple[UnitName, ...]) -> None:
        self.text = text
        self.found = found
        self.units = units
        self._names = _index(units)
        self.spelled_out = accented(text)
        self.shouted = text.upper() == text

    # -- places --

    def gap(self, at: int) -> set[str]:
        """The characters between the word before and this one."""
        if at >= len(self.found):
            return set(self.text[self.found[-1].end :])
        return set(self.text[self.found[at - 1].end if at else 0 : self.found[at].start])

    def sentence_ends(self, at: int) -> bool:
        return self.apart(at) and ":" not in self.gap(at)

    def hard(self, at: int) -> bool:
        """A line end, colon, dash or full stop before this word (not the dot of "ĐC.")."""
        if not 0 < at < len(self.found):
            return False
        between = self.text[self.found[at - 1].end : self.found[at].start]
        if any(char in _HARD for char in between):
            return True
        dash = "-" in between and any(char.isspace() for char in between)
        stop = "." in between and any(char.isspace() for char in between)
        return dash or (stop and len(self.found[at - 1].raw) > 2)

    def comma(self, at: int) -> bool:
        return at > 0 and bool(self.gap(at) & _SOFT)

    def apart(self, at: int) -> bool:
        return at >= len(self.found) or self.hard(at) or self.comma(at)

    def between(self, start: int, end: int) -> str:
        return self.text[self.found[start].start : self.found[end - 1].end]

    def skip(self, phrases: Phrases, at: int, *, before: int | None = None, at_most: int = 40) -> int:
        end = len(self.found) if before is None else before
        for _ in range(at_most):
            count = phrases.at(self.found, at)
            if not count or at + count >= end:
                break
            at += count
        return at

    # -- signs --

    def reason(self, at: int, named: int, *, settled: bool = False) -> int | None:
        """How many linking words to drop where the story begins here, None where it does not.

        named: how many words the name has so far. settled: the name has ended for certain.
        """
        word = self.found[at]
        phrase = REASON.at(self.found, at, strictly=self.spelled_out and not word.plain)
        if phrase:
            spelled = " ".join(word.folded for word in self.found[at : at + phrase])
            return self._dropped(at, phrase, spelled)
        if at + 1 >= len(self.found):
            return 1 if tonal(word.raw) == tonal("vì") else None
        if word.folded == "vi":
            return 1 if self._is_because(at, named, settled=settled) else None
        if word.folded in ("do", "for"):
            return 1 if self._is_do(at, named, settled=settled) else None
        strict = tonal(word.raw) in (tonal("nhờ"), tonal("bởi"))
        return 1 if strict and named else None

    def _dropped(self, at: int, count: int, spelled: str) -> int | None:
        labelled = at + count < len(self.found) and ":" in self.gap(at + count)
        return None if spelled in LABELS and not labelled else _DROPPED[spelled]

    def _is_because(self, at: int, named: int, *, settled: bool) -> bool:
        """The reason "vì" and not the name Vi; "vì sao" asks; “Vì người nghèo” in quotes is a movement."""
        word, following = self.found[at], self.found[at + 1]
        if following.folded in ("sao", "dau") or self.text[word.start - 1 : word.start] in _QUOTES:
            return False
        if tonal(word.raw) == tonal("vì"):
            return True
        if not named or not word.plain or self.apart(at + 1):
            return False
        if self.spelled_out:
            return not word.capital and bool(DEEDS.at(self.found, at + 1) or PRONOUNS.at(self.found, at + 1))
        if settled:
            return True
        middle = self.found[at - 1].folded in MIDDLES
        return not (middle or following.folded == "vi" or self.unit(at + 1) or self.unknown_unit(at + 1))

    def _is_do(self, at: int, named: int, *, settled: bool) -> bool:
        """The reason "do" and not the names Do and Đỗ; the English "for" is a reason in English only."""
        word = self.found[at]
        if not word.plain or not named:
            return False
        if word.folded != "do":
            return not self.spelled_out
        if self.spelled_out:
            return not word.capital or self.hard(at) or (self.shouted and self.found[at - 1].folded != "van")
        deed = bool(DEEDS.at(self.found, at + 1))
        return settled or (deed and self.found[at - 1].folded not in MIDDLES)

    def post(self, at: int) -> int:
        """The words of a post after the name: "chị Lan, chuyên viên"; not the end of "Nguyễn Văn Thư"."""
        count = POST.at(self.found, at)
        ranked = count > 1 and self.found[at].folded in RANKS
        if not count or not (ranked or self.apart(at) or (self.spelled_out and not self.found[at].capital)):
            return 0
        shared = self.found[at + count - 1].folded in ("phong", "ban") and not self.apart(at + count)
        return count - 1 if shared else count

    def quoted(self, at: int) -> tuple[int, int, int] | None:
        """A quotation that begins before this word: its start and end in the text, and the word after it."""
        if at >= len(self.found):
            return None
        gap_from = self.found[at - 1].end if at else 0
        for place in range(gap_from, self.found[at].start):
            closing = _QUOTES.get(self.text[place])
            end = self.text.find(closing, self.found[at].end, place + 2 * LONGEST_NAME) if closing else -1
            if end > 0:
                after = at
                while after < len(self.found) and self.found[after].start < end:
                    after += 1
                return place + 1, end, after
        return None

    def titled(self, at: int) -> tuple[int, int]:
        return at, at + title_length(self.found[at : at + 12], spelled_out=self.spelled_out)

    def capital_name(self, at: int) -> bool:
        """A capital in the midst of small letters: "đề cử Hay", "giới thiệu Tôi" are hardly anything else."""
        return self.spelled_out and not self.shouted and self.found[at].capital

    # -- units --

    def unit(self, at: int, *, free: bool = False) -> Unit | None:
        """A known unit at this word, after its "của", "bên", "phòng". free: it stands apart from the name."""
        own = self.skip(CONNECTORS, at, at_most=2)
        connected = own > at
        marker = MARKERS.at(self.found, own, strictly=self.spelled_out and not self._lower(own))
        marker = 0 if self.apart(own + marker) else marker
        for start, count in ((own, marker), (own, 0)):
            name = self._unit_name(start + count, sure=bool(count) or connected or free)
            if name:
                return Unit(own, start + count + name[0], name[1])
            if not marker:
                break
        return self._shortened(own, own + marker) if marker else None

    def _lower(self, at: int) -> bool:
        return at < len(self.found) and self.found[at].plain and not self.found[at].capital

    def _unit_name(self, at: int, *, sure: bool) -> tuple[int, int] | None:
        if at >= len(self.found):
            return None
        for entry in self._names.get(self.found[at].folded, ()):
            count = len(entry.folded)
            here = self.found[at : at + count]
            if tuple(word.folded for word in here) == entry.folded and self._agrees(here, entry, sure=sure):
                return count, entry.unit_id
        return None

    def _agrees(self, here: Sequence[Word], entry: _Name, *, sure: bool) -> bool:
        """Whether these words are the unit, and not a part of a name that happens to fold alike."""
        if len(here) > 2 or (sure and len(here) > 1):
            return True
        spelled = all(
            word.plain or tonal(word.raw) == wanted for word, wanted in zip(here, entry.tonal, strict=True)
        )
        if not spelled or (entry.bare and not sure):
            return False
        if sure or len(here) > 1:
            return True
        raw = here[0].raw
        syllable = any(letter in "aeiouy" for letter in here[0].folded) and len(raw) < 6
        return not syllable or (raw.isupper() and not self.shouted)

    def _shortened(self, own: int, at: int) -> Unit | None:
        """The beginning of one unit's name: "phòng Hành chính" for "Phòng Hành chính - Tổ chức"."""
        if at >= len(self.found):
            return None
        best: tuple[int, set[int]] = (1, set())
        for entry in self._names.get(self.found[at].folded, ()):
            count = 0
            for word, wanted in zip(self.found[at : at + len(entry.folded)], entry.folded, strict=False):
                if word.folded != wanted:
                    break
                count += 1
            if count > best[0]:
                best = (count, {entry.unit_id})
            elif count == best[0] > 1:
                best[1].add(entry.unit_id)
        count, ids = best
        end = at + count
        ends = end >= len(self.found) or self.apart(end) or self.reason(end, 1) is not None
        ends = ends or bool(DEEDS.at(self.found, end, strictly=self.spelled_out))
        return Unit(own, end, next(iter(ids))) if len(ids) == 1 and ends else None

    def unknown_unit(self, at: int) -> Unit | None:
        """Like "phòng Kế toán" where no such unit is known; not the name Phong, not the name Trung Tâm."""
        markers = UNKNOWN_UNITS if self.spelled_out else BARE_UNKNOWN_UNITS
        count = markers.at(self.found, at, strictly=self.spelled_out)
        start = at + count
        if not count or start >= len(self.found) or self.sentence_ends(start):
            return None
        if count > 1 and self.spelled_out and not self.shouted and self.found[start - 1].capital:
            return None
        end = start
        while end < len(self.found) and end - start < 8 and not (end > start and self.apart(end)):
            if self.reason(end, 1) is not None or DEEDS.at(self.found, end, strictly=self.spelled_out):
                break
            end += 1
        own = start if CONNECTORS.at(self.found, at) == count else at
        return Unit(own, end, None) if end > start else None
