"""A nomination said in one message: who, from which unit, why.

"Đề cử chị Lan, phòng HCTC, vì đã ba tháng hướng dẫn người dân…" is read from left to right: an opening (đề
cử, giới thiệu, nominate …), then the *head* (titles, name, post, unit, in any order and punctuation), up to
the first sign that the *story* begins: a reason word (vì, do, because), a deed (đã, luôn, giúp), a line end,
a colon, a dash, or a comma with no unit after it. What follows is the story, left as the person wrote it.

Accents decide where the writer uses any (Vi is a name, vì a reason; Phong a name, phòng a unit); elsewhere
the place in the sentence does. Nothing is looked up here but the units given, and nothing is ever refused:
what was not understood is left empty, to be asked.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.domain.names import Word, tonal, words
from bot.domain.passage import LONGEST_NAME, Passage, Unit, UnitName
from bot.domain.phrases import (
    ALLOWS,
    AWARDS,
    CONNECTORS,
    DEEDS,
    DESERVES,
    FAMILIES,
    FILLERS,
    GROUPS,
    JOINS,
    MARKERS,
    MODELS,
    NOT_AFTER,
    NOT_BEFORE,
    PARTICLES,
    POLITE,
    PRONOUNS,
    QUESTIONS,
    STRONG,
    WEAK,
    WHOLE_GROUP,
)

__all__ = ["NomineeKind", "Sentence", "UnitName", "read_sentence"]

NomineeKind = Literal["person", "group", "model"]

_OPENING_WITHIN = 60
_NAME_WITHIN: dict[NomineeKind, int] = {"person": 8, "group": 14, "model": 30}


@dataclass(frozen=True, slots=True)
class Sentence:
    """What was understood. Empty text or None: not said, or not understood.

    nominee_text keeps a person's title ("chị Lan"), leaves out "tập thể", "mô hình" and quotation marks.
    unit_text is the unit as typed, also when it is none of those known (unit_id None).
    story is in NFC and otherwise exactly as written. is_nomination: whether somebody is being nominated here,
    and not asked about, greeted or thanked.
    """

    nominee_text: str
    unit_id: int | None
    unit_text: str | None
    story: str | None
    nominee_kind: NomineeKind
    is_nomination: bool


def read_sentence(text: str, units: Sequence[UnitName]) -> Sentence | None:
    """What a message says, or None where it has no word at all. Never raises; linear in the text's length."""
    text = unicodedata.normalize("NFC", text)
    found = words(text)
    if not found:
        return None
    return _Reader(text, found, tuple(units)).read()


@dataclass(slots=True)
class _Head:
    """What the head says so far: nominee is text[start:end] of words, story the first word of the story."""

    kind: NomineeKind = "person"
    nominee: str = ""
    unit: Unit | None = None
    story_at: int | None = None
    end: int = 0
    titled: bool = False
    reasoned: bool = False


class _Reader(Passage):
    def read(self) -> Sentence:
        opening, after, strong = self._opening()
        if opening is None:
            return self._without_opening()
        if self._deserved_from(opening) is not None:
            return self._deserving(opening, after)
        head = self._head(after)
        late = opening >= 3 and self._points_back(after, head)
        if late:
            return self._pointed_back(opening)
        evident = strong or self._evident(after, head)
        return self._sentence(head, is_nomination=evident and not self._asks(opening, after, head))

    def _opening(self) -> tuple[int | None, int, bool]:
        """Where the nominating verb stands, the word after it, and whether it says nothing else."""
        for at in range(min(len(self.found), _OPENING_WITHIN)):
            strong = STRONG.at(self.found, at)
            count = strong or WEAK.at(self.found, at)
            if not count:
                continue
            deserved = self._deserved_from(at) is not None
            if deserved or (not self._denied(at, at + count) and (strong or self._politely_before(at))):
                return at, self._after_verbs(at + count), bool(strong)
        return None, 0, False

    def _after_verbs(self, at: int) -> int:
        while count := STRONG.at(self.found, at) or WEAK.at(self.found, at):
            at += count
        return at

    def _denied(self, at: int, after: int) -> bool:
        """Like "không đề cử", "danh sách đề cử", "đề cử của tôi", "đề cử thế nào"."""
        if (
            at
            and not self.apart(at)
            and any(NOT_BEFORE.at(self.found, at - n) == n for n in (1, 2) if n <= at)
        ):
            allowed = at > 1 and ALLOWS.at(self.found, at - 2) and self.found[at - 1].folded == "duoc"
            if not (allowed or self._like_to(at)):
                return True
        if self.apart(after) or self.capital_name(after) or MODELS.at(self.found, after):
            return False
        return bool(NOT_AFTER.at(self.found, after))

    def _like_to(self, at: int) -> bool:
        return at > 1 and self.found[at - 1].folded == "to" and bool(ALLOWS.at(self.found, at - 2))

    def _politely_before(self, at: int) -> bool:
        """Before a verb that says other things too, its clause has only polite words, or a unit's name."""
        start = at
        while start and not self.apart(start) and at - start < 12:
            start -= 1
        while start < at:
            unit = self.unit(start, free=True)
            step = (unit.end - start) if unit else POLITE.at(self.found, start)
            if not step:
                return False
            start += step
        return True

    def _evident(self, after: int, head: _Head) -> bool:
        """Whether a verb like "giới thiệu" was followed by somebody."""
        known = head.kind != "person" or head.titled or (head.unit is not None and head.unit.id is not None)
        start = self.skip(FILLERS, after)
        named = start < len(self.found) and (self.capital_name(start) or FAMILIES.at(self.found, start))
        return bool(head.nominee) and bool(known or named)

    def _deserved_from(self, verb: int) -> int | None:
        """Like "xứng đáng được" before the verb: where it begins."""
        for count in range(4, 0, -1):
            start = verb - count
            if start > 0:
                length = DESERVES.at(self.found, start)
                if length == count or (0 < length == count - 1 and self.found[verb - 1].folded == "duoc"):
                    return start
        return None

    def _deserving(self, verb: int, after: int) -> Sentence:
        stop = self._deserved_from(verb)
        head = self._head(self.skip(POLITE, 0, before=stop), jump=(stop or verb, after))
        return self._sentence(head, is_nomination=not self._asks(verb, after, head))

    def _points_back(self, after: int, head: _Head) -> bool:
        """Like "…, tôi xin đề cử chị ấy.": who is meant was said before."""
        at = after
        while count := PRONOUNS.at(self.found, at):
            at += count
            if at < len(self.found) and self.apart(at):
                break
        return (at == len(self.found) and not self._named_last(after)) or (
            not head.nominee and not head.story_at
        )

    def _named_last(self, after: int) -> bool:
        return len(self.found) - after > 1 and self.capital_name(len(self.found) - 1)

    def _pointed_back(self, verb: int) -> Sentence:
        clause = verb
        while clause and not self.apart(clause):
            clause -= 1
        start = self.skip(POLITE, 0, before=clause)
        if not clause:
            return self._sentence(_Head(), is_nomination=not self._asks(verb, verb, _Head()))
        earlier = _Reader(self.text[: self.found[clause - 1].end], self.found[:clause], self.units)
        head = earlier._head(start)
        return earlier._sentence(head, is_nomination=not self._asks(verb, verb, head))

    def _without_opening(self) -> Sentence:
        """No verb: a way of working by its name, a person with a reason, or something else altogether."""
        start = self.skip(POLITE, 0)
        if start >= len(self.found) or self.titled(0)[1]:
            start = 0
        model = MODELS.at(self.found, start)
        head = self._head(start)
        named = model and (self.gap(start + model) & set(":–—\n") or self.quoted(start + model) is not None)
        person = head.reasoned and bool(head.titled or head.unit)
        is_nomination = bool(head.nominee and (named or person)) and not self._asks(0, start, head)
        return self._sentence(head, is_nomination=is_nomination)

    def _asks(self, verb: int, after: int, head: _Head) -> bool:
        """A question in the head, or nothing but a question."""
        end = head.end if head.story_at is None else head.story_at
        upto = self.found[end].start if end < len(self.found) else len(self.text)
        whole = head.story_at is None
        if "?" in self.text[:upto]:
            return True
        asked = any(QUESTIONS.at(self.found, at) for at in range(verb, min(end + 1, len(self.found))))
        before = any(QUESTIONS.at(self.found, at) for at in range(min(verb, _OPENING_WITHIN)))
        trailing = whole and any(
            QUESTIONS.at(self.found, at) for at in range(after, min(len(self.found), 80))
        )
        return asked or before or trailing

    def _head(self, at: int, *, jump: tuple[int, int] | None = None) -> _Head:
        """Read who and which unit from a word on. jump: words to pass over, "xứng đáng được biểu dương"."""
        at = self.skip(FILLERS, at)
        model = MODELS.at(self.found, at)
        if model:
            return self._model(at + model)
        whole = WHOLE_GROUP.at(self.found, at, strictly=self.spelled_out)
        if at + (whole or FILLERS.at(self.found, at)) == len(self.found):
            return _Head(kind="group" if whole else "person", end=len(self.found))
        unit = self.unit(at + whole, free=True)
        if unit:
            own = self.between(unit.start, unit.end)
            head = _Head(kind="group", nominee=own, unit=unit, end=unit.end)
            return self._rest(unit.end, unit.end, head, jump)
        titles = self.titled(at)[1] - at
        if titles and (post := self._post_of_unit(at, at + titles)):
            return self._rest(at, at + titles - 1, post, jump)
        group = GROUPS.at(self.found, at + whole, strictly=self.spelled_out)
        if whole or group > 1 or (group and not titles and self._is_group(at)):
            return self._rest(at, at + whole + max(group, 1 - whole), _Head(kind="group"), jump)
        return self._rest(at, at + titles, _Head(titled=titles > 0), jump)

    def _post_of_unit(self, at: int, end: int) -> _Head | None:
        """Like "Trưởng phòng Nội chính": a post stands for the name, its last word begins the unit."""
        shared = self.found[end - 1].folded in ("phong", "ban")
        unit = self.unit(end - 1, free=True) if shared and end - at > 1 else None
        return _Head(nominee=self.between(at, end), titled=True) if unit else None

    def _is_group(self, at: int) -> bool:
        """A group like "tổ xe"; "To Van A" and "Phong" are none."""
        alone = at + 1 >= len(self.found) or self.apart(at + 1) or self.reason(at + 1, 1) is not None
        return not alone and (
            self.spelled_out or self.found[at].folded not in ("to", "cong", "hoi", "doi", "cac")
        )

    def _model(self, at: int) -> _Head:
        quoted = self.quoted(at)
        if quoted is None:
            return self._rest(at, at, _Head(kind="model"), None)
        start, end, after = quoted
        head = _Head(kind="model", nominee=self.text[start:end].strip(), end=after)
        return self._rest(after, after, head, None)

    def _rest(self, start: int, at: int, head: _Head, jump: tuple[int, int] | None) -> _Head:
        """Go on from word `at`, the nominee having begun at `start`, until the story begins."""
        complete = bool(head.nominee)
        name_end = max(start, at)
        named = 1 if complete else 0
        while at < len(self.found):
            if jump and at == jump[0]:
                at, jump, complete = jump[1], None, True
                continue
            dropped = self.reason(at, named, settled=complete)
            if dropped is not None:
                head.story_at, head.reasoned = at + dropped, True
                break
            if passed := self._passed(at, named, head, complete=complete):
                at, complete = passed, True
                continue
            if self._person_after(at, head):
                person = replace(head, kind="person", nominee="", titled=True)
                return self._rest(*self.titled(at), person, jump)
            if named and self._another(at, head):
                complete = False
            elif self._story_here(at, named, head.kind, complete=complete, first=self.found[start]):
                head.story_at = at
                break
            if named >= _NAME_WITHIN[head.kind]:
                head.story_at, name_end = start, start
                break
            at += 1
            if not complete:
                name_end, named = at, named + 1
        head.end = at
        if not head.nominee and name_end > start:
            head.nominee = self.between(start, name_end)
        if head.kind == "model" and len(head.nominee) > LONGEST_NAME:
            head.nominee, head.story_at = "", start
        return head

    def _passed(self, at: int, named: int, head: _Head, *, complete: bool) -> int:
        """Units, posts and what stands between them and the story: where they end, 0 where none begins."""
        unit = self._unit_here(at, named, head.kind, complete=complete)
        if unit:
            head.unit = head.unit or unit
            return unit.end
        if not named or self._person_after(at, head):
            return 0
        if step := self.post(at) or self._particle(at):
            return at + step
        if self._another(at, head):
            return 0
        if self.comma(at) and (aside := self._aside(at)):
            head.unit = head.unit or Unit(at, aside, None)
            return aside
        return self._award(at) or (self._tail(at) if complete else 0)

    def _particle(self, at: int) -> int:
        courteous = self.spelled_out and not self.found[at].capital
        return PARTICLES.at(self.found, at, strictly=True) if courteous else 0

    def _person_after(self, at: int, head: _Head) -> bool:
        """Like "phòng HCTC: chị Lan": the unit came first."""
        if head.kind != "group" or not head.nominee or not self.apart(at):
            return False
        return self.titled(at)[1] > at and self._reason_within(at, 10)

    def _reason_within(self, at: int, count: int) -> bool:
        return any(
            self.reason(near, 1) is not None for near in range(at + 1, min(at + count, len(self.found)))
        )

    def _another(self, at: int, head: _Head) -> bool:
        """A second name after a comma; the search will ask which one is meant."""
        if head.kind != "person" or not self.comma(at) or head.unit:
            return False
        named = self.titled(at)[1] > at or bool(FAMILIES.at(self.found, at, strictly=self.spelled_out))
        return named and self._reason_within(at, _NAME_WITHIN["person"])

    def _aside(self, at: int) -> int:
        """Words between commas (or brackets) before a reason: a unit nobody told us about. Where they end."""
        for end in range(at + 1, min(at + 7, len(self.found))):
            if DEEDS.at(self.found, end - 1, strictly=self.spelled_out):
                return 0
            if self.apart(end) or self.reason(end, 1) is not None:
                return end if self.reason(end, 1) is not None or self._closes(end) else 0
        return 0

    def _award(self, at: int) -> int:
        """Like "cho danh hiệu …", "trong phong trào …" before the reason: where that begins."""
        if not AWARDS.at(self.found, at):
            return 0
        for end in range(at + 1, min(at + 20, len(self.found))):
            if self.reason(end, 1, settled=True) is not None:
                return end
            if self.hard(end):
                break
        return 0

    def _tail(self, at: int) -> int:
        """Like "tỉnh" in "phòng HCTC tỉnh vì …": a word or two left of a unit's name, before the reason."""
        for end in range(at + 1, min(at + 3, len(self.found))):
            if self.apart(end - 1) or DEEDS.at(self.found, end - 1):
                break
            if self.reason(end, 1, settled=True) is not None:
                return end
        return 0

    def _closes(self, at: int) -> bool:
        return bool({")", "]"} & self.gap(at))

    def _story_here(self, at: int, named: int, kind: NomineeKind, *, complete: bool, first: Word) -> bool:
        word = self.found[at]
        if not named and not complete:
            return word.folded == "da" and tonal(word.raw) == tonal("đã")
        if self.hard(at):
            return True
        if kind == "model":
            return complete and not CONNECTORS.at(self.found, at) and not self._owner(at)
        if self.comma(at) or (complete and word.folded not in JOINS):
            return True
        deed = DEEDS.at(self.found, at, strictly=self.spelled_out) and not self.capital_name(at)
        if kind == "group":
            return bool(deed) and word.folded in ("da", "luon", "has", "have")
        small = self.spelled_out and self._capital_before(at, first) and not word.capital
        return bool(deed) or (small and word.folded not in JOINS)

    def _owner(self, at: int) -> bool:
        """Like "sáng kiến … của chị Lan": the words after "của" are no story yet."""
        return any(word.folded == "cua" for word in self.found[max(0, at - 5) : at])

    def _unit_here(self, at: int, named: int, kind: NomineeKind, *, complete: bool) -> Unit | None:
        if kind == "model" and not complete and not self.apart(at) and not CONNECTORS.at(self.found, at):
            return None
        nameless = kind == "model" and CONNECTORS.at(self.found, at)
        if not (named or nameless) or (kind == "group" and not complete and not self._begins_unit(at)):
            return None
        unit = self.unit(at, free=self.apart(at))
        if unit or kind == "model" or (kind == "group" and not complete):
            return unit
        return self.unknown_unit(at)

    def _begins_unit(self, at: int) -> bool:
        """The name of a group may hold the words of a unit: "nhóm hỗ trợ một cửa lưu động"."""
        signed = CONNECTORS.at(self.found, at) or MARKERS.at(self.found, at)
        return bool(signed) or self.apart(at) or self.found[at].raw.isupper()

    def _sentence(self, head: _Head, *, is_nomination: bool) -> Sentence:
        unit = head.unit
        return Sentence(
            nominee_text=head.nominee,
            unit_id=unit.id if unit else None,
            unit_text=self.between(unit.start, unit.end) if unit else None,
            story=self._story(head.story_at),
            nominee_kind=head.kind,
            is_nomination=is_nomination,
        )

    def _story(self, at: int | None) -> str | None:
        if at is None or at >= len(self.found):
            return None
        start = self.found[at].start
        before = self.text[self.found[at - 1].end if at else 0 : start]
        opened = next((place for place, char in enumerate(before) if char in "“\"‘«('"), None)
        listed = before.rfind("\n") + 1
        if listed and before[listed:].strip():
            start -= len(before) - listed
        elif opened is not None and before[opened:].strip() == before[opened]:
            start -= len(before) - opened
        return self.text[start:].strip() or None

    def _capital_before(self, at: int, first: Word) -> bool:
        """Whether the name just read was written with a capital, so that a small letter ends it."""
        before = self.found[at - 1]
        return before.capital and before.start >= first.start
