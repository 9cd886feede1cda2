"""Where a text names somebody: the places, and the text without the name.

What is kept of a place must not tell the name again: numbers, and a digest of the whole text, by which it is
known whether the text still is the one that was read.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise

from bot.domain.names import Word, fold, syllables, words

Span = tuple[int, int]
"""A name's place: text[start:end] of the text in NFC."""


class Outcome(StrEnum):
    """What the secretariat made of a place; `CHANGED`: the text was rewritten before anybody looked."""

    DROPPED = "dropped"
    KEPT = "kept"
    CHANGED = "changed"


def find_name(text: str, full_name: str) -> tuple[Span, ...]:
    """Where the full name stands as whole words, with its accents or without, in whatever case."""
    wanted, known = syllables(full_name), unicodedata.normalize("NFC", text)
    found, size, spans, at = words(known), len(wanted), [], 0
    while wanted and at + size <= len(found):
        run = found[at : at + size]
        if tuple(word.folded for word in run) == wanted and _together(known, run):
            spans.append((run[0].start, run[-1].end))
            at += size
        else:
            at += 1
    return tuple(spans)


def _together(text: str, run: Sequence[Word]) -> bool:
    """Only spaces between the words, at most a hyphen: no comma, no new sentence."""
    return all(text[one.end : two.start].strip(" \u00a0\n-") == "" for one, two in pairwise(run))


def without(text: str, spans: Sequence[Span], instead: str) -> str:
    """The text (in NFC) with other words in the places."""
    known, parts, at = unicodedata.normalize("NFC", text), [], 0
    for start, end in spans:
        parts += [known[at:start], instead]
        at = end
    return "".join([*parts, known[at:]])


def digest(text: str) -> str:
    """By which a text is known again, and nothing else of it."""
    return sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:32]


def spellings(full_name: str) -> list[str]:
    """Pieces of text of which every text that `find_name` finds has one: for a first look in the database.

    They are for comparing with the text as it is and in small letters.
    """
    given = full_name.split()
    plain = [word for word in given if word.isascii() and len(word) > 1]
    word = max(plain, key=len) if plain else (given[-1] if given else "")
    forms = {word, unicodedata.normalize("NFD", word), fold(word)}
    return sorted({each for form in forms if form for each in _cases(form)})


def _cases(word: str) -> Iterator[str]:
    yield from (word, word.lower(), word.upper(), word.capitalize())


def overlaps(shown: str, texts: Sequence[str], size: int = 24) -> bool:
    """Whether a screen shows a piece of one of the texts: any run of at least twice `size` letters of it."""
    plain = " ".join(shown.split())
    return any(piece in plain for text in texts for piece in _pieces(" ".join(text.split()), size))


def _pieces(text: str, size: int) -> Iterator[str]:
    if text:
        yield text[-size:]
    yield from (text[at : at + size] for at in range(0, len(text) - size + 1, size))
