"""The numbers of the text below a chart, read by its own words, beside what a ledger comes to."""

import re
from collections.abc import Collection
from html import unescape

from bot.domain.people import UnitId
from bot.domain.periods import read_period
from bot.operations.summarise import summarise, summarise_public
from bot.operations.summary_words import LONGEST, Reader, render, render_public, render_unit
from bot.texts import KINDS, Texts
from storage.database import Session
from tests.documents.any_office import ZONE
from tests.documents.counted import KINDS as CODES
from tests.documents.counted import Ledger, Line, Stretch

_NUMBERS = ("n", "answered", "units", "chosen", "nominators", "people", "honoured", "copied", "copies")


class Said:
    """A text, of which each sentence can be found by the message that it is made from."""

    def __init__(self, texts: Texts, html: str) -> None:
        self.texts, self.text = texts, _bare(html)
        assert len(self.text) <= LONGEST

    def find(self, message_id: str, *names: str, ending: str = r"[.;\n]|$") -> dict[str, str] | None:
        """What stands in the places of a message; None where it is not said."""
        worded = re.escape(_bare(self.texts.say(message_id, **{name: f"§{name}§" for name in names})))
        pattern = re.sub(r"§(\w+)§", _place, worded)
        found = re.search(f"{pattern}(?={ending})", self.text)
        return found.groupdict() if found else None

    def numbers(self, message_id: str, *names: str, ending: str = r"[.;\n]|$") -> list[int] | None:
        """The same where all are numbers."""
        found = self.find(message_id, *names, ending=ending)
        return [int(found[name]) for name in names] if found else None

    def list(self, message_id: str) -> tuple[list[tuple[str, int]], bool]:
        """A list of names with numbers, and whether there are more."""
        found = self.find(message_id, "list", ending=r"\n|$")
        parts = found["list"].split("; ") if found else []
        told = [part.rpartition(" ") for part in parts if part != "…"]
        return [(name, int(n)) for name, _, n in told], "…" in parts

    def count_of(self, listed: str) -> int:
        """How many a list of names speaks of, those that are only counted too."""
        for n in range(1, 100):
            ending = _bare(self.texts.count("summary.and_others", n, list=""))
            if listed.endswith(ending):
                return len(listed.removesuffix(ending).split("; ")) + n
        return len(listed.split("; "))


def _place(name: "re.Match[str]") -> str:
    return f"(?P<{name[1]}>" + (r"\d+)" if name[1] in _NUMBERS else r"[^\n]*?)")


def _bare(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


async def check_words(
    session: Session, texts: Texts, ledger: Ledger, stretch: Stretch, only: Collection[UnitId] | None
) -> None:
    """What a leader reads, or who heads several units."""
    period = read_period(str(stretch))
    assert period is not None
    summary = await summarise(session, period, ledger.now, ZONE, only)
    said = Said(texts, render(summary, Reader(texts, "Chánh Văn phòng", asked=True)))
    lines, total = ledger.lines(stretch, only), len(ledger.nominees(stretch.months, only))
    if not lines:
        return
    chosen = sum(line.chosen for line in lines)
    first = said.find("summary.first", "time", "day", "to", "period", "n", "chosen")
    assert (int(first["n"]), int(first["chosen"])) == (total, chosen) if first else total == chosen == 0
    _check_answers(said, [line for line in lines if line.in_force])
    _check_lists(said, ledger, stretch, only, lines)
    people, took_part = sum(line.people for line in lines), sum(line.took_part for line in lines)
    share = texts.number(round(100 * took_part / people, 1) if people else 0)
    told = said.find("summary.coverage", "nominators", "people", "share", ending=r"\n|$")
    whole = {"nominators": str(took_part), "people": str(people), "share": share}
    assert told == (whole if people else None)
    came = [sum(getattr(line, name) for line in lines) for name in ("honoured", "copied", "copies")]
    assert said.numbers("summary.came", "honoured", "copied", "copies", ending="") == (
        came if total or chosen else None
    )
    _check_change(said, ledger, stretch, only)


def _check_answers(said: Said, asked: list[Line]) -> None:
    answered = [line for line in asked if line.answer]
    reported = said.find("summary.reported", "answered", "units", "silent", ending=r"\.\n|\.$")
    whole = said.numbers("summary.all_reported", "answered", "units")
    if reported:
        assert said.count_of(reported.pop("silent")) == len(asked) - len(answered) > 0
        whole = [int(n) for n in reported.values()]
    assert whole == ([len(answered), len(asked)] if asked else None)
    nobody = sum(line.answer == "none" for line in asked)
    none = said.find("summary.none", "n", "list", ending=r"\n|$")
    assert (int(none["n"]), said.count_of(none["list"])) == (nobody, nobody) if none else nobody == 0


def _check_lists(
    said: Said, ledger: Ledger, stretch: Stretch, only: Collection[UnitId] | None, lines: list[Line]
) -> None:
    first = [ledger.first(one)["kind"] for one in ledger.nominees(stretch.months, only)]
    names = {kind.value: said.texts.plain(name) for kind, name in KINDS.items()}
    kinds = [(names[code], first.count(code)) for code in CODES if code in first]
    assert said.list("summary.by_kind") == (kinds, False)
    units = sorted((line.kinds.total() for line in lines if line.kinds), reverse=True)
    shown, more = said.list("summary.by_unit")
    assert [n for _, n in shown] == units[: len(shown)]
    assert more == (len(units) > len(shown))
    movements = sorted(ledger.movements(stretch, only).values(), reverse=True)
    shown, more = said.list("summary.by_movement")
    assert [n for _, n in shown] == movements[: len(shown)]
    assert more == (len(movements) > len(shown))


def _check_change(said: Said, ledger: Ledger, stretch: Stretch, only: Collection[UnitId] | None) -> None:
    total = len(ledger.nominees(stretch.months, only))
    names = ["before"] if stretch.length == 12 else ["before", "year_before"]
    found = said.find("summary.changes" if names[1:] else "summary.change", *names, ending=r"\n|$")
    assert found
    for name, months in zip(names, (stretch.length, 12), strict=False):
        then = len(ledger.nominees(stretch.back(months).months, only))
        change = total - then
        sign = "+" if change > 0 else "−" if change < 0 else "±"
        assert found[name].endswith(f"({then}): {sign}{abs(change)}")


async def check_unit_words(
    session: Session, texts: Texts, ledger: Ledger, stretch: Stretch, unit_id: UnitId
) -> None:
    """What a head reads of one unit, and what everybody may read."""
    period = read_period(str(stretch))
    assert period is not None
    summary = await summarise(session, period, ledger.now, ZONE, [unit_id])
    for line, counted in zip(summary.lines, ledger.lines(stretch, [unit_id]), strict=True):
        said = Said(texts, render_unit(summary, line, Reader(texts, "Trưởng phòng", asked=True)))
        first = said.find("summary.unit_first", "time", "day", "to", "period", "unit", "n", "chosen")
        n = counted.kinds.total()
        assert (
            (int(first["n"]), int(first["chosen"])) == (n, counted.chosen)
            if first
            else n == counted.chosen == 0
        )
        answer = {"chosen": "unit_chose", "none": "unit_nobody", "": "unit_silent"}[counted.answer]
        assert (said.find(f"summary.{answer}") is not None) == counted.in_force
        _check_change(said, ledger, stretch, [unit_id])
    public = await summarise_public(session, period, ledger.now, ZONE)
    said = Said(texts, render_public(public, 0, texts))
    seen = ledger.public(stretch.months)
    assert sum(n for _, n in said.list("summary.by_kind")[0]) == len(seen)
    assert (str(len(seen)) in said.text.partition("\n")[0].rpartition(":")[2]) == bool(seen)
